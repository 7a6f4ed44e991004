"""Gather: puts the organisations of every source side by side, one row for each that a source knows.

A name that may be a person's is never gathered. What sources leave out stays empty: nothing is taken
from one source to fill another, since that is what linking them has to show first.
"""

from collections.abc import Callable, Iterable
from typing import Final

import duckdb
import pyarrow as pa

from keten.evidence.resolve.keys import key_beneficiary, key_recipient

# Registries write two countries otherwise than the programmes do, and one source writes names.
_CODES: Final = {"GB": "UK", "GR": "EL"}
_COUNTRIES: Final = {
    "Australia": "AU", "Austria": "AT", "Belgium": "BE", "Bulgaria": "BG", "Croatia": "HR",
    "Cyprus": "CY", "Czechia": "CZ", "Denmark": "DK", "Estonia": "EE", "Finland": "FI",
    "France": "FR", "Germany": "DE", "Greece": "EL", "Hungary": "HU", "Iceland": "IS",
    "Ireland": "IE", "Italy": "IT", "Latvia": "LV", "Liechtenstein": "LI", "Lithuania": "LT",
    "Luxembourg": "LU", "Malta": "MT", "Netherlands": "NL", "Norway": "NO", "Poland": "PL",
    "Portugal": "PT", "Romania": "RO", "Slovakia": "SK", "Slovenia": "SI", "South Africa": "ZA",
    "Spain": "ES", "Sweden": "SE", "Switzerland": "CH", "United Kingdom": "UK",
    "United States": "US",
}  # fmt: skip
_COLUMNS: Final = """source_key varchar, programme varchar, pic varchar, ror_id varchar,
    kvk_number varchar, name varchar, short_name varchar, other_names varchar[],
    acronyms varchar[], vat_number varchar, website varchar, activity_type varchar, is_sme boolean,
    is_sme_as_of timestamp, country varchar, street varchar, postcode varchar, city varchar,
    nuts_code varchar, place_id bigint, updated_at timestamp, record_id bigint,
    participations bigint, money_eur decimal(18,2)"""

# The newest row of an organisation in a programme speaks for it: the register overwrites, so later
# rows carry the later name and address. Values missing there are taken from older rows; an address
# is taken whole.
_CORDIS: Final = """
    with ranked as (
        select p.*, row_number() over newest as place_in_time,
               first_value(p.record_id) over newest as newest_record_id
        from participation p join project using (project_id)
        window newest as (
            partition by source_key
            order by p.updated_at desc nulls last, project.start_date desc nulls last,
                     p.record_id desc
            rows between unbounded preceding and unbounded following)
    )
    select source_key, any_value(programme) as programme, any_value(pic) as pic,
           {name} as name, {short_name} as short_name,
           list(distinct name) filter (name is not null) as other_names,
           list(distinct short_name) filter (short_name is not null) as acronyms,
           {vat_number} as vat_number, {website} as website, {activity_type} as activity_type,
           {is_sme} as is_sme,
           first(updated_at order by place_in_time)
               filter (is_sme is not null and updated_at is not null) as is_sme_as_of,
           first(country order by place_in_time) as country,
           first(street order by place_in_time) as street,
           first(postcode order by place_in_time) as postcode,
           first(city order by place_in_time) as city,
           first(nuts_code order by place_in_time) as nuts_code,
           first(place_id order by place_in_time) as place_id,
           max(updated_at) as updated_at, any_value(newest_record_id) as record_id,
           count(*) as participations, sum(contribution_eur) as money_eur
    from ranked group by source_key
"""
# The table of 2018 speaks before the network, in which some organisations stand twice.
_FP7: Final = """
    with ranked as (
        select *, row_number() over (
            partition by source_key order by stated_on desc nulls last, record_id) as place_in_time
        from fp7_organisation
        where source_key not in (select source_key from fp7_organisation where is_person)
    ), taking_part as (
        select source_key, count(*) as participations from fp7_participation group by source_key
    )
    select source_key, split_part(source_key, ':', 1) as programme, any_value(pic) as pic,
           {name} as name, {short_name} as short_name,
           list(distinct name) filter (name is not null) as other_names,
           list(distinct short_name) filter (short_name is not null) as acronyms,
           {website} as website, first(country order by place_in_time) as country,
           first(street order by place_in_time) as street,
           first(postcode order by place_in_time) as postcode,
           first(city order by place_in_time) as city, {nuts_code} as nuts_code,
           max(stated_on)::timestamp as updated_at,
           first(record_id order by place_in_time) as record_id,
           coalesce(any_value(t.participations), 0) as participations
    from ranked left join taking_part t using (source_key) group by source_key
"""
_INNOVATION_FUND: Final = """
    with ranked as (
        select *, row_number() over (
            partition by source_key
            order by signature_date desc nulls last, record_id desc) as place_in_time
        from innovation_fund
        where source_key not in (select source_key from innovation_fund where is_person)
    )
    select source_key, 'innovation-fund' as programme, any_value(pic) as pic, {name} as name,
           {short_name} as short_name,
           list_concat(list(distinct name) filter (name is not null),
                       list(distinct pic_name) filter (pic_name is not null)) as other_names,
           list(distinct short_name) filter (short_name is not null) as acronyms,
           first(c.code order by place_in_time) as country,
           first(city order by place_in_time) as city,
           first(nuts_code order by place_in_time) as nuts_code,
           max(signature_date)::timestamp as updated_at,
           first(record_id order by place_in_time) as record_id,
           count(*) as participations, sum(contribution_eur) as money_eur
    from ranked left join country_name c on c.said = ranked.country group by source_key
"""
_ROR: Final = """
    with named as (
        select ror_id, list(distinct name order by name) as names,
               list(distinct name order by name) filter (kind = 'acronym') as acronyms
        from ror_name group by ror_id
    )
    select 'ror:' || ror_id as source_key, 'ror' as programme, ror_id, ror.name,
           named.acronyms[1] as short_name, named.names as other_names, named.acronyms, website,
           coalesce(c.code, ror.country) as country, city, record_id
    from ror left join named using (ror_id)
    left join country_name c on c.said = ror.country
"""
_KVK: Final = """
    select 'kvk:' || kvk_number as source_key, 'kvk' as programme, kvk_number,
           first(name order by record_id) as name, list(distinct name) as other_names,
           $home as country, min(record_id) as record_id
    from sponsor where kvk_number is not null and name is not null and not is_person
    group by kvk_number
"""
_RECIPIENTS: Final = """
    select k.source_key, 'rijk' as programme, first(recipient order by record_id) as name,
           list(distinct recipient) as other_names, $home as country, min(record_id) as record_id,
           count(*) as participations, sum(amount_eur) as money_eur
    from subsidy join key_of_name k on k.said = recipient
    where recipient_kind = 'organisation' group by k.source_key
"""
# City and website are those of the project, not of who received the money.
_BENEFICIARIES: Final = """
    with told as (
        select *, row_number() over (order by is_current desc, updated_on desc nulls last, record_id)
               as place_in_time
        from structural_project where beneficiary is not null and not is_person
    )
    select k.source_key, 'structural' as programme,
           first(beneficiary order by place_in_time) as name,
           list(distinct beneficiary) as other_names, coalesce({country}, $home) as country,
           max(updated_on)::timestamp as updated_at,
           first(record_id order by place_in_time) as record_id,
           count(*) filter (is_current) as participations,
           sum(eu_contribution_eur) filter (is_current) as money_eur
    from told join key_of_name k on k.said = beneficiary group by k.source_key
"""


