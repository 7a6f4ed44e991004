"""Proposals: what visitors send without an account; whoever sent one comes back to it by a token.

What is said is a line as any other, private to editors. An e-mail address, where one was given, stands
in the one row of `sender` and nowhere else, so that it can be forgotten.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from keten.errors import WorkspaceError
from keten.model import Judgement
from keten.workspace import rules
from keten.workspace.engine import reading, writing
from keten.workspace.lines import Line, insert_line, make_line, read_lines
from keten.workspace.people import Person
from keten.workspace.schema import judgement, sender
from keten.workspace.tokens import hash_token, make_token

VISITOR: Final = "a visitor"  # the author of a line of somebody who is not signed in
KEPT: Final = timedelta(days=180)  # how long an address is kept at most
LONGEST_EMAIL: Final = 254


class Proposals:
    """What visitors sent to one workspace."""

    def __init__(self, engine: sa.Engine, path: Path | str) -> None:
        self._engine, self._path = engine, path

    def send(
        self, line: Line, now: datetime, *, email: str = "", signer: Person | None = None
    ) -> str:
        """Record a line for editors alone, and give the token by which its sender finds it again.

        Raises: WorkspaceError when it cannot be stored, or `email` is no address.
        """
        address = check_email(email)
        made = make_line(
            replace(line, is_private=True, shared_with="editor"),
            line.reason, signer.name if signer else VISITOR, now,
        )  # fmt: skip
        token = make_token()
        with writing(self._engine, self._path) as connection:
            _forget_old(connection, now)
            insert_line(connection, made, signer)
            connection.execute(
                sender.insert().values(
                    subject=line.subject, token_hash=hash_token(token), email=address or None,
                    made_at=now,
                )
            )  # fmt: skip
        return token

    def look(self, token: str) -> tuple[Judgement, Judgement | None, bool]:
        """Give what was sent with this token, the answer that holds, and whether an address is kept.

        Raises: WorkspaceError when nothing was, or it was taken back.
        """
        with reading(self._engine, self._path) as connection:
            row = _find(connection, token)
            lines = read_lines(connection, judgement.c.subject == row.subject)
        held = rules.in_force(lines)
        if not held:
            raise _unknown()
        answer = held[-1] if held[-1].number != lines[0].number else None
        return lines[0], answer, row.email is not None

    def emails(self, now: datetime) -> dict[str, str]:
        """Give the addresses that are kept, by what was sent; those that are too old are forgotten."""
        with reading(self._engine, self._path) as connection:
            rows = connection.execute(
                sa.select(sender.c.subject, sender.c.email, sender.c.made_at)
                .where(sender.c.email.is_not(None))
                .order_by(sender.c.number)
            ).all()
        if any(row.made_at <= now - KEPT for row in rows):
            with writing(self._engine, self._path) as connection:
                _forget_old(connection, now)
        return {row.subject: row.email for row in rows if row.made_at > now - KEPT}

    def forget(self, subject: str, now: datetime) -> None:
        """Forget the address of whoever sent this."""
        with writing(self._engine, self._path) as connection:
            _blank(connection, sender.c.subject == subject, now)

    def forget_by_token(self, token: str, now: datetime) -> None:
        """Forget the address of whoever has this token.

        Raises: WorkspaceError when nobody has.
        """
        with writing(self._engine, self._path) as connection:
            row = _find(connection, token)
            _blank(connection, sender.c.number == row.number, now)


def check_email(text: str) -> str:
    """Give an address as it can be written to, or nothing for nothing.

    Raises: WorkspaceError when it is none.
    """
    address = text.strip()
    name, at, host = address.rpartition("@")
    is_plain = address.isprintable() and not any(
        sign.isspace() or sign in '<>"(),;:\\' for sign in address
    )
    looks_right = bool(name and at and "." in host.strip(".") and is_plain)
    if address and not (looks_right and len(address) <= LONGEST_EMAIL):
        raise rules.refusal(
            "This is no e-mail address.",
            "Write it as name@example.org, or leave it empty.",
            "email",
        )
    return address


def _find(connection: sa.Connection, token: str) -> Any:
    row = connection.execute(
        sa.select(sender.c.number, sender.c.subject, sender.c.email).where(
            sender.c.token_hash == hash_token(token)
        )
    ).first()
    if row is None:
        raise _unknown()
    return row


def _forget_old(connection: sa.Connection, now: datetime) -> None:
    _blank(connection, sender.c.made_at <= now - KEPT, now)


def _blank(connection: sa.Connection, which: "sa.ColumnElement[bool]", now: datetime) -> None:
    connection.execute(
        sender.update()
        .where(which, sender.c.email.is_not(None))
        .values(email=None, erased_at=now)
    )  # fmt: skip


def _unknown() -> WorkspaceError:
    error = WorkspaceError(
        "Nothing was sent with this link, or it was taken back.", "Copy the link whole."
    )
    error.http_status = 404
    return error
