"""Frozen séances, their pictures and the decisions taken in front of them.

Revision ID: seances
Revises: suivi_evaluation
"""

import sqlalchemy as sa
from alembic import op

import ccm_data.models.base

revision = "seances"
down_revision = "suivi_evaluation"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "seance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("instance_code", sa.String(length=40), nullable=False),
        sa.Column("intitule", sa.String(length=200), nullable=False),
        sa.Column("date_seance", sa.Date(), nullable=False),
        sa.Column("date_arrete", sa.Date(), nullable=False),
        sa.Column("lieu", sa.String(length=160), nullable=True),
        sa.Column("region_invitee", sa.String(length=10), nullable=True),
        sa.Column(
            "etat",
            sa.Enum(
                "preparee", "figee", "annulee", name="etat_seance", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("ordre_du_jour", sa.JSON(), nullable=False),
        sa.Column("scenes", sa.JSON(), nullable=False),
        sa.Column("presents", sa.JSON(), nullable=True),
        sa.Column("points_cles", sa.JSON(), nullable=True),
        sa.Column("prochaines_etapes", sa.Text(), nullable=True),
        sa.Column("contenu", sa.Text(), nullable=True),
        sa.Column("empreinte", sa.String(length=64), nullable=True),
        sa.Column("fige_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=True),
        sa.Column("auteur_id", sa.Integer(), nullable=False),
        sa.Column("cree_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(etat = 'figee') = (contenu is not null and empreinte is not null and fige_le is not null)",
            name=op.f("ck_seance_figee_avec_son_contenu"),
        ),
        sa.CheckConstraint("code <> '' and intitule <> ''", name=op.f("ck_seance_nommee")),
        sa.ForeignKeyConstraint(["auteur_id"], ["compte.id"], name=op.f("fk_seance_auteur_id")),
        sa.ForeignKeyConstraint(["instance_code"], ["instance.code"], name=op.f("fk_seance_instance_code")),
        sa.ForeignKeyConstraint(["region_invitee"], ["region.code"], name=op.f("fk_seance_region_invitee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seance")),
        sa.UniqueConstraint("code", name=op.f("uq_seance_code")),
    )
    with op.batch_alter_table("seance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seance_etat"), ["etat"], unique=False)
        batch_op.create_index(batch_op.f("ix_seance_instance_code"), ["instance_code"], unique=False)

    op.create_table(
        "decision_seance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seance_id", sa.Integer(), nullable=False),
        sa.Column("scene", sa.Integer(), nullable=True),
        sa.Column("texte", sa.Text(), nullable=False),
        sa.Column("responsable_code", sa.String(length=60), nullable=True),
        sa.Column("echeance", sa.Date(), nullable=True),
        sa.Column("region_code", sa.String(length=10), nullable=True),
        sa.Column("recommandation_code", sa.String(length=60), nullable=True),
        sa.Column("auteur_id", sa.Integer(), nullable=False),
        sa.Column("quand", ccm_data.models.base.InstantUTC(timezone=True), nullable=False),
        sa.CheckConstraint("texte <> ''", name=op.f("ck_decision_seance_dite")),
        sa.ForeignKeyConstraint(["auteur_id"], ["compte.id"], name=op.f("fk_decision_seance_auteur_id")),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_decision_seance_region_code")),
        sa.ForeignKeyConstraint(
            ["responsable_code"], ["acteur.code"], name=op.f("fk_decision_seance_responsable_code")
        ),
        sa.ForeignKeyConstraint(["seance_id"], ["seance.id"], name=op.f("fk_decision_seance_seance_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_seance")),
    )
    with op.batch_alter_table("decision_seance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_seance_seance_id"), ["seance_id"], unique=False)

    op.create_table(
        "image_seance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seance_id", sa.Integer(), nullable=False),
        sa.Column("nom", sa.String(length=200), nullable=False),
        sa.Column("type_mime", sa.String(length=40), nullable=False),
        sa.Column("alt", sa.String(length=400), nullable=False),
        sa.Column("largeur", sa.Integer(), nullable=False),
        sa.Column("hauteur", sa.Integer(), nullable=False),
        sa.Column("donnees", sa.Text(), nullable=False),
        sa.CheckConstraint("largeur > 0 and hauteur > 0", name=op.f("ck_image_seance_dimensions_positives")),
        sa.ForeignKeyConstraint(["seance_id"], ["seance.id"], name=op.f("fk_image_seance_seance_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_image_seance")),
    )
    with op.batch_alter_table("image_seance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_image_seance_seance_id"), ["seance_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("image_seance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_image_seance_seance_id"))

    op.drop_table("image_seance")
    with op.batch_alter_table("decision_seance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_seance_seance_id"))

    op.drop_table("decision_seance")
    with op.batch_alter_table("seance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_seance_instance_code"))
        batch_op.drop_index(batch_op.f("ix_seance_etat"))

    op.drop_table("seance")
