"""« Évaluations » without a browser: the message, the matrix, the scale, one opened, its forms, the alerts, each for its reader."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from ccm_data.commands import evaluations as commandes
from ccm_data.config import Config
from ccm_data.db import read_session, write_session
from ccm_data.domain.permissions import Personne
from ccm_data.domain.vocabulaire import Critere
from ccm_data.models.comptes import Compte
from ccm_data.models.evaluations import Evaluation
from tests.pages.aides import Salle
from tests.pages.conftest import Ouvrir

MATRICE = "Matrice des évaluations"
HOSTILE = "<script>alert(1)</script> ![x](http://ailleurs.example/x.png) " + "Ébéniste" * 60
DEMO_CODE = "DEMO-008"  # of GIZ


@pytest.fixture
def ouvertes(demonstration: Config) -> Config:
    """The demonstration with four evaluations of ours: a draft, a shared one, two final ones (an intervention's too)."""
    maintenant = demonstration.maintenant()
    notes = {c: (2, f"Vu : {c.value}") for c in (Critere.PERTINENCE, Critere.EFFICIENCE)}
    with write_session(demonstration) as session:
        compte = session.scalars(select(Compte).where(Compte.identifiant == "se.demo")).one()
        se = Personne(compte.role, compte.id)
        for rang, (objet, code, partenaire) in enumerate(
            [
                ("activite", "3.2.2", "giz"),
                ("activite", "3.1.4", "giz"),
                ("activite", "2.4.1", None),
                ("intervention", DEMO_CODE, None),
            ]
        ):
            numero = commandes.open_evaluation(
                session, se, maintenant, objet, code, date(2026, 6, 1 + rang), partenaire
            )
            commandes.save_notes(session, se, maintenant, numero, 1, notes, "Synthèse")
            if code != "3.2.2":
                commandes.share(session, se, maintenant, numero, 2)
            if code in ("2.4.1", DEMO_CODE):
                commandes.finalise(session, se, maintenant, numero, 3)
    return demonstration


def find(config: Config, code: str) -> Evaluation:
    with read_session(config) as session:
        ligne = session.scalars(select(Evaluation).where(Evaluation.objet_code == code).order_by(Evaluation.id.desc()))
        trouvee = ligne.first()
        assert trouvee is not None
        session.expunge(trouvee)
        return trouvee


def list_objets(devant: Salle) -> set[str]:
    return {ligne["Objet"].split()[0] for ligne in devant.list_lignes(MATRICE)}


NOTRES = {"3.2.2", "3.1.4", "2.4.1", DEMO_CODE}


@pytest.mark.parametrize(
    ("qui", "lues"),
    [
        (None, {"2.4.1"}),
        ("lecteur.demo", {"2.4.1", DEMO_CODE}),
        ("acteur.giz", {"2.4.1", DEMO_CODE, "3.1.4"}),
        ("acteur.oim", {"2.4.1", DEMO_CODE}),
        ("se.demo", NOTRES),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_each_reads_his_own(salle: Ouvrir, ouvertes: Config, qui: str | None, lues: set[str]) -> None:
    devant = salle(ouvertes, qui).open("evaluations")
    assert list_objets(devant) & NOTRES == lues
    assert ("pas montrée" in devant.texte or "pas montrées" in devant.texte) is (qui != "se.demo")
    assert bool(devant.at.get("form_submit_button")) is (qui == "se.demo")


def test_the_message_counts_activities_and_interventions_apart(salle: Ouvrir, ouvertes: Config) -> None:
    titre = salle(ouvertes).open("evaluations").titre
    assert "sur 28" in titre
    assert "intervention" in titre
    ligne = next(x for x in salle(ouvertes).open("evaluations").list_lignes(MATRICE) if "2.4.1" in x["Objet"])
    assert (ligne["Pertinence"], ligne["Impact"]) == ("2 insuffisant", "non jugé")


def test_an_empty_installation_says_what_is_missing(salle: Ouvrir, reel: Config) -> None:
    devant = salle(reel).open("evaluations")
    assert devant.titre == "Aucune évaluation finale sur 28 activités"
    assert "Aucune évaluation n’est encore publiée." in devant.texte
    assert salle(reel, "admin").open("evaluations").at.get("form_submit_button")
    assert "alerte" in salle(reel).open("evaluations", onglet="alertes").texte


def test_evaluations_are_compared_by_letters_and_words(salle: Ouvrir, ouvertes: Config) -> None:
    a, b = find(ouvertes, "2.4.1").id, find(ouvertes, DEMO_CODE).id
    devant = salle(ouvertes, "se.demo").open("evaluations", comparer=f"{a},{b},inconnue")
    pistes = [n.attributs["aria-label"] for n in devant.arbre.list_tous("div", "ccm-piste")]
    assert len(pistes) == 10
    assert pistes[0].startswith("Pertinence : A 2 · insuffisant, B 2 · insuffisant, moyenne")
    assert "A non jugé, B non jugé" in pistes[4]


@pytest.mark.parametrize(
    ("filtre", "lues"),
    [
        ({"objet": "intervention"}, {DEMO_CODE}),
        ({"statut": "brouillon"}, {"3.2.2"}),
        ({"axe": "2"}, {"2.4.1"}),
        ({"objet": "rien", "statut": "rien"}, NOTRES),
    ],
    ids=["one kind", "one state", "one axis", "filters that mean nothing"],
)
def test_filters(salle: Ouvrir, ouvertes: Config, filtre: dict[str, str], lues: set[str]) -> None:
    assert list_objets(salle(ouvertes, "se.demo").open("evaluations", **filtre)) & NOTRES == lues


def test_evidence_stands_beside_each_rating_with_the_way_to_its_rows(salle: Ouvrir, ouvertes: Config) -> None:
    numero = str(find(ouvertes, "2.4.1").id)
    devant = salle(ouvertes, "lecteur.demo").open("evaluations", evaluation=numero)
    criteres = list(devant.arbre.list_tous("section", "ccm-critere"))
    assert len(criteres) == 10
    assert "2 · insuffisant" in criteres[0].texte
    assert "Vu : pertinence" in criteres[0].texte
    assert "aucun élément dans la base" in devant.texte
    liens = [a.attributs["href"] for a in criteres[2].list_tous("a")]
    assert any(lien.startswith("/indicateurs?indicateur=2.4.") for lien in liens)
    assert salle(ouvertes, "lecteur.demo").follow(liens[-1]).titre


def test_an_evaluation_that_came_without_a_journal_opens_with_its_own_dates(
    salle: Ouvrir, demonstration: Config
) -> None:
    numero = str(find(demonstration, "3.1.4").id)
    devant = salle(demonstration, "se.demo").open("evaluations", evaluation=numero)
    assert "ouverte" in devant.texte
    assert "partagée" in devant.texte.split("Historique")[1]


def test_a_visitor_reads_ratings_without_reasons(salle: Ouvrir, ouvertes: Config) -> None:
    devant = salle(ouvertes).open("evaluations", evaluation=str(find(ouvertes, "2.4.1").id))
    assert len(devant.list_lignes("Notes")) == 10
    assert "Vu : pertinence" not in devant.texte
    for code in ("3.2.2", "3.1.4", DEMO_CODE):
        refus = salle(ouvertes).open("evaluations", evaluation=str(find(ouvertes, code).id))
        assert "n’existe pas, ou n’est pas visible" in refus.texte


def test_the_spccm_opens_rates_shares_and_makes_final(salle: Ouvrir, ouvertes: Config) -> None:
    devant = salle(ouvertes, "se.demo").open("evaluations")
    (cle,) = {str(x.key).removesuffix("_objet") for x in devant.at.selectbox if str(x.key).endswith("_objet")} - {
        "choix"
    }
    devant.fill("selectbox", f"{cle}_objet", "activite|1.2").fill("date_input", f"{cle}_jour", date(2026, 2, 3)).send()
    numero = find(ouvertes, "1.2").id
    assert devant.at.query_params["evaluation"] == str(numero)
    form = f"notes_{numero}"
    devant.fill("selectbox", f"{form}_impact_note", "4").fill("text_area", f"{form}_synthese", HOSTILE).send()
    assert "Notes enregistrées" in devant.texte
    etape = devant.at.selectbox(key=f"etape_evaluation_{numero}_2_etape")
    assert [o for o in etape.options if "finale" in o.lower()] == []
    devant.at.get("form_submit_button")[1].click()
    devant.run()
    assert any("Impact" in e and "justification" in e for e in devant.erreurs)
    devant.fill("text_area", f"{form}_impact_texte", HOSTILE).send()
    devant.at.get("form_submit_button")[1].click()
    devant.run()
    assert "Évaluation partagée" in devant.texte
    assert next(devant.arbre.list_tous("script"), None) is None
    devant.fill("selectbox", f"etape_evaluation_{numero}_4_etape", "finaliser").send()
    ligne = find(ouvertes, "1.2")
    assert (ligne.statut.value, ligne.synthese) == ("finale", HOSTILE)
    assert not [x for x in devant.at.selectbox if str(x.key).startswith(("notes_", "etape_"))]


def test_what_somebody_else_wrote_meanwhile_is_told_and_nothing_typed_is_lost(salle: Ouvrir, ouvertes: Config) -> None:
    ligne = find(ouvertes, "3.2.2")
    devant = salle(ouvertes, "se.demo").open("evaluations", evaluation=str(ligne.id))
    devant.fill("text_area", f"notes_{ligne.id}_pertinence_texte", "Ma longue justification")
    with write_session(ouvertes) as session:
        compte = session.scalars(select(Compte).where(Compte.identifiant == "se2.demo")).one()
        autre = Personne(compte.role, compte.id)
        commandes.save_notes(
            session, autre, ouvertes.maintenant(), ligne.id, ligne.version, {"pertinence": (1, "Un autre avis")}
        )
    devant.send()
    assert any("entre-temps" in e for e in devant.erreurs)
    assert devant.at.text_area(key=f"notes_{ligne.id}_pertinence_texte").value == "Ma longue justification"
    devant.send()  # and insisting does not overwrite it either
    assert any("entre-temps" in e for e in devant.erreurs)
    autre_ecran = salle(ouvertes, "se2.demo").open("evaluations", evaluation=str(ligne.id))
    assert autre_ecran.at.text_area(key=f"notes_{ligne.id}_pertinence_texte").value == "Un autre avis"


def test_the_partner_answers_and_both_texts_stay(salle: Ouvrir, ouvertes: Config) -> None:
    ligne = find(ouvertes, "3.1.4")
    devant = salle(ouvertes, "acteur.giz").open("evaluations", evaluation=str(ligne.id))
    cle = f"reponse_evaluation_{ligne.id}_texte"
    devant.fill("text_area", cle, "   ").send()
    assert any("Réponse" in e for e in devant.erreurs), "an answer that says nothing"
    devant.fill("text_area", cle, "Les pluies ont tout retardé").send()
    devant.fill("text_area", cle, "Les pluies ont presque tout retardé").send()
    vu = salle(ouvertes, "se.demo").open("evaluations", evaluation=str(ligne.id))
    assert "Les pluies ont presque tout retardé" in vu.texte
    assert "Vu : pertinence" in vu.texte


def test_alerts_say_the_figures_that_make_them_and_lead_to_their_rows(salle: Ouvrir, demo: Config) -> None:
    devant = salle(demo, "se.demo").open("evaluations", onglet="alertes")
    lignes = {(x["Objet"].split()[0], x["Alerte"]): x["Chiffres"] for x in devant.list_lignes("Alertes")}
    dite = lignes["2.2.2", "Payée, peu réalisée"]
    assert dite == "payé 88 % du prévu, réalisé 35 % (alerte : payé à partir de 80 %, réalisé à moins de 40 %)"
    assert lignes["DEMO-030", "Fin dépassée, inachevée"] == "fin le 31 mars 2026, statut déclaré : suspendue"
    assert any("alertes sur" in n.texte for n in devant.arbre.list_tous("h2"))
    for adresse in sorted({a.attributs["href"] for a in devant.arbre.list_tous("a", "ccm-lien-ligne")})[:4]:
        assert salle(demo, "se.demo").follow(adresse).titre
    seules = salle(demo, "se.demo").open("evaluations", onglet="alertes", alerte="sans_paiement", objet="activite")
    assert {x["Alerte"] for x in seules.list_lignes("Alertes")} == {"Sans paiement"}
    visiteur = salle(demo).open("evaluations", onglet="alertes")
    assert "DEMO-" not in visiteur.texte
    assert "connectez-vous pour les lire" in visiteur.texte


def test_an_evaluation_opened_by_its_address_stands_above_the_list(salle: Ouvrir, demo: Config) -> None:
    texte = salle(demo, "lecteur.demo").open("evaluations", evaluation="13").texte
    assert texte.index("Critères jugés") < texte.index("moyenne des évaluations finales")
