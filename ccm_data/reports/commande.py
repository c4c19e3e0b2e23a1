"""`python -m ccm_data seance create|list|freeze|render|diff`: what the screen « Séances » does, from the command line.

Data go to standard output alone (a code, a hash, a table, the paths written), words to standard error. Exit code: 0; 1 for
what is refused, 2 for what is misunderstood.
"""

from __future__ import annotations

import argparse
import io
import sys
from datetime import date
from pathlib import Path
from typing import Any, Final

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.accounts.connexion import read_identifiant
from ccm_data.commands.seances import DROIT, create_seance
from ccm_data.config import Config
from ccm_data.db import read_session, write_session
from ccm_data.domain.calendrier import compute_date_arrete_par_defaut
from ccm_data.domain.ordre_du_jour import read_lignes
from ccm_data.domain.permissions import Personne, can_write
from ccm_data.domain.vocabulaire import EtatSeance, Role
from ccm_data.errors import FichierIllisible, Introuvable, ValeurInvalide
from ccm_data.exports.jeux import write_csv, write_json
from ccm_data.models.comptes import Compte
from ccm_data.models.seances import Seance
from ccm_data.phrases.rendus import ERREURS_GABARIT, say_gabarit
from ccm_data.queries.installation import get_installation
from ccm_data.queries.instances import list_noms_instances
from ccm_data.queries.seances import FicheSeance, get_seance, list_seances
from ccm_data.reports.comparaison import compare_contenus
from ccm_data.reports.gel import find_precedente, freeze_seance
from ccm_data.reports.pptx import check_gabarit
from ccm_data.reports.rendus import (
    FORMATS,
    make_proces_verbal,
    make_rendus,
    make_table_changements,
    open_contenu,
    open_dossier,
)
from ccm_data.typographie import say_ponctuation

EXPLOITATION: Final = Personne(Role.ADMINISTRATEUR)  # whoever deploys reads all
# What is typed → keys of FORMATS.
CHOIX: Final[dict[str, tuple[str, ...]]] = {
    "pptx": ("pptx",), "docx": ("bilan_trimestriel", "bilan_annuel"), "pdf": ("pdf",), "xlsx": ("xlsx",), "html": ("html",),
    "tous": tuple(FORMATS), "pv": (),
}  # fmt: skip


def add_parser(sous: Any) -> None:
    """Add the commands to the subparsers of `python -m ccm_data`."""
    seance = sous.add_parser("seance", help="prépare, fige, rend et compare les séances")
    verbes = seance.add_subparsers(dest="sous", required=True)
    _add_create(verbes.add_parser("create", help="prépare une séance et imprime son code"))
    liste = verbes.add_parser("list", help="liste les séances")
    liste.add_argument("--format", choices=("csv", "json"), default="csv")
    liste.set_defaults(faire=_list)
    gel = verbes.add_parser("freeze", help="fige les chiffres, pour de bon, et imprime leur empreinte")
    gel.add_argument("code", metavar="CODE")
    _add_compte(gel)
    gel.set_defaults(faire=_freeze)
    rendu = verbes.add_parser("render", help="écrit les documents d’une séance figée")
    rendu.add_argument("code", metavar="CODE")
    rendu.add_argument("--format", choices=tuple(CHOIX), default="tous", help="pv : le procès-verbal")
    _add_compte(rendu)
    rendu.add_argument("--template", type=Path, metavar="FICHIER", help="modèle .pptx de votre institution")
    rendu.add_argument(
        "--output", type=Path, default=Path(), metavar="LIEU", help="dossier, ou fichier pour un seul rendu"
    )
    rendu.set_defaults(faire=_render)
    compare = verbes.add_parser("diff", help="imprime ce qui a changé depuis la séance précédente, ou CODE2")
    compare.add_argument("code", metavar="CODE")
    compare.add_argument("autre", metavar="CODE2", nargs="?")
    compare.add_argument("--format", choices=("csv", "json"), default="csv")
    compare.set_defaults(faire=_diff)


