"""`python -m ccm_data …`: what whoever deploys needs. Data go to standard output alone; words go to standard error."""

from __future__ import annotations

import argparse
import getpass
import io
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError

from ccm_data.accounts.connexion import read_identifiant
from ccm_data.commands import comptes as commandes
from ccm_data.config import Config, read_config
from ccm_data.db import read_session, write_session
from ccm_data.domain.vocabulaire import EtatSeance, Role
from ccm_data.errors import CCMError, ValeurInvalide
from ccm_data.exports.jeux import get_jeu, list_jeux, write_csv, write_json
from ccm_data.imports.controle import list_controle
from ccm_data.libelles import say_libelle
from ccm_data.messagerie import commande as relances
from ccm_data.phrases.comptes import ERREURS_COMPTES
from ccm_data.phrases.relances import ERREURS_RELANCES
from ccm_data.phrases.sauvegarde import ERREURS_SAUVEGARDE, say_contenu, say_manquantes
from ccm_data.phrases.seances import ERREURS_SEANCES
from ccm_data.preparation import prepare_database
from ccm_data.queries.comptes import count_administrateurs, list_tous_comptes
from ccm_data.rapprochements import commande as doublons
from ccm_data.reports import commande as seances
from ccm_data.sauvegarde.ecriture import write_sauvegarde
from ccm_data.sauvegarde.format import Sauvegarde
from ccm_data.sauvegarde.lecture import verify_sauvegarde
from ccm_data.sauvegarde.restauration import restore_sauvegarde
from ccm_data.typographie import say_date, say_instant, say_ponctuation

Commande = Callable[[Config, argparse.Namespace], int]
MESSAGES = {
    **ERREURS_COMPTES,
    **ERREURS_RELANCES,
    **ERREURS_SAUVEGARDE,
    **ERREURS_SEANCES,
    "base_reelle_en_demonstration": (
        "Cette base contient du travail réel : la démonstration a la sienne. Lancez avec CCM_DEMO=1 et sans "
        "CCM_DATABASE_URL, ou donnez une autre base."
    ),
    "code_inconnu": "« {valeur} » est inconnu pour {champ}.",
    "meme_fait": "Il y en a déjà une : donnez un autre code, ou ouvrez celle qui existe.",
    "conflit": "Quelqu’un a changé ceci entre-temps : recommencez.",
    "saisies_differentes": "Les deux saisies diffèrent : recommencez.",
    "valeur_invalide": "Valeur refusée pour {champ} : « {valeur} ». Attendu : {attendu}.",
    "date_illisible": "{reglage} = « {valeur} » est illisible : écrivez une date {remede}.",
}


class Parseur(argparse.ArgumentParser):
    """Refuses in French, in one line."""

    def error(self, message: str) -> NoReturn:
        """Say which command was not understood and where its usage is."""
        _say(f"Commande incomprise : {_translate(message)}. Voyez « {self.prog} --help ».")
        raise SystemExit(2)


ARGPARSE = (
    ("the following arguments are required:", "il manque"),
    ("unrecognized arguments:", "en trop :"),
    ("invalid choice:", "choix inconnu :"),
    ("choose from", "choix possibles :"),
    ("expected one argument", "une valeur est attendue"),
    ("argument ", ""),
)


def _translate(message: str) -> str:
    for anglais, francais in ARGPARSE:
        message = message.replace(anglais, francais)
    return message


def _say(texte: str) -> None:
    print(say_ponctuation(texte), file=sys.stderr)


