"""Lines upon lines: edits supersede, statuses stand beside each other, undoing restores."""

from __future__ import annotations

from datetime import timedelta

import pytest

from keten.errors import ConflictError, NotFoundError
from keten.programme.draft import StatusDraft
from keten.programme.records import record_action, record_status
from keten.programme.state import read_programme, value_of
from keten.programme.views import Milestone
from keten.workspace import Store
from tests.programme.made import (
    CHAIN,
    NOON,
    action_draft,
    add_action,
    add_initiative,
    day,
    tell,
    the_action,
)


def edit(store: Store, slug: str, title: str, seen: int) -> int:
    later = NOON + timedelta(hours=seen)
    return record_action(
        store, CHAIN, action_draft(title), "another", later, slug=slug, supersedes=seen
    ).number


def test_nothing_written_is_an_empty_programme(store: Store) -> None:
    assert read_programme(store, CHAIN).actions == ()
    assert read_programme(None, CHAIN).initiatives == ()


def test_what_is_written_is_read_back(store: Store) -> None:
    food = add_initiative(store)
    plan = action_draft(
        starts=day(1), ends=day(90), initiative=food, gap="element:finance",
        milestones=(Milestone("", "Permit", day(60)), Milestone("", "Grant", day(30), day(-1))),
    )  # fmt: skip
    slug = add_action(store, plan)
    action = the_action(store, slug)
    assert (action.title, action.initiative, action.gap) == ("Pilot plant", food, "element:finance")
    assert (action.starts, action.ends, action.owner.record) == (day(1), day(90), "he:1")
    assert [(one.title, one.done_on) for one in action.milestones] == [
        ("Grant", day(-1)),
        ("Permit", None),
    ]
    assert len({one.key for one in action.milestones} | {""}) == 3
    assert slug.startswith("pilot-plant-")
    assert action.state == "planned"
    assert action.sequence == 0


def test_two_actions_of_one_name_are_two(store: Store) -> None:
    first = add_action(store)
    second = add_action(store, made_at=NOON + timedelta(seconds=1))
    assert first != second
    assert len(read_programme(store, CHAIN).actions) == 2


def test_the_programmes_of_two_chains_do_not_meet(store: Store) -> None:
    add_action(store)
    assert read_programme(store, "photonics").actions == ()


def test_an_edit_supersedes_and_undoing_it_restores(store: Store) -> None:
    slug = add_action(store)
    first = the_action(store, slug)
    second = edit(store, slug, "Bigger plant", first.number)
    assert the_action(store, slug).title == "Bigger plant"
    undone = store.withdraw(second, "no", "another", NOON)
    back = the_action(store, slug)
    assert value_of(back) == value_of(first)
    assert back.sequence == 2, "an undone edit is one more change for a calendar"
    assert [line.kind for line in back.lines] == ["action", "action", "withdrawn"]
    assert [line.in_force for line in back.lines] == [True, False, True]
    store.withdraw(undone.number, "yet", "another", NOON)
    assert the_action(store, slug).title == "Bigger plant"


def test_who_saw_an_older_version_is_refused(store: Store) -> None:
    slug = add_action(store)
    seen = the_action(store, slug).number
    edit(store, slug, "Theirs", seen)
    with pytest.raises(ConflictError, match="no longer holds"):
        edit(store, slug, "Mine", seen)
    assert the_action(store, slug).title == "Theirs"


def test_statuses_stand_beside_each_other(store: Store) -> None:
    slug = add_action(store)
    tell(store, slug, "running", "it began", 0.1)
    last = tell(store, slug, "done", "it ended")
    action = the_action(store, slug)
    assert [one.note for one in action.statuses] == ["it began", "it ended"]
    assert action.state == "done"
    assert action.rests_on == (action.number, last)
    store.withdraw(last, "it did not", "an editor", NOON)
    assert the_action(store, slug).state == "running"


def test_a_status_told_meanwhile_is_noticed(store: Store) -> None:
    slug = add_action(store)
    told = StatusDraft("running", None, "mine")
    tell(store, slug, "stopped", "theirs")
    with pytest.raises(ConflictError, match="meanwhile") as caught:
        record_status(store, CHAIN, slug, told, "me", NOON, seen=0)
    seen = the_action(store, slug).statuses[-1].number
    assert caught.value.later == seen
    record_status(store, CHAIN, slug, told, "me", NOON, seen=seen)
    assert the_action(store, slug).state == "running"


def test_an_edit_keeps_the_statuses_and_the_milestones(store: Store) -> None:
    slug = add_action(store, action_draft(milestones=(Milestone("", "Permit", day(9)),)))
    tell(store, slug, "running")
    before = the_action(store, slug)
    (permit,) = before.milestones
    moved = action_draft("Other words", milestones=(Milestone(permit.key, "Permit", day(99)),))
    record_action(store, CHAIN, moved, "me", NOON, slug=slug, supersedes=before.number)
    after = the_action(store, slug)
    assert after.state == "running"
    assert [one.key for one in after.milestones] == [permit.key]


def test_what_was_withdrawn_whole_keeps_its_history(store: Store) -> None:
    slug = add_action(store)
    tell(store, slug, "running")
    store.withdraw(the_action(store, slug).number, "a mistake", "me", NOON)
    programme = read_programme(store, CHAIN)
    assert programme.action(slug) is None
    assert [line.kind for line in programme.withdrawn[f"action:{slug}"]] == [
        "action", "status", "withdrawn",
    ]  # fmt: skip
    with pytest.raises(NotFoundError):
        tell(store, slug, "done")


def test_a_line_whose_words_were_erased_does_not_break_the_rest(store: Store) -> None:
    slug = add_action(store)
    store.record("action", f"chain:{CHAIN}", "action:erased", "erased", "erased", NOON, value=None)
    programme = read_programme(store, CHAIN)
    assert {one.slug for one in programme.actions} == {slug, "erased"}
    blank = programme.action("erased")
    assert blank is not None
    assert (blank.title, blank.milestones, blank.owner.name) == ("erased", (), "")
