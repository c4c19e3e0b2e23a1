"""Bodies, their quorum, the reading of a meeting's file, recommendations carried over.

Members, meetings and recommendations are follow-up rows: `suivi.py` changes them. What is said here of a body is reference
data that the SP/CCM keeps (`modifie_spccm`: a reload leaves it alone); a quorum is a decision, with its source.
Source: codes et standards (coordination bodies), règles de calcul 7.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ccm_data.commands.decisions import Provenance, check_decision, write_decision
from ccm_data.commands.journal import write_journal
from ccm_data.commands.suivi import save_brouillon, submit
from ccm_data.commands.sujets import get_sujet, read_enum
from ccm_data.commands.transaction import check_existe, check_texte, flush, get_ligne
from ccm_data.db import compute_cle_tri
from ccm_data.domain.instances import OUVERTS, Membre, is_membre
from ccm_data.domain.listes import split_liste
from ccm_data.domain.montants import read_decimal
from ccm_data.domain.permissions import Personne, check_write
from ccm_data.domain.vocabulaire import College, EtatSuivi, ModeQuorum, RoleSpccm, TypeInstance
from ccm_data.errors import AccesRefuse, Conflit, Introuvable, ValeurInvalide
from ccm_data.models.acteurs import Acteur
from ccm_data.models.base import to_dict
from ccm_data.models.instances import (
    AccuseLecture,
    Instance,
    MembreInstance,
    Recommandation,
    RegleQuorum,
    Rencontre,
)
from ccm_data.models.territoire import Region

CHAMPS: Final = (
    "nom", "sigle", "type", "region_code", "parent_code", "role_spccm", "texte_fondateur", "a_confirmer", "actif",
)  # fmt: skip
LONGUEURS: Final = {"nom": 200, "sigle": 40}
LONGUEUR_CODE: Final = 40
EN_COURS: Final = (EtatSuivi.BROUILLON, EtatSuivi.SOUMIS, EtatSuivi.RETOURNE)
NOMBRE_MAX: Final = 999


def save_instance(
    session: Session, personne: Personne, maintenant: datetime, code: str | None, valeurs: Mapping[str, Any]
) -> str:
    """Make a body (`code` None: one is made from its acronym or name) or change one; its code.

    `valeurs`: column of CHAMPS → value or text; those not given stay. Raises AccesRefuse, Introuvable, ValeurInvalide,
    Conflit (« nom_pris »; « instance_engagee »: its region changes while members or meetings stand in the former one).
    """
    check_write(personne, "gerer_instances")
    inconnu = next((c for c in valeurs if c not in CHAMPS), None)
    if inconnu is not None:
        raise ValeurInvalide("champ_inconnu", champ=inconnu, valeur=valeurs[inconnu], attendu=", ".join(CHAMPS))
    instance = _make_instance(session, valeurs) if code is None else get_ligne(session, Instance, code)
    avant = None if code is None else to_dict(instance)
    with session.no_autoflush:
        for champ, valeur in valeurs.items():
            setattr(instance, champ, _read_champ(champ, valeur))
        instance.nom = check_texte("nom", instance.nom)
        if instance.type is None:
            raise ValeurInvalide("valeur_manquante", champ="type", valeur=None, attendu="un type d’instance")
        _check_instance(session, instance, None if avant is None else avant["region_code"])
    if avant is not None and to_dict(instance) == avant:
        return instance.code
    instance.modifie_spccm = True
    session.add(instance)
    flush(session, "instance")
    write_journal(
        session, maintenant, personne, "creer" if avant is None else "modifier", "instance", instance.code,
        resume=instance.nom, avant=avant, apres=to_dict(instance), region_code=instance.region_code,
    )  # fmt: skip
    return instance.code


def confirm_instance(session: Session, personne: Personne, maintenant: datetime, code: str) -> str:
    """The SP/CCM confirms a body that was « à confirmer ». Returns its code; raises as `save_instance`."""
    return save_instance(session, personne, maintenant, code, {"a_confirmer": False})


def close_instance(session: Session, personne: Personne, maintenant: datetime, code: str, actif: bool = False) -> str:
    """A body meets no more (or again, `actif`); what it did stays. Returns its code; raises as `save_instance`."""
    return save_instance(session, personne, maintenant, code, {"actif": actif})


def _make_instance(session: Session, valeurs: Mapping[str, Any]) -> Instance:
    nom = str(valeurs.get("sigle") or valeurs.get("nom") or "")
    base = compute_cle_tri(nom).replace(" ", "-")[: LONGUEUR_CODE - 4].strip("-")
    if not base:
        raise ValeurInvalide("valeur_manquante", champ="nom", valeur=nom, attendu="un texte")
    code, rang = base, 2
    while session.get(Instance, code) is not None:
        code, rang = f"{base}-{rang}", rang + 1
    dernier = session.scalar(select(func.max(Instance.ordre))) or 0
    return Instance(code=code, ordre=dernier + 1, section="SP/CCM", a_confirmer=False, actif=True, modifie_spccm=True)


def _read_champ(champ: str, valeur: Any) -> Any:
    propre = (valeur.strip() or None) if isinstance(valeur, str) else valeur
    if champ in ("a_confirmer", "actif"):
        return bool(propre)
    if champ in LONGUEURS and propre is not None and len(propre) > LONGUEURS[champ]:
        raise ValeurInvalide("texte_trop_long", champ=champ, valeur=propre, attendu=f"≤ {LONGUEURS[champ]}")
    listes: dict[str, Any] = {"type": TypeInstance, "role_spccm": RoleSpccm}
    return read_enum(champ, listes[champ], propre) if champ in listes and propre is not None else propre


def _check_instance(session: Session, instance: Instance, region_avant: str | None) -> None:
    check_existe(session, Region, instance.region_code, "region_code")
    check_existe(session, Instance, instance.parent_code, "parent_code")
    parents = dict(session.execute(select(Instance.code, Instance.parent_code)).all())
    vu, suivant = {instance.code}, instance.parent_code
    while suivant is not None:
        if suivant in vu:
            raise ValeurInvalide("parents_en_boucle", champ="parent_code", valeur=instance.parent_code)
        vu.add(suivant)
        suivant = parents.get(suivant)
    cle = compute_cle_tri(instance.nom)
    for code, nom in session.execute(select(Instance.code, Instance.nom).where(Instance.code != instance.code)):
        if compute_cle_tri(nom) == cle:
            raise Conflit("nom_pris", valeur=instance.nom, instance=code)
    if instance.region_code != region_avant and _is_engagee(session, instance.code):
        raise Conflit("instance_engagee", valeur=instance.nom)


def _is_engagee(session: Session, code: str) -> bool:
    """Does anything living stand under this body? Its rows are of its region: rights follow from it."""
    return any(
        session.scalar(select(table.id).where(table.instance_code == code, table.etat != EtatSuivi.REMPLACE).limit(1))
        is not None
        for table in (MembreInstance, Rencontre)
    )


def set_regle_quorum(
    session: Session,
    personne: Personne,
    maintenant: datetime,
    instance_code: str,
    college: College | str | None,
    mode: ModeQuorum | str,
    valeur: Any,
    provenance: Provenance,
    *,
    vu: int | None = None,
) -> int | None:
    """The quorum of a body, for a college or (None) all members together; `valeur` None or empty withdraws it.

    A number of members is whole; a part is a percentage, at most 100. Returns the id in force; raises AccesRefuse,
    ValeurInvalide, Conflit.
    """
    check_decision(personne, "gerer_instances", provenance, maintenant)
    check_existe(session, Instance, instance_code, "instance_code")
    valeurs = None
    if valeur is not None and valeur != "":
        quel = read_enum("mode", ModeQuorum, getattr(mode, "value", mode))
        valeurs = {"mode": quel, "valeur": _read_quorum(quel, valeur)}
    cle = {
        "instance_code": instance_code,
        "college": None if not college else read_enum("college", College, getattr(college, "value", college)),
    }
    return write_decision(session, personne, maintenant, RegleQuorum, cle, valeurs, provenance, vu)


def _read_quorum(mode: ModeQuorum, valeur: Any) -> Any:
    texte = valeur.strip().removesuffix("%") if isinstance(valeur, str) and mode is ModeQuorum.PART else valeur
    lue = read_decimal(texte, "valeur")
    if mode is ModeQuorum.NOMBRE and (lue != lue.to_integral_value() or not 1 <= lue <= NOMBRE_MAX):
        raise ValeurInvalide(champ="valeur", valeur=valeur, attendu=f"un nombre entier de 1 à {NOMBRE_MAX}")
    if mode is ModeQuorum.PART and (not 0 < lue <= 100 or lue != round(lue, 2)):
        raise ValeurInvalide(
            champ="valeur", valeur=valeur, attendu="un pourcentage au-dessus de 0, de 100 au plus, à deux décimales"
        )
    return lue


def _get_rencontre(session: Session, code: str) -> Rencontre:
    """The validated meeting of this code. Raises Introuvable."""
    ligne = session.scalar(select(Rencontre).where(Rencontre.code == code, Rencontre.etat == EtatSuivi.VALIDE))
    if ligne is None:
        raise Introuvable(objet="rencontre", valeur=code)
    return ligne


def acknowledge_lecture(
    session: Session, personne: Personne, maintenant: datetime, rencontre_code: str, acteur_code: str | None = None
) -> int:
    """« J'ai lu le dossier »: an organisation that sits in the body, or was there, says so, once.

    An actor speaks for its own organisation; the SP/CCM notes it for the one it names. Returns the acknowledgement's id;
    raises AccesRefuse, Introuvable, ValeurInvalide, Conflit (« dossier_non_partage », « pas_convie », « deja_accuse »).
    """
    qui = acteur_code or personne.acteur_code
    check_write(personne, "accuser_lecture", None, qui)
    if personne.compte_id is None:
        raise AccesRefuse(action="accuser_lecture", role=personne.role.value)
    if qui is None:
        raise ValeurInvalide("valeur_manquante", champ="acteur_code", valeur=None, attendu="une organisation")
    check_existe(session, Acteur, qui, "acteur_code")
    rencontre = _get_rencontre(session, rencontre_code)
    if rencontre.annulee or rencontre.dossier_partage_le is None:
        raise Conflit("dossier_non_partage", valeur=rencontre_code)
    if not _is_convie(session, rencontre, qui):
        raise Conflit("pas_convie", valeur=rencontre_code, acteur=qui)
    deja = select(AccuseLecture.id).where(
        AccuseLecture.rencontre_code == rencontre_code, AccuseLecture.acteur_code == qui
    )
    if session.scalar(deja) is not None:
        raise Conflit("deja_accuse", valeur=rencontre_code)
    accuse = AccuseLecture(
        rencontre_code=rencontre_code, acteur_code=qui, compte_id=personne.compte_id, quand=maintenant
    )
    session.add(accuse)
    flush(session, "accuse_lecture")
    write_journal(
        session, maintenant, personne, "accuser", "accuse_lecture", accuse.id, resume=f"{rencontre_code}, {qui}",
        apres=to_dict(accuse), region_code=rencontre.region_code,
    )  # fmt: skip
    return accuse.id


def _is_convie(session: Session, rencontre: Rencontre, acteur: str) -> bool:
    """A member or observer on the meeting's day, or one of those present."""
    if acteur in split_liste(rencontre.presents):
        return True
    requete = select(MembreInstance).where(
        MembreInstance.instance_code == rencontre.instance_code,
        MembreInstance.membre_code == acteur,
        MembreInstance.etat == EtatSuivi.VALIDE,
    )
    return any(
        is_membre(Membre(acteur, x.college, x.observateur, x.admis_le, x.sorti_le), rencontre.date_rencontre)
        for x in session.scalars(requete)
    )


