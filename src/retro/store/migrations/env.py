"""Alembic's entry: the migrations run on the connection that `retro.store.migrate` gives, in its transaction."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
