"""Look up: which organisations of the evidence somebody's own rows may be.

Identifiers decide first. A row without one is compared as the build compares units, among all that the
evidence knows in its country, with the weights in force; nothing is written.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from keten.evidence.figures import keep_each
from keten.evidence.resolve.match import compare_units, make_units, score
from keten.evidence.resolve.unit import read_units
from keten.evidence.resolve.weights import read_weights

MOST: Final = 5  # candidates that are given for a row
NEAR: Final = 0.2  # probability from which a candidate is worth a person's choice
_LISTS: Final = ("names", "acronyms", "countries", "postcodes", "cities", "streets", "domains")
_IDENTIFIERS: Final = ("pic", "ror_id", "kvk_number", "vat_number")


@dataclass(frozen=True, slots=True)
class Row:
    """What somebody's own row says of an organisation; what it does not say is empty."""

    name: str
    short_name: str = ""
    country: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    website: str = ""
    pic: str = ""
    ror_id: str = ""
    kvk_number: str = ""
    vat_number: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An organisation that a row may be, and the source organisation that resembles it most."""

    organisation_id: str
    source_key: str
    name: str
    probability: float
    way: str  # identifier | match


@dataclass(frozen=True, slots=True)
class Found:
    """What became of a row: matched (to the first candidate), ambiguous, or new."""

    status: str
    candidates: tuple[Candidate, ...] = ()


@dataclass(slots=True)
class _Claims:
    """The candidates of a row while they are gathered, the best for each organisation."""

    best: dict[str, Candidate] = field(default_factory=dict)
    may_link: set[str] = field(default_factory=set)

    def add(self, candidate: Candidate, *, may_link: bool) -> None:
        before = self.best.get(candidate.organisation_id)
        if before is None or candidate.probability > before.probability:
            self.best[candidate.organisation_id] = candidate
        if may_link:
            self.may_link.add(candidate.organisation_id)


def look_up(
    con: duckdb.DuckDBPyConnection, rows: Sequence[Row], home: str = "NL"
) -> tuple[Found, ...]:
    """Give for each row what became of it; a row that names no country is looked for in `home`.

    A row is matched when an identifier says so, or when one organisation passes what the build asks of
    a link and no other comes near; it is ambiguous when it resembles some without passing.
    """
    model = read_weights(con)
    claims = [_Claims() for _ in rows]
    for place, candidate in _by_identifier(con, rows):
        claims[place].add(candidate, may_link=True)
    asked = [place for place, row in enumerate(rows) if not claims[place].best and row.name.strip()]
    if asked:
        own = make_units([unit_of(place, rows[place], home) for place in asked])
        countries = sorted({rows[place].country or home for place in asked})
        others = _read_others(con, tuple(countries))
        units = pa.concat_tables([own, others], promote_options="permissive")
        found = score(compare_units(units, asking="own"), units, model)
        likely = found.filter(pc.greater_equal(found["probability"], model.ask))
        keys = units.column("key").to_pylist()
        named = _read_organisations(con, {keys[place] for place in likely["right"].to_pylist()})
        for left, right, chance, may in zip(
            *(likely[name].to_pylist() for name in ("left", "right", "probability", "may_link")),
            strict=True,
        ):
            organisation_id, name = named[keys[right]]
            claims[asked[left]].add(
                Candidate(organisation_id, keys[right], name, chance, "match"), may_link=may
            )
    return tuple(_decide(claim, model.accept) for claim in claims)


@keep_each
def _read_others(con: duckdb.DuckDBPyConnection, countries: tuple[str, ...]) -> pa.Table:
    """Give the units of these countries; seconds to read, so once for each evidence."""
    return read_units(con, countries).select(["key", "register", *_LISTS])


def _decide(claims: _Claims, accept: float) -> Found:
    ranked = sorted(
        claims.best.values(), key=lambda each: (-each.probability, each.organisation_id)
    )[:MOST]
    near = [candidate for candidate in ranked if candidate.probability >= NEAR]
    if not near:
        return Found("new", tuple(ranked))
    first = near[0]
    is_sure = first.probability >= accept and first.organisation_id in claims.may_link
    return Found("matched" if is_sure and len(near) == 1 else "ambiguous", tuple(ranked))


def unit_of(place: int, row: Row, home: str) -> Mapping[str, object]:
    """Give a row as a unit that can be compared."""

    def one(text: str) -> list[str]:
        return [text.strip()] if text.strip() else []

    return {
        "key": f"own:{place:09d}",  # so that keys keep the order of the rows
        "register": "own",
        "names": one(row.name),
        "acronyms": one(row.short_name),
        "countries": [row.country or home],
        "postcodes": one(row.postcode),
        "cities": one(row.city),
        "streets": one(row.street),
        "domains": one(row.website),
    }


def _by_identifier(
    con: duckdb.DuckDBPyConnection, rows: Sequence[Row]
) -> Iterable[tuple[int, Candidate]]:
    for identifier in _IDENTIFIERS:
        said: dict[str, list[int]] = {}
        for place, row in enumerate(rows):
            if value := _plain(getattr(row, identifier)):
                said.setdefault(value, []).append(place)
        if not said:
            continue
        # The same number in two organisations is a duplicate of the register: then both are given.
        for value, organisation_id, key, name in con.execute(
            f"""
            select regexp_replace(upper(source_organisation.{identifier}), '[^0-9A-Z]', '', 'g')
                       as plain,
                   organisation_id, min(source_key), any_value(organisation.name)
            from source_organisation join same_as using (source_key)
            join organisation using (organisation_id)
            where source_organisation.{identifier} is not null and plain in (select unnest($values))
            group by all order by all
            """,
            {"values": sorted(said)},
        ).fetchall():
            for place in said[value]:
                yield place, Candidate(organisation_id, key, name or "", 1.0, "identifier")


def _plain(value: str) -> str:
    return "".join(sign for sign in value.upper() if sign.isascii() and sign.isalnum())


def _read_organisations(
    con: duckdb.DuckDBPyConnection, keys: set[str]
) -> dict[str, tuple[str, str]]:
    rows = con.execute(
        """
        select source_key, organisation_id, coalesce(organisation.name, source_organisation.name, '')
        from same_as join organisation using (organisation_id)
        join source_organisation using (source_key)
        where source_key in (select unnest(?)) order by source_key
        """,
        [sorted(keys)],
    ).fetchall()
    return {key: (organisation_id, name) for key, organisation_id, name in rows}
