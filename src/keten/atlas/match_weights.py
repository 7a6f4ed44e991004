"""Weights: what each finding weighs in this build, beside what keten was delivered with.

A step of the waterfall may take several parts together; learning moves the parts, so they stand here one
by one. Of what may be missing, weights are told beside what is missing, which weighs nothing.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from keten.atlas.identity_views import WeightRow, WeightsView
from keten.atlas.pairs import RULINGS
from keten.errors import NotFoundError
from keten.evidence.figures import read_rows
from keten.evidence.resolve.meaning import QUESTIONS, read_level
from keten.model import Figure, Judgement, Scope, Text

if TYPE_CHECKING:
    import duckdb

    from keten.workspace import Store

_SAME: Final = 1e-9
_LEAST_TO_MOST: Final = Text("from least to most alike", "van minst tot meest gelijk")
_LITTLE_TO_MUCH: Final = Text("from little to much", "van weinig tot veel")
_BEHIND_TO_AHEAD: Final = Text("from far behind to far ahead", "van ver achter tot ver voor")
_UNASKED: Final = Text("not compared with others", "niet met andere vergeleken")
# Parts that are graded in steps: what they are, and from what to what the steps go.
_GRADED: Final[Mapping[str, tuple[Text, Text]]] = {
    "spelling": (Text("Name, letter by letter", "Naam, letter voor letter"), _LEAST_TO_MOST),
    "order": (Text("Name, words in any order", "Naam, woorden op elke volgorde"), _LEAST_TO_MOST),
    "contained": (Text("One name within the other", "De ene naam in de andere"), _LEAST_TO_MOST),
    "share_less": (
        Text("Telling words shared, of the longer name", "Sprekende woorden gedeeld, van de langere"),
        _LITTLE_TO_MUCH,
    ),
    "share_more": (
        Text("Telling words shared, of the shorter name", "Sprekende woorden gedeeld, van de kortere"),
        _LITTLE_TO_MUCH,
    ),
    "common": (
        Text("How telling the shared words are", "Hoe sprekend de gedeelde woorden zijn"),
        _LITTLE_TO_MUCH,
    ),
    "left_over_most": (
        Text("What only one name has, of both the most", "Wat maar één naam heeft, van beide het meest"),
        _LITTLE_TO_MUCH,
    ),
    "left_over_least": (
        Text("What only one name has, of both the least", "Wat maar één naam heeft, van beide het minst"),
        _LITTLE_TO_MUCH,
    ),
    "length": (Text("How much name there is", "Hoeveel naam er is"), _LITTLE_TO_MUCH),
    "rival_near": (
        Text("Other candidates, the nearest", "Andere kandidaten, de naaste"), _BEHIND_TO_AHEAD,
    ),
    "rival_far": (
        Text("Other candidates, of the other side", "Andere kandidaten, van de andere kant"),
        _BEHIND_TO_AHEAD,
    ),
}  # fmt: skip
_NAMED: Final = {"left_over_kind": "left_over", "street": "street"}
_NUMBERS: Final = (
    Text("one of them does not say", "een van beide vermeldt het niet"),
    Text("another", "een ander"),
    Text("the same", "hetzelfde"),
)
_START: Final = Text("Before anything is compared", "Voordat iets vergeleken is")
_HOUSE: Final = Text("House number", "Huisnummer")
_OPTIONAL: Final = frozenset(
    part for question in QUESTIONS.values() if question.is_optional for part in question.parts
)


def read_weights(con: duckdb.DuckDBPyConnection, store: Store | None) -> WeightsView:
    """Give all weights in force beside the delivered ones, in the order of the comparison."""
    rows = tuple(_make_row(row) for row in _read(con))
    return WeightsView(
        rows, sum(row.is_changed for row in rows), count_rulings(read_rulings(store))
    )


def find_weight(con: duckdb.DuckDBPyConnection, name: str, part: str, level: str) -> Figure:
    """Give the weight of one finding, in force or as delivered; raises NotFoundError."""
    for row in _read(con):
        if (row["part"], str(row["level"])) == (part, level):
            return _make_figure(name, row)
    raise NotFoundError(
        f"Nothing is weighed as '{part}: {level}'.", "The page of methods lists all findings."
    )


def describe_finding(part: str, level: int, levels: int) -> tuple[Text, Text]:
    """Give what a part of the comparison is, and what one of its `levels` says."""
    if part == "start":
        return _START, Text("–", "–")
    if part in _GRADED:
        title, way = _GRADED[part]
        if way is _BEHIND_TO_AHEAD and level == 0:
            return title, _UNASKED
        return title, Text(
            f"step {level + 1} of {levels}, {way.en}", f"stap {level + 1} van {levels}, {way.nl}"
        )
    if part == "house_number":
        return _HOUSE, _NUMBERS[level]
    question = _NAMED.get(part, part)
    found = read_level(question, {part: level, "house_number": 0})
    return QUESTIONS[question].title, QUESTIONS[question].levels[found]


def read_rulings(store: Store | None) -> Sequence[Judgement]:
    """Give the public rulings on identity that hold, oldest first."""
    if store is None:
        return ()
    found = [line for kind in RULINGS for line in store.judgements(kind, only_in_force=True)]
    return sorted(found, key=lambda line: line.number)


def count_rulings(rulings: Sequence[Judgement]) -> Figure:
    """Give how many rulings there are."""
    return Figure(len(rulings), "count", "rulings", Scope())


def _make_row(row: Mapping[str, Any]) -> WeightRow:
    title, found = describe_finding(row["part"], row["level"], row["levels"])
    return WeightRow(
        row["part"], row["level"], title, found,
        shipped=_make_figure("weight_shipped", row),
        in_force=_make_figure("weight_in_force", row),
        moved=abs(row["weight"] - row["shipped"]),
        is_changed=abs(row["weight"] - row["shipped"]) > _SAME,
    )  # fmt: skip


def _read(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Give the weights in log-odds; where a part may be missing, beside what is missing."""
    rows = read_rows(
        con,
        """
        select part, level, weight, shipped,
               count(*) over (partition by part) as levels,
               first(weight) over levels_of as weight_of_none,
               first(shipped) over levels_of as shipped_of_none
        from match_weight window levels_of as (partition by part order by level)
        order by part, level
        """,
    )
    places = {name: place for place, name in enumerate(_order())}
    for row in rows:
        weight_of_none, shipped_of_none = row.pop("weight_of_none"), row.pop("shipped_of_none")
        if row["part"] in _OPTIONAL:
            row["weight"] -= weight_of_none
            row["shipped"] -= shipped_of_none
    return sorted(rows, key=lambda row: (places.get(row["part"], len(places)), row["level"]))


def _order() -> list[str]:
    """Name the parts in the order in which a comparison takes them."""
    return ["start", *(part for question in QUESTIONS.values() for part in question.parts)]


def _make_figure(name: str, row: Mapping[str, Any]) -> Figure:
    weight = row["weight" if name == "weight_in_force" else "shipped"]
    scope = Scope.of(compared=row["part"], level=row["level"])
    return Figure(math.exp(weight), "times", name, scope)
