"""The words of « Postes du SP/CCM » (section 8.4): who pays, what the State takes over, where the road map stands."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from ccm_data.domain.perennisation import PartAnnee
from ccm_data.domain.vocabulaire import NatureEtape, Payeur
from ccm_data.libelles import say_libelle
from ccm_data.phrases.registres import say_cellule
from ccm_data.queries.postes import BilanPostes
from ccm_data.queries.registres import Ligne, Noms
from ccm_data.textes import _, ngettext
from ccm_data.typographie import say_date, say_nombre, say_pourcent


def get_part(bilan: BilanPostes, annee: int) -> PartAnnee:
    """The year's share; the plan's last year after it."""
    return next((p for p in bilan.parts if p.annee == annee), bilan.parts[-1])


def say_titre(bilan: BilanPostes, jour: date) -> str:
    """« L’État prend en charge 40 % des postes en 2026 »."""
    part = get_part(bilan, jour.year)
    if not part.postes and not bilan.postes:
        return _("Aucun poste du SP/CCM validé")
    if part.moyenne is None:
        return _("Part de l’État dans les postes non renseignée en {a}").format(a=part.annee)
    return _("L’État prend en charge {p} des postes en {a}").format(p=_say_part(part), a=part.annee)


def _say_part(part: PartAnnee) -> str:
    return say_pourcent(None if part.moyenne is None else part.moyenne / Decimal(100))


def list_cles(bilan: BilanPostes, jour: date) -> list[tuple[str, str, str]]:
    """Key figures: name, figure, its base."""
    part = get_part(bilan, jour.year)
    sur = ngettext("sur {n} poste", "sur {n} postes", bilan.postes).format(n=say_nombre(bilan.postes))
    etat = bilan.par_payeur[Payeur.ETAT.value]
    vacants = bilan.par_payeur[Payeur.VACANT.value]
    return [
        (_("Part de l’État en {a}").format(a=part.annee), _say_part(part), _say_base(part)),
        (_("Payés par l’État seul"), say_nombre(etat), sur),
        (_("Vacants"), say_nombre(vacants), sur),
        (_("Feuille de route"), *_say_feuille(bilan)),
    ]


def _say_base(part: PartAnnee) -> str:
    return ngettext(
        "moyenne de {d} poste sur {n}, celui qui la dit", "moyenne de {d} postes sur {n}, ceux qui la disent", part.dites
    ).format(d=say_nombre(part.dites), n=say_nombre(part.postes))  # fmt: skip


def _say_feuille(bilan: BilanPostes) -> tuple[str, str]:
    evaluations = ngettext("{n} évaluation d’étape", "{n} évaluations d’étape", bilan.evaluations).format(
        n=say_nombre(bilan.evaluations)
    )
    if bilan.adoption is None:
        return _("non adoptée"), _("aucune adoption validée à la date ; {e}").format(e=evaluations)
    return _("adoptée"), _("le {d} ; {e}").format(d=say_date(bilan.adoption), e=evaluations)


def list_parts(bilan: BilanPostes) -> list[tuple[str, str, float | None]]:
    """A bar per year: year, share with its coverage, ratio (None: no post says it)."""
    return [
        (
            str(p.annee),
            f"{_say_part(p)} ({say_nombre(p.dites)}/{say_nombre(p.postes)})",
            None if p.moyenne is None else float(p.moyenne) / 100,
        )
        for p in bilan.parts
    ]


def list_payeurs(bilan: BilanPostes) -> list[tuple[str, int]]:
    """Posts by who pays."""
    return [(say_libelle(p), bilan.par_payeur[p.value]) for p in Payeur]


def list_etapes(etapes: tuple[Ligne, ...], noms: Noms) -> list[tuple[str, ...]]:
    """The road map's steps, oldest first: date, step, meeting, what was observed, adjustments."""
    return [
        (
            say_date(e["date_etape"]),
            say_libelle(NatureEtape(e["nature"])),
            *(say_cellule("etape_perennisation", c, e, noms) for c in ("rencontre_code", "constat", "ajustements")),
        )
        for e in reversed(etapes)
    ]
