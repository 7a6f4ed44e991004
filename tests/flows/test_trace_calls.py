"""The tracer works the figures about calls out of the files, and catches each that is altered."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from scripts.tracing.calls import hold_calls, is_of_calls
from scripts.tracing.page import Shown, read_page
from tests.flows.conftest import Region
from tests.flows.test_trace import Visited, read_raw

FUNDING = "/en/chains/new-proteins/funding"


@pytest.fixture
def site(chained_visitor: TestClient) -> Visited:
    return Visited(chained_visitor, lambda _, text: text)


def figures_of(site: Visited) -> dict[str, Shown]:
    calls = site.twin(FUNDING)["calls"]
    pages = [FUNDING, *(f"/en/calls/{row['call_id']}" for row in calls["rows"])]
    pages += [f"{FUNDING}?part={row['part']}" for row in calls["parts"]]
    shown = [figure for page in pages for figure in read_page(site.page(page)[0]).figures]
    return {figure.key: figure for figure in shown if is_of_calls(figure)}


def test_every_figure_about_calls_holds_and_none_can_be_altered(
    site: Visited, chained: Region, tmp_path: Path
) -> None:
    raw = read_raw(site, chained, tmp_path)
    figures = figures_of(site)
    held = hold_calls(site, raw, chained.data, figures)  # type: ignore[arg-type]
    assert (held.differences, held.not_recomputed) == ([], [])
    assert held.recomputed == len(figures) > 20
    altered = {
        key: replace(shown, raw=str(float(shown.raw or 0) + 1)) for key, shown in figures.items()
    }
    cheated = hold_calls(site, raw, chained.data, altered)  # type: ignore[arg-type]
    assert len(cheated.differences) == len(figures)
