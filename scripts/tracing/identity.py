"""Which organisation a source record belongs to, and whether that keeps what is promised of it.

Written from the description of identities alone, so that the product is held to its words.
"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
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


def read_names(home: Path) -> dict[str, str]:
    """Give the organisation of each source key, as the evidence in force has it.

    Which records are one organisation is a matter of likelihood, and measured elsewhere; here it is
    taken as given, and held to what is promised of it (`find_broken`). A process of its own reads it: an
    evidence that is being served cannot be opened twice in one.
    """
    current = home / "evidence" / "current"
    folder = home / "evidence" / f"{int(current.read_text()):06d}"
    asked = [sys.executable, "-c", _READ, str(folder / "evidence.duckdb")]
    said = subprocess.run(asked, capture_output=True, text=True, check=True)
    return {
        key: name for key, _, name in (line.partition(" ") for line in said.stdout.splitlines())
    }


_READ = """
import sys, duckdb
con = duckdb.connect(sys.argv[1], read_only=True)
for key, name in con.execute("select source_key, organisation_id from same_as").fetchall():
    print(key, name)
"""


def find_broken(
    keys: Iterable[str], named: Mapping[str, str], rulings: Sequence[Ruling]
) -> list[str]:
    """Say what is promised of identities and does not hold.

    Every record is part of an organisation; two numbers of one register are two organisations and one
    number is one, unless a person ruled; rulings hold, the latest of each pair; a name is that of ROR,
    else the PIC, else that of the chamber of commerce.
    """
    broken = [f"{key} is part of no organisation" for key in sorted(set(keys) - named.keys())]
    latest = {frozenset(ruling[2:]): ruling for ruling in sorted(rulings)}
    holding = [r for r in sorted(latest.values()) if {r[2], r[3]} <= named.keys()]
    for number, verdict, left, right in holding:
        # A ruling that says the same is refused where it would join what another says is different.
        if verdict == "different" and named[left] == named[right]:
            broken.append(f"ruling {number} does not hold")
    touched = {named[key] for ruling in holding for key in ruling[2:]}
    groups: dict[str, list[str]] = defaultdict(list)
    owners: dict[str, set[str]] = defaultdict(set)
    for key, name in sorted(named.items()):
        groups[name].append(key)
        for number_of in _numbers(key):
            owners[number_of].add(name)
    for number_of, names in sorted(owners.items()):
        if len(names) > 1 and not names & touched:
            broken.append(f"{number_of} is several organisations: {', '.join(sorted(names))}")
    for name, members in sorted(groups.items()):
        if name not in touched:
            broken += _find_misnamed(name, members)
    return broken


def _find_misnamed(name: str, members: list[str]) -> list[str]:
    numbers = sorted({number for key in members for number in _numbers(key)})
    kinds = [number.partition(":")[0] for number in numbers]
    if len(set(kinds)) < len(kinds):
        return [f"{name} holds {', '.join(numbers)}"]
    best = min(numbers, key=lambda number: _ORDER.index(number.partition(":")[0]), default="")
    if name != best and (best or name not in members):
        return [f"{name} should be named {best or 'after a record'}"]
    return []


_ORDER = ("ror", "pic", "kvk")
_OF_PIC = frozenset({"he", "h2020", "fp7", "innovation-fund"})


def _numbers(key: str) -> Iterable[str]:
    """Give the number of a register that a key holds, if any."""
    source, _, number = key.partition(":")
    if source in _OF_PIC:
        yield f"pic:{number}"
    elif source in _ORDER:
        yield key
