"""Every part that pages are made of, with the tokens in force."""

import re
from functools import cache

from starlette.responses import Response

from keten.atlas.answers import outline, overview, show_organisation
from keten.atlas.search import suggest
from keten.web.assets import STATIC
from keten.web.pictures.bars import draw_years
from keten.web.pictures.map import draw_map
from keten.web.reply import Page, Pages
from keten.web.visit import Visiting

pages = Pages()


@pages.page("/components")
def components(visit: Visiting) -> Page | Response:
    """Show all parts on one page, on real answers."""
    view = overview(visit.con, visit.settings.home_country)
    largest = show_organisation(visit.con, view.organisations[0].organisation.organisation_id)
    return Page(
        "component/components.html",
        visit.words("Components"),
        {"country": view, "organisation": largest},
        {
            "tokens": _tokens(),
            "house_style": visit.settings.house_style is not None,
            "map": draw_map(
                outline(visit.con, view.codes),
                visit.words("Where it lies"),
                visit.words("The regions around it, with what this page is about marked."),
            ),
            "bars": draw_years(view.years, visit.words),
            "hits": suggest(visit.index, largest.label.name or "", 3),
        },
    )


@cache
def _tokens() -> tuple[str, ...]:
    """Give the names of our own colours, in the order of the token file."""
    text = (STATIC / "tokens" / "keten.css").read_text(encoding="utf-8")
    found = re.findall(r"^\s*--keten-([a-z-]+):\s*#", text, re.MULTILINE)
    return tuple(dict.fromkeys(found))
