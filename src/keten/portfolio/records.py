"""Records: what people add to a choice, as lines that nothing overwrites."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from keten.errors import ConflictError, UsageError
from keten.model import Given, Judgement
from keten.portfolio.acceptability import weigh
from keten.portfolio.current import (
    DEVELOPMENT,
    LEFT_OUT,
    Current,
    list_changes,
    read_current,
    subject_of,
)
from keten.portfolio.definition import MOST, read_development, write_development
from keten.portfolio.weights import Weights
from keten.workspace import Store

DECISION: Final = "decision"
CHOICE: Final = "choice"  # the object of a decision


def record_development(
    store: Store,
    name: str,
    value: Mapping[str, Any],
    reason: str,
    author: str,
    made_at: datetime,
    *,
    saw: int | None = None,
) -> Judgement:
    """Keep a development, new or changed; `saw` is the line that its author saw, 0 for none.

    Raises: UsageError when it fits no criteria; ConflictError when somebody changed it meanwhile.
    """
    current = read_current(store, name)
    development = read_development(
        Given(value, f"The development '{value.get('development', '')}'"),
        current.portfolio.criteria,
    )
    known = {each.development for each in current.portfolio.developments}
    if development.development not in known and len(known) >= MOST:
        raise UsageError(
            f"There are {len(known)} developments already.", "Leave one out before adding another."
        )
    return _write(
        store, current, development.development, write_development(development), reason, author,
        made_at, saw,
    )  # fmt: skip


def leave_out_development(
    store: Store,
    name: str,
    development: str,
    reason: str,
    author: str,
    made_at: datetime,
    *,
    saw: int | None = None,
) -> Judgement:
    """Take a development out of the comparison; withdrawing the line brings it back.

    Raises: UsageError when it is not there, or fewer than two would be left.
    """
    current = read_current(store, name)
    known = [each.development for each in current.portfolio.developments]
    if development not in known:
        raise UsageError(f"'{development}' is no development here.", f"Known: {', '.join(known)}.")
    if len(known) <= 2:
        raise UsageError("Two developments are the fewest to choose from.", "Add another first.")
    return _write(store, current, development, LEFT_OUT, reason, author, made_at, saw)


def record_decision(
    store: Store,
    name: str,
    chosen: tuple[str, ...],
    weights: Weights,
    evidence: tuple[int, str],
    reason: str,
    author: str,
    made_at: datetime,
    *,
    saw: int | None = None,
) -> Judgement:
    """Keep which developments go on, and what that stood on: scores, weights, evidence, shares.

    `evidence` is its number and fingerprint. Raises: UsageError when none is chosen, or one is
    unknown; ConflictError when somebody decided meanwhile.
    """
    current = read_current(store, name)
    known = [each.development for each in current.portfolio.developments]
    if not chosen or not set(chosen) <= set(known):
        raise UsageError(
            f"'{', '.join(chosen)}' cannot be chosen.",
            f"Choose one or more of: {', '.join(known)}.",
        )
    first = weigh(current.portfolio, weights).found.rank_ar[:, 0].tolist()
    value = {
        "developments": sorted(chosen, key=known.index),
        "shares": dict(zip(known, first, strict=True)),
        "scores": {
            each.development: {c: list(pair) for c, pair in each.scores.items()}
            for each in current.portfolio.developments
        },
        "weights": weights.text,
        "order": ",".join(weights.order),
        "lines": list(current.lines),
        "evidence": evidence[0],
        "fingerprint": evidence[1],
    }
    standing, _ = list_decisions(store, name)
    return store.record(
        DECISION, subject_of(name), CHOICE, reason, author, made_at, value=value,
        supersedes=_check_seen(standing, saw),
    )  # fmt: skip


def list_decisions(store: Store | None, name: str) -> tuple[Judgement | None, list[Judgement]]:
    """Give the decision in force, or None, and those before it, the newest first."""
    if store is None:
        return None, []
    mine = [
        line
        for line in store.judgements(DECISION)
        if line.subject == subject_of(name) and not line.is_private
    ]
    holding = {line.number for line in store.judgements(DECISION, only_in_force=True)}
    standing = [line for line in mine if line.number in holding]
    latest = standing[-1] if standing else None
    return latest, [line for line in reversed(mine) if line is not latest]


def _write(
    store: Store,
    current: Current,
    development: str,
    value: Any,
    reason: str,
    author: str,
    made_at: datetime,
    saw: int | None,
) -> Judgement:
    name = current.portfolio.name
    lines = {line.object: line for line in list_changes(store, name)}
    return store.record(
        DEVELOPMENT, subject_of(name), development, reason, author, made_at, value=value,
        supersedes=_check_seen(lines.get(development), saw),
    )  # fmt: skip


def _check_seen(standing: Judgement | None, saw: int | None) -> int | None:
    """Give the line to supersede; raises ConflictError when it is not the one its author saw."""
    number = standing.number if standing else None
    if saw is not None and saw != (number or 0):
        raise ConflictError(
            "Somebody changed this meanwhile.",
            "Look at what stands there now, then send yours again if it still holds.",
            later=number or 0,
        )
    return number
