"""A region's sheet prints on exactly one A4 page: the eight of the demonstration, and one with the longest values."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.commands.decisions import Provenance, set_region_concernee
from ccm_data.config import NOM_BASE_DEMO, Config
from ccm_data.db import get_engine, write_session
from ccm_data.domain.permissions import Personne
from ccm_data.domain.vocabulaire import (
    CategorieActeur,
    EtatSuivi,
    NiveauComite,
    Phase,
    Role,
    StatutComite,
    StatutPoint,
    TypeFinancement,
)
from ccm_data.models.acteurs import Acteur
from ccm_data.models.comptes import Compte
from ccm_data.models.decisions import RegionConcernee
from ccm_data.models.plan import Activite
from ccm_data.models.suivi import ComiteVeille, EcritureBudgetaire, PointFocal, PointInformation, Presence
from ccm_data.phrases.region import ACTIVITES_MAX
from tests.aides.serveur import Tableau, serve
from tests.aides.visite import Visite
from tests.conftest import make_config

ENTIERE, PARTIELLE = "NE006", "NE001"  # all the activities; as many as a page holds at its usual size
REGIONS = [f"NE00{n}" for n in range(1, 9)]
A4_PT = (595, 842)
FIN = {"fr": "Démonstration : chiffres de suivi inventés.", "en": "Demonstration: invented follow-up figures."}
LETTRES = "Coordination des comités de veille et d’information sur les migrations, section départementale de Téra "
NOMBRES = {"comites": 60, "points": 40, "focaux": 25, "par_categorie": 30}


def print_fiche(visite: Visite, region: str, **params: str) -> list[str]:
    """The text of each page of the printed sheet."""
    visite.open_ecran("region", region=region, **params)
    pdf = PdfReader(io.BytesIO(visite.page.pdf(prefer_css_page_size=True, print_background=True)))
    for page in pdf.pages:
        assert (round(float(page.mediabox.width)), round(float(page.mediabox.height))) == pytest.approx(A4_PT, abs=1)
    return [re.sub(r"\s+", " ", page.extract_text()) for page in pdf.pages]


def test_each_region_prints_on_one_a4_page(visiter: Callable[..., Visite], tableau_demo: Tableau) -> None:
    visite = visiter(tableau_demo)
    feuilles = {region: print_fiche(visite, region) for region in REGIONS}
    assert {region: len(pages) for region, pages in feuilles.items()} == dict.fromkeys(REGIONS, 1)
    for region, (texte,) in feuilles.items():
        assert FIN["fr"] in texte, f"{region}: the end is missing"


def list_activites(session: Session, region: str) -> list[str]:
    """The activities that concern the region in this test."""
    codes = list(session.scalars(select(Activite.code).order_by(Activite.ordre)))
    if region == ENTIERE:
        return codes
    deja = list(session.scalars(select(RegionConcernee.activite_code).where(RegionConcernee.region_code == region)))
    return (deja + [code for code in codes if code not in deja])[:ACTIVITES_MAX]


def add_longest(session: Session, config: Config, region: str) -> None:
    """The longest that the fields take: many activities concerned, long names, large amounts, many of each."""
    comptes = dict(session.execute(select(Compte.identifiant, Compte.id)).all())
    maintenant, jour = config.maintenant(), date(2024, 5, 6)
    se = Personne(Role.SUIVI_EVALUATION, comptes["se.demo"])
    valide = {
        "region_code": region, "etat": EtatSuivi.VALIDE, "auteur_id": comptes["pf.agadez"], "cree_le": maintenant,
        "valide_par_id": comptes["se.demo"], "valide_le": maintenant,
    }  # fmt: skip
    for code in list_activites(session, region):
        set_region_concernee(
            session, se, maintenant, code, region, Provenance("Essai", jour), poids="1", part_fcfa=999_999_999_999,
            nombre_prevu=999_999, unite=(LETTRES * 2)[:80],
        )  # fmt: skip
    statuts = list(StatutComite)
    for n in range(NOMBRES["comites"]):
        nom = f"{n:03d} {LETTRES * 2}"[:160]
        session.add(
            ComiteVeille(
                nom=nom, niveau=NiveauComite.VILLAGE, statut=statuts[n % 4], date_creation=jour, date_formation=jour,
                date_operationnel=jour, langues="haoussa;zarma;tamasheq;fulfulde;kanouri;français", **valide,
            )
        )  # fmt: skip
    for n in range(NOMBRES["points"]):
        session.add(PointInformation(nom=f"Point {n}", statut=StatutPoint.OUVERT, date_ouverture=jour, **valide))
    for n in range(NOMBRES["focaux"]):
        session.add(PointFocal(nom=f"Point focal {n}", depuis=jour, **valide))
    for categorie in CategorieActeur:
        for n in range(NOMBRES["par_categorie"]):
            nom = f"{n:02d} {LETTRES * 4}"[: 400 if n % 2 else 25]
            code = f"essai-{region}-{categorie.value}-{n}"
            session.add(Acteur(code=code, nom=nom, cle_tri=code, categorie=categorie))
            session.flush()
            session.add(Presence(acteur_code=code, **valide))
    for phase in (Phase.ENGAGE, Phase.PAYE):
        session.add(
            EcritureBudgetaire(
                activite_code="3.1.1", annee=2026, phase=phase, type_financement=TypeFinancement.ETAT,
                montant_fcfa=999_999_999_999, date_operation=date(2026, 8, 3), **valide,
            )
        )  # fmt: skip


@pytest.fixture(scope="module")
def tableau_long(modele_demonstration: Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tableau]:
    """A demonstration whose Tillabéri holds the longest values."""
    config = make_config(tmp_path_factory.mktemp("long"), demo=True)
    shutil.copy(modele_demonstration.data_dir / NOM_BASE_DEMO, config.data_dir / NOM_BASE_DEMO)
    with write_session(config) as session:
        for region in (ENTIERE, PARTIELLE):
            add_longest(session, config, region)
    get_engine(config.database_url).dispose()
    with serve(config) as tableau:
        yield tableau


@pytest.mark.parametrize(
    ("region", "langue"),
    [
        pytest.param(ENTIERE, "fr", id="every activity"),
        pytest.param(ENTIERE, "en", id="every activity, in English"),
        pytest.param(PARTIELLE, "fr", id="the most at the usual size"),
    ],
)
def test_the_longest_values_print_on_one_a4_page(
    visiter: Callable[..., Visite], tableau_long: Tableau, region: str, langue: str
) -> None:
    visite = visiter(tableau_long)
    pages = print_fiche(visite, region, lang=langue)
    assert len(pages) == 1
    with write_session(tableau_long.config) as session:
        codes = list_activites(session, region)
    assert len(codes) == (28 if region == ENTIERE else ACTIVITES_MAX)
    assert [code for code in codes if f" {code} " not in pages[0]] == []
    assert "999 999" in pages[0].replace(",", " ")
    assert FIN[langue] in pages[0], "the source line is missing"
