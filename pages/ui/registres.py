"""What the screens of the registers share: filters bound to the address, the table, the row opened, the links to the form.

A screen says its register and adds its own figures; `queries.registres.REGISTRES` says the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING
from zlib import crc32

from ccm_data.commands.sujets import SUJETS
from ccm_data.domain import dispositif, vocabulaire
from ccm_data.domain.permissions import can_read, can_write, get_portee_ecriture
from ccm_data.imports.schemas import PAR_SUJET
from ccm_data.libelles import say_libelle
from ccm_data.phrases import registres as phrases
from ccm_data.queries.registres import REGISTRES, Filtre, Lecture, Ligne, Noms, get_lecture, get_noms, mask_pour_fichier
from ccm_data.textes import _
from pages.ui import cache, components, disposition, pieces, reglages, session
from pages.ui.session import Contexte

if TYPE_CHECKING:
    import pandas as pd

Choix = tuple[tuple[str, str], ...]
LARGEUR, LARGEUR_SERREE, SERRES = 210, 150, 3  # of a filter, in pixels; narrower from so many of them
LIGNE = "ligne"


def read_noms(contexte: Contexte) -> Noms:
    """The names that rows hold by code."""
    return cache.read(contexte, get_noms)


def list_options(sujet: str, champ: str, noms: Noms, sauf: Choix = ()) -> dict[str, str]:
    """What a filter may choose: code → words; `sauf`: what the screen leaves out."""
    if champ == "stade":
        return {s: phrases.say_stade(s) for s in dispositif.STADES}
    colonne = PAR_SUJET[sujet].find(champ)
    liste = "" if colonne is None else str(colonne.liste)
    par_liste: dict[str, Mapping[str, str]] = {
        "themes": noms.themes,
        "activites": noms.activites,
        "objectifs": noms.objectifs,
    }
    if liste in par_liste:
        return dict(par_liste[liste])
    return {m.value: say_libelle(m) for m in getattr(vocabulaire, liste) if (champ, m.value) not in sauf}


def read_filtre(
    contexte: Contexte,
    sujet: str,
    noms: Noms,
    *,
    impose: Choix = (),
    sauf: Choix = (),
    texte: bool = False,
    annee: bool = True,
) -> Filtre:
    """The filter that the address carries, with what the screen imposes or leaves out; the rest is ignored."""
    choix = list(impose)
    for champ in REGISTRES[sujet].filtres:
        voulu = session.get_param(get_param_filtre(champ))
        if voulu in list_options(sujet, champ, noms, sauf) and champ not in dict(impose):
            choix.append((champ, str(voulu)))
    return Filtre(
        contexte.perimetre.annee if annee else None,
        contexte.perimetre.region if REGISTRES[sujet].regional else None,
        tuple(choix),
        sauf,
        reglages.read_cherche() if texte else "",
    )


def get_param_filtre(champ: str) -> str:
    """What the address calls a column (« activite », not « activite_code »)."""
    return champ.removesuffix("_code")


def read_lecture(contexte: Contexte, sujet: str, filtre: Filtre) -> Lecture:
    """The register as this person may read it, at the facts' date."""
    return cache.read(contexte, get_lecture, sujet, contexte.personne, contexte.perimetre.date_arrete, filtre)


def show_filtres(
    contexte: Contexte,
    lecture: Lecture,
    noms: Noms,
    filtre: Filtre,
    *,
    champs: Sequence[str] | None = None,
    texte: bool = False,
    annee: bool = True,
    suite: Sequence[Lecture] = (),
) -> None:
    """The row of tools: search, the register's filters, year, region, the file (`suite`: its other sheets)."""
    registre = REGISTRES[lecture.sujet]
    if registre.ferme and not can_read(contexte.personne, "lignes_validees"):
        return
    voulus = registre.filtres if champs is None else champs
    largeur = LARGEUR if len(voulus) < SERRES else LARGEUR_SERREE
    with disposition.show_outils(f"registre_{lecture.sujet}_filtres"):
        if texte and can_read(contexte.personne, "lignes_validees"):
            reglages.choose_cherche(_("Un mot…"), 170)
        for champ in voulus:
            titre = phrases.say_titre_colonne(lecture.sujet, champ)
            tous = {"": _("{champ} : tout").format(champ=titre)}
            session.choose_option(
                titre,
                get_param_filtre(champ),
                tous | list_options(lecture.sujet, champ, noms, filtre.sauf),
                largeur=largeur,
            )
        if annee:
            reglages.choose_annee(200)
        if registre.regional:
            reglages.choose_region(contexte, 220)
        if lecture.lisibles:
            show_fichier(contexte, lecture, noms, suite)


def show_fichier(contexte: Contexte, lecture: Lecture, noms: Noms, suite: Sequence[Lecture] = ()) -> None:
    """The rows shown, every column, small counts masked; a sheet for each register."""

    def _make_feuille(lue: Lecture) -> pd.DataFrame:
        lignes = cache.read_direct(contexte, mask_pour_fichier, lue.sujet, lue.lisibles)
        return phrases.make_fichier(lue.sujet, lignes, noms)

    def _make() -> Mapping[str, pd.DataFrame]:
        return {_(PAR_SUJET[lue.sujet].nom): _make_feuille(lue) for lue in (lecture, *suite)}

    components.show_telechargement(contexte, lecture.sujet.replace("_", "-"), _make, key=f"registre_{lecture.sujet}")


