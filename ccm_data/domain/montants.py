"""Whole FCFA: reading, splitting without losing a franc, the fixed parity with the euro.

- Largest remainder: each share gets the floor of `total × poids / Σpoids`, the francs left go one by one to the largest
  remainders (the earlier first when equal), so that parts always add up to the total.
- Years: equal parts, the remainder on the last year.
- 1 EUR = 655,957 XOF exactly; XOF → EUR divides by the same rate.
Source: règles de calcul, 1 (equal split), 4 (currency), 5 (largest remainder).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction

from ccm_data.errors import ValeurInvalide

PARITE_EUR = Decimal("655.957")
Poids = int | float | Decimal | Fraction
# Every space a spreadsheet or a person may put inside a number: plain, no-break, narrow, thin, figure, ideographic.
ESPACES = re.compile(r"[\s\u00a0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff'’]")
UNITES = re.compile(r"(?i)(f\.?\s?cfa|xof|f)$")
# No leading zero: « 0.900 » is a ratio, not nine hundred.
MILLIERS_POINT = re.compile(r"[1-9]\d{0,2}(\.\d{3})+")
MILLIERS_VIRGULE = re.compile(r"[1-9]\d{0,2}(,\d{3})+")
PLUSIEURS_VIRGULES = re.compile(r"[1-9]\d{0,2}(,\d{3}){2,}")


def split_largest_remainder(total: int, poids: Sequence[Poids]) -> list[int]:
    """Whole parts in proportion to `poids` that add up to `total` exactly.

    Raises ValeurInvalide when there is no weight, one is negative, or all are zero.
    """
    exacts = [Fraction(p) for p in poids]
    somme = sum(exacts, Fraction(0))
    if not exacts or somme <= 0 or any(p < 0 for p in exacts):
        raise ValeurInvalide(champ="poids", valeur=list(poids), attendu="poids positifs, pas tous nuls")
    parts = [Fraction(total) * p / somme for p in exacts]
    planchers = [p.numerator // p.denominator for p in parts]
    reste = total - sum(planchers)
    ordre = sorted(range(len(parts)), key=lambda i: (planchers[i] - parts[i], i))
    for i in ordre[:reste]:
        planchers[i] += 1
    return planchers


def split_cout_annees(cout: int, annees: Iterable[int]) -> dict[int, int]:
    """Equal whole parts over the years, the remainder on the last; empty without years (« non programmé »)."""
    rangees = sorted(set(annees))
    if not rangees:
        return {}
    part = cout // len(rangees)
    montants = dict.fromkeys(rangees, part)
    montants[rangees[-1]] = cout - part * (len(rangees) - 1)
    return montants


def convert_eur_xof(montant_eur: Decimal | int | str) -> int:
    """Euros → whole FCFA at the fixed parity, rounded half up."""
    return convert_devise_xof(montant_eur, PARITE_EUR)


def convert_xof_eur(montant_fcfa: int) -> Decimal:
    """Whole FCFA → euros with two decimals: divides by the same parity, rounded half up."""
    return (Decimal(montant_fcfa) / PARITE_EUR).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def convert_devise_xof(montant: Decimal | int | str, taux: Decimal) -> int:
    """Any currency → whole FCFA at a dated rate (FCFA for one unit). Raises ValeurInvalide when the rate is not > 0."""
    if not taux.is_finite() or taux <= 0:
        raise ValeurInvalide(champ="taux", valeur=taux, attendu="> 0")
    return int((Decimal(montant) * taux).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def read_decimal(texte: str | int | float | Decimal, champ: str = "valeur") -> Decimal:
    """A number as people type it: any space, thousands as points or commas, decimal comma or point.

    « 10.000.000 » and « 10 000 000 » are ten million; a single « 1.500 » is one thousand five hundred (points group
    thousands in French figures; decimals take a comma). Raises ValeurInvalide naming `champ`.
    """
    if isinstance(texte, bool):
        raise ValeurInvalide(champ=champ, valeur=texte, attendu="un nombre")
    brut = ESPACES.sub("", str(texte)).replace("−", "-")
    if isinstance(texte, str):
        brut = _normalize(brut)
    try:
        valeur = Decimal(brut)
    except InvalidOperation as erreur:
        raise ValeurInvalide(champ=champ, valeur=texte, attendu="un nombre") from erreur
    if not valeur.is_finite():
        raise ValeurInvalide(champ=champ, valeur=texte, attendu="un nombre")
    return valeur


def _normalize(brut: str) -> str:
    """Point as the only decimal sign, no thousands sign; text that is not a plain number is left to fail."""
    signe, corps = (brut[0], brut[1:]) if brut[:1] in {"+", "-"} else ("", brut)
    if not re.fullmatch(r"[0-9.,]+", corps):
        return ""  # refuses « 1e6 », « NaN », « ٣ »
    if "," in corps and "." in corps:
        decimale = max(corps.rfind(","), corps.rfind("."))
        entier, fin = corps[:decimale], corps[decimale + 1 :]
        autre = "." if corps[decimale] == "," else ","
        motif = MILLIERS_POINT if autre == "." else MILLIERS_VIRGULE
        return f"{signe}{entier.replace(autre, '')}.{fin}" if motif.fullmatch(entier) else ""
    if MILLIERS_POINT.fullmatch(corps) or PLUSIEURS_VIRGULES.fullmatch(corps):
        return signe + corps.replace(".", "").replace(",", "")
    return signe + corps.replace(",", ".")


def read_montant(texte: str | int | float | Decimal, champ: str = "montant_fcfa") -> int:
    """A whole, non-negative FCFA amount, its unit allowed (« 10.000.000 FCFA »). Raises ValeurInvalide.

    Centimes do not exist: « 12,5 » is refused, « 12,00 » is 12.
    """
    brut = UNITES.sub("", ESPACES.sub("", texte)) if isinstance(texte, str) else texte
    try:
        valeur = read_decimal(brut, champ)
    except ValeurInvalide as erreur:
        raise ValeurInvalide(champ=champ, valeur=texte, attendu="un montant en FCFA") from erreur
    if valeur != valeur.to_integral_value() or valeur < 0:
        raise ValeurInvalide(champ=champ, valeur=texte, attendu="un montant entier en FCFA, zéro ou plus")
    return int(valeur)
