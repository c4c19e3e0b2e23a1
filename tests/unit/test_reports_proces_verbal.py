"""The minutes of a séance draft themselves from what was noted; what was not is said, and no person is named."""

from __future__ import annotations

import io
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from ccm_data.domain.instances import Membre, Quorum, Regle, compute_quorum
from ccm_data.domain.seances import PointSeance, SceneChoisie
from ccm_data.domain.vocabulaire import College, EtatSeance, ModeQuorum
from ccm_data.phrases.rencontres import list_lignes_quorum
from ccm_data.phrases.rendus import say_demonstration, say_empreinte
from ccm_data.queries.seances import DecisionLue, FicheSeance
from ccm_data.queries.seances_suites import Assemblee
from ccm_data.reports.docx import Presence, render_proces_verbal
from ccm_data.reports.rendus import list_presences
from tests.aides.decks import HOSTILES, LONG

EMPREINTE = "ab12" * 16


def open_docx(octets: bytes) -> Any:
    return Document(io.BytesIO(octets))


def squeeze(texte: str) -> str:
    return re.sub(r"[\s\x00-\x1f]", "", texte)


def read_corps(document: Any) -> str:
    """All that is written in the body, placeholders included, without spaces."""
    return squeeze("".join(t.text or "" for t in document.element.body.iter(qn("w:t"))))


def list_champs(element: Any) -> list[str]:
    return [(x.text or "").strip() for x in element.iter(qn("w:instrText"))]


MEMBRES = [
    Membre("mi", College.ETAT), Membre("mj", College.ETAT), Membre("oim", College.PTF), Membre("due", College.PTF),
    Membre("giz", College.PTF), Membre("rem", College.OSC), Membre("cndh", College.OSC, observateur=True),
]  # fmt: skip
NOMS = {
    "mi": "Ministère de l’Intérieur", "mj": "Ministère de la Justice", "oim": "OIM", "due": "DUE", "giz": "GIZ",
    "rem": "REMIDDH", "cndh": "CNDH", "uam": "Université de Niamey",
}  # fmt: skip
REGLES = [Regle(None, ModeQuorum.NOMBRE, Decimal(4)), Regle(College.PTF, ModeQuorum.NOMBRE, Decimal(3))]
DECISIONS = (
    DecisionLue(
        1, 3, "Prolonger l’activité 3.1.1 dans le plan suivant.", "mi", "Ministère de l’Intérieur", date(2027, 1, 15), None,
        "CCM-2026-12-18-D01", datetime(2026, 12, 18, tzinfo=UTC),
    ),
    DecisionLue(
        2, None, "Relancer les régions \u0007sans rapport.", None, None, None, None, None, datetime(2026, 12, 18, tzinfo=UTC)
    ),
)  # fmt: skip


def make_fiche(**champs: Any) -> FicheSeance:
    faits: dict[str, Any] = {
        "id": 1, "code": "CCM-2026-12-18", "instance_code": "ccm", "instance": "Cadre de Concertation sur la Migration",
        "region_code": None, "intitule": "CCM", "date_seance": date(2026, 12, 18), "date_arrete": date(2026, 9, 30),
        "lieu": "Niamey, salle de conférences", "region_invitee": None, "etat": EtatSeance.FIGEE, "version": 1,
        "ordre_du_jour": (PointSeance("Suivi des recommandations", "Depuis la dernière séance."), PointSeance("Régions")),
        "scenes": (SceneChoisie("suites"), SceneChoisie("axes")), "presents": ("mi", "oim", "due", "rem", "cndh", "uam"),
        "points_cles": {"1": "Treize sont en retard.\nLes échéances sont rappelées."},
        "prochaines_etapes": "Réunir les comités régionaux.", "empreinte": EMPREINTE, "fige_le": None, "auteur": "SP/CCM",
    }  # fmt: skip
    return FicheSeance(**(faits | champs))


def make_proces_verbal(fiche: FicheSeance, decisions: tuple[DecisionLue, ...] = DECISIONS) -> Any:
    presences = list_presences(fiche, Assemblee(tuple(MEMBRES), tuple(REGLES), NOMS))
    return open_docx(
        render_proces_verbal(fiche, decisions, presences, make_quorum(fiche), EMPREINTE, demonstration=True)
    )


def make_quorum(fiche: FicheSeance) -> Quorum:
    return compute_quorum(MEMBRES, fiche.presents, REGLES)


def read_lignes(document: Any, titre: str) -> list[tuple[str, ...]]:
    tableau = next(t for t in document.tables if t.rows[0].cells[1].text == titre)
    return [tuple(c.text for c in rang.cells) for rang in list(tableau.rows)[1:]]


