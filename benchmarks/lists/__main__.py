"""`python -m benchmarks.lists`: what becomes of a messy sheet whose truth is known, and how fast."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, process_time

import duckdb

from benchmarks.lists.editors import measure_editors
from benchmarks.lists.sheet import Made, make_sheet, write_workbook
from benchmarks.process import build_home
from benchmarks.verdict import Line, below, say, show
from keten.evidence import latest
from keten.lists.preview import Asked, preview
from keten.lists.read import read_book
from keten.lists.records import import_list
from keten.lists.views import Preview
from keten.workspace import Person, open_store

_READER = Person(0, "", "administrator", "")


@dataclass(frozen=True, slots=True)
class Score:
    """How the rows of a sheet were matched, held against their truth."""

    rows: int
    known: int  # rows that are an organisation of the evidence
    matched: int
    right: int
    asked: int  # left to a person
    asked_right: int  # of these, the right one is among the candidates
    nobody: int
    nobody_matched: int
    doubles: int
    doubles_found: int
    mistakes: tuple[tuple[str, str, str, float], ...]
    by_kind: tuple[tuple[str, int, int, int], ...]  # mess, rows, right, asked


def main() -> int:
    """Measure; gives 1 when a target was missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.lists", description=__doc__)
    parser.add_argument("--home", type=Path, help="a home built before (default: build one)")
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument("--rows", type=int, default=400)
    parser.add_argument("--many", type=int, default=50_000, help="rows of the large sheet; 0: none")
    parser.add_argument("--seconds", type=int, default=60, help="how long editors work; 0: not")
    parser.add_argument("--mistakes", action="store_true", help="show every wrong match")
    chosen = parser.parse_args()
    named = os.environ.get("KETEN_DATA", "").strip()
    if chosen.home is None and not (named and Path(named).is_dir()):
        say("skipped: KETEN_DATA names no folder of open data, and this measures nothing else.")
        return 0
    with tempfile.TemporaryDirectory(prefix="keten-bench-lists-") as scratch:
        home = chosen.home or build_home(Path(named), Path(scratch) / "shared")
        con = latest(home, threads=2).cursor()
        made = make_sheet(con, chosen.rows, chosen.seed)
        found, seconds = _measure(con, made, Path(scratch) / "few")
        score = hold(found, made)
        missed = show("lists", _tell(score, seconds))
        if chosen.mistakes:
            for mistake in score.mistakes:
                say(
                    f"  {mistake[0]} -> {mistake[1]} (truth {mistake[2] or 'nobody'}) {mistake[3]:.3f}"
                )
        if chosen.many:
            many = make_sheet(con, chosen.many, chosen.seed)
            found, seconds = _measure(con, many, Path(scratch) / "many")
            missed += show(f"lists of {chosen.many} rows", _tell_many(hold(found, many), seconds))
        if chosen.seconds:
            lines = measure_editors(home, Path(scratch), chosen.seed, chosen.seconds)
            missed += show("editors at work", lines)
    return 1 if missed else 0


def _measure(
    con: duckdb.DuckDBPyConnection, made: Made, home: Path
) -> tuple[Preview, dict[str, float]]:
    content = write_workbook(made)
    started, worked = perf_counter(), process_time()
    book = read_book(content, "leden.xlsx")
    read = perf_counter()
    with open_store(home) as store:
        found = preview(con, store, book, Asked("leden", evidence="measured"), reader=_READER)
        previewed, busy = perf_counter(), process_time() - worked
        now = datetime.now(UTC)
        import_list(store, found, "Leden", "Measured.", "bench", now, reader=_READER)
        stored = perf_counter()
        again = preview(con, store, book, Asked("leden", evidence="measured"), reader=_READER)
        told = import_list(store, again, "Leden", "Again.", "bench", now, reader=_READER)
        assert told.batch is None, "the same file again changed something"
        batches = store.batches(reader=_READER)
        store.undo_batch(batches[0].number, "Measured.", "bench", now)
        undone = perf_counter()
    return found, {
        "read": read - started,
        "preview": previewed - started,
        "busy": busy,
        "import": stored - previewed,
        "again and undo": undone - stored,
    }


