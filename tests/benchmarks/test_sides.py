"""The two sides of the linkage tests: what is hidden, what is mended, and how many pairs there are."""

import hashlib
from pathlib import Path

import pytest

from benchmarks.resolution.sides import (
    UNITS,
    find_host,
    is_even,
    load_trial,
    mend_mac_roman,
    read_trials,
    save_trial,
)


@pytest.mark.parametrize(
    ("damaged", "whole"),
    [
        ("Bernhard J√∂ckel", "Bernhard Jöckel"),
        ("INVESTIGACI√ìN Y PROYECTOS", "INVESTIGACIÓN Y PROYECTOS"),
        ("hospod√°≈ôskou", "hospodářskou"),
        ("Dr. Niin‚Äôs Skin Clinic", "Dr. Niin’s Skin Clinic"),
        ("Jöckel", "Jöckel"),
        ("PLAIN", "PLAIN"),
    ],
)
def test_mac_roman_is_mended_where_certain(damaged: str, whole: str) -> None:
    assert mend_mac_roman(damaged) == whole


@pytest.mark.parametrize(
    ("website", "host"),
    [
        ("https://www.tno.nl/en/", "tno.nl"),
        ("http:/www.uef.fi", "uef.fi"),
        ("WUR.NL", "wur.nl"),
        ("n/a", None),
        (None, None),
    ],
)
def test_host_of_a_website(website: str | None, host: str | None) -> None:
    assert find_host(website) == host


def test_parity_is_the_last_bit_of_the_hash() -> None:
    for pic in ("999999999", "911618223", "888888170"):
        assert is_even(pic) == (hashlib.sha256(pic.encode()).hexdigest()[-1] in "02468ace")


@pytest.mark.real_data
def test_trials_have_the_pairs_that_are_known(data_dir: Path, tmp_path: Path) -> None:
    trials = read_trials(data_dir, ("fp7", "dump"))
    pairs = {name: len(trial.truth) for name, trial in trials.items()}
    dutch = {name: int(t.is_dutch[t.truth[:, 0]].sum()) for name, t in trials.items()}
    assert pairs == {"fp7": 7594, "dump": 6469}
    assert dutch == {"fp7": 344, "dump": 309}
    for name, trial in trials.items():
        assert trial.left.schema.names == UNITS.names
        # Nothing in a unit gives its number away.
        pics = {each.split(":")[1] for each in trial.left_ids}
        assert not pics & {key.split(":")[1] for key in trial.left["key"].to_pylist()}
        assert not any(trial.left["vat_numbers"].to_pylist())
        save_trial(trial, tmp_path / name)
        again = load_trial(name, tmp_path / name)
        assert again.left.equals(trial.left)
        assert again.right.equals(trial.right)
        assert (again.truth == trial.truth).all()
        assert (again.is_even == trial.is_even).all()
