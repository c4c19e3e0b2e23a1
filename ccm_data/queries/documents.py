"""Programming documents of partners (activity 2.1.1), and what nobody carries or several do (activity 2.4.1, 2.1.3).

Documents and what their analysis found are published (règles 7). A theme or target group is carried when a validated
intervention names it that is going on or to come at the date d’arrêté, as in « Lacunes » (règles 5). An activity or an
indicator is shared when two organisations or more, leads or partners, serve it through the activity that they name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.domain.couverture import Presence, is_a_venir, is_active
from ccm_data.domain.permissions import VISITEUR
from ccm_data.domain.vocabulaire import ListeTermes
from ccm_data.models.documents import DocumentProgrammation
from ccm_data.queries.acteurs import list_noms_acteurs
from ccm_data.queries.interventions import Fiche, list_fiches, list_termes
from ccm_data.queries.plan import list_activites, list_indicateurs
from ccm_data.textes import N_, _

# Notions of the detector's lexicon: name, and the activity of the plan or objective of the PMM whose words say it. "": no
# text of ours names it, a working list to be confirmed by the SP/CCM.
PUBLICS: Final[Mapping[str, tuple[str, str]]] = {
    "transit": (N_("migrants en transit"), "3.1.3"),
    "retourne": (N_("migrants de retour"), "PMM 21"),
    "expulse": (N_("expulsés et refoulés"), ""),
    "refugie": (N_("réfugiés"), ""),
    "asile_dem": (N_("demandeurs d’asile"), ""),
    "pdi": (N_("déplacés internes"), ""),
    "hote": (N_("communautés hôtes"), ""),
    "potentiel": (N_("candidats au départ"), ""),
    "victime_traite": (N_("victimes de la traite"), "PMM 10"),
    "seul": (N_("enfants non accompagnés"), ""),
    "enfant": (N_("enfants"), "2.2.3"),
    "jeune": (N_("jeunes"), ""),
    "femme": (N_("femmes"), ""),
    "handicap": (N_("personnes handicapées"), ""),
    "diaspora": (N_("diaspora"), "2.1.3"),
}
PARTAGES: Final = ("activite", "indicateur")  # listed only where several organisations serve them


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
    """A theme, target group, activity or indicator, and the interventions under way or to come that carry it.

    `source`: of a target group, the text that names it; "" for the working list.
    """

    code: str
    nom: str
    interventions: tuple[str, ...]
    acteurs: tuple[str, ...]
    source: str = ""


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


def list_portages(session: Session, genre: str, arrete: date) -> tuple[Portage, ...]:
    """Every theme or target group (`public`) with what carries it, or every activity or indicator that several serve.

    In their own order; organisations are leads, then partners, never funders. KeyError for another `genre`.
    """
    fiches = [x for x in list_fiches(session, VISITEUR) if _is_vivante(x, arrete)]
    noms, codes = LECTURES[genre](session, fiches)
    qui = list_noms_acteurs(session)
    acteurs = {x.code: (x.executant, *x.partenaires) for x in fiches}
    lus = (
        Portage(
            code, nom, tuple(codes[code]),
            tuple(qui.get(a, a) for a in dict.fromkeys(a for c in codes[code] for a in acteurs[c])),
            PUBLICS[code][1] if genre == "public" else "",
        )
        for code, nom in noms.items()
    )  # fmt: skip
    return tuple(x for x in lus if genre not in PARTAGES or len(x.acteurs) > 1)


def _is_vivante(x: Fiche, arrete: date) -> bool:
    presence = Presence(x.statut, x.debut, x.fin)
    return is_active(presence, arrete) or is_a_venir(presence, arrete)


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
        # « femmes réfugiées » are both; unaccompanied children are children.
        for notion in lexique.expand(sorted(lexique.list_publics(x.public_cible or "")), 1):
            codes[notion].append(x.code)
    return {code: _(nom) for code, (nom, _source) in PUBLICS.items()}, codes


def _read_activites(session: Session, fiches: Sequence[Fiche]) -> Lecture:
    activites = list_activites(session)
    codes: defaultdict[str, list[str]] = defaultdict(list)
    for x in fiches:
        if x.activite_code is not None:
            codes[x.activite_code].append(x.code)
    return {c: f"{c} {t}" for c, t in zip(activites["code"], activites["libelle_court"], strict=True)}, codes


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


LECTURES: Final[Mapping[str, Callable[[Session, Sequence[Fiche]], Lecture]]] = {
    "theme": _read_themes,
    "public": _read_publics,
    "activite": _read_activites,
    "indicateur": _read_indicateurs,
}


def make_table_portages(lus: Sequence[Portage], titre: str, *, sources: bool = False) -> pd.DataFrame:
    """One row each: how many interventions under way or to come, by whom; with `sources`, the text that names it."""
    cadre = pd.DataFrame(
        {
            titre: [x.nom for x in lus],
            _("Interventions en cours ou prévues"): [len(x.interventions) for x in lus],
            _("Organisations"): [", ".join(x.acteurs) for x in lus],
        }
    )
    if sources:
        cadre[_("Nommé par")] = [_say_source(x.source) for x in lus]
    return cadre


def _say_source(source: str) -> str:
    if not source:
        return _("liste de travail")
    return source if source.startswith("PMM") else _("Activité {c}").format(c=source)
