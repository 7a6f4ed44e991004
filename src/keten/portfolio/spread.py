"""Spreads an amount over the days of a project, and fits a straight line through years."""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np


def spread_over_years(amount: float, first: date, last: date) -> dict[int, float]:
    """Give what falls in each year when an amount is spread evenly over days, both ends included.

    Raises: ValueError when the last day is before the first.
    """
    if last < first:
        raise ValueError(f"{last} is before {first}")
    days = (last - first).days + 1
    return {
        year: amount * _days_within(year, first, last) / days
        for year in range(first.year, last.year + 1)
    }


def find_slope(value_by_year: Mapping[int, float]) -> float | None:
    """Give the slope per year of the least-squares line; None with fewer than two years."""
    if len(value_by_year) < 2:
        return None
    years = np.array(sorted(value_by_year), np.float64)
    values = np.array([value_by_year[int(year)] for year in years], np.float64)
    away = years - years.mean()
    return float((away * (values - values.mean())).sum() / (away**2).sum())


def find_concentration(amounts: Sequence[float]) -> float | None:
    """Give the sum of squared shares (Herfindahl-Hirschman) of amounts above nought; None without."""
    positive = np.array([amount for amount in amounts if amount > 0], np.float64)
    if not len(positive):
        return None
    shares = positive / positive.sum()
    return float((shares**2).sum())


def _days_within(year: int, first: date, last: date) -> int:
    begin, end = max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
    return (end - begin).days + 1
