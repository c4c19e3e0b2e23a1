"""Requests to PTF through the CCM, and the pledges that answer them: gap → request → pledge → intervention.

Each step is kept (`EtapeRequete`), with its journal line. A signed pledge becomes an intervention of the PTF, sent for
validation like any other: nothing counts before. Source: règles de calcul, 4 and 7.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.commands.journal import write_journal
from ccm_data.commands.suivi import save_brouillon, submit
from ccm_data.commands.transaction import add_numerotee, check_existe, check_texte, check_version, flush, get_ligne
from ccm_data.domain.calendrier import get_jour
from ccm_data.domain.listes import split_liste
from ccm_data.domain.montants import read_montant
from ccm_data.domain.permissions import Personne, check_write
from ccm_data.domain.repartition import NATIONAL
from ccm_data.domain.requetes import ACCUEILLENT, check_etape, check_positionnement
from ccm_data.domain.vocabulaire import EtatPositionnement, EtatRequete, EtatSuivi, ListeTermes
from ccm_data.errors import AccesRefuse, Conflit, TransitionInterdite, ValeurInvalide
from ccm_data.models.acteurs import Acteur
from ccm_data.models.base import to_dict
from ccm_data.models.coordination import Intervention, Terme
from ccm_data.models.plan import Activite
from ccm_data.models.requetes import EtapeRequete, Positionnement, Requete
from ccm_data.models.territoire import Region

CHAMPS: Final = (
    "demandeur_code", "objet", "description", "theme", "activite_code", "region_code", "montant_fcfa", "destinataires",
    "recue_le", "echeance", "origine",
)  # fmt: skip


def add_requete(session: Session, personne: Personne, maintenant: datetime, valeurs: Mapping[str, Any]) -> int:
    """A request as received; its id. An actor asks in its own name, a focal point for its region.

    Raises AccesRefuse, ValeurInvalide (also for an unknown code, which names its column).
    """
    inconnu = next((c for c in valeurs if c not in CHAMPS), None)
    if inconnu is not None:
        raise ValeurInvalide("champ_inconnu", champ=inconnu, valeur=valeurs[inconnu], attendu=", ".join(CHAMPS))
    champs = dict.fromkeys(CHAMPS) | {c: _clean(v) for c, v in valeurs.items()}
    champs["demandeur_code"] = personne.acteur_code or champs["demandeur_code"]
    champs["recue_le"] = champs["recue_le"] or get_jour(maintenant)
    check_write(personne, "requerir", champs["region_code"], champs["demandeur_code"])
    if personne.compte_id is None:
        raise AccesRefuse(action="requerir", role=personne.role.value)
    _check_requete(session, champs, get_jour(maintenant))
    requete = Requete(**champs, etat=EtatRequete.RECUE, auteur_id=personne.compte_id, cree_le=maintenant)
    add_numerotee(session, requete, f"R-{maintenant.year}-")
    _add_etape(session, personne, maintenant, requete, None)
    _note(session, personne, maintenant, "creer", requete, None)
    return requete.id


def _clean(valeur: Any) -> Any:
    return (valeur.strip() or None) if isinstance(valeur, str) else valeur


def _check_requete(session: Session, champs: dict[str, Any], aujourd_hui: date) -> None:
    champs["objet"] = check_texte("objet", champs["objet"])
    for champ, table in (("demandeur_code", Acteur), ("activite_code", Activite), ("region_code", Region)):
        check_existe(session, table, champs[champ], champ)
    for code in split_liste(champs["destinataires"]):
        check_existe(session, Acteur, code, "destinataires")
    if champs["theme"] is not None:
        check_existe(session, Terme, (ListeTermes.THEME, champs["theme"]), "theme")
    if champs["montant_fcfa"] is not None:
        champs["montant_fcfa"] = _read_positif("montant_fcfa", champs["montant_fcfa"])
    if champs["recue_le"] > aujourd_hui:
        raise ValeurInvalide("date_future", champ="recue_le", valeur=champs["recue_le"], attendu=f"≤ {aujourd_hui}")
    if champs["echeance"] is not None and champs["echeance"] < champs["recue_le"]:
        raise ValeurInvalide(champ="echeance", valeur=champs["echeance"], attendu=f"≥ {champs['recue_le']}")


def _read_positif(champ: str, valeur: Any) -> int:
    montant = read_montant(valeur, champ)
    if montant < 0:
        raise ValeurInvalide(champ=champ, valeur=valeur, attendu="≥ 0")
    return montant


def _add_etape(session: Session, personne: Personne, maintenant: datetime, requete: Requete, note: str | None) -> None:
    session.add(
        EtapeRequete(
            requete_id=requete.id, etat=requete.etat, quand=maintenant, compte_id=personne.compte_id, note=_clean(note)
        )
    )
    session.flush()


def _note(
    session: Session, personne: Personne, maintenant: datetime, action: str, ligne: Any, avant: dict[str, Any] | None
) -> None:
    objet = ligne.__tablename__
    write_journal(
        session, maintenant, personne, action, objet, ligne.id,
        resume=getattr(ligne, "numero", None) or getattr(ligne, "acteur_code", "") or "",
        avant=avant, apres=to_dict(ligne), region_code=getattr(ligne, "region_code", None),
    )  # fmt: skip


def advance_requete(
    session: Session, personne: Personne, maintenant: datetime, requete_id: int, version: int, etat: EtatRequete | str,
    note: str | None = None,
) -> None:  # fmt: skip
    """The request's next step; a refusal says why. Raises AccesRefuse, Conflit, TransitionInterdite, ValeurInvalide."""
    check_write(personne, "instruire_requete")
    requete = get_ligne(session, Requete, requete_id)
    check_version(requete, version)
    suivant = EtatRequete(etat)
    check_etape(requete.etat, suivant, note)
    _advance(session, personne, maintenant, requete, suivant, note)


