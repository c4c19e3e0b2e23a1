"""The sheets of the template and of any file sent back: which columns, what they hold, what they are called.

To add a column: one line here; the template, the reading, the preview and the annotated workbook follow.
The titles are French, the language of the reports; a CSV bears the same ones. A form on the page says them in the
visitor's language. Sheets of the registers stand in `schemas_registres`.
"""

from __future__ import annotations

from typing import Final

from ccm_data.commands.sujets import SUJETS
from ccm_data.domain.permissions import Personne, get_portee_ecriture
from ccm_data.imports.colonnes import LANGUES, LIEU, LIGNE, PERIODE, POSITION, REGION, SOURCE, Colonne, Feuille
from ccm_data.imports.schemas_registres import FEUILLES_INSTANCES, FEUILLES_REGISTRES
from ccm_data.textes import N_

__all__ = [
    "FEUILLES",
    "FEUILLES_SUIVI",
    "INTERVENTIONS",
    "PAR_SUJET",
    "Colonne",
    "Feuille",
    "list_feuilles",
    "list_groupes",
]

# A workbook each: what is reported every quarter, the bodies and their meetings, the other registers.
GROUPES: Final = {
    "suivi": N_("Suivi du trimestre"),
    "instances": N_("Instances et rencontres"),
    "registres": N_("Registres"),
}
FEUILLES_SUIVI: Final[tuple[Feuille, ...]] = (
    Feuille(
        "mise_a_jour",
        N_("Activités"),
        (
            PERIODE,
            Colonne("activite_code", N_("Activité"), "code", "activites", obligatoire=True, identite=True, largeur=38),
            REGION,
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
            LIGNE,
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
            REGION,
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
            SOURCE,
            LIGNE,
        ),
    ),
    Feuille(
        "valeur_indicateur",
        N_("Indicateurs"),
        (
            PERIODE,
            Colonne("indicateur_code", N_("Indicateur"), "code", "indicateurs", obligatoire=True, identite=True, largeur=38),
            REGION,
            Colonne("info", N_("Ce que l’on compte"), "info", identite=True, largeur=34),
            Colonne("valeur", N_("Valeur"), "nombre"),
            Colonne("numerateur", N_("Numérateur"), "nombre"),
            Colonne("denominateur", N_("Dénominateur"), "nombre"),
            Colonne("niveau", N_("Niveau atteint"), "texte", aide=N_("Pour un indicateur à niveaux ou oui / non.")),
            Colonne("texte", N_("Commentaire"), "texte", largeur=40, aide=N_("Aucun nom de personne.")),
            SOURCE,
            LIGNE,
        ),
    ),
    Feuille(
        "comite_veille",
        N_("Comités de veille"),
        (
            Colonne("nom", N_("Nom du comité"), "texte", obligatoire=True, identite=True, largeur=34),
            REGION,
            Colonne("niveau", N_("Niveau"), "choix", "NiveauComite", obligatoire=True),
            *LIEU,
            Colonne("village", N_("Village"), "texte"),
            Colonne("statut", N_("Statut"), "choix", "StatutComite", obligatoire=True),
            Colonne("date_creation", N_("Créé le"), "date"),
            Colonne("date_formation", N_("Formé le"), "date"),
            Colonne("date_operationnel", N_("Opérationnel le"), "date"),
            Colonne("derniere_activite", N_("Dernière activité"), "date"),
            Colonne("date_dissolution", N_("Dissous le"), "date"),
            LANGUES,
            Colonne("membres_femmes", N_("Membres, femmes"), "entier"),
            Colonne("membres_hommes", N_("Membres, hommes"), "entier"),
            *POSITION,
            SOURCE,
            LIGNE,
        ),
    ),
    Feuille(
        "point_information",
        N_("Points d’information"),
        (
            Colonne("nom", N_("Nom du point"), "texte", obligatoire=True, identite=True, largeur=34),
            REGION,
            *LIEU,
            Colonne("village", N_("Village"), "texte"),
            Colonne("route", N_("Route"), "texte", largeur=24),
            Colonne("statut", N_("Statut"), "choix", "StatutPoint", obligatoire=True),
            Colonne("date_ouverture", N_("Ouvert le"), "date"),
            Colonne("date_fermeture", N_("Fermé le"), "date"),
            LANGUES,
            Colonne("accueil_femmes", N_("Accueil des femmes"), "oui_non", "oui_non"),
            Colonne("accueil_enfants", N_("Accueil des enfants"), "oui_non", "oui_non"),
            *POSITION,
            SOURCE,
            LIGNE,
        ),
    ),
    Feuille(
        "point_focal",
        N_("Points focaux"),
        (
            Colonne("nom", N_("Poste et structure"), "texte", obligatoire=True, identite=True, largeur=34,
                    aide=N_("Le poste, jamais le nom d’une personne.")),
            REGION,
            *LIEU,
            Colonne("en_poste", N_("Pourvu"), "oui_non", "oui_non"),
            Colonne("depuis", N_("Depuis le"), "date"),
            Colonne("jusqua", N_("Jusqu’au"), "date"),
            LANGUES,
            *POSITION,
            SOURCE,
            LIGNE,
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
        LIGNE,
    ),
)  # fmt: skip
FEUILLES: Final[tuple[Feuille, ...]] = (*FEUILLES_SUIVI, INTERVENTIONS, *FEUILLES_INSTANCES, *FEUILLES_REGISTRES)
PAR_SUJET: Final = {feuille.sujet: feuille for feuille in FEUILLES}


def list_feuilles(personne: Personne, groupe: str | None = None) -> tuple[Feuille, ...]:
    """The sheets that this person may send (of one workbook when `groupe` names it).

    A register has its own keepers; interventions are an organisation's word, or the SP/CCM's.
    """
    return tuple(
        f
        for f in FEUILLES
        if (groupe is None or f.groupe == groupe)
        and (portee := get_portee_ecriture(personne, SUJETS[f.sujet].droit)) != "non"
        and not (f is INTERVENTIONS and portee == "sa_region")
    )


def list_groupes(personne: Personne) -> dict[str, str]:
    """The workbooks that this person may fill: code → name."""
    siens = {f.groupe for f in list_feuilles(personne)}
    return {code: nom for code, nom in GROUPES.items() if code in siens}
