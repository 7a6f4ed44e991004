"""Unit: the records that one identifier makes one, side by side for comparing.

A unit is all records of one PIC, or a single record of a source that knows no PIC. It is known by
the key of the record that speaks for it. Records that the research-organisation registry withdrew
are no units: they stay what they are, and its relations say what took their place.
"""

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
    "domains": "domain",
    "vat_numbers": "vat_number",
}
# The part of an address of a website that names who keeps it.
_DOMAIN: Final = (
    r"regexp_extract(lower(trim(website)), "
    r"'^(?:[a-z]+:/*)?(?:[^/@]*@)?(?:www[0-9]?\.)?([a-z0-9.-]+\.[a-z]{2,})', 1)"
)


def write_units(con: duckdb.DuckDBPyConnection) -> None:
    """Write `unit_of`: the unit of each source organisation that is compared. Temporary."""
    con.execute(
        f"""
        create or replace temp table unit_of as
        select source_key, coalesce(speaker, source_key) as unit_key
        from source_organisation s left join (
            select pic, first(source_key order by list_position({_SPEAKERS}, programme), source_key)
                   as speaker
            from source_organisation where pic is not null group by pic
        ) using (pic)
        where s.ror_id is null
           or s.ror_id not in (select ror_id from ror where status = 'withdrawn')
        order by unit_key, source_key
        """
    )


def read_units(con: duckdb.DuckDBPyConnection) -> pa.Table:
    """Give all units in the order of their keys. Reads `unit_of`."""
    lists = ", ".join(
        f"list_sort(list_distinct(list({column}) filter ({column} is not null))) as {name}"
        for name, column in _FIELDS.items()
    )
    return con.sql(
        f"""
        with told as (
            select u.unit_key, s.*, nullif({_DOMAIN}, '') as domain,
                   list_filter(list_prepend(name, other_names),
                               lambda n: n is not null and not list_contains(acronyms, n)
                                         or n = name) as names
            from unit_of u join source_organisation s using (source_key)
        )
        select unit_key as key,
               case when any_value(pic) is not null then 'pic'
                    when any_value(ror_id) is not null then 'ror'
                    when any_value(kvk_number) is not null then 'kvk' else 'none' end as register,
               list_sort(list_distinct(flatten(list(names)))) as names,
               list_sort(list_distinct(flatten(list(acronyms)))) as acronyms, {lists}
        from told group by unit_key order by unit_key
        """
    ).to_arrow_table()
