"""The plan and the logframe as printed: reference data, reloaded from files, never edited on screen.

Decisions of the SP/CCM about them stand in `decisions.py`, so that reloading overwrites nothing.
Source: stratégie 2022-2026, « Plan d'action » and « Matrice du cadre logique ».
"""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ccm_data.domain.vocabulaire import (
    AgregationRegion,
    AgregationTemps,
    CategorieActeur,
    ModeCible,
    ModeSaisie,
    NatureContradiction,
    Sens,
    StatutBase,
    TypeIndicateur,
)
from ccm_data.models.base import Base, enum_column


class Installation(Base):
    """Facts about this database: `nature` (reel | demonstration), `empreinte_plan`, `graine`…"""

    __tablename__ = "installation"
    cle: Mapped[str] = mapped_column(String(60), primary_key=True)
    valeur: Mapped[str] = mapped_column(Text)


class Plan(Base):
    """Printed facts about the plan as a whole (title, years, printed total)."""

    __tablename__ = "plan"
    cle: Mapped[str] = mapped_column(String(60), primary_key=True)
    valeur: Mapped[str] = mapped_column(Text)
    section: Mapped[str] = mapped_column(Text, default="")


class Axe(Base):
    """One of the 5 axes, with its printed cost."""

    __tablename__ = "axe"
    __table_args__ = (CheckConstraint("cout_imprime_fcfa >= 0", name="cout_positif"),)
    code: Mapped[str] = mapped_column(String(10), primary_key=True)
    ordre: Mapped[int]
    intitule: Mapped[str] = mapped_column(Text)
    libelle_court: Mapped[str] = mapped_column(String(80))
    cout_imprime_fcfa: Mapped[int | None] = mapped_column(BigInteger)
    section: Mapped[str] = mapped_column(Text)


class Objectif(Base):
    """One of the 9 objectives, with its expected result."""

    __tablename__ = "objectif"
    code: Mapped[str] = mapped_column(String(10), primary_key=True)
    axe_code: Mapped[str] = mapped_column(ForeignKey("axe.code"), index=True)
    ordre: Mapped[int]
    intitule: Mapped[str] = mapped_column(Text)
    resultat: Mapped[str | None] = mapped_column(Text)
    resultat_section: Mapped[str | None] = mapped_column(Text)
    section: Mapped[str] = mapped_column(Text)


class Action(Base):
    """The action of an objective (one each), with its printed cost and references."""

    __tablename__ = "action"
    __table_args__ = (CheckConstraint("cout_imprime_fcfa >= 0", name="cout_positif"),)
    code: Mapped[str] = mapped_column(String(10), primary_key=True)
    objectif_code: Mapped[str] = mapped_column(ForeignKey("objectif.code"), unique=True)
    ordre: Mapped[int]
    intitule: Mapped[str] = mapped_column(Text)
    cout_imprime_fcfa: Mapped[int | None] = mapped_column(BigInteger)
    references_pnm: Mapped[str | None] = mapped_column(Text)
    references_pmm_texte: Mapped[str | None] = mapped_column(Text)
    section: Mapped[str] = mapped_column(Text)


class ObjectifPmm(Base):
    """One of the 23 objectives of the Global Compact (official French title)."""

    __tablename__ = "objectif_pmm"
    numero: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    intitule: Mapped[str] = mapped_column(Text)
    libelle_court: Mapped[str] = mapped_column(String(80))


class ActionPmm(Base):
    """An action cites a PMM objective."""

    __tablename__ = "action_pmm"
    action_code: Mapped[str] = mapped_column(ForeignKey("action.code"), primary_key=True)
    objectif_pmm: Mapped[int] = mapped_column(ForeignKey("objectif_pmm.numero"), primary_key=True)


class Activite(Base):
    """One of the 28 activities."""

    __tablename__ = "activite"
    __table_args__ = (CheckConstraint("cout_fcfa >= 0", name="cout_positif"),)
    code: Mapped[str] = mapped_column(String(10), primary_key=True)
    action_code: Mapped[str] = mapped_column(ForeignKey("action.code"), index=True)
    ordre: Mapped[int]
    intitule: Mapped[str] = mapped_column(Text)
    libelle_court: Mapped[str] = mapped_column(String(80))
    cout_fcfa: Mapped[int] = mapped_column(BigInteger)
    structures_beneficiaires: Mapped[str] = mapped_column(Text)
    section: Mapped[str] = mapped_column(Text)


class ActiviteAnnee(Base):
    """A year marked in the plan's calendar."""

    __tablename__ = "activite_annee"
    __table_args__ = (CheckConstraint("annee between 2022 and 2026", name="annee_du_plan"),)
    activite_code: Mapped[str] = mapped_column(ForeignKey("activite.code"), primary_key=True)
    annee: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)


