"""What the registers count for the 26 indicators, read once for all of them, and the rows that make a figure.

Every register is read whole, in one SELECT, up to the plan's end: the rule dates the facts, so that the same reading gives
the figure of a date, of each region and of every quarter (`domain/derivations.py`). Validated rows alone.
Source: règles de calcul, 2.12, 2.13, 7.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.db import read_frame
from ccm_data.domain.calendrier import PLAN_FIN, get_jour
from ccm_data.domain.derivations import Fait, Registre, list_comptes
from ccm_data.domain.faits import Rangee, Tables, make_registres
from ccm_data.domain.permissions import Personne, can_read
from ccm_data.domain.vocabulaire import EtatSuivi, StatutEvaluation
from ccm_data.models.acteurs import Acteur
from ccm_data.models.coordination import Intervention
from ccm_data.models.evaluations import Evaluation
from ccm_data.models.instances import Instance
from ccm_data.models.plan import Activite
from ccm_data.models.requetes import Requete
from ccm_data.models.suivi import MiseAJour
from ccm_data.models.verdicts import Verdict
from ccm_data.queries.acteurs import list_noms_acteurs
from ccm_data.queries.requetes import list_transmises
from ccm_data.queries.suivi import list_valides
from ccm_data.queries.territoire import list_regions
from ccm_data.textes import _


def _plain(valeur: Any) -> Any:
    """A cell as plain data: missing is None, a moment is a day in Niamey, a count is an int."""
    if valeur is None or pd.isna(valeur):
        return None
    if isinstance(valeur, datetime):
        return get_jour(valeur) if valeur.tzinfo is not None else valeur.date()
    return valeur


def _list_rangees(cadre: pd.DataFrame) -> list[Rangee]:
    return [{str(c): _plain(v) for c, v in ligne.items()} for ligne in cadre.to_dict("records")]


def _list_valides(session: Session, sujet: str) -> list[Rangee]:
    return _list_rangees(list_valides(session, sujet, PLAN_FIN))


def _list_requetes(session: Session) -> list[Rangee]:
    transmises = list_transmises(session)
    requete = select(
        Requete.id, Requete.numero, Requete.etat, Requete.recue_le, Requete.region_code, Requete.demandeur_code
    )
    lignes = _list_rangees(read_frame(session, requete.order_by(Requete.id)))
    return [{**x, "transmise_le": transmises.get(int(x["id"]))} for x in lignes]


def _list_interventions(session: Session) -> list[Rangee]:
    """Validated interventions without their amounts."""
    colonnes = (
        Intervention.id, Intervention.code, Intervention.titre, Intervention.acteur_code, Intervention.partenaires,
        Intervention.bailleurs, Intervention.regions, Intervention.date_debut, Intervention.date_fin, Intervention.statut,
    )  # fmt: skip
    requete = select(*colonnes).where(Intervention.etat == EtatSuivi.VALIDE).order_by(Intervention.code)
    return _list_rangees(read_frame(session, requete))


def _list_verdicts(session: Session) -> list[Rangee]:
    """The verdicts that stand, with the day on which something was done about them."""
    colonnes = (Verdict.id, Verdict.code_a, Verdict.code_b, Verdict.verdict, Verdict.suite, Verdict.suite_le)
    requete = select(*colonnes).where(Verdict.revoque_le.is_(None)).order_by(Verdict.id)
    return _list_rangees(read_frame(session, requete))


def _list_evaluations(session: Session) -> list[Rangee]:
    """Final evaluations that stand; dated by the evaluation, as in their own register, not by the day they became final."""
    requete = select(Evaluation.id, Evaluation.objet, Evaluation.objet_code, Evaluation.date_evaluation).where(
        Evaluation.statut == StatutEvaluation.FINALE, Evaluation.annulee_le.is_(None)
    )
    return _list_rangees(read_frame(session, requete.order_by(Evaluation.id)))


def _list_mises_a_jour(session: Session) -> list[Rangee]:
    requete = (
        select(MiseAJour.activite_code, MiseAJour.annee, MiseAJour.trimestre)
        .where(MiseAJour.etat == EtatSuivi.VALIDE)
        .distinct()
    )
    return [dict(ligne) for ligne in session.execute(requete).mappings()]


def _list_paires(session: Session, cle: Any, valeur: Any) -> dict[str, str]:
    return {str(ligne[0]): ligne[1] for ligne in session.execute(select(cle, valeur))}


def list_registres(session: Session) -> dict[str, Registre]:
    """Code → what a register holds for it, in a number of reads that does not depend on how many rows there are."""
    instances = session.execute(select(Instance.code, Instance.type, Instance.region_code)).all()
    return make_registres(
        Tables(
            appuis=_list_valides(session, "appui"),
            requetes=_list_requetes(session),
            sensibilisations=_list_valides(session, "sensibilisation"),
            verdicts=_list_verdicts(session),
            interventions=_list_interventions(session),
            rencontres=_list_valides(session, "rencontre"),
            membres=_list_valides(session, "membre_instance"),
            comites=_list_valides(session, "comite_veille"),
            partenariats=_list_valides(session, "partenariat"),
            etapes=_list_valides(session, "etape_perennisation"),
            evaluations=_list_evaluations(session),
            mises_a_jour=_list_mises_a_jour(session),
            instances={code: (nature, region) for code, nature, region in instances},
            categories=_list_paires(session, Acteur.code, Acteur.categorie),
            titres=_list_paires(session, Activite.code, Activite.libelle_court),
        )
    )


def _is_lue(personne: Personne, fait: Fait) -> bool:
    region = fait.regions[0] if len(fait.regions) == 1 else None
    return any(can_read(personne, fait.objet, region, acteur) for acteur in (fait.acteurs or (None,)))


def list_lignes_comptees(
    session: Session, personne: Personne, registre: Registre | None, jour: date
) -> tuple[pd.DataFrame, int]:
    """The facts that make the figure and that this person may read, latest first, and how many are withheld."""
    comptes: Sequence[Fait] = () if registre is None else list_comptes(registre.mode, registre.faits, jour)
    lus = [f for f in comptes if _is_lue(personne, f)]
    lus.sort(key=lambda f: (f.debut or date.min, f.intitule), reverse=True)
    noms = list_noms_acteurs(session)
    regions = dict(list_regions(session)[["code", "nom"]].itertuples(index=False, name=None))
    cadre = pd.DataFrame(
        {
            _("Date"): pd.Series([f.debut for f in lus], dtype=object),
            _("Ligne du registre"): [f.intitule for f in lus],
            _("Compté"): [_say_compte(f, noms) for f in lus],
            _("Région"): [", ".join(regions.get(r, r) for r in f.regions) or _("Niveau national") for f in lus],
            _("Nombre"): pd.Series([f.nombre for f in lus], dtype="Int64"),
        }
    )
    # A column that says nothing is left out: rows that count for themselves, one by one.
    muettes = [] if cadre[_("Compté")].ne("").any() else [_("Compté")]
    muettes += [_("Nombre")] if cadre[_("Nombre")].eq(1).all() else []
    return cadre.drop(columns=muettes), len(comptes) - len(lus)


def _say_compte(fait: Fait, noms: dict[str, str]) -> str:
    """What is counted once, where it is not the row itself: an organisation, an activity."""
    cle = fait.cle.rpartition("|")[2]
    return "" if cle == fait.ligne else noms.get(cle, cle)
