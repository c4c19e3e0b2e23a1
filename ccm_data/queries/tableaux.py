"""Frames ready for the eye and for the workbook: columns named in the language being spoken, order of the plan."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pandas as pd
from sqlalchemy.orm import Session

from ccm_data import libelles
from ccm_data.domain.budget import PLAN_ENTIER
from ccm_data.domain.calendrier import get_jour
from ccm_data.domain.perimetre import Perimetre
from ccm_data.domain.permissions import Personne
from ccm_data.domain.vocabulaire import NiveauDeclarant, Phase, TypeFinancement
from ccm_data.phrases import decisions
from ccm_data.queries.budget import compute_ecart, get_tableau_budget, list_ecritures
from ccm_data.queries.installation import get_installation
from ccm_data.queries.plan import list_actions, list_activites, list_axes
from ccm_data.queries.rapprochement import filter_registre, get_registre, list_rapprochement
from ccm_data.textes import _
from ccm_data.typographie import INSECABLE, say_date_courte, say_nombre, say_non_renseigne, say_trimestre

if TYPE_CHECKING:
    from ccm_data.queries.indicateurs import LigneIndicateur


def _make_montants(valeurs: Iterable[Any]) -> pd.Series:
    """A column of whole FCFA that keeps what is missing missing."""
    return pd.Series([None if pd.isna(v) else int(v) for v in valeurs], dtype="Int64")


def _say_bailleur(nom: Any, financement: TypeFinancement) -> str:
    """Who pays: the State needs no name; anybody else without one is missing, not the State."""
    if isinstance(nom, str):
        return nom
    return libelles.say_libelle(financement) if financement is TypeFinancement.ETAT else say_non_renseigne()


def _say_origine(montant: Any, devise: str) -> str:
    """The amount as the funder wrote it, in its currency."""
    if devise == "XOF":
        return _("FCFA")
    return say_non_renseigne() if pd.isna(montant) else f"{say_nombre(montant, 2)}{INSECABLE}{devise}"


def make_table_budget(session: Session, perimetre: Perimetre, niveau: str = "activite") -> pd.DataFrame:
    """One row per activite, action or axe: code, title, planned, mobilised, committed, paid, rate, financing need."""
    tableau = get_tableau_budget(session, perimetre)
    lignes = {"axe": tableau.axes, "action": tableau.actions, "activite": tableau.activites}[niveau]
    source = {"axe": list_axes, "action": list_actions, "activite": list_activites}[niveau](session)
    intitules = dict(source[["code", "intitule"]].itertuples(index=False, name=None))
    taux = [t.ratio("paye") for t in lignes]
    cadre = pd.DataFrame(
        {
            _("Code"): [t.code for t in lignes],
            _("Intitulé"): [intitules[t.code] for t in lignes],
            _("Prévu (FCFA)"): _make_montants(t.prevu for t in lignes),
            _("Mobilisé (FCFA)"): _make_montants(t.mobilise for t in lignes),
            _("Engagé (FCFA)"): _make_montants(t.engage for t in lignes),
            _("Décaissé (FCFA)"): _make_montants(t.paye for t in lignes),
            _("Décaissé / prévu (%)"): pd.Series(
                [None if t is None else round(t * 100, 1) for t in taux], dtype="Float64"
            ),
            _("Prévu − mobilisé (FCFA)"): _make_montants(
                None if t.mobilise is None or t.prevu is None else t.prevu - t.mobilise for t in lignes
            ),
        }
    )
    if niveau == "activite":
        cadre[_("Calendrier")] = [
            _("non programmé") if t.code in tableau.non_programmees else _("programmé") for t in lignes
        ]
    ecart = compute_ecart(tableau.total, lignes) if tableau.base == PLAN_ENTIER else 0
    return pd.concat([cadre, _make_ecart(cadre, ecart)], ignore_index=True) if ecart else cadre


def _make_ecart(cadre: pd.DataFrame, ecart: int) -> pd.DataFrame:
    """The row that closes the sum where another total prevails; it belongs to no code."""
    vide = pd.DataFrame({c: pd.Series([None], dtype=cadre[c].dtype) for c in cadre.columns})
    vide[_("Code")], vide[_("Intitulé")] = "", _("Écart non ventilé")
    vide[_("Prévu (FCFA)")] = _make_montants([ecart])
    if _("Calendrier") in vide:
        vide[_("Calendrier")] = ""
    return vide


def list_ecarts(cadre: pd.DataFrame) -> list[int]:
    """Where the row « écart non ventilé » stands in a budget's table: nothing can be committed or paid on it."""
    return [rang for rang, code in enumerate(cadre[_("Code")]) if not code]


