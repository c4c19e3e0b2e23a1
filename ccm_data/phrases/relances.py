"""Reminders in words: the message to one who owes, and why one could not leave.

The message is a letter of the SP/CCM, not a text of the interface: it is in French whatever language the screen speaks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from ccm_data.domain import relances as regles
from ccm_data.domain.relances import Declarant, Du
from ccm_data.phrases.completude import NATURES, say_declarant, say_objet_du, say_trimestre_code
from ccm_data.queries.completude import NomsCompletude
from ccm_data.textes import N_, _, get_langue, ngettext, set_langue
from ccm_data.typographie import INSECABLE, say_date, say_nombre, say_ponctuation

if TYPE_CHECKING:
    from ccm_data.messagerie.relances import Bilan

ERREURS_RELANCES: Final[dict[str, str]] = {
    "courriel_absent": N_(
        "L’envoi par courriel n’est pas réglé : donnez {reglage} ({remede}). Voyez docs/relances.md."
    ),
    "courriel_incomplet": N_("Le réglage {reglage} manque ou ne va pas avec les autres. Attendu : {remede}."),
    "courriel_invalide": N_("{reglage} = « {valeur} » ne convient pas. Attendu : {remede}."),
    "carnet_absent": N_(
        "{reglage} : le fichier « {valeur} » est absent ou illisible. Donnez un chemin que le serveur lit."
    ),
    "carnet_dans_le_projet": N_(
        "{reglage} : « {valeur} » est dans le dossier du projet. Rangez les adresses ailleurs."
    ),
    "carnet_illisible": N_("« {valeur} » n’est pas un CSV en UTF-8. Enregistrez-le de nouveau en « CSV UTF-8 »."),
    "carnet_colonnes": N_("« {valeur} » : la première ligne doit nommer les colonnes « declarant » et « adresse »."),
    "carnet_declarant": N_(
        "Adresses, ligne {ligne} : « {valeur} » n’est ni un code de région, ni un code d’organisation, ni « sp-ccm »."
    ),
    "carnet_deux_fois": N_("Adresses, ligne {ligne} : « {valeur} » a déjà une adresse plus haut. Gardez-en une."),
    "carnet_adresse": N_(
        "Adresses, ligne {ligne} : l’adresse de « {valeur} » n’en est pas une (une seule, sans nom, accent ni espace)."
    ),
    "smtp_injoignable": N_(
        "Le serveur d’envoi {hote} (port {port}) ne répond pas. Vérifiez CCM_SMTP_HOTE et CCM_SMTP_PORT."
    ),
    "smtp_delai": N_("Le serveur d’envoi {hote} (port {port}) n’a pas répondu à temps. Réessayez plus tard."),
    "smtp_certificat": N_("Le certificat du serveur d’envoi {hote} est refusé : vérifiez son nom, ou CCM_SMTP_TLS."),
    "smtp_sans_tls": N_("Le serveur d’envoi {hote} ne sait pas STARTTLS : réglez CCM_SMTP_TLS sur « tls »."),
    "smtp_authentification": N_(
        "Le serveur d’envoi {hote} refuse l’identifiant ou le mot de passe : vérifiez CCM_SMTP_UTILISATEUR et son mot de passe."
    ),
    "smtp_sans_authentification": N_(
        "Le serveur d’envoi {hote} ne demande pas de mot de passe : retirez CCM_SMTP_UTILISATEUR."
    ),
    "destinataire_refuse": N_("adresse refusée par le serveur"),
    "expediteur_refuse": N_("adresse d’envoi refusée par le serveur"),
    "message_refuse": N_("message refusé par le serveur"),
    "entete_refuse": N_("sujet ou adresse refusés : un retour à la ligne ne passe pas"),
    "envoi_impossible": N_("aucun message n’est parti"),
    "rappels_non_partis": N_("Aucun rappel n’est parti : {noms}. Ils peuvent être renvoyés."),
}
CADRE: Final = "Secrétariat Permanent du Cadre de Concertation sur la Migration (SP/CCM)"
# Where each kind of thing is mended: address of the screen, its name.
ECRANS: Final = {
    regles.RAPPORT: ("/deposer", "Déposer une mise à jour"),
    regles.VALEUR: ("/deposer", "Déposer une mise à jour"),
    regles.RETOUR: ("/mes-depots", "Mes dépôts"),
    regles.RECOMMANDATION: ("/recommandations", "Recommandations"),
    regles.INTERVENTION: ("/deposer", "Déposer une mise à jour"),
    regles.DOCUMENT: ("/documents", "Documents de programmation"),
}


@dataclass(frozen=True)
class Message:
    """A reminder ready to copy or to send: the code of who owes, his name, the subject, the text."""

    code: str
    nom: str
    sujet: str
    texte: str
    n: int


@contextmanager
def _speak_french() -> Iterator[None]:
    avant = get_langue()
    set_langue("fr")
    try:
        yield
    finally:
        set_langue(avant)


def make_messages(
    groupes: Iterable[tuple[Declarant, Sequence[Du]]],
    noms: NomsCompletude,
    aujourd_hui: date,
    adresse: str = "",
    *,
    demonstration: bool = False,
) -> tuple[Message, ...]:
    """One message per who owes, in the order given. `adresse`: of the dashboard; empty, screens are told by their path."""
    with _speak_french():
        return tuple(_make_message(qui, dus, noms, aujourd_hui, adresse, demonstration) for qui, dus in groupes)


def _make_message(
    qui: Declarant, dus: Sequence[Du], noms: NomsCompletude, aujourd_hui: date, adresse: str, demonstration: bool
) -> Message:
    nom = " ".join(say_declarant(qui, noms).split())
    combien = ngettext("{n} élément attendu", "{n} éléments attendus", len(dus)).format(n=say_nombre(len(dus)))
    essai = "[Démonstration] " if demonstration else ""
    corps = [
        "Bonjour,",
        f"Sauf erreur de notre part, au {say_date(aujourd_hui)}, le SP/CCM attend ce qui suit de votre part ({nom}).",
        *(_say_nature(nature, dus, noms, aujourd_hui, adresse) for nature in regles.NATURES if _list_de(nature, dus)),
        *_say_rappels(dus),
        "Si vous venez de faire le nécessaire, ne tenez pas compte de ce rappel ; pour toute difficulté, répondez à ce message.",
        f"Avec nos remerciements,\n{CADRE}",
    ]
    if demonstration:
        corps.insert(0, "DÉMONSTRATION : ces données sont inventées, ne tenez pas compte de ce message.")
    texte = "\n\n".join(corps)
    sujet = f"{essai}SP/CCM, rappel à {nom} : {combien}"
    return Message(qui.code, nom, _tidy(sujet), "\n".join(_tidy(ligne) for ligne in texte.split("\n")) + "\n", len(dus))


def _tidy(ligne: str) -> str:
    return say_ponctuation(ligne).replace("\u202f", INSECABLE)  # a narrow space is a square in some mail readers


def _list_de(nature: str, dus: Sequence[Du]) -> list[Du]:
    return [d for d in dus if d.nature == nature]


def _say_nature(nature: str, dus: Sequence[Du], noms: NomsCompletude, aujourd_hui: date, adresse: str) -> str:
    """A heading with where to go, then a line per thing owed; the reports of one quarter make one line."""
    chemin, ecran = ECRANS[nature]
    siens = _list_de(nature, dus)
    if nature in (regles.RAPPORT, regles.VALEUR):
        lignes = _group_trimestres(siens, noms, aujourd_hui)
    else:
        lignes = [f"- {say_objet_du(d, noms)} ; {say_depuis(d, aujourd_hui)}" for d in siens]
    return "\n".join([f"{NATURES[nature]} (écran « {ecran} » : {adresse}{chemin})", *lignes])


def _group_trimestres(dus: Sequence[Du], noms: NomsCompletude, aujourd_hui: date) -> list[str]:
    lignes = []
    groupes: dict[tuple[str | None, str, date | None], list[Du]] = {}
    for du in dus:
        groupes.setdefault((du.trimestre, du.etat, du.echeance), []).append(du)
    for (trimestre, _etat, _jour), siens in sorted(groupes.items(), key=lambda g: (g[0][0] or "", str(g[0][2]))):
        dit = say_trimestre_code(trimestre) if trimestre else "Sans trimestre"
        lignes.append(f"- {dit}, {say_depuis(siens[0], aujourd_hui)} :")
        lignes += [f"    {say_objet_du(d, noms)}" for d in siens]
    return lignes


def say_depuis(du: Du, aujourd_hui: date) -> str:
    """« attendu depuis le 15 juillet 2026 (131 jours) », « à renvoyer avant le 15 décembre 2026 »."""
    jours = du.compute_jours(aujourd_hui)
    if du.echeance is None:
        return "à renvoyer"
    jour = say_date(du.echeance)
    if jours is not None:
        duree = ngettext("{n} jour", "{n} jours", jours).format(n=say_nombre(jours))
        return f"attendu depuis le {jour} ({duree})"
    return f"à renvoyer avant le {jour}" if du.etat == regles.A_RENVOYER else f"à rendre avant le {jour}"


def _say_rappels(dus: Sequence[Du]) -> list[str]:
    rappels = []
    natures = {d.nature for d in dus}
    if regles.RAPPORT in natures:
        rappels.append(
            "Un trimestre sans fait nouveau se rapporte aussi : cochez « Rien à signaler », c’est un rapport."
        )
    if regles.RECOMMANDATION in natures:
        rappels.append(
            "Pour une recommandation réalisée, dites-nous la date et la preuve : le SP/CCM met son suivi à jour."
        )
    return rappels


def join_messages(messages: Iterable[Message]) -> str:
    """All reminders one after the other, each under its subject: what is copied, printed or read through."""
    blocs = [f"Objet : {m.sujet}\n\n{m.texte}" for m in messages]
    return f"\n{'-' * 60}\n\n".join(say_ponctuation(b) for b in blocs)


def list_destinataires(messages: Iterable[Message]) -> dict[str, str]:
    """Options of a choice: code → « Agadez · 4 »; "" is all."""
    tous = tuple(messages)
    return {"": _("Tous les destinataires · {n}").format(n=say_nombre(len(tous)))} | {
        m.code: f"{m.nom} · {say_nombre(m.n)}" for m in tous
    }


def say_pli(messages: Sequence[Message]) -> str:
    """What is folded: « Voir et copier les 13 rappels, à la suite »."""
    return _("Voir et copier les {n} rappels, à la suite").format(n=say_nombre(len(messages)))


def say_bouton(messages: Sequence[Message]) -> str:
    """« Envoyer à Agadez », « Envoyer les 13 rappels »."""
    if len(messages) == 1:
        return _("Envoyer à {nom}").format(nom=messages[0].nom)
    return _("Envoyer les {n} rappels").format(n=say_nombre(len(messages)))


def say_echec(code: str) -> str:
    """Why one message did not leave, in a few words."""
    courtes = {
        "smtp_delai": _("le serveur n’a pas répondu à temps"),
        "smtp_injoignable": _("la connexion au serveur s’est rompue"),
    }
    return courtes.get(code) or _(ERREURS_RELANCES.get(code, ERREURS_RELANCES["envoi_impossible"]))


def list_echecs(bilan: Bilan, noms: dict[str, str]) -> list[str]:
    """« GIZ (adresse refusée par le serveur) » for each that did not leave."""
    return [f"{noms.get(c, c)} ({say_echec(code)})" for c, code in bilan.echecs]


def say_bilan_envoi(bilan: Bilan, noms: dict[str, str]) -> str:
    """« 3 rappels envoyés. Sans adresse : GIZ. Déjà écrit depuis moins de 24 heures : Diffa. Non partis : … »."""
    n = len(bilan.envoyes)
    phrases = [ngettext("{n} rappel envoyé.", "{n} rappels envoyés.", n).format(n=say_nombre(n))]

    def _noms(codes: Iterable[str]) -> str:
        return ", ".join(noms.get(c, c) for c in codes)

    if bilan.echecs:
        phrases.append(_("Non partis : {noms}.").format(noms=", ".join(list_echecs(bilan, noms))))
    if bilan.recents:
        phrases.append(_("Rappel de moins de 24 heures, non répété : {noms}.").format(noms=_noms(bilan.recents)))
    if bilan.sans_adresse:
        phrases.append(_("Sans adresse : {noms}.").format(noms=_noms(bilan.sans_adresse)))
    return say_ponctuation(" ".join(phrases))
