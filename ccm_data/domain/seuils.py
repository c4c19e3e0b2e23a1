"""Thresholds and delays: data that the SP/CCM may change, each with its unit, its bounds and the rule it comes from.

To add one: a field of `Seuils` with its default, a line in DESCRIPTIONS, its words in the catalogue.
Source: règles de calcul, 2.10 (status), 3 (reports), 4 (alerts), 5 (coverage).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from ccm_data.domain.calendrier import DERNIER_TRIMESTRE, PREMIER_TRIMESTRE, Trimestre
from ccm_data.domain.montants import read_decimal
from ccm_data.errors import ValeurInvalide


@dataclass(frozen=True)
class Seuils:
    """Values in force; the defaults are the rules' own or, where these give none, first values to be confirmed."""

    en_bonne_voie: float = 0.9  # 2.10: ratio from which an indicator or activity is « en bonne voie »
    a_surveiller: float = 0.6  # 2.10: ratio from which it is « à surveiller »; below, « en retard »
    delai_rapport_jours: int = 15  # 3: days after the quarter's end (« 15 at first »)
    premier_trimestre_du: str = "2026-T1"  # 3: a setting; earlier quarters are « reprise d'historique », never late
    alerte_paye: float = 0.8  # 4: « paid 80 % / done 20 % is an alert »: paid from this ratio on …
    alerte_fait: float = 0.4  # … while progress is below this one (visual language: paid > 80 %, done < 40 %)
    alerte_sans_maj_trimestres: int = 2  # 4: « no update for two quarters »
    alerte_sans_paiement_mois: int = 6  # 4: « no payment N months after the planned start »; N to be confirmed
    delai_couverture_jours: int = 180  # 5: « active, reported »: told of within this delay; to be confirmed
    delai_dossier_jours: int = 7  # bodies: a meeting's file is shared seven days before it; the SP/CCM may change it
    comite_endormi_mois: int = 6  # 3.1.1: an operational committee silent for longer sleeps; to be confirmed
    petits_effectifs: int = 5  # 7: counts of persons below it are masked in public


@dataclass(frozen=True)
class DescriptionSeuil:
    """What a screen needs to edit a threshold. `unite`: ratio, jours, trimestres, mois, personnes, trimestre."""

    nom: str
    unite: str
    minimum: float | None
    maximum: float | None
    regle: str


DESCRIPTIONS: dict[str, DescriptionSeuil] = {
    d.nom: d
    for d in (
        DescriptionSeuil("en_bonne_voie", "ratio", 0, 1, "2.10"),
        DescriptionSeuil("a_surveiller", "ratio", 0, 1, "2.10"),
        DescriptionSeuil("delai_rapport_jours", "jours", 0, 180, "3"),
        DescriptionSeuil("premier_trimestre_du", "trimestre", None, None, "3"),
        DescriptionSeuil("alerte_paye", "ratio", 0, 1, "4"),
        DescriptionSeuil("alerte_fait", "ratio", 0, 1, "4"),
        DescriptionSeuil("alerte_sans_maj_trimestres", "trimestres", 1, 20, "4"),
        DescriptionSeuil("alerte_sans_paiement_mois", "mois", 0, 60, "4"),
        DescriptionSeuil("delai_couverture_jours", "jours", 1, 1100, "5"),
        DescriptionSeuil("delai_dossier_jours", "jours", 0, 90, "standards"),
        DescriptionSeuil("comite_endormi_mois", "mois", 1, 60, "2.7"),
        DescriptionSeuil("petits_effectifs", "personnes", 0, 100, "7"),
    )
}
SEUILS_PAR_DEFAUT = Seuils()


def read_seuil(nom: str, texte: str) -> float | int | str:
    """The value of a threshold as typed (« 0,9 », « 90 % », « 15 », « 2026-T1 »).

    Raises ValeurInvalide with the field, the value and what is allowed; KeyError for an unknown name.
    """
    description = DESCRIPTIONS[nom]
    if description.unite == "trimestre":
        trimestre = Trimestre.from_code(texte)
        if not PREMIER_TRIMESTRE <= trimestre <= DERNIER_TRIMESTRE:
            raise ValeurInvalide(champ=nom, valeur=texte, attendu="2022-T1 à 2026-T4")
        return trimestre.code
    en_pourcent = texte.strip().endswith("%")
    valeur = read_decimal(texte.strip().removesuffix("%"), nom)
    valeur = valeur / 100 if en_pourcent else valeur
    bas, haut = description.minimum or 0, description.maximum or 0
    entier = description.unite != "ratio"
    if not bas <= valeur <= haut or (entier and (en_pourcent or valeur != int(valeur))):
        raise ValeurInvalide(champ=nom, valeur=texte, attendu=f"{bas} à {haut}")
    return int(valeur) if entier else float(valeur)


def read_seuils(decisions: Mapping[str, str]) -> Seuils:
    """The defaults, with what the SP/CCM decided (name → value as text). Names no longer known are left aside.

    Raises ValeurInvalide when a value cannot be read, or when « à surveiller » lies above « en bonne voie ».
    """
    valeurs = {nom: read_seuil(nom, texte) for nom, texte in decisions.items() if nom in DESCRIPTIONS}
    seuils = replace(SEUILS_PAR_DEFAUT, **valeurs)  # type: ignore[arg-type]
    if seuils.a_surveiller > seuils.en_bonne_voie:
        raise ValeurInvalide(champ="a_surveiller", valeur=seuils.a_surveiller, attendu=f"≤ {seuils.en_bonne_voie}")
    return seuils


def list_noms() -> list[str]:
    """Names of the thresholds, in the order of a screen that edits them."""
    return [champ.name for champ in fields(Seuils)]