class ActiviteBeneficiaire(Base):
    """One beneficiary of an activity as printed, with the category it belongs to where that is plain."""

    __tablename__ = "activite_beneficiaire"
    activite_code: Mapped[str] = mapped_column(ForeignKey("activite.code"), primary_key=True)
    ordre: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    libelle: Mapped[str] = mapped_column(Text)
    categorie: Mapped[CategorieActeur | None] = mapped_column(enum_column(CategorieActeur))


class Indicateur(Base):
    """One of the 26 indicators with its default settings (the SP/CCM's own stand in `reglage_indicateur`)."""

    __tablename__ = "indicateur"
    code: Mapped[str] = mapped_column(String(10), primary_key=True)
    objectif_code: Mapped[str] = mapped_column(ForeignKey("objectif.code"), index=True)
    ordre: Mapped[int]
    intitule: Mapped[str] = mapped_column(Text)
    libelle_court: Mapped[str] = mapped_column(String(80))
    unite: Mapped[str] = mapped_column(String(80))
    definition: Mapped[str | None] = mapped_column(Text)
    type: Mapped[TypeIndicateur] = mapped_column(enum_column(TypeIndicateur))
    sens: Mapped[Sens] = mapped_column(enum_column(Sens))
    agregation_temps: Mapped[AgregationTemps] = mapped_column(enum_column(AgregationTemps))
    agregation_region: Mapped[AgregationRegion] = mapped_column(enum_column(AgregationRegion))
    mode_cible: Mapped[ModeCible] = mapped_column(enum_column(ModeCible))
    mode_saisie: Mapped[ModeSaisie] = mapped_column(enum_column(ModeSaisie))
    base_statut: Mapped[StatutBase] = mapped_column(enum_column(StatutBase))
    niveaux: Mapped[str | None] = mapped_column(Text)  # ordinal levels, lowest first, separated by `;`
    registre: Mapped[str | None] = mapped_column(Text)
    section: Mapped[str] = mapped_column(Text)


class SourceVerification(Base):
    """A source of verification of an objective's indicators (logframe)."""

    __tablename__ = "source_verification"
    objectif_code: Mapped[str] = mapped_column(ForeignKey("objectif.code"), primary_key=True)
    ordre: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    texte: Mapped[str] = mapped_column(Text)
    section: Mapped[str] = mapped_column(Text)


class HypotheseRisque(Base):
    """A hypothesis or a risk of an objective (logframe)."""

    __tablename__ = "hypothese_risque"
    __table_args__ = (CheckConstraint("nature in ('hypothese', 'risque')", name="nature_connue"),)
    objectif_code: Mapped[str] = mapped_column(ForeignKey("objectif.code"), primary_key=True)
    nature: Mapped[str] = mapped_column(String(20), primary_key=True)
    texte: Mapped[str] = mapped_column(Text)
    section: Mapped[str] = mapped_column(Text)


class Problematique(Base):
    """The problem an axis answers, in our words."""

    __tablename__ = "problematique"
    axe_code: Mapped[str] = mapped_column(ForeignKey("axe.code"), primary_key=True)
    resume: Mapped[str] = mapped_column(Text)
    section: Mapped[str] = mapped_column(Text)


class Sigle(Base):
    """An acronym, listed by the document or merely used in it."""

    __tablename__ = "sigle"
    sigle: Mapped[str] = mapped_column(String(40), primary_key=True)
    developpe: Mapped[str | None] = mapped_column(Text)
    section: Mapped[str] = mapped_column(Text)


class Variante(Base):
    """Another wording of a title in another place of the document; `prevaut` marks the one in use."""

    __tablename__ = "variante"
    objet: Mapped[str] = mapped_column(String(30), primary_key=True)
    code: Mapped[str] = mapped_column(String(10), primary_key=True)
    champ: Mapped[str] = mapped_column(String(30), primary_key=True)
    section: Mapped[str] = mapped_column(String(200), primary_key=True)
    texte: Mapped[str] = mapped_column(Text)
    prevaut: Mapped[int] = mapped_column(Integer, default=0)


class Contradiction(Base):
    """A difference inside the document that is not a sum: wording, reference, numbering, calendar."""

    __tablename__ = "contradiction"
    code: Mapped[str] = mapped_column(String(60), primary_key=True)
    nature: Mapped[NatureContradiction] = mapped_column(enum_column(NatureContradiction))
    objet: Mapped[str] = mapped_column(String(30))
    objet_code: Mapped[str | None] = mapped_column(String(40))
    champ: Mapped[str | None] = mapped_column(String(40))
    texte_a: Mapped[str | None] = mapped_column(Text)
    section_a: Mapped[str | None] = mapped_column(Text)
    texte_b: Mapped[str | None] = mapped_column(Text)
    section_b: Mapped[str | None] = mapped_column(Text)
    remarque: Mapped[str | None] = mapped_column(Text)
