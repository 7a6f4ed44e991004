"""The queue: which pairs people are asked about, and in which order."""

from __future__ import annotations

from decimal import Decimal

import pytest

from keten.evidence.resolve.cluster import Link
from keten.evidence.resolve.queue import Question, count_places, measure_doubt, rank_questions
from keten.evidence.resolve.relations import Tie
from keten.evidence.resolve.verdict import Outcome, judge, list_questions
from tests.evidence.resolve.records import match, registered

ONE = {"he:1": "pic:1", "he:2": "pic:2", "rijk:x": "rijk:x", "rijk:y": "rijk:y", "kvk:01": "kvk:01"}
MEMBERS = {found: (key,) for key, found in ONE.items()}


def outcome(*apart: tuple[str, str]) -> Outcome:
    return Outcome(ONE, MEMBERS, set(apart), registered(ONE).list_borne)


def test_money_and_uncertainty_together_say_what_comes_first() -> None:
    money = {"pic:1": Decimal(5_000_000), "pic:2": Decimal(1_000_000), "rijk:x": Decimal(20_000)}
    asked = [
        Question("he:1", "rijk:x", 0.5, "link"),
        Question("he:1", "rijk:y", 0.5, "link"),
        Question("he:1", "kvk:01", 0.99, "link"),
        Question("he:1", "he:2", 0.9, "duplicate"),
    ]
    ranked = rank_questions(asked, ONE, money)
    assert [(r.question.right, int(r.money_eur)) for r in ranked] == [
        ("he:2", 1_000_000), ("rijk:x", 20_000), ("rijk:y", 0), ("kvk:01", 0),
    ]  # fmt: skip


def test_two_organisations_are_asked_about_once() -> None:
    one = {**ONE, "h2020:1": "pic:1"}
    asked = [Question("h2020:1", "rijk:x", 0.2, "link"), Question("he:1", "rijk:x", 0.4, "link")]
    (ranked,) = rank_questions(asked, one, {})
    assert ranked.question.left == "he:1"
    assert rank_questions([Question("h2020:1", "he:1", 0.5, "link")], one, {}) == []


@pytest.mark.parametrize(
    ("chance", "kind", "doubt"),
    [(0.5, "link", 1.0), (1.0, "link", 0.0), (0.0, "succession", 0.0), (0.9, "duplicate", 0.9)],
)
def test_doubt_is_what_the_chance_leaves_open(chance: float, kind: str, doubt: float) -> None:
    assert measure_doubt(Question("a", "b", chance, kind)) == pytest.approx(doubt)


@pytest.mark.parametrize(("records", "places"), [(0, 0), (99, 9), (100_000, 5_000)])
def test_the_queue_holds_no_more_than_a_tenth_of_the_records(records: int, places: int) -> None:
    assert count_places(records) == places


def test_what_became_of_a_pair() -> None:
    joined = Outcome({**ONE, "rijk:x": "pic:1"}, MEMBERS, set(), registered(ONE).list_borne)
    assert judge(match("he:1", "rijk:x", 6), joined, 0.9, 0.1) == "linked"
    assert judge(match("he:1", "rijk:y", 0), joined, 0.9, 0.1) == "review"
    assert judge(match("he:1", "rijk:y", -4), joined, 0.9, 0.1) == "apart"
    assert judge(match("he:1", "he:2", 6), joined, 0.9, 0.1) == "refused"
    assert judge(match("he:1", "kvk:01", 6), outcome(("kvk:01", "pic:1")), 0.9, 0.1) == "refused"


def test_who_was_ruled_different_is_not_asked_about() -> None:
    pairs = [match("he:1", "rijk:x", 0), match("he:1", "he:2", 6)]
    found = outcome()
    verdicts = [judge(pair, found, 0.9, 0.1) for pair in pairs]
    asked = list_questions(pairs, verdicts, found, [], [], set())
    assert [(q.kind, q.left, q.right) for q in asked] == [
        ("link", "he:1", "rijk:x"), ("duplicate", "he:1", "he:2"),
    ]  # fmt: skip
    ruled = outcome(("pic:1", "rijk:x"), ("pic:1", "pic:2"))
    assert list_questions(pairs, ["review", "refused"], ruled, [], [], set()) == []


def test_what_a_register_relates_is_two_and_one_legal_entity_is_asked_about() -> None:
    pairs = [match("he:1", "he:2", 6)]
    found = outcome()
    assert list_questions(pairs, ["refused"], found, [], [], {("he:1", "he:2")}) == []
    link = Link("he:1", "he:2", "same-identifier")
    (asked,) = list_questions([], [], found, [link], [], set())
    assert (asked.kind, asked.probability) == ("duplicate", 0.9)
    kin = [Tie("he:1", "related", "he:2", "register")]
    assert list_questions([], [], found, [link], kin, set()) == []
    after = [Tie("he:1", "successor", "he:2", "register")]
    (asked,) = list_questions([], [], found, [link], after, set())
    assert (asked.kind, asked.probability) == ("succession", 0.5)
