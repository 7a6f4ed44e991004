"""What each finding weighs: as delivered, and in this build, after learning from what people ruled."""

from starlette.responses import Response

from keten.atlas.match_weights import read_weights
from keten.web.reply import Page, Pages
from keten.web.visit import Visiting

pages = Pages()


@pages.page("/methods/identity")
def weights(visit: Visiting) -> Page | Response:
    """Show how records become one organisation, and what was learned."""
    words = visit.words
    return Page(
        "identity/weights.html",
        words("How records become one organisation"),
        {"weights": read_weights(visit.con, visit.store_to_read)},
        crumbs=((words("Methods"), visit.addresses.page("methods")),),
    )
