"""The workbook of a later plan (2027-…): its template, its reading, every fault listed at once. Writes nothing.

Two sheets, « Plan » (one row) and « Activités ». A plan is taken whole or not at all: a row left out would make another
plan. The reading is that of the other workbooks (`lecture`, `rangs`); what is written stands in `commands.plans`.
Source: règles de calcul, 1.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from openpyxl import Workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.domain.montants import read_montant
from ccm_data.domain.reprise import PREMIERE_ANNEE, ActiviteProposee, PlanPropose
from ccm_data.domain.vocabulaire import Gravite
from ccm_data.errors import ValeurInvalide
from ccm_data.imports.anomalies import Anomalie, list_lignes_fautives
from ccm_data.imports.colonnes import Colonne, Feuille
from ccm_data.imports.gabarit import LISTES, write_feuille, write_lisez_moi, write_listes
from ccm_data.imports.lecture import Classeur, FeuilleLue
from ccm_data.imports.listes import SEPARATEUR, Liste, Listes
from ccm_data.imports.rangs import Rang, read_rang
from ccm_data.imports.validation import place_colonnes
from ccm_data.models.plan import Activite
from ccm_data.textes import N_, _

CODE_MAX: Final = 20
DUREE_MAX: Final = 10  # years: beyond, an end was mistyped
FEUILLE_PLAN: Final = Feuille(
    "plan_suivant",
    N_("Plan"),
    (
        Colonne("code", N_("Code"), "texte", obligatoire=True, aide=N_("Ses années : 2027-2031.")),
        Colonne("intitule", N_("Intitulé"), "texte", obligatoire=True, largeur=60),
        Colonne("debut", N_("Début"), "entier", obligatoire=True, aide=N_("Première année : 2027 ou après.")),
        Colonne("fin", N_("Fin"), "entier", obligatoire=True, aide=N_("Dernière année.")),
        Colonne("source", N_("Source"), "texte", obligatoire=True, largeur=40, aide=N_("Le document qui l’adopte.")),
        Colonne("date_source", N_("Date de la source"), "date", obligatoire=True),
    ),
    "plan_suivant",
)
FEUILLE_ACTIVITES: Final = Feuille(
    "activite_suivante",
    N_("Activités"),
    (
        Colonne("code", N_("Code"), "texte", obligatoire=True, aide=N_("Celui du nouveau plan, une fois chacun.")),
        Colonne("axe", N_("Axe"), "texte", largeur=30),
        Colonne("action", N_("Action"), "texte", largeur=30),
        Colonne("intitule", N_("Intitulé"), "texte", obligatoire=True, largeur=60),
        Colonne("cout_fcfa", N_("Coût (FCFA)"), "nombre", aide=N_("Montant entier ; vide : non chiffrée, non zéro.")),
        Colonne("annees", N_("Années"), "textes", largeur=24, aide=N_("Séparées par « ; » : 2027 ; 2028.")),
        Colonne("structures", N_("Structures"), "texte", largeur=40),
        Colonne(
            "reprend_code", N_("Reprend"), "code", "activites", largeur=40,
            aide=N_("L’activité du plan 2022-2026 qu’elle poursuit, s’il y en a une."),
        ),
    ),
    "plan_suivant",
)  # fmt: skip
FEUILLES_PLAN: Final = (FEUILLE_PLAN, FEUILLE_ACTIVITES)


@dataclass
class LecturePlan:
    """What a file says: `plan` None as long as something must be mended; `lues` counts the activities read."""

    plan: PlanPropose | None = None
    anomalies: list[Anomalie] = field(default_factory=list)
    lues: int = 0

    def note(self, code: str, gravite: Gravite, feuille: Feuille, ligne: int | None = None, **dits: str | None) -> None:
        """One more anomaly of the file itself."""
        self.anomalies.append(Anomalie(code, gravite, feuille.nom, ligne, **dits))

    @property
    def fautes(self) -> int:
        """How many things keep the plan from being loaded."""
        return sum(a.gravite is not Gravite.A_VERIFIER for a in self.anomalies)


def read_listes_plan(session: Session) -> dict[str, Liste]:
    """The only list that the workbook needs: the activities of the first plan."""
    lignes = session.execute(select(Activite.code, Activite.libelle_court).order_by(Activite.ordre))
    return {"activites": Liste({code: f"{code}{SEPARATEUR}{libelle}" for code, libelle in lignes})}


def make_gabarit_plan(session: Session, *, demonstration: bool) -> bytes:
    """The template workbook, empty but for the list of the first plan's activities."""
    classeur, listes = Workbook(), read_listes_plan(session)
    lignes = [
        _("Un plan d’action qui vient après 2022-2026"),
        "",
        _("1. Feuille « Plan » : une seule ligne, avec le document qui l’adopte et sa date."),
        _("2. Feuille « Activités » : une ligne par activité. Coût vide : « non chiffrée », ce qui n’est pas zéro."),
        _("3. « Reprend » : l’activité du plan 2022-2026 qu’elle poursuit, choisie dans la liste."),
        _("4. Le plan est chargé entier ou pas du tout, à côté du premier, dont rien ne change."),
    ]
    if demonstration:
        lignes.insert(1, _("Démonstration : chiffres de suivi inventés."))
    write_lisez_moi(classeur.active, lignes)
    noms = write_listes(classeur, listes)
    for feuille in FEUILLES_PLAN:
        write_feuille(classeur, feuille, [], listes, noms)
    classeur.move_sheet(LISTES, len(FEUILLES_PLAN))
    sortie = io.BytesIO()
    classeur.save(sortie)
    return sortie.getvalue()


