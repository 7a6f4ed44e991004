"""Cross-over: symmetry, independence gives 1, and tests that err as often as they say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import fisher_exact, hypergeom, nchypergeom_fisher

from keten.methods.crossover import (
    Background,
    Meeting,
    chance_of_so_few,
    control_false_discoveries,
    expect_together,
    find_interval,
    find_odds,
    find_ratio,
    fit_background,
)


@st.composite
def meetings(draw: st.DrawFn) -> Meeting:
    both, first, second, neither = (draw(st.integers(0, 40)) for _ in range(4))
    return Meeting(both, both + first, both + second, both + first + second + neither)


def turned(meeting: Meeting) -> Meeting:
    return Meeting(meeting.together, meeting.second, meeting.first, meeting.total)


@settings(max_examples=80, deadline=None)
@given(meetings(), st.floats(0.05, 20))
def test_symmetric_in_the_two_fields(meeting: Meeting, odds: float) -> None:
    other = turned(meeting)
    assert find_ratio(meeting) == pytest.approx(find_ratio(other), nan_ok=True)
    assert find_odds(meeting) == pytest.approx(find_odds(other))
    assert expect_together(meeting, odds) == pytest.approx(expect_together(other, odds))
    assert chance_of_so_few(meeting, odds) == pytest.approx(chance_of_so_few(other, odds))


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 12), st.integers(1, 12), st.integers(1, 12))
def test_independence_gives_one(a: int, b: int, times: int) -> None:
    """Of a*b*times projects a share 1/a carries the one field, 1/b the other, 1/(a*b) both."""
    meeting = Meeting(times, b * times, a * times, a * b * times)
    assert find_ratio(meeting) == pytest.approx(1)
    assert expect_together(meeting, 1.0) == pytest.approx(times)


@settings(max_examples=60, deadline=None)
@given(meetings(), st.floats(0.05, 20))
def test_interval_holds_what_was_found_and_widens_with_its_level(
    meeting: Meeting, odds: float
) -> None:
    low, high = meeting.bounds
    narrow, wide = find_interval(meeting, 0.8), find_interval(meeting, 0.99)
    assert low - 1e-6 <= wide[0] <= narrow[0] + 1e-6
    assert narrow[1] - 1e-6 <= wide[1] <= high + 1e-6
    assert wide[0] - 1e-6 <= meeting.together <= wide[1] + 1e-6
    assert low - 1e-9 <= expect_together(meeting, odds) <= high + 1e-9


def test_equals_other_implementations() -> None:
    meeting = Meeting(3, 29, 22, 296)
    counts = np.arange(0, 23)
    assert expect_together(meeting, 2.5) == pytest.approx(nchypergeom_fisher.mean(296, 29, 22, 2.5))
    for odds in (0.4, 1.0, 3.0):
        chance = nchypergeom_fisher.pmf(counts, 296, 29, 22, odds)
        wanted = chance[:3].sum() + chance[3] / 2
        assert chance_of_so_few(meeting, odds) == pytest.approx(wanted)
    plain = hypergeom.cdf(3, 296, 29, 22) - hypergeom.pmf(3, 296, 29, 22) / 2
    assert chance_of_so_few(meeting) == pytest.approx(plain)


def test_tea_tasting() -> None:
    """Fisher's own example: of eight cups four are guessed, three rightly; P(3 or more) = 17/70."""
    tea = Meeting(3, 4, 4, 8)
    found = 1 - chance_of_so_few(tea) + hypergeom.pmf(3, 8, 4, 4) / 2
    assert found == pytest.approx(17 / 70)
    assert found == pytest.approx(fisher_exact([[3, 1], [1, 3]], alternative="greater").pvalue)


def test_interval_covers_what_it_promises() -> None:
    """Drawn at known odds, the 95 % interval holds the true expectation in 93-97 % of draws."""
    held = []
    for first, second, total, odds in ((29, 40, 296, 2.0), (60, 50, 400, 0.6), (90, 80, 1300, 1.0)):
        drawn = nchypergeom_fisher.rvs(
            total, first, second, odds, size=400, random_state=np.random.default_rng(first)
        )
        for together, times in zip(*np.unique(drawn, return_counts=True), strict=True):
            meeting = Meeting(int(together), first, second, total)
            low, high = find_interval(meeting)
            held += [low <= expect_together(meeting, odds) <= high] * int(times)
    assert 0.93 <= np.mean(held) <= 0.97


def test_false_discoveries_are_as_rare_as_promised() -> None:
    """Of 200 tests 20 are true; over many rounds the share of false ones among those named stays below."""
    draw = np.random.default_rng(3)
    shares = []
    for _ in range(300):
        p = draw.uniform(size=200)
        p[:20] = draw.beta(0.05, 8, 20)
        named = control_false_discoveries(p, 0.1)
        shares.append(named[20:].sum() / max(named.sum(), 1))
    assert np.mean(shares) <= 0.105
    assert np.mean(shares) > 0.05


def test_published_false_discoveries() -> None:
    """Benjamini & Hochberg 1995, section 3.2: of fifteen tests four hold at a rate of .05."""
    p = [.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719,
         .6528, .7590, 1.0]  # fmt: skip
    assert control_false_discoveries(p, 0.05).sum() == 4
    assert not control_false_discoveries([0.5, 0.9]).any()
    assert not len(control_false_discoveries([]))


def test_counts_that_cannot_be_are_refused() -> None:
    for counts in ((3, 2, 5, 10), (0, 8, 8, 10), (1, 11, 1, 10), (-1, 0, 0, 3)):
        with pytest.raises(ValueError, match="fit"):
            Meeting(*counts)
    with pytest.raises(ValueError, match="odds"):
        chance_of_so_few(Meeting(1, 2, 2, 9), 0)
    with pytest.raises(ValueError, match="level"):
        find_interval(Meeting(1, 2, 2, 9), 0)
    with pytest.raises(ValueError, match="between 0 and 1"):
        control_false_discoveries([1.2])


def test_what_lies_elsewhere() -> None:
    europe, here = Meeting(50, 900, 700, 16_000), Meeting(2, 29, 22, 296)
    assert europe.without(here) == Meeting(48, 871, 678, 15_704)
    with pytest.raises(ValueError, match="fit"):
        here.without(europe)


def test_background_is_found_again_and_makes_chances_honest() -> None:
    """Where odds differ between regions small chances come too often, unless that is reckoned with."""
    draw = np.random.default_rng(8)
    meetings, odds = [], []
    for _ in range(700):
        first, second = (int(n) for n in draw.integers(15, 60, 2))
        known = float(draw.uniform(1.2, 4))
        here = known * np.exp(draw.normal(-0.2, 0.4))
        together = nchypergeom_fisher.rvs(300, first, second, here, random_state=draw)
        meetings.append(Meeting(int(together), first, second, 300))
        odds.append(known)
    found = fit_background(meetings, odds)
    assert found.shift == pytest.approx(-0.2, abs=0.06)
    assert found.spread == pytest.approx(0.4, abs=0.08)

    def rare(background: Background) -> float:
        chances = [chance_of_so_few(m, o, background) for m, o in zip(meetings, odds, strict=True)]
        return float(np.mean(np.array(chances) < 0.05))

    assert rare(Background()) > 0.10
    assert 0.03 < rare(found) < 0.07
    with pytest.raises(ValueError, match="needed"):
        fit_background([], [])
