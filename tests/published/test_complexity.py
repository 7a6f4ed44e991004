"""Complexity, fitness and proximity as published: world trade 1998-2000, and where there are none.

Data and values of the R package economiccomplexity; the ranking with a floor of size is that of the same
data.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from keten.methods.complexity import Undefined, find_complexity, find_fitness
from keten.methods.relatedness import find_proximity
from keten.methods.specialisation import find_location_quotient

SMALL = [[10, 20, 30], [40, 50, 0], [60, 0, 0]]


def test_undefined_on_separate_blocks() -> None:
    m = find_location_quotient(SMALL) >= 1
    for find in (find_complexity, find_fitness):
        with pytest.raises(Undefined, match="2 groups"):
            find(m, least=1)


Trade = tuple[list[str], list[str], np.ndarray]


@pytest.fixture(scope="module")
def trade(data_file: Callable[[str], Path]) -> Trade:
    path = data_file("published/trade/world_trade_1998_2000.csv.gz")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = [(r["country"], r["product"], float(r["value"])) for r in csv.DictReader(file)]
    countries, products = sorted({row[0] for row in rows}), sorted({row[1] for row in rows})
    at_c = {name: place for place, name in enumerate(countries)}
    at_p = {name: place for place, name in enumerate(products)}
    x = np.zeros((len(countries), len(products)))
    for country, product, value in rows:
        x[at_c[country], at_p[product]] += value
    return countries, products, x


@pytest.mark.real_data
def test_world_trade(trade: Trade) -> None:
    countries, products, x = trade
    m = find_location_quotient(x) >= 1
    index = dict(zip(countries, find_complexity(m, ddof=1).regions, strict=True))
    assert [index[name] for name in ("afg", "ago", "aia", "alb")] == pytest.approx(
        [-0.5764283, -1.7770752, 1.4090414, -0.1732606], abs=5e-7
    )
    fitness = dict(zip(countries, find_fitness(m, 19).regions, strict=True))
    assert [fitness[name] for name in ("afg", "ago", "aia")] == pytest.approx(
        [0.78605655, 0.03999516, 1.05645538], abs=5e-8
    )
    phi = find_proximity(m)
    assert phi[products.index("0011"), products.index("0012")] == pytest.approx(0.3658537, abs=5e-8)


@pytest.mark.real_data
def test_a_floor_of_size_puts_the_large_first(trade: Trade) -> None:
    countries, _, x = trade
    large = x.sum(axis=1) >= 1e9
    x = x[large]
    x = x[:, x.sum(axis=0) > 0]
    m = find_location_quotient(x) >= 1
    has = m.any(axis=0)
    index = find_complexity(m[:, has]).regions
    names = np.array(countries)[large]
    order = list(names[np.argsort(-index, kind="stable")])
    assert order[:10] == ["jpn", "deu", "gbr", "che", "ita", "fra", "usa", "aut", "swe", "esp"]
    assert order.index("nld") + 1 == 16
    assert len(order) == 32
