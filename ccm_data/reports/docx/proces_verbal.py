"""The minutes of a séance as Word: who was there, the quorum of each college, the agenda, the decisions, what comes next.

They draft themselves from what was noted; what was not is said. Organisations only, functions to sign: no person's name.
Presence that was not taken is « non relevée », never an absence. Source: règles de calcul 2.1 and 7.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from docx.shared import Pt, RGBColor

from ccm_data.domain.instances import Quorum
from ccm_data.domain.vocabulaire import College
from ccm_data.figures import theme
from ccm_data.libelles import say_libelle
from ccm_data.phrases.rencontres import QUORUMS, list_lignes_quorum
from ccm_data.phrases.rendus import say_demonstration
from ccm_data.queries.seances import DecisionLue, FicheSeance
from ccm_data.reports.docx.blocs import add_ligne_signature, write_a_remplir, write_liste, write_tableau, write_texte
from ccm_data.reports.docx.styles import Identite, make_document, save_document
from ccm_data.reports.docx.xml import set_fond
from ccm_data.reports.figer import strip_interdits
from ccm_data.reports.scenes import Liste, Tableau, Texte
from ccm_data.reports.tons import DEMONSTRATION
from ccm_data.textes import _, get_langue, ngettext, set_langue
from ccm_data.typographie import say_date, say_date_courte, say_non_renseigne, say_ponctuation


@dataclass(frozen=True)
class Presence:
    """An organisation that sits in the body, or that came. `college` None: it is no member."""

    organisation: str
    college: College | None
    observateur: bool = False
    presente: bool = True


def render_proces_verbal(
    fiche: FicheSeance, decisions: Sequence[DecisionLue], presences: Sequence[Presence] | None, quorum: Quorum | None,
    deck_empreinte: str, *, demonstration: bool = False, documents: Sequence[str] = (),
) -> bytes:  # fmt: skip
    """The bytes of the minutes, in French. `presences` None: presence was not taken; `quorum` None: none is asked."""
    langue = get_langue()
    set_langue("fr")
    try:
        propre = replace(
            strip_interdits(fiche), points_cles={n: strip_interdits(t) for n, t in fiche.points_cles.items()}
        )
        venues = None
        if presences is not None:  # names alone: a college must stay what it is
            venues = [replace(p, organisation=strip_interdits(p.organisation)) for p in presences]
        dites = [strip_interdits(d) for d in decisions]
        return _render(
            propre, dites, venues, quorum, deck_empreinte, demonstration, [strip_interdits(d) for d in documents]
        )
    finally:
        set_langue(langue)


def _render(
    fiche: FicheSeance, decisions: Sequence[DecisionLue], presences: Sequence[Presence] | None, quorum: Quorum | None,
    empreinte: str, demonstration: bool, documents: Sequence[str],
) -> bytes:  # fmt: skip
    titre = _("{i}, séance du {d}").format(i=fiche.intitule, d=say_date(fiche.date_seance))
    arrete = _("Données arrêtées au {d}").format(d=say_date(fiche.date_arrete))
    date_iso = fiche.date_seance.isoformat()
    nom = _("Procès-verbal")
    document = make_document(f"{nom} · {titre}", arrete, Identite(titre, arrete, empreinte, demonstration), date_iso)
    _write_tete(document, fiche, nom, demonstration)
    document.add_heading(_("Présences et quorum"), 1)
    _write_presences(document, presences, quorum)
    document.add_heading(_("Ordre du jour et points clés"), 1)
    _write_points(document, fiche)
    document.add_heading(_("Décisions"), 1)
    _write_decisions(document, decisions)
    document.add_heading(_("Prochaines étapes"), 1)
    if fiche.prochaines_etapes:
        write_texte(document, Texte((fiche.prochaines_etapes,)))
    else:
        write_a_remplir(document, (), _("[Prochaines étapes non notées : à rédiger par le SP/CCM]"))
    document.add_heading(_("Documents"), 1)
    _write_documents(document, fiche, arrete, empreinte, documents)
    document.add_heading(_("Signatures"), 1)
    add_ligne_signature(document, (_("Le Secrétariat permanent"), _("La présidence de séance")))
    return save_document(document, date_iso)


def _write_tete(document: Any, fiche: FicheSeance, nom: str, demonstration: bool) -> None:
    tete = document.add_paragraph(fiche.instance)
    tete.runs[0].font.size, tete.runs[0].font.color.rgb = Pt(12), RGBColor.from_string(theme.ENCRE_2[1:])
    document.add_paragraph(nom, style="Title")
    faits = (
        (_("Date"), say_date(fiche.date_seance)),
        (_("Lieu"), fiche.lieu or say_non_renseigne()),
        (_("Séance"), f"{fiche.intitule} ({fiche.code})"),
        (_("Données arrêtées au"), say_date(fiche.date_arrete)),
    )
    for libelle, texte in faits:
        paragraphe = document.add_paragraph()
        paragraphe.paragraph_format.space_after = Pt(1)
        paragraphe.add_run(say_ponctuation(f"{libelle} : ")).bold = True
        paragraphe.add_run(texte)
    if demonstration:
        marque = document.add_paragraph()
        marque.add_run(say_demonstration()).bold = True
        set_fond(marque, DEMONSTRATION.fond)


def _write_presences(document: Any, presences: Sequence[Presence] | None, quorum: Quorum | None) -> None:
    if presences is None:
        write_texte(document, Texte((_("Présence non relevée."),)))
    else:
        write_tableau(document, _make_presences(presences))
    if quorum is None:
        write_texte(document, Texte((say_ponctuation(_("Quorum : aucun n’est demandé.")),)))
        return
    etat = say_ponctuation(_("Quorum : {e}.").format(e=_(QUORUMS[quorum.etat])))
    observateurs = _("Les observateurs ne comptent pas ; une part s’arrondit vers le haut.")
    write_texte(document, Texte((f"{etat} {say_ponctuation(observateurs)}",)))
    colonnes = (_("Collège"), _("Membres"), _("Présents"), _("Requis"), _("Quorum"))
    lignes = tuple(list_lignes_quorum(quorum))
    vide = _("Aucun membre enregistré.")
    write_tableau(document, Tableau(_("Quorum par collège"), colonnes, lignes, largeurs=(3, 1.2, 1.8, 3, 2), vide=vide))


def _make_presences(presences: Iterable[Presence]) -> Tableau:
    """College → who was there, who was not; observers and others apart."""
    groupes: dict[str, tuple[list[str], list[str]]] = {}
    for p in sorted(presences, key=_get_rang):
        la, absents = groupes.setdefault(_say_groupe(p), ([], []))
        (la if p.presente else absents).append(p.organisation)
    lignes = tuple(
        (groupe, ", ".join(la) or _("aucune"), ", ".join(absents) or "—") for groupe, (la, absents) in groupes.items()
    )
    colonnes = (_("Collège"), _("Organisations présentes"), _("Absentes"))
    vide = _("Aucune organisation présente.")
    return Tableau(_("Organisations par collège"), colonnes, lignes, largeurs=(2, 4, 3), vide=vide)


def _say_groupe(presence: Presence) -> str:
    if presence.college is None:
        return _("Hors membres")
    return _("Observateurs") if presence.observateur else say_libelle(presence.college)


def _get_rang(presence: Presence) -> tuple[int, str]:
    ordre = list(College)
    if presence.college is None:
        return len(ordre) + 1, presence.organisation.casefold()
    rang = len(ordre) if presence.observateur else ordre.index(presence.college)
    return rang, presence.organisation.casefold()


def _write_points(document: Any, fiche: FicheSeance) -> None:
    if not fiche.ordre_du_jour:
        write_texte(document, Texte((_("Aucun point à l’ordre du jour."),)))
    for rang, point in enumerate(fiche.ordre_du_jour, 1):
        document.add_heading(f"{rang}. {point.intitule}", 2)
        if point.texte:
            write_texte(document, Texte((point.texte,)))
        cles = fiche.points_cles.get(str(rang), "")
        if cles:
            document.add_paragraph(_("Points clés"), style="Heading 3")
            write_texte(document, Texte((cles,)))
        else:
            write_a_remplir(document, (), _("[Points clés non notés : à rédiger par le SP/CCM]"))


def _write_decisions(document: Any, decisions: Sequence[DecisionLue]) -> None:
    tableau = Tableau(
        "", (_("N°"), _("Décision"), _("Responsable"), _("Échéance"), _("Code au registre")),
        tuple(
            (
                str(n), d.texte, d.responsable_nom or say_non_renseigne(),
                say_date_courte(d.echeance) if d.echeance else _("sans échéance"), d.recommandation or say_non_renseigne(),
            )
            for n, d in enumerate(decisions, 1)
        ),
        largeurs=(0.6, 4.6, 2, 1.5, 2.2), vide=_("Aucune décision notée."),
    )  # fmt: skip
    write_tableau(document, tableau)


def _write_documents(document: Any, fiche: FicheSeance, arrete: str, empreinte: str, documents: Sequence[str]) -> None:
    """What was shown, by its hash; the other papers of the meeting."""
    projete = ngettext(
        "Présentation projetée ({n} scène), {a}", "Présentation projetée ({n} scènes), {a}", len(fiche.scenes)
    ).format(n=len(fiche.scenes), a=arrete[:1].lower() + arrete[1:])
    points = [
        (projete, say_ponctuation(_("Empreinte du contenu figé : {e}").format(e=empreinte or say_non_renseigne())))
    ]
    write_liste(document, Liste((*points, *((d, "") for d in documents))))
