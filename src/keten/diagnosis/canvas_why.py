"""Why a figure of the canvas is what it is: made anew from its scope, with its parts and source rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from keten.diagnosis.canvas_method import METHODS
from keten.diagnosis.canvas_score import list_counted, score_element, score_whole
from keten.diagnosis.definition import take_elements
from keten.diagnosis.indicators import PARTNERS_SQL, RATES, SHARED_SQL, TIES
from keten.diagnosis.standing import Indicator, read_standing
from keten.diagnosis.subjects import list_regions, read_regions, region_of
from keten.errors import NotFoundError, UsageError
from keten.evidence.figures import measure
from keten.model import Explanation, Figure, Scope, Text
from keten.workspace import Store

if TYPE_CHECKING:
    import duckdb

_VALUE: Final = Text("Value", "Waarde")
_COMPARED: Final = Text("Regions compared", "Vergeleken regio's")
_HERE: Final = "substr({alias}region, 1, 4) = $region"


def explain_canvas(
    con: duckdb.DuckDBPyConnection, store: Store | None, name: str, scope: Scope
) -> Explanation:
    """Give a figure of the canvas with what it was made from.

    Raises: UsageError for a scope that lacks a filter, NotFoundError for what is not there.
    """
    return _EXPLAIN[name](con, store, scope)


def _value(con: duckdb.DuckDBPyConnection, store: Store | None, scope: Scope) -> Explanation:
    del store
    found, region = _indicator(con, scope), region_of(scope)
    figure = found.value_in(region)
    if figure is None:
        raise _absent(found, region)
    record = found.values[region].record_id
    parts = _parts_of_count(con, found, region)
    return Explanation(figure, parts, (record,) if record is not None else ())


def _parts_of_count(
    con: duckdb.DuckDBPyConnection, found: Indicator, region: str
) -> tuple[tuple[Text, Figure], ...]:
    """Give the two figures that a counted indicator divides."""
    rate, tie = RATES.get(found.indicator), TIES.get(found.indicator)
    if rate is not None:
        size = read_standing(con, [rate.per])[rate.per]
        held = size.value_in(region)
        counted = measure(con, rate.measure, Scope.of(region=region, **rate.filters))
        return ((rate.title, counted), *(((size.title, held),) if held else ()))
    if tie is not None:
        whole = measure(con, tie.of, Scope.of(region=region))
        part = _count(con, None, Scope.of(region=region), tie.counts).figure
        title = {"projects": Text("Projects", "Projecten")}.get(
            tie.of, Text("Organisations", "Organisaties")
        )
        return (tie.counts_title, part), (title, whole)
    return ()


def _percentile(con: duckdb.DuckDBPyConnection, store: Store | None, scope: Scope) -> Explanation:
    del store
    found = _indicator(con, scope)
    regions = list_regions(con, region_of(scope))
    figure = found.percentile_in(regions)
    if figure is None:
        raise _absent(found, "+".join(regions))
    names = read_regions(con)
    if len(regions) > 1:
        each = ((code, found.percentile_in((code,))) for code in regions)
        parts = tuple((_name(names[code]), part) for code, part in each if part is not None)
        return Explanation(figure, (*parts, (_COMPARED, found.count_regions())), _rows(found))
    own = regions[0]
    value = found.value_in(own)
    parts = ((_VALUE, value),) if value else ()
    # What was counted here has no source row that says it, so every region's own count is named.
    others = (code for code in sorted(found.values) if found.is_counted_here and code != own)
    rest = ((_name(names.get(code, code)), found.value_in(code)) for code in others)
    return Explanation(
        figure,
        (
            *parts,
            (_COMPARED, found.count_regions()),
            *((title, part) for title, part in rest if part is not None),
        ),
        _rows(found),
    )


def _element(con: duckdb.DuckDBPyConnection, store: Store | None, scope: Scope) -> Explanation:
    given = scope.as_dict()
    chosen = take_elements(store, given.get("elements", ""))
    element = chosen.find(given.get("element", ""))
    if element is None:
        raise NotFoundError(
            f"'{chosen.name}' has no element '{given.get('element', '')[:60]}'.",
            f"Its elements are: {', '.join(each.element for each in chosen.elements)}.",
        )
    regions = list_regions(con, region_of(scope))
    without = tuple(filter(None, given.get("without", "").split(",")))
    standing = read_standing(con, [line.indicator for line in element.lines])
    figure = score_element(chosen, element, standing, regions, without)
    if figure is None:
        raise NotFoundError(
            "No indicator of this element has a value that counts here.",
            "Choose another element, or leave less out.",
        )
    counted = list_counted(element, standing, regions, without)
    each = ((found.title, found.percentile_in(regions)) for found in counted)
    return Explanation(
        figure,
        tuple((title, part) for title, part in each if part is not None),
        tuple(
            sorted(
                value.record_id
                for found in counted
                for region in regions
                if (value := found.values.get(region)) and value.record_id is not None
            )
        ),
        (chosen.number,),
    )


def _whole(con: duckdb.DuckDBPyConnection, store: Store | None, scope: Scope) -> Explanation:
    given = scope.as_dict()
    chosen = take_elements(store, given.get("elements", ""))
    regions = list_regions(con, region_of(scope))
    without = tuple(filter(None, given.get("without", "").split(",")))
    standing = read_standing(con, chosen.indicators)
    scored = [
        (element, score)
        for element in chosen.elements
        if (score := score_element(chosen, element, standing, regions, without)) is not None
    ]
    scores = {e.element: float(score.value) for e, score in scored if score.value is not None}
    repaired = given.get("repaired", "")
    if repaired and (repaired not in scores or len(scores) < 2):
        raise NotFoundError(
            f"The element '{repaired[:60]}' has no place that could be raised.",
            "Follow a number of the canvas: each leads here with all that is needed.",
        )
    figure = score_whole(chosen, regions, without, scores, repaired)
    if figure is None:
        raise NotFoundError("No element has data here.", "Choose other regions.")
    parts = tuple((element.label, score) for element, score in scored)
    return Explanation(figure, parts, (), (chosen.number,))


def _regions(con: duckdb.DuckDBPyConnection, store: Store | None, scope: Scope) -> Explanation:
    del store
    found = _indicator(con, scope)
    return Explanation(found.count_regions(), (), _rows(found))


def _count(
    con: duckdb.DuckDBPyConnection, store: Store | None, scope: Scope, name: str
) -> Explanation:
    del store
    region = region_of(scope)
    if len(list_regions(con, region)) != 1:
        raise UsageError("This is counted for one region.", "Add region=<one NUTS 2 code>.")
    is_shared = name == "projects_shared_within"
    own = _HERE.format(alias="" if is_shared else "i.")
    sql = (SHARED_SQL if is_shared else PARTNERS_SQL).format(where=own)
    (row,) = con.execute(f"select count(*) from ({sql})", {"region": region}).fetchall()
    only = f"and project_id in (select project_id from ({sql}))" if is_shared else ""
    rows = con.execute(
        f"select record_id from involvement where {_HERE.format(alias='')} {only} "
        "order by record_id",
        {"region": region},
    ).fetchall()
    figure = Figure(row[0], "count", name, Scope.of(region=region))
    return Explanation(figure, (), tuple(record for (record,) in rows))


def _shared(con: duckdb.DuckDBPyConnection, store: Store | None, scope: Scope) -> Explanation:
    return _count(con, store, scope, "projects_shared_within")


def _ties(con: duckdb.DuckDBPyConnection, store: Store | None, scope: Scope) -> Explanation:
    return _count(con, store, scope, "partner_ties")


_EXPLAIN: Final[
    Mapping[str, Callable[[duckdb.DuckDBPyConnection, Store | None, Scope], Explanation]]
] = {
    "indicator_value": _value,
    "indicator_percentile": _percentile,
    "element_percentile": _element,
    "canvas_index": _whole,
    "indicator_regions": _regions,
    "projects_shared_within": _shared,
    "partner_ties": _ties,
}
assert _EXPLAIN.keys() == METHODS.keys(), "every method can be explained"


def _indicator(con: duckdb.DuckDBPyConnection, scope: Scope) -> Indicator:
    name = scope.as_dict().get("indicator", "")
    if not name:
        raise UsageError("This figure needs the filter 'indicator'.", "Add indicator=<indicator>.")
    found = read_standing(con, [name]).get(name)
    if found is None:
        raise NotFoundError(
            f"No indicator is known here as '{name[:60]}'.",
            "Follow a number of the canvas: each leads here with all that is needed.",
        )
    return found


def _rows(found: Indicator) -> tuple[int, ...]:
    return tuple(
        sorted(value.record_id for value in found.values.values() if value.record_id is not None)
    )


def _name(name: str) -> Text:
    return Text(name, name)


def _absent(found: Indicator, region: str) -> NotFoundError:
    return NotFoundError(
        f"{found.indicator} has no value for {region}.", "Choose a region that has one."
    )
