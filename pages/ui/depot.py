"""What the deposit's screen is made of: the file read and judged once, its faults, what it would change, its receipt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import streamlit as st

from ccm_data.db import read_session
from ccm_data.domain.vocabulaire import Gravite
from ccm_data.errors import CCMError, FichierIllisible
from ccm_data.imports.annotation import annotate
from ccm_data.imports.anomalies import Anomalie, group_anomalies
from ccm_data.imports.apercu import LigneApercu, make_apercu
from ccm_data.imports.commit import commit, compute_empreinte
from ccm_data.imports.gabarit import make_gabarit
from ccm_data.imports.lecture import Classeur, read_classeur
from ccm_data.imports.schemas import list_groupes
from ccm_data.imports.validation import Validation, validate
from ccm_data.phrases import imports as phrases
from ccm_data.textes import _
from pages.ui import components, session
from pages.ui.session import Contexte

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from ccm_data.domain.permissions import Personne
    from ccm_data.models.depots import Depot

Recu = dict[str, Any]
APERCU_MAX = 200
NOMS_CLASSEURS = {"suivi": "mise-a-jour", "instances": "instances", "registres": "registres"}
MEMOIRE, RECU = "depot_lu", "depot_recu"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Lu:
    """A file that was read and judged, for this person and this version of the data."""

    cle: tuple[str, str, int | None, str]
    nom: str
    octets: bytes
    classeur: Classeur
    validation: Validation
    apercu: list[LigneApercu]


def show_modele(contexte: Contexte) -> None:
    """Which workbook, and the button that makes and gives it, only when it is asked."""
    groupes = {code: _(nom) for code, nom in list_groupes(contexte.personne).items()}
    groupe = next(iter(groupes))
    if len(groupes) > 1:
        groupe = session.choose_option(_("Classeur"), "classeur", groupes, largeur=260) or groupe

    def _make() -> bytes:
        libelle = contexte.compte.libelle if contexte.compte else ""
        with read_session(contexte.config) as lecture:
            return make_gabarit(
                lecture, contexte.personne, libelle, contexte.config.maintenant(),
                demonstration=contexte.installation.demonstration,
                groupe=groupe,
            )  # fmt: skip

    jour = contexte.config.aujourd_hui().isoformat()
    suffixe = "-demonstration" if contexte.installation.demonstration else ""
    st.download_button(
        _("Prendre mon classeur"), data=_make, file_name=f"{NOMS_CLASSEURS[groupe]}-ccm-{jour}{suffixe}.xlsx", mime=XLSX,
        icon=":material/download:", key="depot_modele", on_click="ignore",
    )  # fmt: skip


def receive(contexte: Contexte) -> Lu | None:
    """The file just sent, read and judged; None while there is none, or when it cannot be read (and that is said)."""
    fichier = st.file_uploader(_("Envoyer le classeur rempli (.xlsx ou .csv)"), key=f"depot_fichier_{get_tour()}")
    if fichier is None:
        session.remember(MEMOIRE, None)
        return None
    octets = fichier.getvalue()
    cle = (compute_empreinte(octets), contexte.version, contexte.personne.compte_id, contexte.langue)
    deja: Lu | None = session.recall(MEMOIRE)
    if deja is not None and deja.cle == cle:
        return deja
    try:
        lu = _judge(contexte, cle, fichier.name, octets)
    except FichierIllisible as erreur:
        components.show_message_erreur(phrases.say_fichier(erreur))
        return None
    session.remember(MEMOIRE, lu)
    return lu


def _judge(contexte: Contexte, cle: tuple[str, str, int | None, str], nom: str, octets: bytes) -> Lu:
    barre = st.progress(0.0, _("Lecture du classeur…"))

    def _tell(part: float) -> None:
        barre.progress(part, _("Contrôle des lignes…"))

    try:
        classeur = read_classeur(octets, nom)
        with read_session(contexte.config) as lecture:
            validation = validate(lecture, contexte.personne, contexte.config.maintenant(), classeur, _tell)
            apercu = make_apercu(lecture, validation.a_deposer[:APERCU_MAX])
    finally:
        barre.empty()
    return Lu(cle, nom, octets, classeur, validation, apercu)


def show_lu(lu: Lu) -> None:
    """The faults, then what would be recorded."""
    if lu.validation.anomalies:
        show_anomalies(lu.validation.anomalies)
    if lu.apercu:
        components.show_section(_("Ce qui sera enregistré"))
        show_apercu(lu)
    if not lu.validation.anomalies and not lu.apercu:
        components.show_vide(_("Ce classeur ne dit rien de nouveau."), _("Remplissez-le, puis envoyez-le de nouveau."))


def show_anomalies(
    anomalies: Sequence[Anomalie],
    say_anomalie: Callable[[Anomalie], tuple[str, str]] = phrases.say_anomalie,
    say_gravite: Callable[[Gravite, int], tuple[str, str]] = phrases.say_gravite,
) -> None:
    """Every fault of a workbook, gravest first, one line for the lines that share it; in the words of what it holds."""
    groupes: dict[Gravite, list[tuple[str, str, str, str]]] = {}
    for groupe in group_anomalies(anomalies):
        a = groupe.anomalie
        quoi, faire = say_anomalie(a)
        groupes.setdefault(a.gravite, []).append((phrases.say_lieu(groupe), a.valeur or "", quoi, faire))
    components.show(
        "depot_anomalies.html",
        groupes=[(g, say_gravite(g, len(lignes)), lignes) for g, lignes in groupes.items()],
    )


def show_apercu(lu: Lu) -> None:
    """What would be recorded, cell by cell."""
    reste = len(lu.validation.a_deposer) - len(lu.apercu)
    components.show("depot_apercu.html", lignes=lu.apercu, reste=reste)


def show_annote(lu: Lu) -> None:
    """The same workbook back, its faulty cells coloured and explained."""
    st.download_button(
        _("Classeur annoté"),
        data=lambda: annotate(lu.octets, lu.classeur, lu.validation.anomalies, phrases.say_anomalie),
        file_name=f"{lu.nom.rsplit('.', 1)[0][:80]}-annote.xlsx",
        mime=XLSX,
        icon=":material/download:",
        key="depot_annote",
        on_click="ignore",
        type="primary",
        width="stretch",
    )


def show_deposer(lu: Lu) -> None:
    """The buttons that deposit: all of it, or without the faulty rows."""
    validation = lu.validation
    if validation.bloquantes or not validation.a_deposer:
        return
    reprise = st.checkbox(_("Reprise d’historique (trimestres passés)"), key="depot_reprise")
    fautives = validation.fautives
    titre = phrases.say_bouton(len(validation.a_deposer), fautives)
    if st.button(titre, key="depot_deposer", type="secondary" if fautives else "primary", width="stretch"):
        _deposit(lu, ecarter=bool(fautives), reprise=reprise)


def _commit(
    transaction: Session, personne: Personne, maintenant: datetime, lu: Lu, ecarter: bool, reprise: bool
) -> Recu:
    """The deposit and what its receipt says, read before the transaction ends."""
    depot = commit(
        transaction, personne, maintenant, lu.validation, lu.nom, lu.octets, ecarter=ecarter, reprise=reprise
    )
    return make_recu(depot)


def make_recu(depot: Depot) -> Recu:
    """What the receipt says of a deposit."""
    champs = ("numero", "cree_le", "empreinte", "lignes", "ecartees", "nom_fichier")
    return {champ: getattr(depot, champ) for champ in champs}


def _deposit(lu: Lu, *, ecarter: bool, reprise: bool) -> None:
    try:
        recu = session.apply(_commit, lu, ecarter, reprise)
    except CCMError as erreur:
        components.show_erreur(erreur)
        return
    keep_recu(recu)
    st.rerun()


def keep_recu(recu: Recu) -> None:
    """Remember the receipt for the next run; the file or the form starts empty again."""
    session.remember(RECU, recu)
    session.remember(MEMOIRE, None)
    session.remember("depot_tour", get_tour() + 1)


def get_tour() -> int:
    """A new number after each deposit: the uploader starts empty again."""
    tour: int = session.recall("depot_tour", 0)
    return tour


def show_recu() -> None:
    """The receipt of the deposit just made, until the next file."""
    recu = session.recall(RECU)
    if recu:
        components.show("depot_recu.html", **recu)
