"""Alembic migrations, files named by date; the same steps on SQLite and PostgreSQL."""
