"""Reading evaluations: what each person reads of them, how many objects were evaluated, how well, and the alerts.

Who reads what (règles 7, and the decision that it leaves open):
- how many objects were evaluated and the mean of each criterion, over final evaluations, are aggregates: everybody;
- the final evaluation of a plan activity, its ratings: everybody; of an intervention (a validated row): whoever is connected;
- reasons, synthesis and answer of a final evaluation are published findings, not an actor's narrative: whoever may read
  validated rows, a visitor not;
- a shared evaluation: the SP/CCM and the organisation evaluated; a draft, and one taken back: the SP/CCM alone.
What is kept back is counted. Only final evaluations dated on or before the date d'arrêté count, the last one of each object.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.domain.alertes import Alerte, EtatIntervention, compute_alertes_interventions
from ccm_data.domain.calendrier import get_jour
from ccm_data.domain.evaluation import (
    CRITERES,
    Evaluee,
    Jugement,
    Moyenne,
    compute_efficience,
    compute_moyennes,
    count_juges,
    keep_dernieres,
)
from ccm_data.domain.perimetre import Perimetre
from ccm_data.domain.permissions import VISITEUR, Personne, can_read, get_portee, get_portee_ecriture
from ccm_data.domain.vocabulaire import CategorieActeur, Critere, EtatSuivi, ObjetEvaluation, StatutEvaluation
from ccm_data.models.acteurs import Acteur
from ccm_data.models.comptes import Journal
from ccm_data.models.coordination import Intervention
from ccm_data.models.evaluations import Evaluation, NoteEvaluation
from ccm_data.queries.avancement import get_avancement
from ccm_data.queries.interventions import list_fiches
from ccm_data.queries.plan import list_activites
from ccm_data.queries.rapports import get_seuils

ANNULEE = "annulee"  # a filter beside the three states


@dataclass(frozen=True)
class FicheEvaluation:
    """An evaluation as this person may read it. `jugements`: the ten, in order; `lisible`: its texts may be read.

    `axe`: of the activity, or of the one that the intervention serves; None: none. `partenaire`: who may answer.
    """

    id: int
    objet: ObjetEvaluation
    objet_code: str
    titre: str
    axe: str | None
    jour: date
    statut: StatutEvaluation
    version: int
    partenaire: str | None
    categorie: CategorieActeur | None
    jugements: tuple[Jugement, ...]
    synthese: str | None
    reponse: str | None
    reponse_le: datetime | None
    partagee_le: datetime | None
    finale_le: datetime | None
    annulee_le: datetime | None
    cree_le: datetime
    lisible: bool

    @property
    def notes(self) -> dict[Critere, int | None]:
        """Criterion → rating; None: not judged."""
        return {j.critere: j.note for j in self.jugements}

    @property
    def juges(self) -> tuple[int, int]:
        """Criteria judged, out of the ten."""
        return count_juges(self.notes)

    @property
    def reponse_anterieure(self) -> bool:
        """Was the answer given before the evaluation was last shared, so on an earlier text?"""
        return self.reponse_le is not None and self.partagee_le is not None and self.reponse_le < self.partagee_le


@dataclass(frozen=True)
class Bilan:
    """Final evaluations at the date: objects evaluated, out of how many, and the means; the same for everybody.

    `apres`: final evaluations dated later, left out.
    """

    activites: int
    activites_total: int
    interventions: int
    interventions_total: int
    moyennes: tuple[Moyenne, ...]
    efficience: Mapping[CategorieActeur | None, Moyenne]
    apres: int


@dataclass(frozen=True)
class RegistreEvaluations:
    """What this person reads: the evaluations, the latest first, how many are kept back, the summary."""

    fiches: tuple[FicheEvaluation, ...]
    retenues: int
    bilan: Bilan

    def find(self, numero: str | None) -> FicheEvaluation | None:
        """The evaluation of this number, if it may be read."""
        return next((x for x in self.fiches if str(x.id) == numero), None)


@dataclass(frozen=True)
class Objets:
    """What may be evaluated: activities and validated interventions, code → title; lead actor of an intervention; axis
    and actor's category by code.
    """

    activites: Mapping[str, str]
    interventions: Mapping[str, str]
    executants: Mapping[str, str]
    axes: Mapping[tuple[ObjetEvaluation, str], str]
    categories: Mapping[str, CategorieActeur]

    def get_titre(self, objet: ObjetEvaluation, code: str) -> str:
        """The title, or the code of what is no longer in the register."""
        noms = self.activites if objet is ObjetEvaluation.ACTIVITE else self.interventions
        return noms.get(code, code)


def list_objets(session: Session) -> Objets:
    """What may be evaluated, in three reads."""
    activites = list_activites(session)
    axes = dict(zip(activites["code"], activites["axe_code"], strict=True))
    lignes = session.execute(
        select(Intervention.code, Intervention.titre, Intervention.activite_code, Intervention.acteur_code)
        .where(Intervention.etat == EtatSuivi.VALIDE)
        .order_by(Intervention.code)
    ).all()
    siens = {(ObjetEvaluation.INTERVENTION, x.code): axes[x.activite_code] for x in lignes if x.activite_code in axes}
    return Objets(
        dict(zip(activites["code"], activites["libelle_court"], strict=True)),
        {x.code: x.titre for x in lignes},
        {x.code: str(x.acteur_code) for x in lignes},
        {(ObjetEvaluation.ACTIVITE, str(c)): str(a) for c, a in axes.items()} | siens,
        dict(session.execute(select(Acteur.code, Acteur.categorie)).all()),
    )


def can_open(personne: Personne, ligne: Evaluation) -> bool:
    """May this person read this evaluation, its ratings at least?"""
    if get_portee_ecriture(personne, "evaluer") == "tout":
        return True
    if ligne.annulee_le is not None or ligne.statut is StatutEvaluation.BROUILLON:
        return False
    if ligne.statut is StatutEvaluation.PARTAGEE:
        # Not « its author »: whoever rated is of the SP/CCM, or no longer is.
        return (
            get_portee(personne, "evaluations_brouillons") != "non"
            and personne.acteur_code is not None
            and personne.acteur_code == ligne.partenaire_code
        )
    return ligne.objet is ObjetEvaluation.ACTIVITE or can_read(personne, "lignes_validees")


def get_registre(session: Session, personne: Personne, perimetre: Perimetre) -> RegistreEvaluations:
    """The evaluations of the plan, or of one axis."""
    objets = list_objets(session)
    lignes = [
        x
        for x in session.scalars(select(Evaluation).order_by(Evaluation.date_evaluation.desc(), Evaluation.id.desc()))
        if perimetre.axe is None or objets.axes.get((x.objet, x.objet_code)) == perimetre.axe
    ]
    notes: defaultdict[int, dict[Critere, Jugement]] = defaultdict(dict)
    for n in session.scalars(select(NoteEvaluation)):
        notes[n.evaluation_id][n.critere] = Jugement(n.critere, n.note, n.justification)
    lues = [x for x in lignes if can_open(personne, x)]
    return RegistreEvaluations(
        tuple(_make_fiche(personne, x, notes[x.id], objets) for x in lues),
        sum(x.annulee_le is None for x in lignes) - sum(x.annulee_le is None for x in lues),
        _make_bilan(lignes, notes, objets, perimetre),
    )


def _make_fiche(
    personne: Personne, x: Evaluation, notes: Mapping[Critere, Jugement], objets: Objets
) -> FicheEvaluation:
    lisible = x.statut is not StatutEvaluation.FINALE or can_read(personne, "lignes_validees")
    jugements = [notes.get(c, Jugement(c)) for c in CRITERES]
    return FicheEvaluation(
        x.id, x.objet, x.objet_code, objets.get_titre(x.objet, x.objet_code), objets.axes.get((x.objet, x.objet_code)),
        x.date_evaluation, x.statut, x.version, x.partenaire_code,
        objets.categories.get(x.partenaire_code) if x.partenaire_code else None,
        tuple(j if lisible else Jugement(j.critere, j.note) for j in jugements), x.synthese if lisible else None,
        x.reponse if lisible else None, x.reponse_le, x.partagee_le, x.finale_le, x.annulee_le, x.cree_le, lisible,
    )  # fmt: skip


def _make_bilan(
    lignes: Iterable[Evaluation], notes: Mapping[int, Mapping[Critere, Jugement]], objets: Objets, perimetre: Perimetre
) -> Bilan:
    finales = [x for x in lignes if x.statut is StatutEvaluation.FINALE and x.annulee_le is None]
    comptees = [x for x in finales if x.date_evaluation <= perimetre.date_arrete]
    dernieres = keep_dernieres(
        Evaluee(
            x.objet, x.objet_code, x.date_evaluation,
            {c: j.note for c, j in notes.get(x.id, {}).items()},
            objets.categories.get(x.partenaire_code) if x.partenaire_code else None,
        )
        for x in comptees
    )  # fmt: skip

    def _count(objet: ObjetEvaluation, codes: Iterable[str]) -> tuple[int, int]:
        evalues = sum(x.objet is objet for x in dernieres)
        return evalues, sum(perimetre.axe is None or objets.axes.get((objet, c)) == perimetre.axe for c in codes)

    return Bilan(
        *_count(ObjetEvaluation.ACTIVITE, objets.activites),
        *_count(ObjetEvaluation.INTERVENTION, objets.interventions),
        compute_moyennes(dernieres),
        compute_efficience(dernieres),
        len(finales) - len(comptees),
    )


def filter_evaluations(
    fiches: Iterable[FicheEvaluation], objet: str | None, statut: str | None
) -> tuple[FicheEvaluation, ...]:
    """Those of this kind of object and state; evaluations taken back only when they are asked for."""
    return tuple(
        x
        for x in fiches
        if objet in (None, x.objet.value)
        and (x.annulee_le is not None) == (statut == ANNULEE)
        and statut in (None, ANNULEE, x.statut.value)
    )


def list_pas(session: Session, personne: Personne, evaluation_id: int) -> tuple[tuple[datetime, str], ...]:
    """When each step was made (action of the journal), for who may open the evaluation; never what was written."""
    ligne = session.get(Evaluation, evaluation_id)
    if ligne is None or not can_open(personne, ligne):
        return ()
    requete = (
        select(Journal.quand, Journal.action)
        .where(Journal.objet == "evaluation", Journal.objet_id == str(evaluation_id))
        .order_by(Journal.id)
    )
    return tuple((quand, action) for quand, action in session.execute(requete))


@dataclass(frozen=True)
class Alertes:
    """Alerts on activities and interventions that this person reads; `retenues`: on interventions, kept back."""

    lignes: tuple[Alerte, ...]
    retenues: int

    def filter_objet(self, objet: str | None, genre: str | None) -> Sequence[Alerte]:
        """Those on this kind of object and of this kind."""
        return [a for a in self.lignes if objet in (None, a.objet.value) and genre in (None, a.code)]


def list_alertes(session: Session, personne: Personne, perimetre: Perimetre) -> Alertes:
    """Every alert at the date. Those on an intervention tell of a validated row: a visitor reads how many."""
    objets = list_objets(session)
    perimetre = Perimetre(perimetre.date_arrete, axe=perimetre.axe)
    activites = get_avancement(session, perimetre).alertes
    etats = [
        EtatIntervention(x.code, x.statut, x.debut, x.fin, None if x.valide_le is None else get_jour(x.valide_le))
        for x in list_fiches(session, VISITEUR)
        if perimetre.axe is None or objets.axes.get((ObjetEvaluation.INTERVENTION, x.code)) == perimetre.axe
    ]
    interventions = compute_alertes_interventions(etats, perimetre.date_arrete, get_seuils(session))
    if not can_read(personne, "lignes_validees"):
        return Alertes(activites, len(interventions))
    return Alertes((*activites, *interventions), 0)
