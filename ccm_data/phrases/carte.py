"""The map's sentences."""

from __future__ import annotations

import pandas as pd

from ccm_data.figures.fond_carte import is_absent
from ccm_data.queries.carte import MESURES, Carte
from ccm_data.textes import _, ngettext
from ccm_data.typographie import say_nombre


def say_titre_carte(carte: Carte) -> str:
    """Who holds most of it, and how many regions did not report."""
    regions = carte.regions
    connues = regions[[not is_absent(v) for v in regions["valeur"]]]
    muettes = len(regions) - len(connues)
    fin = (
        ngettext("{n} région n’a pas rapporté", "{n} régions n’ont pas rapporté", muettes).format(n=muettes)
        if muettes
        else _("toutes les régions ont rapporté")
    )
    if connues.empty:
        return _("{mesure} : aucune région n’a encore rapporté").format(mesure=_(MESURES[carte.mesure]))
    if carte.mesure == "comites":
        total = int(sum(connues["valeur"]))
        premiere = connues.sort_values("valeur", ascending=False, kind="stable").iloc[0]
        debut = ngettext("{n} comité de veille, dont {m} à {r}", "{n} comités de veille, dont {m} à {r}", total).format(
            n=say_nombre(total), m=say_nombre(premiere["valeur"]), r=premiere["nom"]
        )
        return f"{debut} ; {fin}"
    return f"{_(MESURES[carte.mesure])} : {fin}"


def say_carte(carte: Carte) -> str:
    """The map in one sentence, for who cannot see it."""
    return f"{_(MESURES[carte.mesure])} : " + ", ".join(
        f"{nom} {libelle}" for nom, libelle in carte.regions[["nom", "libelle"]].itertuples(index=False)
    )


def count_couche(couche: pd.DataFrame, region: str | None) -> int:
    """Marks of a layer, in a region where one is given."""
    return len(couche) if region is None else int((couche["region_code"] == region).sum())
