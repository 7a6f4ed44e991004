"""Why a figure of likely members is what it is: computed anew, with its parts and the rows behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from keten.atlas.definition import read_chain
from keten.atlas.likely import find_again
from keten.atlas.likely_method import METHODS, make_figure
from keten.atlas.likely_reasons import shared_projects, trait_rows, weigh_shared
from keten.atlas.membership import read_said
from keten.atlas.resembling import WEIGHTS, score_members, score_size
from keten.atlas.stage_group import Group, find_others, read_group
from keten.atlas.traits import FAMILIES, Traits, find_names, find_places, read_traits
from keten.errors import NotFoundError, UsageError
from keten.evidence.figures import measure
from keten.model import Chain, Explanation, Scope, Text

if TYPE_CHECKING:
    import duckdb

    from keten.workspace import Store

_FAMILY: Final = {
    "field": Text("Fields of science in common", "Gemeenschappelijke wetenschapsgebieden"),
    "part": Text("Programme parts in common", "Gemeenschappelijke programmaonderdelen"),
    "technology": Text("Technologies in common", "Gemeenschappelijke technologieën"),
    "project": Text("Projects together", "Projecten samen"),
    "kind": Text("The same kind", "Dezelfde soort"),
}
_SIZE: Final = Text("Its number of projects", "Het aantal projecten")
_MOST: Final = 50  # members whose projects are counted among the parts


def explain(
    con: duckdb.DuckDBPyConnection, store: Store | None, name: str, scope: Scope
) -> Explanation:
    """Give a figure of likely members anew from its scope, with what it was made from.

    Raises: NotFoundError for what is not there, UsageError for a scope that lacks a filter.
    """
    if name not in METHODS:
        raise NotFoundError(f"'{name}' is no figure of members.", f"Figures: {', '.join(METHODS)}.")
    given = scope.as_dict()
    chain = _find_chain(store, _need(given, "chain"))
    traits, said = read_traits(con), read_said(store)
    group = read_group(con, traits, chain, _need(given, "chain_stage"), said)
    if name in ("likely_score", "likely_family"):
        return _explain_score(con, traits, group, name, scope)
    if name == "likely_projects":
        return _explain_projects(con, traits, group, scope)
    if name == "likely_members":
        return _explain_members(con, traits, group, scope)
    if name == "likely_silent":
        return Explanation(make_figure(name, group.silent, scope), judgements=group.lines)
    others = find_others(con, traits, chain, group, _need(given, "among"))
    if name == "likely_candidates":
        return Explanation(make_figure(name, others.size, scope), judgements=group.lines)
    figures = find_again(con, group, others, scope)
    ranking = _need(given, "ranking")
    figure = figures[0] if ranking == "likeness" else figures[1]
    if figure is None or ranking not in ("likeness", "size"):
        raise NotFoundError("There are too few members to leave one out.", "Look at the stage.")
    return Explanation(figure, judgements=group.lines)


def _explain_score(
    con: duckdb.DuckDBPyConnection, traits: Traits, group: Group, name: str, scope: Scope
) -> Explanation:
    """Give what each family adds; the rows are those by which it has the traits that it shares."""
    given = scope.as_dict()
    organisation = _need(given, "organisation")
    place = _find_place(con, organisation)
    shared = weigh_shared(traits, group.members, place)
    adds = {family: sum(add for each, _, add in shared if each == family) for family in FAMILIES}
    families = [given["family"]] if name == "likely_family" else list(FAMILIES)
    rows: set[int] = set()
    for family in families:
        codes = [code for each, code, _ in shared if each == family]
        rows |= {record for _, record in trait_rows(con, organisation, family, codes)}
    if name == "likely_family":
        if given["family"] not in WEIGHTS:
            raise NotFoundError("There is no such family of traits.", "Follow the number again.")
        figure = make_figure(name, adds[given["family"]], scope)
        return Explanation(figure, (), tuple(sorted(rows)), group.lines)
    total = score_members(traits, np.array([place]), group.members) if group.members.size else [0.0]
    size = float(score_size(traits, np.array([place]))[0])
    own = Scope.of(
        chain=given["chain"], chain_stage=given["chain_stage"], organisation=organisation
    )
    parts = [
        (_FAMILY[family], make_figure("likely_family", adds[family], own.narrowed(family=family)))
        for family in FAMILIES
    ]
    projects = measure(con, "projects", Scope.of(organisation=organisation))
    text = Text(
        f"{_SIZE.en} (adds {size:.2f})", f"{_SIZE.nl} (voegt {size:.2f} toe)".replace(".", ",")
    )
    figure = make_figure(name, float(total[0]), scope)
    return Explanation(figure, (*parts, (text, projects)), tuple(sorted(rows)), group.lines)


def _explain_projects(
    con: duckdb.DuckDBPyConnection, traits: Traits, group: Group, scope: Scope
) -> Explanation:
    given = scope.as_dict()
    organisation, family = _need(given, "organisation"), _need(given, "family")
    if family == "project":
        codes = shared_projects(traits, group.members, _find_place(con, organisation))
        rows = trait_rows(con, organisation, family, codes)
    else:
        rows = trait_rows(con, organisation, family, [_need(given, "trait")])
    figure = make_figure("likely_projects", len({project for project, _ in rows}), scope)
    return Explanation(figure, (), tuple(sorted({record for _, record in rows})), group.lines)


def _explain_members(
    con: duckdb.DuckDBPyConnection, traits: Traits, group: Group, scope: Scope
) -> Explanation:
    given = scope.as_dict()
    family = given.get("family", "")
    members = group.members
    if family == "project":
        met = set(shared_projects(traits, members, _find_place(con, _need(given, "organisation"))))
        columns = [at for at, code in enumerate(traits.names[family]) if code in met]
    elif family in FAMILIES:
        code = _need(given, "trait")
        columns = [at for at, each in enumerate(traits.names[family]) if each == code]
    if family:
        if family not in FAMILIES:
            raise NotFoundError("There is no such family of traits.", "Follow the number again.")
        held = np.asarray(traits.has(family, members)[:, columns].sum(axis=1)).ravel() > 0
        members = members[held]
    names = find_names(con, members.tolist())
    codes = [traits.names[family][at] for at in columns] if family else []
    rows: set[int] = set()
    for place in members.tolist():
        rows |= (
            {record for _, record in trait_rows(con, names[place], family, codes)}
            if family
            else set()
        )
    parts = tuple(
        (Text(names[place], names[place]), measure(con, "projects", Scope.of(organisation=names[place])))
        for place in members.tolist()[:_MOST]
    )  # fmt: skip
    figure = make_figure("likely_members", members.size, scope)
    return Explanation(figure, parts, tuple(sorted(rows)), group.lines)


def _find_chain(store: Store | None, name: str) -> Chain:
    found = store.content("chain", name) if store is not None else None
    if found is None:
        raise NotFoundError(f"No value chain is known as '{name[:80]}'.", "See: keten chains")
    return read_chain(found.value)


def _find_place(con: duckdb.DuckDBPyConnection, organisation: str) -> int:
    found = find_places(con, [organisation]).get(organisation)
    if found is None:
        raise NotFoundError(
            f"'{organisation[:80]}' is no organisation of today.", "Follow the number again."
        )
    return found


def _need(given: dict[str, str], name: str) -> str:
    if name not in given:
        raise UsageError(f"The figure needs the filter '{name}'.", f"Add {name}=<value>.")
    return given[name]
