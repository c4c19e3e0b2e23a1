"""Words for facts: an error's code, a problem of the address → a sentence that says what, where and how to mend it."""

from __future__ import annotations

from datetime import date
from typing import Any

from ccm_data.domain.perimetre import Probleme
from ccm_data.domain.seuils import DESCRIPTIONS
from ccm_data.domain.vocabulaire import EtatSeance
from ccm_data.errors import CCMError, FichierIllisible
from ccm_data.libelles import say_libelle
from ccm_data.phrases.bornes import say_attendu
from ccm_data.phrases.comptes import ERREURS_COMPTES
from ccm_data.phrases.relances import ERREURS_RELANCES
from ccm_data.phrases.rendus import ERREURS_GABARIT, say_gabarit
from ccm_data.phrases.seances import ERREURS_SEANCES
from ccm_data.phrases.seuils import say_seuil
from ccm_data.textes import N_, _
from ccm_data.typographie import say_court, say_date, say_ponctuation

VALEUR_MAX = 60
ERREURS: dict[str, str] = {
    "acces_refuse": N_("Votre rôle ne permet pas cette opération. Demandez-la au SP/CCM."),
    "propre_depot": N_("On ne valide pas son propre dépôt : un autre membre du SP/CCM doit le faire."),
    "conflit": N_("Quelqu’un a changé cette ligne entre-temps. Rechargez l’écran, puis reprenez votre saisie."),
    "decision_changee": N_(
        "Quelqu’un a décidé ceci entre-temps : voyez « En vigueur », ci-dessous. Votre saisie est gardée ; "
        "enregistrez de nouveau pour la faire prévaloir."
    ),
    "meme_fait": N_("Une autre ligne dit déjà ce fait. Ouvrez-la pour la corriger."),
    "deja_remplace": N_("Cette ligne est déjà remplacée : rechargez l’écran pour voir la nouvelle."),
    "corrigee_deja_remplacee": N_(
        "La ligne qu’elle corrige est déjà remplacée par une autre. Retournez celle-ci : sa correction repart de la nouvelle."
    ),
    "deja_recu": N_("Ce fichier est déjà reçu : dépôt {valeur}. Rien n’a été compté deux fois."),
    "apercu_change": N_("Une ligne a changé depuis l’aperçu : rien n’a été enregistré. Renvoyez le classeur."),
    "lignes_fautives": N_(
        "Des lignes sont à corriger : {valeur}. Corrigez-les ou écartez-les ; rien n’a été enregistré."
    ),
    "rien_a_deposer": N_("Ce classeur ne dit rien de nouveau : rien n’a été enregistré."),
    "bloquant": N_("Ce classeur ne peut pas être pris : voyez les fautes bloquantes. Rien n’a été enregistré."),
    "depot_traite": N_("Le SP/CCM a déjà traité ce dépôt : il ne se retire plus. Envoyez une correction."),
    "nom_pris": N_("« {valeur} » est déjà pris : choisissez un autre nom."),
    "periode_verrouillee": N_("Ce trimestre est clos. Demandez sa réouverture au SP/CCM."),
    "plan_clos": N_("Le plan est clos : seul le SP/CCM peut le rouvrir, et le journal le dit."),
    "deja_verrouille": N_("Ce trimestre est déjà clos."),
    "pas_verrouille": N_("Ce trimestre n’est pas clos."),
    "transition_interdite": N_("Cette étape n’est pas possible depuis l’état actuel de la ligne."),
    "introuvable": N_("Cet élément n’existe pas ou n’est pas visible pour vous."),
    "valeur_invalide": N_("Valeur refusée pour « {champ} » : {valeur}. Attendu : {attendu}."),
    "valeur_manquante": N_("« {champ} » est vide. Attendu : {attendu}."),
    "date_future": N_("« {champ} » est dans le futur ({valeur}). Attendu : {attendu}."),
    "texte_trop_long": N_("« {champ} » est trop long. Attendu : {attendu}."),
    "code_inconnu": N_("« {valeur} » est inconnu pour « {champ} » : choisissez dans la liste."),
    "champ_inconnu": N_("« {champ} » ne convient pas ici. Attendu : {attendu}."),
    "national_seulement": N_("Cet indicateur est national : laissez la région vide."),
    "region_de_l_instance": N_("La région est celle de l’instance : {attendu}. Le lieu dit où elle s’est réunie."),
    "region_de_la_rencontre": N_("La région est celle de la rencontre : {attendu}."),
    "plan_deja_recu": N_("Ce fichier est déjà chargé : plan {valeur}. Rien n’a été pris deux fois."),
    "plan_decide": N_(
        "Le plan {valeur} porte déjà des décisions de reprise ({nombre}) : il ne se remplace plus. Donnez un autre code."
    ),
    "code_d_une_autre_region": N_(
        "Le code « {valeur} » est déjà celui d’une autre région, ou du niveau national : donnez-lui un autre code."
    ),
    "rencontre_inconnue": N_("Aucune rencontre ne porte le code « {valeur} » : ajoutez-la d’abord."),
    "rencontre_non_tenue": N_(
        "Une rencontre à venir ou annulée n’a pas de présents : videz la liste, ou corrigez la date."
    ),
    "instance_engagee": N_(
        "« {valeur} » a déjà des membres ou des rencontres dans sa région : ouvrez plutôt une autre instance."
    ),
    "parents_en_boucle": N_(
        "Une instance ne peut pas dépendre d’elle-même, même par une autre : choisissez autrement."
    ),
    "dossier_non_partage": N_("Le dossier de {valeur} n’a pas été partagé : il n’y a rien à lire encore."),
    "pas_convie": N_("Cette organisation n’est ni membre de l’instance, ni présente à {valeur}."),
    "deja_accuse": N_("Cette organisation a déjà dit avoir lu le dossier de {valeur}."),
    "rencontre_annulee": N_("La rencontre {valeur} est annulée : choisissez-en une autre."),
    "rencontre_anterieure": N_("{valeur} est née après cette rencontre : choisissez-en une plus récente."),
    "pas_ouverte": N_("{valeur} est déjà réalisée ou abandonnée. Rien n’a été reconduit."),
    "meme_rencontre": N_("{valeur} vient de cette rencontre même. Rien n’a été reconduit."),
    "deja_reconduite": N_("{valeur} est déjà reconduite à cette rencontre. Rien n’a été reconduit."),
    "correction_en_cours": N_("Une correction de {valeur} attend déjà la validation. Rien n’a été reconduit."),
    "combinaison_refusee": N_(
        "Ces réglages ne vont pas ensemble ({regles}) : changez le type, l’agrégation ou la cible."
    ),
    "cibles_incompatibles": N_("Des cibles en vigueur ne se liraient plus avec ce type : retirez-les d’abord."),
    "date_illisible": N_("Date illisible : {valeur}. Écrivez jj/mm/aaaa."),
    "preuve_vide": N_("« {nom} » est vide : choisissez un autre fichier."),
    "preuve_trop_grosse": N_(
        "« {nom} » dépasse {maximum} Mo : réduisez-le (photo moins grande, PDF numérisé en moins de détail)."
    ),
    "preuve_type": N_(
        "« {nom} » n’est pas un PDF, un JPEG, un PNG, un DOCX ou un XLSX : c’est son contenu qui compte."
    ),
    "preuve_ancien_format": N_("« {nom} » est d’un ancien format : enregistrez-le en DOCX, en XLSX ou en PDF."),
    "preuve_chiffree": N_("« {nom} » est chiffré ou protégé par un mot de passe : envoyez-le sans protection."),
    "preuve_macros": N_("« {nom} » contient des macros : enregistrez-le en DOCX ou en XLSX sans macros, ou en PDF."),
    "preuve_active": N_(
        "« {nom} » contient un programme ou un formulaire actif ({quoi}) : imprimez-le en PDF, puis envoyez ce PDF."
    ),
    "preuve_jointe": N_(
        "« {nom} » contient d’autres fichiers ou des objets : envoyez-les un par un, ou imprimez-le en PDF."
    ),
    "preuve_externe": N_(
        "« {nom} » va chercher un élément ailleurs à l’ouverture ({quoi}) : rompez la liaison ou imprimez-le en PDF."
    ),
    "preuve_bombe": N_(
        "« {nom} » se déplie au-delà de toute mesure : enregistrez-le de nouveau ou imprimez-le en PDF."
    ),
    "preuve_immense": N_(
        "« {nom} » a {largeur} × {hauteur} points, plus que les {maximum} millions permis : réduisez l’image."
    ),
    "preuve_abimee": N_(
        "« {nom} » est abîmé et ne se lit pas en entier : enregistrez-le de nouveau, puis renvoyez-le."
    ),
    "preuve_deja_jointe": N_("« {nom} » est déjà joint à cette ligne."),
    "preuves_trop_nombreuses": N_("Cette ligne a déjà {maximum} fichiers : retirez-en un, ou réunissez-les en un PDF."),
    "preuve_ligne_validee": N_("Cette ligne est validée : seul le SP/CCM change ses fichiers. Envoyez une correction."),
    "preuve_ligne_soumise": N_(
        "Cette ligne attend la validation : retirez d’abord la ligne, puis le fichier, et envoyez-la de nouveau."
    ),
    "preuve_perdue": N_("Ce fichier est perdu ou abîmé sur le serveur. Prévenez l’administrateur."),
    "requete_fermee": N_("Cette requête ne prend plus, ou pas encore, de positionnement."),
    "verdict_deja": N_("Un verdict est déjà rendu sur cette paire : révoquez-le d’abord, avec son motif."),
    "verdict_revoque": N_("Ce verdict est déjà révoqué."),
    "paire_d_autrui": N_("Ce rapprochement ne nomme pas votre organisation."),
    "intervention_introuvable": N_("L’intervention {valeur} n’est plus au registre : rechargez l’écran."),
    "meme_ligne": N_("Une intervention ne se rapproche pas d’elle-même."),
    "porteurs_en_boucle": N_(
        "Les verdicts tourneraient en rond : plus aucune ligne ne porterait l’argent de {valeur}."
    ),
    "document_retire": N_("Ce document est déjà retiré de la liste."),
    "relation_faite": N_("Cette mise en relation est déjà notée comme faite."),
    "evaluation_vide": N_("Aucun critère n’est noté : notez-en un au moins avant de partager l’évaluation."),
    "note_sans_motif": N_("La note de « {champ} » n’a pas de justification : écrivez-la, puis partagez l’évaluation."),
    "evaluation_annulee": N_("Cette évaluation est annulée : elle ne change plus. Ouvrez-en une autre."),
    "reponse_d_autrui": N_("Seule l’organisation évaluée répond à cette évaluation."),
    **ERREURS_COMPTES,
    **ERREURS_RELANCES,
    **ERREURS_SEANCES,
}
CHAMPS = {
    "source": N_("Source"),
    "date_source": N_("Date de la source"),
    "valeur": N_("Valeur"),
    "niveau": N_("Niveau"),
    "montant": N_("Montant"),
    "motif": N_("Pourquoi"),
    "texte_retenu": N_("Texte retenu"),
    "annee": N_("Année"),
    "poids": N_("Poids"),
    "part_fcfa": N_("Part prévue (FCFA)"),
    "nombre_prevu": N_("Nombre prévu"),
    "nom": N_("Nom"),
    "sigle": N_("Sigle"),
    "indicateur_code": N_("Indicateur"),
    "activite_code": N_("Activité"),
    "region_code": N_("Région"),
    "region": N_("Région"),
    "axe": N_("Axe"),
    "arrete": N_("Date d’arrêté"),
    "trimestre": N_("Trimestre"),
    "cible": N_("Cible"),
    "cible_finale": N_("Cible finale annoncée"),
    "activites": N_("Activités"),
    "libelle": N_("Libellé"),
    "porteur_code": N_("Ligne qui porte l’argent"),
    "montant_commun_fcfa": N_("Montant en commun"),
    "suite_le": N_("Date de la suite"),
    "texte": N_("Texte"),
    "titre": N_("Titre"),
    "debut": N_("Début"),
    "fin": N_("Fin"),
    "analyse_le": N_("Date de l’analyse"),
    "doublons_trouves": N_("Doublons trouvés"),
    "resultat": N_("Ce que l’analyse a trouvé"),
    "reference": N_("Référence"),
    "objet": N_("Objet"),
    "code": N_("Code"),
    "note": N_("Note"),
    "montant_fcfa": N_("Montant (FCFA)"),
    "date_prevue": N_("Date prévue de début"),
    "recue_le": N_("Reçue le"),
    "echeance": N_("Échéance"),
    "acteur_code": N_("Organisation"),
    "theme": N_("Thème"),
    "objet_code": N_("Activité ou intervention"),
    "date_evaluation": N_("Date de l’évaluation"),
    "partenaire_code": N_("Qui pourra répondre"),
    "critere": N_("Critère"),
    "pertinence": N_("Pertinence"),
    "coherence": N_("Cohérence"),
    "efficacite": N_("Efficacité"),
    "efficience": N_("Efficience"),
    "impact": N_("Impact"),
    "viabilite": N_("Viabilité"),
    "valeur_ajoutee": N_("Valeur ajoutée"),
    "appropriation": N_("Appropriation"),
    "conformite_pnm": N_("Conformité à la PNM"),
    "conformite_pmm": N_("Conformité au PMM"),
    "synthese": N_("Synthèse"),
    "reponse": N_("Réponse"),
    "type": N_("Type"),
    "parent_code": N_("Rattachée à"),
    "mode": N_("Quorum"),
    "recommandations": N_("Recommandations ouvertes"),
    "date_seance": N_("Date de la séance"),
    "date_arrete": N_("Date d’arrêté des chiffres"),
    "instance_code": N_("Instance"),
    "region_invitee": N_("Région invitée"),
    "ordre_du_jour": N_("Ordre du jour"),
    "scenes": N_("Scènes"),
    "alt": N_("Ce que montre l’image"),
    "presents": N_("Présents"),
    "responsable_code": N_("Responsable"),
}


