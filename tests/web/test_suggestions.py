"""A visitor tells what is missing or wrong, an editor answers; and the log that only editors see."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from starlette.testclient import TestClient

from keten.atlas.suggestions import EDITORS, list_suggestions
from keten.web import create_app
from keten.workspace import Line, open_store
from tests.web.people import SignedIn, send, sign_in
from tests.web.site import CHAIN, EVIL, NOW, Site

NEW = "/en/suggestions/new"
WHY = {"why": "I work there, ask me"}


@pytest.fixture(scope="module")
def mine(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The same site, to write in."""
    home = tmp_path_factory.mktemp("mine") / "home"
    shutil.copytree(site.home, home)
    return replace(site, home=home)


@pytest.fixture
def guest(mine: Site) -> Iterator[TestClient]:
    with TestClient(create_app(mine.settings), follow_redirects=False) as client:
        yield client


@pytest.fixture
def bo(mine: Site) -> Iterator[SignedIn]:
    with TestClient(create_app(mine.settings), follow_redirects=False) as client:
        yield sign_in(client, mine.home)


def propose(guest: TestClient, **fields: str) -> str:
    """Send a suggestion; gives the address of the page behind its link."""
    reply = send(guest, NEW, {**WHY, **fields})
    assert reply.status_code == 303, reply.text
    return str(reply.headers["location"])


def newest(site: Site) -> str:
    with open_store(site.home) as store:
        return list_suggestions(store, EDITORS, state="open")[-1].key


def test_what_is_missing_is_proposed_accepted_found_and_taken_back(
    guest: TestClient, bo: SignedIn, mine: Site
) -> None:
    shown = guest.get(f"{NEW}?name=Kaasmakerij")
    assert 'value="Kaasmakerij"' in shown.text
    own = propose(guest, what="organisation", name=f"Kaasmakerij {EVIL}", website="kaas.example",
                  city="Gouda", email="me@example.org")  # fmt: skip
    page = guest.get(own)
    assert page.headers["cache-control"] == "private, no-store"
    assert "not answered yet" in page.text
    assert EVIL not in page.text
    inbox = bo.get("/nl/suggestions")
    assert "me@example.org" in inbox.text
    assert re.search(r'class="k-count"[^>]*><code class="id">1<', bo.get("/en/").text)
    assert EVIL not in inbox.text
    assert guest.get("/en/suggestions").status_code == 303
    key = newest(mine)
    done = bo.post(f"/en/suggestions/{key}/answer", {"verdict": "accepted", "state": "open"})
    assert (done.status_code, done.headers["location"]) == (303, "/en/suggestions?state=open")
    assert "accepted" in guest.get(own).text
    found = guest.get("/en/search?q=kaasmakerij").text
    assert f"/en/own/own:{key}" in found
    organisation = guest.get(f"/en/own/own:{key}")
    assert "https://kaas.example" in organisation.text
    assert EVIL not in organisation.text
    assert "Log" not in organisation.text
    listed = bo.get("/en/lists/suggested")
    assert "verified" in listed.text
    book = bo.get("/en/lists/suggested/workbook.xlsx")
    cell = load_workbook(io.BytesIO(book.content)).worksheets[0].cell(2, 1)
    assert (cell.data_type, str(cell.value)[:12]) == ("s", "Kaasmakerij ")
    assert bo.post(f"/en/suggestions/{key}/open").status_code == 303
    assert guest.get(f"/en/own/own:{key}").status_code == 404
    assert "not answered yet" in guest.get(own).text
    forgotten = send(guest, f"{own}/forget", {})
    assert forgotten.status_code == 303
    assert "me@example.org" not in bo.get("/en/suggestions").text


def test_a_correction_stands_on_the_page_of_the_organisation(
    guest: TestClient, bo: SignedIn, mine: Site
) -> None:
    page = f"/en/organisations/{mine.organisation}"
    assert "what=correction" in guest.get(page).text
    propose(guest, what="correction", about=mine.organisation, field="website",
            says="new.example/a")  # fmt: skip
    bo.post(f"/en/suggestions/{newest(mine)}/answer", {"verdict": "accepted", "reason": "so it is"})
    said = guest.get(page).text
    assert "Editors say:" in said
    assert "https://new.example/a" in said
    assert 'class="k-verified"' in said
    own = propose(guest, what="correction", about=mine.organisation, field="same", other="whoever")
    key = newest(mine)
    refused = bo.post(f"/en/suggestions/{key}/answer", {"verdict": "accepted"})
    assert refused.status_code == 400
    assert "not said which organisation is meant" in refused.text
    assert bo.post(f"/en/suggestions/{key}/answer", {"verdict": "declined"}).status_code == 400
    bo.post(f"/en/suggestions/{key}/answer", {"verdict": "declined", "reason": "they are two"})
    assert "they are two" in guest.get(own).text
    twice = bo.post(
        f"/en/suggestions/{key}/answer", {"verdict": "accepted", "number": mine.nameless}
    )
    assert twice.status_code == 409
    assert bo.get("/en/suggestions.json?state=declined").json()["answer"]["total"] == 1


