"""Names of thresholds and delays, with their units."""

from __future__ import annotations

from ccm_data.textes import N_, _
from ccm_data.typographie import say_nombre

NOMS = {
    "en_bonne_voie": N_("« En bonne voie » à partir de (ratio)"),
    "a_surveiller": N_("« À surveiller » à partir de (ratio)"),
    "delai_rapport_jours": N_("Délai de rapport après le trimestre (jours)"),
    "premier_trimestre_du": N_("Premier trimestre dû (AAAA-T1)"),
    "alerte_paye": N_("Alerte : payé à partir de (ratio)"),
    "alerte_fait": N_("Alerte : fait à moins de (ratio)"),
    "alerte_sans_maj_trimestres": N_("Alerte : sans mise à jour depuis (trimestres)"),
    "alerte_sans_paiement_mois": N_("Alerte : sans paiement depuis le début prévu (mois)"),
    "delai_couverture_jours": N_("Couverture : dit depuis moins de (jours)"),
    "delai_dossier_jours": N_("Dossier d’une rencontre partagé avant elle (jours)"),
    "comite_endormi_mois": N_("Comité de veille en sommeil sans activité depuis plus de (mois)"),
    "petits_effectifs": N_("Effectifs masqués en public en dessous de (personnes)"),
}


def say_seuil(nom: str) -> str:
    """The threshold in words."""
    return _(NOMS.get(nom, nom))


def say_valeur_seuil(valeur: float | int | str) -> str:
    """« 0,9 », « 15 », « 2026-T1 »: as it is typed."""
    return valeur if isinstance(valeur, str) else say_nombre(valeur, 4)
