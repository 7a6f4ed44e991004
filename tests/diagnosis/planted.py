"""Evidence with a known truth: regions, fields and projects drawn by a generator, gaps planted at will."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import duckdb
import numpy as np
import pyarrow as pa

from keten.diagnosis.background import write_background
from keten.diagnosis.measures import write_measures
from keten.model import Chain, Text

REGIONS = tuple(
    f"{country}{number}" for country in ("AA", "BB", "CC") for number in (11, 12, 13, 14)
)
FIELDS = tuple(f"/{root}/{root}{branch}/{number}" for root in (1, 2) for branch in (1, 2, 3)
               for number in (1, 2, 3, 4))  # fmt: skip


@dataclass
class Made:
    """One project: the fields that it carries, who takes part (organisation and region)."""

    name: str
    fields: tuple[str, ...]
    seats: tuple[tuple[str, str], ...]
    programme: str = "he"


@dataclass
class Plan:
    """What is drawn: how many projects a region has, and how one pair of fields meets there."""

    seed: int = 1
    projects: int = 260
    share: float = 0.12
    pair: tuple[str, str] = (FIELDS[0], FIELDS[12])
    attraction: float = 4.0  # the odds ratio of the two
    gaps: tuple[str, ...] = ()  # regions in which they never meet
    strong: tuple[str, ...] = field(default_factory=tuple)  # regions with far more of both


def draw(plan: Plan) -> list[Made]:
    """Draw the projects of a plan; each has one participant, so that regions are independent."""
    draw = np.random.default_rng(plan.seed)
    one, other = plan.pair
    found = []
    for region in REGIONS:
        times = 3.0 if region in plan.strong else 1.0
        share = {code: plan.share * (times if code in plan.pair else 1) for code in FIELDS}
        chances = draw.random((plan.projects, len(FIELDS)))
        for number, chance in enumerate(chances):
            carried = {c for c, drawn in zip(FIELDS, chance, strict=True) if drawn < share[c]}
            if region in plan.gaps and {one, other} <= carried:
                carried.discard(plan.pair[number % 2])
            elif region not in plan.gaps and one in carried:
                # The same odds ratio everywhere.
                odds = share[other] / (1 - share[other]) * plan.attraction
                met = draw.random() < odds / (1 + odds)
                carried = carried | {other} if met else carried - {other}
            seat = (f"pic:{region}{number % 9}", region)
            found.append(Made(f"he-{region}{number}", tuple(sorted(carried)), (seat,)))
    return found


def make(
    projects: Sequence[Made],
    chain: Chain | None = None,
    in_chain: Sequence[str] = (),
    regions: Sequence[str] = REGIONS,
) -> duckdb.DuckDBPyConnection:
    """Give an evidence of these projects, with the measures of the room; organisations bear names."""
    con = duckdb.connect(config={"threads": 1})
    seats = [(p, *seat) for p in projects for seat in p.seats]
    _put(con, "involvement", {
        "record_id": list(range(1, len(seats) + 1)),
        "project_id": [p.name for p, _, _ in seats],
        "organisation_id": [organisation for _, organisation, _ in seats],
        "programme": [p.programme for p, _, _ in seats],
        "year": [2022] * len(seats),
        "region": [f"{region}1" if len(region) == 4 else region for _, _, region in seats],
        "has_field": [bool(p.fields) for p, _, _ in seats],
    })  # fmt: skip
    carried = [(p.name, code) for p in projects for code in p.fields]
    first = len(seats) + 1
    _put(con, "project_field", {
        "record_id": list(range(first, first + len(carried))),
        "project_id": [name for name, _ in carried],
        "code": [code for _, code in carried],
    })  # fmt: skip
    branches = sorted({
        (name, depth, "/".join(code.split("/")[: depth + 1]))
        for name, code in carried for depth in range(1, code.count("/") + 1)
    })  # fmt: skip
    _put(con, "field_branch", {
        "project_id": [b[0] for b in branches], "level": [b[1] for b in branches],
        "code": [b[2] for b in branches],
    })  # fmt: skip
    codes = sorted({b[2] for b in branches})
    _put(con, "field", {
        "code": codes, "title": [f"field {c}" for c in codes], "path": codes,
    })  # fmt: skip
    names = sorted({organisation for _, organisation, _ in seats})
    _put(con, "organisation", {"organisation_id": names, "name": [f"Made {n}" for n in names]})
    con.execute(
        "create table organisation_card as select organisation_id, name, null::varchar as short_name,"
        " 'company' as kind, 'AA' as country, null::varchar as city from organisation"
    )
    _put(con, "region", {
        "code": list(regions), "level": [2] * len(regions), "name": [f"Land {r}" for r in regions],
    })  # fmt: skip
    slug = chain.chain if chain else ""
    _put(con, "chain_project", {"chain": [slug] * len(in_chain), "project_id": list(in_chain)})
    con.execute("create table chain_match(chain varchar, project_id varchar, record_id bigint)")
    con.execute("create table caveat(release varchar, caveat varchar)")
    con.execute("create table project(project_id varchar, programme varchar, record_id bigint)")
    write_measures(con, [chain] if chain else [])
    write_background(con)
    return con


def make_chain(
    regions: Sequence[str], fields: Sequence[str] = (), near: Sequence[str] = ()
) -> Chain:
    """Give a chain in some regions with some fields."""
    return Chain(
        chain="made",
        label=Text("Made", "Gemaakt"),
        description=Text("", ""),
        regions=tuple(regions),
        regions_label=Text("Here", "Hier"),
        stages=(),
        words=("word",),
        fields=tuple(fields),
        near_fields=tuple(near),
    )


def _put(con: duckdb.DuckDBPyConnection, name: str, columns: dict[str, list[object]]) -> None:
    kinds = {
        "record_id": pa.int64(),
        "level": pa.int8(),
        "year": pa.int16(),
        "has_field": pa.bool_(),
    }
    table = pa.table(
        {key: pa.array(values, kinds.get(key, pa.string())) for key, values in columns.items()}
    )
    con.register("arrived", table)
    con.execute(f"create table {name} as select * from arrived")
    con.unregister("arrived")
