"""Resolve: decides which source organisations are one, and gives each a stable identity.

A *source organisation* is one organisation as one programme knows it (`he:<PIC>`, `h2020:<PIC>`).
Two rules of evidence stand in order: what a person ruled, then the shared PIC. Nothing ever links
across a "different" ruling, not even through a third record: a link that would is refused, and an
issue says so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from keten.model import Issue, Ruling, Severity, Text, programme_of_key


@dataclass(frozen=True, slots=True)
class Link:
    """A proposal that two source organisations are one, and what it rests on."""

    left: str
    right: str
    rule: str
    weight: float = 1.0
    ruling: int | None = None


@dataclass(frozen=True, slots=True)
class Cluster:
    """Source organisations that are one organisation, under one identifier."""

    organisation_id: str
    anchor_key: str
    members: tuple[str, ...]


def latest_rulings(rulings: Iterable[Ruling]) -> list[Ruling]:
    """Give the ruling that holds for each pair: the latest; newest first."""
    holds: dict[tuple[str, str], Ruling] = {}
    for ruling in sorted(rulings):
        holds[_pair(ruling.left, ruling.right)] = ruling
    return sorted(holds.values(), reverse=True)


def cluster(
    keys: Iterable[str], links: Sequence[Link], apart: Iterable[tuple[str, str]]
) -> tuple[list[list[str]], list[Link], list[Link]]:
    """Join keys along links, in the order given, unless two that were ruled apart would meet.

    Gives the groups (members sorted, groups by first member), the links that joined something or
    confirmed it, and the links refused.
    """
    parent = {key: key for key in keys}
    members = {key: [key] for key in parent}
    enemies: dict[str, set[str]] = {}
    for left, right in apart:
        if left in parent and right in parent:
            enemies.setdefault(left, set()).add(right)
            enemies.setdefault(right, set()).add(left)

    def root(key: str) -> str:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    used: list[Link] = []
    refused: list[Link] = []
    for link in links:
        left, right = root(link.left), root(link.right)
        if left != right and _would_meet(members[left], members[right], enemies):
            refused.append(link)
            continue
        used.append(link)
        if left != right:
            small, large = sorted((left, right), key=lambda key: (len(members[key]), key))
            parent[small] = large
            members[large] += members.pop(small)
    return sorted(sorted(group) for group in members.values()), used, refused


def identify(groups: Iterable[Sequence[str]]) -> list[Cluster]:
    """Give every group its identifier: `pic:` of its anchor, or source and key where it was split.

    A PIC that two groups hold belongs to the one with its Horizon Europe record. The anchor is the
    member with the lowest PIC that the group owns, so that it does not move when rows are added.
    """
    groups = sorted(tuple(group) for group in groups)
    claims: dict[str, list[int]] = {}
    for number, group in enumerate(groups):
        for pic in {_pic(key) for key in group}:
            claims.setdefault(pic, []).append(number)
    owner = {
        pic: min(numbers, key=lambda number: (f"he:{pic}" not in groups[number], groups[number]))
        for pic, numbers in claims.items()
    }
    clusters = []
    for number, group in enumerate(groups):
        owned = sorted(
            (key for key in group if owner[_pic(key)] == number),
            key=lambda key: (_number_order(_pic(key)), programme_of_key(key) != "he"),
        )
        if owned:
            clusters.append(Cluster(f"pic:{_pic(owned[0])}", owned[0], group))
        else:
            anchor = min(group)
            clusters.append(Cluster(anchor, anchor, group))
    return sorted(clusters, key=lambda c: c.organisation_id)


def resolve(con: duckdb.DuckDBPyConnection, rulings: Sequence[Ruling]) -> list[Issue]:
    """Write `source_organisation`, `same_as`, `organisation_alias` and `organisation`.

    Reads `participation` and `project`. Gives the issues that came up.
    """
    _write_source_organisations(con)
    rows = con.execute(
        "select source_key, pic from source_organisation order by source_key"
    ).fetchall()
    keys = [row[0] for row in rows]
    known = set(keys)
    by_pic: dict[str, list[str]] = {}
    for key, pic in rows:
        by_pic.setdefault(pic, []).append(key)

    issues: list[Issue] = []
    ruled: list[Link] = []
    apart: list[tuple[str, str]] = []
    for ruling in latest_rulings(rulings):
        missing = [key for key in (ruling.left, ruling.right) if key not in known]
        if missing:
            issues.append(_ruling_unmet(ruling, missing))
        elif ruling.verdict == "different":
            apart.append((ruling.left, ruling.right))
        else:
            ruled.append(Link(ruling.left, ruling.right, "ruling", 1.0, ruling.number))
    same_pic = [
        Link(group[0], other, "same-pic") for group in by_pic.values() for other in group[1:]
    ]
    groups, used, refused = cluster(keys, ruled + same_pic, apart)
    issues += [_refusal(link) for link in refused]
    clusters = identify(groups)
    _write_same_as(con, clusters, used)
    issues += _splits(clusters)
    _write_aliases(con, clusters)
    _write_organisations(con)
    return issues


def _pair(left: str, right: str) -> tuple[str, str]:
    return (left, right) if left <= right else (right, left)


def _pic(source_key: str) -> str:
    return source_key.split(":", 1)[1]


def _number_order(pic: str) -> tuple[int, str]:
    return (len(pic), pic)


def _would_meet(left: list[str], right: list[str], enemies: dict[str, set[str]]) -> bool:
    if not enemies:
        return False
    others = set(right)
    return any(not others.isdisjoint(enemies.get(key, ())) for key in left)


_DUTCH = {"same": "zelfde", "different": "verschillend"}


def _ruling_unmet(ruling: Ruling, missing: list[str]) -> Issue:
    return Issue(
        "ruling-without-record",
        Severity.NOTE,
        Text(
            f"Ruling {ruling.number} ('{ruling.verdict}') speaks of a record that no source holds "
            "now; it is kept and will hold again when the record returns.",
            f"Oordeel {ruling.number} ({_DUTCH.get(ruling.verdict, ruling.verdict)}) gaat over een "
            "bronrecord dat nu in geen bron staat; het blijft bewaard en geldt weer als het "
            "terugkomt.",
        ),
        value=", ".join(missing),
    )


def _refusal(link: Link) -> Issue:
    return Issue(
        "link-refused",
        Severity.NOTE,
        Text(
            f"A link by the rule '{link.rule}' was refused: it would join what a person ruled "
            "different.",
            f"Een verbinding volgens de regel '{link.rule}' is geweigerd: zij zou samenvoegen wat "
            "iemand als verschillend heeft beoordeeld.",
        ),
        value=f"{link.left} = {link.right}",
    )


def _splits(clusters: Sequence[Cluster]) -> list[Issue]:
    """Name the PICs that a ruling divided over more than one organisation."""
    holders: dict[str, set[str]] = {}
    for found in clusters:
        for key in found.members:
            holders.setdefault(_pic(key), set()).add(found.organisation_id)
    return [
        Issue(
            "organisation-split",
            Severity.NOTE,
            Text(
                f"PIC {pic} is divided over {len(ids)} organisations by a ruling; every judgement "
                "stays with the record it was made on.",
                f"PIC {pic} is door een oordeel verdeeld over {len(ids)} organisaties; elk oordeel "
                "blijft bij het bronrecord waarover het gaat.",
            ),
            value=", ".join(sorted(ids)),
        )
        for pic, ids in sorted(holders.items())
        if len(ids) > 1
    ]


def _write_source_organisations(con: duckdb.DuckDBPyConnection) -> None:
    # The newest row of an organisation in a programme speaks for it: the register overwrites, so
    # later rows carry the later name and address. Values missing there are taken from older rows.
    con.execute(
        """
        create or replace table source_organisation as
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
               first(name order by place_in_time) filter (name is not null) as name,
               first(short_name order by place_in_time) filter (short_name is not null) as
               short_name,
               first(vat_number order by place_in_time) filter (vat_number is not null) as
               vat_number,
               first(website order by place_in_time) filter (website is not null) as website,
               first(activity_type order by place_in_time) filter (activity_type is not null)
                   as activity_type,
               first(is_sme order by place_in_time) filter (is_sme is not null) as is_sme,
               first(updated_at order by place_in_time)
                   filter (is_sme is not null and updated_at is not null) as is_sme_as_of,
               first(country order by place_in_time) as country,
               first(place_id order by place_in_time) as place_id,
               max(updated_at) as updated_at,
               any_value(newest_record_id) as record_id,
               count(*) as participations
        from ranked group by source_key order by source_key
        """
    )


def _write_same_as(
    con: duckdb.DuckDBPyConnection, clusters: Sequence[Cluster], used: Sequence[Link]
) -> None:
    by_key: dict[str, Link] = {}
    for link in used:
        # A ruling comes first in `used`, so that it is the reason shown where rule and ruling
        # agree.
        by_key.setdefault(link.left, link)
        by_key.setdefault(link.right, link)
    rows = [(key, found, by_key.get(key)) for found in clusters for key in found.members]
    rows.sort(key=lambda row: row[0])
    table = pa.table(
        {
            "source_key": pa.array([key for key, _, _ in rows], pa.string()),
            "organisation_id": pa.array([c.organisation_id for _, c, _ in rows], pa.string()),
            "is_anchor": pa.array([key == c.anchor_key for key, c, _ in rows], pa.bool_()),
            "rule": pa.array([link.rule if link else "alone" for _, _, link in rows], pa.string()),
            "weight": pa.array(
                [link.weight if link else None for _, _, link in rows], pa.float64()
            ),
            "ruling": pa.array([link.ruling if link else None for _, _, link in rows], pa.int64()),
        }
    )
    _write(con, "same_as", table)


def _write_aliases(con: duckdb.DuckDBPyConnection, clusters: Sequence[Cluster]) -> None:
    alias: dict[str, str] = {found.organisation_id: found.organisation_id for found in clusters}
    for found in clusters:
        for key in found.members:
            alias[key] = found.organisation_id
            alias.setdefault(f"pic:{_pic(key)}", found.organisation_id)
    names = sorted(alias)
    _write(
        con,
        "organisation_alias",
        pa.table({"alias": names, "organisation_id": [alias[name] for name in names]}),
    )


def _write(con: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> None:
    con.register("arrived", table)
    con.execute(f"create or replace table {name} as select * from arrived")
    con.unregister("arrived")


def _write_organisations(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        """
        create or replace table organisation as
        with ranked as (
            select s.*, a.organisation_id, a.is_anchor,
                   row_number() over (
                       partition by a.organisation_id
                       order by s.programme = 'he' desc, s.updated_at desc nulls last,
                                a.is_anchor desc, s.source_key) as place_in_time
            from source_organisation s join same_as a using (source_key)
        )
        select organisation_id,
               first(name order by place_in_time) filter (name is not null) as name,
               first(short_name order by place_in_time) filter (short_name is not null) as
               short_name,
               first(vat_number order by place_in_time) filter (vat_number is not null) as
               vat_number,
               first(website order by place_in_time) filter (website is not null) as website,
               first(activity_type order by place_in_time) filter (activity_type is not null)
                   as activity_type,
               case first(activity_type order by place_in_time) filter (activity_type is not null)
                   when 'PRC' then 'company' when 'HES' then 'knowledge' when 'REC' then 'knowledge'
                   when 'PUB' then 'government' when 'OTH' then 'other' end as kind,
               first(is_sme order by place_in_time) filter (is_sme is not null) as is_sme,
               first(is_sme_as_of order by place_in_time)
                   filter (is_sme is not null) as is_sme_as_of,
               first(country order by place_in_time) as country,
               first(place_id order by place_in_time) as place_id,
               first(record_id order by place_in_time) as record_id,
               first(source_key order by is_anchor desc, place_in_time) as anchor_key,
               count(*) as source_organisations
        from ranked group by organisation_id order by organisation_id
        """
    )
