"""Why a figure is what it is: its method, its value computed anew, its source rows."""

from collections.abc import Callable, Iterator

import duckdb
from starlette.responses import Response, StreamingResponse

from keten.atlas.answers import MEASURES, current_region, explain, record_ids
from keten.atlas.why import read_context, read_records
from keten.errors import KetenError, NotFoundError, UsageError
from keten.evidence.figures.counting import list_records_sql
from keten.model import Scope, region_codes
from keten.web.address import ROWS_OF
from keten.web.explainers import Explainer, find_explainer, role_to_see
from keten.web.forms import check_reader
from keten.web.numbers import write_number
from keten.web.pages.why.download import write_csv, write_json, write_places
from keten.web.reply import Page, Pages
from keten.web.trouble import Trouble, bad_question, put_error
from keten.web.visit import Visit, Visiting

pages = Pages()
PAGE = 20
_OURS = {"measure", "page"}
_REGIONS = ("region", "region_only", "partner_region")


@pages.page("/why")
def why(visit: Visiting) -> Page | Response:
    """Show where one figure comes from."""
    measure, scope, page = _read(visit)
    check_reader(visit, role_to_see(measure))
    room = find_explainer(measure)
    if room is not None:
        return _explained(visit, room, measure, scope, page)
    try:
        view = explain(visit.con, measure, scope, page, language=visit.language, per_page=PAGE)
    except NotFoundError as error:
        raise _unknown(visit, measure, error) from error
    except KetenError as error:
        raise bad_question(visit.words, visit.query[:200]) from error
    if page > 1 and not view.records:
        raise bad_question(visit.words, f"page={page}")
    to = visit.addresses
    covered = view.figure.coverage
    return Page(
        "why/why.html",
        visit.words("Why this number: %(title)s", title=view.title),
        {"why": view},
        {
            "seen": write_number(covered.seen, "count", visit.language) if covered else "",
            "measures": {
                name: found.title.in_language(visit.language) for name, found in MEASURES.items()
            },
            "previous": to.why_of(measure, scope, page=page - 1) if page > 1 else "",
            "next": to.why_of(measure, scope, page=page + 1) if view.has_more else "",
            "csv": to.why_of(measure, scope, "/rows.csv"),
            "json": to.why_of(measure, scope, "/rows.json"),
        },
        crumbs=((visit.words("Methods"), to.page("methods")),),
    )


def _explained(visit: Visit, room: Explainer, measure: str, scope: Scope, page: int) -> Page:
    """Show a figure that a room makes of others: its parts, what people said, its source rows."""
    try:
        found = room.explain(visit.con, visit.store_to_read, measure, scope)
    except NotFoundError as error:
        raise Trouble(*put_error(error, visit.words), code=error.code) from error
    except KetenError as error:
        raise bad_question(visit.words, visit.query[:200]) from error
    method, to = room.methods[measure], visit.addresses
    first = (page - 1) * PAGE
    shown = found.record_ids[first : first + PAGE]
    if page > 1 and not shown:
        raise bad_question(visit.words, f"page={page}")
    said = visit.store_to_read.numbered(found.judgements) if visit.store_to_read else ()
    return Page(
        "why/explained.html",
        visit.words("Why this number: %(title)s", title=method.title.in_language(visit.language)),
        {
            "why": found,
            "method": method,
            "context": read_context(visit.con, found.figure.scope),
            "records": read_records(visit.con, shown),
            "lines": said,
        },
        {
            "measures": {},
            "previous": to.why_of(measure, scope, page=page - 1) if page > 1 else "",
            "next": to.why_of(measure, scope, page=page + 1)
            if first + PAGE < len(found.record_ids)
            else "",
            "csv": to.why_of(measure, scope, "/rows.csv"),
            "json": to.why_of(measure, scope, "/rows.json"),
        },
        crumbs=((visit.words("Methods"), to.page("methods")),),
    )


