"""The tracer tests the past anew for a region, and catches each figure of Connect that is altered."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from starlette.testclient import TestClient

from scripts.tracing.connection import hold_connections, is_of_connection
from scripts.tracing.page import read_page
from tests.flows.conftest import Region
from tests.flows.test_trace import Visited, read_raw

HERE = "/en/chains/new-proteins/connections"


def test_every_figure_of_connect_holds_and_none_can_be_altered(
    chained: Region, chained_visitor: TestClient, tmp_path: Path
) -> None:
    site = Visited(chained_visitor, lambda _, text: text)
    raw = read_raw(site, chained, tmp_path)
    first = site.twin(HERE)["parties"][0]["organisation"]["organisation_id"]
    pages = [site.page(each)[0] for each in (HERE, f"{HERE}?party={quote(first)}")]
    shown = [figure for page in pages for figure in read_page(page).figures]
    figures = {figure.key: figure for figure in shown if is_of_connection(figure)}
    held = hold_connections(site, raw, figures)  # type: ignore[arg-type]
    assert (held.differences, held.not_recomputed) == ([], [])
    assert held.recomputed == len([one for one in figures.values() if one.raw is not None]) > 20
    # Means over lots drawn for few organisations leave much room.
    altered = {
        key: replace(one, raw=str(float(one.raw) + (4 if "ranking=chance" in key else 0.01)))
        for key, one in figures.items()
        if one.raw is not None
    }
    cheated = hold_connections(site, raw, altered)  # type: ignore[arg-type]
    assert len(cheated.differences) == len(altered)
