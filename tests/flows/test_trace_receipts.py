"""The tracer holds what other sources say, and what speaks for two records; whoever cheats is caught."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from keten.evidence import latest
from scripts.tracing.canvas import Held
from scripts.tracing.page import Shown, read_page
from scripts.tracing.pairs import hold_pairs
from scripts.tracing.raw import Raw
from scripts.tracing.receipts import hold_receipts, is_of_receipts
from tests.flows.conftest import Region
from tests.flows.test_trace import Visited, read_raw

Hold = Callable[[Visited, dict[str, Shown]], Held]


@pytest.fixture(scope="module")
def site(visitor: TestClient) -> Visited:
    return Visited(visitor, lambda _, text: text)


@pytest.fixture(scope="module")
def raw(site: Visited, region: Region, tmp_path_factory: pytest.TempPathFactory) -> Raw:
    return read_raw(site, region, tmp_path_factory.mktemp("raw"))


@pytest.fixture(scope="module")
def hold(raw: Raw, region: Region) -> Hold:
    return lambda site, figures: hold_receipts(site, raw, region.data, figures)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def figures(site: Visited, region: Region) -> dict[str, Shown]:
    sql = (
        "select organisation_id from receipt group by all "
        "order by count(distinct source) desc, organisation_id limit 1"
    )
    ((owner,),) = latest(region.home).cursor().execute(sql).fetchall()
    page, _ = site.page(f"/en/organisations/{owner}")
    return {figure.key: figure for figure in read_page(page).figures}


def test_all_that_other_sources_say_is_found_in_their_lists(
    site: Visited, hold: Hold, figures: dict[str, Shown]
) -> None:
    held = hold(site, figures)
    assert held.differences == []
    assert held.recomputed == sum(is_of_receipts(figure) for figure in figures.values()) > 3


def test_an_altered_amount_is_caught(site: Visited, hold: Hold, figures: dict[str, Shown]) -> None:
    for key, figure in figures.items():
        if is_of_receipts(figure) and figure.raw:
            wrong = replace(figure, raw=str(float(figure.raw) + 1))
            assert hold(site, {key: wrong}).differences, key


def test_a_row_left_out_is_caught(
    visitor: TestClient, hold: Hold, figures: dict[str, Shown]
) -> None:
    def leave_out(path: str, text: str) -> str:
        return "\n".join(text.split("\n")[:-2]) if path.endswith("/places.csv") else text

    cheating = Visited(visitor, leave_out)
    for key, figure in figures.items():
        if is_of_receipts(figure):
            assert hold(cheating, {key: figure}).differences, key


def test_what_speaks_for_two_records_adds_up(site: Visited) -> None:
    asked = site.twin("/en/review")["queue"]["current"]
    page, _ = site.page(f"/en/organisations/{asked['left_key']}/compare/{asked['right_key']}")
    found = {figure.key: figure for figure in read_page(page).figures}
    held = hold_pairs(site, found)  # type: ignore[arg-type]
    assert held.differences == []
    assert held.recomputed > 4
    for key, figure in found.items():
        wrong = replace(figure, raw=str(float(figure.raw or 0) + 0.5))
        assert hold_pairs(site, {key: wrong}).differences, key  # type: ignore[arg-type]
