"""What verdicts on candidate pairs change in totals: only a double declaration does, by the amount in common.

The row that carries the money keeps its own; the other gives up the amount in common. Where three rows or more tell one
money, each but one gives it up once: common amounts with carriers that are themselves declared double of each other are
the same money, and only the largest is given up; with carriers unrelated, they add up. No row goes below zero, an amount
that is not known has nothing to give up, a revoked verdict is as if it had never been. Source: règles de calcul, 5.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ccm_data.domain.vocabulaire import SuiteVerdict, VerdictPaire
from ccm_data.errors import ValeurInvalide

# What settles nothing: no word yet, or both go on as before.
OUVERTES: Final = frozenset({None, SuiteVerdict.MAINTENU})


@dataclass(frozen=True)
class VerdictRendu:
    """A verdict that stands, on two codes; for a double declaration, which carries the money and how much is common."""

    code_a: str
    code_b: str
    verdict: VerdictPaire
    porteur: str | None = None
    commun_fcfa: int | None = None
    suite: SuiteVerdict | None = None

    @property
    def cedant(self) -> str:
        """The row that gives up the amount in common."""
        return self.code_b if self.porteur == self.code_a else self.code_a


def list_doubles(verdicts: Iterable[VerdictRendu]) -> list[VerdictRendu]:
    """The verdicts that change totals."""
    return [v for v in verdicts if v.verdict is VerdictPaire.DOUBLE_DECLARATION and v.porteur is not None]


def check_porteurs(verdicts: Iterable[VerdictRendu]) -> None:
    """Raise ValeurInvalide (porteurs_en_boucle) when carriers go round in a circle: nobody would keep the money."""
    portes: dict[str, set[str]] = {}
    for v in list_doubles(verdicts):
        portes.setdefault(v.cedant, set()).add(str(v.porteur))
    for depart in sorted(portes):
        vus, suite = set[str](), set(portes[depart])
        while suite:
            code = suite.pop()
            if code == depart:
                raise ValeurInvalide(
                    "porteurs_en_boucle", champ="porteur_code", valeur=depart, attendu="une autre ligne"
                )
            vus.add(code)
            suite |= portes.get(code, set()) - vus


def compute_retraits(montants: Mapping[str, int | None], verdicts: Iterable[VerdictRendu]) -> dict[str, int]:
    """Code → FCFA that it gives up; only codes of `montants`, of known amount, that give up something.

    A verdict counts where both its rows do: a row left out of a selection takes no money from the one that stays.
    """
    doubles = [v for v in list_doubles(verdicts) if v.code_a in montants and v.code_b in montants]
    liens = {frozenset((v.code_a, v.code_b)) for v in doubles}
    retraits = {}
    for code, montant in montants.items():
        siens = [v for v in doubles if v.cedant == code]
        if siens and montant:
            par_groupe = [max(v.commun_fcfa or 0 for v in groupe) for groupe in _group(siens, liens)]
            if retrait := min(montant, sum(par_groupe)):
                retraits[code] = retrait
    return retraits


def _group(siens: Sequence[VerdictRendu], liens: set[frozenset[str]]) -> list[list[VerdictRendu]]:
    """One row's verdicts, those together whose carriers are doubles of each other."""
    groupes: list[list[VerdictRendu]] = []
    for v in siens:
        lies = [g for g in groupes if any(frozenset((str(v.porteur), str(x.porteur))) in liens for x in g)]
        groupes = [g for g in groupes if g not in lies] + [[v, *(x for g in lies for x in g)]]
    return groupes


def compute_nets(montants: Mapping[str, int | None], verdicts: Iterable[VerdictRendu]) -> dict[str, int | None]:
    """Code → FCFA that counts; None stays None."""
    retraits = compute_retraits(montants, verdicts)
    return {code: None if m is None else m - retraits.get(code, 0) for code, m in montants.items()}


def count_doublons(verdicts: Iterable[VerdictRendu]) -> int:
    """Activities, not pairs, found to be duplicates and not settled since: indicator 2.1.a (règles de calcul, 2)."""
    ouverts = [v for v in verdicts if v.verdict is VerdictPaire.DOUBLON and v.suite in OUVERTES]
    return len({code for v in ouverts for code in (v.code_a, v.code_b)})


def compute_a_discuter(montants: Mapping[str, int | None], verdicts: Iterable[VerdictRendu]) -> int | None:
    """« Montants à discuter »: for each duplicate the smaller of its two amounts; a row in several counts once.

    None when there are duplicates and no amount of them is known. Both actors really spend: no total changes.
    """
    plus_petits: dict[str, int] = {}
    doublons = [v for v in verdicts if v.verdict is VerdictPaire.DOUBLON]
    for v in doublons:
        connus = [(m, c) for c in (v.code_a, v.code_b) if (m := montants.get(c)) is not None]
        if len(connus) == 2:
            montant, code = min(connus)
            plus_petits[code] = montant
    return sum(plus_petits.values()) if plus_petits or not doublons else None
