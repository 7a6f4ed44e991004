"""What a check says, in plain values that pages, JSON and the command line share."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from keten.funding.check import Check, Outcome
from keten.funding.logic import Answers, Condition, Truth, evaluate
from keten.funding.questions import known_answers
from keten.funding.scheme import UNSURE, Fact, Option
from keten.model import Text

WORDS = {True: "yes", False: "no", None: "unknown"}
_YES_NO = (
    Option("yes", Text("Yes", "Ja")),
    Option("no", Text("No", "Nee")),
)
_UNSURE = Option(UNSURE, Text("I don't know", "Weet ik niet"))


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a scheme in words, the fact it asks for, and whether it holds by the answers."""

    rule: str
    label: Text
    fact: str
    holds: Truth


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its possible answers; none for a number, whose unit is told instead."""

    fact: str
    kind: str
    question: Text
    help: Text
    options: tuple[Option, ...]
    unit: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered: as rules read it, and in words (a number as it was given)."""

    fact: str
    question: Text
    answer: str
    label: Text


@dataclass(frozen=True, slots=True)
class Told:
    """The outcome of one scheme: `yes`, `no` or `unknown` (not known yet), and why.

    `because`: the rules that decided. `known`: rules of which the fact is known. `open`: rules that
    can still change it. `flips`: rules of which one other answer alone would undo a no. `decides`:
    what to find out next. Where `has_ended`, the outcome says only what would have been.
    """

    scheme: str
    label: Text
    agency: Text
    offers: Text
    has_ended: bool
    is_example: bool
    outcome: str
    because: tuple[Rule, ...]
    known: tuple[Rule, ...]
    open: tuple[Rule, ...]
    flips: tuple[Rule, ...]
    decides: Rule | None
    document: Text
    source: str
    stated: str
    valid_from: str
    unknowns: tuple[Text, ...]
    contact: Text | None


@dataclass(frozen=True, slots=True)
class CheckView:
    """A whole check: outcomes, answers in the order given, and what to ask now.

    `history_only`: what is left to ask is about schemes that have ended.
    """

    outcomes: tuple[Told, ...]
    answers: tuple[Answer, ...]
    ask: tuple[Question, ...]
    history_only: bool


def tell_check(check: Check) -> CheckView:
    """Give a check in plain values."""
    known = known_answers({fact.fact: answer for fact, answer in check.answers})
    return CheckView(
        outcomes=tuple(_tell(outcome, known) for outcome in check.outcomes),
        answers=tuple(
            Answer(fact.fact, fact.question, answer, _word(fact, answer))
            for fact, answer in check.answers
        ),
        ask=tuple(tell_question(fact) for fact in check.ask),
        history_only=check.history_only,
    )


def tell_question(fact: Fact) -> Question:
    """Give a question with every answer there is to it."""
    options = _YES_NO if fact.kind == "yes-no" else fact.options
    return Question(fact.fact, fact.kind, fact.question, fact.help, (*options, _UNSURE), fact.unit)


def _word(fact: Fact, answer: str) -> Text:
    if fact.kind == "number" and answer != UNSURE:
        plain = f"{Decimal(answer):,}"
        return Text(
            f"{fact.unit} {plain}".strip(),
            f"{fact.unit} {plain.translate(str.maketrans(',.', '.,'))}".strip(),
        )
    labels = {option.value: option.label for option in tell_question(fact).options}
    return labels.get(answer, Text(answer, answer))


def _tell(outcome: Outcome, known: Answers) -> Told:
    scheme = outcome.scheme

    def rules(conditions: Iterable[Condition]) -> tuple[Rule, ...]:
        return tuple(_rule(condition, known) for condition in conditions)

    return Told(
        scheme=scheme.scheme,
        label=scheme.label,
        agency=scheme.agency,
        offers=scheme.offers,
        has_ended=scheme.has_ended,
        is_example=scheme.is_example,
        outcome=WORDS[outcome.truth],
        because=rules(outcome.reasons),
        known=rules(outcome.known),
        open=rules(outcome.open),
        flips=rules(outcome.flips),
        decides=_rule(outcome.decides, known) if outcome.decides else None,
        document=scheme.document,
        source=scheme.source,
        stated=scheme.stated,
        valid_from=scheme.valid_from,
        unknowns=scheme.unknowns,
        contact=scheme.contact,
    )


def _rule(condition: Condition, known: Answers) -> Rule:
    return Rule(condition.rule, condition.label, condition.fact, evaluate(condition, known))