def carry_over(
    session: Session, personne: Personne, maintenant: datetime, codes: Collection[str], rencontre_code: str
) -> list[int]:
    """Carry open recommendations over to a meeting, all or none: for each, a corrected row sent for validation.

    Validated rows are never edited: the meeting's code is added to `reconduite_par` of a copy. Returns the ids of the
    rows sent, in the order of the codes. Raises AccesRefuse, Introuvable, ValeurInvalide, Conflit (« pas_ouverte »,
    « meme_rencontre », « rencontre_anterieure », « deja_reconduite », « correction_en_cours », each with its code).
    """
    voulus = list(dict.fromkeys(codes))
    if not voulus:
        raise ValeurInvalide("valeur_manquante", champ="recommandations", valeur=None, attendu="un choix")
    rencontre = _get_rencontre(session, rencontre_code)
    check_write(personne, get_sujet("recommandation").droit, rencontre.region_code)
    if rencontre.annulee:
        raise Conflit("rencontre_annulee", valeur=rencontre_code)
    valides, en_cours = _read_recommandations(session, voulus)
    origines = dict(
        session.execute(
            select(Rencontre.code, Rencontre.date_rencontre).where(
                Rencontre.etat == EtatSuivi.VALIDE, Rencontre.code.in_({x.rencontre_code for x in valides.values()})
            )
        ).all()
    )
    nees = []
    for code in voulus:
        if code not in valides:
            raise Introuvable(objet="recommandation", valeur=code)
        _check_reconduction(valides[code], rencontre, code in en_cours)
        if origines.get(valides[code].rencontre_code, date.min) > rencontre.date_rencontre:
            raise Conflit("rencontre_anterieure", valeur=code)
        nees.append(_send_reconduction(session, personne, maintenant, valides[code], rencontre_code))
    return nees


