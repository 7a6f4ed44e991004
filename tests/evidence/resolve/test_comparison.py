"""Comparisons are kept from one build to the next, and give what comparing everything gives."""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from keten.evidence.resolve.alongside import compare_alongside, share_countries
from keten.evidence.resolve.comparison import (
    WITHIN,
    read_before,
    read_comparisons,
    write_comparisons,
)
from keten.evidence.resolve.gather import gather
from keten.evidence.resolve.learn import learn
from keten.evidence.resolve.match import Comparisons, compare_units
from keten.evidence.resolve.scoring import list_ruled, read_matches, weigh_matches
from keten.evidence.resolve.unit import read_units
from keten.evidence.resolve.weights import shipped_model
from tests.evidence.made import Seat, fill, typed_tables

NAMES = ("Noordelijk Zoutinstituut", "Friese Zeewier Werken", "Stichting Kweldergras", "Wadtuin")
COUNTRIES = ("NL", "DE", "BE")


def tables(*more: str) -> duckdb.DuckDBPyConnection:
    """Give participants and firms of three countries, and further Dutch firms."""
    con = typed_tables([
        Seat(f"he-{at + 1}", str(at), name=f"{name.upper()} BV", country=country)
        for at, (name, country) in enumerate((n, c) for n in NAMES for c in COUNTRIES)
    ])  # fmt: skip
    fill(con, "sponsor", [
        {"record_id": 50 + at, "name": name, "kvk_number": f"{at:02}", "is_person": False}
        for at, name in enumerate((*NAMES, *more))
    ])  # fmt: skip
    fill(con, "ror", [
        {"record_id": 90 + at, "ror_id": f"0{at}", "name": name, "country": country}
        for at, (name, country) in enumerate((n, c) for n in NAMES for c in COUNTRIES)
    ])  # fmt: skip
    gather(con)
    return con


def same(left: Comparisons, right: Comparisons) -> bool:
    return left.blocks.keys() == right.blocks.keys() and all(
        (block.left, block.right, block.fingerprint, block.counted)
        == (other.left, other.right, other.fingerprint, other.counted)
        and np.array_equal(block.levels, other.levels)
        for block, other in ((block, right.blocks[name]) for name, block in left.blocks.items())
    )


def test_what_was_written_is_read_again() -> None:
    con = tables()
    write_comparisons(con)
    assert same(read_comparisons(con), compare_units(read_units(con), {}, WITHIN))


def test_a_new_release_compares_what_it_touches_and_gives_the_same_as_everything(
    tmp_path: Path,
) -> None:
    before = tables()
    whole = write_comparisons(before, code="c")
    path = tmp_path / "evidence.duckdb"
    _keep(before, path)
    kept, anew = tables("Nieuwe Kwelderhoeve"), tables("Nieuwe Kwelderhoeve")
    blocks = read_before(kept, path, "c")
    compared = write_comparisons(kept, blocks, "c")
    assert 0 < compared < write_comparisons(anew, code="c") == whole
    for table in ("comparison_block", "organisation_comparison"):
        rows = [con.execute(f"select * from {table}").fetchall() for con in (kept, anew)]
        assert rows[0] == rows[1]


def test_what_other_code_found_or_what_is_not_there_is_no_use(tmp_path: Path) -> None:
    before = tables()
    write_comparisons(before, code="old")
    path = tmp_path / "evidence.duckdb"
    _keep(before, path)
    con = tables()
    assert read_before(con, path, "new") == {}
    assert len(read_before(con, path, "old")) > 0
    assert read_before(con, tmp_path / "none.duckdb", "old") == {}
    (tmp_path / "torn.duckdb").write_text("no database")
    assert read_before(con, tmp_path / "torn.duckdb", "old") == {}


def _keep(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    con.execute(f"attach '{path}' as kept")
    for table in ("comparison_block", "organisation_comparison"):
        con.execute(f"create table kept.{table} as select * from {table}")
    con.execute("detach kept")


def test_two_processes_find_what_one_does() -> None:
    units = read_units(tables())
    shares = share_countries(units)
    assert sorted(shares[0] + shares[1]) == sorted(COUNTRIES)
    alone = compare_units(units, {}, WITHIN)
    told: list[tuple[int, int]] = []
    both = compare_alongside(units, {}, WITHIN, lambda *at: told.append(at), many=1)
    assert same(both, alone)
    assert told


def test_a_unit_of_two_countries_is_compared_in_both() -> None:
    units = read_units(tables())
    countries = units.column("countries").to_pylist()
    countries[0] = ["BE", "NL"]
    place = units.column_names.index("countries")
    units = units.set_column(place, "countries", pa.array(countries, pa.list_(pa.string())))
    alone = compare_units(units, {}, WITHIN)
    assert same(compare_alongside(units, {}, WITHIN, lambda *_: None, many=1), alone)


def test_scores_are_kept_beside_the_pairs_and_weighed_anew_after_a_ruling() -> None:
    con = tables()
    write_comparisons(con)
    model = shipped_model()
    kept = read_matches(con)
    assert kept
    assert kept == weigh_matches(con, model)
    pair = (kept[0].left, kept[0].right)
    ruled = list_ruled(con, {pair: False, ("he:0", "he:99"): True})
    assert len(ruled) == 1, "who was not compared teaches nothing"
    moved = {(m.left, m.right): m.score for m in weigh_matches(con, learn(model, ruled))}
    assert moved.get(pair, -9.0) < kept[0].score


@pytest.mark.parametrize("turned", [False, True])
def test_the_order_of_sources_and_rows_plays_no_part(turned: bool) -> None:
    con = tables()
    if turned:
        con.execute("create table back as select * from sponsor order by record_id desc")
        con.execute("drop table sponsor; alter table back rename to sponsor")
        con.execute("create table back as select * from ror order by record_id desc")
        con.execute("drop table ror; alter table back rename to ror")
        gather(con)
    write_comparisons(con)
    rows = con.execute("select left_key, right_key, score from organisation_comparison").fetchall()
    other = tables()
    write_comparisons(other)
    assert (
        rows
        == other.execute(
            "select left_key, right_key, score from organisation_comparison"
        ).fetchall()
    )
