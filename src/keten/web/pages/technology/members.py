"""Lists who takes part in projects about a technology or a mission, page by page."""

from typing import Final

from keten.atlas.answers import list_organisations
from keten.model import Scope, Text
from keten.web.pages.technology.narrowing import Narrowing
from keten.web.reply import Page
from keten.web.trouble import bad_question
from keten.web.visit import Visit

PAGE: Final = 50


def list_members(
    visit: Visit, kind: str, found: object, label: Text, scope: Scope, narrowed: Narrowing, page: int,
    *, here: str, note: str, crumbs: tuple[tuple[str, str], ...],
) -> Page:  # fmt: skip
    """Give one page of them, those with most projects first; `kind` names `found` in the data."""
    rows = list_organisations(visit.con, scope, (page - 1) * PAGE, PAGE + 1, first="projects")
    if not rows and page > 1:
        raise bad_question(visit.words, f"page={page}")
    return Page(
        "technology/organisations.html",
        visit.words(
            "Organisations in projects about %(name)s", name=label.in_language(visit.language)
        ),
        {kind: found, "organisations": rows[:PAGE], "asked": narrowed.given},
        {
            "label": label,
            "listed_at": here,
            "note": note,
            "narrowed": narrowed,
            **write_steps(visit, here, narrowed.given, page, len(rows) > PAGE),
        },
        crumbs=crumbs,
    )


def write_steps(
    visit: Visit, here: str, given: dict[str, str], page: int, has_more: bool
) -> dict[str, str]:
    """Give the addresses of the page before and the page after, empty where there is none."""
    to = visit.addresses
    return {
        "previous": to.page(here, **given, page=page - 1 if page > 2 else None) if page > 1 else "",
        "next": to.page(here, **given, page=page + 1) if has_more else "",
    }
