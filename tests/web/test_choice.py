"""The choice through its pages: who may write, what is told to whom, and that no number is undeclared."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from keten.evidence import latest
from keten.web import create_app
from keten.workspace import open_store
from scripts.tracing.page import read_page
from tests.web.people import SignedIn, sign_in
from tests.web.site import CHAIN, COUNTRY, Site

BASE = f"/en/chains/{CHAIN}/choice"
PORTFOLIO = "invented-coast"
CHANGE = {
    "portfolio": PORTFOLIO,
    "development": "insect-barns",
    "label-en": "Barns for 1000 insects",
    "low-task": "8",
    "high-task": "10",
    "low-firms": "30",
    "high-firms": "40",
    "low-money": "1,5",
    "high-money": "3",
    "reason": "seen on the <b>spot</b>",
    "saw": "0",
}


class Place:
    """A home of the test's own, an editor and a visitor of it."""

    def __init__(self, site: Site, home: Path) -> None:
        shutil.copytree(site.home, home)
        self.home = home
        settings = type(site.settings)(home=home, home_country=COUNTRY)
        self.client = TestClient(create_app(settings), follow_redirects=False)
        self.visitor = TestClient(create_app(settings), follow_redirects=False)
        self.editor: SignedIn = sign_in(self.client, home)

    def read(self, address: str, *, signed_in: bool = False) -> str:
        reply = (self.client if signed_in else self.visitor).get(address)
        assert reply.status_code == 200, (address, words_of(reply.text)[:600])
        return str(reply.text)

    def send(self, address: str, fields: dict[str, str]) -> None:
        reply = self.editor.post(address, fields)
        assert reply.status_code == 303, words_of(reply.text)


@pytest.fixture
def place(site: Site, tmp_path: Path) -> Iterator[Place]:
    made = Place(site, tmp_path / "home")
    yield made
    made.client.close()
    made.visitor.close()


def words_of(html: str) -> str:
    """Give what a page says, without its marks."""
    body = html.partition("<main")[2] or html
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def party_of(home: Path) -> str:
    """Give an organisation that a ministry paid."""
    evidence = latest(home, threads=1)
    row = (
        evidence.cursor()
        .execute("select organisation_id from subsidy_match order by record_id limit 1")
        .fetchone()
    )
    evidence.close()
    assert row is not None
    return str(row[0])


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_visitor_reads_it_all_and_writes_nothing(place: Place, language: str) -> None:
    html = place.read(BASE.replace("/en/", f"/{language}/"))
    assert read_page(html).strays == []
    assert 'method="post"' not in html
    assert html.count('class="rank"') > 5
    assert "A bean kitchen" in html or "Een bonenkeuken" in html
    if language == "en":
        assert "These scores are examples" in html


def test_weights_in_the_address_move_the_result(place: Place) -> None:
    open_, task = place.read(BASE), place.read(f"{BASE}?low-task=80")
    assert words_of(open_).partition("First most often:")[2][:20].strip().startswith("A bean")
    assert words_of(task).partition("First most often:")[2][:20].strip().startswith("Duckweed")
    assert 'name="low-task" value="80"' in task
    assert "With the weights as set below" in task
    assert read_page(task).strays == []


@pytest.mark.parametrize("query", ["low-task=much", "low-task=60&low-money=60", "high-task=101"])
def test_weights_that_cannot_be_are_told_beside_the_open_ones(place: Place, query: str) -> None:
    html = place.read(f"{BASE}?{query}")
    assert "The weights could not be used" in html
    assert read_page(html).strays == []


def test_an_unknown_portfolio_is_not_found(place: Place) -> None:
    assert place.visitor.get(f"{BASE}?portfolio=none").status_code == 404


def test_the_twin_says_the_same(place: Place) -> None:
    answer = place.visitor.get(f"{BASE}.json").json()["answer"]["choice"]
    assert answer["leader"] == "bean-kitchen"
    assert len(answer["developments"]) == 3
    figure = answer["developments"][0]["ranks"][0]
    assert set(figure["interval"]) == {"low", "high", "level"}


def test_figures_lead_to_their_making(place: Place) -> None:
    for shown in read_page(place.read(BASE)).figures[::7]:
        html = place.read(shown.why)
        assert read_page(html).strays == []
        assert shown.raw is None or f'value="{shown.raw}"' in html


def test_an_editor_changes_adds_leaves_out_and_takes_back(place: Place) -> None:
    place.send(f"{BASE}/developments", CHANGE)
    html = place.read(BASE, signed_in=True)
    assert "Barns for 1000 insects" in html
    assert "seen on the &lt;b&gt;spot&lt;/b&gt;" in html
    assert "scores of the team" in html
    assert read_page(html).strays == []
    assert "said by somebody of the team" in place.read(BASE)
    added = {**CHANGE, "development": "", "label-en": "", "label-nl": "Zeewier op 2 plekken"}
    place.send(f"{BASE}/developments", added)
    assert "Zeewier op 2 plekken" in place.read(BASE)
    left = {"portfolio": PORTFOLIO, "development": "duckweed-ponds", "reason": "no water"}
    place.send(f"{BASE}/left-out", {**left, "saw": "0"})
    assert "left out." in place.read(BASE)
    with open_store(place.home) as store:
        line = next(each for each in store.judgements("development") if each.value == "left-out")
    place.send(f"/en/judgements/{line.number}/withdraw", {"reason": "it rained", "back": BASE})
    assert "left out." not in place.read(BASE)


