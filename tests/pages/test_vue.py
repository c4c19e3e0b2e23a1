"""The overview: every figure that says it opens onto its rows does, and the rows make the figure."""

from __future__ import annotations

import re

import pytest

from ccm_data.config import Config
from ccm_data.typographie import say_nombre
from tests.pages.aides import Salle
from tests.pages.conftest import Ouvrir

INDICATEURS = "Indicateurs du cadre logique"
PLAN = "Calendrier des activités"
BUDGET = "Budget, en FCFA : Par activité"
CHIFFRES = {
    "Temps écoulé": "Voir le calendrier",
    "Avancement physique": "Voir les activités",
    "Décaissé sur prévu": "Voir le budget",
    "26 indicateurs, par statut": "Voir les indicateurs",
}


def get_lien(salle: Salle, texte: str) -> str:
    """Where the link of these words leads."""
    return next(adresse for mots, adresse in salle.list_liens() if texte in mots)


@pytest.fixture
def vue(salle: Ouvrir, demo: Config) -> Salle:
    """A visitor before the overview of the demonstration."""
    return salle(demo).open()


def test_every_key_figure_has_a_link_to_a_screen_that_shows_rows(vue: Salle) -> None:
    titres = [x.texte for x in vue.arbre.list_tous("h2", "ccm-cle-titre")]
    assert titres == list(CHIFFRES)
    for lien in CHIFFRES.values():
        vue.open()
        vue.follow(get_lien(vue, lien))
        assert any(len(list(t.list_tous("tr"))) > 5 for t in vue.arbre.list_tous("table")), lien


def test_the_counts_by_status_are_those_of_the_indicators_rows(vue: Salle) -> None:
    dits = [x.texte for x in next(vue.arbre.list_tous("ul", "ccm-legende-statuts")).list_tous("li")]
    vue.follow(get_lien(vue, "Voir les indicateurs"))
    statuts = [x["Statut"] for x in vue.list_lignes(INDICATEURS)]
    assert len(dits) == 6
    assert len(statuts) == 26
    assert dits == [f"{statuts.count(dit.split(' ', 1)[1])} {dit.split(' ', 1)[1]}" for dit in dits]


def test_the_money_paid_is_the_sum_of_its_rows(vue: Salle) -> None:
    dit = next(x.texte for x in vue.arbre.list_tous("p", "ccm-cle-base") if "millions" in x.texte)
    vue.follow(get_lien(vue, "Voir le budget")).set("button_group", "choix_niveau", "activite")
    lignes = vue.list_lignes(BUDGET)
    payes = sum(int(x["Décaissé (FCFA)"].replace(" ", "")) for x in lignes if x["Décaissé (FCFA)"] != "non renseigné")
    assert dit.startswith(re.sub(r"\s", " ", say_nombre(payes / 1e6, 1)) + " sur 987")


def test_every_matter_to_settle_opens_a_screen_that_names_what_it_counts(vue: Salle) -> None:
    points = [
        (li, next(li.list_tous("a")).attributs["href"], next(li.list_tous("small")).texte)
        for ul in vue.arbre.list_tous("ul", "ccm-points")
        for li in ul.list_tous("li")
    ]
    assert len(points) == 5
    for _li, adresse, detail in points:
        vue.follow(adresse)
        noms = [nom for nom in re.split(r" · |, | \+\d+", detail) if nom and nom != "SP/CCM"]
        assert noms
        assert [nom for nom in noms if nom not in vue.texte] == [], adresse


def test_plain_links_which_open_a_new_session_keep_the_language_and_the_date(salle: Ouvrir, demo: Config) -> None:
    devant = salle(demo).open(lang="en", arrete="2025-12-31")
    adresses = [a.attributs["href"] for ul in devant.arbre.list_tous("ul", "ccm-points") for a in ul.list_tous("a")]
    assert adresses
    for adresse in adresses:
        assert "Facts up to 31 December 2025" in salle(demo).follow(adresse).texte, adresse


def test_links_within_the_session_keep_the_language_and_the_date(salle: Ouvrir, demo: Config) -> None:
    devant = salle(demo).open(lang="en", arrete="2025-12-31")
    for lien in devant.at.get("page_link"):
        assert "Facts up to 31 December 2025" in devant.follow(f"/{lien.proto.page}").texte


def test_another_date_moves_the_whole_overview(salle: Ouvrir, demo: Config) -> None:
    devant = salle(demo).open(arrete="2023-12-31")
    assert "730 jours sur 1 826" in devant.texte
    assert "À 3 ans du terme" in devant.titre


def test_the_overview_speaks_english(salle: Ouvrir, demo: Config) -> None:
    devant = salle(demo).open(lang="en")
    assert "Physical progress" in devant.texte
    assert "Avancement physique" not in devant.texte
    assert "Plan d’action" not in devant.open("plan").titre
    assert devant.at.query_params["lang"] == "en"
