"""The words of candidate duplicates: why a pair is one, what could not be read in the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from ccm_data.domain.doublons import Nature, Raison
from ccm_data.errors import CCMError
from ccm_data.rapprochements.lecture import AnomalieLue
from ccm_data.textes import N_, _, ngettext
from ccm_data.typographie import say_fcfa, say_nombre

Faits = Mapping[str, Any]
NATURES: Final[Mapping[Nature, str]] = {
    Nature.DOUBLON: N_("Doublon"),
    Nature.DOUBLE_DECLARATION: N_("Double déclaration"),
    Nature.COMPLEMENTAIRE: N_("Complémentaire"),
}
# Themes of the register; one that the SP/CCM adds is shown by its own code.
THEMES: Final[Mapping[str, str]] = {
    "securite_frontieres": N_("sécurité et frontières"),
    "developpement": N_("développement"),
    "protection": N_("protection"),
    "protection_enfance": N_("protection de l’enfance"),
    "traite_trafic": N_("traite et trafic"),
    "sante": N_("santé"),
    "education": N_("éducation"),
    "assistance_humanitaire": N_("assistance humanitaire"),
    "retour_reintegration": N_("retour et réintégration"),
    "information_sensibilisation": N_("information et sensibilisation"),
    "donnees_recherche": N_("données et recherche"),
    "gouvernance_coordination": N_("gouvernance et coordination"),
    "diaspora": N_("diaspora"),
    "genre": N_("genre"),
}
# Reasons whose facts go into their sentence as they are.
SIMPLES: Final[Mapping[str, str]] = {
    "national": N_("toutes deux nationales"),
    "national_region": N_("l’une nationale, l’autre en région"),
    "public": N_("publics proches : {a} / {b}"),
    "meme_chef": N_("même chef de file : {acteur}"),
    "chef_bailleur": N_("{acteur} finance {code}"),
    "chef_partenaire": N_("{acteur} est partenaire de {code}"),
    "phases": N_("deux phases d’un même acteur"),
}
ANOMALIES: Final[Mapping[str, str]] = {
    "date_illisible": N_(
        "Ligne {ligne}, {colonne} : « {valeur} » n’est pas une date (jj/mm/aaaa) ; la ligne est lue sans elle."
    ),
    "montant_illisible": N_(
        "Ligne {ligne}, {colonne} : « {valeur} » n’est pas un montant ; la ligne est lue sans lui."
    ),
    "objectif_inconnu": N_("Ligne {ligne}, {colonne} : « {valeur} » sort des objectifs 1 à 23 du PMM."),
    "fin_avant_debut": N_("Ligne {ligne} : la fin précède le début ; les deux dates sont échangées."),
    "code_absent": N_("Ligne {ligne} : le code manque ; la ligne s’appelle « ligne-{ligne} »."),
}
ERREURS: Final[Mapping[str, str]] = {
    "fichier_absent": N_("Fichier introuvable : « {fichier} ». Vérifiez son chemin."),
    "csv_illisible": N_("« {fichier} » n’est pas un CSV lisible : enregistrez le modèle au format CSV (UTF-8)."),
    "colonnes_absentes": N_("« {fichier} » n’a pas les colonnes du modèle. Il manque : {colonnes}."),
    "codes_en_double": N_(
        "Ces codes sont portés par plusieurs lignes : {codes}. Donnez un code à chaque intervention."
    ),
}


def say_nature(nature: Nature) -> str:
    """The nature of a pair, as people say it."""
    return _(NATURES[nature])


def say_theme(code: str) -> str:
    """A theme's name; its own code when it is not in the first list."""
    return _(THEMES[code]) if code in THEMES else code.replace("_", " ")


def say_raison(raison: Raison) -> str:
    """One reason in a few words: « même commune : Agadez », « 14 mois communs »."""
    if raison.code in SIMPLES:
        return _(SIMPLES[raison.code]).format(**raison.faits)
    return PHRASES[raison.code](raison.faits)


def _join(noms: Any) -> str:
    return ", ".join(str(n) for n in noms)


def _say_lieux(faits: Faits) -> str:
    noms = faits["noms"]
    return ngettext("même commune : {noms}", "mêmes communes : {noms}", len(noms)).format(noms=_join(noms))