def test_what_somebody_changed_meanwhile_is_not_overwritten(place: Place) -> None:
    place.send(f"{BASE}/developments", CHANGE)
    reply = place.editor.post(f"{BASE}/developments", {**CHANGE, "low-task": "9"})
    assert reply.status_code == 409
    assert "meanwhile" in words_of(reply.text)


def test_a_score_that_cannot_be_is_refused_and_kept_in_sight(place: Place) -> None:
    reply = place.editor.post(f"{BASE}/developments", {**CHANGE, "high-task": "eleven"})
    assert reply.status_code == 400
    assert "eleven" in reply.text
    assert "task" in words_of(reply.text)


def test_a_decision_is_kept_and_marked_when_scores_change(place: Place) -> None:
    assert "Nothing has been decided yet" in place.read(BASE)
    decision = {
        "portfolio": PORTFOLIO,
        "chosen": "bean-kitchen",
        "reason": "10 firms signed",
        "saw": "0",
        "weights": "",
        "order": "",
    }
    nothing = place.editor.post(f"{BASE}/decision", {**decision, "chosen": ""})
    assert nothing.status_code == 400
    place.send(f"{BASE}/decision", decision)
    html = place.read(BASE)
    assert "Goes on:" in html
    assert "10 firms signed" in html
    assert "Nothing that it stood on has changed since" in html
    assert read_page(html).strays == []
    place.send(f"{BASE}/developments", CHANGE)
    assert "changed since this decision" in place.read(BASE)


def test_dependence_is_for_signed_in_people_only(place: Place) -> None:
    party = party_of(place.home)
    page = f"/en/organisations/{party}/dependence"
    assert place.visitor.get(page).status_code == 303
    assert place.visitor.get(f"{page}.json").status_code == 403
    html = place.read(page, signed_in=True)
    assert read_page(html).strays == []
    assert "revenue_eur" in html
    for shown in read_page(html).figures:
        assert place.visitor.get(shown.why).status_code == 403, shown.why
        assert place.visitor.get(shown.why.replace("/why?", "/why.json?")).status_code == 403
        for part in ("rows.csv", "rows.json", "places.csv"):
            assert place.visitor.get(shown.why.replace("/why?", f"/why/{part}?")).status_code == 403
    for shown in read_page(html).figures[:6]:
        assert read_page(place.read(shown.why, signed_in=True)).strays == []


def test_revenue_is_entered_and_seen_by_nobody_else(place: Place) -> None:
    party = party_of(place.home)
    page = f"/en/organisations/{party}/dependence"
    wrong = place.editor.post(page, {"year": "2015", "revenue_eur": "much", "reason": "x"})
    assert wrong.status_code == 400
    place.send(
        page, {"year": "2015", "revenue_eur": "1.250.000", "reason": "annual report, page 12"}
    )
    html = place.read(page, signed_in=True)
    assert "annual report, page 12" in html
    assert 'value="1250000.0"' in html
    assert read_page(html).strays == []
    with open_store(place.home) as store:
        (line,) = store.judgements("finance")
    history = f"/en/judgements/{line.number}"
    assert place.visitor.get(history).status_code == 403
    assert place.visitor.get(f"{history}.json").status_code == 403
    assert place.client.get(history).status_code == 200
    everywhere = place.read(f"/en/organisations/{party}") + place.read(BASE)
    assert "annual report" not in everywhere
    assert "/dependence" not in everywhere


def test_who_is_signed_in_finds_the_way(place: Place) -> None:
    party = party_of(place.home)
    place.send(f"{BASE}/developments", {**CHANGE, "parties": f"{party}, pic:1"})
    mine = place.read(BASE, signed_in=True)
    assert f"/en/organisations/{party}/dependence" in mine
    assert "How the parties depend on subsidy" in mine
    assert f">{party} pic:1</textarea>" in mine
    assert "Named, but not in this evidence" in mine
    assert read_page(mine).strays == []
    assert "How the parties depend on subsidy" not in place.read(BASE)
    assert len(place.client.get(f"{BASE}.json").json()["answer"]["parties"]) == 1
    assert "parties" not in place.visitor.get(f"{BASE}.json").json()["answer"]
    assert "shown to signed-in people only" in place.read(BASE)
    assert f"{party}/dependence" in place.read(f"/en/organisations/{party}", signed_in=True)
