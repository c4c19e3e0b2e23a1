"""The words of « Requêtes aux PTF »: what waits, what is asked and answered, what follows from what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ccm_data.domain.calendrier import get_jour
from ccm_data.domain.requetes import ACCUEILLENT, OUVERTES
from ccm_data.domain.vocabulaire import EtatPositionnement, EtatRequete, EtatSuivi
from ccm_data.libelles import say_libelle
from ccm_data.queries import territoire
from ccm_data.queries.requetes import (
    DELAI_REPONSE_JOURS,
    FichePositionnement,
    FicheRequete,
    NomsRequetes,
    Registre,
    Somme,
    compute_sommes,
    say_destinataires,
    say_montant,
    say_sujet,
)
from ccm_data.textes import _, ngettext
from ccm_data.typographie import say_compact, say_court, say_date, say_date_courte, say_fcfa, say_nombre

LONGUEUR_OBJET = 120


def say_titre_requetes(fiches: Sequence[FicheRequete]) -> str:
    """« 4 requêtes attendent une réponse ou un financement, dont 1 en retard »."""
    ouvertes = [x for x in fiches if x.etat in OUVERTES]
    retards = sum(x.en_retard for x in ouvertes)
    if not ouvertes:
        return _("Aucune requête n’attend de réponse") if fiches else _("Aucune requête enregistrée")
    n = len(ouvertes)
    phrase = ngettext(
        "{n} requête attend une réponse ou un financement", "{n} requêtes attendent une réponse ou un financement", n
    ).format(n=say_nombre(n))
    if not retards:
        return phrase
    if retards == n:
        return ngettext("{phrase}, en retard", "{phrase}, toutes en retard", n).format(phrase=phrase)
    return _("{phrase}, dont {r} en retard").format(phrase=phrase, r=say_nombre(retards))


def say_regle_retard() -> str:
    """When a request is overdue."""
    return _(
        "En retard : ouverte au-delà de son échéance ou, sans échéance, {n} jours après sa dernière étape."
    ).format(n=say_nombre(DELAI_REPONSE_JOURS))


def list_cles(fiches: Sequence[FicheRequete]) -> list[tuple[str, str, str]]:
    """The totals of these requests: name, amount, what it counts; then how many succeeded."""
    demande, accepte, finance = compute_sommes(fiches)
    abouties = sum(x.etat is EtatRequete.FINANCEE for x in fiches)
    return [
        (_("Demandé"), _say_somme(demande), _say_reste(demande, _("requêtes reçues, refus exclus"))),
        (_("Accepté"), _say_somme(accepte), _say_reste(accepte, _("positionnements confirmés ou signés"))),
        (_("Financé"), _say_somme(finance), _say_reste(finance, _("positionnements signés"))),
        (
            _("Abouties"),
            say_nombre(abouties),
            ngettext("sur {n} requête montrée", "sur {n} requêtes montrées", len(fiches)).format(
                n=say_nombre(len(fiches))
            ),
        ),
    ]


def _say_somme(somme: Somme) -> str:
    if not somme.sur:
        return _("rien à ce jour")
    if somme.fcfa is None:
        return _("montant réservé") if somme.reserves and not somme.inconnus else _("non renseigné")
    exact = not somme.inconnus and not somme.reserves
    modele = _("{m} FCFA") if exact else _("au moins {m} FCFA")
    return modele.format(m=say_compact(somme.fcfa))


def _say_reste(somme: Somme, quoi: str) -> str:
    dits = [quoi]
    if somme.inconnus:
        dits.append(
            ngettext("{n} montant non renseigné", "{n} montants non renseignés", somme.inconnus).format(
                n=say_nombre(somme.inconnus)
            )
        )
    if somme.reserves:
        dits.append(
            ngettext("{n} montant réservé", "{n} montants réservés", somme.reserves).format(
                n=say_nombre(somme.reserves)
            )
        )
    return " ; ".join(dits)


def say_retenues(registre: Registre) -> str:
    """What this person may not read, counted; empty when nothing is kept back."""
    dits = []
    if registre.retenues:
        dits.append(
            ngettext(
                "{n} requête refusée n’est pas montrée.",
                "{n} requêtes refusées ne sont pas montrées.",
                registre.retenues,
            ).format(n=say_nombre(registre.retenues))
        )
    annonces = registre.positionnements_retenus
    if annonces:
        dits.append(say_annonces_retenues(annonces))
    if dits:
        dits.append(_("Le SP/CCM et l’organisation concernée les lisent."))
    return " ".join(dits)


def say_annonces_retenues(n: int) -> str:
    """Pledges kept back."""
    return ngettext(
        "{n} positionnement non confirmé n’est pas montré.", "{n} positionnements non confirmés ne sont pas montrés.", n
    ).format(n=say_nombre(n))


def say_objet(fiche: FicheRequete) -> str:
    """The heading of a request: its number and subject, cut when it is long (the whole of it follows)."""
    return f"{fiche.numero} · {say_court(fiche.objet, LONGUEUR_OBJET)}"


def list_faits(fiche: FicheRequete, noms: NomsRequetes) -> list[tuple[str, str]]:
    """What a request says of itself: name, value."""
    description = _("réservée à ceux qui peuvent y répondre") if fiche.description_reservee else fiche.description
    entier = [(_("Objet"), fiche.objet)] if len(fiche.objet) > LONGUEUR_OBJET else []
    return [
        *entier,
        (_("État"), say_etat(fiche)),
        (_("Demandeur"), noms.acteurs.get(fiche.demandeur or "", _("non renseigné"))),
        (_("Région"), say_region(fiche.region, noms)),
        (_("Thème ou activité"), say_sujet(fiche, noms)),
        (_("Montant demandé"), say_fcfa(fiche.montant_fcfa)),
        (_("Destinataires"), say_destinataires(fiche, noms)),
        (_("Reçue le"), say_date(fiche.recue_le)),
        (_("Échéance"), say_date(fiche.echeance) if fiche.echeance else _("aucune")),
        (_("Description"), description or _("aucune")),
    ]


def say_region(code: str | None, noms: NomsRequetes) -> str:
    """A region's name; none: national."""
    return territoire.say_region(code, noms.regions)


