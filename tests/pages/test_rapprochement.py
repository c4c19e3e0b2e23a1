"""The decision register on the page: open to all, decided on the spot by the SP/CCM, and followed by the charts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from ccm_data.commands.decisions import Provenance, set_montants_annuels
from ccm_data.config import Config
from ccm_data.db import read_session, write_session
from ccm_data.domain.permissions import Personne
from ccm_data.domain.vocabulaire import Role
from ccm_data.models.comptes import Compte, Journal
from ccm_data.models.decisions import ChoixContradiction, MontantRetenu
from tests.pages.aides import Salle
from tests.pages.conftest import Ouvrir

LIGNE = "montant-axe-2-actions"
FORME = f"registre_{LIGNE}"
REGISTRE = "Registre des décisions"
SOURCE = "Procès-verbal d’essai"


def decide(salle: Salle, ligne: str = LIGNE, **valeurs: Any) -> Salle:
    """Fill the form of the opened line and send it."""
    dites = {"motif": "Décidé en séance", "source": SOURCE} | valeurs
    for champ, valeur in dites.items():
        genre = "selectbox" if champ == "cote" else "text_input"
        salle.fill(genre, f"registre_{ligne}_{champ}", valeur)
    return salle.send()


def count_traces(config: Config) -> int:
    with read_session(config) as session:
        return session.scalar(select(func.count()).select_from(Journal)) or 0


@pytest.fixture
def se(salle: Ouvrir, demonstration: Config) -> Salle:
    """A member of the SP/CCM before a line still to decide."""
    return salle(demonstration, "se.demo").open("rapprochement", ligne=LIGNE)


def test_a_visitor_reads_the_whole_register_and_decides_nothing(salle: Ouvrir, reel: Config) -> None:
    visiteur = salle(reel).open("rapprochement", ligne=LIGNE)
    assert visiteur.titre == "61 contradictions sur 61 restent à trancher"
    lignes = visiteur.list_lignes(REGISTRE)
    assert len(lignes) == 61
    assert {x["État"] for x in lignes} == {"à trancher"}
    assert "542 000 000 FCFA" in visiteur.texte
    assert "Le SP/CCM dit ce qui prévaut" in visiteur.texte
    assert list(visiteur.at.get("form_submit_button")) == []


@pytest.mark.parametrize(
    ("params", "lignes"),
    [
        pytest.param({"nature": "montant"}, 7, id="by kind"),
        pytest.param({"etat": "a_trancher"}, 61, id="still to decide"),
        pytest.param({"nature": "numerotation", "etat": "a_trancher"}, 6, id="both"),
        pytest.param({"nature": "zzz"}, 61, id="a kind that is none"),
    ],
)
def test_filters_stand_in_the_address(salle: Ouvrir, reel: Config, params: dict[str, str], lignes: int) -> None:
    assert len(salle(reel).open("rapprochement", **params).list_lignes(REGISTRE)) == lignes


def test_a_filter_that_keeps_nothing_says_what_to_do(salle: Ouvrir, reel: Config) -> None:
    vide = salle(reel).open("rapprochement", etat="tranchees")
    assert "Aucune contradiction ne correspond" in vide.texte
    assert "Retirez un filtre" in vide.texte


def test_a_line_that_is_gone_is_told(salle: Ouvrir, reel: Config) -> None:
    assert "n’est plus au registre" in salle(reel).open("rapprochement", ligne="rien").texte


def test_deciding_on_the_spot_is_shown_to_all_with_its_history(salle: Ouvrir, demonstration: Config, se: Salle) -> None:
    decide(se, cote="b")
    assert se.erreurs == []
    assert [s.value for s in se.at.success] == ["Décision enregistrée : les graphiques la suivent."]
    assert se.titre == "59 contradictions sur 61 restent à trancher"
    with read_session(demonstration) as session:
        decision = session.scalars(select(MontantRetenu)).one()
        assert (decision.objet, decision.objet_code, decision.montant_fcfa) == ("axe", "2", 557_000_000)
    visiteur = salle(demonstration).open("rapprochement", ligne=LIGNE)
    histoire = visiteur.list_lignes("Historique")
    assert [(x["Prévaut"], x["Pourquoi"], x["Par"], x["État"]) for x in histoire] == [
        ("557 000 000 FCFA", "Décidé en séance", "Suivi-évaluation (démonstration)", "en vigueur")
    ]
    tranchees = salle(demonstration).open("rapprochement", etat="tranchees").list_lignes(REGISTRE)
    assert {x["Prévaut"] for x in tranchees} == {"557 000 000 FCFA"}


def test_the_budget_follows_the_decision_and_says_so(salle: Ouvrir, demonstration: Config) -> None:
    avant = salle(demonstration).open("budget")
    assert "somme des activités ; aucun autre chiffre n’est encore retenu" in avant.texte.replace("\u202f", " ")
    ligne = "montant-plan-plan-axes"
    decide(salle(demonstration, "se.demo").open("rapprochement", ligne=ligne), ligne, cote="a")
    apres = salle(demonstration).open("budget")
    assert "sur 860 prévus" in apres.texte
    assert "Retenu par le SP/CCM" in apres.texte
    axes = apres.list_lignes("Budget, en FCFA : Par axe")
    ecart = next(x for x in axes if x["Intitulé"] == "Écart non ventilé")
    assert ecart["Prévu (FCFA)"] == "−127 000 000"
    assert {ecart[c] for c in ecart if c not in ("Code", "Intitulé", "Prévu (FCFA)")} == {"sans objet"}
    assert "/rapprochement?nature=montant" in [adresse for _texte, adresse in apres.list_liens()]


def test_the_overview_names_the_total_that_it_shows(salle: Ouvrir, demonstration: Config) -> None:
    avant = salle(demonstration).open("vue").texte
    assert "sur 987 millions" in avant
    assert "somme des activités, 987 millions (860 imprimés dans le plan)" in avant
    se = salle(demonstration, "se.demo")
    for ligne in ("montant-plan-plan-axes", LIGNE):
        decide(se.open("rapprochement", ligne=ligne), ligne, cote="a")
    apres = salle(demonstration).open("vue").texte
    assert "sur 860 millions" in apres
    assert "860 millions, retenus par le SP/CCM" in apres
    assert "axe 2, 542 millions" in apres
    assert "somme des activités" not in apres


@pytest.mark.parametrize(
    ("saisie", "dit"),
    [
        pytest.param({"motif": " "}, "Pourquoi", id="no reason"),
        pytest.param({"source": ""}, "Source", id="no source"),
        pytest.param(
            {"cote": "autre", "autre": ""}, "« Montant (FCFA) » est vide", id="another amount that is not given"
        ),
        pytest.param({"cote": "autre", "autre": "beaucoup"}, "beaucoup", id="another amount in words"),
    ],
)
def test_a_bad_decision_is_refused_and_writes_nothing(
    demonstration: Config, se: Salle, saisie: dict[str, Any], dit: str
) -> None:
    avant = count_traces(demonstration)
    decide(se, **saisie)
    assert len(se.erreurs) == 1
    assert dit in se.erreurs[0].replace("\u00a0", " ")
    assert count_traces(demonstration) == avant


def test_of_two_who_decide_the_second_is_told_and_loses_nothing(
    salle: Ouvrir, demonstration: Config, se: Salle
) -> None:
    second = salle(demonstration, "se2.demo").open("rapprochement", ligne=LIGNE)
    decide(se, cote="a")
    decide(second, cote="b", motif="Recompté")
    assert ["entre-temps" in e for e in second.erreurs] == [True]
    assert second.at.text_input(key=f"{FORME}_motif").value == "Recompté"
    assert second.send().erreurs == []
    with read_session(demonstration) as session:
        requete = select(MontantRetenu.montant_fcfa).where(MontantRetenu.remplace_le.is_(None))
        assert session.scalars(requete).all() == [557_000_000]


def test_a_text_may_be_neither_of_the_two_and_a_decision_may_be_withdrawn(salle: Ouvrir, demonstration: Config) -> None:
    se = salle(demonstration, "se.demo").open("rapprochement", ligne="dgecmr")
    se.fill("text_area", "registre_dgecmr_autre", "DGECM/R")
    decide(se, "dgecmr", cote="autre")
    assert se.erreurs == []
    with read_session(demonstration) as session:
        assert session.scalars(select(ChoixContradiction.texte_retenu)).all() == ["DGECM/R"]
    decide(se, "dgecmr", cote="retirer")
    assert se.erreurs == []
    assert se.titre == "61 contradictions sur 61 restent à trancher"
    assert "close le" in se.list_lignes("Historique")[0]["État"]


def test_entered_amounts_that_do_not_add_up_lead_to_where_they_are_mended(salle: Ouvrir, demonstration: Config) -> None:
    with write_session(demonstration) as session:
        compte = session.scalars(select(Compte).where(Compte.identifiant == "se.demo")).one()
        personne, source = Personne(Role.SUIVI_EVALUATION, compte.id), Provenance(SOURCE, date(2026, 1, 1))
        set_montants_annuels(session, personne, demonstration.maintenant(), "2.3.2", {2026: 12_000_000}, source)
    se = salle(demonstration, "se.demo").open("rapprochement", ligne="montant-activite-2.3.2-annees")
    assert "la ligne disparaît d’elle-même" in se.texte
    assert list(se.at.get("form_submit_button")) == []
    assert "/referentiels?sujet=montants" in [adresse for _texte, adresse in se.list_liens()]
