"""The page of an organisation that no source knows: a row of a list, or one that a visitor proposed."""

from starlette.responses import Response

from keten.atlas.corrections import read_corrections
from keten.atlas.named import is_own, name_own, read_own, text_of, values_of
from keten.atlas.parties import PLACED
from keten.atlas.proposal import clean_website
from keten.atlas.verification import last_of
from keten.model import Judgement
from keten.web.pages.conversation.shown import on_own
from keten.web.pages.suggestion.shown import read_stages, say_corrections
from keten.web.pages.suggestion.verifying import name_parts
from keten.web.reply import Page, Pages
from keten.web.trouble import Trouble
from keten.web.visit import Visit, Visiting

pages = Pages()
_SHOWN = ("street", "postcode", "city", "country", "kvk_number")


@pages.page("/own/{key}")
def own(visit: Visiting, key: str) -> Page | Response:
    """Show an organisation of people's own, as far as the visitor may see it."""
    store, person = visit.store_to_read, visit.person
    rows = read_own(store, [key], person) if is_own(key) else []
    if store is None or not rows:
        raise _unknown(visit)
    lines = store.judgements_on([key], reader=person)
    named, value = name_own(rows[-1]), values_of(rows[-1])
    corrections = read_corrections(visit.con, store, lines, person)
    placed = [line for line in lines if line.kind == PLACED]
    may_edit = person is not None and person.may("editor")
    return Page(
        "suggestion/own.html",
        named.name,
        {
            "organisation": named,
            "facts": {name: text_of(value, name) for name in _SHOWN},
            "website": clean_website(text_of(value, "website")),
            "placed": placed,
            "rows": rows,
        },
        {
            **say_corrections(visit, corrections),
            "stages": read_stages(visit),
            "stage_of": {line.number: _stage(line) for line in placed},
            "last": last_of(store, [*rows, *placed, *(one.line for one in corrections)], person),
            "parts": name_parts(visit) if may_edit else {},
            "about": named,
            "log": on_own(visit, named),
        },
        is_private=person is not None,
    )


def _stage(line: Judgement) -> tuple[str, str]:
    return line.object.removeprefix("chain:"), text_of(values_of(line), "stage")


def _unknown(visit: Visit) -> Trouble:
    return Trouble(
        visit.words("No organisation is known here under this number."),
        visit.words("It may have been taken back, or be for editors only."),
    )
