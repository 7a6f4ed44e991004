"""Conversations, for editors: what is due, the whole log with a search, and that of one organisation."""

from datetime import date
from typing import Annotated, Final

from fastapi import Path, Query
from starlette.responses import Response

from keten.atlas.conversation_records import (
    LONGEST_NEXT,
    LONGEST_TEXT,
    Draft,
    finish,
    record_note,
)
from keten.atlas.conversations import (
    WAYS,
    Conversation,
    list_conversations,
    list_follow_ups,
    read_day,
)
from keten.atlas.named import Named, find_named
from keten.atlas.proposal import clean, clean_lines
from keten.errors import ConflictError, UsageError
from keten.web.origin import safe_address
from keten.web.pages.conversation.shown import (
    list_owners,
    name_people,
    on_own,
    say_ways,
)
from keten.web.pages.suggestion.words import Mishap
from keten.web.reply import Page, Pages, see_other
from keten.web.trouble import Trouble, bad_question
from keten.web.visit import Visit, Visiting
from keten.web.workbook import send_workbook

pages = Pages()
Number = Annotated[int, Path(ge=1, le=2**62)]
PageNumber = Annotated[int, Query(ge=1, le=100_000)]
PAGE: Final = 50
DUE_SHOWN: Final = 100
_LONGEST_ASKED: Final = 200


@pages.page("/conversations", role="editor")
def conversations(
    visit: Visiting, q: str = "", whose: str = "", page: PageNumber = 1
) -> Page | Response:
    """Show what is due and the log, the latest first."""
    words = _checked(visit, q)
    everything = list_conversations(visit.con, visit.store, visit.person)
    found = _holding(visit, everything, words)
    owner = visit.person.account if whose == "mine" and visit.person else None
    due = list_follow_ups(everything, owner) if page == 1 and not q else ()
    start = (page - 1) * PAGE

    def step(number: int) -> str:
        return visit.addresses.page(
            "conversations", q=q, whose=whose, page=number if number > 1 else ""
        )

    return Page(
        "conversation/conversations.html",
        visit.words("Conversations"),
        {
            "due": due[:DUE_SHOWN],
            "due_total": len(due),
            "conversations": found[start : start + PAGE],
            "total": len(found),
        },
        {
            "q": q,
            "whose": whose,
            "ways": say_ways(visit),
            "names": name_people(visit),
            "today": visit.now.date(),
            "own": step(page),
            "workbook": visit.addresses.page("conversations/workbook.xlsx", q=q),
            "previous": step(page - 1) if page > 1 else "",
            "next": step(page + 1) if len(found) > start + PAGE else "",
        },
        is_private=True,
    )


@pages.page("/conversations/workbook.xlsx", role="editor")
def workbook(visit: Visiting, q: str = "") -> Page | Response:
    """Give the log as a workbook."""
    words, names, ways = visit.words, name_people(visit), say_ways(visit)
    found = list_conversations(visit.con, visit.store, visit.person, words=_checked(visit, q))
    headings = (
        words("Organisation"), words("Number"), words("What was said"), words("Day"),
        words("Kind"), words("Who"), words("To be done"), words("Due"), words("By whom"),
        words("Done"), words("Line"),
    )  # fmt: skip
    return send_workbook(
        "conversations.xlsx", words("Conversations"), headings,
        [_row(one, names, ways) for one in found],
    )  # fmt: skip


@pages.page("/conversations/of/{identifier}", role="editor")
def of_one(visit: Visiting, identifier: str) -> Page | Response:
    """Show the log of one organisation."""
    return _show_one(visit, identifier)


@pages.form("/conversations/of/{identifier}", role="editor")
def write(visit: Visiting, identifier: str) -> Page | Response:
    """Write in the log of an organisation."""
    about = _find(visit, identifier)
    draft, mishaps = _read(visit)
    if mishaps:
        return _show_one(visit, identifier, mishaps)
    record_note(visit.store, about, draft, "", visit.now)
    own = visit.addresses.page(f"conversations/of/{about.who}")
    back = safe_address(visit.form.get("back", ""), own)
    return see_other(visit, f"{back.partition('#')[0]}#conversations")


