"""Set systems to draw: ten drawn at random from a seed, and three from the evidence at hand."""

from __future__ import annotations

import random
from pathlib import Path

import duckdb

from keten.evidence import latest
from keten.metro import Element, SetSystem, read_sets

# Sets, elements, seed.
SHAPES = (
    (5, 30, 1), (5, 100, 2), (5, 300, 3), (10, 30, 4), (10, 100, 5), (10, 300, 6), (20, 30, 7),
    (20, 100, 8), (20, 300, 9), (10, 60, 10),
)  # fmt: skip
MEMBERSHIPS, OFTEN = (1, 2, 3), (0.55, 0.30, 0.15)  # in how many sets an element is, how often


def make_system(sets: int, elements: int, seed: int) -> SetSystem:
    """Each element in one set, or in two or three; nothing else binds the sets to each other."""
    rolls = random.Random(seed)
    names = [f"Set {i + 1}" for i in range(sets)]
    table: dict[str, list[str]] = {name: [] for name in names}
    for i in range(elements):
        count = rolls.choices(MEMBERSHIPS, OFTEN)[0]
        for name in rolls.sample(names, count):
            table[name].append(f"e{i}")
    return read_sets(table, [Element(f"e{i}", _name(rolls)) for i in range(elements)])


def _name(rolls: random.Random) -> str:
    heads = ("Agri", "Bio", "Delta", "Eco", "Fysio", "Groen", "Hydro", "Inno", "Melk", "Noord")
    tails = ("lab", "tech", "werk", "campus", "vision", "food", "data", "nova")
    ends = ("", " Wageningen", " Research", " Holding", " Institute", " Zwolle")
    return rolls.choice(heads) + rolls.choice(tails) + rolls.choice(ends)


LEADERS = """
with counted as (
    select code, i.organisation_id as party, count(distinct i.project_id) as projects
    from field_branch join involvement i using (project_id)
    where level = 2 and i.country = 'NL' group by all
), large as (
    select code from counted group by code order by sum(projects) desc, code limit 10
)
select any_value(f.title), party, any_value(o.name)
from counted join large using (code) join field f on f.code = counted.code and f.level = 2
join organisation o on o.organisation_id = party
group by counted.code, party, projects
qualify row_number() over (partition by counted.code order by projects desc, party) <= 12
order by counted.code, projects desc, party
"""
CONSORTIA = """
with big as (
    select project_id, any_value(p.acronym) as acronym
    from involvement i join chain_project using (project_id) join project p using (project_id)
    group by project_id order by count(distinct i.organisation_id) desc, project_id limit 12
)
select acronym, i.organisation_id, any_value(o.name)
from big join involvement i using (project_id) join organisation o using (organisation_id)
group by acronym, i.organisation_id
qualify count(*) over (partition by i.organisation_id) > 1
order by acronym, i.organisation_id
"""
FIELDS = """
with counted as (
    select code, i.region[1:4] as land, count(distinct i.project_id) as projects
    from field_branch join involvement i using (project_id)
    where level = 2 and i.country in ('NL', 'BE') and len(i.region) >= 4 group by all
), led as (
    select * from counted
    qualify row_number() over (partition by land order by projects desc, code) <= 5
)
select any_value(f.title) as field, land, any_value(coalesce(r.name_latin, r.name))
from led join field f on f.code = led.code and f.level = 2
left join region r on r.code = land
group by led.code, land order by led.code, land
"""
QUESTIONS = {
    "fields, who leads": LEADERS,
    "projects, parties": CONSORTIA,
    "fields, regions": FIELDS,
}


def from_evidence(home: Path) -> dict[str, SetSystem]:
    """Fields and who leads them, projects and who recurs in them, fields and the regions they lead."""
    con = latest(home).cursor()
    return {name: _ask(con, question) for name, question in QUESTIONS.items()}


def _ask(con: duckdb.DuckDBPyConnection, question: str) -> SetSystem:
    table: dict[str, list[str]] = {}
    labels: dict[str, str] = {}
    for name, member, label in con.execute(question).fetchall():
        table.setdefault(str(name), []).append(str(member))
        labels[str(member)] = str(label or member).title()[:40]
    return read_sets({name: sorted(members) for name, members in table.items()}, labels)