def _read_recommandations(session: Session, codes: list[str]) -> tuple[dict[str, Recommandation], set[str]]:
    """The validated rows of these codes, locked, and the codes of which a correction is under way."""
    lignes = session.scalars(
        select(Recommandation)
        .where(Recommandation.code.in_(codes), Recommandation.etat != EtatSuivi.REMPLACE)
        .with_for_update()
    ).all()
    return (
        {x.code: x for x in lignes if x.etat is EtatSuivi.VALIDE},
        {x.code for x in lignes if x.etat in EN_COURS},
    )


def _check_reconduction(ligne: Recommandation, rencontre: Rencontre, corrigee: bool) -> None:
    if ligne.statut not in OUVERTS:
        raise Conflit("pas_ouverte", valeur=ligne.code)
    if ligne.rencontre_code == rencontre.code:
        raise Conflit("meme_rencontre", valeur=ligne.code)
    if rencontre.code in split_liste(ligne.reconduite_par):
        raise Conflit("deja_reconduite", valeur=ligne.code)
    if corrigee:
        raise Conflit("correction_en_cours", valeur=ligne.code)


def _send_reconduction(
    session: Session, personne: Personne, maintenant: datetime, ligne: Recommandation, rencontre_code: str
) -> int:
    sujet = get_sujet("recommandation")
    valeurs = {champ: getattr(ligne, champ) for champ in sujet.champs}
    valeurs["reconduite_par"] = ";".join([*split_liste(ligne.reconduite_par), rencontre_code])
    numero = save_brouillon(session, personne, maintenant, sujet.nom, valeurs)
    nee = get_ligne(session, sujet.table, numero)
    return submit(session, personne, maintenant, sujet.nom, numero, nee.version)
