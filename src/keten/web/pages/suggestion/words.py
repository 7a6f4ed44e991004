"""The words of suggestions: what they are about, what is missing in one, why an answer cannot be given."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from keten.web.language import N_
from keten.web.visit import Visit

WHATS: Final = {
    "organisation": N_("An organisation that is missing"),
    "correction": N_("Something that is wrong"),
    "membership": N_("Somebody who belongs in a value chain"),
}
FIELDS: Final = {
    "name": N_("It has another name"),
    "website": N_("It has another website"),
    "place": N_("It is somewhere else"),
    "closed": N_("It no longer exists"),
    "merged": N_("It became part of another organisation"),
    "same": N_("This one and another are one and the same"),
}
SAID: Final = {
    "name": N_("Its name is"),
    "website": N_("Its website is"),
    "place": N_("It is in"),
    "closed": N_("It no longer exists"),
    "merged": N_("It became part of"),
    "same": N_("It is the same organisation as"),
}
STATES: Final = {
    "open": N_("not answered yet"),
    "accepted": N_("accepted"),
    "declined": N_("declined"),
}
# By the name of the field: what is wrong, what to do.
_MISSING: Final = {
    "what": (N_("It is not said what you propose."), N_("Choose one.")),
    "name": (N_("It is not said which organisation you mean."), N_("Give its name.")),
    "why": (N_("It is not said how you know."), N_("A few words will do.")),
    "field": (N_("It is not said what is wrong."), N_("Choose one.")),
    "says": (N_("It is not said what it should be."), N_("Write it as it should stand here.")),
    "other": (N_("The other organisation is not named."), N_("Give its name or its number.")),
    "stage": (N_("No value chain and stage were chosen."), N_("Choose one.")),
    "email": (
        N_("This is no e-mail address."),
        N_("Write it as name@example.org, or leave it empty."),
    ),
    "website": (
        N_("This is no address of a website."),
        N_("Write it as www.example.org, or leave it empty."),
    ),
    # Of an editor's answer.
    "which": (
        N_("It is not said which organisation is meant."),
        N_("Choose one of those that were found, or give its number."),
    ),
    "one-already": (
        N_("These two are one organisation here already."),
        N_("Decline it, and say so."),
    ),
    "reason": (
        N_("A suggestion cannot be declined without a reason."),
        N_("Say in a few words why: whoever sent it will read it."),
    ),
}


@dataclass(frozen=True, slots=True)
class Mishap:
    """What is wrong with a field of a form, and what to do."""

    field: str
    what: str
    next_step: str


def find_mishap(visit: Visit, name: str, field: str | None = None) -> Mishap:
    """Give in the visitor's language what is wrong with a field."""
    what, next_step = _MISSING[name]
    return Mishap(name if field is None else field, visit.words(what), visit.words(next_step))


def say_all(words: Mapping[str, str], visit: Visit) -> dict[str, str]:
    """Give words by their codes in the visitor's language."""
    return {code: visit.words(text) for code, text in words.items()}
