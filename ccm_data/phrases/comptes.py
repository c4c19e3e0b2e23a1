"""Words about accounts and the journal: why an account command was refused, what a journal line says.

Shared by the screens, the sign-in pages and the command line.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ccm_data.errors import CCMError
from ccm_data.textes import N_, _, ngettext
from ccm_data.typographie import say_nombre, say_ponctuation

if TYPE_CHECKING:
    from ccm_data.queries.comptes import FicheCompte

ERREURS_COMPTES: dict[str, str] = {
    "identifiant_pris": N_("L’identifiant « {valeur} » existe déjà : choisissez-en un autre."),
    "identifiant_invalide": N_(
        "L’identifiant « {valeur} » est refusé : de 2 à 80 signes, lettres sans accent, chiffres, point, tiret, @."
    ),
    "libelle_long": N_("La fonction dépasse {maximum} caractères : abrégez-la."),
    "compte_inconnu": N_("Aucun compte « {valeur} » : voyez la liste des comptes."),
    "dernier_administrateur": N_(
        "« {valeur} » est le dernier administrateur actif : donnez d’abord ce rôle à un autre compte."
    ),
    "role_sans_compte": N_("Le rôle de visiteur n’a pas de compte : choisissez un autre rôle."),
    "region_manquante": N_("Un point focal a une région : choisissez-la."),
    "region_inconnue": N_("Région inconnue : « {valeur} ». Régions : {regions}."),
    "organisation_manquante": N_("Un acteur a une organisation : choisissez-la."),
    "organisation_inconnue": N_("Organisation inconnue : « {valeur} ». Prenez un code du répertoire des acteurs."),
    "mot_de_passe_longueur": N_("Le mot de passe doit avoir de {minimum} à {maximum} caractères."),
    "mot_de_passe_identifiant": N_("Le mot de passe ne doit pas contenir l’identifiant."),
    "mot_de_passe_pauvre": N_("Le mot de passe doit avoir au moins cinq caractères différents."),
    "ancien_mot_de_passe": N_("Le mot de passe actuel n’est pas le bon."),
    "mot_de_passe_identique": N_("Le nouveau mot de passe est le même que l’actuel : choisissez-en un autre."),
    "secret_illisible": N_("Le secret de l’installation est illisible : retirez le fichier {remede}, puis relancez."),
}
ACTIONS = {
    "creer": N_("Création"),
    "enregistrer": N_("Enregistrement"),
    "noter": N_("Brouillon complété"),
    "modifier": N_("Modification"),
    "soumettre": N_("Soumission"),
    "retirer": N_("Retrait"),
    "retourner": N_("Retour à l’auteur"),
    "valider": N_("Validation"),
    "remplacer": N_("Remplacement"),
    "decider": N_("Décision"),
    "retirer_decision": N_("Décision retirée"),
    "verrouiller": N_("Clôture"),
    "rouvrir": N_("Réouverture"),
    "connexion": N_("Connexion"),
    "deconnexion": N_("Déconnexion"),
    "bloquer": N_("Blocage après échecs"),
    "debloquer": N_("Déblocage"),
    "activer": N_("Activation"),
    "desactiver": N_("Désactivation"),
    "reinitialiser": N_("Mot de passe réinitialisé"),
    "changer_mot_de_passe": N_("Mot de passe changé"),
    "sauvegarder": N_("Sauvegarde"),
    "avancer": N_("Étape suivante"),
    "confirme": N_("Confirmation"),
    "signe": N_("Signature"),
    "retire": N_("Retrait"),
    "repondre": N_("Réponse"),
    "donner_suite": N_("Suite donnée"),
    "revoquer": N_("Révocation"),
    "accuser": N_("Lecture déclarée"),
    "partager": N_("Partage avec le partenaire"),
    "finaliser": N_("Évaluation rendue finale"),
    "annuler": N_("Annulation"),
    "charger": N_("Chargement"),
    "envoyer": N_("Envoi"),
    "figer": N_("Chiffres figés"),
    "verser": N_("Versement dans les registres"),
    "restaurer": N_("Remise en place d’une sauvegarde"),
}
OBJETS = {
    "compte": N_("Compte"),
    "acteur": N_("Acteur"),
    "alias_acteur": N_("Autre nom d’acteur"),
    "reference": N_("Valeur de référence"),
    "cible": N_("Cible"),
    "montant_annuel": N_("Montant annuel"),
    "montant_retenu": N_("Montant retenu"),
    "choix_contradiction": N_("Contradiction tranchée"),
    "region_concernee": N_("Région concernée"),
    "reglage_indicateur": N_("Réglage d’indicateur"),
    "seuil": N_("Seuil"),
    "trimestre_verrouille": N_("Trimestre clos"),
    "mise_a_jour": N_("Mise à jour d’activité"),
    "ecriture_budgetaire": N_("Écriture budgétaire"),
    "valeur_indicateur": N_("Valeur d’indicateur"),
    "comite_veille": N_("Comité de veille"),
    "point_information": N_("Point d’information"),
    "point_focal": N_("Point focal"),
    "presence": N_("Présence d’acteur"),
    "preuve": N_("Preuve"),
    "intervention": N_("Intervention"),
    "instance": N_("Instance"),
    "regle_quorum": N_("Règle de quorum"),
    "membre_instance": N_("Membre d’instance"),
    "rencontre": N_("Rencontre"),
    "accuse_lecture": N_("Accusé de lecture"),
    "point_ordre_du_jour": N_("Point d’ordre du jour"),
    "recommandation": N_("Recommandation"),
    "sensibilisation": N_("Sensibilisation"),
    "appui": N_("Appui"),
    "produit_communication": N_("Produit de communication"),
    "bonne_pratique": N_("Pratique ou leçon"),
    "suivi_hypothese": N_("Hypothèse ou risque"),
    "partenariat": N_("Partenariat"),
    "poste_spccm": N_("Poste du SP/CCM"),
    "etape_perennisation": N_("Étape de la feuille de route"),
    "evaluation": N_("Évaluation"),
    "plan_suivant": N_("Plan suivant"),
    "reprise": N_("Reprise d’activité"),
    "relance": N_("Relance"),
    "seance": N_("Séance"),
    "image_seance": N_("Image d’une séance"),
    "decision_seance": N_("Décision de séance"),
    "requete": N_("Requête"),
    "positionnement": N_("Positionnement"),
    "verdict": N_("Verdict"),
    "reponse_paire": N_("Réponse à un rapprochement"),
    "document_programmation": N_("Document de programmation"),
    "terme": N_("Thème ou statut"),
    "mise_en_relation": N_("Mise en relation"),
}


class _Faits(dict[str, object]):
    def __missing__(self, cle: str) -> str:
        return "…"


def say_erreur_compte(erreur: CCMError) -> str | None:
    """The sentence for a refusal of this area; None when the code belongs elsewhere."""
    texte = ERREURS_COMPTES.get(erreur.code)
    return None if texte is None else say_ponctuation(_(texte).format_map(_Faits(erreur.faits)))


def say_action(action: str) -> str:
    """A journal action in words; one that has none yet is shown as it is."""
    return _(ACTIONS[action]) if action in ACTIONS else action


def say_objet(objet: str) -> str:
    """A journal object in words."""
    return _(OBJETS[objet]) if objet in OBJETS else objet


def say_titre_comptes(fiches: Sequence[FicheCompte]) -> str:
    """« 14 comptes actifs, 1 bloqué »."""
    actifs = sum(f.actif for f in fiches)
    bloques = sum(f.actif and f.verrouille for f in fiches)
    titre = ngettext("{n} compte actif", "{n} comptes actifs", actifs).format(n=say_nombre(actifs))
    if not bloques:
        return titre
    return f"{titre}, " + ngettext("{n} bloqué", "{n} bloqués", bloques).format(n=say_nombre(bloques))


def list_periodes() -> dict[str, str]:
    """Periods of the journal's filter: number of days → words."""
    return {
        "": _("Depuis le début"),
        "1": _("Aujourd’hui"),
        "7": _("Sept derniers jours"),
        "30": _("Trente derniers jours"),
        "90": _("Quatre-vingt-dix derniers jours"),
    }


def say_total_journal(montrees: int, total: int) -> str:
    """How many lines stand behind the table."""
    if montrees < total:
        return _("Les {n} dernières lignes sur {total} : filtrez pour voir les autres.").format(
            n=say_nombre(montrees), total=say_nombre(total)
        )
    return ngettext("{n} ligne.", "{n} lignes.", total).format(n=say_nombre(total))
