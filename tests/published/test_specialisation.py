"""Location quotients as published: world trade 1998-2000, and a small table that is made by hand.

Trade: data and values of the R package economiccomplexity. The small table falls into two blocks, so that
complexity is undefined on it; its quotients are not.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from keten.methods.specialisation import find_location_quotient


def test_small_table() -> None:
    found = find_location_quotient([[10, 20, 30], [40, 50, 0], [60, 0, 0]])
    np.testing.assert_allclose(
        found,
        [[0.3182, 1, 3.5], [0.8485, 1.6667, 0], [1.9091, 0, 0]],
        atol=5e-5,
    )


@pytest.mark.real_data
def test_world_trade(data_file: Callable[[str], Path]) -> None:
    path = data_file("published/trade/world_trade_1998_2000.csv.gz")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    countries = sorted({row["country"] for row in rows})
    products = sorted({row["product"] for row in rows})
    assert (len(rows), len(countries), len(products)) == (124_336, 226, 785)
    x = np.zeros((len(countries), len(products)))
    for row in rows:
        place = countries.index(row["country"]), products.index(row["product"])
        x[place] += float(row["value"])
    found = find_location_quotient(x)
    of = products.index("0011")
    assert found[countries.index("afg"), of] == pytest.approx(0.2312238, abs=5e-8)
    assert found[countries.index("and"), of] == pytest.approx(2.4825815, abs=5e-8)
