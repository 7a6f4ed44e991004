"""The canvas: places, means, the weakest and what it hangs on, checked by hand; every figure again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from keten.diagnosis.answers import METHODS, explain, show_canvas
from keten.diagnosis.canvas_views import CanvasElement, CanvasView
from keten.diagnosis.definition import read_elements
from keten.diagnosis.indicators import write_indicators
from keten.diagnosis.records import compare_rating, judge_element, read_element_judgements
from keten.errors import ConflictError, NotFoundError, UsageError
from keten.model import Figure, Scope
from keten.workspace import Store
from tests.diagnosis.made import ELEMENTS, NOW, chain, make_evidence, make_store, seat


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    made = make_evidence()
    for number in range(12):
        seat(made, 1000 + number, f"he-{number % 11}", f"pic:{number}", "AA111")
    write_indicators(made)
    yield made
    made.close()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A workspace that tests only read."""
    with make_store(tmp_path_factory.mktemp("canvas")) as made:
        yield made


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Store]:
    """A workspace to write in."""
    with make_store(tmp_path) as made:
        yield made


def element(view: CanvasView, name: str) -> CanvasElement:
    found = view.find(name)
    assert found is not None
    return found


def number(figure: Figure | None) -> float:
    assert figure is not None
    assert figure.value is not None
    return float(figure.value)


def test_places_and_means_by_hand(con: duckdb.DuckDBPyConnection, store: Store) -> None:
    view = show_canvas(con, store, chain("AA11", "AA12"))
    talent, finance = element(view, "talent"), element(view, "finance")
    # skills: AA11 lowest of six, AA12 second; idle (less is better): AA11 worst, AA12 second worst
    assert [number(c.percentile) for c in talent.lines[0].cells] == pytest.approx([100 / 12, 25])
    assert number(talent.percentile) == pytest.approx((100 / 12 + 25) / 2)
    assert [number(f) for f in talent.by_region] == pytest.approx([100 / 12, 25])
    # money: best and second best of the four regions with a value
    assert number(finance.percentile) == pytest.approx((87.5 + 62.5) / 2)
    assert [line.regions and line.regions.value for line in finance.lines] == [4, 6, None]


def test_what_does_not_count_says_why(con: duckdb.DuckDBPyConnection, store: Store) -> None:
    finance = element(show_canvas(con, store, chain("AA11")), "finance")
    assert [line.why_not for line in finance.lines] == ["", "national", "unknown"]
    merged = element(show_canvas(con, store, chain("BB13")), "finance")
    assert [line.why_not for line in merged.lines] == ["no-value", "", "unknown"]
    assert merged.lines[0].cells[0].merged_into == "B and round it"
    assert merged.lines[0].cells[0].value is None


def test_the_weakest_is_named_with_what_is_not_filled(
    con: duckdb.DuckDBPyConnection, store: Store
) -> None:
    view = show_canvas(con, store, chain("AA11", "AA12"))
    assert (view.weakest, view.near, view.unfilled) == ("talent", (), ("culture",))
    assert view.weakest_by_region == ("talent", "talent")
    assert element(view, "finance").rests_on_one
    assert element(view, "talent").reading == "weak"


def test_leaving_an_indicator_out_moves_the_result(
    con: duckdb.DuckDBPyConnection, store: Store
) -> None:
    before = show_canvas(con, store, chain("BB11"))
    after = show_canvas(con, store, chain("BB11"), ["s:idle", "s:nothing"])
    assert after.without == ("s:idle",)
    assert element(after, "talent").lines[1].why_not == "left-out"
    assert number(element(before, "talent").percentile) == pytest.approx((500 / 12 + 1100 / 12) / 2)
    assert number(element(after, "talent").percentile) == pytest.approx(500 / 12)


def test_a_verdict_that_hangs_on_one_indicator_says_so(
    con: duckdb.DuckDBPyConnection, store: Store
) -> None:
    # BB11: talent 42 and 92; finance 38 (money) and 42 (law); culture 42 (law)
    view = show_canvas(con, store, chain("BB11"))
    assert view.weakest == "finance"
    assert view.near == ("culture",)
    assert [(turn.indicator, turn.element) for turn in view.turns] == [("s:money", "culture")]


def test_the_weakest_pulls_down_the_rest(con: duckdb.DuckDBPyConnection, store: Store) -> None:
    view = show_canvas(con, store, chain("BB11"))
    scores = [number(e.percentile) for e in view.elements]
    assert min(scores) < number(view.whole) < sum(scores) / len(scores)
    assert number(view.repaired) > number(view.whole)


def test_every_figure_is_computed_anew_from_its_scope(
    con: duckdb.DuckDBPyConnection, store: Store
) -> None:
    for codes, without in ((("AA11", "AA12"), ()), (("BB11",), ("s:idle",)), (("BB13",), ())):
        view = show_canvas(con, store, chain(*codes), without)
        for figure in figures(view):
            again = explain(con, store, figure.measure, figure.scope)
            assert again.figure == figure
            assert figure.measure in METHODS


def figures(view: CanvasView) -> Iterator[Figure]:
    found: list[Figure | None] = [view.whole, view.repaired]
    for each in view.elements:
        found += [each.percentile, *each.by_region]
        for line in each.lines:
            found += [line.percentile, line.regions]
            found += [figure for cell in line.cells for figure in (cell.value, cell.percentile)]
    yield from (figure for figure in found if figure is not None)


