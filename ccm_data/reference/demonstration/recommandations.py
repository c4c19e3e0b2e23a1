"""Invented recommendations of the meetings, in every status: done with proof, late, carried over, given up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ccm_data.domain.calendrier import Trimestre
from ccm_data.domain.vocabulaire import StatutRecommandation
from ccm_data.models.instances import Recommandation
from ccm_data.reference.demonstration import scenario as s
from ccm_data.reference.demonstration.rencontres import Reunion, list_reunions
from ccm_data.reference.demonstration.suivi import Auteurs, make_valide

A_FAIRE, EN_COURS, REALISEE, ABANDONNEE = (
    StatutRecommandation.A_FAIRE,
    StatutRecommandation.EN_COURS,
    StatutRecommandation.REALISEE,
    StatutRecommandation.ABANDONNEE,
)


@dataclass(frozen=True)
class _R:
    """A recommendation. `fait`: day and proof; `reconduite`: meetings that carried it over."""

    rencontre: str
    point: int | None
    texte: str
    responsable: str | None
    echeance: str | None
    statut: StatutRecommandation = A_FAIRE
    activite: str | None = None
    indicateur: str | None = None
    fait: tuple[str, str] | None = None
    reconduite: str = ""
    lies: str = ""
    region: str | None = None


RECOMMANDATIONS = (
    _R("CCM-2022-01", None, "Tenir la liste des membres des instances à jour", "sp-ccm", "2022-12-31", REALISEE, "2.4.1", "2.4.a",
       ("2022-11-22", "Liste des membres, version 1")),
    _R("CCM-2022-02", 1, "Partager les documents sept jours avant chaque rencontre", "sp-ccm", "2023-03-31", EN_COURS,
       reconduite="CCM-2023-01;CCM-2023-02;CCM-2025-02"),
    _R("CCM-2023-01", 2, "Remettre au SP/CCM les documents de programmation", "due", "2023-12-31", REALISEE, "2.1.1", None,
       ("2024-05-28", "Trois documents reçus"), "CCM-2023-02", "oim;giz;unicef"),
    _R("CCM-2023-02", 2, "Inscrire au budget de l’État la prise en charge des postes du SP/CCM", "ministere-finances",
       "2024-10-31",
       EN_COURS, "5.2", "5.c", None, "CCM-2024-03;CCM-2025-01;CCM-2026-01", "ministere-interieur"),
    _R("CCM-2024-01", 3, "Adopter la feuille de route sur la pérennisation des postes", "sp-ccm", "2024-06-30", REALISEE, "5.2",
       "5.c", ("2024-06-13", "Compte rendu de la rencontre")),
    _R("CCM-2024-02", 4, "Rapprocher les actions de secours dans le Ténéré", "oim", "2025-03-31", EN_COURS, "2.1.1", "2.1.a",
       None,
       "CCM-2024-03;CCM-2025-02", "croix-rouge-nigerienne"),
    _R("CCM-2024-03", 2, "Relancer les régions sans rapport", "dgecm-r", "2025-02-28", A_FAIRE, "5.1", None, None, "CCM-2025-01"),
    _R("CCM-2025-01", 4, "Préparer un protocole de partage des données entre structures", "hapdp", "2026-03-31", A_FAIRE, "3.2.3",
       None, None, "CCM-2025-02;CCM-2026-01", "dm;oim"),
    _R("CCM-2025-01", 2, "Ouvrir un guichet unique pour les requêtes", "sp-ccm", "2025-12-31", ABANDONNEE, "1.1", "1.b"),
    _R("CCM-2025-02", 2, "Organiser l’évaluation d’étape de la feuille de route", "sp-ccm", "2026-06-30", REALISEE, "5.2",
       "5.c", ("2026-06-11", "Rapport d’évaluation d’étape")),
    _R("CCM-2026-01", 2, "Présenter les écarts entre registres et valeurs déclarées", "sp-ccm", "2026-12-10", EN_COURS, "5.2",
       "5.a"),
    _R("CCM-2026-01", 2, "Rouvrir un dialogue avec la région de Diffa sur ses rapports", "ministere-interieur", "2026-10-31",
       A_FAIRE,
       "5.1", None, region="NE002"),
    _R("CCM-2026-01", 4, "Préparer le plan d’action suivant avec les régions", "sp-ccm", "2027-03-31", A_FAIRE, "5.2"),
    _R("GTM-2023-02", 2, "Compléter les fiches d’interventions sans montant", "giz", "2023-12-31", REALISEE, "2.1.3", None,
       ("2023-12-11", "Fiches complétées")),
    _R("GTM-2024-04", 2, "Harmoniser le canevas des rapports trimestriels", "dm", "2025-03-31", REALISEE, "5.2", "5.a",
       ("2025-02-24", "Canevas commun")),
    _R("GTM-2025-04", 2, "Vérifier les valeurs de l’indicateur 2.2.a", "anltp", "2026-03-31", EN_COURS, "2.2.1", "2.2.a", None,
       "GTM-2026-01;GTM-2026-02"),
    _R("GTM-2026-03", 2, "Publier le calendrier des missions de sensibilisation de 2027", "sp-ccm", "2026-12-31", A_FAIRE, "1.2",
       "1.c"),
    _R("CPM-2023-02", 2, "Établir un circuit d’orientation commun", "anltp", "2024-06-30", REALISEE, "2.2.1", None,
       ("2024-06-04", "Schéma d’orientation"), "CPM-2024-01"),
    _R("CPM-2025-02", 2, "Trouver des places d’accueil de nuit pour les mineurs", "ministere-femme-enfant", "2025-12-31", A_FAIRE,
       "2.2.3", None, None, "CPM-2025-03;CPM-2026-01;CPM-2026-02", "unicef;croix-rouge-nigerienne"),
    _R("CPM-2026-02", 3, "Actualiser la carte des services de protection", "unhcr", "2026-12-15", EN_COURS, "2.2.1"),
    _R("SGE-2025-01", 2, "Former les points focaux à l’écoute des enfants", "unicef", "2025-12-31", REALISEE, "2.2.3", "2.3.b",
       ("2025-11-27", "Liste de présence")),
    _R("CCM-AGADEZ-2024-02", 2, "Relancer le point d’information de la gare routière", "drecm-r-agadez", "2025-03-31", REALISEE,
       "3.1.3", None, ("2025-03-06", "Compte rendu de visite"), region="NE001"),
    _R("CCM-AGADEZ-2025-02", 2, "Réunir chaque trimestre les comités de veille", "drecm-r-agadez", "2026-06-30", EN_COURS,
       "3.1.2",
       "3.1.a", None, "CCM-AGADEZ-2026-01", region="NE001"),
    _R("CCM-MARADI-2025-01", 2, "Installer le comité de veille de Mayahi", "drecm-r-maradi", "2026-03-31", A_FAIRE, "3.1.1",
       "3.1.a",
       None, "CCM-MARADI-2026-01", region="NE004"),
    _R("CCM-TAHOUA-2026-01", 1, "Rendre les rapports dans les quinze jours", "drecm-r-tahoua", "2026-08-15", A_FAIRE, "5.1", None,
       region="NE005"),
    _R("CCM-ZINDER-2025-01", 2, "Traduire les affiches en kanouri", "drecm-r-zinder", None, EN_COURS, "2.3.2", None,
       lies="unicef", region="NE007"),
    _R("CCM-TILLABERI-2025-01", 3, "Reprendre les rencontres régionales", "drecm-r-tillaberi", "2025-12-31", A_FAIRE, "2.1.4",
       region="NE006"),
    _R("CCM-DIFFA-2024-01", 3, "Désigner un point focal", "ministere-interieur", "2024-06-30", A_FAIRE, "5.1", region="NE002"),
)  # fmt: skip


def _find_moment(r: _R, reunions: dict[str, Reunion]) -> Trimestre:
    """When the row as it stands was validated: after its last carrying over or its proof."""
    jours = [reunions[code].jour for code in (r.rencontre, *filter(None, r.reconduite.split(";")))]
    if r.fait:
        jours.append(date.fromisoformat(r.fait[0]))
    return min(Trimestre.from_date(max(jours)), s.DERNIER)


def list_recommandations(auteurs: Auteurs) -> list[Recommandation]:
    """The rows, numbered within the year of their meeting."""
    reunions = {r.code: r for r in list_reunions()}
    rangs: dict[int, int] = {}
    lignes = []
    for r in RECOMMANDATIONS:
        annee = reunions[r.rencontre].jour.year
        rangs[annee] = rangs.get(annee, 0) + 1
        lignes.append(
            Recommandation(
                **make_valide(auteurs, r.region, _find_moment(r, reunions)),
                code=f"REC-{annee}-{rangs[annee]:03d}", rencontre_code=r.rencontre, point_numero=r.point,
                texte=f"{r.texte} (démonstration)", responsable_code=r.responsable,
                echeance=date.fromisoformat(r.echeance) if r.echeance else None, statut=r.statut, activite_code=r.activite,
                indicateur_code=r.indicateur, acteurs_lies=r.lies or None, reconduite_par=r.reconduite.replace(";", "; ") or None,
                realisee_le=date.fromisoformat(r.fait[0]) if r.fait else None,
                preuve=f"{r.fait[1]} (démonstration)" if r.fait else None,
            )
        )  # fmt: skip
    return lignes