def _add_compte(parseur: argparse.ArgumentParser) -> None:
    parseur.add_argument(
        "--compte", metavar="NOM", help="au nom de ce compte (par défaut : le premier administrateur actif)"
    )


def _read_jour(texte: str) -> date:
    try:
        return date.fromisoformat(texte)
    except ValueError:
        raise argparse.ArgumentTypeError(f"date illisible : {texte}, écrivez 2026-12-18") from None


def _add_create(parseur: argparse.ArgumentParser) -> None:
    parseur.add_argument("--instance", required=True, help="code de l’instance, par exemple ccm")
    parseur.add_argument("--date", required=True, type=_read_jour, metavar="AAAA-MM-JJ")
    parseur.add_argument(
        "--arrete", type=_read_jour, metavar="AAAA-MM-JJ", help="par défaut : la fin du dernier trimestre échu"
    )
    parseur.add_argument("--titre", default="")
    parseur.add_argument("--lieu")
    parseur.add_argument("--region", metavar="PCODE", help="région invitée")
    parseur.add_argument("--code", help="par défaut : instance et date")
    parseur.add_argument(
        "--point", action="append", default=[], metavar="TEXTE", help="« Intitulé » ou « Intitulé: texte »"
    )
    _add_compte(parseur)
    parseur.set_defaults(faire=_create)


def find_personne(session: Session, identifiant: str | None) -> Personne:
    """Who acts: this account, else the first active administrator.

    Raises ValeurInvalide (compte_sans_droit), Introuvable (aucun_administrateur).
    """
    requete = select(Compte).where(Compte.actif).order_by(Compte.id)
    if identifiant is None:
        compte = session.scalar(requete.where(Compte.role == Role.ADMINISTRATEUR).limit(1))
        if compte is None:
            raise Introuvable("aucun_administrateur", objet="compte", valeur="")
    else:
        compte = session.scalar(requete.where(Compte.identifiant == read_identifiant(identifiant)))
    if compte is None or not can_write(personne := Personne(compte.role, compte.id), DROIT):
        raise ValeurInvalide("compte_sans_droit", champ="compte", valeur=identifiant, attendu="SP/CCM")
    return personne


def find_seance(session: Session, code: str) -> FicheSeance:
    """The séance of this code. Raises Introuvable (seance_introuvable)."""
    try:
        return get_seance(session, EXPLOITATION, code)
    except Introuvable as erreur:
        raise Introuvable("seance_introuvable", objet="seance", valeur=code) from erreur


def _create(config: Config, args: argparse.Namespace) -> int:
    points = [point for texte in args.point for point in read_lignes(" ".join(texte.splitlines()))]
    arrete = args.arrete or min(compute_date_arrete_par_defaut(config.aujourd_hui()), args.date)
    with write_session(config) as session:
        _check_code(list(list_noms_instances(session)), "--instance", args.instance)
        _check_code(list(get_installation(session).regions), "--region", args.region)
        numero = create_seance(
            session, find_personne(session, args.compte), config.maintenant(), instance_code=args.instance,
            date_seance=args.date, date_arrete=arrete, intitule=args.titre, lieu=args.lieu, region_invitee=args.region,
            ordre_du_jour=points, code=args.code,
        )  # fmt: skip
        code = session.get_one(Seance, numero).code
    _write(f"{code}\n")
    _say(
        f"Séance « {code} » préparée, chiffres arrêtés au {arrete.isoformat()}. Figez-la avec « seance freeze {code} »."
    )
    return 0


def _check_code(codes: list[str], option: str, code: str | None) -> None:
    """Refuse what is in no list, and say the list: nobody sees a choice on a command line."""
    if code is not None and code not in codes:
        raise ValeurInvalide("choix_inconnu", champ=option, valeur=code, attendu=", ".join(codes))


