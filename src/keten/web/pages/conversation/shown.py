"""What the pages of conversations show, and the part of an organisation's page that is for editors."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from keten.atlas.conversations import WAYS, Conversation, list_of_organisation
from keten.atlas.named import Named, find_named
from keten.web.language import N_
from keten.web.visit import Visit

WAY_WORDS: Final = {
    "visit": N_("visit"),
    "call": N_("call or message"),
    "need": N_("what they need"),
    "note": N_("note"),
}


@dataclass(frozen=True, slots=True)
class Log:
    """The log of an organisation, with what its form needs."""

    rows: tuple[Conversation, ...]
    ways: dict[str, str]
    people: dict[int, str]  # who may be given something to do
    names: dict[int, str]  # everybody who ever was
    today: date
    address: str


def on_organisation(visit: Visit, organisation: str) -> Log | None:
    """Give the log of an organisation, nothing to who may not read it."""
    if visit.person is None or not visit.person.may("editor"):
        return None
    about = find_named(visit.con, None, organisation)
    return _make(visit, about) if about is not None else None


def on_own(visit: Visit, about: Named) -> Log | None:
    """Give the log of an organisation of people's own, nothing to who may not read it."""
    if visit.person is None or not visit.person.may("editor"):
        return None
    return _make(visit, about)


def say_ways(visit: Visit) -> dict[str, str]:
    """Give the kinds of note in the visitor's language."""
    return {way: visit.words(WAY_WORDS[way]) for way in WAYS}


def name_people(visit: Visit) -> dict[int, str]:
    """Give the names of all accounts today, those that were erased as such."""
    erased = visit.words("Somebody whose name was erased")
    return {one.number: one.name or erased for one in visit.store.accounts.all()}


def list_owners(visit: Visit) -> dict[int, str]:
    """Give who may be given something to do: editors whose account is open."""
    return {
        one.number: one.name
        for one in visit.store.accounts.all()
        if one.is_open and one.role != "visitor"
    }


def _make(visit: Visit, about: Named) -> Log:
    return Log(
        list_of_organisation(visit.con, visit.store_to_read, about, visit.person),
        say_ways(visit),
        list_owners(visit),
        name_people(visit),
        visit.now.date(),
        visit.addresses.page(f"conversations/of/{about.who}"),
    )
