"""State: replays the lines of a chain into what holds now, with the history of each thing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from keten.model import Judgement
from keten.programme.views import (
    STATES,
    Action,
    Initiative,
    Line,
    Milestone,
    Owner,
    Programme,
    State,
    Status,
)
from keten.workspace import Store, holding

INITIATIVE: Final = "initiative"
ACTION: Final = "action"
STATUS: Final = "status"
OURS: Final = (INITIATIVE, ACTION, STATUS)


def read_programme(store: Store | None, chain: str, *, reader: str | None = None) -> Programme:
    """Give the programme of a chain as it stands; nothing where nobody wrote anything."""
    if store is None:
        return Programme(chain)
    # One reading, so that a line written meanwhile cannot make a thing look withdrawn.
    return replay(
        chain, store.judgements_on([f"chain:{chain}"], only_in_force=False, reader=reader)
    )


def replay(chain: str, lines: Iterable[Judgement]) -> Programme:
    """Make the programme of all lines on a chain; others among them are passed over."""
    lines = list(lines)
    held = frozenset(holding(lines))
    by_thing: dict[str, list[Judgement]] = {}
    for line in sorted(lines, key=lambda line: line.number):
        kind = line.object.partition(":")[0]
        if line.subject == f"chain:{chain}" and kind in {INITIATIVE, ACTION}:
            by_thing.setdefault(line.object, []).append(line)
    initiatives, actions, withdrawn = [], [], {}
    for thing, said in by_thing.items():
        kind, _, slug = thing.partition(":")
        told = [line for line in said if line.number in held]
        current = next((line for line in reversed(told) if line.kind == kind), None)
        history = tuple(_line(line, held) for line in said)
        if current is None:
            withdrawn[thing] = history
        elif kind == INITIATIVE:
            initiatives.append(_initiative(slug, current, history))
        else:
            actions.append(_action(slug, current, told, history))
    return Programme(chain, tuple(initiatives), tuple(actions), withdrawn)


def write_owner(owner: Owner) -> dict[str, str]:
    """Give an owner as a line keeps it."""
    return {"name": owner.name, "role": owner.role, "record": owner.record}


def write_initiative(label: str, aim: str, lead: Owner) -> dict[str, Any]:
    """Give the value of an initiative's line."""
    return {"label": label, "aim": aim, "lead": write_owner(lead)}


def write_action(
    title: str,
    initiative: str,
    owner: Owner,
    starts: date | None,
    ends: date | None,
    milestones: Sequence[Milestone],
    gap: str,
) -> dict[str, Any]:
    """Give the value of an action's line; milestones stand in the order of their days."""
    ordered = sorted(milestones, key=lambda one: (one.day, one.title, one.key))
    return {
        "title": title,
        "initiative": f"{INITIATIVE}:{initiative}" if initiative else "",
        "owner": write_owner(owner),
        "starts": starts.isoformat() if starts else None,
        "ends": ends.isoformat() if ends else None,
        "milestones": [
            {
                "key": one.key,
                "title": one.title,
                "day": one.day.isoformat(),
                "done_on": one.done_on.isoformat() if one.done_on else None,
            }
            for one in ordered
        ],
        "gap": gap,
    }


def value_of(thing: Initiative | Action) -> dict[str, Any]:
    """Give the value of the line that this came from, to compare another one with."""
    if isinstance(thing, Initiative):
        return write_initiative(thing.label, thing.aim, thing.lead)
    return write_action(
        thing.title,
        thing.initiative,
        thing.owner,
        thing.starts,
        thing.ends,
        thing.milestones,
        thing.gap,
    )


def read_initiative(slug: str, line: Judgement) -> Initiative:
    """Give an initiative as one line tells it, without its history."""
    return _initiative(slug, line, ())


def read_action(slug: str, line: Judgement) -> Action:
    """Give an action as one line tells it, without its history."""
    return _action(slug, line, (), ())


def read_status(line: Judgement) -> Status:
    """Give a status as its line tells it."""
    value = _value(line)
    said: State = next((state for state in STATES if state == value.get("status")), "planned")
    share = value.get("share_done")
    note = str(value.get("note") or line.reason)
    return Status(line.number, said, None if share is None else float(share), note, line.made_at)


def _line(line: Judgement, held: frozenset[int]) -> Line:
    kind, number = line.kind, line.number
    return Line(number, kind, line.made_at, line.reason, line.supersedes, number in held)


def _initiative(slug: str, line: Judgement, history: tuple[Line, ...]) -> Initiative:
    value = _value(line)
    return Initiative(
        slug=slug,
        label=str(value.get("label") or slug),
        aim=str(value.get("aim") or ""),
        lead=_owner(value.get("lead")),
        number=line.number,
        made_at=line.made_at,
        reason=line.reason,
        lines=history,
    )


def _action(
    slug: str, line: Judgement, told: Sequence[Judgement], history: tuple[Line, ...]
) -> Action:
    value = _value(line)
    return Action(
        slug=slug,
        title=str(value.get("title") or slug),
        initiative=str(value.get("initiative") or "").removeprefix(f"{INITIATIVE}:"),
        owner=_owner(value.get("owner")),
        starts=_day(value.get("starts")),
        ends=_day(value.get("ends")),
        milestones=tuple(
            Milestone(
                str(one["key"]),
                str(one["title"]),
                date.fromisoformat(one["day"]),
                _day(one.get("done_on")),
            )
            for one in value.get("milestones") or ()
        ),
        gap=str(value.get("gap") or ""),
        number=line.number,
        made_at=line.made_at,
        reason=line.reason,
        statuses=tuple(read_status(each) for each in told if each.kind == STATUS),
        lines=history,
    )


def _value(line: Judgement) -> Mapping[str, Any]:
    # A line whose words were erased on request keeps its place: it tells nothing any more.
    return line.value if isinstance(line.value, Mapping) else {}


def _owner(value: Any) -> Owner:
    given = value if isinstance(value, Mapping) else {}
    return Owner(*(str(given.get(name) or "") for name in ("name", "role", "record")))


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if value else None
