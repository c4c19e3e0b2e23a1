"""The decision register on the page: a line opened, its history, and the form to decide on the spot."""

from __future__ import annotations

from datetime import date
from typing import Any

from ccm_data.commands import decisions as commandes
from ccm_data.commands.decisions import Provenance
from ccm_data.domain.permissions import can_write
from ccm_data.domain.plan import CODE_PLAN
from ccm_data.errors import ValeurInvalide
from ccm_data.phrases import decisions as phrases
from ccm_data.queries.rapprochement import LigneRegistre, list_historique_ligne
from ccm_data.textes import _
from ccm_data.typographie import say_court, say_fcfa
from pages.ui import cache, components, disposition, session
from pages.ui.formulaires import Champ, list_provenance, show_formulaire
from pages.ui.session import Contexte

A, B, AUTRE, RETIRER = "a", "b", "autre", "retirer"
APERCU = 70  # signs of a text in a list


def show_ligne(contexte: Contexte, ligne: LigneRegistre) -> None:
    """The two sides, what was decided and its history; the form for the SP/CCM."""
    components.show_section(phrases.say_ligne(ligne))
    with disposition.show_colonnes(1.2, 1) as (gauche, droite):
        with gauche:
            components.show("registre_faces.html", faces=phrases.list_faces(ligne))
            components.show("registre_faits.html", faits=phrases.list_faits(ligne))
        with droite:
            _show_suite(contexte, ligne)
    if ligne.comparaison not in phrases.A_CORRIGER:
        code = ligne.objet_code if ligne.nature == "montant" else ligne.code
        historique = cache.read(contexte, list_historique_ligne, ligne.nature, ligne.objet, code or CODE_PLAN)
        if not historique:
            components.show_note(_("Aucune décision n’a encore été prise sur cette ligne."))
            return
        components.show_titre_graphique(_("Historique"))
        components.show(
            "registre_historique.html",
            titre=_("Historique"),
            colonnes=[_("Décidé le"), _("Par"), _("Prévaut"), _("Pourquoi"), _("Source"), _("État")],
            lignes=phrases.list_historique(historique),
        )


def _show_suite(contexte: Contexte, ligne: LigneRegistre) -> None:
    """The form, or how the line disappears; nothing for those who decide nothing."""
    decide = can_write(contexte.personne, "trancher_contradiction")
    if ligne.comparaison in phrases.A_CORRIGER:
        components.show_titre_graphique(_("Comment la faire disparaître"))
        components.show_note(phrases.say_correction(ligne))
        if decide:
            sujet = phrases.A_CORRIGER[ligne.comparaison]
            components.show_lien_ecran("referentiels", _("Ouvrir les référentiels"), {"sujet": sujet})
    elif decide:
        components.show_titre_graphique(_("Trancher"))
        _show_formulaire(contexte, ligne)
    else:
        components.show_titre_graphique(_("Qui tranche"))
        components.show_note(
            _("Le SP/CCM dit ce qui prévaut, avec son motif et sa source ; l’autre côté reste montré.")
        )


def _show_formulaire(contexte: Contexte, ligne: LigneRegistre) -> None:
    memo = f"vu_registre_{ligne.code}"

    def _send(valeurs: dict[str, Any]) -> str:
        return _decide(ligne, valeurs, session.recall(memo))

    champs = _list_champs(ligne, contexte.config.aujourd_hui())
    show_formulaire(f"registre_{ligne.code}", champs, _("Enregistrer la décision"), _send)
    # After the form: what a decision rests on is what was on the screen when it was sent.
    session.remember(memo, ligne.vu)


def _list_champs(ligne: LigneRegistre, aujourd_hui: date) -> list[Champ]:
    options = {
        A: say_court(_name_cote(ligne, A), APERCU),
        B: say_court(_name_cote(ligne, B), APERCU),
        AUTRE: _("Autre, écrit ci-contre"),
    }
    if ligne.decision is not None:
        options[RETIRER] = _("Retirer la décision en vigueur")
    montant = ligne.nature == "montant"
    cote, deja = _read_en_vigueur(ligne)
    autre = Champ("autre", _("Autre montant (FCFA)") if montant else _("Autre texte"), "texte" if montant else "zone",
                  defaut=deja, maximum=60 if montant else 2000)  # fmt: skip
    return [
        Champ("cote", _("Ce qui prévaut"), "choix", options, cote),
        autre,
        Champ("motif", _("Pourquoi")),
        *list_provenance(aujourd_hui),
    ]


def _read_en_vigueur(ligne: LigneRegistre) -> tuple[str, str | None]:
    """The side that prevails now (the first while nothing does), and its words when it is neither of the two."""
    decision = ligne.decision
    if decision is None:
        return A, None
    retenu = decision.texte if decision.montant_fcfa is None else str(decision.montant_fcfa)
    cote = next((c for c in (A, B) if retenu == _read_cote(ligne, c)), AUTRE)
    return cote, retenu if cote == AUTRE else None


def _read_cote(ligne: LigneRegistre, cote: str) -> str:
    """A side as its command takes it: an amount in figures, or words."""
    montant, texte = (
        (ligne.valeur_imprimee, ligne.texte_a) if cote == A else (ligne.valeur_calculee, ligne.texte_b)
    )  # fmt: skip
    return str(montant) if ligne.nature == "montant" else (texte or _("(rien)"))


def _name_cote(ligne: LigneRegistre, cote: str) -> str:
    dit = _read_cote(ligne, cote)
    return say_fcfa(int(dit)) if ligne.nature == "montant" else dit


def _decide(ligne: LigneRegistre, valeurs: dict[str, Any], vu: int | None) -> str:
    """Send the decision to its command; what prevails is one of the two sides, or something else."""
    if not isinstance(valeurs["date_source"], date):
        raise ValeurInvalide(champ=_("Date de la source"), valeur="—", attendu=_("une date"))
    provenance = Provenance(valeurs["source"], valeurs["date_source"])
    retenu = _read_retenu(ligne, valeurs)
    if ligne.nature == "montant":
        code = CODE_PLAN if ligne.objet == "plan" else str(ligne.objet_code)
        session.apply(commandes.set_montant_retenu, ligne.objet, code, retenu, valeurs["motif"], provenance, vu=vu)
    else:
        session.apply(commandes.set_choix_contradiction, ligne.code, retenu, valeurs["motif"], provenance, vu=vu)
    return _("Décision retirée.") if retenu is None else _("Décision enregistrée : les graphiques la suivent.")


def _read_retenu(ligne: LigneRegistre, valeurs: dict[str, Any]) -> str | None:
    """What was chosen, as its command reads it; None withdraws."""
    if valeurs["cote"] == RETIRER:
        return None
    if valeurs["cote"] == AUTRE:
        autre = valeurs["autre"].strip()
        if not autre:
            raise ValeurInvalide(
                "valeur_manquante",
                champ="montant_fcfa" if ligne.nature == "montant" else "texte_retenu",
                valeur=None,
                attendu=_("ce qui prévaut"),
            )
        return str(autre)
    return _read_cote(ligne, valeurs["cote"])
