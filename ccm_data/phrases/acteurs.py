"""The words of the directory of actors and of one actor's sheet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ccm_data.domain.calendrier import Trimestre, get_jour
from ccm_data.domain.montants import PARITE_EUR, convert_xof_eur
from ccm_data.libelles import say_libelle
from ccm_data.phrases.recommandations import say_ouvertes
from ccm_data.queries.interventions import say_region
from ccm_data.queries.portefeuille import TRIMESTRES, Argent, Portefeuille
from ccm_data.textes import N_, _, ngettext
from ccm_data.typographie import INSECABLE, say_compact, say_date_courte, say_nombre, say_non_renseigne, say_trimestre

DEVISES: Final = {"XOF": N_("En FCFA"), "EUR": N_("En euros")}


def say_titre_annuaire(nombre: int, total: int) -> str:
    """« 47 acteurs de la migration » or how many the filters keep."""
    if nombre == total:
        return ngettext("{n} acteur de la migration", "{n} acteurs de la migration", total).format(n=say_nombre(total))
    return ngettext("{n} acteur sur {t}", "{n} acteurs sur {t}", nombre).format(
        n=say_nombre(nombre), t=say_nombre(total)
    )


def say_titre_acteur(x: Portefeuille) -> str:
    """« OIM : 9 interventions dans 6 régions »."""
    uniques = {y.code for y in (*x.chef, *x.partenaire, *x.bailleur)}
    if not uniques:
        return _("{a} : aucune intervention au registre").format(a=x.sigle or x.nom)
    combien = ngettext("{n} intervention", "{n} interventions", len(uniques)).format(n=say_nombre(len(uniques)))
    lieux = [r for r in x.regions if r != "NE"]
    if not lieux:
        return f"{x.sigle or x.nom} : {combien}"
    ou = ngettext("dans {n} région", "dans {n} régions", len(lieux)).format(n=say_nombre(len(lieux)))
    return f"{x.sigle or x.nom} : {combien} {ou}"


def say_sous_titre(x: Portefeuille) -> str:
    """Its full name and kind."""
    return f"{x.nom} · {say_libelle(x.categorie)}"


def list_faits(
    x: Portefeuille, regions: Mapping[str, str], themes: Mapping[str, str], pmm: Mapping[str, str]
) -> list[tuple[str, str]]:
    """Where, on what, which objectives, how regularly it tells of it."""
    return [
        (_("Régions"), ", ".join(say_region(r, regions) for r in x.regions) or say_non_renseigne()),
        (_("Thèmes"), ", ".join(themes.get(t, t) for t in x.themes) or say_non_renseigne()),
        (
            _("Objectifs du PMM servis"),
            ", ".join(f"{pmm.get(n, n)} ({k})" for n, k in x.objectifs_pmm) or _("aucun n’est dit"),
        ),
        (_("Rôles"), _say_roles(x)),
        (
            _("Dernière ligne validée"),
            say_non_renseigne() if x.dernier is None else say_date_courte(get_jour(x.dernier)),
        ),
        (_("Régularité"), say_regularite(x)),
        (_("Siège dans"), _say_sieges(x)),
        (_("À sa charge"), say_ouvertes(x.recommandations)),
    ]


def _say_sieges(x: Portefeuille) -> str:
    """The bodies where it sits, and as what; how many, for who may not read the rows."""
    if not x.sieges:
        return _("aucune instance enregistrée")
    if not x.sieges_lisibles:
        return ngettext("{n} instance", "{n} instances", len(x.sieges)).format(n=say_nombre(len(x.sieges)))
    groupes: dict[str, list[str]] = {}
    for nom, m in x.sieges:
        groupes.setdefault(_("observateur") if m.observateur else say_libelle(m.college), []).append(nom)
    return " ; ".join(f"{', '.join(noms)} ({qualite})" for qualite, noms in groupes.items())


def _say_roles(x: Portefeuille) -> str:
    dits = [
        ngettext("chef de file de {n}", "chef de file de {n}", len(x.chef)).format(n=len(x.chef)),
        ngettext("partenaire de {n}", "partenaire de {n}", len(x.partenaire)).format(n=len(x.partenaire)),
        ngettext("bailleur de {n}", "bailleur de {n}", len(x.bailleur)).format(n=len(x.bailleur)),
    ]
    return ", ".join(dits)


def say_regularite(x: Portefeuille) -> str:
    """How many of the last quarters it told of something in."""
    faits = sum(dit for _code, dit in x.dits)
    return _("a dit quelque chose dans {n} des {t} derniers trimestres").format(n=faits, t=TRIMESTRES)


def list_argent(x: Portefeuille, devise: str) -> list[tuple[str, str, str, str, str]]:
    """Both readings of its money: name, budget, mobilised, paid, what is missing. Never added."""
    return [
        (_("Comme exécutant (chef de file)"), *_list_montants(x.execute, devise)),
        (_("Comme bailleur (sa part)"), *_list_montants(x.finance, devise)),
    ]


def _list_montants(argent: Argent, devise: str) -> tuple[str, str, str, str]:
    if not argent.interventions:
        return "—", "—", "—", _("aucune intervention")
    sommes = (argent.budget_fcfa, argent.mobilise_fcfa, argent.decaisse_fcfa)
    manques = []
    if argent.inconnus:
        manques.append(
            ngettext("{n} montant non renseigné", "{n} montants non renseignés", argent.inconnus).format(
                n=argent.inconnus
            )
        )
    if argent.reserves:
        manques.append(
            ngettext("{n} montant réservé", "{n} montants réservés", argent.reserves).format(n=argent.reserves)
        )
    budget, mobilise, decaisse = (say_montant(m, devise) for m in sommes)
    return budget, mobilise, decaisse, ", ".join(manques) or "—"


def say_montant(montant: int | None, devise: str) -> str:
    """FCFA, or euros at the fixed parity."""
    if montant is None:
        return say_non_renseigne()
    if devise == "XOF":
        return f"{say_compact(montant)}{INSECABLE}FCFA"
    return f"{say_compact(round(convert_xof_eur(montant)))}{INSECABLE}EUR"


def say_parite(devise: str) -> str:
    """How the money was counted and converted."""
    base = _("Deux lectures d’un même argent, jamais additionnées ; entre bailleurs, à parts égales.")
    if devise == "XOF":
        return base
    return f"{base} " + _("1 EUR = {p} FCFA, parité fixe.").format(p=say_nombre(PARITE_EUR, 3))


def list_trimestres(x: Portefeuille) -> list[tuple[str, bool]]:
    """The last quarters and whether something was told."""
    lus = [(Trimestre.from_code(code), dit) for code, dit in x.dits]
    return [(say_trimestre(t.annee, t.numero), dit) for t, dit in lus]
