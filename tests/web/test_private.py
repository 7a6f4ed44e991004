"""What is private: no page, twin, search, file, count or error shows it to whom it is not for."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pypdf
import pytest
from starlette.testclient import TestClient

from keten.atlas.conversation_records import Draft, record_note
from keten.atlas.named import Named
from keten.atlas.proposal import Proposal
from keten.atlas.suggestions import send
from keten.web import create_app
from keten.web.pages import ROUTERS
from keten.workspace import Line, Store, open_store
from tests.web.people import SignedIn, sign_in
from tests.web.site import CHAIN, Site

OWN, SHARED = "Zwartkijker7", "Gemeenzaam7"  # in what is its author's, and what is the editors'
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
TWO = {"html": "", "json": ".json"}


def seeds(site: Site) -> list[tuple[str, str, str]]:
    """Give kind, subject and object of lines as the rooms write them, and of kinds that nobody knows."""
    chain, key = f"chain:{CHAIN}", site.source_keys[0]
    return [
        ("note", key, ""), ("note", key, "note:0123456789ab"), ("note-done", key, "note:0123456789ab"),
        ("suggestion", "suggestion:0123456789ab", key), ("correction", key, "field:name"),
        ("suggestion-answer", "suggestion:0123456789ab", key), ("verified", key, "list:x"),
        ("setting", "setting:suggestions", "definition"),
        ("contact", key, ""), ("conversation", key, ""), ("figure", key, ""),
        ("indicator", f"region:{site.regions[0]}", ""), ("suggestion", key, chain),
        ("suggestion-answer", key, chain), ("initiative", chain, "initiative:x"),
        ("initiative", "initiative:x", ""), ("action", chain, "action:x"),
        ("status", chain, "action:x"), ("party-stage", key, chain), ("member", key, f"{chain}/farm"),
        ("member", key, "technology:x"), ("finance", key, "finance"), ("listed", key, "list:x"),
        ("own-organisation", "own:0123456789ab", "list:x"), ("list-columns", "list:x", ""),
        ("element-judgement", chain, "element:x"), ("decision", chain, "choice"),
        ("development", chain, "development:x"), ("same", key, "he:1"), ("different", key, "ror:x"),
        ("taxonomy-entry", "taxonomy:technologies", "technology:x"), ("sentence", chain, "sentence:x"),
        ("organisation", f"pic:{key.partition(':')[2]}", ""), ("remark", site.organisation, ""),
        ("chain", f"chain:{OWN.lower()}", "definition"),
        ("taxonomy", f"taxonomy:{OWN.lower()}", "definition"),
    ]  # fmt: skip


def marked(value: Any, mark: str) -> Any:
    """Give a value with a mark in every text of it."""
    if isinstance(value, dict):
        return {key: marked(item, mark) for key, item in value.items()} | {mark: mark}
    if isinstance(value, list):
        return [*(marked(item, mark) for item in value), mark]
    return f"{value} {mark}" if isinstance(value, str) else value


def hide_things(store: Store, site: Site) -> None:
    """Write private lines: one like every public line, and one of every kind; some in a batch."""
    public = [(line.kind, line.subject, line.object, line.value) for line in store.judgements()]
    public = [found for found in public if found[0] != "withdrawn"]
    fields = ("name", "label", "title", "text", "aim", "stage", "need", "street", "email", "amount",
              "what", "says", "way", "next", "website", "city")  # fmt: skip
    public += [(*seed, dict.fromkeys(fields, "x") | {"nl": "x", "en": "x"}) for seed in seeds(site)]
    for mark, shared in ((OWN, None), (SHARED, "editor")):
        lines = [
            Line(kind, subject, other, marked(value, mark), f"because {mark}", None, True, shared)
            for kind, subject, other, value in public
        ]
        once = store.record_many(
            lines, f"why {mark}", f"by {mark}", NOON, kind="import", title=f"sheet {mark}",
            detail={"file": mark}, is_private=True, shared_with=shared,
        )  # fmt: skip
        assert once.lines == len(lines)
        one = store.record("note", "he:1", mark, mark, f"by {mark}", NOON, value={mark: mark},
                           is_private=True, shared_with=shared)  # fmt: skip
        store.withdraw(one.number, mark, f"by {mark}", NOON)
    proposal = Proposal("organisation", f"because {SHARED}", name=SHARED)
    send(store, proposal, NOON, email=f"{SHARED}@example.org")
    draft = Draft("visit", NOON.date(), f"said {SHARED}", f"next {SHARED}", NOON.date())
    record_note(store, Named(site.source_keys[0], ""), draft, f"by {SHARED}", NOON)


def list_addresses(site: Site) -> list[str]:
    """Give every address that can be read, its places filled with what is there."""
    fills = {
        "key": "own:0123456789ab",
        "chain": CHAIN, "identifier": site.organisation, "left": site.source_keys[0],
        "right": site.source_keys[1], "codes": site.regions[1], "scheme": "technologies",
        "entry": "photonics", "action": "x", "initiative": "x", "number": "1", "call_id": "x",
        "name": "cordis", "stage": "end-customers", "token": "x", "slug": "x", "list": "x", "thing": "x",
    }  # fmt: skip
    found = {
        re.sub(r"{(\w+)(:\w+)?}", lambda place: fills.get(place[1], "x"), route.path)  # type: ignore[attr-defined]
        for router in ROUTERS
        for route in router.routes
        if "GET" in (getattr(route, "methods", None) or ())
    }
    found |= set(site.addresses().values()) | {f"/projects/{site.project}"}
    found |= {f"/search?q={mark}" for mark in (OWN, SHARED)}
    found |= {f"/suggest?q={mark}" for mark in (OWN, SHARED)}
    found |= {"/conversations?q=said", "/conversations/silent?of=list:x", "/unverified?months=0"}
    found |= {f"/conversations/silent?of=chain:{CHAIN}", "/suggestions?state=", "/own/own:x"}
    found |= {f"/history?subject=he:1&kind={kind}" for kind in ("note", "same")}
    found |= {f"/history?batch={number}" for number in (1, 2)}
    return sorted(found - {"/components", "/invitation/x", "/why"})


def at(address: str, ending: str) -> str:
    path, _, query = address.partition("?")
    if ending and not re.search(r"\.\w+$", path):
        path = f"{path.rstrip('/')}{ending}"
    return f"/en{path}" + (f"?{query}" if query else "")


def text_of(body: bytes) -> str:
    """Give what can be read in a reply, also where it is a document."""
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as package:
            return "\n".join(package.read(n).decode("utf-8", "replace") for n in package.namelist())
    if body.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages)
    return body.decode()


def is_remade(address: str) -> bool:
    """Say whether a reply bears the moment at which it was made."""
    return address.endswith((".pdf", ".docx", ".xlsx", ".ics"))


@pytest.fixture(scope="module")
def hidden(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The same site with private lines in it."""
    home = tmp_path_factory.mktemp("hidden") / "home"
    shutil.copytree(site.home, home)
    with open_store(home) as store:
        before = (store.fingerprint(), [store.contents(k) for k in ("chain", "developments")])
        hide_things(store, site)
        # What a build takes in is what it was.
        assert before == (
            store.fingerprint(),
            [store.contents(k) for k in ("chain", "developments")],
        )
    return replace(site, home=home)


