"""Invented good practices, lessons and opinions; how the logframe's hypotheses and risks stood, day after day."""

from __future__ import annotations

from datetime import date

from ccm_data.domain.calendrier import Trimestre
from ccm_data.domain.vocabulaire import EtatHypothese, NatureHypothese, NaturePratique
from ccm_data.models.registres import BonnePratique, SuiviHypothese
from ccm_data.reference.demonstration.suivi import Auteurs, make_valide

P = NaturePratique
H, R = NatureHypothese.HYPOTHESE, NatureHypothese.RISQUE
MAITRISE, INCERTAIN, CRITIQUE = EtatHypothese.MAITRISE, EtatHypothese.INCERTAIN, EtatHypothese.CRITIQUE

# region, organisation (None: the SP/CCM or the region), kind, day, title, context, what is retained, conditions, theme,
# activity, intervention
PRATIQUES: tuple[
    tuple[str | None, str | None, NaturePratique, str, str, str, str, str | None, str | None, str | None, str | None], ...
] = (
    ("NE001", None, P.BONNE_PRATIQUE, "2024-05-14", "Des comités de veille qui tournent entre les villages",
     "Les réunions se tenaient toujours au chef-lieu.",
     "Tenir la réunion dans un village différent chaque mois double la participation.",
     "Un moyen de transport et un calendrier connu d’avance.", "information_sensibilisation", "3.1.1", None),
    ("NE004", None, P.BONNE_PRATIQUE, "2025-06-24", "Un partage des communes entre intervenants",
     "Trois organisations visitaient les mêmes communes.", "Une carte partagée en réunion régionale évite les visites en double.",
     "Que le CCM régional se réunisse deux fois par an.", "gouvernance_coordination", "2.1.4", None),
    (None, None, P.LECON_APPRISE, "2024-12-10", "Le dossier envoyé tard fait perdre le quorum",
     "Deux rencontres sans quorum avaient reçu le dossier trois jours avant.",
     "Envoyer le dossier sept jours avant, avec accusé de lecture.",
     None, "gouvernance_coordination", "2.4.2", None),
    (None, None, P.LECON_APPRISE, "2026-01-20", "Payer d’avance n’avance pas les travaux",
     "Une activité payée aux quatre cinquièmes n’est faite qu’au tiers.",
     "Lier les tranches de paiement à des réalisations constatées.",
     "Des rapports validés à temps.", None, "5.2", None),
    ("NE001", "oim", P.BONNE_PRATIQUE, "2025-09-09", "Secours et information dans la même équipe",
     "Les patrouilles ne faisaient que du secours.", "Ajouter un agent d’information à chaque patrouille.", None,
     "assistance_humanitaire",
     None, "DEMO-004"),
    ("NE001", "giz", P.LECON_APPRISE, "2025-03-04", "Une langue de plus change la fréquentation",
     "Le point d’information n’était tenu qu’en français.", "Ajouter le tamajeq a fait venir un public nouveau.",
     "Des agents recrutés sur place.", "information_sensibilisation", "3.1.3", "DEMO-008"),
    ("NE005", "remiddh", P.BONNE_PRATIQUE, "2025-12-02", "Les anciens migrants animent les causeries",
     "Le public des causeries baissait.", "Confier l’animation à des personnes revenues.", None, "information_sensibilisation",
     "2.4.2",
     "DEMO-009"),
    (None, "oim", P.AVIS_DISPOSITIF, "2026-03-30", "Un canevas trimestriel trop long",
     "Le canevas demande deux fois les mêmes montants.", "Reprendre les montants déjà déposés.", None, None, None, None),
    (None, "giz", P.AVIS_DISPOSITIF, "2026-06-18", "Des délais de retour à annoncer",
     "Un dépôt retourné sans délai reste sans suite.", "Donner une date à chaque retour.", None, None, "5.2", None),
    ("NE007", None, P.LECON_APPRISE, "2025-05-20", "Sans point focal pourvu, plus de rapport",
     "Le poste est resté vide six mois.", "Désigner un suppléant dès l’installation.", None, "gouvernance_coordination", "5.1",
     None),
)  # fmt: skip

