"""The region sheet's sentences."""

from __future__ import annotations

from collections.abc import Sequence

from ccm_data.domain.vocabulaire import CategorieActeur, StatutComite
from ccm_data.queries.region import Du, FicheRegion
from ccm_data.textes import _, ngettext
from ccm_data.typographie import say_court, say_date_courte, say_nombre

CREES = (StatutComite.CREE, StatutComite.FORME, StatutComite.OPERATIONNEL)
# The sheet holds on one printed page whatever was typed: lists stop at so many signs and say how many are left.
LETTRES_NOM, LETTRES_UNITE, LETTRES_ACTEURS, LETTRES_COMITES = 52, 24, 90, 400
LETTRES_INSTANCES, LETTRES_INSTANCES_DENSE = 150, 70
LETTRES_ACTEURS_DENSE = 57
ACTIVITES_MAX = 7  # beyond, the sheet is printed closer
CODES_DUS = 9


def is_dense(fiche: FicheRegion) -> bool:
    """More activities than a page holds at its usual size?"""
    return len(fiche.activites) > ACTIVITES_MAX


def say_noms(noms: Sequence[str], lettres: int, separateur: str) -> str:
    """The names that fit in so many signs (at least one, long ones cut), then how many more: « A · B · +12 »."""
    gardes: list[str] = []
    for nom in (say_court(nom, LETTRES_NOM) for nom in noms):
        if gardes and len(separateur.join([*gardes, nom])) > lettres:
            break
        gardes.append(nom)
    reste = len(noms) - len(gardes)
    return separateur.join([*gardes, f"+{say_nombre(reste)}"] if reste else gardes)


def say_comites(fiche: FicheRegion) -> str:
    """The committees by name."""
    return say_noms([nom for nom, _statut, _langues in fiche.comites], LETTRES_COMITES, " · ")


def say_instances(fiche: FicheRegion) -> str:
    """The region's bodies and when each last met: « GTM Agadez (12 sept. 2026) · CCM Agadez (aucune rencontre) »."""
    dites = [
        _("{nom} ({jour})").format(
            nom=say_court(nom, LETTRES_NOM - 20),
            jour=_("aucune rencontre validée") if jour is None else say_date_courte(jour),
        )
        for nom, jour in fiche.instances
    ]
    return say_noms(dites, LETTRES_INSTANCES_DENSE if is_dense(fiche) else LETTRES_INSTANCES, " · ")


def list_acteurs(fiche: FicheRegion) -> list[tuple[CategorieActeur, str]]:
    """Who works there: category, names."""
    lettres = LETTRES_ACTEURS_DENSE if is_dense(fiche) else LETTRES_ACTEURS
    return [(categorie, say_noms(noms, lettres, ", ")) for categorie, noms in fiche.acteurs]


def list_prevus(fiche: FicheRegion) -> dict[str, tuple[str, str]]:
    """Activity → (planned number, its unit), in words."""
    return {code: (say_nombre(n), say_court(unite, LETTRES_UNITE)) for code, (n, unite) in fiche.nombres.items()}


def count_comites(fiche: FicheRegion) -> int | None:
    """Committees created; None when the region said nothing about them."""
    return sum(n for s, n in fiche.comites_par_statut if s in CREES) if fiche.comites_rapportes else None


def list_statuts(fiche: FicheRegion) -> list[tuple[int, str]]:
    """How many committees stand where: « 2 créés »."""
    mots = {
        StatutComite.PLANIFIE: lambda n: ngettext("planifié", "planifiés", n),
        StatutComite.CREE: lambda n: ngettext("créé", "créés", n),
        StatutComite.FORME: lambda n: ngettext("formé", "formés", n),
        StatutComite.OPERATIONNEL: lambda n: ngettext("opérationnel", "opérationnels", n),
    }
    return [(n, mots[s](n)) for s, n in fiche.comites_par_statut]


def say_titre_region(fiche: FicheRegion) -> str:
    """« Agadez : 6 comités de veille sur 9, 3 rapports en retard »."""
    comites, prevu = count_comites(fiche), fiche.nombres.get("3.1.1")
    if comites is None:
        debut = _("comités de veille non renseignés")
    elif prevu is not None:
        debut = ngettext("{n} comité de veille sur {p}", "{n} comités de veille sur {p}", comites).format(
            n=say_nombre(comites), p=say_nombre(prevu[0])
        )
    else:
        debut = ngettext("{n} comité de veille", "{n} comités de veille", comites).format(n=comites)
    retards = sum(d.etat == "en_retard" for d in fiche.dus)
    if retards:
        fin = ngettext("{n} rapport en retard", "{n} rapports en retard", retards).format(n=retards)
    else:
        # Without an activity of its own a region owes nothing: that is not « up to date ».
        fin = _("rapports à jour") if fiche.activites else _("aucun rapport attendu")
    return f"{fiche.resume.nom} : {debut}, {fin}"


def say_sous_titre_region(fiche: FicheRegion) -> str:
    """Perimeter, population and last report."""
    return _("Région : {nom} · {n} habitants (RGP/H 2012) · {r}").format(
        nom=fiche.resume.nom, n=say_nombre(fiche.resume.population), r=fiche.resume.dernier_rapport
    )


def say_du(du: Du) -> str:
    """What is said beside a report owed."""
    if du.etat == "retourne":
        return _("retourné : à corriger et renvoyer")
    return _("en retard") if du.etat == "en_retard" else _("à rendre")


def _join(codes: list[str]) -> str:
    suite = [f"+{len(codes) - CODES_DUS}"] if len(codes) > CODES_DUS else []
    return ", ".join([*codes[:CODES_DUS], *suite])


def list_dus(fiche: FicheRegion, nombre: int = 5) -> list[tuple[str, str, str]]:
    """(date, what, state) of the reports owed, one line per quarter: the oldest first."""
    groupes: dict[tuple[str, str, str], list[str]] = {}
    for du in fiche.dus:
        groupes.setdefault((say_date_courte(du.echeance), du.trimestre, say_du(du)), []).append(du.activite_code)
    lignes = [
        (jour, _("Rapport {t} : {a}").format(t=trimestre, a=_join(codes)), etat)
        for (jour, trimestre, etat), codes in groupes.items()
    ]
    if fiche.prochain is not None:
        trimestre, echeance = fiche.prochain
        lignes.append((say_date_courte(echeance), _("Rapport {t}").format(t=trimestre), _("à venir")))
    return lignes[:nombre]
