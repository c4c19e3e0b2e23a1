"""Who may read and do what: the tables as the rules print them, then their edges."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccm_data.domain.permissions import (
    ECRITURE,
    LECTURE,
    VISITEUR,
    Effectif,
    Personne,
    can_count,
    can_read,
    can_write,
    check_read,
    check_write,
    mask_petits_effectifs,
    round_position,
)
from ccm_data.domain.vocabulaire import Role
from ccm_data.errors import AccesRefuse

LECTEUR = Personne(Role.LECTEUR, 1)
OIM = Personne(Role.ACTEUR, 2, acteur_code="OIM")
AGADEZ = Personne(Role.POINT_FOCAL, 3, region_code="NE001")
SUIVI = Personne(Role.SUIVI_EVALUATION, 4)
ADMIN = Personne(Role.ADMINISTRATEUR, 5)
TOUS = (VISITEUR, LECTEUR, OIM, AGADEZ, SUIVI, ADMIN)

# The rules' own table: object → rights on (a row of Agadez by another, a row of OIM elsewhere, another row), per role
# v visitor, l reader, a actor OIM, p focal point of Agadez, s monitoring, d administrator.
VERITE = {
    "agregats": ("vlapsd", "vlapsd", "vlapsd"),
    "documents_publies": ("vlapsd", "vlapsd", "vlapsd"),
    "lignes_validees": ("lapsd", "lapsd", "lapsd"),
    "narratifs": ("psd", "asd", "sd"),
    "preuves": ("psd", "asd", "sd"),
    "brouillons": ("psd", "asd", "sd"),
    "montants_reserves": ("sd", "asd", "sd"),
    "position_exacte": ("psd", "sd", "sd"),
    "rapprochements": ("sd", "asd", "sd"),
    "annonces_non_confirmees": ("sd", "asd", "sd"),
    "requetes_refusees": ("sd", "asd", "sd"),
    "evaluations_brouillons": ("sd", "asd", "sd"),
    "seances_en_preparation": ("sd", "sd", "sd"),
    "seances": ("lapsd", "lapsd", "lapsd"),
    "comptes": ("d", "d", "d"),
    "journal": ("d", "d", "d"),
}
LIGNES = (("NE001", "AUTRE"), ("NE007", "OIM"), ("NE007", "AUTRE"))


def list_admis(objet: str, region: str, acteur: str) -> str:
    return "".join(
        lettre for lettre, personne in zip("vlapsd", TOUS, strict=True) if can_read(personne, objet, region, acteur)
    )


def test_the_truth_table_names_every_object() -> None:
    assert set(VERITE) == set(LECTURE)


@pytest.mark.parametrize("objet", VERITE)
def test_reading_follows_the_rules_table(objet: str) -> None:
    assert tuple(list_admis(objet, *ligne) for ligne in LIGNES) == VERITE[objet]


@pytest.mark.parametrize("table", [LECTURE, ECRITURE], ids=["reading", "acting"])
def test_every_role_stands_in_every_row(table: dict[str, dict[Role, str]]) -> None:
    assert all(set(ligne) == set(Role) for ligne in table.values())


def test_a_visitor_may_do_nothing() -> None:
    assert not any(can_write(VISITEUR, action, "NE001", "OIM") for action in ECRITURE)
    assert not any(can_write(LECTEUR, action, "NE001", "OIM") for action in ECRITURE)


@pytest.mark.parametrize("action", ["deposer", "soumettre", "retirer"])
def test_deposits_stay_within_region_or_organisation(action: str) -> None:
    assert can_write(AGADEZ, action, region_code="NE001")
    assert not can_write(AGADEZ, action, region_code="NE007")
    assert not can_write(AGADEZ, action, region_code=None)
    assert can_write(OIM, action, "NE007", "OIM")
    assert not can_write(OIM, action, "NE001", "HCR")
    assert not can_write(OIM, action, "NE001", None)
    assert can_write(SUIVI, action, None, None)


# action → who may do it on (a row of Agadez, a row of OIM elsewhere, another region's row, a national row)
REGISTRES = {
    "tenir_instances": ("psd", "sd", "sd", "sd"),
    "tenir_registres": ("sd", "sd", "sd", "sd"),
    "gerer_instances": ("sd", "sd", "sd", "sd"),
    "accuser_lecture": ("sd", "asd", "sd", "sd"),
    "evaluer": ("sd", "sd", "sd", "sd"),
    "repondre_evaluation": ("sd", "asd", "sd", "sd"),
    "charger_plan": ("sd", "sd", "sd", "sd"),
    "tenir_seances": ("sd", "sd", "sd", "sd"),
    "relancer": ("sd", "sd", "sd", "sd"),
}


@pytest.mark.parametrize("action", REGISTRES)
def test_bodies_registers_and_evaluations_have_their_own_keepers(action: str) -> None:
    lignes: tuple[tuple[str | None, str | None], ...] = (*LIGNES, (None, None))
    admis = tuple(
        "".join(
            lettre
            for lettre, personne in zip("vlapsd", TOUS, strict=True)
            if can_write(personne, action, region, acteur)
        )
        for region, acteur in lignes
    )
    assert admis == REGISTRES[action]


def test_a_person_without_region_or_organisation_owns_nothing() -> None:
    perdu, sans = Personne(Role.POINT_FOCAL, 8), Personne(Role.ACTEUR, 9)
    assert not can_write(perdu, "deposer", region_code=None)
    assert not can_read(sans, "brouillons", acteur_code=None)


def test_an_author_reads_his_own_draft_whatever_its_organisation() -> None:
    assert can_read(OIM, "brouillons", acteur_code=None, auteur_id=2)
    assert not can_read(OIM, "brouillons", acteur_code=None, auteur_id=3)
    assert not can_read(VISITEUR, "brouillons", auteur_id=None)


def test_nobody_validates_his_own_deposit() -> None:
    assert can_write(SUIVI, "valider", auteur_id=5)
    assert not can_write(SUIVI, "valider", auteur_id=4)
    with pytest.raises(AccesRefuse) as erreur:
        check_write(ADMIN, "valider", auteur_id=5)
    assert erreur.value.code == "propre_depot"
    assert not can_write(Personne(Role.ADMINISTRATEUR), "valider", auteur_id=7)


@pytest.mark.parametrize("personne", [VISITEUR, LECTEUR, OIM, AGADEZ], ids=lambda p: p.role.value)
def test_only_the_secretariat_validates_and_decides(personne: Personne) -> None:
    siennes = {
        "deposer",
        "soumettre",
        "retirer",
        "requerir",
        "se_positionner",
        "repondre_rapprochement",
        "analyser_document",
        "consentir_montants",
        "demander_relation",
        "accuser_lecture",
        "repondre_evaluation",
    } | ({"tenir_instances"} if personne is AGADEZ else set())
    actions = set(ECRITURE) - siennes
    assert not any(can_write(personne, action, "NE001", "OIM", 99) for action in actions)


def test_only_administrators_manage_accounts_and_read_the_journal() -> None:
    for action in ("gerer_comptes", "lire_journal"):
        assert can_write(ADMIN, action)
        assert not can_write(SUIVI, action)


def test_a_refusal_names_what_was_asked() -> None:
    with pytest.raises(AccesRefuse) as erreur:
        check_write(AGADEZ, "deposer", "NE007")
    assert erreur.value.faits["action"] == "deposer"
    assert erreur.value.faits["region"] == "NE007"
    with pytest.raises(AccesRefuse):
        check_read(LECTEUR, "narratifs", "NE001")


def test_counts_are_told_where_rows_are_not() -> None:
    assert can_count(VISITEUR, "rapprochements")
    assert not can_read(VISITEUR, "rapprochements", "NE001", "OIM")
    assert not can_count(LECTEUR, "journal")


@pytest.mark.parametrize(("objet", "action"), [("inconnu", "deposer")])
def test_an_unknown_name_is_a_bug_not_a_right(objet: str, action: str) -> None:
    with pytest.raises(KeyError):
        can_read(ADMIN, objet)
    with pytest.raises(KeyError):
        can_write(ADMIN, "inconnue")


@settings(deadline=None, max_examples=100)
@given(st.floats(11, 24), st.floats(0, 16))
def test_public_positions_move_less_than_ten_kilometres_and_round_once(lat: float, lon: float) -> None:
    vue = round_position(lat, lon)
    assert round_position(*vue) == vue
    assert abs(vue[0] - lat) <= 0.05 + 1e-9
    assert abs(vue[1] - lon) <= 0.05 + 1e-9


@pytest.mark.parametrize(
    ("parts", "vus", "total"),
    [
        pytest.param([12, 8], [12, 8], 20, id="large counts are shown"),
        pytest.param([5, 30], [5, 30], 35, id="five is shown"),
        pytest.param([4, 30], ["x", "x"], 34, id="four is masked, and its complement with it"),
        pytest.param([3, 40, 9], ["x", 40, "x"], 52, id="the smallest other part is masked as well"),
        pytest.param([1, 2, 57], ["x", "x", "x"], 60, id="two masked parts that add up to less than five need a third"),
        pytest.param([0, 12], [0, 12], 12, id="zero concerns nobody and stays"),
        pytest.param([None, 12], [None, 12], 12, id="null stays null"),
        pytest.param([3, 0], ["x", 0], "x", id="a total below five is masked too"),
        pytest.param([None, None], [None, None], None, id="nothing reported has no total"),
    ],
)
def test_small_counts_of_persons_are_masked(parts: list[int | None], vus: list[object], total: object) -> None:
    def say(effectif: Effectif) -> object:
        return "x" if effectif.masque else effectif.valeur

    montres, somme = mask_petits_effectifs(parts)
    assert [say(e) for e in montres] == vus
    assert say(somme) == total


@settings(deadline=None, max_examples=100)
@given(st.lists(st.one_of(st.none(), st.integers(0, 60)), min_size=1, max_size=6))
def test_subtracting_never_tells_a_small_count(parts: list[int | None]) -> None:
    montres, somme = mask_petits_effectifs(parts)
    for part, vu in zip(parts, montres, strict=True):
        assert vu.masque or vu.valeur == part
        assert vu.masque or part is None or part == 0 or part >= 5
    caches = sum(p or 0 for p, vu in zip(parts, montres, strict=True) if vu.masque)
    assert somme.masque or caches == 0 or caches >= 5
