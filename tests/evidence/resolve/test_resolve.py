"""Which source organisations are one: rulings beat rules, and identity stays where it was."""

from __future__ import annotations

import random
from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keten.evidence.resolve import latest_rulings, resolve
from keten.evidence.resolve.cluster import Link, cluster
from keten.evidence.resolve.identify import identify
from keten.model import Ruling
from tests.evidence.made import Seat, make_evidence, ruling, typed_tables

PICS = ("1", "2", "3", "10", "20")
KEYS = tuple(f"{programme}:{pic}" for programme in ("he", "h2020") for pic in PICS)

keys = st.lists(st.sampled_from(KEYS), min_size=1, unique=True)
pairs = st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)).filter(lambda p: p[0] != p[1])
rulings_of = st.lists(st.tuples(st.sampled_from(["same", "different"]), pairs), max_size=12).map(
    lambda found: [ruling(n, verdict, *pair) for n, (verdict, pair) in enumerate(found, 1)]
)


def seats_of(source_keys: list[str]) -> list[Seat]:
    """Every key takes part in two projects of its programme, so that nobody is lost on the way."""
    return [
        Seat(f"{key.split(':')[0]}-{project}", key.split(":")[1], f"{place + project}.25", key)
        for place, key in enumerate(source_keys)
        for project in (1, 2)
    ]


def identities(seats: list[Seat], rulings: list[Ruling] = []) -> dict[str, str]:  # noqa: B006
    con = typed_tables(seats)
    resolve(con, rulings)
    return dict(con.execute("select source_key, organisation_id from same_as").fetchall())


def holding(rulings: list[Ruling]) -> dict[frozenset[str], str]:
    found: dict[frozenset[str], str] = {}
    for each in sorted(rulings):
        found[frozenset((each.left, each.right))] = each.verdict
    return found


# --- the rules --------------------------------------------------------------------------------


def test_one_pic_in_both_programmes_is_one_organisation() -> None:
    found = identities(seats_of(["he:1", "h2020:1", "he:2"]))
    assert found == {"he:1": "pic:1", "h2020:1": "pic:1", "he:2": "pic:2"}


def test_a_ruling_of_same_joins_two_pics_under_the_lowest() -> None:
    found = identities(seats_of(["he:10", "h2020:2"]), [ruling(1, "same", "he:10", "h2020:2")])
    assert set(found.values()) == {"pic:2"}


def test_a_ruling_of_different_splits_one_pic() -> None:
    rulings = [ruling(1, "different", "he:1", "h2020:1")]
    assert identities(seats_of(["he:1", "h2020:1"]), rulings) == {
        "he:1": "pic:1",
        "h2020:1": "h2020:1",
    }


def test_the_later_ruling_on_a_pair_holds() -> None:
    rulings = [ruling(1, "different", "he:1", "h2020:1"), ruling(2, "same", "h2020:1", "he:1")]
    assert set(identities(seats_of(["he:1", "h2020:1"]), rulings).values()) == {"pic:1"}
    assert [found.number for found in latest_rulings(rulings)] == [2]


def test_different_is_not_crossed_through_a_third_record() -> None:
    rulings = [
        ruling(1, "different", "he:1", "he:2"),
        ruling(2, "same", "he:1", "he:3"),
        ruling(3, "same", "he:3", "he:2"),
    ]
    con = typed_tables(seats_of(["he:1", "he:2", "he:3"]))
    issues = resolve(con, rulings)
    found = dict(con.execute("select source_key, organisation_id from same_as").fetchall())
    assert found["he:1"] != found["he:2"]
    assert found["he:3"] == found["he:2"], "the newest ruling is met first"
    assert [issue.code for issue in issues] == ["link-refused"]


def test_a_ruling_on_records_that_are_gone_is_an_issue() -> None:
    issues = resolve(typed_tables(seats_of(["he:1"])), [ruling(7, "same", "he:1", "he:99")])
    assert [(issue.code, issue.value) for issue in issues] == [("ruling-without-record", "he:99")]
    assert "7" in issues[0].message.en


