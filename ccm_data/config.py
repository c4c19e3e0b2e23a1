"""Where things live and what time it is: read once from the environment, injectable everywhere else.

CCM_DATA_DIR       the data folder (default: `donnees` beside the project)
CCM_DATABASE_URL   the database (default: SQLite in the data folder, one file for real work, one for the demonstration)
CCM_DEMO           1: the demonstration, in a database of its own
CCM_TODAY          an ISO date that stands for today (tests, rehearsals)

Reminders by e-mail (docs/relances.md), read only when they are asked for: half of them must not stop the rest.

CCM_SMTP_HOTE, CCM_SMTP_PORT, CCM_SMTP_TLS (starttls, tls, aucun), CCM_SMTP_UTILISATEUR, CCM_SMTP_MOT_DE_PASSE or
CCM_SMTP_MOT_DE_PASSE_FICHIER, CCM_SMTP_EXPEDITEUR, CCM_RELANCES_DESTINATAIRES (who is written to, a file out of the project)
CCM_ADRESSE_PUBLIQUE   where the dashboard is reached from outside, for the links of a message
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Final

from ccm_data.domain.calendrier import NIAMEY, get_jour
from ccm_data.errors import ReglageManquant

RACINE = Path(__file__).resolve().parent.parent
NOM_BASE = "ccm.sqlite"
NOM_BASE_DEMO = "ccm-demonstration.sqlite"


@dataclass(frozen=True)
class Config:
    """Settings of one process."""

    data_dir: Path
    database_url: str
    demo: bool
    aujourd_hui_force: date | None = None

    def aujourd_hui(self) -> date:
        """The one clock: today in Niamey, or the injected date."""
        return self.aujourd_hui_force or get_jour(datetime.now(tz=UTC))

    def maintenant(self) -> datetime:
        """Now in UTC; on an injected date, that day in Niamey at the present hour of Niamey."""
        vrai = datetime.now(tz=NIAMEY)
        if self.aujourd_hui_force is not None:
            vrai = datetime.combine(self.aujourd_hui_force, time(vrai.hour, vrai.minute, vrai.second, tzinfo=NIAMEY))
        return vrai.astimezone(UTC)


def read_config(environ: dict[str, str] | None = None) -> Config:
    """Settings from the environment; raises ReglageManquant naming a setting that cannot be read."""
    env = dict(os.environ) if environ is None else environ
    data_dir = Path(env.get("CCM_DATA_DIR") or RACINE / "donnees").expanduser().resolve()
    demo = env.get("CCM_DEMO", "").strip().lower() in {"1", "oui", "true", "yes"}
    url = env.get("CCM_DATABASE_URL") or f"sqlite:///{(data_dir / (NOM_BASE_DEMO if demo else NOM_BASE)).as_posix()}"
    if url.startswith(("postgres://", "postgresql://")):
        # SQLAlchemy reads these as whatever driver is its default; psycopg 3 is the one installed.
        url = "postgresql+psycopg://" + url.split("://", 1)[1]
    force = env.get("CCM_TODAY", "").strip()
    try:
        aujourd_hui = date.fromisoformat(force) if force else None
    except ValueError as erreur:
        raise ReglageManquant("date_illisible", reglage="CCM_TODAY", valeur=force, remede="AAAA-MM-JJ") from erreur
    return Config(data_dir, url, demo, aujourd_hui)


PORTS: Final = {"starttls": 587, "tls": 465, "aucun": 25}
LOCAUX: Final = ("localhost", "127.0.0.1", "::1")
SMTP: Final = ("HOTE", "PORT", "TLS", "UTILISATEUR", "MOT_DE_PASSE", "MOT_DE_PASSE_FICHIER", "EXPEDITEUR")


@dataclass(frozen=True)
class ReglagesCourriel:
    """How reminders leave: the server, its encryption, who signs in, who writes, the file that says to whom."""

    hote: str
    port: int
    tls: str  # a key of PORTS
    expediteur: str
    destinataires: Path
    utilisateur: str | None = None
    mot_de_passe: str | None = field(default=None, repr=False)


def _get(env: Mapping[str, str], nom: str) -> str:
    return env.get(nom, "").strip()


def _refuse(nom: str, remede: str, code: str = "courriel_incomplet", **faits: object) -> ReglageManquant:
    return ReglageManquant(code, reglage=nom, remede=remede, **faits)


def read_courriel(environ: Mapping[str, str] | None = None) -> ReglagesCourriel | None:
    """How reminders leave by e-mail; None when no server is named: they are only copied.

    Raises ReglageManquant for half a setting, which it names with the remedy. A password is never in an error.
    """
    env = os.environ if environ is None else environ
    hote, expediteur = _get(env, "CCM_SMTP_HOTE"), _get(env, "CCM_SMTP_EXPEDITEUR")
    if not hote:
        seul = next((f"CCM_SMTP_{nom}" for nom in SMTP if _get(env, f"CCM_SMTP_{nom}")), None)
        if seul is not None:
            raise _refuse("CCM_SMTP_HOTE", f"le nom du serveur d’envoi, ou retirez {seul}")
        return None
    tls = _get(env, "CCM_SMTP_TLS").lower() or "starttls"
    if tls not in PORTS:
        raise _refuse("CCM_SMTP_TLS", "starttls, tls ou aucun", "courriel_invalide", valeur=tls)
    if not is_adresse(expediteur):
        code = "courriel_invalide" if expediteur else "courriel_incomplet"
        raise _refuse("CCM_SMTP_EXPEDITEUR", "l’adresse fonctionnelle qui envoie", code, valeur=expediteur)
    destinataires = _get(env, "CCM_RELANCES_DESTINATAIRES")
    if not destinataires:
        raise _refuse("CCM_RELANCES_DESTINATAIRES", "le fichier CSV des adresses, hors du projet")
    utilisateur, mot_de_passe = _read_identification(env, hote, tls)
    port = _read_port(_get(env, "CCM_SMTP_PORT"), tls)
    return ReglagesCourriel(hote, port, tls, expediteur, Path(destinataires).expanduser(), utilisateur, mot_de_passe)


def _read_port(texte: str, tls: str) -> int:
    if not texte:
        return PORTS[tls]
    if not (texte.isascii() and texte.isdecimal() and 0 < int(texte) < 65536):
        raise _refuse("CCM_SMTP_PORT", "un nombre de 1 à 65535", "courriel_invalide", valeur=texte)
    return int(texte)


def _read_identification(env: Mapping[str, str], hote: str, tls: str) -> tuple[str | None, str | None]:
    """Name and password, both or none. Raises ReglageManquant."""
    utilisateur, fichier = _get(env, "CCM_SMTP_UTILISATEUR"), _get(env, "CCM_SMTP_MOT_DE_PASSE_FICHIER")
    mot_de_passe = env.get("CCM_SMTP_MOT_DE_PASSE", "")
    if fichier and mot_de_passe:
        raise _refuse("CCM_SMTP_MOT_DE_PASSE", "un seul des deux : retirez-le, ou CCM_SMTP_MOT_DE_PASSE_FICHIER")
    if fichier:
        try:
            mot_de_passe = Path(fichier).expanduser().read_text(encoding="utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as erreur:
            raise _refuse("CCM_SMTP_MOT_DE_PASSE_FICHIER", "un fichier que le serveur peut lire") from erreur
    if bool(utilisateur) != bool(mot_de_passe):
        manque = "CCM_SMTP_MOT_DE_PASSE_FICHIER" if utilisateur else "CCM_SMTP_UTILISATEUR"
        raise _refuse(manque, "les deux ensemble, ou aucun des deux")
    if not utilisateur:
        return None, None
    if not (utilisateur.isascii() and mot_de_passe.isascii()):
        raise _refuse("CCM_SMTP_UTILISATEUR", "un nom et un mot de passe sans lettre accentuée (ASCII)")
    if tls == "aucun" and hote.lower() not in LOCAUX:
        raise _refuse("CCM_SMTP_TLS", "starttls ou tls : un mot de passe ne voyage pas en clair")
    return utilisateur, mot_de_passe


# One address, as plain as mail servers take them: no name, no comment, no accent, nothing that could end a header.
ADRESSE: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@([A-Za-z0-9-]{1,63}\.)*[A-Za-z0-9-]{1,63}")


def is_adresse(texte: str) -> bool:
    """Is it one plain e-mail address?"""
    local = texte.partition("@")[0]
    pointe = local.startswith(".") or local.endswith(".") or ".." in local
    return len(texte) <= 254 and ADRESSE.fullmatch(texte) is not None and not pointe


def read_adresse_publique(environ: Mapping[str, str] | None = None) -> str:
    """Where the dashboard is reached from outside, without the final slash; empty when it is not said.

    Raises ReglageManquant when it is not an address of the web.
    """
    adresse = _get(os.environ if environ is None else environ, "CCM_ADRESSE_PUBLIQUE")
    if adresse and not re.fullmatch(r"https?://[^\s/?#@]+(/[^\s?#]*)?", adresse):
        raise _refuse("CCM_ADRESSE_PUBLIQUE", "une adresse https://…", "courriel_invalide", valeur=adresse)
    return adresse.rstrip("/")
