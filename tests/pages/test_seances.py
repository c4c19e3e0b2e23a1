"""« Séances » without a browser: empty, prepared, arranged, frozen, noted, handed out; what each person sees; two at once."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select

from ccm_data.commands import seances as commandes
from ccm_data.config import NOM_BASE_DEMO, Config
from ccm_data.db import get_engine, read_session, write_session
from ccm_data.domain.permissions import Personne
from ccm_data.domain.vocabulaire import EtatSeance, EtatSuivi, Role
from ccm_data.models.comptes import Compte
from ccm_data.models.instances import PointOrdreDuJour, Recommandation, Rencontre
from ccm_data.models.seances import ImageSeance, Seance
from ccm_data.reference.demonstration.seances import FIGEE, PREPAREE
from tests.conftest import make_config
from tests.pages.aides import Salle
from tests.pages.conftest import Ouvrir

HOSTILE = '<script>alert("1")</script> **gras** $x^2$ ' + "x" * 150
SE = "se.demo"


@pytest.fixture
def change(modele_demonstration: Config, tmp_path: Path) -> Iterator[Config]:
    """A demonstration of this test's own."""
    config = make_config(tmp_path, demo=True)
    shutil.copy(modele_demonstration.data_dir / NOM_BASE_DEMO, config.data_dir / NOM_BASE_DEMO)
    yield config
    get_engine(config.database_url).dispose()


def read_seance(config: Config, code: str = PREPAREE) -> Seance:
    with read_session(config) as session:
        seance = session.scalars(select(Seance).where(Seance.code == code)).one()
        session.expunge(seance)
    return seance


def list_cles(config: Config, code: str = PREPAREE) -> list[str]:
    return [s["cle"] for s in read_seance(config, code).scenes]


def find_bouton(salle: Salle, debut: str) -> Any:
    """The button whose words begin so."""
    boutons = [*salle.at.button, *salle.at.get("form_submit_button")]
    return next(b for b in boutons if b.label.startswith(debut))


def press(salle: Salle, debut: str) -> Salle:
    find_bouton(salle, debut).click()
    return salle.run()


def find_cle(salle: Salle, genre: str, fin: str) -> str:
    """The key of the first widget of this kind whose key ends so."""
    return next(str(w.key) for w in getattr(salle.at, genre) if str(w.key).endswith(fin))


def fill(salle: Salle, genre: str, fin: str, valeur: Any) -> Salle:
    return salle.fill(genre, find_cle(salle, genre, fin), valeur)


# ---- empty, hostile, read only ----


def test_an_empty_list_says_so_and_offers_the_first(salle: Ouvrir, reel: Config) -> None:
    devant = salle(reel, "admin").open("seances")
    assert devant.titre == "Aucune séance préparée"
    assert "Préparez la première" in devant.texte
    assert find_bouton(devant, "Préparer la séance")


def test_a_seance_that_is_not_there_is_told(salle: Ouvrir, demo: Config) -> None:
    devant = salle(demo, SE).open("seances", seance="rien")
    assert "n’existe pas, ou n’est pas visible" in devant.texte
    assert devant.titre.startswith("2 séances, dont 1 figée")


@pytest.mark.parametrize("qui", ["lecteur.demo", "pf.agadez", "acteur.oim"])
def test_readers_see_what_is_frozen_and_no_form(salle: Ouvrir, demo: Config, qui: str) -> None:
    devant = salle(demo, qui).open("seances")
    assert devant.titre == "1 séance, dont 1 figée"
    assert "n’existe pas, ou n’est pas visible" in salle(demo, qui).open("seances", seance=PREPAREE).texte
    devant = salle(demo, qui).open("seances", seance=FIGEE)
    assert devant.titre == "CCM, séance du 11 juin 2026"
    assert ("Projeter", f"/seances/{FIGEE}/projection") in devant.list_liens()
    assert list(devant.at.segmented_control[-1].options) == ["Documents", "Ce qui a changé"]
    assert not devant.at.get("form_submit_button")
    assert not devant.at.text_area


def test_the_address_does_not_open_the_forms_to_a_reader(salle: Ouvrir, demo: Config) -> None:
    devant = salle(demo, "lecteur.demo").open("seances", seance=FIGEE, partie="deroulement")
    assert not devant.at.checkbox
    assert find_bouton(devant, "Préparer les documents")


# ---- preparing ----


