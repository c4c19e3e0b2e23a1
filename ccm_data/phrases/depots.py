"""The sentences of deposits."""

from __future__ import annotations

from collections.abc import Sequence

from ccm_data.domain.vocabulaire import EtatSuivi
from ccm_data.imports.attente import LigneEnCours
from ccm_data.queries.depots import DepotLu
from ccm_data.textes import _, ngettext
from ccm_data.typographie import say_instant, say_nombre

ORDRE = (EtatSuivi.RETOURNE, EtatSuivi.SOUMIS, EtatSuivi.BROUILLON, EtatSuivi.VALIDE, EtatSuivi.REMPLACE)


def say_titre_depots(depots: Sequence[DepotLu]) -> str:
    """« 2 dépôts attendent la validation »."""
    attente = sum(1 for d in depots if EtatSuivi.SOUMIS in d.etats)
    retournes = sum(1 for d in depots if EtatSuivi.RETOURNE in d.etats)
    if retournes:
        return ngettext("{n} dépôt est à corriger", "{n} dépôts sont à corriger", retournes).format(n=retournes)
    if attente:
        return ngettext("{n} dépôt attend la validation", "{n} dépôts attendent la validation", attente).format(
            n=attente
        )
    return _("Mes dépôts")


def _say_etat(etat: EtatSuivi, n: int) -> str:
    mots = {
        EtatSuivi.RETOURNE: ngettext("{n} retournée", "{n} retournées", n),
        EtatSuivi.SOUMIS: ngettext("{n} en attente", "{n} en attente", n),
        EtatSuivi.BROUILLON: ngettext("{n} en brouillon", "{n} en brouillon", n),
        EtatSuivi.VALIDE: ngettext("{n} validée", "{n} validées", n),
        EtatSuivi.REMPLACE: ngettext("{n} remplacée", "{n} remplacées", n),
    }
    return mots[etat].format(n=n)


def say_etats(depot: DepotLu) -> str:
    """« 3 validées, 1 retournée », or that it was taken back."""
    if depot.retire_le is not None:
        return _("retiré le {d}").format(d=say_instant(depot.retire_le))
    return ", ".join(_say_etat(e, depot.etats[e]) for e in ORDRE if depot.etats.get(e)) or _(
        "remplacé par un autre dépôt"
    )


def say_ligne_depot(depot: DepotLu) -> tuple[str, str, str, str, str, str]:
    """(number, when, by whom, file and hash, rows, state)."""
    lignes = say_nombre(depot.lignes)
    if depot.ecartees:
        lignes += " " + ngettext("({n} écartée)", "({n} écartées)", depot.ecartees).format(n=depot.ecartees)
    fichier = depot.nom_fichier or _("formulaire")
    empreinte = f" · {depot.empreinte[:12]}…" if depot.empreinte else ""
    return depot.numero, say_instant(depot.cree_le), depot.auteur, fichier + empreinte, lignes, say_etats(depot)


def say_choix_depot(depot: DepotLu) -> str:
    """A deposit in a list."""
    return f"{depot.numero} · {depot.nom_fichier or ''} · {say_instant(depot.cree_le)}"


def say_retrait(n: int) -> str:
    """What a withdrawal did."""
    return ngettext(
        "Dépôt retiré : {n} ligne redevient un brouillon.", "Dépôt retiré : {n} lignes redeviennent des brouillons.", n
    ).format(n=n)


def say_en_cours(ligne: LigneEnCours) -> str:
    """« à corriger · 3.1.3, T3 2026, Agadez »."""
    etats = {
        EtatSuivi.RETOURNE: _("à corriger"),
        EtatSuivi.BROUILLON: _("brouillon"),
        EtatSuivi.SOUMIS: _("en attente de validation"),
    }
    return f"{etats[ligne.etat]} · {ligne.objet}"
