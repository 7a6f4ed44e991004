"""Who worked with whom: one involvement for each participation, every pair in both directions."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evidence.made import Seat, make_evidence, ruling

seats = st.lists(
    st.builds(
        Seat,
        st.sampled_from(["he-1", "he-2", "h2020-1", "h2020-2"]),
        st.sampled_from(["1", "2", "3", "4"]),
        st.none() | st.integers(0, 10**8).map(lambda cents: f"{cents / 100:.2f}"),
        st.sampled_from([None, "Somebody"]),
        st.sampled_from(["coordinator", "participant"]),
        st.sampled_from([None, "NL", "DE"]),
    ),
    min_size=1,
    max_size=20,
)


@settings(deadline=None, max_examples=25)
@given(seats)
def test_every_participation_is_one_involvement(found: list[Seat]) -> None:
    con = make_evidence(found)
    assert (
        con.execute("select record_id from involvement order by 1").fetchall()
        == con.execute("select record_id from participation order by 1").fetchall()
    )


@settings(deadline=None, max_examples=25)
@given(seats)
def test_collaborations_are_the_pairs_of_each_project(found: list[Seat]) -> None:
    con = make_evidence(found)
    rows = con.execute(
        """select organisation_id, partner_id, projects, coordinated_by_organisation,
                  organisation_contribution_eur from collaboration"""
    ).fetchall()
    expected: dict[tuple[str, str], list[tuple[str, bool, list[Decimal]]]] = {}
    for project in {seat.project for seat in found}:
        there = [seat for seat in found if seat.project == project]
        for left, right in permutations(sorted({seat.pic for seat in there}), 2):
            own = [seat for seat in there if seat.pic == left]
            expected.setdefault((f"pic:{left}", f"pic:{right}"), []).append(
                (
                    project,
                    any(seat.role == "coordinator" for seat in own),
                    [Decimal(seat.amount) for seat in own if seat.amount is not None],
                )
            )
    assert {(row[0], row[1]): row[2] for row in rows} == {
        pair: len(shared) for pair, shared in expected.items()
    }
    for left, right, _, coordinated, contribution in rows:
        shared = expected[left, right]
        assert coordinated == sum(leads for _, leads, _ in shared)
        amounts = [amount for _, _, given in shared for amount in given]
        assert contribution == (sum(amounts) if amounts else None)


def test_members_of_one_organisation_do_not_work_with_themselves() -> None:
    found = [Seat("he-1", "1"), Seat("he-1", "2"), Seat("he-1", "3")]
    con = make_evidence(found, [ruling(1, "same", "he:1", "he:2")])
    rows = con.execute("select organisation_id, partner_id, projects from collaboration").fetchall()
    assert sorted(rows) == [("pic:1", "pic:3", 1), ("pic:3", "pic:1", 1)]


def test_the_region_is_the_deepest_that_is_known() -> None:
    con = make_evidence([Seat("he-1", "1", country="NL"), Seat("he-1", "2", country=None)])
    rows = con.execute("select source_key, region from involvement order by 1").fetchall()
    assert rows == [("he:1", "NL11"), ("he:2", None)]
