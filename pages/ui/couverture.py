"""What the « Lacunes » screen shows: the grid of states, one cell opened, what to do about a gap."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ccm_data.domain.lacunes import ETATS
from ccm_data.domain.permissions import can_write
from ccm_data.domain.repartition import NATIONAL
from ccm_data.domain.vocabulaire import EtatCellule
from ccm_data.figures import theme
from ccm_data.libelles import say_libelle
from ccm_data.phrases import lacunes as phrases
from ccm_data.queries.couverture import CaseCouverture, Couverture, Grille
from ccm_data.textes import _, ngettext
from pages.ui import components, coordination, disposition, session

if TYPE_CHECKING:
    import pandas as pd

    from pages.ui.session import Contexte

LARGEUR_NOMS, LARGEUR_CASE, LARGEUR_NATIONAL = 284, 118, 92
FONDS: Final = {
    EtatCellule.COUVERT: "#B5E5D3",
    EtatCellule.FINANCE: "#B9DCF0",
    EtatCellule.PLANIFIE: "#F6E3BE",
    EtatCellule.NON_RAPPORTE: "#E3E6EA",
    EtatCellule.NON_COUVERT: "#F9CBA8",
}


def read_grille() -> Grille:
    """Which grid the address asks for."""
    return "activite" if session.get_param("grille") == "activite" else "theme"


def show_couverture(cadre: pd.DataFrame, couverture: Couverture, *, alt: str, key: str) -> tuple[str, str] | None:
    """The grid in words on the colour of each state; the (subject, region) of the cell that was chosen."""
    couleurs = {}
    for region, nom in couverture.regions:
        cases = (couverture.cases[sujet, region] for sujet, _n in couverture.sujets)
        couleurs[nom] = [
            "" if c.etat is None else f"background-color: {FONDS[c.etat]}; color: {theme.ENCRE}" for c in cases
        ]
    style = cadre.style.apply(lambda colonne: couleurs[colonne.name], subset=list(couleurs))
    trouvee = coordination.open_case(style, cadre, cadre.to_numpy().tolist(), alt, key, _measure(cadre))
    if trouvee is None:
        return None
    return couverture.sujets[trouvee[0]][0], couverture.regions[trouvee[1]][0]


def _measure(cadre: pd.DataFrame) -> dict[str, int]:
    """Wide enough for the longest state with its number; names take what is left of a projector's width."""
    noms = [str(c) for c in cadre.columns]
    return {noms[0]: LARGEUR_NOMS, noms[-1]: LARGEUR_NATIONAL} | dict.fromkeys(noms[1:-1], LARGEUR_CASE)


def show_case_couverture(contexte: Contexte, couverture: Couverture, sujet: str, region: str) -> None:
    """What covers a cell: its state and number in a sentence, its interventions, what to do."""
    case = couverture.cases[sujet, region]
    etat = _("sans objet") if case.etat is None else say_libelle(case.etat).lower()
    components.show_section(f"{phrases.say_lieu(couverture, sujet, region)} : {etat}")
    besoin = phrases.say_besoin(case)
    if besoin:
        components.show_note(f"{besoin[:1].upper()}{besoin[1:]}.")
    if case.codes:
        coordination.show_interventions(contexte, case.codes, alt=_("Interventions de la case"), key="lacunes_lignes")
    else:
        components.show_note(_("Aucune intervention déclarée ici."))
    show_suite(contexte, couverture.grille, sujet, region, case)


def show_suite(contexte: Contexte, grille: Grille, sujet: str, region: str, case: CaseCouverture) -> None:
    """What follows from a cell: the requests that ask for it, one to write."""
    if region == NATIONAL:
        return
    with disposition.show_outils(f"suite_{grille}_{sujet.replace('.', '_')}_{region}_{bool(case.codes)}"):
        if case.requetes:
            texte = ngettext("Voir la requête {r}", "Voir les requêtes {r}", len(case.requetes))
            components.show_lien_ecran(
                "requetes", texte.format(r=", ".join(case.requetes)), {"requete": case.requetes[0]}
            )
        if case.etat in ETATS and can_write(contexte.personne, "requerir", region, contexte.personne.acteur_code):
            components.show_lien_ecran(
                "requetes", _("Rédiger une requête"), {grille: sujet, "region": region, "origine": f"{region}|{sujet}"}
            )
