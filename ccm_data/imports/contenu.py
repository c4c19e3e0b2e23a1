"""What the template is pre-filled with for a person: his reports owed, his rows under way, the rows he keeps up to date.

A row to fill bears « 0-0 » in its column « Ligne »: left as it is, it says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

import pandas as pd
from sqlalchemy.orm import Session

from ccm_data.commands.regles import Faits, list_champs_valeur
from ccm_data.commands.sujets import SUJETS
from ccm_data.domain.calendrier import compute_date_arrete_par_defaut, get_dernier_trimestre_fini
from ccm_data.domain.permissions import Personne, get_portee_ecriture
from ccm_data.domain.vocabulaire import AgregationRegion, EtatSuivi, StatutRecommandation
from ccm_data.imports.existants import Existant, read_existants
from ccm_data.imports.schemas import PAR_SUJET, Feuille, list_feuilles
from ccm_data.libelles import say_libelle
from ccm_data.queries.plan import list_indicateurs
from ccm_data.queries.rapports import list_dus

A_REMPLIR: Final = "0-0"
EN_COURS: Final = (EtatSuivi.BROUILLON, EtatSuivi.RETOURNE, EtatSuivi.SOUMIS)
Rangee = dict[str, Any]
# A register's rows of past years are not sent back and forth; nor are recommendations that are over.
DATES_DU_FAIT: Final = ("date_rencontre", "date_debut", "date_diffusion", "date_constat", "date_etape")
CLOSES: Final = (StatutRecommandation.REALISEE, StatutRecommandation.ABANDONNEE)


def list_rangees(
    session: Session, personne: Personne, aujourd_hui: date, feuilles: tuple[Feuille, ...] | None = None
) -> dict[str, list[Rangee]]:
    """Subject → the rows of its sheet (field → value, « ligne » included), in the order in which they are filled."""
    rangees: dict[str, list[Rangee]] = {}
    for feuille in list_feuilles(personne) if feuilles is None else feuilles:
        existants = read_existants(session, SUJETS[feuille.sujet], personne)
        gardees = [
            e
            for e in existants.par_id.values()
            if existants.stands(SUJETS[feuille.sujet], e) and _is_garde(feuille, e, personne, aujourd_hui)
        ]
        if feuille.sujet == "point_ordre_du_jour":  # an agenda goes with its meeting
            vues = {r["code"] for r in rangees.get("rencontre", ())}
            gardees = [e for e in gardees if e.etat in EN_COURS or e.valeurs["rencontre_code"] in vues]
        rangees[feuille.sujet] = [_make_rangee(feuille, e) for e in gardees]
    if "mise_a_jour" not in rangees:
        return rangees
    rangees["mise_a_jour"] += _list_rapports_dus(session, personne, aujourd_hui, rangees["mise_a_jour"])
    rangees["valeur_indicateur"] = _add_info(
        session,
        [
            *rangees["valeur_indicateur"],
            *_list_valeurs_dues(session, personne, aujourd_hui, rangees["valeur_indicateur"]),
        ],
        aujourd_hui,
    )
    return rangees


def _is_garde(feuille: Feuille, existant: Existant, personne: Personne, aujourd_hui: date) -> bool:
    """Rows under way, places as they stand, and the last quarter's or this year's validated rows of one's own."""
    spccm = get_portee_ecriture(personne, "deposer") == "tout"
    if existant.valeurs["acteur_code"] != personne.acteur_code:
        return False  # another organisation's word
    if existant.etat in EN_COURS:
        return not spccm or existant.auteur_id == personne.compte_id
    valeurs = existant.valeurs
    if spccm and valeurs["region_code"] is not None:
        return False
    if "trimestre" in valeurs:
        dernier = get_dernier_trimestre_fini(compute_date_arrete_par_defaut(aujourd_hui))
        return (valeurs["annee"], valeurs["trimestre"]) == (dernier.annee, dernier.numero)
    jour = next((valeurs[c] for c in DATES_DU_FAIT if c in valeurs), None) if feuille.groupe != "suivi" else None
    if jour is not None:
        return bool(jour.year == aujourd_hui.year)
    if "reconduite_par" in valeurs:
        return valeurs["statut"] not in CLOSES
    if "annee" in valeurs:
        return bool(valeurs["annee"] == aujourd_hui.year and existant.auteur_id == personne.compte_id)
    return True


