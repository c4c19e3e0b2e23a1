"""Rights on commands as a truth table: role × command × own, other or national row, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from ccm_data.commands import acteurs, decisions, periodes, suivi
from ccm_data.commands.decisions import Provenance
from ccm_data.commands.sujets import SUJETS, TENIR_INSTANCES, TENIR_REGISTRES
from ccm_data.domain.calendrier import Trimestre
from ccm_data.domain.permissions import Personne
from ccm_data.domain.vocabulaire import EtatSuivi, StatutBase
from ccm_data.errors import AccesRefuse, ValeurInvalide
from ccm_data.models.decisions import TrimestreVerrouille
from ccm_data.models.instances import Rencontre
from tests.integration.aides_commandes import (
    AUTRE,
    COMPLETES,
    MAINTENANT,
    NATIONALE,
    SIENNE,
    add_ligne,
    make_mise_a_jour,
    make_personnes,
)

ROLES = ("visiteur", "lecteur", "acteur", "focal", "se", "admin")
PORTEES = {"own row": SIENNE, "another's row": AUTRE, "national row": NATIONALE}
SOURCE = Provenance("PV de réunion", date(2026, 11, 20))
_RIEN: set[str] = set()
_TOUT = set(PORTEES)
_SIENNE = {"own row"}
DEPOT = {"visiteur": _RIEN, "lecteur": _RIEN, "acteur": _SIENNE, "focal": _SIENNE, "se": _TOUT, "admin": _TOUT}
SPCCM = {"visiteur": _RIEN, "lecteur": _RIEN, "acteur": _RIEN, "focal": _RIEN, "se": _TOUT, "admin": _TOUT}


def _save(session: Session, qui: Personne, ligne: Any) -> None:
    suivi.save_brouillon(
        session, qui, MAINTENANT, "mise_a_jour", {"avancement": 41}, ligne_id=ligne.id, version=ligne.version
    )


def _create(session: Session, qui: Personne, ligne: Any) -> None:
    valeurs = make_mise_a_jour(region_code=ligne.region_code, acteur_code=ligne.acteur_code)
    suivi.save_brouillon(session, qui, MAINTENANT, "mise_a_jour", valeurs)


def _return(session: Session, qui: Personne, ligne: Any) -> None:
    suivi.return_ligne(
        session, qui, MAINTENANT, "mise_a_jour", ligne.id, ligne.version, note="à revoir",
        retour_avant_le=date(2026, 12, 1),
    )  # fmt: skip


def _step(commande: Callable[..., int]) -> Callable[[Session, Personne, Any], None]:
    def _do(session: Session, qui: Personne, ligne: Any) -> None:
        commande(session, qui, MAINTENANT, "mise_a_jour", ligne.id, ligne.version)

    return _do


ETAPES: dict[str, tuple[EtatSuivi, Callable[[Session, Personne, Any], None], dict[str, set[str]]]] = {
    "make a draft": (EtatSuivi.BROUILLON, _create, DEPOT),
    "change a draft": (EtatSuivi.BROUILLON, _save, DEPOT),
    "mend a returned row": (EtatSuivi.RETOURNE, _save, DEPOT),
    "submit": (EtatSuivi.BROUILLON, _step(suivi.submit), DEPOT),
    "withdraw": (EtatSuivi.SOUMIS, _step(suivi.withdraw), DEPOT),
    "return": (EtatSuivi.SOUMIS, _return, SPCCM),
    "validate": (EtatSuivi.SOUMIS, _step(suivi.validate_ligne), SPCCM),
}


def _is_allowed(session: Session, geste: Callable[[], object]) -> bool:
    """Whether the command goes through; everything that it did is undone."""
    with session.begin_nested() as point:
        try:
            geste()
        except AccesRefuse:
            point.rollback()
            return False
        point.rollback()
        return True


@pytest.mark.parametrize("etape", ETAPES, ids=lambda e: f"who may {e}")
def test_follow_up_rights(session: Session, etape: str) -> None:
    personnes = make_personnes(session)
    etat, geste, attendu = ETAPES[etape]
    permis: dict[str, set[str]] = {}
    for role in ROLES:
        permis[role] = set()
        for portee, (region, acteur) in PORTEES.items():
            # The actor's own row has his organisation; the focal point's own row his region.
            ligne = add_ligne(session, personnes["se2"], etat, region_code=region, acteur_code=acteur)
            if _is_allowed(session, lambda ligne=ligne, role=role: geste(session, personnes[role], ligne)):
                permis[role].add(portee)
    assert permis == attendu


# Registers and who keeps them: the focal point his region's bodies, the SP/CCM its own posts and partnerships.
TENUS = {
    TENIR_INSTANCES: {
        "visiteur": _RIEN,
        "lecteur": _RIEN,
        "acteur": _RIEN,
        "focal": _SIENNE,
        "se": _TOUT,
        "admin": _TOUT,
    },
    TENIR_REGISTRES: SPCCM,
    "deposer": DEPOT,
}
# Columns that follow from the row's region: the body of Agadez, of Tahoua, of the country.
INSTANCES = {"NE001": "ccm-agadez", "NE005": "ccm-tahoua", None: "ccm"}
NATIONAUX = ("poste_spccm", "etape_perennisation")  # they have no region at all


def _make_valeurs(
    session: Session, auteur: Personne, sujet: str, region: str | None, acteur: str | None
) -> dict[str, Any]:
    """A complete row of this subject, of this region and organisation, on a meeting of that region."""
    valeurs = COMPLETES[sujet] | {"region_code": None if sujet in NATIONAUX else region, "acteur_code": acteur}
    if sujet == "appui":
        valeurs |= {"cadre": "institutionnel"}  # a support to a region would need one
    if "instance_code" in valeurs:
        valeurs |= {"instance_code": INSTANCES[region]}
    if "rencontre_code" in valeurs:
        code = f"R-{region if sujet not in NATIONAUX else None}"
        session.add(
            Rencontre(
                code=code, instance_code=INSTANCES[region], region_code=region, date_rencontre=date(2026, 6, 11),
                etat=EtatSuivi.SOUMIS, version=1, auteur_id=auteur.compte_id, cree_le=MAINTENANT,
            )
        )  # fmt: skip
        session.flush()
        valeurs |= {"rencontre_code": code} | ({"reconduite_par": code} if "reconduite_par" in valeurs else {})
    return valeurs


GESTES: tuple[str, ...] = ("make a draft", "change a draft", "submit", "withdraw")


def _try(session: Session, qui: Personne, autre: Personne, sujet: str, valeurs: dict[str, Any], geste: str) -> None:
    """The step by `qui`; what must stand before it is done by `autre`, who may."""
    if geste == "make a draft":
        suivi.save_brouillon(session, qui, MAINTENANT, sujet, valeurs)
        return
    ligne = suivi.save_brouillon(session, autre, MAINTENANT, sujet, valeurs)
    if geste == "change a draft":
        suivi.save_brouillon(session, qui, MAINTENANT, sujet, {"source": "Registre"}, ligne_id=ligne, version=1)
    elif geste == "submit":
        suivi.submit(session, qui, MAINTENANT, sujet, ligne, 1)
    else:
        suivi.submit(session, autre, MAINTENANT, sujet, ligne, 1)
        suivi.withdraw(session, qui, MAINTENANT, sujet, ligne, 2)


NOUVEAUX = [nom for nom, s in SUJETS.items() if s.droit != "deposer"] + [
    "sensibilisation", "appui", "produit_communication", "bonne_pratique",
]  # fmt: skip


@pytest.mark.parametrize("sujet", NOUVEAUX)
def test_who_may_keep_a_register(session: Session, sujet: str) -> None:
    personnes = make_personnes(session)
    permis: dict[str, set[str]] = {role: set() for role in ROLES}
    portees = {"national row": NATIONALE} if sujet in NATIONAUX else PORTEES
    for portee, (region, acteur) in portees.items():
        valeurs = _make_valeurs(session, personnes["se2"], sujet, region, acteur)
        for role in ROLES:
            faits = {
                geste
                for geste in GESTES
                if _is_allowed(
                    session,
                    lambda g=geste, r=role, v=valeurs: _try(session, personnes[r], personnes["se2"], sujet, v, g),
                )
            }
            assert faits in (set(), set(GESTES)), (role, portee)  # a right holds for all the steps of keeping a row
            if faits:
                permis[role].add(portee)
    attendu = TENUS[SUJETS[sujet].droit]
    assert permis == {role: x & set(portees) for role, x in attendu.items()}


def test_a_register_s_keeper_does_not_validate(session: Session) -> None:
    personnes = make_personnes(session)
    ligne = suivi.save_brouillon(session, personnes["focal"], MAINTENANT, "rencontre", COMPLETES["rencontre"])
    suivi.submit(session, personnes["focal"], MAINTENANT, "rencontre", ligne, 1)
    permis = {
        role
        for role in ROLES
        if _is_allowed(
            session,
            lambda role=role: suivi.validate_ligne(session, personnes[role], MAINTENANT, "rencontre", ligne, 2),
        )
    }
    assert permis == {"se", "admin"}


def test_a_region_cannot_take_the_code_of_another_s_meeting_nor_of_a_recommendation(session: Session) -> None:
    personnes = make_personnes(session)
    se2, focal = personnes["se2"], personnes["focal"]
    valeurs = _make_valeurs(session, se2, "recommandation", None, None)
    ligne = suivi.save_brouillon(session, se2, MAINTENANT, "recommandation", valeurs)
    suivi.submit(session, se2, MAINTENANT, "recommandation", ligne, 1)
    pour_agadez = valeurs | {"region_code": "NE001"}  # a national meeting may recommend for a region
    with pytest.raises(ValeurInvalide, match="code_d_une_autre_region"):
        suivi.save_brouillon(session, focal, MAINTENANT, "recommandation", pour_agadez)
    suivi.save_brouillon(session, focal, MAINTENANT, "recommandation", pour_agadez | {"code": "REC-AGADEZ-2"})
    with pytest.raises(ValeurInvalide, match="code_d_une_autre_region"):
        suivi.save_brouillon(session, focal, MAINTENANT, "rencontre", COMPLETES["rencontre"] | {"code": "R-None"})


@pytest.mark.parametrize("role", ["se", "admin"])
def test_nobody_validates_a_row_of_which_he_is_the_author(session: Session, role: str) -> None:
    personnes = make_personnes(session)
    ligne = add_ligne(session, personnes[role], EtatSuivi.SOUMIS)
    with pytest.raises(AccesRefuse) as refus:
        suivi.validate_ligne(session, personnes[role], MAINTENANT, "mise_a_jour", ligne.id, 1)
    assert refus.value.code == "propre_depot"


def test_whoever_changed_another_s_draft_does_not_validate_it(session: Session) -> None:
    personnes = make_personnes(session)
    ligne = add_ligne(session, personnes["focal"], EtatSuivi.BROUILLON)
    _save(session, personnes["se"], ligne)
    suivi.submit(session, personnes["focal"], MAINTENANT, "mise_a_jour", ligne.id, ligne.version)
    with pytest.raises(AccesRefuse) as refus:
        suivi.validate_ligne(session, personnes["se"], MAINTENANT, "mise_a_jour", ligne.id, ligne.version)
    assert refus.value.code == "propre_depot"
    suivi.validate_ligne(session, personnes["se2"], MAINTENANT, "mise_a_jour", ligne.id, ligne.version)


def test_a_focal_point_cannot_carry_his_draft_to_another_region(session: Session) -> None:
    personnes = make_personnes(session)
    ligne = add_ligne(session, personnes["focal"], EtatSuivi.BROUILLON)
    with pytest.raises(AccesRefuse):
        suivi.save_brouillon(
            session,
            personnes["focal"],
            MAINTENANT,
            "mise_a_jour",
            {"region_code": "NE005"},
            ligne_id=ligne.id,
            version=1,
        )


def test_a_focal_point_who_moved_no_longer_sends_his_former_region_s_row(session: Session) -> None:
    personnes = make_personnes(session)
    ligne = add_ligne(session, personnes["focal"], EtatSuivi.BROUILLON, region_code="NE005")
    with pytest.raises(AccesRefuse):
        suivi.submit(session, personnes["focal"], MAINTENANT, "mise_a_jour", ligne.id, 1)


SP: dict[str, Callable[[Session, Personne], object]] = {
    "set a target": lambda s, p: decisions.set_cible(s, p, MAINTENANT, "1.a", 2026, 12, SOURCE),
    "set a baseline": lambda s, p: decisions.set_reference(s, p, MAINTENANT, "1.a", StatutBase.CONNUE, 3, SOURCE),
    "set yearly amounts": lambda s, p: decisions.set_montants_annuels(s, p, MAINTENANT, "4.1", {2026: 5}, SOURCE),
    "say which figure prevails": lambda s, p: decisions.set_montant_retenu(
        s, p, MAINTENANT, "axe", "2", 557_000_000, "somme des actions", SOURCE
    ),
    "settle a contradiction": lambda s, p: decisions.set_choix_contradiction(
        s, p, MAINTENANT, "arrete-ccm-numero", "0316", "le Journal officiel", SOURCE
    ),
    "say that a region is concerned": lambda s, p: decisions.set_region_concernee(
        s, p, MAINTENANT, "3.1.1", "NE001", SOURCE
    ),
    "set an indicator's settings": lambda s, p: decisions.set_reglage_indicateur(
        s, p, MAINTENANT, "1.a", {"unite": "structures"}, SOURCE
    ),
    "set a threshold": lambda s, p: decisions.set_seuil(s, p, MAINTENANT, "delai_rapport_jours", "20", SOURCE),
    "add an actor": lambda s, p: acteurs.add_acteur(s, p, MAINTENANT, "Association exemple", "osc"),
    "change an actor": lambda s, p: acteurs.edit_acteur(s, p, MAINTENANT, "oim", remarque="vu"),
    "close an actor": lambda s, p: acteurs.close_acteur(s, p, MAINTENANT, "oim", date(2026, 1, 1)),
    "add an alias": lambda s, p: acteurs.add_alias(s, p, MAINTENANT, "oim", "Agence exemple"),
    "close a quarter": lambda s, p: periodes.lock_trimestre(s, p, MAINTENANT, Trimestre(2025, 1)),
    "reopen a quarter": lambda s, p: periodes.reopen_trimestre(s, p, MAINTENANT, Trimestre(2022, 1), "erreur"),
}


@pytest.mark.parametrize("quoi", SP, ids=lambda q: f"only the SP/CCM may {q}")
def test_decisions_belong_to_the_sp_ccm(session: Session, quoi: str) -> None:
    personnes = make_personnes(session)
    session.add(
        TrimestreVerrouille(
            annee=2022, trimestre=1, verrouille_le=MAINTENANT, verrouille_par_id=personnes["se2"].compte_id
        )
    )
    session.flush()
    permis = {role for role in ROLES if _is_allowed(session, lambda role=role: SP[quoi](session, personnes[role]))}
    assert permis == {"se", "admin"}
