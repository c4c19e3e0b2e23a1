"""The register of interventions (4W: who does what, where, when) and the closed lists it is written with.

An intervention is a follow-up row of its lead actor: proposed, validated, corrected by a new row. Lists of codes stand in
one cell, separated by `;`, as in the template; the rules check each code. It never adds to the plan's budget entries.
Source: règles de calcul, 4 and 5.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import BigInteger, Boolean, CheckConstraint, ForeignKey, Index, Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ccm_data.domain.vocabulaire import ListeTermes
from ccm_data.models.base import Base, enum_column
from ccm_data.models.suivi import CK_VALIDATION, VALIDE, LigneSuivi


class Terme(Base):
    """An entry of a list that the SP/CCM may extend: themes and statuses of interventions."""

    __tablename__ = "terme"
    liste: Mapped[ListeTermes] = mapped_column(enum_column(ListeTermes), primary_key=True)
    code: Mapped[str] = mapped_column(String(60), primary_key=True)
    libelle: Mapped[str] = mapped_column(String(120))
    ordre: Mapped[int]
    actif: Mapped[bool] = mapped_column(Boolean, default=True)
    modifie_spccm: Mapped[bool] = mapped_column(Boolean, default=False)
    __table_args__ = (CheckConstraint("code <> '' and libelle <> ''", name="nomme"),)


class Intervention(LigneSuivi, Base):
    """What an actor does (`acteur_code` leads it). `regions` holds region codes, or NE for « National »."""

    __tablename__ = "intervention"
    code: Mapped[str] = mapped_column(String(60))
    titre: Mapped[str] = mapped_column(Text)
    description: Mapped[str | None] = mapped_column(Text)
    partenaires: Mapped[str | None] = mapped_column(Text)  # actors' codes
    bailleurs: Mapped[str | None] = mapped_column(Text)  # actors' codes
    themes: Mapped[str | None] = mapped_column(Text)  # codes of terms
    objectifs_pmm: Mapped[str | None] = mapped_column(Text)  # numbers of the 23 objectives
    regions: Mapped[str | None] = mapped_column(Text)
    parts_regions: Mapped[str | None] = mapped_column(Text)  # percents, in the order of `regions`
    parts_themes: Mapped[str | None] = mapped_column(Text)  # percents, in the order of `themes`
    localites: Mapped[str | None] = mapped_column(Text)
    public_cible: Mapped[str | None] = mapped_column(Text)
    date_debut: Mapped[date | None]
    date_fin: Mapped[date | None]
    budget_fcfa: Mapped[int | None] = mapped_column(BigInteger)
    montant_origine: Mapped[Decimal | None] = mapped_column(Numeric(18, 2))
    devise: Mapped[str] = mapped_column(String(3), default="XOF")
    taux: Mapped[Decimal | None] = mapped_column(Numeric(18, 6))
    taux_source: Mapped[str | None] = mapped_column(Text)
    mobilise_fcfa: Mapped[int | None] = mapped_column(BigInteger)
    decaisse_fcfa: Mapped[int | None] = mapped_column(BigInteger)
    statut: Mapped[str] = mapped_column(String(60))
    activite_code: Mapped[str | None] = mapped_column(ForeignKey("activite.code"), index=True)
    reference_pnm: Mapped[str | None] = mapped_column(String(120))
    beneficiaires_vises: Mapped[int | None]
    beneficiaires_atteints: Mapped[int | None]
    __table_args__ = (
        CheckConstraint("acteur_code is not null", name="a_un_chef_de_file"),
        CheckConstraint("date_fin is null or date_debut is null or date_fin >= date_debut", name="fin_apres_debut"),
        CheckConstraint(
            "budget_fcfa >= 0 and mobilise_fcfa >= 0 and decaisse_fcfa >= 0 and montant_origine >= 0",
            name="montants_positifs",
        ),
        CheckConstraint("beneficiaires_vises >= 0 and beneficiaires_atteints >= 0", name="effectifs_positifs"),
        CheckConstraint("devise = 'XOF' or (montant_origine is not null and taux is not null)", name="devise_et_taux"),
        CheckConstraint(CK_VALIDATION, name="validation_par_un_autre"),
        Index("uq_intervention_validee", "code", unique=True, sqlite_where=VALIDE, postgresql_where=VALIDE),
    )
