"""Which organisation a source record belongs to: by the PIC, and by what people ruled.

Written from the description of identities alone, so that the product is held to its words.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

Ruling = tuple[int, str, str, str]  # number, verdict, left, right


def read_rulings(home: Path, built_at: str) -> list[Ruling]:
    """Give the public rulings of a workspace that stood when the evidence was built, oldest first."""
    path = home / "workspace.sqlite"
    if not path.is_file():
        return []
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as con:
        rows = con.execute(
            "select number, kind, subject, object, supersedes from judgement "
            "where not is_private and replace(made_at, ' ', 'T') <= ? order by number",
            [built_at[:19]],
        ).fetchall()
    # A line holds unless a later one that holds supersedes it; those that withdraw say nothing more.
    beaten: set[int] = set()
    holding: list[Ruling] = []
    for number, kind, left, right, supersedes in reversed(rows):
        if number not in beaten:
            if supersedes is not None:
                beaten.add(supersedes)
            if kind in {"same", "different"}:
                holding.append((number, kind, left, right))
    return holding[::-1]


def name_organisations(keys: Iterable[str], rulings: Sequence[Ruling]) -> dict[str, str]:
    """Give the identifier of each source key (he:123) whose PIC some ruling touches.

    All others are `pic:` and their PIC.
    """
    known = set(keys)
    latest: dict[frozenset[str], Ruling] = {}
    for ruling in sorted(rulings):
        latest[frozenset(ruling[2:])] = ruling
    holding = [r for r in sorted(latest.values(), reverse=True) if {r[2], r[3]} <= known]
    touched = {key.split(":")[1] for ruling in holding for key in ruling[2:]}
    groups = [{key} for key in sorted(known) if key.split(":")[1] in touched]
    apart = [{left, right} for _, verdict, left, right in holding if verdict == "different"]
    wanted = [(left, right) for _, verdict, left, right in holding if verdict == "same"]
    wanted += [(f"h2020:{pic}", f"he:{pic}") for pic in sorted(touched)]
    for left, right in wanted:
        if not {left, right} <= known:
            continue
        one = next(group for group in groups if left in group)
        other = next(group for group in groups if right in group)
        joined = one | other
        if one is not other and not any(pair <= joined for pair in apart):
            groups = [group for group in groups if group not in (one, other)] + [joined]
    return _identifiers(sorted(sorted(group) for group in groups))


def _identifiers(groups: list[list[str]]) -> dict[str, str]:
    """A PIC belongs to the group with its Horizon Europe record; the lowest owned one is the name."""
    named: dict[str, str] = {}
    for group in groups:
        owned = []
        for pic in {key.split(":")[1] for key in group}:
            rivals = [rival for rival in groups if {f"he:{pic}", f"h2020:{pic}"} & set(rival)]
            if min(rivals, key=lambda rival: (f"he:{pic}" not in rival, rival)) == group:
                owned.append(pic)
        name = f"pic:{min(owned, key=lambda pic: (len(pic), pic))}" if owned else min(group)
        named |= dict.fromkeys(group, name)
    return named
