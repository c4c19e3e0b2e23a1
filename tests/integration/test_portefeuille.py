"""One actor's sheet and the directory, documents, being put in touch: figures and rights, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from ccm_data.commands import documents as commandes_documents
from ccm_data.commands.acteurs import set_montants_publics
from ccm_data.commands.relations import add_relation, close_relation
from ccm_data.domain.permissions import VISITEUR, Personne
from ccm_data.errors import AccesRefuse, Conflit, ValeurInvalide
from ccm_data.models.acteurs import Acteur
from ccm_data.queries.acteurs import list_noms_acteurs
from ccm_data.queries.documents import filter_documents, list_documents, list_portages, make_table_documents
from ccm_data.queries.portefeuille import (
    Portefeuille,
    get_portefeuille,
    list_codes,
    list_relations,
    make_annuaire,
    make_table_portefeuille,
)
from tests.integration.aides_commandes import MAINTENANT, make_personnes
from tests.integration.aides_coordination import add_intervention

ARRETE = date(2026, 9, 30)
DOCUMENT = {
    "acteur_code": "giz",
    "titre": "Programme",
    "source": "Remis",
    "debut": date(2024, 1, 1),
    "fin": date(2027, 12, 31),
}
TOUS = ("visiteur", "lecteur", "acteur", "focal", "se", "admin")


@pytest.fixture
def qui(session: Session) -> dict[str, Personne]:
    personnes = make_personnes(session)
    add_intervention(session, "A", "oim", 900, bailleurs="due;giz", mobilise_fcfa=600, objectifs_pmm="3;7")
    add_intervention(session, "B", "giz", None, partenaires="oim", regions="NE002;NE005", themes="education")
    return personnes


def open_fiche(session: Session, personne: Personne, code: str) -> Portefeuille:
    fiche = get_portefeuille(session, personne, code, ARRETE, ARRETE)
    assert fiche is not None
    return fiche


def list_permis(qui: dict[str, Personne], geste: Callable[[Personne], object]) -> set[str]:
    permis = set()
    for nom in TOUS:
        try:
            geste(qui[nom])
        except AccesRefuse:
            continue
        permis.add(nom)
    return permis


def test_a_sheet_says_where_on_what_and_in_which_part(session: Session, qui: dict[str, Personne]) -> None:
    oim = open_fiche(session, qui["se"], "oim")
    assert (oim.regions, oim.themes) == (("NE001", "NE002", "NE005"), ("sante", "education"))
    assert ([x.code for x in oim.chef], [x.code for x in oim.partenaire], oim.bailleur) == (["A"], ["B"], ())
    assert oim.objectifs_pmm == (("3", 1), ("7", 1))
    assert get_portefeuille(session, qui["se"], "personne", ARRETE, ARRETE) is None


def test_as_funder_an_actor_counts_its_part_and_as_lead_the_whole(session: Session, qui: dict[str, Personne]) -> None:
    oim, due, giz = (open_fiche(session, qui["se"], c) for c in ("oim", "due", "giz"))
    assert (oim.execute.budget_fcfa, oim.execute.mobilise_fcfa, oim.execute.decaisse_fcfa) == (900, 600, None)
    assert (due.finance.budget_fcfa, due.finance.mobilise_fcfa) == (450, 300)
    assert giz.finance.budget_fcfa == 450
    assert (giz.execute.budget_fcfa, giz.execute.inconnus) == (None, 1), "unknown is not zero"


def test_reserved_amounts_are_counted_as_reserved(session: Session, qui: dict[str, Personne]) -> None:
    session.execute(update(Acteur).values(montants_publics=False))
    vu = open_fiche(session, VISITEUR, "oim")
    assert (vu.execute.budget_fcfa, vu.execute.reserves) == (None, 1)
    for funder in ("due", "giz"):
        set_montants_publics(session, qui["se"], MAINTENANT, funder, True)
    assert open_fiche(session, VISITEUR, "oim").execute.budget_fcfa == 900


def test_consent_is_the_organisations_own_or_the_spccms(session: Session, qui: dict[str, Personne]) -> None:
    assert list_permis(qui, lambda p: set_montants_publics(session, p, MAINTENANT, "oim", True)) == {
        "acteur",
        "se",
        "admin",
    }
    assert list_permis(qui, lambda p: set_montants_publics(session, p, MAINTENANT, "giz", True)) == {"se", "admin"}


def test_regularity_looks_back_on_eight_quarters(session: Session, qui: dict[str, Personne]) -> None:
    oim = open_fiche(session, qui["se"], "oim")
    assert [code for code, _dit in oim.dits][-1] == "2026-T3"
    assert len(oim.dits) == 8
    assert not any(dit for _code, dit in oim.dits), "validated in November: after the date d’arrêté’s quarters"


def test_the_directory_is_searched_by_alias_category_and_region(session: Session, qui: dict[str, Personne]) -> None:
    assert "oim" in list_codes(session, "migrations", None, None, ARRETE)
    assert list_codes(session, "IOM", None, None, ARRETE) == ("oim",)
    assert set(list_codes(session, "", None, "NE005", ARRETE)) == {"giz", "oim"}
    assert "oim" not in list_codes(session, "", "osc", None, ARRETE)
    annuaire = make_annuaire(session, VISITEUR, ARRETE, seulement=("oim",))
    assert annuaire.index.tolist() == ["oim"]
    assert annuaire["Interventions"].tolist() == [2]


def test_rows_of_a_sheet_are_for_the_signed_in(session: Session, qui: dict[str, Personne]) -> None:
    noms = list_noms_acteurs(session)
    oim = open_fiche(session, VISITEUR, "oim")
    assert len(make_table_portefeuille(oim, VISITEUR, noms)) == 0
    lignes = make_table_portefeuille(oim, qui["lecteur"], noms)
    assert lignes["Rôle"].tolist() == ["chef de file", "partenaire"]


def test_being_put_in_touch_goes_through_the_spccm(session: Session, qui: dict[str, Personne]) -> None:
    geste = lambda p: add_relation(session, p, MAINTENANT, "giz", "Une étude commune")  # noqa: E731
    assert list_permis(qui, geste) == {"acteur", "focal", "se", "admin"}
    assert len(list_relations(session, qui["se"])) == 4
    (sienne,) = list_relations(session, qui["acteur"])
    for nom in ("visiteur", "lecteur", "acteur", "focal"):
        with pytest.raises(AccesRefuse):
            close_relation(session, qui[nom], MAINTENANT, sienne.id)
    close_relation(session, qui["se"], MAINTENANT, sienne.id)
    assert list_relations(session, qui["acteur"]) == ()
    with pytest.raises(Conflit):
        close_relation(session, qui["se"], MAINTENANT, sienne.id)
    with pytest.raises(ValeurInvalide):
        add_relation(session, qui["se"], MAINTENANT, "giz", "   ")


def test_documents_wait_first_and_are_filtered(session: Session, qui: dict[str, Personne]) -> None:
    premier = commandes_documents.save_document(session, qui["se"], MAINTENANT, DOCUMENT)
    commandes_documents.save_document(
        session,
        qui["se"],
        MAINTENANT,
        {"resultat": "Deux recouvrements", "doublons_trouves": 2},
        document_id=premier,
        version=1,
    )
    commandes_documents.save_document(session, qui["acteur"], MAINTENANT, DOCUMENT | {"acteur_code": None})
    fiches = list_documents(session)
    assert [(x.acteur, x.doublons) for x in fiches] == [("oim", None), ("giz", 2)]
    assert [x.acteur for x in filter_documents(fiches, "attente", None)] == ["oim"]
    assert [x.acteur for x in filter_documents(fiches, None, "giz")] == ["giz"]
    assert make_table_documents(fiches, {})["Doublons trouvés"].isna().tolist() == [True, False]
    commandes_documents.withdraw_document(session, qui["se"], MAINTENANT, premier, 2)
    assert [x.acteur for x in list_documents(session)] == ["oim"]


def test_what_nobody_carries_and_what_several_do(session: Session, qui: dict[str, Personne]) -> None:
    add_intervention(
        session, "C", "due", public_cible="Réfugiés ; jeunes filles", activite_code="3.1.1", themes="genre"
    )
    add_intervention(session, "D", "unicef", activite_code="3.1.3", statut="termine", themes="diaspora")
    add_intervention(session, "E", "giz", activite_code="3.1.3")
    themes = {x.code: x.interventions for x in list_portages(session, "theme", ARRETE)}
    assert (themes["sante"], themes["education"], themes["diaspora"]) == (("A", "E"), ("B",), ()), (
        "ended carries nothing"
    )
    publics = {x.nom: x.interventions for x in list_portages(session, "public", ARRETE)}
    assert publics["réfugiés"] == ("C",)
    assert publics["diaspora"] == ()
    indicateurs = {x.code: len(x.acteurs) for x in list_portages(session, "indicateur", ARRETE)}
    assert indicateurs["3.1.a"] == 2
    assert "4.a" not in indicateurs, "nobody serves it"
