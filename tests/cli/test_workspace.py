"""The workspace on the command line: plain files, copies, history and undo."""

from pathlib import Path

import pytest

from keten.cli.session import now
from keten.workspace import open_store
from tests.cli.conftest import call, read_json


@pytest.fixture
def here(tmp_path: Path) -> dict[str, str]:
    return {"KETEN_HOME": str(tmp_path / "home"), "KETEN_LANGUAGE": "en"}


@pytest.fixture
def filled(tmp_path: Path, here: dict[str, str]) -> dict[str, str]:
    with open_store(tmp_path / "home") as store:
        store.record("same", "he:1", "h2020:1", "one address", "an analyst", now())
        store.record("note", "he:1", "", "spoke to them", "Ann", now(), is_private=True)
        with store.open_batch("import", "Firms.xlsx", "imported", "Ann", now()) as batch:
            for number in range(3):
                batch.record("listed", f"own:{number}", "list:a")
    return here


def test_out_and_in_again(tmp_path: Path, filled: dict[str, str]) -> None:
    out = call("workspace", "export", str(tmp_path / "files"), **filled)
    assert "4 lines, 1 batches and 0 accounts" in out.stdout
    assert not (tmp_path / "files" / "private").exists()
    other = filled | {"KETEN_WORKSPACE": str(tmp_path / "elsewhere" / "team.sqlite")}
    told = read_json(call("workspace", "load", str(tmp_path / "files"), "--json", **other))
    assert told["answer"]["loaded"]["lines"] == 4
    again = call("workspace", "load", str(tmp_path / "files"), **other | {"KETEN_LANGUAGE": "nl"})
    assert "Nieuw: 0 regels" in again.stdout
    assert (tmp_path / "elsewhere" / "team.sqlite").is_file()
    refused = call("workspace", "load", str(tmp_path), **other)
    assert refused.exit_code == 7
    assert "keten workspace export" in refused.stderr
    call("workspace", "export", str(tmp_path / "all"), "--private", **filled)
    assert "spoke to them" in (tmp_path / "all/private/lines/note.yaml").read_text()


def test_a_copy_and_back(tmp_path: Path, filled: dict[str, str]) -> None:
    copy = str(tmp_path / "copy.sqlite")
    assert "Copied: 5 lines, 0 accounts." in call("workspace", "backup", copy, **filled).stdout
    call("rule", "withdraw", "1", "--why", "no", "--who", "Ann", **filled)
    unsure = call("workspace", "restore", copy, **filled)
    assert (unsure.exit_code, "--yes" in unsure.stderr) == (2, True)
    told = read_json(call("workspace", "restore", copy, "--yes", "--json", **filled))
    assert told["answer"]["restored"]["lines"] == 5
    assert told["answer"]["restored"]["aside"].startswith("workspace-")
    assert "there already" in call("workspace", "backup", copy, **filled).stderr
    server = filled | {"KETEN_WORKSPACE": "postgresql://keten:secret@server/keten"}
    refused = call("workspace", "backup", copy, **server)
    assert "pg_dump" in refused.stderr
    assert "secret" not in refused.stderr


def test_history_and_undo(filled: dict[str, str]) -> None:
    seen = call("workspace", "history", **filled).stdout
    assert "Firms.xlsx" in seen
    assert "spoke to them" not in seen
    assert "2 in all" in seen
    assert "spoke to them" in call("workspace", "history", "--private", **filled).stdout
    assert (
        "takes back 3 lines"
        in call("workspace", "undo", "1", "--why", "wrong", "--who", "Ann", **filled).stdout
    )
    lines = read_json(call("workspace", "history", "--kind", "listed", "--json", **filled))
    (entry,) = lines["answer"]["history"]["entries"]
    assert (entry["lines"], entry["holds"], entry["batch"]["undone_by"]) == (3, False, 2)
    nothing = call("workspace", "history", "--of", "chain:x", **filled).stdout
    assert "Nothing like that" in nothing