def _print(donnees: str) -> None:
    """Data on standard output: UTF-8 and plain line ends on every system."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    sys.stdout.write(donnees)
    sys.stdout.flush()


def _export(config: Config, args: argparse.Namespace) -> int:
    if args.jeu not in list_jeux():
        _say(f"Jeu de données inconnu : « {args.jeu} ». Jeux disponibles : {', '.join(list_jeux())}.")
        return 2
    with read_session(config) as session:
        cadre = get_jeu(session, args.jeu)
    _print(write_json(cadre) if args.format == "json" else write_csv(cadre))
    return 0


def _check(config: Config, args: argparse.Namespace) -> int:
    anomalies = list_controle(config, args.fichier.read_bytes(), args.fichier.name, args.compte)
    _print(json.dumps(anomalies, ensure_ascii=False, indent=1) + "\n")
    return 1 if anomalies else 0


def _read_password(args: argparse.Namespace) -> str | None:
    """From standard input, typed twice at a terminal, or None: one is made. Raises ValeurInvalide."""
    if args.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not args.saisir:
        return None
    premier = getpass.getpass("Mot de passe : ")
    if premier != getpass.getpass("Encore une fois : "):
        raise ValeurInvalide("saisies_differentes")
    return premier


def _say_provisoire(fait: str | None) -> None:
    if fait:
        _say(f"Mot de passe provisoire, montré une seule fois : {fait}")
    _say("À changer à la première connexion.")


def _add(config: Config, args: argparse.Namespace) -> int:
    # Read before the transaction: nobody waits for a person who types.
    mot_de_passe = _read_password(args)
    with write_session(config) as session:
        _id, fait = commandes.add_compte(
            session, None, config.maintenant(), args.identifiant, Role(args.role), libelle=args.libelle or "",
            region_code=args.region, acteur_code=args.acteur, mot_de_passe=mot_de_passe,
        )  # fmt: skip
    _say(f"Compte « {read_identifiant(args.identifiant)} » créé ({args.role}).")
    _say_provisoire(fait)
    return 0


def _list(config: Config, args: argparse.Namespace) -> int:
    with read_session(config) as session:
        cadre = list_tous_comptes(session)
    _print(write_json(cadre) if args.format == "json" else write_csv(cadre))
    return 0


def _set_actif(config: Config, args: argparse.Namespace) -> int:
    actif = args.sous == "enable"
    with write_session(config) as session:
        compte = commandes.find_compte(session, args.identifiant)
        commandes.set_actif(session, None, config.maintenant(), compte, actif)
    nom = read_identifiant(args.identifiant)
    _say(f"Compte « {nom} » activé." if actif else f"Compte « {nom} » désactivé ; ses sessions sont closes.")
    return 0


def _unlock(config: Config, args: argparse.Namespace) -> int:
    with write_session(config) as session:
        compte = commandes.find_compte(session, args.identifiant)
        commandes.unlock_compte(session, None, config.maintenant(), compte)
    _say(f"Compte « {read_identifiant(args.identifiant)} » débloqué.")
    return 0


def _password(config: Config, args: argparse.Namespace) -> int:
    nouveau = _read_password(args)
    with write_session(config) as session:
        compte = commandes.find_compte(session, args.identifiant)
        fait = commandes.reset_mot_de_passe(session, None, config.maintenant(), compte, nouveau)
    _say(f"Nouveau mot de passe pour « {read_identifiant(args.identifiant)} » ; ses sessions sont closes.")
    _say_provisoire(fait)
    return 0


def _first_admin(config: Config, args: argparse.Namespace) -> int:
    """The first administrator of a new installation; nothing when there is one already."""
    with write_session(config) as session:
        if count_administrateurs(session):
            return 0
        _id, fait = commandes.add_compte(
            session, None, config.maintenant(), "admin", Role.ADMINISTRATEUR, libelle="Administrateur"
        )
    _say(f"Premier administrateur : identifiant « admin », mot de passe provisoire (une seule fois) : {fait}")
    return 0


def _demo(config: Config, args: argparse.Namespace) -> int:
    # Imported here: only this command needs the story.
    from ccm_data.reference.demonstration import MOT_DE_PASSE, load_demonstration

    _say(f"Démonstration : données de suivi inventées. Mot de passe de tous les comptes : {MOT_DE_PASSE}")
    for compte in load_demonstration(config):
        _say(f"  {compte.identifiant:<16} {compte.libelle}")
    return 0


def _prepare(config: Config, args: argparse.Namespace) -> int:
    _say(f"Base prête ({make_url(config.database_url).render_as_string(hide_password=True)}).")
    return 0


def _backup(config: Config, args: argparse.Namespace) -> int:
    faite = write_sauvegarde(config, args.fichier)
    ailleurs = "" if args.fichier else " Copiez-la sur un autre support."
    _say(f"Sauvegarde faite et relue : {faite.fichier} ({say_contenu(faite)}).{ailleurs}")
    return _say_incomplete(faite)


def _verify(config: Config, args: argparse.Namespace) -> int:
    lue = verify_sauvegarde(args.fichier)
    _say(f"Sauvegarde intacte : {say_contenu(lue)}, du {say_instant(lue.date)}.")
    return _say_incomplete(lue)


def _restore(config: Config, args: argparse.Namespace) -> int:
    remise = restore_sauvegarde(config, args.fichier)
    _say(f"Sauvegarde du {say_instant(remise.date)} remise : {say_contenu(remise)}. Chacun se reconnecte.")
    return _say_incomplete(remise)


def _say_incomplete(sauvegarde: Sauvegarde) -> int:
    """3 when evidence was missing already: done, but somebody should look."""
    if not sauvegarde.manquantes:
        return 0
    _say(say_manquantes(sauvegarde))
    return 3


def _add_password_options(parseur: argparse.ArgumentParser) -> None:
    parseur.add_argument("--password-stdin", action="store_true", help="lire le mot de passe sur l’entrée standard")
    parseur.add_argument("--saisir", action="store_true", help="taper le mot de passe au clavier")


def build_parser() -> argparse.ArgumentParser:
    """The command line."""
    parseur = Parseur(prog="python -m ccm_data", description="Tableau de bord du SP/CCM")
    sous = parseur.add_subparsers(dest="commande", required=True)
    sous.add_parser("prepare", help="prépare la base").set_defaults(faire=_prepare)
    sous.add_parser("demo", help="charge la démonstration (CCM_DEMO=1)").set_defaults(faire=_demo)
    sous.add_parser("first-admin", help="crée le premier administrateur").set_defaults(faire=_first_admin)
    export = sous.add_parser("export", help="imprime un jeu de données du plan")
    export.add_argument("jeu", metavar="DATASET")
    export.add_argument("--format", choices=("csv", "json"), default="csv")
    export.set_defaults(faire=_export)
    controle = sous.add_parser("check", help="contrôle un classeur ou un CSV et imprime ses anomalies en JSON")
    controle.add_argument("fichier", type=Path, metavar="FICHIER")
    controle.add_argument("--compte", help="juge le fichier comme envoyé par ce compte (par défaut : le SP/CCM)")
    controle.set_defaults(faire=_check)
    doublons.add_parser(sous)
    relances.add_parser(sous)
    seances.add_parser(sous)
    _add_sauvegarde_parsers(sous)
    _add_account_parsers(sous.add_parser("account", help="gère les comptes").add_subparsers(dest="sous", required=True))
    return parseur


def _add_sauvegarde_parsers(sous: Any) -> None:
    # None of them makes an empty database in passing: that would be backed up, or found occupied.
    for nom, faire, aide in (
        ("backup", _backup, "sauvegarde toute l’installation (base, pièces, secret) dans un fichier"),
        ("verify", _verify, "relit une sauvegarde et dit si elle est intacte"),
        ("restore", _restore, "remet une sauvegarde dans un lieu vide"),
    ):
        commande = sous.add_parser(nom, help=aide)
        facultatif = {"nargs": "?", "help": "fichier ou dossier"} if nom == "backup" else {}
        commande.add_argument("fichier", type=Path, metavar="FICHIER", **facultatif)
        commande.set_defaults(faire=faire, prepare=False)


def _add_account_parsers(sous: Any) -> None:
    ajout = sous.add_parser("add", help="crée un compte")
    ajout.add_argument("identifiant")
    ajout.add_argument("--role", required=True, choices=[r.value for r in Role if r is not Role.VISITEUR])
    ajout.add_argument("--region", help="P-code de la région d’un point focal")
    ajout.add_argument("--acteur", help="code de l’organisation d’un acteur")
    ajout.add_argument("--libelle", help="la fonction, telle qu’elle s’affiche")
    _add_password_options(ajout)
    ajout.set_defaults(faire=_add)
    liste = sous.add_parser("list", help="liste les comptes")
    liste.add_argument("--format", choices=("csv", "json"), default="csv")
    liste.set_defaults(faire=_list)
    for nom, faire, aide in (
        ("disable", _set_actif, "désactive un compte et ferme ses sessions"),
        ("enable", _set_actif, "active un compte"),
        ("unlock", _unlock, "débloque un compte après trop d’échecs"),
    ):
        action = sous.add_parser(nom, help=aide)
        action.add_argument("identifiant")
        action.set_defaults(faire=faire)
    mot = sous.add_parser("password", help="donne un nouveau mot de passe provisoire")
    mot.add_argument("identifiant")
    _add_password_options(mot)
    mot.set_defaults(faire=_password)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; expected errors are one French line and a non-zero answer."""
    args = build_parser().parse_args(arguments)
    try:
        config = read_config()
        if getattr(args, "prepare", True):
            prepare_database(config)
        return int(args.faire(config, args))
    except CCMError as erreur:
        texte = MESSAGES.get(erreur.code, f"Opération refusée ({erreur.code}).")
        faits = {nom: _say_fait(nom, valeur) for nom, valeur in erreur.faits.items()}
        _say(texte.format_map(defaultdict(lambda: "…", faits)))
    except (OperationalError, ArgumentError, NoSuchModuleError) as erreur:
        _say(f"Base inaccessible : vérifiez CCM_DATABASE_URL et CCM_DATA_DIR ({_say_cause(erreur)}).")
    except BrokenPipeError:  # « export … | head » closes early
        sys.stderr.close()
    except OSError as erreur:
        _say(f"Fichier inaccessible : vérifiez son chemin, ou CCM_DATA_DIR ({_say_cause(erreur)}).")
    return 1


def _say_fait(nom: str, valeur: object) -> object:
    """Dates and states in words."""
    if isinstance(valeur, date):
        return say_date(valeur)
    if nom == "etat" and str(valeur) in list(EtatSeance):
        return say_libelle(EtatSeance(str(valeur))).lower()
    return valeur


def _say_cause(erreur: Exception) -> str:
    """The first line of a driver's message; drivers print no password there."""
    return str(getattr(erreur, "orig", None) or erreur).strip().splitlines()[0]


if __name__ == "__main__":
    sys.exit(main())
