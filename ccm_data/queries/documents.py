"""Programming documents of partners (activity 2.1.1), and what nobody carries or several do (activity 2.4.1, 2.1.3).

Documents and what their analysis found are published (règles 7). A theme or target group is carried when a validated
intervention that is not over names it. An indicator is shared when interventions of two actors or more serve its
objective, through the plan activity that they name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.domain.couverture import TERMINE
from ccm_data.domain.permissions import VISITEUR
from ccm_data.domain.vocabulaire import ListeTermes
from ccm_data.models.documents import DocumentProgrammation
from ccm_data.queries.acteurs import list_noms_acteurs
from ccm_data.queries.interventions import Fiche, list_fiches, list_termes
from ccm_data.queries.plan import list_activites, list_indicateurs
from ccm_data.textes import N_, _

# A working list, to be confirmed by the SP/CCM: the strategy names few target groups. Notions of the detector's lexicon.
PUBLICS: Final[Mapping[str, str]] = {
    "transit": N_("migrants en transit"),
    "retourne": N_("migrants de retour"),
    "expulse": N_("expulsés et refoulés"),
    "refugie": N_("réfugiés"),
    "asile_dem": N_("demandeurs d’asile"),
    "pdi": N_("déplacés internes"),
    "hote": N_("communautés hôtes"),
    "potentiel": N_("candidats au départ"),
    "victime_traite": N_("victimes de la traite"),
    "seul": N_("enfants non accompagnés"),
    "enfant": N_("enfants"),
    "jeune": N_("jeunes"),
    "femme": N_("femmes"),
    "handicap": N_("personnes handicapées"),
    "diaspora": N_("diaspora"),
}


@dataclass(frozen=True)
class FicheDocument:
    """A document as it stands; `analyse_le` None: waits for its analysis."""

    id: int
    version: int
    acteur: str
    titre: str
    source: str
    debut: date
    fin: date
    resultat: str | None
    doublons: int | None
    analyse_le: date | None
    reference: str | None


@dataclass(frozen=True)
class Portage:
    """A theme, target group or indicator, and the interventions under way that carry it."""

    code: str
    nom: str
    interventions: tuple[str, ...]
    acteurs: tuple[str, ...]


def list_documents(session: Session) -> tuple[FicheDocument, ...]:
    """Those not withdrawn: what waits first, then the last analysed."""
    requete = select(DocumentProgrammation).where(DocumentProgrammation.retire_le.is_(None))
    fiches = [
        FicheDocument(
            x.id, x.version, x.acteur_code, x.titre, x.source, x.debut, x.fin, x.resultat, x.doublons_trouves,
            x.analyse_le, x.reference,
        )
        for x in session.scalars(requete.order_by(DocumentProgrammation.id))
    ]  # fmt: skip
    fiches.sort(key=lambda x: (x.analyse_le is not None, -(x.analyse_le or date.min).toordinal(), x.debut, x.id))
    return tuple(fiches)


def filter_documents(
    fiches: Iterable[FicheDocument], etat: str | None, acteur: str | None
) -> tuple[FicheDocument, ...]:
    """Those of this state (`attente` or `analyse`) and actor; None: all."""
    return tuple(
        x
        for x in fiches
        if (etat is None or (etat == "analyse") == (x.analyse_le is not None)) and acteur in (None, x.acteur)
    )


def make_table_documents(fiches: Sequence[FicheDocument], noms: Mapping[str, str]) -> pd.DataFrame:
    """One row per document."""
    return pd.DataFrame(
        {
            _("Partenaire"): [noms.get(x.acteur, x.acteur) for x in fiches],
            _("Titre"): [x.titre for x in fiches],
            _("Début"): [x.debut for x in fiches],
            _("Fin"): [x.fin for x in fiches],
            _("Analysé le"): [x.analyse_le for x in fiches],
            _("Doublons trouvés"): pd.Series([x.doublons for x in fiches], dtype="Int64"),
            _("Ce que l’analyse a trouvé"): [x.resultat or "" for x in fiches],
            _("Source"): [x.source for x in fiches],
            _("Référence"): [x.reference or "" for x in fiches],
        }
    )


def list_portages(session: Session, genre: str) -> tuple[Portage, ...]:
    """Every theme, target group (`public`) or indicator with what carries it, in their own order. KeyError otherwise."""
    fiches = [x for x in list_fiches(session, VISITEUR) if x.statut != TERMINE]
    noms, codes = {"theme": _read_themes, "public": _read_publics, "indicateur": _read_indicateurs}[genre](
        session, fiches
    )
    qui = list_noms_acteurs(session)
    executants = {x.code: x.executant for x in fiches}
    return tuple(
        Portage(
            code, nom, tuple(codes[code]),
            tuple(qui.get(a, a) for a in dict.fromkeys(executants[c] for c in codes[code])),
        )
        for code, nom in noms.items()
    )  # fmt: skip


Lecture = tuple[dict[str, str], defaultdict[str, list[str]]]


def _read_themes(session: Session, fiches: Sequence[Fiche]) -> Lecture:
    codes: defaultdict[str, list[str]] = defaultdict(list)
    for x in fiches:
        for theme in x.themes:
            codes[theme].append(x.code)
    return list_termes(session, ListeTermes.THEME), codes


def _read_publics(_session: Session, fiches: Sequence[Fiche]) -> Lecture:
    from ccm_data.rapprochements.texte import read_lexique  # a large lexicon: only where it is needed

    lexique = read_lexique()
    codes: defaultdict[str, list[str]] = defaultdict(list)
    for x in fiches:
        for notion in dict.fromkeys(nom for nom, _ecrit in lexique.list_expressions(x.public_cible or "")):
            codes[notion].append(x.code)
    return {code: _(nom) for code, nom in PUBLICS.items()}, codes


def _read_indicateurs(session: Session, fiches: Sequence[Fiche]) -> Lecture:
    activites, indicateurs = list_activites(session), list_indicateurs(session)
    objectifs = dict(zip(activites["code"], activites["objectif_code"], strict=True))
    par_objectif: defaultdict[str, list[str]] = defaultdict(list)
    for x in fiches:
        if x.activite_code is not None:
            par_objectif[objectifs[x.activite_code]].append(x.code)
    codes: defaultdict[str, list[str]] = defaultdict(list)
    noms = {}
    for code, libelle, objectif in indicateurs[["code", "libelle_court", "objectif_code"]].itertuples(index=False):
        noms[str(code)] = f"{code} {libelle}"
        codes[str(code)] = par_objectif[objectif]
    return noms, codes


def make_table_portages(lus: Sequence[Portage], titre: str) -> pd.DataFrame:
    """One row each: how many interventions under way, by whom."""
    return pd.DataFrame(
        {
            titre: [x.nom for x in lus],
            _("Interventions en cours ou prévues"): [len(x.interventions) for x in lus],
            _("Organisations"): [", ".join(x.acteurs) for x in lus],
        }
    )
