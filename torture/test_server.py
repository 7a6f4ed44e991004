"""The server is killed while it keeps a sheet: the list holds all of it or nothing, whatever the moment."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx

from keten.lists.held import IMPORT, read_held
from keten.pipeline import build
from keten.sources.invented import write_region
from keten.workspace import Person, open_store
from keten.workspace.tokens import mask_secret

ROWS = 8_000
DELAYS = (0.0, 0.1, 0.3, 0.6, 1.0, 2.0, 4.0, 120.0)  # seconds after the form was sent
PORT = 18_377
EVERYTHING = Person(0, "", "administrator", "")


@dataclass
class Server:
    """A server in a process of its own, and a browser that is signed in."""

    home: Path
    token: str
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> httpx.Client:
        """Start it, and give a client once it answers."""
        environment = {**os.environ, "KETEN_HOME": str(self.home), "KETEN_HOME_COUNTRY": "QN"}
        self.process = subprocess.Popen(
            [sys.executable, "-c", "from keten.cli.commands import main; main()", "serve", "--port",
             str(PORT)],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        base = f"http://127.0.0.1:{PORT}"
        client = httpx.Client(base_url=base, cookies={"keten": self.token}, timeout=300)
        until = time.monotonic() + 120
        while time.monotonic() < until:
            try:
                if client.get("/en/lists").status_code == 200:
                    return client
            except httpx.TransportError:
                time.sleep(0.1)
        raise AssertionError("the server did not start")

    def kill(self) -> None:
        """End it as a power cut would."""
        assert self.process is not None
        self.process.kill()
        assert self.process.wait() == -9

    def post(
        self, client: httpx.Client, address: str, fields: dict[str, str], **more: object
    ) -> httpx.Response:
        """Send a form as the browser would."""
        fields = {"csrf": mask_secret(self.token), **fields}
        origin = {"origin": f"http://127.0.0.1:{PORT}"}
        return client.post(address, data=fields, headers=origin, **more)  # type: ignore[arg-type]


def test_the_server_is_killed_while_it_keeps_a_sheet(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    home = tmp_path / "home"
    write_region(tmp_path / "data", organisations=40, seed=6)
    build(tmp_path / "data", home, rulings=(), rulings_fingerprint="none", now=now)
    with open_store(home) as store:
        link = store.links.invite("editor", None, now)
        token = store.links.join(link, "Ann", "ann@example.org", "three green bicycles", now)
    sheet = "\n".join(["Naam;Plaats", *(f"Firm {n} of nobody;Town {n}" for n in range(ROWS))])
    server, ends = Server(home, token), []
    client = server.start()
    sent = server.post(
        client, "/en/lists", {"name": "Killed", "visibility": "everybody"},
        files={"file": ("rows.csv", sheet.encode(), "text/csv")},
    )  # fmt: skip
    assert sent.status_code == 303, sent.text[:500]
    desk = sent.headers["location"]
    for delay in DELAYS:
        seen = wait_for_preview(client, desk)

        def keep(client: httpx.Client = client, seen: str = seen) -> None:
            with contextlib.suppress(httpx.TransportError):  # the line is cut, as it should be
                server.post(client, f"{desk}/import", {"seen": seen, "reason": "Tried."})

        sending = threading.Thread(target=keep)
        sending.start()
        sending.join(delay)
        server.kill()
        sending.join()
        with open_store(home) as store:
            held = len(read_held(store, "killed", EVERYTHING))
            batches = store.batches(IMPORT, reader=EVERYTHING)
        assert (held, len(batches)) in {(0, 0), (ROWS, 1)}, delay
        ends.append(held)
        client = server.start()
        page = client.get("/en/lists").text
        assert ("Killed" in page) == bool(held)
        if held:
            break
    server.kill()
    assert ends[0] == 0
    assert ends[-1] == ROWS
    print(f"killed {ends.count(0)} times with nothing kept; then all {ROWS} rows at once")


def wait_for_preview(client: httpx.Client, desk: str) -> str:
    """Give the mark of what was seen, once the preview is worked out; the sheet outlives the server."""
    until = time.monotonic() + 300
    while time.monotonic() < until:
        found = re.search(r'name="seen" value="([^"]*)"', client.get(desk).text)
        if found:
            return found[1]
        time.sleep(0.3)
    raise AssertionError("the preview was not worked out")
