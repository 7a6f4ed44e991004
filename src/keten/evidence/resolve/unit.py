"""Unit: the records that one identifier makes one, side by side for comparing.

A unit is all records of one PIC, or a single record of a source that knows no PIC. It is known by
the key of the record that speaks for it. Records that the research-organisation registry withdrew
are no units: they stay what they are, and its relations say what took their place.
"""

from collections.abc import Sequence
from typing import Final

import duckdb
import pyarrow as pa

# Newest register first: its record speaks for a PIC.
_SPEAKERS: Final = "['he', 'h2020', 'innovation-fund', 'fp7']"
_FIELDS: Final = {
    "countries": "country",
    "postcodes": "postcode",
    "cities": "city",
    "streets": "street",
    "domains": "website",
    "vat_numbers": "vat_number",
}


def read_units(con: duckdb.DuckDBPyConnection, countries: Sequence[str] | None = None) -> pa.Table:
    """Give all units in the order of their keys, or those known in `countries` alone.

    Reads `source_organisation` and `ror`.

    Beside `key` and `register` (pic, ror, kvk, none) all columns are lists, sorted, each value once.
    """
    lists = ", ".join(
        f"coalesce(list(distinct {column} order by {column}) filter ({column} is not null), []) "
        f"as {name}"
        for name, column in _FIELDS.items()
    )
    where = "" if countries is None else "where list_has_any(countries, $countries)"
    given = {} if countries is None else {"countries": sorted(countries)}
    return con.sql(
        f"""
        with speaker as (
            select pic, first(source_key order by list_position({_SPEAKERS}, programme), source_key)
                   as speaker
            from source_organisation where pic is not null group by pic
        ), told as (
            select coalesce(speaker, source_key) as unit_key, s.*,
                   list_filter(list_prepend(name, other_names),
                               lambda n: n is not null and not list_contains(acronyms, n)
                                         or n = name) as names
            from source_organisation s left join speaker using (pic)
            where s.ror_id is null
               or s.ror_id not in (select ror_id from ror where status = 'withdrawn')
        ), unit as (
        select unit_key as key,
               case when any_value(pic) is not null then 'pic'
                    when any_value(ror_id) is not null then 'ror'
                    when any_value(kvk_number) is not null then 'kvk' else 'none' end as register,
               list_sort(list_distinct(flatten(list(names)))) as names,
               list_sort(list_distinct(flatten(list(acronyms)))) as acronyms, {lists}
        from told group by unit_key
        )
        select * from unit {where} order by key
        """,
        params=given,
    ).to_arrow_table()


def read_unit_keys(con: duckdb.DuckDBPyConnection, keys: Sequence[str]) -> dict[str, str]:
    """Give the key of the unit of each source key."""
    return dict(
        con.execute(
            f"""
            select s.source_key, coalesce(
                first(o.source_key order by list_position({_SPEAKERS}, o.programme), o.source_key),
                s.source_key)
            from source_organisation s left join source_organisation o using (pic)
            where s.source_key in (select unnest(?)) group by s.source_key order by s.source_key
            """,
            [list(keys)],
        ).fetchall()
    )
