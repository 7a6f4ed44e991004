"""The tables of the workspace, in the form that SQLite and PostgreSQL share.

`migrations` makes them; a test holds the two against each other. A person's own data stand in `account`
and nowhere else: a line that somebody wrote while signed in names the account and leaves `author` empty,
so that erasing blanks one row and every event stays. `sender` does the same for the address of a visitor.
What people type into `reason` and `value` is theirs to keep free of persons.
"""

from datetime import UTC, datetime
from typing import Final

import sqlalchemy as sa

REVISION: Final = "0004"  # the newest migration: a store that carries it needs no upgrade


class Moment(sa.types.TypeDecorator[datetime]):
    """A moment in UTC: SQLite keeps no time zone, so it is taken off and put on here."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Bring a moment to UTC on the way in."""
        if value is None:
            return None
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Give a moment in UTC on the way out."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata: Final = sa.MetaData()


def _number() -> "sa.Column[int]":
    # SQLite numbers by itself only a column declared INTEGER.
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column("number", kind, primary_key=True, autoincrement=True)


def _account(name: str = "account", *, nullable: bool = True) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger, sa.ForeignKey("account.number"), nullable=nullable)


judgement: Final = sa.Table(
    "judgement",
    metadata,
    _number(),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("object", sa.Text, nullable=False),
    sa.Column("value", sa.Text),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("made_at", Moment, nullable=False),
    sa.Column("supersedes", sa.BigInteger, sa.ForeignKey("judgement.number")),
    sa.Column("is_private", sa.Boolean, nullable=False),
    _account(),
    sa.Column("batch", sa.BigInteger, sa.ForeignKey("batch.number")),
    sa.Column(
        "shared_with", sa.Text
    ),  # of a private line: the role that may read it, none: its author
    sa.CheckConstraint("supersedes < number", name="supersedes_an_earlier_line"),
    *(
        sa.Index(f"judgement_{name}", name)
        for name in ("subject", "object", "supersedes", "batch", "kind", "account")
    ),
    sqlite_autoincrement=True,
)

batch: Final = sa.Table(
    "batch",
    metadata,
    _number(),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("detail", sa.Text),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    _account(),
    sa.Column("made_at", Moment, nullable=False),
    sa.Column("undoes", sa.BigInteger, sa.ForeignKey("batch.number")),
    sa.Column("is_private", sa.Boolean, nullable=False),
    sa.Column("shared_with", sa.Text),
    sa.CheckConstraint("undoes < number", name="undoes_an_earlier_batch"),
    sqlite_autoincrement=True,
)

account: Final = sa.Table(
    "account",
    metadata,
    _number(),
    sa.Column("name", sa.Text),
    sa.Column("name_key", sa.Text, unique=True),  # the name without case: two may not look alike
    sa.Column("sign_in", sa.Text, unique=True),
    sa.Column("password_hash", sa.Text),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("made_at", Moment, nullable=False),
    sa.Column("disabled_at", Moment),
    sa.Column("erased_at", Moment),
    sqlite_autoincrement=True,
)

session: Final = sa.Table(
    "session",
    metadata,
    _number(),
    sa.Column("token_hash", sa.Text, nullable=False, unique=True),
    _account(nullable=False),
    sa.Column("made_at", Moment, nullable=False),
    sa.Column("seen_at", Moment, nullable=False),
    sa.Column("expires_at", Moment, nullable=False),
    sa.Column("ended_at", Moment),
    sa.Index("session_account", "account"),
    sqlite_autoincrement=True,
)

link: Final = sa.Table(
    "link",
    metadata,
    _number(),
    sa.Column("token_hash", sa.Text, nullable=False, unique=True),
    sa.Column("role", sa.Text, nullable=False),
    _account(),  # whom it gives a new password; none: it makes an account
    _account("made_by"),  # none: the command line
    sa.Column("made_at", Moment, nullable=False),
    sa.Column("expires_at", Moment, nullable=False),
    sa.Column("ended_at", Moment),
    _account("used_by"),
    sqlite_autoincrement=True,
)

failure: Final = sa.Table(
    "failure",
    metadata,
    _number(),
    sa.Column("who", sa.Text, nullable=False),  # hashes: of the sign-in name, of the address
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("failed_at", Moment, nullable=False),
    sa.Index("failure_who", "who"),
    sa.Index("failure_address", "address"),
    sqlite_autoincrement=True,
)

account_event: Final = sa.Table(
    "account_event",
    metadata,
    _number(),
    _account(),
    sa.Column("kind", sa.Text, nullable=False),
    _account("by"),
    sa.Column("happened_at", Moment, nullable=False),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Index("account_event_account", "account"),
    sqlite_autoincrement=True,
)

sender: Final = sa.Table(
    "sender",
    metadata,
    _number(),
    sa.Column("subject", sa.Text, nullable=False),  # of the lines that say what was sent
    sa.Column("token_hash", sa.Text, nullable=False, unique=True),
    sa.Column("email", sa.Text),  # blanked to forget who sent it
    sa.Column("made_at", Moment, nullable=False),
    sa.Column("erased_at", Moment),
    sa.Index("sender_subject", "subject"),
    sqlite_autoincrement=True,
)