# objective, kind, day, state, finding, measure, who follows
HYPOTHESES: tuple[tuple[str, NatureHypothese, str, EtatHypothese, str, str | None, str | None], ...] = (
    ("1", H, "2024-12-16", INCERTAIN, "Une requête sur deux passe par le SP/CCM.", "Rappel en réunion du CCM.", "sp-ccm"),
    ("1", H, "2026-06-22", MAITRISE, "La plupart des requêtes passent par le SP/CCM.", None, "sp-ccm"),
    ("1", R, "2026-06-22", INCERTAIN, "Deux structures déposent encore directement auprès des partenaires.", None, "sp-ccm"),
    ("2.1", H, "2026-06-22", MAITRISE, "Les ensembles se réunissent avant les rencontres.", None, "due"),
    ("2.1", R, "2025-06-16", INCERTAIN, "Trois partenaires n’ont pas remis leurs documents.",
     "Relance par la coordination des PTF.", "due"),
    ("2.2", H, "2026-06-29", INCERTAIN, "Les structures de protection couvrent cinq régions sur huit.", None, "anltp"),
    ("2.2", R, "2025-07-07", INCERTAIN, "Peu de places d’accueil de nuit.", None, "ministere-femme-enfant"),
    ("2.2", R, "2026-06-29", CRITIQUE, "Aucune place d’accueil de nuit pour les mineurs dans deux régions.",
     "Recherche d’un financement par requête.", "ministere-femme-enfant"),
    ("2.3", H, "2026-06-22", MAITRISE, "Le SP/CCM réunit le GTM chaque trimestre.", None, "sp-ccm"),
    ("2.3", R, "2026-06-22", MAITRISE, "Peu de retards dans les réponses des partenaires.", None, "sp-ccm"),
    ("2.4", H, "2026-06-22", MAITRISE, "Les OSC siègent dans toutes les instances nationales.", None, "remiddh"),
    ("2.4", R, "2025-12-15", INCERTAIN, "Les OSC viennent moins souvent que les autres membres.",
     "Invitations avancées de deux semaines.",
     "remiddh"),
    ("3.1", H, "2026-06-29", INCERTAIN, "Six régions sur huit font circuler l’information.", None, "dgecm-r"),
    ("3.1", R, "2024-07-15", INCERTAIN, "Rapports irréguliers à Diffa.", "Appel trimestriel.", "dgecm-r"),
    ("3.1", R, "2026-06-29", CRITIQUE, "Aucun rapport de Diffa depuis deux ans.",
     "Dialogue à rouvrir, recommandé en juin 2026.", "dgecm-r"),
    ("3.2", H, "2026-06-22", CRITIQUE, "Aucun échange enregistré au net-forum.", "Formation des points focaux au net-forum.",
     "sp-ccm"),
    ("3.2", R, "2026-06-22", CRITIQUE, "L’intérêt pour le net-forum reste à créer.", "Un thème par mois, animé par un membre.",
     "sp-ccm"),
    ("4", H, "2026-06-22", MAITRISE, "Les rencontres prévues se tiennent.", None, "dm"),
    ("4", R, "2026-06-22", MAITRISE, "Les partenaires extérieurs répondent aux invitations.", None, "dm"),
    ("5", H, "2026-06-22", INCERTAIN, "Trois régions rendent leurs rapports en retard.", None, "dgecm-r"),
    ("5", R, "2026-06-22", INCERTAIN, "La participation des régions baisse en fin de plan.", None, "dgecm-r"),
)  # fmt: skip


def list_pratiques(auteurs: Auteurs) -> list[BonnePratique]:
    """Practices and lessons, by regions, organisations and the SP/CCM."""
    return [
        BonnePratique(
            **make_valide(auteurs, region, Trimestre.from_date(date.fromisoformat(jour)))
            | ({"acteur_code": qui, "auteur_id": auteurs.acteurs[qui]} if qui else {}),
            nature=nature, titre=f"{titre} (démonstration)", contexte=contexte, enseignement=retenu, conditions=conditions,
            date_constat=date.fromisoformat(jour), theme=theme, activite_code=activite, intervention_code=intervention,
        )
        for region, qui, nature, jour, titre, contexte, retenu, conditions, theme, activite, intervention in PRATIQUES
    ]  # fmt: skip


def list_hypotheses(auteurs: Auteurs) -> list[SuiviHypothese]:
    """Findings on hypotheses and risks, all of them the SP/CCM's."""
    return [
        SuiviHypothese(
            **make_valide(auteurs, None, Trimestre.from_date(date.fromisoformat(jour))),
            objectif_code=objectif, nature=nature, date_constat=date.fromisoformat(jour), niveau=niveau,
            constat=f"{constat} (démonstration)", mitigation=mesure, responsable_code=qui,
        )
        for objectif, nature, jour, niveau, constat, mesure, qui in HYPOTHESES
    ]  # fmt: skip
