"""Conversations: who was spoken to, what is to be done about it, and who was not spoken to for long.

Every line here is private and shared with editors; an answer sees what its reader may see.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from keten.atlas.named import Named, keys_of, read_named, text_of, values_of
from keten.model import Judgement

if TYPE_CHECKING:
    import duckdb

    from keten.workspace import Reader, Store

NOTE: Final = (
    "note"  # the kind of judgement: an organisation, `note:<letters>`; its reason is the text
)
DONE: Final = "note-done"  # on the same pair: what was to be done is done
WAYS: Final = ("visit", "call", "need", "note")
SPOKEN: Final = frozenset({"visit", "call"})  # the others are no contact with anybody


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What is to be done, by which day, by whom (the number of an account, or nobody in particular)."""

    what: str
    due: date | None
    owner: int | None
    done: Judgement | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """A line of the log of an organisation."""

    line: Judgement
    way: str
    day: date
    text: str
    about: Named
    follow_up: FollowUp | None = None

    @property
    def is_waiting(self) -> bool:
        """Say whether something is still to be done."""
        return self.follow_up is not None and self.follow_up.done is None


@dataclass(frozen=True, slots=True)
class Silence:
    """Somebody, and the day on which they were last spoken to; None: never, as far as the log says."""

    about: Named
    last: date | None
    way: str = ""
    number: int | None = None


def list_conversations(
    con: duckdb.DuckDBPyConnection, store: Store | None, reader: Reader, *, words: str = ""
) -> tuple[Conversation, ...]:
    """Give the log, the latest day first; `words`: only what holds each of these, in text or name."""
    if store is None:
        return ()
    notes = store.judgements(NOTE, only_in_force=True, reader=reader)
    done = store.judgements(DONE, only_in_force=True, reader=reader)
    found = _see(con, store, notes, done, reader)
    wanted = words.casefold().split()
    return tuple(one for one in found if all(word in _text(one) for word in wanted))


def list_of_organisation(
    con: duckdb.DuckDBPyConnection, store: Store | None, about: Named, reader: Reader
) -> tuple[Conversation, ...]:
    """Give the log of one organisation, the latest day first."""
    if store is None:
        return ()
    lines = store.judgements_on(keys_of(con, about), reader=reader)
    notes = [line for line in lines if line.kind == NOTE]
    return tuple(_see(con, store, notes, [one for one in lines if one.kind == DONE], reader))


def list_follow_ups(
    found: Iterable[Conversation], owner: int | None = None
) -> tuple[Conversation, ...]:
    """Give what is still to be done, the earliest first; `owner`: only theirs and nobody's."""
    waiting = [
        one
        for one in found
        if one.is_waiting
        and one.follow_up is not None
        and (owner is None or one.follow_up.owner in {owner, None})
    ]
    waiting.sort(key=lambda one: (_due(one) or date.max, one.line.number))
    return tuple(waiting)


def find_silent(
    found: Iterable[Conversation], members: Sequence[Named], before: date
) -> tuple[Silence, ...]:
    """Give who of these was not spoken to since `before`: never first, then the longest ago."""
    last: dict[str, Conversation] = {}
    for one in found:
        if one.way in SPOKEN:
            known = last.get(one.about.who)
            if known is None or one.day > known.day:
                last[one.about.who] = one
    rows: dict[str, Silence] = {}
    for member in members:
        one_last = last.get(member.who)
        if one_last is None:
            rows[member.who] = Silence(member, None)
        elif one_last.day < before:
            rows[member.who] = Silence(member, one_last.day, one_last.way, one_last.line.number)
    return tuple(
        sorted(
            rows.values(),
            key=lambda row: (row.last or date.min, row.about.name.casefold(), row.about.who),
        )
    )


def owners_of(found: Iterable[Conversation]) -> set[int]:
    """Give the accounts that these follow-ups are given to."""
    owners = (one.follow_up.owner for one in found if one.follow_up is not None)
    return {owner for owner in owners if owner is not None}


def _see(
    con: duckdb.DuckDBPyConnection,
    store: Store,
    notes: Sequence[Judgement],
    done: Sequence[Judgement],
    reader: Reader,
) -> list[Conversation]:
    named = read_named(con, store, (line.subject for line in notes), reader)
    finished = {(line.subject, line.object): line for line in done}
    found = []
    for line in notes:
        value = values_of(line)
        way = text_of(value, "way")
        found.append(
            Conversation(
                line,
                way if way in WAYS else "note",
                read_day(text_of(value, "day")) or _day(line.made_at),
                line.reason,
                named.get(line.subject, Named(line.subject, line.subject)),
                _follow_up(value, finished.get((line.subject, line.object))),
            )
        )
    return sorted(found, key=lambda one: (one.day, one.line.number), reverse=True)


def _follow_up(value: Mapping[str, object], done: Judgement | None) -> FollowUp | None:
    what, due, owner = text_of(value, "next"), text_of(value, "due"), value.get("owner")
    if not what:
        return None
    return FollowUp(what, read_day(due), owner if isinstance(owner, int) else None, done)


def _text(one: Conversation) -> str:
    to_do = one.follow_up.what if one.follow_up else ""
    return f"{one.about.name}\n{one.text}\n{to_do}".casefold()


def _due(one: Conversation) -> date | None:
    return one.follow_up.due if one.follow_up else None


def _day(moment: datetime) -> date:
    return moment.date()


def read_day(text: str) -> date | None:
    """Give the day that a text writes as 2026-11-21, None where it writes none."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
