"""Keys: knows a row of a list again when the sheet comes back, sorted otherwise or with a name mended."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, TypeVar

from keten.evidence.names import compare_name
from keten.lists.fields import IDENTIFIERS
from keten.lists.held import Held
from keten.lists.views import SheetRow
from keten.model import OWN

# What makes two rows on one organisation two: a list may name it once for each.
FACETS: Final = (
    "chain",
    "stage",
    "technology",
    "mission",
    "initiative",
    "role",
    "indicator",
    "region",
    "year",
)
_PLACE: Final = ("postcode", "city", "country")
_Said = Callable[[str], str]
_Answer = tuple[str, ...] | None
_Of = TypeVar("_Of", str, int)


def find_doubles(rows: Sequence[SheetRow]) -> dict[int, int]:
    """Give of each row that says what an earlier one says the number of that one in `rows`."""
    doubles: dict[int, int] = {}
    by_number: dict[tuple[str, ...], int] = {}
    by_name: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        facets = tuple(row.text(name).casefold() for name in FACETS)
        numbers = [(name, value, *facets) for name in IDENTIFIERS if (value := row.text(name))]
        first = next((by_number[number] for number in numbers if number in by_number), None)
        name_key = (_name(row.text("name")), *facets)
        if first is None and name_key[0]:
            alike = (other for other in by_name[name_key] if _agree(row, rows[other]))
            first = next(alike, None)
        if first is not None:
            doubles[at] = first
            continue
        for number in numbers:
            by_number[number] = at
        by_name[name_key].append(at)
    return doubles


def _agree(row: SheetRow, other: SheetRow) -> bool:
    """Say whether nothing in two rows of one name says that they are two organisations."""
    return all(
        not row.text(name)
        or not other.text(name)
        or row.text(name).casefold() == other.text(name).casefold()
        for name in (*IDENTIFIERS, *_PLACE)
    )


def give_keys(slug: str, rows: Sequence[SheetRow], held: Mapping[str, Held]) -> list[str]:
    """Give each row the key of the row of the list that it is, or a new one.

    Asked in turn: the key that the sheet was given back with, an identifier, name and place, name.
    """
    keys: list[str] = [""] * len(rows)
    free = dict(held)
    for at, row in enumerate(rows):
        if row.given_key and row.given_key in free:
            keys[at] = row.given_key
            del free[row.given_key]
    for ask in _QUESTIONS:
        if not free:
            break
        there = _index((key, ask(_said(one))) for key, one in free.items())
        here = _index((at, ask(row.text)) for at, row in enumerate(rows) if not keys[at])
        for answer in sorted(there.keys() & here.keys()):
            # In their order, where several say the same: memberships of one organisation.
            for key, at in zip(there[answer], here[answer], strict=False):
                if not keys[at] and key in free:
                    keys[at] = key
                    del free[key]
    taken = {key for key in keys if key} | held.keys()
    counts: dict[str, int] = defaultdict(int)
    for at, row in enumerate(rows):
        if keys[at]:
            continue
        name = _name(row.text("name")) or "|".join(row.text(name) for name in IDENTIFIERS)
        while True:
            counts[name] += 1
            text = f"{slug}\n{name}\n{counts[name]}"
            key = f"{OWN}:{hashlib.sha256(text.encode()).hexdigest()[:12]}"
            if key not in taken:
                break
        keys[at] = key
        taken.add(key)
    return keys


def _said(held: Held) -> _Said:
    return lambda name: str(held.value.get(name, ""))


def _index(answers: Iterable[tuple[_Of, _Answer]]) -> dict[tuple[str, ...], list[_Of]]:
    found: dict[tuple[str, ...], list[_Of]] = defaultdict(list)
    for of, answer in answers:
        if answer is not None:
            found[answer].append(of)
    return found


def _by(field: str) -> Callable[[_Said], tuple[str, ...] | None]:
    def ask(said: _Said) -> tuple[str, ...] | None:
        return (said(field), *_facets(said)) if said(field) else None

    return ask


def _by_place(said: _Said) -> tuple[str, ...] | None:
    name = _name(said("name"))
    return (name, *(said(part).casefold() for part in _PLACE), *_facets(said)) if name else None


def _by_name(said: _Said) -> tuple[str, ...] | None:
    name = _name(said("name"))
    return (name, *_facets(said)) if name else None


def _by_name_alone(said: _Said) -> tuple[str, ...] | None:
    name = _name(said("name"))
    return (name,) if name else None


def _facets(said: _Said) -> tuple[str, ...]:
    return tuple(said(name).casefold() for name in FACETS)


_QUESTIONS: Final = (*map(_by, IDENTIFIERS), _by_place, _by_name, _by_name_alone)


def _name(text: str) -> str:
    return compare_name(text) or text.casefold().strip()