def _advance(
    session: Session, personne: Personne, maintenant: datetime, requete: Requete, etat: EtatRequete, note: str | None
) -> None:
    avant = to_dict(requete)
    requete.etat, requete.version = etat, requete.version + 1
    flush(session, "requete")
    _add_etape(session, personne, maintenant, requete, note)
    _note(session, personne, maintenant, "avancer", requete, avant)


def add_positionnement(
    session: Session, personne: Personne, maintenant: datetime, requete_id: int, date_prevue: date,
    *, montant: Any = None, acteur_code: str | None = None, note: str | None = None,
) -> int:  # fmt: skip
    """« Je me positionne »: an organisation's pledge on a request already passed on; its id.

    `montant` None: not said yet. Raises AccesRefuse, Conflit (meme_fait: it has one already), TransitionInterdite (the
    request takes none now), ValeurInvalide.
    """
    acteur = personne.acteur_code or acteur_code
    check_write(personne, "se_positionner", None, acteur)
    requete = get_ligne(session, Requete, requete_id)
    if requete.etat not in ACCUEILLENT:
        raise TransitionInterdite("requete_fermee", etat=requete.etat.value, action="se_positionner")
    if acteur is None:
        raise ValeurInvalide("valeur_manquante", champ="acteur_code", valeur=None, attendu="une organisation")
    check_existe(session, Acteur, acteur, "acteur_code")
    if date_prevue < get_jour(maintenant):
        raise ValeurInvalide(champ="date_prevue", valeur=date_prevue, attendu=f"≥ {get_jour(maintenant).isoformat()}")
    ligne = Positionnement(
        requete_id=requete_id, acteur_code=acteur, etat=EtatPositionnement.ANNONCE, date_prevue=date_prevue,
        montant_fcfa=None if montant in (None, "") else _read_positif("montant_fcfa", montant),
        note=_clean(note), auteur_id=personne.compte_id, cree_le=maintenant, change_le=maintenant,
    )  # fmt: skip
    session.add(ligne)
    flush(session, "positionnement")
    _note(session, personne, maintenant, "creer", ligne, None)
    return ligne.id


def advance_positionnement(
    session: Session, personne: Personne, maintenant: datetime, positionnement_id: int, version: int,
    etat: EtatPositionnement | str, *, code: str | None = None,
) -> int | None:  # fmt: skip
    """Confirm, sign or withdraw a pledge. Signed, it makes an intervention (`code`) sent for validation: its id.

    The request becomes acceptée, then financée once a pledge is signed. Raises as `add_positionnement`, and
    ValeurInvalide without amount or code at signature.
    """
    ligne = get_ligne(session, Positionnement, positionnement_id)
    check_write(personne, "se_positionner", None, ligne.acteur_code)
    check_version(ligne, version)
    suivant = EtatPositionnement(etat)
    check_positionnement(ligne.etat, suivant)
    requete = get_ligne(session, Requete, ligne.requete_id)
    avant = to_dict(ligne)
    if suivant is EtatPositionnement.SIGNE:
        ligne.intervention_id = _make_intervention(session, personne, maintenant, requete, ligne, code)
    ligne.etat, ligne.version, ligne.change_le = suivant, ligne.version + 1, maintenant
    flush(session, "positionnement")
    _note(session, personne, maintenant, suivant.value, ligne, avant)
    if suivant is not EtatPositionnement.RETIRE and requete.etat is EtatRequete.TRANSMISE:
        _advance(session, personne, maintenant, requete, EtatRequete.ACCEPTEE, None)
    if suivant is EtatPositionnement.SIGNE and requete.etat is EtatRequete.ACCEPTEE:
        _advance(session, personne, maintenant, requete, EtatRequete.FINANCEE, None)
    return ligne.intervention_id


def _make_intervention(
    session: Session, personne: Personne, maintenant: datetime, requete: Requete, ligne: Positionnement,
    code: str | None,
) -> int:  # fmt: skip
    """What the signed pledge becomes: planned, funded by the PTF, its money mobilised."""
    if ligne.montant_fcfa is None:
        raise ValeurInvalide("valeur_manquante", champ="montant_fcfa", valeur=None, attendu="le montant signé")
    if requete.theme is None:
        raise ValeurInvalide("valeur_manquante", champ="theme", valeur=None, attendu="le thème de la requête")
    numero = save_brouillon(
        session, personne, maintenant, "intervention",
        {
            "acteur_code": ligne.acteur_code,
            "code": check_texte("code", code),
            "titre": requete.objet,
            "description": requete.description,
            "bailleurs": ligne.acteur_code,
            "themes": requete.theme,
            "regions": requete.region_code or NATIONAL,
            "date_debut": ligne.date_prevue,
            "budget_fcfa": ligne.montant_fcfa,
            "mobilise_fcfa": ligne.montant_fcfa,
            "statut": "planifie",
            "activite_code": requete.activite_code,
        },
    )  # fmt: skip
    if session.scalar(
        select(Intervention.id).where(
            Intervention.code == code, Intervention.id != numero, Intervention.etat != EtatSuivi.REMPLACE
        )
    ):
        raise Conflit("meme_fait", objet="intervention", valeur=code)
    return submit(session, personne, maintenant, "intervention", numero, 1)
