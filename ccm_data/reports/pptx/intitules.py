"""The title above a block, and what is left of the block's zone."""

from __future__ import annotations

from ccm_data.reports.mesure import cut_lignes
from ccm_data.reports.pptx.formes import Alinea, Run, Toile, set_alt
from ccm_data.reports.pptx.mesures import INTITULE_LIGNES, compute_intitule
from ccm_data.reports.pptx.page import INTITULE, Zone


def draw_intitule(toile: Toile, titre: str, zone: Zone, suite: str = "") -> Zone:
    """`suite` (the unit) follows in lighter ink. Beyond three lines the title is shortened, and whole in the alt text."""
    hauteur = compute_intitule(titre + suite, zone.largeur)
    if not hauteur:
        return zone
    debut, fin = cut_lignes(titre, INTITULE_LIGNES, INTITULE, zone.largeur, True)
    runs = [Run(f"{debut[:-1]}…" if fin else debut, INTITULE, True)]
    if suite and not fin:
        runs.append(Run(suite, INTITULE, couleur="tx2"))
    forme = toile.draw_texte(Zone(zone.x, zone.y, zone.largeur, hauteur), [Alinea(tuple(runs))], nom="Intitulé")
    if fin:
        set_alt(forme, titre + suite)
    return Zone(zone.x, zone.y + hauteur, zone.largeur, zone.hauteur - hauteur)
