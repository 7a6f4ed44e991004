"""Comparison: keeps what comparing found from one build to the next, block by block.

Comparing is the heavy part of resolving, and knows nothing of rulings. A block is two registers in one
country; where the units of both sides are what they were, its comparisons are taken over, and the
result is the same as that of comparing everything.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from scipy.special import expit

from keten.evidence.resolve.alongside import compare_alongside
from keten.evidence.resolve.compare import PARTS
from keten.evidence.resolve.match import Block, Comparisons, score
from keten.evidence.resolve.organisation import write_table
from keten.evidence.resolve.unit import read_units
from keten.evidence.resolve.verdict import KEPT, Match
from keten.evidence.resolve.weights import Model, second_numbers, shipped_model

# Registers that hold one organisation more than once, and lists that spell one in several ways.
WITHIN: Final = ("none", "pic")
TABLES: Final = ("comparison_block", "organisation_comparison")


@dataclass(frozen=True, slots=True)
class Scores:
    """All pairs compared: the keys of their units, which weights apply to each, and may they link."""

    left: pa.ChunkedArray
    right: pa.ChunkedArray
    numbers: NDArray[np.int64]
    may_link: pa.ChunkedArray

    def find(self, pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], tuple[int, ...]]:
        """Give the numbers of the weights of these pairs (each in order), where they were compared."""
        wanted = set(pairs)
        if not wanted:
            return {}
        rows = np.flatnonzero(
            pc.is_in(self.left, pa.array(sorted({left for left, _ in wanted}))).to_numpy()
        )
        lefts, rights = (pc.take(side, rows).to_pylist() for side in (self.left, self.right))
        return {
            (left, right): tuple(self.numbers[row].tolist())
            for left, right, row in zip(lefts, rights, rows.tolist(), strict=True)
            if (left, right) in wanted
        }

    def weigh(self, model: Model) -> list[Match]:
        """Give the pairs that are worth keeping with these weights."""
        scores = model.score(self.numbers)
        chances = expit(scores)
        rows = np.flatnonzero(chances >= KEPT)
        columns = [pc.take(column, rows) for column in (self.left, self.right)]
        return [
            Match(*found)
            for found in zip(
                *(column.to_pylist() for column in columns), scores[rows].tolist(),
                chances[rows].tolist(), pc.take(self.may_link, rows).to_pylist(), strict=True,
            )
        ]  # fmt: skip


BlockName = tuple[str, str, str]
Progress = Callable[[int, int], None]


def write_comparisons(
    con: duckdb.DuckDBPyConnection,
    before: Mapping[BlockName, Block] | None = None,
    code: str = "",
    progress: Progress = lambda _done, _all: None,
) -> int:
    """Write `comparison_block` and `organisation_comparison`; gives how many blocks were compared.

    `code` is the fingerprint of the code that compares: what other code found is no use later.
    """
    found = compare_alongside(read_units(con), before or {}, WITHIN, progress)
    blocks = [block for _, block in sorted(found.blocks.items())]
    write_table(
        con,
        "comparison_block",
        {
            "block_no": pa.array(range(len(blocks)), pa.int32()),
            "one": pa.array([block.registers[0] for block in blocks], pa.string()),
            "other": pa.array([block.registers[1] for block in blocks], pa.string()),
            "country": pa.array([block.country for block in blocks], pa.string()),
            "fingerprint": pa.array([block.fingerprint for block in blocks], pa.string()),
            "code": pa.array([code] * len(blocks), pa.string()),
            "counted": pa.array([block.counted for block in blocks], pa.int64()),
            "pairs": pa.array([len(block.left) for block in blocks], pa.int32()),
        },
    )
    pairs = [len(block.left) for block in blocks]
    levels = np.concatenate([np.zeros((0, len(PARTS)), np.uint8)] + [b.levels for b in blocks])
    write_table(
        con,
        "organisation_comparison",
        {
            "block_no": pa.array(np.repeat(np.arange(len(blocks), dtype=np.int32), pairs)),
            "left_key": pa.array([key for block in blocks for key in block.left], pa.string()),
            "right_key": pa.array([key for block in blocks for key in block.right], pa.string()),
            "levels": pa.FixedSizeBinaryArray.from_buffers(
                pa.binary(len(PARTS)), len(levels), [None, pa.py_buffer(levels.tobytes())]
            ),
        },
    )
    return found.compared


def read_comparisons(con: duckdb.DuckDBPyConnection, database: str = "") -> Comparisons:
    """Give all blocks as they were written; `database` is that of an attached evidence, with a point."""
    named = con.execute(
        "select one, other, country, fingerprint, counted, pairs "
        f"from {database}comparison_block order by block_no"
    ).fetchall()
    pairs = con.sql(
        f"select left_key, right_key, levels from {database}organisation_comparison"
        " order by block_no, left_key, right_key"
    ).to_arrow_table()
    left = pairs.column("left_key").to_pylist()
    right = pairs.column("right_key").to_pylist()
    levels = np.frombuffer(b"".join(pairs.column("levels").to_pylist()), np.uint8)
    levels = levels.reshape(-1, len(PARTS))
    found = Comparisons()
    start = 0
    for one, other, country, fingerprint, counted, size in named:
        end = start + size
        found.blocks[one, other, country] = Block(
            (one, other), country, fingerprint, tuple(left[start:end]), tuple(right[start:end]),
            levels[start:end], counted,
        )  # fmt: skip
        start = end
    return found


def read_before(con: duckdb.DuckDBPyConnection, path: Path, code: str) -> dict[BlockName, Block]:
    """Give the blocks of an earlier evidence; none where it has none that this code found."""
    quoted = str(path).replace("'", "''")
    try:
        con.execute(f"attach '{quoted}' as earlier (read_only)")
    except duckdb.Error:
        return {}  # what cannot be opened is compared anew
    try:
        rows = con.execute(
            "select count(*) from duckdb_tables() "
            "where database_name = 'earlier' and table_name in (select unnest($tables))",
            {"tables": list(TABLES)},
        ).fetchall()
        if rows[0][0] < len(TABLES):
            return {}
        others = con.execute(
            "select count(*) from earlier.comparison_block where code <> $code", {"code": code}
        ).fetchall()
        if others[0][0]:
            return {}
        return dict(read_comparisons(con, "earlier.").blocks)
    finally:
        con.execute("detach earlier")


def read_scores(con: duckdb.DuckDBPyConnection) -> Scores:
    """Give every pair compared, scored with the weights that come with the product."""
    units = read_units(con)
    found = score(read_comparisons(con), units, shipped_model())
    keys = units.column("key").combine_chunks()
    levels = b"".join(found.column("levels").to_pylist())
    return Scores(
        pc.take(keys, found.column("left")),
        pc.take(keys, found.column("right")),
        second_numbers(
            np.frombuffer(levels, np.uint8).reshape(-1, len(PARTS)),
            found.column("near").to_numpy(),
            found.column("far").to_numpy(),
        ),
        found.column("may_link"),
    )
