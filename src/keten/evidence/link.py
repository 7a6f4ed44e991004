"""Link: who worked with whom in what, by year, role and amount.

`involvement` is the one table that figures are made from: a participation with all that a question
can select on. `collaboration` holds every pair of organisations that shared a project, in both
directions.
"""

import duckdb


def link(con: duckdb.DuckDBPyConnection) -> None:
    """Write `involvement` and `collaboration`.

    Reads `participation`, `project`, `same_as`, `organisation` and `location`. Every participation
    gives exactly one involvement, so that sums before and after resolution are equal.
    """
    con.execute(
        """
        create or replace table involvement as
        select p.record_id, p.project_id, a.organisation_id, p.source_key, p.programme,
               year(project.start_date)::smallint as year, project.start_date, p.role,
               p.contribution_eur, p.net_contribution_eur, p.country,
               coalesce(l.nuts3, l.nuts_deepest, p.country) as region, l.nuts3,
               o.kind, o.is_sme, p.place_id
        from participation p
        join project using (project_id)
        join same_as a using (source_key)
        join organisation o using (organisation_id)
        left join location l on l.place_id = p.place_id
        order by region, organisation_id, p.record_id
        """
    )
    con.execute(
        """
        create or replace table collaboration as
        with seat as (
            select project_id, organisation_id, any_value(year) as year,
                   bool_or(role = 'coordinator') as coordinates,
                   sum(contribution_eur) as contribution_eur
            from involvement group by project_id, organisation_id
        ),
        numbered as (
            select seat.*, dense_rank() over (order by organisation_id)::integer as number from seat
        ),
        pair as (
            select a.number as left_number, b.number as right_number,
                   count(*)::integer as projects, min(a.year) as first_year, max(a.year) as
                   last_year,
                   count(*) filter (a.coordinates)::integer as coordinated_by_organisation,
                   count(*) filter (b.coordinates)::integer as coordinated_by_partner,
                   sum(a.contribution_eur) as organisation_contribution_eur,
                   sum(b.contribution_eur) as partner_contribution_eur
            from numbered a join numbered b on a.project_id = b.project_id and a.number <> b.number
            group by 1, 2
        ),
        name as (select distinct number, organisation_id from numbered)
        select l.organisation_id, r.organisation_id as partner_id, pair.* exclude (left_number,
        right_number)
        from pair join name l on l.number = left_number join name r on r.number = right_number
        order by organisation_id, pair.projects desc, partner_id
        """
    )
