"""Numbers of a programme: what each counts, on which lines it rests, and what cannot be asked."""

from __future__ import annotations

import pytest

from keten.errors import KetenError, NotFoundError, UsageError
from keten.model import Scope
from keten.programme.answers import METHODS, explain, show_programme
from keten.programme.count import COUNTED
from keten.programme.views import Milestone
from keten.workspace import Store
from tests.programme.made import (
    CHAIN,
    NOON,
    TODAY,
    action_draft,
    add_action,
    add_initiative,
    day,
    tell,
    the_action,
)


@pytest.fixture
def planned(store: Store) -> dict[str, str]:
    """Three actions: one of an initiative and late, one done, one that says nothing of days."""
    food = add_initiative(store)
    milestones = (
        Milestone("", "Grant", day(-9), day(-8)),
        Milestone("", "Permit", day(-1)),
        Milestone("", "Opening", day(10)),
    )
    late = add_action(store, action_draft("Plant", day(-20), day(40), milestones, initiative=food))
    tell(store, late, "running", share=0.4)
    done = add_action(
        store, action_draft("Map", None, day(-5), (Milestone("", "Draft", day(-6)),), gap="element:talent")
    )  # fmt: skip
    tell(store, done, "done")
    return {"food": food, "late": late, "done": done, "bare": add_action(store)}


def number(store: Store, name: str, **scope: str) -> object:
    asked = {"chain": CHAIN, **scope}
    if name in {"actions_late", "actions_soon", "milestones_late", "milestones_soon"}:
        asked["today"] = TODAY.isoformat()
    return explain(None, store, name, Scope.of(**asked)).figure.value


def test_each_number_is_what_its_method_says(store: Store, planned: dict[str, str]) -> None:
    found = {name: number(store, name) for name in METHODS if name != "share_done"}
    assert found == {
        "initiatives": 1, "actions": 3, "actions_running": 1, "actions_done": 1,
        "actions_stopped": 0, "actions_late": 1, "actions_soon": 0, "milestones": 4,
        "milestones_done": 1, "milestones_late": 1, "milestones_soon": 1,
    }  # fmt: skip
    assert number(store, "actions", initiative=planned["food"]) == 1
    assert number(store, "actions", initiative="none") == 2
    assert number(store, "actions", gap="element:talent") == 1
    assert set(METHODS) == {*COUNTED, "initiatives", "share_done"}


def test_a_number_names_the_lines_it_rests_on(store: Store, planned: dict[str, str]) -> None:
    action = the_action(store, planned["late"])
    scope = Scope.of(chain=CHAIN, today=TODAY.isoformat())
    assert explain(None, store, "milestones_late", scope).judgements == action.rests_on
    share = explain(None, store, "share_done", Scope.of(chain=CHAIN, action=planned["late"]))
    assert share.figure.value == 0.4
    assert share.judgements == (action.statuses[-1].number,)


def test_a_number_changes_with_the_day(store: Store, planned: dict[str, str]) -> None:
    long_ago = Scope.of(chain=CHAIN, today=day(-100).isoformat())
    assert explain(None, store, "milestones_late", long_ago).figure.value == 0
    far = Scope.of(chain=CHAIN, today=day(100).isoformat())
    assert explain(None, store, "milestones_late", far).figure.value == 2


def test_every_figure_of_the_view_is_explained_as_it_is(
    store: Store, planned: dict[str, str]
) -> None:
    view = show_programme(None, store, CHAIN, TODAY)
    figures = [*view.figures.values()]
    for group in view.initiatives:
        figures += group.figures.values()
    figures += [one.share_done for one in view.actions if one.share_done]
    assert len(figures) == 7 + 2 * 5 + 1
    for figure in figures:
        assert explain(None, store, figure.measure, figure.scope).figure == figure
    # What the groups count adds up to what the chain counts.
    for name in ("actions", "actions_late", "milestones_late"):
        parts = [group.figures[name].value for group in view.initiatives]
        assert sum(int(part or 0) for part in parts) == view.figures[name].value


def test_without_a_workspace_nothing_is_counted() -> None:
    assert explain(None, None, "actions", Scope.of(chain=CHAIN)).figure.value == 0


@pytest.mark.parametrize(
    ("name", "scope", "error"),
    [
        ("actions", {}, UsageError),
        ("nothing", {"chain": CHAIN}, NotFoundError),
        ("milestones_late", {"chain": CHAIN}, UsageError),
        ("milestones_late", {"chain": CHAIN, "today": "tomorrow"}, UsageError),
        ("actions", {"chain": CHAIN, "region": "NL11"}, UsageError),
        ("share_done", {"chain": CHAIN}, UsageError),
        ("share_done", {"chain": CHAIN, "action": "none"}, NotFoundError),
    ],
)
def test_what_cannot_be_asked(
    store: Store, name: str, scope: dict[str, str], error: type[KetenError]
) -> None:
    with pytest.raises(error) as caught:
        explain(None, store, name, Scope.of(**scope))
    assert caught.value.next_step


def test_what_falls_due_first_stands_first(store: Store, planned: dict[str, str]) -> None:
    view = show_programme(None, store, CHAIN, TODAY)
    # What belongs to no initiative comes last, and in it what has no open day: by title.
    assert [one.action.slug for one in view.actions] == [
        planned["late"], planned["done"], planned["bare"]
    ]  # fmt: skip
    assert [one.next_day for one in view.actions] == [day(-1), None, None]
    group = view.initiatives[-1]
    assert group.initiative is None


def test_an_action_whose_initiative_was_withdrawn_stays(
    store: Store, planned: dict[str, str]
) -> None:
    line = next(line for line in store.judgements("initiative"))
    store.withdraw(line.number, "no", "me", NOON)
    view = show_programme(None, store, CHAIN, TODAY)
    assert len(view.initiatives) == 1
    assert len(view.actions) == 3
    assert number(store, "actions", initiative="none") == 3
