"""The map's embed: Folium through streamlit-folium, with one thing coming back, the region that was clicked.

Panning, zooming and opening a popup rerun nothing. The map is made afresh for every run (`st_folium` alters the map it
is given: one that is shown twice never draws); an unchanged map is byte-identical and is not sent again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from streamlit_folium import st_folium

from ccm_data.figures.fond_carte import HAUTEUR
from pages.ui import session

if TYPE_CHECKING:
    from ccm_data.figures.fond_carte import CarteHorsLigne

RETOUR = "last_active_drawing"
CODE_MAX = 16


def read_region(valeur: Any) -> str | None:
    """The region's code in what the browser sent; None for anything else (a browser may send what it likes)."""
    dessin = valeur.get(RETOUR) if isinstance(valeur, dict) else None
    proprietes = dessin.get("properties") if isinstance(dessin, dict) else None
    code = proprietes.get("code") if isinstance(proprietes, dict) else None
    return code if isinstance(code, str) and 0 < len(code) <= CODE_MAX else None


def show_carte(
    fabrique: Callable[[], CarteHorsLigne],
    key: str,
    *,
    hauteur: int = HAUTEUR,
    on_region: Callable[[str], None] | None = None,
) -> str | None:
    """Draw the map that `fabrique` makes; return the code of the region clicked just now, else None.

    The code comes back once, in the run that the click starts. `on_region(code)` runs before that run, so that what
    stands above the map already knows: typically `lambda code: session.set_param("region", code)`, which the frame
    also outlines. The caller checks the code against the regions it knows. `hauteur`: pixels before scaling (the frame
    then follows the page's root size, and its width on a phone).
    """
    memoire = f"carte_{key}"

    def _tell() -> None:
        code = read_region(session.get_widget(key))
        if code is not None:
            session.remember(memoire, code)
            if on_region is not None:
                on_region(code)

    st_folium(
        fabrique(),
        key=key,
        height=hauteur,
        use_container_width=True,
        returned_objects=[RETOUR],
        on_change=_tell,
    )
    code: str | None = session.recall(memoire, forget=True)
    return code
