"""The words of « Recommandations »: what is late, of whom it is asked, how often it was carried over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from ccm_data.domain.vocabulaire import StatutRecommandation
from ccm_data.libelles import say_libelle
from ccm_data.queries.recommandations import PALIERS, FicheRecommandation, NomsRegistre, count_paliers, count_statuts
from ccm_data.queries.territoire import say_region
from ccm_data.textes import _, ngettext
from ccm_data.typographie import say_court, say_date, say_date_courte, say_nombre, say_non_renseigne, say_pourcent

LONGUEUR_TEXTE = 110


def say_titre_recommandations(fiches: Sequence[FicheRecommandation]) -> str:
    """« 7 recommandations en retard sur 23 »."""
    if not fiches:
        return _("Aucune recommandation enregistrée")
    retards, total = sum(x.en_retard for x in fiches), len(fiches)
    if retards:
        return ngettext(
            "{n} recommandation en retard sur {t}", "{n} recommandations en retard sur {t}", retards
        ).format(n=say_nombre(retards), t=say_nombre(total))
    ouvertes = sum(x.ouverte for x in fiches)
    if not ouvertes:
        return ngettext(
            "La recommandation suivie est close", "Les {t} recommandations suivies sont closes", total
        ).format(t=say_nombre(total))
    return ngettext(
        "{n} recommandation ouverte sur {t}, aucune en retard",
        "{n} recommandations ouvertes sur {t}, aucune en retard",
        ouvertes,
    ).format(n=say_nombre(ouvertes), t=say_nombre(total))


def list_cles(fiches: Sequence[FicheRecommandation]) -> list[tuple[str, str, str]]:
    """Key figures: name, figure, what it counts."""
    total = len(fiches)
    ouvertes = [x for x in fiches if x.ouverte]
    retards = [x for x in ouvertes if x.en_retard]
    realisees = sum(x.statut is StatutRecommandation.REALISEE for x in fiches)
    pire = max((x.retard_jours or 0 for x in retards), default=0)
    ages = [x.age_jours for x in ouvertes if x.age_jours is not None]
    reconduites = [x for x in ouvertes if x.reconductions]
    sur = ngettext("sur {n} recommandation", "sur {n} recommandations", total).format(n=say_nombre(total))
    return [
        (
            _("En retard"),
            say_nombre(len(retards)),
            _("jusqu’à {d}").format(d=say_jours(pire)) if retards else _("aucune échéance passée"),
        ),
        (
            _("Ouvertes"),
            say_nombre(len(ouvertes)),
            _("la plus ancienne : {d}").format(d=say_jours(max(ages))) if ages else sur,
        ),
        (
            _("Réalisées"),
            say_nombre(realisees),
            f"{sur} ({say_pourcent(realisees / total)})" if total else sur,
        ),
        (
            _("Reconduites"),
            say_nombre(len(reconduites)),
            _say_plus_reconduite(reconduites),
        ),
    ]


def _say_plus_reconduite(reconduites: Sequence[FicheRecommandation]) -> str:
    if not reconduites:
        return _("parmi les ouvertes")
    plus = max(len(x.reconductions) for x in reconduites)
    return _("parmi les ouvertes ; jusqu’à {n} fois").format(n=say_nombre(plus))


def say_jours(jours: int) -> str:
    """« 1 jour », « 42 jours »."""
    return ngettext("{n} jour", "{n} jours", jours).format(n=say_nombre(jours))


def list_statuts(fiches: Sequence[FicheRecommandation]) -> list[tuple[str, str, int]]:
    """Where they stand: class of the mark, word, how many; overdue ones apart, each row once."""
    comptes = count_statuts(fiches)
    mots = {s.value: say_libelle(s) for s in StatutRecommandation} | {"en_retard": _("En retard")}
    return [(nom, mots[nom], n) for nom, n in comptes.items()]


def say_statuts(fiches: Sequence[FicheRecommandation]) -> str:
    """The counts in one sentence, for who cannot see the bar."""
    return ", ".join(f"{n} {mot.lower()}" for _nom, mot, n in list_statuts(fiches))


def list_paliers(fiches: Sequence[FicheRecommandation]) -> list[tuple[str, str, int, str]]:
    """Open ones by how late they are: class, words, how many, width in percent."""
    comptes = count_paliers(fiches)
    plus = max(comptes.values(), default=0) or 1
    court, long = (say_nombre(p) for p in PALIERS)
    suivant = say_nombre(PALIERS[0] + 1)
    mots = {
        "au_dela": _("En retard de plus de {n} jours").format(n=long),
        f"p{PALIERS[1]}": _("En retard de {m} à {n} jours").format(m=suivant, n=long),
        f"p{PALIERS[0]}": _("En retard de 1 à {n} jours").format(n=court),
        "a_temps": _("Échéance à venir"),
        "sans_echeance": _("Sans échéance"),
    }
    return [(nom, mots[nom], n, f"{100 * n / plus:.2f}") for nom, n in comptes.items()]


def say_par_instance(fiches: Sequence[FicheRecommandation], noms: NomsRegistre) -> str:
    """« En retard par instance : CCM (6) · GTM (1) »; empty when nothing is overdue."""
    comptes = Counter(x.instance for x in fiches if x.en_retard)
    dits = [f"{nom} ({say_nombre(comptes[code])})" for code, nom in noms.instances.items() if comptes[code]]
    return _("En retard par instance : {liste}").format(liste=" · ".join(dits)) if dits else ""


def say_nom(fiche: FicheRecommandation) -> str:
    """The heading of a recommendation: its code and text, cut when it is long (the whole of it follows)."""
    return say_court(f"{fiche.code} · {fiche.texte}", LONGUEUR_TEXTE)


def say_etat(fiche: FicheRecommandation) -> str:
    """« En cours, en retard de 12 jours »."""
    libelle = say_libelle(fiche.statut)
    if fiche.retard_jours is None:
        return libelle
    return _("{statut}, en retard de {d}").format(statut=libelle, d=say_jours(fiche.retard_jours))


def say_echeance(fiche: FicheRecommandation) -> str:
    """Its due day; « sans échéance » is never overdue."""
    return _("sans échéance") if fiche.echeance is None else say_date(fiche.echeance)


def say_age(fiche: FicheRecommandation) -> str:
    """« 42 jours », « réalisée en 12 jours »; « — » for one given up."""
    if fiche.statut is StatutRecommandation.ABANDONNEE:
        return "—"
    if fiche.age_jours is None:
        return say_non_renseigne()
    if fiche.statut is StatutRecommandation.REALISEE:
        return _("réalisée en {d}").format(d=say_jours(fiche.age_jours))
    return say_jours(fiche.age_jours)


def say_point(fiche: FicheRecommandation) -> str:
    """« 2 · Bilan du trimestre », or that the validated agenda holds no such item."""
    if fiche.point is None:
        return say_non_renseigne()
    titre = fiche.point_intitule or _("absent de l’ordre du jour validé")
    return f"{say_nombre(fiche.point)} · {titre}"


def say_reconductions(fiche: FicheRecommandation) -> str:
    """« reconduite 3 fois (CCM-2026-01, …) »."""
    n = len(fiche.reconductions)
    if not n:
        return _("jamais reconduite")
    phrase = ngettext("reconduite {n} fois", "reconduite {n} fois", n).format(n=say_nombre(n))
    return f"{phrase} ({', '.join(fiche.reconductions)})"


def list_faits(fiche: FicheRecommandation, noms: NomsRegistre) -> list[tuple[str, str]]:
    """What a recommendation says of itself: name, value."""
    lieu = noms.instances.get(fiche.instance or "", "")
    quand = "" if fiche.rencontre_le is None else f", {say_date(fiche.rencontre_le)}"
    preuve = _("réservée au SP/CCM, à la région et au responsable") if fiche.preuve_reservee else fiche.preuve
    faits = [
        (_("Recommandation"), fiche.texte),
        (_("État"), say_etat(fiche)),
        (_("Responsable"), noms.acteurs.get(fiche.responsable or "", say_non_renseigne())),
        (_("Échéance"), say_echeance(fiche)),
        (_("Rencontre"), f"{fiche.rencontre}{f' ({lieu}{quand})' if lieu else ''}"),
        (_("Point de l’ordre du jour"), say_point(fiche)),
        (_("Âge"), say_age(fiche)),
        (_("Reconductions"), say_reconductions(fiche)),
        (_("Région"), say_region(fiche.region, noms.regions)),
        (_("Activité du plan"), noms.activites.get(fiche.activite or "", _("aucune"))),
        (_("Indicateur"), noms.indicateurs.get(fiche.indicateur or "", _("aucun"))),
        (_("Acteurs concernés"), ", ".join(noms.acteurs.get(a, a) for a in fiche.acteurs) or _("aucun")),
    ]
    if fiche.statut is StatutRecommandation.REALISEE:
        faits.append((_("Réalisée le"), say_date(fiche.realisee_le)))
    return [*faits, (_("Preuve"), preuve or say_non_renseigne())]


def list_courtes(fiches: Sequence[FicheRecommandation], noms: NomsRegistre) -> list[tuple[str, str, str, str]]:
    """A short table: code, text, who, where it stands and when it is due."""
    return [
        (x.code, x.texte, noms.acteurs.get(x.responsable or "", say_non_renseigne()), f"{say_etat(x)} · {_say_due(x)}")
        for x in fiches
    ]


def _say_due(x: FicheRecommandation) -> str:
    return _("sans échéance") if x.echeance is None else _("échéance : {jour}").format(jour=say_date_courte(x.echeance))


def list_options(fiches: Sequence[FicheRecommandation]) -> dict[str, str]:
    """Open ones to choose among: code → its heading."""
    return {x.code: say_nom(x) for x in fiches if x.ouverte}


def say_ouvertes(comptes: tuple[int, int]) -> str:
    """« 3 ouvertes, dont 1 en retard »."""
    ouvertes, retards = comptes
    if not ouvertes:
        return _("aucune recommandation ouverte")
    phrase = ngettext("{n} recommandation ouverte", "{n} recommandations ouvertes", ouvertes).format(
        n=say_nombre(ouvertes)
    )
    return _("{phrase}, dont {r} en retard").format(phrase=phrase, r=say_nombre(retards)) if retards else phrase


def list_rencontres_permises(rencontres: Mapping[str, str], fiches: Sequence[FicheRecommandation]) -> dict[str, str]:
    """Meetings to which some open recommendation may still be carried over."""
    ouvertes = [x for x in fiches if x.ouverte]
    return {
        code: nom
        for code, nom in rencontres.items()
        if any(code != x.rencontre and code not in x.reconductions for x in ouvertes)
    }
