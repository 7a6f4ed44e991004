"""What happened to accounts, line by line: who did what to whose account, and when."""

from datetime import datetime

import sqlalchemy as sa

from keten.workspace.people import AccountEvent
from keten.workspace.schema import account_event


def note_event(
    connection: sa.Connection,
    number: int | None,
    kind: str,
    by: int | None,
    now: datetime,
    detail: str = "",
) -> None:
    """Add a line; `detail` names roles and the like, never a person."""
    row = {"account": number, "kind": kind, "by": by, "happened_at": now, "detail": detail}
    connection.execute(account_event.insert().values(**row))


def read_events(connection: sa.Connection, number: int | None = None) -> list[AccountEvent]:
    """Give the lines of one account or of all, oldest first."""
    question = sa.select(account_event).order_by(account_event.c.number)
    if number is not None:
        question = question.where(account_event.c.account == number)
    return [AccountEvent(**row) for row in connection.execute(question).mappings()]