def make_table_ecritures(
    session: Session, perimetre: Perimetre, personne: Personne, niveau: str = "activite", code: str | None = None
) -> tuple[pd.DataFrame, int]:
    """Entries that this person may read (all, or those of one axe, action or activite), and how many are withheld."""
    lignes, retenues = list_ecritures(session, perimetre, personne, niveau, code)
    regions = get_installation(session).regions
    ecrites = lignes.to_dict("records")
    cadre = pd.DataFrame(
        {
            _("Activité"): [x["activite_code"] for x in ecrites],
            _("Date"): pd.to_datetime(lignes["date_operation"]).to_list(),
            _("Phase"): [libelles.say_libelle(Phase(x["phase"])) for x in ecrites],
            _("Bailleur"): [_say_bailleur(x["bailleur"], TypeFinancement(x["type_financement"])) for x in ecrites],
            _("Région"): [regions.get(x["region_code"], _("non régionalisé")) for x in ecrites],
            _("Montant (FCFA)"): _make_montants(lignes["montant_fcfa"]),
            _("Origine"): [_say_origine(x["montant_origine"], x["devise"]) for x in ecrites],
            _("Déclaré par"): [libelles.say_libelle(NiveauDeclarant(x["niveau"])) for x in ecrites],
            _("Référence"): [x["reference_document"] or say_non_renseigne() for x in ecrites],
            _("Source"): [x["source"] for x in ecrites],
        }
    )
    return cadre, retenues


def make_table_rapprochement(session: Session) -> pd.DataFrame:
    """The reconciliation as shown: kind, object, the two sides, difference, remark, what was decided, by whom, when."""
    cadre = list_rapprochement(session)
    lignes = cadre.to_dict("records")
    return pd.DataFrame(
        {
            _("Nature"): [decisions.say_nature(x["nature"]) for x in lignes],
            _("Objet"): [decisions.say_objet(x["objet"], x["objet_code"], x["comparaison"]) for x in lignes],
            _("Imprimé / retenu"): [decisions.say_cote(x["valeur_imprimee"], x["texte_a"]) for x in lignes],
            _("Lieu"): [x["section_a"] for x in lignes],
            _("Calculé / autre texte"): [decisions.say_cote(x["valeur_calculee"], x["texte_b"]) for x in lignes],
            _("Autre lieu"): [x["section_b"] for x in lignes],
            _("Écart (FCFA)"): _make_montants(cadre["ecart"]),
            _("Remarque"): [x["remarque"] for x in lignes],
            _("Décision du SP/CCM"): [x["decision"] or _("à trancher") for x in lignes],
            _("Par"): [x["decide_par"] or "" for x in lignes],
            _("Décidé le"): [say_date_courte(get_jour(x["decide_le"])) if x["decision"] else "" for x in lignes],
        }
    )


def make_table_registre(session: Session, nature: str | None = None, etat: str | None = None) -> pd.DataFrame:
    """The decision register as listed on its screen: one row per line of `filter_registre`, in the same order."""
    lignes = filter_registre(get_registre(session), nature, etat)
    return pd.DataFrame(
        {
            _("État"): [_("à trancher") if x.decision is None else _("tranchée") for x in lignes],
            _("Nature"): [decisions.say_nature(x.nature) for x in lignes],
            _("Objet"): [decisions.say_objet(x.objet, x.objet_code, x.comparaison) for x in lignes],
            _("Un côté"): [decisions.say_cote(x.valeur_imprimee, x.texte_a) for x in lignes],
            _("L’autre"): [decisions.say_cote(x.valeur_calculee, x.texte_b) for x in lignes],
            _("Écart (FCFA)"): _make_montants([x.ecart for x in lignes]),
            _("Prévaut"): ["" if x.decision is None else decisions.say_retenu(x.decision) for x in lignes],
            _("Par"): ["" if x.decision is None else x.decision.auteur for x in lignes],
            _("Décidé le"): [
                "" if x.decision is None else say_date_courte(get_jour(x.decision.decide_le)) for x in lignes
            ],
        }
    )


