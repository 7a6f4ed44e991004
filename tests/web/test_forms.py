"""Forms: who may send which, from where, and that nobody's page is given to somebody else."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from keten.web import create_app, reply
from keten.web.pages import ROUTERS
from keten.web.reply import FORMS
from keten.workspace import ROLES
from keten.workspace.tokens import mask_secret
from tests.web.people import HERE, SignedIn, send, sign_in
from tests.web.site import Site

HERE_BELOW = Path(reply.__file__).parent / "pages"
# These end the session that sends them, which the next try would need.
ENDING = {"/sign-out", "/account/sessions", "/account/erase", "/account/password"}
SIGNED = sorted({(path, role) for path, role in FORMS if role is not None})
OPEN = sorted({path for path, role in FORMS if role is None})


def at(path: str) -> str:
    """Give an address of a form, its places filled with what leads nowhere."""
    return "/en" + re.sub(
        r"{(number|\w+_no)}", "987654", re.sub(r"{(?!number)\w+}", "nothing", path)
    )


def code_of(reply: object) -> str:
    return str(reply.json()["error"]["code"])  # type: ignore[attr-defined]


def test_every_way_to_send_something_is_a_form() -> None:
    sending = {
        route.path  # type: ignore[attr-defined]
        for router in ROUTERS
        for route in router.routes
        if "POST" in (getattr(route, "methods", None) or ())
    }
    assert sending == {path for path, _ in FORMS}
    assert len(SIGNED) > 10


@pytest.mark.parametrize(("path", "role"), SIGNED)
def test_a_form_is_for_its_role_and_from_its_session_only(
    site: Site, visitor: TestClient, path: str, role: str, people: dict[str, SignedIn]
) -> None:
    address = at(path)
    assert code_of(send(visitor, f"{address}.json", {})) == "sign-in"
    before = people["administrator"].get("/en/people").status_code
    for has in ROLES:
        person = people[has]
        secret = {"csrf": mask_secret(person.token)}
        if ROLES.index(has) < ROLES.index(role):
            reply = send(person.client, f"{address}.json", secret)
            assert (reply.status_code, code_of(reply)) == (403, "role"), has
            continue
        others = {"csrf": mask_secret(people[next(r for r in ROLES if r != has)].token)}
        for fields in ({}, {"csrf": ""}, {"csrf": "é"}, {"csrf": "A" * 88}, others):
            reply = send(person.client, f"{address}.json", fields)
            assert (reply.status_code, code_of(reply)) == (403, "origin"), fields
        for headers in (
            {},
            {"origin": "null"},
            {"origin": "https://elsewhere.example"},
            {"origin": f"{HERE}.elsewhere.example"},
            {"origin": HERE, "sec-fetch-site": "cross-site"},
            {"origin": HERE, "sec-fetch-site": "same-site"},
            {"sec-fetch-site": "none"},
        ):
            reply = person.client.post(f"{address}.json", data=secret, headers=headers)
            assert (reply.status_code, code_of(reply)) == (403, "origin"), headers
    assert people["administrator"].get("/en/people").status_code == before == 200


@pytest.mark.parametrize(("path", "role"), SIGNED)
def test_a_form_reaches_its_handler(
    site: Site, path: str, role: str, people: dict[str, SignedIn]
) -> None:
    # Somebody new each time, as some of these forms sign out or close what is sent them.
    client = TestClient(people[role].client.app, follow_redirects=False)
    reply = sign_in(client, site.home, role).post(f"{at(path)}.json")
    assert reply.status_code < 500
    if reply.status_code >= 400 and "error" in reply.json():
        assert code_of(reply) not in {"sign-in", "role", "origin"}


@pytest.mark.parametrize("path", OPEN)
def test_a_form_for_all_still_comes_from_a_page_of_this_site(
    visitor: TestClient, path: str
) -> None:
    for headers in ({}, {"origin": "https://elsewhere.example"}, {"sec-fetch-site": "cross-site"}):
        reply = visitor.post(f"{at(path)}.json", data={}, headers=headers)
        assert (reply.status_code, code_of(reply)) == (403, "origin"), headers


@pytest.fixture(scope="module")
def people(site: Site) -> object:
    clients = {
        role: TestClient(create_app(site.settings), follow_redirects=False) for role in ROLES
    }
    return {role: sign_in(client, site.home, role) for role, client in clients.items()}


NAMES = sorted(
    {
        name
        for path in Path(HERE_BELOW).rglob("*")
        if path.suffix in {".html", ".py"}
        for name in re.findall(
            r'(?:\bname="|\bfield\("|\bform\.(?:get|all)\(")([a-z_-]+)"', path.read_text()
        )
    }
    - {"csrf"}
)
ODD = (
    *("", "x", "1", "-1", "0.5", "1,5", "nan", "1e999", "9" * 40, "٣", "\x00", "a\tb", "🙂", "yes"),
    *(
        "2026-13-45",
        "2027-01-01",
        "x" * 5_000,
        "<script>",
        "new-proteins",
        "pic:1",
        "editor",
        "open",
    ),
)


@pytest.mark.parametrize("path", sorted({path for path, _ in FORMS} - ENDING))
def test_nothing_that_is_typed_makes_a_fault(
    site: Site, path: str, administrator: SignedIn
) -> None:
    dice = random.Random(path)
    fills = {
        "chain": ("new-proteins", "nothing"),
        "identifier": (site.organisation, "x"),
        "number": ("77", "0", "9" * 30, "x"),
    }
    for _ in range(15):
        address = re.sub(
            r"{(\w+)(?::\w+)?}",
            lambda found: dice.choice(fills.get(found[1], ("x", "finance"))),
            path,
        )
        names = dice.sample(NAMES, dice.randint(0, len(NAMES)))
        fields = {name: dice.choice(ODD) for name in names}
        reply = administrator.post(f"/en{address}", fields)
        assert reply.status_code < 500, (address, fields)


def test_a_form_is_small_and_url_encoded(editor: SignedIn) -> None:
    headers = {"origin": HERE}
    address = "/en/account/name.json"
    reply = editor.client.post(address, json={"name": "x"}, headers=headers)
    assert reply.status_code == 415
    reply = editor.client.post(address, files={"name": b"x"}, headers=headers)
    assert reply.status_code == 415
    assert editor.post(address, {"name": "x" * 300_000}).status_code == 413
    many = "&".join(f"a{n}=1" for n in range(2_000))
    urlencoded = {**headers, "content-type": "application/x-www-form-urlencoded"}
    for body in (many.encode(), b"name=\xff", b"name=%ff"):
        assert editor.client.post(address, content=body, headers=urlencoded).status_code == 400


def test_methods_are_told(visitor: TestClient) -> None:
    for method, address, allowed in (
        ("POST", "/en/", "GET, HEAD"),
        ("PUT", "/en/sign-in", "GET, HEAD, POST"),
        ("GET", "/en/sign-out", "POST"),
        ("DELETE", "/en/sign-out", "POST"),
        ("POST", "/healthz", "GET, HEAD"),
        ("POST", "/nowhere", "GET, HEAD"),
    ):
        reply = visitor.request(method, address)
        assert (reply.status_code, reply.headers["allow"]) == (405, allowed), address


def test_what_was_typed_comes_back_when_nobody_is_signed_in_any_longer(
    visitor: TestClient,
) -> None:
    fields = {"reason": "a <b>long</b> reason", "csrf": "old", "password": "not shown"}
    reply = send(visitor, "/nl/judgements/1/withdraw", fields)
    assert reply.status_code == 403
    assert "a &lt;b&gt;long&lt;/b&gt; reason" in reply.text
    assert "not shown" not in reply.text
    assert 'href="/nl/sign-in"' in reply.text


def test_a_signed_in_page_is_kept_nowhere(site: Site, editor: SignedIn) -> None:
    address = f"/en/organisations/{site.organisation}"
    token = editor.client.cookies["keten"]
    mine = editor.get(address)
    assert mine.headers["cache-control"] == "private, no-store"
    assert "etag" not in mine.headers
    assert "Cookie" in mine.headers["vary"]
    assert "a reader" in mine.text  # who ruled
    editor.client.cookies.clear()
    public = editor.get(address)
    assert "A test editor" not in public.text
    assert "a reader" not in public.text
    assert public.headers["cache-control"] == "no-cache"
    assert "Cookie" in public.headers["vary"]
    twin = editor.get(f"{address}.json").json()["answer"]["organisation"]["judgements"]
    assert twin
    assert all("author" not in line for line in twin)
    # With the tag of the public page, who is signed in still gets a page of their own.
    again = editor.get(
        address, headers={"if-none-match": public.headers["etag"], "cookie": f"keten={token}"}
    )
    assert again.status_code == 200
    assert "A test editor" in again.text


def test_pages_without_a_cookie_look_nobody_up(
    site: Site, visitor: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("looked up")

    monkeypatch.setattr("keten.workspace.sessions.Sessions.find", fail)
    assert visitor.get("/nl/regions").status_code == 200


def test_signing_in_and_out_leaves_kept_pages_as_they_are(
    site: Site, visitor: TestClient, editor: SignedIn
) -> None:
    address = f"/en/organisations/{site.organisation}"
    tag = visitor.get(address).headers["etag"]
    assert editor.post("/en/sign-out").status_code == 303
    assert visitor.get(address, headers={"if-none-match": tag}).status_code == 304
