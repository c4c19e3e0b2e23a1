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

from ccm_data.domain.dispositif import DISSOUS, ENDORMI
from ccm_data.domain.listes import split_liste
from ccm_data.domain.perimetre import Perimetre
from ccm_data.domain.permissions import Personne, can_read, round_position
from ccm_data.domain.vocabulaire import CategorieActeur, NiveauComite, StatutComite, StatutPoint
from ccm_data.libelles import say_libelle
from ccm_data.queries.acteurs import list_presences
from ccm_data.queries.decisions import list_decisions
from ccm_data.queries.dispositif import COMITES, FOCAUX, POINTS, list_completes
from ccm_data.queries.rapports import list_completude_regions
from ccm_data.queries.suivi import list_valides
from ccm_data.queries.territoire import list_regions
from ccm_data.textes import N_, _, ngettext
from ccm_data.typographie import say_compact, say_date_courte, say_nombre, say_non_renseigne, say_pourcent

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


def _say_langues(texte: str | None) -> str:
    return ", ".join(split_liste(texte)) or _("langues non renseignées")


def _list_comites(session: Session, jour: date, personne: Personne) -> pd.DataFrame:
    lignes = []
    for c in list_completes(session, COMITES, jour):
        lat, lon = c["lat"], c["lon"]
        if lat is not None and not can_read(personne, "position_exacte", c["region_code"]):
            lat, lon = round_position(lat, lon)
        lignes.append(
            {
                "region_code": c["region_code"],
                "lat": lat,
                "lon": lon,
                "titre": c["nom"],
                "lignes": [
                    f"{say_libelle(NiveauComite(c['niveau']))} · {_say_stade(c)}",
                    _("pas encore créé")
                    if c["date_creation"] is None
                    else _("créé le {d}").format(d=say_date_courte(c["date_creation"])),
                    _say_langues(c["langues"]),
                    _("dernière activité : {d}").format(d=say_date_courte(c["derniere_activite"])),
                    _say_formations(len(c["formations"])),
                ],
            }
        )
    return _make_layer(lignes)


def _say_stade(comite: dict[str, Any]) -> str:
    """Where it stands at the date; whether it sleeps."""
    if comite["stade"] == DISSOUS:
        return _("Dissous")
    stade = say_libelle(StatutComite(comite["stade"]))
    return _("{stade}, en sommeil").format(stade=stade) if comite["veille"] == ENDORMI else stade


def _say_formations(n: int) -> str:
    if not n:
        return _("aucune formation connue")
    return ngettext("{n} formation reçue", "{n} formations reçues", n).format(n=say_nombre(n))


def _list_points(session: Session, jour: date) -> pd.DataFrame:
    return _make_layer(
        [
            {
                "region_code": p["region_code"],
                "lat": p["lat"],
                "lon": p["lon"],
                "titre": p["nom"],
                "lignes": [
                    p["route"] or _("route non renseignée"),
                    say_libelle(StatutPoint(p["statut"])),
                    _("ouvert le {d}").format(d=say_date_courte(p["date_ouverture"]))
                    if p["date_ouverture"] is not None
                    else _("pas encore ouvert"),
                    _say_langues(p["langues"]),
                    _("accueil des femmes : {f} · des enfants : {e}").format(
                        f=_say_oui_non(p["accueil_femmes"]), e=_say_oui_non(p["accueil_enfants"])
                    ),
                ],
            }
            for p in list_completes(session, POINTS, jour)
        ]
    )


def _say_oui_non(valeur: bool | None) -> str:
    return say_non_renseigne() if valeur is None else _("oui") if valeur else _("non")


def _list_focaux(session: Session, jour: date) -> pd.DataFrame:
    return _make_layer(
        [
            {
                "region_code": p["region_code"],
                "lat": p["lat"],
                "lon": p["lon"],
                "titre": p["nom"],
                "lignes": [
                    _("en poste") if p["pourvu"] else _("poste vacant"),
                    _("depuis le {d}").format(d=say_date_courte(p["depuis"]))
                    if p["depuis"] is not None
                    else _("date non renseignée"),
                ],
            }
            for p in list_completes(session, FOCAUX, jour)
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
