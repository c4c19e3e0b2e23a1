"""The rows of the registers as dated facts, indicator by indicator: what counts, from which day to which, where.

Rows are plain mappings of the tables' columns, validated ones alone; missing values are None. Choices of this file:
- the register of an indicator is the rows of the kind that it counts (study trips alone for 4.d): a register of
  conventions says nothing of trips, neither zero nor more;
- 1.d adds up attendances of the State's, local authorities', OSC's and companies' agents; the population is no agent of a
  structure, and trainings are another thing (they are the ceiling of 2.3.b): both stand beside;
- 2.4.a and 2.4.b count actors of the category « OSC », and the REMIDDH, a network that gathers OSC (8.2); other networks
  and groups of migrants are no OSC. An observer is no member, and stands beside;
- 4.d counts every study trip: « à l'international » is abroad, as all of them are, and 4.a to 4.c name the three levels
  where they mean them; the levels stand beside;
- 3.1.a counts a committee at its creation, whatever became of it; a planned one is none;
- 2.1.a, 2.1.b and 2.3.a: the verdict is today's knowledge, the facts are the interventions' own days; a duplicate is open
  from the day when both have begun until what was done about it.
Source: règles de calcul, 2 (table « counted by ») and 2.7.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from ccm_data.domain.calendrier import Trimestre
from ccm_data.domain.couverture import EN_COURS, TERMINE
from ccm_data.domain.derivations import Fait, Registre, Sous
from ccm_data.domain.listes import split_liste
from ccm_data.domain.repartition import NATIONAL
from ccm_data.domain.verdicts import OUVERTES
from ccm_data.domain.vocabulaire import (
    CadreAppui,
    CategorieActeur,
    EtatRequete,
    NatureEtape,
    NatureSensibilisation,
    NiveauPartenariat,
    ObjetEvaluation,
    StatutComite,
    TypeInstance,
    TypePartenariat,
    VerdictPaire,
)

Rangee = Mapping[str, Any]
# Categories of agents, in the order of the columns; « population » is counted apart.
AGENTS: Final = ("etat", "collectivites", "osc", "prive")
SEXES: Final = ("femmes", "hommes")
RESEAU_D_OSC: Final = "remiddh"
RAPPROCHEMENTS: Final = "rapprochements"
PARTENARIATS: Final = {
    "4.a": TypePartenariat.RENCONTRE,
    "4.b": TypePartenariat.OUTIL,
    "4.c": TypePartenariat.CONVENTION,
    "4.d": TypePartenariat.VOYAGE,
}


@dataclass(frozen=True)
class Tables:
    """The registers, row by row, with what they refer to.

    `requetes` bear `transmise_le`; `evaluations` are the final ones, with `date_evaluation`; `instances`: code →
    (type, region or None); `categories`: actor → category; `titres`: activity → title.
    """

    appuis: Sequence[Rangee] = ()
    requetes: Sequence[Rangee] = ()
    sensibilisations: Sequence[Rangee] = ()
    verdicts: Sequence[Rangee] = ()
    interventions: Sequence[Rangee] = ()
    rencontres: Sequence[Rangee] = ()
    membres: Sequence[Rangee] = ()
    comites: Sequence[Rangee] = ()
    partenariats: Sequence[Rangee] = ()
    etapes: Sequence[Rangee] = ()
    evaluations: Sequence[Rangee] = ()
    mises_a_jour: Sequence[Rangee] = ()
    instances: Mapping[str, tuple[str, str | None]] | None = None
    categories: Mapping[str, str] | None = None
    titres: Mapping[str, str] | None = None


def is_osc(acteur: str, categories: Mapping[str, str]) -> bool:
    """Does this actor count among the OSC?"""
    return acteur == RESEAU_D_OSC or categories.get(acteur) == CategorieActeur.OSC


def _make_fait(sujet: str, ligne: Rangee, jour: str, **champs: Any) -> Fait:
    """A row of a register as a fact of its own."""
    numero = f"{sujet}:{ligne['id']}"
    region = ligne.get("region_code")
    defauts = {"cle": numero, "intitule": str(ligne.get("intitule") or ""), "regions": (region,) if region else ()}
    return Fait(ligne=numero, debut=ligne[jour], **(defauts | champs))


def _make_appuis(tables: Tables) -> Iterable[Registre]:
    par_cadre = {cadre: [x for x in tables.appuis if x["cadre"] == cadre] for cadre in CadreAppui}
    institutionnels = par_cadre[CadreAppui.INSTITUTIONNEL]
    faits = tuple(_make_fait("appui", x, "date_debut", cle=str(x["institution_code"])) for x in institutionnels)
    appuis = tuple(_make_fait("appui", x, "date_debut") for x in institutionnels)
    yield Registre("1.a", "distinct", faits, (Sous("appuis", "cumul", appuis),))
    drec = tuple(_make_fait("appui", x, "date_debut") for x in par_cadre[CadreAppui.DREC_MR])
    yield Registre("3.1.b", "cumul", drec, depuis_zero=True)


def _make_requetes(tables: Tables) -> Iterable[Registre]:
    """Every request is a row of the register; it counts from the day when it was passed on."""
    faits = tuple(
        replace(
            _make_fait("requete", x, "transmise_le" if x["transmise_le"] else "recue_le", intitule=str(x["numero"])),
            compte=x["transmise_le"] is not None,
            objet="requetes_refusees" if x["etat"] == EtatRequete.REFUSEE else "lignes_validees",
            acteurs=(str(x["demandeur_code"]),) if x["demandeur_code"] else (),
        )
        for x in tables.requetes
    )
    recues = tuple(_make_fait("requete", x, "recue_le") for x in tables.requetes)
    yield Registre("1.b", "cumul", faits, (Sous("recues", "cumul", recues),), depuis_zero=True)


def _sum_effectifs(ligne: Rangee, categories: Sequence[str], sexes: Sequence[str] = SEXES) -> int | None:
    """How many took part; None when the row says it of none of these."""
    lus = [ligne.get(f"{categorie}_{sexe}") for categorie in categories for sexe in sexes]
    connus = [int(n) for n in lus if n is not None]
    return sum(connus) if connus else None


def _make_effectifs(
    lignes: Iterable[Rangee], categories: Sequence[str], sexes: Sequence[str] = SEXES
) -> tuple[Fait, ...]:
    return tuple(
        _make_fait("sensibilisation", x, "date_debut", nombre=_sum_effectifs(x, categories, sexes)) for x in lignes
    )


def _make_sensibilisations(tables: Tables) -> Iterable[Registre]:
    missions = [x for x in tables.sensibilisations if x["nature"] == NatureSensibilisation.MISSION]
    formations = [x for x in tables.sensibilisations if x["nature"] == NatureSensibilisation.FORMATION]
    autres = [x for x in tables.sensibilisations if x["nature"] != NatureSensibilisation.FORMATION]
    faits = tuple(_make_fait("sensibilisation", x, "date_debut") for x in missions)
    yield Registre("1.c", "cumul", faits, depuis_zero=True)
    formes = _make_effectifs(formations, AGENTS)
    a_cote = [Sous(categorie, "cumul", _make_effectifs(autres, (categorie,))) for categorie in AGENTS]
    a_cote += [Sous(sexe, "cumul", _make_effectifs(autres, AGENTS, (sexe,))) for sexe in SEXES]
    a_cote += [Sous("population", "cumul", _make_effectifs(autres, ("population",))), Sous("formes", "cumul", formes)]
    yield Registre("1.d", "cumul", _make_effectifs(autres, AGENTS), tuple(a_cote), depuis_zero=True)
    yield Registre("2.3.b", "cumul", formes, (Sous("plafond", "cumul", formes),), derive=False)


def _list_regions(intervention: Rangee | None) -> tuple[str, ...]:
    codes = () if intervention is None else split_liste(intervention["regions"])
    return tuple(code for code in codes if code != NATIONAL)


def _list_acteurs(intervention: Rangee | None) -> tuple[str, ...]:
    """Who acts: the lead and its partners. A funder is not in synergy with those it pays."""
    if intervention is None:
        return ()
    return tuple(dict.fromkeys((str(intervention["acteur_code"]), *split_liste(intervention["partenaires"]))))


def _list_nommes(intervention: Rangee | None) -> tuple[str, ...]:
    """Every organisation that a pair names, funders included: they may read it."""
    return (*_list_acteurs(intervention), *(split_liste(intervention["bailleurs"]) if intervention else ()))


def _make_action(ligne: Rangee, **champs: Any) -> Fait:
    """An intervention while it is under way; one that is over was so until its last day, where that is known."""
    active = ligne["statut"] == EN_COURS or (ligne["statut"] == TERMINE and ligne["date_fin"] is not None)
    defauts: dict[str, Any] = {
        "cle": ligne["code"], "intitule": str(ligne["titre"]), "regions": _list_regions(ligne), "compte": active,
        "fin": ligne["date_fin"], "acteurs": _list_nommes(ligne),
    }  # fmt: skip
    return _make_fait("intervention", ligne, "date_debut", **(defauts | champs))


def _make_verdicts(tables: Tables) -> Iterable[Registre]:
    par_code = {str(x["code"]): x for x in tables.interventions}
    paires: list[Fait] = []
    doublons: list[Fait] = []
    synergies: list[Fait] = []
    complementaires: dict[str, tuple[str, ...]] = {}
    for v in tables.verdicts:
        deux = [(str(v[c]), par_code.get(str(v[c]))) for c in ("code_a", "code_b")]
        debuts = [x["date_debut"] for _code, x in deux if x is not None and x["date_debut"] is not None]
        regions = tuple(dict.fromkeys(r for _code, x in deux for r in _list_regions(x)))
        nommes = tuple(dict.fromkeys(a for _code, x in deux for a in _list_nommes(x)))
        paire = Fait(
            f"verdict:{v['id']}", f"verdict:{v['id']}", " ; ".join(code for code, _x in deux), max(debuts, default=None),
            regions=regions, objet=RAPPROCHEMENTS, acteurs=nommes,
        )  # fmt: skip
        paires.append(paire)
        regle_le = None if v["suite"] in OUVERTES else v["suite_le"]
        for code, x in deux:
            sien = replace(paire, cle=code, intitule=str(x["titre"]) if x else code, regions=_list_regions(x))
            if v["verdict"] == VerdictPaire.DOUBLON:
                doublons.append(replace(sien, fin=regle_le - timedelta(days=1) if regle_le else None))
            elif v["verdict"] == VerdictPaire.COMPLEMENTAIRE and x is not None:
                complementaires[code] = (*complementaires.get(code, ()), *nommes)
                synergies += [replace(sien, cle=acteur) for acteur in _list_acteurs(x)]
    temoins = tuple(replace(p, compte=False) for p in paires)
    examines = (Sous("examines", "etat", tuple(paires)),)
    yield Registre("2.1.a", "etat", (*doublons, *temoins), examines)
    actions = tuple(
        _make_action(par_code[code], objet=RAPPROCHEMENTS, acteurs=nommes) for code, nommes in complementaires.items()
    )
    yield Registre("2.1.b", "etat", (*actions, *temoins), examines)
    conjointes = tuple(
        _make_action(x, cle=acteur) for x in tables.interventions if split_liste(x["partenaires"]) for acteur in _list_acteurs(x)
    )  # fmt: skip
    a_cote = (Sous("par_verdict", "etat", tuple(synergies)), Sous("conjointes", "etat", conjointes))
    yield Registre("2.3.a", "etat", (*synergies, *conjointes, *temoins), a_cote)


def _make_rencontres(tables: Tables) -> Iterable[Registre]:
    instances, categories = tables.instances or {}, tables.categories or {}
    tenues: list[Fait] = []
    reunions: list[Fait] = []
    presents: list[Fait] = []
    participations: list[Fait] = []
    for x in tables.rencontres:
        nature, lieu = instances.get(str(x["instance_code"]), ("", None))
        region = x["region_code"] or lieu
        fait = _make_fait(
            "rencontre", x, "date_rencontre", intitule=str(x["intitule"] or x["code"]), regions=(region,) if region else (),
            compte=not x["annulee"],
        )  # fmt: skip
        # A meeting of which nobody noted who came says nothing of attendance; its figures are « au moins ».
        muette = replace(fait, nombre=None)
        venus = [replace(fait, cle=acteur) for acteur in dict.fromkeys(split_liste(x["presents"]))] or [muette]
        osc = [replace(f, cle=f"{x['code']}|{f.cle}") for f in venus if is_osc(f.cle, categories)]
        tenues.append(fait)
        # Nobody of an OSC came: the meeting shows that attendance is noted, and counts none.
        participations += osc or ([muette] if venus == [muette] else [replace(fait, compte=False)])
        if nature == TypeInstance.CADRE_PROTECTION:
            reunions.append(fait)
            presents += venus
    yield Registre("2.2.a", "distinct_annee", tuple(presents))
    yield Registre("2.2.b", "cumul", tuple(reunions), depuis_zero=True)
    yield Registre(
        "2.4.b", "cumul", tuple(participations), (Sous("rencontres", "cumul", tuple(tenues)),), depuis_zero=True
    )


def _make_membres(tables: Tables) -> Iterable[Registre]:
    instances, categories = tables.instances or {}, tables.categories or {}
    faits: list[Fait] = []
    observateurs: list[Fait] = []
    for x in tables.membres:
        region = x["region_code"] or instances.get(str(x["instance_code"]), ("", None))[1]
        membre = str(x["membre_code"])
        fait = _make_fait(
            "membre_instance", x, "admis_le", cle=membre, intitule=str(x["instance_code"]),
            regions=(region,) if region else (), fin=x["sorti_le"] - timedelta(days=1) if x["sorti_le"] else None,
        )  # fmt: skip
        osc = is_osc(membre, categories)
        faits.append(replace(fait, compte=osc and not x["observateur"]))
        if osc and x["observateur"]:
            observateurs.append(fait)
    yield Registre("2.4.a", "etat", tuple(faits), (Sous("observatrices", "etat", tuple(observateurs)),))


def _make_comites(tables: Tables) -> Iterable[Registre]:
    faits: list[Fait] = []
    operationnels: list[Fait] = []
    dissous: list[Fait] = []
    for x in tables.comites:
        cree = x["statut"] != StatutComite.PLANIFIE
        fait = _make_fait("comite_veille", x, "date_creation", intitule=str(x["nom"]), compte=cree)
        faits.append(fait)
        dissolution = x["date_dissolution"]
        if x["statut"] == StatutComite.OPERATIONNEL:
            fin = dissolution - timedelta(days=1) if dissolution else None
            operationnels.append(replace(fait, debut=x["date_operationnel"] or fait.debut, fin=fin))
        if cree and dissolution:
            dissous.append(replace(fait, debut=dissolution))
    a_cote = (Sous("operationnels", "etat", tuple(operationnels)), Sous("dissous", "etat", tuple(dissous)))
    yield Registre("3.1.a", "cumul", tuple(faits), a_cote, depuis_zero=True)


def _make_partenariats(tables: Tables) -> Iterable[Registre]:
    for code, nature in PARTENARIATS.items():
        siens = [
            (_make_fait("partenariat", x, "date_debut"), x["niveau"])
            for x in tables.partenariats
            if x["type"] == nature
        ]
        a_cote = [Sous(n.value, "cumul", tuple(f for f, niveau in siens if niveau == n)) for n in NiveauPartenariat]
        faits = tuple(f for f, _niveau in siens)
        yield Registre(code, "cumul", faits, tuple(a_cote), depuis_zero=True)


def _make_evaluations(tables: Tables) -> Iterable[Registre]:
    """An activity counts once it is both evaluated and followed: from the later of the two days."""
    suivies: dict[str, date] = {}
    for x in tables.mises_a_jour:
        fin = Trimestre(int(x["annee"]), int(x["trimestre"])).fin
        suivies[str(x["activite_code"])] = min(fin, suivies.get(str(x["activite_code"]), fin))
    activites: list[Fait] = []
    interventions: list[Fait] = []
    for x in tables.evaluations:
        code = str(x["objet_code"])
        fait = _make_fait("evaluation", x, "date_evaluation", cle=code, intitule=(tables.titres or {}).get(code, code))
        if x["objet"] == ObjetEvaluation.INTERVENTION:
            interventions.append(fait)
        else:
            debut = max(x["date_evaluation"], suivies.get(code, x["date_evaluation"]))
            activites.append(replace(fait, debut=debut, compte=code in suivies))
    yield Registre(
        "5.b", "distinct", tuple(activites), (Sous("interventions", "distinct", tuple(interventions)),), True
    )


def _make_etapes(tables: Tables) -> Iterable[Registre]:
    tenues = {str(x["code"]): x["date_rencontre"] for x in tables.rencontres if not x["annulee"]}
    adoptions = tuple(
        replace(
            _make_fait("etape_perennisation", x, "date_etape", intitule=str(x["rencontre_code"])),
            debut=max(x["date_etape"], tenues[str(x["rencontre_code"])]),
        )
        for x in tables.etapes
        if x["nature"] == NatureEtape.ADOPTION and x["rencontre_code"] in tenues
    )
    yield Registre("5.c", "niveau", adoptions)


def make_registres(tables: Tables) -> dict[str, Registre]:
    """Every indicator that a register counts, or lays figures beside, by code."""
    faiseurs = (
        _make_appuis, _make_requetes, _make_sensibilisations, _make_verdicts, _make_rencontres, _make_membres,
        _make_comites, _make_partenariats, _make_evaluations, _make_etapes,
    )  # fmt: skip
    return {registre.code: registre for faiseur in faiseurs for registre in faiseur(tables)}
