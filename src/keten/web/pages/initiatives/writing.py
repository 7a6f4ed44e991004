"""Initiatives, for who may write: takes the forms of a new one and of another version of one."""

from starlette.responses import Response

from keten.errors import ConflictError, NotFoundError
from keten.programme.draft import Problems
from keten.programme.register import Registered, find_registered
from keten.programme.register_answers import SERVED, find_record, read_register
from keten.programme.register_draft import RegisteredDraft, check_registered
from keten.programme.register_records import record_registered
from keten.web.pages.initiatives.page import unknown
from keten.web.pages.initiatives.shown import Sent, show_all, show_one, terms_of
from keten.web.pages.programme.shown import list_mishaps
from keten.web.reply import Page, Pages, see_other
from keten.web.trouble import bad_question
from keten.web.visit import Visit, Visiting

pages = Pages()


@pages.form("/initiatives", role="editor")
def add(visit: Visiting) -> Page | Response:
    """Add an initiative."""
    draft, problems = _check(visit, None)
    if problems:
        mishaps = list_mishaps(visit, problems)
        return show_all(visit, Sent(visit.form, _ticked(visit), mishaps, status=400))
    line = record_registered(visit.store, draft, "", visit.now)
    return see_other(visit, visit.addresses.page(f"initiatives/{line.subject.partition(':')[2]}"))


@pages.form("/initiatives/{initiative}", role="editor")
def edit(visit: Visiting, initiative: str) -> Page | Response:
    """Write another version of an initiative."""
    try:
        held, _ = find_registered(visit.store, initiative, visit.person)
    except NotFoundError as error:
        raise unknown(visit) from error
    if held is None:
        raise unknown(visit)
    seen = visit.form.get("seen", "")
    if not (seen.isascii() and seen.isdigit()):
        raise bad_question(visit.words, f"seen={seen[:40]}")
    draft, problems = _check(visit, held)
    if problems:
        mishaps = list_mishaps(visit, problems)
        return show_one(visit, initiative, Sent(visit.form, _ticked(visit), mishaps, status=400))
    clash = Sent(visit.form, _ticked(visit), is_clash=True, status=409)
    if int(seen) != held.line.number:
        return show_one(visit, initiative, clash)
    try:
        record_registered(visit.store, draft, "", visit.now, before=held)
    except ConflictError:
        return show_one(visit, initiative, clash)
    return see_other(visit, visit.addresses.page(f"initiatives/{initiative}"))


def _check(visit: Visit, before: Registered | None) -> tuple[RegisteredDraft, Problems]:
    return check_registered(
        visit.form,
        _ticked(visit),
        terms_of(visit),
        lambda identifier: find_record(visit.con, identifier),
        read_register(visit.store, visit.person),
        before,
    )


def _ticked(visit: Visit) -> dict[str, list[str]]:
    return {kind: visit.form.all(kind) for kind in SERVED if kind != "region"}
