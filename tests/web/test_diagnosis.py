"""The page Diagnose: whole in both languages, every number a figure that leads back, and honest words."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from starlette.testclient import TestClient

from keten.web.language import words_in
from keten.web.pictures.margins import Margin, draw_margins
from scripts.tracing.page import read_page
from tests.web.site import CHAIN, Site


def figures_in(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        if {"measure", "scope", "why"} <= set(value):
            return [value]
        return [found for item in value.values() for found in figures_in(item)]
    return (
        [found for item in value for found in figures_in(item)] if isinstance(value, list) else []
    )


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_is_whole(visitor: TestClient, site: Site, language: str) -> None:
    reply = visitor.get(f"/{language}{site.addresses()['diagnosis']}")
    assert reply.status_code == 200
    page = read_page(reply.text)
    assert page.strays == []
    assert page.figures
    ids = re.findall(r'\bid="([^"]+)"', reply.text)
    assert len(ids) == len(set(ids))
    assert " style=" not in reply.text


def test_the_twin_says_the_same(visitor: TestClient, site: Site) -> None:
    address = site.addresses()["diagnosis"]
    known = {f["why"]: f["value"] for f in figures_in(visitor.get(f"/en{address}.json").json())}
    for shown in read_page(visitor.get(f"/en{address}").text).figures:
        assert shown.why in known, shown
        if shown.raw is not None:
            assert Decimal(str(known[shown.why])) == Decimal(shown.raw)


def test_every_figure_leads_to_its_making(visitor: TestClient, site: Site) -> None:
    address = site.addresses()["diagnosis"]
    found = figures_in(visitor.get(f"/en{address}.json").json())
    by_measure = {figure["measure"]: figure for figure in found}
    assert {"specialisation", "expected_projects", "crossover_pairs", "projects"} <= set(by_measure)
    for figure in by_measure.values():
        reply = visitor.get(figure["why"])
        assert reply.status_code == 200, figure
        page = read_page(reply.text)
        assert page.strays == []
        first = page.figures[0]
        assert (first.raw is None) == (figure["value"] is None)
        if first.raw is not None:
            assert Decimal(first.raw) == Decimal(str(figure["value"]))


def test_an_unknown_chain_is_told_in_words(visitor: TestClient) -> None:
    reply = visitor.get("/nl/chains/no-such-chain/diagnosis")
    assert reply.status_code == 404
    assert "no-such-chain" in unescape(reply.text)


def test_regions_that_are_not_in_the_data_are_told_in_words(
    visitor: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = sys.modules["keten.web.pages.diagnosis.page"]
    before = page.read_chain
    monkeypatch.setattr(
        page, "read_chain", lambda *asked: replace(before(*asked), regions=("XX11", "QN11"))
    )
    reply = visitor.get(f"/nl/chains/{CHAIN}/diagnosis?fresh=1")
    assert reply.status_code == 404
    assert "niet te vergelijken: QN11+XX11" in unescape(reply.text)


def test_the_picture_holds_no_digit_and_stays_within_its_frame() -> None:
    rows = [Margin("a <field>", 1.5, 1.1, 2.0, "more"), Margin("b", 0.4, 0.001, 90.0, "alike")]
    drawn = str(draw_margins(rows, words_in("en")))
    assert "a &lt;field&gt;" in drawn
    assert not re.search(r">[^<]*[0-9][^<]*<", drawn)
    places = [float(x) for x in re.findall(r'\b(?:x1|x2|cx)="([0-9.-]+)"', drawn)]
    assert min(places) >= 280
    assert max(places) <= 760
    assert draw_margins([], words_in("nl")) == ""
