"""Make the append-only table of judgements; triggers refuse to change or delete a line."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

REFUSAL = "a judgement is never changed or deleted: record a later one that supersedes it"

SQLITE_TRIGGERS = (
    f"""
    create trigger judgement_is_not_updated before update on judgement
    begin select raise(abort, '{REFUSAL}'); end
    """,
    f"""
    create trigger judgement_is_not_deleted before delete on judgement
    begin select raise(abort, '{REFUSAL}'); end
    """,
    # "insert or replace" deletes without asking the trigger above.
    f"""
    create trigger judgement_is_not_replaced before insert on judgement
    when exists (select 1 from judgement where number = new.number)
    begin select raise(abort, '{REFUSAL}'); end
    """,
)

POSTGRESQL_TRIGGERS = (
    f"""
    create function refuse_to_change_judgement() returns trigger language plpgsql as $$
    begin raise exception '{REFUSAL}'; end $$
    """,
    """
    create trigger judgement_is_not_changed before update or delete on judgement
    for each row execute function refuse_to_change_judgement()
    """,
    """
    create trigger judgement_is_not_emptied before truncate on judgement
    for each statement execute function refuse_to_change_judgement()
    """,
)


def upgrade() -> None:
    """Make the table, its indices and its triggers."""
    op.create_table(
        "judgement",
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            primary_key=True,
            autoincrement=True,
        ),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("object", sa.Text, nullable=False),
        sa.Column("value", sa.Text),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("supersedes", sa.BigInteger, sa.ForeignKey("judgement.number")),
        sa.Column("is_private", sa.Boolean, nullable=False),
        sa.CheckConstraint("supersedes < number", name="supersedes_an_earlier_line"),
        sqlite_autoincrement=True,
    )
    for column in ("subject", "object", "supersedes"):
        op.create_index(f"judgement_{column}", "judgement", [column])
    is_sqlite = op.get_context().dialect.name == "sqlite"
    for trigger in SQLITE_TRIGGERS if is_sqlite else POSTGRESQL_TRIGGERS:
        op.execute(trigger)


def downgrade() -> None:
    """Refuse: going back would throw away what people said."""
    raise NotImplementedError("A workspace is never brought back to an older form.")
