"""The tracer finds a chain's projects, parties and coverage anew, and catches what is altered."""

from __future__ import annotations

import argparse
import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from keten.workspace import open_store
from scripts.trace import trace_site
from scripts.tracing.chain import find_projects, hold_see, place_regions
from scripts.tracing.firms import hold_firms, is_firm, make_alike
from scripts.tracing.ledger import Traced, select_rows
from scripts.tracing.page import Shown, key_of, read_page
from scripts.tracing.raw import Raw
from scripts.tracing.words import Lexicon, read_tokens
from tests.flows.conftest import NOW, Region
from tests.flows.test_trace import Visited, read_raw

CHAIN = "new-proteins"


@pytest.fixture(scope="module")
def raw(chained: Region, chained_visitor: TestClient, tmp_path_factory: Any) -> Raw:
    """The rows, with what the tracer found about the chain in them."""
    site = Visited(chained_visitor, lambda _, text: text)
    rows = read_raw(site, chained, tmp_path_factory.mktemp("raw"))
    place_regions(site, rows, figures_of(site))  # type: ignore[arg-type]
    return rows


def figures_of(site: Visited) -> dict[str, Shown]:
    page, _ = site.page(f"/en/chains/{CHAIN}")
    return {figure.key: figure for figure in read_page(page).figures}


def test_see_and_choose_are_traced_and_the_plan_is_read(
    chained: Region, chained_visitor: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = ("", "/choice", "/choice?place-task=1&place-money=2")
    pages = [f"chains/{CHAIN}{step}" for step in steps]
    monkeypatch.setattr("scripts.trace.choose_pages", lambda *_: pages)
    chosen = argparse.Namespace(pages=0, seed=0)
    site = Visited(chained_visitor, lambda _, text: text)
    report = trace_site(site, chained.data, chained.home, tmp_path, chosen)  # type: ignore[arg-type]
    assert (report.faults, report.strays, report.outcome.differences) == ([], [], [])
    assert report.outcome.by_raw_columns > 15
    measures = {key.partition("measure=")[2].partition("&")[0] for key in report.figures}
    assert {"matches", "readable_projects", "coverage_of_firms", "rank_acceptability"} <= measures
    assert not any(
        "chain=" in key
        and any(f"measure={m}" in key for m in ("projects", "matches", "contribution"))
        for key in report.outcome.not_recomputed
    )


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("words", ["the"]), ("near_words", []), ("near_fields", []), ("fields", ["/27"]),
        ("not_words", ["greenhouse", "small"]), ("topics", ["H"]),
    ],
)  # fmt: skip
def test_evidence_that_strays_from_the_definition_is_caught(
    raw: Raw,
    chained: Region,
    chained_visitor: TestClient,
    tmp_path: Path,
    key: str,
    value: list[str],
) -> None:
    _copy(chained.home, tmp_path)
    site = Visited(chained_visitor, lambda _, text: text)
    with closing(sqlite3.connect(tmp_path / "workspace.sqlite")) as con:
        ((said,),) = con.execute("select value from judgement where kind = 'chain'").fetchall()
        con.execute("drop trigger judgement_is_not_updated")
        con.execute(
            "update judgement set value = ? where kind = 'chain'",
            [json.dumps({**json.loads(said), key: value})],
        )
        con.commit()
    try:
        find_projects(raw, tmp_path, NOW.isoformat())
        assert hold_see(site, raw, tmp_path)  # type: ignore[arg-type]
        figures = [Traced(1, key_of(f"?measure=projects&chain={CHAIN}"), None)]
        assert _listed(site) != set(raw.con.execute(select_rows(figures[0])).fetchall())
    finally:
        find_projects(raw, chained.home, NOW.isoformat())
    assert _listed(site) == set(raw.con.execute(select_rows(figures[0])).fetchall())


@pytest.mark.parametrize("label", ["none", "about"])
def test_an_editor_whom_the_evidence_does_not_obey_is_caught(
    raw: Raw, chained: Region, chained_visitor: TestClient, tmp_path: Path, label: str
) -> None:
    _copy(chained.home, tmp_path)
    site = Visited(chained_visitor, lambda _, text: text)
    met = "in" if label == "none" else "not in"
    row = raw.con.execute(
        f"select min(project) from org where project {met} (select project from hit)"
    ).fetchone()
    assert row
    with open_store(tmp_path) as store:
        store.record("about", row[0], f"chain:{CHAIN}", "Read", "x", NOW, value={"label": label})
    try:
        find_projects(raw, tmp_path, "")
        figures = [Traced(1, key_of(f"?measure=projects&chain={CHAIN}"), None)]
        found = set(raw.con.execute(select_rows(figures[0])).fetchall())
        assert found != _listed(site)
        assert (found < _listed(site)) is (label == "none")
    finally:
        find_projects(raw, chained.home, NOW.isoformat())


def _copy(home: Path, into: Path) -> None:
    with (
        closing(sqlite3.connect(home / "workspace.sqlite")) as original,
        closing(sqlite3.connect(into / "workspace.sqlite")) as copy,
    ):
        original.backup(copy)


def _listed(site: Visited) -> set[tuple[int, int]]:
    text, _ = site.page(f"/en/why/places.csv?measure=projects&chain={CHAIN}")
    return {
        (int(file), int(line)) for _, file, line in (row.split(",") for row in text.split()[1:])
    }


def _of_view(change: Callable[[dict[str, Any]], None]) -> Callable[[str, str], str]:
    def cheat(path: str, text: str) -> str:
        if path != f"/en/chains/{CHAIN}.json":
            return text
        told = json.loads(text)
        change(told["answer"]["view"])
        return json.dumps(told)

    return cheat


def _drop_party(view: dict[str, Any]) -> None:
    next(stage for stage in view["stages"] if stage["parties"])["parties"].pop()


