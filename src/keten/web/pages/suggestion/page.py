"""The inbox of suggestions, for editors: accepting, declining, taking an answer back; and its switch."""

from dataclasses import replace
from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from keten.atlas.proposal import WHATS
from keten.atlas.suggestion_records import Chosen, accept, decline, open_again
from keten.atlas.suggestions import STATES, Suggestion, find_suggestion, take
from keten.errors import ConflictError, NotFoundError, UsageError
from keten.web.pages.suggestion.shown import Asked, show_inbox
from keten.web.pages.suggestion.words import find_mishap
from keten.web.reply import Page, Pages, see_other
from keten.web.trouble import Trouble, bad_question
from keten.web.visit import Visit, Visiting

pages = Pages()
PageNumber = Annotated[int, Query(ge=1, le=100_000)]
_LONGEST = 4_000


@pages.page("/suggestions", role="editor")
def inbox(visit: Visiting, state: str = "open", what: str = "", page: PageNumber = 1) -> Page:
    """Show what visitors proposed."""
    return show_inbox(visit, _asked(visit, state, what, page))


@pages.form("/suggestions/{key}/answer", role="editor")
def answer(visit: Visiting, key: str) -> Page | Response:
    """Accept a suggestion, or decline it."""
    found, form = _find(visit, key), visit.form
    verdict, reason = form.get("verdict", ""), form.get("reason", "").strip()[:_LONGEST]
    asked = _asked(visit, form.get("state", "open"), form.get("what", ""), 1)
    if verdict not in STATES[1:]:
        raise bad_question(visit.words, f"verdict={verdict[:40]}")
    try:
        if verdict == "declined":
            decline(visit.store, found, reason, "", visit.now)
        else:
            accept(
                visit.con, visit.store, found, reason or visit.words("Accepted, thank you."), "",
                visit.now, chosen=_chosen(visit, found), reader=visit.person,
                title=visit.words("Suggested organisations"),
            )  # fmt: skip
    except ConflictError as error:
        raise _answered(visit) from error
    except UsageError as error:
        if error.code not in {"which", "one-already", "reason"}:
            raise
        mishap = find_mishap(visit, error.code, f"reason-{key}")
        return show_inbox(
            visit, replace(asked, mishaps=(mishap,), failed=key, typed=reason, status=400)
        )
    return see_other(visit, visit.addresses.page("suggestions", state=asked.state, what=asked.what))


@pages.form("/suggestions/{key}/open", role="editor")
def reopen(visit: Visiting, key: str) -> Page | Response:
    """Take an answer back, and all that an acceptance made."""
    found = _find(visit, key)
    reason = visit.form.get("reason", "").strip()[:_LONGEST] or visit.words("Taken back.")
    try:
        open_again(visit.store, found, reason, "", visit.now)
    except UsageError as error:
        raise _answered(visit) from error
    return see_other(visit, visit.addresses.page("suggestions"))


@pages.form("/suggestions/{key}/forget", role="editor")
def forget(visit: Visiting, key: str) -> Page | Response:
    """Forget the e-mail address of whoever sent a suggestion."""
    found = _find(visit, key)
    visit.store.proposals.forget(found.line.subject, visit.now)
    return see_other(visit, visit.addresses.page("suggestions", state=found.state))


@pages.form("/suggestions/setting", role="administrator")
def switch(visit: Visiting) -> Page | Response:
    """Let visitors send suggestions, or no longer."""
    wanted = visit.form.get("open", "")
    if wanted not in {"yes", "no"}:
        raise bad_question(visit.words, f"open={wanted[:40]}")
    is_open = wanted == "yes"
    reason = (
        visit.words("Visitors may send suggestions.")
        if is_open
        else visit.words("Visitors may not send suggestions.")
    )
    take(visit.store, is_open, reason, "", visit.now)
    return see_other(visit, visit.addresses.page("suggestions"))


def _asked(visit: Visit, state: str, what: str, page: int) -> Asked:
    if state not in {"", *STATES} or what not in {"", *WHATS}:
        raise bad_question(visit.words, f"state={state[:40]}&what={what[:40]}")
    return Asked(state, what, page)


def _find(visit: Visit, key: str) -> Suggestion:
    try:
        return find_suggestion(visit.store, key, visit.person)
    except NotFoundError as error:
        raise Trouble(
            visit.words("There is no such suggestion."), visit.words("Choose one from the inbox.")
        ) from error


def _chosen(visit: Visit, found: Suggestion) -> Chosen:
    """Give whom an editor takes it to be about; what the sender chose stays."""
    form = visit.form
    typed = form.get("number", "").strip()[:80] or form.get("chosen", "")[:80]
    return Chosen(other=typed) if found.proposal.about else Chosen(about=typed)


def _answered(visit: Visit) -> Trouble:
    return Trouble(
        visit.words("Somebody answered this suggestion meanwhile, or took the answer back."),
        visit.words("Look at it again in the inbox."),
        code="conflict",
        status=409,
    )
