"""Invented requests to PTF in every state but none twice the same, and three pledges: announced, confirmed, signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.domain.vocabulaire import EtatPositionnement, EtatRequete
from ccm_data.models.coordination import Intervention
from ccm_data.models.requetes import EtapeRequete, Positionnement, Requete
from ccm_data.reference.demonstration.suivi import Auteurs

M = 1_000_000
_R, _P = EtatRequete, EtatPositionnement


@dataclass(frozen=True)
class _Pos:
    """A pledge: `dit` when announced, `change` when it took its present state; `code`: the intervention it became."""

    acteur: str
    etat: EtatPositionnement
    montant: int | None
    prevue: date
    dit: date
    change: date
    code: str | None = None


@dataclass(frozen=True)
class _Q:
    """A request: the days of its steps in the order of its life, the last one being its state (refused if `refus`)."""

    objet: str
    demandeur: str | None
    region: str | None
    theme: str | None
    montant: int | None
    jours: tuple[date, ...]
    activite: str | None = None
    destinataires: str | None = None
    echeance: date | None = None
    origine: str | None = None
    description: str | None = None
    refus: str | None = None
    pledge: _Pos | None = None


def _jours(*textes: str) -> tuple[date, ...]:
    return tuple(map(date.fromisoformat, textes))


REQUETES = (
    _Q("Ouvrir des points d’information multilingues à Agadez", "drecm-r-agadez", "NE001", "information_sensibilisation",
       150 * M, _jours("2024-05-14", "2024-06-03", "2024-06-20", "2024-09-12", "2024-11-28"), "3.1.3", "giz;oim",
       description="Deux points tenus par des agents qui parlent haoussa, tamasheq et arabe",
       pledge=_Pos("giz", _P.SIGNE, 140 * M, date(2025, 1, 1), date(2024, 7, 15), date(2024, 11, 28), "DEMO-008")),
    _Q("Former les comités de veille de Tahoua", "cndh", "NE005", None, None, _jours("2025-03-10", "2025-04-02", "2025-05-06"),
       "3.1.2", refus="Déjà prévu dans un programme en cours : se rapprocher de son chef de file"),
    _Q("Soins aux personnes en mobilité à Diffa", "ministere-sante", "NE002", "sante", 260 * M,
       _jours("2026-06-08", "2026-06-29", "2026-07-20", "2026-10-05"), destinataires="oim;fnuap", echeance=date(2026, 12, 31),
       origine="NE002|sante", description="Cliniques mobiles et dotation de six centres de santé",
       pledge=_Pos("oim", _P.CONFIRME, 180 * M, date(2027, 1, 15), date(2026, 9, 1), date(2026, 10, 5))),
    _Q("Observatoire régional des mobilités à Zinder", "drecm-r-zinder", "NE007", "donnees_recherche", 95 * M,
       _jours("2026-06-15", "2026-07-06", "2026-08-03"), destinataires="due"),
    _Q("Classes passerelles pour les enfants de retour à Dosso", None, "NE003", "education", 120 * M,
       _jours("2026-08-24", "2026-09-14", "2026-10-12"), destinataires="giz;unicef", origine="NE003|education",
       pledge=_Pos("giz", _P.ANNONCE, 60 * M, date(2027, 3, 1), date(2026, 11, 9), date(2026, 11, 9))),
    _Q("Guichet pour l’investissement de la diaspora", "remiddh", None, "diaspora", None, _jours("2026-09-28", "2026-10-26")),
    _Q("Espaces sûrs pour les femmes migrantes à Zinder", "remiddh", "NE007", "genre", 70 * M, _jours("2026-11-16"),
       echeance=date(2027, 1, 31), destinataires="onu-femmes"),
)  # fmt: skip


def _at(jour: date) -> datetime:
    return datetime(jour.year, jour.month, jour.day, 10, 0, tzinfo=UTC)


def add_requetes(session: Session, auteurs: Auteurs) -> None:
    """Write them with their steps and pledges; interventions must stand already."""
    nees = dict(session.execute(select(Intervention.code, Intervention.id)).all())
    rangs: dict[int, int] = {}
    for q in REQUETES:
        annee = q.jours[0].year
        rangs[annee] = rangs.get(annee, 0) + 1
        _add(session, auteurs, q, f"R-{annee}-{rangs[annee]:04d}", nees)


def _add(session: Session, auteurs: Auteurs, q: _Q, numero: str, nees: dict[str, int]) -> None:
    etats = [*list(_R)[: len(q.jours)]]
    if q.refus:
        etats[-1] = _R.REFUSEE
    auteur = auteurs.acteurs.get(q.demandeur or "", auteurs.get(q.region))
    requete = Requete(
        numero=numero, version=len(q.jours), etat=etats[-1], auteur_id=auteur, cree_le=_at(q.jours[0]),
        demandeur_code=q.demandeur, objet=f"{q.objet} (démonstration)", description=q.description, theme=q.theme,
        activite_code=q.activite, region_code=q.region, montant_fcfa=q.montant, destinataires=q.destinataires,
        recue_le=q.jours[0], echeance=q.echeance, origine=q.origine,
    )  # fmt: skip
    session.add(requete)
    session.flush()
    for etat, jour in zip(etats, q.jours, strict=True):
        compte = auteur if etat is _R.RECUE else auteurs.validateur
        note = q.refus if etat is _R.REFUSEE else None
        session.add(EtapeRequete(requete_id=requete.id, etat=etat, quand=_at(jour), compte_id=compte, note=note))
    if q.pledge is not None:
        p = q.pledge
        session.add(
            Positionnement(
                requete_id=requete.id, acteur_code=p.acteur, etat=p.etat, version=list(_P).index(p.etat) + 1,
                montant_fcfa=p.montant, date_prevue=p.prevue, auteur_id=auteurs.acteurs.get(p.acteur, auteurs.national),
                cree_le=_at(p.dit), change_le=_at(p.change), intervention_id=nees[p.code] if p.code else None,
            )
        )  # fmt: skip
    session.flush()
