"""The tracer counts a programme anew as the product does, and catches a number that is not so."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keten.programme.answers import explain, show_programme
from keten.programme.count import COUNTED
from keten.programme.method import METHODS
from keten.programme.views import STATES, Milestone
from keten.web.address import Addresses
from keten.workspace import Store, open_store
from scripts.tracing.page import Shown
from scripts.tracing.programme import MEASURES, hold_programme
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

DAYS = st.none() | st.integers(-40, 80)
ACTIONS = st.lists(
    st.tuples(
        DAYS, DAYS,
        st.lists(st.tuples(st.integers(-40, 80), st.booleans()), max_size=3),
        st.lists(st.tuples(st.sampled_from(STATES), st.none() | st.floats(0, 1)), max_size=2),
        st.booleans(), st.booleans(),
    ),
    max_size=5,
)  # fmt: skip


def shown(store: Store, today: date) -> dict[str, Shown]:
    view = show_programme(None, store, CHAIN, today)
    figures = [*view.figures.values()]
    for group in view.initiatives:
        figures += group.figures.values()
        figures += [one.share_done for one in group.actions if one.share_done]
    for name in COUNTED:
        figures.append(explain(None, store, name, _scope(name, today)).figure)
    to = Addresses("en")
    found = [Shown(to.why(figure), str(figure.value), "", "") for figure in figures]
    return {one.key: one for one in found}


def _scope(name: str, today: date):  # type: ignore[no-untyped-def]
    from keten.model import Scope

    of_a_day = name.endswith(("_late", "_soon"))
    return Scope.of(
        chain=CHAIN, gap="element:finance", today=today.isoformat() if of_a_day else None
    )


@given(actions=ACTIONS, data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_two_ways_of_counting_agree(tmp_path_factory, actions, data) -> None:  # type: ignore[no-untyped-def]
    home = Path(tmp_path_factory.mktemp("counted"))
    with open_store(home) as store:
        food = add_initiative(store)
        for place, (starts, ends, milestones, told, belongs, answers) in enumerate(actions):
            made = action_draft(
                f"Action {place}",
                None if starts is None else day(starts),
                None if ends is None else day(ends),
                tuple(
                    Milestone("", f"m{days}", day(days), day(-1) if done else None)
                    for days, done in milestones
                ),
                initiative=food if belongs else "",
                gap="element:finance" if answers else "",
            )
            slug = add_action(store, made, NOON + timedelta(seconds=place))
            for state, share in told:
                tell(store, slug, state, share=share)
            if told and data.draw(st.booleans()):
                store.withdraw(the_action(store, slug).statuses[-1].number, "no", "me", NOON)
        if data.draw(st.booleans()):
            store.withdraw(store.judgements("initiative")[0].number, "no", "me", NOON)
        figures = shown(store, TODAY)
        held = hold_programme(home, figures)
    assert held.differences == []
    assert held.not_recomputed == []
    assert held.recomputed == len(figures) > 15


def test_a_number_that_is_not_so_is_caught(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        add_action(store, action_draft(ends=day(-1)))
        figures = shown(store, TODAY)
    for key, one in figures.items():
        wrong = {key: Shown(one.why, str(float(one.raw or 0) + 1), "", "")}
        assert len(hold_programme(tmp_path, wrong).differences) == 1, key
    assert {one.why.split("measure=")[1].split("&")[0] for one in figures.values()} <= MEASURES
    assert set(METHODS) == MEASURES
