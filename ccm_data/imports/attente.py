"""The queue of what waits for the SP/CCM: each row beside the validated one that it would replace, oldest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.commands.corrections import list_corrections
from ccm_data.commands.sujets import SUJETS
from ccm_data.commands.transaction import list_verrous
from ccm_data.domain.calendrier import Trimestre, get_jour, list_trimestres
from ccm_data.domain.permissions import Personne, can_write, check_write, get_portee_ecriture
from ccm_data.domain.vocabulaire import EtatSuivi
from ccm_data.imports.apercu import list_differences, say_objet
from ccm_data.imports.existants import make_cle
from ccm_data.imports.listes import read_listes
from ccm_data.models.comptes import Compte
from ccm_data.models.depots import Depot
from ccm_data.phrases.comptes import say_objet as say_sujet
from ccm_data.textes import _

ORDRE_EN_COURS = (EtatSuivi.RETOURNE, EtatSuivi.BROUILLON, EtatSuivi.SOUMIS)
Choix = tuple[str, int, int]


@dataclass(frozen=True)
class LigneFile:
    """A row that waits: `choix` (subject, id, version) is what a command takes; `sienne`: sent by this very person.

    `remplacee`: the validated row that it would replace, whose files would follow; None for a new one.
    """

    choix: Choix
    objet: str
    region: str
    auteur: str
    depuis: date
    depot: str
    sienne: bool
    remplacee: int | None
    cellules: tuple[tuple[str, str, str], ...]

    @property
    def correction(self) -> bool:
        """Would it replace a validated row?"""
        return self.remplacee is not None


def list_file(session: Session, personne: Personne, region: str | None = None) -> list[LigneFile]:
    """Submitted rows, oldest first; `region`: a code, or "" for the national level. Raises AccesRefuse."""
    check_write(personne, "valider", auteur_id=-1)
    listes = read_listes(session)
    auteurs = dict(session.execute(select(Compte.id, Compte.libelle)).all())
    depots = dict(session.execute(select(Depot.id, Depot.numero)).all())
    lignes = []
    for sujet in SUJETS.values():
        table = sujet.table
        vivants = session.scalars(
            select(table)
            .where(table.etat.in_([EtatSuivi.SOUMIS, EtatSuivi.VALIDE]))
            .order_by(table.soumis_le, table.id)
        ).all()
        valeurs = {x.id: {c: getattr(x, c) for c in sujet.champs} for x in vivants}
        valides = {make_cle(sujet, valeurs[x.id]): x.id for x in vivants if x.etat is EtatSuivi.VALIDE}
        valides.pop(None, None)
        nommees = list_corrections(session, sujet.nom) if sujet.renommable else {}
        for x in vivants:
            if x.etat is not EtatSuivi.SOUMIS or (region is not None and (x.region_code or "") != region):
                continue
            remplacee = valides.get(make_cle(sujet, valeurs[x.id]), nommees.get(x.id))
            avant: dict[str, Any] = valeurs.get(remplacee, {})
            lignes.append(
                LigneFile(
                    (sujet.nom, x.id, x.version),
                    say_objet(sujet.nom, valeurs[x.id], listes),
                    listes["regions"].dites[x.region_code or ""],
                    auteurs[x.auteur_id],
                    get_jour(x.soumis_le),
                    depots.get(x.depot_id, ""),
                    x.auteur_id == personne.compte_id,
                    remplacee,
                    list_differences(sujet.nom, avant, valeurs[x.id], listes),
                )
            )
    return sorted(lignes, key=lambda ligne: (ligne.depuis, ligne.region))


@dataclass(frozen=True)
class LigneEnCours:
    """A row of one's own that is not judged yet: what it says, where it stands, the note that came back with it."""

    sujet: str
    ligne_id: int
    etat: EtatSuivi
    objet: str
    note: str | None
    retour_avant_le: date | None


def list_en_cours(session: Session, personne: Personne) -> list[LigneEnCours]:
    """Drafts, returned and waiting rows that this person wrote or may complete, those to mend first; one read a subject."""
    listes = read_listes(session)
    lignes = []
    for sujet in SUJETS.values():
        table = sujet.table
        requete = select(table).where(table.etat.in_(ORDRE_EN_COURS)).order_by(table.id)
        if get_portee_ecriture(personne, sujet.droit) == "tout":
            requete = requete.where(table.auteur_id == personne.compte_id)
        for x in session.scalars(requete):
            if can_write(personne, sujet.droit, x.region_code, x.acteur_code):
                objet = say_objet(sujet.nom, {c: getattr(x, c) for c in sujet.champs}, listes)
                lignes.append(LigneEnCours(sujet.nom, x.id, x.etat, objet, x.note_retour, x.retour_avant_le))
    return sorted(lignes, key=lambda x: ORDRE_EN_COURS.index(x.etat))


def make_table_file(lignes: Sequence[LigneFile]) -> pd.DataFrame:
    """The queue as shown."""
    return pd.DataFrame(
        {
            _("Depuis"): pd.to_datetime([x.depuis for x in lignes]),
            _("Région"): [x.region for x in lignes],
            _("Sujet"): [say_sujet(x.choix[0]) for x in lignes],
            _("Quoi"): [x.objet for x in lignes],
            _("Déposé par"): [x.auteur for x in lignes],
            _("Dépôt"): [x.depot for x in lignes],
            _("Nature"): [
                _("votre propre dépôt") if x.sienne else (_("correction") if x.correction else _("nouvelle"))
                for x in lignes
            ],
        }
    )


def list_trimestres_verrous(session: Session, personne: Personne, aujourd_hui: date) -> list[tuple[Trimestre, bool]]:
    """Quarters that have ended, latest first, and whether each is closed. Raises AccesRefuse."""
    check_write(personne, "verrouiller")
    verrous = list_verrous(session)
    return [(t, t in verrous) for t in reversed(list_trimestres()) if t.fin < aujourd_hui]
