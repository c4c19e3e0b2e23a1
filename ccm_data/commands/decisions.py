"""What the SP/CCM decides about the plan, each decision with its source: targets, baselines, amounts, regions, settings.

A new decision closes the one in force (`remplace_le`) and never erases it; `None` as value closes it without a
successor. `vu`: the id of the decision that the person saw in force (0: none), checked when given, so that of two
persons who decide at once the second is told. Repeating what is in force changes nothing.
Source: règles de calcul, 1 (prevailing figures, yearly amounts, regions), 2 (targets, settings).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccm_data.commands.journal import write_journal
from ccm_data.commands.regles import get_definition
from ccm_data.commands.transaction import check_existe, check_passe, check_texte, flush
from ccm_data.domain.calendrier import ANNEES, get_jour
from ccm_data.domain.indicateurs import check_definition
from ccm_data.domain.montants import read_decimal, read_montant
from ccm_data.domain.permissions import Personne, check_write
from ccm_data.domain.seuils import DESCRIPTIONS, read_seuil, read_seuils
from ccm_data.domain.vocabulaire import AgregationRegion, StatutBase
from ccm_data.errors import Conflit, ValeurInvalide
from ccm_data.models.base import to_dict
from ccm_data.models.decisions import (
    ChoixContradiction,
    Cible,
    MontantAnnuel,
    MontantRetenu,
    Reference,
    RegionConcernee,
    ReglageIndicateur,
    SeuilDecide,
)
from ccm_data.models.plan import Action, Activite, Axe, Contradiction, Indicateur
from ccm_data.models.territoire import Region

OBJETS_MONTANT: Final[dict[str, Any]] = {"plan": None, "axe": Axe, "action": Action, "activite": Activite}
# Settings that the SP/CCM may fix; the baseline has its own decision.
CHAMPS_REGLABLES: Final = (
    "definition", "unite", "exclusions", "type", "sens", "agregation_temps", "agregation_region", "mode_cible",
    "mode_saisie", "niveaux", "perimetres_disjoints", "non_precise", "cible_finale",
)  # fmt: skip
POIDS_MAX: Final = 9999
ANNEE_BASE_MIN: Final = 2000


@dataclass(frozen=True)
class Provenance:
    """Where a decision comes from: the document and its date."""

    source: str
    date_source: date


def check_decision(personne: Personne, action: str, provenance: Provenance, maintenant: datetime) -> None:
    """The right, and a source that is said and dated. Raises AccesRefuse, ValeurInvalide."""
    check_write(personne, action)
    check_texte("source", provenance.source)
    check_passe("date_source", provenance.date_source, get_jour(maintenant))


def _get_en_vigueur(session: Session, table: type[Any], cle: Mapping[str, Any]) -> Any:
    requete = select(table).where(table.remplace_le.is_(None)).with_for_update()
    for champ, valeur in cle.items():
        colonne = getattr(table, champ)
        requete = requete.where(colonne.is_(None) if valeur is None else colonne == valeur)
    return session.scalar(requete)


def write_decision(
    session: Session,
    personne: Personne,
    maintenant: datetime,
    table: type[Any],
    cle: Mapping[str, Any],
    valeurs: Mapping[str, Any] | None,
    provenance: Provenance,
    vu: int | None = None,
) -> int | None:
    """Close what is in force under `cle`, write `valeurs` (None: nothing) in its place; id in force afterwards."""
    objet = table.__tablename__
    ancienne = _get_en_vigueur(session, table, cle)
    if vu is not None and vu != (0 if ancienne is None else ancienne.id):
        raise Conflit("decision_changee", objet=objet, lue=vu, presente=None if ancienne is None else ancienne.id)
    nouvelles = None if valeurs is None else {
        **valeurs, "source": provenance.source.strip(), "date_source": provenance.date_source
    }  # fmt: skip
    avant = None if ancienne is None else to_dict(ancienne)
    if ancienne is None and nouvelles is None:
        return None
    if avant is not None and nouvelles is not None and all(avant[c] == v for c, v in nouvelles.items()):
        return int(avant["id"])
    if ancienne is not None:
        ancienne.remplace_le = maintenant
        flush(session, objet)
    ligne = None
    if nouvelles is not None:
        ligne = table(**cle, **nouvelles, auteur_id=personne.compte_id, decide_le=maintenant)
        session.add(ligne)
        flush(session, objet)
    write_journal(
        session, maintenant, personne, "retirer_decision" if ligne is None else "decider", objet,
        ancienne.id if ligne is None else ligne.id,
        resume=", ".join(str(v) for v in cle.values() if v is not None),
        avant=avant,
        apres=None if ligne is None else to_dict(ligne),
        region_code=cle.get("region_code"),
    )  # fmt: skip
    return None if ligne is None else int(ligne.id)


def _read_quantite(champ: str, valeur: Any) -> Decimal:
    lue = read_decimal(valeur, champ)
    if lue != round(lue, 4) or abs(lue) >= Decimal(10) ** 14:
        raise ValeurInvalide(champ=champ, valeur=valeur, attendu="un nombre à 4 décimales au plus")
    return lue


def _check_annee(annee: int) -> None:
    if annee not in ANNEES:
        raise ValeurInvalide(champ="annee", valeur=annee, attendu=f"{ANNEES[0]} à {ANNEES[-1]}")


def _check_region(session: Session, indicateur_code: str, region_code: str | None) -> None:
    """A region that exists, and only for an indicator that is counted below the national level."""
    check_existe(session, Region, region_code, "region_code")
    national = get_definition(session, indicateur_code).agregation_region is AgregationRegion.NATIONAL
    if region_code is not None and national:
        raise ValeurInvalide("national_seulement", champ="region_code", valeur=region_code, attendu="aucune région")


def set_cible(
    session: Session,
    personne: Personne,
    maintenant: datetime,
    indicateur_code: str,
    annee: int,
    valeur: Any,
    provenance: Provenance,
    *,
    region_code: str | None = None,
    vu: int | None = None,
) -> int | None:
    """Target of a year: a number, or a level for ordinal and yes/no indicators; None withdraws it.

    Raises AccesRefuse, ValeurInvalide, Conflit; so do all functions here.
    """
    check_decision(personne, "definir_cible", provenance, maintenant)
    check_existe(session, Indicateur, indicateur_code, "indicateur_code")
    _check_region(session, indicateur_code, region_code)
    _check_annee(annee)
    valeurs = None if valeur is None or valeur == "" else _read_cible(session, indicateur_code, valeur)
    cle = {"indicateur_code": indicateur_code, "region_code": region_code, "annee": annee}
    return write_decision(session, personne, maintenant, Cible, cle, valeurs, provenance, vu)


def _read_cible(session: Session, code: str, valeur: Any) -> dict[str, Any]:
    definition = get_definition(session, code)
    if definition.a_niveaux:
        if str(valeur) not in definition.echelle:
            raise ValeurInvalide(champ="niveau", valeur=valeur, attendu=", ".join(definition.echelle))
        return {"valeur": None, "niveau": str(valeur)}
    lue = _read_quantite("valeur", valeur)
    if lue < 0:
        raise ValeurInvalide(champ="valeur", valeur=valeur, attendu="≥ 0")
    return {"valeur": lue, "niveau": None}


def set_reference(
    session: Session,
    personne: Personne,
    maintenant: datetime,
    indicateur_code: str,
    statut: StatutBase | None,
    valeur: Any,
    provenance: Provenance,
    *,
    region_code: str | None = None,
    annee: int = 2021,
    vu: int | None = None,
) -> int | None:
    """Baseline: known (with its value), zero by construction or unknown; `statut` None returns to the default."""
    check_decision(personne, "definir_reference", provenance, maintenant)
    check_existe(session, Indicateur, indicateur_code, "indicateur_code")
    _check_region(session, indicateur_code, region_code)
    if not ANNEE_BASE_MIN <= annee <= ANNEES[-1]:
        raise ValeurInvalide(champ="annee", valeur=annee, attendu=f"{ANNEE_BASE_MIN} à {ANNEES[-1]}")
    valeurs: dict[str, Any] | None = None
    if statut is not None:
        lue = _read_quantite("valeur", valeur) if statut is StatutBase.CONNUE else None
        if lue is not None and lue < 0:
            raise ValeurInvalide(champ="valeur", valeur=valeur, attendu="≥ 0")
        if statut is not StatutBase.CONNUE and valeur not in (None, ""):
            raise ValeurInvalide(champ="valeur", valeur=valeur, attendu="aucune valeur")
        valeurs = {"statut": statut, "valeur": lue, "annee": annee}
    cle = {"indicateur_code": indicateur_code, "region_code": region_code}
    ligne_id = write_decision(session, personne, maintenant, Reference, cle, valeurs, provenance, vu)
    check_definition(get_definition(session, indicateur_code))
    return ligne_id


def set_montants_annuels(
    session: Session,
    personne: Personne,
    maintenant: datetime,
    activite_code: str,
    montants: Mapping[int, Any],
    provenance: Provenance,
    *,
    vus: Mapping[int, int] | None = None,
) -> list[int]:
    """Real yearly amounts of an activity, whole FCFA; the mapping is the whole schedule, empty for the equal split.

    They may differ from the cost: the reconciliation then says so. `vus`: year → id that the person saw in force
    (a year without one: none). Returns the ids in force, oldest year first.
    """
    check_decision(personne, "decider_montant", provenance, maintenant)
    check_existe(session, Activite, activite_code, "activite_code")
    for annee in montants:
        _check_annee(annee)
    lus = {a: read_montant(m) for a, m in montants.items() if m is not None and m != ""}
    ids = []
    for annee in ANNEES:
        valeurs = {"montant_fcfa": lus[annee]} if annee in lus else None
        cle = {"activite_code": activite_code, "annee": annee}
        vu = None if vus is None else vus.get(annee, 0)
        ids.append(write_decision(session, personne, maintenant, MontantAnnuel, cle, valeurs, provenance, vu))
    return [x for x in ids if x is not None]


def set_montant_retenu(
    session: Session,
    personne: Personne,
    maintenant: datetime,
    objet: str,
    objet_code: str,
    montant: Any,
    motif: str,
    provenance: Provenance,
    *,
    vu: int | None = None,
) -> int | None:
    """Which figure prevails for the plan (`objet_code` « plan »), an axis, an action or an activity; None withdraws.

    It holds at its level only: parts are never rescaled.
    """
    check_decision(personne, "decider_montant", provenance, maintenant)
    if objet not in OBJETS_MONTANT:
        raise ValeurInvalide(champ="objet", valeur=objet, attendu=", ".join(OBJETS_MONTANT))
    if objet == "plan" and objet_code != "plan":
        raise ValeurInvalide(champ="objet_code", valeur=objet_code, attendu="plan")
    if OBJETS_MONTANT[objet] is not None:
        check_existe(session, OBJETS_MONTANT[objet], objet_code, "objet_code")
    valeurs = None
    if montant is not None and montant != "":
        valeurs = {"montant_fcfa": read_montant(montant), "motif": check_texte("motif", motif)}
    cle = {"objet": objet, "objet_code": objet_code}
    return write_decision(session, personne, maintenant, MontantRetenu, cle, valeurs, provenance, vu)


def set_choix_contradiction(
    session: Session,
    personne: Personne,
    maintenant: datetime,
    contradiction_code: str,
    texte_retenu: str | None,
    motif: str,
    provenance: Provenance,
    *,
    vu: int | None = None,
) -> int | None:
    """The SP/CCM's word on a contradiction that is no amount; None withdraws it."""
    check_decision(personne, "trancher_contradiction", provenance, maintenant)
    check_existe(session, Contradiction, contradiction_code, "contradiction_code")
    valeurs = None
    if texte_retenu is not None:
        valeurs = {
            "texte_retenu": check_texte("texte_retenu", texte_retenu),
            "motif": check_texte("motif", motif),
        }
    cle = {"contradiction_code": contradiction_code}
    return write_decision(session, personne, maintenant, ChoixContradiction, cle, valeurs, provenance, vu)


