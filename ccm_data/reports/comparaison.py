"""What changed between two frozen contents: statuses, money, indicators, who reported, recommendations. Pure.

Values are compared as they were frozen, and shown in the words that were frozen with them: nothing is formatted anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from ccm_data.textes import _
from ccm_data.typographie import say_fcfa, say_non_renseigne

Contenu = Mapping[str, Any]
Paire = tuple[Mapping[str, Any] | None, Mapping[str, Any] | None]
MONTANTS: Final = ("mobilise_fcfa", "engage_fcfa", "paye_fcfa")
# What makes an indicator's figure; its words may be put otherwise by a later version of the software.
MESURE: Final = ("valeur", "niveau", "cible", "taux", "statut", "provisoire")
RUBRIQUES: Final = ("argent", "statuts", "indicateurs", "declarants", "recommandations")


def compare_contenus(avant: Contenu, apres: Contenu) -> dict[str, Any]:
    """The differences: {depuis, depuis_texte, lignes: [{rubrique, quoi, avant, apres}]}, in the order of RUBRIQUES."""
    lignes = [
        *_compare_argent(avant, apres),
        *_compare_statuts(avant, apres),
        *_compare_indicateurs(avant, apres),
        *_compare_declarants(avant, apres),
        *_compare_recommandations(avant, apres),
    ]
    return {
        "depuis": avant["seance"]["date"],
        "depuis_texte": avant["seance"]["date_texte"],
        "depuis_code": avant["seance"]["code"],
        "lignes": lignes,
    }


def _line(rubrique: str, quoi: str, avant: str, apres: str) -> dict[str, str]:
    return {"rubrique": rubrique, "quoi": quoi, "avant": avant, "apres": apres}


def _compare_argent(avant: Contenu, apres: Contenu) -> Iterable[dict[str, str]]:
    noms = {"mobilise_fcfa": _("Mobilisé"), "engage_fcfa": _("Engagé"), "paye_fcfa": _("Décaissé")}
    for champ in MONTANTS:
        a, b = avant["synthese"][champ], apres["synthese"][champ]
        if a != b:
            yield _line("argent", noms[champ], say_fcfa(a), say_fcfa(b))


def _pair(avant: Iterable[Mapping[str, Any]], apres: Iterable[Mapping[str, Any]]) -> Iterable[Paire]:
    """Rows of the same code side by side, in the order of the newer content, then what is gone."""
    anciens = {x["code"]: x for x in avant}
    nouveaux = list(apres)
    for x in nouveaux:
        yield anciens.get(x["code"]), x
    restes = {x["code"] for x in nouveaux}
    for code, x in anciens.items():
        if code not in restes:
            yield x, None


def _compare_lignes(
    rubrique: str,
    paires: Iterable[Paire],
    champs: Sequence[str],
    texte: str,
    nom: Callable[[Mapping[str, Any]], str],
    absents: tuple[str, str],
) -> Iterable[dict[str, str]]:
    for a, b in paires:
        present = b or a
        if present is None or (a is not None and b is not None and _is_egal(a, b, champs)):
            continue
        yield _line(rubrique, nom(present), a[texte] if a else absents[0], b[texte] if b else absents[1])


def _is_egal(a: Mapping[str, Any], b: Mapping[str, Any], champs: Sequence[str]) -> bool:
    """The same in every field that both were frozen with."""
    return all(a[c] == b[c] for c in champs if c in a and c in b)


def _compare_statuts(avant: Contenu, apres: Contenu) -> Iterable[dict[str, str]]:
    return _compare_lignes(
        "statuts", _pair(avant["activites"], apres["activites"]), ("statut",), "statut_texte",
        lambda x: f"{x['code']} {x['libelle']}", (say_non_renseigne(), say_non_renseigne()),
    )  # fmt: skip


def _compare_indicateurs(avant: Contenu, apres: Contenu) -> Iterable[dict[str, str]]:
    return _compare_lignes(
        "indicateurs", map(_say_statut, _pair(avant["indicateurs"], apres["indicateurs"])), MESURE, "texte",
        lambda x: f"{x['code']} {x['libelle']}", (say_non_renseigne(), say_non_renseigne()),
    )  # fmt: skip


def _say_statut(paire: Paire) -> Paire:
    """The same figure whose status alone moved: the status is said, or both sides would read alike."""
    a, b = paire
    if a is None or b is None or a["texte"] != b["texte"] or a["statut"] == b["statut"]:
        return paire
    dits = ({**x, "texte": f"{x['texte']}, {x['statut_texte'].lower()}"} for x in (a, b))
    return next(dits), next(dits)


def _compare_declarants(avant: Contenu, apres: Contenu) -> Iterable[dict[str, str]]:
    """Who is silent at each date: names in alphabetical order, no ranking."""
    a, b = avant["synthese"], apres["synthese"]
    if (a["silencieux"], a["trimestre"]) != (b["silencieux"], b["trimestre"]):
        yield _line("declarants", _("Sans rapport"), _say_noms(a), _say_noms(b))


def _say_noms(synthese: Mapping[str, Any]) -> str:
    noms = ", ".join(synthese["silencieux"]) or _("aucun")
    return f"{noms} ({synthese['trimestre']})"


def _compare_recommandations(avant: Contenu, apres: Contenu) -> Iterable[dict[str, str]]:
    return _compare_lignes(
        "recommandations", _pair(avant["recommandations"], apres["recommandations"]), ("statut",), "etat_texte",
        lambda x: f"{x['code']} · {x['texte'][:90]}", (_("n’était pas faite"), _("n’est plus au registre")),
    )  # fmt: skip
