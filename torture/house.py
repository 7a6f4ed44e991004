"""A home with evidence, a workspace and its data, and what must be true of it whatever happens."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from benchmarks.ordered_export import hash_tables
from keten.evidence import latest, store
from keten.sources.invented import write_region
from keten.workspace import open_store

ROOT = Path(__file__).resolve().parents[1]
HE = Path("cordis") / "cordis-HORIZONprojects-csv.zip"
H2020 = Path("cordis") / "cordis-h2020projects-csv.zip"
NOW = datetime(2026, 11, 20, tzinfo=UTC)


@dataclass(frozen=True)
class Ending:
    """How a build ended."""

    code: int
    stations: tuple[str, ...]
    told: dict[str, Any]
    trouble: str = ""  # what no error of keten's own was made of

    @property
    def error(self) -> dict[str, str]:
        """What it said, when it was an error."""
        return dict(self.told.get("error", {}))

    @property
    def words(self) -> str:
        """The error in one line."""
        if not self.error:
            return self.trouble
        return f"{self.error.get('code')}: {self.error.get('what')} {self.error.get('next_step')}"


class Build:
    """A build in a process of its own."""

    def __init__(self, data: Path, home: Path, *options: str) -> None:
        command = [sys.executable, "-m", "torture.builder", str(data), str(home), *options]
        environment = {**os.environ, "OMP_NUM_THREADS": "1"}
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        self._stations: list[str] = []

    def wait_for(self, station: str) -> None:
        """Read until the build says that it is there."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.startswith("at "):
                self._stations.append(line[3:].strip())
                if self._stations[-1] == station:
                    return
            else:
                raise AssertionError(f"ended before {station}: {line}")
        raise AssertionError(f"ended before {station}")

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        assert self.process.wait() == -9
        self._close()

    def go_on(self) -> None:
        """Let it leave the station where it waits."""
        assert self.process.stdin is not None
        self.process.stdin.write("go\n")
        self.process.stdin.flush()

    def end(self) -> Ending:
        """Wait for its end."""
        assert self.process.stdout is not None
        told: dict[str, Any] = {}
        for line in self.process.stdout:
            if line.startswith("at "):
                self._stations.append(line[3:].strip())
            else:
                told = json.loads(line)
        assert self.process.stderr is not None
        trouble = self.process.stderr.read()
        code = self.process.wait()
        self._close()
        return Ending(code, tuple(self._stations), told, trouble)

    def _close(self) -> None:
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream is not None:
                try:
                    stream.close()
                except BrokenPipeError:
                    continue


@dataclass
class House:
    """A home and its data."""

    data: Path
    home: Path
    judgements: list[dict[str, Any]] = field(default_factory=list)

    @property
    def root(self) -> Path:
        """Where the evidence lies."""
        return self.home / "evidence"

    def build(self, *options: str) -> Ending:
        """Build to the end."""
        return Build(self.data, self.home, *options).end()

    def number(self) -> int:
        """Give the number in force."""
        return store.read_pointer(self.root)

    def tables(self) -> dict[str, str]:
        """Give the hashes of what is in force."""
        return hash_tables(store.folder_of(self.root, self.number()))

    def entries(self) -> set[str]:
        """Name what lies on the shelf, but for the lock."""
        return {path.name for path in self.root.iterdir()} - {"build.lock"}

    def sum(self) -> Decimal:
        """Give the money in the evidence in force, as the product opens it."""
        evidence = latest(self.home)
        row = evidence.cursor().execute("select sum(contribution_eur) from involvement").fetchone()
        assert row is not None
        evidence.close()
        return Decimal(row[0])

    def lines(self) -> list[dict[str, Any]]:
        """Give every judgement of the workspace."""
        with open_store(self.home) as opened:
            return [asdict(line) for line in opened.judgements()]

    def is_tidy(self) -> None:
        """Say that nothing half-written lies about: one or two whole evidences and the pointer."""
        folders = self.entries() - {"current"}
        assert f"{self.number():06d}" in folders, folders
        assert 1 <= len(folders) <= store.KEEP, folders
        assert all(name.isdigit() for name in folders), folders
        for name in folders:
            names = {path.name for path in (self.root / name).iterdir()}
            assert names == {"evidence.duckdb", "index.sqlite", "manifest.json"}, names
        assert self.lines() == self.judgements, "what people said is as it was"


def make_house(place: Path, *, organisations: int = 60, seed: int = 1) -> House:
    """Make a house with an invented region, three judgements and a first evidence."""
    house = House(place / "data", place / "home")
    write_region(house.data, organisations=organisations, seed=seed)
    assert house.build().code == 0
    rows = (
        latest(house.home)
        .cursor()
        .execute("select min(source_key) from same_as group by organisation_id order by 1 limit 4")
        .fetchall()
    )
    keys = [row[0] for row in rows]
    with open_store(house.home) as opened:
        opened.record("same", keys[0], keys[1], "one house", "ann", NOW)
        opened.record("different", keys[2], keys[3], "two towns", "ben", NOW)
        opened.record("note", keys[2], "", "asked them", "ann", NOW, is_private=True)
    ended = house.build()
    assert ended.code == 0, ended.words
    house.judgements = house.lines()
    return house


def copy_house(house: House, place: Path) -> House:
    """Give a copy to torture."""
    shutil.copytree(house.data.parent, place)
    return House(place / "data", place / "home", house.judgements)


def change(house: House, euro: int = 7) -> None:
    """Raise the first amount of Horizon Europe, so that there is something to build."""
    path = house.data / HE
    with zipfile.ZipFile(path) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    name = next(name for name in members if name.endswith("organization.csv"))
    head, first, rest = members[name].split(b"\n", 2)
    place = head.split(b";").index(b'"ecContribution"')
    cells = first[1:-1].split(b'";"')
    cells[place] = str(Decimal(cells[place].decode() or "0") + euro).encode()
    members[name] = b"\n".join((head, b'"' + b'";"'.join(cells) + b'"', rest))
    write_zip(path, members)


def read_zip(path: Path) -> dict[str, bytes]:
    """Give the members of a zip."""
    with zipfile.ZipFile(path) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def write_zip(path: Path, members: dict[str, bytes]) -> None:
    """Write a zip anew; the same members give the same bytes."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content, compresslevel=1)


class Reading:
    """A reader at work in a process of its own, before, while and after things go wrong."""

    def __init__(self, house: House) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "torture.reader", str(house.home)], cwd=ROOT,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self._process.stdout is not None
        assert json.loads(self._process.stdout.readline())["ready"]

    def end(self) -> dict[str, Any]:
        """Stop it, and give how often it read and what was wrong."""
        time.sleep(0.1)
        output, _ = self._process.communicate("")
        told: dict[str, Any] = json.loads(output)
        return told
