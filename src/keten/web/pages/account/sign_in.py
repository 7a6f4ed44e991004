"""Signing in and out."""

from starlette.responses import Response

from keten.errors import WorkspaceError
from keten.web.origin import clear_cookie, safe_address, set_cookie
from keten.web.pages.account.words import Mishap, put_mishap
from keten.web.reply import Page, Pages, see_other
from keten.web.visit import Visit, Visiting

pages = Pages()


@pages.page("/sign-in")
def ask(visit: Visiting) -> Page | Response:
    """Ask for name and password."""
    onward = _onward(visit, visit.asked("next"))
    if visit.person is not None:
        return see_other(visit, onward)
    return _form(visit, onward)


@pages.form("/sign-in", role=None)
def sign_in(visit: Visiting) -> Page | Response:
    """Begin a session, with a token that nobody knew before."""
    onward = _onward(visit, visit.form.get("next", ""))
    name, password = visit.form.get("sign_in", ""), visit.form.get("password", "")
    sessions = visit.house.judgements.writing().sessions
    try:
        token = sessions.sign_in(name, password, visit.client, visit.now)
    except WorkspaceError as error:
        return _form(visit, onward, name, (put_mishap(visit, error),), error.http_status)
    if visit.token:
        sessions.end(visit.token, visit.now)
    reply = see_other(visit, onward)
    set_cookie(reply, visit.settings, token)
    return reply


@pages.form("/sign-out", role=None)
def sign_out(visit: Visiting) -> Page | Response:
    """End the session, if it has not ended by itself, and take the cookie back."""
    if visit.person is not None:
        visit.store.sessions.end(visit.token, visit.now)
    reply = see_other(visit, visit.addresses.home())
    clear_cookie(reply, visit.settings)
    return reply


def _onward(visit: Visit, address: str) -> str:
    onward = safe_address(address, visit.addresses.home())
    return visit.addresses.home() if "/sign-" in onward else onward


def _form(
    visit: Visit,
    onward: str,
    name: str = "",
    mishaps: tuple[Mishap, ...] = (),
    status: int = 200,
) -> Page:
    return Page(
        "account/sign-in.html",
        visit.words("Sign in"),
        {},
        {"onward": onward, "name": name, "mishaps": mishaps},
        needs_evidence=False,
        status=status,
        address=visit.addresses.page("sign-in", next=onward),
        is_private=True,
    )
