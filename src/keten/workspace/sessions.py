"""Sessions: signing in and out, and who a token belongs to; they end by themselves."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from keten.errors import WorkspaceError
from keten.workspace import attempts
from keten.workspace.engine import reading, writing
from keten.workspace.events import note_event
from keten.workspace.names import normal_sign_in
from keten.workspace.passwords import hash_password, is_outdated, is_password
from keten.workspace.people import Person, SignedIn
from keten.workspace.schema import account, session
from keten.workspace.tokens import hash_token, make_token

IDLE: Final = timedelta(hours=8)
LONGEST: Final = timedelta(days=7)
# A visit is written down no more often than this: reading pages must not mean writing each time.
SEEN_EVERY: Final = timedelta(minutes=5)


class Sessions:
    """The sessions of one workspace."""

    def __init__(self, engine: sa.Engine, path: Path | str) -> None:
        self._engine, self._path = engine, path

    def sign_in(self, sign_in: str, password: str, address: str, now: datetime) -> str:
        """Give the token of a new session.

        Raises: WorkspaceError, the same whether name or password is wrong; another (429) after too
        many attempts.
        """
        name = normal_sign_in(sign_in)
        who, where = attempts.key_of_name(name), attempts.key_of_address(address)
        with reading(self._engine, self._path) as connection:
            attempts.check(connection, who, where, now)
            row = connection.execute(sa.select(account).where(account.c.sign_in == name)).first()
        # Outside of any transaction, as it takes long; and as long for names that nobody has.
        is_right = is_password(row.password_hash if row else None, password)
        with writing(self._engine, self._path) as connection:
            if row is None or not is_right or row.disabled_at or row.erased_at:
                attempts.note(connection, who, where, now)
                token = None
            else:
                attempts.forget(connection, who, where)
                if is_outdated(row.password_hash):
                    connection.execute(
                        account.update()
                        .where(account.c.number == row.number)
                        .where(account.c.password_hash == row.password_hash)
                        .values(password_hash=hash_password(password))
                    )
                token = begin_session(connection, row.number, now)
        if token is None:
            raise _wrong()
        return token

    def find(self, token: str, now: datetime) -> Person | None:
        """Give whose token this is, None where its session has ended."""
        with reading(self._engine, self._path) as connection:
            row = connection.execute(
                sa.select(
                    account.c.number, account.c.name, account.c.role, account.c.sign_in,
                    session.c.number.label("session"), session.c.seen_at,
                )
                .join_from(session, account, session.c.account == account.c.number)
                .where(session.c.token_hash == hash_token(token), *_going_on(now))
                .where(account.c.disabled_at.is_(None), account.c.erased_at.is_(None))
            ).first()  # fmt: skip
        if row is None:
            return None
        if row.seen_at <= now - SEEN_EVERY:
            with writing(self._engine, self._path) as connection:
                seen = session.update().where(session.c.number == row.session)
                connection.execute(seen.values(seen_at=now))
        return Person(row.number, row.name, row.role, row.sign_in)

    def of(self, number: int, token: str, now: datetime) -> list[SignedIn]:
        """Give where an account is signed in, the latest first; `token` tells which one asks."""
        this = hash_token(token)
        with reading(self._engine, self._path) as connection:
            rows = connection.execute(
                sa.select(session)
                .where(session.c.account == number, *_going_on(now))
                .order_by(session.c.number.desc())
            ).all()
        return [
            SignedIn(row.number, row.made_at, row.seen_at, row.expires_at, row.token_hash == this)
            for row in rows
        ]

    def end(self, token: str, now: datetime) -> None:
        """End the session of a token, if it still goes on."""
        with writing(self._engine, self._path) as connection:
            which = (session.c.token_hash == hash_token(token)) & session.c.ended_at.is_(None)
            row = connection.execute(sa.select(session.c.account).where(which)).first()
            if row is not None:
                connection.execute(session.update().where(which).values(ended_at=now))
                note_event(connection, row.account, "signed-out", row.account, now)

    def end_all(self, number: int, by: int | None, now: datetime) -> None:
        """End every session of an account."""
        with writing(self._engine, self._path) as connection:
            end_sessions(connection, number, now)
            note_event(connection, number, "sessions-ended", by, now)


def begin_session(connection: sa.Connection, number: int, now: datetime) -> str:
    """Begin a session and give its token; sessions long past are cleared away."""
    connection.execute(session.delete().where(session.c.expires_at <= now - LONGEST))
    token = make_token()
    connection.execute(
        session.insert().values(
            token_hash=hash_token(token), account=number, made_at=now, seen_at=now,
            expires_at=now + LONGEST,
        )
    )  # fmt: skip
    note_event(connection, number, "signed-in", number, now)
    return token


def end_sessions(connection: sa.Connection, number: int, now: datetime) -> None:
    """End every session of an account, in a transaction of the caller's."""
    going_on = (session.c.account == number) & session.c.ended_at.is_(None)
    connection.execute(session.update().where(going_on).values(ended_at=now))


def _going_on(now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        session.c.ended_at.is_(None),
        session.c.expires_at > now,
        session.c.seen_at > now - IDLE,
    )


def _wrong() -> WorkspaceError:
    error = WorkspaceError(
        "The name and the password do not belong together.",
        "Try again, or ask an administrator for a link to choose a new password.",
    )
    error.http_status = 403
    error.code = "sign-in-wrong"
    return error
