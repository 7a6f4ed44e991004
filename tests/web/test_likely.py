"""Who else belongs in a stage: names with reasons, each number explained, yes and no in one click."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from keten.atlas import likely_why
from keten.atlas.answers import read_chain
from keten.atlas.likely import find_likely_members
from keten.atlas.likely_views import LikelyMembers
from keten.atlas.membership import place_party, read_said
from keten.errors import ConflictError, UsageError
from keten.evidence import latest
from keten.model import Chain, Figure
from keten.web import create_app
from keten.workspace import Store, open_store
from scripts.tracing.page import read_page
from tests.web.people import SignedIn, sign_in
from tests.web.site import CHAIN, NOW, Site

STAGE = "knowledge"


@pytest.fixture(scope="module")
def home(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("likely") / "home"
    shutil.copytree(site.home, home)
    evidence = latest(home, threads=1)
    con = evidence.cursor()
    busy = con.execute(
        "select organisation_id from involvement group by 1 "
        "order by count(distinct project_id) desc, 1 limit 5"
    ).fetchall()
    with open_store(home) as store:
        for (party,) in busy:
            place_party(con, store, chain_of(store), party, STAGE, "known to us", "A", NOW)
    evidence.close()
    return home


@pytest.fixture(scope="module")
def con(home: Path) -> Iterator[Any]:
    evidence = latest(home, threads=1)
    yield evidence.cursor()
    evidence.close()


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    with open_store(home) as store:
        yield store


@pytest.fixture
def bo(site: Site, home: Path) -> Iterator[SignedIn]:
    settings = type(site.settings)(home=home, home_country=site.settings.home_country)
    with TestClient(create_app(settings), follow_redirects=False) as client:
        yield sign_in(client, home)


def chain_of(store: Store) -> Chain:
    content = store.content("chain", CHAIN)
    assert content is not None
    return read_chain(content.value)


def look(con: Any, store: Store, among: str = "everyone", limit: int = 12) -> LikelyMembers:
    return find_likely_members(con, chain_of(store), STAGE, read_said(store), among, limit)


def figures_of(view: LikelyMembers) -> list[Figure]:
    found = [view.members, view.silent, view.candidates, view.found, view.by_size]
    for each in view.suggestions:
        found.append(each.score)
        found += [figure for reason in each.reasons for figure in (reason.projects, reason.members)]
    return [figure for figure in found if figure is not None]


def test_names_are_in_no_stage_and_every_number_is_explained(con: Any, store: Store) -> None:
    view = look(con, store)
    assert view.suggestions
    assert view.found is not None
    assert [s.score.value for s in view.suggestions] == sorted(
        (s.score.value for s in view.suggestions), key=lambda value: -float(value or 0)
    )
    assert all(each.reasons for each in view.suggestions)
    for figure in figures_of(view):
        why = likely_why.explain(con, store, figure.measure, figure.scope)
        assert why.figure.value == pytest.approx(figure.value), figure
        if figure.measure in ("likely_score", "likely_projects"):
            assert why.record_ids, figure
    score = view.suggestions[0].score
    parts = likely_why.explain(con, store, "likely_score", score.scope).parts
    added = sum(float(part.value or 0) for _, part in parts if part.measure == "likely_family")
    text = parts[-1][0].en  # what the number of projects adds is said in words
    size = float(re.findall(r"adds (\d+\.\d+)", text)[0])
    assert added + size == pytest.approx(score.value, abs=0.006)
    near = look(con, store, "region")
    assert int(near.candidates.value or 0) < int(view.candidates.value or 0)
    with pytest.raises(UsageError, match="nowhere"):
        look(con, store, "nowhere")


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_page_says_why_without_a_stray_number(bo: SignedIn, language: str) -> None:
    html = bo.get(f"/{language}/chains/{CHAIN}/members/{STAGE}?among=everyone").text
    assert read_page(html).strays == []
    assert ("It resembles them, because" if language == "en" else "Lijkt op hen, omdat") in html
    assert 'value="accept"' in html
    bo.client.cookies.clear()
    visitor = bo.client.get(f"/{language}/chains/{CHAIN}/members/{STAGE}?among=everyone").text
    assert 'value="accept"' not in visitor
    assert bo.client.get(f"/en/chains/{CHAIN}/members/nothing").status_code == 404


def test_yes_in_one_click_and_undone_in_one_more(bo: SignedIn, con: Any, store: Store) -> None:
    first, second = look(con, store).suggestions[:2]
    address = f"/en/chains/{CHAIN}/members/{STAGE}"
    party = first.organisation.organisation_id
    said = bo.post(address, {"party": party, "do": "accept", "among": "everyone"})
    assert said.status_code == 303
    shown = bo.get(said.headers["location"]).text
    assert "placed in this stage." in shown
    view = look(con, store)
    assert party not in {each.organisation.organisation_id for each in view.suggestions}
    (line,) = (each.line for each in view.placed if each.organisation.organisation_id == party)
    assert line.reason.startswith("Resembles the members of this stage: ")
    page = bo.get(f"/en/chains/{CHAIN}").text
    assert line.reason.replace("&", "&amp;")[:40] in page
    (number,) = re.findall(r"judgements/(\d+)/withdraw\"><input", shown)[:1]
    bo.post(f"/en/judgements/{number}/withdraw", {"reason": "Taken back at once."})
    assert look(con, store).suggestions[0].organisation.organisation_id == party
    # No is kept: it is not proposed again, until that is taken back.
    no = second.organisation.organisation_id
    assert bo.post(address, {"party": no, "do": "refuse"}).status_code == 303
    view = look(con, store)
    assert no not in {each.organisation.organisation_id for each in view.suggestions}
    assert [each.organisation.organisation_id for each in view.refused] == [no]
    assert bo.post(address, {"party": no, "do": "refuse"}).status_code == 400
    store.withdraw(view.refused[0].line.number, "after all", "A", NOW)
    assert no in {each.organisation.organisation_id for each in look(con, store).suggestions}


def test_two_who_place_the_same_one_differently(con: Any, store: Store) -> None:
    """The second takes the place of the first, whose line stays in the history; stale ones are refused."""
    party = look(con, store).suggestions[0].organisation.organisation_id
    chain = chain_of(store)
    one = place_party(con, store, chain, party, "end-customers", "buys", "A", NOW)
    two = place_party(con, store, chain, party, "around", "a branch", "B", NOW)
    assert two.supersedes == one.number
    with pytest.raises(ConflictError):
        store.record("party-stage", one.subject, one.object, "late", "C", NOW,
                     value={"stage": STAGE}, supersedes=one.number)  # fmt: skip
    assert party in {each.organisation.organisation_id for stage in ("around",) for each in
                     find_likely_members(con, chain, stage, read_said(store)).placed}  # fmt: skip
    store.withdraw(two.number, "tried", "A", NOW)
    store.withdraw(one.number, "tried", "A", NOW)


def test_a_stage_with_nobody_proposes_nobody(con: Any, store: Store) -> None:
    chain = chain_of(store)
    empty = [
        view
        for stage in chain.stages
        for view in [find_likely_members(con, chain, stage.stage, read_said(store))]
        if not view.members.value
    ]
    for view in empty:
        assert view.suggestions == ()
        assert view.found is None
