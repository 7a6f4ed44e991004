"""Explain: puts two source organisations beside each other and says what spoke for and against.

What the build found about two units is told as it was kept. Units that it did not compare are compared
now, in the same way, among all units of their registers and countries; two records of one unit are
compared as records. All with the weights in force.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import duckdb
import numpy as np
from scipy.special import expit

from keten.evidence.resolve.block import find_candidates
from keten.evidence.resolve.compare import PARTS, Levels, compare
from keten.evidence.resolve.match import is_one_to_one, rank_register
from keten.evidence.resolve.meaning import QUESTIONS, read_level
from keten.evidence.resolve.parties import Party, make_party, read_parties
from keten.evidence.resolve.unit import read_unit_keys, read_units
from keten.evidence.resolve.weights import Model, read_weights, rival_levels, second_numbers
from keten.model import Comparison, ComparisonPart

_LISTS: Final = ("names", "acronyms", "countries", "postcodes", "cities", "streets", "domains")
Sides = tuple[Sequence[Party], Sequence[Party]]
Found = tuple[Levels, int, int]  # the levels of a pair, and those of its nearer and farther rival


def explain(con: duckdb.DuckDBPyConnection, left: str, right: str) -> Comparison:
    """Compare two source organisations, by source key, with the weights in force.

    Raises: KeyError where the evidence knows no such record.
    """
    records = read_records(con, (left, right))
    model = read_weights(con)
    units = read_unit_keys(con, (left, right))
    pair = units[left], units[right]
    kept = None if pair[0] == pair[1] else _read_kept(con, pair, model)
    found = kept or (None if pair[0] == pair[1] else _compare_units(con, pair, records, model))
    if found is None:
        # One by their identifier, or left out of comparing: there is nobody else that either could be.
        sides = tuple([make_party(0, key, records[key], "")] for key in (left, right))
        found = _compare_one((sides[0], sides[1]), 0, 0), 0, 0
    levels, near, far = found
    numbers = second_numbers(levels, np.array([near], np.uint8), np.array([far], np.uint8))
    score = float(model.score(numbers)[0])
    told = dict(zip(PARTS, levels[0].tolist(), strict=True)) | {
        "rival_near": near,
        "rival_far": far,
    }
    start, parts = waterfall(told, model, records[left], records[right])
    verdict, rule, rulings = _read_outcome(con, (left, right), pair)
    return Comparison(
        left, right, records[left]["name"], records[right]["name"], start, parts, score,
        float(expit(score)), verdict, rule, rulings,
        (int(records[left]["record_id"]), int(records[right]["record_id"])),
    )  # fmt: skip


def _read_kept(con: duckdb.DuckDBPyConnection, keys: tuple[str, str], model: Model) -> Found | None:
    """Give what the build found about two units, by its best score in any country; None for nothing."""
    rows = con.execute(
        "select levels, near, far from organisation_comparison "
        "where (left_key = $one and right_key = $other) or (left_key = $other and right_key = $one) "
        "order by block_no",
        {"one": keys[0], "other": keys[1]},
    ).fetchall()
    if not rows:
        return None
    levels = np.frombuffer(b"".join(row[0] for row in rows), np.uint8).reshape(-1, len(PARTS))
    near, far = (np.array([row[place] for row in rows], np.uint8) for place in (1, 2))
    best = int(model.score(second_numbers(levels, near, far)).argmax())
    return levels[best : best + 1], int(near[best]), int(far[best])


def _compare_units(
    con: duckdb.DuckDBPyConnection,
    keys: tuple[str, str],
    records: Mapping[str, Mapping[str, Any]],
    model: Model,
) -> Found | None:
    """Give the levels of two units and of their rivals; None where one of them is no unit."""
    countries = sorted({record["countries"][0] or "" for record in records.values()})
    blocks = read_parties(read_units(con, countries))
    seats = [
        {
            country: (register, place)
            for (register, country), parties in blocks.parties.items()
            for place, party in enumerate(parties)
            if party.key == key
        }
        for key in keys
    ]
    if not all(seats):
        return None
    shared = sorted(seats[0].keys() & seats[1].keys())
    # Units of two countries are never compared by a build; here they are, when somebody asks.
    at = [(shared or sorted(seat))[0] for seat in seats]
    found = [(seat[country][0], country, seat[country][1])
             for seat, country in zip(seats, at, strict=True)]  # fmt: skip
    found.sort(key=lambda seat: rank_register(seat[0]))
    sides = (blocks.parties[found[0][:2]], blocks.parties[found[1][:2]])
    one, other = found[0][2], found[1][2]
    levels = _compare_one(sides, one, other)
    ask_right = is_one_to_one(found[0][0], found[1][0])
    near, far = _find_rivals(sides, one, other, model, ask_right=ask_right)
    return levels, near, far


def _compare_one(sides: Sides, left: int, right: int) -> Levels:
    return compare(*sides, np.array([left]), np.array([right])).levels


def _find_rivals(
    sides: Sides, left: int, right: int, model: Model, *, ask_right: bool
) -> tuple[int, int]:
    """Give the levels of the rivals: what else each of the two finds near, looked at in the same way."""
    mine = find_candidates([sides[0][left]], sides[1])
    pairs = {(left, place) for place in mine.right.tolist()} | {(left, right)}
    if ask_right:
        yours = find_candidates([sides[1][right]], sides[0])
        pairs |= {(place, right) for place in yours.right.tolist()}
    told = sorted(pair for pair in pairs if sides[0] is not sides[1] or pair[0] != pair[1])
    lefts, rights = np.array(told, np.int64).T
    looks = model.look_first(compare(*sides, lefts, rights).levels)
    near, far = rival_levels(looks, lefts, rights, ask_right=ask_right)
    place = told.index((left, right))
    return int(near[place]), int(far[place])


def waterfall(
    told: Mapping[str, int], model: Model, one: Mapping[str, Any], other: Mapping[str, Any]
) -> tuple[float, tuple[ComparisonPart, ...]]:
    """Give the start and the steps; what could not be compared weighs nothing, that is in the start."""
    start = model.start
    steps = []
    for name, question in QUESTIONS.items():
        weight = sum(model.weight(part, told[part]) for part in question.parts)
        if question.is_optional:
            nothing = sum(model.weight(part, 0) for part in question.parts)
            weight -= nothing
            start += nothing
        level = read_level(name, told)
        steps.append(
            ComparisonPart(
                name, level, question.title, question.levels[level],
                _show(one, question.fields), _show(other, question.fields), weight,
            )
        )  # fmt: skip
    return start, tuple(steps)


def _show(record: Mapping[str, Any], fields: Sequence[str]) -> str:
    """Give what a record says of a question, as its source wrote it."""
    told = [value for name in fields for value in dict.fromkeys(record[name]) if value]
    return ", ".join(told[:3])


def read_records(
    con: duckdb.DuckDBPyConnection, keys: Sequence[str]
) -> dict[str, dict[str, Any]]:
    """Give source organisations by key, with what they are compared by; KeyError where one is unknown."""
    rows = con.execute(
        """
        select source_key, coalesce(name, '') as name, record_id,
               list_distinct(list_prepend(name, coalesce(other_names, []))) as names,
               coalesce(acronyms, []) as acronyms, [country] as countries, [postcode] as postcodes,
               [city] as cities, [street] as streets, [website] as domains
        from source_organisation where source_key in (select unnest(?)) order by source_key
        """,
        [list(keys)],
    )
    columns = [column[0] for column in rows.description or ()]
    found = {row[0]: dict(zip(columns, row, strict=True)) for row in rows.fetchall()}
    for key in keys:
        found[key] |= {name: [value for value in found[key][name] if value] for name in _LISTS}
        found[key]["countries"] = found[key]["countries"] or [""]
    return found


def _read_outcome(
    con: duckdb.DuckDBPyConnection, keys: tuple[str, str], units: tuple[str, str]
) -> tuple[str, str, tuple[int, ...]]:
    """Give what the build did with the pair, by what rule, and the rulings it rests on."""
    rows = con.execute(
        """
        select organisation_id, rule, ruling, is_anchor from same_as
        where source_key in (select unnest(?)) order by is_anchor desc, source_key
        """,
        [list(keys)],
    ).fetchall()
    rulings = tuple(sorted({row[2] for row in rows if row[2] is not None}))
    if rows[0][0] == rows[1][0]:
        if units[0] == units[1]:
            return "same", "same-pic", rulings
        rules = {row[1] for row in rows} - {"alone"}
        told = ("ruling", "match", "same-identifier", "same-pic")
        return "same", next((rule for rule in told if rule in rules), "alone"), rulings
    found = con.execute(
        "select verdict from organisation_match "
        "where verdict in ('review', 'refused') and [left_key, right_key] in (?, ?)",
        [list(units), list(reversed(units))],
    ).fetchone()
    return (found[0] if found else "apart"), "alone", rulings