def validate_plan(session: Session, classeur: Classeur, aujourd_hui: date) -> LecturePlan:
    """Judge the workbook: raises nothing, lists every fault, gives the plan when nothing must be mended."""
    lecture, listes = LecturePlan(), read_listes_plan(session)
    par_sujet = {lue.feuille.sujet: lue for lue in classeur.feuilles}
    plans = _read_rangs(lecture, par_sujet.get(FEUILLE_PLAN.sujet), FEUILLE_PLAN, listes)
    activites = _read_rangs(lecture, par_sujet.get(FEUILLE_ACTIVITES.sujet), FEUILLE_ACTIVITES, listes)
    for rang in plans[1:]:
        rang.note("plan_en_double", Gravite.A_CORRIGER, None)
    entete = _judge_plan(plans[0], aujourd_hui) if plans else None
    proposees = _judge_activites(activites, entete)
    lecture.lues = len(activites)
    lecture.anomalies += [a for rang in (*plans, *activites) for a in rang.anomalies]
    if entete is not None and not lecture.fautes:
        lecture.plan = PlanPropose(**entete, activites=tuple(proposees))
    return lecture


def _read_rangs(lecture: LecturePlan, lue: FeuilleLue | None, feuille: Feuille, listes: Listes) -> list[Rang]:
    """The rows of a sheet that hold something; a sheet without any is a fault that blocks."""
    places = None if lue is None else place_colonnes(lue, lecture.anomalies)
    rangs: list[Rang] = []
    if lue is not None and places is not None:
        for numero, cellules in lue.lignes:
            bruts = {champ: cellules[i] if i < len(cellules) else None for champ, i in places.items()}
            rang = read_rang(feuille, lue.nom, numero, bruts, listes, fusionnee=numero in lue.fusions)
            if rang.remplies:
                rangs.append(rang)
                _require(rang)
    if not rangs and not any(a.gravite is Gravite.BLOQUANT and a.feuille == feuille.nom for a in lecture.anomalies):
        lecture.note("feuille_absente" if lue is None else "feuille_sans_ligne", Gravite.BLOQUANT, feuille)
    return rangs


def _require(rang: Rang) -> None:
    for colonne in rang.feuille.colonnes:
        if colonne.obligatoire and colonne.champ not in rang.remplies:
            rang.note("valeur_manquante", Gravite.A_CORRIGER, colonne)
    code = rang.champs.get("code")
    if code is not None and len(code) > CODE_MAX:
        rang.note("texte_trop_long", Gravite.A_CORRIGER, rang.feuille.find("code"), code, attendu=str(CODE_MAX))


