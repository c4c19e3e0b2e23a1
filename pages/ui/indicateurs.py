"""The sheet of an indicator, as the screen of the logframe shows it: where its figure comes from, and the rows counted."""

from __future__ import annotations

from ccm_data.domain.derivations import DECLARE, DERIVE
from ccm_data.domain.vocabulaire import StatutIndicateur
from ccm_data.figures.indicateurs import draw_historique
from ccm_data.phrases import derivations as phrases_derivations
from ccm_data.phrases import indicateurs as phrases
from ccm_data.queries.fiche_indicateur import FicheIndicateur
from ccm_data.queries.indicateurs import CadreLogique, LigneIndicateur
from ccm_data.textes import _
from ccm_data.typographie import say_date_courte, say_trimestre
from pages.ui import components, disposition, reglages
from pages.ui.session import Contexte


def list_origines(cadre: CadreLogique) -> dict[str, str]:
    """Options of the origin filter, with their counts; "" is both."""
    comptes = {o: sum(x.origine == o for x in cadre.lignes) for o in (DERIVE, DECLARE)}
    return {
        "": _("Comptés et déclarés"),
        DERIVE: _("Comptés dans un registre · {n}").format(n=comptes[DERIVE]),
        DECLARE: _("Déclarés · {n}").format(n=comptes[DECLARE]),
    }


def show_fiche(contexte: Contexte, fiche: FicheIndicateur) -> None:
    """The sheet, from its message down to the rows."""
    ligne = fiche.ligne
    components.show_section(f"{ligne.code} · {ligne.intitule}")
    muette = ligne.statut.code is StatutIndicateur.NON_RENSEIGNE and ligne.compte is None
    portee = "" if muette else _("Portée : {p}").format(p=phrases_derivations.say_portee(ligne))
    components.show_phrase(phrases.say_titre_fiche(ligne) + ".", portee)
    _show_origine(ligne)
    with disposition.show_colonnes(1.6, 1) as (histoire, cadre):
        with histoire:
            _show_histoire(contexte, fiche)
        with cadre:
            components.show("fiche_indicateur.html", fiche=fiche, ligne=ligne, libelles=reglages.say_definition(ligne))
    _show_reperes(fiche)
    _show_regions(fiche)
    _show_lignes(contexte, fiche)


def _show_histoire(contexte: Contexte, fiche: FicheIndicateur) -> None:
    """The curve, or a drawn frame that says why there is none."""
    ligne = fiche.ligne
    components.show_titre_graphique(_("Évolution par trimestre"), f"{ligne.unite} · {phrases.say_sur_cible(ligne)}")
    if not fiche.a_courbe:
        components.show_non_rapporte(*phrases.say_sans_valeur(ligne))
        return
    figure = draw_historique(ligne, fiche.serie, contexte.echelle)
    components.show_graphique(figure, alt=phrases.say_titre_fiche(ligne), key="indicateur_histoire", hauteur=260)


def _show_reperes(fiche: FicheIndicateur) -> None:
    """The baseline and targets in force, each with its source and date; none is invented."""
    components.show_section(_("Base et cibles"))
    if not fiche.reperes:
        components.show_vide(
            _("Ni base ni cible n’est encore fixée."),
            _("Le cadre logique n’en donne aucune : le SP/CCM les fixe, avec leur source et leur date."),
        )
        return
    components.show_lignes(
        _("Base et cibles"),
        [_("Base ou cible"), _("Région"), _("Valeur"), _("Source"), _("Date de la source")],
        [
            (nom, x.region or _("National"), valeur, x.source, say_date_courte(x.date_source))
            for x in fiche.reperes
            for nom, valeur in [phrases.say_repere(x)]
        ],
    )


def _show_origine(ligne: LigneIndicateur) -> None:
    """Counted or reported, how far apart, what stands beside, the way to the register."""
    components.show_note(phrases_derivations.say_comptage(ligne))
    a_cote = phrases_derivations.say_a_cote(ligne)
    if a_cote:
        components.show_note(a_cote)
    if ligne.source.ecran is not None:
        texte = _("Ouvrir les lignes comptées") if ligne.compte is not None else _("Ouvrir le registre")
        annee = ligne.compte.annee if ligne.compte is not None else None
        params = dict(ligne.source.params) | ({"annee": str(annee)} if annee is not None else {})
        components.show_lien_ecran(ligne.source.ecran, texte, params)


def _show_regions(fiche: FicheIndicateur) -> None:
    """Each region's figure; beside it its own target where one was set, what was reported where the register counts."""
    if not fiche.regions:
        return
    components.show_section(_("Par région"))
    compte, vise = any(r.derive for r in fiche.regions), any(r.a_cible for r in fiche.regions)
    colonnes = [_("Région"), _("Réalisé"), _("Dernière valeur"), _("Portée")]
    components.show_lignes(
        _("Par région"),
        colonnes + ([_("Cible"), _("Statut")] if vise else []) + ([_("Déclaré")] if compte else []),
        [
            (
                r.nom,
                phrases.say_valeur(r.realise),
                say_trimestre(r.realise.dernier.annee, r.realise.dernier.numero)
                if r.realise.dernier
                else _("non rapporté"),
                phrases_derivations.say_portee_region(r),
                *([phrases_derivations.say_cible_region(r), phrases_derivations.say_statut_region(r)] if vise else []),
                *([phrases.say_valeur(r.declare)] if compte else []),
            )
            for r in fiche.regions
        ],
    )


def _show_lignes(contexte: Contexte, fiche: FicheIndicateur) -> None:
    """The rows counted, then the values reported; how many are withheld where this person may not read them."""
    if fiche.ligne.compte is not None:
        components.show_section(_("Lignes comptées dans le registre"))
        if len(fiche.comptees):
            components.show_tableau(fiche.comptees, alt=_("Lignes comptées"), key="indicateur_comptees")
        components.show_retenues(fiche.comptees_retenues, len(fiche.comptees))
    components.show_section(_("Valeurs déclarées et validées"))
    if contexte.compte is None or not len(fiche.releves):
        components.show_retenues(len(fiche.releves), 0)
    else:
        components.show_tableau(fiche.releves, alt=_("Valeurs déclarées et validées"), key="indicateur_releves")
