"""Initiatives: the list and its filters, the matrix, one of them; added, changed, taken back."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from keten.web import create_app
from scripts.tracing.page import read_page
from tests.lists.made import workbook
from tests.web.people import SignedIn, sign_in
from tests.web.site import CHAIN, Site
from tests.web.test_lists import seen, upload


@pytest.fixture
def editor(site: Site) -> Iterator[SignedIn]:
    with TestClient(create_app(site.settings), follow_redirects=False) as client:
        yield sign_in(client, site.home)


def rows(visitor: TestClient, query: str = "") -> list[str]:
    found = visitor.get(f"/en/initiatives.json{query}").json()["answer"]["initiatives"]
    return [one["slug"] for one in found]


def test_a_list_with_filters(visitor: TestClient, site: Site) -> None:
    whole = rows(visitor)
    assert {"pilot-plant-a1b2c3", "talent-ring-d4e5f6", "old-line-0a0b0c"} <= set(whole)
    assert rows(visitor, "?element=talent&kind=field-lab") == ["pilot-plant-a1b2c3"]
    assert rows(visitor, "?q=talent+RING") == ["talent-ring-d4e5f6"]
    assert rows(visitor, f"?stage=chain:{CHAIN}/end-customers") == ["talent-ring-d4e5f6"]
    # A region is served by what serves the whole that it lies in, and the other way round.
    first = site.regions[1]
    inside = next(code for code in site.regions if code.startswith(first) and code != first)
    for code in (site.regions[0], first, inside):
        assert "talent-ring-d4e5f6" in rows(visitor, f"?region={code}")
    for wrong in ("?element=nothing", "?kind=nothing", "?when=then", "?from=0", "?region=Atlantis"):
        assert visitor.get(f"/en/initiatives{wrong}").status_code == 400


def test_the_matrix_and_who_ought_to_meet(visitor: TestClient) -> None:
    answer = visitor.get("/en/initiatives/matrix.json").json()["answer"]
    columns = {column["key"]: column["served_by"] for column in answer["matrix"]["columns"]}
    slugs = [row["slug"] for row in answer["matrix"]["rows"]]
    served = {slugs[place] for place in columns["element:talent"]}
    assert {"pilot-plant-a1b2c3", "talent-ring-d4e5f6"} <= served
    assert columns["element:culture"] == []
    assert slugs.index("old-line-0a0b0c") in answer["matrix"]["silent"]
    pairs = [{pair["one"]["slug"], pair["other"]["slug"]} for pair in answer["meetings"]]
    assert {"pilot-plant-a1b2c3", "talent-ring-d4e5f6"} in pairs
    text = visitor.get("/en/initiatives/matrix.csv?by=element").text
    assert text.startswith("\ufeffInitiative;Lead;Formal institutions")
    assert "x" in text.splitlines()[1] + text.splitlines()[2]


def test_links_from_the_chain_and_its_canvas(visitor: TestClient) -> None:
    for page in (f"/en/chains/{CHAIN}", f"/en/chains/{CHAIN}/canvas"):
        assert "/en/initiatives/talent-ring-d4e5f6" in visitor.get(page).text


def test_added_changed_and_taken_back(site: Site, editor: SignedIn) -> None:
    wrong = editor.post("/en/initiatives", {"label": "", "amount": "a lot", "reason": "x"})
    assert wrong.status_code == 400
    assert "is no amount" in wrong.text
    given = {
        "label": "Green Ring", "aim": "Meet", "lead": f"x ({site.organisation})", "kind": "network",
        "element": "element:networks", "region": site.regions[1], "amount": "1,5 mln",
        "amount_source": "a plan", "starts": "2026-01-01", "reason": "seen",
    }  # fmt: skip
    address = editor.post("/en/initiatives", given).headers["location"]
    page = editor.get(address)
    assert f"/en/organisations/{site.organisation}" in page.text
    assert "EUR 1.5" in page.text
    (seen,) = re.findall(r'name="seen" value="(\d+)"', page.text)
    again = {**given, "label": "Green Ring II", "seen": seen}
    assert editor.post(address, {**again, "seen": "1"}).status_code == 409
    assert editor.post(address, again).status_code == 303
    assert editor.post(address, again).status_code == 409
    said = editor.get(f"{address}.json").json()["answer"]["initiative"]
    assert (said["said"]["label"], said["said"]["amount_eur"]) == ("Green Ring II", 1_500_000)
    line = said["line"]["number"]
    editor.post(f"/en/judgements/{line}/withdraw", {"reason": "no", "back": address})
    assert "Green Ring II" not in str(editor.get("/en/initiatives.json").json())
    editor.post(f"/en/judgements/{seen}/withdraw", {"reason": "no", "back": address})
    gone = editor.get(address)
    assert gone.status_code == 200
    assert "taken back" in gone.text


def test_nobody_else_may_write(visitor: TestClient) -> None:
    assert "Add an initiative" not in visitor.get("/en/initiatives").text
    assert visitor.get("/en/initiatives/nothing").status_code == 404


def test_from_a_list_to_the_matrix_and_for_editors_alone(
    site: Site, editor: SignedIn, visitor: TestClient
) -> None:
    rows: list[list[object]] = [["Initiative", "Lead", "Precondition", "Region", "Budget"]]
    rows += [
        [f"Listed {n}", "Somebody", "Culture; Steam", site.regions[1], "1 million"]
        for n in range(130)
    ]
    sent = upload(editor, workbook({"x": rows}), "initiatives.xlsx", "Ring list")
    page = editor.get(sent)
    assert "The matrix of who serves what is shown next." in page.text
    # Whatever is shown a hundred at a time can be reached.
    assert "Listed 129" not in page.text
    assert "Listed 129" in editor.get(f"{sent}?added=101").text
    assert editor.get(f"{sent}?added=x").status_code == 400
    kept = editor.post(f"{sent}/import", {"seen": seen(editor, sent)})
    assert kept.headers["location"] == "/en/initiatives/matrix?list=ring-list"
    answer = editor.get("/en/initiatives/matrix.json?list=ring-list").json()["answer"]["matrix"]
    culture = next(column for column in answer["columns"] if column["key"] == "element:culture")
    assert len(culture["served_by"]) == len(answer["rows"]) == 130
    slug = answer["rows"][0]["slug"]
    assert "Listed" not in visitor.get("/en/initiatives").text
    assert visitor.get(f"/en/initiatives/{slug}").status_code == 404
    listed = editor.get("/en/lists/ring-list").text
    assert f"/en/initiatives/{slug}" in listed
    book = editor.get("/en/lists/ring-list/workbook.xlsx").content
    again = upload(editor, book, "back.xlsx", "Ring list")
    counts = editor.get(f"{again}.json").json()["answer"]["counts"]
    assert (counts["unchanged"], counts["added"], counts["changed"]) == (130, 0, 0)
    (batch,) = re.findall(r'name="batch" value="(\d+)"', listed)
    editor.post("/en/lists/ring-list/undo", {"batch": batch})
    assert "Listed" not in editor.get("/en/initiatives").text


def test_own_figures_stand_on_the_page_of_a_region(
    site: Site, editor: SignedIn, visitor: TestClient
) -> None:
    rows: list[list[object]] = [
        ["Indicator", "Region", "Year", "Value", "Unit", "Source"],
        ["Jobs of our own", site.regions[1], 2024, 1234.5, "jobs", "A survey"],
    ]
    sent = upload(editor, workbook({"x": rows}), "figures.xlsx", "Figures", "everybody")
    kept = editor.post(f"{sent}/import", {"seen": seen(editor, sent)})
    assert kept.headers["location"] == "/en/lists/figures"
    page = visitor.get(f"/en/regions/{site.regions[1]}")
    assert "Jobs of our own" in page.text
    assert "A survey" in page.text
    assert read_page(page.text).strays == []
    listed = editor.get("/en/lists/figures").text
    (batch,) = re.findall(r'name="batch" value="(\d+)"', listed)
    editor.post("/en/lists/figures/undo", {"batch": batch})
    assert "Jobs of our own" not in visitor.get(f"/en/regions/{site.regions[1]}").text


def test_a_row_stands_beside_what_it_may_be(site: Site, editor: SignedIn) -> None:
    rows: list[list[object]] = [["Organisation", "City"], [site.name, "Somewhere else"]]
    sent = upload(editor, workbook({"x": rows}), "one.xlsx", "One row")
    beside = editor.get(f"{sent}/rows/2")
    assert beside.status_code == 200
    assert "Somewhere else" in beside.text
    assert editor.get(f"{sent}/rows/99").status_code == 400
    assert editor.post(f"{sent}/choices", {"start": "1"}).status_code == 303
