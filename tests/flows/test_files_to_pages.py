"""The whole way: a publisher's files in, pages out; what changes below is seen above."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from keten.pipeline import build
from keten.settings import Settings
from keten.sources.invented import write_region
from keten.web.app import create_app
from keten.workspace import open_store
from tests.flows.conftest import NOW, Region

ZIPS = {"he": "cordis-HORIZONprojects-csv.zip", "h2020": "cordis-h2020projects-csv.zip"}


def rows_of(region: Region, stem: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Give the good rows of a file of both programmes, read plainly."""
    for programme, name in ZIPS.items():
        with zipfile.ZipFile(region.data / "cordis" / name) as archive:
            member = next(m for m in archive.namelist() if m.endswith(f"{stem}.csv"))
            text = archive.read(member).decode()
        seen: set[tuple[str, ...]] = set()
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=";")
        head = next(reader)
        for cells in reader:
            if len(cells) == len(head) and tuple(cells) not in seen:
                seen.add(tuple(cells))
                yield programme, dict(zip(head, cells, strict=True))


def rebuilt(region: Region) -> None:
    with open_store(region.home) as store:
        build(
            region.data,
            region.home,
            rulings=store.rulings(),
            rulings_fingerprint=store.fingerprint(),
            now=NOW,
        )


def shown(visitor: TestClient, address: str) -> dict[str, object]:
    reply = visitor.get(f"{address}.json")
    assert reply.status_code == 200, reply.text
    answer: dict[str, object] = reply.json()["answer"]
    return answer


@pytest.fixture
def own(tmp_path: Path) -> Iterator[tuple[Region, TestClient]]:
    """A region of one's own, to change."""
    region = Region(tmp_path / "data", tmp_path / "home")
    write_region(region.data, organisations=60, seed=5)
    rebuilt(region)
    with TestClient(create_app(Settings(home=region.home, home_country="QN"))) as client:
        yield region, client


def test_organisations_show_what_their_rows_say(visitor: TestClient, region: Region) -> None:
    projects = {f"{programme}-{row['id']}" for programme, row in rows_of(region, "project")}
    amounts: dict[str, list[Decimal]] = defaultdict(list)
    count: Counter[str] = Counter()
    for programme, row in rows_of(region, "organization"):
        if f"{programme}-{row['projectID']}" not in projects or not row["organisationID"]:
            continue
        name = f"pic:{row['organisationID']}"
        count[name] += 1
        try:
            amounts[name].append(Decimal(row["ecContribution"].replace(",", ".")))
        except InvalidOperation:
            continue
    for name, participations in count.most_common(12):
        view = shown(visitor, f"/en/organisations/{name}")["organisation"]
        assert view["participations"]["value"] == participations  # type: ignore[index]
        total = Decimal(str(view["contribution_eur"]["value"]))  # type: ignore[index]
        assert total == sum(amounts[name])


def test_every_kind_of_page_opens_in_both_languages(visitor: TestClient, region: Region) -> None:
    projects = shown(visitor, "/en/regions/QN")
    largest = projects["region"]["organisations"][0]["organisation"]["organisation_id"]  # type: ignore[index]
    project = next(f"{programme}-{row['id']}" for programme, row in rows_of(region, "project"))
    for language in ("nl", "en"):
        for address in (
            "", "search?q=water", "regions", "regions/QN", f"organisations/{largest}",
            f"organisations/{largest}/partners", f"organisations/{largest}/projects",
            f"projects/{project}", "sources", "sources/cordis", "issues", "methods", "about",
            f"why?measure=contribution_eur&organisation={largest}",
        ):  # fmt: skip
            reply = visitor.get(f"/{language}/{address}")
            assert reply.status_code == 200, address
            assert f'<html lang="{language}"' in reply.text
            assert re.search(r"(?i)invented|verzonnen", reply.text), "labelled on every page"


def test_rows_that_were_lost_are_named(visitor: TestClient) -> None:
    text = visitor.get("/en/issues?severity=row-lost").text
    assert "organization.csv" in text
    files = shown(visitor, "/en/sources/cordis")["source"]["files"]  # type: ignore[index]
    assert sum(file["rows_lost"]["value"] for file in files) > 0


def test_a_ruling_changes_the_page_and_old_addresses_stay(own: tuple[Region, TestClient]) -> None:
    region, visitor = own
    rows = shown(visitor, "/en/regions/QN")["region"]["organisations"]  # type: ignore[index]
    one, other = (row["organisation"]["organisation_id"] for row in rows[:2])
    views = [shown(visitor, f"/en/organisations/{name}")["organisation"] for name in (one, other)]
    keys = [view["members"][0]["source_key"] for view in views]  # type: ignore[index]
    total = sum(Decimal(str(view["contribution_eur"]["value"])) for view in views)  # type: ignore[index]

    with open_store(region.home) as store:
        line = store.record("same", keys[0], keys[1], "one house", "somebody", NOW)
    rebuilt(region)
    merged = {visitor.get(f"/en/organisations/{name}").url.path for name in (one, other, *keys)}
    assert len(merged) == 1, "both addresses, and both records, lead to one page"
    view = shown(visitor, merged.pop())["organisation"]
    assert Decimal(str(view["contribution_eur"]["value"])) == total  # type: ignore[index]
    assert any(member["rule"] == "ruling" for member in view["members"])  # type: ignore[index]
    assert "one house" in visitor.get(f"/en/organisations/{one}").text

    with open_store(region.home) as store:
        store.withdraw(line.number, "on second thoughts", "somebody", NOW + timedelta(days=1))
    rebuilt(region)
    for name, before in zip((one, other), views, strict=True):
        after = shown(visitor, f"/en/organisations/{name}")["organisation"]
        for figure in ("participations", "contribution_eur", "projects_total"):
            assert after[figure]["value"] == before[figure]["value"]  # type: ignore[index]


def test_a_new_delivery_is_seen_without_a_restart(own: tuple[Region, TestClient]) -> None:
    region, visitor = own
    tag = visitor.get("/en/regions/QN").headers["etag"]
    assert visitor.get("/en/regions/QN", headers={"If-None-Match": tag}).status_code == 304
    write_region(region.data, organisations=90, seed=6)
    rebuilt(region)
    fresh = visitor.get("/en/regions/QN", headers={"If-None-Match": tag})
    assert fresh.status_code == 200
    assert fresh.headers["etag"] != tag


def test_before_anything_was_built_the_pages_say_so(tmp_path: Path) -> None:
    with TestClient(create_app(Settings(home=tmp_path))) as visitor:
        reply = visitor.get("/en/regions/NL")
        assert reply.status_code == 503
        assert "keten build" in reply.text
