"""The words of « Partenariats » (axis 4): how many, of which type and level, which conventions have their document."""

from __future__ import annotations

from collections.abc import Sequence

from ccm_data.domain.vocabulaire import NiveauPartenariat, TypePartenariat
from ccm_data.libelles import say_libelle
from ccm_data.queries.bilans import BilanPartenariats
from ccm_data.textes import _, ngettext
from ccm_data.typographie import say_nombre


def say_titre(bilan: BilanPartenariats) -> str:
    """« 24 partenariats, dont 5 conventions »."""
    if not bilan.lignes:
        return _("Aucun partenariat validé")
    debut = ngettext("{n} partenariat", "{n} partenariats", bilan.lignes).format(n=say_nombre(bilan.lignes))
    conventions = bilan.par_type.get(TypePartenariat.CONVENTION.value, 0)
    if not conventions:
        return _("{debut}, aucune convention").format(debut=debut)
    return ngettext("{debut}, dont {c} convention", "{debut}, dont {c} conventions", conventions).format(
        debut=debut, c=say_nombre(conventions)
    )


def list_cles(bilan: BilanPartenariats) -> list[tuple[str, str, str]]:
    """Key figures: one per type, with its indicator."""
    indicateurs = dict(zip(TypePartenariat, ("4.a", "4.b", "4.c", "4.d"), strict=True))
    cles = []
    for t in TypePartenariat:
        n = bilan.par_type.get(t.value, 0)
        suite = _("indicateur {code}").format(code=indicateurs[t])
        if t is TypePartenariat.CONVENTION and n:
            suite = _("{suite} ; {d} sur {n} avec leur document").format(
                suite=suite, d=say_nombre(bilan.conventions_avec_document), n=say_nombre(n)
            )
        cles.append((say_libelle(t), say_nombre(n), suite))
    return cles


def list_entetes() -> list[str]:
    """Headings of the matrix."""
    return [_("Type"), *(say_libelle(n) for n in NiveauPartenariat), _("Ensemble")]


def list_matrice(bilan: BilanPartenariats) -> list[Sequence[str]]:
    """The matrix type × level, its totals last."""
    lignes: list[Sequence[str]] = [
        [
            say_libelle(t),
            *(say_nombre(bilan.matrice[t.value, n.value]) for n in NiveauPartenariat),
            say_nombre(bilan.par_type.get(t.value, 0)),
        ]
        for t in TypePartenariat
    ]
    totaux = [sum(bilan.matrice[t.value, n.value] for t in TypePartenariat) for n in NiveauPartenariat]
    return [*lignes, [_("Ensemble"), *(say_nombre(n) for n in totaux), say_nombre(bilan.lignes)]]


def list_annees(bilan: BilanPartenariats) -> list[tuple[str, int]]:
    """Partnerships by year."""
    return [(str(a), n) for a, n in bilan.par_annee.items()]
