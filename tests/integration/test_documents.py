"""Programming documents: who may write them, what a bad one is told; what nobody carries, what several serve. Both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from ccm_data.commands import documents as commandes
from ccm_data.commands import termes
from ccm_data.domain.permissions import Personne
from ccm_data.errors import AccesRefuse, Conflit, ValeurInvalide
from ccm_data.phrases.documents import say_portage, say_titre_documents
from ccm_data.queries.documents import PUBLICS, list_documents, list_portages, make_table_portages
from ccm_data.queries.plan import list_activites, list_pmm
from pages.ui.texts import CHAMPS, say_erreur
from tests.integration.aides_commandes import MAINTENANT, make_personnes
from tests.integration.aides_coordination import add_intervention

ARRETE = date(2026, 9, 30)
DOCUMENT: dict[str, Any] = {
    "acteur_code": "oim", "titre": "Stratégie pays", "source": "Remis au SP/CCM", "debut": date(2026, 1, 1),
    "fin": date(2027, 12, 31),
}  # fmt: skip
ANALYSE: dict[str, Any] = {"resultat": "Deux recouvrements à Diffa", "doublons_trouves": 2}
TOUS = ("visiteur", "lecteur", "acteur", "focal", "se", "admin")


@pytest.fixture
def qui(session: Session) -> dict[str, Personne]:
    return make_personnes(session)


def add_document(session: Session, qui: dict[str, Personne], **champs: Any) -> int:
    return commandes.save_document(session, qui["se"], MAINTENANT, DOCUMENT | champs)


def list_noms(session: Session, genre: str, arrete: date = ARRETE) -> dict[str, tuple[str, ...]]:
    return {x.code: x.interventions for x in list_portages(session, genre, arrete)}


# --- rights


@pytest.mark.parametrize(
    ("geste", "permis"),
    [
        pytest.param("ajouter", {"acteur", "se", "admin"}, id="to add one of its own organisation"),
        pytest.param("ajouter_giz", {"se", "admin"}, id="to add one of another organisation"),
        pytest.param("analyser", {"acteur", "se", "admin"}, id="to record the analysis of its own"),
        pytest.param("retirer", {"acteur", "se", "admin"}, id="to withdraw its own"),
        pytest.param("retirer_giz", {"se", "admin"}, id="to withdraw another's"),
    ],
)
def test_who_may_write_a_document(session: Session, qui: dict[str, Personne], geste: str, permis: set[str]) -> None:
    gestes: dict[str, Callable[[Personne, int], object]] = {
        "ajouter": lambda p, _n: commandes.save_document(session, p, MAINTENANT, DOCUMENT),
        "analyser": lambda p, n: commandes.save_document(session, p, MAINTENANT, ANALYSE, document_id=n, version=1),
        "retirer": lambda p, n: commandes.withdraw_document(session, p, MAINTENANT, n, 1),
    }
    faits = set()
    for nom in TOUS:
        numero = add_document(session, qui, acteur_code="giz" if geste.endswith("_giz") else "oim")
        try:
            if geste == "ajouter_giz":
                rendu = commandes.save_document(session, qui[nom], MAINTENANT, DOCUMENT | {"acteur_code": "giz"})
                ecrit = next(x for x in list_documents(session) if x.id == rendu)
                faits |= {nom} if ecrit.acteur == "giz" else set()
            else:
                gestes[geste.removesuffix("_giz")](qui[nom], numero)
                faits.add(nom)
        except AccesRefuse:
            continue
    assert faits == permis


def test_all_read_what_the_analysis_found_but_not_what_was_withdrawn(
    session: Session, qui: dict[str, Personne]
) -> None:
    numero = add_document(session, qui, **ANALYSE)
    (lu,) = list_documents(session)
    assert (lu.id, lu.resultat, lu.analyse_le) == (numero, ANALYSE["resultat"], MAINTENANT.date())
    commandes.withdraw_document(session, qui["se"], MAINTENANT, numero, 1)
    assert list_documents(session) == ()
    with pytest.raises(Conflit, match="document_retire"):
        commandes.withdraw_document(session, qui["se"], MAINTENANT, numero, 2)


# --- bad input


@pytest.mark.parametrize(
    ("champs", "champ", "dit"),
    [
        pytest.param({"fin": date(2025, 1, 1)}, "fin", "Attendu", id="ends before it begins"),
        pytest.param({"titre": "   "}, "titre", "est vide", id="no title"),
        pytest.param({"acteur_code": "inconnu"}, "acteur_code", "inconnu", id="an unknown actor"),
        pytest.param({"titre": "x" * 5000}, "titre", "trop long", id="a title of 5 000 letters"),
        pytest.param({"source": "x" * 5000}, "source", "trop long", id="a source of 5 000 letters"),
        pytest.param({"resultat": "x" * 5000}, "resultat", "trop long", id="a result of 5 000 letters"),
        pytest.param({"reference": "x" * 201}, "reference", "trop long", id="a reference longer than its column"),
        pytest.param(
            ANALYSE | {"doublons_trouves": 10**10},
            "doublons_trouves",
            "999999",
            id="more duplicates than a column holds",
        ),
        pytest.param({"doublons_trouves": 3}, "resultat", "est vide", id="duplicates without an analysis"),
    ],
)
def test_a_bad_document_is_told_in_french_and_not_written(
    session: Session, qui: dict[str, Personne], champs: dict[str, Any], champ: str, dit: str
) -> None:
    with pytest.raises(ValeurInvalide) as refus:
        add_document(session, qui, **champs)
    assert refus.value.faits["champ"] == champ
    phrase = say_erreur(refus.value)
    assert dit in phrase
    assert CHAMPS[champ] in phrase, "by its label, not by its column"
    assert len(phrase) < 250, "what was typed is not thrown back whole"
    assert list_documents(session) == ()


def test_an_analysis_cannot_be_emptied_while_its_duplicates_are_kept(
    session: Session, qui: dict[str, Personne]
) -> None:
    numero = add_document(session, qui, **ANALYSE)
    with pytest.raises(ValeurInvalide):
        commandes.save_document(
            session, qui["se"], MAINTENANT, {"resultat": "", "analyse_le": None}, document_id=numero, version=1
        )


# --- words


def test_duplicates_not_counted_are_unknown_never_zero(session: Session, qui: dict[str, Personne]) -> None:
    assert say_titre_documents(list_documents(session)) == "Aucun document de programmation enregistré"
    add_document(session, qui)
    assert "doublon" not in say_titre_documents(list_documents(session))
    add_document(session, qui, **ANALYSE)
    titre = say_titre_documents(list_documents(session))
    assert "2 doublons trouvés" in titre
    assert "au moins" not in titre
    add_document(session, qui, resultat="À confirmer", doublons_trouves=None)
    assert "au moins 2 doublons trouvés" in say_titre_documents(list_documents(session))


# --- what nobody carries, what several serve


@pytest.mark.parametrize(
    ("champs", "porte"),
    [
        pytest.param({}, True, id="going on"),
        pytest.param({"statut": "planifie"}, True, id="planned"),
        pytest.param({"statut": "suspendu"}, False, id="suspended"),
        pytest.param({"statut": "termine"}, False, id="ended"),
        pytest.param({"date_fin": date(2026, 9, 29)}, False, id="past its end without a word"),
        pytest.param({"date_fin": ARRETE}, True, id="on its last day"),
        pytest.param({"date_debut": date(2026, 11, 1)}, True, id="to begin"),
        pytest.param({"etat": "soumis", "valide_le": None, "valide_par_id": None}, False, id="not validated"),
    ],
)
def test_only_what_goes_on_or_is_to_come_carries_a_theme(
    session: Session, qui: dict[str, Personne], champs: dict[str, Any], porte: bool
) -> None:
    add_intervention(session, "A", "oim", **champs)
    assert list_noms(session, "theme")["sante"] == (("A",) if porte else ())
    assert "education" in list_noms(session, "theme"), "a theme that nobody carries stays in the list"


@pytest.mark.parametrize(
    ("ecrit", "portes"),
    [
        ("femmes réfugiées", {"femme", "refugie"}),
        ("enfants non accompagnés", {"seul", "enfant"}),
        ("MENA", {"seul", "enfant"}),
        ("demandeurs d’asile", {"asile_dem", "refugie"}),
        ("jeunes filles ; personnes handicapées", {"jeune", "femme", "handicap"}),
        ("agents des frontières", set()),
        (None, set()),
    ],
)
def test_a_target_group_is_read_with_all_that_it_holds(
    session: Session, qui: dict[str, Personne], ecrit: str | None, portes: set[str]
) -> None:
    add_intervention(session, "A", "oim", public_cible=ecrit)
    assert {code for code, lignes in list_noms(session, "public").items() if lignes} == portes


def test_a_target_group_without_a_source_is_said_apart(session: Session, qui: dict[str, Personne]) -> None:
    add_intervention(session, "A", "oim", public_cible="migrants en transit ; migrants de retour ; enfants ; diaspora")
    lus = list_portages(session, "public", ARRETE)
    ferme, travail = say_portage("public", lus).split("Personne ne porte, dans la liste de travail")
    assert "victimes de la traite" in ferme
    assert "réfugiés" in travail
    assert "réfugiés" not in ferme, "no text of the plan names them"
    dits = dict(
        zip(*(make_table_portages(lus, "Public", sources=True)[c] for c in ("Public", "Nommé par")), strict=True)
    )
    assert (dits["enfants"], dits["victimes de la traite"]) == ("Activité 2.2.3", "PMM 10")
    assert dits["réfugiés"] == "liste de travail"


def test_every_source_of_a_target_group_exists_in_the_plan(session: Session) -> None:
    connues = {*list_activites(session)["code"], *(f"PMM {n}" for n in list_pmm(session)["numero"]), ""}
    assert {source for _nom, source in PUBLICS.values()} <= connues


def test_what_several_serve_counts_leads_and_partners_never_funders(session: Session, qui: dict[str, Personne]) -> None:
    add_intervention(session, "A", "oim", activite_code="3.1.3", bailleurs="due")
    assert list_noms(session, "activite") == {}, "a funder does not make two"
    add_intervention(session, "B", "oim", activite_code="3.1.4")
    assert list_noms(session, "indicateur") == {}, "one organisation twice does not make two"
    add_intervention(session, "C", "unicef", activite_code="2.2.1", partenaires="giz")
    assert list_noms(session, "activite") == {"2.2.1": ("C",)}
    add_intervention(session, "D", "giz", activite_code="3.1.3")
    assert list_noms(session, "activite") == {"2.2.1": ("C",), "3.1.3": ("A", "D")}
    indicateurs = list_noms(session, "indicateur")
    assert {c[:3] for c in indicateurs} == {"2.2", "3.1"}
    assert indicateurs["3.1.a"] == ("A", "B", "D"), "by the objective of the activity"
    (partage,) = [x for x in list_portages(session, "activite", ARRETE) if x.code == "2.2.1"]
    assert partage.acteurs == ("UNICEF", "GIZ"), "the lead first"


# --- the lists that the SP/CCM extends


@pytest.mark.parametrize(
    ("libelle", "dit"),
    [("", "est vide"), ("!!!", "lettres"), ("État civil ; emploi", "un seul terme"), ("x" * 61, "trop long"),
     ("(" * 130 + "a", "trop long")],
)  # fmt: skip
def test_a_term_that_a_cell_could_not_hold_is_refused(
    session: Session, qui: dict[str, Personne], libelle: str, dit: str
) -> None:
    with pytest.raises(ValeurInvalide) as refus:
        termes.add_terme(session, qui["se"], MAINTENANT, "theme", libelle)
    assert dit in say_erreur(refus.value)


@pytest.mark.parametrize("libelle", ["État civil", "Emploi", "Recherche et sauvetage"])
def test_the_terms_that_are_asked_for_become_themes(session: Session, qui: dict[str, Personne], libelle: str) -> None:
    code = termes.add_terme(session, qui["se"], MAINTENANT, "theme", libelle)
    assert list_noms(session, "theme")[code] == ()
    termes.set_terme_actif(session, qui["se"], MAINTENANT, "theme", code, False)
    assert code not in list_noms(session, "theme"), "closed: nobody is asked to carry it"
