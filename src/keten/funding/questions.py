"""Which question to ask: the four that settle most to begin with, then only what can change an outcome.

Every answer is counted as equally likely: of a choice each option, of a number each stretch between
the bounds that the rules name. A scheme is settled when its outcome is yes or no.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import combinations, product
from math import prod

from keten.funding.logic import Answers, evaluate, list_conditions, list_open
from keten.funding.scheme import UNSURE, Scheme, gather_facts, list_classes

FIRST = 4


def known_answers(answers: Answers) -> dict[str, str]:
    """Give the answers without those of who does not know."""
    return {fact: answer for fact, answer in answers.items() if answer != UNSURE}


def list_open_facts(schemes: Sequence[Scheme], answers: Answers) -> tuple[str, ...]:
    """Give the facts, not asked yet, that can still change the outcome of some scheme, in order."""
    known = known_answers(answers)
    found = {
        condition.fact
        for scheme in schemes
        for condition in list_open(scheme.rules, known)
        if condition.fact not in answers
    }
    return tuple(fact for fact in gather_facts(schemes) if fact in found)


@lru_cache(maxsize=32)
def choose_first(schemes: tuple[Scheme, ...]) -> tuple[str, ...]:
    """Give the four facts that together settle most schemes, on average over all their answers.

    Where sets settle equally many, schemes that still run count first, then the order of the
    definitions. The facts come in the order in which each settles most after those before it.
    """
    facts = tuple(gather_facts(schemes))
    size = min(FIRST, len(facts))
    best = max(
        combinations(facts, size),
        key=lambda chosen: (*_settled(schemes, chosen), [-facts.index(fact) for fact in chosen]),
    )
    ordered: list[str] = []
    while len(ordered) < size:
        rest = [fact for fact in best if fact not in ordered]
        ordered.append(
            max(rest, key=lambda fact: (*_settled(schemes, (*ordered, fact)), -facts.index(fact)))
        )
    return tuple(ordered)


def choose_next(schemes: tuple[Scheme, ...], answers: Answers) -> tuple[str, ...]:
    """Give the facts to ask now: those of the first four that still matter, else the best one left.

    The best is that which settles most schemes that still run, then most of all.
    """
    open_facts = list_open_facts(schemes, answers)
    first = tuple(fact for fact in choose_first(schemes) if fact in open_facts)
    if first or not open_facts:
        return first
    known = known_answers(answers)

    def worth(fact: str) -> tuple[float, float, int]:
        total, running = _settled(schemes, (fact,), known)
        return running, total, -open_facts.index(fact)

    return (max(open_facts, key=worth),)


def _settled(
    schemes: Sequence[Scheme], asked: Sequence[str], known: Mapping[str, str] | None = None
) -> tuple[float, float]:
    """Give how many schemes are settled on average once some facts are known: all, and running."""
    shares = [(_share(scheme, asked, known or {}, schemes), scheme) for scheme in schemes]
    return (
        round(sum(share for share, _ in shares), 9),
        round(sum(share for share, scheme in shares if not scheme.has_ended), 9),
    )


def _share(
    scheme: Scheme, asked: Sequence[str], known: Mapping[str, str], schemes: Sequence[Scheme]
) -> float:
    """Give in which share of the answers to some facts one scheme is settled."""
    facts = gather_facts(schemes)
    own = {condition.fact for condition in list_conditions(scheme.rules)}
    names = [name for name in asked if name in own]
    classes = [list_classes(facts[name], schemes) for name in names]
    settled = sum(
        evaluate(scheme.rules, {**known, **dict(zip(names, answers, strict=True))}) is not None
        for answers in product(*classes)
    )
    return settled / prod(map(len, classes))
