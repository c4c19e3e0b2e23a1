"""A séance prepared, its scenes put in order, frozen; then what the meeting brings: decisions, presence, key points.

Freezing stores the content that `reports.gel` read, once: no command rewrites it. What is noted lands in the registers
through the common pipeline, so that it is validated like any other row. Source: règles de calcul 2.7 and 7.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ccm_data.commands.journal import write_journal
from ccm_data.commands.suivi import resubmit, save_brouillon, submit
from ccm_data.commands.sujets import get_sujet
from ccm_data.commands.transaction import check_existe, check_texte, check_version, flush, get_ligne
from ccm_data.domain.calendrier import PLAN_DEBUT, get_jour
from ccm_data.domain.permissions import Personne, check_write
from ccm_data.domain.seances import (
    ImageNettoyee,
    PointSeance,
    SceneChoisie,
    check_etape,
    compute_empreinte,
    propose_scenes,
    read_ordre_du_jour,
    read_scenes,
)
from ccm_data.domain.vocabulaire import EtatSeance, EtatSuivi
from ccm_data.errors import AccesRefuse, Conflit, PeriodeVerrouillee, ValeurInvalide
from ccm_data.models.acteurs import Acteur
from ccm_data.models.base import to_dict
from ccm_data.models.instances import Instance, Rencontre
from ccm_data.models.seances import DecisionSeance, ImageSeance, Seance
from ccm_data.models.territoire import Region

DROIT: Final = "tenir_seances"
CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,59}")
IMAGES_MAX: Final = 20
EN_COURS: Final = (EtatSuivi.BROUILLON, EtatSuivi.RETOURNE, EtatSuivi.SOUMIS)


def _note(
    session: Session, personne: Personne, maintenant: datetime, action: str, ligne: Any, avant: dict[str, Any] | None
) -> None:
    """A journal line; the snapshot itself stays in its row, the journal keeps its hash."""
    lourds = {"contenu", "donnees"}
    apres = {c: v for c, v in to_dict(ligne).items() if c not in lourds}
    if isinstance(ligne, Seance):
        apres["sha256"] = ligne.empreinte
    avant = None if avant is None else {c: v for c, v in avant.items() if c not in lourds}
    write_journal(
        session, maintenant, personne, action, ligne.__tablename__, ligne.id,
        resume=getattr(ligne, "code", None) or str(getattr(ligne, "texte", None) or getattr(ligne, "nom", ""))[:80],
        avant=avant, apres=apres,
    )  # fmt: skip


def create_seance(
    session: Session, personne: Personne, maintenant: datetime, *, instance_code: str, date_seance: date,
    date_arrete: date, intitule: str = "", lieu: str | None = None, region_invitee: str | None = None,
    ordre_du_jour: Iterable[Mapping[str, Any]] = (), code: str | None = None,
) -> int:  # fmt: skip
    """Prepare a séance; its id. Its meeting is announced in the register if it is not there yet.

    Raises AccesRefuse, ValeurInvalide (also arrete_apres_la_seance, code_de_seance, trop_de_scenes, seance_trimestre_clos),
    Conflit (meme_fait).
    """
    check_write(personne, DROIT)
    if personne.compte_id is None:
        raise AccesRefuse(action=DROIT, role=personne.role.value)
    check_existe(session, Instance, instance_code, "instance_code")
    check_existe(session, Region, region_invitee, "region_invitee")
    if date_arrete > date_seance or date_arrete < PLAN_DEBUT:
        attendu = f"{PLAN_DEBUT.isoformat()} à {date_seance.isoformat()}"
        raise ValeurInvalide("arrete_apres_la_seance", champ="date_arrete", valeur=date_arrete, attendu=attendu)
    instance = session.get_one(Instance, instance_code)
    nom = (code or f"{instance_code}-{date_seance.isoformat()}").strip()
    if not CODE.fullmatch(nom):
        raise ValeurInvalide("code_de_seance", champ="code", valeur=nom, attendu="CCM-2026-12-18")
    points = read_ordre_du_jour(ordre_du_jour)
    seance = Seance(
        code=nom, instance_code=instance_code, intitule=(intitule or "").strip()[:200] or instance.sigle or instance.nom,
        date_seance=date_seance, date_arrete=date_arrete, lieu=(lieu or "").strip() or None,
        region_invitee=region_invitee, etat=EtatSeance.PREPAREE, version=1,
        ordre_du_jour=[p.to_dict() for p in points],
        scenes=_propose_deck(points, region_invitee),
        auteur_id=personne.compte_id, cree_le=maintenant,
    )  # fmt: skip
    session.add(seance)
    flush(session, "seance")
    _note(session, personne, maintenant, "creer", seance, None)
    try:
        _announce(session, personne, maintenant, seance, instance.region_code)
    except PeriodeVerrouillee as erreur:
        if erreur.code != PeriodeVerrouillee.code:  # the whole plan is closed
            raise
        raise ValeurInvalide("seance_trimestre_clos", champ="date_seance", valeur=date_seance) from erreur
    return seance.id


def _propose_deck(points: Sequence[PointSeance], region_invitee: str | None) -> list[dict[str, Any]]:
    """The scenes that the agenda asks for, judged as those of a deck that is changed.

    One that is too long could not even be shortened afterwards. Raises ValeurInvalide (trop_de_scenes).
    """
    proposees = propose_scenes(points, region_invitee=region_invitee is not None)
    return [s.to_dict() for s in read_scenes(s.to_dict() for s in proposees)]


def _announce(session: Session, personne: Personne, maintenant: datetime, seance: Seance, region: str | None) -> None:
    """The meeting in the register, waiting for validation, unless it stands there already."""
    connue = select(Rencontre.id).where(Rencontre.code == seance.code, Rencontre.etat != EtatSuivi.REMPLACE).limit(1)
    if session.scalar(connue) is None:
        put_ligne(
            session, personne, maintenant, "rencontre",
            {"code": seance.code, "instance_code": seance.instance_code, "region_code": region,
             "date_rencontre": seance.date_seance, "lieu": seance.lieu, "intitule": seance.intitule},
        )  # fmt: skip


def put_ligne(
    session: Session, personne: Personne, maintenant: datetime, sujet: str, valeurs: Mapping[str, Any]
) -> int:
    """A register's row, sent for validation: the one under way for this fact is completed, else a new one is made.

    A validated row is never edited: what is new about it is a correction that waits. Returns the row's id.
    """
    quoi = get_sujet(sujet)
    requete = select(quoi.table).where(quoi.table.etat.in_(EN_COURS)).with_for_update()
    for champ in quoi.cle:
        requete = requete.where(getattr(quoi.table, champ) == valeurs[champ])
    ligne = session.scalar(requete.limit(1))
    if ligne is not None:
        return resubmit(session, personne, maintenant, sujet, ligne.id, ligne.version, valeurs, ligne.depot_id)
    numero = save_brouillon(session, personne, maintenant, sujet, valeurs)
    return submit(session, personne, maintenant, sujet, numero, 1)


def _take(
    session: Session, personne: Personne, seance_id: int, version: int | None, action: str
) -> tuple[Seance, dict[str, Any]]:
    """The séance on which `action` may be done now, and what it was; its state follows."""
    check_write(personne, DROIT)
    seance = get_ligne(session, Seance, seance_id)
    if version is not None:
        check_version(seance, version)
    avant = to_dict(seance)
    seance.etat = check_etape(seance.etat, action)
    return seance, avant


def _close(
    session: Session, personne: Personne, maintenant: datetime, action: str, seance: Seance, avant: dict[str, Any]
) -> int:
    seance.version += 1
    flush(session, "seance")
    _note(session, personne, maintenant, action, seance, avant)
    return seance.version


def set_ordre_du_jour(
    session: Session, personne: Personne, maintenant: datetime, seance_id: int, version: int,
    ordre_du_jour: Iterable[Mapping[str, Any]], *, proposer: bool = False,
) -> int:  # fmt: skip
    """The agenda of a séance that is being prepared; `proposer` makes its deck anew. Returns the new version."""
    seance, avant = _take(session, personne, seance_id, version, "preparer")
    points = read_ordre_du_jour(ordre_du_jour)
    seance.ordre_du_jour = [p.to_dict() for p in points]
    if proposer:
        seance.scenes = _propose_deck(points, seance.region_invitee)
    return _close(session, personne, maintenant, "modifier", seance, avant)


def set_scenes(
    session: Session, personne: Personne, maintenant: datetime, seance_id: int, version: int,
    scenes: Iterable[Mapping[str, Any]],
) -> int:  # fmt: skip
    """Which scenes, in which order; also once frozen, since figures do not move. Returns the new version."""
    seance, avant = _take(session, personne, seance_id, version, "ordonner")
    lues = read_scenes(scenes)
    _check_images(session, seance, lues)
    seance.scenes = [s.to_dict() for s in lues]
    return _close(session, personne, maintenant, "modifier", seance, avant)


def _check_images(session: Session, seance: Seance, scenes: Iterable[SceneChoisie]) -> None:
    siennes = set(session.scalars(select(ImageSeance.id).where(ImageSeance.seance_id == seance.id)))
    for scene in scenes:
        if scene.cle == "image" and scene.options.get("image_id") not in siennes:
            raise ValeurInvalide(
                "code_inconnu", champ="image_id", valeur=scene.options.get("image_id"), attendu="image_seance"
            )


def add_image(
    session: Session, personne: Personne, maintenant: datetime, seance_id: int, nom: str, alt: str, image: ImageNettoyee
) -> int:
    """A picture, already cleaned and reduced (`preuves.images`), for one of the scenes; its id."""
    seance, _avant = _take(session, personne, seance_id, None, "ordonner")
    deja = session.scalar(select(func.count()).where(ImageSeance.seance_id == seance.id)) or 0
    if deja >= IMAGES_MAX:
        raise ValeurInvalide("trop_de_scenes", champ="images", valeur=deja + 1, attendu=f"≤ {IMAGES_MAX}")
    ligne = ImageSeance(
        seance_id=seance.id, nom=nom[:200], alt=check_texte("alt", alt)[:400], type_mime=image.type_mime,
        largeur=image.largeur, hauteur=image.hauteur, donnees=base64.b64encode(image.octets).decode("ascii"),
    )  # fmt: skip
    session.add(ligne)
    flush(session, "image_seance")
    _note(session, personne, maintenant, "creer", ligne, None)
    return ligne.id


def store_contenu(
    session: Session, personne: Personne, maintenant: datetime, seance_id: int, version: int, contenu: Mapping[str, Any]
) -> str:
    """Freeze: the content is kept with its hash, for good. Returns the hash."""
    seance, avant = _take(session, personne, seance_id, version, "figer")
    seance.contenu = json.dumps(contenu, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    seance.empreinte, seance.fige_le = compute_empreinte(contenu), maintenant
    _close(session, personne, maintenant, "figer", seance, avant)
    return seance.empreinte


def cancel_seance(session: Session, personne: Personne, maintenant: datetime, seance_id: int, version: int) -> int:
    """Give up a séance that is not frozen. Returns the new version."""
    seance, avant = _take(session, personne, seance_id, version, "annuler")
    return _close(session, personne, maintenant, "annuler", seance, avant)


def note_decision(
    session: Session, personne: Personne, maintenant: datetime, seance_id: int, texte: str, *,
    scene: int | None = None, responsable_code: str | None = None, echeance: date | None = None,
    region_code: str | None = None,
) -> int:  # fmt: skip
    """A decision taken in front of a scene: it lands in the register of recommendations and in the minutes; its id.

    Raises AccesRefuse, TransitionInterdite (not frozen), ValeurInvalide (also echeance_passee).
    """
    seance, _avant = _take(session, personne, seance_id, None, "noter")
    check_existe(session, Acteur, responsable_code, "responsable_code")
    check_existe(session, Region, region_code, "region_code")
    dit = check_texte("texte", texte)
    if echeance is not None and echeance < min(seance.date_seance, get_jour(maintenant)):
        raise ValeurInvalide("echeance_passee", champ="echeance", valeur=echeance, attendu=f"≥ {seance.date_seance}")
    rang = (session.scalar(select(func.count()).where(DecisionSeance.seance_id == seance.id)) or 0) + 1
    code = f"{seance.code}-D{rang:02d}"
    sienne = session.get_one(Instance, seance.instance_code).region_code
    put_ligne(
        session, personne, maintenant, "recommandation",
        {"code": code, "rencontre_code": seance.code, "texte": dit, "responsable_code": responsable_code,
         "echeance": echeance, "region_code": sienne or region_code},
    )  # fmt: skip
    ligne = DecisionSeance(
        seance_id=seance.id, scene=scene, texte=dit, responsable_code=responsable_code, echeance=echeance,
        region_code=region_code, recommandation_code=code, auteur_id=personne.compte_id, quand=maintenant,
    )  # fmt: skip
    session.add(ligne)
    flush(session, "decision_seance")
    _note(session, personne, maintenant, "decider", ligne, None)
    return ligne.id


def set_deroulement(
    session: Session, personne: Personne, maintenant: datetime, seance_id: int, version: int, *,
    presents: Iterable[str] | None, points_cles: Mapping[str, str], prochaines_etapes: str | None,
) -> int:  # fmt: skip
    """Who was there (None: not taken), what was said on each item, what comes next. Returns the new version."""
    seance, avant = _take(session, personne, seance_id, version, "noter")
    codes = None if presents is None else sorted(set(presents))
    connus = set(session.scalars(select(Acteur.code)))
    inconnu = next((c for c in codes or () if c not in connus), None)
    if inconnu is not None:
        raise ValeurInvalide("code_inconnu", champ="presents", valeur=inconnu, attendu="acteur")
    seance.presents = codes
    seance.points_cles = {str(n): t.strip() for n, t in points_cles.items() if t.strip()}
    seance.prochaines_etapes = (prochaines_etapes or "").strip() or None
    return _close(session, personne, maintenant, "modifier", seance, avant)


def send_registres(session: Session, personne: Personne, maintenant: datetime, seance_id: int, version: int) -> int:
    """Send the meeting as it went to the registers (presence, next steps, agenda items); how many rows were sent."""
    seance, avant = _take(session, personne, seance_id, version, "verser")
    if seance.date_seance > get_jour(maintenant):
        raise Conflit("seance_a_venir", objet="seance", valeur=seance.date_seance)
    region = session.get_one(Instance, seance.instance_code).region_code
    put_ligne(
        session, personne, maintenant, "rencontre",
        {"code": seance.code, "instance_code": seance.instance_code, "region_code": region,
         "date_rencontre": seance.date_seance, "lieu": seance.lieu, "intitule": seance.intitule,
         "presents": ";".join(seance.presents) if seance.presents else None, "suites": seance.prochaines_etapes},
    )  # fmt: skip
    cles = seance.points_cles or {}
    for rang, point in enumerate(read_ordre_du_jour(seance.ordre_du_jour), 1):
        put_ligne(
            session, personne, maintenant, "point_ordre_du_jour",
            {"rencontre_code": seance.code, "numero": rang, "region_code": region, "intitule": point.intitule,
             "points_cles": cles.get(str(rang))},
        )  # fmt: skip
    _close(session, personne, maintenant, "verser", seance, avant)
    return 1 + len(seance.ordre_du_jour)
