"""The tracer reads the printed plan numeral by numeral, and catches one that its page does not show."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace

import pypdf
import pytest
from starlette.testclient import TestClient

from scripts.trace import Report, _look
from scripts.tracing.page import read_page
from scripts.tracing.story import compare_numerals, hold_story, read_plan
from tests.flows.test_trace import Visited

CHAIN = "new-proteins"
STORY = f"/en/chains/{CHAIN}/story"


@pytest.fixture(scope="module")
def plan(chained_visitor: TestClient) -> tuple[str, list[str]]:
    """The page and the text of its printed copy."""
    printed = chained_visitor.get(f"{STORY}.pdf").content
    sheets = [sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(printed)).pages]
    return chained_visitor.get(STORY).text, sheets


@pytest.mark.parametrize("language", ["en", "nl"])
def test_print_says_what_the_page_says(chained_visitor: TestClient, language: str) -> None:
    site = Visited(chained_visitor, lambda _, text: text)
    assert hold_story(site, CHAIN, language) == ([], [])  # type: ignore[arg-type]


def test_a_numeral_smuggled_into_print_is_caught(plan: tuple[str, list[str]]) -> None:
    page, sheets = plan
    text = read_plan(page)
    assert compare_numerals(text, sheets) == ([], [])
    assert len(re.findall("[0-9]+", text)) > 40
    assert compare_numerals(text, [f"{sheets[0]} Some 417 more", sheets[1]])[0] == ["417"]
    # Also one that the page does show, but not so often.
    shown = re.findall(r"\((\d+)\)", sheets[0])[0]
    assert compare_numerals(text, [sheets[0] + f" {shown}", sheets[1]])[0] == [shown]
    assert compare_numerals(text, [re.sub(rf"\({shown}\)", "()", sheets[0], count=1), sheets[1]]) == (
        [], [shown],
    )  # fmt: skip


def test_a_copy_of_more_pages_than_two_is_caught(
    chained_visitor: TestClient, plan: tuple[str, list[str]]
) -> None:
    def print_more(content: bytes) -> bytes:
        writer = pypdf.PdfWriter()
        writer.append(io.BytesIO(content))
        writer.add_blank_page()
        whole = io.BytesIO()
        writer.write(whole)
        return whole.getvalue()

    faults, strays = hold_story(_printing(chained_visitor, print_more), CHAIN, "en")
    assert any("3 pages" in fault for fault in faults)
    assert strays == []


def test_a_figure_altered_on_the_page_alone_is_caught(chained_visitor: TestClient) -> None:
    def cheat(path: str, text: str) -> str:
        if not path.endswith("/story"):
            return text
        return re.sub(
            r'(class="figure-value" value=")(\d+)">\2<',
            lambda m: f'{m[1]}{int(m[2]) + 4000}">{int(m[2]) + 4000}<', text, count=1,
        )  # fmt: skip

    site = Visited(chained_visitor, cheat)
    faults, strays = hold_story(site, CHAIN, "en")  # type: ignore[arg-type]
    assert faults
    assert strays
    report = Report()
    for page in (f"chains/{CHAIN}", f"chains/{CHAIN}/story"):
        _look(site, page, report)  # type: ignore[arg-type]
    assert any("on one page" in fault for fault in report.faults)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (r'(figure-bound" value=")[0-9.]+', r"\g<1>0.99", "stands for"),
        (r'(figure-bound" value=")[0-9.]+">[^<]+', r'\g<1>0.25">25.0%', "within"),
    ],
)
def test_an_interval_that_differs_from_page_to_page_is_caught(
    chained_visitor: TestClient, old: str, new: str, told: str
) -> None:
    def cheat(path: str, text: str) -> str:
        return re.sub(old, new, text, count=1) if path == STORY else text

    report = Report()
    for page in (f"chains/{CHAIN}", f"chains/{CHAIN}/story"):
        _look(Visited(chained_visitor, cheat), page, report)  # type: ignore[arg-type]
    assert any(told in fault for fault in report.faults)


def test_bounds_are_read_off_a_page() -> None:
    (shown,) = read_page(
        '<a class="figure" href="/en/why?measure=share"><data class="figure-value" value="0.5">50%'
        '</data> <span>(<data class="figure-bound" value="0.25">25%</data> to '
        '<data class="figure-bound" value="0.75">75%</data>)</span></a>'
    ).figures
    assert shown.bounds == (("0.25", "25%"), ("0.75", "75%"))
    assert replace(shown, bounds=()) != shown


def _printing(visitor: TestClient, change: Callable[[bytes], bytes]):  # type: ignore[no-untyped-def]
    class Printing(Visited):
        def file(self, address: str) -> tuple[bytes, str]:
            content, where = super().file(address)
            return change(content), where

    return Printing(visitor, lambda _, text: text)
