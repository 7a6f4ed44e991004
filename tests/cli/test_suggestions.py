"""`keten suggestions`: what visitors sent is listed, accepted, declined and opened again at a terminal."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from keten.atlas.proposal import Proposal
from keten.atlas.suggestions import send
from keten.workspace import open_store
from tests.cli.conftest import Keten, read_json

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
WHO = ("--who", "A tester")


def test_what_was_sent_is_answered_and_the_answer_taken_back(keten: Keten, home: Path) -> None:
    assert "cannot send any" in keten("suggestions", "list").output
    assert keten("suggestions", "take", "yes").exit_code == 2
    assert keten("suggestions", "take", "yes", *WHO).exit_code == 0
    with open_store(home) as store:
        send(store, Proposal("organisation", "I work there", name="Kaas", city="Gouda"), NOON)
        send(store, Proposal("correction", "So it is", field="closed", name="Somebody"), NOON)
    listed = keten("suggestions", "list").output
    assert "Kaas" in listed
    assert "cannot" not in listed
    first, second = read_json(keten("suggestions", "list", "--json"))["answer"]["suggestions"]
    assert keten("suggestions", "accept", first["key"], *WHO).exit_code == 0
    unclear = keten("suggestions", "accept", second["key"], *WHO)
    assert (unclear.exit_code, len(unclear.stderr.strip().splitlines())) == (2, 2)
    assert keten("suggestions", "decline", second["key"], *WHO).exit_code == 2
    done = keten("suggestions", "decline", second["key"], *WHO, "--why", "nobody knows them")
    assert "declined" in done.output
    assert keten("suggestions", "decline", second["key"], *WHO, "--why", "x").exit_code == 7
    with open_store(home) as store:
        assert len(store.judgements("own-organisation", only_in_force=True)) == 1
    assert "open" in keten("suggestions", "reopen", first["key"], *WHO).output
    with open_store(home) as store:
        assert store.judgements("own-organisation", only_in_force=True) == []
    states = read_json(keten("suggestions", "list", "--state", "all", "--json"))["answer"]
    assert [one["state"] for one in states["suggestions"]] == ["open", "declined"]
    assert keten("suggestions", "accept", "nothing", *WHO).exit_code == 3
