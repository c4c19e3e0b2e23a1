"""Writing the demonstration into its database, once, in one transaction."""

from __future__ import annotations

from collections import defaultdict
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.commands.journal import write_journal
from ccm_data.commands.sujets import SUJETS
from ccm_data.config import Config
from ccm_data.db import write_session
from ccm_data.domain.permissions import Personne
from ccm_data.domain.vocabulaire import ModeSaisie, Role
from ccm_data.errors import ReglageManquant
from ccm_data.models.acteurs import Acteur
from ccm_data.models.plan import Activite, ActiviteAnnee, Indicateur, Installation
from ccm_data.models.territoire import Localite
from ccm_data.preparation import is_demonstration, prepare_database
from ccm_data.reference.demonstration import (
    appuis,
    attente,
    attente_registres,
    budget,
    cles,
    documents,
    evaluations,
    instances,
    interventions,
    lieux,
    partenariats,
    recommandations,
    rencontres,
    requetes,
    savoirs,
    scenario,
    seances,
    sensibilisations,
    suivi,
)
from ccm_data.reference.demonstration.comptes import COMPTES, MOT_DE_PASSE, CompteDemo, add_comptes

__all__ = ["MOT_DE_PASSE", "load_demonstration"]
CLE_GRAINE = "graine"


def load_demonstration(config: Config) -> tuple[CompteDemo, ...]:
    """Prepare the database and load the demonstration if it is not there; the accounts to print.

    Raises ReglageManquant (« base_reelle_en_demonstration ») on a database of real work.
    """
    prepare_database(config)
    with write_session(config) as session:
        if not is_demonstration(session):
            raise ReglageManquant("base_reelle_en_demonstration", reglage="CCM_DEMO", valeur="0", remede="CCM_DEMO=1")
        if session.get(Installation, CLE_GRAINE) is None:
            write_demonstration(session)
            session.add(Installation(cle=CLE_GRAINE, valeur=str(scenario.GRAINE)))
    return COMPTES


def write_demonstration(session: Session, graine: int = scenario.GRAINE) -> None:
    """Every invented row, from the seed; the same seed gives the same rows."""
    hasard = Random(graine)  # noqa: S311 - a story, not a secret
    comptes = add_comptes(session)
    regions = {c.region_code: comptes[c.identifiant].id for c in COMPTES if c.region_code}
    se, se2 = comptes["se.demo"], comptes["se2.demo"]
    acteurs = {c.acteur_code: comptes[c.identifiant].id for c in COMPTES if c.acteur_code}
    auteurs = suivi.Auteurs(regions, se2.id, se.id, acteurs)
    couts = dict(session.execute(select(Activite.code, Activite.cout_fcfa)).all())
    annees: dict[str, list[int]] = defaultdict(list)
    for code, annee in session.execute(select(ActiviteAnnee.activite_code, ActiviteAnnee.annee)):
        annees[code].append(annee)
    places = {(x.region_code, x.nom): (x.lat, x.lon) for x in session.scalars(select(Localite))}
    indicateurs = list(session.scalars(select(Indicateur)))
    flux = {i.code: i.mode_saisie is ModeSaisie.FLUX for i in indicateurs}
    niveaux = {i.code: i.niveaux.split(";") if i.niveaux else ["non", "oui"] for i in indicateurs}
    session.add_all(cles.list_regions_concernees(couts, se2.id))
    session.add_all(cles.list_cibles(se2.id))
    session.add_all(cles.list_montants(se2.id))
    session.add_all(suivi.list_mises_a_jour(annees, auteurs))
    session.add_all(budget.list_ecritures(couts, annees, auteurs, hasard))
    session.add_all(suivi.list_valeurs(flux, niveaux, auteurs, hasard))
    session.add_all(lieux.list_valeurs_comites(auteurs))
    session.add_all(lieux.list_comites(places, auteurs, hasard))
    session.add_all(lieux.list_points(places, auteurs))
    session.add_all(lieux.list_focaux(places, auteurs))
    session.add_all(lieux.list_presences(places, auteurs))
    session.add_all(interventions.list_interventions(auteurs))
    for code in interventions.MONTANTS_PUBLICS:
        session.get_one(Acteur, code).montants_publics = True
    session.flush()
    requetes.add_requetes(session, auteurs)
    session.add_all(documents.list_documents(se.id))
    _add_registres(session, auteurs)
    session.add_all(attente.list_attente(auteurs))
    session.add_all(attente_registres.list_attente(auteurs))
    session.flush()
    seances.add_seances(session, auteurs)
    _write_journal(session, Personne(Role.SUIVI_EVALUATION, se.id))


def _add_registres(session: Session, auteurs: suivi.Auteurs) -> None:
    """Bodies and their meetings, the other registers, evaluations."""
    categories = dict(session.execute(select(Acteur.code, Acteur.categorie)).all())
    session.add_all(instances.list_quorums(auteurs.national))
    session.add_all(instances.list_membres(categories, auteurs))
    session.add_all(rencontres.list_rencontres(auteurs))
    session.add_all(rencontres.list_points(auteurs))
    session.add_all(rencontres.list_accuses(auteurs))
    session.add_all(recommandations.list_recommandations(auteurs))
    session.add_all(sensibilisations.list_sensibilisations(auteurs))
    session.add_all(appuis.list_appuis(auteurs))
    session.add_all(appuis.list_produits(auteurs))
    session.add_all(savoirs.list_pratiques(auteurs))
    session.add_all(savoirs.list_hypotheses(auteurs))
    session.add_all(partenariats.list_partenariats(auteurs))
    session.add_all(partenariats.list_postes(auteurs))
    session.add_all(partenariats.list_etapes(auteurs))
    evaluations.add_evaluations(session, auteurs)


def _write_journal(session: Session, personne: Personne) -> None:
    """Journal lines of the last validations, in the order of time, every subject."""
    apres = scenario.say_rapport_valide(scenario.DERNIER.precedent())
    recentes = [
        (ligne.valide_le, sujet, ligne)
        for sujet in SUJETS.values()
        for ligne in session.scalars(select(sujet.table).where(sujet.table.valide_le > apres).order_by(sujet.table.id))
    ]
    for quand, sujet, ligne in sorted(recentes, key=lambda x: (x[0], x[1].nom, x[2].id)):
        write_journal(
            session, quand, personne, "valider", sujet.nom, ligne.id, resume=sujet.titre(ligne),
            region_code=ligne.region_code,
        )  # fmt: skip
