"""The table of screens: section, address, title, file, who may open it.

To add a screen: one line here, one file in pages/<section>/, its words in the catalogue.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ccm_data.domain.vocabulaire import Role
from ccm_data.textes import N_

RACINE = Path(__file__).resolve().parent.parent
TOUS = frozenset(Role)
CONNECTES = TOUS - {Role.VISITEUR}
CONTRIBUTEURS = CONNECTES - {Role.LECTEUR}
SPCCM = frozenset({Role.SUIVI_EVALUATION, Role.ADMINISTRATEUR})
ADMINISTRATION = frozenset({Role.ADMINISTRATEUR})


@dataclass(frozen=True)
class Ecran:
    """A screen: `cle` names it in code, `adresse` in the browser (empty: the first screen)."""

    cle: str
    section: str
    adresse: str
    titre: str
    roles: frozenset[Role]

    @property
    def fichier(self) -> Path:
        """The script that draws it."""
        return RACINE / self.section / f"{self.cle}.py"


SECTIONS = {
    "pilotage": N_("Pilotage"),
    "regions": N_("Régions"),
    "coordination": N_("Coordination"),
    "instances": N_("Instances"),
    "suivi": N_("Suivi-évaluation"),
    "contribution": N_("Contribution"),
    "administration": N_("Administration"),
}

ECRANS = (
    Ecran("vue", "pilotage", "", N_("Vue d’ensemble"), TOUS),
    Ecran("carte", "pilotage", "carte", N_("Carte"), TOUS),
    Ecran("budget", "pilotage", "budget", N_("Budget"), TOUS),
    Ecran("indicateurs", "pilotage", "indicateurs", N_("Indicateurs"), TOUS),
    Ecran("plan", "pilotage", "plan", N_("Plan d’action"), TOUS),
    Ecran("rapprochement", "pilotage", "rapprochement", N_("Registre des décisions"), TOUS),
    Ecran("region", "regions", "region", N_("Fiche de région"), TOUS),
    Ecran("qui_fait_quoi", "coordination", "qui-fait-quoi", N_("Qui fait quoi où"), TOUS),
    Ecran("lacunes", "coordination", "lacunes", N_("Lacunes"), TOUS),
    Ecran("doublons", "coordination", "doublons", N_("Doublons et synergies"), TOUS),
    Ecran("requetes", "coordination", "requetes", N_("Requêtes aux PTF"), TOUS),
    Ecran("documents", "coordination", "documents", N_("Documents de programmation"), TOUS),
    Ecran("acteurs", "coordination", "acteurs", N_("Acteurs"), TOUS),
    Ecran("rencontres", "instances", "rencontres", N_("Rencontres"), TOUS),
    Ecran("seances", "instances", "seances", N_("Séances"), CONNECTES),
    Ecran("recommandations", "instances", "recommandations", N_("Recommandations"), TOUS),
    Ecran("instances", "instances", "instances", N_("Instances et membres"), TOUS),
    Ecran("sensibilisations", "suivi", "sensibilisations", N_("Sensibilisations et formations"), TOUS),
    Ecran("dispositif", "suivi", "dispositif", N_("Comités, points et points focaux"), TOUS),
    Ecran("appuis", "suivi", "appuis", N_("Appuis et communication"), TOUS),
    Ecran("partenariats", "suivi", "partenariats", N_("Partenariats"), TOUS),
    Ecran("pratiques", "suivi", "pratiques", N_("Bonnes pratiques et leçons"), TOUS),
    Ecran("evaluations", "suivi", "evaluations", N_("Évaluations"), TOUS),
    Ecran("hypotheses", "suivi", "hypotheses", N_("Hypothèses et risques"), TOUS),
    Ecran("postes", "suivi", "postes", N_("Postes du SP/CCM"), TOUS),
    Ecran("a_faire", "contribution", "a-faire", N_("À faire aujourd’hui"), CONNECTES),
    Ecran("deposer", "contribution", "deposer", N_("Déposer une mise à jour"), CONTRIBUTEURS),
    Ecran("mes_depots", "contribution", "mes-depots", N_("Mes dépôts"), CONTRIBUTEURS),
    Ecran("validation", "contribution", "validation", N_("Validation"), SPCCM),
    Ecran("completude", "contribution", "completude", N_("Qui doit quoi"), CONNECTES),
    Ecran("referentiels", "administration", "referentiels", N_("Référentiels et cibles"), SPCCM),
    Ecran("plan_suivant", "administration", "plan-suivant", N_("Plan suivant"), SPCCM),
    Ecran("comptes", "administration", "comptes", N_("Comptes"), ADMINISTRATION),
    Ecran("journal", "administration", "journal", N_("Journal"), ADMINISTRATION),
)

PAR_CLE = {ecran.cle: ecran for ecran in ECRANS}
