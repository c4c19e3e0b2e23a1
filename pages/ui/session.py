"""The visitor's session: who he is, in which language, at which date, on which perimeter.

The only file that touches `st.session_state`. The address is the truth for the perimeter: what stands there wins over
what the session remembers, so that a link shows the same screen to whoever opens it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar
from urllib.parse import urlencode

import streamlit as st

from ccm_data.accounts.sessions import CompteSession, get_personne, touch_session
from ccm_data.config import Config, read_config
from ccm_data.db import read_session, write_session
from ccm_data.domain.perimetre import Perimetre, Probleme, read_perimetre
from ccm_data.domain.permissions import VISITEUR, Personne
from ccm_data.queries.installation import Installation, get_installation
from ccm_data.textes import LANGUES, set_langue
from pages.ui.connexion import COOKIE

T = TypeVar("T")


@dataclass(frozen=True)
class Contexte:
    """What a screen needs to know about this run."""

    config: Config
    personne: Personne
    compte: CompteSession | None
    perimetre: Perimetre
    langue: str
    installation: Installation
    echelle: float = 1.0
    problemes: tuple[Probleme, ...] = field(default=())

    @property
    def version(self) -> str:
        """The data's version: what caches are keyed by."""
        return self.installation.version


def read_langue() -> str:
    """The language: the address first, then what the session remembers, then French."""
    demandee = st.query_params.get("lang")
    if demandee in LANGUES:
        st.session_state["langue"] = demandee
    langue: str = st.session_state.get("langue", "fr")
    if langue != "fr" and demandee != langue:
        st.query_params["lang"] = langue
    set_langue(langue)
    return langue


def choose_langue(langue: str) -> None:
    """Speak this language from the next run on, and say so in the address."""
    st.session_state["langue"] = langue
    if langue == "fr":
        st.query_params.pop("lang", None)
    else:
        st.query_params["lang"] = langue


def _remember_arrete() -> None:
    """The date d'arrêté follows from screen to screen; another screen's address may not carry it."""
    if "arrete" in st.query_params:
        st.session_state["arrete"] = st.query_params["arrete"]
    elif st.session_state.get("arrete"):
        st.query_params["arrete"] = st.session_state["arrete"]


def choose_arrete(code: str | None) -> None:
    """Set the facts' date for the screens that follow (None: the latest)."""
    st.session_state["arrete"] = code
    if code is None:
        st.query_params.pop("arrete", None)
    else:
        st.query_params["arrete"] = code


def get_jeton() -> str | None:
    """The sign-in token of this browser, if any (an HttpOnly cookie, which scripts cannot read)."""
    return st.context.cookies.get(COOKIE)


def open_contexte() -> Contexte:
    """Who, when, where and in which language, read afresh at every run: a revoked session ends at the next click."""
    config = read_config()
    langue = read_langue()
    _remember_arrete()
    jeton = get_jeton()
    with read_session(config) as session:
        trouve = get_personne(session, jeton, config.maintenant()) if jeton else None
        installation = get_installation(session)
    personne, compte = trouve if trouve else (VISITEUR, None)
    if jeton and compte is not None and compte.a_revoir:
        with write_session(config) as session:
            touch_session(session, jeton, config.maintenant())
    parametres = dict(st.query_params.items())
    parametres["region"] = installation.read_region(parametres.get("region", ""))
    perimetre, problemes = read_perimetre(parametres, config.aujourd_hui(), installation.regions, installation.axes)
    if perimetre.region is not None and st.query_params.get("region") != perimetre.region:
        st.query_params["region"] = perimetre.region  # a name or another spelling becomes the code
    echelle = 1.4 if st.query_params.get("echelle") == "projection" else 1.0
    return Contexte(config, personne, compte, perimetre, langue, installation, echelle, tuple(problemes))


def apply(commande: Callable[..., T], *args: Any, instantane: bool = False, **kwargs: Any) -> T:
    """Run a command of `ccm_data.commands` in its own transaction, as the person of this very moment.

    The command receives `(session, personne, maintenant, …)`. Raises the command's CCMError: the caller shows it.
    `instantane`: all that the command reads belongs to one moment.
    """
    config = read_config()
    jeton = get_jeton()
    with read_session(config) as lecture:
        trouve = get_personne(lecture, jeton, config.maintenant()) if jeton else None
    with write_session(config, instantane=instantane) as session:
        return commande(session, trouve[0] if trouve else VISITEUR, config.maintenant(), *args, **kwargs)


