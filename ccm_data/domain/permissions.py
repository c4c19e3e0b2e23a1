"""Who may read and change what: one table for reading, one for acting, and the masks of public views.

Rights are asked here by `queries/` and `commands/`, not only by hiding buttons. `can_…` answers, `check_…` raises
AccesRefuse. A scope is `tout`, `propre` (own organisation or own deposit), `sa_region`, `comptes` (only how many) or
`non`. Source: règles de calcul, 7 (who sees what), 3 (the author of a deposit does not validate it).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from ccm_data.domain.vocabulaire import Role
from ccm_data.errors import AccesRefuse

Portee = Literal["tout", "propre", "sa_region", "comptes", "non"]


@dataclass(frozen=True)
class Personne:
    """Who asks. A focal point has a region, an actor an organisation; a visitor has no account."""

    role: Role
    compte_id: int | None = None
    region_code: str | None = None
    acteur_code: str | None = None


VISITEUR: Final = Personne(Role.VISITEUR)

# Columns of both tables, in the order of the rules' own table.
ROLES: Final = (
    Role.VISITEUR,
    Role.LECTEUR,
    Role.ACTEUR,
    Role.POINT_FOCAL,
    Role.SUIVI_EVALUATION,
    Role.ADMINISTRATEUR,
)


def _row(*portees: Portee) -> dict[Role, Portee]:
    return dict(zip(ROLES, portees, strict=True))


LECTURE: Final[dict[str, dict[Role, Portee]]] = {
    # object                       visiteur   lecteur    acteur     focal        suivi-év.  admin.
    "agregats": _row("tout", "tout", "tout", "tout", "tout", "tout"),
    "documents_publies": _row("tout", "tout", "tout", "tout", "tout", "tout"),
    "lignes_validees": _row("non", "tout", "tout", "tout", "tout", "tout"),
    "narratifs": _row("non", "non", "propre", "sa_region", "tout", "tout"),
    "preuves": _row("non", "non", "propre", "sa_region", "tout", "tout"),
    "brouillons": _row("non", "non", "propre", "sa_region", "tout", "tout"),  # drafts, submitted, returned rows
    "montants_reserves": _row("non", "non", "propre", "non", "tout", "tout"),  # the funder has not consented
    "position_exacte": _row("non", "non", "non", "sa_region", "tout", "tout"),
    "rapprochements": _row("comptes", "comptes", "propre", "comptes", "tout", "tout"),
    "annonces_non_confirmees": _row("non", "non", "propre", "non", "tout", "tout"),
    "requetes_refusees": _row("non", "non", "propre", "non", "tout", "tout"),
    "evaluations_brouillons": _row("non", "non", "propre", "non", "tout", "tout"),
    "seances_en_preparation": _row("non", "non", "non", "non", "tout", "tout"),
    "seances": _row("non", "tout", "tout", "tout", "tout", "tout"),  # frozen ones
    "comptes": _row("non", "non", "non", "non", "non", "tout"),
    "journal": _row("non", "non", "non", "non", "non", "tout"),
}

_DEPOT = _row("non", "non", "propre", "sa_region", "tout", "tout")
_PROPRE = _row("non", "non", "propre", "non", "tout", "tout")
_SPCCM = _row("non", "non", "non", "non", "tout", "tout")
_INSTANCES = _row("non", "non", "non", "sa_region", "tout", "tout")
_CONTRIBUTEURS = _row("non", "non", "tout", "tout", "tout", "tout")
_ADMINISTRATION = _row("non", "non", "non", "non", "non", "tout")

ECRITURE: Final[dict[str, dict[Role, Portee]]] = {
    "deposer": _DEPOT,  # create or edit a draft
    "soumettre": _DEPOT,
    "retirer": _DEPOT,  # take a submitted row back
    "tenir_instances": _INSTANCES,  # members, meetings, recommendations: a focal point keeps his region's
    "tenir_registres": _SPCCM,  # what the SP/CCM alone knows: its posts, its partnerships, the logframe's hypotheses
    "gerer_instances": _SPCCM,  # the bodies themselves and their quorum
    "accuser_lecture": _PROPRE,  # an organisation has read the file of a meeting
    "evaluer": _SPCCM,
    "repondre_evaluation": _PROPRE,  # the evaluated partner
    "charger_plan": _SPCCM,  # a later plan, and what it carries over
    "tenir_seances": _SPCCM,  # prepare, freeze, note decisions
    "relancer": _SPCCM,  # reminders by e-mail
    "valider": _SPCCM,  # and never one's own deposit
    "retourner": _SPCCM,
    "verrouiller": _SPCCM,  # close a quarter
    "rouvrir": _SPCCM,
    "definir_cible": _SPCCM,
    "definir_reference": _SPCCM,
    "decider_montant": _SPCCM,  # yearly amounts, which figure prevails
    "trancher_contradiction": _SPCCM,
    "definir_region": _SPCCM,  # which regions an activity concerns, weights, shares
    "regler_indicateur": _SPCCM,
    "regler_seuil": _SPCCM,
    "gerer_acteurs": _SPCCM,  # the directory
    "gerer_termes": _SPCCM,  # themes and statuses of interventions
    "requerir": _DEPOT,  # a request to PTF, through the CCM
    "instruire_requete": _SPCCM,  # its steps
    "se_positionner": _PROPRE,  # a pledge in an organisation's name
    "repondre_rapprochement": _PROPRE,  # before a verdict on a pair that names it
    "rendre_verdict": _SPCCM,
    "analyser_document": _PROPRE,  # a partner's programming document
    "consentir_montants": _PROPRE,  # its amounts may be shown to all
    "demander_relation": _CONTRIBUTEURS,  # to be put in touch, through the SP/CCM
    "faire_relation": _SPCCM,
    "gerer_comptes": _ADMINISTRATION,
    "lire_journal": _ADMINISTRATION,
}


def get_portee(personne: Personne, objet: str) -> Portee:
    """How much of `objet` (a key of LECTURE) this person may read. KeyError for an unknown object."""
    return LECTURE[objet][personne.role]


def get_portee_ecriture(personne: Personne, action: str) -> Portee:
    """On how much this person may do `action` (a key of ECRITURE). KeyError for an unknown action."""
    return ECRITURE[action][personne.role]


def _covers(
    portee: Portee, personne: Personne, region_code: str | None, acteur_code: str | None, auteur_id: int | None
) -> bool:
    """Does the scope hold this row? A missing code never matches a missing code."""
    if portee == "tout":
        return True
    if portee == "sa_region":
        return personne.region_code is not None and personne.region_code == region_code
    if portee == "propre":
        sienne = personne.acteur_code is not None and personne.acteur_code == acteur_code
        auteur = personne.compte_id is not None and personne.compte_id == auteur_id
        return sienne or auteur
    return False


def can_read(
    personne: Personne,
    objet: str,
    region_code: str | None = None,
    acteur_code: str | None = None,
    auteur_id: int | None = None,
) -> bool:
    """May this person read this row of `objet`? The row's region, organisation and author are given."""
    return _covers(get_portee(personne, objet), personne, region_code, acteur_code, auteur_id)


