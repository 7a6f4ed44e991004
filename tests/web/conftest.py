"""The site that the tests of the pages visit, built once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from keten.web import create_app
from tests.web.people import SignedIn, sign_in
from tests.web.site import Site, make_site


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return make_site(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="session")
def visitor(site: Site) -> Iterator[TestClient]:
    with TestClient(create_app(site.settings), follow_redirects=False) as client:
        yield client


def _signed_in(site: Site, role: str) -> Iterator[SignedIn]:
    with TestClient(create_app(site.settings), follow_redirects=False) as client:
        yield sign_in(client, site.home, role)


@pytest.fixture
def editor(site: Site) -> Iterator[SignedIn]:
    """Somebody who may write."""
    yield from _signed_in(site, "editor")


@pytest.fixture
def reader(site: Site) -> Iterator[SignedIn]:
    """Somebody who is signed in and may only read."""
    yield from _signed_in(site, "visitor")


@pytest.fixture
def administrator(site: Site) -> Iterator[SignedIn]:
    """Somebody who may let people in."""
    yield from _signed_in(site, "administrator")
