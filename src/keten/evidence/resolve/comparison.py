"""Comparison: keeps what comparing found from one build to the next, block by block.

Comparing is the heavy part of resolving, and knows nothing of rulings. A block is two registers in one
country; where the units of both sides are what they were, its comparisons are taken over, and the
result is the same as that of comparing everything.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa

from keten.evidence.resolve.alongside import compare_alongside
from keten.evidence.resolve.compare import PARTS
from keten.evidence.resolve.match import Block, Comparisons, is_one_to_one, may_link
from keten.evidence.resolve.organisation import write_table
from keten.evidence.resolve.scoring import weigh_levels
from keten.evidence.resolve.unit import read_units
from keten.evidence.resolve.weights import Model, rival_levels, shipped_model

# Registers that hold one organisation more than once, and lists that spell one in several ways.
WITHIN: Final = ("none", "pic")
TABLES: Final = ("comparison_block", "organisation_comparison")


_COLUMNS: Final = """block_no integer, left_key varchar, right_key varchar, levels blob, near utinyint,
    far utinyint, may_link boolean, score double"""
_AT_ONCE: Final = 100  # blocks that are written together

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
    model = shipped_model()
    con.execute(f"create or replace table organisation_comparison({_COLUMNS})")
    for first in range(0, len(blocks), _AT_ONCE):
        some = [
            _tabulate(number, block, model)
            for number, block in enumerate(blocks[first : first + _AT_ONCE], first)
        ]
        con.register("arrived", pa.concat_tables(some))
        con.execute("insert into organisation_comparison by name select * from arrived")
        con.unregister("arrived")
    return found.compared


def _tabulate(number: int, block: Block, model: Model) -> pa.Table:
    """Give the pairs of a block with their levels, those of their rivals, and the score as delivered."""
    places: dict[str, int] = {}
    lefts, rights = (
        np.array([places.setdefault(key, len(places)) for key in side], np.int64)
        for side in (block.left, block.right)
    )
    ask_right = is_one_to_one(*block.registers)
    near, far = rival_levels(model.look_first(block.levels), lefts, rights, ask_right=ask_right)
    size = len(block.left)
    return pa.table(
        {
            "block_no": pa.array(np.full(size, number, np.int32)),
            "left_key": pa.array(block.left, pa.string()),
            "right_key": pa.array(block.right, pa.string()),
            "levels": pa.array([row.tobytes() for row in block.levels], pa.binary()),
            "near": pa.array(near),
            "far": pa.array(far),
            "may_link": pa.array(may_link(block.levels)),
            "score": pa.array(weigh_levels(model, block.levels, near, far)),
        }
    )


def read_comparisons(con: duckdb.DuckDBPyConnection, database: str = "") -> Comparisons:
    """Give all blocks as they were written; `database` is that of an attached evidence, with a point."""
    named = con.execute(
        "select one, other, country, fingerprint, counted, pairs "
        f"from {database}comparison_block order by block_no"
    ).fetchall()
    pairs = con.sql(
        f"select left_key, right_key, levels from {database}organisation_comparison"
        " order by block_no, rowid"
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
