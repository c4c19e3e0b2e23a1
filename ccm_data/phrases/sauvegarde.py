"""Words about backups: how old the last one is, why one was refused. Shared by the screens and the command line."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from ccm_data.textes import N_, _, ngettext
from ccm_data.typographie import INSECABLE, say_instant, say_nombre

if TYPE_CHECKING:
    from ccm_data.sauvegarde.etat import Derniere
    from ccm_data.sauvegarde.format import Sauvegarde

# A week of deposits is what the SP/CCM can ask for again without losing a quarter.
AGE_MAX = timedelta(days=7)
ERREURS_SAUVEGARDE: dict[str, str] = {
    "pas_une_sauvegarde": N_(
        "Ce fichier n’est pas une sauvegarde du tableau de bord : donnez un fichier fait par « backup »."
    ),
    "incomplete": N_(
        "Cette sauvegarde est incomplète (copie interrompue ?) : recopiez-la depuis l’original, ou prenez la précédente."
    ),
    "somme_fausse": N_(
        "Cette sauvegarde est abîmée : sa somme de contrôle est fausse. Recopiez-la depuis l’original, "
        "ou prenez la précédente."
    ),
    "demesure": N_("Ce fichier se déploierait au-delà de toute mesure ({membre}) : il n’est pas ouvert."),
    "version_inconnue": N_(
        "Cette sauvegarde vient d’une autre version du tableau de bord ({produit}), que celle-ci ne connaît pas : "
        "installez la plus récente, puis recommencez."
    ),
    "donnees_refusees": N_(
        "La table « {table} » de cette sauvegarde est refusée par la base : rien n’a été remis. Prenez la sauvegarde "
        "précédente."
    ),
    "lieu_occupe": N_(
        "Le lieu n’est pas vide ({lieu}, table « {table} ») : rien n’a été changé. Donnez un autre CCM_DATA_DIR, "
        "ou une base vide par CCM_DATABASE_URL."
    ),
    "nature_differente": N_(
        "Cette sauvegarde contient {nature}, et {reglage} = {valeur} : relancez avec {remede}. Rien n’a été changé."
    ),
    "base_absente": N_("Aucune base à sauvegarder ({lieu}) : vérifiez CCM_DATA_DIR, CCM_DATABASE_URL et CCM_DEMO."),
    "fichier_existe": N_("Le fichier {fichier} existe déjà : donnez un autre nom, ou un dossier."),
    "dossier_absent": N_("Le dossier {valeur} n’existe pas : branchez le support, ou créez-le."),
}


def is_a_refaire(derniere: Derniere | None, maintenant: datetime) -> bool:
    """No backup, or one older than a week."""
    return derniere is None or maintenant - derniere.date > AGE_MAX


def say_age(derniere: Derniere | None, maintenant: datetime) -> str:
    """« Dernière sauvegarde : il y a 3 jours (20 nov. 2026, 9 h 14), 1,2 Mo. », and what to do when it is not enough."""
    if derniere is None:
        return _("Aucune sauvegarde : cette base est la seule copie. Lancez « python -m ccm_data backup ».")
    phrases = [
        _("Dernière sauvegarde : {age} ({d}), {taille}.").format(
            age=_say_duree(maintenant - derniere.date), d=say_instant(derniere.date), taille=say_taille(derniere.taille)
        )
    ]
    if is_a_refaire(derniere, maintenant):
        phrases.append(_("C’est plus d’une semaine : refaites-la."))
    if not derniere.ailleurs:
        phrases.append(_("Elle est à côté de la base : copiez-la sur un autre support."))
    return " ".join(phrases)


def _say_duree(duree: timedelta) -> str:
    if duree < timedelta(0):
        return _("datée de l’avenir, vérifiez l’horloge")
    if duree < timedelta(hours=1):
        return _("il y a moins d’une heure")
    if duree < timedelta(days=1):
        heures = duree // timedelta(hours=1)
        return ngettext("il y a {n} heure", "il y a {n} heures", heures).format(n=heures)
    return ngettext("il y a {n} jour", "il y a {n} jours", duree.days).format(n=say_nombre(duree.days))


def say_taille(octets: int) -> str:
    """« 1,2 Mo », « 350 ko »; never 0 for what holds something."""
    if octets < 1_000_000:
        return _("{n} ko").format(n=say_nombre(max(1, octets // 1000))).replace(" ", INSECABLE)
    return _("{n} Mo").format(n=say_nombre(octets / 1_000_000, 1)).replace(" ", INSECABLE)


def say_contenu(faite: Sauvegarde) -> str:
    """What a verified backup holds: « 1 234 lignes, 12 pièces justificatives, 1,2 Mo »."""
    lignes = sum(faite.lignes.values())
    return ", ".join(
        (
            ngettext("{n} ligne", "{n} lignes", lignes).format(n=say_nombre(lignes)),
            ngettext("{n} pièce justificative", "{n} pièces justificatives", faite.preuves).format(
                n=say_nombre(faite.preuves)
            ),
            say_taille(faite.taille),
        )
    )


def say_manquantes(faite: Sauvegarde) -> str:
    """Evidence that the data folder no longer held when the backup was made; "" when none."""
    n = len(faite.manquantes)
    if not n:
        return ""
    return ngettext(
        "{n} pièce justificative manquait déjà au dossier de données, ou y était abîmée : {premiere}….",
        "{n} pièces justificatives manquaient déjà au dossier de données, ou y étaient abîmées : {premiere}….",
        n,
    ).format(n=say_nombre(n), premiere=faite.manquantes[0][:12])