def _make_rangee(feuille: Feuille, existant: Existant) -> Rangee:
    valeurs = dict(existant.valeurs)
    rangee = {c.champ: getattr(valeurs.get(c.champ), "value", valeurs.get(c.champ)) for c in feuille.colonnes}
    if "montant" in rangee:
        rangee["montant"] = valeurs["montant_fcfa"] if valeurs["devise"] == "XOF" else valeurs["montant_origine"]
    if "periode" in rangee:
        rangee["periode"] = f"{valeurs['annee']}-T{valeurs['trimestre']}"
    return rangee | {"region_code": valeurs["region_code"] or "", "ligne": existant.reference}


def _list_rapports_dus(session: Session, personne: Personne, aujourd_hui: date, deja: Iterable[Rangee]) -> list[Rangee]:
    """Reports owed by this region (or, for the SP/CCM, at national level) that no row answers yet."""
    dus = list_dus(session, compute_date_arrete_par_defaut(aujourd_hui), aujourd_hui, personne.region_code)
    if personne.region_code is None:
        dus = dus[dus["region_code"].isna()]
    prises = {(r["periode"], r["activite_code"], r["region_code"]) for r in deja}
    rangees: list[Rangee] = []
    for du in dus.to_dict("records") if personne.acteur_code is None else ():
        region = "" if pd.isna(du["region_code"]) else str(du["region_code"])
        cle = (f"{du['annee']}-T{du['trimestre']}", str(du["activite_code"]), region)
        if cle not in prises:
            rangees.append({"periode": cle[0], "activite_code": cle[1], "region_code": region, "ligne": A_REMPLIR})
    return rangees


def _list_valeurs_dues(session: Session, personne: Personne, aujourd_hui: date, deja: Iterable[Rangee]) -> list[Rangee]:
    """The indicators of the last quarter that this region (or the national level) has not reported."""
    if personne.acteur_code is not None:
        return []
    code = get_dernier_trimestre_fini(compute_date_arrete_par_defaut(aujourd_hui)).code
    prises = {(r["periode"], r["indicateur_code"]) for r in deja}
    faits = Faits(session, aujourd_hui)
    rangees: list[Rangee] = []
    for indicateur in list_indicateurs(session)["code"]:
        national = faits.get_definition(indicateur).agregation_region is AgregationRegion.NATIONAL
        if national == (personne.region_code is None) and (code, indicateur) not in prises:
            rangees.append(
                {
                    "periode": code,
                    "indicateur_code": indicateur,
                    "region_code": personne.region_code or "",
                    "ligne": A_REMPLIR,
                }
            )
    return rangees


def _add_info(session: Session, rangees: list[Rangee], aujourd_hui: date) -> list[Rangee]:
    """What the figure means: flow of the quarter, running total or state, its unit, the cells that hold it."""
    faits = Faits(session, aujourd_hui)
    unites = dict(list_indicateurs(session)[["code", "unite"]].itertuples(index=False, name=None))
    colonnes = {c.champ: c.titre for c in PAR_SUJET["valeur_indicateur"].colonnes}
    for rangee in rangees:
        definition = faits.get_definition(rangee["indicateur_code"])
        champs = " / ".join(colonnes[c] for c in list_champs_valeur(definition))
        echelle = f" ({', '.join(definition.echelle)})" if definition.a_niveaux else ""
        rangee["info"] = (
            f"{say_libelle(definition.mode_saisie)} · {unites[rangee['indicateur_code']]} · {champs}{echelle}"
        )
    return rangees
