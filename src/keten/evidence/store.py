"""The shelf of published evidence: numbered folders, one pointer, readers that never wait.

    <home>/evidence/current            the number in force, swapped atomically
    <home>/evidence/000007/            one published evidence, never changed again
        evidence.duckdb  index.sqlite  manifest.json
    <home>/evidence/building/          what a build is at work on; removed by the next one if it
    died
    <home>/evidence/build.lock         held by the operating system for as long as a build lives

A reader holds its files open, so that an evidence may be replaced, and even removed, under it.
"""

import contextlib
import errno
import fcntl
import json
import os
import re
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

import duckdb

from keten.errors import BuildError, BusyError, EvidenceError, LayoutError
from keten.evidence.memory import Memory, lend

FORMAT = 7  # raised whenever readers of an older layout could misread a newer one
ENGINE = f"duckdb {duckdb.__version__}"
# Pages look up single rows, and a look-up reads whole groups of rows: an eighth of DuckDB's own size
# takes half the time, and gives a build more to share out among its threads.
ROW_GROUP = 16_384
KEEP = 2  # published evidences that stay on the shelf: the one in force and the one before

_DISK_WORDS = re.compile(
    "no space left|file too large|could not (write|sync|truncate)|disk is full|disk i/o error",
    re.IGNORECASE,
)

Mark = Callable[[str], None]


def _no_mark(_: str) -> None:
    """Pass over the stations of publishing."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a published evidence was made of."""

    number: int
    built_at: datetime
    fingerprint: str
    rulings_fingerprint: str
    is_invented: bool
    stages: dict[str, str] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    format: int = FORMAT

    def to_json(self) -> str:
        """Write the manifest as text."""
        values = asdict(self) | {"built_at": self.built_at.isoformat()}
        return json.dumps(values, indent=2, sort_keys=True) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "Manifest":
        """Read a manifest; raises ValueError, KeyError or TypeError when it is none."""
        values = json.loads(text)
        values["built_at"] = datetime.fromisoformat(values["built_at"])
        return cls(**values)


class Evidence:
    """One published evidence, open for reading; safe to share between threads."""

    def __init__(self, folder: Path, manifest: Manifest, *, threads: int = 2) -> None:
        self.folder = folder
        self.manifest = manifest
        self._local = threading.local()
        self._memory = Memory()
        try:
            # Set after opening: within a process DuckDB refuses a second opening of a file whose
            # settings differ from the first.
            self._connection = duckdb.connect(str(folder / "evidence.duckdb"), read_only=True)
            self._connection.execute("set memory_limit = '1GB'")
            self._connection.execute(f"set threads = {int(threads)}")
            # The first few of a list are read faster in one go than by looking each up once more.
            self._connection.execute("set disabled_optimizers = 'late_materialization'")
        except duckdb.Error as error:
            raise EvidenceError(
                f"Evidence {manifest.number} cannot be opened: {error}", "Run: keten build"
            ) from error

    @property
    def number(self) -> int:
        """The running number of this evidence."""
        return self.manifest.number

    @property
    def built_at(self) -> datetime:
        """When the build that published it began."""
        return self.manifest.built_at

    @property
    def fingerprint(self) -> str:
        """A hash over all that this evidence was made from."""
        return self.manifest.fingerprint

    @property
    def is_invented(self) -> bool:
        """Whether its sources are invented, so that every face must say so."""
        return self.manifest.is_invented

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """Give this thread's own cursor."""
        cursor = getattr(self._local, "cursor", None)
        if cursor is None:
            cursor = self._connection.cursor()
            lend(cursor, self._memory)
            self._local.cursor = cursor
        return cursor

    def index(self) -> sqlite3.Connection:
        """Give this thread's own connection to the index of words."""
        index = getattr(self._local, "index", None)
        if index is None:
            address = f"{(self.folder / 'index.sqlite').resolve().as_uri()}?mode=ro&immutable=1"
            index = sqlite3.connect(address, uri=True, check_same_thread=False)
            self._local.index = index
        return index

    def close(self) -> None:
        """Let go of the files."""
        self._connection.close()


