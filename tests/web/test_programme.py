"""The programme through its pages: who may write, what a form says, and what everybody reads."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from openpyxl import load_workbook
from starlette.testclient import TestClient

from keten.web import create_app
from keten.workspace import open_store
from scripts.tracing.page import read_page
from tests.web.people import SignedIn, sign_in
from tests.web.site import CHAIN, COUNTRY, NOW, Site

BASE = f"/en/chains/{CHAIN}/programme"
ACTION = {
    "title": "Pilot plant for 3 proteins",
    "owner": "Province of Somewhere",
    "role": "business developer food",
    "starts": "2020-01-01",
    "ends": "2099-12-31",
    "gap": "element:finance",
    "reason": "the canvas says 2 things <b>lack</b>",
    "milestone-0-title": "Permit of phase 1",
    "milestone-0-day": "2020-06-01",
    "milestone-1-title": "Opening",
    "milestone-1-day": "2099-01-01",
}


class Place:
    """A home of the test's own, an editor and a visitor of it."""

    def __init__(self, site: Site, home: Path) -> None:
        shutil.copytree(site.home, home)
        self.home = home
        app = create_app(type(site.settings)(home=home, home_country=COUNTRY))
        self.client = TestClient(app, follow_redirects=False)
        self.visitor = TestClient(app, follow_redirects=False)
        self.editor: SignedIn = sign_in(self.client, home)

    def add(self, **fields: str) -> str:
        """Add an action, and give its address."""
        reply = self.editor.post(f"{BASE}/actions", ACTION | fields)
        assert reply.status_code == 303, words_of(reply.text)
        return str(reply.headers["location"])

    def read(self, address: str, *, signed_in: bool = False) -> str:
        reply = (self.client if signed_in else self.visitor).get(address)
        assert reply.status_code == 200, (address, words_of(reply.text)[:600])
        return str(reply.text)


