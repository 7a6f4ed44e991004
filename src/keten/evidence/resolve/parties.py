"""Parties: the units to be compared, with their names and addresses made comparable, by country."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import pyarrow as pa

from keten.evidence.resolve.spelling import (
    Name,
    parse_name,
    read_city,
    read_domain,
    read_postcode,
    read_short,
    read_street,
)

T = TypeVar("T")
_LONG_SHORT_NAME = 10  # letters; a short name of more words and letters is a name


@dataclass(frozen=True, slots=True)
class Party:
    """A unit as it is compared: `row` is its row among the units."""

    row: int
    key: str
    names: tuple[Name, ...]
    shorts: frozenset[str]
    postcodes: frozenset[str]
    cities: tuple[str, ...]
    streets: tuple[tuple[str, tuple[str, ...]], ...]
    domains: frozenset[str]

    @property
    def text(self) -> str:
        """All that is compared of it, as one text: two units with the same text compare alike."""
        return repr(
            (
                self.key,
                [(name.words, sorted(name.forms)) for name in self.names],
                *(sorted(said) for said in (self.shorts, self.postcodes, self.domains)),
                self.cities,
                self.streets,
            )
        )

    @property
    def initials(self) -> frozenset[str]:
        """The initials of its names of three words and more."""
        return frozenset(name.initials for name in self.names if len(name.words) > 2)

    @property
    def labels(self) -> frozenset[str]:
        """The names that its domains are registered under."""
        return frozenset(label for domain in self.domains if len(label := domain.split(".")[0]) > 2)


@dataclass(slots=True)
class Blocks:
    """Parties by register and country: only those of one country are ever compared."""

    parties: dict[tuple[str, str], list[Party]] = field(default_factory=dict)

    def add(self, register: str, country: str, party: Party) -> None:
        """Put a party in its block."""
        self.parties.setdefault((register, country), []).append(party)


def read_parties(units: pa.Table) -> Blocks:
    """Make every unit comparable; a unit with two countries stands in both.

    `units` has the columns `key`, `register` and the lists `names`, `acronyms`, `countries`,
    `postcodes`, `cities`, `streets`, `domains` (websites as the sources write them).
    """
    blocks = Blocks()
    columns = {name: units.column(name).to_pylist() for name in units.column_names}
    for row, (key, register) in enumerate(zip(columns["key"], columns["register"], strict=True)):
        lists = {
            name: _given(columns[name][row])
            for name in ("names", "acronyms", "countries", "postcodes", "cities", "streets",
                         "domains")
        }  # fmt: skip
        countries = lists["countries"] or [""]
        party = make_party(row, key, lists, countries[0])
        for country in sorted(set(countries)):
            blocks.add(register, country, party)
    # In the order of their keys, so that the order of rows makes no difference.
    for parties in blocks.parties.values():
        parties.sort(key=lambda party: party.key)
    return blocks


def make_party(row: int, key: str, lists: dict[str, list[str]], country: str) -> Party:
    """Make one unit comparable."""
    shorts = {short for text in lists["acronyms"] if (short := read_short(text))}
    spoken = [parse_name(text) for text in lists["names"]]
    # What stands in the field for a short name is often the name in another language.
    spoken += [
        name
        for text in lists["acronyms"]
        if len((name := parse_name(text)).words) > 1 and len(name.compact) > _LONG_SHORT_NAME
    ]
    return Party(
        row,
        key,
        _by_words(spoken),
        frozenset(shorts),
        frozenset(code for text in lists["postcodes"] if (code := read_postcode(text, country))),
        tuple(_distinct(city for text in lists["cities"] if (city := read_city(text)))),
        tuple(_distinct(read_street(text) for text in lists["streets"])),
        frozenset(domain for text in lists["domains"] if (domain := read_domain(text))),
    )


def _by_words(names: Iterable[Name]) -> tuple[Name, ...]:
    """Give each name once, with every legal form it is written with."""
    forms: dict[tuple[str, ...], frozenset[str]] = {}
    for name in names:
        if name.words:
            forms[name.words] = forms.get(name.words, frozenset()) | name.forms
    return tuple(Name(words, found) for words, found in forms.items())


def _given(values: Sequence[str | None] | None) -> list[str]:
    return [value for value in values or () if value]


def _distinct(values: Iterable[T]) -> list[T]:
    return list(dict.fromkeys(values))
