"""Invented interventions: every state of a cell, a few twins, phases, reserved amounts, rows that nobody keeps up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from ccm_data.domain.vocabulaire import EtatSuivi
from ccm_data.models.coordination import Intervention
from ccm_data.reference.demonstration import scenario as s
from ccm_data.reference.demonstration.suivi import Auteurs

M = 1_000_000
# Organisations whose amounts may be shown to all, in this story.
MONTANTS_PUBLICS = ("due", "giz", "oim", "unicef", "danida", "onudc", "fnuap")


@dataclass(frozen=True)
class _I:
    """One row of the story. `dit`: when its actor last told of it."""

    titre: str
    chef: str
    themes: str
    regions: str
    debut: date
    fin: date | None
    budget: int | None
    statut: str = "en_cours"
    bailleurs: str = ""
    partenaires: str = ""
    public: str = ""
    localites: str = ""
    pmm: str = ""
    activite: str | None = None
    dit: date = date(2026, 9, 10)
    mobilise: int | None = None
    decaisse: int | None = None
    vises: int | None = None
    atteints: int | None = None
    description: str = ""
    parts: str = ""


def _jour(texte: str) -> date:
    return date.fromisoformat(texte)


A, B = _jour("2025-01-01"), _jour("2027-06-30")
INTERVENTIONS: tuple[_I, ...] = (
    _I("Assistance aux migrants en transit", "oim", "assistance_humanitaire;protection", "NE001", _jour("2024-02-01"), B,
       1850 * M, bailleurs="due", partenaires="croix-rouge-nigerienne;drecm-r-agadez", public="migrants en transit",
       localites="Agadez;Arlit;Assamakka", pmm="7;8;15", activite="3.1.3", mobilise=1850 * M, decaisse=1120 * M, vises=9000,
       atteints=6240, description="Hébergement, vivres, soins et orientation"),
    _I("Aide aux personnes en transit dans l’Aïr", "due", "assistance_humanitaire;protection", "NE001", _jour("2024-02-01"), B,
       1850 * M, partenaires="oim", public="migrants en transit", localites="Agadez;Arlit", pmm="8;15", mobilise=1850 * M,
       description="Financement de l’assistance directe : hébergement, vivres et soins"),
    _I("Recherche et sauvetage dans le Ténéré", "croix-rouge-nigerienne", "assistance_humanitaire", "NE001", A, B, 240 * M,
       bailleurs="danida", public="migrants en détresse", localites="Dirkou;Séguédine", pmm="8", mobilise=180 * M, decaisse=95 * M,
       description="Patrouilles de secours, premiers soins"),
    _I("Secours aux voyageurs perdus dans le désert", "oim", "assistance_humanitaire", "NE001", _jour("2025-04-01"),
       _jour("2026-12-31"), 310 * M, bailleurs="mptf", public="migrants en détresse", localites="Dirkou", pmm="8",
       mobilise=310 * M, decaisse=140 * M, description="Équipes mobiles de sauvetage et soins d’urgence"),
    _I("Réintégration des retournés : activités génératrices de revenus", "oim", "retour_reintegration;developpement",
       "NE001;NE005;NE007", _jour("2023-09-01"), _jour("2026-12-31"), 2400 * M, bailleurs="due", public="migrants de retour",
       pmm="21", parts="30;30;40", mobilise=2400 * M, decaisse=1900 * M, vises=3000, atteints=2510),
    _I("AGR pour les migrants de retour de Tahoua", "oxfam", "retour_reintegration", "NE005", A, _jour("2026-12-31"), 180 * M,
       bailleurs="danida", public="migrants de retour", localites="Tahoua;Abalak", pmm="21", mobilise=180 * M, decaisse=60 * M,
       description="Formation et kits de démarrage"),
    _I("Appui-conseil aux communes sur la migration", "giz", "gouvernance_coordination;developpement", "NE001;NE005",
       _jour("2024-01-01"), _jour("2026-12-31"), 760 * M, partenaires="ctr;drecm-r-agadez", public="élus locaux", pmm="23",
       activite="3.1.4", mobilise=760 * M, decaisse=520 * M),
    _I("Appui aux points d’information multilingues", "giz", "information_sensibilisation", "NE001;NE004", A, B, 140 * M,
       public="migrants en transit", localites="Agadez;Dan Issa", pmm="3", activite="3.1.3", mobilise=140 * M, decaisse=44 * M),
    _I("Caravane de sensibilisation sur les risques du départ", "remiddh", "information_sensibilisation",
       "NE001;NE004;NE005;NE007", _jour("2025-06-01"), _jour("2026-11-30"), 95 * M, bailleurs="due", partenaires="jmed",
       public="jeunes", pmm="3", activite="2.4.2", mobilise=95 * M, decaisse=71 * M, vises=40000, atteints=31000),
    _I("Causeries avec les jeunes sur la migration irrégulière", "jmed", "information_sensibilisation", "NE005",
       _jour("2025-09-01"), _jour("2026-12-31"), 28 * M, bailleurs="giz", public="jeunes", localites="Tahoua", pmm="3",
       activite="2.4.2", mobilise=28 * M),
    _I("Protection des enfants en mobilité, phase 1", "unicef", "protection_enfance", "NE001;NE004;NE007", _jour("2022-07-01"),
       _jour("2024-06-30"), 690 * M, statut="termine", public="enfants non accompagnés", pmm="7", mobilise=690 * M,
       decaisse=688 * M, vises=2500, atteints=2611, dit=_jour("2024-07-20")),
    _I("Protection des enfants en mobilité, phase 2", "unicef", "protection_enfance", "NE001;NE004;NE007", _jour("2024-07-01"), B,
       820 * M, bailleurs="danida", public="enfants non accompagnés", pmm="7", mobilise=640 * M, decaisse=300 * M, vises=3000,
       atteints=1420),
    _I("Lutte contre la traite : enquêtes et prise en charge", "anltp", "traite_trafic", "NE008;NE001;NE007", _jour("2024-03-01"),
       _jour("2026-12-31"), 330 * M, bailleurs="onudc", partenaires="cncltp", public="victimes de traite", pmm="9;10",
       mobilise=330 * M, decaisse=150 * M),
    _I("Renforcement des enquêtes sur la traite des personnes", "onudc", "traite_trafic;securite_frontieres", "NE008;NE001;NE007",
       _jour("2024-03-01"), _jour("2026-12-31"), 330 * M, partenaires="anltp", public="magistrats et enquêteurs", pmm="9;10",
       mobilise=330 * M),
    _I("Postes frontières : équipement et formation", "oim", "securite_frontieres", "NE004;NE005", _jour("2024-05-01"), B, 1250 * M,
       bailleurs="due", partenaires="dst", public="agents des frontières", localites="Dan Issa;Birni N Konni", pmm="11",
       mobilise=1250 * M, decaisse=540 * M),
    _I("Réfugiés et hôtes : accès aux soins", "unhcr", "sante;protection", "NE006;NE004", A, _jour("2026-12-31"), 940 * M,
       partenaires="ministere-sante", public="réfugiés", pmm="15", mobilise=610 * M, decaisse=None),
    _I("Soins de santé reproductive des femmes déplacées", "fnuap", "sante;genre", "NE006;NE007", A, B, 270 * M,
       public="femmes déplacées", pmm="7;15", mobilise=270 * M, decaisse=122 * M, vises=12000, atteints=5200),
    _I("Classes passerelles des enfants de retour", "unicef", "education;protection_enfance", "NE007", _jour("2025-10-01"), B,
       190 * M, public="enfants de retour", localites="Magaria;Zinder", pmm="15;21", mobilise=120 * M, decaisse=35 * M),
    _I("Espaces sûrs pour les femmes migrantes", "onu-femmes", "genre;protection", "NE001", _jour("2026-03-01"), B, 160 * M,
       public="femmes migrantes", localites="Agadez", pmm="7", mobilise=80 * M),
    _I("Enquête sur les migrations saisonnières", "lasdel", "donnees_recherche", "NE006;NE003", _jour("2026-01-15"),
       _jour("2026-12-31"), 62 * M, bailleurs="giz", partenaires="germes", pmm="1", mobilise=62 * M, decaisse=25 * M),
    _I("Observatoire des mobilités", "oim", "donnees_recherche", "NE", _jour("2023-01-01"), B, 480 * M, bailleurs="due",
       partenaires="dm", pmm="1;3", activite="3.2.1", mobilise=480 * M, decaisse=390 * M),
    _I("Appui au Secrétariat permanent", "giz", "gouvernance_coordination", "NE", _jour("2022-06-01"), _jour("2026-12-31"), 520 * M,
       partenaires="sp-ccm", pmm="23", activite="2.2.1", mobilise=520 * M, decaisse=470 * M),
    _I("Mobilisation de la diaspora pour l’investissement", "dm", "diaspora;developpement", "NE", _jour("2026-02-01"), B, None,
       bailleurs="due", public="Nigériens de l’extérieur", pmm="19;20"),
    _I("Emploi des jeunes dans les zones de départ", "progem-giz", "developpement", "NE003;NE005;NE007", _jour("2024-09-01"), B,
       1100 * M, public="jeunes", pmm="2", mobilise=1100 * M, decaisse=480 * M, vises=4500, atteints=1980),
    _I("État civil des enfants de migrants", "ministere-interieur", "protection_enfance", "NE001;NE008", _jour("2026-01-01"), B,
       85 * M, bailleurs="unicef", public="enfants", pmm="4", mobilise=85 * M, dit=_jour("2026-02-02")),
    _I("Assistance humanitaire aux déplacés de Diffa", "ocha", "assistance_humanitaire", "NE002", _jour("2024-01-01"),
       _jour("2026-12-31"), 1300 * M, bailleurs="unhcr", public="déplacés internes", localites="Diffa", pmm="15",
       mobilise=900 * M, dit=_jour("2025-01-15")),
    _I("Protection des réfugiés de Diffa", "unhcr", "protection", "NE002", A, _jour("2026-12-31"), None, public="réfugiés", pmm="7",
       dit=_jour("2025-05-04")),
    _I("Centre d’accueil de Gaya", "croix-rouge-nigerienne", "assistance_humanitaire", "NE003", _jour("2027-01-01"),
       _jour("2027-12-31"), 210 * M, statut="planifie", public="migrants en transit", localites="Gaya", pmm="15"),
    _I("Formation des agents de santé aux frontières", "ministere-sante", "sante", "NE003", _jour("2026-11-01"),
       _jour("2027-10-31"), 74 * M, statut="planifie", bailleurs="fnuap", public="agents de santé", localites="Gaya",
       pmm="15", mobilise=74 * M),
    _I("Cliniques mobiles sur la route de Dirkou", "croix-rouge-nigerienne", "sante", "NE001", A, _jour("2026-03-31"), 130 * M,
       bailleurs="due", public="migrants en transit", localites="Dirkou;Agadez", pmm="15", mobilise=130 * M, decaisse=126 * M,
       statut="suspendu"),
    _I("Soutien psychosocial à Niamey", "cndh", "protection", "NE008", _jour("2025-05-01"), B, 48 * M, bailleurs="unhcr",
       public="demandeurs d’asile", pmm="7", mobilise=48 * M, decaisse=19 * M),
    _I("Cadre régional de concertation de Maradi", "drecm-r-maradi", "gouvernance_coordination", "NE004", A, _jour("2026-12-31"),
       14 * M, bailleurs="giz", public="acteurs de la migration", pmm="23", activite="2.1.4", mobilise=14 * M, decaisse=11 * M),
    _I("Redynamisation du CCM régional de Maradi", "giz", "gouvernance_coordination", "NE004", A, _jour("2026-12-31"), 15 * M,
       partenaires="drecm-r-maradi", public="acteurs de la migration", pmm="23", activite="2.1.4", mobilise=15 * M),
)  # fmt: skip


def list_interventions(auteurs: Auteurs) -> list[Intervention]:
    """The rows, validated; an actor without account is told by the SP/CCM."""
    return [_make(rang, i, auteurs) for rang, i in enumerate(INTERVENTIONS, 1)]


def _make(rang: int, i: _I, auteurs: Auteurs) -> Intervention:
    valide = datetime(i.dit.year, i.dit.month, i.dit.day, 10, 0, tzinfo=UTC)
    return Intervention(
        code=f"DEMO-{rang:03d}", titre=f"{i.titre} (démonstration)", description=i.description or None, acteur_code=i.chef,
        partenaires=i.partenaires or None, bailleurs=i.bailleurs or None, themes=i.themes, objectifs_pmm=i.pmm or None,
        regions=i.regions, parts_regions=i.parts or None, localites=i.localites or None, public_cible=i.public or None,
        date_debut=i.debut, date_fin=i.fin, budget_fcfa=i.budget, mobilise_fcfa=i.mobilise, decaisse_fcfa=i.decaisse,
        statut=i.statut, activite_code=i.activite, beneficiaires_vises=i.vises, beneficiaires_atteints=i.atteints,
        source=s.SOURCE, etat=EtatSuivi.VALIDE, auteur_id=auteurs.acteurs.get(i.chef, auteurs.national),
        valide_par_id=auteurs.validateur, cree_le=valide - timedelta(days=6), soumis_le=valide - timedelta(days=5),
        valide_le=valide,
    )  # fmt: skip