def hold(found: Preview, made: Made) -> Score:
    """Hold a preview against the truth."""
    counts: Counter[str] = Counter()
    mistakes: list[tuple[str, str, str, float]] = []
    kinds: dict[str, Counter[str]] = {}
    for row in found.rows:
        truth = made.truth.get(row.row.line)
        if truth is None:
            continue
        counts["rows"] += 1
        ids = [each.organisation_id for each in row.candidates]
        first_said = made.truth.get(row.like or 0)
        if (
            row.status == "duplicate"
            and first_said
            and first_said.organisation_id == truth.organisation_id != ""
        ):
            truth = replace(truth, again=True)  # drawn twice, and written alike
        if truth.again:
            counts["doubles"] += 1
            is_found = row.status == "duplicate" or ids[:1] == [truth.organisation_id]
            counts["doubles found"] += is_found
            continue
        kind = kinds.setdefault(truth.kind, Counter())
        kind["rows"] += 1
        counts["known" if truth.organisation_id else "nobody"] += 1
        if row.status == "matched":
            counts["matched"] += 1
            is_right = ids[:1] == [truth.organisation_id]
            counts["right"] += is_right
            kind["right"] += is_right
            counts["nobody matched"] += not truth.organisation_id
            if not is_right:
                first = row.candidates[0]
                mistakes.append(
                    (row.row.text("name"), first.name, truth.organisation_id, first.probability)
                )
        elif row.status == "ambiguous":
            counts["asked"] += 1
            kind["asked"] += 1
            counts["asked right"] += bool(truth.organisation_id) and truth.organisation_id in ids
        elif row.status == "duplicate":
            # Two organisations of one name, or one that another row bears the number of.
            counts["said double"] += 1
    return Score(
        counts["rows"], counts["known"], counts["matched"], counts["right"], counts["asked"],
        counts["asked right"], counts["nobody"], counts["nobody matched"], counts["doubles"],
        counts["doubles found"], tuple(mistakes),
        tuple((name, kind["rows"], kind["right"], kind["asked"]) for name, kind in sorted(kinds.items())),
    )  # fmt: skip


def _tell(score: Score, seconds: dict[str, float]) -> list[Line]:
    reachable = score.right + score.asked_right
    return [
        Line("rows of the sheet", f"{score.rows}"),
        Line("precision of matches", f"{score.right / max(score.matched, 1):.3f}"),
        Line("recall of matches", f"{score.right / max(score.known, 1):.3f}"),
        Line("recall, with what a person is asked", f"{reachable / max(score.known, 1):.3f}"),
        Line("left to a person", f"{score.asked / max(score.rows, 1):.3f}"),
        Line("nobody's names taken for somebody", f"{score.nobody_matched} of {score.nobody}"),
        Line("rows said twice, found", f"{score.doubles_found} of {score.doubles}"),
        *(
            Line(f"mess: {name}", f"{right} right, {asked} asked, of {rows}")
            for name, rows, right, asked in score.by_kind
        ),
        below("seconds to preview", seconds["preview"], 10, "s"),
        Line("of these, at work on a processor", f"{seconds['busy']:.1f} s"),
        Line("seconds to store", f"{seconds['import']:.2f}"),
        Line("seconds to read again and undo", f"{seconds['again and undo']:.2f}"),
    ]  # fmt: skip


def _tell_many(score: Score, seconds: dict[str, float]) -> list[Line]:
    return [
        Line("precision of matches", f"{score.right / max(score.matched, 1):.3f}"),
        Line("recall of matches", f"{score.right / max(score.known, 1):.3f}"),
        Line("seconds to read", f"{seconds['read']:.2f}"),
        below("seconds to preview", seconds["preview"], 90, "s"),
        Line("of these, at work on a processor", f"{seconds['busy']:.1f} s"),
        Line("seconds to store", f"{seconds['import']:.2f}"),
        Line("seconds to read again and undo", f"{seconds['again and undo']:.2f}"),
    ]  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
