"""A value chain: its definition is checked, its parties stand in stages, and people's placings last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from keten.atlas.answers import (
    current_organisation,
    list_parties,
    measure,
    read_chain,
    show_chain,
    source_key_of,
)
from keten.atlas.parties import PLACED, propose_stage
from keten.errors import UsageError
from keten.evidence import latest
from keten.model import Chain, Judgement, Label, Scope
from keten.workspace import open_store
from keten.workspace.examples import FOLDER
from tests.web.site import CHAIN, NOW, Site, make_site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return make_site(tmp_path_factory.mktemp("chain"))


@pytest.fixture(scope="module")
def built(site: Site) -> Iterator[duckdb.DuckDBPyConnection]:
    evidence = latest(site.home, threads=1)
    yield evidence.cursor()
    evidence.close()


@pytest.fixture(scope="module")
def chain(site: Site) -> Chain:
    with open_store(site.home) as store:
        content = store.content("chain", CHAIN)
        assert content is not None
        return read_chain(content.value)


def definition() -> dict[str, Any]:
    value: dict[str, Any] = yaml.safe_load((FOLDER / f"{CHAIN}.yaml").read_text("utf-8"))
    return value


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_example_chain_can_be_read(path: Path) -> None:
    value = yaml.safe_load(path.read_text("utf-8"))
    if value["content"] == "chain":
        assert read_chain(value).chain == path.stem


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"words": ["a"]}, "'a' under 'words'"),
        ({"words": "protein"}, "'words' is 'protein'"),
        ({"regions": ["Friesland"]}, "no region"),
        ({"regions": []}, "no region"),
        ({"fields": ["agriculture"]}, "'agriculture' under 'fields'"),
        ({"label": "Proteins"}, "'label' is 'Proteins'"),
        ({"stages": []}, "'stages' is []"),
        ({"wrods": ["x"]}, "'wrods' is not a key"),
        ({"name": "New Proteins"}, "'name' is 'New Proteins'"),
        ({"words": [], "fields": [], "topics": []}, "nothing could be in it"),
    ],
)
def test_a_wrong_definition_says_what_to_mend(change: dict[str, Any], told: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_chain({**definition(), **change})
    assert told in caught.value.what
    assert caught.value.next_step


def test_parties_are_those_of_the_regions_and_each_says_why(
    built: duckdb.DuckDBPyConnection, chain: Chain
) -> None:
    view = show_chain(built, chain)
    parties = [party for stage in view.stages for party in stage.parties]
    assert parties
    assert len(parties) == view.organisations.value
    for party in parties:
        assert party.matches
        again = measure(built, "projects", party.projects.scope)
        assert again.value == party.projects.value
    for tie in view.ties:
        assert measure(built, "shared_projects", tie.projects.scope).value == tie.projects.value
    for _, figure in view.terms:
        assert measure(built, "matches", figure.scope).value == figure.value


def test_the_figures_of_a_chain_rest_on_the_rows_that_put_projects_in_it(
    built: duckdb.DuckDBPyConnection, chain: Chain
) -> None:
    scope = Scope.of(chain=chain.chain, region=chain.region)
    rows = measure(built, "source_rows", scope.narrowed(measure="projects")).value
    alone = measure(built, "source_rows", Scope.of(region=chain.region, measure="projects")).value
    assert rows
    assert alone
    (count,) = built.execute(
        "select count(*) from chain_match where chain = ?", [chain.chain]
    ).fetchall()
    assert count[0] > 0


def test_a_changed_definition_is_told_until_the_next_build(
    built: duckdb.DuckDBPyConnection, chain: Chain
) -> None:
    assert not show_chain(built, chain).is_stale
    assert show_chain(built, replace(chain, words=("something else",))).is_stale


def said(number: int, subject: str, stage: str, chain: Chain) -> Judgement:
    return Judgement(
        number, PLACED, subject, f"chain:{chain.chain}", "because", "A", NOW, value={"stage": stage}
    )


def test_a_person_places_a_party_and_the_later_word_holds(
    built: duckdb.DuckDBPyConnection, chain: Chain
) -> None:
    party = list_parties(built, chain)[0].organisation.organisation_id
    key = source_key_of(built, party)
    assert current_organisation(built, key) == party
    lines = [said(1, key, "knowledge", chain), said(2, key, "end-customers", chain)]
    found = {p.organisation.organisation_id: p for p in list_parties(built, chain, lines)}[party]
    assert (found.stage, found.placing and found.placing.judgement.number) == ("end-customers", 2)
    view = show_chain(built, chain, [said(3, key, "none", chain)])
    assert [p.organisation.organisation_id for p in view.outside] == [party]


def test_a_party_that_no_word_found_can_be_added(
    built: duckdb.DuckDBPyConnection, chain: Chain
) -> None:
    inside = {party.organisation.organisation_id for party in list_parties(built, chain)}
    (other,) = built.execute(
        "select min(organisation_id) from organisation "
        "where organisation_id not in (select unnest($inside)) and name is not null",
        {"inside": sorted(inside)},
    ).fetchall()
    key = source_key_of(built, other[0])
    found = {
        p.organisation.organisation_id: p
        for p in list_parties(built, chain, [said(1, key, "end-suppliers", chain)])
    }[other[0]]
    assert found.projects.value == 0
    assert found.stage == "end-suppliers"


@pytest.mark.parametrize(
    ("name", "kind", "is_sme", "stage", "reason"),
    [
        ("Ziekenhuis Noord", "knowledge", False, "end-customers", "name"),
        ("Rijksuniversiteit", "knowledge", False, "knowledge", "kind"),
        ("Firm", "company", False, "end-suppliers", "size"),
        ("Firm", "company", True, "innovative-suppliers", "size"),
        ("Firm", "company", None, "innovative-suppliers", "size"),
        ("Club", None, None, "around", "kind"),
    ],
)
def test_a_stage_is_proposed_by_rule(
    name: str, kind: str | None, is_sme: bool | None, stage: str, reason: str
) -> None:
    value = yaml.safe_load((FOLDER / "protein-transition.yaml").read_text("utf-8"))
    label = Label("pic:1", name, None, kind, "NL", None)
    assert propose_stage(read_chain(value).stages, label, is_sme)[:2] == (stage, reason)


def test_a_chain_says_its_scope_technologies_market_and_working_group(
    built: duckdb.DuckDBPyConnection, chain: Chain
) -> None:
    assert chain.technologies == ("process", "biomolecular")
    assert chain.market is not None
    assert chain.market.source
    bare = {
        key: value
        for key, value in definition().items()
        if key not in {"scope", "technologies", "market", "group"}
    }
    # A build reads none of it: such a change starts no stage anew.
    assert repr(read_chain(bare)) == repr(chain)
    assert read_chain(bare).fingerprint == chain.fingerprint
    party = show_chain(built, chain).stages[0].parties or show_chain(built, chain).stages[1].parties
    group = {**definition()["group"], "parties": [party[0].organisation.organisation_id, "pic:1"]}
    view = show_chain(built, read_chain({**definition(), "group": group}))
    assert [label.organisation_id for label in view.group] == [
        party[0].organisation.organisation_id
    ]
    assert {row.code for row in view.regions} == set(chain.regions)
    for row in view.regions:
        assert measure(built, "projects", row.projects.scope).value == row.projects.value
    for stage in view.stages:
        assert all(party in stage.parties for party in stage.core)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"technologies": ["Quantum!"]}, "'technologies' is 'Quantum!'"),
        ({"market": {"size": {"en": "a", "nl": "b"}}}, "'growth' is missing"),
        (
            {"group": {**definition()["group"], "parties": ["somebody"]}},
            "'somebody' under 'parties'",
        ),
        ({"scope": "all"}, "'scope' is 'all'"),
    ],
)
def test_what_is_wrong_about_market_or_group_is_told(change: dict[str, Any], told: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_chain({**definition(), **change})
    assert told in caught.value.what