@contextmanager
def browse(site: Site) -> Iterator[TestClient]:
    with TestClient(create_app(site.settings), follow_redirects=False) as client:
        yield client


def test_a_visitor_is_shown_what_would_be_there_without_it(
    site: Site, hidden: Site, tmp_path: Path
) -> None:
    plain = tmp_path / "home"
    shutil.copytree(site.home, plain)  # as others write in the site meanwhile
    shutil.rmtree(plain / "kept", ignore_errors=True)
    with browse(replace(site, home=plain)) as without, browse(hidden) as within:
        for address in list_addresses(site):
            for ending in TWO.values():
                one, other = without.get(at(address, ending)), within.get(at(address, ending))
                assert other.status_code == one.status_code < 500, address
                said = text_of(other.content)
                if "q=" not in address:
                    assert OWN not in said, address
                    assert SHARED not in said, address
                if not is_remade(address):
                    assert other.content == one.content, address


@pytest.mark.parametrize("role", ["visitor", "editor", "administrator"])
def test_each_role_is_shown_no_more_than_its_own(hidden: Site, role: str) -> None:
    shown = 0
    with browse(hidden) as client:
        person = sign_in(client, hidden.home, role)
        for address in list_addresses(hidden):
            if is_remade(address) and role != "visitor":
                continue
            reply = person.get(at(address, ".json" if role == "administrator" else ""))
            assert reply.status_code < 500, address
            said = text_of(reply.content)
            if "q=" in address:
                continue
            assert OWN not in said, address
            if role == "visitor":
                assert SHARED not in said, address
            shown += SHARED in said
    assert (shown > 0) == (role != "visitor")


