"""Still right: one click on an entry, and the list of those that nobody looked at for long."""

from datetime import date
from typing import Annotated, Final

from fastapi import Path, Query
from starlette.responses import Response

from keten.atlas.verification import Verified, list_unverified, verify_all
from keten.errors import UsageError, WorkspaceError
from keten.lists.held import list_batches, list_key
from keten.web.origin import safe_address
from keten.web.pages.chain.frame import read_chains
from keten.web.reply import Page, Pages, see_other
from keten.web.trouble import Trouble, bad_question
from keten.web.visit import Visit, Visiting
from keten.web.workbook import send_workbook
from keten.workspace import verify

pages = Pages()
PAGE: Final = 100
MONTHS: Final = (0, 3, 6, 12, 24, 36)
USUAL: Final = 12
Number = Annotated[int, Path(ge=1, le=2**62)]
Months = Annotated[int, Query(ge=0, le=600)]
PageNumber = Annotated[int, Query(ge=1, le=100_000)]
_LONGEST_PART: Final = 200


@pages.form("/judgements/{number}/verify", role="editor")
def still_right(visit: Visiting, number: Number) -> Page | Response:
    """Say that an entry is still right."""
    try:
        verify(
            visit.store, number, visit.words("Looked at again: still right."), "", visit.now,
            reader=visit.person,
        )  # fmt: skip
    except WorkspaceError as error:
        raise _gone(visit) from error
    own = visit.addresses.page(f"judgements/{number}")
    return see_other(visit, safe_address(visit.form.get("back", ""), own))


@pages.page("/unverified", role="editor")
def unverified(
    visit: Visiting, months: Months = USUAL, of: str = "", page: PageNumber = 1
) -> Page | Response:
    """List the entries that nobody looked at for so many months."""
    start = (page - 1) * PAGE
    rows, total = list_unverified(
        visit.con, visit.store, visit.person, since(visit.now.date(), months),
        part_of=_part(visit, of), start=start, limit=PAGE,
    )  # fmt: skip
    parts = name_parts(visit)

    def step(number: int) -> str:
        return visit.addresses.page(
            "unverified", months=months, of=of, page=number if number > 1 else ""
        )

    return Page(
        "suggestion/unverified.html",
        visit.words("What was not looked at for long"),
        {"entries": rows, "total": total, "months": months},
        {
            "of": of,
            "all_months": MONTHS,
            "parts": parts,
            "said_part": {row.part_of: say_part(parts, row.part_of) for row in rows},
            "own": step(page),
            "workbook": visit.addresses.page("unverified/workbook.xlsx", months=months, of=of),
            "previous": step(page - 1) if page > 1 else "",
            "next": step(page + 1) if total > start + PAGE else "",
        },
        is_private=True,
    )


@pages.form("/unverified", role="editor")
def all_right(visit: Visiting) -> Page | Response:
    """Say of several entries at once that they are still right."""
    numbers = visit.form.all("line")
    if not numbers or not all(text.isascii() and text.isdigit() for text in numbers):
        raise Trouble(
            visit.words("No entry was chosen."), visit.words("Tick those that are still right."),
            code="usage", status=400,
        )  # fmt: skip
    if max(map(len, numbers)) > 18:
        raise bad_question(visit.words, f"line={max(numbers, key=len)[:40]}")
    try:
        verify_all(
            visit.store, [int(text) for text in numbers],
            visit.words("Looked at again: still right."), "", visit.now, visit.person,
        )  # fmt: skip
    except UsageError as error:
        raise _gone(visit) from error
    back = safe_address(visit.form.get("back", ""), visit.addresses.page("unverified"))
    return see_other(visit, back)


@pages.page("/unverified/workbook.xlsx", role="editor")
def workbook(visit: Visiting, months: Months = USUAL, of: str = "") -> Page | Response:
    """Give the list as a workbook."""
    words = visit.words
    rows, _ = list_unverified(
        visit.con, visit.store, visit.person, since(visit.now.date(), months),
        part_of=_part(visit, of),
    )  # fmt: skip
    parts = name_parts(visit)
    headings = (
        words("Organisation"), words("Number"), words("Part of"), words("Last verified"),
        words("Line"),
    )  # fmt: skip
    return send_workbook(
        "unverified.xlsx", words("What was not looked at for long"), headings,
        [_row(row, parts) for row in rows],
    )  # fmt: skip


def since(today: date, months: int) -> date:
    """Give the day so many months before today."""
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    if year < 1:
        return date.min
    day = min(today.day, 28) if today.day > 28 else today.day
    return date(year, month + 1, day)


def name_parts(visit: Visit) -> dict[str, str]:
    """Give the lists and value chains by the keys that lines of the workspace name them by."""
    # Of each list the name that it was read under last; to count its rows would take long.
    batches = list_batches(visit.store, reader=visit.person)
    found = {
        list_key(str(batch.detail.get("list", ""))): str(batch.detail.get("name", ""))
        for batch in batches
    }
    return dict(sorted(found.items(), key=lambda one: (one[1].casefold(), one[0]))) | {
        f"chain:{chain.chain}": chain.label.in_language(visit.language)
        for chain in read_chains(visit)
    }


def say_part(parts: dict[str, str], part_of: str) -> str:
    """Give what an entry is part of as people call it."""
    whole, _, stage = part_of.partition("/")
    name = parts.get(whole, whole)
    return f"{name}: {stage}" if stage else name


def _row(row: Verified, parts: dict[str, str]) -> tuple[object, ...]:
    return (
        row.about.name, row.about.who, say_part(parts, row.part_of), row.last.date(),
        row.line.number,
    )  # fmt: skip


def _part(visit: Visit, of: str) -> str:
    if len(of) > _LONGEST_PART or "\0" in of:
        raise bad_question(visit.words, f"of={of[:40]}".replace("\0", ""))
    return of


def _gone(visit: Visit) -> Trouble:
    return Trouble(
        visit.words("This entry no longer holds."),
        visit.words("Look at the list again: somebody may have changed it meanwhile."),
    )
