"""Calls of a chain: what puts them in, in which order, what is over, and every figure made again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from math import log
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from keten.atlas.answers import read_chain
from keten.errors import NotFoundError, UsageError
from keten.evidence import load
from keten.evidence.classify_calls import classify_calls, part_of
from keten.funding.answers import METHODS, explain, list_calls, show_call
from keten.funding.figures import figure, read_weights
from keten.funding.highlights import mark, snip
from keten.funding.views import CallList
from keten.model import Chain, Figure, Scope, Text
from keten.sources import calls as calls_source
from keten.workspace.examples import FOLDER

TODAY = date(2026, 9, 1)
CHAIN = Chain(
    chain="light", label=Text("Light", "Licht"), description=Text("-", "-"), regions=("NL11",),
    regions_label=Text("-", "-"), stages=(), words=("photonic*", "laser diode*"),
    near_words=("optical",), not_words=("photonic orchestra",),
)  # fmt: skip
PART = "HORIZON-CL4-DIGITAL"


def call(name: str, title: str = "", description: str = "", **other: Any) -> dict[str, Any]:
    return {
        "call_id": name, "identifier": name, "kind": "topic", "title": title or name,
        "description": description, "is_cut": False, "keywords": None, "status": "open",
        "opens_on": date(2026, 5, 1), "deadline": date(2026, 12, 1), "budget_of": None,
        "address": "https://example.org/x", "stated_on": date(2026, 8, 22), **other,
    }  # fmt: skip


def make(calls: Iterable[dict[str, Any]]) -> duckdb.DuckDBPyConnection:
    """Give the tables that the answers read, with six projects of the chain paid by one part."""
    con = duckdb.connect(config={"threads": 1})
    load.Loader(con)
    con.execute("create table chain_match(chain varchar, project_id varchar, way varchar)")
    con.execute("insert into file values (1, 'calls', '2026-08-22', 'calls', 'grants.json', '', 1, "
                "[], '', 'utf-8', 9, 9, 0)")  # fmt: skip
    topics = ["HORIZON-CL4-2021-DIGITAL-EMERGING-01-07"] * 8 + ["HORIZON-MSCA-2022-PF"] * 52
    con.executemany(
        "insert into project_topic values (?, ?, ?, '')",
        [[900 + number, f"he-{number}", topic] for number, topic in enumerate(topics)],
    )
    con.executemany(
        "insert into chain_match values ('light', ?, 'word')",
        [[f"he-{number}"] for number in (0, 1, 2, 3, 4, 5, 20)],
    )
    for number, row in enumerate(calls, 1):
        names = ", ".join(row)
        marks = ", ".join("?" * len(row))
        con.execute(
            f"insert into call(record_id, {names}) values ({number}, {marks})", [*row.values()]
        )
        con.execute(
            "insert into call_notice values (?, ?, ?, ?, ?)",
            [number, row["call_id"], row["title"], row["status"], row["deadline"]],
        )
        con.execute("insert into record values (?, 1, ?, '{}')", [number, number])
    classify_calls(con, [CHAIN])
    return con


CALLS = [
    call("A-TITLE", "Integrated photonics", "A laser diode and optical things"),
    call("B-TEXT", "Chips", "On Photonic-based chips.\nSecond line."),
    call("C-NEAR", "Optical fibres", identifier="HORIZON-CL4-2027-04-DIGITAL-EMERGING-05"),
    call("D-PART", "Data", identifier="HORIZON-CL4-2027-DIGITAL-EMERGING-06-two-stage"),
    call("E-NEAR-ELSEWHERE", "Optical fibres", identifier="HORIZON-HLTH-2027-01-TOOL-05"),
    call("F-NOT", "A photonic orchestra", "optical"),
    call("G-INSIDE", "Biophotonical", "laser diodelight"),
    call("H-OVER", "Photonics again", deadline=date(2026, 8, 31)),
    call("I-CLOSED", "Photonics", status="closed", deadline=None),
    call("J-KEYWORD", "Something", keywords="lasers, photonics", opens_on=date(2026, 10, 1),
         status="forthcoming"),
    call("K-DUE", "Photonics soon", opens_on=TODAY, status="forthcoming", deadline=None),
]  # fmt: skip


@pytest.fixture(scope="module")
def con() -> duckdb.DuckDBPyConnection:
    return make(CALLS)


@pytest.fixture
def found(con: duckdb.DuckDBPyConnection) -> CallList:
    return list_calls(con, "light", TODAY)


@pytest.mark.parametrize(
    ("topic", "part"),
    [
        ("HORIZON-CL6-2024-FARM2FORK-02-6-two-stage", "HORIZON-CL6-FARM2FORK"),
        ("HORIZON-CL6-2027-02-FARM2FORK-03", "HORIZON-CL6-FARM2FORK"),
        ("HORIZON-JU-CBE-2026-IAFlag-04", "HORIZON-JU-CBE"),
        ("HORIZON-CL5-2027-07-D3-17", "HORIZON-CL5-D3"),
        ("ERC-2027-STG", "ERC-STG"),
        ("", ""),
    ],
)
def test_parts_are_the_same_from_year_to_year(topic: str, part: str) -> None:
    assert part_of(topic) == part


def test_words_put_a_call_in_at_their_borders(found: CallList) -> None:
    places = {row.call_id: {hit.term: hit.places for hit in row.hits} for row in found.rows}
    assert places == {
        "A-TITLE": {"laser diode*": ("description",), "photonic*": ("title",)},
        "B-TEXT": {"photonic*": ("description",)},
        "C-NEAR": {"optical": ("title",)},  # a weak word, in a part that paid for such projects
        "G-INSIDE": {"laser diode*": ("description",)},  # any ending, but no beginning
        "H-OVER": {"photonic*": ("title",)},
        "I-CLOSED": {"photonic*": ("title",)},
        "J-KEYWORD": {"photonic*": ("keywords",)},
        "K-DUE": {"photonic*": ("title",)},
    }


def test_the_order_is_by_strength_and_what_is_over_comes_last(
    con: duckdb.DuckDBPyConnection, found: CallList
) -> None:
    strengths = [row.strength.value for row in found.rows if row.strength]
    names = [row.call_id for row in found.rows]
    assert names[:2] == ["A-TITLE", "C-NEAR"]
    assert names[-2:] == ["H-OVER", "I-CLOSED"]
    assert strengths[:-2] == sorted(strengths[:-2], key=lambda s: -float(s or 0))
    # Of eleven calls six hold photonic*, two laser diode*: 3 ln(11/6) + 1 ln(11/2).
    assert strengths[0] == pytest.approx(3 * log(11 / 6) + log(11 / 2), abs=0.001)
    # A weak word is as rare as it is in all calls, not only where it counts: four hold optical.
    ((term, weight),) = read_weights(con, "light", "C-NEAR")
    assert term == "optical"
    assert weight == pytest.approx(3 * log(11 / 4))


def test_states_are_those_of_the_day(found: CallList) -> None:
    states = {row.call_id: row.state for row in found.rows}
    assert states == {
        "A-TITLE": "open", "B-TEXT": "open", "C-NEAR": "open", "G-INSIDE": "open",
        "H-OVER": "passed", "I-CLOSED": "closed", "J-KEYWORD": "forthcoming", "K-DUE": "due",
    }  # fmt: skip
    assert (found.found.value, found.applicable.value, found.total.value) == (8, 6, 11)
    assert found.stated_on == date(2026, 8, 22)


def test_a_deadline_is_still_a_day_to_apply_on(con: duckdb.DuckDBPyConnection) -> None:
    for day, state, count in ((date(2026, 8, 31), "open", 7), (date(2026, 9, 1), "passed", 6)):
        view = list_calls(con, "light", day)
        assert next(row for row in view.rows if row.call_id == "H-OVER").state == state
        assert view.applicable.value == count


def test_parts_that_paid_before_and_their_other_calls(
    con: duckdb.DuckDBPyConnection, found: CallList
) -> None:
    (part,) = found.parts
    assert (part.part, part.projects.value, part.calls.value) == (PART, 6, 1)
    assert part.lift.value == pytest.approx((6 / 7) / (8 / 60), abs=0.001)
    assert [row.call_id for row in list_calls(con, "light", TODAY, PART).rows] == ["D-PART"]
    with pytest.raises(NotFoundError):
        list_calls(con, "light", TODAY, "HORIZON-CL6-FARM2FORK")


def test_a_budget_of_several_topics_counts_once() -> None:
    shared: dict[str, Any] = {"budget_eur": 90, "budget_of": "call", "call_group": "G"}
    con = make(
        [
            call("A", "photonics", **shared),
            call("B", "photonics", **shared),
            call("C", "photonics", budget_eur=5, budget_of="topic"),
            call("D", "photonics"),
            call("E", "other", **shared),
        ]
    )
    view = list_calls(con, "light", TODAY)
    assert view.budget_eur.value == 95
    assert view.budget_eur.coverage is not None
    assert (view.budget_eur.coverage.seen, view.budget_eur.coverage.of) == (3, 4)
    marked = {row.call_id: row.budget_eur.caveats for row in view.rows if row.budget_eur}
    assert "calls-budget-shared" in marked["A"]
    assert "calls-budget-shared" not in marked["C"]


def test_every_figure_is_made_again_with_its_rows(
    con: duckdb.DuckDBPyConnection, found: CallList
) -> None:
    figures: list[Figure] = [found.total, found.found, found.applicable, found.budget_eur]
    figures += [row.strength for row in found.rows if row.strength]
    figures += [f for row in found.parts for f in (row.projects, row.lift, row.calls)]
    assert {f.measure for f in figures} < set(METHODS)
    for made in figures:
        again = explain(con, None, made.measure, made.scope)
        assert again.figure == made
        assert again.record_ids
        assert list(again.record_ids) == sorted(set(again.record_ids))
    of = {f.measure: len(explain(con, None, f.measure, f.scope).record_ids) for f in figures}
    assert (of["calls"], of["part_projects"], of["part_calls"]) == (11, 6, 1)
    assert len(explain(con, None, "chain_calls", found.found.scope).record_ids) == 8


def test_a_scope_that_lacks_a_part_is_refused(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(NotFoundError):
        figure(con, "moons", Scope())
    for name, scope in (
        ("chain_calls", Scope()),
        ("call_strength", Scope.of(chain="light")),
        ("calls", Scope.of(year=2026)),
    ):
        with pytest.raises(UsageError):
            figure(con, name, scope)


def test_one_call_tells_its_chains_and_files(con: duckdb.DuckDBPyConnection) -> None:
    view = show_call(con, "B-TEXT", TODAY)
    assert [[piece.text for piece in line if piece.is_hit] for line in view.paragraphs] == [
        ["Photonic"], [],
    ]  # fmt: skip
    assert [(row.file, row.record_id) for row in view.stated] == [("grants.json", 2)]
    assert [chain.chain for chain in view.chains] == ["light"]
    assert show_call(con, "D-PART", TODAY).chains[0].part == PART
    with pytest.raises(NotFoundError):
        show_call(con, "Z", TODAY)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "http://x", None])
def test_only_safe_addresses_are_given(address: str | None) -> None:
    con = make([call("A", "photonics", address=address)])
    assert show_call(con, "A", TODAY).address == ""


@given(
    st.text(max_size=60), st.lists(st.sampled_from(["photonic*", "laser diode*", "a"]), max_size=3)
)
def test_marking_loses_nothing(text: str, terms: list[str]) -> None:
    assert "".join(piece.text for piece in mark(text, terms)) == text


def test_a_snippet_shows_the_first_word() -> None:
    pieces = snip("before " * 40 + "the photonics of\nit " + "after " * 40, ["photonic*"])
    assert [piece.text for piece in pieces if piece.is_hit] == ["photonics"]
    line = "".join(piece.text for piece in pieces)
    assert line.startswith("… before")
    assert line.endswith("after …")
    assert "of it" in line
    assert snip("nothing here", ["photonic*"]) == ()


@pytest.mark.real_data
def test_the_calls_of_august_2026(data_dir: Path) -> None:
    """By their own words alone: without projects no part is known, so weak words do not count."""
    (package,) = calls_source.find(data_dir)
    reading = calls_source.read(package)
    con = duckdb.connect(config={"threads": 1})
    load.Loader(con)
    con.execute("create table chain_match(chain varchar, project_id varchar, way varchar)")
    arrived = reading.tables["call"]
    con.register("arrived", arrived)
    con.execute("insert into call by name select * from arrived")
    names = ("photonics", "protein-transition")
    found = [yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8")) for name in names]
    classify_calls(con, [read_chain({**each, "valid_from": "2026"}) for each in found])
    first = {name: list_calls(con, name, date(2026, 8, 22)).rows for name in names}
    assert [row.call_id for row in first["photonics"][:3]] == [
        "HORIZON-CL4-2027-05-DIGITAL-EMERGING-03",
        "HORIZON-JU-EUROHPC-2026-PQC-06-01",
        "HORIZON-JU-CHIPS-2026-FT2-IA",
    ]
    assert [row.call_id for row in first["protein-transition"]] == [
        "HORIZON-RAISE-2027-01-02",
        "HORIZON-RAISE-2027-01-01",
    ]
