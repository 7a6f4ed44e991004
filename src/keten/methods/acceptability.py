"""Acceptability: how often an alternative comes first, when scores and weights are uncertain (SMAA-2).

Axes: s samples, a alternatives, c criteria, r ranks (the first is the best). A sample is one draw of
all scores and of all weights; the value of an alternative in it is its weighted sum of partial values,
which run from 0 (worst) to 1 (best). Nobody has to say what the weights are: what is not known is
drawn from all weights that could be. Alternatives of equal value share the ranks they take up evenly,
so that every rank is given away exactly once in every sample.

Sources: Lahdelma & Salminen (2001), SMAA-2: stochastic multicriteria acceptability analysis for group
decision making, Operations Research 49(3); Tervonen & Figueira (2008), A survey on stochastic
multicriteria acceptability analysis methods, Journal of Multi-Criteria Decision Analysis 15; Leskinen,
Viitanen, Kangas & Kangas (2006), Alternatives to incorporate uncertainty and risk attitude in
multicriteria evaluation of forest plans, Forest Science 52(3) for the pairwise winning index.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from keten.methods.proportion import find_wilson_interval

Floats = NDArray[np.float64]

_ROUNDS = 400  # of drawing weights before bounds count as all but impossible


@dataclass(frozen=True, slots=True)
class Acceptability:
    """What the samples say of every alternative; shares 0..1.

    `rank_ar[a, r]`: share of samples in which `a` has rank `r`, with bounds for the error of sampling;
    `central_ac[a]`: the mean weights with which `a` comes first, nan where it never does;
    `confidence_a`: the share in which `a` comes first if its central weights are the weights, nan
    where there are none; `winning_ab[a, b]`: the share in which `a` beats `b`, ties half each.
    """

    rank_ar: Floats
    rank_low_ar: Floats
    rank_high_ar: Floats
    central_ac: Floats
    confidence_a: Floats
    confidence_low_a: Floats
    confidence_high_a: Floats
    winning_ab: Floats
    samples: int


def sample_weights(
    samples: int,
    criteria: int,
    rng: np.random.Generator,
    *,
    low: ArrayLike | None = None,
    high: ArrayLike | None = None,
    order: Sequence[int] = (),
) -> Floats:
    """Draw weights, uniform over all that are not negative, sum to 1 and keep what is known of them.

    `low` and `high` bound each weight (criteria,); `order` names criteria from the most to the least
    important, all of them or some. Sorting a uniform draw gives a uniform draw of the ordered weights
    (Tervonen & Lahdelma 2007, Implementing SMAA, European Journal of Operational Research 178(2));
    bounds reject. Gives (samples, criteria). Raises: ValueError when no weights, or hardly any, keep
    the bounds.
    """
    floor = np.zeros(criteria) if low is None else np.asarray(low, np.float64)
    roof = np.ones(criteria) if high is None else np.asarray(high, np.float64)
    _check_bounds(floor, roof, criteria, order)
    places = list(order)
    found: list[Floats] = []
    kept = 0
    for _ in range(_ROUNDS):
        if places:
            drawn = _draw_simplex(samples, criteria, rng)
            drawn[:, places] = -np.sort(-drawn[:, places], axis=1)
        else:  # the weights above the floor are a smaller simplex
            drawn = floor + (1 - floor.sum()) * _draw_simplex(samples, criteria, rng)
        is_within = np.all((drawn >= floor - 1e-12) & (drawn <= roof + 1e-12), axis=1)
        found.append(drawn[is_within])
        kept += int(is_within.sum())
        if kept >= samples:
            return np.concatenate(found)[:samples]
    raise ValueError("hardly any weights keep these bounds: widen them")


def sample_interval(
    low_ac: ArrayLike, high_ac: ArrayLike, samples: int, rng: np.random.Generator
) -> Floats:
    """Draw scores uniformly between bounds. Shapes: both (a, c); gives (samples, a, c)."""
    low, high = np.asarray(low_ac, np.float64), np.asarray(high_ac, np.float64)
    if low.shape != high.shape or np.any(low > high) or not np.isfinite([low, high]).all():
        raise ValueError("every score needs a lower bound that is not above its upper bound")
    return low + (high - low) * rng.random((samples, *low.shape))


def sample_normal(
    mean_ac: ArrayLike, deviation_ac: ArrayLike, samples: int, rng: np.random.Generator
) -> Floats:
    """Draw scores from normal distributions. Shapes: both (a, c); gives (samples, a, c)."""
    mean, deviation = np.asarray(mean_ac, np.float64), np.asarray(deviation_ac, np.float64)
    if mean.shape != deviation.shape or np.any(deviation < 0):
        raise ValueError("every score needs a mean and a deviation that is not negative")
    return mean + deviation * rng.standard_normal((samples, *mean.shape))


def find_partial_values(score_sac: ArrayLike, worst_c: ArrayLike, best_c: ArrayLike) -> Floats:
    """Give scores as partial values: 0 at the worst end of the criterion's scale, 1 at the best.

    Linear, and not cut off beyond the scale. Where less is better, worst is above best.
    Shapes: (s, a, c), (c,), (c,); gives (s, a, c). Raises: ValueError for a scale of no length.
    """
    worst, best = np.asarray(worst_c, np.float64), np.asarray(best_c, np.float64)
    if np.any(worst == best):
        raise ValueError("the worst and the best end of a scale must differ")
    return (np.asarray(score_sac, np.float64) - worst) / (best - worst)


def find_shares_of_rank(value_sa: ArrayLike) -> Floats:
    """Give what share of each rank each alternative has in each sample; 1 or 0 without ties.

    Shapes: (s, a), more is better; gives (s, a, r). Every rank and every alternative sums to 1.
    """
    value = np.asarray(value_sa, np.float64)
    samples, alternatives = value.shape
    order = np.argsort(-value, axis=1, kind="stable")
    share = np.zeros((samples, alternatives, alternatives))
    rank = np.arange(alternatives)
    share[np.arange(samples)[:, None], order, rank] = 1.0
    ranked = np.take_along_axis(value, order, axis=1)
    for sample in np.flatnonzero((ranked[:, 1:] == ranked[:, :-1]).any(axis=1)).tolist():
        cuts = np.flatnonzero(np.diff(ranked[sample])) + 1
        for places in np.split(rank, cuts):
            share[sample, order[sample, places][:, None], places] = 1 / len(places)
    return share


def find_acceptability(
    partial_sac: ArrayLike, weight_sc: ArrayLike, level: float = 0.95
) -> Acceptability:
    """Give rank acceptabilities, central weights, confidence factors and pairwise winning indices.

    Rank acceptability b_a^r = P(rank of a = r); central weight w_a^c = E[w | rank of a = 1];
    confidence factor p_a^c = P(rank of a = 1 | w = w_a^c): Lahdelma & Salminen 2001, equations 6 to 9.
    Shapes: (s, a, c) partial values and (s, c) weights, sample by sample. Raises: ValueError.
    """
    partial, weight = np.asarray(partial_sac, np.float64), np.asarray(weight_sc, np.float64)
    samples, alternatives, criteria = _read_shape(partial, weight)
    value = np.einsum("sac,sc->sa", partial, weight)
    rank = find_shares_of_rank(value).sum(axis=0)
    first = find_first(value)
    times = first.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        central = (first.T @ weight) / times[:, None]
    confidence = np.full(alternatives, np.nan)
    for a in np.flatnonzero(times > 0).tolist():
        confidence[a] = find_first(partial @ central[a])[:, a].sum()
    low, high = find_wilson_interval(rank, samples, level)
    sure_low, sure_high = find_wilson_interval(np.nan_to_num(confidence), samples, level)
    is_never = np.isnan(confidence)
    return Acceptability(
        rank_ar=rank / samples,
        rank_low_ar=low,
        rank_high_ar=high,
        central_ac=central.reshape(alternatives, criteria),
        confidence_a=confidence / samples,
        confidence_low_a=np.where(is_never, np.nan, sure_low),
        confidence_high_a=np.where(is_never, np.nan, sure_high),
        winning_ab=_find_winning(value),
        samples=samples,
    )


def find_first(value_sa: ArrayLike) -> Floats:
    """Give what share of the first rank each alternative has in each sample; (s, a), ties split."""
    value = np.asarray(value_sa, np.float64)
    is_first = value == value.max(axis=1, keepdims=True)
    share: Floats = is_first / is_first.sum(axis=1, keepdims=True)
    return share


def _find_winning(value: Floats) -> Floats:
    winning = np.zeros((value.shape[1],) * 2)
    for a in range(value.shape[1]):
        mine = value[:, a : a + 1]
        winning[a] = ((mine > value) + 0.5 * (mine == value)).mean(axis=0)
    np.fill_diagonal(winning, np.nan)
    return winning


def _draw_simplex(samples: int, criteria: int, rng: np.random.Generator) -> Floats:
    spaced = rng.standard_exponential((samples, criteria))
    return np.asarray(spaced / spaced.sum(axis=1, keepdims=True), np.float64)


def _check_bounds(floor: Floats, roof: Floats, criteria: int, order: Sequence[int]) -> None:
    if floor.shape != (criteria,) or roof.shape != (criteria,):
        raise ValueError("there is one bound for each criterion")
    if np.any(floor < 0) or np.any(floor > roof):
        raise ValueError("a weight is never negative, and its lower bound never above its upper")
    if floor.sum() > 1 + 1e-9 or roof.sum() < 1 - 1e-9:
        raise ValueError("no weights keep these bounds: they must be able to sum to one")
    if len(set(order)) < len(order) or not set(order) <= set(range(criteria)):
        raise ValueError("an order names criteria, each once")


def _read_shape(partial: Floats, weight: Floats) -> tuple[int, int, int]:
    if partial.ndim != 3 or weight.shape != (partial.shape[0], partial.shape[2]):
        raise ValueError("partial values are (s, a, c) and weights (s, c), of the same samples")
    if 0 in partial.shape or not (np.isfinite(partial).all() and np.isfinite(weight).all()):
        raise ValueError("every sample needs every score and weight")
    return partial.shape[0], partial.shape[1], partial.shape[2]
