"""« Documents de programmation » and « Thèmes et statuts » without a browser: what is shown, typed, refused, kept."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from ccm_data.commands.documents import save_document
from ccm_data.config import NOM_BASE_DEMO, Config
from ccm_data.db import get_engine, read_session, write_session
from ccm_data.domain.permissions import Personne
from ccm_data.domain.vocabulaire import Role
from ccm_data.models.coordination import Terme
from ccm_data.models.documents import DocumentProgrammation
from tests.conftest import AUJOURD_HUI, make_config
from tests.pages.aides import Salle
from tests.pages.conftest import Ouvrir

TABLE = "Documents de programmation"
HOSTILE = "<script>alert(1)</script> ![x](https://exemple.invalid/x.png) $E=mc^2$ " + "long " * 60


@pytest.fixture
def change(modele_demonstration: Config, tmp_path: Path) -> Iterator[Config]:
    """A demonstration of this test's own."""
    config = make_config(tmp_path, demo=True)
    shutil.copy(modele_demonstration.data_dir / NOM_BASE_DEMO, config.data_dir / NOM_BASE_DEMO)
    yield config
    get_engine(config.database_url).dispose()


def list_documents(config: Config) -> list[DocumentProgrammation]:
    with read_session(config) as session:
        return list(session.scalars(select(DocumentProgrammation).order_by(DocumentProgrammation.id)))


def send(salle: Salle, libelle: str) -> Salle:
    """Press the button of this name."""
    next(b for b in list_boutons(salle) if b.label == libelle).click()
    return salle.run()


def list_boutons(salle: Salle) -> list[Any]:
    """The buttons of its forms."""
    return list(salle.at.get("form_submit_button"))


def list_identites(salle: Salle) -> list[str]:
    """What Streamlit tells its tables apart by."""
    return [x.proto.id for x in salle.at.dataframe]


# --- documents


def test_a_number_that_one_analysis_does_not_say_makes_the_total_a_least(salle: Ouvrir, demo: Config) -> None:
    devant = salle(demo).open("documents")
    assert devant.titre.endswith("au moins 2 doublons trouvés")
    assert {x["Doublons trouvés"] for x in devant.list_lignes(TABLE)} == {"—", "0", "2"}


@pytest.mark.parametrize(
    ("params", "partenaires"),
    [
        ({"etat": "attente"}, ["UNICEF", "UNHCR"]),
        ({"etat": "analyse", "partenaire": "giz"}, ["GIZ"]),
        ({"etat": "n’importe quoi", "partenaire": "<b>"}, ["UNICEF", "UNHCR", "DUE", "GIZ", "OIM"]),
    ],
)
def test_documents_are_filtered_by_the_address(
    salle: Ouvrir, demo: Config, params: dict[str, str], partenaires: list[str]
) -> None:
    devant = salle(demo).open("documents", **params)
    assert [x["Partenaire"] for x in devant.list_lignes(TABLE)] == partenaires


def test_a_chosen_row_does_not_become_another_document_under_another_filter(salle: Ouvrir, demo: Config) -> None:
    tables = [
        list_identites(salle(demo, "se.demo").open("documents", **params))[0]
        for params in ({}, {"etat": "attente"}, {"etat": "analyse"}, {"partenaire": "giz"})
    ]
    assert len(set(tables)) == len(tables)


def test_a_state_without_any_document_says_what_to_do(salle: Ouvrir, demo: Config) -> None:
    devant = salle(demo).open("documents", etat="attente", partenaire="giz")
    assert "Aucun document ne correspond." in devant.texte
    assert "activité 2.1.1" in devant.texte


@pytest.mark.parametrize("portage", ["theme", "public", "activite", "indicateur"])
def test_an_empty_register_invents_nothing(salle: Ouvrir, reel: Config, portage: str) -> None:
    devant = salle(reel).open("documents", portage=portage)
    assert devant.titre == "Aucun document de programmation enregistré"
    attendu = {
        "theme": "Personne ne porte : Sécurité et frontières", "public": "Personne ne porte : migrants en transit",
        "activite": "0 activité servie par plusieurs partenaires.",
        "indicateur": "0 indicateur servi par plusieurs partenaires.",
    }  # fmt: skip
    assert attendu[portage] in devant.texte


def test_shared_activities_name_who_shares_them(salle: Ouvrir, demo: Config) -> None:
    lignes = salle(demo).open("documents", portage="activite").list_lignes("Activités partagées")
    partagees = {x["Activité du plan"][:5]: x["Organisations"] for x in lignes}
    finies = {"2.4.2"} if AUJOURD_HUI.year > 2026 else set()  # its interventions end with 2026
    attendues = ["2.1.4", "2.2.1", "2.4.2", "3.1.3", "3.1.4", "3.2.1"]
    assert list(partagees) == [c for c in attendues if c not in finies]
    assert finies or partagees["2.4.2"] == "REMIDDH, JMED", "who funds them is left out"


@pytest.mark.parametrize(
    ("qui", "peut"),
    [(None, False), ("lecteur.demo", False), ("pf.agadez", False), ("acteur.oim", True), ("se.demo", True),
     ("admin.demo", True)],
)  # fmt: skip
def test_the_form_is_offered_to_who_may_write(salle: Ouvrir, demo: Config, qui: str | None, peut: bool) -> None:
    devant = salle(demo, qui).open("documents")
    assert ("Enregistrer le document" in [b.label for b in list_boutons(devant)]) is peut


