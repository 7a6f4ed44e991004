"""Failed attempts to sign in: counted for a while, so that guessing takes too long to be worth it."""

import hashlib
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address
from typing import Final

import sqlalchemy as sa

from keten.errors import WorkspaceError
from keten.workspace.schema import failure

KEPT: Final = timedelta(hours=1)
SHORT: Final = timedelta(minutes=15)
# One address guessing at one account; many addresses guessing at one; one guessing at many. Nobody can
# lock a colleague out from elsewhere but with a hundred guesses an hour.
MOST_BY_ADDRESS_ON_ACCOUNT: Final = 10
MOST_ON_ACCOUNT: Final = 100
MOST_BY_ADDRESS: Final = 50


def key_of_name(sign_in: str) -> str:
    """Give what stands for a sign-in name that was tried, whether or not it exists."""
    return _hash(f"name {sign_in}")


def key_of_address(address: str) -> str:
    """Give what stands for the address of a visitor; of IPv6 its network, which one household has."""
    try:
        number = ip_address(address)
    except ValueError:
        return _hash(f"address {address}")
    if isinstance(number, IPv6Address):
        return _hash(f"network {int(number) >> 64}")
    return _hash(f"address {number}")


def check(connection: sa.Connection, who: str, address: str, now: datetime) -> None:
    """Raise WorkspaceError where too many attempts have failed of late."""
    lately, hourly = failure.c.failed_at > now - SHORT, failure.c.failed_at > now - KEPT
    here = failure.c.address == address
    on_account = failure.c.who == who
    for limit, which in (
        (MOST_BY_ADDRESS_ON_ACCOUNT, here & on_account & lately),
        (MOST_BY_ADDRESS, here & lately),
        (MOST_ON_ACCOUNT, on_account & hourly),
    ):
        count = connection.execute(sa.select(sa.func.count()).where(which)).scalar_one()
        if count >= limit:
            error = WorkspaceError(
                "Signing in has failed too often.",
                "Wait a quarter of an hour, or ask an administrator for a new link.",
            )
            error.http_status = 429
            error.code = "attempts"
            raise error


def note(connection: sa.Connection, who: str, address: str, now: datetime) -> None:
    """Remember a failed attempt, and forget those too old to count."""
    connection.execute(failure.delete().where(failure.c.failed_at <= now - KEPT))
    connection.execute(failure.insert().values(who=who, address=address, failed_at=now))


def forget(connection: sa.Connection, who: str, address: str | None = None) -> None:
    """Forget the failed attempts on an account, all or those of one address."""
    which = failure.c.who == who
    if address is not None:
        which &= failure.c.address == address
    connection.execute(failure.delete().where(which))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
