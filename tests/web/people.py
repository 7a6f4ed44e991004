"""People who are signed in, for the tests of pages that they alone may read and forms that they send."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
from starlette.testclient import TestClient

from keten.workspace import open_store
from keten.workspace.tokens import mask_secret

PASSWORD = "three green bicycles"
HERE = "http://testserver"


@dataclass(frozen=True)
class SignedIn:
    """A client with the cookie of somebody; `post` sends a form as their browser would."""

    client: TestClient
    token: str

    def get(self, address: str, **more: object) -> httpx.Response:
        return self.client.get(address, **more)  # type: ignore[arg-type]

    def post(self, address: str, fields: Mapping[str, str] | None = None) -> httpx.Response:
        return send(self.client, address, {"csrf": mask_secret(self.token), **(fields or {})})


def send(client: TestClient, address: str, fields: Mapping[str, str]) -> httpx.Response:
    """Send a form from a page of the site, with no more than these fields."""
    return client.post(address, data=dict(fields), headers={"origin": HERE})


def sign_in(client: TestClient, home: Path, role: str = "editor", name: str = "") -> SignedIn:
    """Make an account, and give the client its cookie; whoever was signed in there no longer is."""
    now = datetime.now(UTC)
    with open_store(home) as store:
        shown = name or f"A test {role} {len(store.accounts.all())}"
        link = store.links.invite(role, None, now)
        token = store.links.join(
            link, shown, f"{shown.replace(' ', '.')}@example.org", PASSWORD, now
        )
    client.cookies.clear()
    client.cookies.set("keten", token, domain="testserver.local", path="/")
    return SignedIn(client, token)
