"""Alembic's entry: it works on the connection that `preparation` hands over."""

from alembic import context

from ccm_data.models import Base

connexion = context.config.attributes["connection"]
context.configure(
    connection=connexion,
    target_metadata=Base.metadata,
    render_as_batch=connexion.dialect.name == "sqlite",
    compare_type=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
