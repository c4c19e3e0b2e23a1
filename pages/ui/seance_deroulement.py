"""« Présence et décisions »: who is there and the quorum as boxes are ticked, what was said and decided, the minutes."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import streamlit as st

from ccm_data.commands import seances as commandes
from ccm_data.domain.instances import Quorum, compute_quorum
from ccm_data.domain.vocabulaire import College
from ccm_data.libelles import say_libelle
from ccm_data.phrases import rencontres as phrases_rencontres
from ccm_data.phrases import seances as phrases
from ccm_data.queries.seances import DecisionLue, list_decisions_seance
from ccm_data.queries.seances_suites import Assemblee, get_assemblee, list_etats_recommandations
from ccm_data.textes import _
from pages.ui import cache, components, disposition, reglages, session
from pages.ui import seances as actions
from pages.ui.formulaires import Champ, show_formulaire
from pages.ui.seance_documents import show_proces_verbal
from pages.ui.seances import Ouverte
from pages.ui.session import Contexte

TEXTE_MAX: Final = 4_000
COLONNES: Final = 3


def show_deroulement(contexte: Contexte, ouverte: Ouverte) -> None:
    """The whole part, in the order of a meeting."""
    fiche = ouverte.fiche
    assemblee = cache.read(contexte, get_assemblee, contexte.personne, fiche.instance_code, fiche.date_seance)
    if not ouverte.figee:
        _show_attendus(assemblee)
        return
    components.show_section(_("Présence"))
    avant = st.container()  # the quorum stands above the boxes: it is seen to change while they are ticked
    presents = _choose_presents(ouverte, assemblee)
    with avant:
        _show_quorum(compute_quorum(assemblee.membres, presents, assemblee.regles))
    components.show_section(_("Points clés"))
    points_cles, etapes = _read_textes(ouverte)
    _show_enregistrer(ouverte, presents, points_cles, etapes)
    components.show_section(_("Décisions"))
    decisions = cache.read(contexte, list_decisions_seance, fiche.id)
    _show_decisions(contexte, decisions)
    _show_noter(contexte, ouverte, assemblee, decisions)
    components.show_section(_("Après la séance"))
    with disposition.show_colonnes(1, 1) as (gauche, droite):
        with gauche:
            show_proces_verbal(contexte, fiche)
        with droite:
            _show_versement(contexte, ouverte)


def _show_attendus(assemblee: Assemblee) -> None:
    """Before the figures are frozen: who is expected, what the quorum will be."""
    components.show_note(
        _("La présence et les décisions se notent une fois les chiffres figés. Voici qui est attendu.")
    )
    quorum = compute_quorum(assemblee.membres, None, assemblee.regles)
    components.show_lignes(
        _("Membres attendus"), [_("Collège"), _("Membres"), _("Requis")],
        [(nom, membres, requis) for nom, membres, _la, requis, _dit in phrases_rencontres.list_lignes_quorum(quorum)],
        vide=_("Aucun membre n’est enregistré pour cette instance."),
    )  # fmt: skip


def _choose_presents(ouverte: Ouverte, assemblee: Assemblee) -> list[str] | None:
    """Who is ticked; None as long as presence was not taken."""
    fiche = ouverte.fiche
    avant = set(fiche.presents or ())
    cle = f"present_{fiche.id}_{ouverte.vue}"
    releve = st.checkbox(
        _("La présence est relevée"), value=fiche.presents is not None, key=f"{cle}_releve",
        help=_("Sans cette coche ni aucun présent, la présence reste « non renseignée » : ce n’est pas zéro."),
    )  # fmt: skip
    coches: list[str] = []
    for college in [*College, None]:
        siens = [
            m.organisation
            for m in assemblee.membres
            if (m.college is college and not m.observateur) or (college is None and m.observateur)
        ]
        if not siens:
            continue
        components.show_titre_graphique(
            say_libelle(college) if college else _("Observateurs, sans voix dans le quorum")
        )
        colonnes = st.columns(COLONNES, gap="small")
        for rang, code in enumerate(siens):
            with colonnes[rang % COLONNES]:
                if st.checkbox(assemblee.noms.get(code, code), value=code in avant, key=f"{cle}_{code}"):
                    coches.append(code)
    membres = {m.organisation for m in assemblee.membres}
    autres = {c: n for c, n in assemblee.noms.items() if c not in membres}
    coches += st.multiselect(
        _("Autres organisations présentes"), list(autres), default=sorted(avant & autres.keys()), key=f"{cle}_autres",
        format_func=lambda c: autres.get(c, c), placeholder=_("Choisir"),
    )  # fmt: skip
    return sorted(coches) if coches or releve else None


def _show_quorum(quorum: Quorum) -> None:
    components.show_lignes(
        _("Quorum par collège"),
        [_("Collège"), _("Membres"), _("Présents"), _("Requis"), _("Quorum")],
        phrases_rencontres.list_lignes_quorum(quorum),
    )
    mot = _(phrases_rencontres.QUORUMS[quorum.etat])
    components.show_phrase(
        _("Quorum : {etat}.").format(etat=mot), _("Les observateurs et les organisations hors membres ne comptent pas.")
    )


def _read_textes(ouverte: Ouverte) -> tuple[dict[str, str], str]:
    """Key points of each item, and the next steps, as they stand in the fields."""
    fiche = ouverte.fiche
    cle = f"dit_{fiche.id}_{ouverte.vue}"
    textes = {
        str(n): st.text_area(
            f"{n}. {point.intitule}", value=fiche.points_cles.get(str(n), ""), key=f"{cle}_{n}", max_chars=TEXTE_MAX,
            height=90,
        )
        for n, point in enumerate(fiche.ordre_du_jour, 1)
    }  # fmt: skip
    if not textes:
        components.show_note(_("Cette séance n’a pas d’ordre du jour : notez les suites ci-dessous."))
    etapes = st.text_area(
        _("Prochaines étapes"), value=fiche.prochaines_etapes or "", key=f"{cle}_etapes", max_chars=TEXTE_MAX, height=90
    )
    return textes, etapes


def _show_enregistrer(ouverte: Ouverte, presents: list[str] | None, points_cles: dict[str, str], etapes: str) -> None:
    fiche = ouverte.fiche
    garde = (
        None if fiche.presents is None else sorted(fiche.presents),
        fiche.points_cles,
        fiche.prochaines_etapes or "",
    )
    saisi = (presents, {n: t.strip() for n, t in points_cles.items() if t.strip()}, etapes.strip())
    if saisi != garde:
        components.show_note(_("Des changements ne sont pas encore enregistrés."))

    def _send() -> str:
        actions.apply(
            ouverte, commandes.set_deroulement, presents=presents, points_cles=points_cles, prochaines_etapes=etapes
        )
        return _("Présence, points clés et suites enregistrés.")

    actions.show_action(_("Enregistrer la présence et les points clés"), "deroulement", _send)


def _show_decisions(contexte: Contexte, decisions: tuple[DecisionLue, ...]) -> None:
    codes = tuple(x.recommandation for x in decisions if x.recommandation)
    etats = cache.read(contexte, list_etats_recommandations, codes)
    components.show_lignes(
        _("Décisions"), [_("Décision"), _("Responsable"), _("Échéance"), _("Registre des recommandations")],
        phrases.list_decisions(decisions, etats),
        vide=_("Aucune décision notée. En projection, la touche N en note une devant la scène."),
    )  # fmt: skip
    if decisions:
        components.show_lien_ecran("recommandations", _("Ouvrir le registre des recommandations"))
        components.show_lien_ecran("validation", _("Valider ce qui attend"))


def _show_noter(contexte: Contexte, ouverte: Ouverte, assemblee: Assemblee, decisions: tuple[DecisionLue, ...]) -> None:
    fiche = ouverte.fiche

    def _send(valeurs: dict[str, Any]) -> str:
        echeance = valeurs["echeance"]
        session.apply(
            commandes.note_decision, fiche.id, valeurs["texte"], responsable_code=valeurs["responsable"] or None,
            echeance=echeance if isinstance(echeance, date) else None, region_code=valeurs.get("region") or None,
        )  # fmt: skip
        return _("Décision notée : elle attend la validation au registre des recommandations.")

    region = Champ("region", _("Région"), "choix", reglages.list_regions(contexte, vide=_("Nationale")))
    champs = [
        Champ("texte", _("Décision"), "zone", maximum=TEXTE_MAX, aide=_("Ce qui est décidé. Aucun nom de personne.")),
        Champ("responsable", _("Responsable"), "choix", {"": _("Aucun"), **assemblee.noms}),
        Champ("echeance", _("Échéance"), "date"),
        *([region] if fiche.region_code is None else []),
    ]
    with components.show_pli(_("Noter une décision")):
        show_formulaire(f"decision_{fiche.id}_{len(decisions)}", champs, _("Noter la décision"), _send)


def _show_versement(contexte: Contexte, ouverte: Ouverte) -> None:
    """Send the meeting as it went to the registers: presence, next steps, agenda items with their key points."""
    components.show_titre_graphique(_("Verser dans les registres"))
    if ouverte.fiche.date_seance > contexte.config.aujourd_hui():
        components.show_note(_("La séance n’a pas encore eu lieu : le versement s’ouvrira ce jour-là."))
        return
    components.show_note(
        _(
            "La rencontre, sa présence et ses points vont au registre des rencontres, où un autre membre du SP/CCM les valide."
        )
    )

    def _send() -> str:
        n = actions.apply(ouverte, commandes.send_registres)
        return _("Lignes versées, à valider : {n}.").format(n=n)

    actions.show_action(_("Verser dans les registres"), "verser", _send)