def say_etat(fiche: FicheRequete) -> str:
    """« Transmise depuis le 2 août 2026, en retard »."""
    phrase = _("{etat} depuis le {jour}").format(etat=say_libelle(fiche.etat), jour=say_date(fiche.depuis))
    return _("{phrase} · en retard").format(phrase=phrase) if fiche.en_retard else phrase


def list_pas(fiche: FicheRequete) -> list[tuple[str, str, str]]:
    """The history: date, state reached, note."""
    return [
        (say_date_courte(get_jour(p.quand)), say_libelle(p.etat), _("note réservée") if p.reserve else p.note or "—")
        for p in fiche.pas
    ]


def list_positionnements(fiche: FicheRequete, noms: NomsRequetes) -> list[tuple[str, str, str, str, str]]:
    """Pledges: organisation, state, amount, date, what was born or noted."""
    return [
        (
            noms.acteurs.get(p.acteur, p.acteur),
            say_libelle(p.etat),
            say_montant(p),
            say_date_courte(p.date_prevue),
            " · ".join(x for x in (say_intervention(p), p.note or "") if x) or "—",
        )
        for p in fiche.positionnements
    ]


def say_sans_positionnement(fiche: FicheRequete) -> str:
    """Why there is no pledge to show."""
    if fiche.retenus:
        return say_annonces_retenues(fiche.retenus)
    if fiche.etat in ACCUEILLENT:
        return _("Aucun PTF ne s’est encore positionné.")
    if fiche.etat in OUVERTES:
        return _("Les PTF se positionnent une fois la requête transmise.")
    return _("Aucun positionnement sur cette requête.")


def say_intervention(p: FichePositionnement) -> str:
    """What a signed pledge became."""
    if p.intervention_reservee:
        return _("une intervention, en attente de validation ou réservée")
    if p.intervention is None:
        return ""
    if p.etat_intervention is EtatSuivi.VALIDE:
        return _("intervention {code}, validée").format(code=p.intervention)
    return _("intervention {code}, qui attend la validation").format(code=p.intervention)


def say_chaine(fiche: FicheRequete, noms: NomsRequetes) -> str:
    """Gap → request → pledge → intervention, as far as it went."""
    maillons = []
    origine = read_origine(fiche.origine, noms)
    if origine is not None:
        region, sujet = origine
        nom = noms.themes.get(sujet) or noms.activites.get(sujet, sujet)
        maillons.append(_("lacune {sujet}, {region}").format(sujet=nom, region=noms.regions.get(region, region)))
    maillons.append(_("requête {numero}").format(numero=fiche.numero))
    vifs = [p for p in fiche.positionnements if p.etat is not EtatPositionnement.RETIRE]
    if vifs:
        qui = ", ".join(noms.acteurs.get(p.acteur, p.acteur) for p in vifs)
        maillons.append(_("positionnement : {qui}").format(qui=qui))
    maillons += [dit for p in vifs if (dit := say_intervention(p))]
    texte = " → ".join(maillons)
    return f"{texte[:1].upper()}{texte[1:]}."


def read_origine(texte: str | None, noms: NomsRequetes) -> tuple[str, str] | None:
    """« NE002|sante » → region, theme or activity; None when it names no gap of ours."""
    region, _barre, sujet = (texte or "").partition("|")
    return (region, sujet) if region in noms.regions and (sujet in noms.themes or sujet in noms.activites) else None


def list_suites_positionnement(
    fiche: FicheRequete, p: FichePositionnement, suites: Sequence[EtatPositionnement]
) -> Mapping[str, str]:
    """The steps that a pledge may take now; signing wants an amount and a theme."""
    mots = {
        EtatPositionnement.CONFIRME: _("Confirmer"),
        EtatPositionnement.SIGNE: _("Signer : devient une intervention"),
        EtatPositionnement.RETIRE: _("Retirer"),
    }
    signable = p.montant_fcfa is not None and fiche.theme is not None
    return {e.value: mots[e] for e in suites if e is not EtatPositionnement.SIGNE or signable}


def say_manque_signature(fiche: FicheRequete, p: FichePositionnement) -> str:
    """Why a confirmed pledge cannot be signed yet; empty when it can."""
    if p.etat is not EtatPositionnement.CONFIRME:
        return ""
    if fiche.theme is None:
        return _(
            "Sans thème, cette requête ne peut pas devenir une intervention : écrivez-en une autre, avec son thème."
        )
    if p.montant_fcfa is None:
        return _("Un positionnement sans montant ne se signe pas : retirez-le, puis refaites-le avec son montant.")
    return ""
