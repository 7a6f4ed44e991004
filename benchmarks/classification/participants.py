"""What participants tell of a project of which all else is hidden: fitted, and held against what was read.

A project's text, topic and fields are hidden; its participants are judged by their other projects.
`python -m benchmarks.classification tune-participants` fits two numbers on what the texts of projects that
nobody read say of them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import duckdb
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from benchmarks.classification.measures import (
    Estimate,
    Truth,
    average_precision,
    calibration_error,
    estimate,
    precision,
    recall,
    reliability,
)
from benchmarks.classification.readings import Readings, keys_of, read_readings
from benchmarks.verdict import say
from keten.evidence import technologies
from keten.evidence.technologies.inferring import LEAST, hear_participants, read_worth

Floats = NDArray[np.float64]

TEXTS: Final = 5000  # projects nobody read, to fit on: those with the lowest hashes
STEPS: Final = (LEAST, 0.5, 0.7)
_TABLES: Final = ("involvement", "project_judged", "project_technology", "technology")


def open_evidence(path: Path) -> duckdb.DuckDBPyConnection:
    """Open the tables it reads beside an empty database, in which it may keep what it asks for."""
    con = duckdb.connect()
    con.execute(f"attach '{path}' as kept (read_only)")
    for table in _TABLES:
        con.execute(f"create view {table} as select * from kept.{table}")
    return con


def hear(
    con: duckdb.DuckDBPyConnection, projects: Sequence[str], names: Sequence[str]
) -> tuple[Floats, Floats]:
    """Give log-odds of all projects, and what participants add (projects x names); nan: nothing said."""
    place = {each: row for row, each in enumerate(projects)}
    column = {each: number for number, each in enumerate(names)}
    shape = len(projects), len(names)
    common, said = np.full(shape, np.nan), np.full(shape, np.nan)
    for project, technology, usual, adds in hear_participants(con, projects):
        common[place[project], column[technology]] = usual
        said[place[project], column[technology]] = adds
    return common, said


def tune_participants(evidence: Path) -> None:
    """Fit, and write the two numbers that the product ships with."""
    con = open_evidence(evidence)
    read = {f"he-{key}" for key in read_readings("settled").keys}
    found = con.execute(
        "select project_id from project_judged where basis = 'text' and project_id like 'he-%'"
    ).fetchall()
    unread = sorted(
        (each for (each,) in found if each not in read),
        key=lambda each: hashlib.sha256(each.encode()).digest(),
    )[:TEXTS]
    names = _read_names(con)
    common, said = hear(con, unread, names)
    truth = np.zeros(common.shape)
    place = {each: row for row, each in enumerate(unread)}
    for project, technology, chance in con.execute(
        "select project_id, technology, probability from project_technology where relation <> 'none'"
    ).fetchall():
        if project in place:
            truth[place[project], names.index(technology)] = chance
    known = ~np.isnan(said)

    def loss(values: Floats) -> tuple[float, Floats]:
        odds = common[known] + values[0] * said[known] + values[1]
        slope = expit(odds) - truth[known]
        value = (np.logaddexp(0, odds) - truth[known] * odds).sum()
        return float(value), np.array([(slope * said[known]).sum(), slope.sum()])

    slope, start = minimize(loss, np.array([1.0, 0.0]), jac=True, method="L-BFGS-B").x
    value = {
        "version": date.today().isoformat(),  # noqa: DTZ011
        "slope": round(float(slope), 4),
        "start": round(float(start), 4),
    }
    path = Path(technologies.__file__).parent / "inferring.json"
    path.write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")
    say("\n".join(report_participants(evidence, "tune")[0]))


def report_participants(
    evidence: Path, half: str, weight: Floats | None = None
) -> tuple[list[str], dict[str, Any]]:
    """Give as lines of Markdown, and as data, how good it is on a half of what was read.

    `weight`: how many projects each text of the half stands for.
    """
    con = open_evidence(evidence)
    names = _read_names(con)
    truth = read_readings("settled").only(keys_of(half))
    common, said = hear(con, [f"he-{key}" for key in truth.keys], names)
    worth = read_worth()
    heard = ~np.isnan(said).any(axis=1)
    chance = np.where(heard[:, None], expit(common + worth.slope * said + worth.start), 0.0)
    so = _order(truth, names) >= 1
    flat, likely = so.ravel(), chance.ravel()
    exact = estimate(
        lambda drawn: average_precision(so[drawn].ravel(), chance[drawn].ravel()), len(so)
    )
    silent = f"{int((~heard).sum())} have no participant with another project that was read"
    often = np.ones(len(so)) if weight is None else weight
    lines = [
        f"{len(so)} projects, {int(so.sum())} labels; {silent}, and get nothing.\n",
        f"Average precision {exact}; of chances that know nothing it would be {so.mean():.3f}.\n",
        "| from this chance on | labels | right | precision | recall | precision, weighed to all |",
        "|---:|---:|---:|---:|---:|---:|",
    ]
    steps = []
    for step in STEPS:
        hat = chance >= step
        right, given = int((so & hat).sum()), int(hat.sum())
        exactly = [_estimate(each, so, hat) for each in (precision, recall)]
        weighed = float((often @ (so & hat)).sum() / max((often @ hat).sum(), 1e-9))
        lines.append(
            f"| {step} | {given} | {right} | {exactly[0]} | {exactly[1]} | {weighed:.3f} |"
        )
        steps.append(
            {
                "from": step, "labels": given, "right": right,
                "precision": _list(exactly[0]), "recall": _list(exactly[1]),
                "precision_weighed": round(weighed, 4),
            }
        )  # fmt: skip
    lines += ["", "| technology | true | average precision | common |", "|---|---:|---:|---:|"]
    for column, name in enumerate(names):
        mine = average_precision(so[:, column], chance[:, column])
        share = so[:, column].mean()
        lines.append(f"| {name} | {int(so[:, column].sum())} | {mine:.3f} | {share:.3f} |")
    lines += ["", "| said | true | pairs |", "|---:|---:|---:|"]
    lines += [
        f"| {each:.2f} | {true:.2f} | {round(share * flat.size)} |"
        for each, true, share in reliability(flat, likely)
    ]
    spread = np.broadcast_to(often[:, None], so.shape).ravel()
    lines.append(
        f"\nExpected calibration error {calibration_error(flat, likely):.3f}; weighed to all projects "
        f"{calibration_error(flat, likely, spread):.3f}."
    )
    return lines, {
        "texts": len(so), "true": int(so.sum()), "silent": int((~heard).sum()),
        "average_precision": _list(exact), "common": round(float(so.mean()), 4),
        "steps": steps, "calibration_error": round(calibration_error(flat, likely), 4),
    }  # fmt: skip


def _read_names(con: duckdb.DuckDBPyConnection) -> list[str]:
    return [
        name for (name,) in con.execute("select technology from technology order by 1").fetchall()
    ]


def _order(truth: Readings, names: Sequence[str]) -> NDArray[np.int64]:
    return truth.levels[:, [truth.subjects.index(name) for name in names]]


def _estimate(measure: Callable[[Truth, Truth], float], so: Truth, hat: Truth) -> Estimate:
    return estimate(lambda drawn: measure(so[drawn], hat[drawn]), len(so))


def _list(value: Estimate) -> list[float]:
    return [round(float(each), 4) for each in (value.value, value.low, value.high)]
