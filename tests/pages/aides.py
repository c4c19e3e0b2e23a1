"""A person in front of a screen, without a browser: the frame run by AppTest, its HTML read back as words and rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from ccm_data.accounts.sessions import open_session
from ccm_data.config import RACINE, Config
from ccm_data.db import write_session
from ccm_data.models.comptes import Compte
from pages.ui.navigation import ECRANS, PAR_CLE

CADRE = RACINE / "pages" / "ui" / "frame.py"
DELAI_S = 60
VIDES = {"br", "hr", "img", "input", "link", "meta", "col"}


@dataclass
class Noeud:
    """An element of the HTML that a template gave."""

    balise: str
    attributs: dict[str, str]
    enfants: list[Noeud | str] = field(default_factory=list)

    @property
    def texte(self) -> str:
        """Its words, every space a plain one."""
        morceaux = (e if isinstance(e, str) else f" {e.texte} " for e in self.enfants)
        return re.sub(r"\s+", " ", "".join(morceaux)).strip()

    def list_tous(self, balise: str = "", classe: str = "") -> Iterator[Noeud]:
        """The elements below it of this tag and this class, in order."""
        for enfant in self.enfants:
            if isinstance(enfant, Noeud):
                if balise in ("", enfant.balise) and (
                    not classe or classe in enfant.attributs.get("class", "").split()
                ):
                    yield enfant
                yield from enfant.list_tous(balise, classe)


class _Lecteur(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pile = [Noeud("html", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        noeud = Noeud(tag, {nom: valeur or "" for nom, valeur in attrs})
        self.pile[-1].enfants.append(noeud)
        if tag not in VIDES:
            self.pile.append(noeud)

    def handle_endtag(self, tag: str) -> None:
        if len(self.pile) > 1 and self.pile[-1].balise == tag:
            self.pile.pop()

    def handle_data(self, data: str) -> None:
        if self.pile[-1].balise != "style":
            self.pile[-1].enfants.append(data)


def read_html(texte: str) -> Noeud:
    """The tree of a piece of HTML."""
    lecteur = _Lecteur()
    lecteur.feed(texte)
    return lecteur.pile[0]


def open_jeton(config: Config, identifiant: str) -> str:
    """A real session row of this account; what its browser's cookie would hold."""
    with write_session(config) as session:
        compte = session.scalar(select(Compte).where(Compte.identifiant == identifiant))
        assert compte is not None, f"no account {identifiant}"
        return open_session(session, compte, config.maintenant())


class Salle:
    """The dashboard as this person sees it.

    `jeton` is the sign-in cookie (None for a visitor); `avant` is told before every run whose turn it is.
    """

    def __init__(self, config: Config, jeton: str | None, avant: Callable[[Salle], None], script: Path = CADRE) -> None:
        self.config = config
        self.jeton = jeton
        self.avant = avant
        self.ouverte = False
        self.at = AppTest.from_file(script, default_timeout=DELAI_S)

    def open(self, cle: str = "vue", **params: str) -> Salle:
        """Open a screen at this perimeter; fails when the screen breaks."""
        ecran = PAR_CLE[cle]
        if not self.ouverte:
            self.run()  # AppTest learns the screens' addresses from a first run
        self.at.switch_page(f"../{ecran.section}/{ecran.cle}.py")
        self.at.query_params.clear()
        self.at.query_params.update(params)
        return self.run()

    def follow(self, adresse: str) -> Salle:
        """Open what a link leads to."""
        lien = urlsplit(adresse)
        cle = next(e.cle for e in ECRANS if e.adresse == lien.path.strip("/"))
        return self.open(cle, **{nom: valeurs[0] for nom, valeurs in parse_qs(lien.query).items()})

    def run(self) -> Salle:
        """Run the script again; fails when the screen breaks."""
        self.avant(self)
        self.at.run()
        self.ouverte = True
        return self.check()

    def check(self) -> Salle:
        """Fail when the screen broke."""
        assert [e.value for e in self.at.exception] == []
        return self

    def set(self, genre: str, cle: str, valeur: Any) -> Salle:
        """Give a widget a value and let the screen run."""
        self.fill(genre, cle, valeur)
        return self.run()

    def fill(self, genre: str, cle: str, valeur: Any) -> Salle:
        """Give a widget of a form a value: nothing runs before the form is sent."""
        getattr(self.at, genre)(key=cle).set_value(valeur)
        return self

    def send(self) -> Salle:
        """Press the form's button."""
        self.at.get("form_submit_button")[0].click()
        return self.run()

    # ---- reading ----

    @property
    def arbre(self) -> Noeud:
        """All the HTML of the screen, in order."""
        return Noeud("html", {}, [read_html(bloc.value) for bloc in self.at.html])

    @property
    def texte(self) -> str:
        """All that the screen says: its HTML and its messages."""
        messages = [m.value for genre in ("warning", "error", "success") for m in getattr(self.at, genre)]
        return re.sub(r"\s+", " ", " ".join([self.arbre.texte, *messages]))

    @property
    def titre(self) -> str:
        """The screen's message."""
        return next(self.arbre.list_tous("h1")).texte

    @property
    def erreurs(self) -> list[str]:
        """What the screen says went wrong, every space a plain one."""
        return [re.sub(r"\s+", " ", e.value) for e in self.at.error]

    def list_lignes(self, titre: str) -> list[dict[str, str]]:
        """The rows of the HTML table of this caption: heading → cell."""
        for table in self.arbre.list_tous("table"):
            if any(titre == legende.texte for legende in table.list_tous("caption")):
                entetes, *lignes = [
                    [c.texte for c in rang.enfants if isinstance(c, Noeud) and c.balise in ("th", "td")]
                    for rang in table.list_tous("tr")
                ]
                return [dict(zip(entetes, ligne, strict=True)) for ligne in lignes]
        raise AssertionError(f"no table « {titre} »")

    def list_liens(self) -> list[tuple[str, str]]:
        """Every link to another screen: words, address with its parameters."""
        liens = [
            (lien.proto.label, f"/{lien.proto.page}?{lien.proto.query_string}") for lien in self.at.get("page_link")
        ]
        liens += [(a.texte, a.attributs["href"]) for a in self.arbre.list_tous("a")]
        return liens
