"""The words of « Rencontres »: held and to come, quorum, shared file, who read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ccm_data.domain.calendrier import get_jour
from ccm_data.domain.instances import (
    EtatDossier,
    EtatQuorum,
    EtatRencontre,
    LigneQuorum,
    Quorum,
    compute_limite_dossier,
)
from ccm_data.domain.vocabulaire import NatureRencontre
from ccm_data.libelles import say_libelle
from ccm_data.queries.instances import say_combien
from ccm_data.queries.recommandations import NomsRegistre
from ccm_data.queries.rencontres import (
    BilanQuorum,
    FicheRencontre,
    compute_bilan,
    get_etat_quorum,
    list_journees,
    list_lectures,
)
from ccm_data.queries.territoire import say_region
from ccm_data.textes import N_, _, get_langue, ngettext
from ccm_data.typographie import FINE, say_court, say_date, say_date_courte, say_instant, say_nombre, say_non_renseigne

LONGUEUR_TITRE = 110
ETATS = {
    EtatRencontre.A_VENIR: N_("À venir"),
    EtatRencontre.TENUE: N_("Tenue"),
    EtatRencontre.ANNULEE: N_("Annulée"),
}
QUORUMS = {
    EtatQuorum.ATTEINT: N_("atteint"),
    EtatQuorum.NON_ATTEINT: N_("non atteint"),
    EtatQuorum.REGLE_NON_DEFINIE: N_("règle non définie"),
    EtatQuorum.PRESENCE_NON_RENSEIGNEE: N_("présences non renseignées"),
    EtatQuorum.MEMBRES_NON_RENSEIGNES: N_("membres non renseignés"),
}
DOSSIERS = {
    EtatDossier.A_TEMPS: N_("partagé à temps"),
    EtatDossier.TARDIF: N_("partagé en retard"),
    EtatDossier.NON_PARTAGE: N_("non partagé"),
    EtatDossier.ATTENDU: N_("pas encore partagé"),
}


def say_titre_rencontres(fiches: Sequence[FicheRencontre], annee: int | None) -> str:
    """« 14 rencontres tenues en 2026, quorum atteint dans 9 des 12 où il se calcule »."""
    bilan = compute_bilan(fiches)
    if not bilan.tenues:
        return _say_sans_tenue(fiches, annee)
    n = say_nombre(bilan.tenues)
    if annee is None:
        debut = ngettext("{n} rencontre tenue", "{n} rencontres tenues", bilan.tenues).format(n=n)
    else:
        debut = ngettext("{n} rencontre tenue en {a}", "{n} rencontres tenues en {a}", bilan.tenues).format(
            n=n, a=annee
        )
    return f"{debut}, {say_bilan(bilan)}"


def _say_sans_tenue(fiches: Sequence[FicheRencontre], annee: int | None) -> str:
    a_venir = sum(x.etat is EtatRencontre.A_VENIR for x in fiches)
    if a_venir:
        return ngettext("{n} rencontre à venir, aucune tenue", "{n} rencontres à venir, aucune tenue", a_venir).format(
            n=say_nombre(a_venir)
        )
    return _("Aucune rencontre tenue") if annee is None else _("Aucune rencontre tenue en {a}").format(a=annee)


def say_bilan(bilan: BilanQuorum) -> str:
    """« quorum atteint dans 9 des 12 où il se calcule », « dans 9 sur 12 » when it does in all, or that it cannot be said."""
    if not bilan.jugees:
        return _("quorum non renseigné")
    if bilan.jugees < bilan.tenues:
        return _say_quorum_partiel(bilan)
    return _("quorum atteint dans {k} sur {n}").format(k=say_nombre(bilan.atteints), n=say_nombre(bilan.jugees))


def _say_quorum_partiel(bilan: BilanQuorum) -> str:
    if bilan.jugees > 1:
        return _("quorum atteint dans {k} des {n} où il se calcule").format(
            k=say_nombre(bilan.atteints), n=say_nombre(bilan.jugees)
        )
    if bilan.atteints:
        return _("quorum atteint dans la seule où il se calcule")
    return _("quorum non atteint dans la seule où il se calcule")


def list_cles(fiches: Sequence[FicheRencontre]) -> list[tuple[str, str, str]]:
    """Key figures: name, figure, what it counts."""
    bilan = compute_bilan(fiches)
    a_venir = [x for x in fiches if x.etat is EtatRencontre.A_VENIR]
    tenues = [x for x in fiches if x.etat is EtatRencontre.TENUE and not x.est_journee]
    a_temps = sum(x.dossier is EtatDossier.A_TEMPS for x in tenues)
    journees = list_journees(fiches)
    prochaine = min((x.jour for x in a_venir), default=None)
    annulees = sum(x.etat is EtatRencontre.ANNULEE for x in fiches)
    sur = ngettext("sur {n} rencontre tenue", "sur {n} rencontres tenues", len(tenues)).format(
        n=say_nombre(len(tenues))
    )
    suite_journees = [
        ngettext("{n} journée du 18 décembre à part", "{n} journées du 18 décembre à part", len(journees)).format(
            n=say_nombre(len(journees))
        )
    ] * bool(journees)
    suite_annulees = [ngettext("{n} annulée", "{n} annulées", annulees).format(n=say_nombre(annulees))] * bool(annulees)
    return [
        (
            _("Tenues"),
            say_nombre(bilan.tenues),
            " ; ".join(suite_journees + suite_annulees) or _("réunions des instances"),
        ),
        (
            _("À venir"),
            say_nombre(len(a_venir)),
            _("la prochaine : {jour}").format(jour=say_date_courte(prochaine)) if prochaine else _("aucune annoncée"),
        ),
        (
            _("Quorum atteint"),
            say_nombre(bilan.atteints) if bilan.jugees else say_non_renseigne(),
            ngettext("sur {n} rencontre où il se calcule", "sur {n} rencontres où il se calcule", bilan.jugees).format(
                n=say_nombre(bilan.jugees)
            ),
        ),
        (_("Dossier à temps"), say_nombre(a_temps) if tenues else say_non_renseigne(), sur),
    ]


def say_nom(fiche: FicheRencontre, noms: NomsRegistre) -> str:
    """The heading of a meeting: its code, body and title, cut when long (the whole of it follows)."""
    titre = f"{fiche.code} · {fiche.intitule or noms.instances.get(fiche.instance, fiche.instance)}"
    return say_court(titre, LONGUEUR_TITRE)


def say_quand(fiche: FicheRencontre) -> str:
    """« 18 décembre 2026 à 9 h 30 »."""
    if not fiche.heure:
        return say_date(fiche.jour)
    heures, minutes = fiche.heure.split(":")
    dite = f"{int(heures)}{FINE}h{FINE}{minutes}" if get_langue() == "fr" else fiche.heure
    return _("{jour} à {heure}").format(jour=say_date(fiche.jour), heure=dite)


def say_nature(fiche: FicheRencontre, noms: NomsRegistre) -> str:
    """Ordinary, or on whose request."""
    libelle = say_libelle(fiche.nature)
    if fiche.nature is NatureRencontre.DEMANDE_MEMBRE and fiche.demandeur:
        return f"{libelle} : {noms.acteurs.get(fiche.demandeur, fiche.demandeur)}"
    return libelle


def say_quorum(fiche: FicheRencontre) -> str:
    """« atteint », « règle non définie », or « — » for what was not held."""
    etat = get_etat_quorum(fiche)
    return "—" if etat is None else _(QUORUMS[etat])


def say_presents(fiche: FicheRencontre) -> str:
    """How many organisations were there: not recorded is said, never 0; « — » for what was not held."""
    return say_nombre(fiche.nombre_presents) if fiche.etat is EtatRencontre.TENUE else "—"


def list_faits(fiche: FicheRencontre, noms: NomsRegistre) -> list[tuple[str, str]]:
    """What a meeting says of itself: name, value."""
    entier = [(_("Intitulé"), fiche.intitule)] if fiche.intitule else []
    if fiche.documents is None:
        documents, proces_verbal = [_("réservés aux personnes connectées")], _("réservé aux personnes connectées")
    else:
        documents, proces_verbal = list(fiche.documents), fiche.proces_verbal or say_non_renseigne()
    suites = _("réservées au SP/CCM et à la région") if fiche.suites_reservees else fiche.suites
    return [
        *entier,
        (_("Instance"), noms.instances.get(fiche.instance, fiche.instance)),
        (_("Quand"), say_quand(fiche)),
        (_("Lieu"), fiche.lieu or say_non_renseigne()),
        (_("Région"), say_region(fiche.region, noms.regions)),
        (_("Nature"), say_nature(fiche, noms)),
        (_("État"), _(ETATS[fiche.etat])),
        (_("Procès-verbal"), proces_verbal),
        (_("Documents"), " ; ".join(documents) or say_non_renseigne()),
        (_("Prochaines étapes"), suites or say_non_renseigne()),
    ]


def list_points(fiche: FicheRencontre) -> list[tuple[str, str, str]]:
    """The agenda: number, title, key points."""
    return [
        (
            say_nombre(p.numero),
            p.intitule,
            _("réservés au SP/CCM et à la région") if p.reserve else p.points_cles or say_non_renseigne(),
        )
        for p in fiche.points
    ]


def list_quorum(fiche: FicheRencontre) -> list[tuple[str, str, str, str, str]]:
    """College by college, the whole last: members, present, required, reached."""
    return [] if fiche.quorum is None else list_lignes_quorum(fiche.quorum)


def list_lignes_quorum(quorum: Quorum) -> list[tuple[str, str, str, str, str]]:
    """The same, of a meeting that is being held or of its minutes."""
    return [
        (
            say_libelle(x.college) if x.college else _("Ensemble"),
            say_nombre(x.membres),
            say_nombre(x.presents),
            _say_requis(x),
            _say_atteint(x),
        )
        for x in quorum.lignes
    ]


def _say_requis(x: LigneQuorum) -> str:
    if x.regle is None:
        return _("règle non définie")
    regle = say_combien(x.regle)
    if x.requis is None:
        return _("{regle}, aucun membre connu").format(regle=regle)
    return _("{n} ({regle})").format(n=say_nombre(x.requis), regle=regle)


def _say_atteint(x: LigneQuorum) -> str:
    if x.atteint is None:
        return "—" if x.regle is None else say_non_renseigne()
    return _("atteint") if x.atteint else _("non atteint")


def say_phrase_quorum(fiche: FicheRencontre) -> str:
    """The quorum in a sentence, and who came without being a member."""
    if fiche.quorum is None and fiche.est_journee:
        return _("La journée du 18 décembre est un événement : aucun quorum n’est demandé.")
    if fiche.quorum is None:
        return _("Pas de quorum : la rencontre n’a pas été tenue.")
    return _("Quorum : {etat}. Les observateurs ne comptent pas ; une part s’arrondit vers le haut.").format(
        etat=say_quorum(fiche)
    )


def list_presences(fiche: FicheRencontre, noms: NomsRegistre) -> list[tuple[str, str]]:
    """Who was there: college → organisations; observers and others apart."""
    if fiche.presents is None or not fiche.presence_dite:
        return []
    colleges = {m.organisation: m for m in fiche.membres or ()}
    groupes: dict[str, list[str]] = {}
    for code in fiche.presents:
        membre = colleges.get(code)
        if membre is None:
            groupe = _("Hors membres")
        elif membre.observateur:
            groupe = _("Observateurs")
        else:
            groupe = say_libelle(membre.college)
        groupes.setdefault(groupe, []).append(noms.acteurs.get(code, code))
    ordre = [x[0] for x in list_quorum(fiche)] + [_("Observateurs"), _("Hors membres")]
    return [(g, ", ".join(groupes[g])) for g in dict.fromkeys([*ordre, *groupes]) if g in groupes]


def say_sans_presence(fiche: FicheRencontre) -> str:
    """Why no organisation is listed."""
    if fiche.etat is not EtatRencontre.TENUE:
        return _("Aucune présence : {etat}.").format(etat=_(ETATS[fiche.etat]).lower())
    if not fiche.presence_dite:
        return _("Présences non renseignées : ce n’est pas « personne ».")
    return ngettext(
        "{n} organisation présente : la liste est réservée aux personnes connectées.",
        "{n} organisations présentes : la liste est réservée aux personnes connectées.",
        fiche.nombre_presents or 0,
    ).format(n=say_nombre(fiche.nombre_presents))


def say_dossier(fiche: FicheRencontre, delai_jours: int) -> str:
    """When the file was shared, against the rule."""
    limite = say_date(compute_limite_dossier(fiche.jour, delai_jours))
    regle = _("règle : {n} jours avant, soit le {limite} au plus tard").format(n=say_nombre(delai_jours), limite=limite)
    if fiche.partage_le is None:
        return f"{_(DOSSIERS[fiche.dossier]).capitalize()} ({regle})."
    dit = _("{etat} le {jour}").format(etat=_(DOSSIERS[fiche.dossier]).capitalize(), jour=say_date(fiche.partage_le))
    return f"{dit} ({regle})."


def say_lectures(fiche: FicheRencontre) -> str:
    """« Lu par 6 organisations sur 14 »."""
    return ngettext("Lu par {n} organisation sur {t}.", "Lu par {n} organisations sur {t}.", fiche.lus).format(
        n=say_nombre(fiche.lus), t=say_nombre(fiche.convies)
    )


def list_accuses(fiche: FicheRencontre, noms: NomsRegistre) -> list[tuple[str, str]]:
    """Every organisation and when it said that it had read the file, or that it did not."""
    return [
        (noms.acteurs.get(o, o), _("n’a pas accusé lecture") if quand is None else say_instant(quand))
        for o, quand in list_lectures(fiche)
    ]


def list_annees(comptes: Mapping[int, tuple[int, int, int]]) -> list[tuple[str, str, list[tuple[str, str, int]], str]]:
    """The bars by year: year, how many in words, (class, width in percent, count) of each part, the sentence read aloud."""
    plus = max((sum(c) for c in comptes.values()), default=0) or 1
    lignes = []
    for annee, parts in comptes.items():
        total = sum(parts)
        segments = [
            (classe, f"{100 * n / plus:.2f}", n)
            for classe, n in zip(("atteint", "non-atteint", "inconnu"), parts, strict=True)
            if n
        ]
        dit = _("{a} : {n} tenues, quorum atteint {k}, non atteint {m}, non renseigné {r}").format(
            a=annee, n=say_nombre(total), k=say_nombre(parts[0]), m=say_nombre(parts[1]), r=say_nombre(parts[2])
        )
        lignes.append((str(annee), say_nombre(total), segments, dit))
    return lignes


def list_recentes(fiche: Sequence[FicheRencontre], noms: NomsRegistre) -> list[tuple[str, str, str, str]]:
    """The meetings of a body: code, when, nature, quorum."""
    return [(x.code, say_quand(x), say_nature(x, noms), f"{_(ETATS[x.etat])} · {say_quorum(x)}") for x in fiche]


def say_dernier_accuse(fiche: FicheRencontre, acteur: str) -> str:
    """When one's own organisation said that it had read the file; empty when it did not."""
    quand = dict(fiche.accuses or ()).get(acteur)
    if quand is None:
        return ""
    return _("Votre organisation a lu le dossier le {jour}.").format(jour=say_date(get_jour(quand)))