def make_table_indicateurs(
    session: Session, perimetre: Perimetre, statuts: tuple[str, ...] = (), origine: str = "", *, public: bool = True
) -> pd.DataFrame:
    """The logframe as shown. First column: code; « Statut » holds a one-item list (coloured pills).

    `origine`: derive or declare; empty: both. `public`: small counts of persons are masked, as in any file.
    """
    from ccm_data.phrases import derivations as phrases_derivations
    from ccm_data.phrases import indicateurs as phrases
    from ccm_data.queries.fiche_indicateur import make_public
    from ccm_data.queries.indicateurs import get_cadre_logique
    from ccm_data.queries.rapports import get_seuils

    seuil = get_seuils(session).petits_effectifs
    lignes = [
        make_public(x, seuil) if public else x
        for x in get_cadre_logique(session, perimetre).lignes
        if (not statuts or x.statut.code.value in statuts) and origine in ("", x.origine)
    ]
    return pd.DataFrame(
        {
            _("Code"): [x.code for x in lignes],
            _("Indicateur"): [x.intitule for x in lignes],
            _("Réalisé sur cible"): [phrases.say_sur_cible(x) for x in lignes],
            _("Vers la cible"): [None if x.taux.valeur is None else round(x.taux.valeur * 100) for x in lignes],
            _("Statut"): [[libelles.say_libelle(x.statut.code)] for x in lignes],
            _("2022 → 2026"): [[v for v in x.tendance if v is not None] for x in lignes],
            _("Origine"): [phrases_derivations.say_origine(x.origine) for x in lignes],
            _("Déclaré à côté"): [_say_declare(x) for x in lignes],
            _("Écart"): [phrases_derivations.say_ecart(x.ecart) for x in lignes],
            _("Dernière valeur"): [
                say_trimestre(x.realise.dernier.annee, x.realise.dernier.numero)
                if x.realise.dernier
                else say_non_renseigne()
                for x in lignes
            ],
            _("Portée"): [phrases_derivations.say_portee(x) for x in lignes],
            _("Source"): [phrases_derivations.say_source(x) for x in lignes],
        }
    )


def _say_declare(ligne: LigneIndicateur) -> str:
    """What was reported beside a figure counted in a register; empty where the reported figure is the official one."""
    from ccm_data.phrases.indicateurs import say_valeur

    return say_valeur(ligne.declare) if ligne.compte is not None else ""


def make_table_plan(session: Session, perimetre: Perimetre, beneficiaire: str | None = None) -> pd.DataFrame:
    """The 28 activities for a file: official titles, cost, years, progress, expectation, status, dates."""
    from ccm_data.phrases import calendrier as phrases
    from ccm_data.queries.calendrier import get_calendrier

    lignes, _avancement = get_calendrier(session, perimetre, beneficiaire)
    return pd.DataFrame(
        [
            {
                _("Code"): x.activite.code,
                _("Activité"): x.activite.intitule,
                _("Coût (FCFA)"): x.activite.cout_fcfa,
                _("Années"): ";".join(map(str, x.activite.annees)) or _("non programmé"),
                _("Réalisé (%)"): x.activite.avancement,
                _("Attendu à date (%)"): None if x.activite.attendu is None else round(x.activite.attendu, 1),
                _("Statut"): libelles.say_libelle(x.activite.statut),
                _("État déclaré"): phrases.say_statut_activite(x),
                _("Début réel"): x.debut,
                _("Fin réelle"): x.fin,
                _("Bénéficiaires"): ", ".join(x.beneficiaires),
            }
            for x in lignes
        ]
    )
