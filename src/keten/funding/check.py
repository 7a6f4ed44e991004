"""The financing check: for each scheme yes, no or not known yet, why, and what one fact would change."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from keten.errors import UsageError
from keten.funding.logic import (
    Answers,
    Condition,
    Truth,
    evaluate,
    list_conditions,
    list_open,
    list_reasons,
)
from keten.funding.questions import choose_next, known_answers
from keten.funding.scheme import UNSURE, Fact, Scheme, gather_facts, list_classes

_LARGEST = Decimal(10) ** 12


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the answers say of one scheme.

    `truth` None: not known yet. `reasons` are the conditions that decided, `known` those of which the
    fact is known, `open` those that can still change it. `flips` are conditions that by themselves
    would undo a no; empty where more than one thing stands in the way. `decides` is what to find out
    next.
    """

    scheme: Scheme
    truth: Truth
    reasons: tuple[Condition, ...]
    known: tuple[Condition, ...]
    open: tuple[Condition, ...]
    flips: tuple[Condition, ...]
    decides: Condition | None


@dataclass(frozen=True, slots=True)
class Check:
    """The outcomes, what was answered in that order, and what to ask now (none: nothing matters)."""

    outcomes: tuple[Outcome, ...]
    answers: tuple[tuple[Fact, str], ...]
    ask: tuple[Fact, ...]
    history_only: bool  # what is left to ask is about schemes that have ended


def read_answer(fact: Fact, text: str) -> str:
    """Give an answer as rules read it; raises UsageError with what can be answered."""
    plain = text.strip()
    if plain == UNSURE:
        return UNSURE
    if fact.kind != "number":
        if plain in fact.values:
            return plain
        raise UsageError(
            f"'{plain[:80]}' is no answer to: {fact.question.en}",
            f"Choose from: {', '.join((*fact.values, UNSURE))}.",
        )
    number = _read_number(plain)
    if number is None or not 0 <= number < _LARGEST:
        raise UsageError(
            f"'{plain[:80]}' is no amount.", "Write a whole number of euros, such as 100000."
        )
    return str(number)


def _read_number(text: str) -> Decimal | None:
    """Read an amount as people write it: with points or spaces between thousands, in two languages."""
    bare = text.removeprefix("EUR").removeprefix("€").replace("\u00a0", " ").strip().rstrip(",-")
    whole, sign, cents = bare, "", ""
    if len(bare) > 3 and bare[-3] in ".," and bare[-2:].isdigit():
        whole, sign, cents = bare[:-3], ".", bare[-2:]
    groups = whole.replace(".", " ").replace(",", " ").split(" ")
    is_grouped = len(groups) == 1 or (
        all(len(group) == 3 for group in groups[1:]) and 1 <= len(groups[0]) <= 3
    )
    if not is_grouped or not all(group.isascii() and group.isdigit() for group in groups):
        return None
    try:
        return Decimal("".join(groups) + sign + cents)
    except InvalidOperation:
        return None


def check_financing(schemes: Sequence[Scheme], answers: Answers) -> Check:
    """Check all schemes on answers, in the order given; raises UsageError for an unknown fact.

    Answers are as `read_answer` gives them. Schemes that still run come first.
    """
    ordered = tuple(sorted(schemes, key=lambda scheme: (scheme.has_ended, scheme.scheme)))
    facts = gather_facts(ordered)
    for name in answers:
        if name not in facts:
            raise UsageError(
                f"'{name[:80]}' is asked by no scheme.", f"Choose from: {', '.join(facts)}."
            )
    ask = choose_next(ordered, answers)
    running = tuple(scheme for scheme in ordered if not scheme.has_ended)
    return Check(
        outcomes=tuple(_outcome(scheme, answers, ordered) for scheme in ordered),
        answers=tuple((facts[name], answer) for name, answer in answers.items()),
        ask=tuple(facts[name] for name in ask),
        history_only=bool(ask)
        and not {c.fact for s in running for c in list_open(s.rules, known_answers(answers))}
        & set(ask),
    )


def _outcome(scheme: Scheme, answers: Answers, schemes: tuple[Scheme, ...]) -> Outcome:
    known = known_answers(answers)
    truth = evaluate(scheme.rules, known)
    conditions = tuple(list_conditions(scheme.rules))
    still_open = tuple(list_open(scheme.rules, known))
    return Outcome(
        scheme=scheme,
        truth=truth,
        reasons=tuple(list_reasons(scheme.rules, known)),
        known=tuple(c for c in conditions if c.fact in known),
        open=still_open,
        flips=_flips(scheme, known, schemes) if truth is False else (),
        decides=_decider(scheme, still_open, answers),
    )


def _flips(scheme: Scheme, known: Answers, schemes: tuple[Scheme, ...]) -> tuple[Condition, ...]:
    """Give the conditions of which another answer alone would undo a no; those that make it yes first."""
    facts = gather_facts(schemes)
    found: list[tuple[bool, int, Condition]] = []
    for place, condition in enumerate(list_conditions(scheme.rules)):
        if condition.fact not in known:
            continue
        others = (
            evaluate(scheme.rules, {**known, condition.fact: answer})
            for answer in list_classes(facts[condition.fact], schemes)
        )
        truths = set(others) - {False}
        if truths:
            found.append((True not in truths, place, condition))
    return tuple(condition for _, _, condition in sorted(found, key=lambda each: each[:2]))


def _decider(
    scheme: Scheme, still_open: tuple[Condition, ...], answers: Answers
) -> Condition | None:
    """Give the open condition whose answer is most likely to settle the scheme by itself."""
    if not still_open:
        return None
    known = known_answers(answers)
    facts = gather_facts((scheme,))

    def settles(condition: Condition) -> float:
        classes = list_classes(facts[condition.fact], (scheme,))
        decided = sum(
            evaluate(scheme.rules, {**known, condition.fact: answer}) is not None
            for answer in classes
        )
        return decided / len(classes)

    return max(still_open, key=settles)  # of equals the first
