"""The parts and forms of « Évaluations »: the matrix, the scale, one evaluation criterion by criterion, the alerts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

import streamlit as st

from ccm_data.commands import evaluations as commandes
from ccm_data.domain.alertes import Alerte
from ccm_data.domain.evaluation import LONGUEUR_MAX
from ccm_data.domain.permissions import can_read, can_write
from ccm_data.domain.vocabulaire import Critere, ObjetEvaluation, StatutEvaluation
from ccm_data.errors import CCMError
from ccm_data.libelles import say_libelle
from ccm_data.phrases import alertes as phrases_alertes
from ccm_data.phrases import evaluations as phrases
from ccm_data.phrases.elements_evaluation import say_element
from ccm_data.queries import evaluations, tables_evaluations
from ccm_data.queries.elements_evaluation import count_paires, list_elements
from ccm_data.queries.evaluations import FicheEvaluation, Objets, RegistreEvaluations
from ccm_data.queries.sources_evaluation import get_sources, make_sujet
from ccm_data.textes import _
from pages.ui import cache, components, coordination, disposition, doublons, session
from pages.ui.formulaires import Champ, show_formulaire
from pages.ui.navigation import PAR_CLE
from pages.ui.session import Contexte

if TYPE_CHECKING:
    from ccm_data.queries.elements_base import Element

Noms = Mapping[str, str]
COMPAREES_MAX: Final = len(phrases.LETTRES)
COMPAREES_EN_VUE: Final = 12
GESTES: Final = {
    "partager": commandes.share,
    "rouvrir": commandes.reopen,
    "finaliser": commandes.finalise,
    "annuler": commandes.cancel,
}


def is_evaluateur(contexte: Contexte) -> bool:
    """May this person rate?"""
    return can_write(contexte.personne, "evaluer")


def choose_objet() -> str | None:
    """Filter: activities or interventions."""
    return session.choose_option(
        _("Objet"),
        "objet",
        {"": _("Activités et interventions")} | {o.value: say_libelle(o) for o in ObjetEvaluation},
        largeur=240,
    )


def choose_statut(contexte: Contexte) -> str | None:
    """Filter: state; evaluations taken back, for who may rate."""
    annulees = {evaluations.ANNULEE: _("Annulées")} if is_evaluateur(contexte) else {}
    return session.choose_option(
        _("Statut"),
        "statut",
        {"": _("Tous les statuts")} | {s.value: say_libelle(s) for s in StatutEvaluation} | annulees,
        largeur=230,
    )


def choose_genre() -> str | None:
    """Filter: kind of alert."""
    return session.choose_option(
        _("Alerte"),
        "alerte",
        {"": _("Toutes les alertes")} | {c: _(t) for c, t in phrases_alertes.GENRES.items()},
        largeur=230,
    )


def list_filtres() -> dict[str, str]:
    """The filters that the address carries, to keep them when a row is opened."""
    noms = ("objet", "statut", "axe", "comparer")
    return {nom: valeur for nom in noms if (valeur := session.get_param(nom))}


def show_fichiers(
    contexte: Contexte, registre: RegistreEvaluations, fiches: Sequence[FicheEvaluation],
    alertes: Sequence[Alerte], objets: Objets, acteurs: Noms,
) -> None:  # fmt: skip
    """The matrix, ratings with their reasons, answers, means, alerts."""
    statuts = coordination.list_statuts(contexte)
    components.show_telechargement(
        contexte,
        "evaluations",
        lambda: {
            _("Évaluations"): tables_evaluations.make_table_matrice(fiches),
            _("Justifications"): tables_evaluations.make_table_jugements(fiches),
            _("Réponses"): tables_evaluations.make_table_reponses(fiches, acteurs),
            _("Moyennes"): tables_evaluations.make_table_moyennes(registre.bilan),
            _("Alertes"): tables_evaluations.make_table_alertes(alertes, objets, statuts),
        },
        key="evaluations",
    )


# ---- the list and the scale ----


def show_matrice(registre: RegistreEvaluations, fiches: Sequence[FicheEvaluation], filtres: Mapping[str, str]) -> None:
    """One row per evaluation, its ten ratings in sight; a row's name, or the choice above, opens it."""
    ouverte = registre.find(session.get_param("evaluation"))
    options = {str(x.id): phrases.say_objet(x) for x in (*fiches, *((ouverte,) if ouverte else ()))}
    if fiches:
        components.show(
            "evaluation_matrice.html",
            criteres=[phrases.say_critere(c) for c in Critere],
            lignes=[
                {
                    "fiche": x,
                    "statut": phrases.say_statut(x),
                    "adresse": get_adresse("evaluations", {**filtres, "evaluation": str(x.id)}),
                    "notes": [(n, phrases.say_mot(n)) for n in x.notes.values()],
                    "ouverte": x == ouverte,
                }
                for x in fiches
            ],
        )
    else:
        components.show_vide(
            _("Aucune évaluation ne correspond.") if registre.fiches else _("Aucune évaluation n’est encore publiée."),
            _("Retirez un filtre : le SP/CCM publie ici les évaluations finales.")
            if registre.fiches
            else _("Le SP/CCM publie ici les évaluations finales."),
        )
    if options:
        session.choose_option(
            _("Évaluation ouverte"), "evaluation", {"": _("Lire une évaluation…"), **options}, defaut="",
            largeur="stretch",
        )  # fmt: skip


