"""The site that the tests of the pages visit, built once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from keten.web import create_app
from tests.web.site import Site, make_site


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return make_site(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="session")
def visitor(site: Site) -> Iterator[TestClient]:
    with TestClient(create_app(site.settings), follow_redirects=False) as client:
        yield client
