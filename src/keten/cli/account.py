"""`keten account`: the people who may write in this workspace; whoever runs this is trusted with all."""

import click

from keten.cli.output import day, write_json, write_line, write_table
from keten.cli.session import Session, command, now
from keten.errors import UsageError
from keten.settings import Settings
from keten.workspace import ROLES, Account, Store


@click.group()
def account() -> None:
    """See who may write here, invite people, close and erase accounts.

    WHO is the name that somebody signs in with, or the number of the account.
    """


_WHO = click.argument("who", metavar="WHO")
_ROLE = click.option("--role", type=click.Choice(ROLES), default="editor", show_default=True,
                     help="What they may do.")  # fmt: skip


@command(name="list")
def list_accounts(session: Session) -> None:
    """List the accounts."""
    with session.open_store() as store:
        found, last = store.accounts.all(), store.accounts.last_sign_ins()
    say = session.words
    if session.as_json:
        write_json(session, "accounts", {"people": found}, needs_evidence=False)
        return
    if not found:
        write_line(say("There is no account yet: keten account invite --role administrator"))
        return
    write_table(
        [
            "#",
            say("name"),
            say("signs in as"),
            say("role"),
            say("since"),
            say("last signed in"),
            say("state"),
        ],
        [
            (
                str(each.number),
                each.name,
                each.sign_in,
                say(each.role),
                day(each.made_at, session),
                day(last[each.number], session) if each.number in last else say("never"),
                say(_state(each)),
            )
            for each in found
        ],
        [0],
    )


@command(name="invite")
@_ROLE
def invite(session: Session, role: str) -> None:
    """Make a link that lets one person in, once, within two days."""
    with session.open_store() as store:
        token = store.links.invite(role, None, now())
    _write_link(session, token)


@command(name="links")
@click.option("--end", "number", type=click.IntRange(1), help="Withdraw the link of this number.")
def links(session: Session, number: int | None) -> None:
    """List the one-time links that still work, without what makes them work; or withdraw one."""
    with session.open_store() as store:
        if number is not None:
            store.links.end(number, None, now())
        found = store.links.waiting(now())
        names = {each.number: each.sign_in for each in store.accounts.all()}
    say = session.words
    if session.as_json:
        write_json(session, "links", {"links": found}, needs_evidence=False)
        return
    if not found:
        write_line(say("No link is waiting to be used."))
        return
    write_table(
        ["#", say("role"), say("for"), say("made"), say("works until")],
        [
            (
                str(each.number),
                say(each.role),
                names.get(each.account, "?") if each.account else say("somebody new"),
                day(each.made_at, session),
                day(each.expires_at, session),
            )
            for each in found
        ],
        [0],
    )


@command(name="reset")
@_WHO
def reset(session: Session, who: str) -> None:
    """Make a link with which somebody chooses a new password."""
    with session.open_store() as store:
        token = store.links.reset(_find(store, who).number, None, now())
    _write_link(session, token)


@command(name="role")
@_WHO
@click.option("--role", type=click.Choice(ROLES), required=True, help="What they may do.")
def change_role(session: Session, who: str, role: str) -> None:
    """Give somebody another role."""
    with session.open_store() as store:
        number = _find(store, who).number
        store.accounts.change_role(number, role, None, now())
        _write_account(session, store.accounts.one(number))


@command(name="disable")
@_WHO
def disable(session: Session, who: str) -> None:
    """Close an account: whoever has it is signed out, and nothing that they wrote changes."""
    with session.open_store() as store:
        number = _find(store, who).number
        store.accounts.disable(number, None, now())
        _write_account(session, store.accounts.one(number))


@command(name="enable")
@_WHO
def enable(session: Session, who: str) -> None:
    """Open an account again."""
    with session.open_store() as store:
        number = _find(store, who).number
        store.accounts.enable(number, None, now())
        _write_account(session, store.accounts.one(number))


@command(name="erase")
@_WHO
@click.option("--yes", is_flag=True, help="Yes: this cannot be undone.")
def erase(session: Session, who: str, yes: bool) -> None:
    """Erase the name and the password of somebody; what they wrote stays, without the name."""
    if not yes:
        raise UsageError("Erasing cannot be undone.", "Say --yes as well, if that is meant.")
    with session.open_store() as store:
        number = _find(store, who).number
        store.accounts.erase(number, None, now())
        _write_account(session, store.accounts.one(number))


for each in (list_accounts, invite, links, reset, change_role, disable, enable, erase):
    account.add_command(each)


def write_first_link(session: Session) -> None:
    """Write the link that lets the first administrator in, where nobody can let people in yet."""
    with session.open_store() as store:
        token = store.links.invite_first(now())
    if token is not None:
        say = session.words
        write_line(say("Nobody can write here yet. This link makes the first administrator, once:"))
        write_line(address_of(session.settings, token))


def address_of(settings: Settings, token: str) -> str:
    """Give the address of a one-time link."""
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(settings.host, settings.host)  # noqa: S104
    base = settings.public_url or f"http://{host}:{settings.port}"
    return f"{base}/{settings.language}/invitation/{token}"


def _find(store: Store, who: str) -> Account:
    is_number = who.isdecimal() and len(who) < 19
    return store.accounts.one(int(who)) if is_number else store.accounts.called(who)


def _state(found: Account) -> str:
    if found.erased_at is not None:
        return "erased"
    return "closed" if found.disabled_at is not None else "open"


def _write_link(session: Session, token: str) -> None:
    address = address_of(session.settings, token)
    if session.as_json:
        write_json(session, "link", {"link": address}, needs_evidence=False)
        return
    write_line(address)


def _write_account(session: Session, found: Account) -> None:
    if session.as_json:
        write_json(session, "account", {"account": found}, needs_evidence=False)
        return
    say = session.words
    name = found.name or say("a person whose name was erased")
    write_line(f"{found.number}  {name}: {say(found.role)}, {say(_state(found))}")
