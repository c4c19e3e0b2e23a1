"""The region sheet's sentences."""

from __future__ import annotations

from ccm_data.domain.vocabulaire import StatutComite
from ccm_data.queries.region import Du, FicheRegion
from ccm_data.textes import _, ngettext
from ccm_data.typographie import say_date_courte, say_nombre

CREES = (StatutComite.CREE, StatutComite.FORME, StatutComite.OPERATIONNEL)


def count_comites(fiche: FicheRegion) -> int | None:
    """Committees created; None when the region said nothing about them."""
    return sum(n for s, n in fiche.comites_par_statut if s in CREES) if fiche.comites_rapportes else None


def say_titre_region(fiche: FicheRegion) -> str:
    """« Agadez : 6 comités de veille sur 9, 3 rapports en retard »."""
    comites, prevu = count_comites(fiche), fiche.nombres.get("3.1.1")
    if comites is None:
        debut = _("comités de veille non renseignés")
    elif prevu is not None:
        debut = ngettext("{n} comité de veille sur {p}", "{n} comités de veille sur {p}", comites).format(
            n=comites, p=prevu[0]
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


def list_dus(fiche: FicheRegion, nombre: int = 5) -> list[tuple[str, str, str]]:
    """(date, what, state) of the reports owed, one line per quarter: the oldest first."""
    groupes: dict[tuple[str, str, str], list[str]] = {}
    for du in fiche.dus:
        groupes.setdefault((say_date_courte(du.echeance), du.trimestre, say_du(du)), []).append(du.activite_code)
    lignes = [
        (jour, _("Rapport {t} : {a}").format(t=trimestre, a=", ".join(codes)), etat)
        for (jour, trimestre, etat), codes in groupes.items()
    ]
    if fiche.prochain is not None:
        trimestre, echeance = fiche.prochain
        lignes.append((say_date_courte(echeance), _("Rapport {t}").format(t=trimestre), _("à venir")))
    return lignes[:nombre]
