import os
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.classification.draw import chances, draw, half_of
from benchmarks.classification.labels import FORMS, find_faults
from benchmarks.classification.sample import HERE, draw_dutch, read_sample
from benchmarks.classification.texts import read_dutch


def test_committed_samples_are_halved_by_the_hash_of_the_key():
    for name, half in {"sample": 300, "sample-dutch": 50}.items():
        rows = read_sample(HERE / f"{name}.csv")
        assert len({key for key, _ in rows}) == len(rows)
        assert Counter(place for _, place in rows) == {"tune": half, "report": half}
        assert all(half_of(key) == place for key, place in rows)


def test_a_rare_stratum_is_drawn_more_often_and_the_order_of_things_does_not_matter():
    strata = {f"rare {n}": {"rare"} for n in range(20)} | {f"p {n}": {"plain"} for n in range(2000)}
    chance = chances(strata, {"rare": 10, "plain": 100})
    assert chance["rare 1"] == pytest.approx(0.5)
    assert chance["p 1"] == pytest.approx(0.05)
    totals = Counter()
    for seed in range(200):
        drawn = draw(chance, 110, str(seed))
        assert len(drawn) == 110
        totals[seed] = sum(key.startswith("rare") for key in drawn)
    assert sum(totals.values()) / 200 == pytest.approx(10, abs=0.5)
    backwards = dict(reversed(chance.items()))
    assert draw(backwards, 110, "7") == draw(chance, 110, "7")


def test_faults_of_a_reader_are_told():
    form = FORMS[0]
    rows = [
        form.columns,
        ("1", "optics", "develops", "no"),
        ("1", "optics", "applies", "no"),
        ("2", "none", "none", "no"),
        ("2", "quantum", "applies", "yes"),
        ("3", "quantum", "in", "no"),
        ("5", "none", "none", "no"),
    ]
    assert find_faults(form, rows, ["1", "2", "3", "4"]) == [
        "line 6: 3,quantum,in,no",
        "line 7: 5 is not in the sample",
        "1 optics stands twice",
        "2 has none, and something",
        "3 has no row",
        "4 has no row",
    ]
    assert find_faults(form, [*rows[:2], *rows[3:4]], ["1", "2"]) == []


@pytest.mark.real_data
def test_the_dutch_sample_is_drawn_again_from_the_open_data():
    # That of the projects takes half a minute: `python -m benchmarks.classification.sample` says so.
    data = os.environ.get("KETEN_DATA", "")
    if not data:
        pytest.skip("KETEN_DATA is not set")
    dutch = draw_dutch(read_dutch(Path(data)))
    assert [text.key for text in dutch] == [
        key for key, _ in read_sample(HERE / "sample-dutch.csv")
    ]