@pytest.mark.parametrize(
    ("saisie", "dits"),
    [
        pytest.param({"titre": ""}, ["Titre", "est vide"], id="no title"),
        pytest.param({"source": " "}, ["Source", "est vide"], id="no source"),
        pytest.param({"fin": None}, ["Fin", "est vide"], id="no end"),
        pytest.param({"fin": date(2025, 1, 1)}, ["Fin", "Attendu"], id="ends before it begins"),
    ],
)
def test_a_bad_document_is_told_writes_nothing_and_stays_typed(
    salle: Ouvrir, change: Config, saisie: dict[str, Any], dits: list[str]
) -> None:
    avant = len(list_documents(change))
    tape = {"titre": HOSTILE, "source": "Site", "debut": date(2026, 1, 1), "fin": date(2027, 1, 1)} | saisie
    devant = salle(change, "acteur.giz").open("documents")
    for champ, valeur in tape.items():
        devant.fill("date_input" if champ in ("debut", "fin") else "text_input", f"document_0_{champ}", valeur)
    send(devant, "Enregistrer le document")
    (erreur,) = devant.erreurs
    assert [mot for mot in dits if mot not in erreur] == []
    assert len(list_documents(change)) == avant
    assert devant.at.text_input(key="document_0_titre").value == tape["titre"]


def test_a_hostile_title_is_shown_as_it_was_typed(salle: Ouvrir, change: Config) -> None:
    with write_session(change) as session:
        se = Personne(Role.SUIVI_EVALUATION, 1, None, None)
        save_document(
            session, se, change.maintenant(),
            {"acteur_code": "oim", "titre": HOSTILE, "source": HOSTILE, "debut": date(2026, 1, 1), "fin": date(2026, 1, 1)},
        )  # fmt: skip
    devant = salle(change).open("documents", partenaire="oim")
    assert HOSTILE.strip() in [x["Titre"] for x in devant.list_lignes(TABLE)]
    assert not list(devant.arbre.list_tous("script"))


@pytest.mark.parametrize("portage", ["theme", "public", "activite", "indicateur"])
def test_the_screen_speaks_english(salle: Ouvrir, demo: Config, portage: str) -> None:
    devant = salle(demo).open("documents", portage=portage, lang="en")
    assert devant.titre == "3 documents analysed, 2 to analyse; at least 2 duplicates found"
    assert "Personne ne porte" not in devant.texte
    assert "plusieurs partenaires" not in devant.texte


# --- themes and statuses


def open_termes(salle: Ouvrir, config: Config) -> Salle:
    return salle(config, "se.demo").open("referentiels", sujet="termes")


def list_termes(salle: Salle) -> dict[str, dict[str, str]]:
    return {x["Code"]: x for x in salle.list_lignes("Thèmes et statuts")}


def test_the_lists_say_how_many_interventions_bear_each_term(salle: Ouvrir, demo: Config) -> None:
    termes = list_termes(open_termes(salle, demo))
    assert len(termes) == 18
    # DEMO-030 is suspended: it carries nothing, but its row bears its theme.
    assert int(termes["sante"]["Interventions"]) >= 3
    statuts = ("planifie", "en_cours", "suspendu", "termine")
    assert sum(int(termes[c]["Interventions"]) for c in statuts) == 33, "each intervention has one status"


def test_a_term_is_added_closed_and_opened_again(salle: Ouvrir, change: Config) -> None:
    devant = (
        open_termes(salle, change).fill("text_input", "referentiel_termes_libelle", "Recherche et sauvetage").send()
    )
    ligne = list_termes(devant)["recherche_et_sauvetage"]
    assert (ligne["Interventions"], ligne["État"], ligne["D’où"]) == ("0", "ouvert", "SP/CCM")
    for ouvert, etat in ((False, "fermé"), (True, "ouvert")):
        devant = open_termes(salle, change).fill(
            "selectbox", "referentiel_termes_terme", "theme:recherche_et_sauvetage"
        )
        devant.fill("checkbox", "referentiel_termes_ouvert", ouvert).send()
        assert devant.erreurs == []
        assert list_termes(devant)["recherche_et_sauvetage"]["État"] == etat


@pytest.mark.parametrize(
    ("libelle", "dit"),
    [
        pytest.param("", "Libellé", id="nothing"),
        pytest.param("SANTE", "déjà", id="one that is there, written otherwise"),
        pytest.param("!!!", "en lettres", id="no letter"),
        pytest.param("État civil ; emploi", "un seul terme", id="two in one"),
    ],
)
def test_a_bad_term_is_told_and_not_added(salle: Ouvrir, change: Config, libelle: str, dit: str) -> None:
    devant = open_termes(salle, change).fill("text_input", "referentiel_termes_libelle", libelle).send()
    assert any(dit in e for e in devant.erreurs), devant.erreurs
    with read_session(change) as session:
        assert len(session.scalars(select(Terme)).all()) == 18


@pytest.mark.parametrize("qui", [None, "lecteur.demo", "acteur.oim", "pf.agadez"])
def test_the_lists_are_the_spccms(salle: Ouvrir, demo: Config, qui: str | None) -> None:
    devant = salle(demo, qui).open("referentiels", sujet="termes")
    assert not devant.at.get("form_submit_button")
