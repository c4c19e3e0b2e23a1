"""The words of « Hypothèses et risques »: what holds, what is uncertain, what is critical, what nobody follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from ccm_data.domain.vocabulaire import EtatHypothese, NatureHypothese
from ccm_data.libelles import say_libelle
from ccm_data.phrases.registres import say_cellule, say_reserve
from ccm_data.queries.hypotheses import NON_SUIVI, Point, Tableau
from ccm_data.queries.registres import Noms
from ccm_data.textes import _, ngettext
from ccm_data.typographie import say_date_courte, say_nombre

SUJET: Final = "suivi_hypothese"
ORDRE: Final = (
    *(e.value for e in (EtatHypothese.CRITIQUE, EtatHypothese.INCERTAIN)),
    NON_SUIVI,
    EtatHypothese.MAITRISE.value,
)
# Shape and colour of the statuses, with words of their own: one meaning, one colour.
MARQUES: Final = {
    EtatHypothese.CRITIQUE.value: "en_retard",
    EtatHypothese.INCERTAIN.value: "a_surveiller",
    EtatHypothese.MAITRISE.value: "en_bonne_voie",
    NON_SUIVI: "non_renseigne",
}  # fmt: skip


@dataclass(frozen=True)
class Vue:
    """A hypothesis or a risk as the screen shows it; no mark where its state is reserved."""

    objectif: str
    nature: str
    texte: str
    marque: str
    niveau: str
    depuis: str
    mitigation: str
    responsable: str


def say_niveau(niveau: str) -> str:
    """The state in a word."""
    return _("Non suivi") if niveau == NON_SUIVI else say_libelle(EtatHypothese(niveau))


def say_titre(tableau: Tableau) -> str:
    """Worst first: « 2 points critiques et 4 incertains sur 18 ; 9 non suivis »."""
    n = len(tableau.points)
    critiques = tableau.comptes.get(EtatHypothese.CRITIQUE.value, 0)
    incertains = tableau.comptes.get(EtatHypothese.INCERTAIN.value, 0)
    muets = tableau.comptes.get(NON_SUIVI, 0)
    if muets == n:
        return _("Aucune hypothèse ni aucun risque n’est encore suivi")
    if not critiques and not incertains:
        debut = _("Aucun point critique ni incertain sur {n}").format(n=say_nombre(n))
    else:
        debut = _say_alertes(critiques, incertains, n)
    if not muets:
        return debut
    return ngettext("{debut} ; {m} non suivi", "{debut} ; {m} non suivis", muets).format(
        debut=debut, m=say_nombre(muets)
    )


def _say_alertes(critiques: int, incertains: int, n: int) -> str:
    return _("{c} et {i} sur {n}").format(
        c=ngettext("{c} point critique", "{c} points critiques", critiques).format(c=say_nombre(critiques)),
        i=ngettext("{i} incertain", "{i} incertains", incertains).format(i=say_nombre(incertains)),
        n=say_nombre(n),
    )


def list_legende(tableau: Tableau) -> list[tuple[str, str, int]]:
    """(mark, word, how many) for each state, worst first."""
    return [(MARQUES[e], say_niveau(e), tableau.comptes.get(e, 0)) for e in ORDRE]


def list_natures(tableau: Tableau) -> list[tuple[str, ...]]:
    """Hypotheses and risks by state."""
    return [
        (say_libelle(n), *(say_nombre(tableau.par_nature.get((n.value, e), 0)) for e in ORDRE)) for n in NatureHypothese
    ]


def list_vues(tableau: Tableau, noms: Noms) -> list[Vue]:
    """Each point of the logframe in words, in the order of the table."""
    return [_make_vue(p, noms) for p in tableau.points]


def _make_vue(p: Point, noms: Noms) -> Vue:
    nature = say_libelle(NatureHypothese(p.nature))
    if p.reserve:
        return Vue(p.objectif, nature, p.texte, "", say_reserve(), "", say_reserve(), say_reserve())
    if p.suivi is None:
        return Vue(p.objectif, nature, p.texte, MARQUES[NON_SUIVI], say_niveau(NON_SUIVI), "", "—", "—")
    niveau = str(p.suivi["niveau"])
    return Vue(
        p.objectif, nature, p.texte, MARQUES[niveau], say_niveau(niveau), say_date_courte(p.suivi["date_constat"]),
        _say(p.suivi, "mitigation", noms), _say(p.suivi, "responsable_code", noms),
    )  # fmt: skip


def _say(suivi: Mapping[str, Any], champ: str, noms: Noms) -> str:
    return say_cellule(SUJET, champ, dict(suivi), noms)
