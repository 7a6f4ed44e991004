"""Make batches of lines, undone as one; a private line may be shared with a role."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

REFUSAL = "a batch is never changed or deleted: undo it by a later one"

SQLITE_TRIGGERS = (
    *(
        f"""
        create trigger batch_is_not_{done} before {deed} on batch
        begin select raise(abort, '{REFUSAL}'); end
        """
        for deed, done in (("update", "updated"), ("delete", "deleted"))
    ),
    # "insert or replace" deletes without asking the triggers above.
    f"""
    create trigger batch_is_not_replaced before insert on batch
    when exists (select 1 from batch where number = new.number)
    begin select raise(abort, '{REFUSAL}'); end
    """,
)

POSTGRESQL_TRIGGERS = (
    f"""
    create function refuse_to_change_batch() returns trigger language plpgsql as $$
    begin raise exception '{REFUSAL}'; end $$
    """,
    """
    create trigger batch_is_not_changed before update or delete on batch
    for each row execute function refuse_to_change_batch()
    """,
    """
    create trigger batch_is_not_emptied before truncate on batch
    for each statement execute function refuse_to_change_batch()
    """,
)


def upgrade() -> None:
    """Make the table, its triggers, and the columns of a line that speak of it."""
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "batch",
        sa.Column("number", kind, primary_key=True, autoincrement=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("detail", sa.Text),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("account", sa.BigInteger, sa.ForeignKey("account.number")),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undoes", sa.BigInteger, sa.ForeignKey("batch.number")),
        sa.Column("is_private", sa.Boolean, nullable=False),
        sa.Column("shared_with", sa.Text),
        sa.CheckConstraint("undoes < number", name="undoes_an_earlier_batch"),
        sqlite_autoincrement=True,
    )
    # Written out: SQLite takes a reference only with the column itself.
    op.execute("alter table judgement add column batch bigint references batch (number)")
    op.execute("alter table judgement add column shared_with text")
    op.create_index("judgement_batch", "judgement", ["batch"])
    op.create_index("judgement_kind", "judgement", ["kind"])
    op.create_index("judgement_account", "judgement", ["account"])
    is_sqlite = op.get_context().dialect.name == "sqlite"
    for trigger in SQLITE_TRIGGERS if is_sqlite else POSTGRESQL_TRIGGERS:
        op.execute(trigger)


def downgrade() -> None:
    """Refuse: going back would throw away what people said."""
    raise NotImplementedError("A workspace is never brought back to an older form.")
