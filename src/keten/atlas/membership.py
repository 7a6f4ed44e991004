"""Membership: what people say of who belongs in a stage of a chain, and who does not."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from keten.atlas.parties import OUTSIDE, PLACED, source_key_of
from keten.errors import UsageError
from keten.evidence.figures import current_organisations
from keten.model import Chain, Judgement

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from keten.workspace import Store

REFUSED: Final = "no-member"  # the kind of judgement by which people say no to a suggestion


def stage_key(chain: str, stage: str) -> str:
    """Give how lines of the workspace name a stage."""
    return f"chain:{chain}/{stage}"


def read_said(store: Store | None) -> list[Judgement]:
    """Give the public lines that hold of who was placed, and who was said not to belong."""
    if store is None:
        return []
    return [
        line
        for kind in (PLACED, REFUSED)
        for line in store.judgements(kind, only_in_force=True)
        if not line.is_private
    ]


def place_party(
    con: duckdb.DuckDBPyConnection,
    store: Store,
    chain: Chain,
    party: str,
    stage: str,
    reason: str,
    author: str,
    made_at: datetime,
) -> Judgement:
    """Place an organisation of the evidence in a stage, or outside the chain; it takes the earlier's place.

    Raises: UsageError for another stage; ConflictError when somebody placed it meanwhile.
    """
    check_stage(chain, stage, or_outside=True)
    mine = [
        line
        for line in read_said(store)
        if line.kind == PLACED and line.object == f"chain:{chain.chain}"
    ]
    earlier = _latest_on(con, mine, party)
    subject = earlier.subject if earlier else source_key_of(con, party)
    return store.record(
        PLACED, subject, f"chain:{chain.chain}", reason, author, made_at, value={"stage": stage},
        supersedes=earlier.number if earlier else None,
    )  # fmt: skip


def refuse_member(
    con: duckdb.DuckDBPyConnection,
    store: Store,
    chain: Chain,
    party: str,
    stage: str,
    reason: str,
    author: str,
    made_at: datetime,
) -> Judgement:
    """Say that an organisation does not belong in a stage, so that it is not proposed there again.

    Raises: UsageError for another stage, or where that was said already.
    """
    check_stage(chain, stage)
    key = stage_key(chain.chain, stage)
    mine = [line for line in read_said(store) if line.kind == REFUSED and line.object == key]
    if _latest_on(con, mine, party) is not None:
        raise UsageError("It was said already that it does not belong here.", "Look at the stage.")
    return store.record(REFUSED, source_key_of(con, party), key, reason, author, made_at, value={})


def check_stage(chain: Chain, stage: str, *, or_outside: bool = False) -> None:
    """Raise UsageError unless the chain has this stage."""
    names = [each.stage for each in chain.stages] + ([OUTSIDE] if or_outside else [])
    if stage not in names:
        raise UsageError(
            f"'{stage[:80]}' is no stage of '{chain.chain}'.", f"Choose from: {', '.join(names)}."
        )


def _latest_on(
    con: duckdb.DuckDBPyConnection, lines: Sequence[Judgement], party: str
) -> Judgement | None:
    current = current_organisations(con, (line.subject for line in lines))
    found = [line for line in lines if current.get(line.subject) == party]
    return max(found, key=lambda line: line.number, default=None)
