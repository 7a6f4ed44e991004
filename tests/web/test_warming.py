"""What is read beforehand: the first visitor of a chain waits for none of what takes long."""

from __future__ import annotations

import shutil
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from keten.diagnosis import comparison
from keten.evidence.store import folder_of, publish, read_manifest, read_pointer
from keten.matchmaking import network
from keten.settings import Settings
from keten.web import create_app, warming
from tests.web.site import CHAIN, Site


def test_what_takes_long_is_there_before_the_first_visitor(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    ready = threading.Event()

    def tell() -> None:
        told.append("warm")
        ready.set()

    others = {thread.ident for thread in threading.enumerate() if thread.name == "warming"}
    app = create_app(site.settings, warmed=tell)
    with TestClient(app) as client:
        assert ready.wait(60)

        def fail(*_: object) -> None:
            raise AssertionError("this was to be read beforehand")

        with monkeypatch.context() as patch:
            for name in ("compare", "search"):
                patch.setattr(comparison, name, fail)
            patch.setattr(network, "_PAIRS", "select error('this was to be read beforehand')")
            for step in ("diagnosis", f"connections?party={site.party}"):
                assert client.get(f"/nl/chains/{CHAIN}/{step}").status_code == 200
    assert told == ["warm"]
    left = {thread.ident for thread in threading.enumerate() if thread.name == "warming"}
    assert left <= others, "what warms ends with the house that it warms"


def test_what_is_built_meanwhile_is_read_too(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    shutil.copytree(site.home, home)
    monkeypatch.setattr(warming, "_LOOK_S", 0.05)
    read: list[int] = []
    monkeypatch.setattr(
        warming, "_warm_chains", lambda house, _: read.append(house.shelf.evidence().number)
    )
    with TestClient(create_app(Settings(home=home))):
        until = time.monotonic() + 60
        while not read and time.monotonic() < until:
            time.sleep(0.02)
        publish_again(home)
        while len(read) < 2 and time.monotonic() < until:
            time.sleep(0.02)
    first, second = read
    assert second > first


def publish_again(home: Path) -> None:
    """Put a copy of the evidence in force under the next number, as a build does at its end."""
    root = home / "evidence"
    number = read_pointer(root)
    manifest = replace(read_manifest(root, number), number=number + 1)
    shutil.copytree(folder_of(root, number), root / "building")
    publish(root, manifest, lambda _: None)


def test_a_house_without_evidence_still_answers(tmp_path_factory: pytest.TempPathFactory) -> None:
    home = tmp_path_factory.mktemp("empty")
    with TestClient(create_app(Settings(home=home))) as client:
        assert client.get("/nl/about").status_code == 200
        assert client.get("/healthz").status_code == 503
