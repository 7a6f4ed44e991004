"""SMAA-2 as published: two blood thinners on three criteria, and a small case that can be worked out.

Heparin and Enoxaparin: samples and results of the R package `smaa` (Tervonen & van Valkenhoef), after
van Valkenhoef, Tervonen, Zhao, de Brock, Hillege & Postmus (2012).
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from keten.methods.acceptability import find_acceptability, sample_weights


def read_dump(path: Path) -> np.ndarray:
    """Read what R's dput wrote of an array: columns first."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        text = file.read()
    body, _, shape = text.partition(".Dim = c(")
    numbers = [float(word) for word in re.findall(r"-?\d+\.?\d*(?:e-?\d+)?", body)]
    sizes = [int(word) for word in re.findall(r"(\d+)L", shape.partition(")")[0])]
    return np.array(numbers).reshape(sizes, order="F")


@pytest.mark.real_data
def test_heparin_and_enoxaparin(data_file: Callable[[str], Path]) -> None:
    partial = read_dump(data_file("published/smaa/thrombo-meas.txt.gz"))
    weight = read_dump(data_file("published/smaa/thrombo-weights-nopref.txt.gz"))
    assert (partial.shape, weight.shape) == ((10_000, 2, 3), (10_000, 3))
    found = find_acceptability(partial, weight)
    np.testing.assert_allclose(found.rank_ar, [[0.3504, 0.6496], [0.6496, 0.3504]], atol=1e-12)
    np.testing.assert_allclose(found.central_ac[0], [0.1865097, 0.2772205, 0.5362698], atol=5e-8)
    np.testing.assert_allclose(found.confidence_a, [0.6682, 0.8956], atol=1e-12)
    assert found.winning_ab[0, 1] == pytest.approx(0.3504)


def test_two_alternatives_on_two_criteria() -> None:
    """A (1, 0) beats B (0.5, 0.75) where w > 0.75 (1 - w), so for w above 0.6: in 4 of 10 weights.

    The central weight of A is the middle of 0.6..1, that of B the middle of 0..0.6.
    """
    partial = np.array([[1.0, 0.0], [0.5, 0.75]])
    weight = sample_weights(40_000, 2, np.random.default_rng(1))
    found = find_acceptability(np.broadcast_to(partial, (40_000, 2, 2)), weight)
    assert found.rank_ar[0, 0] == pytest.approx(0.4, abs=0.01)
    assert found.rank_low_ar[0, 0] < 0.4 < found.rank_high_ar[0, 0]
    assert found.central_ac[0, 0] == pytest.approx(0.8, abs=0.005)
    assert found.central_ac[1, 0] == pytest.approx(0.3, abs=0.005)
    np.testing.assert_array_equal(found.confidence_a, [1, 1])
