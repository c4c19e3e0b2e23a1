"""Invented supports, of institutions to the SP/CCM and of the SP/CCM to the regions, and communication products."""

from __future__ import annotations

from datetime import date

from ccm_data.domain.calendrier import Trimestre
from ccm_data.domain.vocabulaire import CadreAppui, NatureAppui, TypeProduit
from ccm_data.models.registres import Appui, ProduitCommunication
from ccm_data.reference.demonstration.suivi import Auteurs, make_valide

M = 1_000_000
N = NatureAppui
T = TypeProduit
# institution, kind, title, first day, last day, amount, equipment. Eleven institutions (1.a), some of them twice.
INSTITUTIONNELS: tuple[tuple[str, NatureAppui, str, str, str | None, int | None, str | None], ...] = (
    ("oim", N.LOGISTIQUE, "Appui au fonctionnement du secrétariat", "2022-04-11", "2026-12-31", 48 * M, None),
    ("giz", N.TECHNIQUE, "Appui-conseil en planification", "2022-06-06", "2025-12-31", None, None),
    ("due", N.FINANCIER, "Financement des rencontres du CCM", "2022-09-19", "2024-09-18", 35 * M, None),
    ("unicef", N.TECHNIQUE, "Appui au sous-groupe Migration-Protection de l’enfant", "2023-02-06", None, None, None),
    ("unhcr", N.PLAIDOYER, "Plaidoyer commun sur la protection", "2023-04-03", None, None, None),
    ("onudc", N.FORMATION, "Formation des membres sur la traite", "2023-09-11", "2023-09-15", 6 * M, None),
    ("danida", N.FINANCIER, "Fonds d’appui aux requêtes", "2024-03-04", "2026-12-31", 27 * M, None),
    ("fnuap", N.TECHNIQUE, "Appui à la collecte de données par sexe", "2024-10-07", None, None, None),
    ("onu-femmes", N.FORMATION, "Formation sur le genre et la migration", "2025-03-17", "2025-03-20", 4 * M, None),
    ("remiddh", N.PLAIDOYER, "Plaidoyer auprès des collectivités", "2025-05-12", None, None, None),
    ("ministere-interieur", N.LOGISTIQUE, "Mise à disposition de bureaux", "2025-11-03", None, None, None),
    ("oim", N.EQUIPEMENT, "Équipement informatique du secrétariat", "2024-05-20", None, 9 * M, "6 ordinateurs ; 1 vidéoprojecteur"),
    ("giz", N.FORMATION, "Formation au suivi-évaluation", "2026-02-09", "2026-02-13", None, None),
)  # fmt: skip
# region, kind, title, day, amount, equipment: nine supports to the DREC/MR (3.1.b)
REGIONAUX: tuple[tuple[str, NatureAppui, str, str, int | None, str | None], ...] = (
    ("NE001", N.EQUIPEMENT, "Dotation des comités de veille", "2023-10-09", 7_500_000, "3 motos ; 2 mégaphones"),
    ("NE001", N.FORMATION, "Recyclage des comités de veille", "2025-09-15", 2_200_000, None),
    ("NE003", N.EQUIPEMENT, "Équipement du bureau régional", "2024-11-12", 1_800_000, "1 ordinateur ; 1 imprimante"),
    ("NE004", N.LOGISTIQUE, "Prise en charge des réunions trimestrielles", "2023-11-06", 1_200_000, None),
    ("NE004", N.EQUIPEMENT, "Dotation des comités de veille", "2026-08-03", 4_600_000, "2 motos ; 1 mégaphone"),
    ("NE005", N.TECHNIQUE, "Accompagnement à la rédaction des rapports", "2024-05-13", None, None),
    ("NE006", N.LOGISTIQUE, "Prise en charge des déplacements", "2024-09-02", 900_000, None),
    ("NE007", N.EQUIPEMENT, "Équipement du bureau régional", "2025-07-07", 2_100_000, "1 ordinateur ; 1 radio"),
    ("NE008", N.TECHNIQUE, "Appui au recensement des intervenants", "2025-12-08", None, None),
)
DRECMR = {
    "NE001": "drecm-r-agadez", "NE003": "drecm-r-dosso", "NE004": "drecm-r-maradi", "NE005": "drecm-r-tahoua",
    "NE006": "drecm-r-tillaberi", "NE007": "drecm-r-zinder", "NE008": "drecm-r-niamey",
}  # fmt: skip
# region (None: national), organisation that made it, kind, title, day, languages, public, copies, activity
PRODUITS: tuple[tuple[str | None, str | None, TypeProduit, str, str, str, str, int | None, str], ...] = (
    (None, None, T.BULLETIN, "Bulletin du CCM, premier numéro", "2023-06-30", "français", "structures membres", 300, "2.3.2"),
    (None, None, T.BULLETIN, "Bulletin du CCM, deuxième numéro", "2024-07-12", "français", "structures membres", 350, "2.3.2"),
    (None, None, T.PAGE_WEB, "Page de présentation du CCM", "2024-09-30", "français; haoussa", "tout public", None, "3.1.5"),
    ("NE001", None, T.AFFICHE, "Où s’informer avant de partir", "2023-04-17", "tamajeq; haoussa; français", "migrants en transit",
     600, "3.1.3"),
    ("NE001", None, T.EMISSION_RADIO, "Émission sur les points d’information", "2025-02-10", "haoussa; tamajeq", "population", 24,
     "3.1.3"),
    ("NE007", None, T.AFFICHE, "Les risques de la route", "2024-12-02", "haoussa; kanouri", "jeunes", 400, "2.3.2"),
    ("NE005", None, T.AUTRE, "Théâtre-forum sur les retours", "2025-11-24", "haoussa", "jeunes", 6, "2.3.2"),
    ("NE004", "oim", T.DEPLIANT, "Retour et réintégration, mode d’emploi", "2025-05-05", "haoussa; français", "migrants de retour",
     1500, "3.1.3"),
    (None, "remiddh", T.ARTICLE, "Les droits des personnes en mobilité", "2025-10-20", "français", "décideurs", None, "2.4.2"),
    (None, "giz", T.VIDEO, "Une journée découverte à Agadez", "2026-06-22", "français; haoussa", "tout public", 1, "3.1.4"),
)  # fmt: skip


