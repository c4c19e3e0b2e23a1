"""The sheets of the template and of any file sent back: which columns, what they hold, what they are called.

To add a column: one line here; the template, the reading, the preview and the annotated workbook follow.
The titles are French, the language of the reports; a CSV bears the same ones. A form on the page says them in the
visitor's language.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from ccm_data.domain.permissions import Personne, get_portee_ecriture
from ccm_data.textes import N_


@dataclass(frozen=True)
class Colonne:
    """`genre`: periode, code, choix, codes and textes (several, separated by `;`), nombre, entier, date, oui_non,
    texte, ligne, info (printed, never read).

    `liste` names what a code or a choice is picked from (`listes.Listes`). `identite` marks what says which fact the
    row is about: locked in pre-filled rows.
    """

    champ: str
    titre: str
    genre: str
    liste: str | None = None
    obligatoire: bool = False
    identite: bool = False
    aide: str = ""
    largeur: int = 16
    label: str = ""  # what a form says where the title is a column's bare name


@dataclass(frozen=True)
class Feuille:
    """A sheet: its subject (`commands.sujets`), its name, its columns."""

    sujet: str
    nom: str
    colonnes: tuple[Colonne, ...]

    @cached_property
    def _par_champ(self) -> dict[str, Colonne]:
        return {c.champ: c for c in reversed(self.colonnes)}

    def find(self, champ: str) -> Colonne | None:
        """The column of a field."""
        return self._par_champ.get(champ)


_LIGNE: Final = Colonne(
    "ligne", N_("Ligne (ne pas modifier)"), "ligne", identite=True, largeur=12,
    aide=N_("Reconnaît une ligne déjà connue du tableau de bord. Laissez vide pour une nouvelle ligne."),
)  # fmt: skip
_PERIODE: Final = Colonne(
    "periode", N_("Période"), "periode", "trimestres", obligatoire=True, identite=True, aide=N_("Trimestre : T3 2026.")
)
_REGION: Final = Colonne(
    "region_code", N_("Région"), "code", "regions", obligatoire=True, identite=True,
    aide=N_("Le nom de la région, ou « National »."),
)  # fmt: skip
_SOURCE: Final = Colonne("source", N_("Source"), "texte", largeur=30, aide=N_("D’où vient cette information."))
_LIEU: Final = (
    Colonne("departement_code", N_("Département"), "code", "departements"),
    Colonne("commune", N_("Commune"), "texte"),
)
_POSITION: Final = (
    Colonne("lat", N_("Latitude"), "nombre", largeur=11, aide=N_("Degrés décimaux : 16,97.")),
    Colonne("lon", N_("Longitude"), "nombre", largeur=11, aide=N_("Degrés décimaux : 7,99.")),
)
_LANGUES: Final = Colonne("langues", N_("Langues"), "texte", aide=N_("Séparées par « ; » : haoussa ; tamajaq."))

FEUILLES_SUIVI: Final[tuple[Feuille, ...]] = (
    Feuille(
        "mise_a_jour",
        N_("Activités"),
        (
            _PERIODE,
            Colonne("activite_code", N_("Activité"), "code", "activites", obligatoire=True, identite=True, largeur=38),
            _REGION,
            Colonne(
                "avancement", N_("Avancement (%)"), "nombre",
                aide=N_("Cumulé depuis le début de l’activité, de 0 à 100."),
            ),
            Colonne("statut", N_("Statut"), "choix", "StatutActivite"),
            Colonne(
                "rien_a_signaler", N_("Rien à signaler"), "oui_non", "oui_non",
                aide=N_("« oui » : le trimestre n’a rien apporté ; c’est un rapport."),
            ),
            Colonne("debut_reel", N_("Début réel"), "date"),
            Colonne("fin_reelle", N_("Fin réelle"), "date"),
            Colonne("narratif", N_("Commentaire"), "texte", largeur=50, aide=N_("Aucun nom de personne.")),
            Colonne("source_verification", N_("Source de vérification"), "texte", largeur=30),
            _LIGNE,
        ),
    ),
    Feuille(
        "ecriture_budgetaire",
        N_("Budget"),
        (
            Colonne("activite_code", N_("Activité"), "code", "activites", obligatoire=True, identite=True, largeur=38),
            Colonne("annee", N_("Année"), "entier", "annees", obligatoire=True, identite=True, largeur=9),
            Colonne("phase", N_("Phase"), "choix", "Phase", obligatoire=True, identite=True),
            Colonne("type_financement", N_("Financement"), "choix", "TypeFinancement", obligatoire=True),
            Colonne("bailleur_code", N_("Bailleur"), "code", "acteurs", largeur=22),
            Colonne("executant_code", N_("Exécutant"), "code", "acteurs", largeur=22),
            Colonne("niveau", N_("Déclaré par"), "choix", "NiveauDeclarant", largeur=22),
            _REGION,
            Colonne(
                "montant", N_("Montant"), "nombre", aide=N_("Dans la devise ci-contre, sans centimes pour le FCFA."),
                largeur=18,
            ),
            Colonne("devise", N_("Devise"), "texte", "devises", largeur=9, aide=N_("XOF (FCFA), EUR, USD…")),
            Colonne("taux", N_("Taux en FCFA"), "nombre", aide=N_("Pour une unité de la devise ; inutile en FCFA et en euros.")),
            Colonne("taux_source", N_("Source du taux"), "texte", aide=N_("Banque et date du taux.")),
            Colonne("appui_technique", N_("Appui sans montant"), "oui_non", "oui_non"),
            Colonne("date_operation", N_("Date"), "date", obligatoire=True),
            Colonne("reference_document", N_("Pièce de référence"), "texte", largeur=24),
            Colonne("libelle", N_("Libellé"), "texte", largeur=30),
            _SOURCE,
            _LIGNE,
        ),
    ),
    Feuille(
        "valeur_indicateur",
        N_("Indicateurs"),
        (
            _PERIODE,
            Colonne("indicateur_code", N_("Indicateur"), "code", "indicateurs", obligatoire=True, identite=True, largeur=38),
            _REGION,
            Colonne("info", N_("Ce que l’on compte"), "info", identite=True, largeur=34),
            Colonne("valeur", N_("Valeur"), "nombre"),
            Colonne("numerateur", N_("Numérateur"), "nombre"),
            Colonne("denominateur", N_("Dénominateur"), "nombre"),
            Colonne("niveau", N_("Niveau atteint"), "texte", aide=N_("Pour un indicateur à niveaux ou oui / non.")),
            Colonne("texte", N_("Commentaire"), "texte", largeur=40, aide=N_("Aucun nom de personne.")),
            _SOURCE,
            _LIGNE,
        ),
    ),
    Feuille(
        "comite_veille",
        N_("Comités de veille"),
        (
            Colonne("nom", N_("Nom du comité"), "texte", obligatoire=True, identite=True, largeur=34),
            _REGION,
            Colonne("niveau", N_("Niveau"), "choix", "NiveauComite", obligatoire=True),
            *_LIEU,
            Colonne("village", N_("Village"), "texte"),
            Colonne("statut", N_("Statut"), "choix", "StatutComite", obligatoire=True),
            Colonne("date_creation", N_("Créé le"), "date"),
            Colonne("date_formation", N_("Formé le"), "date"),
            Colonne("date_operationnel", N_("Opérationnel le"), "date"),
            Colonne("derniere_activite", N_("Dernière activité"), "date"),
            _LANGUES,
            Colonne("membres_femmes", N_("Membres, femmes"), "entier"),
            Colonne("membres_hommes", N_("Membres, hommes"), "entier"),
            *_POSITION,
            _SOURCE,
            _LIGNE,
        ),
    ),
    Feuille(
        "point_information",
        N_("Points d’information"),
        (
            Colonne("nom", N_("Nom du point"), "texte", obligatoire=True, identite=True, largeur=34),
            _REGION,
            *_LIEU,
            Colonne("village", N_("Village"), "texte"),
            Colonne("route", N_("Route"), "texte", largeur=24),
            Colonne("statut", N_("Statut"), "choix", "StatutPoint", obligatoire=True),
            Colonne("date_ouverture", N_("Ouvert le"), "date"),
            Colonne("date_fermeture", N_("Fermé le"), "date"),
            _LANGUES,
            Colonne("accueil_femmes", N_("Accueil des femmes"), "oui_non", "oui_non"),
            Colonne("accueil_enfants", N_("Accueil des enfants"), "oui_non", "oui_non"),
            *_POSITION,
            _SOURCE,
            _LIGNE,
        ),
    ),
)  # fmt: skip
INTERVENTIONS: Final = Feuille(
    "intervention",
    N_("Interventions"),
    (
        Colonne("code", "code", "texte", obligatoire=True, identite=True, label=N_("Code"),
                aide=N_("Le vôtre ; il reconnaît l’intervention d’un envoi à l’autre.")),
        Colonne("titre", "titre", "texte", obligatoire=True, largeur=40, label=N_("Titre")),
        Colonne("description", "description", "texte", largeur=50, label=N_("Description")),
        Colonne("acteur_code", "acteur_chef_de_file", "code", "acteurs", obligatoire=True, label=N_("Acteur chef de file")),
        Colonne("partenaires", "acteurs_partenaires", "codes", "acteurs", largeur=24, label=N_("Acteurs partenaires"),
                aide=N_("Séparés par « ; ».")),
        Colonne("bailleurs", "bailleurs", "codes", "acteurs", largeur=24, label=N_("Bailleurs"), aide=N_("Séparés par « ; ».")),
        Colonne("themes", "themes", "codes", "themes", largeur=24, label=N_("Thèmes"), aide=N_("Séparés par « ; ».")),
        Colonne("objectifs_pmm", "objectifs_pmm", "codes", "pmm", label=N_("Objectifs du PMM"),
                aide=N_("Numéros de 1 à 23, séparés par « ; ».")),
        Colonne("regions", "regions", "codes", "regions_ou_national", largeur=24, label=N_("Régions"),
                aide=N_("Noms séparés par « ; », ou « National ».")),
        Colonne("localites", "localites", "textes", largeur=24, label=N_("Localités"), aide=N_("Séparées par « ; ».")),
        Colonne("public_cible", "public_cible", "textes", largeur=24, label=N_("Public cible"), aide=N_("Séparés par « ; ».")),
        Colonne("date_debut", "date_debut", "date", label=N_("Début")),
        Colonne("date_fin", "date_fin", "date", label=N_("Fin")),
        Colonne("budget_fcfa", "budget_fcfa", "nombre", label=N_("Budget (FCFA)"), aide=N_("En FCFA, sans centimes.")),
        Colonne("statut", "statut", "code", "statuts", obligatoire=True, label=N_("Statut")),
        Colonne("activite_code", "activite_du_plan", "code", "activites", largeur=30, label=N_("Activité du plan servie")),
        Colonne("reference_pnm", "reference_pnm", "texte", label=N_("Référence PNM"), aide=N_("Axe 1, 2 ou 3, et action.")),
        Colonne("parts_regions", "parts_regions", "textes", label=N_("Parts par région (%)"),
                aide=N_("Dans l’ordre des régions, somme 100 : 60 ; 40. Vide : parts égales.")),
        Colonne("parts_themes", "parts_themes", "textes", label=N_("Parts par thème (%)"),
                aide=N_("Dans l’ordre des thèmes, somme 100. Vide : parts égales.")),
        Colonne("devise", "devise", "texte", "devises", largeur=9, label=N_("Devise d’origine"), aide=N_("XOF (FCFA), EUR, USD…")),
        Colonne("montant_origine", "montant_origine", "nombre", label=N_("Montant d’origine")),
        Colonne("taux", "taux", "nombre", label=N_("Taux en FCFA"),
                aide=N_("Pour une unité de la devise ; inutile en FCFA et en euros.")),
        Colonne("taux_source", "source_du_taux", "texte", label=N_("Source du taux"), aide=N_("Banque et date du taux.")),
        Colonne("mobilise_fcfa", "mobilise_fcfa", "nombre", label=N_("Mobilisé (FCFA)")),
        Colonne("decaisse_fcfa", "decaisse_fcfa", "nombre", label=N_("Décaissé (FCFA)")),
        Colonne("beneficiaires_vises", "beneficiaires_vises", "entier", label=N_("Bénéficiaires visés")),
        Colonne("beneficiaires_atteints", "beneficiaires_atteints", "entier", label=N_("Bénéficiaires atteints")),
        Colonne("source", "source", "texte", largeur=30, label=N_("Source"), aide=N_("D’où vient cette information.")),
        _LIGNE,
    ),
)  # fmt: skip
FEUILLES: Final[tuple[Feuille, ...]] = (*FEUILLES_SUIVI, INTERVENTIONS)
PAR_SUJET: Final = {feuille.sujet: feuille for feuille in FEUILLES}


def list_feuilles(personne: Personne) -> tuple[Feuille, ...]:
    """The sheets that this person may send: interventions are an organisation's word, or the SP/CCM's."""
    return FEUILLES_SUIVI if get_portee_ecriture(personne, "deposer") == "sa_region" else FEUILLES
