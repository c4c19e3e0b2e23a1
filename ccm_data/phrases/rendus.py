"""The few words that renderings add to a frozen séance: page, fingerprint, « suite », what a chart shows to who cannot see it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from ccm_data.textes import N_, _
from ccm_data.typographie import INSECABLE, say_court

if TYPE_CHECKING:
    from ccm_data.errors import FichierIllisible
    from ccm_data.reports.scenes import Barres, Carte

EMPREINTE_SIGNES: Final = 12
ALT_MAX: Final = 1_500  # beyond, a screen reader's listener has lost the thread
ERREURS_GABARIT: Final[dict[str, str]] = {
    "pas_un_pptx": N_(
        "Le modèle « {nom} » n’est pas une présentation PowerPoint (.pptx) lisible : ouvrez-le dans PowerPoint et "
        "enregistrez-le au format « Présentation PowerPoint (.pptx) », sans macros ni mot de passe."
    ),
    "trop_gros": N_(
        "Le modèle « {nom} » est trop gros pour être ouvert sans risque ({maximum} Mo au plus) : retirez ses diapositives "
        "et compressez ses images."
    ),
    "sans_disposition": N_(
        "Le modèle « {nom} » n’a pas les dispositions qu’il faut ({manque}) : ajoutez-les dans le masque des diapositives."
    ),
}
DISPOSITIONS: Final[dict[str, str]] = {
    "titre": N_("une diapositive de titre"),
    "contenu": N_("« Titre seul » ou « Vide »"),
}


def say_gabarit(erreur: FichierIllisible) -> str:
    """Why a template is refused and what to do."""
    faits = {"nom": _("modèle"), "maximum": "", **erreur.faits}
    manque = erreur.faits.get("manque", ())
    noms = manque if isinstance(manque, Sequence) and not isinstance(manque, str) else ()
    faits["manque"] = ", ".join(_(DISPOSITIONS[str(m)]) for m in noms if str(m) in DISPOSITIONS)
    return _(ERREURS_GABARIT[erreur.code]).format(**faits)


def say_page(numero: int, total: int) -> str:
    """« 4 / 12 »."""
    return f"{numero}{INSECABLE}/{INSECABLE}{total}"


def say_empreinte(empreinte: str) -> str:
    """« Empreinte 3f2a9c01b7de », short: enough to tell two séances apart."""
    *mots, signes = empreinte.split(" ")  # a rehearsal says so before its hash
    court = " ".join([*mots, signes[:EMPREINTE_SIGNES]])
    return _("Empreinte {signes}").format(signes=court).replace(" ", INSECABLE)


def say_demonstration() -> str:
    """The mark of invented figures, on every page."""
    return _("Démonstration : chiffres de suivi inventés").replace(" :", f"{INSECABLE}:")


def say_suite(titre: str) -> str:
    """The heading of what goes on from the page before."""
    return _("{titre} (suite)").format(titre=titre)


def say_decision() -> str:
    """The label of what is asked of the meeting."""
    return _("Décision demandée")


def say_attendu() -> str:
    """The name of the expected mark."""
    return _("Attendu à date (trait)")


def say_source(source: str) -> str:
    """The source as a paragraph, when it does not fit under the figures."""
    return _("Source : {source}").format(source=source)


def say_alt_barres(barres: Barres) -> str:
    """What a bar chart shows, figure by figure."""
    dits = [
        f"{categorie} : " + ", ".join(f"{serie.nom} {serie.textes[rang]}" for serie in barres.series)
        for rang, categorie in enumerate(barres.categories)
    ]
    return say_court(f"{barres.titre}. " + " ; ".join(dits), ALT_MAX)


def say_alt_carte(carte: Carte) -> str:
    """What the map shows, region by region."""
    dits = "; ".join(f"{r.nom} : {r.texte}" for r in carte.regions)
    return say_court(_("Carte des régions : {titre}. {dits}").format(titre=carte.titre, dits=dits), ALT_MAX)


def say_region() -> str:
    """Heading of the regions' names."""
    return _("Région")


def say_rien() -> str:
    """A chart without any category."""
    return _("Aucune valeur à montrer.")


def say_absente() -> str:
    """The legend of a region that is hatched: the word of its label."""
    return _("non rapporté")


def say_serie_statuts(nom: str) -> str:
    """The legend of a series whose bars take the colour of their status."""
    return _("{nom} (couleur : statut)").format(nom=nom)
