"""The pages of technologies: tiers, figures made again, the word of an editor, narrowed lists."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from keten.atlas.abouts import ABOUT, gather_abouts
from keten.atlas.answers import read_chain
from keten.atlas.taxonomies import in_force, list_taxonomies
from keten.atlas.technology_why import explain
from keten.evidence import latest
from keten.model import Scope
from keten.pipeline import build
from keten.web import create_app
from keten.workspace import open_store
from tests.web.people import SignedIn, sign_in
from tests.web.site import Site

NAME = "optics"
CHAIN = "new-proteins"
PAGE = f"/en/technologies/{NAME}"


class Place:
    """A copy of the site, to write in and to build anew."""

    def __init__(self, site: Site, folder: Path) -> None:
        shutil.copytree(site.home, folder / "home")
        self.home, self.data = folder / "home", site.home.parent / "data"
        self.settings = type(site.settings)(home=self.home, home_country="QN")
        self.client = TestClient(create_app(self.settings), follow_redirects=False)
        self.editor: SignedIn = sign_in(self.client, self.home)

    def answer(self, address: str) -> dict[str, Any]:
        path, _, asked = address.partition("?")
        found: dict[str, Any] = self.editor.get(f"/en/{path}.json?{asked}").json()["answer"]
        return found

    def build(self) -> None:
        """Build anew with what people said, as `keten build` does."""
        now = datetime.now(UTC)
        with open_store(self.home) as store:
            held = in_force(list_taxonomies(store), now.date())
            taxonomy = next(each for each in held if each.scheme == "technologies")
            missions = next(each for each in held if each.scheme == "missions")
            chains = tuple(read_chain(content.value) for content in store.contents("chain"))
            lines = store.judgements(ABOUT, only_in_force=True)
            abouts = gather_abouts(lines, taxonomy, chains, missions)
        build(
            self.data, self.home, rulings=(), rulings_fingerprint="none", chains=chains,
            taxonomy=taxonomy, missions=missions, abouts=abouts, now=now + timedelta(seconds=1),
        )  # fmt: skip
        self.client = TestClient(create_app(self.settings), follow_redirects=False)
        self.editor = sign_in(self.client, self.home)


@pytest.fixture(scope="module")
def place(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Place:
    return Place(site, tmp_path_factory.mktemp("technologies"))


def figures_in(value: Any) -> Iterator[dict[str, Any]]:
    """Find every figure of an answer."""
    if isinstance(value, dict):
        if {"measure", "scope", "why"} <= value.keys():
            yield value
        else:
            for each in value.values():
                yield from figures_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from figures_in(each)


@pytest.mark.parametrize(
    "address", [PAGE, "/en/technologies", "/en/methods/classification", "/en/technologies/queue"]
)
def test_every_figure_can_be_made_again(visitor: TestClient, address: str) -> None:
    found = list(figures_in(visitor.get(f"{address}.json").json()["answer"]))
    assert len(found) > 10
    for figure in found:
        reply = visitor.get(
            figure["why"].replace("/why?", "/why.json?"), headers={"accept": "application/json"}
        )
        assert reply.status_code == 200, figure
        again = reply.json()["answer"]["why"]["figure"]
        assert again["value"] == figure["value"], figure
        assert again.get("interval") == figure.get("interval"), figure


def test_tiers_stand_apart_and_add_up(visitor: TestClient, site: Site) -> None:
    view = visitor.get(f"{PAGE}.json").json()["answer"]["view"]
    tiers = {row["tier"]: row for row in view["tiers"]}
    assert list(tiers) == ["sure", "likely", "perhaps"]
    counted = [tiers[name]["projects"]["value"] for name in ("sure", "likely")]
    assert sum(counted) == view["projects"]["value"] > 0
    assert view["develops"]["value"] + view["applies"]["value"] == view["projects"]["value"]
    for row in tiers.values():
        assert 0 <= row["weighted"]["value"] <= row["projects"]["value"]
    rows = (
        latest(site.home)
        .cursor()
        .execute(
            "select tier, count(*), round(sum(probability), 1) from project_technology "
            "where technology = $name and relation <> 'none' group by 1",
            {"name": NAME},
        )
        .fetchall()
    )
    assert {name: (count, weight) for name, count, weight in rows} == {
        name: (row["projects"]["value"], row["weighted"]["value"])
        for name, row in tiers.items()
        if row["projects"]["value"]
    }


def test_words_that_spoke_are_marked_where_they_stand(place: Place) -> None:
    con = latest(place.home).cursor()
    row = con.execute(
        "select w.project_id, p.objective, w.starts, w.ends from technology_word w "
        "join project p using (project_id) join project_technology t using (project_id, technology) "
        "where w.place = 'objective' and t.relation in ('develops', 'applies') order by all limit 1"
    ).fetchone()
    assert row is not None
    project, objective, start, end = row
    marks = place.answer(f"projects/{project}")["about"]["objective"]
    assert "".join(mark["text"] for mark in marks) == objective
    at = 0
    spoken = set()
    for mark in marks:
        if mark["technologies"]:
            spoken |= set(range(at, at + len(mark["text"])))
        at += len(mark["text"])
    assert set(range(start, end)) <= spoken
    shown = place.editor.get(f"/en/projects/{project}").text
    assert f'<mark class="k-spoken">{objective[start:end]}' in shown


def test_an_editors_word_is_kept_shown_built_with_and_taken_back(place: Place) -> None:
    asked = place.answer(f"technologies/queue?technology={NAME}")["queue"]
    project, name = asked["current"]["project_id"], NAME
    about = f"/en/projects/{project}/about"
    fields = {"technology": name, "label": "none", "reason": "Only named in passing"}
    assert place.editor.post(about, {**fields, "reason": " "}).status_code == 400
    assert place.editor.post(about, {**fields, "technology": "alchemy"}).status_code == 404
    assert place.editor.post(about, {**fields, "seen": "77"}).status_code == 409
    reply = place.editor.post(about, fields)
    assert (reply.status_code, reply.headers["location"]) == (
        303,
        f"/en/projects/{project}#about",
    )
    page = place.editor.get(f"/en/projects/{project}").text
    assert "Only named in passing" in page
    assert "since the last build" in page
    listed = place.answer(f"technologies/{name}")["said_since"]
    assert [each["line"]["subject"] for each in listed] == [project]
    before = place.answer(f"technologies/{name}")["view"]
    of_chain = say_of_a_chain(place)
    place.build()
    hold_the_chain(place, *of_chain)
    rows = {
        row["name"]["technology"]: row
        for row in place.answer(f"projects/{project}")["about"]["rows"]
    }
    assert (rows[name]["relation"], rows[name]["basis"]) == ("none", "editor")
    assert rows[name]["chance"]["value"] == 0
    assert rows[name]["said"]["in_build"]
    assert "by an editor" in place.editor.get(f"/en/projects/{project}").text
    assert place.answer(f"technologies/{name}")["said_since"] == []
    assert place.answer(f"technologies/{name}")["view"] != before
    drift = place.answer("methods/classification")["drift"]
    assert drift["has_before"]
    assert not drift["is_other_mapping"]
    number = rows[name]["said"]["line"]["number"]
    place.editor.post(f"/en/judgements/{number}/withdraw", {"reason": "Read again", "back": ""})
    row = next(
        row
        for row in place.answer(f"projects/{project}")["about"]["rows"]
        if row["name"]["technology"] == name
    )
    assert row["taken_back"]
    assert row["said"] is None


def say_of_a_chain(place: Place) -> tuple[str, str, str, int]:
    """Deny a project that the chain met, and put in one that it did not; give both, and a count."""
    met = place.answer(f"technologies/queue?chain={CHAIN}")["queue"]["current"]["project_id"]
    con = latest(place.home).cursor()
    row = con.execute(
        "select min(project_id) from project where project_id not in "
        f"(select project_id from chain_project where chain = '{CHAIN}')"
    ).fetchone()
    assert row
    (other,) = row
    counted = place.answer(f"chains/{CHAIN}")["view"]["projects_everywhere"]["value"]
    for project, label in ((met, "none"), (other, "about")):
        sent = {"about": f"chain:{CHAIN}", "label": label, "reason": "Read it"}
        address = f"/en/projects/{project}/subject"
        assert place.editor.post(address, {**sent, "reason": " "}).status_code == 400
        assert place.editor.post(address, {**sent, "label": "develops"}).status_code == 400
        assert place.editor.post(address, {**sent, "about": "chain:alchemy"}).status_code == 404
        assert place.editor.post(address, sent).status_code == 303
        assert "since the last build" in place.editor.get(f"/en/projects/{project}").text
    now = place.answer(f"chains/{CHAIN}")["view"]["projects_everywhere"]["value"]
    assert now == counted  # nothing moves before a build
    queue = place.answer(f"technologies/queue?chain={CHAIN}")["queue"]
    assert queue["answered"]["value"] == 1
    assert queue["current"] is None or queue["current"]["project_id"] != met
    return CHAIN, met, other, counted


def hold_the_chain(place: Place, chain: str, denied: str, put_in: str, counted: int) -> None:
    """The build obeyed: one project left the chain, one came in, and both say by whom."""
    con = latest(place.home).cursor()
    rows = con.execute(
        "select project_id, probability, basis from chain_project "
        "where chain = $chain and project_id in ($denied, $put_in)",
        {"chain": chain, "denied": denied, "put_in": put_in},
    ).fetchall()
    assert rows == [(put_in, 1.0, "editor")]
    assert place.answer(f"chains/{chain}")["view"]["projects_everywhere"]["value"] == counted
    for project, label, chance in ((denied, "none", 0), (put_in, "about", 100)):
        row = next(
            row
            for row in place.answer(f"projects/{project}")["about"]["subjects"]
            if row["subject"] == {"one": "chain", "name": chain, "label": row["subject"]["label"]}
        )
        assert (row["label"], row["basis"], row["chance"]["value"]) == (label, "editor", chance)
        assert row["said"]["in_build"]
        assert not row["taken_back"]
        for figure in figures_in(row):
            again = place.editor.get(figure["why"].replace("/why?", "/why.json?")).json()["answer"]
            assert again["why"]["figure"]["value"] == figure["value"]
            assert again["why"]["judgements"]
    kept = con.execute("select project_id, label from chain_ruling order by label").fetchall()
    assert kept == [(put_in, "about"), (denied, "none")]


def test_the_queue_takes_answers_and_gives_the_way_back(place: Place) -> None:
    queue = place.answer("technologies/queue")["queue"]
    first, second = queue["current"], queue["following"][0]
    assert first["subject"] != second["subject"]  # they take turns
    assert {first["subject"]["one"], *(each["subject"]["one"] for each in queue["following"])} >= {
        "technology", "chain",
    }  # fmt: skip
    own = place.answer(f"technologies/queue?technology={NAME}")["queue"]
    first = own["current"]
    fields = {
        "project": first["project_id"], "technology": NAME, "label": "develops",
        "reason": "Read", "at": str(first["position"]), "seen": "0",
        "only": f"technology:{NAME}",
    }  # fmt: skip
    skipped = place.editor.post("/en/technologies/queue", {**fields, "label": "skip"})
    assert skipped.headers["location"] == (
        f"/en/technologies/queue?technology={NAME}&at={first['position'] + 1}"
    )
    assert place.editor.post("/en/technologies/queue", fields).status_code == 303
    after = place.answer(f"technologies/queue?technology={NAME}")["queue"]
    assert after["answered"]["value"] == own["answered"]["value"] + 1
    assert after["current"]["position"] == own["following"][0]["position"]
    line = after["last"][1]["line"]
    place.editor.post(f"/en/judgements/{line['number']}/withdraw", {"reason": "No", "back": ""})
    again = place.answer(f"technologies/queue?technology={NAME}")["queue"]
    assert again["current"] == first


def test_chains_and_regions_are_narrowed_with_every_figure(visitor: TestClient, site: Site) -> None:
    con = latest(site.home).cursor()
    row = con.execute(
        "select t.technology, count(*) as n from chain_project c join involvement i "
        "using (project_id) join project_technology t using (project_id) "
        "where c.chain = $chain and t.relation <> 'none' and t.tier <> 'perhaps' "
        "and starts_with(i.region, 'QN') group by 1 order by n desc, 1 limit 1",
        {"chain": CHAIN},
    ).fetchone()
    assert row
    name = row[0]
    for address, key, total, kept in (
        (f"/en/chains/{CHAIN}", "view", "projects", f"/chains/{CHAIN}"),
        (f"/en/regions/{site.regions[0]}", "region", "projects_total", f"?technology={name}"),
        (
            f"/en/regions/{'+'.join(site.siblings)}",
            "region",
            "projects_total",
            f"?technology={name}",
        ),
    ):
        whole = visitor.get(f"{address}.json").json()["answer"][key]
        view = visitor.get(f"{address}.json?technology={name}").json()["answer"][key]
        assert view[total]["value"] < whole[total]["value"], address
        assert view[total]["value"] or "+" in address  # a small set may have none
        counted = {"projects", "organisations", "contribution_eur", "matches", "shared_projects"}
        found = [each for each in figures_in(view) if each["measure"] in counted]
        assert all(figure["scope"]["technology"] == name for figure in found), address
        for figure in found[:12]:
            why = visitor.get(figure["why"].replace("/why?", "/why.json?")).json()["answer"]["why"]
            assert why["figure"]["value"] == figure["value"], figure
        page = visitor.get(f"{address}?technology={name}").text
        assert kept in page
        assert "Show all again" in page
        assert visitor.get(f"{address}?technology=alchemy").status_code == 400


def test_lists_are_narrowed_and_stay_so_from_page_to_page(visitor: TestClient, site: Site) -> None:
    for address, key in (
        (f"/en/organisations/{site.organisation}/projects", "projects"),
        (f"/en/organisations/{site.organisation}/partners", "partners"),
        (f"/en/regions/{site.regions[0]}/organisations", "organisations"),
        ("/en/regions", "countries"),
    ):
        whole = visitor.get(f"{address}.json").json()["answer"][key]
        reply = visitor.get(f"{address}.json?technology={NAME}").json()["answer"]
        assert reply["asked"] == {"technology": NAME}
        assert len(reply[key]) < len(whole) or key == "countries"
        for figure in figures_in(reply[key]):
            assert figure["scope"]["technology"] == NAME
        assert visitor.get(f"{address}?technology=alchemy").status_code == 400
        assert visitor.get(f"{address}?chain=alchemy").status_code == 400
    both = visitor.get(f"/en/technologies/{NAME}/projects.json?chain=new-proteins").json()
    assert both["answer"]["asked"] == {"chain": "new-proteins"}
    assert visitor.get(f"/en/technologies/{NAME}/projects?tier=certain").status_code == 400
    page = visitor.get(f"/en/search?q=a&technology={NAME}&kind=project").text
    assert f"technology={NAME}" in page
    twin = visitor.get(f"/en/search.json?q=a&technology={NAME}&kind=project").json()["answer"]
    con = latest(site.home).cursor()
    known = {
        row[0]
        for row in con.execute(
            "select project_id from project_technology where technology = $name "
            "and relation in ('develops', 'applies')",
            {"name": NAME},
        ).fetchall()
    }
    assert {hit["identifier"] for hit in twin["search"]["hits"]} <= known


def test_a_region_is_held_against_all_by_counts_of_texts_alone(site: Site) -> None:
    con = latest(site.home).cursor()
    rows = con.execute(
        "select region, projects, size, expected, mean, low, high from technology_region "
        "where technology = $name order by region",
        {"name": NAME},
    ).fetchall()
    assert rows
    assert sum(row[1] for row in rows) == pytest.approx(sum(row[3] for row in rows), abs=0.01)
    for region, projects, size, _, mean, low, high in rows:
        assert low <= mean <= high
        assert projects <= size
        made = explain(
            con, None, "technology_specialisation", Scope.of(technology=NAME, region=region)
        )
        assert made.figure.value == mean
        assert next(part.value for _, part in made.parts) == projects
    # What is told of who takes part enters none of it.
    assert con.execute(
        "select count(*) from project_technology where basis not in ('text', 'topic', 'editor')"
    ).fetchone() == (0,)


def test_the_years_of_a_build_are_what_their_figures_say(site: Site, visitor: TestClient) -> None:
    con = latest(site.home).cursor()
    shares = visitor.get(f"{PAGE}.json").json()["answer"]["view"]["shares"]
    rows = con.execute(
        "select year, projects, of from technology_year where technology = $name and projects > 0 "
        "order by year",
        {"name": NAME},
    ).fetchall()
    assert {str(year): round(projects / of, 4) for year, projects, of in rows} == {
        year: figure["value"] for year, figure in shares.items() if figure["value"]
    }


def test_what_is_not_known_is_told(visitor: TestClient) -> None:
    assert visitor.get("/en/technologies/alchemy").status_code == 404
    assert visitor.get("/en/technologies/queue?technology=alchemy").status_code == 404
    assert visitor.get("/en/technologies/queue?at=x").status_code == 400
    for asked in (
        "measure=technology_specialisation&technology=optics&region=XX99",
        "measure=technology_chance&project=he-1&technology=optics",
        "measure=quality_f1&technology=alchemy",
        "measure=words_unseen&programme=he&year=1900",
    ):
        assert visitor.get(f"/en/why?{asked}").status_code == 404, asked
    assert visitor.get("/en/technologies/queue?chain=alchemy").status_code == 400
