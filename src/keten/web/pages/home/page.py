"""The first page: search, the value chains, and a country in a few figures."""

from starlette.responses import Response

from keten.atlas.answers import list_chains, list_regions, overview
from keten.atlas.technology_answers import list_technologies
from keten.atlas.views import RegionView
from keten.errors import NotFoundError
from keten.web.pages.chain.frame import read_chains
from keten.web.reply import Page, Pages
from keten.web.template import country_name
from keten.web.visit import Visit, Visiting

pages = Pages()
LEVEL = 2  # provinces in the Netherlands, regions of a like size elsewhere


@pages.page("/")
def home(visit: Visiting) -> Page | Response:
    """Show the way in, beginning with the home country."""
    view = _country(visit)
    name = country_name(view.codes[0], visit.language)
    regions = list_regions(visit.con, view.codes[0])
    return Page(
        "home/home.html",
        visit.words("Who innovates with whom, and how we know"),
        {
            "chains": tuple(
                row for row in list_chains(visit.con, read_chains(visit)) if row.organisations.value
            ),
            "country": view,
            "regions": tuple(r for r in regions if r.region.level == LEVEL),
            "technologies": list_technologies(visit.con),
        },
        {"country_name": name},
    )


def _country(visit: Visit) -> RegionView:
    """Show the home country; where this evidence has none of it, the country with most money."""
    try:
        return overview(visit.con, visit.settings.home_country)
    except NotFoundError:
        first = list_regions(visit.con)[0]
        return overview(visit.con, first.region.code)
