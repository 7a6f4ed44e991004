"""The page of one source row as it was found."""

from starlette.responses import Response

from keten.atlas.answers import show_record, show_sources
from keten.atlas.dutch_texts import list_texts_of
from keten.atlas.technology_name import read_technologies
from keten.errors import NotFoundError
from keten.web.reply import Page, Pages
from keten.web.trouble import Trouble, bad_question
from keten.web.visit import Visiting

pages = Pages()
_LONGEST = 18


@pages.page("/records/{number}")
def record(visit: Visiting, number: str) -> Page | Response:
    """Show one source row."""
    if not (number.isascii() and number.isdigit() and len(number) <= _LONGEST):
        raise bad_question(visit.words, number[:80])
    try:
        view = show_record(visit.con, int(number))
    except NotFoundError:
        raise Trouble(
            visit.words("No source row has the number %(name)s in this evidence.", name=number),
            visit.words("Numbers change when the files do: follow the link from the figure again."),
        ) from None
    cards = {each.card.source: each.card for each in show_sources(visit.con)}
    title = cards[view.source].title.in_language(visit.language)
    return Page(
        "record/record.html",
        visit.words("A source row"),
        {"record": view, "texts": list_texts_of(visit.con, int(number))},
        {
            "source_title": title,
            "technologies": {
                name: each.label.in_language(visit.language)
                for name, each in read_technologies(visit.con).items()
            },
        },
        crumbs=(
            (visit.words("Sources"), visit.addresses.page("sources")),
            (title, visit.addresses.source(view.source)),
        ),
    )
