"""The registers that indicators count: awareness, supports, products, lessons, risks, partnerships, posts.

Follow-up rows like the others: proposed by who may keep the register, validated by the SP/CCM, corrected by a new row.
Persons are counts, by sex and category; a row never names one. Source: règles de calcul 2 (table « counted by »), stratégie
4, 5.1, 8.1, 8.2, 8.4.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Numeric, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from ccm_data.domain.vocabulaire import (
    CadreAppui,
    EtatHypothese,
    NatureAppui,
    NatureEtape,
    NatureHypothese,
    NaturePratique,
    NatureSensibilisation,
    NiveauPartenariat,
    Payeur,
    TypePartenariat,
    TypeProduit,
)
from ccm_data.models.base import Base, enum_column
from ccm_data.models.suivi import CK_VALIDATION, VALIDE, LigneSuivi

# Participants, by category and sex; « population » are no agents of a structure (indicator 1.d leaves it out).
CATEGORIES = ("etat", "collectivites", "osc", "prive", "population")
EFFECTIFS = tuple(f"{categorie}_{sexe}" for categorie in CATEGORIES for sexe in ("femmes", "hommes"))
REGION = text("coalesce(region_code, 'NE')")
FIN_APRES_DEBUT = "date_fin is null or date_fin >= date_debut"


def _unique(nom: str, *colonnes: object) -> Index:
    return Index(nom, *colonnes, unique=True, sqlite_where=VALIDE, postgresql_where=VALIDE)  # type: ignore[arg-type]


class Sensibilisation(LigneSuivi, Base):
    """A mission, a session, a day of exchange or a training. `comites_formes`: names of committees that it trained."""

    __tablename__ = "sensibilisation"
    nature: Mapped[NatureSensibilisation] = mapped_column(enum_column(NatureSensibilisation))
    intitule: Mapped[str] = mapped_column(String(200))
    date_debut: Mapped[date]
    date_fin: Mapped[date | None]
    lieu: Mapped[str | None] = mapped_column(String(160))
    activite_code: Mapped[str | None] = mapped_column(ForeignKey("activite.code"), index=True)
    organisateurs: Mapped[str | None] = mapped_column(Text)  # actors' codes
    comites_formes: Mapped[str | None] = mapped_column(Text)
    etat_femmes: Mapped[int | None]
    etat_hommes: Mapped[int | None]
    collectivites_femmes: Mapped[int | None]
    collectivites_hommes: Mapped[int | None]
    osc_femmes: Mapped[int | None]
    osc_hommes: Mapped[int | None]
    prive_femmes: Mapped[int | None]
    prive_hommes: Mapped[int | None]
    population_femmes: Mapped[int | None]
    population_hommes: Mapped[int | None]
    __table_args__ = (
        CheckConstraint(FIN_APRES_DEBUT, name="fin_apres_debut"),
        CheckConstraint(" and ".join(f"{c} >= 0" for c in EFFECTIFS), name="effectifs_positifs"),
        CheckConstraint(CK_VALIDATION, name="validation_par_un_autre"),
        _unique("uq_sensibilisation_validee", "nature", "intitule", "date_debut", REGION),
    )


class Appui(LigneSuivi, Base):
    """A support: of an institution to the SP/CCM's work (1.a), or of the SP/CCM to a DREC/MR (3.1.b)."""

    __tablename__ = "appui"
    cadre: Mapped[CadreAppui] = mapped_column(enum_column(CadreAppui))
    intitule: Mapped[str] = mapped_column(String(200))
    institution_code: Mapped[str] = mapped_column(ForeignKey("acteur.code"), index=True)  # who supports
    beneficiaire_code: Mapped[str | None] = mapped_column(ForeignKey("acteur.code"))
    nature: Mapped[NatureAppui] = mapped_column(enum_column(NatureAppui))
    date_debut: Mapped[date]
    date_fin: Mapped[date | None]
    equipements: Mapped[str | None] = mapped_column(Text)
    montant_fcfa: Mapped[int | None] = mapped_column(BigInteger)
    activite_code: Mapped[str | None] = mapped_column(ForeignKey("activite.code"), index=True)
    __table_args__ = (
        CheckConstraint(FIN_APRES_DEBUT, name="fin_apres_debut"),
        CheckConstraint("montant_fcfa >= 0", name="montant_positif"),
        CheckConstraint(CK_VALIDATION, name="validation_par_un_autre"),
        _unique("uq_appui_valide", "cadre", "institution_code", "intitule", "date_debut", REGION),
    )


class ProduitCommunication(LigneSuivi, Base):
    """Something made to inform (activity 2.3.2). `langues` separated by `;`."""

    __tablename__ = "produit_communication"
    intitule: Mapped[str] = mapped_column(String(200))
    type: Mapped[TypeProduit] = mapped_column(enum_column(TypeProduit))
    date_diffusion: Mapped[date]
    langues: Mapped[str | None] = mapped_column(Text)
    public_cible: Mapped[str | None] = mapped_column(Text)
    exemplaires: Mapped[int | None]
    activite_code: Mapped[str | None] = mapped_column(ForeignKey("activite.code"), index=True)
    lien: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (
        CheckConstraint("exemplaires >= 0", name="exemplaires_positifs"),
        CheckConstraint(CK_VALIDATION, name="validation_par_un_autre"),
        _unique("uq_produit_communication_valide", "intitule", "type", "date_diffusion", REGION),
    )


