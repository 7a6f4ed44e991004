"""The tracer holds the pages to the files, and catches whoever cheats."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from scripts.trace import Report, list_issues, trace_site
from scripts.tracing.chain import find_projects
from scripts.tracing.identity import find_broken, read_names
from scripts.tracing.page import read_page
from scripts.tracing.printed import disagreement
from scripts.tracing.raw import Raw
from tests.flows.conftest import NOW, Region

Change = Callable[[str, str], str]


class Visited:
    """The site as the tracer asks it, answered without a network; `change` may cheat."""

    def __init__(self, visitor: TestClient, change: Change) -> None:
        self._visitor = visitor
        self._change = change

    def page(self, address: str) -> tuple[str, str]:
        reply = self._visitor.get(address)
        assert reply.status_code == 200, (address, reply.status_code)
        return self._change(reply.url.path, reply.text), reply.url.path

    def file(self, address: str) -> tuple[bytes, str]:
        reply = self._visitor.get(address)
        assert reply.status_code == 200, (address, reply.status_code)
        return reply.content, reply.url.path

    def twin(self, address: str) -> Any:
        path, _, query = address.partition("?")
        text, _ = self.page(f"{path.rstrip('/')}.json" + (f"?{query}" if query else ""))
        return json.loads(text)["answer"]


def read_raw(site: Visited, region: Region, scratch: Path) -> Raw:
    """Read the rows of a region as the tracer does, with what it finds about chains in them."""
    files = [file for view in site.twin("/en/sources")["sources"] for file in view["files"]]
    raw = Raw(region.data, scratch, files)
    issues = list_issues(site)  # type: ignore[arg-type]
    raw.leave_out({(i["file_no"], i["line"]) for i in issues if i["severity"] == "row-lost"})
    raw.name(read_names(region.home))
    find_projects(raw, region.home, NOW.isoformat())
    return raw


def traced(visitor: TestClient, region: Region, scratch: Path, change: Change) -> Report:
    chosen = argparse.Namespace(pages=12, seed=3)
    return trace_site(Visited(visitor, change), region.data, region.home, scratch, chosen)  # type: ignore[arg-type]


def test_every_number_holds(visitor: TestClient, region: Region, tmp_path: Path) -> None:
    report = traced(visitor, region, tmp_path, lambda _, text: text)
    assert report.faults == []
    assert report.outcome.differences == []
    assert report.outcome.not_recomputed == []
    assert len(report.figures) > 50
    assert report.outcome.rows > 1000
    assert report.outcome.by_raw_columns > 30


# --- whoever cheats is caught -----------------------------------------------------------------


def test_altered_pages_are_caught(visitor: TestClient, region: Region, tmp_path: Path) -> None:
    def cheat(path: str, text: str) -> str:
        if path.endswith((".csv", ".json")):
            return text
        if "/projects/he-" in path or "/projects/h2020-" in path:  # value and print alike
            return re.sub(
                r'value="(\d)">\1<', lambda m: f'value="{int(m[1]) + 1}">{int(m[1]) + 1}<', text
            )
        if "/organisations/" in path and path.startswith("/nl"):  # one language only
            return text.replace('class="figure-value" value="', 'class="figure-value" value="1', 1)
        if "/regions/" in path:  # the print only
            return re.sub(r'(class="figure-value" value="\d+">)', r"\g<1>9", text, count=1)
        return text.replace("</h1>", "</h1><p>Some 17 more</p>", 1)  # a number out of nowhere

    report = traced(visitor, region, tmp_path, cheat)
    assert any("its rows give" in line for line in report.outcome.differences)
    assert any("Dutch" in fault for fault in report.faults)
    assert any("stands for" in fault for fault in report.faults)
    assert any("Some 17 more" in stray for stray in report.strays)
    assert not report.holds


def test_rows_left_out_put_in_or_swapped_are_caught(
    visitor: TestClient, region: Region, tmp_path: Path
) -> None:
    cheated: list[str] = []

    class Cheating(Visited):
        def page(self, address: str) -> tuple[str, str]:
            text, where = super().page(address)
            lines = text.splitlines()
            is_plain = "region" not in address and "kind" not in address and "sme" not in address
            if (
                "/places.csv?measure=participations" not in address
                or len(lines) < 3
                or not is_plain
            ):
                return text, where
            record = int(lines[-1].split(",")[0]) + 1
            other = f"{record},{record >> 32},{record & 0xFFFFFFFF}"
            way = len(cheated) % 3
            changed = ([*lines[:-1]], [*lines, other], [*lines[:-1], other])[way]
            cheated.append(
                (
                    "1 rows are not listed, 0",
                    "0 rows are not listed, 1",
                    "1 rows are not listed, 1",
                )[way]
            )
            return "\r\n".join(changed) + "\r\n", where

    chosen = argparse.Namespace(pages=12, seed=3)
    site = Cheating(visitor, lambda _, text: text)
    report = trace_site(site, region.data, region.home, tmp_path, chosen)  # type: ignore[arg-type]
    told = [line for line in report.outcome.differences if "not listed" in line]
    assert len(cheated) >= 3
    found = [re.search(r"\d+ rows are not listed, \d+", line) for line in told]
    assert sorted(cheated) == sorted(match[0] for match in found if match)


def test_a_row_left_out_of_list_and_value_alike_is_caught(
    visitor: TestClient, region: Region, tmp_path: Path
) -> None:
    """The worst cheat: list and value agree with each other, and both lack a row."""
    found: list[str] = []

    def cheat(path: str, text: str) -> str:
        if "/organisations/" in path and not path.endswith((".json", "/partners", "/projects")):
            for href, value in re.findall(
                r'href="/\w+/why\?(measure=participations[^"]*)"[^>]*><data class="figure-value" '
                r'value="(\d+)">',
                text,
            ):
                if int(value) < 1000:
                    found.append(href.replace("&amp;", "&"))
                    less = int(value) - 1
                    text = re.sub(
                        rf'(\?{re.escape(href)}"[^>]*><data class="figure-value" value=")\d+">[\d.,]+<',
                        rf'\g<1>{less}">{less}<',
                        text,
                    )
                    break
        return text

    class Cheating(Visited):
        def page(self, address: str) -> tuple[str, str]:
            text, where = super().page(address)
            if "places.csv" in address and address.split("?", 1)[1] in found:
                text = "\r\n".join(text.splitlines()[:-1]) + "\r\n"
            return text, where

    chosen = argparse.Namespace(pages=12, seed=3)
    report = trace_site(
        Cheating(visitor, cheat), region.data, region.home, tmp_path, chosen  # type: ignore[arg-type]
    )  # fmt: skip
    assert found
    assert any("1 rows are not listed" in line for line in report.outcome.differences)


# --- the tracer's own parts -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "raw", "language"),
    [
        ("1,234", "1234", "en"), ("1.234", "1234", "nl"), ("0", "0", "nl"),
        ("EUR 4.33 bn", "4329225443.57", "en"), ("EUR 4,33 mld", "4329225443.57", "nl"),
        ("EUR 451,500", "451500", "en"), ("EUR 451.500,25", "451500.25", "nl"),
        ("EUR 12.0 m", "11999999.99", "en"), ("EUR 451,500", "451500.25", "en"),
        ("12.5%", "0.125", "en"), ("12,5%", "0.125", "nl"), ("3.1 km", "3.14", "en"),
    ],
)  # fmt: skip
def test_a_number_is_read_back(printed: str, raw: str, language: str) -> None:
    assert disagreement(printed, raw, language) == ""


@pytest.mark.parametrize(
    ("printed", "raw", "language"),
    [
        ("1,234", "1235", "en"), ("1,234", "1234", "nl"), ("1234", "1234", "en"),
        ("EUR 4.33 bn", "4359225443.57", "en"), ("EUR 4 bn", "4329225443.57", "en"),
        ("EUR 451,500", "451501", "en"), ("12.5%", "0.135", "en"), ("many", "7", "en"),
        ("7", "seven", "en"), ("EUR 4,33 mld", "4329225443.57", "en"),
    ],
)  # fmt: skip
def test_a_number_that_says_something_else_is_found(printed: str, raw: str, language: str) -> None:
    assert disagreement(printed, raw, language) != ""


def test_only_declared_numbers_may_stand_on_a_page() -> None:
    page = read_page(
        """<!doctype html><html><head><title>7</title></head><body>
        <a class="figure" href="/en/why?measure=projects&amp;project=he-1" title="EUR 1.00">
        <data class="figure-value" value="3">3</data><span class="caveat-mark">†</span></a>
        <time datetime="2020">2020</time> <code class="id">he-1</code>
        <p class="source-text">In 1999 <b>and 2000</b></p> <input value="8"><br>
        <p><span class="id">NUTS 3</span> <span class="id">3 regions</span></p>
        <p>just 4</p><code>5</code><ul><li>6</ul></body></html>"""
    )
    assert [(shown.key, shown.raw, shown.printed) for shown in page.figures] == [
        ("measure=projects&project=he-1", "3", "3")
    ]
    assert [stray.split(" (")[0] for stray in page.strays] == ["3 regions", "just 4", "5", "6"]


def test_identities_are_held_to_what_is_promised() -> None:
    named = {
        "he:1": "pic:1",
        "h2020:1": "pic:1",
        "ror:a": "ror:a",
        "fp7:2": "ror:a",
        "rijk:f": "rijk:f",
    }
    assert find_broken(named, named, []) == []
    assert find_broken([*named, "he:9"], named, []) == ["he:9 is part of no organisation"]
    assert "pic:1 is several" in find_broken(named, {**named, "h2020:1": "pic:7"}, [])[0]
    assert find_broken(named, {**named, "rijk:f": "pic:1"}, []) == []
    assert "holds pic:1, pic:3" in find_broken(named, {**named, "he:3": "pic:1"}, [])[0]
    assert "should be named ror:a" in find_broken([], {"ror:a": "pic:2", "fp7:2": "pic:2"}, [])[0]
    split = [(1, "different", "he:1", "h2020:1")]
    assert find_broken(named, {**named, "h2020:1": "h2020:1"}, split) == []
    assert find_broken(named, named, split) == ["ruling 1 does not hold"]
    joined = [(1, "different", "he:1", "fp7:2"), (2, "same", "he:1", "fp7:2")]
    assert find_broken(named, {**named, "fp7:2": "pic:1"}, joined) == []
