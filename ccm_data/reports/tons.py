"""The colours of a `Ton`, for every renderer: the tokens of figures/theme, by the names that scenes use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ccm_data.domain.vocabulaire import StatutIndicateur
from ccm_data.figures import theme
from ccm_data.reports.scenes import Ton


@dataclass(frozen=True)
class Teinte:
    """A fill, its outline, the ink that can be read on it; `hachure`: never a flat fill; `forme`: the mark's shape."""

    fond: str
    bord: str
    encre: str = theme.BLANC
    hachure: bool = False
    tirets: bool = False
    forme: str = "carre"


TONS_STATUTS: Final[tuple[Ton, ...]] = ("atteint", "en_bonne_voie", "a_surveiller", "en_retard")  # in their order
DEMONSTRATION: Final = Teinte("#FFF3C4", "#8A6A00", "#3D2F00")
ABSENTE: Final = Teinte(theme.BLANC, theme.HACHURE_BORD, theme.ENCRE, hachure=True, forme="carre_hachure")
_FIXES: Final[dict[Ton, Teinte]] = {
    "encre": Teinte(theme.ARDOISE, theme.ARDOISE),
    "avancement": Teinte(theme.VERT, theme.VERT),
    "prevu": Teinte(theme.PREVU, theme.PREVU_BORD, theme.ENCRE),
    "engage": Teinte(theme.ENGAGE, theme.ENGAGE, theme.ENCRE),
    "decaisse": Teinte(theme.DECAISSE, theme.DECAISSE),
}


def get_teinte(ton: Ton | None) -> Teinte:
    """How this tone is painted; None is neutral."""
    if ton in _FIXES or ton is None:
        return _FIXES[ton or "encre"]
    statut = StatutIndicateur(ton)
    marque = theme.STATUTS[statut]
    if statut is StatutIndicateur.NON_RENSEIGNE:
        return ABSENTE
    if statut is StatutIndicateur.CIBLE_NON_DEFINIE:
        return Teinte(theme.BLANC, marque.couleur, theme.ENCRE, tirets=True, forme=marque.forme)
    return Teinte(marque.couleur, marque.couleur, forme=marque.forme)
