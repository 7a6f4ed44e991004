"""Every page, in both languages, and its twin as data."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from starlette.testclient import TestClient

from scripts.tracing.page import read_page
from tests.web.site import Site

LANGUAGES = ("nl", "en")
KINDS = (
    *("home", "search", "search-nothing", "organisation", "nameless", "partners", "projects"),
    *("project", "regions", "country", "region", "region-set", "region-organisations", "why"),
    *("record", "sources", "source", "issues", "issues-of-a-kind", "methods", "components"),
    *("about", "accessibility", "taxonomies", "taxonomy", "taxonomy-entry"),
    *("initiatives", "initiatives-asked", "initiative", "matrix", "matrix-by-region"),
    *("technologies", "technology", "technology-projects", "technology-organisations"),
    *("technology-queue", "chain-queue", "classification", "mission", "mission-projects"),
    *("technology-dutch", "region-narrowed"),
    "mission-organisations",
    *("suggest-missing", "suggest-correction", "suggest-membership"),
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_page_is_whole(visitor: TestClient, site: Site, kind: str, language: str) -> None:
    reply = visitor.get(f"/{language}{site.addresses()[kind]}")
    assert reply.status_code == 200
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    assert f'<html lang="{language}"' in reply.text
    assert reply.text.count("<h1") == 1
    assert headings_descend(reply.text)
    assert len(re.findall(r'\bid="([^"]+)"', reply.text)) == len(
        set(re.findall(r'\bid="([^"]+)"', reply.text))
    )
    assert " style=" not in reply.text
    assert "<style" not in reply.text
    assert not re.search(r"<[^>]*\son[a-z]+=", reply.text)
    assert read_page(reply.text).strays == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_twin_says_the_same(visitor: TestClient, site: Site, kind: str) -> None:
    path, _, query = site.addresses()[kind].partition("?")
    twin = f"/en{path.rstrip('/')}.json" + (f"?{query}" if query else "")
    by_ending = visitor.get(twin)
    by_header = visitor.get(f"/en{site.addresses()[kind]}", headers={"accept": "application/json"})
    assert by_ending.status_code == by_header.status_code == 200
    assert by_ending.json() == by_header.json()
    page = read_page(visitor.get(f"/en{site.addresses()[kind]}").text)
    figures = {figure["why"]: figure["value"] for figure in figures_in(by_ending.json()["answer"])}
    for shown in page.figures:
        assert shown.why in figures, shown
        known = figures[shown.why]
        assert (known is None) == (shown.raw is None)
        if shown.raw is not None:
            assert Decimal(str(known)) == Decimal(shown.raw)


def test_both_languages_show_the_same_figures(visitor: TestClient, site: Site) -> None:
    for kind in KINDS:
        dutch, english = (
            read_page(visitor.get(f"/{language}{site.addresses()[kind]}").text)
            for language in LANGUAGES
        )
        assert [(shown.key, shown.raw) for shown in dutch.figures] == [
            (shown.key, shown.raw) for shown in english.figures
        ]


def test_invented_data_are_called_invented(visitor: TestClient, site: Site) -> None:
    for language, words in (("nl", "Verzonnen gegevens"), ("en", "Invented data")):
        for kind in KINDS:
            assert words in visitor.get(f"/{language}{site.addresses()[kind]}").text, kind
    assert visitor.get("/en.json").json()["evidence"]["invented"] is True
    assert visitor.get("/healthz").json()["invented"] is True


def test_every_link_of_the_site_leads_somewhere(visitor: TestClient, site: Site) -> None:
    links = {
        link.partition("#")[0]
        for kind in KINDS
        for link in read_page(visitor.get(f"/nl{site.addresses()[kind]}").text).links
    }
    chosen = sorted(links)
    # The figures are followed by the tracer; here a sample of every kind of link is enough.
    sample = [link for place, link in enumerate(chosen) if "/why?" not in link or place % 40 == 0]
    for link in sample[:400]:
        assert visitor.get(link).status_code in {200, 302, 308}, link


def test_a_judgement_made_after_the_build_is_laid_over(visitor: TestClient, site: Site) -> None:
    english = visitor.get(f"/en/organisations/{site.organisation}").text
    assert "since the last build" in english
    assert "They share a &lt;b&gt;street&lt;/b&gt; &amp; nothing else" in english
    answer = visitor.get(f"/en/organisations/{site.organisation}.json").json()["answer"]
    assert answer["organisation"]["judgements"][0]["kind"] == "different"


def test_a_nameless_organisation_is_shown_as_such(visitor: TestClient, site: Site) -> None:
    assert "Organisatie zonder naam" in visitor.get(f"/nl/organisations/{site.nameless}").text


def test_the_rows_of_a_figure_can_be_taken_along(visitor: TestClient, site: Site) -> None:
    query = f"measure=projects&organisation={site.organisation}"
    page = visitor.get(f"/en/why.json?{query}").json()["answer"]["why"]
    total = page["records_total"]["value"]
    table = visitor.get(f"/en/why/rows.csv?{query}")
    assert table.headers["content-type"].startswith("text/csv")
    assert len(table.text.split("\r\n")) - 2 == total
    assert table.text.startswith("record_id,source,release,delivery,file,line,projectID,")
    rows = visitor.get(f"/en/why/rows.json?{query}").json()["rows"]
    assert len(rows) == total
    assert rows[0]["cells"]["organisationID"] in site.organisation


def figures_in(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        if {"measure", "why", "value"} <= value.keys():
            return [value]
        return [found for item in value.values() for found in figures_in(item)]
    if isinstance(value, list):
        return [found for item in value for found in figures_in(item)]
    return []


def headings_descend(html: str) -> bool:
    levels = [int(level) for level in re.findall(r"<h([1-6])\b", html)]
    return levels[0] == 1 and all(b - a <= 1 for a, b in pairwise(levels))


def test_json_is_plain(visitor: TestClient, site: Site) -> None:
    text = visitor.get(f"/nl/projects/{site.project}.json").text
    assert json.loads(text)["language"] == "nl"
