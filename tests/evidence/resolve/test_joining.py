"""Who is joined with whom: what always holds, whatever the sources and people say."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keten.evidence.resolve.cluster import Held, Link, cluster
from keten.evidence.resolve.identify import identify, list_aliases
from keten.evidence.resolve.joining import latest_rulings
from keten.evidence.resolve.verdict import Match
from keten.model import Ruling
from tests.evidence.made import ruling
from tests.evidence.resolve.records import (
    KEYS,
    entities_of,
    identities,
    join_all,
    keys,
    match,
    matches_of,
    pairs,
    registered,
    rulings_of,
)


def holding(rulings: Sequence[Ruling]) -> dict[frozenset[str], str]:
    found: dict[frozenset[str], str] = {}
    for each in sorted(rulings):
        found[frozenset((each.left, each.right))] = each.verdict
    return found


# --- rulings, identifiers, matches ------------------------------------------------------------


def test_a_ruling_of_same_joins_two_pics_under_the_lowest() -> None:
    joined = join_all(["he:10", "h2020:2"], [ruling(1, "same", "he:10", "h2020:2")])
    assert set(identities(joined).values()) == {"pic:2"}


def test_a_ruling_of_different_splits_one_pic() -> None:
    joined = join_all(["he:1", "h2020:1"], [ruling(1, "different", "he:1", "h2020:1")])
    assert identities(joined) == {"he:1": "pic:1", "h2020:1": "h2020:1"}


def test_the_later_ruling_on_a_pair_holds() -> None:
    rulings = [ruling(1, "different", "he:1", "h2020:1"), ruling(2, "same", "h2020:1", "he:1")]
    assert set(identities(join_all(["he:1", "h2020:1"], rulings)).values()) == {"pic:1"}
    assert [found.number for found in latest_rulings(rulings)] == [2]


def test_different_is_not_crossed_through_a_third_record() -> None:
    rulings = [
        ruling(1, "different", "he:1", "he:2"),
        ruling(2, "same", "he:1", "he:3"),
        ruling(3, "same", "he:3", "he:2"),
    ]
    joined = join_all(["he:1", "he:2", "he:3"], rulings)
    found = identities(joined)
    assert found["he:1"] != found["he:2"]
    assert found["he:3"] == found["he:2"], "the newest ruling is met first"
    assert [refused.why for refused in joined.refused] == ["ruled"]


def test_an_organisation_is_named_by_ror_then_pic_then_kvk_then_its_key() -> None:
    same = [("rijk:x", "kvk:01"), ("kvk:01", "he:1"), ("he:1", "ror:a")]
    seen = []
    for many in range(4):
        rulings = [ruling(n, "same", *pair) for n, pair in enumerate(same[:many], 1)]
        found = identities(join_all(["rijk:x", "kvk:01", "he:1", "ror:a"], rulings))
        seen.append(found["rijk:x"])
    assert seen == ["rijk:x", "kvk:01", "pic:1", "ror:a"]


def test_every_name_that_an_organisation_had_leads_to_it() -> None:
    keys = ["he:1", "h2020:1", "ror:a", "rijk:x"]
    rulings = [ruling(1, "same", "he:1", "ror:a"), ruling(2, "same", "ror:a", "rijk:x")]
    known = registered(keys)
    alias = list_aliases(join_all(keys, rulings).clusters, known.pics)
    assert alias == dict.fromkeys([*keys, "pic:1"], "ror:a")


def test_the_pic_of_a_split_leads_to_the_part_with_its_newest_record() -> None:
    keys = ["he:1", "h2020:1", "ror:a"]
    rulings = [ruling(1, "different", "he:1", "h2020:1"), ruling(2, "same", "he:1", "ror:a")]
    alias = list_aliases(join_all(keys, rulings).clusters, registered(keys).pics)
    assert alias["pic:1"] == "ror:a"
    assert alias["h2020:1"] == "h2020:1"


def test_one_legal_entity_under_two_pics_is_not_joined_but_told() -> None:
    joined = join_all(["he:1", "he:2"], entities={"1": "NL01", "2": "NL01"})
    assert set(identities(joined).values()) == {"pic:1", "pic:2"}
    assert [(r.link.rule, r.why) for r in joined.refused] == [("same-identifier", "register")]


def test_a_match_joins_a_name_on_a_list_with_a_participant() -> None:
    joined = join_all(["he:1", "rijk:x"], matches=[match("he:1", "rijk:x", 4)])
    assert set(identities(joined).values()) == {"pic:1"}
    assert [link.rule for link in joined.used] == ["match"]


def test_of_two_participants_the_better_match_stands() -> None:
    joined = join_all(
        ["he:1", "he:2", "rijk:x"],
        matches=[match("he:1", "rijk:x", 4), match("he:2", "rijk:x", 6)],
    )
    found = identities(joined)
    assert found["rijk:x"] == found["he:2"] != found["he:1"]


def test_what_may_not_link_by_itself_does_not() -> None:
    unsure = Match("he:1", "rijk:x", 6.0, 0.997, may_link=False)
    assert len(join_all(["he:1", "rijk:x"], matches=[unsure]).clusters) == 2


# --- no chains of weak links ------------------------------------------------------------------


def test_a_name_on_a_list_is_no_bridge_between_two_that_bear_numbers() -> None:
    """The list matches both, but the two themselves were compared and found apart."""
    joined = join_all(
        ["he:1", "kvk:01", "rijk:x"],
        matches=[
            match("he:1", "rijk:x", 6),
            match("kvk:01", "rijk:x", 4),
            match("he:1", "kvk:01", -4),
        ],
    )
    found = identities(joined)
    assert found["rijk:x"] == found["he:1"] != found["kvk:01"]
    assert [refused.why for refused in joined.refused] == ["chain"]


def test_a_bridge_that_a_numbered_record_confirms_holds() -> None:
    joined = join_all(
        ["he:1", "kvk:01", "rijk:x"],
        matches=[
            match("he:1", "rijk:x", 6),
            match("kvk:01", "rijk:x", 4),
            match("he:1", "kvk:01", 2),
        ],
    )
    assert set(identities(joined).values()) == {"pic:1"}


def test_names_on_lists_must_all_agree() -> None:
    names = ["rijk:x", "rijk:y", "structural:z"]
    chain = [match("rijk:x", "rijk:y", 6), match("rijk:y", "structural:z", 4)]
    assert len(join_all(names, matches=chain).clusters) == 2
    closed = [*chain, match("rijk:x", "structural:z", 2)]
    assert len(join_all(names, matches=closed).clusters) == 1


# --- what always holds ------------------------------------------------------------------------


@settings(deadline=None, max_examples=150)
@given(keys, rulings_of, matches_of, entities_of)
def test_rulings_always_hold(
    source_keys: list[str],
    rulings: list[Ruling],
    matches: list[Match],
    entities: Mapping[str, str],
) -> None:
    joined = join_all(source_keys, rulings, matches, entities)
    found = identities(joined)
    refused = {
        frozenset((each.link.left, each.link.right))
        for each in joined.refused
        if each.link.rule == "ruling"
    }
    for pair, verdict in holding(rulings).items():
        if pair <= found.keys():
            left, right = pair
            if verdict == "different":
                assert found[left] != found[right]
            else:
                assert found[left] == found[right] or pair in refused


@settings(deadline=None, max_examples=150)
@given(keys, matches_of, entities_of)
def test_without_a_ruling_an_organisation_holds_one_key_of_each_register(
    source_keys: list[str], matches: list[Match], entities: Mapping[str, str]
) -> None:
    known = registered(source_keys, entities)
    for found in join_all(source_keys, (), matches, entities).clusters:
        borne = {each for key in found.members for each in known.list_borne(key)}
        registers = [each.split(":")[0] for each in borne]
        assert len(registers) == len(set(registers)), borne


@settings(deadline=None, max_examples=100)
@given(keys, rulings_of, matches_of, entities_of)
def test_two_legal_entities_meet_only_where_a_person_joined_their_records(
    source_keys: list[str],
    rulings: list[Ruling],
    matches: list[Match],
    entities: Mapping[str, str],
) -> None:
    known = registered(source_keys, entities)
    for found in join_all(source_keys, rulings, matches, entities).clusters:
        proven = {e for key in found.members for e in known.list_borne(key) if e[:4] == "vat:"}
        if len(proven) > 1:
            assert any(
                verdict == "same" and pair <= set(found.members)
                for pair, verdict in holding(rulings).items()
            )


@settings(deadline=None, max_examples=100)
@given(keys, rulings_of, matches_of, entities_of, st.randoms(use_true_random=False))
def test_the_order_of_rows_rulings_and_matches_plays_no_part(
    source_keys: list[str],
    rulings: list[Ruling],
    matches: list[Match],
    entities: Mapping[str, str],
    chance: random.Random,
) -> None:
    keys_turned, rulings_turned, turned = list(source_keys), list(rulings), list(matches)
    for each in (keys_turned, rulings_turned, turned):
        chance.shuffle(each)
    backwards = dict(sorted(entities.items(), reverse=True))
    assert identities(join_all(source_keys, rulings, matches, entities)) == identities(
        join_all(keys_turned, rulings_turned, turned, backwards)
    )


@settings(deadline=None, max_examples=100)
@given(keys, rulings_of, rulings_of, matches_of)
def test_every_judgement_is_found_again_after_merge_split_and_rebuild(
    source_keys: list[str], first: list[Ruling], then: list[Ruling], matches: list[Match]
) -> None:
    """A judgement names a record; whatever is ruled later, the record's key leads to one page."""
    later = [ruling(100 + each.number, each.verdict, each.left, each.right) for each in then]
    pics = registered(source_keys).pics
    addresses: set[str] = set()
    for rulings in ([], first, [*first, *later], first, []):
        joined = join_all(source_keys, rulings, matches)
        alias = list_aliases(joined.clusters, pics)
        known = {found.organisation_id for found in joined.clusters}
        addresses |= known
        assert set(alias.values()) <= known
        assert known | set(source_keys) <= alias.keys()
        assert addresses <= alias.keys(), "an address once given out leads somewhere"
        same = identities(joined)
        assert {key: alias[key] for key in source_keys} == same
    assert same == identities(join_all(source_keys, (), matches)), "all taken back, all as before"


