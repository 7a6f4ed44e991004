"""Organisation: writes who belongs together, under which identifier, and what is said of each."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import duckdb
import pyarrow as pa

from keten.evidence.resolve.cluster import Link
from keten.evidence.resolve.identify import Cluster, list_aliases

# Where no programme says what kind of activity it is: the registry's types, then the form of a firm.
_TYPES: Final = """
    case when list_has_any(r.types, ['company']) then 'company'
         when list_has_any(r.types, ['education', 'facility']) then 'knowledge'
         when list_has_any(r.types, ['government']) then 'government'
         when len(r.types) > 0 then 'other' end"""
_FIRM: Final = r"(^|[ ,(])(b\.? ?v\.?|n\.? ?v\.?|v\.? ?o\.? ?f\.?)([ ,)]|$)"


def write_same_as(
    con: duckdb.DuckDBPyConnection, clusters: Sequence[Cluster], used: Iterable[Link]
) -> None:
    """Write `same_as`: the organisation of each source key, and the first reason that put it there."""
    by_key: dict[str, Link] = {}
    for link in used:
        # A ruling comes first in `used`, so that it is the reason shown where rule and ruling
        # agree.
        by_key.setdefault(link.left, link)
        by_key.setdefault(link.right, link)
    rows = [(key, found, by_key.get(key)) for found in clusters for key in found.members]
    rows.sort(key=lambda row: row[0])
    write_table(
        con,
        "same_as",
        {
            "source_key": pa.array([key for key, _, _ in rows], pa.string()),
            "organisation_id": pa.array([c.organisation_id for _, c, _ in rows], pa.string()),
            "is_anchor": pa.array([key == c.anchor_key for key, c, _ in rows], pa.bool_()),
            "rule": pa.array([link.rule if link else "alone" for _, _, link in rows], pa.string()),
            "weight": pa.array(
                [link.weight if link else None for _, _, link in rows], pa.float64()
            ),
            "ruling": pa.array([link.ruling if link else None for _, _, link in rows], pa.int64()),
        },
    )


def write_aliases(
    con: duckdb.DuckDBPyConnection, clusters: Sequence[Cluster], pics: Mapping[str, str]
) -> None:
    """Write `organisation_alias`: every identifier that leads to an organisation of today."""
    alias = sorted(list_aliases(clusters, pics).items())
    write_table(
        con,
        "organisation_alias",
        {
            "alias": pa.array([name for name, _ in alias], pa.string()),
            "organisation_id": pa.array([found for _, found in alias], pa.string()),
        },
    )


def write_organisations(con: duckdb.DuckDBPyConnection) -> None:
    """Write `organisation`. Reads `source_organisation`, `same_as`, `ror` and `subsidy`.

    A newer register speaks before an older one: its name, its address, its website.
    """
    first = {
        name: f"first({name} order by place_in_time) filter ({name} is not null) as {name}"
        for name in ("name", "short_name", "vat_number", "website", "activity_type", "is_sme",
                     "country", "place_id", "ror_id", "pic", "kvk_number")
    }  # fmt: skip
    con.execute(
        f"""
        create or replace table organisation as
        with ranked as (
            select s.*, a.organisation_id, a.is_anchor, {_TYPES} as type_kind,
                   regexp_matches(lower(s.name), '{_FIRM}') and s.country in ('NL', 'QN') as is_firm,
                   row_number() over (
                       partition by a.organisation_id
                       order by s.programme = 'he' desc,
                                s.programme = 'h2020' desc, s.programme = 'innovation-fund' desc,
                                s.programme = 'ror' desc, s.updated_at desc nulls last,
                                a.is_anchor desc, s.source_key) as place_in_time
            from source_organisation s join same_as a using (source_key)
            left join ror r on r.ror_id = s.ror_id
        ), found as (
            select organisation_id, {first["name"]}, {first["short_name"]}, {first["vat_number"]},
                   {first["website"]}, {first["activity_type"]}, {first["is_sme"]},
                   first(is_sme_as_of order by place_in_time)
                       filter (is_sme is not null) as is_sme_as_of,
                   {first["country"]}, {first["place_id"]},
                   first(record_id order by place_in_time) as record_id,
                   first(source_key order by is_anchor desc, place_in_time) as anchor_key,
                   count(*) as source_organisations, {first["ror_id"]}, {first["pic"]},
                   {first["kvk_number"]},
                   first(type_kind order by place_in_time) filter (type_kind is not null)
                       as type_kind,
                   coalesce(bool_or(is_firm), false) as is_firm
            from ranked group by organisation_id
        )
        select organisation_id, name, short_name, vat_number, website, activity_type,
               coalesce(
                   case activity_type
                       when 'PRC' then 'company' when 'HES' then 'knowledge'
                       when 'REC' then 'knowledge' when 'PUB' then 'government'
                       when 'OTH' then 'other' end,
                   type_kind, case when is_firm then 'company' end) as kind,
               is_sme, is_sme_as_of, country, place_id, record_id, anchor_key,
               source_organisations, ror_id, pic, kvk_number
        from found order by organisation_id
        """
    )


def write_table(con: duckdb.DuckDBPyConnection, name: str, columns: Mapping[str, pa.Array]) -> None:
    """Write a table of these columns in the order they have."""
    con.register("arrived", pa.table(dict(columns)))
    con.execute(f"create or replace table {name} as select * from arrived")
    con.unregister("arrived")
