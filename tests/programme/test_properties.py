"""Whatever is written, edited, told and withdrawn: nothing is lost, what holds follows from the lines."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from keten.model import Judgement
from keten.programme.draft import StatusDraft
from keten.programme.records import record_action, record_status
from keten.programme.state import read_programme, replay, value_of
from keten.programme.views import STATES, Action
from keten.workspace import open_store
from tests.programme.made import CHAIN, NOON, action_draft


class Planning(RuleBasedStateMachine):
    """Holds the programme against a plain model: a stack of versions and of statuses per action."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = open_store(Path(self.folder.name))
        self.versions: dict[str, list[tuple[int, str]]] = {}
        self.told: dict[str, list[tuple[int, str]]] = {}
        self.sequences: dict[str, int] = {}
        self.written: list[Judgement] = []
        self.moment = NOON

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    def pick(self, data: st.DataObject) -> str:
        living = sorted(slug for slug, stack in self.versions.items() if stack)
        return data.draw(st.sampled_from(living))

    @property
    def any_lives(self) -> bool:
        return any(self.versions.values())

    def wrote(self, line: Judgement) -> int:
        self.written.append(line)
        self.moment += timedelta(minutes=1)
        return line.number

    @rule(title=st.sampled_from(["Plant", "Map", "Fair"]))
    def plan(self, title: str) -> None:
        line = record_action(self.store, CHAIN, action_draft(title), "me", self.moment)
        slug = line.object.partition(":")[2]
        self.versions[slug] = [(self.wrote(line), title)]
        self.told[slug] = []

    @precondition(lambda self: self.any_lives)
    @rule(data=st.data(), title=st.sampled_from(["More", "Less", "Other"]))
    def edit(self, data: st.DataObject, title: str) -> None:
        slug = self.pick(data)
        seen = self.versions[slug][-1][0]
        line = record_action(
            self.store, CHAIN, action_draft(title), "me", self.moment, slug=slug, supersedes=seen
        )
        self.versions[slug].append((self.wrote(line), title))

    @precondition(lambda self: self.any_lives)
    @rule(data=st.data(), state=st.sampled_from(STATES))
    def tell(self, data: st.DataObject, state: Any) -> None:
        slug = self.pick(data)
        told = StatusDraft(state, None, "so")
        line = record_status(self.store, CHAIN, slug, told, "me", self.moment)
        self.told[slug].append((self.wrote(line), state))

    @precondition(lambda self: self.any_lives)
    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        slug = self.pick(data)
        stack = data.draw(st.sampled_from([self.versions[slug], self.told[slug]]))
        if stack:
            number, _ = stack.pop()
            self.wrote(self.store.withdraw(number, "no", "me", self.moment))

    @precondition(lambda self: self.any_lives)
    @rule(data=st.data())
    def undo_and_think_again(self, data: st.DataObject) -> None:
        slug = self.pick(data)
        before = self.current(slug)
        number, _ = data.draw(st.sampled_from([self.versions[slug][-1], *self.told[slug]]))
        gone = self.store.withdraw(number, "no", "me", self.moment)
        self.wrote(gone)
        self.wrote(self.store.withdraw(gone.number, "yes", "me", self.moment))
        assert replace(self.current(slug), lines=()) == replace(before, lines=())

    def current(self, slug: str) -> Action:
        found = read_programme(self.store, CHAIN).action(slug)
        assert found is not None
        return found

    @invariant()
    def nothing_written_is_lost_or_changed(self) -> None:
        assert self.store.judgements() == self.written

    @invariant()
    def the_programme_is_what_the_model_says(self) -> None:
        found = {one.slug: one for one in read_programme(self.store, CHAIN).actions}
        assert found.keys() == {slug for slug, stack in self.versions.items() if stack}
        for slug, action in found.items():
            assert (action.number, action.title) == self.versions[slug][-1]
            assert [(one.number, one.state) for one in action.statuses] == self.told[slug]

    @invariant()
    def history_replays_to_the_same(self) -> None:
        assert replay(CHAIN, self.written) == read_programme(self.store, CHAIN)
        assert replay(CHAIN, reversed(self.written)) == read_programme(self.store, CHAIN)

    @invariant()
    def a_calendar_never_counts_back(self) -> None:
        for action in read_programme(self.store, CHAIN).actions:
            assert action.sequence >= self.sequences.get(action.slug, 0)
            self.sequences[action.slug] = action.sequence
            assert value_of(action)["title"] == action.title


TestPlanning = Planning.TestCase
TestPlanning.settings = settings(max_examples=20, stateful_step_count=12, deadline=None)
