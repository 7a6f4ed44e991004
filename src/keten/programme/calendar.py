"""Calendar: the days of a programme as a file that calendars subscribe to (RFC 5545)."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, timedelta
from typing import Final

from icalendar import Calendar, Event

from keten.model import Text
from keten.programme.views import ActionView, MilestoneView, ProgrammeView

_PRODUCT: Final = "-//keten//programme//{}"
_NAME: Final = Text("Programme: {}", "Programma: {}")
_MILESTONE: Final = Text("Milestone: {}", "Mijlpaal: {}")
_REACHED: Final = Text("Milestone reached: {}", "Mijlpaal gehaald: {}")
_PART_OF: Final = Text("Part of: {}", "Hoort bij: {}")
_OWNER: Final = Text("Owner: {}", "Trekker: {}")
_ANSWERS: Final = Text("Answers: {}", "Antwoord op: {}")
_STATUS: Final = Text("Status: {}", "Status: {}")
STATE_WORDS: Final = {
    "planned": Text("planned", "gepland"),
    "running": Text("running", "loopt"),
    "done": Text("done", "klaar"),
    "stopped": Text("stopped", "gestopt"),
}
# What a calendar shows of an event: not certain yet, certain, or struck out.
_SHOWN: Final = {"planned": "TENTATIVE", "running": "CONFIRMED", "done": "CONFIRMED"}


def write_calendar(
    view: ProgrammeView, title: Text, language: str, address: Callable[[str], str]
) -> bytes:
    """Give the calendar of a programme; `address` gives the page of an action, or nothing.

    Each action with a day is an event over its days, each milestone one of its own. The identifier
    of an event never changes, and its SEQUENCE grows with whatever is written about its action, also
    when that is undone, so that a calendar that subscribed takes the newest.
    """
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT.format(language.upper()))
    calendar.add("version", "2.0")
    name = _say(_NAME, language, title.in_language(language))
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    labels = {
        action.action.slug: group.initiative.label
        for group in view.initiatives
        if group.initiative
        for action in group.actions
    }
    for action in sorted(view.actions, key=lambda one: one.action.slug):
        label = labels.get(action.action.slug, "")
        for event in _events(action, view.chain, label, language):
            if page := address(action.action.slug):
                event.add("url", page)
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def _events(view: ActionView, chain: str, label: str, language: str) -> Iterator[Event]:
    action = view.action
    first, last = action.starts or action.ends, action.ends or action.starts
    about = _describe(view, label, language)
    if first and last:
        yield _event(view, f"{action.slug}.{chain}@keten", action.title, about, first, last)
    for one in view.milestones:
        uid = f"{one.milestone.key}.{action.slug}.{chain}@keten"
        day = one.milestone.day
        yield _event(view, uid, _name_milestone(one, language), about, day, day)


def _event(view: ActionView, uid: str, title: str, about: str, first: date, last: date) -> Event:
    event = Event()
    written = max(line.made_at for line in view.action.lines).astimezone(UTC)
    event.add("uid", uid)
    event.add("sequence", view.action.sequence)
    event.add("dtstamp", written)
    event.add("last-modified", written)
    event.add("summary", title)
    event.add("description", about)
    event.add("dtstart", first)
    event.add("dtend", last + timedelta(days=1))  # the day after the last one, says the standard
    event.add("transp", "TRANSPARENT")  # nobody is busy all these days
    event.add("status", _SHOWN.get(view.state, "CANCELLED"))
    return event


def _name_milestone(view: MilestoneView, language: str) -> str:
    words = _REACHED if view.course == "done" else _MILESTONE
    return _say(words, language, view.milestone.title)


def _describe(view: ActionView, label: str, language: str) -> str:
    action, status = view.action, view.action.statuses[-1:]
    owner = action.owner
    said = STATE_WORDS[view.state].in_language(language)
    parts = [
        _say(_PART_OF, language, label) if label else "",
        _say(_OWNER, language, ", ".join(filter(None, (owner.name, owner.role)))),
        _say(_ANSWERS, language, view.gap.in_language(language)) if view.gap else "",
        _say(_STATUS, language, said) + "".join(f". {one.note}" for one in status),
    ]
    return "\n".join(filter(None, parts))


def _say(words: Text, language: str, value: str) -> str:
    # Not str.format on words of people: a brace in them is a brace.
    return words.in_language(language).replace("{}", value)
