"""What a build keeps, and what is given where there is nothing, are what would be computed."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from keten.atlas.measures import (
    COUNTRIES,
    ORGANISATION_SETS,
    REGION_SETS,
    SHOWN,
    TOP_ORGANISATIONS,
    WHOLE,
    read_groups,
)
from keten.evidence.figures.counting import make_nothing, measure, measure_sets, read_caveats
from keten.evidence.figures.method import MEASURES
from keten.evidence.figures.rows import read_once
from keten.model import Scope

NOWHERE = Scope.of(region="FR", organisation="pic:100", partner="pic:200")


@pytest.mark.parametrize("name", sorted(set(MEASURES) - {"source_rows"}))
def test_the_figure_of_no_rows_is_that_of_an_empty_selection(
    con: duckdb.DuckDBPyConnection, name: str
) -> None:
    found = MEASURES[name]
    scope = NOWHERE
    if found.subject in ("file", "issue"):
        scope = Scope.of(file="99")
    if found.subject == "receipt":
        scope = Scope.of(region="FR", organisation="pic:100")
    if "term" in found.needs:
        scope = NOWHERE.narrowed(chain="none", term="none")
    if "technology" in found.needs:
        scope = NOWHERE.narrowed(technology="none")
    assert make_nothing([found], scope).figures[name] == measure(con, name, scope)


@pytest.mark.parametrize(
    "scope",
    [
        Scope(),
        *(Scope.of(region=code) for code in ("NL", "NL1", "NL11", "NL112", "NL12", "FR")),
        *(Scope.of(partner_region=code) for code in ("NL", "DE9", "NL11", "NL111")),
        *(Scope.of(organisation=f"pic:{pic}") for pic in (100, 200, 300, 400, 500, 600)),
    ],
)
def test_what_is_kept_is_what_is_computed(con: duckdb.DuckDBPyConnection, scope: Scope) -> None:
    caveats = read_caveats(con)
    (name,) = [filters[0] for filters in scope.filters] or [""]
    sets = {"organisation": ORGANISATION_SETS, "partner_region": (COUNTRIES,)}.get(
        name, (*REGION_SETS, COUNTRIES) if not name else REGION_SETS
    )
    kept = read_groups(con, scope, sets, caveats)
    for wanted in sets:
        if wanted == TOP_ORGANISATIONS:
            continue
        names = SHOWN.get(wanted, ("projects", "organisations", "contribution_eur"))
        (computed,) = measure_sets(con, names, scope, [wanted], caveats)
        if wanted == WHOLE and not computed[0].figures["participations"].value:
            assert kept[WHOLE][0].figures == computed[0].figures
        else:
            assert kept[wanted] == computed


def test_an_evidence_is_read_once_but_not_while_it_is_written(tmp_path: Path) -> None:
    path = str(tmp_path / "made.duckdb")
    read = read_once(lambda con: con.execute("select count(*) from made").fetchall()[0][0])
    with duckdb.connect(path) as con:
        con.execute("create table made(number integer)")
        assert read(con) == 0
        con.execute("insert into made values (1)")
        assert read(con) == 1
    with duckdb.connect(path, read_only=True) as con:
        asked: list[None] = []
        counted = read_once(lambda _: asked.append(None))
        assert (counted(con), counted(con)) == (None, None)
        assert len(asked) == 1
        assert read(con.cursor()) == 1
