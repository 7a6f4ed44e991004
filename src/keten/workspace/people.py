"""Who may do what: the roles in their order, and a person as the faces know one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

# Each may do all that the one before may; a reader who is not signed in has no role at all.
ROLES: Final = ("visitor", "editor", "administrator")
ERASED: Final = "(erased)"  # stands where the name of somebody stood who asked to be forgotten


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is signed in."""

    account: int
    name: str
    role: str
    sign_in: str

    def may(self, role: str) -> bool:
        """Say whether this person may do what needs `role`."""
        return allows(self.role, role)


@dataclass(frozen=True, slots=True)
class Account:
    """An account as administrators see it; names are empty once its data were erased."""

    number: int
    name: str
    sign_in: str
    role: str
    made_at: datetime
    disabled_at: datetime | None
    erased_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Say whether this account can be used."""
        return self.disabled_at is None and self.erased_at is None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session of somebody: where they are signed in, without the token that proves it."""

    number: int
    made_at: datetime
    seen_at: datetime
    expires_at: datetime
    is_this: bool


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a one-time link is good for; `account` where it gives an account a new password."""

    role: str
    expires_at: datetime
    account: int | None = None
    sign_in: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class OpenLink:
    """A one-time link that was not used yet, without the token that makes it work.

    `account` where it gives an account a new password; `made_by` None for the command line.
    """

    number: int
    role: str
    account: int | None
    made_by: int | None
    made_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class AccountEvent:
    """A line of what happened to an account; `by` is another account, None for the command line."""

    number: int
    account: int | None
    kind: str
    by: int | None
    happened_at: datetime
    detail: str


def allows(has: str | None, needs: str | None) -> bool:
    """Say whether who has the role `has` may do what needs the role `needs`; None: nobody, nothing."""
    if needs is None:
        return True
    return has is not None and ROLES.index(has) >= ROLES.index(needs)