def test_a_membership_is_placed_in_the_chain(guest: TestClient, bo: SignedIn, mine: Site) -> None:
    stage = re.findall(rf'value="({CHAIN}/[^"]+)"', guest.get(f"{NEW}?what=membership").text)[-1]
    propose(guest, what="membership", name=mine.party, stage=stage)
    bo.post(f"/en/suggestions/{newest(mine)}/answer", {"verdict": "accepted", "reason": "placed"})
    with open_store(mine.home) as store:
        *_, line = store.judgements("party-stage", only_in_force=True)
    assert f"{line.object.removeprefix('chain:')}/{line.value['stage']}" == stage
    assert re.search(r"placed.*?verified", guest.get(f"/en/chains/{CHAIN}").text, re.DOTALL)
    propose(guest, what="organisation", name="Wei en Melk")
    key = newest(mine)
    bo.post(f"/en/suggestions/{key}/answer", {"verdict": "accepted"})
    propose(guest, what="membership", about=f"own:{key}", stage=stage)
    bo.post(f"/en/suggestions/{newest(mine)}/answer", {"verdict": "accepted"})
    shown = guest.get(f"/en/chains/{CHAIN}").text
    assert re.search(r"known to no source:.*?Wei en Melk", shown, re.DOTALL)


def test_what_is_incomplete_or_too_much_is_told(mine: Site) -> None:
    with TestClient(create_app(mine.settings), follow_redirects=False) as guest:
        for fields, told in (
            ({"what": "organisation"}, "f-name"),
            ({"what": "correction", "name": "x"}, "f-field"),
            ({"what": "membership", "name": "x", "stage": "x/y"}, "f-stage"),
            ({"what": "organisation", "name": "x", "email": "nobody"}, "f-email"),
            ({"what": "organisation", "name": "x", "website": "javascript:alert(1)"}, "f-website"),
        ):
            reply = send(guest, NEW, {**WHY, **fields})
            assert (reply.status_code, f'href="#{told}"' in reply.text) == (400, True), fields
        before = newest_count(mine)
        trapped = send(guest, NEW, {**WHY, "what": "organisation", "name": "x", "homepage": "x"})
        assert trapped.headers["location"] == NEW
        assert newest_count(mine) == before
        codes = [
            send(guest, NEW, {**WHY, "what": "organisation", "name": f"x{n}"}).status_code
            for n in range(7)
        ]
        assert codes.count(303) == 4  # one was tried with a bad address, one was trapped
        assert codes[-1] == 429
        assert newest_count(mine) == before + 4


def newest_count(site: Site) -> int:
    with open_store(site.home) as store:
        return len(list_suggestions(store, EDITORS, state="open"))


def test_an_administrator_alone_switches_it(mine: Site, guest: TestClient, bo: SignedIn) -> None:
    assert bo.post("/en/suggestions/setting", {"open": "no"}).status_code == 403
    with TestClient(create_app(mine.settings), follow_redirects=False) as client:
        chief = sign_in(client, mine.home, "administrator")
        assert chief.post("/en/suggestions/setting", {"open": "no"}).status_code == 303
        assert guest.get(NEW).status_code == 404
        assert (
            send(guest, f"{NEW}.json", {**WHY, "what": "organisation", "name": "x"}).json()[
                "error"
            ]["what"]
            == "No suggestions are taken here."
        )
        for address in (
            "/organisations/" + mine.organisation,
            "/search?q=qqqq",
            f"/chains/{CHAIN}",
        ):
            assert "suggestions/new" not in guest.get(f"/en{address}").text
        assert bo.get(NEW).status_code == 200
        assert chief.post("/en/suggestions/setting", {"open": "yes"}).status_code == 303
    assert guest.get(NEW).status_code == 200


