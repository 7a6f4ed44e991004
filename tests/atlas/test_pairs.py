"""A comparison as people read it: steps that add up, chances in words of a hundred, and a reason."""

from __future__ import annotations

import math
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keten.atlas.identity_views import SourceRecord
from keten.atlas.pairs import in_hundred, make_pair, write_reason
from keten.model import Comparison, ComparisonPart, Judgement, Text
from keten.web.language import words_in
from keten.web.numbers import write_number
from keten.web.pages.identity.words import say_chance, say_outcome
from keten.web.pictures.waterfall import draw_waterfall


def record(key: str, name: str) -> SourceRecord:
    programme = key.partition(":")[0]
    nothing = (None,) * 9
    return SourceRecord(key, programme, name, None, (), *nothing, record_id=7, organisation=None)


def part(name: str, weight: float, found: str = "the same") -> ComparisonPart:
    return ComparisonPart(
        name, "level", Text(name, f"{name} (nl)"), Text(found, f"{found} (nl)"), "a", "b", weight
    )


def compare(
    *weights: float, start: float = -4.6, verdict: str = "review", rule: str = "alone"
) -> Comparison:
    parts = tuple(part(f"part{place}", weight) for place, weight in enumerate(weights))
    score = start + sum(weights)
    chance = in_hundred(score) / 100
    return Comparison(
        "he:1", "ror:x", "One", "Other", start, parts, score, chance, verdict, rule, (), (7, 7)
    )


def said(number: int, kind: str, left: str, right: str) -> Judgement:
    return Judgement(number, kind, left, right, "why", "me", datetime(2026, 1, 1, tzinfo=UTC))


BUILT = datetime(2026, 6, 1, tzinfo=UTC)
LEFT, RIGHT = record("he:1", "One"), record("ror:x", "Other")


@given(st.lists(st.floats(-9, 9), max_size=8), st.floats(-9, 0))
def test_steps_lead_from_the_start_to_the_chance(weights: list[float], start: float) -> None:
    view = make_pair(compare(*weights, start=start), LEFT, RIGHT, ())
    places = [start, *(step.after for step in view.steps)]
    assert [step.before for step in view.steps] == places[:-1]
    assert places[-1] == pytest.approx(view.comparison.score)
    for step, weight in zip(view.steps, weights, strict=True):
        assert float(step.times.value or 0) == pytest.approx(math.exp(abs(weight)))
        assert (step.speaks == "for") == (weight >= 0.05)
        assert (step.speaks == "against") == (weight <= -0.05)
    if view.steps:
        assert view.steps[-1].chance.value == pytest.approx(view.chance.value)
    assert draw_waterfall(
        start, view.steps, view.comparison.score, words_in("nl"), "nl"
    ).startswith("<svg")


def test_log_odds_of_any_size_are_a_chance() -> None:
    assert in_hundred(0) == 50
    assert in_hundred(-1000) == 0
    assert in_hundred(1000) == 100
    assert in_hundred(3) + in_hundred(-3) == pytest.approx(100)


def test_of_what_was_said_the_pair_keeps_its_own_rulings() -> None:
    lines = [
        said(1, "same", "he:1", "he:2"),
        said(2, "different", "ror:x", "he:1"),
        said(3, "note", "he:1", "ror:x"),
    ]
    view = make_pair(compare(1.0), LEFT, RIGHT, lines)
    assert [line.number for line in view.rulings] == [2]
    assert view.ruling is not None
    assert make_pair(compare(1.0), LEFT, RIGHT, ()).ruling is None


def test_a_reason_names_the_most_telling_findings_first() -> None:
    view = make_pair(compare(0.5, -3.0, 0.01, 2.0), LEFT, RIGHT, ())
    assert write_reason(view, "en") == (
        "Compared: part1: the same; part3: the same; part0: the same."
    )
    assert write_reason(view, "nl").startswith("Vergeleken: part1 (nl): the same (nl);")
    assert write_reason(make_pair(compare(), LEFT, RIGHT, ()), "en") == ""


@pytest.mark.parametrize(
    ("verdict", "rule", "words"),
    [
        ("same", "match", "enough spoke for it"),
        ("same", "same-pic", "same participant number"),
        ("same", "ruling", "a person ruled so"),
        ("same", "alone", "by way of other records"),
        ("review", "alone", "people are asked"),
        ("apart", "alone", "too little speaks for one"),
        ("refused", "alone", "They were not joined"),
    ],
)
def test_what_the_build_did_is_said(verdict: str, rule: str, words: str) -> None:
    view = make_pair(compare(1.0, verdict=verdict, rule=rule), LEFT, RIGHT, ())
    assert words in say_outcome(view, words_in("en"), BUILT)
    assert say_outcome(view, words_in("nl"), BUILT) != say_outcome(view, words_in("en"), BUILT)


def test_a_ruling_keeps_apart_what_was_built_after_it() -> None:
    lines = [said(1, "different", "he:1", "ror:x")]
    view = make_pair(compare(1.0, verdict="apart"), LEFT, RIGHT, lines)
    assert "because a person ruled so" in say_outcome(view, words_in("en"), BUILT)
    before = datetime(2025, 1, 1, tzinfo=UTC)
    assert "too little speaks" in say_outcome(view, words_in("en"), before)
    joined = make_pair(compare(1.0, verdict="same", rule="match"), LEFT, RIGHT, lines)
    assert not joined.is_ruled_apart(BUILT)


@pytest.mark.parametrize(
    ("score", "words"),
    [
        (6.0, "Nearly certainly one"),
        (3.0, "Very likely one"),
        (1.0, "Probably one"),
        (0.0, "either"),
        (-1.0, "Probably two"),
        (-3.0, "Very likely two"),
        (-9.0, "Nearly certainly two"),
    ],
)
def test_how_likely_it_is_is_said(score: float, words: str) -> None:
    view = make_pair(compare(start=score), LEFT, RIGHT, ())
    assert words in say_chance(view, words_in("en"))


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (97.31, "in-hundred", "97"),
        (99.42, "in-hundred", "99.4"),
        (99.9999, "in-hundred", "99.99"),
        (100.0, "in-hundred", "99.99"),
        (0.3, "in-hundred", "0.3"),
        (0.0, "in-hundred", "0.01"),
        (50.0, "in-hundred", "50"),
        (1.0, "times", "1.0"),
        (27.4, "times", "27"),
        (2981.0, "times", "3,000"),
        (0.034, "times", "0.034"),
    ],
)
def test_chances_are_never_none_or_all(value: float, unit: str, written: str) -> None:
    assert write_number(value, unit, "en") == written
