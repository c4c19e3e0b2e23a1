"""The later plan on the page: its template, the file read and judged, what it would load, decisions on what is unfinished."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from ccm_data.commands.plans import load_plan, set_reprise
from ccm_data.db import read_session
from ccm_data.domain.vocabulaire import SuiteActivite
from ccm_data.errors import CCMError, FichierIllisible
from ccm_data.imports.annotation import annotate
from ccm_data.imports.commit import compute_empreinte
from ccm_data.imports.lecture import Classeur, read_classeur
from ccm_data.imports.plan_suivant import FEUILLES_PLAN, LecturePlan, make_gabarit_plan, validate_plan
from ccm_data.libelles import say_libelle
from ccm_data.phrases import imports as phrases_imports
from ccm_data.phrases import plans as phrases
from ccm_data.queries.plans import FichePlan, LigneReprise
from ccm_data.textes import _
from ccm_data.typographie import say_nombre, say_non_renseigne
from pages.ui import components, session
from pages.ui.depot import XLSX, show_anomalies
from pages.ui.formulaires import Champ, show_formulaire
from pages.ui.session import Contexte

MEMOIRE, TOUR = "plan_lu", "plan_tour"
ACTIVITES_VUES = 12


@dataclass(frozen=True)
class Lu:
    """A workbook that was read and judged, for this version of the data."""

    cle: tuple[str, str, str]
    nom: str
    octets: bytes
    classeur: Classeur
    lecture: LecturePlan


def show_modele(contexte: Contexte) -> None:
    """The button that makes and gives the template, only when it is asked."""

    def _make() -> bytes:
        with read_session(contexte.config) as lecture:
            return make_gabarit_plan(lecture, demonstration=contexte.installation.demonstration)

    suffixe = "-demonstration" if contexte.installation.demonstration else ""
    st.download_button(
        _("Prendre le modèle"), data=_make, file_name=f"plan-suivant-ccm{suffixe}.xlsx", mime=XLSX,
        icon=":material/download:", key="plan_modele", on_click="ignore",
    )  # fmt: skip


def receive(contexte: Contexte) -> Lu | None:
    """The workbook just sent, read and judged; None while there is none, or when it cannot be read (and that is said)."""
    tour = session.recall(TOUR, 0)
    fichier = st.file_uploader(_("Envoyer le classeur du plan (.xlsx)"), key=f"plan_fichier_{tour}")
    if fichier is None:
        session.remember(MEMOIRE, None)
        return None
    octets = fichier.getvalue()
    cle = (compute_empreinte(octets), contexte.version, contexte.langue)
    deja: Lu | None = session.recall(MEMOIRE)
    if deja is not None and deja.cle == cle:
        return deja
    try:
        classeur = read_classeur(octets, fichier.name, FEUILLES_PLAN)
    except FichierIllisible as erreur:
        components.show_message_erreur(phrases_imports.say_fichier(erreur))
        return None
    with read_session(contexte.config) as lecture:
        lu = Lu(cle, fichier.name, octets, classeur, validate_plan(lecture, classeur, contexte.config.aujourd_hui()))
    session.remember(MEMOIRE, lu)
    return lu


def show_lu(lu: Lu) -> None:
    """Every fault, then what would be loaded, then the button."""
    components.show_section(phrases.say_titre_lu(lu.lecture))
    if lu.lecture.anomalies:
        _show_anomalies(lu)
    plan = lu.lecture.plan
    if plan is None:
        return
    components.show("registre_faits.html", faits=phrases.list_faits_lu(lu.lecture))
    components.show_lignes(
        _("Activités qui seront chargées"),
        [_("Code"), _("Intitulé"), _("Coût (FCFA)"), _("Années"), _("Reprend")],
        [
            (a.code, a.intitule, say_non_renseigne() if a.cout_fcfa is None else say_nombre(a.cout_fcfa),
             " ; ".join(map(str, a.annees)) or _("non programmé"), a.reprend_code or _("nouvelle"))
            for a in plan.activites[:ACTIVITES_VUES]
        ],
    )  # fmt: skip
    reste = len(plan.activites) - ACTIVITES_VUES
    if reste > 0:
        components.show_note(_("… et {n} autres.").format(n=say_nombre(reste)))
    if st.button(_("Charger ce plan"), key="plan_charger", type="primary"):
        _load(lu)


def _show_anomalies(lu: Lu) -> None:
    show_anomalies(lu.lecture.anomalies, phrases.say_anomalie_plan, phrases.say_gravite)
    st.download_button(
        _("Classeur annoté"),
        data=lambda: annotate(lu.octets, lu.classeur, lu.lecture.anomalies, phrases.say_anomalie_plan),
        file_name=f"{lu.nom.rsplit('.', 1)[0][:80]}-annote.xlsx", mime=XLSX, icon=":material/download:",
        key="plan_annote", on_click="ignore",
    )  # fmt: skip


def _load(lu: Lu) -> None:
    try:
        code = session.apply(load_plan, lu.lecture.plan, lu.cle[0])
    except CCMError as erreur:
        components.show_erreur(erreur)
        return
    session.remember(MEMOIRE, None)
    session.remember(TOUR, session.recall(TOUR, 0) + 1)
    session.remember("avis", _("Plan {code} chargé à côté du premier, dont rien n’a changé.").format(code=code))
    session.set_param("plan", code)
    st.rerun()


def show_reprise(plan: FichePlan | None, ligne: LigneReprise) -> None:
    """What is known of an unfinished activity; the decision, once a later plan stands."""
    components.show_section(_("Activité {code}").format(code=ligne.code))
    components.show("registre_faits.html", faits=phrases.list_faits_reprise(ligne))
    if plan is None:
        components.show_note(_("La décision se prend une fois le plan suivant chargé."))
        return
    memo = f"vu_reprise_{plan.code}_{ligne.code}"

    def _send(valeurs: dict[str, Any]) -> str:
        suite = SuiteActivite(valeurs["suite"])
        session.apply(set_reprise, plan.code, ligne.code, suite, valeurs["motif"], vu=session.recall(memo))
        return _("{code} : {suite}.").format(code=ligne.code, suite=say_libelle(suite).lower())

    prise = ligne.decision
    defaut = prise.suite if prise else (SuiteActivite.REPRISE if ligne.repris_par else SuiteActivite.NON_REPRISE)
    champs = [
        Champ("suite", _("Suite"), "choix", {s.value: say_libelle(s) for s in SuiteActivite}, defaut.value),
        Champ("motif", _("Pourquoi"), "zone", maximum=1000, defaut=prise.motif if prise else None),
    ]
    show_formulaire(f"reprise_{plan.code}_{ligne.code}", champs, _("Enregistrer la décision"), _send)
    session.remember(memo, ligne.vu)
