"""The page of the canvas: every digit accounted for, what is left out moves it, and what the team says."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from starlette.testclient import TestClient

from scripts.tracing.canvas import Held, hold_canvas
from scripts.tracing.page import Shown, read_page
from tests.web.people import SignedIn
from tests.web.site import CHAIN, Site

CANVAS = f"/chains/{CHAIN}/canvas"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_canvas_names_the_weakest_and_loses_no_digit(
    visitor: TestClient, language: str
) -> None:
    page = visitor.get(f"/{language}{CANVAS}")
    assert page.status_code == 200
    assert 'id="weakest"' in page.text
    read = read_page(page.text)
    assert read.strays == []
    twin = visitor.get(f"/{language}{CANVAS}.json").json()["answer"]["canvas"]
    filled = [element for element in twin["elements"] if element["percentile"]]
    assert len(twin["elements"]) == 10
    assert len(filled) >= 6
    assert twin["weakest"] == min(filled, key=lambda e: e["percentile"]["value"])["element"]


def test_every_kind_of_figure_leads_to_its_evidence(visitor: TestClient) -> None:
    text = visitor.get(f"/en{CANVAS}").text
    found = [html.unescape(href) for href in re.findall(r'href="(/en/why\?[^"]+)"', text)]
    by_measure: dict[str, str] = {}
    for href in found:
        kind = re.sub(r".*measure=(\w+).*?(keten|$).*", r"\1 \2", href)
        by_measure.setdefault(kind, href)
    assert len(by_measure) >= 5
    for href in by_measure.values():
        page = visitor.get(href)
        assert page.status_code == 200, href
        assert read_page(page.text).strays == []


class Asked:
    """The site as the tracer asks it; `files` stands in for its own reading of the sources."""

    def __init__(self, visitor: TestClient) -> None:
        self._visitor = visitor
        views = self.twin("/en/sources")["sources"]
        self.files = {int(file["file_no"]): file for view in views for file in view["files"]}

    def twin(self, address: str) -> Any:
        path, _, query = address.partition("?")
        reply = self._visitor.get(f"{path}.json" + (f"?{query}" if query else ""))
        return reply.json()["answer"]


def traced(visitor: TestClient, site: Site, figures: list[Shown]) -> Held:
    asked: Any = Asked(visitor)
    found = {str(number): figure for number, figure in enumerate(figures)}
    return hold_canvas(asked, asked, site.home.parent / "data", found)


def test_the_tracer_finds_the_figures_in_the_files(visitor: TestClient, site: Site) -> None:
    figures = read_page(visitor.get(f"/en{CANVAS}").text).figures
    some = figures[::5]
    held = traced(visitor, site, some)
    assert held.differences == []
    assert held.recomputed >= len({figure.key for figure in some}) - len(held.not_recomputed)
    false = [
        Shown(figure.why, str(float(figure.raw) + 0.5), "", "")
        for figure in some[:12]
        if figure.raw is not None
    ]
    assert len(traced(visitor, site, false).differences) == len({figure.key for figure in false})


def test_leaving_out_is_in_the_address(visitor: TestClient) -> None:
    twin = visitor.get(f"/en{CANVAS}.json").json()["answer"]["canvas"]
    element = next(e for e in twin["elements"] if sum(not li["why_not"] for li in e["lines"]) > 1)
    line = next(li for li in element["lines"] if not li["why_not"])
    asked = f"{CANVAS}.json?without={line['indicator']}&without=made:up"
    after = visitor.get(f"/en{asked}").json()["answer"]["canvas"]
    assert after["without"] == [line["indicator"]]
    moved = next(e for e in after["elements"] if e["element"] == element["element"])
    assert moved["percentile"]["value"] != element["percentile"]["value"]
    assert visitor.get(moved["percentile"]["why"]).status_code == 200
    shown = visitor.get(f"/en{CANVAS}?without={line['indicator']}").text
    assert re.search(r'value="[^"]*"[^>]* checked', shown)


def test_a_set_of_elements_that_is_not_there_is_told(visitor: TestClient) -> None:
    assert visitor.get(f"/en{CANVAS}?elements=entrepreneurial-ecosystem").status_code == 200
    assert visitor.get(f"/en{CANVAS}?elements=none").status_code == 404


def test_an_editor_judges_changes_and_undoes(editor: SignedIn, visitor: TestClient) -> None:
    address = f"/en{CANVAS}/culture"
    sent = editor.post(address, {"rating": "weak", "reason": "Few dare to begin here."})
    assert (sent.status_code, sent.headers["location"]) == (303, f"/en{CANVAS}#culture")
    page = editor.get(f"/en{CANVAS}").text
    assert "Few dare to begin here." in page
    (number,) = set(re.findall(r'name="supersedes" value="(\d+)"', page))
    again = editor.post(address, {"rating": "fair", "reason": "Without having looked."})
    assert again.status_code == 409
    assert "Few dare to begin here." in again.text
    assert "Without having looked." in again.text
    changed = editor.post(
        address, {"rating": "fair", "reason": "More do since.", "supersedes": number}
    )
    assert changed.status_code == 303
    public = visitor.get(f"/en{CANVAS}").text
    assert "More do since." in public
    assert "A test editor" not in public
    twin = visitor.get(f"/en{CANVAS}.json").json()["answer"]["canvas"]
    culture = next(e for e in twin["elements"] if e["element"] == "culture")
    assert culture["rating"] == "fair"
    last = culture["judgement"]["number"]
    editor.post(f"/en/judgements/{last}/withdraw", {"reason": "A slip.", "back": f"/en{CANVAS}"})
    assert "Few dare to begin here." in visitor.get(f"/en{CANVAS}").text


@pytest.mark.parametrize(
    ("element", "fields", "status"),
    [
        ("culture", {"rating": "great", "reason": "So."}, 400),
        ("culture", {"rating": "weak", "reason": " "}, 400),
        ("culture", {"rating": "weak"}, 400),
        ("cultures", {"rating": "weak", "reason": "So."}, 404),
    ],
)
def test_what_cannot_be_kept_is_told(
    editor: SignedIn, element: str, fields: dict[str, str], status: int
) -> None:
    assert editor.post(f"/en{CANVAS}/{element}", fields).status_code == status


def test_only_editors_judge(reader: SignedIn) -> None:
    sent = reader.post(f"/en{CANVAS}/culture", {"rating": "weak", "reason": "So."})
    assert sent.status_code == 403
    assert "Keep this judgement" not in reader.get(f"/en{CANVAS}").text
