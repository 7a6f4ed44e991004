"""Shares of technologies by year, and what changed in them and in the words since the evidence before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from keten.atlas.technology_name import read_technologies
from keten.atlas.technology_views import DriftView, ShareRow, WordsRow
from keten.errors import NotFoundError, UsageError
from keten.evidence.figures import (
    list_records_sql,
    measure,
    measure_sets,
    read_once,
    read_rows,
)
from keten.methods.proportion import find_wilson_interval
from keten.model import Explanation, Figure, Interval, Scope, Text

if TYPE_CHECKING:
    import duckdb

PROGRAMME: Final = "he"
FEWEST: Final = 100  # a year of fewer projects tells nothing of its own
SHARES: Final = frozenset({"technology_share", "technology_share_before"})
WORDS: Final = frozenset({"words_texts", "words_unseen", "words_unseen_before"})


def make_share(
    con: duckdb.DuckDBPyConnection, technology: str, year: int | None, projects: int
) -> Figure:
    """Give which share of a year's projects are about a technology; of all years where none is named."""
    of = _count_years(con)
    return _share(technology, year, projects, of.get(year, 0))


@read_once
def show_drift(con: duckdb.DuckDBPyConnection) -> DriftView:
    """Give the shares of every technology by year, the words by year, and both in the evidence before."""
    rows = read_rows(
        con,
        "select technology, year, projects, of from technology_year where programme = $programme "
        "order by technology, year",
        {"programme": PROGRAMME},
    )
    earlier = read_rows(
        con,
        "select technology, sum(projects)::integer as projects, sum(of)::integer as of, "
        "any_value(fingerprint) as fingerprint, any_value(model) as model "
        "from technology_year_before where programme = $programme group by 1 order by 1",
        {"programme": PROGRAMME},
    )
    before = {row["technology"]: row for row in earlier}
    names = read_technologies(con)
    ((*groups,),) = measure_sets(
        con, ("projects",), Scope.of(programme=PROGRAMME), [("technology",)]
    )
    now = {group.keys["technology"]: int(group.figures["projects"].value or 0) for group in groups}
    shares = []
    for name in names.values():
        mine = [row for row in rows if row["technology"] == name.technology and row["of"] >= FEWEST]
        if mine:
            shares.append(
                ShareRow(
                    name,
                    tuple(
                        (
                            row["year"],
                            _share(name.technology, row["year"], row["projects"], row["of"]),
                        )
                        for row in mine
                    ),
                    make_share(con, name.technology, None, now.get(name.technology, 0)),
                    _share_before(name.technology, before.get(name.technology)),
                )
            )
    return DriftView(
        tuple(shares),
        _list_words(con),
        bool(before),
        any(
            (before[name.technology]["fingerprint"], before[name.technology]["model"])
            != (name.fingerprint, name.model)
            for name in names.values()
            if name.technology in before
        ),
    )


def explain_share(con: duckdb.DuckDBPyConnection, name: str, scope: Scope) -> Explanation:
    """Give a share or a count of words with its parts; raises NotFoundError, UsageError."""
    if name in WORDS:
        return _explain_words(con, name, scope)
    technology, year = _read_scope(scope)
    if technology not in read_technologies(con):
        raise NotFoundError(
            f"'{technology[:60]}' is no technology in this evidence.", "Follow the number again."
        )
    if name == "technology_share_before":
        row = con.execute(
            "select sum(projects)::integer as projects, sum(of)::integer as of "
            "from technology_year_before where technology = $technology and programme = $programme",
            {"technology": technology, "programme": PROGRAMME},
        ).fetchone()
        found = dict(zip(("projects", "of"), row or (None, None), strict=True))
        figure = _share_before(technology, found if found["of"] else None)
        if figure is None:
            raise NotFoundError("There was no evidence before this one.", "Build once more.")
        return Explanation(figure)
    base = Scope.of(programme=PROGRAMME, year=year)
    own = base.narrowed(technology=technology)
    counted, whole = measure(con, "projects", own), measure(con, "projects", base)
    sql, values = list_records_sql("projects", own)
    return Explanation(
        _share(technology, year, int(counted.value or 0), int(whole.value or 0)),
        (
            (Text("Projects about it", "Projecten erover"), counted),
            (Text("All projects", "Alle projecten"), whole),
        ),
        tuple(record for (record,) in con.execute(sql, values).fetchall()),
    )


