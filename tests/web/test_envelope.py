"""Redirects, headers, caching, languages: what goes round every page."""

from __future__ import annotations

from pathlib import Path

from starlette.testclient import TestClient

from keten.settings import Settings
from keten.web import create_app
from keten.web.language import choose_language
from tests.web.site import NOW, Site


def test_the_first_address_follows_the_language_of_the_browser(visitor: TestClient) -> None:
    for accept, where in (
        ("en-GB,en;q=0.9,nl;q=0.8", "/en/"),
        ("fr, nl;q=0.5", "/nl/"),
        ("", "/nl/"),
    ):
        reply = visitor.get("/", headers={"accept-language": accept})
        assert (reply.status_code, reply.headers["location"]) == (302, where)
        assert reply.headers["vary"] == "Accept-Language"
    assert visitor.get("/nl").headers["location"] == "/nl/"


def test_choosing_a_language() -> None:
    assert choose_language("nl;q=0.1, en;q=0.7", "nl") == "en"
    assert choose_language("en;q=0, de", "nl") == "nl"
    assert choose_language("EN-us;q=abc", "nl") == "nl"
    assert choose_language("*", "en") == "en"


def test_old_identifiers_lead_to_the_current_one(visitor: TestClient, site: Site) -> None:
    for key in site.source_keys:
        for part in ("", "/partners", "/projects"):
            reply = visitor.get(f"/nl/organisations/{key}{part}")
            assert reply.status_code == 308
            assert reply.headers["location"] == f"/nl/organisations/{site.organisation}{part}"
    bare = site.organisation.removeprefix("pic:")
    assert visitor.get(f"/en/organisations/{bare}").status_code == 308
    twin = visitor.get(f"/en/organisations/{bare}.json")
    assert twin.headers["location"] == f"/en/organisations/{site.organisation}.json"
    grant = site.project.split("-", 1)[1]
    assert (
        visitor.get(f"/en/projects/{grant}").headers["location"] == f"/en/projects/{site.project}"
    )


def test_a_set_of_regions_has_one_address(visitor: TestClient, site: Site) -> None:
    one, other = site.siblings
    joined = f"/nl/regions/{'+'.join(sorted((one, other)))}"
    for asked in (
        f"{other}+{one}",
        f"{one.lower()}+{other}",
        f"{one}%20{other}",
        f"{one}+{one}+{other}",
    ):
        assert visitor.get(f"/nl/regions/{asked}").headers["location"] == joined
    ticked = visitor.get(f"/nl/regions?code={one}&code={other}")
    assert (ticked.status_code, ticked.headers["location"]) == (302, joined)


def test_an_identifier_in_the_search_box_leads_straight_there(
    visitor: TestClient, site: Site
) -> None:
    for query, where in (
        (site.organisation, f"/nl/organisations/{site.organisation}"),
        (site.organisation.removeprefix("pic:"), f"/nl/organisations/{site.organisation}"),
        (site.project, f"/nl/projects/{site.project}"),
        (site.regions[1], f"/nl/regions/{site.regions[1]}"),
    ):
        reply = visitor.get("/nl/search", params={"q": query})
        assert (reply.status_code, reply.headers["location"]) == (302, where), query
    assert visitor.get("/nl/search", params={"q": site.name}).status_code == 200


def test_safe_headers_are_on_everything(visitor: TestClient) -> None:
    for address in ("/nl/", "/en.json", "/static/keten.css", "/nl/nothing", "/healthz", "/"):
        headers = visitor.get(address).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"]
        assert "set-cookie" not in headers


def test_a_page_is_sent_again_only_when_something_changed(site: Site, tmp_path: Path) -> None:
    with TestClient(create_app(site.settings), follow_redirects=False) as client:
        address = f"/nl/organisations/{site.organisation}"
        first = client.get(address)
        tag = first.headers["etag"]
        assert first.headers["cache-control"] == "no-cache"
        again = client.get(address, headers={"if-none-match": tag})
        assert again.status_code == 304
        assert again.content == b""
        assert client.get(f"{address}.json").headers["etag"] != tag
        assert client.get(f"/en/organisations/{site.organisation}").headers["etag"] != tag
        from keten.workspace import open_store

        with open_store(site.home) as store:
            line = store.record("note", site.source_keys[0], "", "Seen", "a reader", NOW)
        assert client.get(address, headers={"if-none-match": tag}).status_code == 200
        with open_store(site.home) as store:
            store.withdraw(line.number, "a test", "a reader", NOW)


def test_pages_and_styles_are_packed(visitor: TestClient) -> None:
    for address in ("/nl/", "/static/keten.css"):
        assert (
            visitor.get(address, headers={"accept-encoding": "gzip"}).headers["content-encoding"]
            == "gzip"
        )
        assert (
            "content-encoding"
            not in visitor.get(address, headers={"accept-encoding": "identity"}).headers
        )


def test_styles_are_kept_for_ever_under_their_hash(visitor: TestClient) -> None:
    page = visitor.get("/nl/").text
    address = page.split('href="/static/keten.css', 1)[1].split('"', 1)[0]
    sent = visitor.get(f"/static/keten.css{address}")
    assert "immutable" in sent.headers["cache-control"]
    assert visitor.get("/static/keten.css").headers["cache-control"] == "no-cache"
    assert visitor.get("/static/../app.py").status_code == 404
    assert visitor.get("/style/house.css").status_code == 404


def test_a_house_style_is_a_file_in_the_settings(site: Site, tmp_path: Path) -> None:
    style = tmp_path / "ours.css"
    style.write_text(":root { --keten-accent: #7a1f5c; }", encoding="utf-8")
    settings = Settings(home=site.home, home_country="QN", house_style=style)
    with TestClient(create_app(settings)) as client:
        page = client.get("/nl/").text
        assert page.index("tokens/keten.css") < page.index("/style/house.css")
        assert "#7a1f5c" in client.get("/style/house.css").text
        assert "A house style is in force" in client.get("/en/components").text


def test_the_public_address_is_named(site: Site) -> None:
    settings = Settings(home=site.home, home_country="QN", public_url="https://example.org")
    with TestClient(create_app(settings)) as client:
        assert 'rel="canonical" href="https://example.org/nl/about"' in client.get("/nl/about").text


def test_search_as_you_type_gives_a_fragment(visitor: TestClient, site: Site) -> None:
    reply = visitor.get("/nl/suggest", params={"q": site.name.split()[0][:4]})
    assert reply.status_code == 200
    assert "<html" not in reply.text
    assert "/nl/organisations/" in reply.text or "/nl/projects/" in reply.text
    assert visitor.get("/nl/suggest", params={"q": "a"}).text.strip() == ""
