"""What cannot be answered gets a page that helps, and its twin the one shape of errors."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from keten.settings import Settings
from keten.web import create_app
from tests.web.site import Site

WRONG = {
    "/organisations/pic:1": (404, "not-found"),
    "/organisations/nobody": (400, "usage"),
    "/organisations/nobody/partners": (400, "usage"),
    "/projects/he-1": (404, "not-found"),
    "/projects/123": (404, "not-found"),
    "/regions/QN99": (404, "not-found"),
    "/regions/north-west": (400, "usage"),
    "/regions?code=!!": (400, "usage"),
    "/records/999": (404, "not-found"),
    "/records/abc": (400, "usage"),
    "/sources/none": (404, "not-found"),
    "/issues?severity=bad": (400, "usage"),
    "/issues?page=99": (400, "usage"),
    "/search?q=a&kind=dog": (400, "usage"),
    "/search?q=a&page=0": (400, "usage"),
    "/why": (400, "usage"),
    "/why?measure=luck": (404, "not-found"),
    "/why?measure=projects&colour=red": (400, "usage"),
    "/why?measure=projects&page=x": (400, "usage"),
    "/why?measure=partners": (400, "usage"),
    "/why/rows.csv?measure=luck": (404, "not-found"),
    "/nothing/here": (404, "not-found"),
}


@pytest.mark.parametrize("address", WRONG)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_and_its_twin_say_the_same(
    visitor: TestClient, address: str, language: str
) -> None:
    status, code = WRONG[address]
    page = visitor.get(f"/{language}{address}")
    data = visitor.get(f"/{language}{address}", headers={"accept": "application/json"})
    assert page.status_code == data.status_code == status
    error = data.json()["error"]
    assert error.keys() == {"code", "what", "next_step"}
    assert error["code"] == code
    assert error["what"]
    assert error["next_step"]
    assert escaped(error["what"]) in page.text
    assert escaped(error["next_step"]) in page.text
    assert 'role="search"' in page.text
    assert page.text.count("<h1") == 1


def test_a_wrong_name_brings_suggestions(visitor: TestClient, site: Site) -> None:
    word = site.name.split()[0]
    page = visitor.get(f"/nl/organisations/{word}")
    assert page.status_code == 400
    assert "Bedoelde u" in page.text
    assert site.organisation in page.text


def test_a_misspelt_search_still_finds(visitor: TestClient, site: Site) -> None:
    words = site.name.lower().split()
    longest = max(words, key=len)
    slip = longest[:2] + longest[3] + longest[2] + longest[4:]
    answer = visitor.get("/en/search.json", params={"q": slip}).json()["answer"]["search"]
    assert answer["hits"]


def test_only_reading(visitor: TestClient, site: Site) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
        reply = visitor.request(method, "/nl/", headers={"accept": "application/json"})
        assert reply.status_code == 405
        assert reply.headers["allow"] == "GET, HEAD"
        assert reply.json()["error"]["code"] == "method"
    head = visitor.head("/nl/")
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["etag"] == visitor.get("/nl/").headers["etag"]


def test_without_evidence_it_says_how_to_build(tmp_path: Path) -> None:
    with TestClient(create_app(Settings(home=tmp_path)), follow_redirects=False) as client:
        for language, words in (("nl", "Nog niets te zien"), ("en", "Nothing to show yet")):
            reply = client.get(f"/{language}/")
            assert reply.status_code == 503
            assert reply.headers["retry-after"]
            assert words in reply.text
            assert "keten build" in reply.text
        assert client.get("/nl.json").json()["error"]["code"] == "evidence"
        assert client.get("/healthz").status_code == 503
        assert client.get("/nl/about").status_code == 200


def test_a_fault_of_ours_is_told_in_short(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("a secret")

    monkeypatch.setattr("keten.web.pages.project.page.show_project", fail)
    with TestClient(create_app(site.settings), follow_redirects=False) as client:
        reply = client.get("/en/projects/he-1")
        assert reply.status_code == 500
        assert "secret" not in reply.text
        assert "content-security-policy" in reply.headers


def test_hostile_words_stay_words(visitor: TestClient, site: Site) -> None:
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    for address in ("/nl/search", "/nl/suggest"):
        text = visitor.get(address, params={"q": evil}).text
        assert "<script>alert" not in text
        assert "<img" not in text
    for address in ("/nl/organisations/", "/nl/projects/", "/nl/sources/", "/nl/records/"):
        text = visitor.get(address + "%3Cscript%3Ealert(1)%3C%2Fscript%3E").text
        assert "<script>alert" not in text


def test_hostile_names_in_a_source_stay_names(visitor: TestClient, site: Site) -> None:
    project = visitor.get(f"/en/organisations/{site.hostile}.json").json()["answer"][
        "organisation"
    ]["projects"][0]["project_id"]
    for address in (
        f"/nl/organisations/{site.hostile}",
        f"/nl/organisations/{site.hostile}/partners",
        f"/en/projects/{project}",
        "/nl/search?q=script",
        "/nl/suggest?q=script",
        f"/en/why?measure=projects&organisation={site.hostile}",
    ):
        reply = visitor.get(address)
        assert reply.status_code == 200
        assert "<script>alert" not in reply.text
        assert "<img" not in reply.text
        assert 'href="javascript' not in reply.text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in reply.text, address


def escaped(text: str) -> str:
    return (
        text.replace("&", "&amp;").replace("'", "&#39;").replace('"', "&#34;").replace(">", "&gt;")
    )
