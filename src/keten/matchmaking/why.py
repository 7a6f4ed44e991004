"""Why a figure of CONNECT is what it is: computed anew, with its parts and the source rows behind it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from keten.errors import NotFoundError, UsageError
from keten.evidence.figures import measure, read_caveats, read_labels
from keten.matchmaking.backtest import RANKINGS
from keten.matchmaking.introducers import find_middles
from keten.matchmaking.method import METHODS
from keten.matchmaking.network import score_pair
from keten.matchmaking.partners import make_figure
from keten.matchmaking.verdict import measure_backtest
from keten.model import Explanation, Figure, Scope, Text

if TYPE_CHECKING:
    import duckdb

    from keten.workspace import Store

_PAIRS: Final = ("adamic_adar", "common_partners")
_PARTS: Final = 10  # of those between, so many are named as parts; the rows are those of all
_NAMES: Final = {
    "adamic_adar": Text("by partners in common", "op gemeenschappelijke partners"),
    "popularity": Text("by popularity alone", "op populariteit alleen"),
    "chance": Text("by chance", "op goed geluk"),
}
# Where the two and those between them sat in one project: the rows that make each tie.
_TIE_ROWS: Final = """
    with between as (
        select a.partner_id as organisation_id from collaboration a
        join collaboration b on b.partner_id = a.partner_id
        where a.organisation_id = $party and b.organisation_id = $partner
    ), side as (
        select distinct organisation_id, project_id from involvement
        where organisation_id in ($party, $partner)
    ), tie as (
        select distinct s.organisation_id as side, i.organisation_id as middle, i.project_id
        from side s join involvement i using (project_id)
        join between b on b.organisation_id = i.organisation_id
    )
    select i.record_id from involvement i join tie t
        on t.project_id = i.project_id and i.organisation_id in (t.side, t.middle)
    group by i.record_id order by i.record_id
"""
_TEST_ROWS: Final = """
    select i.record_id from involvement i join backtest_query q using (organisation_id)
    where i.start_date >= (select tested_from from backtest) and q.chain = $chain
      and ($country = '' or q.country = $country) and (not $active or q.new_partners > 0)
    order by i.record_id
"""


def explain(
    con: duckdb.DuckDBPyConnection, store: Store | None, name: str, scope: Scope
) -> Explanation:
    """Give a figure of this room computed anew, what it was made from, and its source rows.

    Raises: NotFoundError for an unknown figure or organisation, UsageError for a scope that lacks a filter.
    """
    del store  # nothing here rests on what people wrote
    if name not in METHODS:
        raise NotFoundError(
            f"'{name}' is no figure of this room.", f"Figures: {', '.join(METHODS)}."
        )
    return _explain_pair(con, name, scope) if name in _PAIRS else _explain_test(con, name, scope)


def _explain_pair(con: duckdb.DuckDBPyConnection, name: str, scope: Scope) -> Explanation:
    party, partner = _read_pair(con, name, scope.as_dict())
    caveats = read_caveats(con)
    # Who stands between is told with this year left out: which of them is recent plays no part here.
    middle = find_middles(con, party, [partner], 0, caveats, shown=_PARTS)[partner]
    values = {"adamic_adar": score_pair(con, party, partner), "common_partners": middle.common}
    parts: list[tuple[Text, Figure]] = []
    if name == "adamic_adar":
        label = METHODS["common_partners"].title
        parts.append((label, make_figure("common_partners", middle.common, party, partner)))
    for between in middle.telling:
        title = between.organisation.name or between.organisation.organisation_id
        parts.append((Text(f"Partners of {title}", f"Partners van {title}"), between.partners))
    names = {name: label.name or name for name, label in read_labels(con, [party, partner]).items()}
    for best in middle.introducers[:1]:
        title = best.organisation.name or best.organisation.organisation_id
        parts += [
            (
                Text(
                    f"Projects of {names[side]} with {title}",
                    f"Projecten van {names[side]} met {title}",
                ),
                figure,
            )
            for side, figure in ((party, best.with_party), (partner, best.with_partner))
        ]
    rows = con.execute(_TIE_ROWS, {"party": party, "partner": partner}).fetchall()
    figure = make_figure(name, values[name], party, partner)
    return Explanation(figure, tuple(parts), tuple(int(row[0]) for row in rows))


def _read_pair(
    con: duckdb.DuckDBPyConnection, name: str, given: Mapping[str, str]
) -> tuple[str, str]:
    for key in ("organisation", "partner"):
        if key not in given:
            raise UsageError(
                f"The figure '{name}' needs the filter '{key}'.", f"Add {key}=<value>."
            )
    unknown = [key for key in given if key not in ("organisation", "partner")]
    if unknown:
        raise UsageError(
            f"The figure '{name}' takes no filter '{unknown[0]}'.", "Use organisation and partner."
        )
    pair = given["organisation"], given["partner"]
    for identifier in pair:
        if not measure(con, "participations", Scope.of(organisation=identifier)).value:
            raise NotFoundError(
                f"No organisation has the identifier '{identifier}' in this evidence.",
                "It may have been joined with another: look up its current identifier.",
            )
    if pair[0] == pair[1]:
        raise UsageError(
            f"The figure '{name}' is about two organisations.", "Name another partner."
        )
    return pair


def _explain_test(con: duckdb.DuckDBPyConnection, name: str, scope: Scope) -> Explanation:
    figure = measure_backtest(con, name, scope)
    if figure is None:
        raise NotFoundError(
            "There is no such back-test in this evidence.",
            "It needs projects before and after the days that it compares; see the methods.",
        )
    given = figure.scope.as_dict()
    active = "asked" in given
    parts = [(METHODS["backtest_organisations"].title, _ask(con, figure.scope))]
    if name != "backtest_organisations":
        wanted = "backtest_hits" if name == "backtest_gain" else name
        for ranking in RANKINGS:
            if name == "backtest_gain" and ranking == "chance":
                continue
            found = measure_backtest(con, wanted, figure.scope.narrowed(ranking=ranking))
            if found is not None and (ranking != given["ranking"] or wanted != name):
                title = METHODS[wanted].title
                said = _NAMES[ranking]
                parts.append((Text(f"{title.en}, {said.en}", f"{title.nl}, {said.nl}"), found))
    else:
        parts = []
    rows = con.execute(
        _TEST_ROWS,
        {
            "chain": given.get("chain", ""),
            "country": given.get("country", ""),
            "active": active,
        },
    ).fetchall()
    return Explanation(figure, tuple(parts), tuple(int(row[0]) for row in rows))


def _ask(con: duckdb.DuckDBPyConnection, scope: Scope) -> Figure:
    """Give how many organisations a figure of the back-test is a mean over."""
    given = {name: value for name, value in scope.filters if name != "ranking"}
    figure = measure_backtest(con, "backtest_organisations", Scope.of(**given))
    assert figure is not None, "what has a mean has a count"
    return figure
