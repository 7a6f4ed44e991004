"""The ranking as it is read from an evidence, against networkx on a network drawn at random."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import combinations

import duckdb
import networkx as nx
import pytest

from keten.matchmaking.answers import rank_partners
from keten.matchmaking.network import score_pair
from tests.atlas.made import Project, Seat, make_atlas

Con = duckdb.DuckDBPyConnection
_PICS = [str(number) for number in range(100, 160)]


@pytest.fixture(scope="module")
def drawn() -> Iterator[tuple[Con, nx.Graph]]:
    chance = random.Random(20)
    seats, graph = [], nx.Graph()
    for number in range(45):
        members = chance.sample(_PICS, chance.randint(1, 6))
        seats += [Seat(f"he-{number}", pic) for pic in sorted(members)]
        graph.add_nodes_from(members)
        graph.add_edges_from(combinations(members, 2))
    con = make_atlas(seats, [Project(f"he-{number}") for number in range(45)])
    yield con, graph
    con.close()


def test_the_order_and_the_scores_are_those_of_networkx(drawn: tuple[Con, nx.Graph]) -> None:
    con, graph = drawn
    for pic in sorted(graph)[::9]:
        others = [other for other in graph if other != pic and not graph.has_edge(pic, other)]
        scores = nx.adamic_adar_index(graph, [(pic, other) for other in others])
        expected = sorted(
            ((round(score, 9), other) for _, other, score in scores if score),
            key=lambda pair: (-pair[0], pair[1]),
        )
        view = rank_partners(con, f"pic:{pic}", limit=100, this_year=2026)
        found = [
            (round(float(row.score.value or 0), 9), row.partner.organisation_id.split(":")[1])
            for row in view.suggestions
        ]
        assert found == expected
        assert view.partners.value == graph.degree(pic)
        for row in view.suggestions[:3]:
            partner = row.partner.organisation_id
            assert row.score.value == score_pair(con, f"pic:{pic}", partner)
            assert row.common.value == len(
                list(nx.common_neighbors(graph, pic, partner.split(":")[1]))
            )


def test_a_pair_scores_the_same_from_both_sides(drawn: tuple[Con, nx.Graph]) -> None:
    con, graph = drawn
    one, *rest = sorted(graph)
    for other in rest[:12]:
        there = score_pair(con, f"pic:{one}", f"pic:{other}")
        assert there == pytest.approx(score_pair(con, f"pic:{other}", f"pic:{one}"))
