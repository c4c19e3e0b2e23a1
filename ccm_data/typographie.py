"""Figures, dates and French spacing: one function per sign, no hand-typed spaces.

U+202F between thousands and before ; ! ? %, U+00A0 before : and between « », decimal comma (codes and standards,
« French typography of figures »). In English: commas, points, no space before signs.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from babel.dates import format_date as _format_date
from babel.dates import format_datetime as _format_datetime
from babel.numbers import format_decimal

from ccm_data.textes import _, get_langue

FINE = "\u202f"
INSECABLE = "\u00a0"
Nombre = int | float | Decimal


def _round(valeur: Nombre, decimales: int) -> Decimal:
    """Round half up, as people do; floats through their shortest text, so that 2.675 is what was meant."""
    return Decimal(str(valeur)).quantize(Decimal(1).scaleb(-decimales), rounding=ROUND_HALF_UP)


def say_nombre(valeur: Nombre | None, decimales: int = 0) -> str:
    """« 1 234 567 » or « 12,5 »; a missing value is said, never blank, never 0. Trailing zeros are dropped."""
    if valeur is None:
        return say_non_renseigne()
    arrondi = _round(valeur, decimales)
    if arrondi == arrondi.to_integral_value():
        arrondi = arrondi.quantize(Decimal(1))
    texte = format_decimal(arrondi, locale=get_langue(), decimal_quantization=False)
    return texte.replace("-", "\u2212")


def say_non_renseigne() -> str:
    """The word for what was not reported."""
    return _("non renseigné")


def say_pourcent(ratio: Nombre | None, decimales: int = 0) -> str:
    """A ratio (0.54) as « 54 % » (English: « 54% »)."""
    if ratio is None:
        return say_non_renseigne()
    signe = f"{FINE}%" if get_langue() == "fr" else "%"
    return say_nombre(Decimal(str(ratio)) * 100, decimales) + signe


def say_fcfa(montant: int | None) -> str:
    """« 1 234 567 FCFA », whole."""
    return say_non_renseigne() if montant is None else f"{say_nombre(montant)}{INSECABLE}FCFA"


def say_millions(montant: int | None, decimales: int = 1) -> str:
    """A FCFA amount in millions, without the unit: 531 500 000 → « 531,5 »."""
    return say_non_renseigne() if montant is None else say_nombre(Decimal(montant) / 1_000_000, decimales)


def say_compact(montant: int | None) -> str:
    """« 1,2 Md », « 45 M », « 350 000 »: compact amount, without currency."""
    if montant is None:
        return say_non_renseigne()
    francais = get_langue() == "fr"
    for seuil, signe in ((1_000_000_000, "Md" if francais else "bn"), (1_000_000, "M")):
        if abs(montant) >= seuil:
            return f"{say_nombre(Decimal(montant) / seuil, 1)}{INSECABLE}{signe}"
    return say_nombre(montant)


def say_date(jour: date | None, annee: bool = True) -> str:
    """« 1er juillet 2026 », « 30 septembre 2026 »."""
    if jour is None:
        return say_non_renseigne()
    if get_langue() == "fr":
        texte = _format_date(jour, "d MMMM y" if annee else "d MMMM", locale="fr")
        return re.sub(r"^1 ", f"1er{INSECABLE}", texte) if jour.day == 1 else texte.replace(" ", INSECABLE, 1)
    return _format_date(jour, "d MMMM y" if annee else "d MMMM", locale="en")


def say_date_courte(jour: date | None, annee: bool = True) -> str:
    """« 2 oct. 2026 », « 2 oct. »."""
    if jour is None:
        return say_non_renseigne()
    texte = _format_date(jour, "d MMM y" if annee else "d MMM", locale=get_langue())
    if get_langue() == "fr" and jour.day == 1:
        texte = "1er" + texte[1:]
    return texte.replace(" ", INSECABLE)


def say_instant(moment: datetime | None) -> str:
    """« 2 oct. 2026, 9 h 14 » (UTC + 1, Niamey's hour)."""
    if moment is None:
        return say_non_renseigne()
    from babel.dates import get_timezone

    local = moment.astimezone(get_timezone("Africa/Niamey"))
    if get_langue() == "fr":
        return f"{say_date_courte(local.date())}, {local.hour}{FINE}h{FINE}{local.minute:02d}"
    return _format_datetime(local, "d MMM y, HH:mm", tzinfo=local.tzinfo, locale="en")


def say_trimestre(annee: int, trimestre: int) -> str:
    """« T3 2026 » (English « Q3 2026 »)."""
    return f"{'T' if get_langue() == 'fr' else 'Q'}{trimestre}{INSECABLE}{annee}"


def say_court(texte: str, lettres: int) -> str:
    """A text in so many letters at most, an ellipsis in the place of what is cut."""
    return texte if len(texte) <= lettres else f"{texte[: lettres - 1].rstrip()}…"


def say_ponctuation(texte: str) -> str:
    """French spacing before ; ! ? : % and inside « » put right; English takes none before ; : ! ?."""
    if get_langue() != "fr":
        return re.sub(r"[ \u00a0\u202f]+([;:!?])(?=\s|$)", r"\1", texte)
    texte = re.sub(r"«[ \u00a0\u202f]*", f"«{INSECABLE}", re.sub(r"[ \u00a0\u202f]*»", f"{INSECABLE}»", texte))
    texte = re.sub(r"[ \u00a0\u202f]*([;!?%]+)(?=\s|$|[)»])", rf"{FINE}\1", texte)
    return re.sub(r"[ \u00a0\u202f]+:(?=\s|$)", f"{INSECABLE}:", texte)
