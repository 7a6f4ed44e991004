"""Asks the server what a visitor can ask, over one connection that is kept open."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

_SERVE = (
    "from keten.settings import read_settings; from keten.web.server import serve; "
    "serve(read_settings())"
)
_BUILD = (
    "import sys; from datetime import UTC, datetime; from pathlib import Path; "
    "from keten.pipeline import build; "
    "build(Path(sys.argv[1]), Path(sys.argv[2]), rulings=(), rulings_fingerprint='none', "
    "now=datetime.now(UTC))"
)
_MOVED = frozenset({301, 302, 303, 307, 308})


class Refusal(Exception):  # noqa: N818 - it is what a server does
    """The server gave something else than a page."""


class Site:
    """A running server."""

    def __init__(self, base_url: str) -> None:
        parts = urlsplit(base_url)
        self._host, self._port = parts.hostname or "127.0.0.1", parts.port or 80
        self._connection: http.client.HTTPConnection | None = None
        self.requests = 0

    def page(self, address: str) -> tuple[str, str]:
        """Give the text of a page and the address where it stands, moves followed.

        Raises: Refusal.
        """
        body, where = self.file(address)
        return body.decode("utf-8"), where

    def file(self, address: str) -> tuple[bytes, str]:
        """Give what stands at an address as it is, moves followed; raises Refusal."""
        for _ in range(5):
            status, headers, body = self._ask(address)
            if status in _MOVED:
                moved = urlsplit(urljoin(address, headers.get("location", "/")))
                address = moved.path + (f"?{moved.query}" if moved.query else "")
                continue
            if status != 200:
                raise Refusal(f"{address} answers {status}: {body[:200]!r}")
            return body, address
        raise Refusal(f"{address} moves round in a circle")

    def twin(self, address: str) -> Any:
        """Give the answer in a page's JSON twin."""
        path, _, query = address.partition("?")
        text, _ = self.page(f"{path.rstrip('/')}.json" + (f"?{query}" if query else ""))
        return json.loads(text)["answer"]

    def _ask(self, address: str) -> tuple[int, http.client.HTTPMessage, bytes]:
        self.requests += 1
        for attempt in (1, 2):
            try:
                if self._connection is None:
                    self._connection = http.client.HTTPConnection(self._host, self._port, 120)
                self._connection.request("GET", address)
                reply = self._connection.getresponse()
                return reply.status, reply.headers, reply.read()
            except (http.client.HTTPException, OSError):
                self._connection = None
                if attempt == 2:
                    raise
        raise AssertionError("the loop returns or raises")


@contextlib.contextmanager
def serving(home: Path) -> Iterator[Site]:
    """Run the real server on the evidence below `home`; raises Refusal when it does not come up."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "KETEN_HOME": str(home), "KETEN_PORT": str(port)}
    child = subprocess.Popen([sys.executable, "-c", _SERVE], env=environment)
    site = Site(f"http://127.0.0.1:{port}")
    try:
        _wait_for(site, child)
        yield site
    finally:
        child.terminate()
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def build(data: Path, home: Path) -> None:
    """Build evidence from `data` below `home`, in a process of its own."""
    subprocess.run([sys.executable, "-c", _BUILD, str(data), str(home)], check=True)


def _wait_for(site: Site, child: subprocess.Popen[bytes]) -> None:
    ends_at = time.monotonic() + 60
    while time.monotonic() < ends_at and child.poll() is None:
        with contextlib.suppress(OSError, http.client.HTTPException):
            site.page("/healthz")
            return
        time.sleep(0.1)
    raise Refusal("the server does not answer")
