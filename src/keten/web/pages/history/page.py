"""The history: who said what, when and why, the latest first; and taking back what came as one batch."""

from typing import Annotated

from fastapi import Path, Query
from starlette.responses import Response

from keten.web.origin import safe_address
from keten.web.pages.judgement.page import NOT_PUBLIC
from keten.web.reply import Page, Pages, see_other
from keten.web.trouble import Trouble, bad_question
from keten.web.visit import Visiting
from keten.workspace import Asked, TrailPage
from keten.workspace.trail import PAGE

pages = Pages()
PageNumber = Annotated[int, Query(ge=1, le=1_000_000)]
BatchNumber = Annotated[int, Path(ge=1, le=2**62)]
_LONGEST = 200


@pages.page("/history")
def history(
    visit: Visiting,
    person: str = "",
    kind: str = "",
    subject: str = "",
    batch: Annotated[int | None, Query(ge=1, le=2**62)] = None,
    page: PageNumber = 1,
) -> Page | Response:
    """Show what was said, as far as whoever asks may see it; who said it only to who is signed in."""
    texts = (person, kind, subject)
    # Asking for a name would tell a visitor who said what.
    if max(map(len, texts)) > _LONGEST or (person and visit.person is None):
        raise bad_question(visit.words, visit.query[:_LONGEST])
    if any("\0" in text for text in texts):
        raise bad_question(visit.words, visit.query[:_LONGEST].replace("\0", ""))
    store = visit.store_to_read
    trail = TrailPage((), 0, (), ())
    if store is not None:
        trail = store.trail.read(
            Asked(person, kind, subject, batch),
            page,
            reader=visit.person,
            without=() if visit.person else sorted(NOT_PUBLIC),
        )
    if page > 1 and not trail.entries:
        raise bad_question(visit.words, f"page={page}")

    def step(number: int) -> str:
        return visit.addresses.page(
            "history", person=person, kind=kind, subject=subject, batch=batch, page=number
        )

    return Page(
        "history/history.html",
        visit.words("Who said what"),
        {"entries": trail.entries, "total": trail.total, "kinds": trail.kinds},
        {
            "asked": {"person": person, "kind": kind, "subject": subject, "batch": batch or ""},
            "people": trail.people if visit.person else (),
            "previous": step(page - 1) if page > 1 else "",
            "next": step(page + 1) if trail.total > page * PAGE else "",
        },
        needs_evidence=False,
    )


@pages.form("/batches/{number}/undo", role="editor")
def undo(visit: Visiting, number: BatchNumber) -> Page | Response:
    """Take back every line of a batch that still holds; of such a taking back it restores them."""
    words, reason = visit.words, visit.form.get("reason", "").strip()
    if not reason:
        raise Trouble(
            words("A line cannot be taken back without a reason."),
            words("Go back and say why in a few words: others will read it."),
            code="usage",
            status=400,
        )
    visit.store.undo_batch(number, reason, "", visit.now)
    own = visit.addresses.page("history")
    return see_other(visit, safe_address(visit.form.get("back", ""), own))