def show_registre(contexte: Contexte, lecture: Lecture, noms: Noms, filtre: Filtre) -> None:
    """The rows that this person may read, those withheld counted, the one opened, the way to add one."""
    show_attente(contexte, lecture)
    ouverte = session.get_param(LIGNE)
    if lecture.lisibles:
        tableau = phrases.make_table(lecture.sujet, lecture.lisibles, noms)
        ouverte = reglages.choose_ligne(
            contexte,
            LIGNE,
            [str(x["id"]) for x in lecture.lisibles],
            tableau,
            colonnes=reglages.make_colonnes_mots(tableau),
            key=f"registre_{lecture.sujet}_{crc32(repr(filtre).encode()):x}",
            alt=_(PAR_SUJET[lecture.sujet].nom),
        )
    if lecture.toutes:
        components.show_retenues(lecture.retenues, len(lecture.lisibles))
    else:
        components.show_vide(_("Aucune ligne validée."), phrases.say_vide(depose=_may_add(contexte, lecture.sujet)))
    show_ajout(contexte, lecture.sujet)
    ligne = lecture.find(ouverte)
    if ligne is not None:
        show_ligne(contexte, lecture.sujet, ligne, noms)
    elif ouverte:
        components.show_note(_("La ligne demandée n’est pas dans cette sélection, ou n’est pas visible pour vous."))
    elif lecture.lisibles:
        components.show_note(_("Choisissez une ligne pour lire tous ses champs et ses pièces."))


def show_attente(contexte: Contexte, lecture: Lecture) -> None:
    """Rows sent that wait for the SP/CCM, for who may see them."""
    if not lecture.en_attente:
        return
    components.show_note(phrases.say_en_attente(lecture.en_attente))
    if can_write(contexte.personne, "retourner"):
        components.show_lien_ecran("validation", _("Ouvrir la validation"))


def show_ligne(contexte: Contexte, sujet: str, ligne: Ligne, noms: Noms) -> None:
    """A row opened: its fields in words, its evidence, the links that it leads to."""
    components.show_section(phrases.say_titre_ligne(sujet, ligne, noms))
    with disposition.show_carte(key=f"registre_ligne_{sujet}_{ligne['id']}"):
        components.show("registre_detail.html", faits=phrases.list_faits(sujet, ligne, noms))
        pieces.show_jointes(contexte, sujet, int(ligne["id"]))
        for ecran, texte, params in _list_liens(ligne, noms):
            components.show_lien_ecran(ecran, texte, params)
        if can_write(contexte.personne, SUJETS[sujet].droit, ligne["region_code"], ligne["acteur_code"]):
            components.show_lien_formulaire(_("Corriger cette ligne"), sujet, ligne["id"])


def show_choisie(contexte: Contexte, lecture: Lecture, noms: Noms, param: str, titre: str) -> None:
    """One of a few rows that an HTML table already shows, chosen by name, then opened with its evidence and links."""
    if lecture.lisibles:
        choix = {str(x["id"]): phrases.say_choix(lecture.sujet, x, noms) for x in lecture.lisibles}
        ouverte = session.choose_option(titre, param, {"": titre} | choix, largeur=420)
        if (ligne := lecture.find(ouverte)) is not None:
            show_ligne(contexte, lecture.sujet, ligne, noms)


def _list_liens(ligne: Ligne, noms: Noms) -> Iterable[tuple[str, str, dict[str, str]]]:
    """Where a row leads: its activity in the plan, its intervention, its meeting."""
    activite = ligne.get("activite_code")
    if activite:
        nom = noms.activites.get(activite, activite)
        yield "plan", _("Voir l’activité {nom}").format(nom=nom), {"axe": str(activite)[:1]}
    chef = noms.interventions.get(ligne.get("intervention_code") or "")
    if chef:
        texte = _("Voir l’intervention {code}").format(code=ligne["intervention_code"])
        yield "acteurs", texte, {"acteur": chef}
    if ligne.get("rencontre_code"):
        texte = _("Voir la rencontre {code}").format(code=ligne["rencontre_code"])
        yield "rencontres", texte, {"rencontre": str(ligne["rencontre_code"])}


def show_ajout(contexte: Contexte, sujet: str) -> None:
    """The way to tell of a new one, for who keeps this register."""
    if _may_add(contexte, sujet):
        texte = _("Ajouter : {feuille}").format(feuille=_(PAR_SUJET[sujet].nom))
        components.show_lien_formulaire(texte, sujet)


def _may_add(contexte: Contexte, sujet: str) -> bool:
    return get_portee_ecriture(contexte.personne, SUJETS[sujet].droit) != "non"


def show_barres(titre: str, sous_titre: str, comptes: Sequence[tuple[str, int]]) -> None:
    """Counts as bars that share one scale, inside a card."""
    show_parts(titre, sous_titre, phrases.list_barres(comptes))


def show_parts(titre: str, sous_titre: str, lignes: Sequence[tuple[str, str, float | None]]) -> None:
    """Bars on a scale of 0 to 1: label, figure in words, ratio (None: not said, hatched)."""
    components.show_titre_graphique(titre, sous_titre)
    components.show("registre_barres.html", titre=titre, lignes=lignes)
