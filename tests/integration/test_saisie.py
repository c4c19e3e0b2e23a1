"""A row typed in a form: what is kept while it is typed, what waits, what is sent, and what nobody may do."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ccm_data.commands.depots import validate_lignes
from ccm_data.commands.periodes import lock_trimestre
from ccm_data.commands.suivi import return_ligne, validate_ligne
from ccm_data.commands.sujets import SUJETS, TENIR_REGISTRES
from ccm_data.domain.calendrier import Trimestre
from ccm_data.domain.permissions import Personne
from ccm_data.domain.vocabulaire import EtatSuivi, Gravite
from ccm_data.errors import AccesRefuse, Conflit, PeriodeVerrouillee, ValeurInvalide
from ccm_data.imports.attente import list_en_cours, list_file
from ccm_data.imports.gabarit import make_gabarit
from ccm_data.imports.lecture import read_classeur
from ccm_data.imports.saisie import judge_saisie, list_bruts, read_connue, save_saisie, send_saisie
from ccm_data.imports.schemas import FEUILLES, PAR_SUJET
from ccm_data.imports.validation import validate
from ccm_data.models.comptes import FRAPPE, Journal
from ccm_data.models.suivi import ComiteVeille, EcritureBudgetaire, MiseAJour
from ccm_data.queries.installation import get_installation
from tests.aides.classeurs import COMITE, ECRITURE, MISE_A_JOUR, REGISTRES, RENCONTRE, VALEUR
from tests.integration.aides_commandes import MAINTENANT, make_personnes

MAJ = "mise_a_jour"
PAR_SUJET_BRUTS: dict[str, dict[str, Any]] = {
    MAJ: MISE_A_JOUR, "ecriture_budgetaire": ECRITURE, "valeur_indicateur": VALEUR, "comite_veille": COMITE, **REGISTRES,
}  # fmt: skip


@pytest.fixture
def personnes(session: Session) -> dict[str, Personne]:
    return make_personnes(session)


@pytest.fixture
def focal(personnes: dict[str, Personne]) -> Personne:
    return personnes["focal"]


def test_nothing_is_kept_before_one_knows_what_it_is_about(session: Session, focal: Personne) -> None:
    note = save_saisie(session, focal, MAINTENANT, MAJ, MISE_A_JOUR | {"activite_code": None}, None, None)
    assert (note.ligne_id, session.scalar(select(func.count()).select_from(MiseAJour))) == (None, 0)


@pytest.mark.parametrize("sujet", PAR_SUJET_BRUTS)
def test_a_typed_row_becomes_a_draft_then_a_deposit_without_file(
    session: Session, focal: Personne, personnes: dict[str, Personne], sujet: str
) -> None:
    bruts = PAR_SUJET_BRUTS[sujet]
    qui = personnes["se2"] if SUJETS[sujet].droit == TENIR_REGISTRES else focal
    if sujet in {"point_ordre_du_jour", "recommandation"}:
        save_saisie(session, focal, MAINTENANT, "rencontre", RENCONTRE, None, None)
    note = save_saisie(session, qui, MAINTENANT, sujet, bruts, None, None)
    assert (note.en_attente, note.version) == (frozenset(), 1)
    depot = send_saisie(session, qui, MAINTENANT, sujet, bruts, note.ligne_id)
    assert (depot.lignes, depot.nom_fichier, depot.empreinte) == (1, None, None)
    (ligne,) = list_file(session, personnes["se"])
    assert ligne.choix[:2] == (sujet, note.ligne_id)
    validate_lignes(session, personnes["se"], MAINTENANT, [ligne.choix])


@pytest.mark.parametrize(
    ("change", "attend"),
    [
        ({"avancement": "155"}, {"avancement"}),
        ({"avancement": "beaucoup"}, set()),  # nothing readable: the field keeps the text, the draft has no value
        ({"debut_reel": "01/05/2024", "fin_reelle": "01/02/2024"}, {"fin_reelle"}),
        ({"fin_reelle": "01/02/2030"}, {"fin_reelle"}),
    ],
    ids=["more than done", "no number", "an end before its beginning", "an end to come"],
)
def test_a_faulty_field_waits_and_the_others_are_kept(
    session: Session, focal: Personne, change: dict[str, str], attend: set[str]
) -> None:
    bruts = MISE_A_JOUR | {"narratif": "Deux réunions."} | change
    note = save_saisie(session, focal, MAINTENANT, MAJ, bruts, None, None)
    assert note.en_attente == attend
    gardee = session.get_one(MiseAJour, note.ligne_id)
    assert (gardee.narratif, gardee.etat) == ("Deux réunions.", EtatSuivi.BROUILLON)
    assert judge_saisie(session, focal, MAINTENANT, MAJ, bruts).fautives == 1


def test_a_committee_without_its_date_waits_for_its_state_alone(session: Session, focal: Personne) -> None:
    prevu = COMITE | {"statut": "Planifié", "date_creation": None}
    note = save_saisie(session, focal, MAINTENANT, "comite_veille", prevu, None, None)
    suite = prevu | {"statut": "Créé", "commune": "Iférouane"}
    note = save_saisie(session, focal, MAINTENANT, "comite_veille", suite, note.ligne_id, note.version)
    gardee = session.get_one(ComiteVeille, note.ligne_id)
    assert (note.en_attente, gardee.commune, gardee.statut.value) == ({"statut"}, "Iférouane", "planifie")


# subject, what is typed, what waits, whether the rest is kept already
INACHEVES: dict[str, tuple[str, dict[str, Any], set[str], bool]] = {
    "asked by a member not yet named": ("rencontre", {"nature": "À la demande d’un membre"}, {"nature"}, True),
    "done on a day not yet said": ("recommandation", {"statut": "Réalisée"}, {"statut"}, True),
    "presents before the meeting": ("rencontre", {"date_rencontre": "10/12/2026"}, {"presents"}, True),
    "paid by a partner not yet named": ("poste_spccm", {"partenaire_code": None}, {"payeur"}, False),
    "adopted in a meeting not yet named": ("etape_perennisation", {"nature": "Adoption de la feuille de route"}, {"nature"}, False),
    "a regional body before its region": ("rencontre", {"region_code": "National"}, {"instance_code"}, False),
    "fewer than no women": ("sensibilisation", {"etat_femmes": "-2"}, {"etat_femmes"}, True),
}  # fmt: skip


@pytest.mark.parametrize("cas", INACHEVES)
def test_a_row_of_a_register_is_kept_while_a_part_of_it_waits(
    session: Session, personnes: dict[str, Personne], cas: str
) -> None:
    sujet, change, attend, gardee = INACHEVES[cas]
    if sujet == "recommandation":
        save_saisie(session, personnes["focal"], MAINTENANT, "rencontre", RENCONTRE, None, None)
    note = save_saisie(session, personnes["se"], MAINTENANT, sujet, REGISTRES[sujet] | change, None, None)
    assert (note.en_attente, note.ligne_id is not None) == (attend, gardee)


def test_an_emptied_field_becomes_null_not_zero(session: Session, focal: Personne) -> None:
    note = save_saisie(session, focal, MAINTENANT, MAJ, MISE_A_JOUR, None, None)
    save_saisie(session, focal, MAINTENANT, MAJ, MISE_A_JOUR | {"avancement": ""}, note.ligne_id, note.version)
    assert session.get_one(MiseAJour, note.ligne_id).avancement is None


def test_typing_makes_one_journal_line_and_moves_no_figure(session: Session, focal: Personne) -> None:
    note = save_saisie(session, focal, MAINTENANT, MAJ, MISE_A_JOUR, None, None)
    version = get_installation(session).version
    for rang, texte in enumerate(("Deux", "Deux réunions", "Deux réunions tenues")):
        quand = MAINTENANT + timedelta(seconds=rang)
        note = save_saisie(
            session, focal, quand, MAJ, MISE_A_JOUR | {"narratif": texte}, note.ligne_id, note.version
        )  # fmt: skip
    (ligne,) = session.scalars(select(Journal).where(Journal.action == FRAPPE))
    assert (ligne.avant["narratif"], ligne.apres["narratif"]) == (None, "Deux réunions tenues")
    assert get_installation(session).version == version
    plus_tard = MAINTENANT + timedelta(hours=3)
    save_saisie(session, focal, plus_tard, MAJ, MISE_A_JOUR, note.ligne_id, note.version)
    assert session.scalar(select(func.count()).where(Journal.action == FRAPPE)) == 2


def test_what_is_typed_twice_is_written_once(session: Session, focal: Personne) -> None:
    note = save_saisie(session, focal, MAINTENANT, MAJ, MISE_A_JOUR, None, None)
    encore = save_saisie(session, focal, MAINTENANT, MAJ, MISE_A_JOUR, note.ligne_id, note.version)
    assert encore == note


def test_who_typed_does_not_validate(session: Session, focal: Personne, personnes: dict[str, Personne]) -> None:
    se = personnes["se"]
    note = save_saisie(session, focal, MAINTENANT, MAJ, MISE_A_JOUR, None, None)
    note = save_saisie(session, se, MAINTENANT, MAJ, MISE_A_JOUR | {"avancement": 61}, note.ligne_id, note.version)
    send_saisie(session, focal, MAINTENANT, MAJ, MISE_A_JOUR | {"avancement": 61}, note.ligne_id)
    (ligne,) = list_file(session, se)
    with pytest.raises(AccesRefuse, match="propre_depot"):
        validate_ligne(session, se, MAINTENANT, *ligne.choix)


def test_the_second_of_two_is_told(session: Session, focal: Personne) -> None:
    note = save_saisie(session, focal, MAINTENANT, MAJ, MISE_A_JOUR, None, None)
    save_saisie(session, focal, MAINTENANT, MAJ, MISE_A_JOUR | {"avancement": 61}, note.ligne_id, note.version)
    with pytest.raises(Conflit):
        save_saisie(session, focal, MAINTENANT, MAJ, MISE_A_JOUR | {"avancement": 62}, note.ligne_id, note.version)


@pytest.mark.parametrize("qui", ["visiteur", "lecteur"])
def test_who_may_not_deposit_may_not_type(session: Session, personnes: dict[str, Personne], qui: str) -> None:
    with pytest.raises(AccesRefuse):
        save_saisie(session, personnes[qui], MAINTENANT, MAJ, MISE_A_JOUR, None, None)


def test_another_region_is_refused_even_as_a_draft(session: Session, focal: Personne) -> None:
    with pytest.raises(AccesRefuse):
        save_saisie(session, focal, MAINTENANT, MAJ, MISE_A_JOUR | {"region_code": "Zinder"}, None, None)


def test_a_closed_quarter_takes_no_draft(session: Session, focal: Personne, personnes: dict[str, Personne]) -> None:
    lock_trimestre(session, personnes["se"], MAINTENANT, Trimestre(2026, 3))
    with pytest.raises(PeriodeVerrouillee):
        save_saisie(session, focal, MAINTENANT, MAJ, MISE_A_JOUR, None, None)


def test_a_faulty_row_is_not_sent(session: Session, focal: Personne) -> None:
    with pytest.raises(ValeurInvalide, match="lignes_fautives"):
        send_saisie(session, focal, MAINTENANT, MAJ, MISE_A_JOUR | {"avancement": "155"}, None)


def test_the_form_finds_the_validated_row_that_it_corrects(
    session: Session, focal: Personne, personnes: dict[str, Personne]
) -> None:
    send_saisie(session, focal, MAINTENANT, MAJ, MISE_A_JOUR, None)
    validate_lignes(session, personnes["se"], MAINTENANT, [x.choix for x in list_file(session, personnes["se"])])
    connue = read_connue(session, focal, MAJ, MISE_A_JOUR, None)
    assert connue.existant == connue.valide
    bruts = list_bruts(PAR_SUJET[MAJ], connue.existant)
    assert (bruts["periode"], bruts["avancement"]) == ("T3 2026", 60)
    note = save_saisie(session, focal, MAINTENANT, MAJ, MISE_A_JOUR | {"avancement": 64}, None, None)
    apres = read_connue(session, focal, MAJ, MISE_A_JOUR, None)
    assert (apres.numero, apres.valide) == (note.ligne_id, connue.valide)


def test_a_template_says_a_fact_once_even_under_correction(
    session: Session, focal: Personne, personnes: dict[str, Personne]
) -> None:
    send_saisie(session, focal, MAINTENANT, MAJ, MISE_A_JOUR, None)
    validate_lignes(session, personnes["se"], MAINTENANT, [x.choix for x in list_file(session, personnes["se"])])
    note = save_saisie(session, focal, MAINTENANT, MAJ, MISE_A_JOUR | {"avancement": 64}, None, None)
    octets = make_gabarit(session, focal, "", MAINTENANT, demonstration=False)
    jugee = validate(session, focal, MAINTENANT, read_classeur(octets))
    assert [a for a in jugee.anomalies if a.gravite is not Gravite.A_VERIFIER] == []
    (ligne,) = [x for x in jugee.lignes if x.sujet == MAJ]
    assert (ligne.existant.id if ligne.existant else None, ligne.valeurs["avancement"]) == (note.ligne_id, 64)


def test_an_amount_in_euros_comes_back_as_it_was_typed(session: Session, focal: Personne) -> None:
    euros = ECRITURE | {"montant": "1 000,50", "devise": "EUR"}
    note = save_saisie(session, focal, MAINTENANT, "ecriture_budgetaire", euros, None, None)
    ligne = session.get_one(EcritureBudgetaire, note.ligne_id)
    assert (ligne.montant_origine, ligne.montant_fcfa) == (1000.5, 656_285)
    connue = read_connue(session, focal, "ecriture_budgetaire", {}, note.ligne_id)
    assert list_bruts(PAR_SUJET["ecriture_budgetaire"], connue.existant)["montant"] == 1000.5


def test_rows_under_way_are_listed_those_to_mend_first(
    session: Session, focal: Personne, personnes: dict[str, Personne]
) -> None:
    save_saisie(session, focal, MAINTENANT, "comite_veille", COMITE, None, None)
    send_saisie(session, focal, MAINTENANT, MAJ, MISE_A_JOUR, None)
    (ligne,) = list_file(session, personnes["se"])
    return_ligne(
        session, personnes["se"], MAINTENANT, *ligne.choix, note="Revoir", retour_avant_le=MAINTENANT.date()
    )  # fmt: skip
    assert [(x.etat, x.note) for x in list_en_cours(session, focal)] == [
        (EtatSuivi.RETOURNE, "Revoir"), (EtatSuivi.BROUILLON, None),
    ]  # fmt: skip
    assert list_en_cours(session, personnes["se"]) == []
    assert list_en_cours(session, personnes["acteur"]) == []


@given(donnees=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_whatever_is_typed_is_kept_or_told(session: Session, focal: Personne, donnees: st.DataObject) -> None:
    feuille = donnees.draw(st.sampled_from(FEUILLES))
    bruts = {c.champ: donnees.draw(st.none() | st.text(max_size=12)) for c in feuille.colonnes}
    bruts |= {c: v for c, v in PAR_SUJET_BRUTS.get(feuille.sujet, {}).items() if donnees.draw(st.booleans())}
    judge_saisie(session, focal, MAINTENANT, feuille.sujet, bruts)
    point = session.begin_nested()
    with suppress(AccesRefuse, PeriodeVerrouillee):
        save_saisie(session, focal, MAINTENANT, feuille.sujet, bruts, None, None)
    point.rollback()