def show_comparaison(registre: RegistreEvaluations, fiches: Sequence[FicheEvaluation]) -> None:
    """Dots on the scale for the evaluations chosen, the mean of all final ones behind them."""
    if not registre.fiches and all(m.valeur is None for m in registre.bilan.moyennes):
        return
    options = {str(x.id): phrases.say_court(x) for x in fiches}
    with disposition.show_carte(key="evaluations_echelle"):
        codes = _choose_comparees(options)
        choisies = [x for x in fiches if str(x.id) in codes]
        components.show(
            "evaluation_points.html",
            titre=phrases.say_titre_comparaison(registre.bilan),
            sous_titre=_("Notes de 1 à 4 données par une personne · dernière évaluation finale de chaque objet"),
            legende=[(lettre, phrases.say_objet(x)) for lettre, x in zip(phrases.LETTRES, choisies, strict=False)],
            graduations=[(phrases.compute_place(n), n, _(mot)) for n, mot in phrases.MOTS.items()],
            rangs=phrases.list_rangs(registre.bilan, choisies),
            efficience=phrases.list_efficience(registre.bilan.efficience),
        )


def _choose_comparees(options: Mapping[str, str]) -> tuple[str, ...]:
    """Which evaluations to compare; folded when there are many."""
    if not options:
        return ()
    titre = _("Comparer (jusqu’à {n}, dans l’ordre de la liste)").format(n=COMPAREES_MAX)
    if len(options) <= COMPAREES_EN_VUE:
        components.show_note(titre)
        return session.choose_plusieurs(_("Évaluations à comparer"), "comparer", options)[:COMPAREES_MAX]
    with components.show_pli(titre):
        return session.choose_plusieurs(_("Évaluations à comparer"), "comparer", options)[:COMPAREES_MAX]


# ---- one evaluation ----


def show_evaluation(contexte: Contexte, fiche: FicheEvaluation, acteurs: Noms) -> None:
    """One evaluation opened: what is said of it, the ten criteria, the texts, what this person may do of it."""
    components.show_section(phrases.say_objet(fiche))
    pas = cache.read(contexte, evaluations.list_pas, contexte.personne, fiche.id)
    components.show("evaluation_faits.html", faits=phrases.list_faits(fiche, acteurs, pas))
    if not can_read(contexte.personne, "lignes_validees"):
        components.show_lignes(_("Notes"), [_("Critère"), _("Note")], phrases.list_jugements(fiche))
        components.show_note(_("Les justifications, la réponse et les éléments de la base se lisent connecté."))
        return
    elements = _list_elements(contexte, fiche, acteurs)
    brouillon = fiche.statut is StatutEvaluation.BROUILLON and fiche.annulee_le is None
    if brouillon and is_evaluateur(contexte):
        _show_notes(fiche, elements)
    else:
        components.show(
            "evaluation.html",
            criteres=[
                (say_libelle(j.critere), elements[j.critere], j.note, phrases.say_note(j.note), j.justification)
                for j in fiche.jugements
            ],
        )
    qui, quand = phrases.say_reponse(fiche, acteurs)
    components.show(
        "evaluation_textes.html",
        synthese=None if brouillon and is_evaluateur(contexte) else fiche.synthese,
        reponse=fiche.reponse, qui=qui, quand=quand, attendue=fiche.partenaire is not None,
    )  # fmt: skip
    _show_reponse(contexte, fiche)
    _show_suite(contexte, fiche)


