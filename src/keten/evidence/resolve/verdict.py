"""Verdict: what became of the pairs that were compared, and which of them people are asked about."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Final

import duckdb
import pyarrow as pa

from keten.evidence.resolve.cluster import Link, Pair, order_pair
from keten.evidence.resolve.organisation import write_table
from keten.evidence.resolve.queue import Question
from keten.evidence.resolve.relations import Tie

KEPT: Final = 0.02  # pairs with at least this probability are kept for people to read


@dataclass(frozen=True, slots=True)
class Match:
    """Two units that were compared, in the order of their keys; `score` is in log-odds.

    `may_link` says whether a link needs nobody's eye at a probability that is high enough: an
    acronym or an address alone never links.
    """

    left: str
    right: str
    score: float
    probability: float
    may_link: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the build decided, to judge pairs by.

    `one` is the organisation of each source key, `apart` the pairs of organisations that people
    ruled different, `borne` the keys of registers that each organisation holds.
    """

    one: Mapping[str, str]
    apart: frozenset[Pair] = frozenset()
    borne: Mapping[str, Sequence[str]] = field(default_factory=dict)


def judge(found: Match, outcome: Outcome, accepted: float, asked: float) -> str:
    """Give what became of a pair: linked, review, refused or apart.

    Refused is what the probability would have joined and something forbids: a ruling, or keys of one
    register. In review is what lies below, or has a rival, or hangs on a chain.
    """
    sides = order_pair(outcome.one[found.left], outcome.one[found.right])
    if sides[0] == sides[1]:
        return "linked"
    if found.probability < asked:
        return "apart"
    forbidden = sides in outcome.apart or cannot_be_one(
        outcome.borne.get(sides[0], ()), outcome.borne.get(sides[1], ())
    )
    if forbidden:
        return "refused" if found.probability >= accepted and found.may_link else "apart"
    return "review"


def cannot_be_one(left: Iterable[str], right: Iterable[str]) -> bool:
    """Say whether two lists of keys of registers hold different keys of one register."""
    mine: dict[str, set[str]] = {}
    for key in left:
        register, _, value = key.partition(":")
        mine.setdefault(register, set()).add(value)
    return any(
        value not in mine.get(register, {value})
        for register, _, value in (key.partition(":") for key in right)
    )


def write_matches(
    con: duckdb.DuckDBPyConnection, matches: Iterable[Match], verdicts: Iterable[str]
) -> None:
    """Write `organisation_match`, in the order of the keys."""
    rows = sorted(
        (found.left, found.right, found.score, found.probability, verdict)
        for found, verdict in zip(matches, verdicts, strict=True)
        if found.probability >= KEPT
    )
    types = (pa.string(), pa.string(), pa.float64(), pa.float64(), pa.string())
    names = ("left_key", "right_key", "score", "probability", "verdict")
    write_table(
        con,
        "organisation_match",
        {
            name: pa.array([row[place] for row in rows], types[place])
            for place, name in enumerate(names)
        },
    )


def list_questions(
    matches: Iterable[Match],
    verdicts: Iterable[str],
    outcome: Outcome,
    borne: Mapping[str, Sequence[str]],
    same_entity: Iterable[Link],
    ties: Iterable[Tie],
    related: Set[Pair],
) -> list[Question]:
    """Give all that people may be asked; `borne` are the keys of registers of each unit.

    A pair that registers forbid is asked about where its own two records bear the keys: then they
    may be one organisation registered twice. Where only their companions do, the better match stands.
    What a register itself relates (`related`) it holds for two.
    """
    chance: dict[Pair, float] = {}
    questions: list[Question] = []
    for found, verdict in zip(matches, verdicts, strict=True):
        pair = order_pair(found.left, found.right)
        chance[pair] = found.probability
        if verdict == "review":
            questions.append(Question(*pair, found.probability, "link"))
        elif (
            verdict == "refused"
            and pair not in related
            and cannot_be_one(borne.get(found.left, ()), borne.get(found.right, ()))
        ):
            questions.append(Question(*pair, found.probability, "duplicate"))
    ties = list(ties)
    after = [order_pair(tie.source_key, tie.other_key) for tie in ties if tie.kind == "successor"]
    questions += [Question(*pair, chance.get(pair, _UNKNOWN), "succession") for pair in after]
    tied = {order_pair(tie.source_key, tie.other_key) for tie in ties}
    twice = {order_pair(link.left, link.right) for link in same_entity} - tied
    questions += [
        Question(*pair, max(chance.get(pair, 0.0), _ONE_ENTITY), "duplicate")
        for pair in sorted(twice)
    ]
    return [
        question
        for question in questions
        if order_pair(outcome.one[question.left], outcome.one[question.right]) not in outcome.apart
    ]


_UNKNOWN: Final = 0.5  # of a pair whose names nobody compared
_ONE_ENTITY: Final = 0.9  # two registrations with the VAT number of one legal entity
