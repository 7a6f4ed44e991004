"""The tracer weighs a choice anew with draws of its own, and catches a figure that is not so."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from keten.portfolio.records import leave_out_development, record_development
from keten.settings import Settings
from keten.web.app import create_app
from keten.workspace import Store, open_store
from scripts.tracing.page import Shown, read_page
from scripts.tracing.weighing import MEASURES, hold_choice, is_of_choice
from tests.flows.conftest import NOW, Region
from tests.flows.test_trace import Visited

CHOICE = "/en/chains/new-proteins/choice"
NAME = "invented-coast"
WEIGHED = (
    "",
    "?low-task=20&high-task=50",
    "?place-money=1&place-task=2",
    "?place-firms=1&place-money=2&place-task=3&high-firms=60",
)
# By how much of the whole a share is altered, to be seen through the error of drawing.
_SEEN = {"central_weight": 0.3, "confidence": 0.05, "first_where": 0.15, "worth_of_knowing": 0.15}


@pytest.fixture
def site(chained_visitor: TestClient) -> Visited:
    return Visited(chained_visitor, lambda _, text: text)


def figures_of(site: Visited, query: str) -> dict[str, Shown]:
    page, _ = site.page(f"{CHOICE}{query}")
    return {figure.key: figure for figure in read_page(page).figures if is_of_choice(figure)}


@pytest.mark.parametrize("query", WEIGHED)
def test_a_choice_holds_whatever_is_said_of_the_weights(
    site: Visited, chained: Region, query: str
) -> None:
    figures = figures_of(site, query)
    held = hold_choice(site, chained.home, figures)  # type: ignore[arg-type]
    assert (held.differences, held.not_recomputed) == ([], [])
    assert held.recomputed == len(figures) > 80
    if not query:
        assert {key.split("measure=")[1].split("&")[0] for key in figures} == MEASURES


@pytest.mark.parametrize("query", WEIGHED[1:])
def test_what_is_said_of_the_weights_counts(site: Visited, chained: Region, query: str) -> None:
    """Figures of weights that are bound are not those of weights that are open."""
    bound = figures_of(site, query)
    free = figures_of(site, "")
    swapped = {
        key: replace(figure, raw=other.raw, bounds=other.bounds)
        for (key, figure), other in zip(bound.items(), free.values(), strict=True)
    }
    assert len(hold_choice(site, chained.home, swapped).differences) > 5  # type: ignore[arg-type]


def test_every_altered_figure_is_caught(site: Visited, chained: Region) -> None:
    figures = figures_of(site, "")
    # Confidence is held at the central weights shown, so these are altered apart.
    central = {key for key in figures if "central_weight" in key}
    for some in (central, figures.keys() - central):
        altered = {key: replace(figures[key], raw=_alter(key, figures[key])) for key in some}
        cheated = hold_choice(site, chained.home, {**figures, **altered})  # type: ignore[arg-type]
        assert some <= {fault.split(": ")[0] for fault in cheated.differences}


def _alter(key: str, shown: Shown) -> str:
    measure = key.split("measure=")[1].split("&", maxsplit=1)[0]
    value = float(shown.raw or 0)
    return str(value + (1.0 if value > 1 else _SEEN.get(measure, 0.04)))


def test_an_altered_interval_is_caught(site: Visited, chained: Region) -> None:
    figures = {
        key: replace(shown, bounds=(shown.bounds[0], ("0.999", "99.9%")))
        for key, shown in figures_of(site, "").items()
        if "rank_acceptability" in key or "confidence" in key
    }
    cheated = hold_choice(site, chained.home, figures)  # type: ignore[arg-type]
    assert len(cheated.differences) == len(figures) > 8


def test_what_people_changed_and_left_out_is_weighed(
    site: Visited, chained: Region, tmp_path: Path
) -> None:
    """Figures of the file alone no longer hold once people say otherwise, and do when they take it back."""
    figures = figures_of(site, "")
    with _copied(chained.home, tmp_path) as store:
        line = leave_out_development(store, NAME, "insect-barns", "No.", "me", _later(0))
        assert len(hold_choice(site, tmp_path, _still(figures)).differences) > 10  # type: ignore[arg-type]
        store.withdraw(line.number, "Yes.", "me", _later(1))
        assert hold_choice(site, tmp_path, figures).differences == []  # type: ignore[arg-type]
        said = store.content("developments", NAME)
        assert said is not None
        first = {**said.value["developments"][0], "scores": {"task": 9, "firms": 25, "money": 8}}
        record_development(store, NAME, first, "Better.", "me", _later(2))
    assert len(hold_choice(site, tmp_path, figures).differences) > 10  # type: ignore[arg-type]


def test_equals_share_their_ranks(chained: Region, site: Visited, tmp_path: Path) -> None:
    with _copied(chained.home, tmp_path) as store:
        said = store.content("developments", NAME)
        assert said is not None
        scores = {"task": 6, "firms": 20, "money": 10}
        for number, each in enumerate(said.value["developments"]):
            record_development(
                store, NAME, {**each, "scores": scores}, "Alike.", "me", _later(number)
            )
    app = create_app(Settings(home=tmp_path, home_country="QN"), clock=lambda: NOW)
    shutil.copytree(chained.home / "evidence", tmp_path / "evidence")
    with TestClient(app) as visitor:
        figures = figures_of(Visited(visitor, lambda _, text: text), "")
    ranks = [one.raw for key, one in figures.items() if "rank_acceptability" in key]
    assert {round(float(share or 0), 6) for share in ranks} == {0.333333}
    assert hold_choice(site, tmp_path, figures).differences == []  # type: ignore[arg-type]


def _still(figures: dict[str, Shown]) -> dict[str, Shown]:
    return {key: shown for key, shown in figures.items() if "insect-barns" not in key}


def _later(seconds: int) -> datetime:
    return datetime(2026, 11, 21, 13, 0, seconds, tzinfo=UTC)


@contextmanager
def _copied(home: Path, into: Path) -> Iterator[Store]:
    with (
        closing(sqlite3.connect(home / "workspace.sqlite")) as original,
        closing(sqlite3.connect(into / "workspace.sqlite")) as con,
    ):
        original.backup(con)
    with open_store(into) as store:
        yield store
