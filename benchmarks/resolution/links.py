"""Links as a file: what a method in a process of its own leaves behind for the report."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.resolution.metrics import Links


def write_links(links: Links, path: Path) -> None:
    """Write links as Parquet: `left`, `right`, `score`."""
    pq.write_table(pa.table({"left": links.left, "right": links.right, "score": links.score}), path)


def read_links(path: Path) -> Links:
    """Read back what `write_links` wrote."""
    table = pq.read_table(path)
    return Links(
        table["left"].to_numpy().astype(np.int64),
        table["right"].to_numpy().astype(np.int64),
        table["score"].to_numpy().astype(np.float64),
    )
