"""The first page: search, what this is, and a country in a few figures."""

from starlette.responses import Response

from keten.atlas.answers import overview
from keten.web.reply import Page, Pages
from keten.web.template import country_name
from keten.web.visit import Visiting

pages = Pages()


@pages.page("/")
def home(visit: Visiting) -> Page | Response:
    """Show the way in, beginning with the home country."""
    view = overview(visit.con, visit.settings.home_country)
    name = country_name(visit.settings.home_country, visit.language)
    return Page(
        "home/home.html",
        visit.words("Who innovates with whom, and how we know"),
        {"country": view},
        {"country_name": name},
    )
