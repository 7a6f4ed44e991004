"""One-time links: they let somebody in who has no account or no password yet, once, for two days."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from keten.errors import WorkspaceError
from keten.workspace.accounts import check_free, check_role
from keten.workspace.engine import reading, writing
from keten.workspace.events import note_event
from keten.workspace.names import check_name, check_sign_in, name_key
from keten.workspace.passwords import check_password, hash_password
from keten.workspace.people import Invitation, OpenLink
from keten.workspace.rules import refusal
from keten.workspace.schema import account, link
from keten.workspace.sessions import begin_session, end_sessions
from keten.workspace.tokens import hash_token, make_token

LASTS: Final = timedelta(hours=48)


class Links:
    """The one-time links of one workspace."""

    def __init__(self, engine: sa.Engine, path: Path | str) -> None:
        self._engine, self._path = engine, path

    def invite(self, role: str, by: int | None, now: datetime) -> str:
        """Give the token of a link that makes an account with this role."""
        check_role(role)
        with writing(self._engine, self._path) as connection:
            return _make(connection, role, None, by, now)

    def invite_first(self, now: datetime) -> str | None:
        """Give the token of a link for the first administrator, None where there is one already.

        A link that was given before no longer works.
        """
        with writing(self._engine, self._path) as connection:
            can = (account.c.disabled_at.is_(None), account.c.erased_at.is_(None))
            there = sa.select(account.c.number).where(account.c.role == "administrator", *can)
            if connection.execute(there).first() is not None:
                return None
            first = link.c.account.is_(None) & link.c.made_by.is_(None) & link.c.ended_at.is_(None)
            first &= link.c.role == "administrator"
            connection.execute(link.update().where(first).values(ended_at=now))
            return _make(connection, "administrator", None, None, now)

    def reset(self, number: int, by: int | None, now: datetime) -> str:
        """Give the token of a link that gives an account a new password; the old one holds till then.

        Raises: WorkspaceError when there is no such account, or it is closed.
        """
        with writing(self._engine, self._path) as connection:
            row = connection.execute(sa.select(account).where(account.c.number == number)).first()
            if row is None or row.disabled_at or row.erased_at:
                raise refusal(f"There is no open account {number}.", "Open it again first.")
            stale = (link.c.account == number) & link.c.ended_at.is_(None)
            connection.execute(link.update().where(stale).values(ended_at=now))
            return _make(connection, row.role, number, by, now)

    def waiting(self, now: datetime) -> list[OpenLink]:
        """Give the links that still work, oldest first; nobody can read from here what they are."""
        still = (link.c.ended_at.is_(None), link.c.expires_at > now)
        names = (link.c.number, link.c.role, link.c.account, link.c.made_by, link.c.made_at,
                 link.c.expires_at)  # fmt: skip
        with reading(self._engine, self._path) as connection:
            rows = connection.execute(sa.select(*names).where(*still).order_by(link.c.number))
            return [OpenLink(**row) for row in rows.mappings()]

    def end(self, number: int, by: int | None, now: datetime) -> None:
        """Make a link that was not used yet no longer work.

        Raises: WorkspaceError when there is none of this number that still works.
        """
        with writing(self._engine, self._path) as connection:
            this = (link.c.number == number) & link.c.ended_at.is_(None) & (link.c.expires_at > now)
            row = connection.execute(sa.select(link.c.account, link.c.role).where(this)).first()
            if row is None:
                raise _spent()
            connection.execute(link.update().where(this).values(ended_at=now))
            note_event(connection, row.account, "link-ended", by, now, row.role)

    def look(self, token: str, now: datetime) -> Invitation:
        """Say what a link is good for, and leave it good.

        Raises: WorkspaceError when it was used, is too old, or never was.
        """
        with reading(self._engine, self._path) as connection:
            return _look(connection, token, now)

    def join(self, token: str, name: str, sign_in: str, password: str, now: datetime) -> str:
        """Make an account, use up the link, and give the token of a session.

        Raises: WorkspaceError when a name cannot be, or is taken; the link then is still good.
        """
        self.look(token, now)
        shown, called = check_name(name), check_sign_in(sign_in)
        kept = hash_password(check_password(password, called, shown))
        try:
            with writing(self._engine, self._path) as connection:
                invitation = _look(connection, token, now)
                if invitation.account is not None:
                    raise _spent()
                check_free(connection, account.c.name_key, name_key(shown))
                check_free(connection, account.c.sign_in, called)
                made = connection.execute(
                    account.insert().values(
                        name=shown, name_key=name_key(shown), sign_in=called, password_hash=kept,
                        role=invitation.role, made_at=now,
                    )
                )  # fmt: skip
                (number,) = made.inserted_primary_key or (0,)
                by = _use(connection, token, number, now)
                note_event(connection, number, "created", by, now, invitation.role)
                return begin_session(connection, number, now)
        except IntegrityError as error:  # two at one moment, where the database lets both look
            raise refusal(
                "Somebody here has this name already.", "Choose another.", "name-taken"
            ) from error

    def choose(self, token: str, password: str, now: datetime) -> str:
        """Give an account a new password, use up the link, and give the token of a session."""
        invitation = self.look(token, now)
        kept = hash_password(check_password(password, invitation.sign_in, invitation.name))
        with writing(self._engine, self._path) as connection:
            invitation = _look(connection, token, now)
            number = invitation.account
            if number is None:
                raise _spent()
            by = _use(connection, token, number, now)
            connection.execute(
                account.update().where(account.c.number == number).values(password_hash=kept)
            )
            end_sessions(connection, number, now)
            note_event(connection, number, "password-reset", by, now)
            return begin_session(connection, number, now)


def _make(
    connection: sa.Connection, role: str, number: int | None, by: int | None, now: datetime
) -> str:
    token = make_token()
    row = {"role": role, "account": number, "made_by": by, "made_at": now}
    connection.execute(
        link.insert().values(**row, token_hash=hash_token(token), expires_at=now + LASTS)
    )
    note_event(connection, number, "link-made", by, now, role)
    return token


def _look(connection: sa.Connection, token: str, now: datetime) -> Invitation:
    row = connection.execute(
        sa.select(link.c.role, link.c.expires_at, link.c.account, account.c.sign_in, account.c.name)
        .outerjoin_from(link, account, link.c.account == account.c.number)
        .where(link.c.token_hash == hash_token(token))
        .where(link.c.ended_at.is_(None), link.c.expires_at > now)
    ).first()
    if row is None:
        raise _spent()
    return Invitation(row.role, row.expires_at, row.account, row.sign_in or "", row.name or "")


def _use(connection: sa.Connection, token: str, number: int, now: datetime) -> int | None:
    """Mark a link as used by an account, and give who made it."""
    this = (link.c.token_hash == hash_token(token)) & link.c.ended_at.is_(None)
    by = connection.execute(sa.select(link.c.made_by).where(this)).scalar()
    used = connection.execute(link.update().where(this).values(ended_at=now, used_by=number))
    if used.rowcount != 1:
        raise _spent()
    return by


def _spent() -> WorkspaceError:
    error = WorkspaceError(
        "This link does not work: it was used, it is too old, or it was not copied whole.",
        "Ask an administrator for a new one.",
    )
    error.http_status = 404
    error.code = "link"
    return error
