"""The measure behind the queue: on which cases the word of an editor matters most.

A case matters by how uncertain it is, times the money of its project. Technologies, value chains and
missions take turns, so that none fills the queue. Of a chain only projects with parties in its own regions
are asked: its pages count those.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import duckdb

QUESTIONS: Final = 60  # of each technology, chain and mission


def write_questions(con: duckdb.DuckDBPyConnection) -> None:
    """Write `question`.

    Reads `involvement`, `project`, `chain`, `chain_project`, `mission_project`, `project_technology`.
    """
    con.execute(
        f"""
        create or replace table question as
        with near as (
            select distinct c.chain, i.project_id
            from (select chain, unnest(string_split(regions, '+')) as region from chain) c
            join involvement i on starts_with(i.region, c.region)
        ),
        asked as (
            select 'technology' as one, technology as subject, project_id, probability
            from project_technology where basis = 'text' and ruling is null
            union all
            select 'chain', chain, project_id, probability
            from chain_project semi join near using (chain, project_id)
            where basis = 'text' and ruling is null
            union all
            select 'mission', mission, project_id, probability
            from mission_project where basis = 'text' and ruling is null
        ),
        weighed as (
            select a.*, p.ec_max_contribution_eur as money_eur,
                   4 * a.probability * (1 - a.probability)
                     * coalesce(p.ec_max_contribution_eur, 0)::double as worth
            from asked a join project p using (project_id)
        ),
        ranked as (
            select *, row_number() over (
                partition by one, subject order by worth desc, project_id
            ) as turn
            from weighed where worth > 0
        )
        select (row_number() over (order by turn, worth desc, one, subject))::integer as position,
               project_id, one, subject, probability, money_eur
        from ranked where turn <= {QUESTIONS} order by position
        """
    )
