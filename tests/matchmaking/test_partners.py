"""Partners never worked with: their order, reasons and introductions, in a network read by eye."""

from __future__ import annotations

import math

import duckdb
import pytest

from keten.errors import NotFoundError, UsageError
from keten.evidence.figures import measure
from keten.matchmaking.answers import explain, list_parties, rank_partners
from keten.matchmaking.views import Suggestion
from keten.model import Figure, Scope
from tests.matchmaking.made import ALPHA, BETA, CHAIN, DELTA, FAR, GAMMA, LONE, WAU, ZETA

YEAR = 2026
Con = duckdb.DuckDBPyConnection


def suggest(con: Con, party: str = ALPHA, **asked: str) -> tuple[Suggestion, ...]:
    return rank_partners(con, party, CHAIN, this_year=YEAR, **asked).suggestions


def ids(rows: tuple[Suggestion, ...]) -> list[str]:
    return [row.partner.organisation_id for row in rows]


def test_those_never_worked_with_by_adamic_adar(con: Con) -> None:
    rows = suggest(con, among="everyone")
    assert ids(rows) == [BETA, GAMMA]
    # Zeta has two partners, Wau three.
    assert rows[0].score.value == pytest.approx(1 / math.log(2) + 1 / math.log(3))
    assert rows[1].score.value == pytest.approx(1 / math.log(3))
    assert [row.common.value for row in rows] == [2, 1]


def test_equal_scores_stand_in_the_order_of_identifiers(con: Con) -> None:
    rows = suggest(con, FAR.replace("800", "810"), among="everyone")
    assert ids(rows) == ["pic:811", "pic:812", "pic:813"]
    assert len({row.score.value for row in rows}) == 1


def test_from_whom_to_choose(con: Con) -> None:
    assert ids(suggest(con)) == [BETA, GAMMA]
    assert ids(suggest(con, among="region")) == [GAMMA]
    assert ids(suggest(con, among="abroad")) == [BETA]
    assert ids(suggest(con, among="everyone", kind="knowledge")) == [BETA]
    assert ids(suggest(con, WAU, among="chain")) == [ZETA]
    view = rank_partners(con, ALPHA, CHAIN, this_year=YEAR)
    assert view.candidates == 3, "Beta, Gamma and Lone; those met are not in the running"


def test_a_party_with_few_projects_is_told_that_this_is_little(con: Con) -> None:
    assert not rank_partners(con, ALPHA, CHAIN, this_year=YEAR).is_thin, "four projects"
    assert rank_partners(con, BETA, CHAIN, this_year=YEAR).is_thin, "two projects"


def test_reasons(con: Con) -> None:
    first, second = suggest(con)
    assert [who.organisation.organisation_id for who in first.telling] == [ZETA, WAU]
    assert [who.partners.value for who in first.telling] == [2, 3]
    assert first.chain_projects is not None
    assert first.chain_projects.value == 2
    assert [(word.way, word.title) for word in first.words] == [("field", "chemical sciences")]
    assert first.nearness.place == "abroad"
    assert second.nearness.place == "same-province"
    assert second.nearness.region_name == "Groningen"
    assert (first.last_year, second.last_year) == (2022, 2022)


def test_who_could_introduce_them(con: Con) -> None:
    first, _ = suggest(con)
    best, next_best = first.introducers
    # One project with each: Zeta has fewer partners, so it stands closer.
    assert best.organisation.organisation_id == ZETA
    assert (best.with_party.value, best.with_partner.value) == (1, 1)
    assert next_best.organisation.organisation_id == WAU
    assert (next_best.with_party.value, next_best.with_partner.value) == (2, 1)
    assert all(who.is_recent for who in first.introducers)
    old = rank_partners(con, ALPHA, CHAIN, this_year=2027).suggestions[0].introducers
    # Seen from 2027, what Zeta did with Alpha in 2021 is long ago.
    assert [(who.organisation.organisation_id, who.is_recent) for who in old] == [
        (WAU, True),
        (ZETA, False),
    ]


