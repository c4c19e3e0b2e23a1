"""What a row of a register must satisfy: bodies and their meetings, awareness, supports, lessons, risks, partnerships, posts.

Source: règles de calcul 2 (table « counted by »), codes et standards (coordination bodies), stratégie 8.1, 8.2, 8.4.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from ccm_data.commands.fautes import Fautes, check_presents, make_faute
from ccm_data.commands.transaction import check_passe
from ccm_data.domain.listes import split_liste
from ccm_data.domain.vocabulaire import (
    CadreAppui,
    EtatHypothese,
    NatureEtape,
    NatureRencontre,
    Payeur,
    StatutRecommandation,
    TypePartenariat,
)
from ccm_data.errors import ValeurInvalide
from ccm_data.models.acteurs import Acteur
from ccm_data.models.instances import Recommandation, Rencontre
from ccm_data.models.registres import ANNEES_POSTE, EFFECTIFS

if TYPE_CHECKING:
    from ccm_data.commands.regles import Faits

Regle = Callable[["Faits", Any], Fautes]
HEURE: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
# Without these a draft has no place to stand.
IDENTITE: Final[dict[str, tuple[str, ...]]] = {
    "membre_instance": ("instance_code", "membre_code", "college"),
    "rencontre": ("code", "instance_code", "date_rencontre"),
    "point_ordre_du_jour": ("rencontre_code", "numero", "intitule"),
    "recommandation": ("code", "rencontre_code", "texte"),
    "sensibilisation": ("nature", "intitule", "date_debut"),
    "appui": ("cadre", "institution_code", "intitule", "nature", "date_debut"),
    "produit_communication": ("intitule", "type", "date_diffusion"),
    "bonne_pratique": ("titre", "nature", "date_constat"),
    "suivi_hypothese": ("objectif_code", "nature", "date_constat", "niveau"),
    "partenariat": ("type", "intitule", "date_debut", "niveau"),
    "poste_spccm": ("intitule", "payeur"),
    "etape_perennisation": ("nature", "date_etape"),
}
# Facts that have happened; a meeting may be announced, and so may an intervention's start.
PASSEES: Final[dict[str, tuple[str, ...]]] = {
    "membre_instance": ("admis_le",),
    "rencontre": ("dossier_partage_le",),
    "recommandation": ("realisee_le",),
    "sensibilisation": ("date_debut",),
    "appui": ("date_debut",),
    "produit_communication": ("date_diffusion",),
    "bonne_pratique": ("date_constat",),
    "suivi_hypothese": ("date_constat",),
    "partenariat": ("date_debut",),
    "etape_perennisation": ("date_etape",),
}


def _check_positifs(ligne: Any, *champs: str) -> Fautes:
    for champ in champs:
        valeur = getattr(ligne, champ)
        if valeur is not None and valeur < 0:
            yield make_faute(champ, valeur, "≥ 0")


def _check_codes(faits: Faits, ligne: Any, champ: str) -> Fautes:
    """Codes of organisations, separated by `;`: each is of the directory."""
    for code in split_liste(getattr(ligne, champ)):
        if not faits.has(Acteur, code):
            yield make_faute(champ, code, Acteur.__tablename__, "code_inconnu")


def _check_rencontre_connue(faits: Faits, ligne: Any, champ: str = "rencontre_code") -> Fautes:
    for code in split_liste(getattr(ligne, champ)):
        if code not in faits.list_rencontres():
            yield make_faute(champ, code, "rencontre", "rencontre_inconnue")


def _check_code_libre(faits: Faits, table: Any, ligne: Any) -> Fautes:
    """A code is one meeting's or one recommendation's: else a region would replace another's by naming it."""
    siennes = faits.list_regions_du_code(table, ligne.code) if ligne.code else set()
    if siennes and ligne.region_code not in siennes:
        yield make_faute("code", ligne.code, "un autre code", "code_d_une_autre_region")


def check_dates_passees(faits: Faits, sujet: str, ligne: Any) -> Fautes:
    """What is told as done is not to come."""
    for champ in PASSEES.get(sujet, ()):
        try:
            check_passe(champ, getattr(ligne, champ), faits.aujourd_hui)
        except ValeurInvalide as faute:
            yield faute


def _check_region_instance(faits: Faits, ligne: Any) -> Fautes:
    """A row of a regional body is of its region, one of a national body of none: rights follow from it."""
    instances = faits.list_regions_instances()
    if ligne.instance_code in instances and instances[ligne.instance_code] != ligne.region_code:
        attendu = instances[ligne.instance_code] or "National"
        yield make_faute("region_code", ligne.region_code, attendu, "region_de_l_instance")


def _check_rencontre(faits: Faits, ligne: Any) -> Fautes:
    yield from _check_region_instance(faits, ligne)
    yield from _check_code_libre(faits, Rencontre, ligne)
    if ligne.heure is not None and not HEURE.fullmatch(ligne.heure):
        yield make_faute("heure", ligne.heure, "09:30")
    if (ligne.nature or NatureRencontre.ORDINAIRE) is NatureRencontre.DEMANDE_MEMBRE:
        yield from check_presents(ligne, "demandeur_code")
    yield from _check_codes(faits, ligne, "presents")
    a_venir = ligne.date_rencontre is not None and ligne.date_rencontre > faits.aujourd_hui
    if ligne.presents and (a_venir or ligne.annulee):
        yield make_faute("presents", ligne.presents, "rien", "rencontre_non_tenue")


