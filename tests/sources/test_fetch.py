"""Downloads against a server on this machine that misbehaves in every way that servers do."""

import errno
import hashlib
import io
import json
import shutil
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from keten.errors import FetchError, UsageError
from keten.sources import fetch
from keten.sources.fetch import Download, Origin, Patience, fetch_file, list_downloads

NAME = "cordis-HORIZONprojects-csv.zip"
WHEN = "2026-11-21T12:00:00Z"
QUICK = Patience(connect_s=2, stall_s=0.4, tries=3, tries_in_all=6, backoff_s=0.01)


def make_zip(text: str = "") -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("csv/project.csv", "id\n" + text * 40_000)
    return held.getvalue()


WHOLE = make_zip("1234567\n")
OTHER = make_zip("abcdefg\n")


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        server: Publisher = self.server.publisher  # type: ignore[attr-defined]
        server.asked.append({"path": self.path, **dict(self.headers)})
        step = min(len(server.asked), len(server.script)) - 1
        try:
            server.script[step](self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, *_: Any) -> None:
        pass

    def give(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        headers.setdefault("Content-Length", str(len(body)))
        for name, value in headers.items():
            if value:
                self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()


Step = Callable[[Handler], None]


@dataclass
class Publisher:
    """A server that takes one step of a script per request, the last one for ever."""

    address: str
    script: list[Step] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    found = Publisher(f"http://127.0.0.1:{server.server_address[1]}/{NAME}")
    server.publisher = found  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield found
    server.shutdown()
    thread.join()
    server.server_close()


def whole(body: bytes = WHOLE, etag: str = '"one"', ranges: bool = True, **headers: Any) -> Step:
    """Serve a file as a good server does."""

    def step(handler: Handler) -> None:
        asked = handler.headers.get("Range")
        if etag and handler.headers.get("If-None-Match") == etag:
            handler.give(304, ETag=etag)
        elif ranges and asked and handler.headers.get("If-Range") == etag:
            first = int(asked.removeprefix("bytes=").removesuffix("-"))
            span = f"bytes {first}-{len(body) - 1}/{len(body)}"
            handler.give(206, body[first:], ETag=etag, Content_Range=span)
        else:
            handler.give(200, body, ETag=etag, **headers)

    return step


def cut(at: int, body: bytes = WHOLE, etag: str = '"one"', **headers: str) -> Step:
    """Announce a whole file, send a part of it, hang up."""

    def step(handler: Handler) -> None:
        handler.give(200, body[:at], ETag=etag, **{"Content-Length": str(len(body)), **headers})
        handler.close_connection = True

    return step


def status(number: int, **headers: str) -> Step:
    return lambda handler: handler.give(number, b"sorry", **headers)


def fetch_one(publisher: Publisher, into: Path, **changes: Any) -> Origin:
    file = Download("cordis", NAME, publisher.address, "CC BY 4.0", "https://example.org", "by")
    seen: list[tuple[int, int | None]] = changes.pop("seen", [])
    patience = changes.pop("patience", QUICK)
    name = changes.pop("name", NAME)
    file = Download("cordis", name, publisher.address, file.licence, file.licence_address, "by")
    return fetch_file(file, into, WHEN, lambda _, done, total: seen.append((done, total)), patience)


def test_a_file_arrives_with_its_origin(publisher: Publisher, tmp_path: Path) -> None:
    publisher.script = [whole(Last_Modified="Sat, 06 Dec 2025 00:00:00 GMT")]
    seen: list[tuple[int, int | None]] = []
    origin = fetch_one(publisher, tmp_path, seen=seen)
    assert (tmp_path / NAME).read_bytes() == WHOLE
    assert origin.sha256 == hashlib.sha256(WHOLE).hexdigest()
    assert (origin.bytes, origin.etag, origin.fetched_at) == (len(WHOLE), '"one"', WHEN)
    assert json.loads((tmp_path / f"{NAME}.origin.json").read_text()) == {
        "name": NAME,
        "address": publisher.address,
        "fetched_at": WHEN,
        "bytes": len(WHOLE),
        "sha256": origin.sha256,
        "etag": '"one"',
        "last_modified": "Sat, 06 Dec 2025 00:00:00 GMT",
        "licence": "CC BY 4.0",
        "licence_address": "https://example.org",
        "attribution": "by",
    }
    assert seen[0] == (0, len(WHOLE))
    assert seen[-1] == (len(WHOLE), len(WHOLE))
    assert seen == sorted(seen)
    assert {path.name for path in tmp_path.iterdir()} == {NAME, f"{NAME}.origin.json"}


def test_what_broke_off_goes_on_where_it_stopped(publisher: Publisher, tmp_path: Path) -> None:
    publisher.script = [cut(5000), whole()]
    fetch_one(publisher, tmp_path)
    assert (tmp_path / NAME).read_bytes() == WHOLE
    assert publisher.asked[1]["Range"] == "bytes=5000-"
    assert publisher.asked[1]["If-Range"] == '"one"'


def test_a_later_run_goes_on_too(publisher: Publisher, tmp_path: Path) -> None:
    publisher.script = [cut(5000), status(500), status(500), whole()]
    with pytest.raises(FetchError, match="answered 500"):
        fetch_one(publisher, tmp_path)
    assert not (tmp_path / NAME).exists()
    fetch_one(publisher, tmp_path)
    assert (tmp_path / NAME).read_bytes() == WHOLE
    assert publisher.asked[-1]["Range"] == "bytes=5000-"


def test_a_file_that_changed_between_two_tries_begins_anew(
    publisher: Publisher, tmp_path: Path
) -> None:
    publisher.script = [cut(5000), whole(OTHER, '"two"')]
    origin = fetch_one(publisher, tmp_path)
    assert (tmp_path / NAME).read_bytes() == OTHER
    assert origin.etag == '"two"'


def test_a_rest_of_another_file_is_thrown_away(publisher: Publisher, tmp_path: Path) -> None:
    """A server that ignores If-Range and sends the rest of a newer file."""

    def wrong_rest(handler: Handler) -> None:
        span = f"bytes 5000-{len(OTHER) - 1}/{len(OTHER)}"
        handler.give(206, OTHER[5000:], ETag='"two"', Content_Range=span)

    publisher.script = [cut(5000), wrong_rest, whole(OTHER, '"two"')]
    fetch_one(publisher, tmp_path)
    assert (tmp_path / NAME).read_bytes() == OTHER


def test_a_server_that_ignores_range(publisher: Publisher, tmp_path: Path) -> None:
    publisher.script = [cut(5000), whole(ranges=False)]
    fetch_one(publisher, tmp_path)
    assert (tmp_path / NAME).read_bytes() == WHOLE


def test_without_a_validator_nothing_is_patched_together(
    publisher: Publisher, tmp_path: Path
) -> None:
    publisher.script = [cut(5000, etag=""), whole(OTHER, etag="")]
    fetch_one(publisher, tmp_path)
    assert (tmp_path / NAME).read_bytes() == OTHER
    assert "Range" not in publisher.asked[1]


def test_a_weak_etag_is_no_validator(publisher: Publisher, tmp_path: Path) -> None:
    publisher.script = [cut(5000, etag='W/"one"'), whole(OTHER, etag='W/"one"')]
    fetch_one(publisher, tmp_path)
    assert (tmp_path / NAME).read_bytes() == OTHER


def test_trouble_that_passes(publisher: Publisher, tmp_path: Path) -> None:
    publisher.script = [status(500), status(503, Retry_After="0"), whole()]
    fetch_one(publisher, tmp_path)
    assert len(publisher.asked) == 3


def test_trouble_that_stays_is_tried_a_bounded_number_of_times(
    publisher: Publisher, tmp_path: Path
) -> None:
    publisher.script = [status(503)]
    with pytest.raises(FetchError, match="answered 503") as caught:
        fetch_one(publisher, tmp_path)
    assert len(publisher.asked) == QUICK.tries
    assert "Try again later" in caught.value.next_step


def test_a_server_may_not_ask_for_an_endless_wait(publisher: Publisher, tmp_path: Path) -> None:
    publisher.script = [status(429, Retry_After="86400"), whole()]
    began = time.monotonic()
    fetch_one(publisher, tmp_path, patience=Patience(longest_backoff_s=0.05))
    assert time.monotonic() - began < 5


def test_a_file_that_is_gone_is_not_tried_again(publisher: Publisher, tmp_path: Path) -> None:
    publisher.script = [status(404)]
    with pytest.raises(FetchError, match="answered 404"):
        fetch_one(publisher, tmp_path)
    assert len(publisher.asked) == 1


def test_a_stall_ends(publisher: Publisher, tmp_path: Path) -> None:
    def stall(handler: Handler) -> None:
        handler.give(200, WHOLE[:3000], ETag='"one"', **{"Content-Length": str(len(WHOLE))})
        time.sleep(1)
        handler.close_connection = True

    publisher.script = [stall, whole()]
    began = time.monotonic()
    fetch_one(publisher, tmp_path)
    assert (tmp_path / NAME).read_bytes() == WHOLE
    assert time.monotonic() - began < 3


def test_a_trickle_ends(publisher: Publisher, tmp_path: Path) -> None:
    def trickle(handler: Handler) -> None:
        handler.give(200, b"", ETag='"one"', **{"Content-Length": str(len(WHOLE))})
        for byte in WHOLE[:60]:
            handler.wfile.write(bytes([byte]))
            handler.wfile.flush()
            time.sleep(0.05)
        handler.close_connection = True

    publisher.script = [trickle, whole()]
    fetch_one(publisher, tmp_path)
    assert (tmp_path / NAME).read_bytes() == WHOLE


def test_a_length_that_is_too_long_is_noticed(publisher: Publisher, tmp_path: Path) -> None:
    def long(handler: Handler) -> None:
        handler.give(200, WHOLE, **{"Content-Length": str(len(WHOLE) + 10)})
        handler.close_connection = True

    publisher.script = [long]
    with pytest.raises(FetchError):
        fetch_one(publisher, tmp_path)
    assert not (tmp_path / NAME).exists()


def test_a_length_that_is_too_short_is_noticed(publisher: Publisher, tmp_path: Path) -> None:
    def short(handler: Handler) -> None:
        handler.give(200, WHOLE, **{"Content-Length": str(len(WHOLE) - 10)})
        handler.close_connection = True

    publisher.script = [short]
    with pytest.raises(FetchError, match="no whole zip"):
        fetch_one(publisher, tmp_path)
    assert not (tmp_path / NAME).exists()


def test_a_range_that_begins_elsewhere_is_refused(publisher: Publisher, tmp_path: Path) -> None:
    def elsewhere(handler: Handler) -> None:
        span = f"bytes 4000-{len(WHOLE) - 1}/{len(WHOLE)}"
        handler.give(206, WHOLE[4000:], ETag='"one"', Content_Range=span)

    publisher.script = [cut(5000), elsewhere, whole()]
    fetch_one(publisher, tmp_path)
    assert (tmp_path / NAME).read_bytes() == WHOLE


def test_a_web_page_is_no_zip(publisher: Publisher, tmp_path: Path) -> None:
    page = b"<!DOCTYPE html><title>Under maintenance</title>"
    for kind in ("text/html; charset=utf-8", "application/zip", ""):
        publisher.script = [whole(page, etag="", Content_Type=kind)]
        with pytest.raises(FetchError, match="a web page") as caught:
            fetch_one(publisher, tmp_path)
        assert "try again later" in caught.value.next_step
    assert list(tmp_path.iterdir()) == []


def test_what_is_neither_page_nor_zip(publisher: Publisher, tmp_path: Path) -> None:
    publisher.script = [whole(b"id;name\n1;a\n")]
    with pytest.raises(FetchError, match="no zip file"):
        fetch_one(publisher, tmp_path)
    publisher.script = [whole(b'{"type": "FeatureCollection", "features": [')]
    with pytest.raises(FetchError, match="no whole JSON"):
        fetch_one(publisher, tmp_path, name="NUTS_RG_20M_2024_4326.geojson")


def test_an_old_file_survives_a_failed_fetch(publisher: Publisher, tmp_path: Path) -> None:
    publisher.script = [whole()]
    before = fetch_one(publisher, tmp_path)
    publisher.script = [whole(b"<html>", etag='"two"')]
    with pytest.raises(FetchError):
        fetch_one(publisher, tmp_path)
    assert (tmp_path / NAME).read_bytes() == WHOLE
    assert json.loads((tmp_path / f"{NAME}.origin.json").read_text())["etag"] == before.etag


def test_the_same_file_is_not_fetched_twice(publisher: Publisher, tmp_path: Path) -> None:
    publisher.script = [whole()]
    first = fetch_one(publisher, tmp_path)
    assert fetch_one(publisher, tmp_path) == first
    assert publisher.asked[1]["If-None-Match"] == '"one"'


def test_a_damaged_file_is_fetched_again(publisher: Publisher, tmp_path: Path) -> None:
    publisher.script = [whole()]
    fetch_one(publisher, tmp_path)
    (tmp_path / NAME).write_bytes(WHOLE[:-1] + b"?")
    fetch_one(publisher, tmp_path)
    assert (tmp_path / NAME).read_bytes() == WHOLE


def test_redirects_are_followed_to_a_bound(publisher: Publisher, tmp_path: Path) -> None:
    publisher.script = [status(302, Location="/elsewhere"), whole()]
    fetch_one(publisher, tmp_path)
    assert publisher.asked[1]["path"] == "/elsewhere"
    publisher.script = [status(302, Location="/round")]
    with pytest.raises(FetchError, match="more than 5 times"):
        fetch_one(publisher, tmp_path)


@pytest.mark.parametrize(
    "target", ["http://example.org/a.zip", "ftp://example.org/a.zip", "file:///etc/passwd"]
)
def test_a_redirect_to_a_weaker_scheme_is_refused(
    publisher: Publisher, tmp_path: Path, target: str
) -> None:
    publisher.script = [status(302, Location=target)]
    with pytest.raises(FetchError, match="not safe"):
        fetch_one(publisher, tmp_path)


@pytest.mark.parametrize(
    "address", ["http://cordis.europa.eu/data/a.zip", "ftp://a/b", "nonsense", "https:///a.zip"]
)
def test_only_https_is_fetched(tmp_path: Path, address: str) -> None:
    with pytest.raises(FetchError, match="not safe"):
        fetch_one(Publisher(address), tmp_path)


def test_a_full_disk_is_said_before_the_first_byte(
    publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher.script = [whole()]
    monkeypatch.setattr(shutil, "disk_usage", lambda _: type("Usage", (), {"free": 1000}))
    with pytest.raises(FetchError, match="MB left"):
        fetch_one(publisher, tmp_path)


def test_a_disk_that_fills_up_is_said_clearly(
    publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    publisher.script = [whole()]
    monkeypatch.setattr(fetch, "_sync", full)
    with pytest.raises(FetchError, match="disk is full") as caught:
        fetch_one(publisher, tmp_path)
    assert "Make room" in caught.value.next_step


def test_a_file_that_is_too_large_is_refused(publisher: Publisher, tmp_path: Path) -> None:
    publisher.script = [whole()]
    with pytest.raises(FetchError, match="more than"):
        fetch_one(publisher, tmp_path, patience=Patience(largest_bytes=1000))


def test_two_downloads_do_not_write_one_file(publisher: Publisher, tmp_path: Path) -> None:
    holding, go_on = threading.Event(), threading.Event()

    def slow(handler: Handler) -> None:
        holding.set()
        go_on.wait(5)
        whole()(handler)

    publisher.script = [slow]
    patient = Patience(stall_s=5)
    thread = threading.Thread(
        target=fetch_one, args=(publisher, tmp_path), kwargs={"patience": patient}
    )
    thread.start()
    assert holding.wait(5)
    with pytest.raises(FetchError, match="Another download"):
        fetch_one(publisher, tmp_path)
    go_on.set()
    thread.join()
    assert (tmp_path / NAME).read_bytes() == WHOLE


def test_nobody_is_listening(tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="could not be fetched") as caught:
        fetch_one(Publisher("http://127.0.0.1:9/a.zip"), tmp_path)
    assert "browser" in caught.value.next_step


def test_a_source_is_fetched_from_addresses_that_can_be_overridden(
    publisher: Publisher, tmp_path: Path
) -> None:
    publisher.script = [whole()]
    second = "cordis-h2020projects-csv.zip"
    origins = fetch.get(
        "cordis",
        tmp_path / "new" / "folder",
        WHEN,
        lambda *_: None,
        {NAME: publisher.address, second: publisher.address},
        QUICK,
    )
    assert [origin.name for origin in origins] == [NAME, second]
    assert "CC BY 4.0" in origins[0].licence


def test_the_official_addresses_are_https_and_carry_a_licence() -> None:
    files = [*list_downloads("cordis"), *list_downloads("geography")]
    assert all(file.address.startswith("https://") for file in files)
    assert all(file.licence and file.attribution for file in files)
    assert all(file.address.endswith(file.name) for file in files)


def test_unknown_sources_and_files_are_named() -> None:
    with pytest.raises(UsageError, match="nothing"):
        list_downloads("nothing")
    with pytest.raises(UsageError, match="no file of cordis"):
        list_downloads("cordis", {"other.zip": "https://example.org/other.zip"})
