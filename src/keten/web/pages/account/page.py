"""One's own account: name, password, where one is signed in, and being forgotten."""

from starlette.responses import Response

from keten.errors import WorkspaceError
from keten.web.origin import clear_cookie, set_cookie
from keten.web.pages.account.words import Mishap, put_mishap
from keten.web.reply import Page, Pages, see_other
from keten.web.visit import Visit, Visiting
from keten.workspace import Person

pages = Pages()


@pages.page("/account", role="visitor")
def account(visit: Visiting) -> Page | Response:
    """Show one's own account."""
    return _show(visit)


@pages.form("/account/name", role="visitor")
def rename(visit: Visiting) -> Page | Response:
    """Change one's name, also beside what one wrote before."""
    me = _me(visit)
    try:
        name = visit.form.get("name", "")
        visit.store.accounts.rename(me.account, name, me.account, visit.now)
    except WorkspaceError as error:
        return _show(visit, put_mishap(visit, error), error.http_status)
    return see_other(visit, visit.addresses.page("account"))


@pages.form("/account/password", role="visitor")
def change_password(visit: Visiting) -> Page | Response:
    """Change one's password; one stays signed in here and nowhere else."""
    form = visit.form
    try:
        token = visit.store.accounts.change_password(
            _me(visit).account,
            form.get("old", ""),
            form.get("password", ""),
            visit.client,
            visit.now,
        )
    except WorkspaceError as error:
        return _show(visit, put_mishap(visit, error), error.http_status)
    reply = see_other(visit, visit.addresses.page("account"))
    set_cookie(reply, visit.settings, token)
    return reply


@pages.form("/account/sessions", role="visitor")
def sign_out_everywhere(visit: Visiting) -> Page | Response:
    """End every session of one's own, this one too."""
    me = _me(visit)
    visit.store.sessions.end_all(me.account, me.account, visit.now)
    return _leave(visit)


@pages.form("/account/erase", role="visitor")
def erase(visit: Visiting) -> Page | Response:
    """Forget who this is; what they wrote stays, without the name."""
    me = _me(visit)
    if not visit.form.get("sure"):
        words = visit.words
        what, next_step = words("Nothing was erased."), words("Tick the box if you are sure.")
        return _show(visit, Mishap("sure", what, next_step), 400)
    try:
        visit.store.accounts.erase(me.account, me.account, visit.now)
    except WorkspaceError as error:
        return _show(visit, put_mishap(visit, error), error.http_status)
    return _leave(visit)


def _me(visit: Visit) -> Person:
    person = visit.person
    assert person is not None, "a page for signed-in people"
    return person


def _leave(visit: Visit) -> Response:
    reply = see_other(visit, visit.addresses.home())
    clear_cookie(reply, visit.settings)
    return reply


def _show(visit: Visit, mishap: Mishap | None = None, status: int = 200) -> Page:
    me = _me(visit)
    return Page(
        "account/account.html",
        visit.words("My account"),
        {},
        {
            "sessions": visit.store.sessions.of(me.account, visit.token, visit.now),
            "name": visit.form.get("name", me.name),
            "mishaps": (mishap,) if mishap else (),
        },
        needs_evidence=False,
        status=status,
        address=visit.addresses.page("account"),
        is_private=True,
    )
