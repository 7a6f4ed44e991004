"""The tables of the workspace, in the form that SQLite and PostgreSQL share.

`migrations` makes them; a test holds the two against each other. Only `author`, `reason` and `value`
can hold a person's data, and no copy of these is made, so that erasing them later blanks three columns
and leaves the event.
"""

from datetime import UTC, datetime
from typing import Final

import sqlalchemy as sa

REVISION: Final = "0001"  # the newest migration: a store that carries it needs no upgrade


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

judgement: Final = sa.Table(
    "judgement",
    metadata,
    # SQLite numbers by itself only a column declared INTEGER.
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
    sa.Column("made_at", Moment, nullable=False),
    sa.Column("supersedes", sa.BigInteger, sa.ForeignKey("judgement.number")),
    sa.Column("is_private", sa.Boolean, nullable=False),
    sa.CheckConstraint("supersedes < number", name="supersedes_an_earlier_line"),
    sa.Index("judgement_subject", "subject"),
    sa.Index("judgement_object", "object"),
    sa.Index("judgement_supersedes", "supersedes"),
    sqlite_autoincrement=True,
)