def test_an_explanation_leads_to_rows_and_lines(
    con: duckdb.DuckDBPyConnection, store: Store
) -> None:
    scope = Scope.of(indicator="s:skills", region="BB13")
    assert explain(con, store, "indicator_value", scope).record_ids == (5,)  # the row of BB19
    assert explain(con, store, "indicator_percentile", scope).record_ids == (1, 2, 3, 4, 5, 6)
    scope = Scope.of(elements="three", element="talent", region="AA11")
    found = explain(con, store, "element_percentile", scope)
    assert [title.en for title, _ in found.parts] == ["About s:skills", "About s:idle"]
    assert found.judgements == (1,)
    assert found.record_ids == (1, 7)


def test_a_counted_indicator_shows_the_two_figures_it_divides(
    con: duckdb.DuckDBPyConnection, store: Store
) -> None:
    scope = Scope.of(indicator="keten:participations", region="AA11")
    found = explain(con, store, "indicator_value", scope)
    count, size = (float(figure.value or 0) for _, figure in found.parts)
    assert float(found.figure.value or 0) == pytest.approx(1000 * count / size)
    for indicator in ("keten:shared-within", "keten:partners"):
        found = explain(con, store, "indicator_value", Scope.of(indicator=indicator, region="AA11"))
        part, whole = (float(figure.value or 0) for _, figure in found.parts)
        assert float(found.figure.value or 0) == pytest.approx(part / whole)
        counted = found.parts[0][1]
        again = explain(con, store, counted.measure, counted.scope)
        assert again.figure == counted
        assert again.record_ids


@pytest.mark.parametrize(
    ("measure", "scope"),
    [
        ("indicator_value", {"region": "AA11"}),
        ("indicator_value", {"indicator": "s:none", "region": "AA11"}),
        ("indicator_value", {"indicator": "s:money", "region": "BB13"}),
        ("indicator_percentile", {"indicator": "s:money", "region": "BB13"}),
        ("element_percentile", {"element": "talents", "region": "AA11"}),
        ("element_percentile", {"element": "culture", "region": "AA11"}),
        ("element_percentile", {"elements": "four", "element": "talent", "region": "AA11"}),
        ("canvas_index", {"region": "AA11", "repaired": "culture"}),
        ("partner_ties", {"region": "AA"}),
    ],
)
def test_what_cannot_be_explained_says_so(
    con: duckdb.DuckDBPyConnection, store: Store, measure: str, scope: dict[str, str]
) -> None:
    with pytest.raises((UsageError, NotFoundError)):
        explain(con, store, measure, Scope.of(**scope))


def test_without_a_definition_the_canvas_is_empty(
    con: duckdb.DuckDBPyConnection,
) -> None:
    view = show_canvas(con, None, chain("AA11"))
    assert (view.definition, view.elements, view.weakest) == (0, (), "")


# --- what the team says -------------------------------------------------------------------------


def test_a_judgement_stands_beside_the_data(con: duckdb.DuckDBPyConnection, own: Store) -> None:
    made = chain("AA11")
    first = judge_element(own, "made", "talent", "fair", "They come.", "Ann", NOW, percentile=8.0)
    shown = element(show_canvas(con, own, made), "talent")
    assert (shown.rating, shown.agreement, shown.is_overtaken) == ("fair", "team-higher", False)
    judge_element(
        own, "made", "talent", "weak", "They left.", "Bob", NOW,
        percentile=50.0, supersedes=first.number,
    )  # fmt: skip
    shown = element(show_canvas(con, own, made), "talent")
    assert (shown.rating, shown.agreement, shown.is_overtaken) == ("weak", "agree", True)
    assert shown.judgement is not None
    own.withdraw(shown.judgement.number, "A slip.", "Bob", NOW)
    assert read_element_judgements(own, "made")["talent"].number == first.number


def test_who_writes_on_what_changed_meanwhile_is_told(own: Store) -> None:
    first = judge_element(own, "made", "talent", "fair", "So.", "Ann", NOW)
    with pytest.raises(ConflictError) as told:
        judge_element(own, "made", "talent", "weak", "No.", "Bob", NOW)
    assert told.value.later == first.number
    judge_element(own, "other", "talent", "weak", "Another chain.", "Bob", NOW)


@pytest.mark.parametrize(("rating", "reason"), [("great", "So."), ("weak", "  ")])
def test_a_judgement_needs_a_rating_and_a_reason(own: Store, rating: str, reason: str) -> None:
    with pytest.raises(UsageError):
        judge_element(own, "made", "talent", rating, reason, "Ann", NOW)


@pytest.mark.parametrize(
    ("rating", "percentile", "said"),
    [
        ("missing", 10.0, "agree"),
        ("weak", 40.0, "team-lower"),
        ("strong", 90.0, "agree"),
        ("strong", None, "no-data"),
        ("", 40.0, ""),
    ],
)
def test_the_team_and_the_data(rating: str, percentile: float | None, said: str) -> None:
    assert compare_rating(rating, percentile) == said


# --- the definition -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"elements": []}, "elements"),
        ({"label": "Three"}, "both languages"),
        ({"colour": "red"}, "colour"),
        ({"elements": [ELEMENTS["elements"][0], ELEMENTS["elements"][0]]}, "name of its own"),
        (
            {"elements": [{**ELEMENTS["elements"][0], "lines": [{"indicator": "x"}]}]},
            "no indicator",
        ),
        (
            {"elements": [{**ELEMENTS["elements"][0], "lines": [{"indicator": "s:a"}] * 2}]},
            "indicator once",
        ),
    ],
)
def test_a_definition_that_is_wrong_says_where(change: dict[str, object], words: str) -> None:
    with pytest.raises(UsageError) as told:
        read_elements({**ELEMENTS, **change})
    assert words in f"{told.value.what} {told.value.next_step}"
