"""Queue: the pairs of records on which a person's answer matters most.

Importance is the money at stake times what is uncertain. At stake is the money of the smaller side,
which would come under another name, and a thousandth of the larger's. Uncertain is what the probability
leaves open (its entropy in bits); where two keys of one register stand against each other no rule may
join them, whatever the probability, so the probability itself is what only a person can settle.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import duckdb
import pyarrow as pa

from keten.evidence.resolve.cluster import Pair, order_pair
from keten.evidence.resolve.organisation import write_table

SHARE: Final = 0.1  # of the records may stand in the queue
LONGEST: Final = 5000
_KINDS: Final = ("link", "duplicate", "succession")
_LARGER: Final = 0.001
_NOTHING: Final = Decimal(0)
_LEAST_EUR: Final = 1000.0  # so that pairs without money are asked about, the most uncertain first


@dataclass(frozen=True, slots=True)
class Question:
    """Two units that may be one (`link`, `duplicate`) or one after the other (`succession`)."""

    left: str
    right: str
    probability: float
    kind: str


@dataclass(frozen=True, slots=True)
class Ranked:
    """A question with the money of its smaller side and its importance."""

    question: Question
    money_eur: Decimal
    importance: float


def rank_questions(
    questions: Iterable[Question], one: Mapping[str, str], money: Mapping[str, Decimal]
) -> list[Ranked]:
    """Give one question for each pair of organisations, the most important first.

    `one` is the organisation of each source key, `money` the public money of each organisation.
    """
    best: dict[Pair, Ranked] = {}
    for question in questions:
        sides = order_pair(one[question.left], one[question.right])
        if sides[0] == sides[1]:
            continue
        small, large = sorted(max(money.get(side, _NOTHING), _NOTHING) for side in sides)
        stake = float(small) + _LARGER * float(large) + _LEAST_EUR
        ranked = Ranked(question, small, round(stake * measure_doubt(question), 6))
        if sides not in best or _order(ranked) < _order(best[sides]):
            best[sides] = ranked
    return sorted(best.values(), key=_order)


def measure_doubt(question: Question) -> float:
    """Give what is uncertain about a question, from 0 to 1."""
    chance = question.probability
    if question.kind == "duplicate":
        return chance
    if not 0 < chance < 1:
        return 0.0
    return -(chance * math.log2(chance) + (1 - chance) * math.log2(1 - chance))


def count_places(records: int) -> int:
    """Give how many pairs may stand in the queue of so many records."""
    return min(LONGEST, int(records * SHARE))


def read_money(con: duckdb.DuckDBPyConnection) -> dict[str, Decimal]:
    """Give the public money that the sources name for each organisation, where they name any."""
    rows = con.execute(
        """
        select organisation_id, sum(money_eur)::decimal(18,2)
        from source_organisation join same_as using (source_key)
        where money_eur is not null group by organisation_id order by organisation_id
        """
    ).fetchall()
    return dict(rows)


def write_queue(con: duckdb.DuckDBPyConnection, ranked: Iterable[Ranked]) -> None:
    """Write `review_pair`, in the order given."""
    rows = list(ranked)
    write_table(
        con,
        "review_pair",
        {
            "position": pa.array(range(1, len(rows) + 1), pa.int64()),
            "left_key": pa.array([row.question.left for row in rows], pa.string()),
            "right_key": pa.array([row.question.right for row in rows], pa.string()),
            "probability": pa.array([row.question.probability for row in rows], pa.float64()),
            "money_eur": pa.array([row.money_eur for row in rows], pa.decimal128(18, 2)),
            "importance": pa.array([row.importance for row in rows], pa.float64()),
            "kind": pa.array([row.question.kind for row in rows], pa.string()),
        },
    )


def _order(ranked: Ranked) -> tuple[float, int, float, str, str]:
    question = ranked.question
    return (
        -ranked.importance,
        _KINDS.index(question.kind),
        -question.probability,
        question.left,
        question.right,
    )
