"""The pages of taxonomies: what maps to an entry, trying a change, keeping it, taking it back, versions."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from keten.evidence import latest
from keten.web import create_app
from keten.workspace import open_store
from scripts.tracing.page import read_page
from tests.atlas.taxonomies_made import entry, fifteen, fourteen, taxonomy
from tests.web.people import SignedIn, sign_in
from tests.web.site import COUNTRY, Site

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
ENTRY = "/en/taxonomies/tried/proteins"


class Place:
    """A home of the test's own with taxonomies made for it, an editor and a visitor."""

    def __init__(self, site: Site, home: Path) -> None:
        shutil.copytree(site.home, home)
        self.home = home
        tried = taxonomy(
            "1",
            "2025-01-01",
            [
                entry(
                    "proteins",
                    maps_to={"words": {"en": ["protein*", {"is": "farm*", "weight": 0.5}]}},
                ),
                entry("empty"),
                entry("here", regions=list(site.siblings)),
            ],
        )
        agencies = {**taxonomy("1", "2025-01-01", [entry("coast", regions=list(site.siblings))])}
        with open_store(home) as store:
            for value in (
                {**tried, "name": "tried", "one": "trial"},
                {**agencies, "name": "agencies", "one": "agency"},
                fifteen(),
                fourteen(),
            ):
                name = f"{value['name']}@{value['version']}"
                store.define("taxonomy", name, value, "made up", "a tester", NOW)
        settings = type(site.settings)(home=home, home_country=COUNTRY)
        self.editor: SignedIn = sign_in(
            TestClient(create_app(settings), follow_redirects=False), home
        )
        self.visitor = TestClient(create_app(settings), follow_redirects=False)


@pytest.fixture
def place(site: Site, tmp_path: Path) -> Iterator[Place]:
    made = Place(site, tmp_path / "home")
    yield made
    made.editor.client.close()
    made.visitor.close()


def form(**change: str) -> dict[str, str]:
    fields = {
        "label-en": "Proteins",
        "label-nl": "Eiwitten",
        "words-en": "protein*\nfarm* = 0.5",
        "reason": "tried it",
        "saw": "0",
        "do": "try",
    }
    return {**fields, **{name.replace("_", "-"): text for name, text in change.items()}}


def caught(html: str) -> int:
    (shown,) = [f for f in read_page(html).figures if "measure=mapping_projects" in f.why][:1]
    return int(shown.raw or 0)


def count_by_hand(home: Path, *beginnings: str) -> int:
    """Count projects with such a word in SQL of our own."""
    evidence = latest(home, threads=1)
    tests = " or ".join(f"regexp_matches(lower(text), '\\b{word}')" for word in beginnings)
    rows = (
        evidence.cursor()
        .execute(
            "select count(distinct project_id) from ("
            "select project_id, title as text from project union all "
            "select project_id, objective from project union all "
            f"select project_id, title from project_topic) where {tests}"
        )
        .fetchone()
    )
    evidence.close()
    assert rows is not None
    return int(rows[0])


def test_an_entry_shows_what_its_mapping_catches(place: Place) -> None:
    html = place.visitor.get(ENTRY).text
    assert caught(html) == count_by_hand(place.home, "protein") > 0
    assert read_page(html).strays == []
    for shown in read_page(html).figures:
        reply = place.visitor.get(shown.why)
        assert reply.status_code == 200, shown.why
        assert shown.raw is None or f'value="{shown.raw}"' in reply.text
    assert "Nothing maps to it yet" in place.visitor.get("/en/taxonomies/tried/empty").text


def test_a_change_is_tried_without_being_kept(place: Place) -> None:
    reply = place.editor.post(f"{ENTRY}/change", form(words_en="farm*"))
    assert reply.status_code == 200
    assert caught(reply.text) == count_by_hand(place.home, "farm") > 0
    assert "Before this change" in reply.text
    assert read_page(reply.text).strays == []
    for shown in read_page(reply.text).figures[:6]:
        assert f'value="{shown.raw}"' in place.visitor.get(shown.why).text
    assert caught(place.visitor.get(ENTRY).text) == count_by_hand(place.home, "protein")


