"""Who is who on the pages: records compared, rulings on them, the queue, and what findings weigh."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

from keten.atlas.identity_why import explain
from keten.atlas.pairs import read_pair
from keten.evidence import latest
from keten.model import Scope
from keten.settings import Settings
from keten.web import create_app
from keten.workspace import open_store
from scripts.tracing.page import read_page
from tests.web.asked import Pair, ask_people
from tests.web.people import SignedIn, sign_in
from tests.web.site import COUNTRY, EVIL, Site
from tests.web.test_pages import figures_in, headings_descend

LANGUAGES = ("nl", "en")


@pytest.fixture
def home(site: Site, tmp_path: Path) -> Path:
    shutil.copytree(site.home, tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def pairs(home: Path) -> tuple[Pair, ...]:
    return ask_people(home, 4)


@pytest.fixture
def reviewer(home: Path, pairs: tuple[Pair, ...]) -> Iterator[SignedIn]:
    settings = Settings(home=home, home_country=COUNTRY)
    with TestClient(create_app(settings), follow_redirects=False) as client:
        yield sign_in(client, home)


@pytest.fixture
def passer(home: Path, pairs: tuple[Pair, ...]) -> Iterator[TestClient]:
    settings = Settings(home=home, home_country=COUNTRY)
    with TestClient(create_app(settings), follow_redirects=False) as client:
        yield client


def hidden(html: str) -> dict[str, str]:
    """Give the hidden fields of the form by which a pair is judged."""
    (form,) = re.findall(r'<form[^>]*id="judge".*?</form>', html, re.DOTALL)
    found = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form))
    found.pop("csrf")
    return found


def pages_of(pair: Pair) -> tuple[str, ...]:
    compare = f"/organisations/{pair[0]}/compare/{pair[1]}"
    return compare, "/review", "/review?at=3", "/review?at=99", "/methods/identity"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("who", ["passer", "reviewer"])
def test_every_page_is_whole(
    request: pytest.FixtureRequest, pairs: tuple[Pair, ...], who: str, language: str
) -> None:
    client = request.getfixturevalue(who)
    for path in pages_of(pairs[0]):
        reply = client.get(f"/{language}{path}")
        assert reply.status_code == 200, (path, reply.text[-2_000:])
        assert reply.text.count("<h1") == 1
        assert headings_descend(reply.text), path
        ids = re.findall(r'\bid="([^"]+)"', reply.text)
        assert len(ids) == len(set(ids)), path
        assert " style=" not in reply.text
        assert not re.search(r"<[^>]*\son[a-z]+=", reply.text)
        page = read_page(reply.text)
        assert page.strays == [], path
        plain, _, query = path.partition("?")
        twin = client.get(f"/{language}{plain}.json" + (f"?{query}" if query else ""))
        known = {figure["why"]: figure["value"] for figure in figures_in(twin.json()["answer"])}
        for shown in page.figures:
            assert shown.raw is None or Decimal(shown.raw) == Decimal(str(known[shown.why]))


def test_every_figure_leads_to_its_making(passer: TestClient, pairs: tuple[Pair, ...]) -> None:
    checked = set()
    for path in pages_of(pairs[0])[:2]:
        for shown in read_page(passer.get(f"/en{path}").text).figures:
            parts = urlsplit(shown.why)
            twin = passer.get(f"{parts.path}.json?{parts.query}")
            assert twin.status_code == 200, shown.why
            found = twin.json()["answer"]["why"]["figure"]
            measure = found["measure"]
            # What the queue says of money was made up by hand here.
            if measure != "pair_money_eur":
                assert found["value"] == pytest.approx(float(shown.raw or "nan")), shown.why
            checked.add(measure)
    assert {"match_chance", "match_start", "match_times", "match_after", "pairs_asked"} <= checked


def test_a_pair_is_the_same_by_whatever_it_is_named(passer: TestClient, home: Path) -> None:
    con = latest(home, threads=1).cursor()
    rows = con.execute(
        "select organisation_id, anchor_key from organisation where starts_with(anchor_key, 'he:') "
        "order by 1 limit 2"
    ).fetchall()
    (one, left), (other, right) = rows
    by_record = passer.get(f"/en/organisations/{left}/compare/{right}.json").json()["answer"]
    by_organisation = passer.get(f"/en/organisations/{one}/compare/{other}.json").json()["answer"]
    assert by_record == by_organisation
    comparison = by_record["pair"]["comparison"]
    total = comparison["start"] + sum(part["weight"] for part in comparison["parts"])
    assert total == pytest.approx(comparison["score"])
    turned = passer.get(f"/en/organisations/{right}/compare/{left}.json").json()["answer"]
    assert turned["pair"]["comparison"]["score"] == pytest.approx(comparison["score"])


def test_what_a_pair_is_explained_by_is_what_the_build_found(site: Site) -> None:
    con = latest(site.home, threads=1).cursor()
    rows = con.execute(
        "select left_key, right_key, probability, verdict from organisation_match order by 1, 2"
    ).fetchall()
    assert len(rows) > 100
    for left, right, probability, verdict in rows[::4]:
        found = read_pair(con, None, left, right).comparison
        assert found.probability == pytest.approx(probability, abs=1e-9), (left, right)
        assert (found.verdict == "same") == (verdict == "linked"), (left, right)
        assert (found.verdict == "review") == (verdict == "review"), (left, right)


def test_the_money_of_a_pair_is_that_of_its_smaller_side(site: Site) -> None:
    con = latest(site.home, threads=1).cursor()
    rows = con.execute(
        "select left_key, right_key, money_eur, probability from review_pair order by position"
    ).fetchall()
    assert rows
    for left, right, money, probability in rows:
        scope = Scope.of(left=left, right=right)
        assert explain(con, None, "pair_money_eur", scope).figure.value == money
        chance = explain(con, None, "pair_chance", scope).figure.value
        assert chance == pytest.approx(100 * probability)


@pytest.mark.parametrize(
    ("left", "right", "status"),
    [("he:1", "he:2", 404), ("nonsense", "x", 404), ("x" * 300, "he:1", 404)],
)
def test_what_cannot_be_compared_is_told(
    passer: TestClient, left: str, right: str, status: int
) -> None:
    for language in LANGUAGES:
        reply = passer.get(f"/{language}/organisations/{left}/compare/{right}")
        assert reply.status_code == status


def test_a_record_is_not_compared_with_itself(passer: TestClient, pairs: tuple[Pair, ...]) -> None:
    reply = passer.get(f"/nl/organisations/{pairs[0][0]}/compare/{pairs[0][0]}")
    assert reply.status_code == 400
    assert "niet met zichzelf te vergelijken" in reply.text


def test_hostile_names_stay_text(passer: TestClient, site: Site, pairs: tuple[Pair, ...]) -> None:
    reply = passer.get(f"/en/organisations/{site.hostile}/compare/{pairs[0][0]}")
    assert reply.status_code == 200
    assert EVIL not in reply.text
    assert "&lt;script&gt;alert(1)" in reply.text


def test_readers_see_the_queue_without_buttons(
    passer: TestClient, home: Path, pairs: tuple[Pair, ...]
) -> None:
    shown = passer.get("/en/review").text
    assert 'name="verdict"' not in shown
    assert "/static/review.js" not in shown
    assert "Editors can rule here" in shown
    assert 'href="/en/review?at=2"' in shown
    role = sign_in(passer, home, "visitor")
    assert 'name="verdict"' not in role.get("/en/review").text


def test_judging_leads_to_the_next_pair_and_undo_back(
    reviewer: SignedIn, home: Path, pairs: tuple[Pair, ...]
) -> None:
    fields = hidden(reviewer.get("/en/review").text)
    assert (fields["left"], fields["right"]) == pairs[0]
    reply = reviewer.post("/en/review", {**fields, "verdict": "same", "reason": "One roof"})
    assert (reply.status_code, reply.headers["location"]) == (303, "/en/review")
    page = reviewer.get("/en/review").text
    assert hidden(page)["left"] == pairs[1][0]
    assert re.search(r"judgements/(\d+)/withdraw", page)
    with open_store(home) as store:
        line = store.judgements()[-1]
    assert (line.kind, line.subject, line.object, line.reason) == ("same", *pairs[0], "One roof")
    # Skipping passes on and keeps nothing.
    reply = reviewer.post("/en/review", {**hidden(page), "verdict": "skip"})
    assert reply.headers["location"] == "/en/review?at=3"
    assert hidden(reviewer.get("/en/review?at=3").text)["left"] == pairs[2][0]
    # The organisation says what was ruled since the build.
    own = reviewer.get(f"/en/organisations/{pairs[0][0]}/compare/{pairs[0][1]}").text
    assert "since the last build" in own
    assert "One roof" in own
    (number, back) = re.findall(
        r'judgements/(\d+)/withdraw".*?name="back" value="([^"]*)"', page, re.DOTALL
    )[0]
    undone = reviewer.post(
        f"/en/judgements/{number}/withdraw", {"back": back, "reason": "Judge it again"}
    )
    assert undone.headers["location"] == "/en/review"
    assert hidden(reviewer.get("/en/review").text)["left"] == pairs[0][0]


@pytest.mark.parametrize(
    "wrong",
    [{"reason": " "}, {"verdict": "maybe"}, {"left": "he:1"}, {"at": "x"}, {"seen": "9" * 40}],
)
def test_a_ruling_that_cannot_be_kept_is_given_back(
    reviewer: SignedIn, home: Path, wrong: dict[str, str]
) -> None:
    fields = {**hidden(reviewer.get("/nl/review").text), "verdict": "same", "reason": "Hetzelfde"}
    with open_store(home) as store:
        before = len(store.judgements())
    reply = reviewer.post("/nl/review", fields | wrong)
    if "seen" in wrong:  # what nobody can have seen is as if nothing was seen
        assert reply.status_code == 303
        return
    assert 400 <= reply.status_code < 500
    with open_store(home) as store:
        assert len(store.judgements()) == before


def test_who_ruled_meanwhile_is_read_first(
    reviewer: SignedIn, home: Path, pairs: tuple[Pair, ...]
) -> None:
    address = f"/en/organisations/{pairs[1][0]}/compare/{pairs[1][1]}"
    sent = {"verdict": "same", "reason": "So it seems", "seen": ""}
    assert reviewer.post(address, sent).status_code == 303
    reply = reviewer.post(address, {**sent, "verdict": "different"})
    assert reply.status_code == 409
    assert "So it seems" in reply.text
    with open_store(home) as store:
        number = store.judgements()[-1].number
    again = reviewer.post(address, {**sent, "verdict": "different", "seen": str(number)})
    assert again.status_code == 303


def test_the_queue_says_when_it_is_done_or_empty(
    reviewer: SignedIn, home: Path, pairs: tuple[Pair, ...]
) -> None:
    assert "This is the end of the queue." in reviewer.get("/en/review?at=9").text
    for _ in pairs:
        fields = hidden(reviewer.get("/en/review").text)
        reviewer.post("/en/review", {**fields, "verdict": "different", "reason": "Apart"})
    assert "All pairs are judged." in reviewer.get("/en/review").text
    assert "keten build" in reviewer.get("/nl/review").text


def test_an_empty_queue_says_what_that_means(home: Path) -> None:
    ask_people(home, 0)
    settings = Settings(home=home, home_country=COUNTRY)
    with TestClient(create_app(settings), follow_redirects=False) as client:
        assert "The queue is empty" in client.get("/en/review").text
        assert "De wachtrij is leeg" in client.get("/nl/review").text


def test_an_organisation_shows_its_records_and_who_may_be_the_same(
    passer: TestClient, home: Path
) -> None:
    con = latest(home, threads=1).cursor()
    ((organisation,),) = con.execute(
        "select organisation_id from same_as where rule = 'match' group by 1 "
        "order by count(*) desc, 1 limit 1"
    ).fetchall()
    answer = passer.get(f"/en/organisations/{organisation}.json").json()["answer"]["identity"]
    members = {member["record"]["source_key"]: member for member in answer["members"]}
    assert sum(member["is_anchor"] for member in members.values()) == 1
    matched = [member for member in members.values() if member["rule"] == "match"]
    assert matched
    for member in matched:
        assert member["linked_with"] in members
        assert 0 < member["chance"]["value"] <= 100
    page = passer.get(f"/en/organisations/{organisation}").text
    for key, member in members.items():
        assert key in page
        if member["linked_with"]:
            link = f"/en/organisations/{key}/compare/{member['linked_with']}"
            assert f'href="{link}"' in page
            assert passer.get(link).status_code == 200
    rows = con.execute(
        "select a.organisation_id, count(distinct b.organisation_id) from organisation_match m "
        "join same_as a on a.source_key = m.left_key join same_as b on b.source_key = m.right_key "
        "where m.verdict = 'review' group by 1 order by 2 desc, 1 limit 3"
    ).fetchall()
    for asked, others in rows:
        twin = passer.get(f"/nl/organisations/{asked}.json").json()["answer"]["identity"]
        chances = [row["chance"]["value"] for row in twin["duplicates"]]
        assert len(chances) >= others
        assert chances == sorted(chances, reverse=True)
        assert "Kan dezelfde organisatie zijn" in passer.get(f"/nl/organisations/{asked}").text