def _judge_plan(rang: Rang, aujourd_hui: date) -> dict[str, Any] | None:
    """The plan's own row: field → value; None when it does not stand."""
    champs = dict(rang.champs)
    for champ in ("debut", "fin"):
        valeur = champs[champ]
        if valeur is not None and valeur != valeur.to_integral_value():
            _refuse(rang, champ, valeur, _("une année"))
            valeur = None
        champs[champ] = None if valeur is None else int(valeur)
    debut, fin, jour = champs["debut"], champs["fin"], champs["date_source"]
    if debut is not None and not PREMIERE_ANNEE <= debut < PREMIERE_ANNEE + 100:
        _refuse(rang, "debut", debut, _("{a} ou après").format(a=PREMIERE_ANNEE))
    elif debut is not None and fin is not None:
        if not debut <= fin < debut + DUREE_MAX:
            _refuse(rang, "fin", fin, _("de {a} à {b}").format(a=debut, b=debut + DUREE_MAX - 1))
        elif champs["code"] is not None and champs["code"] != f"{debut}-{fin}":
            _refuse(rang, "code", champs["code"], f"{debut}-{fin}")
    if jour is not None and jour > aujourd_hui:
        rang.note("date_future", Gravite.A_CORRIGER, rang.feuille.find("date_source"), jour.strftime("%d/%m/%Y"),
                  attendu=_("une date passée"))  # fmt: skip
    return None if rang.is_fautif() else champs


def _refuse(rang: Rang, champ: str, valeur: Any, attendu: str) -> None:
    rang.note("valeur_invalide", Gravite.A_CORRIGER, rang.feuille.find(champ), valeur, attendu=attendu)


def _judge_activites(rangs: list[Rang], entete: Mapping[str, Any] | None) -> list[ActiviteProposee]:
    vus: dict[str, int] = {}
    reprises: dict[str, int] = {}
    proposees = []
    for rang in rangs:
        champs = dict(rang.champs)
        premiere = vus.setdefault(champs["code"], rang.ligne) if champs["code"] is not None else rang.ligne
        if premiere != rang.ligne:
            rang.note("code_en_double", Gravite.A_CORRIGER, rang.feuille.find("code"), champs["code"],
                      attendu=str(premiere))  # fmt: skip
        reprend = champs["reprend_code"]
        if reprend is not None and (autre := reprises.setdefault(reprend, rang.ligne)) != rang.ligne:
            rang.note("reprise_partagee", Gravite.A_VERIFIER, rang.feuille.find("reprend_code"), reprend,
                      attendu=str(autre))  # fmt: skip
        champs["cout_fcfa"] = _read_cout(rang, champs["cout_fcfa"])
        champs["annees"] = _read_annees(rang, champs["annees"], entete)
        if not rang.is_fautif():
            proposees.append(ActiviteProposee(**champs))
    return proposees


def _read_cout(rang: Rang, brut: Any) -> int | None:
    colonne = rang.feuille.find("cout_fcfa")
    if brut is None:
        if "cout_fcfa" not in rang.remplies:
            rang.note("non_chiffree", Gravite.A_VERIFIER, colonne)
        return None
    try:
        return read_montant(brut, "cout_fcfa")
    except ValeurInvalide as faute:
        rang.note(faute.code, Gravite.A_CORRIGER, colonne, brut, attendu=str(faute.faits.get("attendu")))
        return None


def _read_annees(rang: Rang, brut: str | None, entete: Mapping[str, Any] | None) -> tuple[int, ...]:
    """Years of the later plan, in order; each foreign one is told."""
    annees = []
    for partie in (p.strip() for p in (brut or "").split(";") if p.strip()):
        permise = partie.isdecimal() and len(partie) == 4 and (
            entete is None or entete["debut"] <= int(partie) <= entete["fin"]
        )  # fmt: skip
        if permise:
            annees.append(int(partie))
        else:
            attendu = "2027" if entete is None else _("de {a} à {b}").format(a=entete["debut"], b=entete["fin"])
            _refuse(rang, "annees", partie, attendu)
    return tuple(sorted(set(annees)))


def count_fautives(lecture: LecturePlan) -> int:
    """Rows that must be mended."""
    return len(list_lignes_fautives(lecture.anomalies))
