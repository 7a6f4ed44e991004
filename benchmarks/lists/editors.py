"""Thirty editors with a second of thought between pages: they read, and every tenth time they write."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import numpy as np

from benchmarks.lists.sheet import make_sheet, write_workbook
from benchmarks.server import serving
from benchmarks.verdict import Line, below, equal
from keten.evidence import latest
from keten.lists.preview import Asked, preview
from keten.lists.read import read_book
from keten.lists.records import import_list
from keten.workspace import Person, Store, open_store
from keten.workspace.tokens import mask_secret

EDITORS, ROWS, LIMIT_MS = 30, 400, 150
_READER = Person(0, "", "administrator", "")
_ROOT = Path(__file__).resolve().parents[2]


def measure_editors(built: Path, scratch: Path, seed: int, seconds: int) -> list[Line]:
    """Let them work on a copy of a home with a list of 400 rows in it, and tell how long they waited."""
    home = scratch / "editors"
    home.mkdir()
    (home / "evidence").symlink_to((built / "evidence").resolve())
    for path in built.glob("workspace.sqlite*"):
        shutil.copy(path, home)
    now = datetime.now(UTC)
    con = latest(built, threads=2).cursor()
    with open_store(home) as store:
        people = [_join(store, number, now) for number in range(EDITORS)]
        book = read_book(write_workbook(make_sheet(con, ROWS, seed)), "leden.xlsx")
        found = preview(con, store, book, Asked("leden", evidence="measured"), reader=_READER)
        import_list(store, found, "Leden", "Measured.", "bench", now, reader=_READER)
        lines = [line.number for line in store.judgements("listed", reader=_READER)]
        chains = [content.name for content in store.contents("chain")]
    names = con.execute(
        "select organisation_id from organisation_card where country = 'NL' order by partners desc, 1 "
        "limit 300"
    ).fetchall()
    dice = random.Random(seed)
    pages = list(_choose(dice, [str(name) for (name,) in names], chains, lines, EDITORS * seconds))
    with serving(home) as server:
        plan = {"host": server.host, "port": server.port, "seed": seed, "seconds": seconds,
                "pages": pages, "people": people}  # fmt: skip
        before = server.cpu_s()
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.visitors"], input=json.dumps(plan),
            capture_output=True, text=True, check=True, cwd=_ROOT,
        )  # fmt: skip
        taken = server.cpu_s() - before
    told = json.loads(done.stdout)
    waited = {
        kind: [1000 * v[2] for v in told["visits"] if v[0] == kind] for kind in ("read", "write")
    }
    failed = sum(not 200 <= status < 400 for _, status, *_ in told["visits"])
    everything = [*waited["read"], *waited["write"]]
    return [
        Line("editors, and pages they opened or sent", f"{EDITORS}, {len(everything)}"),
        equal("pages that failed", failed, 0),
        below("95 in a hundred waited less than", float(np.percentile(everything, 95)), LIMIT_MS, "ms"),
        *(
            Line(f"median of what they {kind}", f"{np.median(times):.0f} ms, of {len(times)}")
            for kind, times in waited.items() if times
        ),
        Line("at work on a processor: the server", f"{taken:.1f} s of {seconds} s"),
        Line("at work on a processor: the editors, apart", f"{told['cpu_s']:.1f} s"),
    ]  # fmt: skip


def _choose(
    dice: random.Random, names: list[str], chains: list[str], lines: list[int], count: int
) -> Iterable[tuple[str, str]]:
    """Give what they do one after the other; a line of the list is looked at again in writing."""
    plain = [
        "lists",
        "lists/leden",
        "chains",
        "taxonomies",
        "initiatives",
        "history",
        "suggestions",
    ]
    plain += [f"chains/{chain}" for chain in chains]
    for _ in range(count):
        language, chance = dice.choice(["en", "nl"]), dice.random()
        if chance < 0.1:
            yield "write", f"POST /{language}/judgements/{dice.choice(lines)}/verify"
        elif chance < 0.5:
            yield "read", f"/{language}/organisations/{quote(dice.choice(names), safe=':')}"
        else:
            yield "read", f"/{language}/{dice.choice(plain)}"


def _join(store: Store, number: int, now: datetime) -> dict[str, str]:
    link = store.links.invite("editor", None, now)
    mail, password = f"bench{number}@example.org", "three green bicycles"
    token = store.links.join(link, f"Bench {number}", mail, password, now)
    return {"cookie": token, "csrf": quote(mask_secret(token), safe="")}