def _list_elements(contexte: Contexte, fiche: FicheEvaluation, acteurs: Noms) -> dict[Critere, list[dict[str, Any]]]:
    sources = cache.read(contexte, get_sources, contexte.personne, contexte.perimetre, contexte.config.aujourd_hui())
    sujet = make_sujet(sources, fiche.objet, fiche.objet_code, fiche.partenaire)
    paires = count_paires(sujet, contexte.personne, doublons.read_rapprochements(contexte))
    return {
        critere: [_make_element(e, acteurs) for e in elements]
        for critere, elements in list_elements(sources, sujet, paires).items()
    }


def _make_element(element: Element, acteurs: Noms) -> dict[str, Any]:
    nom, texte = say_element(element, acteurs)
    rien = element.faits is None
    return {
        "nom": nom,
        "texte": texte,
        "rien": rien,
        "adresse": "" if rien else get_adresse(element.ecran, element.params),
    }


def get_adresse(cle: str, params: Mapping[str, str]) -> str:
    """The address of a screen with these parameters, in the language and at the date being read."""
    chemin = f"/{PAR_CLE[cle].adresse}"
    return session.get_adresse(f"{chemin}?{urlencode(params)}" if params else chemin)


def _take_version(cle: str, temoin: str, version: int) -> int:
    """The version that the form was first drawn with: what somebody else changed since is told, not overwritten.

    `temoin` is a field of the form: without value, the form is being drawn anew.
    """
    if session.get_widget(temoin) is None:
        session.remember(cle, version)
    return int(session.recall(cle, version))


def _show_notes(fiche: FicheEvaluation, elements: Mapping[Critere, list[dict[str, Any]]]) -> None:
    """The form of the ratings, each beside its evidence. A refusal keeps what was typed."""
    cle = f"notes_{fiche.id}"
    version = _take_version(cle, f"{cle}_synthese", fiche.version)
    options = phrases.list_notes()
    notes: dict[Critere | str, tuple[Any, str | None]] = {}
    with st.form(cle, border=False, enter_to_submit=False):
        for j in fiche.jugements:
            nom = say_libelle(j.critere)
            with disposition.show_colonnes(1, 1) as (gauche, droite):
                with gauche:
                    components.show("evaluation_elements.html", critere=nom, elements=elements[j.critere])
                with droite:
                    note = st.selectbox(
                        _("{critere} : note").format(critere=nom), list(options), key=f"{cle}_{j.critere.value}_note",
                        index=0 if j.note is None else list(options).index(str(j.note)), format_func=lambda c: options[c],
                    )  # fmt: skip
                    texte = st.text_area(
                        _("{critere} : justification").format(critere=nom), value=j.justification or "",
                        key=f"{cle}_{j.critere.value}_texte", max_chars=LONGUEUR_MAX, height=110,
                        help=_("Obligatoire avec une note. Aucun nom de personne."),
                    )  # fmt: skip
            notes[j.critere] = (note, texte)
        synthese = st.text_area(
            _("Synthèse"), value=fiche.synthese or "", key=f"{cle}_synthese", max_chars=LONGUEUR_MAX, height=110
        )
        envoye = st.form_submit_button(_("Enregistrer les notes"), type="primary")
    if envoye:
        try:
            session.apply(commandes.save_notes, fiche.id, version, notes, synthese)
        except CCMError as erreur:
            components.show_erreur(erreur)
            return
        session.remember(cle, version + 1)
        session.remember("avis", _("Notes enregistrées, comme brouillon du SP/CCM."))
        st.rerun()


