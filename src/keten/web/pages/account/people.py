"""The people of this workspace, for administrators: inviting them, and what they may do."""

from typing import Annotated

from fastapi import Path
from starlette.responses import Response

from keten.errors import WorkspaceError
from keten.web.language import N_
from keten.web.pages.account.words import put_trouble
from keten.web.reply import Page, Pages, see_other
from keten.web.visit import Visit, Visiting
from keten.workspace import ROLES, Person

pages = Pages()
# As large as a database can hold, and more than there will ever be.
Number = Annotated[int, Path(ge=1, le=2**62)]

ROLE_NAMES = {
    "visitor": N_("visitor: reads what is for signed-in people"),
    "editor": N_("editor: writes, and takes back what was written"),
    "administrator": N_("administrator: does that, and lets people in"),
}
# What a line of the table of rights says, and who may: nobody signed in (""), or the roles.
RIGHTS = (
    (N_("Read pages, numbers and sources"), ("", *ROLES)),
    (N_("Read how far named parties depend on subsidy"), ROLES),
    (N_("See who said what, by name"), ROLES),
    (N_("Write: lists, rulings, memberships, plans; and take back what anybody wrote"), ROLES[1:]),
    (N_("Read what is private to editors: lists, conversations, notes, suggestions"), ROLES[1:]),
    (N_("Read what one wrote for oneself alone"), ()),
    (N_("Invite people, change roles, close and erase accounts"), ROLES[2:]),
)
EVENTS = {
    "link-made": N_("a one-time link was made"),
    "link-ended": N_("a one-time link was withdrawn"),
    "created": N_("the account was made"),
    "signed-in": N_("signed in"),
    "signed-out": N_("signed out"),
    "sessions-ended": N_("signed out everywhere"),
    "password-changed": N_("changed the password"),
    "password-reset": N_("chose a new password with a link"),
    "name-changed": N_("the name was changed"),
    "role-changed": N_("the role was changed"),
    "disabled": N_("the account was closed"),
    "enabled": N_("the account was opened again"),
    "erased": N_("the person's data were erased"),
}


@pages.page("/people", role="administrator")
def people(visit: Visiting) -> Page | Response:
    """List the accounts."""
    return _list(visit)


@pages.form("/people/invite", role="administrator")
def invite(visit: Visiting) -> Page | Response:
    """Make a one-time link and show it, this once."""
    role = visit.form.get("role", "")
    token = visit.store.links.invite(role, _me(visit).account, visit.now)
    return _list(visit, _address_of(visit, token))


@pages.form("/people/links/{number}/end", role="administrator")
def end_link(visit: Visiting, number: Number) -> Page | Response:
    """Make a one-time link that was not used yet no longer work."""
    try:
        visit.store.links.end(number, _me(visit).account, visit.now)
    except WorkspaceError as error:
        raise put_trouble(visit, error) from error
    return see_other(visit, visit.addresses.page("people"))


@pages.page("/people/{number}", role="administrator")
def one(visit: Visiting, number: Number) -> Page | Response:
    """Show one account and what happened to it."""
    return _one(visit, number)


@pages.form("/people/{number}/role", role="administrator")
def change_role(visit: Visiting, number: Number) -> Page | Response:
    """Give somebody another role."""
    try:
        role = visit.form.get("role", "")
        visit.store.accounts.change_role(number, role, _me(visit).account, visit.now)
    except WorkspaceError as error:
        raise put_trouble(visit, error) from error
    return _back(visit, number)


@pages.form("/people/{number}/reset", role="administrator")
def reset(visit: Visiting, number: Number) -> Page | Response:
    """Make a link with which somebody chooses a new password, and show it, this once."""
    token = visit.store.links.reset(number, _me(visit).account, visit.now)
    return _one(visit, number, _address_of(visit, token))


@pages.form("/people/{number}/disable", role="administrator")
def disable(visit: Visiting, number: Number) -> Page | Response:
    """Close an account."""
    try:
        visit.store.accounts.disable(number, _me(visit).account, visit.now)
    except WorkspaceError as error:
        raise put_trouble(visit, error) from error
    return _back(visit, number)


@pages.form("/people/{number}/enable", role="administrator")
def enable(visit: Visiting, number: Number) -> Page | Response:
    """Open an account again."""
    visit.store.accounts.enable(number, _me(visit).account, visit.now)
    return _back(visit, number)


@pages.form("/people/{number}/erase", role="administrator")
def erase(visit: Visiting, number: Number) -> Page | Response:
    """Forget who somebody is, at their request."""
    if not visit.form.get("sure"):
        return _one(visit, number, status=400, unsure=True)
    try:
        visit.store.accounts.erase(number, _me(visit).account, visit.now)
    except WorkspaceError as error:
        raise put_trouble(visit, error) from error
    return _back(visit, number)


def _me(visit: Visit) -> Person:
    person = visit.person
    assert person is not None, "a page for administrators"
    return person


def _back(visit: Visit, number: int) -> Response:
    return see_other(visit, visit.addresses.page(f"people/{number}"))


def _address_of(visit: Visit, token: str) -> str:
    base = visit.settings.public_url or str(visit.request.base_url).rstrip("/")
    return base + visit.addresses.page(f"invitation/{token}")


def _roles(visit: Visit) -> list[tuple[str, str]]:
    return [(role, visit.words(ROLE_NAMES[role])) for role in ROLES]


def _list(visit: Visit, link: str = "") -> Page:
    people = visit.store.accounts.all()
    return Page(
        "account/people.html",
        visit.words("People"),
        {"people": people, "waiting": visit.store.links.waiting(visit.now)},
        {
            "link": link,
            "roles": _roles(visit),
            "last": visit.store.accounts.last_sign_ins(),
            "names": {one.number: one.name for one in people},
            "rights": [(visit.words(what), who) for what, who in RIGHTS],
        },
        needs_evidence=False,
        address=visit.addresses.page("people"),
        is_private=True,
    )


def _one(
    visit: Visit, number: int, link: str = "", *, status: int = 200, unsure: bool = False
) -> Page:
    accounts = visit.store.accounts
    found = accounts.one(number)
    return Page(
        "account/person.html",
        found.name or visit.words("Somebody whose name was erased"),
        {"account": found, "events": accounts.events(number)},
        {
            "link": link,
            "unsure": unsure,
            "roles": _roles(visit),
            "last": accounts.last_sign_ins().get(number),
            "names": {one.number: one.name for one in accounts.all()},
            "event_names": {kind: visit.words(text) for kind, text in EVENTS.items()},
        },
        crumbs=((visit.words("People"), visit.addresses.page("people")),),
        needs_evidence=False,
        status=status,
        address=visit.addresses.page(f"people/{number}"),
        is_private=True,
    )
