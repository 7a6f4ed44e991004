"""Accounts: who may write here, and what their owners and administrators change about them."""

from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from keten.errors import WorkspaceError
from keten.workspace import attempts
from keten.workspace.engine import reading, writing
from keten.workspace.events import note_event, read_events
from keten.workspace.names import check_name, name_key, normal_sign_in
from keten.workspace.passwords import check_password, hash_password, is_password
from keten.workspace.people import ROLES, Account, AccountEvent
from keten.workspace.rules import refusal
from keten.workspace.schema import account, account_event, link
from keten.workspace.sessions import begin_session, end_sessions

_COLUMNS: Final = (
    account.c.number, sa.func.coalesce(account.c.name, "").label("name"),
    sa.func.coalesce(account.c.sign_in, "").label("sign_in"), account.c.role, account.c.made_at,
    account.c.disabled_at, account.c.erased_at,
)  # fmt: skip
_OPEN: Final = (account.c.disabled_at.is_(None), account.c.erased_at.is_(None))


class Accounts:
    """The accounts of one workspace; `by` names the account that changes one, None the command line."""

    def __init__(self, engine: sa.Engine, path: Path | str) -> None:
        self._engine, self._path = engine, path

    def all(self) -> list[Account]:
        """Give every account, in the order in which they were made."""
        with self._reading() as connection:
            rows = connection.execute(sa.select(*_COLUMNS).order_by(account.c.number)).mappings()
            return [Account(**row) for row in rows]

    def one(self, number: int) -> Account:
        """Give one account.

        Raises: WorkspaceError when there is none of this number.
        """
        with self._reading() as connection:
            return _one(connection, number)

    def called(self, sign_in: str) -> Account:
        """Give the account of a sign-in name.

        Raises: WorkspaceError when there is none.
        """
        name = normal_sign_in(sign_in)
        with self._reading() as connection:
            which = sa.select(*_COLUMNS).where(account.c.sign_in == name)
            row = connection.execute(which).mappings().first()
        if row is None:
            raise _nobody(f"There is no account with the name '{sign_in}'.")
        return Account(**row)

    def has_administrator(self) -> bool:
        """Say whether there is an administrator who can sign in."""
        with self._reading() as connection:
            return _count_administrators(connection) > 0

    def events(self, number: int | None = None) -> list[AccountEvent]:
        """Give what happened to an account, or to all, oldest first."""
        with self._reading() as connection:
            return read_events(connection, number)

    def last_sign_ins(self) -> dict[int, datetime]:
        """Give when each account was last signed in to; those that never were are left out."""
        who, last = account_event.c.account, sa.func.max(account_event.c.happened_at)
        signed = sa.select(who, last).where(account_event.c.kind == "signed-in").group_by(who)
        with self._reading() as connection:
            return {row[0]: row[1] for row in connection.execute(signed)}

    def state(self) -> int:
        """Give a number that rises whenever a name changes that pages may show."""
        with self._reading() as connection:
            named = account_event.c.kind.in_(("name-changed", "erased"))
            last = sa.select(sa.func.max(account_event.c.number)).where(named)
            return connection.execute(last).scalar() or 0

    def rename(self, number: int, name: str, by: int | None, now: datetime) -> None:
        """Change the name that others see; it changes beside everything this person wrote."""
        shown = check_name(name)
        with self._writing() as connection:
            _open_one(connection, number)
            check_free(connection, account.c.name_key, name_key(shown), number)
            _change(connection, number, name=shown, name_key=name_key(shown))
            note_event(connection, number, "name-changed", by, now)

    def change_password(self, number: int, old: str, new: str, address: str, now: datetime) -> str:
        """Change a password, end every session, and give the token of a new one.

        Raises: WorkspaceError when the old one is wrong (as rarely as signing in may fail).
        """
        with self._reading() as connection:
            which = sa.select(account).where(account.c.number == number, *_OPEN)
            row = connection.execute(which).first()
            if row is None:
                raise _nobody(f"There is no account {number}.")
            who, where = attempts.key_of_name(row.sign_in), attempts.key_of_address(address)
            attempts.check(connection, who, where, now)
        if not is_password(row.password_hash, old):
            with self._writing() as connection:
                attempts.note(connection, who, where, now)
            raise refusal(
                "The present password is wrong.",
                "Type the one that you signed in with.",
                "password-wrong",
            )
        kept = hash_password(check_password(new, row.sign_in, row.name))
        with self._writing() as connection:
            _change(connection, number, password_hash=kept)
            end_sessions(connection, number, now)
            note_event(connection, number, "password-changed", number, now)
            return begin_session(connection, number, now)

    def change_role(self, number: int, role: str, by: int | None, now: datetime) -> None:
        """Give somebody another role; it holds from their next click."""
        check_role(role)
        with self._writing() as connection:
            before = _open_one(connection, number)
            if before.role == role:
                return
            _change(connection, number, role=role)
            _keep_an_administrator(connection, before)
            note_event(connection, number, "role-changed", by, now, f"{before.role} > {role}")

    def disable(self, number: int, by: int | None, now: datetime) -> None:
        """Close an account: its sessions end, nothing it wrote changes."""
        with self._writing() as connection:
            before = _open_one(connection, number)
            _change(connection, number, disabled_at=now)
            _keep_an_administrator(connection, before)
            _cut_off(connection, number, now)
            note_event(connection, number, "disabled", by, now)

    def enable(self, number: int, by: int | None, now: datetime) -> None:
        """Open an account again."""
        with self._writing() as connection:
            before = _one(connection, number)
            if before.erased_at is not None:
                raise refusal(f"Account {number} was erased.", "Invite the person anew.")
            if before.disabled_at is not None:
                _change(connection, number, disabled_at=None)
                note_event(connection, number, "enabled", by, now)

    def erase(self, number: int, by: int | None, now: datetime) -> None:
        """Blank a person's own data; what they wrote stays, without their name.

        Raises: WorkspaceError for the last administrator: somebody must be able to let people in.
        """
        with self._writing() as connection:
            before = _one(connection, number)
            if before.erased_at is not None:
                return
            kept = connection.execute(
                sa.select(account.c.sign_in).where(account.c.number == number)
            ).scalar()
            attempts.forget(connection, attempts.key_of_name(kept or ""))
            _change(connection, number, name=None, name_key=None, sign_in=None,
                    password_hash=None, erased_at=now)  # fmt: skip
            _keep_an_administrator(connection, before)
            _cut_off(connection, number, now)
            note_event(connection, number, "erased", by, now)

    def _writing(self) -> AbstractContextManager[sa.Connection]:
        return writing(self._engine, self._path)

    def _reading(self) -> AbstractContextManager[sa.Connection]:
        return reading(self._engine, self._path)


