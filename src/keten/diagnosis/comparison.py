"""Comparison: a chain's regions held against Europe, and where two fields could meet, as views."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from keten.diagnosis.crossover import Search, list_places, search
from keten.diagnosis.figures import (
    count_carriers,
    count_subjects,
    make_crossover,
    make_estimates,
    make_figure,
    whole_scope,
)
from keten.diagnosis.meetings import Pair
from keten.diagnosis.parties import find_parties
from keten.diagnosis.specialisation import Comparison, compare
from keten.diagnosis.subjects import SIZE_MEASURES, Subject, name_fields, read_regions
from keten.diagnosis.views import (
    CrossoverPair,
    CrossoverView,
    RegionName,
    SpecialisationRow,
    SpecialisationView,
    SubjectLabel,
)
from keten.evidence.figures import keep_each, measure
from keten.model import Chain, Figure, Scope

if TYPE_CHECKING:
    import duckdb

# Beside the nearest pair, so many others that came near are shown.
NEAR: Final = 5


@keep_each
def show_specialisation(con: duckdb.DuckDBPyConnection, chain: Chain) -> SpecialisationView:
    """Hold the chain's regions, as one and each, against all European regions: the chain and its fields.

    Raises: UsageError for regions that are no NUTS 2 regions, NotFoundError for unknown ones.
    """
    labels = _list_labels(con, chain)
    places = _name_places(con, chain)
    rows: dict[Subject, list[SpecialisationRow]] = {subject: [] for subject in labels}
    compared: Figure | None = None
    for place in places:
        counted = count_subjects(con, list(labels), place.code)
        sizes = {
            kind: measure(con, size, whole_scope(place.code))
            for kind, size in SIZE_MEASURES.items()
        }
        for subject, found in compare(con, list(labels), place.code).items():
            made = {
                "projects": counted[subject],
                "size": sizes[subject.kind],
                **make_estimates(con, found, place.code),
            }
            rows[subject].append(_make_row(labels[subject], place, found, made))
            compared = compared or made["regions_compared"]
    whole, *fields = (tuple(each) for each in rows.values())
    return SpecialisationView(
        chain.chain, places, whole, tuple(each for each in fields if each), compared
    )


@keep_each
def find_crossover(con: duckdb.DuckDBPyConnection, chain: Chain) -> CrossoverView:
    """Find the pair of fields that meets less in the chain's regions than elsewhere, or the nearest one.

    Raises: UsageError for regions that are no NUTS 2 regions, NotFoundError for unknown ones.
    """
    found = search(con, chain.chain, chain.region)
    scope = Scope.of(chain=chain.chain, region=chain.region)
    pairs = make_figure(con, "crossover_pairs", len(found.pairs), scope)
    if not found.pairs:
        return CrossoverView(chain.chain, "none", None, (), pairs)
    best, *rest = (*found.passed, *(pair for pair in found.pairs if pair not in found.passed))
    labels = _list_labels(con, chain)
    places = {place.code: place for place in _name_places(con, chain)}
    parties = find_parties(con, best.first, best.second, best.region)
    return CrossoverView(
        chain.chain,
        "found" if found.passed else "nearest",
        _make_pair(con, labels, places, found, best),
        tuple(_make_pair(con, labels, places, found, pair) for pair in rest[:NEAR]),
        pairs,
        parties.first_only,
        parties.second_only,
        parties.both,
    )


def _list_labels(con: duckdb.DuckDBPyConnection, chain: Chain) -> dict[Subject, SubjectLabel]:
    """Give the chain, then its fields: those that its definition names, those near, those that mark it."""
    rows = con.execute(
        "select code, role from chain_field where chain = $chain order by place",
        {"chain": chain.chain},
    ).fetchall()
    names = name_fields(con, [code for code, _ in rows])
    whole = Subject("chain", chain.chain)
    found = {whole: SubjectLabel(whole, "chain", label=chain.label)}
    for code, role in rows:
        subject = Subject("field", code)
        found[subject] = SubjectLabel(subject, role, field=names[code])
    return found


def _name_places(con: duckdb.DuckDBPyConnection, chain: Chain) -> tuple[RegionName, ...]:
    known = read_regions(con)
    whole, *regions = list_places(con, chain.region)
    if not regions:
        return (RegionName(whole, known.get(whole, whole), is_whole=True),)
    label = " + ".join(known.get(code, code) for code in regions)
    return (
        RegionName(whole, label, is_whole=True),
        *(RegionName(code, known[code]) for code in regions),
    )


def _make_row(
    of: SubjectLabel, place: RegionName, found: Comparison, made: Mapping[str, Figure]
) -> SpecialisationRow:
    return SpecialisationRow(
        of,
        place,
        made["projects"],
        made["size"],
        made["expected_projects"],
        made["location_quotient"],
        made["specialisation"],
        made["specialisation_percentile"],
        found.reading,
    )


def _make_pair(
    con: duckdb.DuckDBPyConnection,
    labels: Mapping[Subject, SubjectLabel],
    places: Mapping[str, RegionName],
    found: Search,
    pair: Pair,
) -> CrossoverPair:
    made = make_crossover(con, pair)
    first, second = _label(con, labels, (pair.first, pair.second))
    strong, also = (
        make_estimates(con, found.strengths[pair.region, subject], pair.region)
        for subject in (pair.first, pair.second)
    )
    return CrossoverPair(
        region=places[pair.region],
        first=first,
        second=second,
        projects_first=count_carriers(con, pair.first, pair.region),
        projects_second=count_carriers(con, pair.second, pair.region),
        together=made["projects_together"],
        expected=made["crossover_expected"],
        by_chance=made["crossover_by_chance"],
        elsewhere=made["crossover_elsewhere"],
        ratio=made["crossover_ratio"],
        strength_first=strong["specialisation"],
        strength_second=also["specialisation"],
        is_found=pair in found.passed,
    )


def _label(
    con: duckdb.DuckDBPyConnection,
    labels: Mapping[Subject, SubjectLabel],
    subjects: Sequence[Subject],
) -> tuple[SubjectLabel, ...]:
    names = name_fields(con, [s.name for s in subjects if s not in labels])
    return tuple(
        labels[s] if s in labels else SubjectLabel(s, "outside", field=names[s.name])
        for s in subjects
    )
