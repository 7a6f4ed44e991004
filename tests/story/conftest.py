"""An invented region with its chain, built once, and as it was before some projects were known."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from keten.atlas.answers import read_chain
from keten.cli.load import keep_examples
from keten.evidence import Evidence, latest
from keten.model import Chain
from keten.pipeline import build
from keten.settings import Settings
from keten.sources.invented import write_region
from keten.story.plan import Asked, Plan, make_plan
from keten.web import create_app
from keten.web.pen import make_pen, make_recount
from keten.workspace import Store, open_store
from tests.web.people import SignedIn, sign_in

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
CHAIN = "new-proteins"


@dataclass(frozen=True)
class Region:
    """Where files, evidence and workspace lie."""

    data: Path
    home: Path

    def build(self, organisations: int = 120) -> None:
        """Make the evidence anew, from the files of a region of this size."""
        if self.data.exists():
            shutil.rmtree(self.data)
        write_region(self.data, organisations=organisations, seed=7)
        with open_store(self.home) as store:
            keep_examples(store, NOW, is_invented=True)
            chains = tuple(read_chain(each.value) for each in store.contents("chain"))
        build(self.data, self.home, rulings=(), rulings_fingerprint="none", chains=chains, now=NOW)

    def plan(self, language: str = "en", public_url: str = "", **asked: object) -> Plan:
        """Make the plan of the chain as it stands."""
        evidence = latest(self.home, threads=1)
        try:
            with open_store(self.home) as store:
                return plan_on(evidence, store, language, public_url)
        finally:
            evidence.close()


def find_chain(store: Store) -> Chain:
    content = store.content("chain", CHAIN)
    assert content is not None
    return read_chain(content.value)


def plan_on(
    evidence: Evidence,
    store: Store,
    language: str,
    public_url: str = "",
    regions: tuple[str, ...] = (),
) -> Plan:
    con = evidence.cursor()
    chain = find_chain(store)
    asked = Asked(
        con=con,
        store=store,
        chain=replace(chain, regions=regions or chain.regions),
        language=language,
        today=date(2026, 11, 21),
        evidence=evidence.number,
        evidence_day=evidence.built_at.date(),
        fingerprint=evidence.fingerprint,
        is_invented=evidence.is_invented,
    )
    return make_plan(asked, make_pen(language, public_url), make_recount(con, store))


@pytest.fixture(scope="session")
def region(tmp_path_factory: pytest.TempPathFactory) -> Region:
    """A region that every test of this folder reads, and none changes."""
    place = tmp_path_factory.mktemp("story")
    made = Region(place / "data", place / "home")
    made.build()
    return made


@pytest.fixture
def own_region(region: Region, tmp_path: Path) -> Region:
    """A copy of the region, for who writes or builds."""
    shutil.copytree(region.home, tmp_path / "home")
    return Region(tmp_path / "data", tmp_path / "home")


def open_site(home: Path) -> TestClient:
    return TestClient(create_app(Settings(home=home, home_country="QN")), follow_redirects=False)


@pytest.fixture(scope="session")
def written(region: Region, tmp_path_factory: pytest.TempPathFactory) -> Region:
    """A copy in which the tests of the page write, each another sentence."""
    place = tmp_path_factory.mktemp("written")
    shutil.copytree(region.home, place / "home")
    return Region(place / "data", place / "home")


@pytest.fixture(scope="session")
def site(written: Region) -> Iterator[TestClient]:
    with open_site(written.home) as client:
        yield client


@pytest.fixture
def visitor(site: TestClient) -> TestClient:
    """Somebody who only reads."""
    site.cookies.clear()
    return site


@pytest.fixture(scope="session")
def cookie(site: TestClient, written: Region) -> SignedIn:
    return sign_in(site, written.home, "editor")


@pytest.fixture
def editor(site: TestClient, cookie: SignedIn) -> SignedIn:
    """Somebody who may write."""
    site.cookies.clear()
    site.cookies.set("keten", cookie.token)
    return cookie
