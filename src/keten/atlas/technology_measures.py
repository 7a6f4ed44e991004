"""Measures of technologies, written when evidence is built: regions held against Europe, years, questions.

technology_region  how many projects of Horizon Europe in each NUTS 2 region are about a technology, of how
                   many, and the specialisation that follows
technology_year    how many projects that began in a year are about it, of how many that have a text
text_year          how many words these texts hold, and how many of them no text that was tuned on holds
..._before         the same two of the evidence that was in force when this one was built, with the mapping
                   and the model it was told by
question           the cases where the word of an editor matters most
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa

from keten.atlas.questions import write_questions
from keten.evidence.earlier import take_over
from keten.evidence.technology_quality import read_quality
from keten.methods.specialisation import estimate_quotient, fit_shape

if TYPE_CHECKING:
    import duckdb

TABLES: Final = (
    "technology_region", "technology_year", "text_year", "technology_year_before",
    "text_year_before", "question",
)  # fmt: skip
PROGRAMME: Final = "he"  # the only programme of which every project has a text
LEVEL: Final = 0.95
_LABELLED: Final = "t.relation in ('develops', 'applies')"
_YEARS: Final = "technology varchar, programme varchar, year smallint, projects integer, of integer"
_TEXTS: Final = "programme varchar, year smallint, texts integer, words bigint, unseen bigint"


def write_technology_measures(con: duckdb.DuckDBPyConnection, before: Path | None = None) -> None:
    """Write the tables of `TABLES`; `before` is the file of the evidence in force, if there is one.

    Reads `involvement`, `region`, `project`, `technology` and `project_technology`; for `question`
    `chain`, `chain_project` and `mission_project` too.
    """
    _write_regions(con)
    _write_years(con)
    _write_texts(con)
    _carry(con, before)
    write_questions(con)


def _write_regions(con: duckdb.DuckDBPyConnection) -> None:
    # A project counts once in each region, as everywhere where regions are held against each other.
    con.execute(
        f"""
        create or replace temp table present as
        select distinct i.project_id, substr(i.region, 1, 4) as region from involvement i
        where i.programme = '{PROGRAMME}'
          and substr(i.region, 1, 4) in (select code from region where level = 2)
        """
    )
    sizes = dict(
        con.execute("select region, count(*) from present group by 1 order by 1").fetchall()
    )
    counted: dict[str, dict[str, int]] = {
        name: {}
        for (name,) in con.execute("select technology from technology order by 1").fetchall()
    }
    for name, region, projects in con.execute(
        f"select t.technology, p.region, count(*) from present p join project_technology t "
        f"using (project_id) where {_LABELLED} group by 1, 2 order by 1, 2"
    ).fetchall():
        counted[name][region] = projects
    con.execute("drop table present")
    size = np.array(list(sizes.values()), np.float64)
    rows: list[tuple[str, str, int, int, float, float, float, float, float]] = []
    for name, here in counted.items():
        observed = np.array([here.get(region, 0) for region in sizes], np.float64)
        if not observed.sum():
            continue
        expected = size * observed.sum() / size.sum()
        shape = round(fit_shape(observed, expected), 6)
        found = estimate_quotient(observed, expected, shape, LEVEL)
        rows += [
            (name, region, here.get(region, 0), sizes[region], round(float(expected[place]), 3),
             shape, round(float(found.mean[place]), 2), round(float(found.low[place]), 2),
             round(float(found.high[place]), 2))
            for place, region in enumerate(sizes)
        ]  # fmt: skip
    names = ("technology", "region", "projects", "size", "expected", "shape", "mean", "low", "high")
    types = (pa.string(), pa.string(), pa.int32(), pa.int32(), *([pa.float64()] * 5))
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    arrived = pa.table(
        {
            name: pa.array(column, kind)
            for name, column, kind in zip(names, columns, types, strict=True)
        }
    )
    con.register("arrived", arrived)
    con.execute(
        "create or replace table technology_region as select * from arrived "
        "order by technology, region"
    )
    con.unregister("arrived")


def _write_years(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(f"create or replace table technology_year({_YEARS})")
    con.execute(
        f"""
        insert into technology_year
        with told as (
            select distinct i.project_id, i.programme, i.year from involvement i
            where i.programme = '{PROGRAMME}' and i.year is not null
        ),
        sizes as (select programme, year, count(*) as n from told group by all)
        select g.technology, s.programme, s.year,
               (select count(*) from told d join project_technology t using (project_id)
                where d.programme = s.programme and d.year = s.year
                  and t.technology = g.technology and {_LABELLED}), s.n
        from technology g, sizes s order by all
        """
    )


def _write_texts(con: duckdb.DuckDBPyConnection) -> None:
    """Count the words of texts by year, and those that no text that was tuned on holds."""
    con.execute(f"create or replace table text_year({_TEXTS})")
    quality = read_quality()
    con.execute(
        r"""
        create or replace temp table spoken as
        select project_id, programme, year(start_date)::smallint as year,
               regexp_extract_all(lower(concat_ws(' ', title, objective)), '\p{L}{4,}') as words
        from project where objective is not null and start_date is not null
        """
    )
    con.execute(
        """
        insert into text_year
        with tuned as (
            select distinct unnest(words) as word from spoken
            where project_id in (select unnest($tuned))
        ),
        counted as (
            select programme, year, word, count(*) as n
            from (select programme, year, unnest(words) as word from spoken
                  where project_id not in (select unnest($tuned)))
            group by all
        ),
        texts as (select programme, year, count(*) as texts from spoken group by all)
        select programme, year, any_value(texts), sum(n)::bigint,
               case when (select count(*) from tuned) = 0 then null
                    else (sum(n) filter (where word not in (select word from tuned)))::bigint end
        from counted join texts using (programme, year) group by programme, year
        order by programme, year
        """,
        {"tuned": list(quality.tuned_on) if quality else []},
    )
    con.execute("drop table spoken")


def _carry(con: duckdb.DuckDBPyConnection, before: Path | None) -> None:
    """Keep what the evidence before said, so that a page can show what changed."""
    con.execute(
        f"create or replace table technology_year_before({_YEARS}, fingerprint varchar, "
        "model varchar)"
    )
    con.execute(f"create or replace table text_year_before({_TEXTS})")
    take_over(
        con,
        before,
        ("technology_year", "text_year", "technology"),
        "insert into technology_year_before select y.*, t.fingerprint, t.model "
        "from earlier.technology_year y join earlier.technology t using (technology) order by all; "
        "insert into text_year_before select * from earlier.text_year order by all",
    )
