"""The forms of the requests' screen: what they ask, which command they send; what a gap has already filled in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from ccm_data.commands import requetes as commandes
from ccm_data.domain.permissions import Personne, can_write, get_portee_ecriture
from ccm_data.domain.requetes import ACCUEILLENT, ETAPES, PAS_POSITIONNEMENT
from ccm_data.domain.vocabulaire import EtatPositionnement, EtatRequete
from ccm_data.errors import ValeurInvalide
from ccm_data.libelles import say_libelle
from ccm_data.phrases import requetes as phrases
from ccm_data.queries.requetes import FichePositionnement, FicheRequete, FiltreRequetes, NomsRequetes, get_numero
from ccm_data.textes import _
from pages.ui import cache, components, disposition, session
from pages.ui.formulaires import Champ, show_formulaire
from pages.ui.session import Contexte

PREREMPLIS = ("theme", "activite", "origine")


@dataclass(frozen=True)
class Amorce:
    """What the address says of a request to write (from a gap); what is not ours is left out."""

    theme: str | None = None
    activite: str | None = None
    region: str | None = None
    origine: str | None = None

    def __bool__(self) -> bool:
        return bool(self.theme or self.activite or self.origine)

    def keep_origine(self, valeurs: dict[str, Any]) -> str | None:
        """The gap, as long as what is asked is still what it lacks."""
        region, _barre, sujet = (self.origine or "").partition("|")
        return (
            self.origine if valeurs["region"] == region and sujet in (valeurs["theme"], valeurs["activite"]) else None
        )


def read_amorce(contexte: Contexte, noms: NomsRequetes) -> Amorce:
    """What the address asks to write."""
    theme, activite, origine = (session.get_param(nom) for nom in PREREMPLIS)
    return Amorce(
        theme if theme in noms.themes_ouverts else None,
        activite if activite in noms.activites else None,
        contexte.perimetre.region,
        origine if phrases.read_origine(origine, noms) else None,
    )


def read_filtre(contexte: Contexte) -> FiltreRequetes:
    """The filter that the address carries."""
    etat = session.get_param("etat")
    return FiltreRequetes(
        EtatRequete(etat) if etat in list(EtatRequete) else None,
        contexte.perimetre.region,
        session.get_param("retard") == "1",
    )


def show_nouvelle(contexte: Contexte, noms: NomsRequetes, amorce: Amorce) -> None:
    """The form of a new request, for who may ask: in sight when it comes from a gap, folded otherwise."""
    if get_portee_ecriture(contexte.personne, "requerir") == "non":
        return
    if amorce:
        components.show_section(_("Nouvelle requête"))
        _show_nouvelle(contexte, noms, amorce)
    else:
        with components.show_pli(_("Nouvelle requête")):
            _show_nouvelle(contexte, noms, amorce)


def _show_nouvelle(contexte: Contexte, noms: NomsRequetes, amorce: Amorce) -> None:
    def _send(valeurs: dict[str, Any]) -> str:
        numero = session.apply(
            commandes.add_requete,
            {
                "objet": valeurs["objet"],
                "description": valeurs["description"],
                "theme": valeurs["theme"],
                "activite_code": valeurs["activite"],
                "region_code": valeurs["region"],
                "montant_fcfa": valeurs["montant"],
                "destinataires": ";".join(valeurs["destinataires"]),
                "recue_le": valeurs["recue_le"],
                "echeance": valeurs["echeance"],
                "demandeur_code": valeurs.get("demandeur"),
                "origine": amorce.keep_origine(valeurs),
            },
        )
        session.remember("requetes_ajouts", session.recall("requetes_ajouts", 0) + 1)
        nom = cache.read_direct(contexte, get_numero, numero)
        for param in PREREMPLIS:
            session.set_param(param, None)
        session.set_param("requete", nom)
        return _("Requête {numero} enregistrée : le SP/CCM va l’instruire.").format(numero=nom)

    suffixe = "_".join((amorce.theme or "", (amorce.activite or "").replace(".", "-"), amorce.region or ""))
    show_formulaire(
        f"requete_{suffixe}_{session.recall('requetes_ajouts', 0)}",
        _list_champs(contexte.personne, noms, amorce, contexte.config.aujourd_hui()),
        _("Enregistrer la requête"),
        _send,
    )


def _list_champs(personne: Personne, noms: NomsRequetes, amorce: Amorce, aujourd_hui: date) -> list[Champ]:
    portee = get_portee_ecriture(personne, "requerir")
    if portee == "sa_region":
        regions = {c: n for c, n in noms.regions.items() if c == personne.region_code}
    else:
        regions = {"": _("National"), **noms.regions}
    demandeur = Champ("demandeur", _("Demandeur"), "choix", {"": _("Non renseigné"), **noms.acteurs}, defaut="")
    return [
        Champ("objet", _("Objet"), aide=_("Ce qui est demandé, en une ligne.")),
        *([] if personne.acteur_code else [demandeur]),
        Champ("region", _("Région"), "choix", regions, defaut=amorce.region or ""),
        Champ(
            "theme", _("Thème"), "choix", {"": _("Non renseigné"), **noms.themes_ouverts}, defaut=amorce.theme or "",
            aide=_("Il en faut un pour qu’un positionnement signé devienne une intervention."),
        ),
        Champ("activite", _("Activité du plan"), "choix", {"": _("Aucune"), **noms.activites}, defaut=amorce.activite or ""),
        Champ("montant", _("Montant demandé (FCFA)"), aide=_("Vide : non renseigné, ce qui n’est pas zéro.")),
        Champ("destinataires", _("Destinataires"), "plusieurs", noms.ptf, aide=_("Vide : tous les PTF.")),
        Champ("recue_le", _("Reçue le"), "date", defaut=aujourd_hui),
        Champ("echeance", _("Échéance"), "date"),
        Champ("description", _("Description"), "zone", maximum=2000, aide=_("Aucun nom de personne.")),
    ]  # fmt: skip


def show_etape(contexte: Contexte, fiche: FicheRequete) -> None:
    """The next step, for the SP/CCM: only those that the request's state allows."""
    suites = ETAPES[fiche.etat]
    if not suites or not can_write(contexte.personne, "instruire_requete"):
        return

    def _send(valeurs: dict[str, Any]) -> str:
        etat = EtatRequete(valeurs["etat"])
        session.apply(commandes.advance_requete, fiche.id, fiche.version, etat, valeurs["note"])
        return _("Requête {numero} : {etat}.").format(numero=fiche.numero, etat=say_libelle(etat).lower())

    champs = [
        Champ("etat", _("Étape suivante"), "choix", {e.value: say_libelle(e) for e in suites}),
        Champ("note", _("Note (obligatoire pour un refus : son motif)"), "zone", maximum=1000),
    ]
    show_formulaire(f"etape_{fiche.id}_{fiche.version}", champs, _("Enregistrer l’étape"), _send)


