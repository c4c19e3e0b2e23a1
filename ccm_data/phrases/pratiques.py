"""The words of « Bonnes pratiques et leçons »: what was learnt, where, on what; opinions on the follow-up frame."""

from __future__ import annotations

from typing import Final

from ccm_data.domain.vocabulaire import NaturePratique
from ccm_data.queries.bilans import BilanPratiques
from ccm_data.queries.registres import Noms
from ccm_data.textes import N_, _, ngettext
from ccm_data.typographie import say_nombre

PRATIQUES, AVIS = "pratiques", "avis"
ONGLETS: Final = {PRATIQUES: N_("Pratiques et leçons"), AVIS: N_("Avis sur le dispositif")}
AVIS_NATURE: Final = NaturePratique.AVIS_DISPOSITIF.value
NATURES: Final = {
    PRATIQUES: (NaturePratique.BONNE_PRATIQUE.value, NaturePratique.LECON_APPRISE.value),
    AVIS: (AVIS_NATURE,),
}


def say_titre(bilan: BilanPratiques, onglet: str) -> str:
    """« 6 bonnes pratiques et 9 leçons apprises »; opinions on their own tab."""
    if onglet == AVIS:
        n = bilan.par_nature.get(AVIS_NATURE, 0)
        if not n:
            return _("Aucun avis sur le dispositif de suivi")
        return ngettext("{n} avis sur le dispositif de suivi", "{n} avis sur le dispositif de suivi", n).format(
            n=say_nombre(n)
        )
    pratiques = bilan.par_nature.get(NaturePratique.BONNE_PRATIQUE.value, 0)
    lecons = bilan.par_nature.get(NaturePratique.LECON_APPRISE.value, 0)
    if not pratiques and not lecons:
        return _("Aucune pratique ni leçon trouvée")
    debut = ngettext("{n} bonne pratique", "{n} bonnes pratiques", pratiques).format(n=say_nombre(pratiques))
    if not lecons:
        return _("{debut}, aucune leçon").format(debut=debut)
    if not pratiques:
        return ngettext("{m} leçon apprise", "{m} leçons apprises", lecons).format(m=say_nombre(lecons))
    return ngettext("{debut} et {m} leçon apprise", "{debut} et {m} leçons apprises", lecons).format(
        debut=debut, m=say_nombre(lecons)
    )


def list_cles(bilan: BilanPratiques) -> list[tuple[str, str, str]]:
    """Key figures: name, figure, its base."""
    n = bilan.lignes
    sur = ngettext("sur {n} ligne", "sur {n} lignes", n).format(n=say_nombre(n))
    regions = len([r for r in bilan.par_region if r != "NE"])
    return [
        (_("Régions d’où elles viennent"), say_nombre(regions), _say_national(bilan)),
        (_("Thèmes"), say_nombre(len(bilan.par_theme)), _say_sans_theme(bilan)),
        (_("Liées au plan ou à une intervention"), say_nombre(bilan.liees), sur),
    ]


def _say_national(bilan: BilanPratiques) -> str:
    n = bilan.par_region.get("NE", 0)
    if not n:
        return _("et aucune ligne nationale")
    return ngettext("et {n} ligne nationale", "et {n} lignes nationales", n).format(n=say_nombre(n))


def _say_sans_theme(bilan: BilanPratiques) -> str:
    if not bilan.sans_theme:
        return _("aucune ligne sans thème")
    return ngettext(
        "{n} ligne sans thème renseigné", "{n} lignes sans thème renseigné", bilan.sans_theme
    ).format(n=say_nombre(bilan.sans_theme))  # fmt: skip


def list_themes(bilan: BilanPratiques, noms: Noms) -> list[tuple[str, int]]:
    """How many on each theme, most first."""
    return [(noms.themes.get(t, t), n) for t, n in bilan.par_theme.items()]