def gather(con: duckdb.DuckDBPyConnection) -> None:
    """Write `source_organisation` from the typed tables of all sources."""
    con.execute(f"create or replace temp table gathered({_COLUMNS})")
    _write_pairs(con, "country_name", "code", {**_CODES, **_COUNTRIES}.items())
    home = _home(con)
    _insert(con, _CORDIS)
    _insert(con, _FP7)
    _insert(con, _INNOVATION_FUND)
    _insert(con, _ROR)
    _insert(con, _KVK, home)
    _write_keys(con, "select distinct recipient from subsidy", key_recipient)
    _insert(con, _RECIPIENTS, home)
    _write_keys(con, "select distinct beneficiary from structural_project", key_beneficiary)
    _insert(con, _BENEFICIARIES, home)
    con.execute(
        """
        create or replace table source_organisation as
        select * replace (
            list_sort(list_distinct(list_filter(
                coalesce(other_names, []), lambda other: other is distinct from name)))
                as other_names,
            list_sort(list_distinct(coalesce(acronyms, []))) as acronyms,
            coalesce(participations, 0) as participations)
        from gathered order by source_key
        """
    )
    con.execute("drop table gathered; drop table country_name; drop table key_of_name")


def _insert(con: duckdb.DuckDBPyConnection, select: str, home: str | None = None) -> None:
    first = {
        name: f"first({name} order by place_in_time) filter ({name} is not null)"
        for name in ("name", "short_name", "vat_number", "website", "activity_type", "is_sme",
                     "nuts_code", "country")
    }  # fmt: skip
    con.execute(
        f"insert into gathered by name {select.format(**first)}",
        {"home": home} if home is not None else None,
    )


def _home(con: duckdb.DuckDBPyConnection) -> str:
    """Give the country of the lists that name none: the Netherlands, or the invented one."""
    invented = con.execute("select count(*) from source where source = 'invented'").fetchall()
    return "QN" if invented[0][0] else "NL"


def _write_keys(con: duckdb.DuckDBPyConnection, select: str, key_of: Callable[[str], str]) -> None:
    names = [name for (name,) in con.execute(select).fetchall() if name is not None]
    _write_pairs(con, "key_of_name", "source_key", ((name, key_of(name)) for name in names))


def _write_pairs(
    con: duckdb.DuckDBPyConnection, table: str, column: str, pairs: Iterable[tuple[str, str]]
) -> None:
    rows = sorted(pairs)
    arrived = pa.table(
        {
            "said": pa.array([row[0] for row in rows], pa.string()),
            column: pa.array([row[1] for row in rows], pa.string()),
        }
    )
    con.register("arrived", arrived)
    con.execute(f"create or replace temp table {table} as select * from arrived")
    con.unregister("arrived")
