"""Signing in and out, invitations, one's own account, the people, and the history of a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from keten.settings import Settings
from keten.web import create_app
from keten.workspace import Store, open_store
from scripts.tracing.page import read_page
from tests.web.people import HERE, PASSWORD, SignedIn, send, sign_in

OTHER = "seven slow herons"


class Clock:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def client(tmp_path: Path, clock: Clock) -> Iterator[TestClient]:
    app = create_app(Settings(home=tmp_path), clock=clock)
    with TestClient(app, follow_redirects=False) as made:
        yield made


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path) as opened:
        yield opened


@pytest.fixture
def ann(client: TestClient, tmp_path: Path) -> SignedIn:
    return sign_in(client, tmp_path, "administrator", "Ann")


def set_cookie(client: TestClient, token: str) -> None:
    client.cookies.clear()
    client.cookies.set("keten", token, domain="testserver.local", path="/")


def fields(
    name: str = "ann@example.org", password: str = PASSWORD, onward: str = ""
) -> dict[str, str]:
    return {"sign_in": name, "password": password, "next": onward}


def test_signing_in_and_out(client: TestClient, ann: SignedIn) -> None:
    client.cookies.clear()
    asked = client.get("/en/account?x=1")
    assert asked.status_code == 303
    assert asked.headers["location"] == "/en/sign-in?next=%2Fen%2Faccount%3Fx%3D1"
    form = client.get(asked.headers["location"]).text
    assert 'name="next" value="/en/account?x=1"' in form
    done = send(client, "/en/sign-in", fields(" ANN@example.org ", onward="/en/account?x=1"))
    assert (done.status_code, done.headers["location"]) == (303, "/en/account?x=1")
    cookie = done.headers["set-cookie"]
    assert cookie.startswith("keten=")
    for part in ("HttpOnly", "Path=/", "SameSite=lax"):
        assert part in cookie
    assert "Max-Age" not in cookie  # the browser forgets it when it is closed
    page = client.get("/en/account").text
    assert "Ann" in page
    assert client.get("/en/sign-in?next=/nl/about").headers["location"] == "/nl/about"
    token = client.cookies["keten"]
    out = SignedIn(client, token).post("/en/sign-out")
    assert (out.status_code, out.headers["location"]) == (303, "/en/")
    assert client.get("/en/account").status_code == 303
    set_cookie(client, token)
    assert client.get("/en/account").status_code == 303


def test_signing_in_gives_a_token_that_nobody_knew(client: TestClient, ann: SignedIn) -> None:
    client.cookies.clear()
    set_cookie(client, "planted-by-somebody-else")
    done = send(client, "/en/sign-in", fields())
    assert "planted" not in done.headers["set-cookie"]
    assert client.get("/en/account").status_code == 200
    # Signing in again ends the session that the browser brought along.
    before = client.cookies["keten"]
    client.cookies.clear()
    set_cookie(client, before)
    send(client, "/en/sign-in", fields())
    client.cookies.clear()
    set_cookie(client, before)
    assert client.get("/en/account").status_code == 303


@pytest.mark.parametrize(
    "onward",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "/nl/../..//evil.example",
     "javascript:alert(1)", "/nl/\t//evil", "/static/keten.css", "/en/sign-out", ""],
)  # fmt: skip
def test_signing_in_leads_nowhere_else(client: TestClient, ann: SignedIn, onward: str) -> None:
    done = send(client, "/en/sign-in", fields(onward=onward))
    assert (done.status_code, done.headers["location"]) == (303, "/en/")


def test_wrong_names_and_passwords_look_alike(client: TestClient, ann: SignedIn) -> None:
    client.cookies.clear()
    pages = []
    for name, password in (("ann@example.org", OTHER), ("nobody@example.org", PASSWORD)):
        reply = send(client, "/en/sign-in", fields(name, password))
        assert reply.status_code == 403
        assert "set-cookie" not in reply.headers
        assert f'value="{name}"' in reply.text
        assert password not in reply.text
        assert 'role="alert"' in reply.text
        pages.append(reply.text.replace(name, "NAME"))
    assert pages[0] == pages[1]


def test_too_many_attempts_are_told(client: TestClient, ann: SignedIn, clock: Clock) -> None:
    client.cookies.clear()
    statuses = [
        send(client, "/nl/sign-in", fields("ann@example.org", OTHER)).status_code for _ in range(11)
    ]
    assert statuses == [403] * 10 + [429]
    assert "te vaak" in send(client, "/nl/sign-in", fields()).text
    clock.now += timedelta(minutes=16)
    assert send(client, "/nl/sign-in", fields()).status_code == 303


def test_over_https_the_cookie_is_for_this_host_alone(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, public_url="https://keten.example")
    with TestClient(create_app(settings), follow_redirects=False) as client:
        sign_in(client, tmp_path, "editor", "Ann")
        client.cookies.clear()
        headers = {"origin": "https://keten.example"}
        done = client.post("/en/sign-in", data=fields(), headers=headers)
        cookie = done.headers["set-cookie"]
        assert cookie.startswith("__Host-keten=")
        for part in ("Secure", "HttpOnly", "Path=/", "SameSite=lax"):
            assert part in cookie
        assert "Domain" not in cookie
        token = cookie.split("=", 1)[1].split(";")[0]
        seen = {"cookie": f"__Host-keten={token}"}
        assert client.get("/en/account", headers=seen).status_code == 200
        client.cookies.clear()
        # The short name would be one that another host of the domain could plant.
        assert client.get("/en/account", headers={"cookie": f"keten={token}"}).status_code == 303


def test_a_session_ends_by_itself(client: TestClient, ann: SignedIn, clock: Clock) -> None:
    clock.now += timedelta(hours=7)
    assert ann.get("/en/account").status_code == 200
    clock.now += timedelta(hours=8, minutes=1)
    assert ann.get("/en/account").status_code == 303
    headers = {"origin": HERE, "referer": f"{HERE}/en/account?x=1"}
    reply = ann.client.post("/en/account/name", data={"name": "Somebody"}, headers=headers)
    assert reply.status_code == 403
    assert "Somebody" in reply.text
    # The way on leads to signing in, and from there to the page with the form.
    assert 'href="/en/sign-in?next=%2Fen%2Faccount%3Fx%3D1"' in reply.text
    assert 'href="/nl/account?x=1"' in reply.text
    out = ann.post("/en/sign-out")
    assert out.status_code == 303
    assert 'keten=""' in out.headers["set-cookie"]


@pytest.mark.parametrize(
    "before", ["", "http://[", "https://elsewhere.example/en/account", f"{HERE}//elsewhere.example"]
)
def test_a_page_before_that_is_not_ours_is_left_out(client: TestClient, before: str) -> None:
    headers = {"origin": HERE, "referer": before}
    reply = client.post("/en/account/name", data={"name": "x"}, headers=headers)
    assert reply.status_code == 403
    assert 'href="/en/sign-in"' in reply.text
    assert "elsewhere" not in reply.text


def test_looking_at_an_invitation_leaves_it_good(client: TestClient, store: Store) -> None:
    token = store.links.invite("editor", None, datetime.now(UTC))
    address = f"/nl/invitation/{token}"
    for _ in range(3):
        seen = client.get(address)
        assert seen.status_code == 200
        assert seen.headers["cache-control"] == "private, no-store"
    assert client.head(address).status_code == 200
    typed = {"name": "Bo", "sign_in": "bo@example.org", "password": "short"}
    reply = send(client, address, typed)
    assert reply.status_code == 400
    assert "te kort" in reply.text
    assert 'value="bo@example.org"' in reply.text
    assert 'aria-invalid="true"' in reply.text
    done = send(client, address, typed | {"password": PASSWORD})
    assert (done.status_code, done.headers["location"]) == (303, "/nl/account")
    assert client.get("/nl/account").status_code == 200
    client.cookies.clear()
    for again in (client.get(address), send(client, address, typed | {"password": PASSWORD})):
        assert again.status_code == 404
        assert "werkt niet" in again.text
    assert [one.name for one in store.accounts.all()] == ["Bo"]


def test_an_invitation_is_too_old_after_two_days(
    client: TestClient, store: Store, clock: Clock
) -> None:
    token = store.links.invite("editor", None, clock.now)
    clock.now += timedelta(hours=48)
    assert client.get(f"/nl/invitation/{token}").status_code == 404


def test_a_new_password_by_a_link(client: TestClient, ann: SignedIn) -> None:
    page = ann.post("/en/people/1/reset").text
    address = re.search(r"http://testserver(/en/invitation/[\w-]+)", page)
    assert address
    assert address[0] not in ann.get("/en/people/1").text  # shown this once
    client.cookies.clear()
    form = client.get(address[1]).text
    assert 'autocomplete="new-password"' in form
    assert 'name="name"' not in form
    assert send(client, address[1], {"password": OTHER}).status_code == 303
    client.cookies.clear()
    assert send(client, "/en/sign-in", fields()).status_code == 403
    assert send(client, "/en/sign-in", fields(password=OTHER)).status_code == 303


def test_ones_own_account(client: TestClient, ann: SignedIn, store: Store) -> None:
    me = store.sessions.find(ann.token, datetime.now(UTC))
    assert me is not None
    line = store.signed_by(me).record("note", "chain:x", "", "because", "", datetime.now(UTC))
    assert ann.post("/en/account/name", {"name": " "}).status_code == 400
    assert ann.post("/en/account/name", {"name": "Ann Bakker"}).status_code == 303
    assert "Ann Bakker" in ann.get(f"/en/judgements/{line.number}").text
    wrong = ann.post("/en/account/password", {"old": OTHER, "password": OTHER})
    assert wrong.status_code == 400
    assert "present password is wrong" in wrong.text
    changed = ann.post("/en/account/password", {"old": PASSWORD, "password": OTHER})
    assert changed.status_code == 303
    token = client.cookies["keten"]
    assert token != ann.token
    now = SignedIn(client, token)
    assert now.get("/en/account").status_code == 200
    assert now.post("/en/account/sessions").headers["location"] == "/en/"
    assert client.get("/en/account").status_code == 303


def test_being_forgotten(client: TestClient, ann: SignedIn, store: Store, tmp_path: Path) -> None:
    last = ann.post("/en/account/erase", {"sure": "yes"})
    assert last.status_code == 400
    assert "last administrator" in last.text
    sign_in(TestClient(client.app), tmp_path, "administrator", "Bo")
    me = store.sessions.find(ann.token, datetime.now(UTC))
    assert me is not None
    line = store.signed_by(me).record("note", "chain:x", "", "because", "", datetime.now(UTC))
    assert ann.post("/en/account/erase").status_code == 400
    assert ann.post("/en/account/erase", {"sure": "yes"}).status_code == 303
    client.cookies.clear()
    bo = sign_in(client, tmp_path, "visitor", "Cy")
    page = bo.get(f"/en/judgements/{line.number}").text
    assert "somebody whose name was erased" in page
    assert "because" in page
    assert "Ann" not in page


def test_the_people(client: TestClient, ann: SignedIn, store: Store) -> None:
    page = ann.post("/en/people/invite", {"role": "editor"}).text
    address = re.search(r"http://testserver(/en/invitation/[\w-]+)", page)
    assert address
    assert "/en/invitation/" not in ann.get("/en/people").text
    token = address[1].rsplit("/", 1)[1]
    store.links.join(token, "Bo", "bo@example.org", PASSWORD, datetime.now(UTC))
    assert ann.post("/en/people/invite", {"role": "king"}).status_code == 400
    assert ann.post("/en/people/2/role", {"role": "visitor"}).status_code == 303
    assert store.accounts.one(2).role == "visitor"
    assert ann.post("/en/people/2/disable").status_code == 303
    assert "account closed" in ann.get("/en/people").text
    assert ann.post("/en/people/2/enable").status_code == 303
    assert ann.post("/en/people/2/erase").status_code == 400
    assert ann.post("/en/people/2/erase", {"sure": "yes"}).status_code == 303
    page = ann.get("/en/people/2").text
    assert "Bo" not in page.replace("Body", "")
    for event in ("the account was made", "the role was changed", "by", "data were erased"):
        assert event in page
    for change in ({"role": "editor"},):
        refused = ann.post("/nl/people/1/role", change)
        assert refused.status_code == 400
        assert "laatste beheerder" in refused.text
    assert ann.get("/en/people/99").status_code == 404


def test_links_that_wait_and_who_may_do_what(ann: SignedIn, store: Store) -> None:
    ann.post("/en/people/invite", {"role": "editor"})
    page = ann.get("/en/people").text
    assert "Links that were not used yet" in page
    assert "Last signed in" in page
    assert "their own only" in page
    assert "ingelogd" in ann.get("/nl/people").text
    waiting = store.links.waiting(datetime.now(UTC))
    for each in waiting:
        assert ann.post(f"/en/people/links/{each.number}/end").status_code == 303
    assert "Links that were not used yet" not in ann.get("/en/people").text
    gone = ann.post(f"/nl/people/links/{waiting[0].number}/end")
    assert gone.status_code == 404
    assert "Deze link werkt niet" in gone.text


def test_people_are_for_administrators(client: TestClient, tmp_path: Path) -> None:
    assert client.get("/en/people").status_code == 303
    editor = sign_in(client, tmp_path, "editor", "Ed")
    for address in ("/en/people", "/en/people/1", "/en/people.json"):
        assert editor.get(address).status_code == 403
    client.cookies.clear()
    assert client.get("/en/people.json").json()["error"]["code"] == "sign-in"


def test_a_line_is_taken_back_and_restored(
    client: TestClient, store: Store, tmp_path: Path
) -> None:
    now = datetime.now(UTC)
    line = store.record(
        "note", "chain:x", "y", "It <i>is</i> so", "an analyst", now, value={"a": 1}
    )
    public = client.get("/en/judgements/1").text
    assert "It &lt;i&gt;is&lt;/i&gt; so" in public
    assert "an analyst" not in public
    assert "<form" not in public.split("<main")[1]
    twin = client.get("/en/judgements/1.json").json()["answer"]
    assert twin["lines"][0]["value"] == {"a": 1}
    assert "author" not in twin["lines"][0]
    editor = sign_in(client, tmp_path, "editor", "Ed")
    page = editor.get("/en/judgements/1").text
    assert "an analyst" in page
    assert "/en/judgements/1/withdraw" in page
    blank = editor.post("/en/judgements/1/withdraw", {"reason": " "})
    assert blank.status_code == 400
    back = {"reason": "not so", "back": "/en/methods?x=1"}
    done = editor.post("/en/judgements/1/withdraw", back)
    assert (done.status_code, done.headers["location"]) == (303, "/en/methods?x=1")
    assert store.judgements("note", only_in_force=True) == []
    late = editor.post("/en/judgements/1/withdraw", {"reason": "my own reason"})
    assert late.status_code == 409
    for words in ("Somebody changed this meanwhile", "not so", "my own reason", "Ed"):
        assert words in late.text
    redo = editor.post("/en/judgements/2/withdraw", {"reason": "it is", "back": "//evil.example"})
    assert redo.headers["location"] == "/en/judgements/2"
    (restored,) = store.judgements("note", only_in_force=True)
    assert restored == line
    assert [each.author for each in store.history(1)] == ["an analyst", "Ed", "Ed"]


def test_a_private_line_is_nobody_elses(client: TestClient, store: Store, tmp_path: Path) -> None:
    store.record("note", "a", "b", "secret", "an analyst", datetime.now(UTC), is_private=True)
    editor = sign_in(client, tmp_path, "editor", "Ed")
    assert editor.get("/en/judgements/1").status_code == 404
    assert editor.post("/en/judgements/1/withdraw", {"reason": "x"}).status_code == 404
    assert editor.get("/en/judgements/77").status_code == 404


def test_what_is_for_signed_in_people_is_so_by_its_number_too(
    client: TestClient, store: Store, tmp_path: Path
) -> None:
    amounts = {"revenue_eur": 4_321_000}
    now = datetime.now(UTC)
    line = store.record("finance", "finance:he:1", "2025", "told us", "x", now, value=amounts)
    later = store.withdraw(line.number, "a slip", "x", now)
    for number in (line.number, later.number):
        for address in (f"/en/judgements/{number}", f"/en/judgements/{number}.json"):
            reply = client.get(address)
            assert reply.status_code == 403
            assert "4321000" not in reply.text
            assert "told us" not in reply.text
    reader = sign_in(client, tmp_path, "visitor", "Vic")
    assert "4321000" in reader.get(f"/en/judgements/{line.number}").text


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_is_whole(
    client: TestClient, ann: SignedIn, store: Store, language: str
) -> None:
    from tests.web.test_pages import headings_descend

    store.record("note", "chain:x", "y", "why", "x", datetime.now(UTC), value=[1, {"b": None}])
    token = store.links.invite("editor", None, datetime.now(UTC))
    addresses = ("account", "people", "people/1", "judgements/1", f"invitation/{token}", "sign-in")
    replies = [ann.get(f"/{language}/{address}") for address in addresses[:-1]]
    replies += [ann.post(f"/{language}/people/invite", {"role": "editor"})]
    replies += [ann.post(f"/{language}/account/name", {"name": ""})]
    client.cookies.clear()
    replies += [client.get(f"/{language}/sign-in")]
    replies += [send(client, f"/{language}/sign-in", {})]
    replies += [send(client, f"/{language}/judgements/1/withdraw", {"reason": "4 reasons"})]
    for reply in replies:
        assert reply.text.count("<h1") == 1
        assert headings_descend(reply.text)
        ids = re.findall(r'\bid="([^"]+)"', reply.text)
        assert len(ids) == len(set(ids))
        assert " style=" not in reply.text
        assert not re.search(r"<[^>]*\son[a-z]+=", reply.text)
        assert read_page(reply.text).strays == [], reply.url
        inputs = re.findall(r'<input[^>]*type="(?:text|password)"[^>]*>', reply.text)
        assert all("autocomplete=" in each for each in inputs)


def test_without_a_workspace_nobody_is_signed_in(tmp_path: Path) -> None:
    with TestClient(create_app(Settings(home=tmp_path)), follow_redirects=False) as client:
        client.cookies.set("keten", "x")
        assert client.get("/en/about").status_code == 200
        assert not (tmp_path / "workspace.sqlite").exists()
        client.cookies.set("keten", "x" * 5000)
        assert client.get("/en/about").status_code == 200
