"""Runs the steps on the connection that `engine` hands over, all in its one transaction."""

from alembic import context

connection = context.config.attributes.get("connection")
if connection is None:
    # Without a connection alembic prints the steps as SQL, for who keeps their own PostgreSQL.
    context.configure(dialect_name=context.config.get_main_option("dialect") or "postgresql")
else:
    # SQLite's definitions of tables are part of a transaction too, which alembic does not assume.
    context.configure(connection=connection, transactional_ddl=True)
context.run_migrations()
