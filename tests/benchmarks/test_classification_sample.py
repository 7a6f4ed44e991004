import os
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.classification.defined import read_definitions
from benchmarks.classification.draw import chances, draw, half_of
from benchmarks.classification.labels import FOLDER, FORMS, find_faults, read_rows
from benchmarks.classification.sample import HERE, draw_dutch, read_sample
from benchmarks.classification.second import draw_more_dutch, write_texts
from benchmarks.classification.texts import Text, read_dutch


def test_committed_samples_are_halved_by_the_hash_of_the_key():
    halves = {"sample": 300, "sample-dutch": 50, "sample-chains-2": 90, "sample-dutch-2": 50}
    for name, half in halves.items():
        rows = read_sample(HERE / f"{name}.csv")
        assert len({key for key, _ in rows}) == len(rows)
        assert Counter(place for _, place in rows) == {"tune": half, "report": half}
        assert all(half_of(key) == place for key, place in rows)


def test_a_second_sample_holds_nothing_of_the_first_and_its_blank_sheet_all_of_it():
    for name, first in {"chains-2": "sample", "dutch-2": "sample-dutch"}.items():
        keys = {key for key, _ in read_sample(HERE / f"sample-{name}.csv")}
        assert not keys & {key for key, _ in read_sample(HERE / f"{first}.csv")}
        form = next(form for form in FORMS if form.ending == f"-{name}")
        heading, *lines = read_rows(FOLDER / f"blank-{name}.csv")
        assert heading == form.columns
        assert sorted(line[0] for line in lines) == sorted(keys)
        assert not any("".join(line[1:]) for line in lines)


def test_a_definition_names_by_its_words_and_by_weak_words_in_near_fields_alone():
    hydrogen = read_definitions()["green-hydrogen"]
    energy, hydrogen_energy = "/25/67/425/1", "/25/67/425/1169/1691"
    assert hydrogen.is_named("An electrolyser for the sea", [])
    assert hydrogen.is_named("Burning hydrogen", [energy])
    assert not hydrogen.is_named("Burning hydrogen", ["/23/45"])
    assert not hydrogen.is_named("The hydrogen bond in fuel", [energy])
    assert not hydrogen.is_named("A microbial fuel cell", [])
    assert hydrogen.is_around([hydrogen_energy], [])
    assert hydrogen.is_around([], ["HORIZON-JTI-CLEANH2-2022-01-01"])
    assert not hydrogen.is_around([energy, "/25/67/425/1169/16910"], ["HORIZON-CL5"])


def test_readers_get_whole_texts_without_a_word_of_why(tmp_path: Path):
    text = Text("7", "A title", "Long " * 400, frozenset({"named:photonics"}))
    assert write_texts(tmp_path, "chains-2", [text]) == 1
    written = (tmp_path / "chains-2-01.md").read_text(encoding="utf-8")
    assert written.split("\n\n") == ["## 7\n**A title**", ("Long " * 400).strip() + "\n"]


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
    texts = read_dutch(Path(data))
    for name, drawn in {
        "sample-dutch": draw_dutch(texts),
        "sample-dutch-2": draw_more_dutch(texts),
    }.items():
        assert [text.key for text in drawn] == [key for key, _ in read_sample(HERE / f"{name}.csv")]
