"""Alembic's entry: runs on the connection that ``schema.upgrading`` hands over, inside its transaction."""

from __future__ import annotations

from alembic import context

from storage.schema.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
