"""What is read beforehand: the first visitor of a chain waits for none of what takes long."""

from __future__ import annotations

import threading

import pytest
from starlette.testclient import TestClient

from keten.diagnosis import comparison
from keten.matchmaking import network
from keten.settings import Settings
from keten.web import create_app
from tests.web.site import CHAIN, Site


def wait_for_warming() -> None:
    for thread in threading.enumerate():
        if thread.name == "warming":
            thread.join(60)
            assert not thread.is_alive()


def test_what_takes_long_is_there_before_the_first_visitor(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    app = create_app(site.settings, warmed=lambda: told.append("warm"))
    with TestClient(app) as client:
        wait_for_warming()
        assert told == ["warm"]

        def fail(*_: object) -> None:
            raise AssertionError("this was to be read beforehand")

        for name in ("compare", "search"):
            monkeypatch.setattr(comparison, name, fail)
        monkeypatch.setattr(network, "_PAIRS", "select error('this was to be read beforehand')")
        for step in ("diagnosis", f"connections?party={site.party}"):
            assert client.get(f"/nl/chains/{CHAIN}/{step}").status_code == 200


def test_a_house_without_evidence_still_answers(tmp_path_factory: pytest.TempPathFactory) -> None:
    home = tmp_path_factory.mktemp("empty")
    with TestClient(create_app(Settings(home=home))) as client:
        wait_for_warming()
        assert client.get("/nl/about").status_code == 200
        assert client.get("/healthz").status_code == 503