def _name_twice(view: dict[str, Any]) -> None:
    full = next(stage for stage in view["stages"] if stage["parties"])
    other = next(stage for stage in view["stages"] if stage is not full)
    other["parties"].append(full["parties"][0])


def _move(view: dict[str, Any]) -> None:
    full = next(stage for stage in view["stages"] if stage["parties"])
    other = next(stage for stage in view["stages"] if stage is not full)
    other["parties"].append(full["parties"].pop())


def _swap_term(view: dict[str, Any]) -> None:
    full = next(stage for stage in view["stages"] if stage["parties"])
    full["parties"][0]["matches"][0]["term"] = "weaving"


def _drop_tie(view: dict[str, Any]) -> None:
    view["ties"].pop()


def _drop_term(view: dict[str, Any]) -> None:
    view["terms"].pop()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_drop_party, "parties: 1 found, not named"),
        (_name_twice, "stands in two stages"),
        (_move, "and belongs in"),
        (_swap_term, "1 named, not found (weaving)"),
        (_drop_tie, "pairs: 1 found, not named"),
        (_drop_term, "terms: 1 found, not named"),
    ],
)
def test_a_wrong_party_tie_or_term_is_caught(
    raw: Raw,
    chained: Region,
    chained_visitor: TestClient,
    change: Callable[[dict[str, Any]], None],
    told: str,
) -> None:
    honest = Visited(chained_visitor, lambda _, text: text)
    assert hold_see(honest, raw, chained.home) == []  # type: ignore[arg-type]
    cheating = Visited(chained_visitor, _of_view(change))
    assert any(told in fault for fault in hold_see(cheating, raw, chained.home))  # type: ignore[arg-type]


def test_a_party_left_out_in_print_is_caught(
    raw: Raw, chained: Region, chained_visitor: TestClient
) -> None:
    def cheat(path: str, text: str) -> str:
        if path.endswith(f"/chains/{CHAIN}"):
            before, mark, after = text.partition('id="parties"')
            row = r"<tr><th scope=\"row\">.*?</tr>"
            return before + mark + re.sub(row, "", after, count=1, flags=re.DOTALL)
        return text

    faults = hold_see(Visited(chained_visitor, cheat), raw, chained.home)  # type: ignore[arg-type]
    assert any("parties in print: 1 found, not named" in fault for fault in faults)


def test_parties_that_people_placed_are_held_to_it(
    raw: Raw, chained: Region, chained_visitor: TestClient, tmp_path: Path
) -> None:
    site = Visited(chained_visitor, lambda _, text: text)
    view = site.twin(f"/en/chains/{CHAIN}")["view"]
    party = next(p for stage in view["stages"] for p in stage["parties"])["organisation"]
    ((key,), *_) = raw.con.execute(
        "select key from org where ident = ? order by key", [party["organisation_id"]]
    ).fetchall()
    _copy(chained.home, tmp_path)
    with open_store(tmp_path) as store:
        store.record(
            "party-stage", key, f"chain:{CHAIN}", "No.", "me", NOW, value={"stage": "none"}
        )
    faults = hold_see(site, raw, tmp_path)  # type: ignore[arg-type]
    assert [fault for fault in faults if "belongs in none" in fault] == faults != []


def test_coverage_is_counted_anew_and_cannot_be_altered(
    raw: Raw, chained: Region, chained_visitor: TestClient
) -> None:
    site = Visited(chained_visitor, lambda _, text: text)
    page, _ = site.page(f"/en/chains/{CHAIN}")
    figures = {figure.key: figure for figure in read_page(page).figures if "firms" in figure.key}
    ((key, shown),) = figures.items()
    held = hold_firms(site, raw, chained.data, figures)  # type: ignore[arg-type]
    assert (held.differences, held.recomputed) == ([], 3)
    low, high = shown.bounds
    for wrong in (
        replace(shown, raw=str(float(shown.raw or 0) + 0.001)),
        replace(shown, bounds=((str(float(low[0]) - 0.001), low[1]), high)),
        replace(shown, bounds=()),
    ):
        assert hold_firms(site, raw, chained.data, {key: wrong}).differences  # type: ignore[arg-type]


# --- words and names --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Plant-based  protein.", {"plant based", "protein*"}),
        ("plant, based on proteins", {"protein*"}),
        ("implant based; glycoprotein", set()),
        ("plant\u2011\nbased", {"plant based"}),
        ("plantbased proteinsoep", {"protein*"}),
        ("plant_based", set()),
    ],
)
def test_words_are_met_token_by_token(text: str, found: set[str]) -> None:
    lower = text.lower()
    assert Lexicon(["plant based", "protein*"]).find(lower, read_tokens(lower)) == found


def test_other_meanings_are_cut_out_first() -> None:
    text = "a protein kinase and c-reactive proteins"
    read = Lexicon(["protein kinase*", "c reactive protein*"]).cut(text)
    assert Lexicon(["protein*", "kinase"]).find(read, read_tokens(read)) == set()
    assert read_tokens(read)[0][0] == "a"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("B.T.G. Bio-Mass B.V.", "btg bio mass"), ("Crème & Zn. NV", "CREME EN ZN"),
        ("Jansen and Co besloten vennootschap", "Jansen en Co"), ("O'Neill Ltd.", "ONEILL"),
    ],
)  # fmt: skip
def test_spellings_of_a_name_are_alike(one: str, other: str) -> None:
    assert make_alike(one) == make_alike(other) != ""


def test_a_form_of_a_company_is_told_from_initials() -> None:
    assert [is_firm(name) for name in ("Weef B.V.", "Weef b. v.", "J.B.V. Jansen", "Nova")] == [
        True, True, False, False,
    ]  # fmt: skip
