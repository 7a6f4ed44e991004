"""The section of an organisation's page that says which technologies it is about, and an editor's word."""

import pytest
from starlette.testclient import TestClient

from keten.evidence import latest
from tests.web.people import SignedIn
from tests.web.site import Site


@pytest.fixture(scope="module")
def address(site: Site) -> str:
    """The page of an organisation with most technologies."""
    evidence = latest(site.home, threads=1)
    row = (
        evidence.cursor()
        .execute(
            "select organisation_id from organisation_technology where projects > 0 "
            "group by all order by count(*) desc, organisation_id limit 1"
        )
        .fetchone()
    )
    evidence.close()
    assert row is not None
    return f"organisations/{row[0]}"


def test_figures_of_the_section_are_those_of_their_addresses(
    visitor: TestClient, address: str
) -> None:
    view = visitor.get(f"/en/{address}.json").json()["answer"]["portrait"]
    assert view["rows"]
    for row in view["rows"]:
        for name in ("weight", "share", "projects", "develops", "contribution_eur"):
            figure = row[name]
            asked = {"measure": figure["measure"], **figure["scope"]}
            why = visitor.get("/en/why.json", params=asked)
            assert why.status_code == 200, why.text
            answer = why.json()["answer"]["why"]
            assert answer["figure"]["value"] == figure["value"], name


def test_the_section_speaks_both_languages(visitor: TestClient, address: str) -> None:
    assert "Which technologies it is about" in visitor.get(f"/en/{address}").text
    assert "Over welke technologieën zij gaat" in visitor.get(f"/nl/{address}").text


def test_an_editor_says_so_it_shows_at_once_and_is_taken_back(
    visitor: TestClient, editor: SignedIn, address: str
) -> None:
    first = visitor.get(f"/en/{address}.json").json()["answer"]["portrait"]["rows"][0]["technology"]
    sent = {"technology": first, "label": "none", "reason": "It only rents out <b>rooms</b>"}
    assert visitor.post(f"/en/{address}/about", data=sent).status_code in {303, 403}
    assert editor.post(f"/en/{address}/about", {**sent, "reason": " "}).status_code == 400
    assert editor.post(f"/en/{address}/about", {**sent, "label": "likes"}).status_code == 400
    assert editor.post(f"/en/{address}/about", sent).status_code == 303
    page = visitor.get(f"/en/{address}").text
    assert "It only rents out &lt;b&gt;rooms&lt;/b&gt;" in page
    assert "has nothing to do with it" in page
    assert "since the last build" in page
    view = visitor.get(f"/en/{address}.json").json()["answer"]["portrait"]
    (denied,) = view["denied"]
    assert (denied["technology"], denied["weight"]["value"]) == (first, 0)
    number = denied["said"]["number"]
    editor.post(
        f"/en/judgements/{number}/withdraw", {"reason": "mistaken", "back": f"/en/{address}"}
    )
    assert visitor.get(f"/en/{address}.json").json()["answer"]["portrait"]["denied"] == []