@pages.page("/why/rows.csv")
def rows_as_csv(visit: Visiting) -> Page | Response:
    """Give all source rows of a figure as CSV."""
    measure, scope, _ = _read(visit)
    _check(visit, measure, scope)
    con = visit.evidence.cursor().cursor()
    lines = write_csv(con, _rows(visit, con, measure, scope))
    return StreamingResponse(
        lines, media_type="text/csv; charset=utf-8", headers=_named(measure, "csv")
    )


@pages.page("/why/rows")
def rows_as_json(visit: Visiting) -> Page | Response:
    """Give all source rows of a figure as JSON."""
    measure, scope, _ = _read(visit)
    _check(visit, measure, scope)
    con = visit.evidence.cursor().cursor()
    lines = write_json(con, measure, scope, _rows(visit, con, measure, scope))
    return StreamingResponse(lines, media_type="application/json", headers=_named(measure, "json"))


@pages.page("/why/places.csv")
def places_as_csv(visit: Visiting) -> Page | Response:
    """Give where all source rows of a figure stand, without the rows: quick for the largest figure."""
    measure, scope, _ = _read(visit)
    _check(visit, measure, scope)
    con = visit.evidence.cursor().cursor()
    lines = write_places(_rows(visit, con, measure, scope))
    headers = _named(measure, "csv")
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=headers)


def _read(visit: Visit) -> tuple[str, Scope, int]:
    """Read measure, scope and page from the address."""
    asked = visit.request.query_params
    measure = asked.get("measure", "")
    if not measure:
        raise Trouble(
            visit.words("The address names no measure."),
            visit.words("Follow a number on a page: every one leads here with all that is needed."),
            code="usage",
            status=400,
        )
    number = asked.get("page", "1")
    if not (number.isascii() and number.isdigit() and 1 <= int(number[:9]) <= 1_000_000):
        raise bad_question(visit.words, f"page={number[:40]}")
    filters = {name: value for name, value in asked.items() if name not in _OURS and value}
    for name in _REGIONS:
        if filters.get(name, "unknown") != "unknown":
            filters[name] = _read_regions(visit, filters[name])
    if ROWS_OF in filters:
        filters["measure"] = filters.pop(ROWS_OF)
    return measure, Scope.of(**filters), int(number)


def _read_regions(visit: Visit, text: str) -> str:
    """Give the codes that hold now: a region that is not there has no figures, not even nought."""
    try:
        codes = region_codes(text)
        current = {code for asked in codes for code in current_region(visit.con, asked)}
    except UsageError as error:
        raise bad_question(visit.words, visit.query[:200]) from error
    except NotFoundError as error:
        raise Trouble(
            visit.words("No region is known here as '%(name)s'.", name=text[:80]),
            visit.words("Choose from the list of regions, or search for the name of a place."),
            code=error.code,
        ) from error
    return "+".join(sorted(current))


def _rows(
    visit: Visit, con: duckdb.DuckDBPyConnection, measure: str, scope: Scope
) -> Callable[[], Iterator[int]]:
    """Give what lists the source rows of a figure, as often as it is called."""
    room = find_explainer(measure)
    if room is None:
        return lambda: record_ids(con, measure, scope)
    found = room.explain(con, visit.store_to_read, measure, scope).record_ids
    return lambda: iter(found)


def _check(visit: Visit, measure: str, scope: Scope) -> None:
    """Fail before the first byte is sent, not in the middle of a file."""
    check_reader(visit, role_to_see(measure))
    if find_explainer(measure) is not None:
        return
    try:
        list_records_sql(measure, scope)
    except NotFoundError as error:
        raise _unknown(visit, measure, error) from error
    except KetenError as error:
        raise bad_question(visit.words, visit.query[:200]) from error


def _unknown(visit: Visit, measure: str, error: NotFoundError) -> Trouble:
    return Trouble(
        visit.words("'%(name)s' is no measure.", name=measure[:80]),
        visit.words("The page of methods names every measure."),
        code=error.code,
    )


def _named(measure: str, ending: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{measure}-rows.{ending}"'}
