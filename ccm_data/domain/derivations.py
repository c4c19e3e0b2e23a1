"""What a register counts for an indicator at a date, out of dated facts: nothing is added up that must be recounted.

A *fact* is one thing that counts (a meeting, an organisation present, a committee) with the days and regions in which it
does. The same facts give the figure of a date, that of each region and that of every quarter's end, so that correcting an
older row moves older figures alone and nothing falls to zero after the plan's end.
- `cumul`: what happened since 1 January 2022, added up (`nombre`; a row that does not say how many makes it « au moins »).
- `distinct`: different keys met since 1 January 2022.
- `distinct_annee`: different keys met in one year: that of the date, or the last one that met any (« reporté »); until its
  last day the year's figure is « au moins ».
- `etat`: different keys that stand on the day.
- `niveau`: « oui » once something stands; nothing says « non ».
An empty register derives nothing. Before its first row, a register says zero only where the indicator starts from zero by
construction (`depuis_zero`); elsewhere it says nothing. A region of which it holds no row has no figure: silence is not zero.
Source: règles de calcul, 2.1, 2.5, 2.7, 2.13.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import pandas as pd

from ccm_data.domain.calendrier import (
    MOIS_PAR_TRIMESTRE,
    PLAN_DEBUT,
    PLAN_FIN,
    Trimestre,
    get_dernier_trimestre_fini,
    list_trimestres,
)
from ccm_data.domain.realise import Realise

Mode = Literal["cumul", "distinct", "distinct_annee", "etat", "niveau"]
Origine = Literal["derive", "declare"]
DERIVE: Final[Origine] = "derive"
DECLARE: Final[Origine] = "declare"
OUI: Final = "oui"
TRIMESTRES_PAR_AN: Final = 12 // MOIS_PAR_TRIMESTRE


@dataclass(frozen=True)
class Fait:
    """One thing counted. `cle`: what is counted once; `ligne`: the register's row, « rencontre:12 ».

    `fin`: last day, included; None: no end. `regions`: none for what is national. `nombre`: how many; None: the row does
    not say. `compte` False: a row that shows the register is kept and counts nothing (a cancelled meeting). `objet` and
    `acteurs`: which right opens it (a key of permissions.LECTURE), and the organisations that it names.
    """

    cle: str
    ligne: str
    intitule: str = ""
    debut: date | None = None
    fin: date | None = None
    regions: tuple[str, ...] = ()
    nombre: int | None = 1
    compte: bool = True
    objet: str = "lignes_validees"
    acteurs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sous:
    """A figure that stands beside another: what it is, how and out of what it is counted."""

    code: str
    mode: Mode
    faits: tuple[Fait, ...]


@dataclass(frozen=True)
class Registre:
    """What a register holds for an indicator. `derive` False: it gives figures to lay beside a reported one, no more."""

    code: str
    mode: Mode
    faits: tuple[Fait, ...]
    a_cote: tuple[Sous, ...] = ()
    depuis_zero: bool = False
    derive: bool = True


@dataclass(frozen=True)
class Compte:
    """What is counted at a date. `lignes`: rows that count, `muettes` of them without saying how many.

    `dernier`: day of the last fact counted; `annee`: the year recounted, where one is; `annee_ouverte`: not over.
    `a_cote`: code → figure; None: not said.
    """

    valeur: int | None = None
    niveau: str | None = None
    lignes: int = 0
    muettes: int = 0
    dernier: date | None = None
    annee: int | None = None
    annee_ouverte: bool = False
    a_cote: tuple[tuple[str, int | None], ...] = ()


def _happened(fait: Fait, jour: date) -> bool:
    return fait.debut is not None and PLAN_DEBUT <= fait.debut <= jour


def _stands(fait: Fait, jour: date) -> bool:
    return (fait.debut is None or fait.debut <= jour) and (fait.fin is None or fait.fin >= jour)


COMPTENT: Final[dict[Mode, Callable[[Fait, date], bool]]] = {
    "cumul": _happened,
    "distinct": _happened,
    "distinct_annee": _happened,
    "etat": _stands,
    "niveau": _stands,
}


def list_comptes(mode: Mode, faits: Sequence[Fait], jour: date) -> list[Fait]:
    """The facts that make the figure at the date (never after the plan's end), in their order."""
    arrete = min(jour, PLAN_FIN)
    comptent = COMPTENT[mode]
    tenus = [f for f in faits if f.compte and comptent(f, arrete)]
    if mode == "distinct_annee":
        # A year of which nobody noted who came says nothing: the one before stands.
        derniere = max((f.debut.year for f in tenus if f.debut and f.nombre is not None), default=None)
        return [f for f in tenus if f.debut and f.debut.year == derniere]
    return tenus


def _count(mode: Mode, comptes: Sequence[Fait]) -> int | None:
    """The figure that these facts make; None when there are some and none says how many."""
    connus = [f for f in comptes if f.nombre is not None]
    if comptes and not connus:
        return None
    return sum(f.nombre or 0 for f in connus) if mode == "cumul" else len({f.cle for f in connus})


def _list_de(faits: Sequence[Fait], region: str | None) -> Sequence[Fait]:
    return faits if region is None else [f for f in faits if region in f.regions]


def compute_compte(registre: Registre, jour: date, region: str | None = None) -> Compte | None:
    """What the register counts at the date, for the country or one region; None where it derives nothing."""
    faits = _list_de(registre.faits, region)
    arrete = min(jour, PLAN_FIN)
    commence = registre.depuis_zero or any(f.debut is None or f.debut <= arrete for f in faits)
    if not registre.derive or not faits or not commence:
        return None
    comptes = list_comptes(registre.mode, faits, arrete)
    valeur = _count(registre.mode, comptes)
    if valeur is None or (registre.mode == "niveau" and not valeur):
        return None
    jours = [f.debut for f in comptes if f.debut is not None]
    annee = max((d.year for d in jours), default=None) if registre.mode == "distinct_annee" else None
    return Compte(
        valeur=None if registre.mode == "niveau" else valeur,
        niveau=OUI if registre.mode == "niveau" else None,
        lignes=len({f.ligne for f in comptes}),
        muettes=len({f.ligne for f in comptes if f.nombre is None}),
        dernier=max(jours, default=None),
        annee=annee,
        annee_ouverte=annee == arrete.year and arrete < date(arrete.year, 12, 31),
        a_cote=compute_a_cote(registre, arrete, region),
    )


def compute_a_cote(registre: Registre, jour: date, region: str | None = None) -> tuple[tuple[str, int | None], ...]:
    """The figures that stand beside: code → figure at the date; None where rows exist and none says how many.

    Nothing of a register that holds no row at all: it would say zero of what nobody wrote down.
    """
    tenu = bool(_list_de(registre.faits, region))
    siens = [(sous, _list_de(sous.faits, region)) for sous in registre.a_cote]
    return tuple(
        (sous.code, _count(sous.mode, list_comptes(sous.mode, faits, jour))) for sous, faits in siens if tenu or faits
    )


def make_realise(compte: Compte, jour: date) -> Realise:
    """The same as a realised value: recounted at the date, « au moins » while rows are silent or its year is not over."""
    arrete = min(jour, PLAN_FIN)
    plancher = compte.muettes > 0 or compte.annee_ouverte
    attendues, renseignees = compte.lignes, compte.lignes - compte.muettes
    if compte.annee_ouverte and not compte.muettes:
        attendues, renseignees = TRIMESTRES_PAR_AN, Trimestre.from_date(arrete).numero
    reporte = compte.annee is not None and compte.annee < arrete.year
    quand = compte.dernier if reporte and compte.dernier is not None else arrete
    return Realise(
        valeur=None if compte.valeur is None else float(compte.valeur),
        niveau=compte.niveau,
        provisoire=plancher,
        plancher=plancher,
        cellules_renseignees=renseignees,
        cellules_attendues=attendues,
        dernier=Trimestre.from_date(quand),
        reporte=reporte,
    )


def compute_serie_registre(registre: Registre, jour: date) -> pd.DataFrame:
    """The figure recounted at the end of each quarter up to the date; columns as those of `realise.compute_serie`."""
    lignes = []
    for trimestre in list_trimestres(get_dernier_trimestre_fini(jour).fin):
        compte = compute_compte(registre, trimestre.fin)
        realise = Realise() if compte is None else make_realise(compte, trimestre.fin)
        lignes.append((trimestre.code, trimestre.fin, realise.valeur, realise.niveau, realise.provisoire))
    cadre = pd.DataFrame(lignes, columns=["trimestre", "fin", "valeur", "niveau", "provisoire"])
    return cadre.astype({"valeur": "Float64", "niveau": object})
