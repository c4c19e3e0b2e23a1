"""Why a pair is a candidate: facts that a screen can translate and highlight (words: phrases/rapprochements.py).

Nothing is judged again here: what the terms found is named. The strongest conditions come first: place, period, public,
theme, wording, actors, amount.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from ccm_data.domain.doublons import MONTANT_DECLARATION, Intervention, Nature, Raison
from ccm_data.rapprochements.annuaire import Annuaire
from ccm_data.rapprochements.fiches import Fiches, is_lieu
from ccm_data.rapprochements.termes import LIEU_MEME_DEPARTEMENT
from ccm_data.rapprochements.territoire import Lieux, Territoire
from ccm_data.rapprochements.texte import PUBLICS, Lexique

EXPRESSIONS_MAX: Final = 4  # shared expressions shown per pair
PUBLIC_PROCHE: Final = 0.5
THEME_PROCHE: Final = 0.4
LIBELLE_PROCHE: Final = 0.15  # an expression weighs at least that to be shown
DATES_MEMES: Final = 0.99
MONTANT_EGAL: Final = 0.98


@dataclass(frozen=True)
class Temoin:
    """All that the reasons are drawn from."""

    rangees: Sequence[Intervention]
    fiches: Fiches
    territoire: Territoire
    annuaire: Annuaire
    lexique: Lexique
    lus: dict[str, dict[str, str]] = field(default_factory=dict)


def list_raisons(t: Temoin, i: int, j: int, termes: Mapping[str, float], nature: Nature) -> Iterator[Raison]:
    """The reasons of a pair, in the order in which they are read."""
    a, b = t.rangees[i], t.rangees[j]
    yield from _list_lieu(t.territoire, t.fiches.lieux[i], t.fiches.lieux[j], termes["lieu"])
    yield from _list_periode(termes)
    if termes["public"] >= PUBLIC_PROCHE and a.publics and b.publics:
        yield Raison("public", {"a": "; ".join(a.publics), "b": "; ".join(b.publics)})
    communs = sorted(set(a.themes) & set(b.themes))
    if communs:
        yield Raison("theme", {"themes": tuple(communs)})
    elif termes["theme"] >= THEME_PROCHE and a.themes and b.themes:
        yield Raison("themes_voisins", {"a": a.themes, "b": b.themes})
    expressions = list_expressions(t, a, b)
    if expressions:
        yield Raison("libelle", {"expressions": tuple(expressions)})
    if nature is Nature.COMPLEMENTAIRE:
        yield from _list_actions(t, a, b)
    yield from _list_acteurs(t.annuaire, a, b)
    yield from _list_montant(a, b, termes["montant"])
    if termes["phases"]:
        yield Raison("phases")


def _list_lieu(territoire: Territoire, a: Lieux, b: Lieux, valeur: float) -> Iterator[Raison]:
    noms = territoire.noms
    localites = sorted(a.localites & b.localites)
    if localites:
        yield Raison("localite", {"noms": tuple(noms.get(x, x.removeprefix("?")) for x in localites)})
        return
    departements = sorted(a.departements & b.departements)
    regions = tuple(noms.get(x, x) for x in sorted(a.regions & b.regions))
    if departements and valeur >= LIEU_MEME_DEPARTEMENT / 2:
        yield Raison("departement", {"noms": tuple(noms.get(x, x) for x in departements)})
    elif regions and bool(a.localites or a.departements) != bool(b.localites or b.departements):
        precis = a if a.localites or a.departements else b
        lieux = sorted(precis.localites or precis.departements)
        dits = tuple(noms.get(x, x.removeprefix("?")) for x in lieux)
        yield Raison("localite_region", {"localites": dits, "regions": regions})
    elif regions:
        yield Raison("region", {"noms": regions})
    elif a.national and b.national:
        yield Raison("national")
    elif a.national or b.national:
        yield Raison("national_region")


def _list_periode(termes: Mapping[str, float]) -> Iterator[Raison]:
    if termes["dates"] >= DATES_MEMES:
        yield Raison("memes_dates", {"mois": max(1, round(termes["mois"]))})
    elif termes["mois"] > 0:  # false for NaN, an unknown date
        yield Raison("mois_communs", {"mois": max(1, round(termes["mois"]))})


def list_expressions(t: Temoin, a: Intervention, b: Intervention) -> list[tuple[str, str]]:
    """What the two texts say alike, as each writes it, the weightiest first: (« forages », « points d’eau »)."""
    lus_a, lus_b = _read(t, a), _read(t, b)
    communs = [(_weigh(t.lexique, nom), nom) for nom in lus_a.keys() & lus_b.keys()]
    choix = sorted((c for c in communs if c[0] >= LIBELLE_PROCHE), key=lambda c: (-c[0], c[1]))
    return [(lus_a[nom], lus_b[nom]) for _poids, nom in choix[:EXPRESSIONS_MAX]]


def _read(t: Temoin, x: Intervention) -> dict[str, str]:
    """Notion → its first writing in the intervention's texts; read once per intervention."""
    if x.code not in t.lus:
        lus = t.lus[x.code] = {}
        for texte in (x.titre, x.description):
            for nom, ecrit in t.lexique.list_expressions(texte):
                if not is_lieu(ecrit, t.territoire):
                    lus.setdefault(nom, ecrit)
    return t.lus[x.code]


