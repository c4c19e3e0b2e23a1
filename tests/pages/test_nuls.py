"""Null is not zero, on every screen: what nobody reported is said « non renseigné », a true zero is a zero."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from ccm_data.config import Config
from ccm_data.db import write_session
from ccm_data.domain.vocabulaire import EtatSuivi, Phase, Role, StatutActivite, TypeFinancement
from ccm_data.models.comptes import Compte
from ccm_data.models.suivi import EcritureBudgetaire, MiseAJour, ValeurIndicateur
from tests.pages.aides import Salle
from tests.pages.conftest import ADMIN, Ouvrir, add_admin

INDICATEURS = "Indicateurs du cadre logique"
PLAN = "Calendrier des activités"
BUDGET = "Budget, en FCFA : Par activité"
TRIMESTRE = {"annee": 2026, "trimestre": 3}
ZEROS: list[Any] = [
    ValeurIndicateur(indicateur_code="1.a", valeur=0, **TRIMESTRE),
    ValeurIndicateur(indicateur_code="3.1.a", region_code="NE008", valeur=0, **TRIMESTRE),
    MiseAJour(activite_code="1.1", avancement=0, statut=StatutActivite.NON_DEMARREE, **TRIMESTRE),
    EcritureBudgetaire(
        activite_code="1.1", annee=2026, phase=Phase.PAYE, type_financement=TypeFinancement.ETAT, montant_fcfa=0,
        date_operation=date(2026, 8, 3),
    ),
]  # fmt: skip


@pytest.fixture
def zeros(config_sqlite: Config) -> Config:
    """Real work where four figures are true zeros and all the others are missing."""
    add_admin(config_sqlite)
    maintenant = config_sqlite.maintenant()
    with write_session(config_sqlite) as session:
        valideur = session.scalar(select(Compte.id).where(Compte.identifiant == ADMIN))
        auteur = Compte(
            identifiant="auteur", libelle="Auteur", role=Role.SUIVI_EVALUATION, empreinte="-", cree_le=maintenant
        )
        session.add(auteur)
        session.flush()
        for modele in ZEROS:
            champs = {c.name: getattr(modele, c.name) for c in modele.__table__.columns}
            donnees = {nom: valeur for nom, valeur in champs.items() if valeur is not None}
            session.add(
                type(modele)(
                    **donnees | {"etat": EtatSuivi.VALIDE}, auteur_id=auteur.id, cree_le=maintenant, valide_le=maintenant,
                    valide_par_id=valideur,
                )
            )  # fmt: skip
    return config_sqlite


def list_cellules(salle: Salle, titre: str, cle: str, colonne: str) -> dict[str, str]:
    """First word of a column → the cell of another."""
    return {x[cle].split()[0]: x[colonne] for x in salle.list_lignes(titre)}


def test_an_indicator_of_zero_is_zero_and_the_others_are_missing(salle: Ouvrir, zeros: Config) -> None:
    valeurs = list_cellules(salle(zeros).open("indicateurs"), INDICATEURS, "Code", "Réalisé sur cible")
    assert valeurs.pop("1.a").startswith("0")
    assert valeurs.pop("3.1.a").endswith("0 · sans cible")
    assert set(valeurs.values()) == {"non renseigné"}


def test_a_figure_that_nobody_reported_is_not_said_complete(salle: Ouvrir, zeros: Config) -> None:
    portees = list_cellules(salle(zeros).open("indicateurs"), INDICATEURS, "Code", "Portée")
    assert portees["1.a"] in ("complète", "reporté du T3 2026")
    assert portees["1.b"] == "non renseigné"


def test_an_activity_at_zero_is_zero_and_the_others_are_missing(salle: Ouvrir, zeros: Config) -> None:
    faits = list_cellules(salle(zeros).open("plan"), PLAN, "Activité", "Réalisé")
    assert faits.pop("1.1") == "0 %"
    assert set(faits.values()) == {"non renseigné"}


def test_a_payment_of_zero_is_zero_and_the_others_are_missing(salle: Ouvrir, zeros: Config) -> None:
    payes = list_cellules(salle(zeros).open("budget", niveau="activite"), BUDGET, "Code", "Décaissé (FCFA)")
    assert payes.pop("1.1") == "0"
    assert set(payes.values()) == {"non renseigné"}
    engages = list_cellules(salle(zeros).open("budget", niveau="activite"), BUDGET, "Code", "Engagé (FCFA)")
    assert set(engages.values()) == {"non renseigné"}


def test_a_region_that_declares_no_committee_has_zero_and_a_silent_one_has_none(salle: Ouvrir, zeros: Config) -> None:
    devant = salle(zeros).open("carte")
    comites = [x for x in devant.arbre.list_tous("table") if "Comités de veille créés" in x.texte]
    assert "Niamey 0" in comites[0].texte
    assert "Agadez non rapporté" in comites[0].texte
    assert devant.open("region", region="NE008").titre.startswith("Niamey : 0 comité de veille,")
    assert devant.open("region", region="NE001").titre.startswith("Agadez : comités de veille non renseignés")


def test_the_overview_of_zeros_says_zero(salle: Ouvrir, zeros: Config) -> None:
    texte = salle(zeros).open().texte
    assert "Avancement physique 0 %" in texte
    assert "Décaissé sur prévu 0 %" in texte
    assert "24 Non renseigné" in texte


def test_the_overview_of_nothing_says_missing(salle: Ouvrir, reel: Config) -> None:
    texte = salle(reel).open().texte
    assert "Avancement physique non renseigné" in texte
    assert "Décaissé sur prévu non renseigné" in texte
    assert "26 Non renseigné" in texte
    assert "Rien à signaler" not in texte


def test_no_title_of_an_empty_installation_counts_what_nobody_reported(salle: Ouvrir, reel: Config) -> None:
    devant = salle(reel)
    titres = {cle: devant.open(cle).titre for cle in ("vue", "carte", "budget", "indicateurs", "plan", "region")}
    assert {cle: t for cle, t in titres.items() if not any(mot in t.lower() for mot in ("aucun", "non rens"))} == {}


def test_the_silent_region_of_the_demonstration_is_never_a_zero(salle: Ouvrir, demo: Config) -> None:
    devant = salle(demo).open("carte")
    rangs = {x["Région"]: x["Comités de veille créés"] for x in _list_rangs(devant)}
    assert rangs["Diffa"] == "non rapporté"
    assert rangs["Niamey"] == "0"
    fiche = devant.open("region", region="NE002").texte
    assert "La région n’a rien rapporté sur ses comités de veille." in fiche
    assert "Points d’information : non renseignés" in fiche


def _list_rangs(salle: Salle) -> list[dict[str, str]]:
    table = next(x for x in salle.arbre.list_tous("table") if "Région" in x.texte)
    entetes, *lignes = [[c.texte for c in (*r.list_tous("th"), *r.list_tous("td"))] for r in table.list_tous("tr")]
    return [dict(zip(entetes, ligne, strict=True)) for ligne in lignes]
