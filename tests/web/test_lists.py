"""My lists: a sheet is sent, looked through, chosen from, kept, taken along, sent again and undone."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import duckdb
import pytest
from openpyxl import load_workbook
from starlette.testclient import TestClient

from keten.evidence import latest
from keten.web import create_app
from keten.web.pages.lists import desk
from keten.workspace import open_store
from keten.workspace.tokens import mask_secret
from tests.lists.made import text, workbook
from tests.web.people import HERE, SignedIn, sign_in
from tests.web.site import CHAIN, EVIL, Site


@pytest.fixture
def con(site: Site) -> duckdb.DuckDBPyConnection:
    return latest(site.home, threads=1).cursor()


@pytest.fixture
def editor(site: Site) -> Iterator[SignedIn]:
    with TestClient(create_app(site.settings), follow_redirects=False) as client:
        yield sign_in(client, site.home)


def upload(
    person: SignedIn,
    content: bytes,
    file: str = "members.xlsx",
    name: str = "Members",
    visibility: str = "editors",
) -> str:
    reply = person.client.post(
        "/en/lists",
        data={"csrf": mask_secret(person.token), "name": name, "visibility": visibility},
        files={"file": (file, content)},
        headers={"origin": HERE},
    )
    assert reply.status_code == 303, reply.text
    return str(reply.headers["location"])


def sheet(con: duckdb.DuckDBPyConnection) -> bytes:
    rows = con.execute(
        "select name, city from source_organisation where country = 'QN' and name is not null "
        "and city is not null order by hash(source_key) limit 6"
    ).fetchall()
    lines: list[list[object]] = [["Members"], [], ["Organisation", "City", "KvK"]]
    lines += [[name, city, None] for name, city in rows]
    lines += [
        [EVIL, "=1+1", "12"],
        ["Nobody Anywhere", "Elsewhere", None],
        [None, "Elsewhere", None],
    ]
    return workbook({"Members": lines, "Notes": [["Nothing"]]})


def seen(person: SignedIn, address: str) -> str:
    """Give the mark that the form of a sheet carries."""
    (mark,) = re.findall(r'name="seen" value="(\d+)"', person.get(address).text)
    return str(mark)


def test_who_is_second_is_told(editor: SignedIn, con: duckdb.DuckDBPyConnection) -> None:
    first, second = (upload(editor, sheet(con), name="Both") for _ in range(2))
    marks = [seen(editor, first), seen(editor, second)]
    assert editor.post(f"{first}/import", {"seen": marks[0]}).status_code == 303
    told = editor.post(f"{second}/import", {"seen": marks[1]})
    assert told.status_code == 409
    assert "Somebody read something else" in told.text
    assert editor.post(f"{second}/import", {"seen": seen(editor, second)}).status_code == 303


def test_a_list_goes_all_the_way(
    site: Site, editor: SignedIn, con: duckdb.DuckDBPyConnection
) -> None:
    content = sheet(con)
    address = upload(editor, content)
    shown = editor.get(address)
    assert shown.status_code == 200
    assert "A number of the Chamber of Commerce has eight digits." in shown.text
    assert "<script>alert" not in shown.text
    assert editor.get("/nl" + address[3:]).status_code == 200
    twin = editor.get(f"{address}.json").json()["answer"]
    assert sum(twin["counts"].values()) == 9
    assert twin["counts"]["wrong"] == 1
    back = editor.get(f"{address}/back")
    assert load_workbook(io.BytesIO(back.content))["Members"]["D3"].value == "keten row"
    choices = dict.fromkeys(re.findall(r'name="(choice-own:[0-9a-f]+)"', shown.text), "none")
    fields = {"reason": "Spring list", "seen": seen(editor, address), **choices}
    kept = editor.post(f"{address}/import", fields)
    assert (kept.status_code, kept.headers["location"]) == (303, "/en/lists/members")
    listed = editor.get("/en/lists/members")
    assert "Nobody Anywhere" in listed.text
    assert "<script>alert" not in listed.text
    assert "Members" in editor.get("/en/lists").text
    assert editor.get(address).status_code == 404
    # The list as it was taken along is sent again: nothing is new.
    book = editor.get("/en/lists/members/workbook.xlsx")
    again = upload(editor, book.content, "again.xlsx")
    changes = editor.get(f"{again}.json").json()["answer"]["changes"]
    assert (changes["added"], changes["changed"]) == (0, 0)
    assert editor.post(f"{again}/import", {"seen": seen(editor, again)}).status_code == 303
    rows = editor.get("/en/lists/members.json").json()["answer"]
    assert [one["file"] for one in rows["imports"]] == ["members.xlsx"]
    (batch,) = [str(one["number"]) for one in rows["imports"]]
    assert editor.post("/en/lists/members/undo", {"batch": batch}).status_code == 303
    gone = editor.get("/en/lists/members.json").json()["answer"]
    assert gone["rows"] == []
    undone = str(gone["imports"][0]["undone_by"])
    assert editor.post("/en/lists/members/undo", {"batch": undone}).status_code == 303
    assert len(editor.get("/en/lists/members.json").json()["answer"]["rows"]) == len(rows["rows"])
    assert editor.post("/en/lists/members/undo", {"batch": batch}).status_code == 303


def test_columns_and_sheet_can_be_chosen(editor: SignedIn, con: duckdb.DuckDBPyConnection) -> None:
    address = upload(editor, sheet(con), name="Columns")
    fields = {
        "shown": "Members",
        "sheet": "Members",
        "column-City": "note",
        "column-Organisation": "name",
    }
    assert editor.post(f"{address}/columns", fields).status_code == 303
    columns = editor.get(f"{address}.json").json()["answer"]["columns"]
    assert [(one["heading"], one["field"]) for one in columns][:2] == [
        ("Organisation", "name"), ("City", "note"),
    ]  # fmt: skip
    wrong = editor.post(f"{address}/columns", {"column-City": "colour"})
    assert wrong.status_code == 400
    assert (
        editor.post(
            f"{address}/import", {"choice-own:000000000000": "none", "seen": seen(editor, address)}
        ).status_code
        == 400
    )
    assert editor.post(f"{address}/drop").status_code == 303
    assert editor.get(address).status_code == 404


def test_what_is_no_list_is_told_with_the_form(editor: SignedIn) -> None:
    secret = {"csrf": mask_secret(editor.token)}
    for data, files in (
        ({"name": "", **secret}, {"file": ("x.csv", b"a;b\n1;2")}),
        ({"name": "X", **secret}, {"file": ("x.csv", b"")}),
        ({"name": "X", **secret}, {"file": ("x.xlsx", b"PK\x03\x04damaged")}),
        ({"name": "X", **secret}, {"file": ("x.html", b"<!doctype html>")}),
    ):
        reply = editor.client.post("/en/lists", data=data, files=files, headers={"origin": HERE})
        assert reply.status_code == 400
        assert 'role="alert"' in reply.text


def test_a_file_that_is_too_large_is_refused(
    editor: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    reply = editor.client.post(
        "/en/lists.json",
        data={"csrf": mask_secret(editor.token), "name": "X"},
        files={"file": ("x.csv", b"x" * 26_000_000)},
        headers={"origin": HERE},
    )
    assert reply.status_code == 413


def test_a_sheet_is_its_senders_alone(
    site: Site, editor: SignedIn, con: duckdb.DuckDBPyConnection
) -> None:
    address = upload(editor, sheet(con), name="Mine")
    with TestClient(create_app(site.settings), follow_redirects=False) as client:
        assert client.get(f"{address}.json").status_code == 403
        assert client.get("/en/lists.json").status_code == 403
        other = sign_in(client, site.home, name="Somebody Else")
        assert other.get(address).status_code == 404
        assert other.post(f"{address}/import").status_code == 404
        assert other.get(f"{address}/back").status_code == 404


def test_a_long_list_tells_how_far_it_is(
    editor: SignedIn, con: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "_WAIT_SECONDS", 0.0)
    address = upload(
        editor, text([["Naam"], *([f"Firm number {n}"] for n in range(3_000))]), "x.csv"
    )
    waiting = editor.get(address)
    assert waiting.status_code == 200
    assert "<progress" in waiting.text
    monkeypatch.setattr(desk, "_WAIT_SECONDS", 60.0)
    assert editor.get(f"{address}.json").json()["answer"]["counts"]["new"] > 2_900


def test_members_of_a_list_are_placed_in_a_chain(
    site: Site, editor: SignedIn, con: duckdb.DuckDBPyConnection
) -> None:
    with open_store(site.home) as store:
        content = store.content("chain", CHAIN)
    assert content is not None
    stages = [stage["stage"] for stage in content.value["stages"]]
    _key, pic = con.execute(
        "select source_key, pic from source_organisation where pic is not null and country = 'QN' "
        "order by source_key limit 1"
    ).fetchall()[0]
    lines = [["Naam", "PIC", "Waardeketen", "Schakel"]]
    lines += [["One", pic, CHAIN, stages[0]], ["Nobody Such", "", CHAIN, stages[-1]]]
    lines += [["Third Such", "", CHAIN, "no stage"], ["Fourth Such", "", "no chain", stages[0]]]
    address = upload(editor, text(lines), "x.csv", "Placed", "everybody")
    answer = editor.get(f"{address}.json").json()["answer"]
    assert answer["members"] == 2
    assert [one["text"] for one in answer["problems"]] == ["no stage", "no chain"]
    assert editor.post(f"{address}/import", {"seen": seen(editor, address)}).status_code == 303
    assert editor.get(f"/en/chains/{CHAIN}").status_code == 200
    with open_store(site.home) as store:
        placed = [line for line in store.judgements("party-stage") if line.batch]
    subjects = {line.subject: line.value["stage"] for line in placed}
    assert sorted(subjects.values()) == sorted([stages[0], stages[-1]])
    assert [stage for subject, stage in subjects.items() if subject.startswith("own:")] == [
        stages[-1]
    ]
    again = upload(editor, text(lines), "x.csv", "Placed")
    editor.post(f"{again}/import", {"seen": seen(editor, again)})
    assert len(editor.get("/en/lists/placed.json").json()["answer"]["imports"]) == 1
