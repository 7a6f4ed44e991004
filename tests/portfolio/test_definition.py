"""Definitions of developments: what is read, and in which words a wrong one is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from keten.errors import UsageError
from keten.model import Given
from keten.portfolio.definition import read_development, read_developments, write_development
from keten.workspace.examples import FOLDER
from tests.portfolio.conftest import definition


def test_a_definition_is_read() -> None:
    portfolio = read_developments(definition())
    work, cost = portfolio.criteria
    assert (work.worst, work.best) == (0, 10)
    assert (cost.worst, cost.best) == (100, 0)
    assert (cost.lowest, cost.highest) == (0, 100)
    assert portfolio.developments[0].scores == {"work": (8, 9), "cost": (70, 90)}


def test_a_development_written_is_read_again() -> None:
    portfolio = read_developments(definition())
    for each in portfolio.developments:
        again = read_development(Given(write_development(each), "x"), portfolio.criteria)
        assert again == each


def test_a_single_number_is_a_score_without_doubt() -> None:
    value = definition()
    value["developments"][0]["scores"]["work"] = 7
    assert read_developments(value).developments[0].scores["work"] == (7, 7)


def _set(*path: Any) -> Callable[[dict[str, Any]], None]:
    *keys, last, new = path

    def change(value: dict[str, Any]) -> None:
        at: Any = value
        for key in keys:
            at = at[key]
        at[last] = new

    return change


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_set("criteria", 0, "direction", "up"), "'direction' is 'up'"),
        (_set("criteria", 0, "scale", [5, 5]), "'scale' is [5, 5]"),
        (_set("criteria", []), "0 under 'criteria'"),
        (_set("developments", 0, "scores", "work", [9, 8]), "'work' is [9, 8]"),
        (_set("developments", 0, "scores", "work", [9, 11]), "'work' is [9, 11]"),
        (_set("developments", 0, "scores", "work", "much"), "'work' is 'much'"),
        (_set("developments", 0, "scores", "work", True), "'work' is True"),
        (_set("developments", 0, "scores", "wrok", 3), "'wrok' is not a key"),
        (_set("developments", 0, "scores", None), "'scores' is None"),
        (_set("developments", 0, "parties", ["Alpha"]), "'parties' is ['Alpha']"),
        (_set("developments", 1, "development", "a"), "'developments' is"),
        (_set("developments", [{}]), "'scores' is missing"),
        (_set("label", "Made"), "'label' is 'Made'"),
        (_set("colour", "red"), "'colour' is not a key"),
    ],
)
def test_what_is_wrong_is_named(change: Callable[[dict[str, Any]], None], told: str) -> None:
    value = definition()
    change(value)
    with pytest.raises(UsageError) as caught:
        read_developments(value)
    assert told in caught.value.what
    assert caught.value.next_step


@pytest.mark.parametrize("path", sorted(FOLDER.glob("developments-*.yaml")), ids=lambda p: p.stem)
def test_the_examples_are_labelled_as_such(path: Path) -> None:
    value = yaml.safe_load(path.read_text(encoding="utf-8"))
    portfolio = read_developments({**value, "valid_from": str(value["valid_from"])})
    assert portfolio.is_example
    assert 3 <= len(portfolio.developments) <= 8
    assert portfolio.chains
