"""What a file says of itself once it has left the screen: its date, its perimeter, whether it is invented."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccm_data.textes import _
from ccm_data.typographie import say_date

if TYPE_CHECKING:
    from ccm_data.domain.perimetre import Perimetre
    from ccm_data.queries.installation import Installation


def name_fichier(nom: str, perimetre: Perimetre, installation: Installation) -> str:
    """« budget-ccm-2026-09-30-demonstration »: the name without its extension."""
    parties = [nom, perimetre.date_arrete.isoformat()] + (["demonstration"] if installation.demonstration else [])
    return "-".join(parties)


def list_notes(perimetre: Perimetre, installation: Installation) -> tuple[str, ...]:
    """The lines of the sheet « Notes »."""
    notes = [
        _("Tableau de bord du SP/CCM (Niger), stratégie 2022–2026."),
        _("Données arrêtées au {d}.").format(d=say_date(perimetre.date_arrete)),
    ]
    if perimetre.region is not None:
        region = installation.regions.get(perimetre.region, perimetre.region)
        notes.append(_("Région : {region}.").format(region=region))
    if perimetre.axe is not None:
        notes.append(_("Axe {n} seulement.").format(n=perimetre.axe))
    if perimetre.annee is not None:
        notes.append(_("Année {n} seulement.").format(n=perimetre.annee))
    notes.append(_("Une cellule vide n’est pas un zéro : la valeur n’est pas renseignée."))
    if installation.demonstration:
        notes.append(_("Démonstration : chiffres de suivi inventés."))
    return tuple(notes)
