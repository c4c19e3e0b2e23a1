"""The action plan's sentences."""

from __future__ import annotations

from datetime import date

from ccm_data.domain.alertes import FIN_DEPASSEE
from ccm_data.domain.vocabulaire import StatutActivite
from ccm_data.libelles import say_libelle
from ccm_data.queries.avancement import Avancement
from ccm_data.queries.calendrier import LigneCalendrier
from ccm_data.textes import _, ngettext
from ccm_data.typographie import say_date_courte, say_pourcent


def say_titre_plan(lignes: tuple[LigneCalendrier, ...], avancement: Avancement) -> str:
    """How many are complete, how many ended without completion."""
    codes = {x.activite.code for x in lignes}
    achevees = sum(x.activite.statut_activite is StatutActivite.ACHEVEE for x in lignes)
    echues = sum(a.code == FIN_DEPASSEE and a.activite_code in codes for a in avancement.alertes)
    if not lignes:
        return _("Aucune activité dans ce périmètre")
    if not echues and all(x.activite.statut_activite is None for x in lignes):
        return _("Aucun avancement n’est encore renseigné")  # silence is not « none is complete »
    debut = ngettext("{n} activité achevée sur {total}", "{n} activités achevées sur {total}", achevees).format(
        n=achevees, total=len(lignes)
    )
    if not echues:
        return debut
    fin = ngettext("{n} est échue et inachevée", "{n} sont échues et inachevées", echues).format(n=echues)
    return f"{debut} ; {fin}"


def say_non_programmees(lignes: tuple[LigneCalendrier, ...]) -> str:
    """Activities that bear no year, neither the plan's nor one whose amount the SP/CCM entered; empty without any."""
    codes = [x.activite.code for x in lignes if not x.activite.annees]
    if not codes:
        return ""
    return ngettext(
        "{liste} ne porte aucune année : non programmée.",
        "{liste} ne portent aucune année : non programmées.",
        len(codes),
    ).format(liste=", ".join(codes))


def say_dates(ligne: LigneCalendrier) -> str:
    """Actual dates in words."""
    if ligne.debut is None:
        return _("dates réelles non renseignées")
    fin = say_date_courte(ligne.fin) if ligne.fin else _("en cours")
    return f"{say_date_courte(ligne.debut)} → {fin}"


def say_ligne(ligne: LigneCalendrier) -> str:
    """A row in one sentence, for who cannot see the bars."""
    a = ligne.activite
    annees = ", ".join(map(str, a.annees)) or _("non programmée")
    fait = say_pourcent(None if a.avancement is None else a.avancement / 100)
    return _("prévue : {annees} ; réelle : {dates} ; réalisé {p}").format(annees=annees, dates=say_dates(ligne), p=fait)


def say_statut_activite(ligne: LigneCalendrier) -> str:
    """The activity's own status, as reported."""
    statut = ligne.activite.statut_activite
    return _("non renseignée") if statut is None else say_libelle(statut)


def is_depassee(ligne: LigneCalendrier, jour: date) -> bool:
    """Its last year is over and it is not complete."""
    a = ligne.activite
    return bool(a.annees) and jour >= date(max(a.annees), 12, 31) and a.statut_activite is not StatutActivite.ACHEVEE