def check_role(role: str) -> None:
    """Raise WorkspaceError unless there is such a role."""
    if role not in ROLES:
        raise refusal(f"'{role}' is no role.", f"Choose from: {', '.join(ROLES)}.")


def check_free(
    connection: sa.Connection, column: "sa.Column[Any]", text: str, besides: int | None = None
) -> None:
    """Raise WorkspaceError when another account has this name already."""
    taken = sa.select(account.c.number).where(column == text, account.c.number != (besides or 0))
    if connection.execute(taken).first() is not None:
        raise refusal(
            "Somebody here has this name already.",
            "Add an initial or an organisation, so that others can tell you apart.",
            f"{column.name.removesuffix('_key').replace('_', '-')}-taken",
        )


def _one(connection: sa.Connection, number: int) -> Account:
    which = sa.select(*_COLUMNS).where(account.c.number == number)
    row = connection.execute(which).mappings().first()
    if row is None:
        raise _nobody(f"There is no account {number}.")
    return Account(**row)


def _open_one(connection: sa.Connection, number: int) -> Account:
    found = _one(connection, number)
    if not found.is_open:
        raise refusal(
            f"Account {number} is closed.",
            "Open it again first, if it was not erased.",
            "account-closed",
        )
    return found


def _change(connection: sa.Connection, number: int, **values: Any) -> None:
    connection.execute(account.update().where(account.c.number == number).values(**values))


def _cut_off(connection: sa.Connection, number: int, now: datetime) -> None:
    end_sessions(connection, number, now)
    useless = (link.c.account == number) & link.c.ended_at.is_(None)
    connection.execute(link.update().where(useless).values(ended_at=now))


def _count_administrators(connection: sa.Connection) -> int:
    can = sa.select(sa.func.count()).where(account.c.role == ROLES[-1], *_OPEN)
    return connection.execute(can).scalar_one()


def _keep_an_administrator(connection: sa.Connection, before: Account) -> None:
    # Looked at after the change, in the same transaction, which then is undone.
    if before.role == ROLES[-1] and before.is_open and not _count_administrators(connection):
        raise refusal(
            f"Account {before.number} is the last administrator.",
            "Make somebody else an administrator first.",
            "last-administrator",
        )


def _nobody(what: str) -> WorkspaceError:
    error = WorkspaceError(what, "See which there are with: keten account list")
    error.http_status = 404
    return error