def test_minutes_say_the_body_the_date_the_place_and_the_hash() -> None:
    document = make_proces_verbal(make_fiche())
    corps = read_corps(document)
    faits = (
        "Procès-verbal",
        "Cadre de Concertation sur la Migration",
        "18 décembre 2026",
        "Niamey, salle de conférences",
        EMPREINTE,
    )
    assert [t for t in faits if squeeze(t) not in corps] == []
    entete = squeeze("".join(p.text for p in document.sections[0].header.paragraphs))
    assert squeeze(say_empreinte(EMPREINTE)) in entete
    assert squeeze(say_demonstration()) in entete
    assert list_champs(document.sections[0].footer._element) == ["PAGE", "NUMPAGES"]


def test_minutes_list_organisations_by_college_and_who_was_not_there() -> None:
    assert read_lignes(make_proces_verbal(make_fiche()), "Organisations présentes") == [
        ("État", "Ministère de l’Intérieur", "Ministère de la Justice"),
        ("PTF", "DUE, OIM", "GIZ"),
        ("OSC", "REMIDDH", "—"),
        ("Observateurs", "CNDH", "—"),
        ("Hors membres", "Université de Niamey", "—"),
    ]


def test_minutes_give_the_quorum_of_each_college_as_it_was_computed() -> None:
    fiche = make_fiche()
    document = make_proces_verbal(fiche)
    assert read_lignes(document, "Membres") == list_lignes_quorum(make_quorum(fiche))
    assert "Quorum : non atteint." in [p.text.replace("\xa0", " ")[:21] for p in document.paragraphs]


def test_a_presence_that_was_not_taken_is_said_and_is_no_absence() -> None:
    document = make_proces_verbal(make_fiche(presents=None))
    textes = [p.text for p in document.paragraphs]
    assert "Présence non relevée." in textes
    assert any("présences non renseignées" in t for t in textes)
    assert {ligne[2] for ligne in read_lignes(document, "Membres")} == {"non renseigné"}
    assert "Absentes" not in read_corps(document)


def test_agenda_items_have_their_key_points_or_a_place_to_write_them() -> None:
    document = make_proces_verbal(make_fiche())
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 2"] == [
        "1. Suivi des recommandations", "2. Régions",
    ]  # fmt: skip
    textes = [p.text for p in document.paragraphs]
    assert "Treize sont en retard." in textes
    assert "Les échéances sont rappelées." in textes
    (vide,) = document.element.body.iter(qn("w:sdt"))
    assert "Points clés non notés" in "".join(t.text for t in vide.iter(qn("w:t")))


def test_decisions_have_who_when_and_their_code_in_the_register() -> None:
    assert read_lignes(make_proces_verbal(make_fiche()), "Décision") == [
        ("1", "Prolonger l’activité 3.1.1 dans le plan suivant.", "Ministère de l’Intérieur", "15\u00a0janv.\u00a02027",
         "CCM-2026-12-18-D01"),
        ("2", "Relancer les régions sans rapport.", "non renseigné", "sans échéance", "non renseigné"),
    ]  # fmt: skip


def test_minutes_of_an_empty_seance_say_what_was_not_noted() -> None:
    fiche = make_fiche(ordre_du_jour=(), points_cles={}, prochaines_etapes=None, lieu=None, presents=(), scenes=())
    document = open_docx(render_proces_verbal(fiche, (), (), None, ""))
    corps = read_corps(document)
    for texte in (
        "Aucun point à l’ordre du jour.", "Aucune décision notée.", "Prochaines étapes non notées",
        "Aucune organisation présente.", "Lieu : non renseigné", "Quorum : aucun n’est demandé.",
    ):  # fmt: skip
        assert squeeze(texte) in corps


def test_who_signs_is_a_function_and_never_a_name() -> None:
    document = make_proces_verbal(make_fiche())
    signatures = [c.text for c in document.tables[-1].rows[0].cells]
    assert [t.split("\n")[0] for t in signatures] == ["Le Secrétariat permanent", "La présidence de séance"]
    assert all(set(t.split("\n")[-1]) == {"_"} for t in signatures)


def test_hostile_minutes_keep_every_word() -> None:
    points = tuple(PointSeance(t[:200], t) for t in (*HOSTILES, LONG))
    cles = {str(n): t for n, t in enumerate((*HOSTILES, LONG), 1)}
    fiche = make_fiche(ordre_du_jour=points, points_cles=cles, prochaines_etapes=LONG)
    presences = (Presence("\u0007" + "Œ" * 300, College.ETAT), Presence("=1+1", None))
    document = open_docx(
        render_proces_verbal(fiche, DECISIONS, presences, make_quorum(fiche), EMPREINTE, documents=HOSTILES)
    )
    corps = read_corps(document)
    assert [t for t in (*HOSTILES, LONG, "Œ" * 300) if squeeze(t) not in corps] == []
