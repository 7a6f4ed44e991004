"""The calls of a chain, one call, and the financing check: whole pages, twins, and nothing kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from keten.web import create_app
from scripts.tracing.page import read_page
from tests.web.site import CHAIN, Site
from tests.web.test_pages import LANGUAGES, headings_descend

FUNDING = f"/chains/{CHAIN}/funding"
YES = {"region": "NL21", "amount": "100000", "private-company": "yes",
       "dutch-bank-account": "yes", "societal-challenge": "yes", "indicator": "network",
       "plan": "yes"}  # fmt: skip


@pytest.fixture(scope="module")
def september(site: Site) -> Iterator[TestClient]:
    """A visitor ten days after the files of calls were made."""
    clock = datetime(2026, 9, 1, 12, tzinfo=UTC)
    app = create_app(site.settings, clock=lambda: clock)
    with TestClient(app, follow_redirects=False) as client:
        yield client


def twin(client: TestClient, path: str, **query: str) -> dict[str, Any]:
    reply = client.get(f"/en{path}.json", params=query)
    assert reply.status_code == 200, reply.text
    answer: dict[str, Any] = reply.json()["answer"]
    return answer


def check_page(client: TestClient, address: str, status: int = 200) -> str:
    for language in LANGUAGES:
        reply = client.get(f"/{language}{address}")
        assert reply.status_code == status
        assert reply.text.count("<h1") == 1
        assert headings_descend(reply.text)
        ids = re.findall(r'\bid="([^"]+)"', reply.text)
        assert len(ids) == len(set(ids))
        assert " style=" not in reply.text
        assert read_page(reply.text).strays == []
    return str(reply.text)  # in the second language, English


# --- calls ----------------------------------------------------------------------------------------


def test_the_calls_of_a_chain_are_a_whole_page(september: TestClient) -> None:
    text = check_page(september, FUNDING)
    calls = twin(september, FUNDING)["calls"]
    assert calls["rows"]
    assert calls["found"]["value"] == len(calls["rows"])
    for row in calls["rows"]:
        assert f'href="/en/calls/{row["call_id"]}"' in text
        assert row["hits"]
    assert "<mark>" in text


def test_every_figure_of_the_page_can_be_made_again(september: TestClient) -> None:
    page = read_page(september.get(f"/en{FUNDING}").text)
    assert page.figures
    for shown in page.figures:
        reply = september.get(unescape(shown.why).replace("/why?", "/why.json?"))
        assert reply.status_code == 200, shown.why
        why = reply.json()["answer"]
        figure = why.get("figure") or why["why"]["figure"]
        assert Decimal(str(figure["value"])) == Decimal(str(shown.raw))


def test_one_call_is_a_whole_page(september: TestClient) -> None:
    for row in twin(september, FUNDING)["calls"]["rows"]:
        text = check_page(september, f"/calls/{row['call_id']}")
        assert f'href="/en/chains/{CHAIN}/funding"' in text
    seen = twin(september, f"/calls/{row['call_id']}")["call"]
    assert [stated["file"] for stated in seen["stated"]][:1] == ["grants.json"]
    for stated in seen["stated"]:
        record = september.get(f"/en/records/{stated['record_id']}")
        assert record.status_code == 200
        assert "Cell by cell" in record.text  # the members of the object, under their own names


def test_a_deadline_that_passed_is_marked_and_not_hidden(site: Site) -> None:
    clock = datetime(2030, 1, 1, tzinfo=UTC)
    with TestClient(create_app(site.settings, clock=lambda: clock)) as client:
        calls = twin(client, FUNDING)["calls"]
        assert {row["state"] for row in calls["rows"]} <= {"passed", "closed"}
        assert calls["applicable"]["value"] == 0
        assert calls["rows"]
        assert "deadline passed" in check_page(client, FUNDING)


def test_what_is_not_there_is_told(september: TestClient) -> None:
    for address in (f"{FUNDING}?part=X", "/calls/nothing", "/chains/nothing/funding"):
        assert september.get(f"/nl{address}").status_code == 404


# --- the check ------------------------------------------------------------------------------------


def test_the_check_asks_four_questions_first(september: TestClient) -> None:
    text = check_page(september, "/financing")
    check = twin(september, "/financing")["check"]
    assert [question["fact"] for question in check["ask"]][:2] == ["region", "amount"]
    assert len(check["ask"]) == 4
    assert {told["outcome"] for told in check["outcomes"]} == {"unknown"}
    assert '<form class="k-form" method="get"' in text


def test_it_leads_to_a_yes_question_by_question(september: TestClient) -> None:
    answers: dict[str, str] = {}
    for _ in range(len(YES)):
        check = twin(september, "/financing", **answers)["check"]
        if not check["ask"]:
            break
        fact = check["ask"][0]["fact"]
        answers[fact] = YES[fact]
        text = check_page(september, f"/financing?{urlencode(answers)}")
    assert answers.keys() == YES.keys()
    assert "There is nothing left to ask" in text
    assert "Yes: the rules at hand are met." in text
    told = twin(september, "/financing", **answers)["check"]["outcomes"]
    assert [each["outcome"] for each in told] == ["yes", "no"]


def test_history_never_says_that_one_can_apply(september: TestClient) -> None:
    answers = {"region": "NL12", "amount": "150000", "legal-entity": "yes", "viable": "yes",
               "exempt": "yes", "pandemic": "yes", "working-capital": "yes"}  # fmt: skip
    text = check_page(september, f"/financing?{urlencode(answers)}")
    assert "This scheme has ended. By its rules it would have been possible." in text
    assert "Yes: the rules at hand are met." not in text


def test_answers_can_be_changed_and_taken_back(september: TestClient) -> None:
    text = check_page(september, "/financing?region=NL11&amount=900000")
    assert 'href="/en/financing?region=NL11"' in text  # the last one taken back
    again = "/en/financing?region=NL11&amp;amount=900000&amp;ask=region"
    assert f'href="{again}"' in text
    changing = september.get(unescape(again)).text
    assert re.search(r'value="NL11"[^>]* checked', changing)
    assert '<input type="hidden" name="amount" value="900000">' in changing
    assert 'type="hidden" name="region"' not in changing


def test_a_wrong_amount_keeps_what_was_typed(september: TestClient) -> None:
    text = check_page(september, "/financing?region=NL21&amount=a%22%3Elot", status=400)
    assert 'value="a&#34;&gt;lot"' in text
    assert 'aria-invalid="true"' in text
    assert '<input type="hidden" name="region" value="NL21">' in text


def test_a_question_that_nobody_asks_is_refused(september: TestClient) -> None:
    assert september.get("/en/financing?colour=red").status_code == 400


def test_nothing_is_kept(september: TestClient, site: Site) -> None:
    before = {path: path.read_bytes() for path in site.home.rglob("*") if path.is_file()}
    for address in ("/nl/financing?region=NL21&amount=100000", "/en/financing.json?region=NL21"):
        reply = september.get(address)
        assert "no-store" in reply.headers["cache-control"]
        assert "set-cookie" not in reply.headers
        assert "etag" not in reply.headers
    after = {path: path.read_bytes() for path in site.home.rglob("*") if path.is_file()}
    assert before == after


def test_every_answer_has_a_label_and_every_group_a_legend(september: TestClient) -> None:
    text = september.get("/nl/financing").text
    for field in re.findall(r'<input(?![^>]*type="(?:hidden|search)")[^>]*\bid="(f-[^"]+)"', text):
        assert f'for="{field}"' in text
    assert text.count("<fieldset") == text.count("<legend")
