"""HTML from templates, always escaped: the only place where the screens' own markup is made.

Templates live in pages/ui/templates; filters are the typography functions, so that a figure is written one way.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ccm_data import libelles, typographie
from ccm_data.textes import _, ngettext

DOSSIER = Path(__file__).parent / "templates"


@lru_cache(maxsize=1)
def get_environnement() -> Environment:
    """The template environment: autoescape on, an undefined name is an error."""
    env = Environment(
        loader=FileSystemLoader(DOSSIER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.globals.update(_=_, ngettext=ngettext)
    env.filters.update(
        nombre=typographie.say_nombre,
        pourcent=typographie.say_pourcent,
        fcfa=typographie.say_fcfa,
        millions=typographie.say_millions,
        compact=typographie.say_compact,
        date=typographie.say_date,
        date_courte=typographie.say_date_courte,
        instant=typographie.say_instant,
        ponctuation=typographie.say_ponctuation,
        libelle=libelles.say_libelle,
    )
    return env


def render(gabarit: str, /, **donnees: Any) -> Markup:
    """The HTML of a template with these values, every value escaped."""
    return Markup(get_environnement().get_template(gabarit).render(**donnees))  # noqa: S704 - autoescaped above
