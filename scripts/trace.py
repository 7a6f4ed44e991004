"""Walks many pages back to the publisher's rows, and fails on any number that does not hold.

Opens pages of the real server in both languages, follows every figure to the source rows listed for
it, recomputes it from the publishers' own files with SQL written apart from the product, and looks for
numbers that are no figure, date or identifier. Nothing of keten is imported here: only what the server
says, and the files.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.tracing.calls import hold_calls, is_of_calls
from scripts.tracing.canvas import hold_canvas, is_of_canvas
from scripts.tracing.chain import find_projects, hold_see, place_regions
from scripts.tracing.choice import choose_pages
from scripts.tracing.connection import hold_connections, is_of_connection
from scripts.tracing.diagnosis import hold_diagnosis, is_of_diagnosis
from scripts.tracing.firms import hold_firms, is_of_firms
from scripts.tracing.identity import find_broken, read_names, read_rulings
from scripts.tracing.ledger import Outcome, Traced, trace
from scripts.tracing.page import Shown, read_page
from scripts.tracing.pairs import hold_pairs, is_of_pairs
from scripts.tracing.printed import disagreement
from scripts.tracing.programme import hold_programme, is_of_programme
from scripts.tracing.raw import Raw, Unreadable
from scripts.tracing.receipts import hold_receipts, is_of_receipts
from scripts.tracing.site import Refusal, Site, build, serving
from scripts.tracing.story import hold_story
from scripts.tracing.technology import hold_technologies, is_of_technology
from scripts.tracing.weighing import hold_choice, is_of_choice

LANGUAGES = ("en", "nl")
SHOWN = 20
ISSUES_A_PAGE = 50
# Figures that a question room makes of others, or of what people wrote: each has a ledger of its own.
_OF_ROOMS = (
    is_of_calls, is_of_canvas, is_of_choice, is_of_connection, is_of_diagnosis, is_of_firms,
    is_of_pairs, is_of_programme, is_of_receipts, is_of_technology,
)  # fmt: skip


@dataclass
class Report:
    """What was looked at, and what did not hold."""

    pages: int = 0
    seen: int = 0
    faults: list[str] = field(default_factory=list)
    strays: list[str] = field(default_factory=list)
    figures: dict[str, Shown] = field(default_factory=dict)
    outcome: Outcome = field(default_factory=Outcome)

    @property
    def holds(self) -> bool:
        """Whether every number held."""
        return not (self.faults or self.strays or self.outcome.differences)


def main() -> int:
    """Trace, print, and give 1 when some number does not hold."""
    chosen = _arguments()
    data, home = Path(chosen.data), Path(chosen.home)
    if not chosen.data or not data.is_dir():
        _say(
            "trace: there are no source files to trace to; name their folder with --data or KETEN_DATA."
        )
        return 2
    started = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="keten-trace-") as scratch:
        try:
            if chosen.base_url:
                report = trace_site(Site(chosen.base_url), data, home, Path(scratch), chosen)
            else:
                report = _serve_and_trace(data, home, Path(scratch), chosen)
        except (Refusal, Unreadable) as fault:
            _say(f"trace: {fault}")
            return 2
    _tell(report, time.perf_counter() - started)
    return 0 if report.holds else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=200, help="how many addresses to open")
    parser.add_argument("--seed", type=int, default=20261121)
    parser.add_argument("--home", default=os.environ.get("KETEN_HOME", "var"))
    parser.add_argument("--data", default=os.environ.get("KETEN_DATA", ""))
    parser.add_argument("--base-url", default="", help="a server that runs already")
    return parser.parse_args()


def _serve_and_trace(data: Path, home: Path, scratch: Path, chosen: argparse.Namespace) -> Report:
    """Serve the evidence at home; where it is not that of these data, build one to trace."""
    if (home / "evidence" / "current").is_file():
        with serving(home) as site:
            try:
                return trace_site(site, data, home, scratch, chosen)
            except Unreadable as fault:
                _say(f"trace: the evidence in {home} is not that of {data}: {fault}")
    _say("trace: building evidence to trace ...")
    build(data, scratch / "home")
    with serving(scratch / "home") as site:
        return trace_site(site, data, scratch / "home", scratch, chosen)


def trace_site(
    site: Site, data: Path, home: Path, scratch: Path, chosen: argparse.Namespace
) -> Report:
    """Look at the pages of a running server."""
    sources = site.twin("/en/sources")["sources"]
    raw = Raw(data, scratch, [file for view in sources for file in view["files"]])
    health = site.page("/healthz")[0]
    built_at = health.split('"built_at":"', 1)[1].split('"', 1)[0] if "built_at" in health else ""
    issues = list_issues(site)
    raw.leave_out({(i["file_no"], i["line"]) for i in issues if i["severity"] == "row-lost"})
    named = read_names(home)
    raw.name(named)
    find_projects(raw, home, built_at)
    report = Report(faults=find_broken(raw.keys(), named, read_rulings(home, built_at)))
    for address in choose_pages(site, raw, chosen.pages, chosen.seed):
        _look(site, address, report)
    _read_plans(site, report)
    canvas = hold_canvas(site, raw, data, report.figures)
    connections = hold_connections(site, raw, report.figures)
    diagnosis = hold_diagnosis(site, raw, report.figures)
    programme = hold_programme(home, report.figures)
    calls = hold_calls(site, raw, data, report.figures)
    choice = hold_choice(site, home, report.figures)
    firms = hold_firms(site, raw, data, report.figures)
    pairs = hold_pairs(site, report.figures)
    receipts = hold_receipts(site, raw, data, report.figures)
    technologies = hold_technologies(site, report.figures)
    made_of = {**canvas.parts, **diagnosis.parts, **technologies.parts}
    report.figures = {**made_of, **report.figures}
    place_regions(site, raw, report.figures)
    report.faults += hold_see(site, raw, home)
    _follow(site, raw, report, scratch / "places", issues)
    for held in (
        canvas, connections, diagnosis, programme, calls, choice, firms, pairs, receipts, technologies,
    ):  # fmt: skip
        report.faults += held.differences
        report.outcome.not_recomputed += held.not_recomputed
    return report


def _look(site: Site, address: str, report: Report) -> None:
    """Open a page in both languages, and hold what is printed on it."""
    shown: dict[str, list[Shown]] = {}
    for language in LANGUAGES:
        text, where = site.page(f"/{language}/{address}")
        page = read_page(text)
        report.pages += 1
        report.seen += len(page.figures)
        report.strays += [f"{where}: {stray}" for stray in page.strays]
        shown[language] = page.figures
        for figure in page.figures:
            if figure.raw is None:
                continue
            said = [(figure.raw, each) for each in (figure.printed, figure.exact) if each]
            for value, printed in (*said, *figure.bounds):
                if fault := disagreement(printed, value, language):
                    report.faults.append(f"{where}: {fault}")
    values = {
        language: [(figure.key, figure.raw, _interval(figure)) for figure in figures]
        for language, figures in shown.items()
    }
    if values["en"] != values["nl"]:
        report.faults.append(f"{address}: the Dutch page shows other values than the English one")
    for figure in [*shown["en"], *shown["nl"]]:
        known = report.figures.setdefault(figure.key, figure)
        if known.raw != figure.raw:
            report.faults.append(f"{figure.key}: {known.raw} on one page, {figure.raw} on another")
        elif _interval(known) != _interval(figure):
            report.faults.append(
                f"{figure.key}: within {_interval(known)} on one page, {_interval(figure)} on another"
            )


def _read_plans(site: Site, report: Report) -> None:
    """Read the printed plan of every chain in both languages."""
    for row in site.twin("/en/chains")["chains"]:
        for language in LANGUAGES:
            faults, strays = hold_story(site, row["chain"]["chain"], language)
            report.faults += faults
            report.strays += strays


def _interval(figure: Shown) -> tuple[str, ...]:
    return tuple(value for value, _ in figure.bounds)


def _follow(
    site: Site, raw: Raw, report: Report, places: Path, issues: list[dict[str, Any]]
) -> None:
    """Fetch the rows listed for every figure, then recompute."""
    places.mkdir()
    figures = []
    plain = {
        key: shown
        for key, shown in report.figures.items()
        if not any(is_of_a_room(shown) for is_of_a_room in _OF_ROOMS)
    }
    for number, (key, shown) in enumerate(sorted(plain.items())):
        path, _, query = shown.why.partition("?")
        listed, _ = site.page(f"{path}/places.csv?{query}")
        (places / f"{number}.csv").write_text(listed, "ascii")
        figures.append(Traced(number, key, shown.raw))
    report.outcome = trace(raw, figures, places, issues)


def list_issues(site: Site) -> list[dict[str, Any]]:
    """Read every issue that the pages list, kind by kind, page by page."""
    found = []
    for kind in site.twin("/en/issues")["counts"]:
        query = {name: kind[name] for name in ("code", "stage", "severity")}
        for page in range(1, -(-int(kind["count"]["value"]) // ISSUES_A_PAGE) + 1):
            asked = urlencode({**query, "page": page})
            found += site.twin(f"/en/issues?{asked}")["issues"]
    return found


def _tell(report: Report, seconds: float) -> None:
    outcome = report.outcome
    _say(f"pages opened            {report.pages}")
    _say(f"figures seen            {report.seen}")
    _say(f"distinct figures        {len(report.figures)}")
    _say(f"rows followed           {outcome.rows}")
    _say(f"rows selected anew for  {outcome.by_raw_columns} figures")
    _say(f"not recomputed          {len(outcome.not_recomputed)}")
    _say(f"differences             {len(report.faults) + len(outcome.differences)}")
    _say(f"stray numbers           {len(report.strays)}")
    _say(f"seconds                 {seconds:.0f}")
    _list("difference", [*report.faults, *outcome.differences])
    _list("stray number", report.strays)
    measures = Counter(dict(parse_qsl(key))["measure"] for key in set(outcome.not_recomputed))
    _list("not recomputed", [f"{many} of {measure}" for measure, many in measures.most_common()])


def _list(what: str, found: Iterable[str]) -> None:
    different = list(dict.fromkeys(found))
    for line in different[:SHOWN]:
        _say(f"  {what}: {line}")
    if len(different) > SHOWN:
        _say(f"  and {len(different) - SHOWN} more")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