def test_the_log_is_written_searched_and_ticked_off(
    guest: TestClient, bo: SignedIn, mine: Site
) -> None:
    page = f"/en/organisations/{mine.organisation}"
    about = f"/en/conversations/of/{mine.organisation}"
    assert "Write down a conversation" in bo.get(page).text
    assert "Write down a conversation" not in guest.get(page).text
    wrong = bo.post(about, {"way": "call", "text": "", "day": "2099-01-01", "due": "x"})
    assert '<option value="call" selected>' in wrong.text  # what was typed is still there
    assert wrong.status_code == 400
    for field in ("f-text", "f-day", "f-due", "f-next"):
        assert f'href="#{field}"' in wrong.text
    note = {"way": "visit", "text": f"=Seeks a pilot plant {EVIL}", "day": "2020-01-02",
            "next": "Send the call", "due": "2020-02-01", "back": page}  # fmt: skip
    done = bo.post(about, note)
    assert done.headers["location"] == f"{page}#conversations"
    shown = bo.get("/en/conversations?q=PILOT").text
    assert "Seeks a pilot plant" in shown
    assert EVIL not in shown
    assert "<strong>late</strong>" in bo.get("/en/conversations").text
    book = bo.get("/en/conversations/workbook.xlsx")
    row = [cell.value for cell in load_workbook(io.BytesIO(book.content)).worksheets[0][2]]
    cell = load_workbook(io.BytesIO(book.content)).worksheets[0].cell(2, 3)
    assert (row[0], cell.data_type, cell.quotePrefix) == (mine.name, "s", True)
    number = bo.get("/en/conversations.json").json()["answer"]["conversations"][0]["line"]["number"]
    assert bo.post(f"/en/conversations/{number}/done").status_code == 303
    assert bo.post(f"/en/conversations/{number}/done").status_code == 409
    assert bo.get("/en/conversations.json").json()["answer"]["due"] == []
    for address in ("/conversations", "/conversations/silent", "/unverified",
                    f"/conversations/of/{mine.organisation}"):  # fmt: skip
        assert guest.get(f"/en{address}").status_code == 303
        assert guest.get(f"/en{address}.json").json()["error"]["code"] == "sign-in"


def test_who_was_not_spoken_to_and_what_was_not_verified(bo: SignedIn, mine: Site) -> None:
    with open_store(mine.home) as store:
        batch = store.record_many(
            [Line("listed", mine.source_keys[0], "list:seen", {"row": "own:00000000000a", "at": 1}),
             Line("own-organisation", "own:00000000000b", "list:seen", {"name": "Solo", "at": 2})],
            "imported", "a reader", NOW.replace(year=2024), kind="list-import", title="Seen",
            detail={"list": "seen", "name": "Seen", "visibility": "everybody", "headings": []},
        )  # fmt: skip
        lines = store.judgements_of(batch.number)
        for key in (mine.source_keys[0], "own:00000000000b"):
            store.record("party-stage", key, f"chain:{CHAIN}", "placed", "a reader", NOW,
                         value={"stage": "end-customers"})  # fmt: skip
    silent = bo.get("/en/conversations/silent.json?of=list:seen").json()["answer"]["silent"]
    names = [(row["about"]["name"], row["last"]) for row in silent]
    assert ("Solo", None) in names  # never
    assert {name for name, _ in names} <= {"Solo", mine.name}
    book = bo.get("/en/conversations/silent/workbook.xlsx?of=list:seen")
    assert load_workbook(io.BytesIO(book.content)).worksheets[0].max_row == 1 + len(names)
    assert bo.get("/en/conversations/silent?of=list:nothing").status_code == 400
    assert bo.get(f"/en/conversations/silent.json?of=chain:{CHAIN}").json()["answer"]["members"] > 1
    asked = "/en/unverified.json?of=list:seen"
    assert bo.get(asked).json()["answer"]["total"] == 2
    one = bo.post(f"/en/judgements/{lines[0].number}/verify", {"back": "/en/lists/seen"})
    assert one.headers["location"] == "/en/lists/seen"
    assert bo.get(asked).json()["answer"]["total"] == 1
    assert bo.post("/en/unverified", {"line": str(lines[1].number)}).status_code == 303
    assert bo.get(asked).json()["answer"]["total"] == 0
    assert bo.post("/en/unverified").status_code == 400
    assert "own:00000000000b" in bo.get("/en/lists/seen").text
    assert "Write down a conversation" in bo.get("/en/own/own:00000000000b").text


def test_a_copy_of_the_home_has_the_log(mine: Site, tmp_path: Path) -> None:
    with open_store(mine.home) as store, open_store(tmp_path) as other:
        store.files.write(tmp_path / "plain", with_private=True)
        other.files.load(tmp_path / "plain", with_private=True)
        assert [line.reason for line in other.judgements("note", reader=EDITORS)] == [
            line.reason for line in store.judgements("note", reader=EDITORS)
        ]
        assert not any("example.org" in path.read_text() and "me@" in path.read_text()
                       for path in (tmp_path / "plain").rglob("*.yaml"))  # fmt: skip
