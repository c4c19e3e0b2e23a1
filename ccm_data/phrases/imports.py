"""The words of an import: for each anomaly what is wrong and what to do; for a refused file, why and how to mend it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ccm_data.domain.vocabulaire import Gravite
from ccm_data.errors import FichierIllisible
from ccm_data.imports.anomalies import Anomalie, Groupe
from ccm_data.imports.validation import Validation
from ccm_data.phrases.bornes import say_attendu
from ccm_data.textes import N_, _, ngettext
from ccm_data.typographie import say_nombre

# code → (what is wrong, what to do); {valeur}, {attendu}, {colonne} may be named
ANOMALIES: Final[Mapping[str, tuple[str, str]]] = {
    "feuille_inconnue": (
        N_("Cette feuille n’est pas du modèle : elle n’est pas lue."),
        N_("Rien à faire si elle est à vous ; sinon, rendez-lui son nom."),
    ),
    "colonne_inconnue": (
        N_("Cette colonne n’est pas du modèle : elle n’est pas lue."),
        N_("Rendez-lui son titre, ou laissez-la."),
    ),
    "colonne_en_double": (
        N_("Deux colonnes portent ce titre : on ne sait laquelle lire."),
        N_("Gardez-en une seule."),
    ),
    "colonne_absente": (
        N_("Cette colonne obligatoire manque."),
        N_("Reprenez le modèle, ou rétablissez son titre sur la première ligne."),
    ),
    "cellules_fusionnees": (
        N_("La ligne contient des cellules fusionnées : leur valeur n’est qu’à un endroit."),
        N_("Annulez la fusion et recopiez la valeur dans chaque cellule."),
    ),
    "caracteres_retires": (N_("Des caractères invisibles ont été retirés."), N_("Vérifiez le texte.")),
    "erreur_tableur": (N_("La cellule contient une erreur du tableur."), N_("Écrivez la valeur elle-même.")),
    "formule": (
        N_("La cellule contient une formule, ou un texte qui commence comme une formule."),
        N_("Collez la valeur (collage spécial, valeurs), ou mettez un mot devant le signe."),
    ),
    "texte_trop_long": (N_("Le texte est trop long : {attendu} caractères au plus."), N_("Raccourcissez-le.")),
    "code_inconnu": (N_("Valeur inconnue."), N_("Choisissez dans la liste.")),
    "date_illisible": (N_("La date ne se lit pas."), N_("Écrivez jj/mm/aaaa, l’année en quatre chiffres.")),
    "liste_trouee": (
        N_("La liste a une partie vide."),
        N_("Elle est lue sans elle ; retirez le « ; » de trop, ou ajoutez ce qui manque."),
    ),
    "code_pris": (
        N_("Ce code est déjà celui d’une intervention d’un autre acteur."),
        N_("Donnez-lui un autre code, par exemple précédé de votre sigle."),
    ),
    "code_d_une_autre_region": (
        N_("Ce code est déjà celui d’une autre région, ou du niveau national."),
        N_("Donnez-lui un autre code, par exemple suivi du nom de votre région."),
    ),
    "propre_partenaire": (
        N_("Le chef de file est aussi parmi ses partenaires."),
        N_("Retirez-le des partenaires."),
    ),
    "parts_illisibles": (
        N_("Ces parts ne se lisent pas."),
        N_("Écrivez un pourcentage par élément, dans le même ordre : {attendu}."),
    ),
    "parts_somme": (
        N_("Les parts ne font pas 100 (lu : {attendu})."),
        N_("Corrigez-les, ou laissez vide : parts égales."),
    ),
    "national_et_regions_ensemble": (
        N_("« National » est une colonne à lui : il ne s’écrit pas avec des régions."),
        N_("Gardez « National », ou les régions."),
    ),
    "heure_illisible": (N_("L’heure ne se lit pas."), N_("Écrivez par exemple 09:30.")),
    "periode_illisible": (N_("Le trimestre ne se lit pas."), N_("Écrivez par exemple T3 2026.")),
    "valeur_invalide": (N_("La valeur n’est pas permise."), N_("Attendu : {attendu}.")),
    "valeur_manquante": (N_("Une valeur manque."), N_("Renseignez-la.")),
    "date_future": (N_("La date est à venir."), N_("Un fait se déclare une fois arrivé : {attendu}.")),
    "champ_inconnu": (N_("Cette cellule ne sert pas pour cet indicateur."), N_("Videz-la ; remplissez : {attendu}.")),
    "national_seulement": (N_("Cet indicateur ne se compte qu’au niveau national."), N_("Écrivez « National ».")),
    "region_de_l_instance": (
        N_("La région n’est pas celle de l’instance."),
        N_("Écrivez « {attendu} » : la région de la ligne est celle de l’instance ; le lieu dit où elle s’est réunie."),
    ),
    "region_de_la_rencontre": (
        N_("La région n’est pas celle de la rencontre."),
        N_("Écrivez « {attendu} », comme dans la feuille « Rencontres »."),
    ),
    "rencontre_inconnue": (
        N_("Aucune rencontre ne porte ce code."),
        N_("Reprenez le code de la feuille « Rencontres », ou ajoutez-y d’abord la rencontre."),
    ),
    "rencontre_non_tenue": (
        N_("Une rencontre à venir ou annulée n’a pas de présents."),
        N_("Videz la cellule, ou corrigez la date."),
    ),
    "hors_region": (
        N_("Cette ligne concerne une autre région que la vôtre."),
        N_("Votre région : {attendu}. Laissez cette ligne à son point focal."),
    ),
    "acces_refuse": (N_("Votre rôle ne permet pas d’envoyer cette ligne."), N_("Demandez au SP/CCM.")),
    "periode_verrouillee": (
        N_("Ce trimestre est clos : il ne reçoit plus rien."),
        N_("Demandez sa réouverture au SP/CCM."),
    ),
    "ligne_en_double": (N_("La ligne {attendu} dit déjà ce fait."), N_("Gardez-en une seule.")),
    "repere_en_double": (
        N_("Cette ligne porte le repère de la ligne {attendu}."),
        N_("Videz la colonne « Ligne » si c’est une nouvelle ligne."),
    ),
    "ligne_illisible": (N_("Le repère de la ligne ne se lit pas."), N_("Laissez la colonne « Ligne » telle quelle.")),
    "ligne_inconnue": (
        N_("Cette ligne n’est plus au tableau de bord, ou n’est pas à vous : elle est prise comme nouvelle."),
        N_("Vérifiez qu’elle n’existe pas déjà."),
    ),
    "ligne_changee": (
        N_("Quelqu’un a changé cette ligne depuis que le modèle a été préparé."),
        N_("Reprenez un modèle à jour et recopiez votre changement."),
    ),
    "retournee_telle_quelle": (
        N_("Le SP/CCM vous a retourné cette ligne, et rien n’y change."),
        N_("Relisez sa note dans « Mes dépôts » ; la ligne sera renvoyée telle quelle."),
    ),
    "chaine_rompue": (
        N_("Le cumul de cette phase dépasse celui de la phase qui la précède."),
        N_("Payé ≤ ordonnancé ≤ liquidé ≤ engagé : {attendu}."),
    ),
    "flux_suspect": (
        N_("La valeur du trimestre atteint à elle seule tout le cumul précédent."),
        N_("Vérifiez : c’est ce qui s’est ajouté ce trimestre qu’il faut écrire, non le total."),
    ),
    "cumul_en_baisse": (
        N_("Le cumul baisse."),
        N_("Un cumul depuis 2022 ne peut que monter : corrigez l’une des valeurs."),
    ),
    "declarants_en_conflit": (
        N_("Un autre déclarant donne une autre valeur pour le même trimestre."),
        N_("Accordez-vous ; l’écart reste montré."),
    ),
    "national_et_regions": (
        N_("Cet indicateur est déclaré à la fois au niveau national et par région."),
        N_("Gardez un seul niveau."),
    ),
}
FICHIERS: Final[Mapping[str, str]] = {
    "vide": N_("Le fichier est vide. Enregistrez-le de nouveau, puis renvoyez-le."),
    "trop_gros": N_("Le fichier pèse {octets}, plus que les {maximum} permis. Retirez images et feuilles inutiles."),
    "trop_de_lignes": N_("Le fichier a plus de {maximum} lignes. Envoyez-le en plusieurs fois."),
    "pas_un_classeur": N_("Ce fichier n’est ni un classeur Excel (.xlsx) ni un CSV. Envoyez le modèle rempli."),
    "ancien_format": N_("Ce classeur est à l’ancien format (.xls). Enregistrez-le en .xlsx, puis renvoyez-le."),
    "chiffre": N_("Ce classeur est protégé par un mot de passe. Retirez-le, puis renvoyez le classeur."),
    "abime": N_("Ce classeur est abîmé : il ne s’ouvre pas. Ouvrez-le dans votre tableur, enregistrez, renvoyez."),
    "bombe": N_("Ce fichier se déplie en un contenu démesuré : il n’est pas ouvert. Recopiez vos données dans le modèle."),
    "autre_classeur": N_("Aucune feuille du modèle n’y est reconnue (lu : {feuilles}). Prenez le modèle et recopiez vos lignes."),
    "encodage": N_("Les caractères du fichier ne se lisent pas. Enregistrez-le en « CSV UTF-8 », ou en .xlsx."),
}  # fmt: skip


def say_anomalie(anomalie: Anomalie) -> tuple[str, str]:
    """(what is wrong, what to do), with « Vouliez-vous dire … ? » where something is near."""
    quoi, faire = ANOMALIES.get(anomalie.code, ANOMALIES["valeur_invalide"])
    dits = {
        "attendu": say_attendu(anomalie.attendu or "—"),
        "valeur": anomalie.valeur or "—",
        "colonne": anomalie.colonne or "—",
    }
    if anomalie.code == "texte_trop_long":  # « au plus » says it already
        dits["attendu"] = dits["attendu"].removeprefix("≤ ")
    reste = _(faire).format(**dits)
    if anomalie.suggestion:
        reste = _("Vouliez-vous dire « {suggestion} » ?").format(suggestion=anomalie.suggestion) + f" {reste}"
    return _(quoi).format(**dits), reste


def say_fichier(erreur: FichierIllisible) -> str:
    """Why a file cannot be read, and how to mend it."""
    faits: dict[str, Any] = dict(erreur.faits)
    for nom in ("octets", "maximum"):
        if isinstance(faits.get(nom), int):
            faits[nom] = _say_taille(faits[nom]) if erreur.code == "trop_gros" else say_nombre(faits[nom])
    return _(FICHIERS.get(erreur.code, FICHIERS["abime"])).format(**faits)


def _say_taille(octets: int) -> str:
    return _("{n} Mo").format(n=say_nombre(octets / 1_000_000, 1))


def say_lieu(groupe: Groupe) -> str:
    """« Activités, Région, lignes 4-9, 12 »."""
    a = groupe.anomalie
    lignes = _("lignes {l}") if groupe.nombre > 1 else _("ligne {l}")
    dits = [a.feuille or "", a.colonne or "", lignes.format(l=groupe.lignes) if groupe.lignes else ""]
    return ", ".join(d for d in dits if d)


def say_gravite(gravite: Gravite, n: int) -> tuple[str, str]:
    """The heading of a grade: how many faults, and what they prevent."""
    if gravite is Gravite.BLOQUANT:
        titre = ngettext("{n} faute bloquante", "{n} fautes bloquantes", n)
        return titre.format(n=n), _("Rien de la feuille ne peut être pris.")
    if gravite is Gravite.A_CORRIGER:
        titre = ngettext("{n} faute à corriger", "{n} fautes à corriger", n)
        return titre.format(n=n), _("Corrigez dans le classeur et renvoyez-le, ou écartez ces lignes.")
    titre = ngettext("{n} point à vérifier", "{n} points à vérifier", n)
    return titre.format(n=n), _("Le dépôt reste possible ; le SP/CCM le verra.")


def say_titre_depot(validation: Validation | None) -> str:
    """« 3 lignes à corriger ; 41 sur 44 sont prêtes »."""
    if validation is None:
        return _("Déposer une mise à jour")
    if validation.bloquantes:
        return _("Ce classeur ne peut pas être déposé tel quel")
    pretes, fautives = len(validation.a_deposer), validation.fautives
    if fautives:
        debut = ngettext("{n} ligne à corriger", "{n} lignes à corriger", fautives).format(n=fautives)
        fin = ngettext("{n} prête à déposer", "{n} prêtes à déposer", pretes).format(n=pretes)
        return f"{debut} ; {fin}"
    if not pretes:
        return _("Ce classeur ne dit rien de nouveau")
    return ngettext("{n} ligne prête à déposer", "{n} lignes prêtes à déposer", pretes).format(n=pretes)


def say_sous_titre_depot(nom: str | None, *, sur_page: bool = False) -> str:
    """The file, and that nothing is recorded yet."""
    if sur_page:
        return _("Une ligne à la fois, enregistrée comme brouillon à mesure que vous écrivez")
    if nom is None:
        return _("Par classeur : hors connexion, puis envoyé et vérifié ici")
    return _("{nom} · rien n’est encore enregistré").format(nom=nom[:80])


def list_bilan(validation: Validation) -> list[tuple[int, str, str]]:
    """(how many, what, of which) of the rows read."""
    pretes = validation.a_deposer
    par_feuille: dict[str, int] = {}
    for ligne in pretes:
        par_feuille[ligne.feuille] = par_feuille.get(ligne.feuille, 0) + 1
    detail = ", ".join(f"{feuille} {n}" for feuille, n in par_feuille.items())
    lignes = [(len(pretes), ngettext("ligne à enregistrer", "lignes à enregistrer", len(pretes)), detail)]
    if validation.inchangees:
        lignes.append(
            (validation.inchangees, ngettext("ligne inchangée", "lignes inchangées", validation.inchangees), "")
        )
    if validation.fautives:
        lignes.append((validation.fautives, ngettext("ligne refusée", "lignes refusées", validation.fautives), ""))
    if validation.a_remplir:
        lignes.append(
            (validation.a_remplir, ngettext("ligne laissée vide", "lignes laissées vides", validation.a_remplir), "")
        )
    return lignes


def say_bouton(pretes: int, fautives: int) -> str:
    """What the button will do."""
    if fautives:
        texte = ngettext("Déposer sans la ligne refusée", "Déposer sans les {n} lignes refusées", fautives)
        return texte.format(n=fautives)
    return ngettext("Déposer la ligne", "Déposer les {n} lignes", pretes).format(n=pretes)
