"""Records: what the team says of elements of the canvas; a later line takes the place of an earlier."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from keten.errors import ConflictError, UsageError
from keten.model import Judgement
from keten.workspace import Store

KIND: Final = "element-judgement"
RATINGS: Final = ("missing", "weak", "fair", "strong")
# Thirds, our own choice: from which place among a hundred regions the data read as fair, as strong.
FAIR: Final = 100 / 3
STRONG: Final = 200 / 3
_LEVEL: Final = {"missing": 0, "weak": 0, "fair": 1, "strong": 2}


def judge_element(
    store: Store,
    chain: str,
    element: str,
    rating: str,
    reason: str,
    author: str,
    made_at: datetime,
    *,
    percentile: float | None = None,
    supersedes: int | None = None,
) -> Judgement:
    """Write what the team says of an element, beside what the data said at that moment.

    `supersedes` is the line that the writer saw. Raises: UsageError for a rating that is none, or without
    a reason; ConflictError when somebody else wrote meanwhile.
    """
    if rating not in RATINGS:
        raise UsageError(f"'{rating[:40]}' is no rating.", f"Choose from: {', '.join(RATINGS)}.")
    if not reason.strip():
        raise UsageError(
            "A judgement needs a reason.", "Say in a few words why: others will read it."
        )
    standing = read_element_judgements(store, chain).get(element)
    if standing is not None and standing.number != supersedes:
        raise ConflictError(
            "Somebody judged this element meanwhile.",
            "Read what they wrote, and write yours again if it still holds.",
            later=standing.number,
        )
    value = {"rating": rating, "reading": read_reading(percentile), "percentile": percentile}
    return store.record(
        KIND, f"chain:{chain}", f"element:{element}", reason, author, made_at,
        value=value, supersedes=supersedes if standing else None,
    )  # fmt: skip


def read_element_judgements(store: Store | None, chain: str) -> Mapping[str, Judgement]:
    """Give what holds for each element of a chain, by its name; of two lines the later one."""
    if store is None:
        return {}
    return {
        line.object.removeprefix("element:"): line
        for line in store.judgements(KIND, only_in_force=True)
        if line.subject == f"chain:{chain}" and isinstance(line.value, dict)
    }


def read_reading(percentile: float | None) -> str:
    """Say how a place among a hundred regions reads: weak, fair, strong, or none."""
    if percentile is None:
        return "none"
    return "weak" if percentile < FAIR else "fair" if percentile < STRONG else "strong"


def compare_rating(rating: str, percentile: float | None) -> str:
    """Say whether the team agrees with the data; nothing where the team said nothing."""
    if rating not in _LEVEL:
        return ""
    reading = read_reading(percentile)
    if reading == "none":
        return "no-data"
    difference = _LEVEL[rating] - _LEVEL[reading]
    return "agree" if difference == 0 else "team-higher" if difference > 0 else "team-lower"
