"""Reading follow-up rows. `list_valides` is what official figures stand on; `list_lignes` shows drafts to who may.

Facts are dated by their quarter (updates, values) or operation (money): nothing after the date d'arrêté is read, and
knowledge is today's (règles 2.7).
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import Session

from ccm_data.db import read_frame
from ccm_data.domain.calendrier import get_dernier_trimestre_fini
from ccm_data.domain.permissions import Personne, get_portee
from ccm_data.domain.vocabulaire import EtatSuivi
from ccm_data.models.comptes import Compte
from ccm_data.models.coordination import Intervention
from ccm_data.models.instances import MembreInstance, PointOrdreDuJour, Recommandation, Rencontre
from ccm_data.models.registres import (
    Appui,
    BonnePratique,
    EtapePerennisation,
    Partenariat,
    PosteSpccm,
    ProduitCommunication,
    Sensibilisation,
    SuiviHypothese,
)
from ccm_data.models.suivi import (
    ComiteVeille,
    EcritureBudgetaire,
    MiseAJour,
    PointFocal,
    PointInformation,
    Presence,
    ValeurIndicateur,
)

TABLES: dict[str, type[Any]] = {
    "mise_a_jour": MiseAJour,
    "ecriture_budgetaire": EcritureBudgetaire,
    "valeur_indicateur": ValeurIndicateur,
    "comite_veille": ComiteVeille,
    "point_information": PointInformation,
    "point_focal": PointFocal,
    "presence": Presence,
    "intervention": Intervention,
    "membre_instance": MembreInstance,
    "rencontre": Rencontre,
    "point_ordre_du_jour": PointOrdreDuJour,
    "recommandation": Recommandation,
    "sensibilisation": Sensibilisation,
    "appui": Appui,
    "produit_communication": ProduitCommunication,
    "bonne_pratique": BonnePratique,
    "suivi_hypothese": SuiviHypothese,
    "partenariat": Partenariat,
    "poste_spccm": PosteSpccm,
    "etape_perennisation": EtapePerennisation,
}
# The day on which a row of a register happened.
DATES: dict[type[Any], str] = {
    MembreInstance: "admis_le",
    Rencontre: "date_rencontre",
    Sensibilisation: "date_debut",
    Appui: "date_debut",
    ProduitCommunication: "date_diffusion",
    BonnePratique: "date_constat",
    SuiviHypothese: "date_constat",
    Partenariat: "date_debut",
    PosteSpccm: "depuis",
    EtapePerennisation: "date_etape",
}
RESERVES = ("narratif", "note_retour", "source_verification")
# The comment of a value is a narrative; a recommendation's text is what it is.
RESERVES_PAR_TABLE = {ValeurIndicateur: ("texte",)}


def _is_before(table: type[Any], date_arrete: date) -> ColumnElement[bool] | None:
    """The condition « this fact happened on or before the date »; None where a row is a place, not a fact."""
    if table in (MiseAJour, ValeurIndicateur):
        fini = get_dernier_trimestre_fini(date_arrete)
        meme_annee = and_(table.annee == fini.annee, table.trimestre <= fini.numero)
        return or_(table.annee < fini.annee, meme_annee)
    if table is ComiteVeille:
        return or_(ComiteVeille.date_creation.is_(None), ComiteVeille.date_creation <= date_arrete)
    if table is EcritureBudgetaire:
        return EcritureBudgetaire.date_operation <= date_arrete
    if table is PointInformation:
        return or_(PointInformation.date_ouverture.is_(None), PointInformation.date_ouverture <= date_arrete)
    if table in (PointFocal, Presence):
        return or_(table.depuis.is_(None), table.depuis <= date_arrete)
    if table in DATES:
        jour = getattr(table, DATES[table])
        return or_(jour.is_(None), jour <= date_arrete)
    return None


def _list_columns(table: type[Any], sans: tuple[str, ...] = ()) -> list[Any]:
    return [c for c in table.__table__.columns if c.key not in sans]


def list_valides(session: Session, sujet: str, date_arrete: date) -> pd.DataFrame:
    """Validated rows of a subject up to a date, without narratives; the table's columns. No right is needed."""
    table = TABLES[sujet]
    requete = (
        select(*_list_columns(table, RESERVES + RESERVES_PAR_TABLE.get(table, ())))
        .where(table.etat == EtatSuivi.VALIDE)
        .order_by(table.id)
    )
    condition = _is_before(table, date_arrete)
    return read_frame(session, requete if condition is None else requete.where(condition))


def _restrict(
    requete: Select[*tuple[Any, ...]], table: type[Any], personne: Personne, objet: str
) -> Select[*tuple[Any, ...]]:
    """Keep the rows that this person may read (règles 7)."""
    portee = get_portee(personne, objet)
    if portee == "tout":
        return requete
    conditions: list[ColumnElement[bool]] = []
    if portee == "propre":
        conditions.append(table.acteur_code == personne.acteur_code)
        conditions.append(table.auteur_id == personne.compte_id)
    elif portee == "sa_region":
        conditions.append(table.region_code == personne.region_code)
    return requete.where(or_(false(), *conditions))


def list_lignes(
    session: Session, sujet: str, personne: Personne, etats: tuple[str, ...] = (), region: str | None = None
) -> pd.DataFrame:
    """Rows of any state, narratives included, that this person may read; the table's columns plus `auteur`."""
    table = TABLES[sujet]
    requete = select(*table.__table__.columns, Compte.libelle.label("auteur")).join(
        Compte, table.auteur_id == Compte.id
    )
    if etats:
        requete = requete.where(table.etat.in_([EtatSuivi(e) for e in etats]))
    if region is not None:
        requete = requete.where(table.region_code == region)
    return read_frame(session, _restrict(requete, table, personne, "brouillons").order_by(table.id))