@pages.form("/conversations/{number}/done", role="editor")
def done(visit: Visiting, number: Number) -> Page | Response:
    """Tick off what was to be done."""
    found = list_conversations(visit.con, visit.store, visit.person)
    one = next((each for each in found if each.line.number == number), None)
    if one is None:
        raise _unknown(visit)
    reason = visit.form.get("reason", "").strip()[:LONGEST_TEXT] or visit.words("Done.")
    try:
        finish(visit.store, one, reason, "", visit.now)
    except (ConflictError, UsageError) as error:
        raise Trouble(
            visit.words("This was done already."),
            visit.words("Look at the log again."),
            code=error.code, status=error.http_status if error.http_status < 500 else 409,
        ) from error  # fmt: skip
    back = visit.addresses.page("conversations")
    return see_other(visit, safe_address(visit.form.get("back", ""), back))


def _show_one(visit: Visit, identifier: str, mishaps: tuple[Mishap, ...] = ()) -> Page:
    about = _find(visit, identifier)
    log = on_own(visit, about)
    return Page(
        "conversation/one.html",
        visit.words("Conversations with %(name)s", name=about.name),
        {"about": about, "conversations": log.rows if log else ()},
        {"log": log, "note_mishaps": mishaps, "note_typed": visit.form},
        crumbs=((visit.words("Conversations"), visit.addresses.page("conversations")),),
        status=400 if mishaps else 200,
        address=visit.addresses.page(f"conversations/of/{about.who}"),
        is_private=True,
    )


def _read(visit: Visit) -> tuple[Draft, tuple[Mishap, ...]]:
    form, words = visit.form, visit.words
    text = clean_lines(form.get("text", ""), LONGEST_TEXT)
    typed_day, typed_due = form.get("day", "").strip(), form.get("due", "").strip()
    day = read_day(typed_day) if typed_day else visit.now.date()
    due, next_step = read_day(typed_due), clean(form.get("next", ""), LONGEST_NEXT)
    owner, way = form.get("owner", ""), form.get("way", "")
    mishaps = []
    if not text:
        mishaps.append(
            Mishap("text", words("The note is empty."), words("Say in a few words what was said."))
        )
    if day is None or day > visit.now.date():
        mishaps.append(
            Mishap("day", words("This is no day in the past."), words("Write it as 2026-11-21."))
        )
    if typed_due and due is None:
        mishaps.append(Mishap("due", words("This is no day."), words("Write it as 2026-11-21.")))
    if typed_due and not next_step:
        mishaps.append(
            Mishap("next", words("It is not said what is to be done."), words("Say it shortly."))
        )
    owners = {str(number): number for number in list_owners(visit)}
    if way not in WAYS or (owner and owner not in owners):
        raise bad_question(words, f"way={way[:20]}&owner={owner[:20]}")
    return (
        Draft(way, day or date.min, text, next_step, due, owners.get(owner)),
        tuple(mishaps),
    )


def _row(one: Conversation, names: dict[int, str], ways: dict[str, str]) -> tuple[object, ...]:
    to_do = one.follow_up
    return (
        one.about.name, one.about.who, one.text, one.day, ways[one.way], one.line.author,
        to_do.what if to_do else None, to_do.due if to_do else None,
        names.get(to_do.owner) if to_do and to_do.owner is not None else None,
        to_do.done.made_at.date() if to_do and to_do.done else None, one.line.number,
    )  # fmt: skip


def _holding(
    visit: Visit, everything: tuple[Conversation, ...], words: str
) -> tuple[Conversation, ...]:
    if not words:
        return everything
    return list_conversations(visit.con, visit.store, visit.person, words=words)


def _checked(visit: Visit, q: str) -> str:
    if len(q) > _LONGEST_ASKED:
        raise bad_question(visit.words, f"q={q[:40]}")
    return clean(q, _LONGEST_ASKED)


def _find(visit: Visit, identifier: str) -> Named:
    found = find_named(visit.con, visit.store_to_read, identifier, visit.person)
    if found is None:
        raise _unknown(visit)
    return found


def _unknown(visit: Visit) -> Trouble:
    return Trouble(
        visit.words("No organisation is known here under this number."),
        visit.words("Search for it by name, and choose it from what is found."),
    )