class BonnePratique(LigneSuivi, Base):
    """A practice or a lesson worth knowing, or a partner's opinion on the follow-up frame."""

    __tablename__ = "bonne_pratique"
    nature: Mapped[NaturePratique] = mapped_column(enum_column(NaturePratique))
    titre: Mapped[str] = mapped_column(String(200))
    contexte: Mapped[str | None] = mapped_column(Text)
    enseignement: Mapped[str | None] = mapped_column(Text)
    conditions: Mapped[str | None] = mapped_column(Text)  # of doing it again elsewhere
    date_constat: Mapped[date]
    theme: Mapped[str | None] = mapped_column(String(60))
    activite_code: Mapped[str | None] = mapped_column(ForeignKey("activite.code"), index=True)
    intervention_code: Mapped[str | None] = mapped_column(String(60))
    __table_args__ = (
        CheckConstraint("titre <> ''", name="titree"),
        CheckConstraint(CK_VALIDATION, name="validation_par_un_autre"),
        _unique("uq_bonne_pratique_validee", "titre", REGION, text("coalesce(acteur_code, '')")),
    )


class SuiviHypothese(LigneSuivi, Base):
    """How a hypothesis or a risk of the logframe stands on a day, what is done about it, who follows it."""

    __tablename__ = "suivi_hypothese"
    objectif_code: Mapped[str] = mapped_column(ForeignKey("objectif.code"), index=True)
    nature: Mapped[NatureHypothese] = mapped_column(enum_column(NatureHypothese))
    date_constat: Mapped[date]
    niveau: Mapped[EtatHypothese] = mapped_column(enum_column(EtatHypothese))
    constat: Mapped[str | None] = mapped_column(Text)
    mitigation: Mapped[str | None] = mapped_column(Text)
    responsable_code: Mapped[str | None] = mapped_column(ForeignKey("acteur.code"))
    __table_args__ = (
        CheckConstraint(CK_VALIDATION, name="validation_par_un_autre"),
        _unique("uq_suivi_hypothese_valide", "objectif_code", "nature", "date_constat"),
    )


class Partenariat(LigneSuivi, Base):
    """A meeting attended, a tool made together, a convention, a study trip abroad (axis 4)."""

    __tablename__ = "partenariat"
    type: Mapped[TypePartenariat] = mapped_column(enum_column(TypePartenariat))
    niveau: Mapped[NiveauPartenariat] = mapped_column(enum_column(NiveauPartenariat))
    intitule: Mapped[str] = mapped_column(String(200))
    date_debut: Mapped[date]
    date_fin: Mapped[date | None]
    partenaire: Mapped[str | None] = mapped_column(String(200))  # a structure abroad, as it is called
    partenaires_codes: Mapped[str | None] = mapped_column(Text)  # actors of the directory
    pays: Mapped[str | None] = mapped_column(String(120))
    activite_code: Mapped[str | None] = mapped_column(ForeignKey("activite.code"), index=True)
    document: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (
        CheckConstraint(FIN_APRES_DEBUT, name="fin_apres_debut"),
        CheckConstraint(CK_VALIDATION, name="validation_par_un_autre"),
        _unique("uq_partenariat_valide", "type", "intitule", "date_debut"),
    )


ANNEES_POSTE = (2022, 2023, 2024, 2025, 2026)


class PosteSpccm(LigneSuivi, Base):
    """A post of the SP/CCM: who pays it, and the share that the State takes over year by year (0-100 %)."""

    __tablename__ = "poste_spccm"
    intitule: Mapped[str] = mapped_column(String(200))
    payeur: Mapped[Payeur] = mapped_column(enum_column(Payeur))
    partenaire_code: Mapped[str | None] = mapped_column(ForeignKey("acteur.code"))
    depuis: Mapped[date | None]
    jusqua: Mapped[date | None]
    part_2022: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    part_2023: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    part_2024: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    part_2025: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    part_2026: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    __table_args__ = (
        CheckConstraint("jusqua is null or depuis is null or jusqua >= depuis", name="fin_apres_debut"),
        CheckConstraint("region_code is null", name="nationale"),
        CheckConstraint(" and ".join(f"part_{a} between 0 and 100" for a in ANNEES_POSTE), name="parts_0_100"),
        CheckConstraint("payeur <> 'partenaire' or partenaire_code is not null", name="partenaire_nomme"),
        CheckConstraint(CK_VALIDATION, name="validation_par_un_autre"),
        _unique("uq_poste_spccm_valide", "intitule"),
    )


class EtapePerennisation(LigneSuivi, Base):
    """The road map on the posts: its adoption in a meeting, or an evaluation of a stage."""

    __tablename__ = "etape_perennisation"
    nature: Mapped[NatureEtape] = mapped_column(enum_column(NatureEtape))
    date_etape: Mapped[date]
    rencontre_code: Mapped[str | None] = mapped_column(String(60))
    constat: Mapped[str | None] = mapped_column(Text)
    ajustements: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (
        CheckConstraint("region_code is null", name="nationale"),
        CheckConstraint("nature <> 'adoption' or rencontre_code is not null", name="adoptee_en_rencontre"),
        CheckConstraint(CK_VALIDATION, name="validation_par_un_autre"),
        _unique("uq_etape_perennisation_validee", "nature", "date_etape"),
    )
