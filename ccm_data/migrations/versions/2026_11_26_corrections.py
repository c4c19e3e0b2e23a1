"""A correction names the row that it replaces; evidence follows, and keeps the row that says who may read it.

Revision ID: corrections
Revises: seances
"""

import sqlalchemy as sa
from alembic import op

revision = "corrections"
down_revision = "seances"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("preuve", schema=None) as batch_op:
        batch_op.add_column(sa.Column("premiere_ligne_id", sa.Integer(), nullable=True))
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sujet", sa.String(length=40), nullable=False),
        sa.Column("ligne_id", sa.Integer(), nullable=False),
        sa.Column("corrigee_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("ligne_id <> corrigee_id", name=op.f("ck_correction_deux_lignes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
        sa.UniqueConstraint("sujet", "ligne_id", name=op.f("uq_correction_sujet_ligne_id")),
    )


def downgrade() -> None:
    op.drop_table("correction")
    with op.batch_alter_table("preuve", schema=None) as batch_op:
        batch_op.drop_column("premiere_ligne_id")
