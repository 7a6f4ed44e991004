"""What was read: sources, their files, and the issues met on the way."""

from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from keten.atlas.answers import count_issues, list_issues, show_sources
from keten.errors import KetenError
from keten.web.reply import Page, Pages
from keten.web.trouble import Trouble, bad_question
from keten.web.visit import Visiting

pages = Pages()
PAGE = 50
Number = Annotated[int, Query(ge=1, le=1_000_000)]


@pages.page("/sources")
def sources(visit: Visiting) -> Page | Response:
    """Show what was read and what it can and cannot show."""
    return Page(
        "source/sources.html",
        visit.words("Sources"),
        {"sources": show_sources(visit.con)},
    )


@pages.page("/sources/{name}")
def source(visit: Visiting, name: str) -> Page | Response:
    """Show one source with its files."""
    found = [view for view in show_sources(visit.con) if view.card.source == name]
    if not found:
        raise Trouble(
            visit.words("No source is called '%(name)s'.", name=name[:80]),
            visit.words("The page of sources names all that was read."),
        )
    return Page(
        "source/source.html",
        found[0].card.title.in_language(visit.language),
        {"source": found[0]},
        crumbs=((visit.words("Sources"), visit.addresses.page("sources")),),
    )


@pages.page("/issues")
def issues(
    visit: Visiting,
    code: str = "",
    stage: str = "",
    severity: str = "",
    file: str = "",
    page: Number = 1,
) -> Page | Response:
    """Show the issues by kind, and those of one kind one by one."""
    asked = {"issue_code": code, "stage": stage, "severity": severity, "file": file}
    filters = {name: value for name, value in asked.items() if value}
    try:
        counts = count_issues(visit.con, {} if code else filters)
        rows = list_issues(visit.con, filters, (page - 1) * PAGE, PAGE + 1) if filters else ()
    except KetenError as error:
        raise bad_question(visit.words, visit.query[:200]) from error
    if page > 1 and not rows:
        raise bad_question(visit.words, f"page={page}")

    files = [each for view in show_sources(visit.con) for each in view.files] if file else []

    def step(number: int) -> str:
        return visit.addresses.page(
            "issues", code=code, stage=stage, severity=severity, file=file, page=number
        )

    return Page(
        "source/issues.html",
        visit.words("Issues in the data"),
        {"counts": counts, "issues": rows[:PAGE], "filters": filters},
        {
            "previous": step(page - 1) if page > 1 else "",
            "next": step(page + 1) if len(rows) > PAGE else "",
            "file": next((each for each in files if str(each.file_no) == file), None),
        },
        crumbs=((visit.words("Sources"), visit.addresses.page("sources")),),
    )
