"""Wilson's interval: values that others computed, and the edges."""

from __future__ import annotations

import numpy as np
import pytest

from keten.methods.proportion import find_wilson_interval


def test_known_values() -> None:
    """Newcombe (1998), Two-sided confidence intervals for the single proportion, table I, method 3."""
    low, high = find_wilson_interval([81, 15, 0, 1], [263, 148, 20, 29])
    np.testing.assert_allclose(low, [0.2553, 0.0624, 0.0, 0.0061], atol=5e-5)
    np.testing.assert_allclose(high, [0.3662, 0.1605, 0.1611, 0.1718], atol=5e-5)


def test_edges() -> None:
    low, high = find_wilson_interval([0, 5], [0, 5])
    assert np.isnan(low[0])
    assert np.isnan(high[0])
    assert high[1] == 1.0
    with pytest.raises(ValueError, match="above all"):
        find_wilson_interval(3, 2)
    with pytest.raises(ValueError, match="level"):
        find_wilson_interval(1, 2, 1.0)
