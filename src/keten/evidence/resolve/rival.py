"""Rival: leaves to people the matches that two bearers of one register's keys could claim alike.

A record without numbers may match two organisations that bear one name. Which of them is meant no
score can tell when they score nearly the same, so neither is linked. It is no rivalry when the two
are likely to be one organisation registered twice: then the better match stands.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from keten.evidence.resolve.cluster import Pair, order_pair

MARGIN: Final = 1.5  # log-odds by which a match must stand out from its rivals


@dataclass(frozen=True, slots=True)
class Match:
    """Two units that were compared, in the order of their keys."""

    left: str
    right: str
    score: float
    probability: float


def find_rivalled(
    matches: Iterable[Match], borne: Mapping[str, Sequence[str]], accepted: float
) -> set[Pair]:
    """Give the pairs with at least the probability `accepted` of which an end has a rival."""
    matches = list(matches)
    likely = {
        order_pair(found.left, found.right) for found in matches if found.probability >= accepted
    }
    claims: dict[str, list[tuple[float, str]]] = {}
    for found in matches:
        if order_pair(found.left, found.right) in likely:
            claims.setdefault(found.left, []).append((found.score, found.right))
            claims.setdefault(found.right, []).append((found.score, found.left))
    rivalled: set[Pair] = set()
    for key, found in claims.items():
        for place, (score, other) in enumerate(found):
            for rival_score, rival in found[place + 1 :]:
                if (
                    cannot_be_one(borne.get(other, ()), borne.get(rival, ()))
                    and order_pair(other, rival) not in likely
                ):
                    if score - rival_score < MARGIN:
                        rivalled.add(order_pair(key, other))
                    if rival_score - score < MARGIN:
                        rivalled.add(order_pair(key, rival))
    return rivalled


def cannot_be_one(left: Sequence[str], right: Sequence[str]) -> bool:
    """Say whether two records bear different keys of one register."""
    mine = dict(key.split(":", 1) for key in left)
    return any(
        mine.get(register, value) != value
        for register, value in (key.split(":", 1) for key in right)
    )
