"""The sheet of one indicator: its history, each region's figure, the rows counted, what was reported; as a person may read it.

Small counts of persons (a threshold, five at first) are masked in public views, complements included.
Source: règles de calcul, 2 and 7.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import pandas as pd
from sqlalchemy.orm import Session

from ccm_data.domain.derivations import Compte
from ccm_data.domain.origines import PERSONNES
from ccm_data.domain.perimetre import Perimetre
from ccm_data.domain.permissions import VISITEUR, Personne, mask_petits_effectifs
from ccm_data.domain.realise import Realise, compute_par_region
from ccm_data.domain.seuils import Seuils
from ccm_data.domain.statut import Statut, Taux
from ccm_data.domain.vocabulaire import Role, StatutBase
from ccm_data.queries.acteurs import list_noms_acteurs
from ccm_data.queries.decisions import CIBLE_FINALE, list_decisions
from ccm_data.queries.derivations import list_lignes_comptees, list_registres
from ccm_data.queries.indicateurs import (
    Cibles,
    Lecture,
    LigneIndicateur,
    compute_jugement,
    make_cadre,
    make_official,
    read_cibles,
)
from ccm_data.queries.plan import list_hypotheses_risques, list_sources_verification
from ccm_data.queries.rapports import get_seuils
from ccm_data.queries.suivi import list_valides
from ccm_data.queries.territoire import list_regions
from ccm_data.textes import _
from ccm_data.typographie import say_trimestre

MASQUE: Final = "masque"


def make_public(ligne: LigneIndicateur, seuil: int) -> LigneIndicateur:
    """The line as a visitor sees it: a count of fewer than `seuil` persons is masked, at every quarter's end too."""
    if ligne.code not in PERSONNES:
        return ligne
    realise, declare = _mask(ligne.realise, seuil), _mask(ligne.declare, seuil)
    cache = MASQUE in (realise.motif, declare.motif)
    return replace(
        ligne,
        realise=realise,
        declare=declare,
        taux=Taux(sans_objet=MASQUE) if realise.motif == MASQUE else ligne.taux,
        tendance=tuple(None if _is_petit(v, seuil) else v for v in ligne.tendance),
        compte=None if ligne.compte is None else replace(ligne.compte, valeur=None) if cache else ligne.compte,
        a_cote=_mask_a_cote(ligne.a_cote, seuil),
    )


def _is_petit(valeur: float | None, seuil: int) -> bool:
    return valeur is not None and mask_petits_effectifs([int(valeur)], seuil)[1].masque


def _mask(realise: Realise, seuil: int) -> Realise:
    return replace(realise, valeur=None, motif=MASQUE) if _is_petit(realise.valeur, seuil) else realise


# Counts of persons that add up to one total: what one of them leaves out tells another.
TOTAUX = (("etat", "collectivites", "osc", "prive"), ("femmes", "hommes"), ("population",), ("formes",), ("plafond",))


def _mask_a_cote(a_cote: tuple[tuple[str, int | None], ...], seuil: int) -> tuple[tuple[str, int | None], ...]:
    """Sub-counts of persons without those that would tell a small number; a masked one is left out, not said null."""
    chiffres = dict(a_cote)
    for groupe in TOTAUX:
        codes = [c for c in groupe if c in chiffres]
        vus, _total = mask_petits_effectifs([chiffres[c] for c in codes], seuil)
        for code, effectif in zip(codes, vus, strict=True):
            if effectif.masque:
                del chiffres[code]
    return tuple(chiffres.items())


@dataclass(frozen=True)
class RegionIndicateur:
    """One region's own figure: official, and what was reported there. `derive`: the register holds rows of it; `statut`
    and `taux`: judged by the region's own targets alone (`vise`: the level aimed at, where levels are).
    """

    nom: str
    realise: Realise
    declare: Realise
    derive: bool
    statut: Statut
    taux: Taux
    vise: str | None = None

    @property
    def a_cible(self) -> bool:
        """Was a target of its own set?"""
        return self.statut.cible_finale is not None or self.vise is not None


@dataclass(frozen=True)
class Repere:
    """A target in force (`annee`; None: the final one as stated), or the baseline (`statut_base`), with its source.

    `region`: whose; None: the country's.
    """

    source: str
    date_source: date
    region: str | None = None
    annee: int | None = None
    valeur: float | None = None
    niveau: str | None = None
    statut_base: StatutBase | None = None


