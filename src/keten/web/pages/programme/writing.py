"""Act, for who may write: takes the forms of initiatives, actions and statuses."""

from starlette.responses import Response

from keten.errors import ConflictError, NotFoundError
from keten.programme.answers import prepare
from keten.programme.draft import check_action, check_initiative, check_status
from keten.programme.milestones import gather_milestones
from keten.programme.records import record_action, record_initiative, record_status
from keten.programme.state import read_programme
from keten.web.pages.chain.frame import read_chain
from keten.web.pages.programme.shown import (
    Sent,
    address_of,
    list_mishaps,
    show_list,
    show_one_action,
    show_one_initiative,
)
from keten.web.reply import Page, Pages, see_other
from keten.web.trouble import Trouble
from keten.web.visit import Visit, Visiting

pages = Pages()


@pages.form("/chains/{chain}/programme/initiatives", role="editor")
def add_initiative(visit: Visiting, chain: str) -> Page | Response:
    """Add an initiative."""
    read_chain(visit, chain)
    known = prepare(visit.con, visit.store, chain, visit.now.date())
    draft, problems = check_initiative(visit.form, known)
    if problems:
        return show_list(
            visit, chain, Sent("initiative", visit.form, list_mishaps(visit, problems), status=400)
        )
    line = record_initiative(visit.store, chain, draft, "", visit.now)
    return see_other(visit, f"{address_of(visit, chain)}#{line.object.partition(':')[2]}")


@pages.form("/chains/{chain}/programme/initiatives/{initiative}", role="editor")
def edit_initiative(visit: Visiting, chain: str, initiative: str) -> Page | Response:
    """Write another version of an initiative."""
    read_chain(visit, chain)
    now = read_programme(visit.store, chain).initiative(initiative)
    if now is None:
        raise _gone(visit)
    known = prepare(visit.con, visit.store, chain, visit.now.date())
    draft, problems = check_initiative(visit.form, known, now)
    sent = Sent("initiative", visit.form, list_mishaps(visit, problems), status=400)
    if problems:
        return show_one_initiative(visit, chain, initiative, sent)
    try:
        _check_seen(visit, now.number)
        record_initiative(
            visit.store, chain, draft, "", visit.now, slug=initiative, supersedes=now.number
        )
    except ConflictError:
        clash = Sent("initiative", visit.form, is_clash=True, status=409)
        return show_one_initiative(visit, chain, initiative, clash)
    return see_other(visit, address_of(visit, chain, f"initiatives/{initiative}"))


@pages.form("/chains/{chain}/programme/actions", role="editor")
def add_action(visit: Visiting, chain: str) -> Page | Response:
    """Add an action."""
    read_chain(visit, chain)
    known = prepare(visit.con, visit.store, chain, visit.now.date())
    draft, problems = check_action(visit.form, gather_milestones(visit.form), known)
    if problems:
        return show_list(
            visit, chain, Sent("action", visit.form, list_mishaps(visit, problems), status=400)
        )
    line = record_action(visit.store, chain, draft, "", visit.now)
    return see_other(visit, address_of(visit, chain, f"actions/{line.object.partition(':')[2]}"))


@pages.form("/chains/{chain}/programme/actions/{action}", role="editor")
def edit_action(visit: Visiting, chain: str, action: str) -> Page | Response:
    """Write another version of an action."""
    read_chain(visit, chain)
    now = read_programme(visit.store, chain).action(action)
    if now is None:
        raise _gone(visit)
    known = prepare(visit.con, visit.store, chain, visit.now.date())
    draft, problems = check_action(visit.form, gather_milestones(visit.form), known, now)
    if problems:
        sent = Sent("action", visit.form, list_mishaps(visit, problems), status=400)
        return show_one_action(visit, chain, action, sent)
    try:
        _check_seen(visit, now.number)
        record_action(visit.store, chain, draft, "", visit.now, slug=action, supersedes=now.number)
    except ConflictError:
        clash = Sent("action", visit.form, is_clash=True, status=409)
        return show_one_action(visit, chain, action, clash)
    return see_other(visit, address_of(visit, chain, f"actions/{action}"))


@pages.form("/chains/{chain}/programme/actions/{action}/status", role="editor")
def tell_status(visit: Visiting, chain: str, action: str) -> Page | Response:
    """Tell how an action stands."""
    read_chain(visit, chain)
    draft, problems = check_status(visit.form)
    try:
        if problems:
            mishaps = list_mishaps(visit, problems)
            return show_one_action(
                visit, chain, action, Sent("status", visit.form, mishaps, status=400)
            )
        record_status(visit.store, chain, action, draft, "", visit.now, seen=_seen(visit))
    except ConflictError:
        clash = Sent("status", visit.form, is_clash=True, status=409)
        return show_one_action(visit, chain, action, clash)
    except Trouble:
        raise
    except NotFoundError as error:
        raise _gone(visit) from error
    return see_other(visit, f"{address_of(visit, chain, f'actions/{action}')}#status")


def _seen(visit: Visit) -> int:
    """Give the number of the line that the form was made from."""
    text = visit.form.get("seen", "")
    if not (text.isascii() and text.isdigit()):
        raise Trouble(
            visit.words("The form does not say which version it was made from."),
            visit.words("Open the page again and fill in the form there."),
            code="usage",
            status=400,
        )
    return int(text)


def _check_seen(visit: Visit, newest: int) -> None:
    """Raise ConflictError where the form was made from an older version; the store looks once more."""
    if _seen(visit) != newest:
        raise ConflictError("Somebody changed it meanwhile.", later=newest)


def _gone(visit: Visit) -> Trouble:
    return Trouble(
        visit.words("This is not in the programme any more, or never was."),
        visit.words("If it was withdrawn, its page shows by what line, and lets it be restored."),
    )
