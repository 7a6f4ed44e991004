"""Every measure in words."""

from starlette.responses import Response

from keten.atlas.answers import MEASURES
from keten.web.reply import Page, Pages
from keten.web.visit import Visiting

pages = Pages()


@pages.page("/methods")
def methods(visit: Visiting) -> Page | Response:
    """Say how every figure is made."""
    measures = [
        {
            "name": found.name,
            "version": found.version,
            "unit": found.unit,
            "title": found.title.in_language(visit.language),
            "method": found.method.in_language(visit.language),
        }
        for found in MEASURES.values()
    ]
    return Page(
        "method/methods.html", visit.words("Methods"), {"measures": measures}, needs_evidence=False
    )