class Shelf:
    """The place of published evidence; gives the one in force and follows the pointer."""

    def __init__(self, home: Path, *, threads: int = 2) -> None:
        self.root = home / "evidence"
        self._threads = threads
        self._open: Evidence | None = None
        self._lock = threading.Lock()

    def evidence(self) -> Evidence:
        """Give the evidence in force, opened anew when a build has published another.

        Raises: EvidenceError when there is none.
        """
        held = self._open
        if held is not None and held.number == read_pointer(self.root):
            return held
        with self._lock:
            # The evidence held before is not closed here: other threads may still read it.
            while self._open is None or self._open.number != read_pointer(self.root):
                number = read_pointer(self.root)
                try:
                    self._open = _open(self.root, number, self._threads)
                except EvidenceError:
                    # Two builds in the meantime, and the folder is gone: follow the pointer on.
                    if read_pointer(self.root) == number:
                        raise
            return self._open


def latest(home: Path, *, threads: int = 2) -> Evidence:
    """Open the evidence in force below `home`; raises EvidenceError when there is none."""
    return Shelf(home, threads=threads).evidence()


def read_pointer(root: Path) -> int:
    """Read the number in force; raises EvidenceError when nothing was published yet."""
    try:
        return int((root / "current").read_text("ascii"))
    except FileNotFoundError:
        raise EvidenceError("No evidence has been built yet.", "Run: keten build") from None
    except (OSError, ValueError) as error:
        raise EvidenceError(
            f"The pointer to the evidence cannot be read: {error}", "Run: keten build"
        ) from error


