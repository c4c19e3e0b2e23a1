"""The words of « Doublons et synergies »: what waits for a verdict, what verdicts change, a pair side by side."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ccm_data.domain.calendrier import get_jour
from ccm_data.domain.doublons import Nature
from ccm_data.domain.vocabulaire import VerdictPaire
from ccm_data.libelles import say_libelle
from ccm_data.phrases.rapprochements import say_nature, say_raison
from ccm_data.queries.doublons import PAIRES_MAX, Rapprochement, Rapprochements, VerdictLu
from ccm_data.queries.interventions import Fiche, say_region
from ccm_data.textes import N_, _, ngettext
from ccm_data.typographie import say_compact, say_date_courte, say_fcfa, say_nombre, say_non_renseigne

ONGLETS = {
    "examiner": N_("Rapprochements à examiner"),
    "synergies": N_("Complémentaires et synergies"),
    "verdicts": N_("Verdicts rendus"),
}
LETTRES = ("A", "B")


@dataclass(frozen=True)
class Noms:
    """Code → label of what pairs name."""

    acteurs: Mapping[str, str]
    regions: Mapping[str, str]
    themes: Mapping[str, str]
    statuts: Mapping[str, str]


def say_titre_doublons(lus: Rapprochements) -> str:
    """« 7 rapprochements à examiner ; 3 verdicts rendus »."""
    attente = lus.en_attente.get(Nature.DOUBLON, 0) + lus.en_attente.get(Nature.DOUBLE_DECLARATION, 0)
    rendus = sum(lus.rendus.values())
    if attente >= PAIRES_MAX:
        debut = _("Plus de {n} rapprochements à examiner").format(n=say_nombre(PAIRES_MAX))
    else:
        debut = _say_attente(attente)
    fin = (
        ngettext("{n} verdict rendu", "{n} verdicts rendus", rendus).format(n=say_nombre(rendus))
        if rendus
        else _("aucun verdict rendu")
    )
    return f"{debut} ; {fin}"


def _say_attente(attente: int) -> str:
    if not attente:
        return _("Aucun rapprochement à examiner")
    return ngettext("{n} rapprochement à examiner", "{n} rapprochements à examiner", attente).format(
        n=say_nombre(attente)
    )


def list_cles(lus: Rapprochements) -> list[tuple[str, str, str]]:
    """What verdicts change: name, amount, what it counts."""
    compte = None if lus.declare_fcfa is None else lus.declare_fcfa - lus.retire_fcfa
    en_doublon = ngettext("{n} activité en doublon", "{n} activités en doublon", lus.en_doublon)
    return [
        (_("Déclaré"), _say_montant(lus.declare_fcfa), _("budgets connus du registre")),
        (_("Retiré"), _say_montant(lus.retire_fcfa), _("doubles déclarations seulement")),
        (_("Ce qui compte"), _say_montant(compte), _("déclaré moins retiré")),
        (
            _("À discuter"),
            _say_montant(lus.a_discuter_fcfa),
            f"{en_doublon.format(n=say_nombre(lus.en_doublon))}, {_('aucun total changé')}",
        ),
    ]


def _say_montant(montant: int | None) -> str:
    return say_non_renseigne() if montant is None else _("{m} FCFA").format(m=say_compact(montant))


def list_comptes(lus: Rapprochements) -> list[tuple[str, str]]:
    """How many, for who may not read the pairs."""
    attente = [(say_nature(n), _("à examiner"), lus.en_attente.get(n, 0)) for n in Nature]
    rendus = [(say_libelle(v), _("verdicts en vigueur"), lus.rendus.get(v, 0)) for v in VerdictPaire]
    return [(f"{nom}, {quoi}", say_nombre(n)) for nom, quoi, n in (*attente, *rendus)]


def list_faces(lu: Rapprochement, noms: Noms) -> list[tuple[str, list[tuple[str, bool]], list[tuple[str, str]]]]:
    """Both rows side by side: letter and code, title in pieces (alike or not), facts."""
    proches = [e for r in lu.paire.raisons if r.code == "libelle" for e in r.faits["expressions"]]
    return [
        (f"{lettre} · {x.code}", mark_proches(x.titre, [e[rang] for e in proches]), _list_faits(x, noms))
        for rang, (lettre, x) in enumerate(zip(LETTRES, (lu.a, lu.b), strict=True))
    ]


def mark_proches(titre: str, expressions: Sequence[str]) -> list[tuple[str, bool]]:
    """The title cut where an expression of it is said by the other one too."""
    mots = sorted({e for e in expressions if e.strip()}, key=len, reverse=True)
    if not mots:
        return [(titre, False)]
    morceaux = re.split(f"({'|'.join(re.escape(m) for m in mots)})", titre, flags=re.IGNORECASE)
    return [(m, rang % 2 == 1) for rang, m in enumerate(morceaux) if m]


def _list_faits(x: Fiche, noms: Noms) -> list[tuple[str, str]]:
    def _join(codes: Sequence[str], dits: Mapping[str, str]) -> str:
        return ", ".join(dits.get(c, c) for c in codes) or say_non_renseigne()

    regions = ", ".join(say_region(r, noms.regions) for r in x.regions) or say_non_renseigne()
    localites = (x.localites or "").replace(";", ", ").replace(",  ", ", ")
    return [
        (_("Chef de file"), noms.acteurs.get(x.executant, x.executant)),
        (_("Partenaires"), _join(x.partenaires, noms.acteurs)),
        (_("Bailleurs"), _join(x.bailleurs, noms.acteurs)),
        (_("Lieu"), f"{regions} ({localites})" if localites else regions),
        (_("Période"), say_periode(x)),
        (_("Public"), (x.public_cible or "").replace(";", ", ") or say_non_renseigne()),
        (_("Thèmes"), _join(x.themes, noms.themes)),
        (_("Statut"), noms.statuts.get(x.statut, x.statut)),
        (_("Budget"), _("montant réservé") if x.reserve else say_fcfa(x.budget_fcfa)),
    ]


def say_periode(x: Fiche) -> str:
    """« 1 janv. 2024 – 31 déc. 2025 »."""
    return f"{say_date_courte(x.debut)} – {say_date_courte(x.fin)}"


def list_raisons(lu: Rapprochement) -> list[str]:
    """Why the pair is a candidate."""
    return [say_raison(r) for r in lu.paire.raisons]


def list_reponses(lu: Rapprochement, noms: Noms) -> list[tuple[str, str, str]]:
    """What the organisations named say: who, when, what."""
    return [(noms.acteurs.get(r.acteur, r.acteur), say_date_courte(get_jour(r.quand)), r.texte) for r in lu.reponses]


def say_verdict(v: VerdictLu) -> str:
    """A verdict in a sentence, with what it changes."""
    rendu = v.rendu
    debut = f"{say_libelle(rendu.verdict)} : {rendu.code_a}, {rendu.code_b}"
    if rendu.verdict is not VerdictPaire.DOUBLE_DECLARATION:
        return f"{debut}. {_('Aucun total ne change.')}"
    return f"{debut}. " + _("{p} porte l’argent ; {m} communs retirés de {c}.").format(
        p=rendu.porteur, m=say_fcfa(rendu.commun_fcfa), c=rendu.cedant
    )


def say_effet(verdict: VerdictPaire, avant: int, apres: int) -> str:
    """What a verdict just rendered changed."""
    if verdict is not VerdictPaire.DOUBLE_DECLARATION:
        return _("Verdict enregistré : {v}. Aucun total ne change.").format(v=say_libelle(verdict).lower())
    return _("Verdict enregistré : le total passe de {a} à {b}, soit {d} de moins.").format(
        a=say_fcfa(avant), b=say_fcfa(apres), d=say_fcfa(avant - apres)
    )


def say_porteurs(lu: Rapprochement) -> dict[str, str]:
    """Which of the two rows carries the money."""
    return {"": _("Sans objet")} | {
        x.code: f"{lettre} · {x.code}" for lettre, x in zip(LETTRES, (lu.a, lu.b), strict=True)
    }


def say_suite(v: VerdictLu) -> str:
    """« Suite donnée le 3 nov. 2026 : fusion. Note »; empty when nothing was done yet."""
    if v.rendu.suite is None:
        return ""
    dit = _("Suite donnée le {d} : {s}.").format(d=say_date_courte(v.suite_le), s=say_libelle(v.rendu.suite).lower())
    return f"{dit} {v.suite_note}" if v.suite_note else dit


def list_masquees(onglet: str) -> tuple[str, ...]:
    """Columns that the opened row tells better; the download has them."""
    if onglet == "verdicts":
        return (_("Motif"), _("Par"))
    return (_("Organisation A"), _("Organisation B"), _("Raisons"))


def say_vide(onglet: str) -> str:
    """A list that holds nothing."""
    if onglet == "verdicts":
        return _("Aucun verdict à lire.")
    return _("Aucune paire à lire.")


def say_que_faire(onglet: str) -> str:
    """And what to do about it."""
    if onglet == "verdicts":
        return _("Ouvrez un rapprochement à examiner et rendez un verdict.")
    return _("Retirez un filtre ; la liste se refait à chaque intervention validée.")


def say_revocation(v: VerdictLu) -> str:
    """« Révoqué le 3 nov. 2026 : … »."""
    if v.revoque_le is None:
        return ""
    return _("Révoqué le {d} : {m}").format(d=say_date_courte(get_jour(v.revoque_le)), m=v.revoque_motif)
