"""What a one-time link leads to; looking at it leaves it good, as programs that read mail look too."""

from starlette.responses import Response

from keten.errors import WorkspaceError
from keten.web.origin import set_cookie
from keten.web.pages.account.words import Mishap, put_mishap, put_trouble
from keten.web.reply import Page, Pages, see_other
from keten.web.visit import Visit, Visiting
from keten.workspace import Invitation

pages = Pages()


@pages.page("/invitation/{token}")
def show(visit: Visiting, token: str) -> Page | Response:
    """Ask for what an account needs, or for a new password."""
    return _form(visit, token, _look(visit, token))


@pages.form("/invitation/{token}", role=None)
def accept(visit: Visiting, token: str) -> Page | Response:
    """Make the account, or change the password, and sign in."""
    invitation, form = _look(visit, token), visit.form
    links, password = visit.house.judgements.writing().links, form.get("password", "")
    try:
        if invitation.account is None:
            name, sign_in = form.get("name", ""), form.get("sign_in", "")
            session = links.join(token, name, sign_in, password, visit.now)
        else:
            session = links.choose(token, password, visit.now)
    except WorkspaceError as error:
        return _form(visit, token, invitation, (put_mishap(visit, error),), error.http_status)
    reply = see_other(visit, visit.addresses.page("account"))
    set_cookie(reply, visit.settings, session)
    return reply


def _look(visit: Visit, token: str) -> Invitation:
    try:
        return visit.house.judgements.writing().links.look(token, visit.now)
    except WorkspaceError as error:
        raise put_trouble(visit, error) from error


def _form(
    visit: Visit,
    token: str,
    invitation: Invitation,
    mishaps: tuple[Mishap, ...] = (),
    status: int = 200,
) -> Page:
    words = visit.words
    return Page(
        "account/invitation.html",
        words("Choose a new password") if invitation.account else words("Make your account"),
        {},
        {
            "invitation": invitation,
            "name": visit.form.get("name", ""),
            "sign_in": visit.form.get("sign_in", ""),
            "mishaps": mishaps,
        },
        needs_evidence=False,
        status=status,
        address=visit.addresses.page(f"invitation/{token}"),
        is_private=True,
    )
