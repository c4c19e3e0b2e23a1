"""The words of « Appuis et communication »: who supports, which DREC/MR were supported, what was made to inform."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ccm_data.domain.repartition import NATIONAL
from ccm_data.domain.vocabulaire import TypeProduit
from ccm_data.libelles import say_libelle
from ccm_data.phrases.registres import say_couverture
from ccm_data.queries.bilans import BilanAppuis, BilanProduits
from ccm_data.queries.registres import Noms
from ccm_data.queries.territoire import say_region
from ccm_data.textes import N_, _, ngettext
from ccm_data.typographie import say_nombre, say_non_renseigne

ONGLETS: Final = {
    "appuis": ("appui", N_("Appuis")),
    "produits": ("produit_communication", N_("Produits de communication")),
}


def say_titre_appuis(bilan: BilanAppuis) -> str:
    """« 11 institutions en appui ; 24 appuis aux DREC/MR »."""
    if not bilan.lignes:
        return _("Aucun appui validé")
    n = len(bilan.institutions)
    debut = ngettext("{n} institution en appui", "{n} institutions en appui", n).format(n=say_nombre(n))
    if not bilan.drec:
        return debut
    if not n:
        return ngettext("{m} appui aux DREC/MR", "{m} appuis aux DREC/MR", bilan.drec).format(m=say_nombre(bilan.drec))
    return ngettext("{debut} ; {m} appui aux DREC/MR", "{debut} ; {m} appuis aux DREC/MR", bilan.drec).format(
        debut=debut, m=say_nombre(bilan.drec)
    )


def list_cles_appuis(bilan: BilanAppuis, noms: Noms) -> list[tuple[str, str, str]]:
    """Key figures: name, figure, its base."""
    regions = len([r for r in bilan.drec_par_region if r != NATIONAL])
    equipes = sum(bilan.equipements_par_region.values())
    return [
        (
            _("Institutions en appui"), say_nombre(len(bilan.institutions)),
            _("chacune comptée une fois ; indicateur 1.a"),
        ),
        (_("Appuis aux DREC/MR"), say_nombre(bilan.drec), _("indicateur 3.1.b")),
        (_("Régions appuyées"), say_nombre(regions), _("sur {n}").format(n=say_nombre(len(noms.regions)))),
        (
            _("Avec équipement"), say_nombre(equipes),
            ngettext("sur {n} appui aux DREC/MR", "sur {n} appuis aux DREC/MR", bilan.drec).format(
                n=say_nombre(bilan.drec)
            ),
        ),
    ]  # fmt: skip


def list_institutions(bilan: BilanAppuis, noms: Noms) -> list[tuple[str, int]]:
    """The institutions that support the SP/CCM's work, most supports first."""
    return [(noms.acteurs.get(c, c), n) for c, n in bilan.institutions.items()]


def list_drec(bilan: BilanAppuis, noms: Noms, region: str | None) -> list[tuple[str, str, str]]:
    """Supports to each DREC/MR, those with equipment beside."""
    codes = [c for c in noms.regions if region in (None, c)] + ([NATIONAL] if NATIONAL in bilan.drec_par_region else [])
    return [
        (
            say_region(c, noms.regions),
            say_nombre(bilan.drec_par_region.get(c, 0)),
            say_nombre(bilan.equipements_par_region.get(c, 0)),
        )
        for c in codes
    ]


def say_titre_produits(bilan: BilanProduits) -> str:
    """« 18 produits de communication, en 5 langues »."""
    if not bilan.lignes:
        return _("Aucun produit de communication validé")
    debut = ngettext("{n} produit de communication", "{n} produits de communication", bilan.lignes).format(
        n=say_nombre(bilan.lignes)
    )
    n = len(bilan.langues)
    if not n:
        return _("{debut} ; langues non renseignées").format(debut=debut)
    return ngettext("{debut}, en {l} langue", "{debut}, en {l} langues", n).format(debut=debut, l=say_nombre(n))


def list_cles_produits(bilan: BilanProduits) -> list[tuple[str, str, str]]:
    """Key figures: name, figure, its base."""
    exemplaires = say_non_renseigne() if bilan.exemplaires is None else say_nombre(bilan.exemplaires)
    if bilan.exemplaires is not None and bilan.dits < bilan.lignes:
        exemplaires = _("au moins {n}").format(n=exemplaires)
    return [
        (_("Produits"), say_nombre(bilan.lignes), _("lignes validées ; activité 2.3.2")),
        (_("Langues"), say_nombre(len(bilan.langues)), say_couverture(bilan.langues_dites, bilan.lignes)),
        (_("Exemplaires ou diffusions"), exemplaires, say_couverture(bilan.dits, bilan.lignes)),
    ]


def list_types(comptes: Mapping[str, int]) -> list[tuple[str, int]]:
    """Products by type, in the list's order; those of which there is none are left out."""
    return [(say_libelle(t), comptes[t.value]) for t in TypeProduit if comptes.get(t.value)]