def _check_point(faits: Faits, ligne: Any) -> Fautes:
    yield from _check_rencontre_connue(faits, ligne)
    if ligne.numero is not None and ligne.numero < 1:
        yield make_faute("numero", ligne.numero, "≥ 1")
    rencontres = faits.list_rencontres()
    if ligne.rencontre_code in rencontres and rencontres[ligne.rencontre_code] != ligne.region_code:
        attendu = rencontres[ligne.rencontre_code] or "National"
        yield make_faute("region_code", ligne.region_code, attendu, "region_de_la_rencontre")


def _check_recommandation(faits: Faits, ligne: Any) -> Fautes:
    yield from _check_code_libre(faits, Recommandation, ligne)
    yield from _check_rencontre_connue(faits, ligne)
    yield from _check_rencontre_connue(faits, ligne, "reconduite_par")
    yield from _check_codes(faits, ligne, "acteurs_lies")
    if ligne.point_numero is not None and ligne.point_numero < 1:
        yield make_faute("point_numero", ligne.point_numero, "≥ 1")
    # A national meeting may recommend for a region; a regional one speaks for its own.
    sienne = faits.list_rencontres().get(ligne.rencontre_code)
    if sienne is not None and ligne.region_code != sienne:
        yield make_faute("region_code", ligne.region_code, sienne, "region_de_la_rencontre")
    if ligne.statut is StatutRecommandation.REALISEE:
        yield from check_presents(ligne, "realisee_le")


def _complete_recommandation(faits: Faits, ligne: Any) -> Fautes:
    if ligne.statut is StatutRecommandation.REALISEE:
        yield from check_presents(ligne, "preuve")


def _check_sensibilisation(faits: Faits, ligne: Any) -> Fautes:
    yield from _check_positifs(ligne, *EFFECTIFS)
    yield from _check_codes(faits, ligne, "organisateurs")


def _check_appui(faits: Faits, ligne: Any) -> Fautes:
    yield from _check_positifs(ligne, "montant_fcfa")


def _complete_appui(faits: Faits, ligne: Any) -> Fautes:
    if ligne.cadre is CadreAppui.DREC_MR:
        yield from check_presents(ligne, "beneficiaire_code", "region_code")


def _check_produit(faits: Faits, ligne: Any) -> Fautes:
    yield from _check_positifs(ligne, "exemplaires")


def _check_pratique(faits: Faits, ligne: Any) -> Fautes:
    code = ligne.intervention_code
    if code is not None and not faits.list_acteurs_intervention(code):
        yield make_faute("intervention_code", code, "intervention", "code_inconnu")
    if ligne.theme is not None and ligne.theme not in faits.list_themes():
        yield make_faute("theme", ligne.theme, "terme", "code_inconnu")


def _complete_pratique(faits: Faits, ligne: Any) -> Fautes:
    yield from check_presents(ligne, "enseignement")


def _complete_hypothese(faits: Faits, ligne: Any) -> Fautes:
    yield from check_presents(ligne, "constat")
    if ligne.niveau is EtatHypothese.CRITIQUE:
        yield from check_presents(ligne, "mitigation", "responsable_code")


def _check_partenariat(faits: Faits, ligne: Any) -> Fautes:
    yield from _check_codes(faits, ligne, "partenaires_codes")


def _complete_partenariat(faits: Faits, ligne: Any) -> Fautes:
    if not ligne.partenaires_codes:
        yield from check_presents(ligne, "partenaire")
    if ligne.type is TypePartenariat.CONVENTION:
        yield from check_presents(ligne, "document")


def _check_poste(faits: Faits, ligne: Any) -> Fautes:
    for champ in (f"part_{a}" for a in ANNEES_POSTE):
        valeur = getattr(ligne, champ)
        if valeur is not None and not 0 <= valeur <= 100:
            yield make_faute(champ, valeur, "0 à 100")
    if ligne.payeur is Payeur.PARTENAIRE:
        yield from check_presents(ligne, "partenaire_code")
    if ligne.region_code is not None:
        yield make_faute("region_code", ligne.region_code, "aucune région", "national_seulement")


def _check_etape(faits: Faits, ligne: Any) -> Fautes:
    yield from _check_rencontre_connue(faits, ligne)
    if ligne.nature is NatureEtape.ADOPTION:
        yield from check_presents(ligne, "rencontre_code")
    if ligne.region_code is not None:
        yield make_faute("region_code", ligne.region_code, "aucune région", "national_seulement")


TOUJOURS: Final[dict[str, tuple[Regle, ...]]] = {
    "membre_instance": (_check_region_instance,),
    "rencontre": (_check_rencontre,),
    "point_ordre_du_jour": (_check_point,),
    "recommandation": (_check_recommandation,),
    "sensibilisation": (_check_sensibilisation,),
    "appui": (_check_appui,),
    "produit_communication": (_check_produit,),
    "bonne_pratique": (_check_pratique,),
    "partenariat": (_check_partenariat,),
    "poste_spccm": (_check_poste,),
    "etape_perennisation": (_check_etape,),
}
A_L_ENVOI: Final[dict[str, tuple[Regle, ...]]] = {
    "recommandation": (_complete_recommandation,),
    "appui": (_complete_appui,),
    "bonne_pratique": (_complete_pratique,),
    "suivi_hypothese": (_complete_hypothese,),
    "partenariat": (_complete_partenariat,),
}
