"""What organisations are about: what their projects, their own lists and editors say, each part visible.

A project of an organisation counts by its chance, by how recent it is (`HALF_LIFE_YEARS`) and by what the
organisation itself received in it. Shares are of its own work, so that the day they are counted from falls
out. What is made here leans on who takes part: specialisation, relatedness and cross-overs never read it.
"""

from collections.abc import Sequence
from typing import Final

import duckdb

from keten.model import About, Member, Taxonomy

TABLES: Final = ("organisation_technology",)
HALF_LIFE_YEARS: Final = 5  # a project that began so long before another counts half
LISTED: Final = (
    0.5  # who stands on a list under a technology counts as if half of its work were of it
)
LEAST: Final = 0.02  # a smaller share of the work, without a label or a list, is not kept


def write_organisations(
    con: duckdb.DuckDBPyConnection,
    taxonomy: Taxonomy | None,
    abouts: Sequence[About] = (),
    members: Sequence[Member] = (),
) -> None:
    """Write `organisation_technology`; `members` are those of lists, by key of a source.

    Reads `involvement`, `organisation_alias`, `project_judged` and `project_technology`.
    """
    con.execute(
        """
        create or replace temp table said(number bigint, alias varchar, technology varchar,
            label varchar);
        create or replace temp table listed(number bigint, alias varchar, technology varchar);
        """
    )
    entries = {each.entry for each in taxonomy.entries} if taxonomy else set()
    scheme = taxonomy.scheme if taxonomy else ""
    said = [
        (about.number, about.project_id, about.entry, about.label)
        for about in sorted(abouts)
        if about.scheme == scheme and about.entry in entries
    ]
    listed = [
        (member.number, member.subject, member.entry)
        for member in sorted(members)
        if member.scheme == scheme and member.entry in entries
    ]
    if said:
        con.executemany("insert into said values (?, ?, ?, ?)", said)
    if listed:
        con.executemany("insert into listed values (?, ?, ?)", listed)
    con.execute(_WRITE, {"half_life": HALF_LIFE_YEARS, "listed": LISTED, "least": LEAST})
    con.execute("drop table said; drop table listed")


def read_work(
    con: duckdb.DuckDBPyConnection, organisation_id: str, technology: str
) -> tuple[float | None, list[tuple[str, float, float]]]:
    """Give the share of an organisation's work that is of a technology, counted anew, and of what.

    Each project with how much of the work it stands for, and the chance that it is about it.
    """
    values = {
        "half_life": HALF_LIFE_YEARS, "organisation": organisation_id, "technology": technology,
    }  # fmt: skip
    sql = f"""
        with {_WORKED.format(where="and i.organisation_id = $organisation")}
        select w.project_id, w.work,
               coalesce(case when t.relation <> 'none' then t.probability end, 0)
        from worked w
        left join project_technology t on t.project_id = w.project_id and t.technology = $technology
        order by w.work desc, w.project_id
    """
    rows = con.execute(sql, values).fetchall()
    whole = sum(work for _, work, _ in rows)
    share = sum(work * chance for _, work, chance in rows) / whole if whole else None
    return share, [(project, work / whole, chance) for project, work, chance in rows]


# Each project of each organisation, with how much of its work it stands for. An amount that is not known,
# or nought, stands as what it commonly receives; without any, its projects are alike. Of a project without
# a date nobody knows how recent it is: it stands in the middle. The first day of 2020 falls out of shares.
_WORKED: Final = """
    mine as (
        select i.organisation_id, i.project_id, sum(i.contribution_eur) as contribution_eur,
               any_value(i.start_date order by i.record_id) as start_date,
               any_value(i.year order by i.record_id) as year
        from involvement i join project_judged j using (project_id)
        where j.basis <> 'unknown' {where}
        group by i.organisation_id, i.project_id
    ),
    worked as (
        select mine.*,
               power(2, date_diff('day', date '2020-01-01', coalesce(start_date, date '2020-01-01'))
                   / (365.25 * $half_life))
               * coalesce(
                   case when contribution_eur > 0 then contribution_eur::double end,
                   median(case when contribution_eur > 0 then contribution_eur::double end)
                       over (partition by organisation_id),
                   1) as work
        from mine
    )
"""
_WRITE: Final = (
    "create or replace table organisation_technology as with "
    + _WORKED.format(where="")
    + """,
    whole as (
        select organisation_id, sum(work) as work, count(*) as projects_of,
               sum(contribution_eur)::decimal(18,2) as contribution_of_eur
        from worked group by organisation_id
    ),
    done as (
        select w.organisation_id, t.technology,
               sum(w.work * case when t.relation = 'none' then 0 else t.probability end) as work,
               sum(case when t.relation = 'none' then 0 else t.probability end) as expected,
               count(*) filter (t.relation in ('develops', 'applies')) as projects,
               count(*) filter (t.relation = 'develops') as develops,
               count(*) filter (t.relation in ('develops', 'applies') and t.basis = 'topic')
                   as by_topic,
               (sum(w.contribution_eur) filter (t.relation in ('develops', 'applies')))
                   ::decimal(18,2) as contribution_eur,
               max(w.year) filter (t.relation in ('develops', 'applies')) as last_year
        from worked w join project_technology t using (project_id)
        group by w.organisation_id, t.technology
    ),
    shares as (
        select done.*, done.work / whole.work as share_projects
        from done join whole using (organisation_id)
        where done.projects > 0 or done.work / whole.work >= $least
    ),
    spoken as (
        select a.organisation_id, s.technology, arg_max(s.label, s.number) as said,
               max(s.number) as ruling
        from said s join organisation_alias a using (alias)
        group by a.organisation_id, s.technology
    ),
    on_lists as (
        select a.organisation_id, l.technology, count(*) as listed, max(l.number) as listing
        from listed l join organisation_alias a using (alias)
        group by a.organisation_id, l.technology
    )
    select organisation_id, technology,
           case when said = 'none' then 0
                when said is not null then 1
                else greatest(coalesce(share_projects, 0), if(listed > 0, $listed, 0)) end::double
               as weight,
           case when said is not null then 'editor'
                when listed > 0 and coalesce(share_projects, 0) < $listed then 'list'
                else 'projects' end as basis,
           share_projects, coalesce(projects, 0) as projects, coalesce(develops, 0) as develops,
           coalesce(by_topic, 0) as by_topic, coalesce(expected, 0)::double as expected,
           coalesce(whole.projects_of, 0) as projects_of,
           shares.contribution_eur, whole.contribution_of_eur, last_year,
           coalesce(listed, 0) as listed, listing, said, ruling
    from shares
    full join spoken using (organisation_id, technology)
    full join on_lists using (organisation_id, technology)
    left join whole using (organisation_id)
    order by organisation_id, weight desc, technology
"""
)