def _say_departements(faits: Faits) -> str:
    noms = faits["noms"]
    return ngettext("même département : {noms}", "mêmes départements : {noms}", len(noms)).format(noms=_join(noms))


def _say_regions(faits: Faits) -> str:
    noms = faits["noms"]
    return ngettext("même région : {noms}", "mêmes régions : {noms}", len(noms)).format(noms=_join(noms))


def _say_inclus(faits: Faits) -> str:
    return _("commune et région : {localites} dans {regions}").format(
        localites=_join(faits["localites"]), regions=_join(faits["regions"])
    )


def _say_mois(faits: Faits) -> str:
    mois = int(faits["mois"])
    return ngettext("{n} mois commun", "{n} mois communs", mois).format(n=say_nombre(mois))


def _say_dates(faits: Faits) -> str:
    return _("mêmes dates ({mois} mois)").format(mois=say_nombre(int(faits["mois"])))


def _say_themes(faits: Faits) -> str:
    themes = faits["themes"]
    return ngettext("même thème : {noms}", "mêmes thèmes : {noms}", len(themes)).format(
        noms=_join(say_theme(t) for t in themes)
    )


def _say_voisins(faits: Faits) -> str:
    return _("thèmes voisins : {a} / {b}").format(
        a=_join(say_theme(t) for t in faits["a"]), b=_join(say_theme(t) for t in faits["b"])
    )


def _say_libelle(faits: Faits) -> str:
    couples = (a if a.casefold() == b.casefold() else f"{a} / {b}" for a, b in faits["expressions"])
    return _("libellés proches : {expressions}").format(expressions=_join(couples))


def _say_differentes(faits: Faits) -> str:
    return _("activités différentes : {a} / {b}").format(a=_join(faits["a"]), b=_join(faits["b"]))


def _say_bailleurs(faits: Faits) -> str:
    noms = faits["acteurs"]
    return ngettext("même bailleur : {noms}", "mêmes bailleurs : {noms}", len(noms)).format(noms=_join(noms))


def _say_egal(faits: Faits) -> str:
    if faits["a"] == faits["b"]:
        return _("même montant : {a}").format(a=say_fcfa(faits["a"]))
    return _say_proche(faits)


def _say_proche(faits: Faits) -> str:
    return _("montants proches : {a} et {b}").format(a=say_fcfa(faits["a"]), b=say_fcfa(faits["b"]))


PHRASES: Final[Mapping[str, Callable[[Faits], str]]] = {
    "localite": _say_lieux,
    "departement": _say_departements,
    "region": _say_regions,
    "localite_region": _say_inclus,
    "mois_communs": _say_mois,
    "memes_dates": _say_dates,
    "theme": _say_themes,
    "themes_voisins": _say_voisins,
    "libelle": _say_libelle,
    "activites_differentes": _say_differentes,
    "meme_bailleur": _say_bailleurs,
    "montant_egal": _say_egal,
    "montant_proche": _say_proche,
}


def say_anomalie(anomalie: AnomalieLue) -> str:
    """What could not be read, and what was done of it."""
    return _(ANOMALIES[anomalie.code]).format(ligne=anomalie.ligne, colonne=anomalie.colonne, valeur=anomalie.valeur)


def say_erreur(erreur: CCMError) -> str:
    """Why a file is refused."""
    faits = {nom: _join(v) if isinstance(v, (list, tuple)) else v for nom, v in erreur.faits.items()}
    return _(ERREURS[erreur.code]).format(**faits)


def say_bilan(interventions: int, paires: int, complementaires: int | None) -> str:
    """What was found, in one line."""
    debut = ngettext("{n} intervention lue", "{n} interventions lues", interventions).format(
        n=say_nombre(interventions)
    )
    milieu = ngettext("{n} paire à examiner", "{n} paires à examiner", paires).format(n=say_nombre(paires))
    if complementaires is None:
        return f"{debut} ; {milieu}."
    fin = ngettext("{n} paire complémentaire", "{n} paires complémentaires", complementaires)
    return f"{debut} ; {milieu} ; {fin.format(n=say_nombre(complementaires))}."