def test_every_figure_is_what_its_own_address_gives(con: Con) -> None:
    for row in suggest(con, among="everyone"):
        counts: list[Figure] = [who.partners for who in row.telling]
        for who in row.introducers:
            counts += [who.with_party, who.with_partner]
        counts += [field.projects for field in row.fields]
        for figure in counts:
            assert measure(con, figure.measure, figure.scope) == figure
        for figure in (row.score, row.common):
            assert explain(con, None, figure.measure, figure.scope).figure == figure


def test_the_rows_behind_a_score_are_those_of_the_ties(con: Con) -> None:
    scope = Scope.of(organisation=ALPHA, partner=BETA)
    found = explain(con, None, "adamic_adar", scope)
    told = con.execute(
        "select distinct project_id from involvement where record_id in (select unnest($rows))",
        {"rows": list(found.record_ids)},
    ).fetchall()
    assert {name for (name,) in told} == {"he-1", "he-2", "he-3", "he-4", "h2020-7"}
    seats = con.execute(
        "select count(*) from involvement where project_id in ('he-1', 'he-2', 'he-3', 'h2020-7')"
    ).fetchone()
    # Of the fourth project Gamma's seat makes no tie between the two.
    assert seats is not None
    assert len(found.record_ids) == seats[0] + 2
    assert ("Partners of Zeta", 2) in [(text.en, figure.value) for text, figure in found.parts]


def test_a_party_without_partners_gets_none(con: Con) -> None:
    view = rank_partners(con, LONE, CHAIN, this_year=YEAR)
    assert view.partners.value == 0
    assert view.is_in_chain
    assert view.suggestions == ()


def test_a_party_outside_the_chain_is_told_so(con: Con) -> None:
    view = rank_partners(con, DELTA, CHAIN, this_year=YEAR)
    assert not view.is_in_chain
    assert view.chain_projects is not None
    assert view.chain_projects.value == 0
    assert ids(view.suggestions) == [ZETA, WAU], "through Alpha"


def test_without_a_chain_everyone_is_in_the_running(con: Con) -> None:
    view = rank_partners(con, ALPHA, this_year=YEAR)
    assert view.among == "everyone"
    assert view.chain_projects is None
    assert ids(view.suggestions) == [BETA, GAMMA]
    with pytest.raises(UsageError, match="none is named"):
        rank_partners(con, ALPHA, among="region", this_year=YEAR)


def test_what_cannot_be_answered(con: Con) -> None:
    with pytest.raises(NotFoundError, match="pic:1'"):
        rank_partners(con, "pic:1", CHAIN, this_year=YEAR)
    with pytest.raises(UsageError, match="from whom"):
        rank_partners(con, ALPHA, CHAIN, among="moon", this_year=YEAR)
    with pytest.raises(UsageError, match="no kind"):
        rank_partners(con, ALPHA, CHAIN, kind="moon", this_year=YEAR)
    with pytest.raises(UsageError, match="needs the filter 'partner'"):
        explain(con, None, "adamic_adar", Scope.of(organisation=ALPHA))
    with pytest.raises(UsageError, match="no filter 'year'"):
        explain(con, None, "adamic_adar", Scope.of(organisation=ALPHA, partner=BETA, year=2020))
    with pytest.raises(NotFoundError, match="pic:1'"):
        explain(con, None, "adamic_adar", Scope.of(organisation=ALPHA, partner="pic:1"))
    with pytest.raises(UsageError, match="two organisations"):
        explain(con, None, "adamic_adar", Scope.of(organisation=ALPHA, partner=ALPHA))
    with pytest.raises(NotFoundError, match="no figure"):
        explain(con, None, "moon", Scope())


def test_parties_to_choose_from(con: Con) -> None:
    here = list_parties(con, CHAIN)
    assert here.in_region
    assert [row.organisation.organisation_id for row in here.parties] == [ALPHA, GAMMA, WAU, LONE]
    found = list_parties(con, CHAIN, "béTA")
    assert not found.in_region
    assert [row.organisation.name for row in found.parties] == ["Beta"]
    assert list_parties(con, CHAIN, "delta").parties == (), "known, but not in the chain"
    cut = list_parties(con, CHAIN, limit=1)
    assert len(cut.parties) == 1
    assert cut.has_more