def choose_option(
    label: str,
    nom: str,
    options: Mapping[str, str],
    *,
    defaut: str | None = None,
    largeur: int | Literal["stretch"] = 260,
) -> str | None:
    """A drop-down bound to the address by the option's code, whatever the language of its label.

    `options` maps codes to labels; "" is « all ». Returns the code, or None for "".
    """
    cle = f"choix_{nom}"
    premier = defaut if defaut is not None and defaut in options else next(iter(options), "")
    depart = st.query_params.get(nom, premier)
    if depart not in options:
        depart = premier
    # Even when equal: the key may still name another screen's widget, whose value this one would not take over.
    st.session_state[cle] = depart

    def _write() -> None:
        choisi = st.session_state[cle]
        if choisi and choisi != defaut:
            st.query_params[nom] = choisi
        else:
            st.query_params.pop(nom, None)

    st.selectbox(
        label,
        list(options),
        key=cle,
        format_func=lambda code: options.get(code, code),
        on_change=_write,
        label_visibility="collapsed",
        width=largeur,
    )
    return st.session_state[cle] or None


def get_param(nom: str) -> str | None:
    """A parameter of the address."""
    return st.query_params.get(nom)


def set_param(nom: str, valeur: str | None) -> None:
    """Write a parameter into the address; None takes it away."""
    if valeur:
        st.query_params[nom] = valeur
    else:
        st.query_params.pop(nom, None)


def get_adresse(chemin: str) -> str:
    """A plain link to one of our screens: it opens a new session, so it carries the language, the date and the scale."""
    gardes = {nom: st.query_params[nom] for nom in ("lang", "arrete", "echelle") if nom in st.query_params}
    return f"{chemin}{'&' if '?' in chemin else '?'}{urlencode(gardes)}" if gardes else chemin


def remember(nom: str, valeur: object) -> None:
    """Keep a value for the session (a message to show after a rerun, a step of a form)."""
    st.session_state[f"memo_{nom}"] = valeur


def recall(nom: str, defaut: Any = None, *, forget: bool = False) -> Any:
    """A value kept by `remember`; `forget` takes it away."""
    if forget:
        return st.session_state.pop(f"memo_{nom}", defaut)
    return st.session_state.get(f"memo_{nom}", defaut)


def publish_pages(pages: Mapping[str, Any]) -> None:
    """Let screens link to each other by their key."""
    st.session_state["pages"] = dict(pages)


def get_page(cle: str) -> Any | None:
    """The Streamlit page of a screen (None before the frame has run)."""
    return st.session_state.get("pages", {}).get(cle)


def get_widget(cle: str) -> Any:
    """The value of a widget inside its callback."""
    return st.session_state.get(cle)


def choose_plusieurs(
    label: str, nom: str, options: Mapping[str, str], *, defaut: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """Pills bound to the address (`nom=a,b`, `nom=-` for none): the chosen codes, in the options' order."""
    cle = f"choix_{nom}"
    ecrites = st.query_params.get(nom)
    voulues = list(defaut) if ecrites is None else [c for c in ecrites.split(",") if c in options]
    st.session_state[cle] = voulues

    def _write() -> None:
        choisies = tuple(c for c in options if c in st.session_state[cle])
        set_param(nom, None if choisies == defaut else ",".join(choisies) or "-")

    st.pills(
        label,
        list(options),
        selection_mode="multi",
        key=cle,
        format_func=lambda code: options.get(code, code),
        on_change=_write,
        label_visibility="collapsed",
    )
    return tuple(c for c in options if c in (st.session_state[cle] or []))


def choose_onglet(label: str, nom: str, options: Mapping[str, str], *, defaut: str | None = None) -> str:
    """One of several subjects, as buttons bound to the address; the first (or `defaut`) by default."""
    cle = f"choix_{nom}"
    premier = defaut if defaut is not None and defaut in options else next(iter(options))
    voulu = st.query_params.get(nom, premier)
    voulu = voulu if voulu in options else premier
    st.session_state[cle] = voulu

    def _write() -> None:
        set_param(nom, None if st.session_state[cle] == premier else st.session_state[cle])

    st.segmented_control(
        label, list(options), key=cle, format_func=lambda c: options.get(c, c), required=True, on_change=_write,
        label_visibility="collapsed",
    )  # fmt: skip
    return voulu
