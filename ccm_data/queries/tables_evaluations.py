"""Evaluations and alerts as tables: the matrix on the screen, and what a file adds to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from ccm_data.domain.alertes import Alerte
from ccm_data.domain.evaluation import CRITERES
from ccm_data.libelles import say_libelle
from ccm_data.phrases import evaluations as phrases
from ccm_data.phrases.alertes import list_lignes_alertes
from ccm_data.queries.evaluations import Bilan, FicheEvaluation, Objets
from ccm_data.textes import _
from ccm_data.typographie import say_instant, say_non_renseigne


def make_table_matrice(fiches: Sequence[FicheEvaluation]) -> pd.DataFrame:
    """One row per evaluation, one column per criterion: its rating and the word, « non jugé » where there is none."""
    return pd.DataFrame(
        {
            _("Objet"): [f"{x.objet_code} · {x.titre}" for x in fiches],
            _("Nature"): [say_libelle(x.objet) for x in fiches],
            _("Date"): [x.jour for x in fiches],
            _("Statut"): [phrases.say_statut(x) for x in fiches],
        }
        | {phrases.say_critere(c): [phrases.say_note(x.notes[c]) for x in fiches] for c in CRITERES}
    )


def make_table_jugements(fiches: Sequence[FicheEvaluation]) -> pd.DataFrame:
    """One row per evaluation and criterion: the rating, the word, the reason where it may be read."""
    rangees = [(x, j) for x in fiches for j in x.jugements]
    return pd.DataFrame(
        {
            _("Objet"): [f"{x.objet_code} · {x.titre}" for x, _j in rangees],
            _("Date"): [x.jour for x, _j in rangees],
            _("Critère"): [say_libelle(j.critere) for _x, j in rangees],
            _("Note"): pd.Series([j.note for _x, j in rangees], dtype="Int64"),
            _("Appréciation"): [phrases.say_note(j.note) for _x, j in rangees],
            _("Justification"): [_say_texte(j.justification, x.lisible) for x, j in rangees],
        }
    )


def _say_texte(texte: str | None, lisible: bool) -> str:
    if not lisible:
        return _("réservé")
    return say_non_renseigne() if texte is None else texte


def make_table_reponses(fiches: Sequence[FicheEvaluation], acteurs: Mapping[str, str]) -> pd.DataFrame:
    """One row per evaluation: its synthesis, who may answer, the answer and its date."""
    return pd.DataFrame(
        {
            _("Objet"): [f"{x.objet_code} · {x.titre}" for x in fiches],
            _("Date"): [x.jour for x in fiches],
            _("Synthèse"): [_say_texte(x.synthese, x.lisible) for x in fiches],
            _("Peut répondre"): [
                _("personne") if x.partenaire is None else acteurs.get(x.partenaire, x.partenaire) for x in fiches
            ],
            _("Réponse"): [_say_texte(x.reponse, x.lisible) for x in fiches],
            _("Répondu le"): [say_instant(x.reponse_le) for x in fiches],
        }
    )


def make_table_moyennes(bilan: Bilan) -> pd.DataFrame:
    """The mean of each criterion over final evaluations, with how many judged it; then efficiency by kind of actor."""
    rangees = [(say_libelle(m.critere), m) for m in bilan.moyennes]
    rangees += [
        (_("Efficience, {c}").format(c=say_libelle(c) if c else _("aucun partenaire nommé")), m)
        for c, m in bilan.efficience.items()
    ]
    return pd.DataFrame(
        {
            _("Critère"): [nom for nom, _m in rangees],
            _("Moyenne (1 à 4)"): [None if m.valeur is None else round(m.valeur, 2) for _nom, m in rangees],
            _("Évaluations qui le jugent"): [m.n for _nom, m in rangees],
            _("Évaluations comptées"): [m.total for _nom, m in rangees],
        }
    )


def make_table_alertes(alertes: Iterable[Alerte], objets: Objets, statuts: Mapping[str, str]) -> pd.DataFrame:
    """One row per alert, with the figures that make it."""
    lignes = list_lignes_alertes(alertes, objets, statuts)
    return pd.DataFrame(
        {
            _("Objet"): [x.quoi for x in lignes],
            _("Nature"): [x.objet for x in lignes],
            _("Alerte"): [x.genre for x in lignes],
            _("Chiffres"): [x.chiffres for x in lignes],
        }
    )