@settings(deadline=None, max_examples=100)
@given(keys, rulings_of, matches_of, keys)
def test_identity_does_not_move_when_other_records_come(
    source_keys: list[str], rulings: list[Ruling], matches: list[Match], more: list[str]
) -> None:
    """New records with keys of their own leave the identity of what was there alone."""
    strangers = [f"{key.split(':')[0]}:9{key.split(':')[1]}" for key in more]
    before = identities(join_all(source_keys, rulings, matches))
    after = identities(join_all([*source_keys, *strangers], rulings, matches))
    assert {key: after[key] for key in source_keys} == before


@settings(deadline=None, max_examples=100)
@given(keys, st.lists(pairs, max_size=15), st.lists(pairs, max_size=6))
def test_groups_part_all_keys_and_identifiers_are_their_own(
    source_keys: list[str], joined: list[tuple[str, str]], apart: list[tuple[str, str]]
) -> None:
    known = set(source_keys)
    links = [Link(left, right, "ruling") for left, right in joined if {left, right} <= known]
    grouping = cluster(source_keys, links, apart, Held())
    assert sorted(key for group in grouping.groups for key in group) == sorted(source_keys)
    assert len(grouping.used) + len(grouping.refused) == len(links)
    where = {key: place for place, group in enumerate(grouping.groups) for key in group}
    assert all(where[link.left] == where[link.right] for link in grouping.used)
    assert all(where[left] != where[right] for left, right in apart if {left, right} <= known)
    clusters = identify(grouping.groups, registered(source_keys).pics)
    assert len({found.organisation_id for found in clusters}) == len(grouping.groups)
    for found in clusters:
        assert found.anchor_key in found.members


def test_splitting_and_joining_again_brings_back_each_address() -> None:
    source_keys = ["he:1", "h2020:1", "he:2"]
    split = [ruling(1, "different", "he:1", "h2020:1")]
    moved = [*split, ruling(2, "same", "h2020:1", "he:2")]
    homes = defaultdict(list)
    for rulings in ([], split, moved, split, []):
        for key, home in identities(join_all(source_keys, rulings)).items():
            homes[key].append(home)
    assert homes["h2020:1"] == ["pic:1", "h2020:1", "pic:2", "h2020:1", "pic:1"]
    assert homes["he:1"] == ["pic:1"] * 5


@pytest.mark.parametrize("key", KEYS)
def test_a_record_alone_is_an_organisation(key: str) -> None:
    (found,) = join_all([key]).clusters
    assert (found.anchor_key, found.members) == (key, (key,))