def _list(config: Config, args: argparse.Namespace) -> int:
    with read_session(config) as session:
        fiches = list_seances(session, EXPLOITATION)
    cadre = pd.DataFrame(
        {
            "code": [x.code for x in fiches],
            "instance": [x.instance_code for x in fiches],
            "intitule": [x.intitule for x in fiches],
            "date": [x.date_seance.isoformat() for x in fiches],
            "arrete": [x.date_arrete.isoformat() for x in fiches],
            "etat": [x.etat.value for x in fiches],
            "scenes": [len(x.scenes) for x in fiches],
            "empreinte": [x.empreinte for x in fiches],
        }
    )
    _write(write_json(cadre) if args.format == "json" else write_csv(cadre))
    return 0


def _freeze(config: Config, args: argparse.Namespace) -> int:
    with write_session(config, instantane=True) as session:
        fiche = find_seance(session, args.code)
        empreinte = freeze_seance(
            session, find_personne(session, args.compte), config.maintenant(), fiche.id, fiche.version
        )
    _write(f"{empreinte}\n")
    _say(f"Séance « {args.code} » figée : ses chiffres ne changeront plus.")
    return 0


def _render(config: Config, args: argparse.Namespace) -> int:
    cles = CHOIX[args.format]
    try:
        gabarit = _read_gabarit(args.template)
    except FichierIllisible as erreur:
        if erreur.code not in ERREURS_GABARIT:
            raise
        _say(say_gabarit(erreur))
        return 1
    with read_session(config) as session:
        fiche = find_seance(session, args.code)
        if not cles:
            demonstration = get_installation(session).demonstration
            rendus = [make_proces_verbal(session, find_personne(session, args.compte), fiche, demonstration)]
        else:
            dossier = open_dossier(session, fiche, config.maintenant(), gabarit)
            rendus = list(make_rendus(dossier, cles, _say_avance).values())
    lieu: Path = args.output
    seul = len(rendus) == 1 and lieu.suffix == Path(rendus[0].nom).suffix and not lieu.is_dir()
    (lieu.parent if seul else lieu).mkdir(parents=True, exist_ok=True)
    for rendu in rendus:
        fichier = lieu if seul else lieu / rendu.nom
        fichier.write_bytes(rendu.octets)
        _write(f"{fichier}\n")
    return 0


def _say_avance(part: float, cle: str) -> None:
    _say(f"{round(100 * part)} % {cle}".rstrip())


def _read_gabarit(fichier: Path | None) -> bytes | None:
    if fichier is None:
        return None
    octets = fichier.read_bytes()
    check_gabarit(octets, fichier.name)
    return octets


def _diff(config: Config, args: argparse.Namespace) -> int:
    maintenant = config.maintenant()
    with read_session(config) as session:
        fiche = find_seance(session, args.code)
        avant = find_seance(session, args.autre) if args.autre else _find_avant(session, fiche)
        if avant.etat is not EtatSeance.FIGEE:
            raise ValeurInvalide("seance_non_figee", champ="code", valeur=avant.code)
        ecarts = compare_contenus(open_contenu(session, avant, maintenant), open_contenu(session, fiche, maintenant))
    cadre = make_table_changements(ecarts["lignes"])
    _write(write_json(cadre) if args.format == "json" else write_csv(cadre))
    if fiche.etat is not EtatSeance.FIGEE:
        _say(f"La séance « {fiche.code} » n’est pas figée : ses chiffres sont ceux de maintenant.")
    _say(f"{len(cadre)} changements depuis « {avant.code} ».")
    return 0


def _find_avant(session: Session, fiche: FicheSeance) -> FicheSeance:
    precedente = find_precedente(session, session.get_one(Seance, fiche.id))
    if precedente is None:
        raise Introuvable("sans_precedente", objet="seance", valeur=fiche.code)
    return find_seance(session, precedente.code)


def _write(texte: str) -> None:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    sys.stdout.write(texte)
    sys.stdout.flush()


def _say(texte: str) -> None:
    sys.stderr.write(say_ponctuation(texte) + "\n")
