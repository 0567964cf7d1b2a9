"""Runs migrations over the connection that the caller opened."""

from alembic import context

from auditor.store.tables import Table

connection = context.config.attributes.get("connection")
if connection is None:
    raise SystemExit("migrations run through auditor.store.database.open_database")
context.configure(connection=connection, target_metadata=Table.metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