def test_a_change_is_kept_seen_by_another_and_taken_back(place: Place) -> None:
    kept = place.editor.post(
        f"{ENTRY}/change", form(words_en="farm*", label_en="Farms <b>", do="keep")
    )
    assert kept.status_code == 303
    html = place.editor.get(ENTRY).text
    assert "Farms &lt;b&gt;" in html
    assert "tried it" in html
    assert caught(html) == count_by_hand(place.home, "farm")
    late = place.editor.post(f"{ENTRY}/change", form(words_en="bean*", do="keep"))
    assert late.status_code == 409
    assert "meanwhile" in late.text
    with open_store(place.home) as store:
        (line,) = store.judgements("taxonomy-entry")
    place.editor.post(f"/en/judgements/{line.number}/withdraw", {"reason": "no", "back": ENTRY})
    assert "Farms" not in place.visitor.get(ENTRY).text


def test_what_cannot_be_read_comes_back_with_what_was_typed(place: Place) -> None:
    for change in ({"words_en": "?"}, {"words_en": "bean = 3"}, {"label_en": "", "label_nl": ""}):
        reply = place.editor.post(f"{ENTRY}/change", form(**change, do="keep"))
        assert reply.status_code == 400
        assert "tried it" in reply.text
        assert "could not be done yet" in reply.text
    nothing = place.editor.post(f"{ENTRY}/change", form(reason=" ", do="keep"))
    assert "needs a reason" in nothing.text
    with open_store(place.home) as store:
        assert not store.judgements("taxonomy-entry")


def test_only_editors_change(place: Place, site: Site) -> None:
    reply = place.visitor.get(f"{ENTRY}/change")
    assert reply.status_code == 303
    assert "sign-in" in reply.headers["location"]
    assert "/change" not in place.visitor.get(ENTRY).text


def test_versions_are_compared_and_members_carried_along(place: Place) -> None:
    with open_store(place.home) as store:
        store.record("member", "he:1", "chain:nets", "makes them", "a tester", NOW)
    address = "/en/taxonomies/invented-chains/versions"
    html = place.visitor.get(address).text
    for words in ("Dropped", "Renamed", "Split", "Merged", "Quilts", "not yet on those"):
        assert words in html, words
    assert read_page(html).strays == []
    assert '<form method="post"' not in html
    sent = {"from": "2025-04", "to": "2025-05", "reason": "the board decided"}
    assert place.editor.post(address, sent).status_code == 303
    after = place.visitor.get("/en/taxonomies/invented-chains/sports-nets").text
    assert "to be verified" in after
    assert "the board decided" in after
    assert "Nothing is left" in place.visitor.get(address).text
    old = place.visitor.get("/en/taxonomies/invented-chains?version=2025-04").text
    assert "not the version that holds today" in old


@pytest.mark.parametrize(
    "path",
    [
        "/taxonomies/none",
        "/taxonomies/tried?version=9",
        "/taxonomies/tried/none",
        "/taxonomies/none/versions",
    ],
)
def test_what_is_not_there_is_not_found(place: Place, path: str) -> None:
    for language in ("nl", "en"):
        assert place.visitor.get(f"/{language}{path}").status_code == 404


def test_the_regions_of_an_agency_go_by_its_name(place: Place, site: Site) -> None:
    codes = "+".join(sorted(site.siblings))
    regions = place.visitor.get("/en/regions").text
    assert f"/en/regions/{codes}" in regions
    assert "Coast" in regions
    page = place.visitor.get(f"/nl/regions/{codes}").text
    assert "Coast (nl)" in page
    assert "/nl/taxonomies/agencies/coast" in page
    assert "Coast" not in place.visitor.get(f"/nl/regions/{site.siblings[0]}").text
    assert read_page(page).strays == read_page(regions).strays == []


def test_one_version_cannot_be_compared(place: Place) -> None:
    assert place.visitor.get("/en/taxonomies/tried/versions").status_code == 400


def test_examples_of_real_regions_do_not_go_with_invented_data(site: Site) -> None:
    with open_store(site.home) as store:
        names = {content.name.partition("@")[0] for content in store.contents("taxonomy")}
    assert names == {"technologies", "missions", "initiative-kinds", "audiences", "stages"}
