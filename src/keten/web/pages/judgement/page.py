"""What became of a judgement: every line before and after it, and taking one back."""

import json
from typing import Annotated

from fastapi import Path
from starlette.responses import Response

from keten.errors import WorkspaceError
from keten.model import Judgement
from keten.portfolio.finance import FINANCE
from keten.web.forms import check_reader
from keten.web.origin import safe_address
from keten.web.reply import Page, Pages, see_other
from keten.web.trouble import Trouble
from keten.web.visit import Visit, Visiting
from keten.workspace import WITHDRAWN, holding

pages = Pages()
# As large as a database can hold, and more than there will ever be.
Number = Annotated[int, Path(ge=1, le=2**62)]
NOT_PUBLIC = frozenset({FINANCE})  # lines that only signed-in people may see


@pages.page("/judgements/{number}")
def judgement(visit: Visiting, number: Number) -> Page | Response:
    """Show a line with all that it took the place of and all that took its place."""
    lines = _history(visit, number)
    if any(line.kind in NOT_PUBLIC for line in lines):
        check_reader(visit, "visitor")
    held = holding(lines)
    return Page(
        "judgement/judgement.html",
        visit.words("What was said, line by line"),
        {"number": number, "lines": lines, "holding": sorted(held)},
        {
            "values": {line.number: _written(line) for line in lines},
            "withdrawn": WITHDRAWN,
        },
        needs_evidence=False,
    )


@pages.form("/judgements/{number}/withdraw", role="editor")
def withdraw(visit: Visiting, number: Number) -> Page | Response:
    """Take a line back, by a later one that says why; of a withdrawal this restores the line."""
    words, reason = visit.words, visit.form.get("reason", "").strip()
    if not reason:
        raise Trouble(
            words("A line cannot be taken back without a reason."),
            words("Go back and say why in a few words: others will read it."),
            code="usage",
            status=400,
        )
    visit.store.withdraw(number, reason, "", visit.now)
    own = visit.addresses.page(f"judgements/{number}")
    return see_other(visit, safe_address(visit.form.get("back", ""), own))


def _history(visit: Visit, number: int) -> list[Judgement]:
    words, store = visit.words, visit.store_to_read
    try:
        if store is not None:
            return store.history(number, reader=visit.person)
    except WorkspaceError as error:
        if error.http_status != 404:
            raise
    raise Trouble(
        words("There is no line %(number)s.", number=number),
        words("It may be private to whoever wrote it, or the number is wrong."),
    )


def _written(line: Judgement) -> str:
    if line.value is None:
        return ""
    return json.dumps(line.value, ensure_ascii=False, indent=2, sort_keys=True)
