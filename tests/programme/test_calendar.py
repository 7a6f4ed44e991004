"""The calendar is one that others can read, keeps its identifiers, and grows with every change."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from icalendar import Calendar, Event

from keten.model import Text
from keten.programme.answers import show_programme
from keten.programme.calendar import write_calendar
from keten.programme.records import record_action
from keten.programme.views import Milestone, Owner
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

TITLE = Text("New proteins; all, of them", "Nieuwe eiwitten")


def read(store: Store, language: str = "en") -> tuple[Calendar, dict[str, Event]]:
    view = show_programme(None, store, CHAIN, TODAY)
    content = write_calendar(view, TITLE, language, lambda slug: f"https://example.org/{slug}")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
    calendar: Any = Calendar.from_ical(content)
    return calendar, {str(event["UID"]): event for event in calendar.walk("VEVENT")}


def test_an_empty_programme_is_a_calendar(store: Store) -> None:
    calendar, events = read(store)
    assert events == {}
    assert calendar["VERSION"] == "2.0"
    assert calendar["NAME"] == "Programme: New proteins; all, of them"


def test_each_day_of_a_programme_is_in_it(store: Store) -> None:
    food = add_initiative(store)
    long = "A plant, with a comma; a semicolon \\ and é " * 3
    slug = add_action(
        store,
        action_draft(
            long.strip(), day(1), day(40), (Milestone("", "Permit", day(9)),), initiative=food,
            owner=Owner("NOM", "business developer food", "")
        ),
    )  # fmt: skip
    add_action(store, action_draft("No day at all"))
    tell(store, slug, "running", "went\nwell {0}")
    _, events = read(store)
    action = the_action(store, slug)
    uid = f"{slug}.{CHAIN}@keten"
    assert set(events) == {uid, f"{action.milestones[0].key}.{uid}"}
    event = events[uid]
    assert str(event["SUMMARY"]) == long.strip()
    assert event.decoded("DTSTART") == day(1)
    assert event.decoded("DTEND") == day(41), "the end of an event is the day after its last"
    assert type(event.decoded("DTSTART")) is date, "all-day"
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert event["SEQUENCE"] == 1
    assert event["STATUS"] == "CONFIRMED"
    assert str(event["URL"]) == f"https://example.org/{slug}"
    assert str(event["DESCRIPTION"]) == (
        "Part of: Food\nOwner: NOM, business developer food\nStatus: running. went\nwell {0}"
    )
    milestone = events[f"{action.milestones[0].key}.{uid}"]
    assert str(milestone["SUMMARY"]) == "Milestone: Permit"
    assert (milestone.decoded("DTSTART"), milestone.decoded("DTEND")) == (day(9), day(10))


def test_it_speaks_dutch(store: Store) -> None:
    permit = Milestone("", "Vergunning", day(1), day(-1))
    slug = add_action(store, action_draft(ends=day(3), milestones=(permit,)))
    tell(store, slug, "stopped", "geen geld")
    calendar, events = read(store, "nl")
    assert calendar["X-WR-CALNAME"] == "Programma: Nieuwe eiwitten"
    assert {str(event["SUMMARY"]) for event in events.values()} == {
        "Pilot plant", "Mijlpaal gehaald: Vergunning",
    }  # fmt: skip
    assert all("Status: gestopt. geen geld" in str(one["DESCRIPTION"]) for one in events.values())
    assert {str(event["STATUS"]) for event in events.values()} == {"CANCELLED"}


def test_identifiers_stay_and_sequence_only_grows(store: Store) -> None:
    drafted = action_draft(ends=day(9), milestones=(Milestone("", "Permit", day(5)),))
    slug = add_action(store, drafted)
    _, first = read(store)
    before = the_action(store, slug)
    (permit,) = before.milestones
    licence = Milestone(permit.key, "Licence", day(7))
    moved = action_draft("Other words", ends=day(19), milestones=(licence,))
    later = NOON + timedelta(hours=1)
    line = record_action(store, CHAIN, moved, "me", later, slug=slug, supersedes=before.number)
    _, second = read(store)
    store.withdraw(line.number, "no", "me", NOON + timedelta(hours=2))
    _, third = read(store)
    assert set(first) == set(second) == set(third)
    for uid in first:
        numbers = [found[uid]["SEQUENCE"] for found in (first, second, third)]
        assert numbers == [0, 1, 2]
        stamps = [found[uid].decoded("DTSTAMP") for found in (first, second, third)]
        assert stamps == sorted(set(stamps))
        assert str(third[uid]["SUMMARY"]) == str(first[uid]["SUMMARY"])


def test_the_same_lines_give_the_same_file(store: Store) -> None:
    add_action(store, action_draft(ends=day(9)))
    view = show_programme(None, store, CHAIN, TODAY)
    assert write_calendar(view, TITLE, "nl", str) == write_calendar(view, TITLE, "nl", str)
