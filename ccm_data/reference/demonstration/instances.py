"""Invented members of the bodies, with the day when they were admitted, and invented quorum rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

from ccm_data.domain.calendrier import Trimestre
from ccm_data.domain.vocabulaire import CategorieActeur, College, ModeQuorum
from ccm_data.models.instances import MembreInstance, RegleQuorum
from ccm_data.reference.demonstration import scenario as s
from ccm_data.reference.demonstration.suivi import Auteurs, make_valide

# Bodies of a region; the others are national.
REGIONS = {
    "ccm-agadez": "NE001", "gtm-agadez": "NE001", "ccm-diffa": "NE002", "ccm-dosso": "NE003", "ccm-maradi": "NE004",
    "ccm-tahoua": "NE005", "ccm-tillaberi": "NE006", "ccm-zinder": "NE007", "ccm-niamey": "NE008",
}  # fmt: skip
COLLEGES = {
    CategorieActeur.ETAT: College.ETAT,
    CategorieActeur.COLLECTIVITE: College.COLLECTIVITES,
    CategorieActeur.PTF_BILATERAL: College.PTF,
    CategorieActeur.PTF_MULTILATERAL: College.PTF,
    CategorieActeur.OSC: College.OSC,
    CategorieActeur.RECHERCHE: College.RECHERCHE,
}
RESEAUX = {"remiddh": College.OSC, "reseau-nu-migrations": College.PTF}  # a network sits with those whom it gathers
_ETAT = (
    "sp-ccm ministere-interieur ministere-justice ministere-sante ministere-emploi ministere-finances "
    "ministere-femme-enfant anltp cndh cncltp dgecm-r dm dst"
)
# body → (first admissions, members)
MEMBRES: dict[str, tuple[date, str]] = {
    "ccm": (date(2022, 3, 15), f"{_ETAT} hapdp ctr oim giz due unhcr unicef onudc fnuap snu remiddh jmed "
                               "croix-rouge-nigerienne oxfam germes lasdel"),
    "gtm": (date(2022, 3, 15), "sp-ccm dm dgecm-r dst anltp cncltp ctr oim giz due unhcr unicef onudc remiddh jmed "
                               "croix-rouge-nigerienne germes"),
    "cadre-protection": (date(2022, 5, 10), "sp-ccm anltp cncltp cndh ministere-justice ministere-femme-enfant ministere-sante "
                                            "dgpe drpe dgecm-r dm dst hapdp ctr unhcr unicef oim onudc fnuap onu-femmes ocha "
                                            "remiddh jmed croix-rouge-nigerienne oxfam lasdel"),
    "sg-securite": (date(2022, 9, 20), "sp-ccm dst ministere-interieur ministere-justice dm oim due onudc remiddh"),
    "sg-developpement": (date(2022, 9, 21), "sp-ccm dm ministere-emploi ctr giz due jmed germes"),
    "sg-enfance": (date(2022, 9, 22), "sp-ccm ministere-femme-enfant dgpe drpe unicef oim croix-rouge-nigerienne jmed"),
    "comite-suivi": (date(2023, 2, 14), "sp-ccm dm dgecm-r due oim remiddh"),
    "coordination-ptf": (date(2022, 6, 2), "due oim giz unhcr unicef onudc danida"),
    "structures-publiques": (date(2022, 10, 4), "sp-ccm dm dgecm-r dst anltp cndh ministere-sante ministere-emploi"),
    "comite-interministeriel": (date(2022, 4, 5), "ministere-interieur ministere-justice ministere-sante ministere-finances "
                                                  "ministere-emploi sp-ccm"),
    "reseau-nu": (date(2022, 3, 15), "oim unhcr unicef fnuap onudc onu-femmes"),
    "ccm-agadez": (date(2022, 11, 3), "drecm-r-agadez ctr oim giz unhcr unicef due remiddh jmed croix-rouge-nigerienne"),
    "gtm-agadez": (date(2022, 11, 3), "drecm-r-agadez ctr oim unhcr croix-rouge-nigerienne"),
    "ccm-diffa": (date(2023, 3, 9), "ctr unhcr ocha"),
    "ccm-dosso": (date(2023, 3, 14), "drecm-r-dosso ctr giz croix-rouge-nigerienne"),
    "ccm-maradi": (date(2022, 12, 1), "drecm-r-maradi ctr oim unicef unhcr germes remiddh"),
    "ccm-tahoua": (date(2023, 1, 19), "drecm-r-tahoua ctr oim giz oxfam remiddh jmed"),
    "ccm-tillaberi": (date(2023, 5, 25), "drecm-r-tillaberi ctr unhcr croix-rouge-nigerienne"),
    "ccm-zinder": (date(2023, 2, 2), "drecm-r-zinder ctr oim unicef unhcr fnuap"),
    "ccm-niamey": (date(2023, 6, 22), "drecm-r-niamey ctr oim giz due remiddh"),
}  # fmt: skip
# (body, organisation) → admitted later, or gone
ADMIS = {
    ("ccm", "oxfam"): date(2024, 6, 13), ("ccm", "lasdel"): date(2023, 6, 15), ("ccm", "hapdp"): date(2025, 12, 11),
    ("gtm", "croix-rouge-nigerienne"): date(2023, 3, 23), ("cadre-protection", "oxfam"): date(2024, 2, 8),
    ("cadre-protection", "lasdel"): date(2025, 2, 13), ("ccm-agadez", "jmed"): date(2024, 4, 25),
    ("ccm-niamey", "remiddh"): date(2025, 3, 20),
}  # fmt: skip
SORTIS = {
    ("ccm-tahoua", "oxfam"): date(2025, 9, 30),
    ("gtm", "ctr"): date(2025, 3, 31),
    ("sg-securite", "due"): date(2026, 1, 31),
}
OBSERVATEURS = {
    ("ccm", "hapdp"), ("ccm", "snu"), ("gtm", "germes"), ("cadre-protection", "ocha"), ("comite-suivi", "due"),
    ("ccm-agadez", "due"), ("comite-interministeriel", "sp-ccm"),
}  # fmt: skip
# body, college (None: all together), how, how many
QUORUMS: tuple[tuple[str, College | None, ModeQuorum, int], ...] = (
    ("ccm", None, ModeQuorum.PART, 60),
    ("ccm", College.ETAT, ModeQuorum.PART, 50),
    ("ccm", College.PTF, ModeQuorum.NOMBRE, 3),
    ("ccm", College.OSC, ModeQuorum.NOMBRE, 2),
    ("gtm", None, ModeQuorum.PART, 50),
    ("gtm", College.OSC, ModeQuorum.NOMBRE, 1),
)
DECIDE_LE = datetime(2022, 3, 15, 9, 0, tzinfo=UTC)


def list_membres(categories: Mapping[str, CategorieActeur], auteurs: Auteurs) -> list[MembreInstance]:
    """Every seat, validated with the quarter in which it began or ended."""
    return list(_list_sieges(categories, auteurs))


def _list_sieges(categories: Mapping[str, CategorieActeur], auteurs: Auteurs) -> Iterator[MembreInstance]:
    for instance, (debut, codes) in MEMBRES.items():
        for code in codes.split():
            admis, sorti = ADMIS.get((instance, code), debut), SORTIS.get((instance, code))
            yield MembreInstance(
                **make_valide(auteurs, REGIONS.get(instance), Trimestre.from_date(sorti or admis)),
                instance_code=instance, membre_code=code, college=RESEAUX.get(code) or COLLEGES[categories[code]],
                observateur=(instance, code) in OBSERVATEURS, admis_le=admis, sorti_le=sorti,
            )  # fmt: skip


def list_sieges_au(instance: str, jour: date) -> list[str]:
    """Who sits in a body on a day, in the order of the table."""
    debut, codes = MEMBRES[instance]
    return [
        code
        for code in codes.split()
        if ADMIS.get((instance, code), debut) <= jour and jour <= SORTIS.get((instance, code), jour)
    ]


def list_quorums(auteur_id: int) -> list[RegleQuorum]:
    """The quorum rules of the two main bodies."""
    return [
        RegleQuorum(
            source=s.SOURCE, date_source=s.DATE_DECISION, decide_le=DECIDE_LE, auteur_id=auteur_id, instance_code=instance,
            college=college, mode=mode, valeur=Decimal(valeur),
        )
        for instance, college, mode, valeur in QUORUMS
    ]  # fmt: skip
