"""The sentences of « À faire aujourd'hui »."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ccm_data.phrases.pilotage import SUJETS
from ccm_data.phrases.recommandations import list_courtes
from ccm_data.phrases.rencontres import say_nom, say_quand
from ccm_data.queries.a_faire import AFaire, LigneAFaire
from ccm_data.queries.recommandations import NomsRegistre
from ccm_data.textes import N_, _, ngettext
from ccm_data.typographie import say_date_courte, say_nombre, say_trimestre

if TYPE_CHECKING:
    import pandas as pd

CLES_DUS = ["region_code", "annee", "trimestre", "echeance", "etat"]
ETATS = {"en_retard": N_("en retard"), "retourne": N_("retourné, à renvoyer"), "attendu": N_("à rendre")}


def count_taches(a_faire: AFaire) -> int:
    """How many things wait for an act of this person."""
    decisions = bool(a_faire.contradictions) + bool(a_faire.sans_cible) + bool(a_faire.conflits)
    rapports = a_faire.dus.groupby(CLES_DUS, dropna=False).ngroups
    instances = len(a_faire.recommandations) + len(a_faire.dossiers) + bool(a_faire.recommandations_en_retard)
    return len(a_faire.a_valider) + len(a_faire.a_corriger) + len(a_faire.brouillons) + rapports + decisions + instances


def say_titre_a_faire(a_faire: AFaire) -> str:
    """The screen's message."""
    n = count_taches(a_faire)
    if not n:
        return _("Rien ne vous attend aujourd’hui")
    return ngettext("{n} chose vous attend aujourd’hui", "{n} choses vous attendent aujourd’hui", n).format(n=n)


def say_ligne(ligne: LigneAFaire, regions: Mapping[str, str]) -> tuple[str, str, str, str]:
    """(what, where, who, since): a row of a table."""
    quoi = SUJETS[ligne.sujet](1).format(n=1) + (f" · {ligne.activite_code}" if ligne.activite_code else "")
    if ligne.note:
        quoi += f" · {ligne.note}"
    lieu = regions.get(ligne.region_code or "", _("Niveau national"))
    return quoi, lieu, ligne.auteur, say_date_courte(ligne.depuis)


def list_dus(a_faire: AFaire, regions: Mapping[str, str]) -> list[tuple[str, str, str, str]]:
    """The reports that this person owes (see `group_dus`)."""
    return group_dus(a_faire.dus, regions)


def group_dus(dus: pd.DataFrame, regions: Mapping[str, str]) -> list[tuple[str, str, str, str]]:
    """(region, quarter, activities, due date and state), one line per region and quarter."""
    lignes = []
    groupes = dus.groupby(CLES_DUS, dropna=False, sort=False)
    for _cle, cadre in groupes:
        region, annee, trimestre, echeance, etat = (cadre[c].iloc[0] for c in CLES_DUS)
        nom = regions.get(region, "") if isinstance(region, str) else ""
        lignes.append(
            (
                nom or _("SP/CCM (national)"),
                say_trimestre(int(annee), int(trimestre)),
                ", ".join(cadre["activite_code"]),
                f"{say_date_courte(echeance)} · {_(ETATS.get(etat, etat))}",
            )
        )
    return lignes


def list_recommandations(a_faire: AFaire, noms: NomsRegistre) -> list[tuple[str, str, str, str]]:
    """The open recommendations of one's organisation or region: code, text, who, where it stands."""
    return list_courtes(a_faire.recommandations, noms)


def say_en_retard(a_faire: AFaire) -> str:
    """« 13 recommandations en retard » of all bodies, which the SP/CCM follows; empty when there is none."""
    n = a_faire.recommandations_en_retard
    if not n:
        return ""
    return ngettext("{n} recommandation en retard", "{n} recommandations en retard", n).format(n=say_nombre(n))


def list_dossiers(a_faire: AFaire, noms: NomsRegistre) -> list[tuple[str, str, str]]:
    """Files to read before a meeting: which, when it is, since when it is shared."""
    return [(say_nom(x, noms), say_quand(x), say_date_courte(x.partage_le)) for x in a_faire.dossiers]


def list_decisions(a_faire: AFaire) -> list[tuple[str, str, str]]:
    """(what, which, subject of « Référentiels » that settles it; none: the register of decisions does)."""
    lignes = []
    if a_faire.contradictions:
        n = a_faire.contradictions
        lignes.append(
            (
                ngettext("{n} contradiction du plan à trancher", "{n} contradictions du plan à trancher", n).format(
                    n=n
                ),
                "",
                "",
            )
        )
    if a_faire.sans_cible:
        n = len(a_faire.sans_cible)
        lignes.append(
            (
                ngettext("{n} indicateur sans cible", "{n} indicateurs sans cible", n).format(n=n),
                ", ".join(a_faire.sans_cible),
                "cibles",
            )
        )
    if a_faire.conflits:
        n = len(a_faire.conflits)
        lignes.append(
            (
                ngettext(
                    "{n} indicateur à déclarants contradictoires", "{n} indicateurs à déclarants contradictoires", n
                ).format(n=n),
                ", ".join(a_faire.conflits),
                "definitions",
            )
        )
    return lignes