class _Faits(dict[str, Any]):
    def __missing__(self, cle: str) -> str:
        return "…"


def _say_champ(champ: str) -> str:
    """A field by its label, a threshold by its name; quotes within quotes are the inner ones."""
    if champ in DESCRIPTIONS:
        return say_seuil(champ).replace("« ", "“").replace(" »", "”")
    return _(CHAMPS[champ]) if champ in CHAMPS else champ


def _say_fait(nom: str, valeur: object) -> object:
    """Facts as people read them: fields by their label, dates in words, long texts cut, lists joined."""
    if nom == "champ":
        return _say_champ(str(valeur))
    if nom == "etat" and str(valeur) in list(EtatSeance):
        return say_libelle(EtatSeance(str(valeur))).lower()
    if isinstance(valeur, date):
        return say_date(valeur)
    if isinstance(valeur, (list, tuple)):
        return ", ".join(map(str, valeur))
    if valeur is None or valeur == "":
        return _("vide")
    dite = say_attendu(str(valeur)) if nom == "attendu" else str(valeur)
    return say_court(dite, VALEUR_MAX)


def say_erreur(erreur: CCMError) -> str:
    """The sentence for an expected error; an unknown code falls back on its class, never on a trace."""
    if erreur.code in ERREURS_GABARIT and isinstance(erreur, FichierIllisible):
        return say_ponctuation(say_gabarit(erreur))
    texte = (
        ERREURS.get(erreur.code) or ERREURS.get(type(erreur).code) or N_("L’opération n’a pas pu se faire ({code}).")
    )
    faits = {nom: _say_fait(nom, valeur) for nom, valeur in erreur.faits.items()}
    return say_ponctuation(_(texte).format_map(_Faits(code=erreur.code, **faits)))


def say_probleme(probleme: Probleme) -> str:
    """The sentence for a parameter of the address that was not followed, and what is shown instead."""
    pris = say_date(date.fromisoformat(probleme.pris)) if probleme.parametre == "arrete" else probleme.pris
    return say_ponctuation(
        _("Le lien demandait {champ} = « {valeur} », qui ne convient pas : l’écran montre {pris}.").format(
            champ=str(_say_fait("champ", probleme.parametre)).lower(),
            valeur=probleme.valeur[:40],
            pris=pris or _("l’ensemble"),
        )
    )
