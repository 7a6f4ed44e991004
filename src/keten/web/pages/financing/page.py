"""The financing check: open to all, and every state of it is an address, so that nothing is kept.

The answers stand in the address alone: no session, no cookie, no log of ours; each reply forbids to
be stored. A form that is sent would keep them out of the browser's history, but then neither the way
back, nor a link to a colleague, nor the JSON twin would work; the page says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from keten.errors import UsageError
from keten.funding.answers import (
    Fact,
    check_financing,
    gather_facts,
    read_answer,
    read_schemes,
    tell_check,
    tell_question,
)
from keten.web.reply import Page, Pages
from keten.web.trouble import Trouble
from keten.web.visit import Visit, Visiting

pages = Pages()
_ASK = "ask"  # names the question that is to be answered again
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class _Given:
    """The answers of an address, in its order: those that rules can read, and those they cannot."""

    answers: dict[str, str]
    wrong: dict[str, str]


@pages.page("/financing")
def financing(visit: Visiting) -> Page:
    """Ask what still matters, and say for each scheme what the answers so far mean."""
    schemes = read_schemes(visit.store_to_read)
    facts = gather_facts(schemes)
    given = _read(visit, facts)
    check = check_financing(schemes, given.answers)
    view = tell_check(check)
    ask = _to_ask(visit, facts, given, [question.fact for question in view.ask])
    questions = tuple(tell_question(facts[name]) for name in ask)
    kept = {name: answer for name, answer in given.answers.items() if name not in ask}
    return Page(
        "financing/financing.html",
        visit.words("What financing could fit?"),
        {"check": view},
        {
            "schemes": schemes,
            "questions": questions,
            "again": visit.asked(_ASK) in ask,
            "typed": {**given.answers, **given.wrong},
            "wrong": given.wrong,
            "kept": kept,
            "changes": {name: _address(visit, given.answers, ask=name) for name in given.answers},
            "back": _address(visit, dict(list(given.answers.items())[:-1])),
            "asks_first": not given.answers,
        },
        needs_evidence=False,
        status=400 if given.wrong else 200,
        is_private=True,
    )


def _read(visit: Visit, facts: Mapping[str, Fact]) -> _Given:
    """Read the answers that stand in the address; an empty one was not given."""
    answers: dict[str, str] = {}
    wrong: dict[str, str] = {}
    for name, text in visit.request.query_params.items():
        if name == _ASK or not text.strip():
            continue
        if name not in facts:
            raise Trouble(
                visit.words("No scheme asks for '%(name)s'.", name=name[:_LONGEST]),
                visit.words("The questions changed, or the address was cut off: begin again."),
                code="usage",
                status=400,
            )
        try:
            answers[name] = read_answer(facts[name], text[:_LONGEST])
        except UsageError:
            wrong[name] = text[:_LONGEST]
    return _Given(answers, wrong)


def _to_ask(
    visit: Visit, facts: Mapping[str, Fact], given: _Given, proposed: list[str]
) -> tuple[str, ...]:
    """Give the questions to show: what could not be read, what is to be changed, or what is next."""
    if given.wrong:
        return tuple(given.wrong)
    again = visit.asked(_ASK)
    return (again,) if again in facts else tuple(proposed)


def _address(visit: Visit, answers: Mapping[str, str], **more: str) -> str:
    query = urlencode({**answers, **more})
    address = visit.addresses.page("financing")
    return f"{address}?{query}" if query else address