def show_positionnement(contexte: Contexte, fiche: FicheRequete, noms: NomsRequetes) -> None:
    """« Je me positionne », for an organisation that has no pledge here yet, or for the SP/CCM in its name."""
    personne = contexte.personne
    if fiche.etat not in ACCUEILLENT or not can_write(personne, "se_positionner", None, personne.acteur_code):
        return
    engages = {p.acteur for p in fiche.positionnements if p.etat is not EtatPositionnement.RETIRE}
    if personne.acteur_code in engages:
        return

    def _send(valeurs: dict[str, Any]) -> str:
        jour = valeurs["date_prevue"]
        if jour is None:
            raise ValeurInvalide("valeur_manquante", champ="date_prevue", valeur=None, attendu=_("une date"))
        session.apply(
            commandes.add_positionnement, fiche.id, jour, montant=valeurs["montant"],
            acteur_code=valeurs.get("acteur"), note=valeurs["note"],
        )  # fmt: skip
        return _("Positionnement annoncé sur {numero} : confirmez-le pour qu’il soit montré.").format(
            numero=fiche.numero
        )

    libres = {c: n for c, n in noms.acteurs.items() if c not in engages}
    champs = [
        *([] if personne.acteur_code else [Champ("acteur", _("Organisation"), "choix", libres)]),
        Champ("montant", _("Montant (FCFA)"), aide=_("Vide : non renseigné, ce qui n’est pas zéro.")),
        Champ("date_prevue", _("Date prévue de début"), "date"),
        Champ("note", _("Note"), "zone", maximum=1000),
    ]
    bouton = _("Je me positionne") if personne.acteur_code else _("Enregistrer le positionnement")
    show_formulaire(f"position_{fiche.id}_{fiche.version}_{len(engages)}", champs, bouton, _send)


def show_suites(contexte: Contexte, fiche: FicheRequete, noms: NomsRequetes) -> None:
    """What its organisation may do of each pledge: confirm, sign with the intervention's code, withdraw."""
    for p in fiche.positionnements:
        suites = phrases.list_suites_positionnement(fiche, p, PAS_POSITIONNEMENT[p.etat])
        if suites and can_write(contexte.personne, "se_positionner", None, p.acteur):
            with disposition.show_carte(key=f"pledge_{p.id}"):
                components.show_titre_graphique(
                    _("Positionnement : {qui}").format(qui=noms.acteurs.get(p.acteur, p.acteur)), say_libelle(p.etat)
                )
                manque = phrases.say_manque_signature(fiche, p)
                if manque:
                    components.show_note(manque)
                _show_suite(fiche, p, suites)


def _show_suite(fiche: FicheRequete, p: FichePositionnement, suites: Any) -> None:
    def _send(valeurs: dict[str, Any]) -> str:
        etat = EtatPositionnement(valeurs["etat"])
        code = (valeurs.get("code") or "").strip() or None
        session.apply(commandes.advance_positionnement, p.id, p.version, etat, code=code)
        if etat is EtatPositionnement.SIGNE:
            return _("Positionnement signé : l’intervention {code} attend la validation.").format(code=code)
        return _("Positionnement : {etat}.").format(etat=say_libelle(etat).lower())

    champs = [Champ("etat", _("Suite"), "choix", suites)]
    if EtatPositionnement.SIGNE.value in suites:
        champs.append(
            Champ(
                "code",
                _("Code de l’intervention"),
                aide=_("À la signature : celui du registre, par exemple GIZ-2027-01."),
                maximum=60,
            )
        )
    show_formulaire(f"suite_{p.id}_{p.version}", champs, _("Enregistrer la suite"), _send)
