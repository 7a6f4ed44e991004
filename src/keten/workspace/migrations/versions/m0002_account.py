"""Make accounts, sessions, one-time links and what happened to them; a judgement may name its account."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

REFUSAL = "what happened to an account is never changed or deleted"

SQLITE_TRIGGERS = tuple(
    f"""
    create trigger account_event_is_not_{done} before {deed} on account_event
    begin select raise(abort, '{REFUSAL}'); end
    """
    for deed, done in (("update", "updated"), ("delete", "deleted"))
)

POSTGRESQL_TRIGGERS = (
    f"""
    create function refuse_to_change_account_event() returns trigger language plpgsql as $$
    begin raise exception '{REFUSAL}'; end $$
    """,
    """
    create trigger account_event_is_not_changed before update or delete on account_event
    for each row execute function refuse_to_change_account_event()
    """,
    """
    create trigger account_event_is_not_emptied before truncate on account_event
    for each statement execute function refuse_to_change_account_event()
    """,
)


def upgrade() -> None:
    """Make the tables and triggers."""
    _make_accounts()
    _make_proofs()
    _make_records()
    # Written out: SQLite takes a reference only with the column itself.
    op.execute("alter table judgement add column account bigint references account (number)")
    is_sqlite = op.get_context().dialect.name == "sqlite"
    for trigger in SQLITE_TRIGGERS if is_sqlite else POSTGRESQL_TRIGGERS:
        op.execute(trigger)


def _make_accounts() -> None:
    op.create_table(
        "account",
        _number(),
        sa.Column("name", sa.Text),
        sa.Column("name_key", sa.Text, unique=True),
        sa.Column("sign_in", sa.Text, unique=True),
        sa.Column("password_hash", sa.Text),
        sa.Column("role", sa.Text, nullable=False),
        _moment("made_at", nullable=False),
        _moment("disabled_at"),
        _moment("erased_at"),
        sqlite_autoincrement=True,
    )


def _make_proofs() -> None:
    op.create_table(
        "session",
        _number(),
        sa.Column("token_hash", sa.Text, nullable=False, unique=True),
        _account(nullable=False),
        _moment("made_at", nullable=False),
        _moment("seen_at", nullable=False),
        _moment("expires_at", nullable=False),
        _moment("ended_at"),
        sqlite_autoincrement=True,
    )
    op.create_index("session_account", "session", ["account"])
    op.create_table(
        "link",
        _number(),
        sa.Column("token_hash", sa.Text, nullable=False, unique=True),
        sa.Column("role", sa.Text, nullable=False),
        _account(),
        _account("made_by"),
        _moment("made_at", nullable=False),
        _moment("expires_at", nullable=False),
        _moment("ended_at"),
        _account("used_by"),
        sqlite_autoincrement=True,
    )


def _make_records() -> None:
    op.create_table(
        "failure",
        _number(),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        _moment("failed_at", nullable=False),
        sqlite_autoincrement=True,
    )
    for column in ("who", "address"):
        op.create_index(f"failure_{column}", "failure", [column])
    op.create_table(
        "account_event",
        _number(),
        _account(),
        sa.Column("kind", sa.Text, nullable=False),
        _account("by"),
        _moment("happened_at", nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("account_event_account", "account_event", ["account"])


def _number() -> "sa.Column[int]":
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column("number", kind, primary_key=True, autoincrement=True)


def _account(name: str = "account", *, nullable: bool = True) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger, sa.ForeignKey("account.number"), nullable=nullable)


def _moment(name: str, *, nullable: bool = True) -> "sa.Column[object]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def downgrade() -> None:
    """Refuse: going back would throw away what people said."""
    raise NotImplementedError("A workspace is never brought back to an older form.")
