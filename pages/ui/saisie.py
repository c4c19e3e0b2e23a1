"""One row typed on the page, phone first: kept as a draft at each pause of the typing, sent as a deposit of its own.

First what it is about; then what is known of that is shown, to change. Only this part of the screen runs at each field.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from ccm_data.commands.suivi import withdraw
from ccm_data.commands.sujets import SUJETS
from ccm_data.domain.vocabulaire import EtatSuivi, Gravite
from ccm_data.errors import CCMError, Conflit
from ccm_data.imports.apercu import list_changements
from ccm_data.imports.listes import Listes, read_listes
from ccm_data.imports.saisie import Connue, judge_saisie, list_bruts, read_connue, save_saisie, send_saisie
from ccm_data.imports.schemas import PAR_SUJET, Colonne, Feuille, list_feuilles, list_groupes
from ccm_data.phrases import saisie as phrases
from ccm_data.textes import _, set_langue
from pages.ui import cache, champs, components, depot, pieces, session
from pages.ui.session import Contexte

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from ccm_data.domain.permissions import Personne
    from ccm_data.imports.existants import Existant
    from ccm_data.imports.validation import Validation

# The one subject whose rows are not known by what they are about: money holds several rows of one kind.
SANS_FAIT: Final = frozenset({"ecriture_budgetaire"})
Bruts = dict[str, Any]


def show_saisie(contexte: Contexte) -> None:
    """The form: which sheet, then its fields."""
    feuilles = list_feuilles(contexte.personne)
    groupes = {code: _(nom) for code, nom in list_groupes(contexte.personne).items()}
    demandee = session.get_param("feuille")
    groupe = next((f.groupe for f in feuilles if f.sujet == demandee), None) or next(iter(groupes))
    if len(groupes) > 1:
        groupe = session.choose_onglet(_("Classeur"), "classeur", groupes, defaut=groupe)
    sujet = session.choose_onglet(
        _("Que voulez-vous dire ?"), "feuille", {f.sujet: _(f.nom) for f in feuilles if f.groupe == groupe}
    )
    ligne = session.get_param("ligne") or ""
    numero = int(ligne) if ligne.isdigit() else None
    champs.load_frappe()
    _show_formulaire(contexte, PAR_SUJET[sujet], numero, depot.get_tour())


@st.fragment
def _show_formulaire(contexte: Contexte, feuille: Feuille, ligne_id: int | None, tour: int) -> None:
    set_langue(contexte.langue)  # a fragment runs alone, in a thread that has not heard the language
    listes = cache.read(contexte, read_listes)
    # The keys do not name the row: what a cut connection brings back late still finds its fields.
    cle = f"saisie_{feuille.sujet}_{tour}"
    nommee = cache.read_direct(contexte, read_connue, contexte.personne, feuille.sujet, {}, ligne_id)
    if ligne_id is not None and nommee.existant is None:
        components.show_vide(_("Cette ligne n’existe plus, ou n’est pas à vous."), _("Ouvrez « Mes dépôts »."))
        return
    depart = list_bruts(feuille, nommee.existant) or champs.list_defauts(contexte, feuille)
    droit = SUJETS[feuille.sujet].droit
    quoi = champs.show_champs(contexte, _list_colonnes(feuille, identite=True), listes, cle, depart, droit)
    manque = [
        _(c.titre) for c in _list_colonnes(feuille, identite=True) if c.obligatoire and quoi[c.champ] in (None, "")
    ]
    if manque:
        components.show_note(phrases.say_manque(manque))
        return
    if feuille.sujet not in SANS_FAIT:
        cle += f"_{'|'.join(str(v) for v in quoi.values())}"
    # Another activity is another row: a draft is never carried from one fact to the next. A title may be mended.
    deja = None if feuille.sujet not in SANS_FAIT else ligne_id or session.recall(f"{cle}_ligne")
    corrigee = _get_corrigee(feuille, nommee)
    connue = cache.read_direct(contexte, read_connue, contexte.personne, feuille.sujet, quoi, deja, corrigee)
    if connue.existant is not None and connue.existant.etat is EtatSuivi.SOUMIS:
        _show_soumise(feuille, connue.existant)
        return
    _show_suite(contexte, feuille, listes, cle, quoi, connue, corrigee)


def _get_corrigee(feuille: Feuille, nommee: Connue) -> int | None:
    """The validated row that the address names, or that its draft corrects, where a title may be mended."""
    if not SUJETS[feuille.sujet].renommable:
        return None
    depart = nommee.existant
    if depart is not None and depart.etat is not EtatSuivi.VALIDE:
        depart = nommee.valide
    return None if depart is None else depart.id


def _list_colonnes(feuille: Feuille, *, identite: bool) -> list[Colonne]:
    return [c for c in feuille.colonnes if c.genre not in {"ligne", "info"} and c.identite is identite]


def _show_soumise(feuille: Feuille, existant: Existant) -> None:
    """The row waits for the SP/CCM: it is taken back before it is changed."""
    components.show_note(_("Cette ligne est envoyée et attend la validation du SP/CCM."))
    if st.button(_("La reprendre pour la changer"), key=f"reprendre_{feuille.sujet}_{existant.id}"):
        try:
            session.apply(withdraw, feuille.sujet, existant.id, existant.version)
        except CCMError as erreur:
            components.show_erreur(erreur)
        else:
            st.rerun(scope="fragment")


def _show_suite(
    contexte: Contexte,
    feuille: Feuille,
    listes: Listes,
    cle: str,
    quoi: Mapping[str, Any],
    connue: Connue,
    corrigee: int | None,
) -> None:
    """What is said of it, kept while it is typed, judged, and sent."""
    existant = connue.existant
    # A place of its own, filled or not: the first save must not shift the fields under the person's hand.
    with components.reserve():
        if existant is not None:
            components.show_note(phrases.say_etat(existant.etat))
        elif connue.valide is not None:
            components.show_note(phrases.say_renommee())
    tour = session.recall(f"{cle}_tour", 0)
    depart = list_bruts(feuille, connue.reprise) or champs.list_defauts(contexte, feuille)
    dits = champs.show_champs(
        contexte, _list_colonnes(feuille, identite=False), listes, f"{cle}_{tour}", depart, SUJETS[feuille.sujet].droit
    )  # fmt: skip
    bruts = {**quoi, **dits}
    _keep(contexte, feuille, cle, bruts, existant, corrigee)
    connue = cache.read_direct(
        contexte, read_connue, contexte.personne, feuille.sujet, quoi, session.recall(f"{cle}_ligne") or connue.numero,
        corrigee,
    )  # fmt: skip
    courante = connue.existant if connue.existant is not None and connue.existant.etat is not EtatSuivi.VALIDE else None
    suivie = courante.id if courante else corrigee  # the page opened again finds its draft, or what it corrects
    session.set_param("ligne", str(suivie) if suivie else None)
    maintenant = contexte.config.maintenant()
    jugee = cache.read_direct(
        contexte, judge_saisie, contexte.personne, maintenant, feuille.sujet, bruts, connue.reprise
    )
    with components.reserve():
        _show_jugement(jugee, essaye=bool(session.recall(f"{cle}_essaye")))
        changements = list_changements(jugee, connue.valide, listes)
        if changements and not jugee.fautives:
            components.show("saisie_changements.html", cellules=changements)
    if st.button(_("Envoyer au SP/CCM"), key=f"{cle}_envoyer", type="primary", width="stretch"):
        _send(feuille, cle, bruts, connue, jugee, corrigee)
    if courante is None:
        pieces.show_annonce()
    else:
        pieces.show_pieces(contexte, feuille.sujet, courante.id)
    if connue.valide is not None:
        pieces.show_suivantes(contexte, feuille.sujet, connue.valide.id)


def _keep(
    contexte: Contexte, feuille: Feuille, cle: str, bruts: Bruts, existant: Existant | None, corrigee: int | None
) -> None:
    """Save what was typed since the last run, if anything was; say where it stands."""
    ouverte = existant is not None and existant.etat is not EtatSuivi.VALIDE
    vues: tuple[int, int] | None = session.recall(f"{cle}_vue")
    if vues is None and ouverte and existant is not None:
        vues = (existant.id, existant.version)
        session.remember(f"{cle}_vue", vues)
    if session.recall(f"{cle}_su") is None:
        session.remember(f"{cle}_su", bruts)
    elif session.recall(f"{cle}_su") != bruts:
        try:
            note = session.apply(save_saisie, feuille.sujet, bruts, *(vues or (None, None)), corrigee)
        except Conflit as erreur:
            components.show_erreur(erreur)
            components.show_note(_("Quelqu’un a changé cette ligne pendant que vous écriviez."))
            if st.button(_("Voir la ligne telle qu’elle est"), key=f"{cle}_revoir"):
                _forget(cle)
            return
        except CCMError as erreur:
            components.show_erreur(erreur)
            return
        session.remember(f"{cle}_su", bruts)
        if note.ligne_id is not None:
            session.remember(f"{cle}_vue", (note.ligne_id, note.version))
            session.remember(f"{cle}_ligne", note.ligne_id)
            session.remember(f"{cle}_a", contexte.config.maintenant())
    components.show("saisie_etat.html", a=session.recall(f"{cle}_a"), ouverte=ouverte)


def _forget(cle: str) -> None:
    """Start again from what is recorded."""
    session.remember(f"{cle}_tour", session.recall(f"{cle}_tour", 0) + 1)
    for nom in ("su", "vue", "a"):
        session.recall(f"{cle}_{nom}", forget=True)
    st.rerun(scope="fragment")


def _show_jugement(jugee: Validation, *, essaye: bool) -> None:
    """What is wrong, field by field; what is merely missing is said once the person tried to send."""
    fautes = [a for a in jugee.anomalies if essaye or a.code != "valeur_manquante"]
    if fautes:
        components.show("saisie_fautes.html", lignes=[phrases.say_faute(a) for a in fautes])


def _send(feuille: Feuille, cle: str, bruts: Bruts, connue: Connue, jugee: Validation, corrigee: int | None) -> None:
    if any(a.gravite is not Gravite.A_VERIFIER for a in jugee.anomalies):
        session.remember(f"{cle}_essaye", True)
        st.rerun(scope="fragment")
    try:
        recu = session.apply(_commit, feuille.sujet, bruts, connue.numero, corrigee)
    except CCMError as erreur:
        components.show_erreur(erreur)
        return
    session.set_param("ligne", None)
    depot.keep_recu(recu)
    st.rerun()


def _commit(
    transaction: Session,
    personne: Personne,
    maintenant: datetime,
    sujet: str,
    bruts: Bruts,
    ligne_id: int | None,
    corrigee_id: int | None,
) -> depot.Recu:
    return depot.make_recu(send_saisie(transaction, personne, maintenant, sujet, bruts, ligne_id, corrigee_id))
