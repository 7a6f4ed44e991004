"""Who stands between two organisations: those that say most of them, and those who could introduce them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from keten.evidence.figures import MEASURES, Caveats, among, read_labels, read_rows
from keten.evidence.figures.counting import make_group
from keten.matchmaking.views import Between, Introducer
from keten.model import Figure, Label, Scope

if TYPE_CHECKING:
    import duckdb

SHOWN: Final = 3
RECENT: Final = 5  # years back from today in which working together counts as recent

# One row for each organisation that worked with both. Two orders are put on them: how much each says of
# the two (those with fewest partners first), and how well each could introduce them.
_BETWEEN: Final = """
    with between as (
        select a.organisation_id as party, b.organisation_id as partner, a.partner_id as organisation_id,
               a.projects as with_party, b.projects as with_partner,
               a.first_year as party_first, a.last_year as party_last, a.in_he as party_he,
               a.in_h2020 as party_h2020, b.first_year as partner_first, b.last_year as partner_last,
               b.in_he as partner_he, b.in_h2020 as partner_h2020, k.partners,
               coalesce(a.last_year >= $since and b.last_year >= $since, false) as is_recent
        from collaboration a
        join collaboration b on b.partner_id = a.partner_id
        join organisation_card k on k.organisation_id = a.partner_id
        where a.organisation_id = $party and {among}
          and k.organisation_id <> b.organisation_id
    )
    select *, count(*) over (partition by partner) as common,
           row_number() over (partition by partner order by partners, organisation_id) as telling,
           row_number() over (
               partition by partner
               order by is_recent desc, least(with_party, with_partner) > 1 desc,
                        least(with_party, with_partner) / sqrt(partners) desc,
                        with_party + with_partner desc, organisation_id) as introducing
    from between
    qualify telling <= $shown or introducing <= $shown
    order by partner, introducing
"""


@dataclass(frozen=True, slots=True)
class Middle:
    """Those between a party and one partner: how many, the most telling, the best introducers."""

    common: int
    telling: tuple[Between, ...]
    introducers: tuple[Introducer, ...]


def find_middles(
    con: duckdb.DuckDBPyConnection,
    party: str,
    partners: Sequence[str],
    this_year: int,
    caveats: Caveats,
    *,
    shown: int = SHOWN,
) -> dict[str, Middle]:
    """Give who stands between a party and each of these partners.

    An introducer is the better when its work with both is of the last years; then when it worked more
    than once with each; then by how close it is to the one of the two it knows least: the projects they
    shared, divided by the square root of how many partners it has in all, so that who works with everyone
    does not come first everywhere; then the more projects it shared with both together; then in the order
    of the identifiers.
    """
    condition, values = among("b.organisation_id", partners)
    rows = read_rows(
        con,
        _BETWEEN.format(among=condition),
        {"party": party, "since": this_year - RECENT, "shown": shown, **values},
    )
    named = sorted({row["organisation_id"] for row in rows})
    labels, times = read_labels(con, named), _read_times(con, named)
    by_partner: dict[str, list[dict[str, Any]]] = {partner: [] for partner in partners}
    for row in rows:
        by_partner[row["partner"]].append(row)
    return {
        partner: Middle(
            found[0]["common"] if found else 0,
            tuple(
                _make_between(row, labels, times, caveats)
                for row in sorted(found, key=lambda row: int(row["telling"]))
                if row["telling"] <= shown
            ),
            tuple(
                _make_introducer(row, labels, caveats)
                for row in found
                if row["introducing"] <= shown
            ),
        )
        for partner, found in by_partner.items()
    }


def _make_between(
    row: Mapping[str, Any],
    labels: Mapping[str, Label],
    times: Mapping[str, Sequence[Any]],
    caveats: Caveats,
) -> Between:
    organisation = str(row["organisation_id"])
    values = [row["partners"], None, None, *times[organisation]]
    scope = Scope.of(organisation=organisation)
    group = make_group([MEASURES["partners"]], scope, {}, values, caveats)
    return Between(labels[organisation], group.figures["partners"])


def _read_times(con: duckdb.DuckDBPyConnection, wanted: Sequence[str]) -> dict[str, Sequence[Any]]:
    """Give the first and last year, and which programmes, of each organisation's projects."""
    condition, values = among("organisation_id", wanted)
    rows = con.execute(
        "select organisation_id, min(year), max(year), bool_or(programme = 'he'), "
        f"bool_or(programme = 'h2020') from involvement where {condition} group by organisation_id",
        values,
    ).fetchall()
    return {str(name): times for name, *times in rows}


def _make_introducer(
    row: Mapping[str, Any], labels: Mapping[str, Label], caveats: Caveats
) -> Introducer:
    return Introducer(
        labels[str(row["organisation_id"])],
        _count_shared(row, "party", caveats),
        _count_shared(row, "partner", caveats),
        row["party_last"],
        row["partner_last"],
        bool(row["is_recent"]),
    )


def _count_shared(row: Mapping[str, Any], side: str, caveats: Caveats) -> Figure:
    """Give how many projects one of the two shared with who stands between."""
    times = [row[f"{side}_{name}"] for name in ("first", "last", "he", "h2020")]
    scope = Scope.of(organisation=row[side])
    keys = {"partner": str(row["organisation_id"])}
    values = [row[f"with_{side}"], None, None, *times]
    group = make_group([MEASURES["shared_projects"]], scope, keys, values, caveats)
    return group.figures["shared_projects"]
