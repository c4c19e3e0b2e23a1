"""`python -m ccm_data …`: what whoever deploys needs. Data go to standard output alone; words go to standard error."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable, Sequence

from ccm_data.accounts.connexion import read_identifiant
from ccm_data.commands import comptes as commandes
from ccm_data.config import Config, read_config
from ccm_data.db import read_session, write_session
from ccm_data.domain.vocabulaire import Role
from ccm_data.errors import CCMError
from ccm_data.exports.jeux import get_jeu, list_jeux, write_csv, write_json
from ccm_data.preparation import prepare_database
from ccm_data.queries.comptes import count_administrateurs, list_tous_comptes

Commande = Callable[[Config, argparse.Namespace], int]
MESSAGES = {
    "identifiant_pris": "L’identifiant « {valeur} » existe déjà : choisissez-en un autre.",
    "compte_inconnu": "Aucun compte « {valeur} » : voyez « account list ».",
    "dernier_administrateur": "« {valeur} » est le dernier administrateur actif : créez-en un autre d’abord.",
    "mot_de_passe_longueur": "Le mot de passe doit avoir de {minimum} à {maximum} caractères.",
    "mot_de_passe_identifiant": "Le mot de passe ne doit pas contenir l’identifiant.",
    "mot_de_passe_pauvre": "Le mot de passe doit avoir au moins cinq caractères différents.",
    "base_reelle_en_demonstration": (
        "Cette base contient du travail réel : la démonstration a la sienne. Lancez avec CCM_DEMO=1 et sans "
        "CCM_DATABASE_URL, ou donnez une autre base."
    ),
    "valeur_invalide": "Valeur refusée pour {champ} : « {valeur} ». Attendu : {attendu}.",
    "date_illisible": "{reglage} = « {valeur} » est illisible : écrivez une date {remede}.",
}


def _say(texte: str) -> None:
    print(texte, file=sys.stderr)


def _export(config: Config, args: argparse.Namespace) -> int:
    if args.jeu not in list_jeux():
        _say(f"Jeu de données inconnu : « {args.jeu} ». Jeux disponibles : {', '.join(list_jeux())}.")
        return 2
    with read_session(config) as session:
        cadre = get_jeu(session, args.jeu)
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    sys.stdout.write(write_json(cadre) if args.format == "json" else write_csv(cadre))
    return 0


def _read_password(args: argparse.Namespace) -> str | None:
    """From standard input, typed twice at a terminal, or None: one is made."""
    if args.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not args.saisir:
        return None
    premier = getpass.getpass("Mot de passe : ")
    if premier != getpass.getpass("Encore une fois : "):
        raise SystemExit("Les deux saisies diffèrent : recommencez.")
    return premier


def _add(config: Config, args: argparse.Namespace) -> int:
    with write_session(config) as session:
        _id, fait = commandes.add_compte(
            session, None, config.maintenant(), args.identifiant, Role(args.role), libelle=args.libelle or "",
            region_code=args.region, acteur_code=args.acteur, mot_de_passe=_read_password(args),
        )  # fmt: skip
    _say(f"Compte « {read_identifiant(args.identifiant)} » créé ({args.role}).")
    if fait:
        _say(f"Mot de passe provisoire, montré une seule fois : {fait}")
    return 0


def _list(config: Config, args: argparse.Namespace) -> int:
    with read_session(config) as session:
        sys.stdout.write(write_csv(list_tous_comptes(session)))
    return 0


def _disable(config: Config, args: argparse.Namespace) -> int:
    with write_session(config) as session:
        compte = commandes.find_compte(session, args.identifiant)
        commandes.set_actif(session, None, config.maintenant(), compte, args.sous == "enable")
    _say("Fait. Les sessions de ce compte sont closes." if args.sous == "disable" else "Fait.")
    return 0


def _password(config: Config, args: argparse.Namespace) -> int:
    with write_session(config) as session:
        compte = commandes.find_compte(session, args.identifiant)
        fait = commandes.reset_mot_de_passe(session, None, config.maintenant(), compte, _read_password(args))
    if fait:
        _say(f"Mot de passe provisoire, montré une seule fois : {fait}")
    _say("À changer à la prochaine connexion.")
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
    _say(f"Base prête : {config.data_dir}")
    return 0


def _add_password_options(parseur: argparse.ArgumentParser) -> None:
    parseur.add_argument("--password-stdin", action="store_true", help="lire le mot de passe sur l’entrée standard")
    parseur.add_argument("--saisir", action="store_true", help="taper le mot de passe au clavier")


def build_parser() -> argparse.ArgumentParser:
    """The command line."""
    parseur = argparse.ArgumentParser(prog="python -m ccm_data", description="Tableau de bord du SP/CCM")
    sous = parseur.add_subparsers(dest="commande", required=True)
    sous.add_parser("prepare", help="prépare la base").set_defaults(faire=_prepare)
    sous.add_parser("demo", help="charge la démonstration (CCM_DEMO=1)").set_defaults(faire=_demo)
    sous.add_parser("first-admin", help="crée le premier administrateur").set_defaults(faire=_first_admin)
    export = sous.add_parser("export", help="imprime un jeu de données du plan")
    export.add_argument("jeu", metavar="DATASET")
    export.add_argument("--format", choices=("csv", "json"), default="csv")
    export.set_defaults(faire=_export)
    compte = sous.add_parser("account", help="gère les comptes").add_subparsers(dest="sous", required=True)
    ajout = compte.add_parser("add")
    ajout.add_argument("identifiant")
    ajout.add_argument("--role", required=True, choices=[r.value for r in Role if r is not Role.VISITEUR])
    ajout.add_argument("--region", help="P-code de la région d’un point focal")
    ajout.add_argument("--acteur", help="code de l’organisation d’un acteur")
    ajout.add_argument("--libelle", help="la fonction, telle qu’elle s’affiche")
    _add_password_options(ajout)
    ajout.set_defaults(faire=_add)
    compte.add_parser("list").set_defaults(faire=_list)
    for nom in ("disable", "enable"):
        action = compte.add_parser(nom)
        action.add_argument("identifiant")
        action.set_defaults(faire=_disable)
    mot = compte.add_parser("password")
    mot.add_argument("identifiant")
    _add_password_options(mot)
    mot.set_defaults(faire=_password)
    return parseur


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; expected errors are one French line and a non-zero answer."""
    args = build_parser().parse_args(arguments)
    try:
        config = read_config()
        prepare_database(config)
        return int(args.faire(config, args))
    except CCMError as erreur:
        _say(MESSAGES.get(erreur.code, f"Opération refusée ({erreur.code}) : {erreur.faits}").format(**erreur.faits))
        return 1


if __name__ == "__main__":
    sys.exit(main())