def test_a_seance_is_prepared_from_an_agenda(salle: Ouvrir, change: Config) -> None:
    devant = salle(change, SE).open("seances")
    fill(devant, "selectbox", "_instance_code", "gtm")
    fill(devant, "date_input", "_date_seance", date(2026, 12, 3))
    fill(devant, "date_input", "_date_arrete", date(2026, 9, 30))
    fill(devant, "selectbox", "_region_invitee", "NE002")
    fill(devant, "text_area", "_ordre_du_jour", f"Budget : reste à mobiliser\n{HOSTILE}")
    press(devant, "Préparer la séance")
    assert devant.titre == "GTM, séance du 3 décembre 2026"
    seance = read_seance(change, "gtm-2026-12-03")
    assert [p["intitule"] for p in seance.ordre_du_jour] == ["Budget", HOSTILE[:200]]
    assert seance.region_invitee == "NE002"
    assert [s["cle"] for s in seance.scenes] == ["point", "budget", "point", "region", "prochaines_etapes"]
    assert "<script>" in devant.texte, "hostile words stay words"


def test_a_date_of_figures_after_the_meeting_is_refused(salle: Ouvrir, change: Config) -> None:
    devant = salle(change, SE).open("seances")
    fill(devant, "date_input", "_date_seance", date(2026, 6, 1))
    press(devant, "Préparer la séance")
    assert any("ne convient pas : elle va du début du plan" in e for e in devant.erreurs)


def test_items_are_added_moved_changed_and_taken_away_with_their_scenes(salle: Ouvrir, change: Config) -> None:
    devant = salle(change, SE).open("seances", seance=PREPAREE)
    press(devant, "Ajouter un point")
    fill(devant, "text_input", "_intitule", "Divers")
    fill(devant, "text_area", "_texte", "long " * 1000)
    press(devant, "Enregistrer le point")
    assert read_seance(change).ordre_du_jour[-1]["intitule"] == "Divers"
    press(devant, "Monter « Divers »")
    assert read_seance(change).ordre_du_jour[-2]["intitule"] == "Divers"
    press(devant, "Modifier « Divers »")
    fill(devant, "multiselect", "_scenes", ["carte"])
    press(devant, "Enregistrer le point")
    assert read_seance(change).ordre_du_jour[-2]["scenes"] == ["carte"]
    press(devant, "Retirer « Divers »")
    assert "Divers" not in [p["intitule"] for p in read_seance(change).ordre_du_jour]
    assert [s["options"].get("numero") for s in read_seance(change).scenes if s["cle"] == "point"] == [1, 2, 3, 4, 5]


def test_scenes_are_moved_changed_added_and_taken_away(salle: Ouvrir, change: Config) -> None:
    devant = salle(change, SE).open("seances", seance=PREPAREE)
    avant = list_cles(change)
    press(devant, "Descendre « Suites des recommandations »")
    assert list_cles(change)[:3] == [avant[0], avant[2], avant[1]]
    press(devant, "Retirer « Carte des régions »")
    assert "carte" not in list_cles(change)
    press(devant, "Modifier « Rapprochements à examiner »")
    assert "est un choix" in devant.texte
    fill(devant, "checkbox", "_nommer", True)
    fill(devant, "text_input", "_decision", "Rendre les verdicts")
    press(devant, "Enregistrer la scène")
    (rapprochements,) = [s for s in read_seance(change).scenes if s["cle"] == "rapprochements"]
    assert rapprochements["options"] == {"nommer": True, "decision": "Rendre les verdicts"}
    assert "les organisations sont nommées" in devant.texte
    devant.set("selectbox", "choix_ajout", "graphique")
    fill(devant, "selectbox", "_graphique", "budget_annees")
    fill(devant, "selectbox", "_place", "0")
    press(devant, "Ajouter la scène")
    assert read_seance(change).scenes[0]["options"]["graphique"] == "budget_annees"


def test_a_picture_needs_its_words_and_loses_its_secrets(salle: Ouvrir, change: Config) -> None:
    devant = salle(change, SE).open("seances", seance=PREPAREE, ajout="image")
    press(devant, "Ajouter l’image")
    assert any("Choisissez d’abord une image" in e for e in devant.erreurs)
    octets = io.BytesIO()
    Image.new("RGB", (2400, 1200), "#0F4C3F").save(octets, "PNG")
    devant.at.get("file_uploader")[0].set_value([("carte.png", octets.getvalue(), "image/png")])
    devant.run()
    press(devant, "Ajouter l’image")
    assert any("Ce que montre l’image" in e for e in devant.erreurs)
    fill(devant, "text_input", "_alt", "Un rectangle vert")
    press(devant, "Ajouter l’image")
    with read_session(change) as session:
        (image,) = session.scalars(select(ImageSeance)).all()
        session.expunge(image)
    assert (image.alt, image.largeur, image.hauteur) == ("Un rectangle vert", 1920, 960)
    assert list_cles(change)[-2:] == ["image", "prochaines_etapes"]


