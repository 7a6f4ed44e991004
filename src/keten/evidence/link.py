"""Link: who worked with whom in what, by year, role and amount.

`involvement` is the one table that figures are made from: a participation with all that a question
can select on. `collaboration` holds every pair of organisations that shared a project, in both
directions.
"""

import duckdb


def link(con: duckdb.DuckDBPyConnection) -> None:
    """Write `involvement` and `collaboration`.

    Reads `participation`, `project`, `project_field`, `same_as`, `organisation` and `location`. Every
    participation gives exactly one involvement, so that sums before and after resolution are equal.
    """
    con.execute(
        """
        create or replace table involvement as
        select p.record_id, p.project_id, a.organisation_id, p.source_key, p.programme,
               year(project.start_date)::smallint as year, project.start_date, p.role,
               p.contribution_eur, p.net_contribution_eur, p.country,
               coalesce(l.nuts3, l.nuts_deepest, p.country) as region, l.nuts3,
               o.kind, o.is_sme, p.place_id, f.project_id is not null as has_field
        from participation p
        join project using (project_id)
        join same_as a using (source_key)
        join organisation o using (organisation_id)
        left join location l on l.place_id = p.place_id
        left join (select distinct project_id from project_field) f on f.project_id = p.project_id
        order by region, organisation_id, p.record_id
        """
    )
    # Organisations lie in the order of their identifiers, so their places stand for these in what is
    # grouped and sorted; each pair is counted once, and then turned round.
    con.execute(
        """
        create or replace table collaboration as
        with seat as (
            select i.project_id, o.rowid::integer as number, any_value(i.year) as year,
                   any_value(i.programme) as programme,
                   bool_or(i.role = 'coordinator') as coordinates,
                   sum(i.contribution_eur)::decimal(18,2) as contribution_eur
            from involvement i join organisation o using (organisation_id)
            group by i.project_id, o.rowid
        ),
        pair as (
            select a.number as one, b.number as other, count(*)::integer as projects,
                   min(a.year) as first_year, max(a.year) as last_year,
                   bool_or(a.programme = 'he') as in_he,
                   bool_or(a.programme = 'h2020') as in_h2020,
                   count(*) filter (a.coordinates)::integer as coordinated_by_one,
                   count(*) filter (b.coordinates)::integer as coordinated_by_other,
                   sum(a.contribution_eur)::decimal(18,2) as one_contribution_eur,
                   sum(b.contribution_eur)::decimal(18,2) as other_contribution_eur
            from seat a join seat b on a.project_id = b.project_id and a.number < b.number
            group by a.number, b.number
        ),
        both_ways as (
            select * from pair
            union all
            select other, one, projects, first_year, last_year, in_he, in_h2020,
                   coordinated_by_other, coordinated_by_one, other_contribution_eur,
                   one_contribution_eur
            from pair
        )
        select o.organisation_id, q.organisation_id as partner_id, w.projects, w.first_year,
               w.last_year, w.in_he, w.in_h2020,
               w.coordinated_by_one as coordinated_by_organisation,
               w.coordinated_by_other as coordinated_by_partner,
               w.one_contribution_eur as organisation_contribution_eur,
               w.other_contribution_eur as partner_contribution_eur
        from both_ways w
        join organisation o on o.rowid = w.one
        join organisation q on q.rowid = w.other
        order by w.one, w.projects desc, w.other
        """
    )
