"""Own row: puts a row of somebody's list beside a source organisation, and says what speaks for it.

Compared as `look_up` compares, but these two alone: that others resemble the row as well is not counted.
"""

from typing import Any

import duckdb
import numpy as np
from scipy.special import expit

from keten.evidence.resolve.compare import PARTS, compare
from keten.evidence.resolve.explain import read_records, waterfall
from keten.evidence.resolve.lookup import Row, unit_of
from keten.evidence.resolve.parties import make_party
from keten.evidence.resolve.weights import read_weights, second_numbers
from keten.model import ComparisonPart


def explain_row(
    con: duckdb.DuckDBPyConnection, row: Row, source_key: str, home: str
) -> tuple[tuple[ComparisonPart, ...], float]:
    """Give what was compared, step by step, and the chance by these steps alone.

    Raises: KeyError where the evidence knows no such record.
    """
    record = read_records(con, (source_key,))[source_key]
    own: dict[str, Any] = dict(unit_of(0, row, home))
    sides = ([make_party(0, "own", own, "")], [make_party(0, source_key, record, "")])
    levels = compare(*sides, np.array([0]), np.array([0])).levels
    model = read_weights(con)
    none = np.array([0], np.uint8)
    score = float(model.score(second_numbers(levels, none, none))[0])
    told = dict(zip(PARTS, levels[0].tolist(), strict=True)) | {"rival_near": 0, "rival_far": 0}
    _, parts = waterfall(told, model, own, record)
    return tuple(part for part in parts if part.left or part.right), float(expit(score))