def set_region_concernee(
    session: Session,
    personne: Personne,
    maintenant: datetime,
    activite_code: str,
    region_code: str,
    provenance: Provenance,
    *,
    concernee: bool = True,
    poids: Any = 1,
    part_fcfa: Any = None,
    nombre_prevu: Any = None,
    unite: str | None = None,
    vu: int | None = None,
) -> int | None:
    """An activity concerns a region, with its weight and, where known, its share and number; False withdraws it."""
    check_decision(personne, "definir_region", provenance, maintenant)
    check_existe(session, Activite, activite_code, "activite_code")
    check_existe(session, Region, region_code, "region_code")
    valeurs: dict[str, Any] | None = None
    if concernee:
        poids_lu = _read_quantite("poids", poids)
        if not 0 < poids_lu <= POIDS_MAX:
            raise ValeurInvalide(champ="poids", valeur=poids, attendu=f"> 0, ≤ {POIDS_MAX}")
        valeurs = {
            "poids": poids_lu,
            "part_fcfa": None if part_fcfa in (None, "") else read_montant(part_fcfa, "part_fcfa"),
            "nombre_prevu": None if nombre_prevu in (None, "") else read_montant(nombre_prevu, "nombre_prevu"),
            "unite": (unite or "").strip() or None,
        }
    cle = {"activite_code": activite_code, "region_code": region_code}
    return write_decision(session, personne, maintenant, RegionConcernee, cle, valeurs, provenance, vu)


