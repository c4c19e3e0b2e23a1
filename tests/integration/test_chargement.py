"""Loading the plan: whole, idempotent, harmless to what the SP/CCM decided; the same data come out of the exports."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ccm_data.config import Config
from ccm_data.exports.jeux import get_jeu, list_jeux, write_csv, write_json
from ccm_data.models.acteurs import Acteur
from ccm_data.models.comptes import Compte
from ccm_data.models.decisions import MontantRetenu
from ccm_data.models.plan import Activite, Installation
from ccm_data.preparation import prepare_database
from ccm_data.queries.rapprochement import list_rapprochement
from ccm_data.reference.chargement import CLE_EMPREINTE, load_reference

MAINTENANT = datetime(2026, 11, 23, 9, tzinfo=UTC)


def forget_empreinte(session: Session) -> None:
    ligne = session.get(Installation, CLE_EMPREINTE)
    assert ligne is not None
    ligne.valeur = "autre"
    session.flush()


def test_loading_twice_changes_nothing(session: Session) -> None:
    assert load_reference(session) == {}
    forget_empreinte(session)
    assert set(load_reference(session).values()) == {0}
    assert session.scalar(select(func.count()).select_from(Activite)) == 28


def test_preparing_twice_is_harmless(config: Config) -> None:
    prepare_database(config)
    prepare_database(config)


def test_a_changed_row_is_mended_and_an_edited_actor_kept(session: Session) -> None:
    activite, acteur = session.get(Activite, "1.1"), session.get(Acteur, "oim")
    assert activite is not None
    assert acteur is not None
    activite.cout_fcfa, acteur.nom, acteur.modifie_spccm = 1, "Nom choisi par le SP/CCM", True
    forget_empreinte(session)
    assert load_reference(session)["activites"] == 1
    assert (activite.cout_fcfa, acteur.nom) == (25_000_000, "Nom choisi par le SP/CCM")


def test_reloading_leaves_decisions_alone(session: Session) -> None:
    compte = Compte(identifiant="se", libelle="SE", role="suivi_evaluation", empreinte="-", cree_le=MAINTENANT)
    session.add(compte)
    session.flush()
    session.add(
        MontantRetenu(
            objet="plan", objet_code="plan", montant_fcfa=987_000_000, motif="Somme des activités", source="PV",
            date_source=date(2026, 1, 1), decide_le=MAINTENANT, auteur_id=compte.id,
        )
    )  # fmt: skip
    forget_empreinte(session)
    load_reference(session)
    decisions = list_rapprochement(session).set_index("code")["decision"]
    assert decisions["montant-plan-plan-activites"] == "987000000 FCFA : Somme des activités"


@pytest.mark.parametrize("nom", list_jeux())
def test_a_data_set_comes_out_the_same_as_csv_and_json(session: Session, nom: str) -> None:
    cadre = get_jeu(session, nom)
    objets = json.loads(write_json(cadre))
    lignes = list(csv.DictReader(io.StringIO(write_csv(cadre))))
    assert len(objets) == len(lignes) == len(cadre) > 0
    assert list(objets[0]) == list(lignes[0]) == list(cadre.columns)


@pytest.mark.parametrize("nom", ["reconciliation", "regions", "activites"])
def test_a_whole_number_is_written_without_decimals(session: Session, nom: str) -> None:
    texte = write_csv(get_jeu(session, nom))
    assert not [c for ligne in csv.reader(io.StringIO(texte)) for c in ligne if c.endswith(".0") and c[:-2].isdigit()]


def test_activities_are_exported_with_the_agreed_columns(session: Session) -> None:
    objets = json.loads(write_json(get_jeu(session, "activites")))
    assert list(objets[0]) == "code axe action intitule cout_fcfa annees structures_beneficiaires".split()  # noqa: SIM905
    par_code = {o["code"]: o for o in objets}
    assert par_code["1.1"]["annees"] == "2022;2023"
    assert par_code["2.3.2"]["annees"] == ""
    assert par_code["2.3.1"]["cout_fcfa"] == 450_000_000


def test_the_difference_of_axis_2_is_told_without_a_cause(session: Session) -> None:
    lignes = list_rapprochement(session).set_index("code")
    assert "2.3.2" in lignes.loc["montant-axe-2-activites", "remarque"]
    assert "3.2" in lignes.loc["montant-action-3.1-activites", "remarque"]
    assert "cause" in lignes.loc["montant-axe-2-activites", "remarque"]
