"""What the report on linking counts: the queue, judged errors of the truth, targets."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from benchmarks.resolution import judge, judged, report
from benchmarks.resolution.columns import flatten
from benchmarks.resolution.exact import bare_name, find_exact
from benchmarks.resolution.links import read_links, write_links
from benchmarks.resolution.metrics import Links
from benchmarks.resolution.report import Method
from benchmarks.resolution.sides import LISTS, UNITS, Trial


def make_units(side: str, *rows: dict[str, list[str]]) -> pa.Table:
    columns: dict[str, list[object]] = {
        "key": [f"{side}:{row}" for row in range(len(rows))],
        "register": [side] * len(rows),
        **{name: [row.get(name, []) for row in rows] for name in LISTS},
    }
    return pa.table(columns, schema=UNITS)


def make_trial(name: str = "fp7", size: int = 20) -> Trial:
    """All are of the odd half; number n on the left is number n on the right, but the last is nobody."""
    rows = [{"names": [f"Firm {chr(65 + row)}x BV"], "countries": ["NL"]} for row in range(size)]
    return Trial(
        name,
        make_units("left", *rows),
        make_units("right", *rows[:-1]),
        [f"fp7:{row}" for row in range(size)],
        [f"he:{row}" for row in range(size - 1)],
        np.array([[row, row] for row in range(size - 1)]),
        np.arange(size) % 2 == 0,
        np.ones(size, np.bool_),
        np.ones(size, np.bool_),
    )


def test_queue_asks_about_what_is_likeliest_and_free() -> None:
    links = Links(
        np.array([0, 1, 1, 2, 3]), np.array([0, 0, 1, 2, 3]), np.array([0.99, 0.8, 0.7, 0.6, 0.5])
    )
    asked = np.ones(20, np.bool_)
    # A tenth of twenty records is two pairs; 1=0 is not asked, since 0 on the right is taken.
    queue = report.pick_queue(links, links.above(0.9), asked)
    assert list(zip(queue.left.tolist(), queue.right.tolist(), strict=True)) == [(1, 1), (2, 2)]


def test_exact_name_needs_name_and_country() -> None:
    left = make_units(
        "left",
        {"names": ["Stichting Alfa & Beta"], "countries": ["NL"]},
        {"names": ["Gamma S.p.A."], "countries": ["IT"]},
        {"names": ["B.V."], "countries": ["NL"]},
    )
    right = make_units(
        "right",
        {"names": ["GAMMA SOCIETA PER AZIONI"], "countries": ["IT"]},
        {"names": ["ALFA AND BETA"], "countries": ["NL"]},
        {"names": ["ALFA AND BETA"], "countries": ["BE"]},
        {"names": ["N.V."], "countries": ["NL"]},
    )
    links = find_exact(left, right)
    assert list(zip(links.left.tolist(), links.right.tolist(), strict=True)) == [(0, 1), (1, 0)]
    assert bare_name("Océ-Technologies B.V.") == "oce technologies"


def test_errors_of_the_truth_are_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fp7.csv").write_text(
        "left_key,right_key,verdict,reason\nfp7:19,he:0,one,registered twice\n", "utf-8"
    )
    monkeypatch.setattr(
        report, "read_judgements", lambda name: judged.read_judgements(name, tmp_path)
    )
    trial = make_trial()
    left, right = np.append(np.arange(1, 19), 19), np.append(np.arange(1, 19), 0)
    links = Links(left, right, np.full(19, 0.95))
    ours = Method("product", links, links)
    lines = {line.what: line for line in report.report_trial(trial, [ours], ours)}
    # Odd: 1, 3 .. 17 are right, and 19=0 is what the truth denies.
    assert lines["accepted: precision as the truth stands"].measured.startswith("0.9000")
    assert lines["accepted: precision, 1 errors of the truth set aside"].is_met
    assert lines["accepted: recall"].measured.startswith("1.0000")


def test_a_verdict_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("left_key,right_key,verdict,reason\na,b,perhaps,\n", "utf-8")
    with pytest.raises(ValueError, match="perhaps"):
        judged.read_judgements("x", tmp_path)
    assert judged.read_judgements("absent", tmp_path) == {}


def test_committed_judgements_can_be_read() -> None:
    for path in judged.FOLDER.glob("*.csv"):
        assert judged.read_judgements(path.stem)


def test_a_share_of_few_has_a_wide_interval(monkeypatch: pytest.MonkeyPatch) -> None:
    verdicts = {(f"a{at}", "b"): "one" if at < 9 else "two" for at in range(10)}
    monkeypatch.setattr(report, "read_judgements", lambda _name: verdicts)
    # Wilson's interval for nine of ten, from his formula.
    assert report.report_samples()[0].measured == "0.9000 (0.5958 to 0.9821)"


def test_links_survive_a_file(tmp_path: Path) -> None:
    links = Links(np.array([1, 2]), np.array([3, 4]), np.array([0.25, 0.5]))
    write_links(links, tmp_path / "links.parquet")
    again = read_links(tmp_path / "links.parquet")
    assert (again.left == links.left).all()
    assert (again.right == links.right).all()
    assert (again.score == links.score).all()


def test_peer_gets_what_the_product_normalises() -> None:
    units = make_units(
        "left",
        {
            "names": ["Universität Musterstadt"], "acronyms": ["U.M."], "countries": ["DE"],
            "postcodes": ["DE-12345"], "cities": ["MUSTERSTADT"], "streets": ["Hauptstr. 7"],
        },
    )  # fmt: skip
    left, right = flatten(units, units)
    (row,) = left.to_pylist()
    assert left.equals(right)
    assert row["name"] == "university musterstadt"
    assert (row["acronym"], row["postcode"], row["street_number"]) == ("um", "12345", "7")


def test_what_is_judged_shows_no_score(tmp_path: Path) -> None:
    judge.write_pairs(tmp_path / "x.csv", ["left_names"], [("fp7:1", "he:2", "Alfa BV")])
    assert (tmp_path / "x.csv").read_text("utf-8").splitlines() == [
        "left_key,right_key,left_names,verdict,reason",
        "fp7:1,he:2,Alfa BV,,",
    ]
