"""The list of projects that may be about a technology by who takes part: apart, for it enters no count."""

from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from keten.atlas.inferred import list_inferred
from keten.atlas.inferred_why import score_inferred
from keten.model import Scope
from keten.web.pages.technology.members import PAGE
from keten.web.pages.technology.page import find
from keten.web.reply import Page, Pages
from keten.web.template import country_name
from keten.web.trouble import bad_question
from keten.web.visit import Visiting

pages = Pages()
Number = Annotated[int, Query(ge=1, le=100_000)]


@pages.page("/technologies/{name}/inferred")
def inferred(visit: Visiting, name: str, page: Number = 1) -> Page | Response:
    """List the projects that may be about a technology by who takes part, the likeliest first."""
    found, home = find(visit, name), visit.settings.home_country
    country = visit.asked("country")
    if country not in ("", home):
        raise bad_question(visit.words, f"country={country[:40]}")
    within = Scope.of(country=country) if country else Scope.of()
    rows = list_inferred(visit.con, name, within, (page - 1) * PAGE, PAGE + 1)
    if not rows and page > 1:
        raise bad_question(visit.words, f"page={page}")
    to, here = visit.addresses, f"technologies/{name}/inferred"
    label = found.label.in_language(visit.language)
    return Page(
        "technology/inferred.html",
        visit.words("Projects that may be about %(name)s", name=label),
        {"technology": found, "projects": rows[:PAGE], "scores": score_inferred()},
        {
            "country": country,
            "home": home,
            "home_name": country_name(home, visit.language),
            "previous": to.page(here, country=country, page=page - 1) if page > 1 else "",
            "next": to.page(here, country=country, page=page + 1) if len(rows) > PAGE else "",
        },
        crumbs=(
            (visit.words("Technologies"), to.page("technologies")),
            (label, to.page(f"technologies/{name}")),
        ),
    )