def _weigh(lexique: Lexique, nom: str) -> float:
    concept = lexique.concepts.get(nom)
    if concept is None:
        return 0.0 if nom[2:].isdigit() else 0.3
    return 0.0 if concept.genre in PUBLICS else concept.poids


def _list_actions(t: Temoin, a: Intervention, b: Intervention) -> Iterator[Raison]:
    lus = [{nom: ecrit for nom, ecrit in _read(t, x).items() if _is_action(t.lexique, nom)} for x in (a, b)]
    seuls = [tuple(lus[k][nom] for nom in sorted(lus[k].keys() - lus[1 - k].keys())) for k in (0, 1)]
    if all(seuls):
        yield Raison("activites_differentes", {"a": seuls[0], "b": seuls[1]})


def _is_action(lexique: Lexique, nom: str) -> bool:
    return nom in lexique.concepts and lexique.concepts[nom].genre == "action"


def _list_acteurs(annuaire: Annuaire, a: Intervention, b: Intervention) -> Iterator[Raison]:
    chef_a, chef_b = annuaire.find(a.chef_de_file), annuaire.find(b.chef_de_file)
    if chef_a and chef_a == chef_b:
        yield Raison("meme_chef", {"acteur": annuaire.get_nom(chef_a)})
    for chef, autre, code in ((chef_a, b, b.code), (chef_b, a, a.code)):
        partenaires = {annuaire.find(x) for x in autre.partenaires}
        bailleurs = {annuaire.find(x) for x in autre.bailleurs}
        if chef and chef in bailleurs:
            yield Raison("chef_bailleur", {"acteur": annuaire.get_nom(chef), "code": code})
        elif chef and chef in partenaires:
            yield Raison("chef_partenaire", {"acteur": annuaire.get_nom(chef), "code": code})
    communs = {annuaire.find(x) for x in a.bailleurs} & {annuaire.find(x) for x in b.bailleurs} - {"", chef_a, chef_b}
    if communs:
        yield Raison("meme_bailleur", {"acteurs": tuple(sorted(annuaire.get_nom(x) for x in communs))})


def _list_montant(a: Intervention, b: Intervention, valeur: float) -> Iterator[Raison]:
    if a.budget and b.budget and valeur >= MONTANT_DECLARATION:
        code = "montant_egal" if valeur >= MONTANT_EGAL else "montant_proche"
        yield Raison(code, {"a": a.budget, "b": b.budget})
