"""Usable: what organisations of a list can be used for, asked of the evidence in one go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from keten.lists.views import Usable

if TYPE_CHECKING:
    import duckdb

_ASK: Final = """
    with asked as (select unnest($keys) as alias),
    who as (
        select alias, organisation_id from asked join organisation_alias using (alias)
        union
        select alias, organisation_id from asked join same_as on source_key = alias
    ),
    project_of as (
        select distinct organisation_id, max(has_field) as has_field
        from involvement where organisation_id in (select organisation_id from who) group by 1
    )
    select alias, organisation_id, coalesce(o.name, ''), c.latitude is not null,
        coalesce(c.partners, 0) > 0, coalesce(p.has_field, false)
    from who join organisation o using (organisation_id)
    left join organisation_card c using (organisation_id)
    left join project_of p using (organisation_id)
    order by alias, organisation_id
"""


def find_usable(
    con: duckdb.DuckDBPyConnection, source_keys: Iterable[str]
) -> Mapping[str, tuple[str, str, Usable]]:
    """Give for source keys the organisation of today, its name, and what it can be used for.

    On the map: the evidence knows where it is. In networks: it worked with somebody. In
    specialisation: a project of it has a field of science.
    """
    keys = sorted({key for key in source_keys if key})
    if not keys:
        return {}
    rows = con.execute(_ASK, {"keys": keys}).fetchall()
    return {
        alias: (organisation_id, name, Usable(on_map, in_network, in_specialisation))
        for alias, organisation_id, name, on_map, in_network, in_specialisation in rows
    }
