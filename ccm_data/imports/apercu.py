"""What a file would change, in words, cell by cell: old → new. Writes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy.orm import Session

from ccm_data.commands.sujets import SUJETS
from ccm_data.imports.existants import Existant
from ccm_data.imports.listes import Listes, read_listes
from ccm_data.imports.schemas import PAR_SUJET, Feuille
from ccm_data.imports.validation import LigneImport, Validation
from ccm_data.textes import _
from ccm_data.typographie import say_court, say_nombre, say_trimestre

# Part of the fact's key, and yet worth showing; and what only the machine reads.
DITS_QUAND_MEME = {"date_operation", "reference_document", "bailleur_code", "executant_code"}
SEPARATEUR_DIT = " ; "
# What names a register's row, in order; the others are told by their activity, indicator or place.
NOMMENT: Final[dict[str, tuple[str, ...]]] = {
    "intervention": ("code", "titre"),
    "membre_instance": ("instance_code", "membre_code"),
    "rencontre": ("code", "date_rencontre"),
    "point_ordre_du_jour": ("rencontre_code", "numero", "intitule"),
    "recommandation": ("code", "texte"),
    "sensibilisation": ("intitule", "date_debut"),
    "appui": ("intitule", "institution_code", "date_debut"),
    "produit_communication": ("intitule", "date_diffusion"),
    "bonne_pratique": ("titre",),
    "suivi_hypothese": ("objectif_code", "nature", "date_constat"),
    "partenariat": ("intitule", "date_debut"),
    "poste_spccm": ("intitule",),
    "etape_perennisation": ("nature", "date_etape"),
}
NOM_MAX: Final = 80
HORS_APERCU = {"ligne", "info", "periode", "annee", "trimestre", "acteur_code", "desagregation"}


@dataclass(frozen=True)
class LigneApercu:
    """`objet` names the fact; `cellules`: (heading, former value or "", new value or "")."""

    feuille: str
    ligne: int
    nature: str
    objet: str
    cellules: tuple[tuple[str, str, str], ...]


def make_apercu(session: Session, lignes: Sequence[LigneImport]) -> list[LigneApercu]:
    """The sound rows that say something new, in the file's order."""
    listes = read_listes(session)
    return [
        LigneApercu(
            x.feuille, x.ligne, x.nature, say_objet(x.sujet, x.valeurs, listes),
            list_differences(x.sujet, x.existant.valeurs if x.existant else {}, x.valeurs, listes),
        )
        for x in lignes
    ]  # fmt: skip


def list_changements(
    validation: Validation, valide: Existant | None, listes: Listes
) -> tuple[tuple[str, str, str], ...]:
    """What a row typed in a form would change of the validated one: (heading, former, new)."""
    avant = {} if valide is None else valide.valeurs
    return tuple(c for x in validation.lignes for c in list_differences(x.sujet, avant, x.valeurs, listes))


def say_objet(sujet: str, valeurs: Mapping[str, Any], listes: Listes) -> str:
    """« 3.1.3, T3 2026, Agadez », « CCM-2026-01, 11/06/2026, National »: the fact that a row tells."""
    if sujet in NOMMENT:
        dits = [_say_nom(PAR_SUJET[sujet], c, valeurs[c], listes) for c in NOMMENT[sujet] if valeurs.get(c)]
        return ", ".join([*dits, listes["regions"].dites[valeurs.get("region_code") or ""]])
    dits = [str(valeurs[c]) for c in ("activite_code", "indicateur_code", "nom") if valeurs.get(c)]
    if sujet == "presence":
        dits.append(listes["acteurs"].dites.get(valeurs["acteur_code"], valeurs["acteur_code"]))
    if valeurs.get("trimestre"):
        dits.append(say_trimestre(valeurs["annee"], valeurs["trimestre"]))
    if valeurs.get("phase"):
        dits.append(listes["Phase"].dites[str(getattr(valeurs["phase"], "value", valeurs["phase"]))])
    return ", ".join([*dits, listes["regions"].dites[valeurs.get("region_code") or ""]])


def _say_nom(feuille: Feuille, champ: str, valeur: Any, listes: Listes) -> str:
    """A part of a name: a code of a long list stays a code, a long text is cut."""
    dit = valeur if champ == "objectif_code" else say_valeur(champ, valeur, feuille, listes)
    return say_court(str(dit), NOM_MAX)


def list_differences(
    sujet: str, avant: Mapping[str, Any], apres: Mapping[str, Any], listes: Listes
) -> tuple[tuple[str, str, str], ...]:
    """(heading, former, new) of what differs; of all that is filled when nothing stood before."""
    feuille = PAR_SUJET.get(sujet)
    identite = set() if avant else set(SUJETS[sujet].cle) - DITS_QUAND_MEME
    cellules = []
    for champ in [c.champ for c in feuille.colonnes] if feuille else sorted(apres):
        champ = "montant_fcfa" if champ == "montant" else champ
        ancien, nouveau = avant.get(champ), apres.get(champ)
        if ancien is None and (nouveau is None or nouveau is False):
            continue
        if champ in identite or champ in HORS_APERCU or ((ancien or None) == (nouveau or None) and ancien == nouveau):
            continue
        titre = _say_titre(feuille, champ)
        if titre:
            cellules.append(
                (titre, say_valeur(champ, ancien, feuille, listes), say_valeur(champ, nouveau, feuille, listes))
            )
    return tuple(cellules)


def _say_titre(feuille: Feuille | None, champ: str) -> str:
    colonne = feuille.find(champ) if feuille else None
    if colonne is not None:
        return colonne.titre
    if feuille is None:
        return champ.replace("_", " ").capitalize()
    return {"montant_fcfa": _("Montant (FCFA)"), "montant_origine": _("Montant d’origine")}.get(champ, "")


def say_valeur(champ: str, valeur: Any, feuille: Feuille | None, listes: Listes) -> str:
    """A value as the preview says it; nothing for what is missing."""
    if valeur is None:
        return ""
    if isinstance(valeur, bool):
        return listes["oui_non"].dites["oui" if valeur else "non"]
    colonne = feuille.find(champ) if feuille else None
    if colonne is not None and colonne.genre == "codes":
        return SEPARATEUR_DIT.join(listes[str(colonne.liste)].dites.get(c, c) for c in str(valeur).split(";"))
    if colonne is not None and colonne.liste:
        code = str(getattr(valeur, "value", valeur))
        return listes[colonne.liste].dites.get(code, code)
    if isinstance(valeur, date):
        return valeur.strftime("%d/%m/%Y")
    return valeur if isinstance(valeur, str) else say_nombre(valeur, 4)
