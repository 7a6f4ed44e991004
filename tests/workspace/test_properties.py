"""Whatever is recorded and withdrawn in whatever order: lines stay, and the right ruling holds."""

import itertools
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from keten.errors import ConflictError, WorkspaceError
from keten.model import Judgement
from keten.workspace import Line, open_store
from tests.workspace.conftest import Server

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
KEYS = ("he:1", "h2020:1", "h2020:3")
PAIRS = st.sampled_from(list(itertools.permutations(KEYS, 2)))


def is_withdrawn(line: Judgement, lines: list[Judgement]) -> bool:
    """Say whether it was withdrawn, and that was not withdrawn in its turn."""
    return any(
        later.supersedes == line.number
        and later.kind == "withdrawn"
        and not is_withdrawn(later, lines)
        for later in lines
    )


def holds(line: Judgement, lines: list[Judgement]) -> bool:
    """Say whether no line that was not withdrawn supersedes this one: the definition, word for word."""
    return not is_withdrawn(line, lines) and not any(
        later.supersedes == line.number and not is_withdrawn(later, lines) for later in lines
    )


class Recording(RuleBasedStateMachine):
    """Holds the store against the definition, applied to all that was ever recorded."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.address = self.find_address()
        self.store = open_store(Path(), self.address)
        self.seen: list[Judgement] = []
        self.batches: list[int] = []

    def find_address(self) -> str:
        return str(Path(self.folder.name) / "workspace.sqlite")

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    def expected(self) -> dict[frozenset[str], int]:
        rulings = [line for line in self.seen if line.kind in {"same", "different"}]
        return {
            frozenset((line.subject, line.object)): line.number
            for line in rulings
            if holds(line, self.seen)
        }

    @rule(kind=st.sampled_from(["same", "different"]), pair=PAIRS)
    def rule_on_a_pair(self, kind: str, pair: tuple[str, str]) -> None:
        before = self.expected().get(frozenset(pair))
        line = self.store.record(kind, *pair, "a reason", "an analyst", NOON)
        assert line.supersedes == before
        self.seen.append(line)

    @rule(pair=PAIRS)
    def note_on_a_pair(self, pair: tuple[str, str]) -> None:
        self.seen.append(self.store.record("note", *pair, "a reason", "an analyst", NOON))

    @precondition(lambda self: self.seen)
    @rule(data=st.data())
    def replace_a_line(self, data: st.DataObject) -> None:
        line = data.draw(st.sampled_from(self.seen))
        if holds(line, self.seen):
            pair = data.draw(st.permutations((line.subject, line.object)))
            later = self.store.record(
                "remark", *pair, "a reason", "another", NOON, supersedes=line.number
            )
            self.seen.append(later)

    @precondition(lambda self: self.seen)
    @rule(data=st.data())
    def withdraw_a_line(self, data: st.DataObject) -> None:
        line = data.draw(st.sampled_from(self.seen))
        if holds(line, self.seen):
            undone = self.store.withdraw(line.number, "on second thoughts", "another", NOON)
            self.seen.append(undone)
            assert line in self.store.history(undone.number)
        else:
            with pytest.raises(WorkspaceError):
                self.store.withdraw(line.number, "on second thoughts", "another", NOON)

    @rule(pairs=st.lists(PAIRS, min_size=1, max_size=4), kind=st.sampled_from(["same", "note"]))
    def record_a_batch(self, pairs: list[tuple[str, str]], kind: str) -> None:
        lines = [Line(kind, *pair) for pair in pairs]
        batch = self.store.record_many(
            lines, "a reason", "an analyst", NOON, kind="import", title="a sheet"
        )
        self.seen += self.store.judgements_of(batch.number)
        self.batches.append(batch.number)

    @precondition(lambda self: self.batches)
    @rule(data=st.data())
    def undo_a_batch(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(self.batches))
        try:
            undone = self.store.undo_batch(number, "on second thoughts", "another", NOON)
        except ConflictError:
            pass
        else:
            self.seen += self.store.judgements_of(undone.number)
            self.batches.append(undone.number)
        of_it = [line for line in self.seen if line.batch == number]
        assert not any(holds(line, self.seen) for line in of_it)

    @rule()
    def open_it_again(self) -> None:
        self.store.close()
        self.store = open_store(Path(), self.address)

    @invariant()
    def nothing_was_lost_or_changed(self) -> None:
        assert self.store.judgements() == self.seen

    @invariant()
    def the_last_of_each_pair_holds(self) -> None:
        expected = sorted(self.expected().values())
        assert [ruling.number for ruling in self.store.rulings()] == expected
        standing = self.store.judgements_on(KEYS)
        rulings = [line.number for line in standing if line.kind in {"same", "different"}]
        assert rulings == expected

    @invariant()
    def asking_for_a_kind_reads_less_and_gives_the_same(self) -> None:
        for only_in_force in (True, False):
            every = self.store.judgements(only_in_force=only_in_force)
            for kind in ("same", "different", "note", "withdrawn"):
                asked = self.store.judgements(kind, only_in_force=only_in_force)
                assert asked == [line for line in every if line.kind == kind]


FEW = settings(max_examples=20, stateful_step_count=12, deadline=None)
TestRecording = Recording.TestCase
TestRecording.settings = FEW


def test_the_same_on_a_server(server: Server) -> None:
    class OnServer(Recording):
        def find_address(self) -> str:
            return server.emptied("properties")

    run_state_machine_as_test(OnServer, settings=FEW)  # type: ignore[no-untyped-call]
