"""The first step of a chain at a glance: gaps, single sources, technologies, market, working group."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from scripts.tracing.page import read_page
from tests.web.site import CHAIN, Site


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_chain_at_a_glance(visitor: TestClient, site: Site, language: str) -> None:
    html = visitor.get(f"/{language}/chains/{CHAIN}").text
    page = read_page(html)
    assert page.strays == []
    assert f"/{language}/taxonomies/technologies/process" in html
    said = (
        ("at a glance", "Invented: EUR 120 million", "The protein table", "Regions that take part")
        if language == "en"
        else ("in één oogopslag", "Verzonnen: EUR 120 miljoen", "De eiwittafel", "die meedoen")
    )
    for words in said:
        assert words in html, words
    twin = visitor.get(f"/{language}/chains/{CHAIN}.json").json()["answer"]["view"]
    stages = {stage["stage"]["stage"]: stage["parties"] for stage in twin["stages"]}
    carried = [
        [party for party in parties if party["is_core"] or party["placing"]]
        for parties in stages.values()
    ]
    gap, single = (
        ("gap: nobody", "single source") if language == "en" else ("gat: niemand", "één partij")
    )
    assert html.count(gap) == sum(not parties for parties in carried)
    assert html.count(f"<strong>{single}</strong>") == sum(len(parties) == 1 for parties in carried)