@dataclass(frozen=True)
class FicheIndicateur:
    """One indicator in full: history per quarter, per region, the rows counted, what verifies it, what it supposes."""

    ligne: LigneIndicateur
    serie: pd.DataFrame  # trimestre, fin, valeur, niveau, provisoire
    reperes: tuple[Repere, ...]  # the country's first, then region by region: baseline, targets by year, final one
    regions: tuple[RegionIndicateur, ...]  # all, where one at least has a figure of its own
    comptees: pd.DataFrame  # the facts counted that this person may read
    comptees_retenues: int
    releves: pd.DataFrame  # validated reported values, as shown
    sources: tuple[str, ...]
    hypothese: str | None
    risque: str | None

    @property
    def a_courbe(self) -> bool:
        """Is there a figure or a level to draw at any quarter's end?"""
        return bool(self.serie["valeur"].notna().any() or self.serie["niveau"].notna().any())


@dataclass(frozen=True)
class Visee:
    """What one region aims at: its own targets, its own baseline (None: no baseline of its own)."""

    cibles: Cibles
    base: float | None = None


def _list_visees(session: Session, code: str, regions: Iterable[str]) -> dict[str, Visee]:
    """Region → its targets and baseline in force for this indicator."""
    cibles, bases = list_decisions(session, "cible"), list_decisions(session, "reference")
    siennes = bases[(bases["indicateur_code"] == code) & bases["region_code"].notna() & bases["valeur"].notna()]
    connues = {str(r): float(v) for r, v in zip(siennes["region_code"], siennes["valeur"], strict=True)}
    return {r: Visee(read_cibles(cibles, code, r), connues.get(r)) for r in regions}


def _list_reperes(session: Session, code: str, noms: Mapping[str, str]) -> tuple[Repere, ...]:
    """What was decided for this indicator and stands: baselines, yearly targets, the final one as stated."""
    bases, cibles, reglages = (list_decisions(session, x) for x in ("reference", "cible", "reglage_indicateur"))
    finales = reglages[reglages["champ"] == CIBLE_FINALE].assign(region_code=None, annee=None)
    lus = [
        (_read_repere(ligne, noms), rang)
        for rang, cadre in enumerate((bases, cibles, finales))
        for ligne in cadre[cadre["indicateur_code"] == code].to_dict("records")
    ]
    places = {nom: i for i, nom in enumerate(noms.values())}
    lus.sort(key=lambda x: (-1 if x[0].region is None else places[x[0].region], x[1], x[0].annee or 0))
    return tuple(repere for repere, _rang in lus)


def _read_repere(ligne: Mapping[Any, Any], noms: Mapping[str, str]) -> Repere:
    def _get(champ: str) -> Any:
        valeur = ligne.get(champ)
        return None if valeur is None or pd.isna(valeur) else valeur

    annee, valeur, statut = _get("annee"), _get("valeur"), _get("statut")
    return Repere(
        source=str(ligne["source"]), date_source=ligne["date_source"],
        region=noms.get(str(ligne["region_code"])) if _get("region_code") is not None else None,
        annee=None if annee is None else int(annee), valeur=None if valeur is None else float(valeur),
        niveau=_get("niveau"), statut_base=None if statut is None else StatutBase(statut),
    )  # fmt: skip


def _list_regions_lues(
    lecture: Lecture, noms: dict[str, str], visees: Mapping[str, Visee], seuils: Seuils, *, masque: bool
) -> tuple[RegionIndicateur, ...]:
    """Each region's figure; none where neither the register, the reports nor a target know any region."""
    comptes = {code: lecture.compute_compte(code) for code in noms}
    vise = any(v.cibles.valeurs or v.cibles.niveaux for v in visees.values())
    if not lecture.attendues and not any(comptes.values()) and not vise:
        return ()
    declares = compute_par_region(lecture.definition, lecture.valeurs, lecture.jour, list(noms))
    lues = [
        _make_region(lecture, noms[code], declares[code], compte, visees[code], seuils)
        for code, compte in comptes.items()
    ]
    return tuple(_mask_regions(lues, seuils.petits_effectifs)) if masque else tuple(lues)


def _make_region(
    lecture: Lecture, nom: str, declare: Realise, compte: Compte | None, visee: Visee, seuils: Seuils
) -> RegionIndicateur:
    """One region judged by its own targets from its own baseline: the country's is nobody's."""
    definition = lecture.definition
    if visee.base is not None:
        definition = replace(definition, base_statut=StatutBase.CONNUE, base=visee.base)
    elif definition.base_statut is StatutBase.CONNUE:
        definition = replace(definition, base_statut=StatutBase.INCONNUE, base=None)
    realise = make_official(declare, compte, lecture.jour)
    statut, taux = compute_jugement(definition, realise, visee.cibles, lecture.jour, seuils)
    return RegionIndicateur(nom, realise, declare, compte is not None, statut, taux, visee.cibles.finale_niveau)


