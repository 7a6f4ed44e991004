"""Every measure in words."""

from starlette.responses import Response

from keten.atlas.answers import MEASURES
from keten.evidence.figures import Measure
from keten.model import Method
from keten.web.explainers import list_methods
from keten.web.reply import Page, Pages
from keten.web.visit import Visiting

pages = Pages()


@pages.page("/methods")
def methods(visit: Visiting) -> Page | Response:
    """Say how every figure is made."""
    known: list[Measure | Method] = [*MEASURES.values(), *list_methods().values()]
    measures = [
        {
            "name": found.name,
            "version": found.version,
            "unit": found.unit,
            "title": found.title.in_language(visit.language),
            "method": found.method.in_language(visit.language),
            "source": found.source if isinstance(found, Method) else "",
        }
        for found in known
    ]
    return Page(
        "method/methods.html", visit.words("Methods"), {"measures": measures}, needs_evidence=False
    )