def test_what_is_no_picture_is_told(salle: Ouvrir, change: Config) -> None:
    devant = salle(change, SE).open("seances", seance=PREPAREE, ajout="image")
    devant.at.get("file_uploader")[0].set_value([("faux.png", b"rien", "image/png")])
    devant.run()
    fill(devant, "text_input", "_alt", "Rien")
    press(devant, "Ajouter l’image")
    assert any("n’est pas une image" in e for e in devant.erreurs)


def change_ailleurs(config: Config) -> None:
    """Somebody else drops every scene but one."""
    with write_session(config) as session:
        autre = session.scalars(select(Compte).where(Compte.identifiant == "se2.demo")).one()
        seance = session.scalars(select(Seance).where(Seance.code == PREPAREE)).one()
        qui = Personne(Role.SUIVI_EVALUATION, autre.id)
        commandes.set_scenes(session, qui, config.maintenant(), seance.id, seance.version, [{"cle": "axes"}])


def test_two_who_arrange_at_once_are_told_and_nothing_is_overwritten(salle: Ouvrir, change: Config) -> None:
    devant = salle(change, SE).open("seances", seance=PREPAREE)
    change_ailleurs(change)
    press(devant, "Retirer « Budget »")
    assert any("Quelqu’un a changé" in e for e in devant.erreurs)
    assert list_cles(change) == ["axes"]
    press(devant, "Retirer « Le plan par axe »")
    assert devant.erreurs == []
    assert list_cles(change) == []


def test_a_form_written_on_an_older_state_is_refused(salle: Ouvrir, change: Config) -> None:
    devant = salle(change, SE).open("seances", seance=PREPAREE)
    press(devant, "Modifier « Synthèse du plan »")
    fill(devant, "text_input", "_titre", "Mon titre")
    change_ailleurs(change)
    press(devant, "Enregistrer la scène")
    assert "Quelqu’un a changé cette séance entre-temps" in devant.texte
    assert list_cles(change) == ["axes"]
    assert "Quelqu’un" not in devant.run().texte, "told once"


# ---- freezing ----


def test_freezing_asks_to_be_sure_then_closes_all_but_the_order(salle: Ouvrir, change: Config) -> None:
    devant = salle(change, SE).open("seances", seance=PREPAREE)
    press(devant, "Figer les chiffres")
    assert any("Cochez la case" in e for e in devant.erreurs)
    fill(devant, "checkbox", "_confirme", True)
    press(devant, "Figer les chiffres")
    seance = read_seance(change)
    assert seance.etat is EtatSeance.FIGEE
    assert (seance.empreinte or "?")[:12] in devant.texte
    labels = [b.label for b in devant.at.button]
    assert any(label.startswith("Monter") for label in labels)
    assert not any(label.startswith(("Retirer", "Modifier", "Ajouter")) for label in labels)
    press(devant, "Descendre « Suites des recommandations »")
    assert read_seance(change).empreinte == seance.empreinte
    assert list_cles(change)[1:3] == ["changements", "suites"]


def test_a_seance_given_up_stays_in_the_list(salle: Ouvrir, change: Config) -> None:
    devant = salle(change, SE).open("seances", seance=PREPAREE)
    press(devant, "Annuler la séance")
    assert "Cette séance est annulée." in devant.texte
    assert not any("projection" in href for _texte, href in devant.list_liens())
    assert read_seance(change).etat is EtatSeance.ANNULEE


# ---- the meeting ----


def test_the_quorum_follows_the_boxes_and_presence_is_kept(salle: Ouvrir, change: Config) -> None:
    devant = salle(change, SE).open("seances", seance=FIGEE, partie="deroulement")
    quorum = {x["Collège"]: x for x in devant.list_lignes("Quorum par collège")}
    avant = int(quorum["PTF"]["Présents"])
    devant.set("checkbox", find_cle(devant, "checkbox", "_giz"), True)
    apres = {x["Collège"]: x for x in devant.list_lignes("Quorum par collège")}
    assert int(apres["PTF"]["Présents"]) == avant + 1
    assert "pas encore enregistrés" in devant.texte
    fill(devant, "text_area", "_etapes", "Réunion en mars")
    press(devant, "Enregistrer la présence")
    seance = read_seance(change, FIGEE)
    assert "giz" in (seance.presents or [])
    assert seance.prochaines_etapes == "Réunion en mars"
    assert "pas encore enregistrés" not in devant.texte


