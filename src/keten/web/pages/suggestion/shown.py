"""What the pages of suggestions show, and the parts of other pages that lead to them."""

from dataclasses import dataclass, field
from typing import Any, Final

from keten.atlas.corrections import Correction, read_corrections
from keten.atlas.named import Named, find_named, read_named
from keten.atlas.proposal import WHATS
from keten.atlas.search import search
from keten.atlas.suggestions import STATES, Suggestion, are_taken, list_suggestions
from keten.atlas.verification import last_of
from keten.atlas.views import Hit, OrganisationView
from keten.web.pages.chain.frame import read_chains
from keten.web.pages.suggestion import words
from keten.web.pages.suggestion.words import Mishap, say_all
from keten.web.reply import Page
from keten.web.trouble import Trouble
from keten.web.visit import Visit

PAGE: Final = 40
FOUND: Final = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """Which suggestions an editor looks at, and what is wrong with an answer of theirs."""

    state: str = "open"
    what: str = ""
    page: int = 1
    mishaps: tuple[Mishap, ...] = ()
    failed: str = ""  # the suggestion whose answer could not be given
    typed: str = ""
    status: int = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """A suggestion with whom it is about, and whom it may be about where a name alone was given."""

    suggestion: Suggestion
    about: Named | None
    other: Named | None
    hits: tuple[Hit, ...] = field(default=())


def may_suggest(visit: Visit) -> bool:
    """Say whether this visitor may send a suggestion."""
    person = visit.person
    return are_taken(visit.store_to_read) or (person is not None and person.may("editor"))


def check_taken(visit: Visit) -> None:
    """Raise Trouble unless suggestions are taken from this visitor."""
    if not may_suggest(visit):
        raise Trouble(
            visit.words("No suggestions are taken here."),
            visit.words("Whoever runs this site has not asked for them."),
        )


def find_organisation(visit: Visit, text: str) -> Named | None:
    """Give the organisation that an identifier names, as far as this visitor may see it."""
    return find_named(visit.con, visit.store_to_read, text, visit.person)


def read_stages(visit: Visit) -> dict[str, tuple[str, dict[str, str]]]:
    """Give each value chain with its label and the labels of its stages."""
    language = visit.language
    return {
        chain.chain: (
            chain.label.in_language(language),
            {stage.stage: stage.label.in_language(language) for stage in chain.stages},
        )
        for chain in read_chains(visit)
    }


def show_inbox(visit: Visit, asked: Asked) -> Page:
    """Show the suggestions of a state, with what an editor can do about each."""
    store, person = visit.store, visit.person
    found = list_suggestions(store, person, state=asked.state, what=asked.what)
    start = (asked.page - 1) * PAGE
    shown = found[start : start + PAGE]
    named = _read_named(visit, shown)

    def step(number: int) -> str:
        return visit.addresses.page(
            "suggestions", state=asked.state, what=asked.what, page=number if number > 1 else ""
        )

    return Page(
        "suggestion/inbox.html",
        visit.words("Suggestions"),
        {"suggestions": shown, "total": len(found), "open": are_taken(store)},
        {
            "entries": [_see(visit, one, named) for one in shown],
            "asked": asked,
            "emails": store.proposals.emails(visit.now),
            "stages": read_stages(visit),
            "whats": say_all(words.WHATS, visit),
            "said_of": say_all(words.SAID, visit),
            "states": say_all(words.STATES, visit),
            "all_states": STATES,
            "all_whats": WHATS,
            "previous": step(asked.page - 1) if asked.page > 1 else "",
            "next": step(asked.page + 1) if len(found) > start + PAGE else "",
            "keys_script": visit.house.assets.address("inbox.js"),
        },
        needs_evidence=True,
        status=asked.status,
        address=step(asked.page),
        is_private=True,
    )


def on_organisation(visit: Visit, view: OrganisationView) -> dict[str, Any]:
    """Give what the page of an organisation shows of corrections, and where to send one."""
    corrections = read_corrections(visit.con, visit.store_to_read, view.judgements)
    lines = [one.line for one in corrections]
    return {
        **say_corrections(visit, corrections),
        "last_said": last_of(visit.store_to_read, lines, visit.person) if lines else {},
    }


def say_corrections(visit: Visit, corrections: tuple[Correction, ...]) -> dict[str, Any]:
    """Give the same for a page of people's own organisation."""
    return {
        "corrections": corrections,
        "said_of": say_all(words.SAID, visit),
        "may_suggest": may_suggest(visit),
    }


def _read_named(visit: Visit, shown: tuple[Suggestion, ...]) -> dict[str, Named]:
    keys = {one.proposal.about for one in shown} | {one.proposal.other for one in shown}
    return read_named(visit.con, visit.store_to_read, keys - {""}, visit.person)


def _see(visit: Visit, one: Suggestion, named: dict[str, Named]) -> Entry:
    proposal = one.proposal
    about, other = named.get(proposal.about), named.get(proposal.other)
    is_open = one.state == "open"
    unknown = ""
    if is_open and about is None:
        unknown = proposal.name
    elif is_open and other is None and proposal.other_name:
        unknown = proposal.other_name
    hits = search(visit.index, unknown, kind="organisation", limit=FOUND).hits if unknown else ()
    known = about.organisation_id if about else ""
    return Entry(one, about, other, tuple(hit for hit in hits if hit.identifier != known))