def _mask_regions(lues: list[RegionIndicateur], seuil: int) -> list[RegionIndicateur]:
    """Regional counts of persons as a visitor sees them: they add up to a published total, so complements go too."""
    cotes = []
    for champ in ("realise", "declare"):
        chiffres: list[Realise] = [getattr(x, champ) for x in lues]
        vus, _total = mask_petits_effectifs([None if r.valeur is None else int(r.valeur) for r in chiffres], seuil)
        cotes.append(
            [replace(r, valeur=None, motif=MASQUE) if e.masque else r for r, e in zip(chiffres, vus, strict=True)]
        )
    # A rate would give back what its figure hides.
    return [
        replace(x, realise=r, declare=d, taux=Taux(sans_objet=MASQUE) if r.motif == MASQUE else x.taux)
        for x, r, d in zip(lues, *cotes, strict=True)
    ]


def _make_releves(session: Session, valeurs: pd.DataFrame, regions: dict[str, str]) -> pd.DataFrame:
    """Validated values, latest first; a column that no row fills is left out (a level, the two sides of a rate)."""
    triees = valeurs.sort_values(["annee", "trimestre", "region_code"], ascending=[False, False, True])
    region = triees["region_code"].map(regions)
    declarant = triees["acteur_code"].map(list_noms_acteurs(session)).fillna(region).fillna(_("SP/CCM"))
    cadre = pd.DataFrame(
        {
            _("Période"): [
                say_trimestre(int(a), int(t)) for a, t in zip(triees["annee"], triees["trimestre"], strict=True)
            ],
            _("Région"): region.fillna(_("Niveau national")),
            _("Déclarant"): declarant,
            _("Numérateur"): pd.to_numeric(triees["numerateur"]),
            _("Dénominateur"): pd.to_numeric(triees["denominateur"]),
            _("Valeur"): pd.to_numeric(triees["valeur"]),
            _("Niveau"): triees["niveau"],
            _("Source"): triees["source"],
        }
    )
    vides = [c for c in (_("Numérateur"), _("Dénominateur"), _("Valeur"), _("Niveau")) if cadre[c].isna().all()]
    return cadre.drop(columns=vides).reset_index(drop=True)


def get_fiche_indicateur(
    session: Session, perimetre: Perimetre, code: str, personne: Personne = VISITEUR
) -> FicheIndicateur | None:
    """The sheet of an indicator as this person may read it, or None for an unknown code."""
    registres = list_registres(session)
    cadre = make_cadre(session, Perimetre(perimetre.date_arrete), registres)
    ligne = next((x for x in cadre.lignes if x.code == code), None)
    if ligne is None:
        return None
    masque = personne.role is Role.VISITEUR and code in PERSONNES
    seuils = get_seuils(session)
    seuil = seuils.petits_effectifs
    valeurs = list_valides(session, "valeur_indicateur", perimetre.date_arrete)
    valeurs = valeurs[valeurs["indicateur_code"] == code]
    noms = {str(c): str(n) for c, n in list_regions(session)[["code", "nom"]].itertuples(index=False, name=None)}
    attendues = list(noms) if valeurs["region_code"].notna().any() else []
    lecture = Lecture(ligne.definition, valeurs, registres.get(code), attendues, perimetre.date_arrete)
    serie = lecture.compute_serie()
    if masque:
        serie["valeur"] = pd.Series(
            [None if pd.isna(v) or _is_petit(float(v), seuil) else v for v in serie["valeur"]], dtype="Float64"
        )
    comptees, retenues = list_lignes_comptees(
        session, personne, lecture.registre if ligne.compte is not None else None, perimetre.date_arrete
    )
    hypotheses = list_hypotheses_risques(session)
    siennes = hypotheses[hypotheses["objectif_code"] == ligne.objectif_code]
    textes = dict(zip(siennes["nature"], siennes["texte"], strict=True))
    sources = list_sources_verification(session)
    return FicheIndicateur(
        make_public(ligne, seuil) if masque else ligne,
        serie,
        _list_reperes(session, code, noms),
        _list_regions_lues(lecture, noms, _list_visees(session, code, noms), seuils, masque=masque),
        comptees,
        retenues,
        _make_releves(session, valeurs, noms),
        tuple(sources[sources["objectif_code"] == ligne.objectif_code]["texte"]),
        textes.get("hypothese"),
        textes.get("risque"),
    )
