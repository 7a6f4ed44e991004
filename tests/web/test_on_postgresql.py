"""The pages on a workspace that lies on a server: reading and writing, beside another machine."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from starlette.testclient import TestClient

from keten.settings import Settings
from keten.web import create_app
from keten.workspace import open_store
from tests.web.people import PASSWORD, SignedIn
from tests.workspace.conftest import Server, server  # noqa: F401 - the fixture

NOW = datetime.now(UTC)


def test_pages_read_and_write_there(server: Server, tmp_path: Path) -> None:  # noqa: F811
    settings = Settings(home=tmp_path, workspace=server.emptied("pages"))
    with open_store(tmp_path, settings.workspace) as store:
        link = store.links.invite("editor", None, NOW)
        token = store.links.join(link, "Ann", "ann@example.org", PASSWORD, NOW)
    with (
        TestClient(create_app(settings), follow_redirects=False) as client,
        open_store(tmp_path, settings.workspace) as other,
    ):
        before = client.get("/en/history")
        assert before.status_code == 200
        line = other.record("note", "he:1", "", "from another machine", "an analyst", NOW)
        after = client.get("/en/history")
        assert "from another machine" in after.text
        client.cookies.set("keten", token, domain="testserver.local", path="/")
        ann = SignedIn(client, token)
        done = ann.post(f"/en/judgements/{line.number}/withdraw", {"reason": "no"})
        assert done.status_code == 303
        assert other.judgements()[-1].author == "Ann"
        assert ann.post(
            f"/en/judgements/{line.number}/withdraw.json", {"reason": "no"}
        ).status_code == (409)
    assert not (tmp_path / "workspace.sqlite").exists()
