"""Regions held against all others: counts by hand, invariants, and what may be said."""

from __future__ import annotations

import pytest

from keten.diagnosis.answers import show_specialisation
from keten.diagnosis.specialisation import compare
from keten.diagnosis.subjects import Subject, are_related
from keten.errors import NotFoundError, UsageError
from tests.diagnosis.planted import FIELDS, REGIONS, Made, Plan, draw, make, make_chain

A, B = "/1/11/1", "/2/21/1"
FEW = [
    Made("he-1", (A,), (("pic:1", "AA11"), ("pic:2", "AA11"), ("pic:3", "BB11"))),
    Made("he-2", (A,), (("pic:1", "AA11"), ("pic:4", "AA12"))),
    Made("he-3", (B,), (("pic:3", "BB11"),)),
    Made("he-4", (A, B), (("pic:5", "BB12"), ("pic:6", "ZZZZ1"))),
    Made("he-5", (), (("pic:1", "AA11"),)),
    Made("h2020-1", (), (("pic:1", "AA11"),), "h2020"),
]


def test_counts_by_hand() -> None:
    """A project counts once in a region, whoever takes part; outside NUTS 2 it does not count."""
    con = make(FEW, make_chain(["AA11"], [A]), ["he-1", "he-5"])
    (found,) = compare(con, [Subject("field", A)], "AA11").values()
    # AA11: he-1, he-2; AA12: he-2; BB11: he-1, he-3; BB12: he-4.
    assert (found.projects, found.size, found.whole, found.of) == (2, 2, 5, 6)
    assert found.expected == pytest.approx(2 * 5 / 6, abs=0.005)
    assert found.quotient == pytest.approx(6 / 5)
    assert found.others == 3
    (chain,) = compare(con, [Subject("chain", "made")], "AA11").values()
    # A chain is told from words, too: all projects of Horizon Europe count.
    assert (chain.projects, chain.size, chain.whole, chain.of) == (2, 3, 3, 7)


def test_regions_together_share_a_project_once() -> None:
    con = make(FEW)
    (found,) = compare(con, [Subject("field", A)], "AA11+AA12").values()
    assert (found.projects, found.size, found.whole, found.of) == (2, 2, 4, 5)
    assert found.others == 2


def test_all_of_europe_is_as_all_of_europe() -> None:
    con = make(draw(Plan(projects=30)))
    (found,) = compare(con, [Subject("field", FIELDS[0])], "AA+BB+CC").values()
    assert found.quotient == 1
    assert found.percentile is None
    assert found.low <= 1 <= found.high


def test_quotients_average_to_one_under_what_is_expected() -> None:
    con = make(draw(Plan(projects=40, strong=("AA11",))))
    for code in FIELDS[:4]:
        found = [compare(con, [Subject("field", code)], r)[Subject("field", code)] for r in REGIONS]
        assert sum(each.projects for each in found) == pytest.approx(
            sum(each.size * each.whole / each.of for each in found)
        )


def test_a_planted_strength_is_found_and_no_other() -> None:
    plan = Plan(strong=("AA11",), attraction=1.0)
    chain = make_chain(["AA11", "AA12"], FIELDS[:2] + FIELDS[11:14])
    con = make(draw(plan), chain)
    view = show_specialisation(con, chain)
    whole, strong, other = view.regions
    assert (whole.is_whole, strong.code, other.code) == (True, "AA11", "AA12")
    assert {row.of.subject.name for row in view.list_strengths(strong)} == set(plan.pair)
    assert view.list_strengths(other) == ()
    for row in view.list_strengths(strong):
        assert row.specialisation.interval is not None
        assert row.specialisation.interval.low > 1
        assert row.percentile.value == 100


def test_one_project_makes_no_strength() -> None:
    """Where a field is rare, having the only project of it says nothing: the range tells so."""
    projects = draw(Plan(projects=25, share=0.15))
    projects.append(Made("he-x", ("/1/11/9",), (("pic:x", "AA11"),)))
    con = make(projects)
    (found,) = compare(con, [Subject("field", "/1/11/9")], "AA11").values()
    assert found.quotient is not None
    assert found.quotient > 5
    assert found.low < 1 < found.high
    assert found.reading == "few"


def test_a_field_that_marks_a_chain_is_among_its_fields() -> None:
    projects = draw(Plan(projects=150))
    inside = [p.name for p in projects if FIELDS[5] in p.fields]
    chain = make_chain(["AA11"], [FIELDS[0]], ["/2"])
    con = make(projects, chain, inside)
    roles = dict(con.execute("select code, role from chain_field").fetchall())
    assert roles == {FIELDS[0]: "named", "/2": "near", FIELDS[5]: "mark"}
    view = show_specialisation(con, chain)
    assert [rows[0].of.role for rows in (view.whole, *view.fields)] == [
        "chain",
        "named",
        "near",
        "mark",
    ]


def test_regions_that_cannot_be_compared_are_refused_in_words() -> None:
    con = make(FEW)
    with pytest.raises(UsageError, match="smaller than a NUTS 2 region"):
        compare(con, [Subject("field", A)], "AA111")
    with pytest.raises(NotFoundError, match="XX11"):
        compare(con, [Subject("field", A)], "XX11")
    assert compare(con, [Subject("field", "/9")], "AA11") == {}


def test_fields_within_each_other_are_related() -> None:
    assert are_related("/1/11", "/1/11/1")
    assert are_related("/1/11/1", "/1")
    assert are_related("/1", "/1")
    assert not are_related("/1/11", "/1/112")
