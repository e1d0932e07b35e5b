"""Alembic's entry: runs the versions beside it on the connection it is handed."""

from alembic import context

from warden_bot.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=False,  # the caller holds the transaction
)
context.run_migrations()
