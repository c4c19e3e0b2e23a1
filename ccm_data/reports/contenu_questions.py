"""The questions that guide the narrative of a bilan, from what the strategy asks of it (8.1): they are no figures."""

from __future__ import annotations

from ccm_data.textes import _
from ccm_data.typographie import say_ponctuation


def list_questions(genre: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(heading, questions) of the preamble; « trimestriel » looks at the quarter, « annuel » at the year and the next one."""
    annuel = genre == "annuel"
    periode = _("l’année") if annuel else _("le trimestre")
    rubriques = (
        (
            _("Radioscopie de la migration par domaine d’intervention"),
            (
                _("Quels faits ont marqué {p} dans chaque domaine d’intervention ?").format(p=periode),
                _("Qu’est-ce qui a changé dans le contexte migratoire, au niveau national et dans les régions ?"),
            ),
        ),
        (
            _("État de mise en œuvre des activités"),
            (
                _("Que disent ensemble les activités menées, leur état d’avancement et leurs résultats ?"),
                _("Qu’est-ce qui explique les retards et les activités non programmées ?"),
            ),
        ),
        (
            _("Acteurs institutionnels et avis des partenaires"),
            (
                _("Qui a porté quoi : État, collectivités, partenaires, société civile, recherche, secteur privé ?"),
                _("Que pensent les partenaires concernés des appréciations portées sur leurs actions ?"),
                _("Comment jugent-ils la prise en compte de leurs interventions par le suivi-évaluation ?"),
            ),
        ),
        (
            _("Appréciations globales, opérationnelles et stratégiques"),
            (
                _("Au niveau opérationnel : que faut-il améliorer dans la conduite des activités ?"),
                _("Au niveau stratégique : où en est la coordination au regard de ses cinq axes ?"),
                _("Les produits sont-ils conformes aux attentes de la PNM et aux objectifs du PMM ?"),
            ),
        ),
        (
            _("Recommandations opérationnelles"),
            (
                _("Quels ajustements ou améliorations proposer aux programmes et projets ?"),
                _("Qu’est-ce qui est à préparer pour l’année qui vient ?")
                if annuel
                else _("Qu’est-ce qui est à préparer pour le prochain bilan d’étape ?"),
            ),
        ),
    )
    return tuple((titre, tuple(say_ponctuation(q) for q in questions)) for titre, questions in rubriques)
