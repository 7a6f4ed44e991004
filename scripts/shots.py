"""Takes pictures of every kind of page, wide and narrow, in both languages, into var/shots.

python scripts/shots.py                     starts a server on the evidence in KETEN_HOME
python scripts/shots.py --address URL       takes them from a server that runs already
python scripts/shots.py region why          only pages whose name begins with one of these words
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import uvicorn
from playwright.sync_api import Browser, sync_playwright

from keten.settings import Settings, read_settings
from keten.web import create_app

LANGUAGES = ("nl", "en")
SIZES = {"wide": (1280, 900), "narrow": (360, 740)}
FLAGS = (
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def main() -> int:
    """Takes the pictures; gives 1 when a page could not be shown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("pages", nargs="*", help="names of pages to begin with; all when none")
    parser.add_argument("--address", help="a running server, for instance http://127.0.0.1:8321")
    parser.add_argument("--into", type=Path, default=Path("var/shots"))
    parser.add_argument("--dark", action="store_true", help="in dark colours")
    asked = parser.parse_args()
    asked.into.mkdir(parents=True, exist_ok=True)
    with serving(asked.address) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browser(),
            args=[*FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])],
        )
        wanted = {
            name: path
            for name, path in find_pages(address).items()
            if not asked.pages or name.startswith(tuple(asked.pages))
        }
        return take(browser, address, wanted, asked.into, dark=asked.dark)


def take(browser: Browser, address: str, pages: dict[str, str], into: Path, *, dark: bool) -> int:
    """Takes one picture of each page at each size and in each language."""
    failed = 0
    for size, (width, height) in SIZES.items():
        page = browser.new_page(
            viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light"
        )
        for name, path in pages.items():
            for language in LANGUAGES:
                reply = page.goto(f"{address}/{language}{path}", wait_until="load")
                expected = 404 if name == "trouble" else 200
                if reply is None or reply.status != expected:
                    print(f"shots: {language}{path} gave {reply.status if reply else 'nothing'}")
                    failed += 1
                page.screenshot(path=into / f"{name}-{language}-{size}.png", full_page=True)
        page.close()
    print(f"shots: {len(pages) * len(LANGUAGES) * len(SIZES)} pictures in {into}")
    return 1 if failed else 0


def find_pages(address: str) -> dict[str, str]:
    """Gives one address of every kind of page, on whatever the evidence holds."""
    home = ask(address, "/en/")["answer"]["country"]
    code = home["codes"][0]
    label = home["organisations"][0]["organisation"]
    inside = [row["region"]["code"] for row in home["inside"]] or [code]
    organisation = f"/organisations/{label['organisation_id']}"
    view = ask(address, f"/en{organisation}")["answer"]["organisation"]
    project = f"/projects/{view['projects'][0]['project_id']}"
    word = (label["name"] or "university").split()[0].lower()
    source = ask(address, "/en/sources")["answer"]["sources"][0]["card"]["source"]
    why = view["contribution_eur"]["why"].removeprefix("/en")
    return {
        "home": "/",
        "search": f"/search?q={word}",
        "search-nothing": "/search?q=qqqqzzzz",
        "organisation": organisation,
        "partners": f"{organisation}/partners",
        "projects": f"{organisation}/projects",
        "project": project,
        "regions": "/regions",
        "region": f"/regions/{code}",
        "region-small": f"/regions/{inside[0]}",
        "region-set": f"/regions/{'+'.join(sorted(inside[:2]))}",
        "region-organisations": f"/regions/{inside[0]}/organisations",
        "why": why,
        "record": f"/records/{view['record_id']}",
        "sources": "/sources",
        "source": f"/sources/{source}",
        "issues": "/issues",
        "methods": "/methods",
        "components": "/components",
        "about": "/about",
        "accessibility": "/accessibility",
        "trouble": "/organisations/pic:1",
    }


def ask(address: str, path: str) -> Any:
    """Asks for a page as data."""
    request = Request(f"{address}{path}", headers={"Accept": "application/json"})  # noqa: S310
    with urlopen(request, timeout=60) as reply:  # noqa: S310
        return json.load(reply)


@contextmanager
def serving(address: str | None) -> Iterator[str]:
    """Gives the address of a server: the one that was named, or one of our own while it is needed."""
    if address:
        yield address.rstrip("/")
        return
    settings: Settings = read_settings(port=0)
    server = uvicorn.Server(
        uvicorn.Config(create_app(settings), host="127.0.0.1", port=0, log_level="warning")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        if not thread.is_alive():
            sys.exit("shots: the server did not start")
        time.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=10)


def find_browser() -> str:
    """Finds Debian's own Chromium."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    sys.exit("shots: no Chromium is installed; `make setup-dev` installs it")


if __name__ == "__main__":
    sys.exit(main())
