"""Verdict: what became of the pairs that were compared, and which of them people are asked about."""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
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

    `one` is the organisation of each source key, `members` the keys of each organisation, `apart` the
    pairs of organisations that people ruled different, `list_borne` the keys of registers of a record.
    """

    one: Mapping[str, str]
    members: Mapping[str, Sequence[str]]
    apart: Set[Pair]
    list_borne: Callable[[str], Sequence[str]]
    _known: dict[str, list[str]] = field(default_factory=dict)

    def find_sides(self, left: str, right: str) -> Pair:
        """Give the organisations of two records, in a fixed order."""
        return order_pair(self.one[left], self.one[right])

    def are_forbidden(self, sides: Pair) -> bool:
        """Say whether a ruling or a register forbids that two organisations are one."""
        return sides in self.apart or cannot_be_one(*(self._borne(side) for side in sides))

    def _borne(self, organisation: str) -> list[str]:
        known = self._known.get(organisation)
        if known is None:
            keys = self.members[organisation]
            known = [borne for key in keys for borne in self.list_borne(key)]
            self._known[organisation] = known
        return known


def judge(found: Match, outcome: Outcome, accepted: float, asked: float) -> str:
    """Give what became of a pair: linked, review, refused or apart.

    Refused is what the probability would have joined and something forbids: a ruling, or keys of one
    register. In review is what lies below, or has a rival, or hangs on a chain.
    """
    sides = outcome.find_sides(found.left, found.right)
    if sides[0] == sides[1]:
        return "linked"
    if found.probability < asked:
        return "apart"
    if outcome.are_forbidden(sides):
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


def are_two_entities(left: Iterable[str], right: Iterable[str]) -> bool:
    """Say whether VAT numbers prove two lists of keys to be those of two legal entities."""
    return cannot_be_one(
        [key for key in left if key.startswith("vat:")],
        [key for key in right if key.startswith("vat:")],
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
    same_entity: Iterable[Link],
    ties: Iterable[Tie],
    related: Set[Pair],
) -> list[Question]:
    """Give all that people may be asked.

    A pair that registers forbid is asked about where its own two records bear the keys: then they
    may be one organisation registered twice. Where only their companions do, the better match stands.
    What a register itself relates (`related`) it holds for two, and VAT numbers of two legal entities
    leave nothing to ask.
    """
    chance: dict[Pair, float] = {}
    questions: list[Question] = []
    for found, verdict in zip(matches, verdicts, strict=True):
        pair = order_pair(found.left, found.right)
        chance[pair] = found.probability
        if verdict == "review":
            questions.append(Question(*pair, found.probability, "link"))
        elif verdict == "refused" and pair not in related:
            borne = outcome.list_borne(found.left), outcome.list_borne(found.right)
            if cannot_be_one(*borne) and not are_two_entities(*borne):
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
        if outcome.find_sides(question.left, question.right) not in outcome.apart
    ]


_UNKNOWN: Final = 0.5  # of a pair whose names nobody compared
_ONE_ENTITY: Final = 0.9  # two registrations with the VAT number of one legal entity