def test_errors_and_forms_know_nothing_of_it(hidden: Site) -> None:
    public = {line.number for line in open_lines(hidden)}
    private = [number for number in range(1, max(own_lines(hidden))) if number not in public]
    assert len(private) > 30
    with browse(hidden) as client:
        unknown = client.get("/en/judgements/999999.json").json()["error"]
        for number in private[:: len(private) // 12]:
            reply = client.get(f"/en/judgements/{number}.json")
            assert reply.status_code == 404
            told = {k: str(v).replace(str(number), "N") for k, v in reply.json()["error"].items()}
            assert told == {k: str(v).replace("999999", "N") for k, v in unknown.items()}
        bo = sign_in(client, hidden.home, "editor")
        own = own_lines(hidden)
        for number in own[:3]:
            undone = bo.post(f"/en/judgements/{number}/withdraw.json", {"reason": "x"})
            assert undone.status_code == 404
            assert OWN not in undone.text
        with open_store(hidden.home) as store:
            (batch,) = (b for b in store.batches(reader=f"by {OWN}") if b.title == f"sheet {OWN}")
        reply = bo.post(f"/en/batches/{batch.number}/undo.json", {"reason": "x"})
        assert reply.status_code == 404
        assert OWN not in reply.text


def open_lines(site: Site) -> list[Any]:
    with open_store(site.home) as store:
        return store.judgements()


def own_lines(site: Site) -> list[int]:
    with open_store(site.home) as store:
        return [n.number for n in store.judgements("note", reader=f"by {OWN}") if n.is_private]


def test_the_history_of_a_batch_and_undoing_it(hidden: Site) -> None:
    with open_store(hidden.home) as store:
        batch = store.record_many(
            [Line("listed", f"own:{n:012x}", "list:shown") for n in range(4)],
            "imported", "an analyst", NOON, kind="import", title="Shown.xlsx",
        )  # fmt: skip
    with browse(hidden) as client:
        seen = client.get("/en/history").text
        assert "Shown.xlsx" in seen
        assert "an analyst" not in seen
        assert client.get("/en/history?person=an+analyst").status_code == 400
        bo: SignedIn = sign_in(client, hidden.home, "editor")
        assert "an analyst" in bo.get("/nl/history").text
        done = bo.post(
            f"/en/batches/{batch.number}/undo", {"reason": "wrong", "back": "/en/history"}
        )
        assert (done.status_code, done.headers["location"]) == (303, "/en/history")
        again = bo.post(f"/en/batches/{batch.number}/undo", {"reason": "wrong"})
        assert again.status_code == 409
        assert bo.post(f"/en/batches/{batch.number}/undo").status_code == 400
        rows = bo.get("/en/history.json?kind=listed&subject=list:shown").json()["answer"]["entries"]
        assert [(row["lines"], row["holds"]) for row in rows] == [(4, False)]
