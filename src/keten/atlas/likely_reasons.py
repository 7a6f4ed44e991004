"""Why an organisation resembles the members of a stage: the shared traits that weigh most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from keten.atlas.likely_method import make_figure
from keten.atlas.likely_views import Reason
from keten.atlas.resembling import WEIGHTS
from keten.atlas.traits import FAMILIES, KIND, OF_PROJECTS, Places, Traits, find_names
from keten.evidence.figures import read_labels, read_once
from keten.model import Label, Scope, Text

if TYPE_CHECKING:
    import duckdb

SHOWN: Final = 4  # reasons that are told, two of one family at most
OF_FAMILY: Final = 2
TOGETHER: Final = 3  # members that are named where projects are shared
_SHARED: Final = "project"
_NAMES: Final[Mapping[str, str]] = {
    "field": "select code, min(title), min(title) from project_field group by code order by code",
    "part": "select code, min(title), min(title) from project_programme_part group by code order by code",
    "technology": "select technology, min(label_en), min(label_nl) from technology group by 1 order by 1",
}  # fmt: skip


def find_reasons(
    con: duckdb.DuckDBPyConnection,
    traits: Traits,
    members: Places,
    places: Sequence[int],
    scope: Scope,
    names: Mapping[int, str],
) -> dict[int, tuple[Reason, ...]]:
    """Give for each of `places` the traits shared with members that add most to its likeness."""
    called = _read_names(con)
    together = {place: _find_together(traits, members, place) for place in places}
    wanted = sorted({other for each in together.values() for other, _ in each[:TOGETHER]})
    known = find_names(con, wanted)
    labels = read_labels(con, sorted(known.values()))
    found = {}
    for place in places:
        own = scope.narrowed(organisation=names[place])
        chosen = _choose(weigh_shared(traits, members, place))
        counts = count_projects(con, names[place], chosen)
        reasons = []
        for family, code in chosen:
            trait = {"family": family, "trait": code}
            if family == _SHARED:
                trait = {"family": family}
                shared = together[place]
                reasons.append(Reason(
                    family, "", Text("", ""),
                    make_figure("likely_projects", counts[family, code], own.narrowed(**trait)),
                    make_figure("likely_members", len(shared), own.narrowed(**trait)),
                    _name(shared, known, labels),
                ))  # fmt: skip
                continue
            held = int(traits.has(family, members)[:, [traits.names[family].index(code)]].sum())
            projects = None if family == "kind" else counts[family, code]
            reasons.append(Reason(
                family, code, called.get((family, code), Text(code, code)),
                None if projects is None
                else make_figure("likely_projects", projects, own.narrowed(**trait)),
                make_figure("likely_members", held, scope.narrowed(**trait)),
            ))  # fmt: skip
        found[place] = tuple(reasons)
    return found


def weigh_shared(traits: Traits, members: Places, place: int) -> list[tuple[str, str, float]]:
    """Give each trait shared with a member and what it adds to the score, by family and code."""
    found = []
    for family in FAMILIES:
        unit = traits.units[family]
        middle = np.asarray(unit[members].sum(axis=0)).ravel() / max(members.size, 1)
        row = unit[[place]]
        adds = WEIGHTS[family] * row.data * middle[row.indices]
        names = traits.names[family]
        found += [
            (family, names[column], float(add))
            for column, add in zip(row.indices.tolist(), adds.tolist(), strict=True)
            if add > 0
        ]
    return found


def trait_rows(
    con: duckdb.DuckDBPyConnection, organisation: str, family: str, codes: Sequence[str]
) -> list[tuple[str, int]]:
    """Give the projects (or for a kind nothing) and source rows by which an organisation has traits."""
    if family not in OF_PROJECTS:
        return [
            ("", int(record))
            for (record,) in con.execute(
                f"select record_id from ({KIND}) where organisation_id = $organisation "
                "and trait in (select unnest($codes)) order by 1",
                {"organisation": organisation, "codes": list(codes)},
            ).fetchall()
        ]
    return [
        (str(project), int(record))
        for project, record in con.execute(
            f"select distinct t.project_id, t.record_id from ({OF_PROJECTS[family]}) t "
            "where t.trait in (select unnest($codes)) and t.project_id in "
            "(select project_id from involvement where organisation_id = $organisation) order by 1, 2",
            {"organisation": organisation, "codes": list(codes)},
        ).fetchall()
    ]


def count_projects(
    con: duckdb.DuckDBPyConnection, organisation: str, traits: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], int]:
    """Count the projects of an organisation with each trait; a shared project stands for all of them."""
    found = {}
    for family, code in traits:
        if family == _SHARED:
            found[family, code] = len(code.split(" "))
        elif family in OF_PROJECTS:
            rows = trait_rows(con, organisation, family, [code])
            found[family, code] = len({project for project, _ in rows})
    return found


def shared_projects(traits: Traits, members: Places, place: int) -> tuple[str, ...]:
    """Give the projects in which somebody meets members."""
    return tuple(
        code for family, code, _ in weigh_shared(traits, members, place) if family == _SHARED
    )


def _choose(shared: list[tuple[str, str, float]]) -> list[tuple[str, str]]:
    """Choose the traits that are told; all shared projects count as one, under their codes in a row."""
    meetings = [(code, add) for family, code, add in shared if family == _SHARED]
    told = [each for each in shared if each[0] != _SHARED]
    if meetings:
        codes = " ".join(code for code, _ in meetings)
        told.append((_SHARED, codes, sum(add for _, add in meetings)))
    chosen: list[tuple[str, str]] = []
    for family, code, _ in sorted(told, key=lambda each: (-each[2], each[0], each[1])):
        is_told = any(_is_within(code, other) for each, other in chosen if each == family)
        count = sum(each == family for each, _ in chosen)
        if not is_told and count < OF_FAMILY and len(chosen) < SHOWN:
            chosen.append((family, code))
    return chosen


def _is_within(one: str, other: str) -> bool:
    """Say whether one code of a field or a programme part lies within the other: they say the same."""
    shorter, longer = sorted((one.rstrip("."), other.rstrip(".")), key=len)
    return longer == shorter or longer.startswith((f"{shorter}.", f"{shorter}/"))


def _find_together(traits: Traits, members: Places, place: int) -> list[tuple[int, int]]:
    """Give the members that somebody shares projects with, and how many; most first."""
    own = traits.has(_SHARED, np.array([place]))
    counts = np.asarray((traits.has(_SHARED, members) @ own.T).toarray()).ravel().astype(int)
    pairs = [
        (int(member), int(count))
        for member, count in zip(members, counts, strict=True)
        if count and member != place
    ]
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))


def _name(
    shared: Sequence[tuple[int, int]], known: Mapping[int, str], labels: Mapping[str, Label]
) -> tuple[Label, ...]:
    names = [known[member] for member, _ in shared[:TOGETHER]]
    return tuple(labels[name] for name in names if name in labels)


@read_once
def _read_names(con: duckdb.DuckDBPyConnection) -> Mapping[tuple[str, str], Text]:
    return {
        (family, str(code)): Text(str(english or code), str(dutch or english or code))
        for family, sql in _NAMES.items()
        for code, english, dutch in con.execute(sql).fetchall()
    }