def test_presence_that_nobody_took_stays_unknown(salle: Ouvrir, change: Config) -> None:
    devant = salle(change, SE).open("seances", seance=PREPAREE)
    fill(devant, "checkbox", "_confirme", True)
    press(devant, "Figer les chiffres")
    devant = salle(change, SE).open("seances", seance=PREPAREE, partie="deroulement")
    assert "présences non renseignées" in devant.texte
    fill(devant, "text_area", "_etapes", "Relancer")
    press(devant, "Enregistrer la présence")
    assert read_seance(change).presents is None
    fill(devant, "checkbox", "_releve", True)
    press(devant, "Enregistrer la présence")
    assert read_seance(change).presents == []


def test_a_decision_noted_here_waits_in_the_register(salle: Ouvrir, change: Config) -> None:
    devant = salle(change, SE).open("seances", seance=FIGEE, partie="deroulement")
    assert [x["Registre des recommandations"] for x in devant.list_lignes("Décisions")] == [
        "REC-2026-001 · Validé", "REC-2026-002 · Validé",
    ]  # fmt: skip
    fill(devant, "text_area", "_texte", HOSTILE)
    fill(devant, "selectbox", "_responsable", "oim")
    press(devant, "Noter la décision")
    assert devant.list_lignes("Décisions")[-1]["Registre des recommandations"] == f"{FIGEE}-D03 · Soumis"
    with read_session(change) as session:
        (ligne,) = session.scalars(select(Recommandation).where(Recommandation.code == f"{FIGEE}-D03")).all()
        session.expunge(ligne)
    assert (ligne.texte, ligne.responsable_code, ligne.etat) == (HOSTILE, "oim", EtatSuivi.SOUMIS)
    press(devant, "Noter la décision")
    assert any("est vide" in e for e in devant.erreurs)


def test_the_meeting_is_sent_to_the_registers(salle: Ouvrir, change: Config) -> None:
    devant = salle(change, SE).open("seances", seance=FIGEE, partie="deroulement")
    n = len(read_seance(change, FIGEE).ordre_du_jour) + 1
    press(devant, "Verser dans les registres")
    assert f"Lignes versées, à valider : {n}." in devant.texte
    with read_session(change) as session:
        attend = select(Rencontre).where(Rencontre.code == FIGEE, Rencontre.etat == EtatSuivi.SOUMIS)
        assert len(session.scalars(attend).all()) == 1
        points = select(PointOrdreDuJour).where(
            PointOrdreDuJour.rencontre_code == FIGEE, PointOrdreDuJour.etat == EtatSuivi.SOUMIS
        )
        assert len(session.scalars(points).all()) == n - 1


# ---- handing out ----


def test_documents_are_made_once_and_kept_for_the_session(salle: Ouvrir, demo: Config) -> None:
    devant = salle(demo, "lecteur.demo").open("seances", seance=FIGEE, partie="documents")
    press(devant, "Préparer les documents")
    labels = [b.proto.label for b in devant.at.get("download_button")]
    assert labels == [
        "Tous les documents (zip)", "PowerPoint", "Word, bilan trimestriel", "Word, bilan annuel", "PDF", "Excel",
        "Un seul fichier HTML",
    ]  # fmt: skip
    devant.run()
    assert len(devant.at.get("download_button")) == len(labels)


def test_a_rehearsal_has_no_document_but_its_html(salle: Ouvrir, demo: Config) -> None:
    devant = salle(demo, SE).open("seances", seance=PREPAREE, partie="documents")
    assert "Les documents viennent d’une séance figée." in devant.texte
    assert any(href.endswith(f"/seances/{PREPAREE}/fichier") for _texte, href in devant.list_liens())
    assert not devant.at.get("download_button")


def test_a_template_that_is_none_is_told_and_ours_is_used(salle: Ouvrir, demo: Config) -> None:
    devant = salle(demo, SE).open("seances", seance=FIGEE, partie="documents")
    vide = io.BytesIO()
    with zipfile.ZipFile(vide, "w") as archive:
        archive.writestr("rien.txt", "rien")
    devant.at.get("file_uploader")[0].set_value([("faux.pptx", vide.getvalue(), "application/zip")])
    devant.run()
    assert any("« faux.pptx » n’est pas une présentation PowerPoint" in e for e in devant.erreurs)
    assert "Le modèle du SP/CCM sera utilisé." in devant.texte


def test_what_changed_is_told_by_heading(salle: Ouvrir, demo: Config) -> None:
    devant = salle(demo, SE).open("seances", seance=PREPAREE, partie="changements")
    assert "changements depuis la séance du 11 juin 2026" in devant.texte
    assert [x["Quoi"] for x in devant.list_lignes("Argent")] == ["Mobilisé", "Engagé", "Décaissé"]
    assert "Rien à comparer encore." in salle(demo, SE).open("seances", seance=FIGEE, partie="changements").texte
