"""What was settled holds what the readers agreed on, and gives a reason for all the rest."""

import csv

import numpy as np
import pytest

from benchmarks.classification.agreement import f1, kappa
from benchmarks.classification.labels import FOLDER
from benchmarks.classification.readings import read_readings

ENDINGS = ("", "-chains", "-dutch")


def test_kappa_and_f1_are_as_worked_out_by_hand() -> None:
    left = np.array([True] * 25 + [True] * 10 + [False] * 15)
    right = np.array([True] * 20 + [False] * 5 + [True] * 10 + [False] * 15)
    # Agreed .9; by chance .7 x .6 + .3 x .4 = .54.
    assert kappa(left, right) == pytest.approx((0.9 - 0.54) / (1 - 0.54))
    assert f1(left, right) == pytest.approx(60 / 65)


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_both_readers_said_is_settled_so(ending: str) -> None:
    first, second, settled = (read_readings(who, ending) for who in ("first", "second", "settled"))
    agreed = first.levels == second.levels
    assert (settled.levels[agreed] == first.levels[agreed]).all()
    assert (settled.arguable[agreed] == (first.arguable | second.arguable)[agreed]).all()
    chosen = settled.levels[~agreed]
    assert ((chosen == first.levels[~agreed]) | (chosen == second.levels[~agreed])).all()


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_differed_has_a_reason_of_its_own(ending: str) -> None:
    first, second = read_readings("first", ending), read_readings("second", ending)
    with (FOLDER / f"settled{ending}.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))[1:]
    reasons = {(row[0], row[1]): row[-1] for row in rows}
    for row, column in np.argwhere(first.levels != second.levels):
        reason = reasons[first.keys[row], first.subjects[column]]
        assert reason
        assert not reason.startswith("agreed")
