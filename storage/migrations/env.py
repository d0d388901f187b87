"""Alembic's entry: runs the versions over the connection it is handed."""

from alembic import context
from sqlmodel import SQLModel

import storage.tables  # noqa: F401  (declares the metadata)

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
