"""Sentences about indicators: « 30 sur 60 (50 %) », « au moins 30 … », « reporté du T2 2024 »; never a bare percentage.

Source: règles de calcul, 2.1, 2.2, 2.4, 2.6, 2.7; where the figure comes from (2.13) is in `phrases/derivations.py`.
"""

from __future__ import annotations

from ccm_data.domain.realise import Realise
from ccm_data.domain.statut import Taux
from ccm_data.domain.vocabulaire import Sens, StatutIndicateur
from ccm_data.libelles import say_libelle
from ccm_data.queries.fiche_indicateur import MASQUE, Repere
from ccm_data.queries.indicateurs import CadreLogique, LigneIndicateur
from ccm_data.textes import _, ngettext
from ccm_data.typographie import say_nombre, say_non_renseigne, say_pourcent, say_trimestre


def say_valeur(realise: Realise) -> str:
    """The figure or the level alone; « au moins » when parts are missing."""
    if realise.niveau is not None:
        return realise.niveau
    if realise.motif == MASQUE:
        return _("masqué (petit effectif)")
    if realise.valeur is None:
        return say_non_renseigne()
    valeur = say_nombre(realise.valeur, 1)
    return _("au moins {v}").format(v=valeur) if realise.plancher else valeur


def say_sur_cible(ligne: LigneIndicateur) -> str:
    """« 30 sur 60 », « 14 (base 31, cible 6) », « 118 · sans cible »."""
    valeur = say_valeur(ligne.realise)
    if ligne.definition.a_niveaux:
        cible_niveau = ligne.cibles.finale_niveau
        return valeur if cible_niveau is None else _("{v} · visé : {c}").format(v=valeur, c=cible_niveau)
    cible = ligne.statut.cible_finale
    if ligne.realise.valeur is None:
        return valeur
    if cible is None:
        return _("{v} · sans cible").format(v=valeur)
    base = ligne.definition.base
    if base is not None and (base != 0 or ligne.definition.sens is Sens.DECROISSANT):
        return _("{v} (base {b}, cible {c})").format(v=valeur, b=say_nombre(base, 1), c=say_nombre(cible, 1))
    return _("{v} sur {c}").format(v=valeur, c=say_nombre(cible, 1))


def say_taux(taux: Taux) -> str:
    """The rate with its meaning; empty when it has none."""
    if taux.valeur is None:
        return ""
    if taux.recul:
        return _("recul : {p}").format(p=say_pourcent(taux.valeur))
    if taux.imprime == "progression":
        return _("{p} du chemin").format(p=say_pourcent(taux.valeur))
    return say_pourcent(taux.valeur)


def say_complet(ligne: LigneIndicateur) -> str:
    """« 30 sur 60 (50 %) », with « base inconnue » where it matters."""
    taux = say_taux(ligne.taux)
    texte = say_sur_cible(ligne)
    if taux:
        # « 30 (base 20, cible 60) : 25 % du chemin », or a figure would be followed by two parentheses.
        texte = f"{texte} : {taux}" if texte.endswith(")") else f"{texte} ({taux})"
    return texte + (_(" · base inconnue") if ligne.taux.base_inconnue and taux else "")


def say_couverture(realise: Realise) -> str:
    """What the figure rests on, where parts are missing or old."""
    parties = []
    if realise.provisoire and realise.regions_attendues:
        parties.append(
            _("{t} trimestres sur {tt} ; {r} régions sur {rr}").format(
                t=realise.trimestres_renseignes,
                tt=realise.trimestres_attendus,
                r=realise.regions_renseignees,
                rr=realise.regions_attendues,
            )
        )
    elif realise.provisoire and realise.trimestres_attendus:
        parties.append(
            _("{t} trimestres sur {tt}").format(t=realise.trimestres_renseignes, tt=realise.trimestres_attendus)
        )
    if realise.reporte and realise.dernier is not None:
        parties.append(_("reporté du {t}").format(t=say_trimestre(realise.dernier.annee, realise.dernier.numero)))
    return " · ".join(parties)


def say_titre_indicateurs(cadre: CadreLogique) -> str:
    """« 12 indicateurs sur 26 sont atteints ou en bonne voie ; 4 sont en retard »."""
    comptes = dict(cadre.comptes)
    bons = comptes[StatutIndicateur.ATTEINT] + comptes[StatutIndicateur.EN_BONNE_VOIE]
    retards = comptes[StatutIndicateur.EN_RETARD]
    if comptes[StatutIndicateur.NON_RENSEIGNE] == len(cadre.lignes):
        return _("Aucun indicateur n’est encore renseigné")
    debut = ngettext(
        "{n} indicateur sur {total} est atteint ou en bonne voie",
        "{n} indicateurs sur {total} sont atteints ou en bonne voie",
        bons,
    ).format(n=bons, total=len(cadre.lignes))
    fin = ngettext("{n} est en retard", "{n} sont en retard", retards).format(n=retards)
    return f"{debut} ; {fin}"


def say_titre_fiche(ligne: LigneIndicateur) -> str:
    """The sheet's message: figure against target and status; what is not reported is said once."""
    if ligne.statut.code is StatutIndicateur.NON_RENSEIGNE:
        return f"{ligne.libelle} : {say_non_renseigne()}"
    return f"{ligne.libelle} : {say_complet(ligne)}, {say_libelle(ligne.statut.code).lower()}"


def say_repere(repere: Repere) -> tuple[str, str]:
    """What a target or the baseline is, and its figure or level in words."""
    if repere.statut_base is not None:
        connu = repere.valeur is not None
        return _("Base au 31 décembre 2021"), say_nombre(repere.valeur, 1) if connu else say_libelle(repere.statut_base)
    nom = _("Cible finale annoncée") if repere.annee is None else _("Cible {a}").format(a=repere.annee)
    return nom, repere.niveau or say_nombre(repere.valeur, 1)


def say_sans_valeur(ligne: LigneIndicateur) -> tuple[str, str]:
    """In the place of the curve: nothing to draw yet, and what will begin it."""
    if ligne.realise.motif == MASQUE:
        return _("Les valeurs sont masquées (petit effectif)."), _("Connectez-vous pour lire la courbe.")
    if ligne.source.registre is None:
        return _("Aucune valeur à cette date."), _("La courbe commence à la première valeur déclarée et validée.")
    return (
        _("Aucune valeur à cette date."),
        _("La courbe commence à la première ligne validée du registre, ou à la première valeur déclarée."),
    )


def say_score(cadre: CadreLogique, axe: str) -> str:
    """« 62 % sur 4 indicateurs renseignés / 7 »."""
    score = cadre.scores.get(axe)
    if score is None or score.valeur is None:
        return say_non_renseigne()
    return ngettext(
        "{p} sur {n} indicateur renseigné / {total}", "{p} sur {n} indicateurs renseignés / {total}", score.n_renseignes
    ).format(p=say_pourcent(score.valeur / 100), n=score.n_renseignes, total=score.n_total)