@pytest.fixture(scope="module")
def home_of_its_own(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    made = Place(site, tmp_path_factory.mktemp("programme") / "home")
    yield made
    made.client.close()
    made.visitor.close()


@pytest.fixture
def place(home_of_its_own: Place) -> Iterator[Place]:
    """The place, with nothing planned: what tests of the same site wrote is taken back."""
    take_back(home_of_its_own)
    yield home_of_its_own
    take_back(home_of_its_own)


def take_back(place: Place) -> None:
    """Withdraw every initiative, action and status."""
    with open_store(place.home) as store:
        while lines := [
            line
            for line in store.judgements(only_in_force=True)
            if line.kind in {"initiative", "action", "status"}
        ]:
            for line in lines:
                store.withdraw(line.number, "done with", "a test", NOW + timedelta(days=400))


def words_of(html: str) -> str:
    """Give what a page says, without its marks."""
    body = html.partition("<main")[2] or html
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def hidden(html: str, name: str, form: str) -> str:
    """Give a hidden field of the form that goes to an address."""
    found = re.search(
        rf'action="{re.escape(form)}".*?name="{name}" value="([^"]*)"', html, re.DOTALL
    )
    assert found, (form, name)
    return found[1]


def test_an_empty_programme_says_where_to_begin(place: Place) -> None:
    html = place.read(BASE)
    assert "Nothing is planned yet" in html
    assert f'href="/en/chains/{CHAIN}/canvas"' in html
    assert '<form method="post" action="/en/chains' not in html, "visitors get no form"
    mine = place.read(BASE, signed_in=True)
    assert f"{BASE}?gap=element:" in mine


def test_a_gap_in_the_address_fills_the_form(place: Place) -> None:
    html = place.read(f"{BASE}?gap=element:finance", signed_in=True)
    assert '<option value="element:finance" selected>' in html
    assert re.search(r"<details open>\s*<summary>An action", html)


def test_an_action_is_added_and_read_by_everybody(place: Place) -> None:
    address = place.add()
    said = words_of(place.read(address))
    for words in (
        "Pilot plant for 3 proteins", "Province of Somewhere", "business developer food",
        "1 June 2020", "late", "a milestone is late", "the canvas says 2 things <b>lack</b>",
        "Finance",
    ):  # fmt: skip
        assert words in said, words
    whole = place.read(BASE)
    assert "Permit of phase 1" in words_of(whole)
    assert 'class="k-timeline"' in whole
    assert "<b>lack" not in whole


def test_no_number_stands_there_by_itself(place: Place) -> None:
    place.add()
    bare = place.editor.post(
        f"{BASE}/actions", {"title": "Talk to 9 banks", "owner": "NOM", "reason": "r"}
    )
    assert bare.status_code == 303, "no days, no milestones, no gap"
    reply = place.editor.post(
        f"{BASE}/initiatives", {"label": "Food 2030", "aim": "20 % more", "reason": "1"}
    )
    assert reply.status_code == 303
    for language in ("nl", "en"):
        for part in ("", "?gap=element:finance", "?add=initiative"):
            for signed_in in (False, True):
                address = f"/{language}/chains/{CHAIN}/programme{part}"
                assert read_page(place.read(address, signed_in=signed_in)).strays == []
    html = place.read(BASE)
    links = sorted(set(re.findall(rf'href="({BASE}/[^"#]+)"', html)))
    assert len(links) >= 4
    for link in links:
        if not link.endswith((".ics", ".xlsx")):
            assert read_page(place.read(link, signed_in=True)).strays == [], link


def test_every_number_is_explained(place: Place) -> None:
    initiative = {"label": "Food", "aim": "more of it", "reason": "asked for"}
    made = (
        place.editor.post(f"{BASE}/initiatives", initiative).headers["location"].partition("#")[2]
    )
    address = place.add(initiative=made)
    seen = hidden(place.read(address, signed_in=True), "seen", f"{address}/status")
    told = {"status": "running", "share_done": "40", "note": "it runs", "seen": seen}
    assert place.editor.post(f"{address}/status", told).status_code == 303
    figures = {
        shown.why: shown.raw
        for page in (BASE, address)
        for shown in read_page(place.read(page)).figures
    }
    assert len(figures) > 10
    for why, raw in figures.items():
        html = place.read(why)
        assert any(shown.raw == raw for shown in read_page(html).figures), why
    (share,) = (why for why in figures if "share_done" in why)
    assert "it runs" in words_of(place.read(share))
    late = next(why for why in figures if "milestones_late" in why and made in why)
    assert "the canvas says" in words_of(place.read(late))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_form_keeps_what_was_typed_and_says_what_is_wrong(place: Place, language: str) -> None:
    fields = ACTION | {
        "ends": "2019-02-01",
        "owner": "pic:1",
        "milestone-7-title": "No day",
        "gap": "element:luck",
    }
    reply = place.editor.post(f"/{language}/chains/{CHAIN}/programme/actions", fields)
    assert reply.status_code == 400
    said = words_of(reply.text)
    for words in {
        "en": (
            "before the start",
            "No organisation is known here as 'pic:1'",
            "has no day",
            "no element of the canvas",
        ),
        "nl": (
            "voor het begin",
            "Hier is geen organisatie bekend als 'pic:1'",
            "heeft geen dag",
            "geen element van het canvas",
        ),
    }[language]:
        assert words in said, words
    for value in (
        "2019-02-01",
        "pic:1",
        "No day",
        "Permit of phase 1",
        "Pilot plant for 3 proteins",
    ):
        assert f'value="{value}"' in reply.text, value
    assert 'name="milestone-7-title"' in reply.text
    assert "the canvas says 2 things &lt;b&gt;lack" in reply.text
    assert read_page(reply.text).strays == []
    assert "Nothing is planned yet" in place.read(BASE)


def test_editing_a_clash_and_undoing(place: Place) -> None:
    address = place.add()
    html = place.read(address, signed_in=True)
    seen = hidden(html, "seen", address)
    keys = re.findall(r'name="milestone-\d+-key" value="(\w+)"', html)
    assert len(keys) == 2
    again = ACTION | {"milestone-0-key": keys[0], "milestone-1-key": keys[1], "seen": seen}
    assert (
        place.editor.post(address, again | {"title": "Theirs", "reason": "r1"}).status_code == 303
    )
    mine = place.editor.post(address, again | {"title": "Mine", "reason": "r2"})
    assert mine.status_code == 409
    said = words_of(mine.text)
    assert "Somebody changed this meanwhile" in said
    assert "Theirs" in said
    assert 'value="Mine"' in mine.text
    # Sent again from that page it holds.
    newer = hidden(mine.text, "seen", address)
    kept = place.editor.post(address, again | {"title": "Mine", "reason": "r2", "seen": newer})
    assert kept.status_code == 303
    html = place.read(address, signed_in=True)
    assert re.findall(r'name="milestone-\d+-key" value="(\w+)"', html) == keys
    newest = hidden(html, "seen", address)
    undone = place.editor.post(
        f"/en/judgements/{newest}/withdraw", {"reason": "no", "back": address}
    )
    assert undone.status_code == 303
    assert "Theirs" in words_of(place.read(address))
    assert "no longer holds" in words_of(place.read(address))


def test_withdrawn_whole_it_can_be_restored(place: Place) -> None:
    address = place.add()
    seen = hidden(place.read(address, signed_in=True), "seen", address)
    place.editor.post(f"/en/judgements/{seen}/withdraw", {"reason": "a mistake", "back": address})
    assert "was withdrawn" in words_of(place.read(address))
    assert "Nothing is planned yet" in place.read(BASE)
    mine = place.read(BASE, signed_in=True)
    assert address in mine
    back = re.search(r"judgements/(\d+)/withdraw", place.read(address, signed_in=True))
    assert back
    place.editor.post(
        f"/en/judgements/{back[1]}/withdraw", {"reason": "it was none", "back": address}
    )
    assert "Permit of phase 1" in words_of(place.read(address))
    assert place.editor.post(address, ACTION | {"seen": "1"}).status_code == 409


def test_a_status_told_meanwhile_is_shown(place: Place) -> None:
    address = place.add()
    told = {"status": "running", "share_done": "", "note": "it runs", "seen": "0"}
    assert place.editor.post(f"{address}/status", told).status_code == 303
    clash = place.editor.post(f"{address}/status", told | {"status": "stopped", "note": "no money"})
    assert clash.status_code == 409
    assert "it runs" in words_of(clash.text)
    assert ">no money</textarea>" in clash.text
    bad = place.editor.post(f"{address}/status", told | {"status": "done", "share_done": "4"})
    assert bad.status_code == 400
    assert read_page(bad.text).strays == []


def test_names_of_who_wrote_are_for_signed_in_people(place: Place) -> None:
    address = place.add()
    with open_store(place.home) as store:
        line = store.judgements("action")[-1]
    for page in (BASE, address, f"{BASE}.json", f"{address}.json"):
        assert line.author not in place.read(page)
    assert line.author in place.read(address, signed_in=True)


def test_what_is_sent_to_nothing_is_told(place: Place) -> None:
    for address in (
        f"{BASE}/actions/none", f"{BASE}/initiatives/none", "/en/chains/none/programme",
        "/en/chains/none/programme/calendar.ics", "/en/chains/none/programme/actions.xlsx",
    ):  # fmt: skip
        assert place.visitor.get(address).status_code == 404, address
    assert place.editor.post(f"{BASE}/actions/none", ACTION | {"seen": "1"}).status_code == 404
    told = {"status": "done", "note": "n", "seen": "0"}
    assert place.editor.post(f"{BASE}/actions/none/status", told).status_code == 404
    address = place.add()
    for seen in ({}, {"seen": "x"}, {"seen": "²"}):
        assert place.editor.post(address, ACTION | seen).status_code == 400


def test_the_owner_is_an_organisation_of_the_evidence(place: Place, site: Site) -> None:
    address = place.add(owner=f"whatever ({site.organisation})")
    html = place.read(address)
    assert f"/en/organisations/{site.organisation}" in html.replace("%3A", ":")
    assert site.name in words_of(html)
    twin: Any = place.visitor.get(f"{address}.json").json()["answer"]["action"]
    assert twin["owner"]["current"]["organisation_id"] == site.organisation
    assert twin["action"]["owner"]["record"] in site.source_keys


def test_who_may_write_is_offered_the_parties_of_the_chain(place: Place) -> None:
    html = place.read(f"{BASE}?add=action", signed_in=True)
    offered = re.findall(r'<option value="([^"]+ \((?:ror|pic|kvk|he|h2020):[^"]+\))">', html)
    assert len(offered) > 3
    address = place.add(owner=unescape(offered[0]))
    assert "/en/organisations/" in place.read(address)
    assert "<datalist" not in place.read(BASE)


def test_calendar_and_workbook_are_taken_along(place: Place) -> None:
    place.add()
    for language, name in (("nl", "Mijlpaal: Opening"), ("en", "Milestone: Opening")):
        reply = place.visitor.get(f"/{language}/chains/{CHAIN}/programme/calendar.ics")
        assert reply.headers["content-type"].startswith("text/calendar")
        calendar: Any = Calendar.from_ical(reply.content)
        assert name in {str(event["SUMMARY"]) for event in calendar.walk("VEVENT")}
    reply = place.visitor.get(f"{BASE}/actions.xlsx")
    book = load_workbook(io.BytesIO(reply.content))
    assert book["Actions"].cell(2, 2).value == "Pilot plant for 3 proteins"
    about = {row[0].value: row[1].value for row in book["About"].iter_rows(min_row=2)}
    assert about["Evidence number"] == 1


def test_a_page_of_yesterday_is_not_todays(site: Site, place: Place) -> None:
    settings = type(site.settings)(home=place.home, home_country=COUNTRY)
    place.add(**{"milestone-1-day": "2098-06-01"})
    app = create_app(settings)
    real = app.state.house.clock
    with TestClient(app) as client:
        first = client.get(BASE)
        object.__setattr__(app.state.house, "clock", lambda: real() + timedelta(days=30_000))
        later = client.get(BASE)
    assert first.headers["etag"] != later.headers["etag"]
    assert words_of(first.text) != words_of(later.text)
