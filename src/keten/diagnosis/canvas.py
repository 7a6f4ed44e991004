"""The canvas: which preconditions of an ecosystem the data show as strong or weak in a chain's regions.

Each indicator gives a region its place among the European regions that have a value; an element is the
mean of the places of its indicators. The weakest is named with those near it, and with the indicators
on which that verdict hangs: leave one out, and another element would be the weakest.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from keten.diagnosis.canvas_score import (
    Standing,
    average_places,
    find_weakest,
    find_why_not,
    list_counted,
    score_element,
    score_whole,
)
from keten.diagnosis.canvas_views import (
    CanvasCell,
    CanvasElement,
    CanvasLine,
    CanvasView,
    Place,
    Turn,
)
from keten.diagnosis.definition import KIND, find_elements, read_elements
from keten.diagnosis.elements import Element, ElementLine, ElementSet
from keten.diagnosis.records import compare_rating, read_element_judgements, read_reading
from keten.diagnosis.standing import Indicator, read_standing
from keten.diagnosis.subjects import list_regions
from keten.diagnosis.subjects import read_regions as read_region_names
from keten.model import Chain, Judgement, Text
from keten.workspace import Store

if TYPE_CHECKING:
    import duckdb

# Our own choice: points within which we do not call one element weaker than another, and points between
# regions beyond which we say that their mean hides a difference.
NEAR: Final = 5.0
UNEVEN: Final = 40.0


def show_canvas(
    con: duckdb.DuckDBPyConnection,
    store: Store | None,
    chain: Chain,
    without: Collection[str] = (),
    elements: str = "",
) -> CanvasView:
    """Give the canvas of a chain's regions, with indicators left out as asked.

    Raises: UsageError or NotFoundError for regions that are no NUTS 2 regions.
    """
    regions = list_regions(con, chain.region)
    names = read_region_names(con)
    places = tuple(Place(code, names[code]) for code in regions)
    chosen = find_elements(store, elements)
    if chosen is None:
        return _show_nothing(chain, places)
    left = tuple(sorted(set(without) & set(chosen.indicators)))
    standing = read_standing(con, chosen.indicators)
    merged = _read_merged(con, regions)
    said = read_element_judgements(store, chain.chain)
    shown = tuple(
        _show_element(chosen, element, standing, regions, left, merged, said.get(element.element))
        for element in chosen.elements
    )
    known = _read_scores(shown)
    weakest = find_weakest(known)
    return CanvasView(
        chain=chain.chain,
        regions=places,
        name=chosen.name,
        label=chosen.label,
        source=chosen.source,
        valid_from=chosen.valid_from,
        definition=chosen.number,
        elements=shown,
        weakest=weakest,
        near=tuple(
            name
            for name, value in sorted(known.items(), key=lambda pair: (pair[1], pair[0]))
            if name != weakest and value - known[weakest] < NEAR
        ),
        weakest_by_region=tuple(
            find_weakest(_read_scores(shown, place)) for place in range(len(regions))
        )
        if len(regions) > 1
        else (),
        turns=_find_turns(chosen, standing, regions, left, known),
        unfilled=tuple(e.element for e in shown if e.percentile is None),
        without=left,
        whole=score_whole(chosen, regions, left, known),
        repaired=score_whole(chosen, regions, left, known, weakest) if len(known) > 1 else None,
        sets=_list_sets(store),
    )


def _read_scores(shown: Sequence[CanvasElement], place: int | None = None) -> dict[str, float]:
    """Give the known scores by element, of the regions together or of one of them."""
    found = {e.element: e.percentile if place is None else e.by_region[place] for e in shown}
    return {
        name: float(figure.value)
        for name, figure in found.items()
        if figure is not None and figure.value is not None
    }


def _show_element(
    chosen: ElementSet,
    element: Element,
    standing: Standing,
    regions: tuple[str, ...],
    without: tuple[str, ...],
    merged: Mapping[tuple[str, str], str],
    judgement: Judgement | None,
) -> CanvasElement:
    whole = score_element(chosen, element, standing, regions, without)
    value = None if whole is None or whole.value is None else float(whole.value)
    rating = judgement.value["rating"] if judgement else ""
    by_region = tuple(
        score_element(chosen, element, standing, (region,), without) for region in regions
    )
    apart = [float(each.value) for each in by_region if each is not None and each.value is not None]
    return CanvasElement(
        element=element.element,
        label=element.label,
        explanation=element.explanation,
        missing=element.missing,
        lines=tuple(_show_line(line, standing, regions, without, merged) for line in element.lines),
        by_region=by_region if len(regions) > 1 else (),
        percentile=whole,
        reading=read_reading(value),
        rests_on_one=len(list_counted(element, standing, regions, without)) == 1,
        judgement=judgement,
        rating=rating,
        agreement=compare_rating(rating, value),
        is_overtaken=judgement is not None
        and judgement.value.get("reading", "") != read_reading(value),
        is_uneven=bool(apart) and max(apart) - min(apart) >= UNEVEN,
    )


def _show_line(
    line: ElementLine,
    standing: Standing,
    regions: tuple[str, ...],
    without: tuple[str, ...],
    merged: Mapping[tuple[str, str], str],
) -> CanvasLine:
    found = standing.get(line.indicator)
    why_not = find_why_not(line, standing, regions, without)
    if found is None:
        nothing = Text("", "")
        cells = tuple(CanvasCell(region, None, None) for region in regions)
        return CanvasLine(
            line.indicator, Text(line.indicator, line.indicator), "", nothing, nothing, None, "", "",
            None, cells, None, None, why_not,
        )  # fmt: skip
    values = {found.values[region].value for region in regions if region in found.values}
    return CanvasLine(
        indicator=found.indicator,
        title=found.title,
        source=found.source,
        source_title=found.source_title,
        unit=found.unit,
        year=found.year,
        period=found.period,
        level=found.level,
        higher_is_better=found.higher_is_better,
        cells=tuple(_show_cell(found, region, merged) for region in regions),
        percentile=found.percentile_in(regions),
        regions=found.count_regions(),
        why_not=why_not,
        is_alike=len(regions) > 1
        and len(values) == 1
        and not why_not
        and not found.is_counted_here,
    )


def _show_cell(found: Indicator, region: str, merged: Mapping[tuple[str, str], str]) -> CanvasCell:
    value = found.values.get(region)
    if value is None:
        whole = merged.get((found.source, region), "")
        return CanvasCell(region, None, None, merged_into=whole)
    published = value.published if value.published != region else ""
    return CanvasCell(
        region, found.value_in(region), found.percentile_in((region,)), value.flag, published
    )


def _find_turns(
    chosen: ElementSet,
    standing: Standing,
    regions: tuple[str, ...],
    without: tuple[str, ...],
    known: Mapping[str, float],
) -> tuple[Turn, ...]:
    """Leave out each indicator in turn; an element's only one stays, since nothing would be left."""
    weakest = find_weakest(known)
    turns: list[Turn] = []
    for element in chosen.elements:
        counted = list_counted(element, standing, regions, without)
        for left in counted if len(counted) > 1 else ():
            rest = average_places([found for found in counted if found is not left], regions)
            if rest is None:
                continue
            other = find_weakest({**known, element.element: rest})
            if other != weakest and (now := chosen.find(other)):
                turns.append(Turn(left.indicator, left.title, other, now.label))
    return tuple(turns)


def _read_merged(
    con: duckdb.DuckDBPyConnection, regions: Sequence[str]
) -> Mapping[tuple[str, str], str]:
    """Give the larger areas that sources publish instead of these regions."""
    rows = con.execute(
        "select source, part, name from indicator_area where part in (select unnest(?)) "
        "order by record_id",
        [list(regions)],
    ).fetchall()
    return {(source, part): name for source, part, name in rows}


def _list_sets(store: Store | None) -> tuple[tuple[str, Text], ...]:
    contents = store.contents(KIND) if store else ()
    return tuple((content.name, read_elements(content.value).label) for content in contents)


def _show_nothing(chain: Chain, places: tuple[Place, ...]) -> CanvasView:
    nothing = Text("", "")
    return CanvasView(
        chain.chain, places, "", nothing, "", "", 0, (), "", (), (), (), (), ()
    )  # fmt: skip
