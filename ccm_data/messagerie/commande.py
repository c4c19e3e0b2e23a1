"""`python -m ccm_data relances [--region R] [--acteur A] [--envoyer] [--forcer]`: print the reminders, or send them.

Printed on standard output, one after the other; with `--envoyer` nothing is printed there. Exit code: 0; 3 when some
could not leave or have no address (done, but somebody should look).
"""

from __future__ import annotations

import argparse
import io
import sys
from typing import Any, Final

from ccm_data.config import Config, ReglagesCourriel, read_adresse_publique, read_courriel
from ccm_data.db import compute_cle_tri, read_session, write_session
from ccm_data.domain.calendrier import compute_date_arrete_par_defaut
from ccm_data.domain.permissions import Personne
from ccm_data.domain.relances import SPCCM
from ccm_data.domain.vocabulaire import Role
from ccm_data.errors import ReglageManquant, ValeurInvalide
from ccm_data.messagerie.relances import Bilan, send_relances
from ccm_data.phrases.relances import Message, join_messages, make_messages, say_bilan_envoi
from ccm_data.queries.completude import Situation, filter_dus, get_situation, group_dus
from ccm_data.queries.installation import Installation, get_installation
from ccm_data.typographie import say_ponctuation

A_REGARDER: Final = 3
EXPLOITATION: Final = Personne(Role.ADMINISTRATEUR)  # whoever deploys reads all


def add_parser(sous: Any) -> argparse.ArgumentParser:
    """Add the command to the subparsers of `python -m ccm_data`."""
    parseur: argparse.ArgumentParser = sous.add_parser(
        "relances", help="imprime les rappels de ce qui est dû, ou les envoie par courriel"
    )
    parseur.add_argument("--region", help="une région seulement (P-code ou nom)")
    parseur.add_argument("--acteur", help="une organisation seulement (code, ou « sp-ccm »)")
    parseur.add_argument("--envoyer", action="store_true", help="envoie au lieu d’imprimer (CCM_SMTP_HOTE…)")
    parseur.add_argument(
        "--forcer", action="store_true", help="envoie même à qui a été relancé depuis moins de 24 heures"
    )
    parseur.set_defaults(faire=run)
    return parseur


def run(config: Config, args: argparse.Namespace) -> int:
    """Run the command. Raises ReglageManquant, ValeurInvalide, FichierIllisible, EnvoiImpossible: told by the caller."""
    reglages = read_courriel()
    if args.envoyer and reglages is None:
        raise ReglageManquant("courriel_absent", reglage="CCM_SMTP_HOTE", remede="le nom du serveur d’envoi")
    aujourd_hui = config.aujourd_hui()
    with read_session(config) as session:
        installation = get_installation(session)
        situation = get_situation(session, EXPLOITATION, compute_date_arrete_par_defaut(aujourd_hui), aujourd_hui)
    messages = _list_messages(situation, installation, args, config)
    if not args.envoyer or reglages is None:
        _write(join_messages(messages))
        if not messages:
            _say("Rien n’est dû : aucun rappel.")
        return 0
    bilan = _send(config, reglages, messages, situation, args.forcer)
    _say(say_bilan_envoi(bilan, {m.code: m.nom for m in messages}))
    return A_REGARDER if bilan.echecs or bilan.sans_adresse else 0


def _list_messages(
    situation: Situation, installation: Installation, args: argparse.Namespace, config: Config
) -> tuple[Message, ...]:
    noms = situation.noms
    region = _find_region(installation, args.region) if args.region else None
    if region is not None and region not in noms.regions:
        raise ValeurInvalide("region_inconnue", valeur=args.region, regions=", ".join(noms.regions))
    if args.acteur is not None and args.acteur != SPCCM and args.acteur not in noms.acteurs:
        raise ValeurInvalide("organisation_inconnue", valeur=args.acteur)
    dus = filter_dus(situation.dus, region=None, acteur=args.acteur, nature=None, trimestre=None)
    groupes = [(qui, siens) for qui, siens in group_dus(dus, noms) if region in (None, qui.region_code)]
    return make_messages(
        groupes, noms, config.aujourd_hui(), read_adresse_publique(), demonstration=installation.demonstration
    )


def _find_region(installation: Installation, texte: str) -> str:
    """The code behind a code, a name or another spelling; anything else as it is."""
    cle = compute_cle_tri(texte)
    nommee = next((code for code, nom in installation.regions.items() if compute_cle_tri(nom) == cle), None)
    return nommee or installation.read_region(texte)


def _send(
    config: Config, reglages: ReglagesCourriel, messages: tuple[Message, ...], situation: Situation, forcer: bool
) -> Bilan:
    def _apply(commande: Any, *arguments: Any) -> Any:
        with write_session(config) as session:
            return commande(session, None, config.maintenant(), *arguments)

    connus = {*situation.noms.regions, *situation.noms.acteurs, SPCCM}
    return send_relances(_apply, reglages, messages, connus, config.maintenant(), forcer=forcer)


def _write(texte: str) -> None:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    sys.stdout.write(texte)
    sys.stdout.flush()


def _say(texte: str) -> None:
    sys.stderr.write(say_ponctuation(texte) + "\n")
