"""Pairs: two source records beside each other, what spoke for one organisation and what against."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from keten.atlas.identity_views import PairView, SourceRecord, Speaks, Step
from keten.errors import NotFoundError, UsageError
from keten.evidence.figures import (
    among,
    current_organisations,
    keep_each,
    read_labels,
    read_rows,
)
from keten.evidence.resolve.explain import explain
from keten.model import Comparison, Figure, Judgement, Scope

if TYPE_CHECKING:
    import duckdb

    from keten.workspace import Store

RULINGS: Final = ("same", "different")
_NOTHING: Final = 0.05  # log-odds that change a chance of one half by about one in a hundred
_REASON: Final = 4  # so many findings stand in a reason that is filled in beforehand


def read_pair(
    con: duckdb.DuckDBPyConnection, store: Store | None, left: str, right: str
) -> PairView:
    """Give two records compared, named by source key or by organisation (which means its anchor).

    Raises: NotFoundError for one that is not there, UsageError where both name the same record.
    """
    keys = find_keys(con, left, right)
    found = _explain(con, keys)
    sides = read_source_records(con, keys)
    said = store.judgements_on(keys) if store else []
    return make_pair(found, sides[keys[0]], sides[keys[1]], said)


@keep_each
def _explain(con: duckdb.DuckDBPyConnection, keys: tuple[str, str]) -> Comparison:
    """Compare two records; units that no build compared take a while, so an answer is kept."""
    return explain(con, *keys)


def make_pair(
    found: Comparison, left: SourceRecord, right: SourceRecord, said: Sequence[Judgement]
) -> PairView:
    """Give a comparison as people read it; of `said` those about this very pair are kept."""
    scope = Scope.of(left=left.source_key, right=right.source_key)
    steps: list[Step] = []
    before = found.start
    for part in found.parts:
        after = before + part.weight
        of_part = scope.narrowed(compared=part.part)
        steps.append(
            Step(
                part.part, part.title, part.found, part.left, part.right, _read_side(part.weight),
                times=Figure(math.exp(abs(part.weight)), "times", "match_times", of_part),
                chance=Figure(in_hundred(after), "in-hundred", "match_after", of_part),
                before=before, after=after,
            )
        )  # fmt: skip
        before = after
    pair = {left.source_key, right.source_key}
    return PairView(
        comparison=found,
        left=left,
        right=right,
        start=Figure(in_hundred(found.start), "in-hundred", "match_start", scope),
        steps=tuple(steps),
        chance=Figure(100 * found.probability, "in-hundred", "match_chance", scope),
        rulings=tuple(
            line for line in said if line.kind in RULINGS and {line.subject, line.object} == pair
        ),
    )


def find_keys(con: duckdb.DuckDBPyConnection, left: str, right: str) -> tuple[str, str]:
    """Give the two source keys that are meant.

    Raises: NotFoundError for one that is not there, UsageError where both are one record.
    """
    first, second = _find_key(con, left), _find_key(con, right)
    if first == second:
        raise UsageError(
            f"'{left}' and '{right}' are one and the same record, {first}.",
            "Name two records; the page of the organisation lists them.",
        )
    return first, second


def read_source_records(
    con: duckdb.DuckDBPyConnection, keys: Sequence[str]
) -> dict[str, SourceRecord]:
    """Give records as their sources write them, by source key; unknown ones are left out."""
    condition, values = among("source_key", keys)
    rows = read_rows(
        con,
        f"""
        select source_key, programme, name, short_name, other_names, street, postcode, city,
               country, website, vat_number, pic, ror_id, kvk_number, record_id
        from source_organisation where {condition} order by source_key
        """,
        values,
    )
    current = current_organisations(con, [row["source_key"] for row in rows])
    labels = read_labels(con, sorted(set(current.values())))
    return {
        row["source_key"]: SourceRecord(
            **_as_tuple(row), organisation=labels.get(current.get(row["source_key"], ""))
        )
        for row in rows
    }


def write_reason(view: PairView, language: str) -> str:
    """Give what was compared in a sentence, most telling first: a reason to begin from."""
    telling = sorted(view.steps, key=lambda step: (-abs(step.after - step.before), step.part))
    found = [
        f"{step.title.in_language(language)}: {step.found.in_language(language)}"
        for step in telling[:_REASON]
        if step.speaks != "neither"
    ]
    opening = "Vergeleken" if language == "nl" else "Compared"
    return f"{opening}: {'; '.join(found)}." if found else ""


def in_hundred(log_odds: float) -> float:
    """Give the chance out of a hundred that log-odds stand for."""
    # Written for both signs, so that neither overflows.
    if log_odds >= 0:
        return 100 / (1 + math.exp(-log_odds))
    return 100 * math.exp(log_odds) / (1 + math.exp(log_odds))


def _read_side(weight: float) -> Speaks:
    if abs(weight) < _NOTHING:
        return "neither"
    return "for" if weight > 0 else "against"


def _as_tuple(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "other_names": tuple(row["other_names"] or ())}


def _find_key(con: duckdb.DuckDBPyConnection, name: str) -> str:
    row = con.execute(
        """
        select source_key from source_organisation where source_key = $name
        union all
        select anchor_key from organisation_alias join organisation using (organisation_id)
        where alias = $name
        """,
        {"name": name},
    ).fetchall()
    if not row:
        raise NotFoundError(
            f"No record or organisation is known as '{name}' in this evidence.",
            'Look it up by name: keten find "<name>". A record is named like he:999977366.',
        )
    return name if (name,) in row else str(row[0][0])
