"""Alembic's versions of the schema, and how to bring a database to the newest."""