def set_reglage_indicateur(
    session: Session,
    personne: Personne,
    maintenant: datetime,
    indicateur_code: str,
    reglages: Mapping[str, str | None],
    provenance: Provenance,
    *,
    vus: Mapping[str, int] | None = None,
) -> list[int]:
    """Settings of an indicator (field → value, None for the file's default), together since they depend on each other.

    `vus`: field → id that the person saw in force (a field without one: none).
    Raises ValeurInvalide: « combinaison_refusee » for a senseless combination, « cibles_incompatibles » where targets
    in force no longer read (levels against figures, a region's where it becomes national only).
    """
    check_decision(personne, "regler_indicateur", provenance, maintenant)
    check_existe(session, Indicateur, indicateur_code, "indicateur_code")
    ids = []
    for champ, valeur in reglages.items():
        if champ not in CHAMPS_REGLABLES:
            raise ValeurInvalide("champ_inconnu", champ=champ, valeur=valeur, attendu=", ".join(CHAMPS_REGLABLES))
        texte = (valeur or "").strip()
        if texte and champ == "cible_finale":  # a figure, compared with the yearly targets
            texte = f"{_read_quantite(champ, texte).normalize():f}"
        cle = {"indicateur_code": indicateur_code, "champ": champ}
        valeurs = {"valeur": texte} if texte else None
        vu = None if vus is None else vus.get(champ, 0)
        ids.append(write_decision(session, personne, maintenant, ReglageIndicateur, cle, valeurs, provenance, vu))
    definition = get_definition(session, indicateur_code)
    check_definition(definition)
    national = definition.agregation_region is AgregationRegion.NATIONAL
    cibles = select(Cible).where(Cible.indicateur_code == indicateur_code, Cible.remplace_le.is_(None))
    for cible in session.scalars(cibles):
        orpheline = national and cible.region_code is not None
        if (
            orpheline
            or (cible.niveau is not None) != definition.a_niveaux
            or cible.niveau not in (None, *definition.echelle)
        ):
            raise ValeurInvalide(
                "cibles_incompatibles", champ="cible", valeur=cible.niveau or cible.valeur, annee=cible.annee
            )
    return [x for x in ids if x is not None]


def set_seuil(
    session: Session,
    personne: Personne,
    maintenant: datetime,
    nom: str,
    valeur: str | None,
    provenance: Provenance,
    *,
    vu: int | None = None,
) -> int | None:
    """A threshold or delay as typed (« 90 % », « 15 », « 2026-T1 »); None returns to the default."""
    check_decision(personne, "regler_seuil", provenance, maintenant)
    if nom not in DESCRIPTIONS:
        raise ValeurInvalide(champ="nom", valeur=nom, attendu=", ".join(DESCRIPTIONS))
    valeurs = None if valeur is None else {"valeur": str(read_seuil(nom, valeur))}
    ligne_id = write_decision(session, personne, maintenant, SeuilDecide, {"nom": nom}, valeurs, provenance, vu)
    # Together they must still make sense; otherwise the transaction is given up.
    decides = select(SeuilDecide.nom, SeuilDecide.valeur).where(SeuilDecide.remplace_le.is_(None))
    read_seuils(dict(session.execute(decides).all()))
    return ligne_id
