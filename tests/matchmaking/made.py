"""A small network made by hand, through the stages of a build, so that its scores can be checked by eye.

Alpha has worked with Zeta, Wau and Delta. Zeta and Wau have worked with Beta, Wau with Gamma as well.
Nobody has worked with Lone, and Far stands apart with four partners of its own. A project of the chain
carries the field of chemistry.
"""

from __future__ import annotations

import duckdb

from keten.evidence import classify
from keten.model import Chain, ChainStage, Text
from tests.atlas.made import CHEMISTRY, PHYSICS, Project, Seat, make_atlas

ALPHA, BETA, GAMMA, DELTA, ZETA, WAU, LONE, FAR = (
    f"pic:{number}" for number in (100, 200, 300, 400, 500, 600, 700, 800)
)
NAMES = {
    "100": "Alpha", "200": "Beta", "300": "Gamma", "400": "Delta", "500": "Zeta", "600": "Wau",
    "700": "Lone", "800": "Far",
}  # fmt: skip
_PLACE = {
    "200": ("DE", "DE941", "HES"),
    "300": ("NL", "NL112", "PRC"),
    "500": ("NL", "NL121", "PRC"),
}

TOGETHER = {
    "he-1": (2021, ("100", "500"), (CHEMISTRY,)),
    "he-2": (2022, ("500", "200"), (CHEMISTRY,)),
    "he-3": (2022, ("100", "600"), (PHYSICS,)),
    "he-4": (2022, ("600", "200", "300"), (CHEMISTRY, PHYSICS)),
    "h2020-5": (2019, ("100", "400"), ()),
    "he-6": (2022, ("700",), (CHEMISTRY,)),
    "h2020-7": (2015, ("600", "100"), ()),
    **{f"he-{8 + n}": (2021, ("800", str(810 + n)), ()) for n in range(4)},
}
LATER = {
    # In the half year between, and again after it: neither right nor wrong.
    "he-20": (2023, ("100", "300"), ()),
    "he-21": (2024, ("100", "300"), ()),
    # Alpha meets Beta at last, and Far; Lone meets nobody.
    "he-22": (2024, ("100", "200"), ()),
    "he-23": (2025, ("100", "800"), ()),
}

CHAIN = Chain(
    chain="chemistry",
    label=Text("Chemistry", "Chemie"),
    description=Text("What reacts.", "Wat reageert."),
    regions=("NL11",),
    regions_label=Text("Groningen", "Groningen"),
    stages=(ChainStage("all", Text("All", "Alle"), Text("All", "Alle")),),
    words=(),
    fields=(CHEMISTRY[0],),
)


def make_network(*, later: bool = False) -> duckdb.DuckDBPyConnection:
    """Give the evidence of this network; with what came later where that is asked."""
    together = {**TOGETHER, **(LATER if later else {})}
    seats = []
    for project, (_, members, _) in together.items():
        for place, pic in enumerate(members):
            country, nuts, kind = _PLACE.get(pic, ("NL", "NL111", "PRC"))
            role = "participant" if place else "coordinator"
            name = NAMES.get(pic, f"Other {pic}")
            seats.append(
                Seat(project, pic, "10.00", role, name, country=country, nuts=nuts, kind=kind)
            )
    projects = [Project(name, year, fields=fields) for name, (year, _, fields) in together.items()]
    con = make_atlas(seats, projects)
    classify.classify(con, [CHAIN])
    return con