def _read(jour: str | None) -> date | None:
    return date.fromisoformat(jour) if jour else None


def list_appuis(auteurs: Auteurs) -> list[Appui]:
    """Supports of institutions, then to the regions."""
    nationaux = [
        Appui(
            **make_valide(auteurs, None, Trimestre.from_date(date.fromisoformat(debut))),
            cadre=CadreAppui.INSTITUTIONNEL, institution_code=qui, beneficiaire_code="sp-ccm", nature=nature,
            intitule=f"{titre} (démonstration)", date_debut=date.fromisoformat(debut), date_fin=_read(fin),
            montant_fcfa=montant, equipements=equipements, activite_code="1.1",
        )
        for qui, nature, titre, debut, fin, montant, equipements in INSTITUTIONNELS
    ]  # fmt: skip
    regionaux = [
        Appui(
            **make_valide(auteurs, region, Trimestre.from_date(date.fromisoformat(jour))),
            cadre=CadreAppui.DREC_MR, institution_code="sp-ccm", beneficiaire_code=DRECMR[region], nature=nature,
            intitule=f"{titre} (démonstration)", date_debut=date.fromisoformat(jour), montant_fcfa=montant,
            equipements=equipements, activite_code="3.1.2",
        )
        for region, nature, titre, jour, montant, equipements in REGIONAUX
    ]  # fmt: skip
    return [*nationaux, *regionaux]


def list_produits(auteurs: Auteurs) -> list[ProduitCommunication]:
    """Communication products, some of organisations."""
    return [
        ProduitCommunication(
            **make_valide(auteurs, region, Trimestre.from_date(date.fromisoformat(jour)))
            | ({"acteur_code": qui, "auteur_id": auteurs.acteurs[qui]} if qui else {}),
            type=genre, intitule=f"{titre} (démonstration)", date_diffusion=date.fromisoformat(jour), langues=langues,
            public_cible=public, exemplaires=exemplaires, activite_code=activite,
        )
        for region, qui, genre, titre, jour, langues, public, exemplaires, activite in PRODUITS
    ]  # fmt: skip