def read_manifest(root: Path, number: int) -> Manifest:
    """Read the manifest of evidence `number`."""
    path = folder_of(root, number) / "manifest.json"
    try:
        manifest = Manifest.from_json(path.read_text("utf-8"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EvidenceError(
            f"The manifest of evidence {number} cannot be read: {error}", "Run: keten build"
        ) from error
    if manifest.format != FORMAT:
        raise LayoutError(
            f"Evidence {number} has layout {manifest.format}; this version reads {FORMAT}.",
            "Run: keten build",
        )
    return manifest


def folder_of(root: Path, number: int) -> Path:
    """Give the folder of evidence `number`."""
    return root / f"{number:06d}"


@contextlib.contextmanager
def build_lock(root: Path) -> Iterator[None]:
    """Hold the one lock of builds; raises BusyError when another build has it.

    The operating system lets go of it when the process dies, however it dies.
    """
    try:
        root.mkdir(parents=True, exist_ok=True)
        opened = (root / "build.lock").open("ab+", buffering=0)
    except OSError as error:
        raise _disk_error(error, root) from error
    with opened as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno not in (errno.EACCES, errno.EAGAIN):
                raise
            lock.seek(0)
            holder = lock.read().decode("ascii", "replace").strip() or "unknown"
            raise BusyError(
                f"Another build (process {holder}) is at work in {root}.",
                "Wait until it has ended, then build again if still needed.",
            ) from None
        # Who holds it is a courtesy: the lock holds also where the disk has no room for a number.
        with contextlib.suppress(OSError):
            lock.truncate(0)
            lock.write(str(os.getpid()).encode())
        yield


def start_building(root: Path) -> Path:
    """Clear what a dead build left, and give an empty folder to build in. Needs the lock."""
    clear_leftovers(root)
    building = root / "building"
    building.mkdir(parents=True)
    return building


def clear_leftovers(root: Path) -> None:
    """Remove half-made evidence: the building folder, and folders the pointer never reached."""
    shutil.rmtree(root / "building", ignore_errors=True)
    (root / "current.next").unlink(missing_ok=True)
    try:
        current = read_pointer(root)
    except EvidenceError:
        return  # nothing is in force: keep whatever stands there for a person to look at
    for number, folder in _published(root):
        if number > current:
            shutil.rmtree(folder, ignore_errors=True)
    _tidy(root)


def next_number(root: Path) -> int:
    """Give the number that the next published evidence gets."""
    return max((number for number, _ in _published(root)), default=0) + 1


def publish(root: Path, manifest: Manifest, mark: Mark = _no_mark) -> None:
    """Make the building folder the evidence in force: flush, rename, swap the pointer, tidy.

    Until the pointer is swapped the old evidence is in force; after it the new one is. `mark` is
    called between the steps, so that a test can end the process there.
    """
    building = root / "building"
    final = folder_of(root, manifest.number)
    mark("write-manifest")
    (building / "manifest.json").write_text(manifest.to_json(), "utf-8")
    for path in sorted(building.iterdir()):
        mark(f"flush-{path.name}")
        _flush(path)
    _flush(building)
    mark("rename-folder")
    building.rename(final)
    _flush(root)
    mark("write-pointer")
    pointer = root / "current.next"
    pointer.write_text(f"{manifest.number}\n", "ascii")
    _flush(pointer)
    mark("swap-pointer")
    pointer.replace(root / "current")
    _flush(root)
    mark("tidy")
    _tidy(root)
    mark("done")


@contextlib.contextmanager
def failing_well(root: Path) -> Iterator[None]:
    """Clear the building folder when a build fails, and say in words what the matter was."""
    try:
        yield
    except (MemoryError, duckdb.OutOfMemoryException) as error:
        raise BuildError(
            f"The build ran out of memory: {error}",
            "Close other programs, or build on a machine with at least 4 GB. The evidence that was "
            "there is still in force.",
        ) from error
    except (OSError, duckdb.Error, sqlite3.Error) as error:
        if not _is_of_disk(error):
            raise
        raise _disk_error(error, root) from error
    finally:
        shutil.rmtree(root / "building", ignore_errors=True)


def copy_in_force(root: Path, *, with_index: bool) -> None:
    """Copy the evidence in force into the building folder, for the stages that need not run."""
    old = folder_of(root, read_pointer(root))
    for name in ("evidence.duckdb", *(["index.sqlite"] if with_index else [])):
        shutil.copyfile(old / name, root / "building" / name)


def find_in_force(root: Path) -> Path | None:
    """Give the database of the evidence in force, whatever layout it has; None: there is none."""
    try:
        path = folder_of(root, read_pointer(root)) / "evidence.duckdb"
    except EvidenceError:
        return None
    return path if path.exists() else None


@contextlib.contextmanager
def open_building(root: Path, engine: dict[str, str | int]) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the evidence being built for writing; on the way out it is complete on disk."""
    folder = root / "building"
    con = duckdb.connect(config={**engine, "temp_directory": str(folder / "spill")})
    try:
        path = str(folder / "evidence.duckdb").replace("'", "''")
        con.execute(f"attach '{path}' as evidence (row_group_size {ROW_GROUP})")
        con.execute("use evidence")
        yield con
        con.execute("checkpoint")
    finally:
        con.close()
    shutil.rmtree(folder / "spill", ignore_errors=True)


def check_in_force(root: Path) -> Manifest:
    """Give the manifest of the evidence in force, once its files have proved to open.

    Raises: EvidenceError when nothing is in force, or when what is cannot be read.
    """
    number = read_pointer(root)
    manifest = read_manifest(root, number)
    if not (folder_of(root, number) / "index.sqlite").exists():
        raise EvidenceError(f"Evidence {number} lacks its index.", "Run: keten build")
    Evidence(folder_of(root, number), manifest, threads=1).close()
    return manifest


def _disk_error(error: Exception, root: Path) -> BuildError:
    return BuildError(
        f"The build could not write below {root}: {error}",
        "Make room on that disk (a build needs some three times the size of the sources "
        "unpacked), then build again. The evidence that was there is still in force.",
    )


def _is_of_disk(error: Exception) -> bool:
    """Say whether the disk refused; engines wrap that in errors of many kinds."""
    return isinstance(error, OSError | duckdb.IOException) or bool(_DISK_WORDS.search(str(error)))


def _tidy(root: Path) -> None:
    for _, folder in _published(root)[:-KEEP]:  # numbers may have gaps, where a build died
        shutil.rmtree(folder, ignore_errors=True)


def _open(root: Path, number: int, threads: int) -> Evidence:
    return Evidence(folder_of(root, number), read_manifest(root, number), threads=threads)


def _published(root: Path) -> list[tuple[int, Path]]:
    if not root.is_dir():
        return []
    return sorted(
        (int(path.name), path) for path in root.iterdir() if path.is_dir() and path.name.isdigit()
    )


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
