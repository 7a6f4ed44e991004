"""Cross-over: a planted gap is found, what is by chance is not, and nothing meets by definition."""

from __future__ import annotations

from keten.diagnosis.answers import find_crossover
from keten.diagnosis.crossover import search
from keten.diagnosis.subjects import Subject, are_related
from tests.diagnosis.planted import FIELDS, Made, Plan, draw, make, make_chain

PLAN = Plan(strong=("AA11", "AA12", "BB11"), gaps=("AA11",))
ONE, OTHER = PLAN.pair


def test_a_planted_gap_is_found_with_who_could_meet() -> None:
    chain = make_chain(["AA11", "CC11"], [ONE])
    view = find_crossover(make(draw(PLAN), chain), chain)
    assert view.outcome == "found"
    best = view.best
    assert best is not None
    assert (best.first.subject.name, best.second.subject.name) == (ONE, OTHER)
    assert best.region.code == "AA11"
    assert best.together.value == 0
    assert best.expected.value is not None
    assert best.expected.value > 10
    assert best.ratio.interval is not None
    assert best.ratio.interval.high < 1
    named = [
        row.organisation for side in (view.first_only, view.second_only, view.both) for row in side
    ]
    assert named
    assert all(label.name and label.organisation_id.startswith("pic:AA11") for label in named)
    assert all(row.second.value == 0 and row.first.value for row in view.first_only)
    assert all(row.first.value == 0 and row.second.value for row in view.second_only)
    assert all(row.first.value and row.second.value for row in view.both)


def test_without_a_gap_the_nearest_is_told_as_such() -> None:
    """Many fields, none of which meets less here: over several draws nothing passes but by rare chance."""
    found = 0
    for seed in range(4):
        plan = Plan(seed=seed, strong=("AA11", "AA12"))
        chain = make_chain(["AA11"], [ONE])
        view = find_crossover(make(draw(plan), chain), chain)
        found += view.outcome == "found"
        assert view.outcome in {"found", "nearest", "none"}
        if view.outcome == "nearest":
            assert view.best is not None
            assert not view.best.is_found
    assert found <= 1


def test_too_few_projects_give_no_pair() -> None:
    chain = make_chain(["AA11"], [ONE])
    con = make([Made("he-1", (ONE, OTHER), (("pic:1", "AA11"),))], chain)
    view = find_crossover(con, chain)
    assert (view.outcome, view.best, view.pairs.value) == ("none", None, 0)


def test_pairs_that_meet_by_definition_are_never_tested() -> None:
    chain = make_chain(["AA11", "AA12"], [ONE, "/1/12"], ["/2/22"])
    con = make(draw(PLAN), chain)
    tested = search(con, "made", chain.region).pairs
    assert tested
    for pair in tested:
        assert not are_related(pair.first.name, pair.second.name)
        assert not any(are_related(pair.second.name, code) for code in (ONE, "/1/12", "/2/22"))


def test_a_chain_itself_can_be_one_side() -> None:
    projects = draw(PLAN)
    inside = [p.name for place, p in enumerate(projects) if ONE in p.fields or place % 3 == 0]
    chain = make_chain(["AA11"])
    pairs = search(make(projects, chain, inside), "made", chain.region).pairs
    assert (Subject("chain", "made"), Subject("field", OTHER)) in {
        (p.first, p.second) for p in pairs
    }


def test_same_evidence_same_answer() -> None:
    chain = make_chain(["AA11", "AA12"], [ONE, FIELDS[3]])
    con = make(draw(PLAN), chain)
    assert find_crossover(con, chain) == find_crossover(con, chain)
