"""Scope: reading it twice changes nothing, and no value of a user ever becomes SQL."""

from __future__ import annotations

import contextlib

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from keten.errors import UsageError
from keten.evidence.figures.counting import list_records_sql, measure
from keten.evidence.figures.scope import FILTERS, read_scope
from keten.model import Scope

VALUES = {
    "organisation": ["pic:100", "pic:200", "pic:999", "he:100"],
    "partner": ["pic:300"],
    "project": ["he-1", "h2020-2"],
    "region": ["NL", "NL11+NL12", "de941", "NL111+DE", "unknown"],
    "region_only": ["NL", "NL112"],
    "partner_region": ["DE", "NL11+US"],
    "programme": ["he", "H2020"],
    "year": ["2021", "unknown"],
    "kind": ["company", "unknown"],
    "role": ["coordinator", "partner"],
    "field": ["/23", "/23/53/"],
    "country": ["NL", "unknown"],
    "sme": ["true", "false", "unknown"],
    "name": ["Alpha", "=Delta", "Robert'); drop table involvement;--"],
    "record": ["4294967298"],
    "chain": ["new-proteins", "none"],
    "technology": ["optics", "none"],
    "mission": ["health-care", "none"],
    "tier": ["sure", "any"],
    "relation": ["develops"],
    "term": ["bean fermentation", "it's"],
    "way": ["word", "field"],
    "source_key": ["he:200"],
}
# A term is one of a chain, and stands for nothing without it.
_OF = {"term": "chain", "way": "chain", "tier": "technology", "relation": "technology"}
scopes = st.dictionaries(st.sampled_from(sorted(VALUES)), st.none(), max_size=4).flatmap(
    lambda names: st.fixed_dictionaries(
        {
            name: st.sampled_from(VALUES[name])
            for name in {*names, *(_OF[name] for name in names if name in _OF)}
        }
    )
)


def test_every_filter_has_an_example() -> None:
    assert set(VALUES) == set(FILTERS["participation"])


@given(scopes)
@settings(deadline=None, max_examples=60)
def test_a_scope_goes_round_and_gives_the_same_rows(
    con: duckdb.DuckDBPyConnection, filters: dict[str, str]
) -> None:
    scope = read_scope(Scope.of(**filters), "participation")
    assert read_scope(scope, "participation") == scope
    again = Scope.of(**scope.as_dict())
    assert again == scope
    given_figure, read_figure = (
        measure(con, "projects", one) for one in (Scope.of(**filters), again)
    )
    assert given_figure == read_figure
    sql, values = list_records_sql("projects", scope)
    rows = [row[0] for row in con.execute(sql, values).fetchall()]
    assert rows == sorted(set(rows))
    assert bool(rows) == bool(given_figure.value)


@given(st.sampled_from(sorted(VALUES)), st.text(max_size=30))
@settings(deadline=None, max_examples=150)
def test_whatever_is_typed_is_a_value_or_an_error(
    con: duckdb.DuckDBPyConnection, name: str, value: str
) -> None:
    with contextlib.suppress(UsageError):
        figure = measure(con, "participations", Scope.of(**{name: value}))
        assert figure.value == 0 or value.strip()
    assert measure(con, "participations", Scope()).value == 13