def check_read(
    personne: Personne,
    objet: str,
    region_code: str | None = None,
    acteur_code: str | None = None,
    auteur_id: int | None = None,
) -> None:
    """Raise AccesRefuse unless `can_read`."""
    if not can_read(personne, objet, region_code, acteur_code, auteur_id):
        raise AccesRefuse(objet=objet, role=personne.role.value)


def can_count(personne: Personne, objet: str) -> bool:
    """May this person know how many there are, even without reading them?"""
    return get_portee(personne, objet) != "non"


def can_write(
    personne: Personne,
    action: str,
    region_code: str | None = None,
    acteur_code: str | None = None,
    auteur_id: int | None = None,
) -> bool:
    """May this person do `action` on a row of this region and organisation?

    For « valider », `auteur_id` is the deposit's author: never oneself, nor someone who cannot be told from oneself.
    For deposits, being the author opens nothing that region or organisation closes: a focal point who moved must not
    go on sending for his former region.
    """
    portee = get_portee_ecriture(personne, action)
    if not _covers(portee, personne, region_code, acteur_code, None):
        return False
    return action != "valider" or (personne.compte_id is not None and personne.compte_id != auteur_id)


def check_write(
    personne: Personne,
    action: str,
    region_code: str | None = None,
    acteur_code: str | None = None,
    auteur_id: int | None = None,
) -> None:
    """Raise AccesRefuse unless `can_write`; the code is « propre_depot » for one's own deposit."""
    if can_write(personne, action, region_code, acteur_code, auteur_id):
        return
    propre = action == "valider" and auteur_id is not None and personne.compte_id == auteur_id
    code = "propre_depot" if propre and get_portee_ecriture(personne, action) != "non" else None
    raise AccesRefuse(code, action=action, role=personne.role.value, region=region_code, acteur=acteur_code)


# 0.1 degree is 11.1 km from north to south and 10.3 to 10.8 km from east to west at Niger's latitudes (12° to 23.5° N).
PAS_POSITION: Final = 0.1


def round_position(lat: float, lon: float) -> tuple[float, float]:
    """A position for public views: the nearest node of a 0.1° grid (about 10 km); rounding twice changes nothing."""
    return round(round(lat / PAS_POSITION) * PAS_POSITION, 1), round(round(lon / PAS_POSITION) * PAS_POSITION, 1)


@dataclass(frozen=True)
class Effectif:
    """A count of persons: `valeur` is None when not reported or when `masque`."""

    valeur: int | None
    masque: bool = False


def mask_petits_effectifs(parts: Sequence[int | None], seuil: int = 5) -> tuple[list[Effectif], Effectif]:
    """Parts of one total (women, men, …) and the total, with counts of 1 to seuil − 1 masked for public views.

    Complement included: since the total is published, further parts (smallest first) are masked until the masked ones
    are at least two and add up to `seuil` or more, so that subtracting tells nobody's number. Zero concerns no person
    and stays; null stays null. The total (of the reported parts) is itself masked when it is below the threshold.
    """
    connus = [v for v in parts if v is not None]
    total = sum(connus)
    caches = {i for i, v in enumerate(parts) if v is not None and 0 < v < seuil}
    restants = sorted((v, i) for i, v in enumerate(parts) if v is not None and v > 0 and i not in caches)
    while caches and restants and (len(caches) < 2 or sum(parts[i] or 0 for i in caches) < seuil):
        caches.add(restants.pop(0)[1])
    vus = [Effectif(None, masque=True) if i in caches else Effectif(v) for i, v in enumerate(parts)]
    if not connus:
        return vus, Effectif(None)
    return vus, Effectif(None, masque=True) if 0 < total < seuil else Effectif(total)
