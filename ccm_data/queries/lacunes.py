"""Gaps out of the grids of coverage: ranked, laid out in a table, counted per region for the map."""

from __future__ import annotations

import pandas as pd

from ccm_data.domain.couverture import compute_ecart
from ccm_data.domain.lacunes import ETATS, POIDS, Cellule, Lacune, list_lacunes
from ccm_data.domain.repartition import NATIONAL
from ccm_data.domain.vocabulaire import EtatCellule
from ccm_data.libelles import say_libelle
from ccm_data.queries.couverture import CaseCouverture, Couverture
from ccm_data.textes import _


def rank_lacunes(couverture: Couverture, nombre: int | None = None) -> list[Lacune]:
    """The gaps, worst first, with the terms of their score."""
    programme = couverture.programmees if couverture.grille == "activite" else None
    cellules = [
        Cellule(
            region, sujet, etat, rang, couverture.populations.get(region), case.besoin, case.couvert,
            None if programme is None else sujet in programme, len(case.requetes),
        )
        for rang, ((sujet, region), case) in enumerate(couverture.list_regionales())
        if (etat := case.etat) is not None
    ]  # fmt: skip
    return list_lacunes(cellules, nombre)


def count_etats(couverture: Couverture) -> dict[EtatCellule, int]:
    """How many regional cells are in each state."""
    etats = [case.etat for _cle, case in couverture.list_regionales()]
    return {etat: etats.count(etat) for etat in EtatCellule}


def say_case(case: CaseCouverture) -> str:
    """A cell in a word, with the surplus or shortfall where there is one; « — »: nothing expected there."""
    if case.etat is None:
        return "—"
    ecart = compute_ecart(case.besoin, case.couvert)
    mot = say_libelle(case.etat).lower()
    return mot if not ecart else f"{mot} ({ecart:+d})".replace("-", "\u2212")


def make_table_couverture(couverture: Couverture, titre: str) -> pd.DataFrame:
    """One row per subject, one column per region, each cell in a word."""
    valeurs = {titre: [nom for _c, nom in couverture.sujets]}
    for region, nom in couverture.regions:
        valeurs[nom] = [say_case(couverture.cases[sujet, region]) for sujet, _n in couverture.sujets]
    return pd.DataFrame(valeurs)


def make_table_lacunes(couverture: Couverture) -> pd.DataFrame:
    """Every gap with each term of its score, for who wants to check or weigh otherwise."""
    sujets, regions = dict(couverture.sujets), dict(couverture.regions)
    rangees = rank_lacunes(couverture)
    apports = [{t.code: t.apport for t in x.termes} for x in rangees]
    cases = [couverture.cases[x.cellule.sujet, x.cellule.region] for x in rangees]
    return pd.DataFrame(
        {
            _("Rang"): range(1, len(rangees) + 1),
            _("Objet"): [sujets[x.cellule.sujet] for x in rangees],
            _("Région"): [regions[x.cellule.region] for x in rangees],
            _("État"): [say_libelle(x.cellule.etat) for x in rangees],
            _("Population 2012"): pd.Series([x.cellule.population for x in rangees], dtype="Int64"),
            _("Prévu"): pd.Series([x.cellule.besoin for x in rangees], dtype="Int64"),
            _("Compté"): pd.Series([x.cellule.couvert for x in rangees], dtype="Int64"),
            _("Unité"): [c.unite or "" for c in cases],
            _("Requêtes"): [", ".join(c.requetes) for c in cases],
            _("Score"): [round(x.score, 2) for x in rangees],
        }
        | {f"{_('Terme')} {code}": [round(a[code], 2) if code in a else None for a in apports] for code in POIDS}
    )


def make_regions_carte(couverture: Couverture, sujet: str | None) -> pd.DataFrame:
    """Regions for the map: how many gaps, or the state of one subject (None: not reported, hatched).

    Columns: code, nom, valeur, libelle.
    """
    lignes = []
    for region, nom in couverture.regions:
        if region == NATIONAL:
            continue
        if sujet is not None:
            etat = couverture.cases[sujet, region].etat
            rang = None if etat in (None, EtatCellule.NON_RAPPORTE) else list(EtatCellule).index(etat)
            lignes.append((region, nom, rang, say_libelle(etat) if etat else _("sans objet")))
            continue
        siens = [couverture.cases[s, region].etat for s, _n in couverture.sujets]
        n = sum(e in ETATS and e != EtatCellule.NON_RAPPORTE for e in siens)
        inconnues = EtatCellule.NON_RAPPORTE in siens
        if inconnues and not n:
            lignes.append((region, nom, None, _("non rapporté")))
        else:
            lignes.append((region, nom, n, f"≥\u202f{n}" if inconnues else str(n)))
    cadre = pd.DataFrame(lignes, columns=["code", "nom", "valeur", "libelle"])
    cadre["valeur"] = cadre["valeur"].astype(object).where(cadre["valeur"].notna(), None)
    return cadre
