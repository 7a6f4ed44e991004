"""Every figure of specialisation and cross-over is made anew from its scope, and so are its parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from keten.diagnosis.answers import METHODS, explain, find_crossover, show_specialisation
from keten.errors import NotFoundError, UsageError
from keten.evidence.figures import MEASURES, measure
from keten.model import Explanation, Figure, Scope
from tests.diagnosis.planted import Made, Plan, draw, make, make_chain

PLAN = Plan(strong=("AA11", "BB11"), gaps=("AA11",), projects=120)


def figures_in(value: Any) -> Iterator[Figure]:
    if isinstance(value, Figure):
        yield value
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from figures_in(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            yield from figures_in(getattr(value, each.name))


@pytest.fixture(scope="module")
def made() -> tuple[Any, dict[tuple[str, Scope], Figure]]:
    chain = make_chain(["AA11"], [PLAN.pair[0], "/1/12"])
    projects = draw(PLAN)
    con = make(projects, chain, [p.name for p in projects[::7]])
    views = (show_specialisation(con, chain), find_crossover(con, chain))
    figures = {(f.measure, f.scope): f for f in figures_in(views)}
    # A few of each measure: each is explained in the same way.
    kept = [key for key in figures if key in [k for k in figures if k[0] == key[0]][:4]]
    return con, {key: figures[key] for key in kept}


def again(con: Any, figure: Figure) -> tuple[Figure, Explanation | None]:
    if figure.measure in METHODS:
        found = explain(con, None, figure.measure, figure.scope)
        return found.figure, found
    return measure(con, figure.measure, figure.scope), None


def test_every_figure_is_made_anew_and_so_are_its_parts(made: Any) -> None:
    con, figures = made
    seen = set()
    for figure in figures.values():
        found, why = again(con, figure)
        assert found == figure
        seen.add(figure.measure)
        for text, part in why.parts if why else ():
            assert text.en
            assert text.nl
            assert again(con, part)[0] == part, (figure.measure, text.en)
            seen.add(part.measure)
    ours = {name for name in METHODS if name in seen}
    assert {"specialisation", "crossover_ratio", "crossover_pairs", "regional_presence"} <= ours
    assert not set(METHODS) & set(MEASURES)


def test_parts_give_the_value(made: Any) -> None:
    """Recomputed from nothing but the parts, as a reader of the page would."""
    con, figures = made
    for figure in figures.values():
        parts = (
            [part for _, part in again(con, figure)[1].parts] if figure.measure in METHODS else []
        )
        by_name = {part.measure: float(part.value or 0) for part in parts}
        if figure.measure == "specialisation":
            shape, x, e = (
                (by_name[n] for n in ("regional_likeness", "projects", "expected_projects"))
                if "projects" in by_name
                else (1, 0, 0)
            )
            assert float(figure.value or 0) == pytest.approx((shape + x) / (shape + e), abs=0.03)
        if figure.measure == "expected_projects":
            presence = [
                float(part.value or 0) for part in parts if part.measure == "regional_presence"
            ]
            size = float(parts[0].value or 0)
            assert float(figure.value or 0) == pytest.approx(
                size * presence[0] / presence[1], abs=0.06
            )
        if figure.measure == "crossover_by_chance":
            first, second, whole = (float(part.value or 0) for part in parts)
            assert float(figure.value or 0) == pytest.approx(first * second / whole, abs=0.06)


def test_source_rows_are_those_of_what_was_counted(made: Any) -> None:
    con, figures = made
    for (name, scope), figure in figures.items():
        if name != "projects_together" or "region" not in scope.as_dict():
            continue
        rows = explain(con, None, name, scope).record_ids
        found = con.execute(
            "select count(distinct project_id) from involvement where record_id in (select unnest($r))",
            {"r": list(rows)},
        ).fetchone()
        assert found == (figure.value,)


def test_rows_of_all_regions_are_all_participations_there() -> None:
    con = make([Made("he-1", ("/1/11/1",), (("pic:1", "AA11"), ("pic:2", "ZZZZ")))])
    found = explain(
        con, None, "regional_presence", Scope.of(programme="he", region="AA11", carries="field")
    )
    assert (found.figure.value, found.record_ids) == (1, (1,))


def test_what_cannot_be_asked_is_refused_in_words(made: Any) -> None:
    con, _ = made
    with pytest.raises(UsageError, match="one chain or one field"):
        explain(con, None, "specialisation", Scope.of(region="AA11"))
    with pytest.raises(UsageError, match="region"):
        explain(con, None, "specialisation", Scope.of(field="/1/11/1"))
    with pytest.raises(UsageError, match="two subjects"):
        explain(con, None, "crossover_ratio", Scope.of(region="AA11"))
    with pytest.raises(UsageError, match="region"):
        explain(con, None, "crossover_ratio", Scope.of(first="/1/11/1", second="/2/21/1"))
    with pytest.raises(NotFoundError, match="No European region"):
        explain(con, None, "specialisation", Scope.of(field="/9/99", region="AA11"))
    with pytest.raises(NotFoundError, match="no measure"):
        explain(con, None, "guesses", Scope())