def _explain_words(con: duckdb.DuckDBPyConnection, name: str, scope: Scope) -> Explanation:
    given = scope.as_dict()
    row = next(
        (
            row
            for row in _list_words(con)
            if row.programme == given.get("programme") and str(row.year) == given.get("year")
        ),
        None,
    )
    found = None if row is None else {
        "words_texts": row.texts, "words_unseen": row.unseen, "words_unseen_before": row.before,
    }[name]  # fmt: skip
    if row is None or found is None:
        raise NotFoundError("No words of that year were counted.", "Follow the number again.")
    if name == "words_unseen_before":
        return Explanation(found)
    records = con.execute(
        "select record_id from project where programme = $programme "
        "and year(start_date) = $year and objective is not null order by 1",
        {"programme": row.programme, "year": row.year},
    ).fetchall()
    parts = ((Text("Projects with a text", "Projecten met een tekst"), row.texts),)
    return Explanation(
        found, parts if name == "words_unseen" else (), tuple(record for (record,) in records)
    )


def _list_words(con: duckdb.DuckDBPyConnection) -> tuple[WordsRow, ...]:
    rows = read_rows(
        con,
        """
        select n.programme, n.year, n.texts, n.words, n.unseen, b.words as words_before,
               b.unseen as unseen_before
        from text_year n left join text_year_before b using (programme, year)
        order by n.programme, n.year
        """,
    )
    return tuple(
        WordsRow(
            row["programme"],
            row["year"],
            _of_words("words_texts", "count", row["texts"], row),
            _of_words("words_unseen", "share", _divide(row["unseen"], row["words"]), row),
            None
            if row["unseen_before"] is None
            else _of_words(
                "words_unseen_before",
                "share",
                _divide(row["unseen_before"], row["words_before"]),
                row,
            ),
        )
        for row in rows
    )


def _of_words(name: str, unit: str, value: float | None, row: Mapping[str, Any]) -> Figure:
    return Figure(value, unit, name, Scope.of(programme=row["programme"], year=row["year"]))


def _divide(part: int | None, whole: int | None) -> float | None:
    return None if part is None or not whole else round(part / whole, 4)


def _share_before(technology: str, row: Mapping[str, Any] | None) -> Figure | None:
    if row is None or not row["of"]:
        return None
    scope = Scope.of(technology=technology, programme=PROGRAMME)
    value = round(row["projects"] / row["of"], 4)
    return Figure(value, "share", "technology_share_before", scope)


def _share(technology: str, year: int | None, projects: int, of: int) -> Figure:
    scope = Scope.of(technology=technology, programme=PROGRAMME, year=year)
    if not of:
        return Figure(None, "share", "technology_share", scope)
    low, high = find_wilson_interval(projects, of)
    bounds = Interval(round(float(low), 4), round(float(high), 4))
    return Figure(round(projects / of, 4), "share", "technology_share", scope, interval=bounds)


@read_once
def _count_years(con: duckdb.DuckDBPyConnection) -> dict[int | None, int]:
    whole, years = measure_sets(con, ("projects",), Scope.of(programme=PROGRAMME), [(), ("year",)])
    counted: dict[int | None, int] = {
        int(group.keys["year"]): int(group.figures["projects"].value or 0)
        for group in years
        if group.keys["year"].isdecimal()
    }
    counted[None] = int(whole[0].figures["projects"].value or 0)
    return counted


def _read_scope(scope: Scope) -> tuple[str, int | None]:
    given = scope.as_dict()
    year = given.get("year")
    if "technology" not in given or given.get("programme") != PROGRAMME:
        raise UsageError(
            "This share is of a technology in Horizon Europe.", "Follow the number again."
        )
    if year is not None and not (year.isascii() and year.isdigit() and len(year) == 4):
        raise UsageError(f"'{year[:20]}' is no year.", "Follow the number again.")
    return given["technology"], None if year is None else int(year)