def test_a_split_is_an_issue_that_names_both() -> None:
    con = typed_tables(seats_of(["he:1", "h2020:1"]))
    issues = resolve(con, [ruling(1, "different", "he:1", "h2020:1")])
    split = [issue for issue in issues if issue.code == "organisation-split"]
    assert [issue.value for issue in split] == ["h2020:1, pic:1"]


@pytest.mark.parametrize(
    ("rulings", "reasons"),
    [
        ([], {"he:1": ("same-pic", None), "h2020:1": ("same-pic", None), "he:2": ("alone", None)}),
        (
            [ruling(4, "same", "he:1", "he:2")],
            {"he:1": ("ruling", 4), "h2020:1": ("same-pic", None), "he:2": ("ruling", 4)},
        ),
    ],
)
def test_the_reason_stands_beside_the_link(
    rulings: list[Ruling], reasons: dict[str, tuple[str, int | None]]
) -> None:
    con = typed_tables(seats_of(["he:1", "h2020:1", "he:2"]))
    resolve(con, rulings)
    rows = con.execute("select source_key, rule, ruling from same_as").fetchall()
    assert {key: (rule, number) for key, rule, number in rows} == reasons


def test_the_newest_row_speaks_and_older_ones_fill_its_gaps() -> None:
    seats = [
        Seat("he-1", "1", name="Old Name", city="Sneek", updated_at="2021-01-01"),
        Seat("he-2", "1", name="New Name", city="Joure", updated_at="2023-01-01"),
        Seat("h2020-1", "1", name="Older Name", updated_at="2024-01-01"),
    ]
    con = make_evidence(seats)
    row = con.execute("select name, city from organisation join place using (place_id)").fetchall()
    assert row == [("New Name", "Joure")], "Horizon Europe speaks before Horizon 2020"


def test_a_nameless_organisation_is_an_organisation() -> None:
    con = make_evidence([Seat("h2020-1", "1", "50.00", name=None)])
    assert con.execute("select name, source_organisations from organisation").fetchall() == [
        (None, 1)
    ]
    assert con.execute("select sum(contribution_eur) from involvement").fetchone() == (50,)


# --- what always holds ------------------------------------------------------------------------


@settings(deadline=None, max_examples=25)
@given(keys, rulings_of)
def test_rulings_always_hold(source_keys: list[str], rulings: list[Ruling]) -> None:
    con = typed_tables(seats_of(source_keys))
    issues = resolve(con, rulings)
    found = dict(con.execute("select source_key, organisation_id from same_as").fetchall())
    refused = {
        frozenset(issue.value.split(" = ")) for issue in issues if issue.code == "link-refused"
    }
    for pair, verdict in holding(rulings).items():
        if pair <= found.keys():
            left, right = pair
            if verdict == "different":
                assert found[left] != found[right]
            else:
                assert found[left] == found[right] or pair in refused


