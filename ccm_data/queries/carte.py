"""What the map shows: regions with a measure (None: not reported, hatched) and layers of places.

Committees' exact positions are for the SP/CCM and their own region; others see them rounded to about 10 km (règles 7).
A region that reported on committees and has none counts 0; one that said nothing has no value (règles 2.1).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy.orm import Session

from ccm_data.domain.perimetre import Perimetre
from ccm_data.domain.permissions import Personne, can_read, round_position
from ccm_data.domain.vocabulaire import CategorieActeur, NiveauComite, StatutComite, StatutPoint
from ccm_data.libelles import say_libelle
from ccm_data.queries.acteurs import list_presences
from ccm_data.queries.decisions import list_decisions
from ccm_data.queries.rapports import list_completude_regions
from ccm_data.queries.suivi import list_valides
from ccm_data.queries.territoire import list_regions
from ccm_data.textes import N_, _
from ccm_data.typographie import say_compact, say_date_courte, say_nombre, say_pourcent

INDICATEUR_COMITES = "3.1.a"
MESURES = {
    "comites": N_("Comités de veille créés"),
    "acteurs": N_("Acteurs présents"),
    "fcfa": N_("FCFA prévus et régionalisés"),
    "completude": N_("Rapports rendus sur attendus"),
}
COUCHES = {
    "comites": N_("Comités de veille"),
    "points_information": N_("Points d’information"),
    "points_focaux": N_("Points focaux"),
    "acteurs": N_("Acteurs"),
}


@dataclass(frozen=True)
class Carte:
    """`regions`: code, nom, valeur (None: not reported), libelle. `couches`: code → lat, lon, titre, lignes."""

    mesure: str
    regions: pd.DataFrame
    couches: dict[str, pd.DataFrame]
    sans_lieu: int


def say_mesure(mesure: str, valeur: float | None) -> str:
    """The value in words."""
    if valeur is None:
        return _("non rapporté")
    if mesure == "fcfa":
        return say_compact(int(valeur))
    return say_pourcent(valeur) if mesure == "completude" else say_nombre(valeur)


def _count_comites(session: Session, jour: date) -> dict[str, float | None]:
    comites = list_valides(session, "comite_veille", jour)
    crees = comites[comites["statut"] != StatutComite.PLANIFIE]
    valeurs = list_valides(session, "valeur_indicateur", jour)
    dits = set(valeurs[valeurs["indicateur_code"] == INDICATEUR_COMITES]["region_code"].dropna())
    dits |= set(comites["region_code"])
    comptes = crees.groupby("region_code").size().to_dict()
    return {region: float(comptes.get(region, 0)) for region in dits}


def _count_acteurs(session: Session, jour: date) -> dict[str, float | None]:
    presences = list_presences(session, jour)
    return {str(r): float(n) for r, n in presences.groupby("region_code")["acteur_code"].nunique().items()}


def _sum_fcfa(session: Session, jour: date) -> dict[str, float | None]:
    parts = list_decisions(session, "region_concernee").dropna(subset=["part_fcfa"])
    return {str(r): float(s) for r, s in parts.groupby("region_code")["part_fcfa"].sum().items()}


def _compute_mesure(session: Session, mesure: str, jour: date, aujourd_hui: date) -> dict[str, float | None]:
    if mesure == "completude":
        cadre = list_completude_regions(session, jour, aujourd_hui).dropna(subset=["region_code"])
        return {
            str(r): rendus / attendus
            for r, rendus, attendus in cadre[["region_code", "rendus", "attendus"]].itertuples(index=False)
        }
    calculs: dict[str, Callable[[Session, date], dict[str, float | None]]] = {
        "comites": _count_comites,
        "acteurs": _count_acteurs,
        "fcfa": _sum_fcfa,
    }
    return calculs[mesure](session, jour)


def get_carte(session: Session, perimetre: Perimetre, personne: Personne, mesure: str, aujourd_hui: date) -> Carte:
    """The map of a measure at the date; raises KeyError for an unknown measure."""
    valeurs = _compute_mesure(session, mesure, perimetre.date_arrete, aujourd_hui)
    regions = list_regions(session)[["code", "nom"]]
    regions["valeur"] = pd.Series([valeurs.get(c) for c in regions["code"]], dtype=object)
    regions["libelle"] = [say_mesure(mesure, v) for v in regions["valeur"]]
    couches = {
        "comites": _list_comites(session, perimetre.date_arrete, personne),
        "points_information": _list_points(session, perimetre.date_arrete),
        "points_focaux": _list_focaux(session, perimetre.date_arrete),
        "acteurs": _list_acteurs(session, perimetre.date_arrete),
    }
    sans_lieu = sum(int(c["lat"].isna().sum()) for c in couches.values() if len(c))
    return Carte(mesure, regions, couches, sans_lieu)


def _make_layer(lignes: list[dict[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(lignes, columns=["region_code", "lat", "lon", "titre", "lignes"])


def _say_langues(texte: object) -> str:
    return (
        ", ".join(t.strip() for t in texte.split(";"))
        if isinstance(texte, str) and texte
        else _("langues non renseignées")
    )


def _list_comites(session: Session, jour: date, personne: Personne) -> pd.DataFrame:
    lignes = []
    for c in list_valides(session, "comite_veille", jour).to_dict("records"):
        lat, lon = c["lat"], c["lon"]
        if not pd.isna(lat) and not can_read(personne, "position_exacte", c["region_code"]):
            lat, lon = round_position(lat, lon)
        creation = c["date_creation"]
        lignes.append(
            {
                "region_code": c["region_code"],
                "lat": lat,
                "lon": lon,
                "titre": c["nom"],
                "lignes": [
                    f"{say_libelle(NiveauComite(c['niveau']))} · {say_libelle(StatutComite(c['statut']))}",
                    _say_langues(c["langues"]),
                    _("pas encore créé")
                    if pd.isna(creation)
                    else _("créé le {d}").format(d=say_date_courte(pd.Timestamp(creation).date())),
                ],
            }
        )  # fmt: skip
    return _make_layer(lignes)


def _list_points(session: Session, jour: date) -> pd.DataFrame:
    return _make_layer(
        [
            {
                "region_code": p["region_code"],
                "lat": p["lat"],
                "lon": p["lon"],
                "titre": p["nom"],
                "lignes": [
                    p["route"] if isinstance(p["route"], str) else _("route non renseignée"),
                    say_libelle(StatutPoint(p["statut"])),
                    _say_langues(p["langues"]),
                ],
            }
            for p in list_valides(session, "point_information", jour).to_dict("records")
        ]
    )


def _list_focaux(session: Session, jour: date) -> pd.DataFrame:
    return _make_layer(
        [
            {
                "region_code": p["region_code"],
                "lat": p["lat"],
                "lon": p["lon"],
                "titre": p["nom"],
                "lignes": [_("en poste") if p["en_poste"] else _("poste vacant")],
            }
            for p in list_valides(session, "point_focal", jour).to_dict("records")
        ]
    )


def _list_acteurs(session: Session, jour: date) -> pd.DataFrame:
    """Actors that gave a place; the others are counted per region by the measure « acteurs »."""
    return _make_layer(
        [
            {
                "region_code": a["region_code"],
                "lat": a["lat"],
                "lon": a["lon"],
                "titre": a["sigle"] if isinstance(a["sigle"], str) else a["nom"],
                "lignes": [a["nom"], say_libelle(CategorieActeur(a["categorie"]))],
            }
            for a in list_presences(session, jour).to_dict("records")
        ]
    )
