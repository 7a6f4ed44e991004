"""Fund: the open calls that fit a chain, with the words that say so, and one call by itself."""

from urllib.parse import quote

from keten.errors import NotFoundError
from keten.funding.answers import list_calls, show_call
from keten.web.pages.chain.frame import read_chain, read_chains
from keten.web.reply import Page, Pages
from keten.web.trouble import Trouble
from keten.web.visit import Visit, Visiting

pages = Pages()


@pages.page("/chains/{chain}/funding")
def funding(visit: Visiting, chain: str) -> Page:
    """List the calls that fit a chain: by its words, or those of one part of a programme."""
    defined = read_chain(visit, chain)
    part = visit.asked("part")
    try:
        found = list_calls(visit.con, chain, visit.now.date(), part)
    except NotFoundError as error:
        raise Trouble(
            visit.words("No part of a programme is known for this chain as '%(name)s'.",
                        name=part[:80]),
            visit.words("Choose one from the list of calls of this chain."),
        ) from error  # fmt: skip
    here = f"chains/{quote(chain)}/funding"
    return Page(
        "funding/funding.html",
        visit.words("What can be applied for?"),
        {"calls": found},
        {"chain_view": defined, "here_page": here, "today": visit.now.date()},
        crumbs=_crumbs(visit, chain, part),
    )


@pages.page("/calls/{call_id}")
def call(visit: Visiting, call_id: str) -> Page:
    """Show one call as published, with the words of the chains marked."""
    try:
        view = show_call(visit.con, call_id, visit.now.date())
    except NotFoundError as error:
        raise Trouble(
            visit.words("No call is known here as '%(name)s'.", name=call_id[:80]),
            visit.words("Look in the list of calls of a value chain."),
        ) from error
    labels = {each.chain: each.label.in_language(visit.language) for each in read_chains(visit)}
    return Page(
        "funding/call.html",
        "".join(piece.text for piece in view.title) or view.call_id,
        {"call": view},
        {"labels": labels},
        crumbs=((visit.words("Value chains"), visit.addresses.page("chains")),),
    )


def _crumbs(visit: Visit, chain: str, part: str) -> tuple[tuple[str, str], ...]:
    to, words = visit.addresses, visit.words
    crumbs = ((words("Value chains"), to.page("chains")),)
    if part:
        back = to.page(f"chains/{quote(chain)}/funding")
        return (*crumbs, (words("What can be applied for?"), back))
    return crumbs
