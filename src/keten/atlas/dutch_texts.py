"""Dutch texts by technology: which projects of structural funds and subsidies speak of one, and how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from keten.atlas.chance import make_chance
from keten.atlas.dutch_views import DutchText
from keten.atlas.receipts import make_amount
from keten.atlas.spoken import gather_words, mark_text
from keten.errors import NotFoundError
from keten.evidence.figures import read_labels, read_rows
from keten.evidence.figures.rows import among
from keten.model import Explanation, Figure, Label, Method, Scope, Text

if TYPE_CHECKING:
    import duckdb

# Of each text its places by name, as the words of the evidence name them.
_PLACES: Final = {"structural": ("title", "summary"), "subsidy": ("scheme", "recipient")}
_LISTS: Final = {"structural": "structural", "subsidy": "rijk"}
GIVEN: Final = ("sure", "likely")
_ROWS: Final = """
    select t.source, t.record_id, t.technology, t.tier, t.probability,
           coalesce(s.title, z.scheme) as title, coalesce(s.summary, z.recipient) as text,
           coalesce(s.beneficiary, z.recipient) as who, r.organisation_id, r.year, r.amount_eur
    from text_technology t
    left join structural_project s on t.source = 'structural' and s.record_id = t.record_id
    left join subsidy z on t.source = 'subsidy' and z.record_id = t.record_id
    left join (
        select record_id, min(organisation_id) as organisation_id, any_value(year) as year,
               any_value(amount_eur) as amount_eur
        from receipt where source in ('structural', 'rijk') group by record_id
    ) r on r.record_id = t.record_id
"""
METHODS: Final[Mapping[str, Method]] = {
    method.name: method
    for method in (
        Method(
            "text_chance",
            "in-hundred",
            Text(
                "Chance that a Dutch text is about a technology",
                "Kans dat een Nederlandse tekst over een technologie gaat",
            ),
            Text(
                "How likely a project of a structural fund, or a subsidy of a ministry, is about the "
                "technology: Dutch words that map to it are weighed by where and how often they stand "
                "there. Such texts are short, and few of them were read: the page on how good this is "
                "says how far to trust it.",
                "Hoe waarschijnlijk het is dat een project van een structuurfonds, of een subsidie van "
                "een ministerie, over de technologie gaat: Nederlandse woorden die ernaar verwijzen "
                "wegen naar waar en hoe vaak ze er staan. Zulke teksten zijn kort, en er zijn er weinig "
                "gelezen: de pagina over hoe goed dit is zegt hoever dit te vertrouwen is.",
            ),
        ),
        Method(
            "text_labels",
            "count",
            Text(
                "Dutch texts about a technology, sure or likely",
                "Nederlandse teksten over een technologie, zeker of waarschijnlijk",
            ),
            Text(
                "Rows of the lists of structural funds and of subsidies of ministries whose text is "
                "surely or likely about the technology. Rows that say the same count each.",
                "Rijen uit de lijsten van structuurfondsen en van subsidies van ministeries waarvan de "
                "tekst zeker of waarschijnlijk over de technologie gaat. Rijen die hetzelfde zeggen "
                "tellen elk.",
            ),
        ),
    )
}


def count_texts(con: duckdb.DuckDBPyConnection, technology: str) -> Figure:
    """Count the rows whose text is surely or likely about a technology."""
    row = con.execute(
        "select count(*) from text_technology where technology = $technology and tier <> 'perhaps'",
        {"technology": technology},
    ).fetchone()
    return Figure(
        int(row[0]) if row else 0, "count", "text_labels", Scope.of(technology=technology)
    )


def list_texts(
    con: duckdb.DuckDBPyConnection, technology: str, tier: str, offset: int, limit: int
) -> tuple[DutchText, ...]:
    """Give one page of the texts about a technology, surest first; without a tier those with a label."""
    rows = read_rows(
        con,
        f"""
        {_ROWS} where t.technology = $technology
          and list_contains(string_split($tiers, '+'), t.tier)
        order by t.probability desc, t.source, t.record_id limit $page_limit offset $page_offset
        """,
        {
            "technology": technology,
            "tiers": tier or "+".join(GIVEN),
            "page_limit": limit,
            "page_offset": offset,
        },
    )
    return _make(con, rows)


def list_texts_of(con: duckdb.DuckDBPyConnection, record_id: int) -> tuple[DutchText, ...]:
    """Give what the text of one source row may be about, the surest first; nothing of most rows."""
    rows = read_rows(
        con,
        f"{_ROWS} where t.record_id = $record order by t.probability desc, t.technology",
        {"record": record_id},
    )
    return _make(con, rows)


def explain(con: duckdb.DuckDBPyConnection, name: str, scope: Scope) -> Explanation:
    """Give such a figure anew with its rows; raises NotFoundError."""
    given = scope.as_dict()
    technology, record = given.get("technology", ""), given.get("record", "")
    if name == "text_labels":
        rows = con.execute(
            "select record_id from text_technology where technology = $technology "
            "and tier <> 'perhaps' order by 1",
            {"technology": technology},
        ).fetchall()
        found = count_texts(con, technology)
        return Explanation(found, record_ids=tuple(number for (number,) in rows))
    row = con.execute(
        "select probability from text_technology where technology = $technology "
        "and record_id::varchar = $record",
        {"technology": technology, "record": record},
    ).fetchone()
    if row is None:
        raise NotFoundError(
            "No chance of that text and technology was told.",
            "Follow a number on the page of a technology.",
        )
    return Explanation(make_chance("text_chance", row[0], scope, "text"), record_ids=(int(record),))


def _make(
    con: duckdb.DuckDBPyConnection, rows: Sequence[Mapping[str, Any]]
) -> tuple[DutchText, ...]:
    condition, values = among("record_id", sorted({row["record_id"] for row in rows}))
    words = read_rows(
        con,
        f"select *, technology as key from text_word where {condition} order by all",
        values,
    )
    labels = read_labels(con, sorted({r["organisation_id"] for r in rows if r["organisation_id"]}))
    return tuple(_make_row(con, row, words, labels) for row in rows)


def _make_row(
    con: duckdb.DuckDBPyConnection,
    row: Mapping[str, Any],
    words: Sequence[Mapping[str, Any]],
    labels: Mapping[str, Label],
) -> DutchText:
    technology, record = row["technology"], row["record_id"]
    mine = [w for w in words if (w["record_id"], w["technology"]) == (record, technology)]
    title, text = _PLACES[row["source"]]
    source = _LISTS[row["source"]]
    scope = Scope.of(record=record, technology=technology)
    return DutchText(
        source,
        record,
        technology,
        row["tier"],
        make_chance("text_chance", row["probability"], scope, "text"),
        mark_text(row["title"], mine, title, [technology]),
        mark_text(row["text"], mine, text, [technology]),
        gather_words(mine),
        row["who"] or "",
        labels.get(row["organisation_id"] or ""),
        row["year"],
        make_amount(con, source, row["year"], row["amount_eur"], record),
    )