def _show_reponse(contexte: Contexte, fiche: FicheEvaluation) -> None:
    """The answer of the organisation evaluated, which it may change until the evaluation is final."""
    ouverte = fiche.statut is StatutEvaluation.PARTAGEE and fiche.annulee_le is None
    acteur = contexte.personne.acteur_code
    if not ouverte or acteur is None or acteur != fiche.partenaire:
        return
    cle = f"reponse_evaluation_{fiche.id}"
    version = _take_version(cle, f"{cle}_texte", fiche.version)

    def _send(valeurs: dict[str, Any]) -> str:
        session.apply(commandes.answer, fiche.id, version, valeurs["texte"])
        session.remember(cle, version + 1)
        return _(
            "Réponse enregistrée : elle reste à côté de l’évaluation, et se change jusqu’à ce qu’elle soit finale."
        )

    champ = Champ(
        "texte", _("Réponse de votre organisation"), "zone", defaut=fiche.reponse, maximum=LONGUEUR_MAX,
        aide=_("Aucun nom de personne."),
    )  # fmt: skip
    show_formulaire(cle, [champ], _("Répondre"), _send)


def _show_suite(contexte: Contexte, fiche: FicheEvaluation) -> None:
    suites = phrases.list_suites(fiche)
    if not suites or not is_evaluateur(contexte):
        return

    def _send(valeurs: dict[str, Any]) -> str:
        etape = valeurs["etape"]
        session.apply(GESTES[etape], fiche.id, fiche.version)
        return _(phrases.FAITES[etape])

    champ = Champ("etape", _("Étape suivante"), "choix", suites)
    show_formulaire(f"etape_evaluation_{fiche.id}_{fiche.version}", [champ], _("Passer à cette étape"), _send)


def show_nouvelle(contexte: Contexte, objets: Objets, acteurs: Noms) -> None:
    """The form of a new evaluation, folded, for who may rate."""
    if not is_evaluateur(contexte):
        return
    choix = {f"{ObjetEvaluation.ACTIVITE.value}|{c}": f"{c} · {t}" for c, t in objets.activites.items()}
    choix |= {f"{ObjetEvaluation.INTERVENTION.value}|{c}": f"{c} · {t}" for c, t in objets.interventions.items()}

    def _send(valeurs: dict[str, Any]) -> str:
        objet, _barre, code = valeurs["objet"].partition("|")
        numero = session.apply(commandes.open_evaluation, objet, code, valeurs["jour"], valeurs["partenaire"] or None)
        session.set_param("evaluation", str(numero))
        return _("Évaluation ouverte : notez les critères que vous pouvez juger, les autres restent « non jugé ».")

    champs = [
        Champ("objet", _("Activité ou intervention"), "choix", choix),
        Champ("jour", _("Date de l’évaluation"), "date", defaut=contexte.config.aujourd_hui()),
        Champ(
            "partenaire", _("Qui pourra répondre (activité)"), "choix", {"": _("Personne"), **acteurs},
            aide=_("Pour une intervention, c’est son chef de file."),
        ),
    ]  # fmt: skip
    with components.show_pli(_("Nouvelle évaluation")):
        show_formulaire(f"evaluation_{contexte.version}", champs, _("Ouvrir l’évaluation"), _send)


# ---- alerts ----


def show_alertes(contexte: Contexte, alertes: Sequence[Alerte], retenues: int, objets: Objets) -> None:
    """The alerts with the figures that make them, each with the screen of its rows; where thresholds are changed."""
    components.show_section(phrases_alertes.say_titre_alertes(alertes))
    if alertes:
        lignes = phrases_alertes.list_lignes_alertes(alertes, objets, coordination.list_statuts(contexte))
        components.show("alertes.html", lignes=[(x, get_adresse(x.ecran, x.params)) for x in lignes])
    if retenues:
        components.show_note(phrases_alertes.say_retenues_alertes(retenues))
    components.show_note(
        _("Les seuils sont des données : le SP/CCM les change dans Référentiels et cibles, Seuils et délais.")
    )
    if can_write(contexte.personne, "regler_seuil"):
        components.show_lien_ecran("referentiels", _("Changer un seuil"), {"sujet": "seuils"})
