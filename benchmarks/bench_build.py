"""What a build takes: from the zips, with nothing changed, after a touch, a change, a ruling."""

from __future__ import annotations

import os
import shutil
import zipfile
from decimal import Decimal
from pathlib import Path

import duckdb

from benchmarks.bench_complete import ZIPS
from benchmarks.ordered_export import differing, hash_tables
from benchmarks.process import Taken, run_module
from benchmarks.verdict import Ground, Line, below, equal

# Two organisations of Horizon Europe without anything in common, so that the ruling does something.
RULING = ("same", "he:999977366", "he:999990267")


def run(ground: Ground) -> list[Line]:
    """Build again and again on a copy of the data, as separate processes."""
    data = _copied(ground)
    home, other = ground.scratch / "home", ground.scratch / "other"

    full = _build(data, home)
    first = hash_tables(_folder(home, full))
    lines = [
        below("full build from the zips, wall", full.wall_s, 30, "s"),
        Line("full build, CPU", f"{full.cpu_s:.1f} s"),
        below("full build, peak memory", full.said["peak_mb"] / 1024, 2, "GB", 2),
        Line("full build, stages", " ".join(f"{k} {v:.1f}" for k, v in full.said["seconds"].items())),
    ]  # fmt: skip
    again = _build(data, other)
    lines.append(_same("two builds, ordered export", first, hash_tables(_folder(other, again))))

    idle = _build(data, home)
    lines += _short("nothing changed", idle, 2, ran=())
    for path in sorted(data.rglob("*")):
        os.utime(path)
    lines += _short("touched, not changed", _build(data, home), 2, ran=())

    ruled = _build(data, home, *RULING)
    lines += _short("after one ruling", ruled, 10, ran=("resolve", "link", "measure", "index"))
    fresh = _build(data, ground.scratch / "ruled", *RULING)
    lines.append(
        _same(
            "after a ruling, incremental against full",
            hash_tables(_folder(home, ruled)),
            hash_tables(_folder(ground.scratch / "ruled", fresh)),
        )
    )
    back = _build(data, home)
    lines.append(
        _same("ruling taken back, against the first", first, hash_tables(_folder(home, back)))
    )

    before = _sum(home, back)
    _change_one_amount(data / ZIPS["h2020"])
    changed = _build(data, home)
    lines += [
        equal("content changed, date restored: load runs", "load" in changed.said["ran"], True),
        equal("and the sum moves by what was changed, EUR", str(_sum(home, changed) - before), "7.00"),
    ]  # fmt: skip
    whole = _build(data, ground.scratch / "changed")
    lines.append(
        _same(
            "after a change, incremental against full",
            hash_tables(_folder(home, changed)),
            hash_tables(_folder(ground.scratch / "changed", whole)),
        )
    )
    return lines


def _copied(ground: Ground) -> Path:
    data = ground.scratch / "data"
    for name in ("cordis", "geo"):
        shutil.copytree(ground.data / name, data / name, copy_function=shutil.copyfile)
    return data


def _build(data: Path, home: Path, *ruling: str) -> Taken:
    return run_module("benchmarks.build_once", [str(data), str(home), *ruling])


def _folder(home: Path, taken: Taken) -> Path:
    return home / "evidence" / f"{taken.said['number']:06d}"


def _short(what: str, taken: Taken, limit: float, ran: tuple[str, ...]) -> list[Line]:
    return [
        below(f"{what}, wall (CPU {taken.cpu_s:.1f} s)", taken.wall_s, limit, "s"),
        equal(f"{what}, stages that ran", tuple(taken.said["ran"]), ran),
    ]


def _same(what: str, one: dict[str, str], other: dict[str, str]) -> Line:
    names = differing(one, other)
    return Line(
        what, "equal" if not names else f"differ: {', '.join(names)}", "equal, byte for byte",
        not names,
    )  # fmt: skip


def _sum(home: Path, taken: Taken) -> Decimal:
    path = str(_folder(home, taken) / "evidence.duckdb")
    with duckdb.connect(path, read_only=True) as con:
        row = con.execute("select sum(contribution_eur) from involvement").fetchone()
    assert row is not None
    return Decimal(row[0])


def _change_one_amount(path: Path) -> None:
    """Raise one amount in a zip by seven euro, and give the zip its old date."""
    before = path.stat()
    with zipfile.ZipFile(path) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    name = next(name for name in members if name.endswith("organization.csv"))
    head, first, rest = members[name].split(b"\n", 2)
    place = head.split(b";").index(b'"ecContribution"')
    cells = first[1:-1].split(b'";"')
    cells[place] = str(Decimal(cells[place].decode() or "0") + 7).encode()
    members[name] = b"\n".join((head, b'"' + b'";"'.join(cells) + b'"', rest))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
