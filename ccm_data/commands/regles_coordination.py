"""What an intervention must satisfy: shares, partners, currency, whose code it is. Source: règles de calcul, 4 and 5."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from ccm_data.commands.fautes import Fautes, make_faute
from ccm_data.domain.listes import split_liste
from ccm_data.domain.montants import PARITE_EUR, convert_devise_xof, read_decimal
from ccm_data.domain.repartition import NATIONAL
from ccm_data.domain.vocabulaire import EtatSuivi
from ccm_data.errors import ValeurInvalide
from ccm_data.models.coordination import Intervention

if TYPE_CHECKING:
    from ccm_data.commands.regles import Faits

MONTANTS: Final = ("budget_fcfa", "montant_origine", "mobilise_fcfa", "decaisse_fcfa")
EFFECTIFS: Final = ("beneficiaires_vises", "beneficiaires_atteints")
SOURCE_PARITE: Final = "Parité fixe, 1 EUR = 655,957 XOF"


def read_parts(texte: str | None) -> tuple[Decimal, ...] | None:
    """Shares in percent; None when none is given. Raises ValeurInvalide when a part is no number."""
    parties = split_liste(texte)
    return tuple(read_decimal(p.removesuffix("%").strip(), "parts") for p in parties) or None


def check_intervention(faits: Faits, ligne: Any) -> Fautes:
    """What holds even in a draft."""
    for champ in (*MONTANTS, *EFFECTIFS):
        valeur = getattr(ligne, champ)
        if valeur is not None and valeur < 0:
            yield make_faute(champ, valeur, "≥ 0")
    if ligne.acteur_code is not None and ligne.acteur_code in split_liste(ligne.partenaires):
        yield make_faute("partenaires", ligne.acteur_code, "un autre acteur", "propre_partenaire")
    regions = split_liste(ligne.regions)
    if NATIONAL in regions and len(regions) > 1:
        yield make_faute("regions", ligne.regions, "National, ou des régions", "national_et_regions_ensemble")
    yield from _check_parts("parts_regions", ligne.parts_regions, len(regions))
    yield from _check_parts("parts_themes", ligne.parts_themes, len(split_liste(ligne.themes)))
    yield from _check_devise(ligne)
    if ligne.code is not None and ligne.acteur_code is not None:
        siens = faits.list_acteurs_intervention(ligne.code)
        if siens and ligne.acteur_code not in siens:
            yield make_faute("code", ligne.code, "un autre code", "code_pris")


def _check_parts(champ: str, texte: str | None, nombre: int) -> Fautes:
    if not split_liste(texte):
        return
    attendu = f"{nombre}"
    try:
        parts = read_parts(texte) or ()
    except ValeurInvalide:
        yield make_faute(champ, texte, attendu, "parts_illisibles")
        return
    if len(parts) != nombre or any(p < 0 for p in parts):
        yield make_faute(champ, texte, attendu, "parts_illisibles")
    elif sum(parts) != 100:
        yield make_faute(champ, texte, f"{sum(parts)}".replace(".", ","), "parts_somme")


def _check_devise(ligne: Any) -> Fautes:
    """An amount in another currency gives the FCFA; the parity with the euro is fixed."""
    ligne.devise = (ligne.devise or "XOF").upper()
    if ligne.devise == "XOF":
        return
    if ligne.devise == "EUR":
        ligne.taux, ligne.taux_source = ligne.taux or PARITE_EUR, ligne.taux_source or SOURCE_PARITE
        if ligne.taux != PARITE_EUR:
            yield make_faute("taux", ligne.taux, str(PARITE_EUR))
            return
    manquants = [c for c in ("montant_origine", "taux", "taux_source") if getattr(ligne, c) is None]
    yield from (make_faute(c, None, "une valeur", "valeur_manquante") for c in manquants)
    if manquants:
        return
    if ligne.taux <= 0:
        yield make_faute("taux", ligne.taux, "> 0")
        return
    converti = convert_devise_xof(ligne.montant_origine, Decimal(ligne.taux))
    ligne.budget_fcfa = converti if ligne.budget_fcfa is None else ligne.budget_fcfa
    if ligne.budget_fcfa != converti:
        yield make_faute("budget_fcfa", ligne.budget_fcfa, str(converti))


def complete_intervention(faits: Faits, ligne: Any) -> Fautes:
    """What must be said before it is sent: where, on what, since when. The money may stay unknown (null is not zero)."""
    for champ in ("regions", "themes", "date_debut"):
        if getattr(ligne, champ) is None:
            yield make_faute(champ, None, "une valeur", "valeur_manquante")


def read_codes_pris(session: Any) -> dict[str, set[str]]:
    """Code → the actors that lead a living intervention of that code, in one read."""
    pris: dict[str, set[str]] = {}
    requete = select(Intervention.code, Intervention.acteur_code).where(Intervention.etat != EtatSuivi.REMPLACE)
    for code, acteur in session.execute(requete):
        pris.setdefault(code, set()).add(acteur)
    return pris