@settings(deadline=None, max_examples=25)
@given(keys, rulings_of, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_rulings_plays_no_part(
    source_keys: list[str], rulings: list[Ruling], chance: random.Random
) -> None:
    seats = seats_of(source_keys)
    shuffled, turned = list(seats), list(rulings)
    chance.shuffle(shuffled)
    chance.shuffle(turned)
    assert identities(seats, rulings) == identities(shuffled, turned)


@settings(deadline=None, max_examples=25)
@given(keys, rulings_of)
def test_sums_before_and_after_resolution_are_equal(
    source_keys: list[str], rulings: list[Ruling]
) -> None:
    con = make_evidence(seats_of(source_keys), rulings)
    for table in ("participation", "involvement"):
        assert (
            con.execute(f"select count(*), sum(contribution_eur) from {table}").fetchone()
            == con.execute("select count(*), sum(contribution_eur) from participation").fetchone()
        )
    per_organisation = con.execute(
        """select sum(n), sum(eur) from (select count(*) as n, sum(contribution_eur) as eur
           from involvement join organisation using (organisation_id) group by organisation_id)"""
    ).fetchone()
    assert (
        per_organisation
        == con.execute("select count(*), sum(contribution_eur) from participation").fetchone()
    )


@settings(deadline=None, max_examples=20)
@given(keys, rulings_of, rulings_of)
def test_every_judgement_is_found_again_after_merge_split_and_rebuild(
    source_keys: list[str], first: list[Ruling], then: list[Ruling]
) -> None:
    """A judgement names a record; whatever is ruled later, the record's key leads to one page."""
    later = [ruling(100 + each.number, each.verdict, each.left, each.right) for each in then]
    seats = seats_of(source_keys)
    addresses: set[str] = set()
    con = typed_tables(seats)
    for rulings in ([], first, [*first, *later], first, []):
        resolve(con, rulings)
        alias = dict(
            con.execute("select alias, organisation_id from organisation_alias").fetchall()
        )
        known = {
            row[0] for row in con.execute("select organisation_id from organisation").fetchall()
        }
        addresses |= known
        assert set(alias.values()) <= known
        assert set(source_keys) <= alias.keys(), "any member's key finds the organisation"
        assert known <= alias.keys()
        assert addresses <= alias.keys(), "an address once given out leads somewhere"
        same = dict(con.execute("select source_key, organisation_id from same_as").fetchall())
        assert {key: alias[key] for key in source_keys} == same
    assert same == identities(seats), "taking every ruling back gives the first identities"


@settings(deadline=None, max_examples=20)
@given(keys, rulings_of, keys)
def test_identity_does_not_move_when_other_records_come(
    source_keys: list[str], rulings: list[Ruling], more: list[str]
) -> None:
    """New records with PICs of their own leave the identity of what was there alone."""
    strangers = [f"{key.split(':')[0]}:9{key.split(':')[1]}" for key in more]
    before = identities(seats_of(source_keys), rulings)
    after = identities(seats_of([*source_keys, *strangers]), rulings)
    assert {key: after[key] for key in source_keys} == before


@settings(deadline=None, max_examples=80)
@given(keys, st.lists(pairs, max_size=15), st.lists(pairs, max_size=6))
def test_groups_part_all_keys_and_identifiers_are_their_own(
    source_keys: list[str], joined: list[tuple[str, str]], apart: list[tuple[str, str]]
) -> None:
    known = set(source_keys)
    links = [Link(left, right, "made") for left, right in joined if {left, right} <= known]
    grouping = cluster(source_keys, links, apart)
    groups, used, refused = grouping.groups, grouping.used, grouping.refused
    assert sorted(key for group in groups for key in group) == sorted(source_keys)
    assert len(used) + len(refused) == len(links)
    where = {key: place for place, group in enumerate(groups) for key in group}
    assert all(where[link.left] == where[link.right] for link in used)
    assert all(where[left] != where[right] for left, right in apart if {left, right} <= known)
    clusters = identify(groups, {key: key.split(":")[1] for key in source_keys})
    assert len({found.organisation_id for found in clusters}) == len(groups)
    for found in clusters:
        assert found.anchor_key in found.members


def test_splitting_and_joining_again_brings_back_each_address() -> None:
    seats = seats_of(["he:1", "h2020:1", "he:2"])
    split = [ruling(1, "different", "he:1", "h2020:1")]
    moved = [*split, ruling(2, "same", "h2020:1", "he:2")]
    homes = defaultdict(list)
    for rulings in ([], split, moved, split, []):
        for key, home in identities(seats, rulings).items():
            homes[key].append(home)
    assert homes["h2020:1"] == ["pic:1", "h2020:1", "pic:2", "h2020:1", "pic:1"]
    assert homes["he:1"] == ["pic:1"] * 5
