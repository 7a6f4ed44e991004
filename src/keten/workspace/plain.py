"""Plain files: the whole workspace as a folder that a person can read, compare and load again.

YAML, with a line for each field, or tables as CSV or Excel: in each form nothing is lost.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
import yaml

from keten.errors import WorkspaceError
from keten.workspace.batches import Batch, read_batches
from keten.workspace.engine import reading, told_plainly, writing
from keten.workspace.lines import read_lines
from keten.workspace.loading import Found, Loaded, load_found
from keten.workspace.notation import write_entries, write_mapping
from keten.workspace.rules import refusal
from keten.workspace.schema import account, account_event, batch, judgement
from keten.workspace.sheets import SHEET_FORMS, read_sheet, write_sheet

FORM: Final = 1
HEAD: Final = "workspace.yaml"
PRIVATE: Final = "private"
LINES: Final = "lines"
YAML: Final = "yaml"
FORMS: Final = (YAML, *SHEET_FORMS)
_TOP: Final = ("accounts", "batches", "account-events")
_Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written."""

    files: tuple[str, ...]
    accounts: int
    batches: int
    lines: int


class PlainFiles:
    """Writes a workspace to plain files, and loads it from them."""

    def __init__(self, engine: sa.Engine, path: Path | str) -> None:
        self._engine, self._path = engine, path

    def write(self, folder: Path, *, with_private: bool = False, form: str = YAML) -> Exported:
        """Write everything that is public, as one moment has it; `with_private` the rest too.

        `form`: yaml, csv or xlsx.

        Never writes passwords, sessions or links. What an earlier export left in `folder` is replaced.
        Raises: WorkspaceError when the folder holds something else, or cannot be written in.
        """
        if form not in FORMS:
            raise refusal(f"'{form}' is no form of plain files.", f"Choose: {', '.join(FORMS)}.")
        with told_plainly(folder):
            _check_target(folder, with_private)
        with reading(self._engine, self._path) as connection:
            tables = dict(_public_tables(connection))
            if with_private:
                tables |= {f"{PRIVATE}/{n}": each for n, each in _private_tables(connection)}
            counts = _count(connection, with_private)
        head = {"keten_workspace": FORM} | ({"form": form} if form != YAML else {})
        files = {HEAD: write_mapping(head).encode()}
        files |= {f"{name}.{form}": _write(entries, form) for name, entries in tables.items()}
        with told_plainly(folder):
            _put(folder, files)
        return Exported(tuple(sorted(files)), *counts)

    def load(self, folder: Path, *, with_private: bool = False) -> Loaded:
        """Load what is new in `folder`, in one transaction; what contradicts what is here is told.

        Into an empty workspace everything comes back with its own number.
        Raises: WorkspaceError when a file is not as keten writes it.
        """
        with told_plainly(folder):
            found = read_folder(folder, with_private=with_private)
        with writing(self._engine, self._path) as connection:
            return load_found(connection, found)


def read_folder(folder: Path, *, with_private: bool) -> Found:
    """Read the files of an export.

    Raises: WorkspaceError when one is not as keten writes it.
    """
    head = _read(folder / HEAD) if (folder / HEAD).is_file() else None
    if not isinstance(head, dict) or head.get("keten_workspace") != FORM:
        raise refusal(
            f"'{folder}' holds no workspace that this version can load.",
            "Name a folder that `keten workspace export` wrote.",
        )
    form = head.get("form", YAML)
    if form not in FORMS:
        raise refusal(f"'{folder}' is written as '{form}'.", f"Known are: {', '.join(FORMS)}.")
    places = [folder, folder / PRIVATE] if with_private else [folder]
    hidden = folder / PRIVATE
    private_lines = _read_lines(hidden, form, is_private=True) if with_private else []
    sign_ins = _read_list(hidden / f"{_TOP[0]}.{form}") if with_private else []
    return Found(
        accounts=_read_list(folder / f"{_TOP[0]}.{form}"),
        sign_ins={entry["number"]: str(entry.get("sign_in")) for entry in sign_ins},
        batches=sorted(
            (
                {**entry, "is_private": place != folder}
                for place in places
                for entry in _read_list(place / f"{_TOP[1]}.{form}")
            ),
            key=_number,
        ),
        lines=sorted([*_read_lines(folder, form, is_private=False), *private_lines], key=_number),
        events=_read_list(hidden / f"{_TOP[2]}.{form}") if with_private else [],
    )


def _write(entries: Sequence[_Entry], form: str) -> bytes:
    return write_entries(entries).encode() if form == YAML else write_sheet(entries, form)


def _public_tables(connection: sa.Connection) -> Iterator[tuple[str, list[_Entry]]]:
    accounts = connection.execute(sa.select(account).order_by(account.c.number)).mappings()
    yield (
        _TOP[0],
        [
            _without_nothing(
                {
                    "number": row["number"],
                    "name": row["name"],
                    "role": row["role"],
                    "made_at": _moment(row["made_at"]),
                    "disabled_at": _moment(row["disabled_at"]),
                    "erased_at": _moment(row["erased_at"]),
                }
            )
            for row in accounts
        ],
    )
    yield from _said(connection, is_private=False)


def _private_tables(connection: sa.Connection) -> Iterator[tuple[str, list[_Entry]]]:
    named = sa.select(account.c.number, account.c.sign_in).where(account.c.sign_in.is_not(None))
    rows = connection.execute(named.order_by(account.c.number)).mappings()
    yield _TOP[0], [dict(row) for row in rows]
    events = connection.execute(sa.select(account_event).order_by(account_event.c.number))
    yield (
        _TOP[2],
        [
            _without_nothing({**row, "happened_at": _moment(row["happened_at"])})
            for row in events.mappings()
        ],
    )
    yield from _said(connection, is_private=True)


def _said(connection: sa.Connection, *, is_private: bool) -> Iterator[tuple[str, list[_Entry]]]:
    """Give the tables of batches and lines, public or private ones."""
    which = batch.c.is_private == is_private
    batches = read_batches(connection, None, which, all_of_them=True)
    signed = {
        row.number: row.account
        for row in connection.execute(sa.select(batch.c.number, batch.c.account))
    }
    yield _TOP[1], [_batch(each, signed[each.number]) for each in batches]
    lines = read_lines(connection, judgement.c.is_private == is_private)
    named = sa.select(judgement.c.number, judgement.c.account).where(
        judgement.c.account.is_not(None)
    )
    signers = {row.number: row.account for row in connection.execute(named)}
    by_kind: dict[str, list[_Entry]] = {}
    for line in lines:
        by_kind.setdefault(line.kind, []).append(
            _without_nothing(
                {
                    "number": line.number,
                    "subject": line.subject,
                    "object": line.object,
                    "made_at": _moment(line.made_at),
                    "author": line.author,
                    "account": signers.get(line.number),
                    "reason": line.reason,
                    "supersedes": line.supersedes,
                    "batch": line.batch,
                    "shared_with": line.shared_with,
                    "value": line.value,
                }
            )
        )
    for kind in sorted(by_kind):
        yield f"{LINES}/{kind}", by_kind[kind]


def _batch(each: Batch, signed: int | None) -> _Entry:
    return _without_nothing(
        {
            "number": each.number,
            "kind": each.kind,
            "title": each.title,
            "made_at": _moment(each.made_at),
            "author": each.author,
            "account": signed,
            "reason": each.reason,
            "undoes": each.undoes,
            "shared_with": each.shared_with,
            "detail": each.detail,
        }
    )


def _without_nothing(entry: _Entry) -> _Entry:
    return {name: value for name, value in entry.items() if value is not None}


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).isoformat()


def _count(connection: sa.Connection, with_private: bool) -> tuple[int, int, int]:
    def count(table: sa.Table, *which: "sa.ColumnElement[bool]") -> int:
        question = sa.select(sa.func.count()).select_from(table).where(*which)
        return connection.execute(question).scalar_one()

    def seen(table: sa.Table) -> "tuple[sa.ColumnElement[bool], ...]":
        return () if with_private else (sa.not_(table.c.is_private),)

    return count(account), count(batch, *seen(batch)), count(judgement, *seen(judgement))


def _check_target(folder: Path, with_private: bool) -> None:
    if folder.exists() and not folder.is_dir():
        raise refusal(f"'{folder}' is a file.", "Name a folder.")
    there = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    if HEAD not in there and any(not name.startswith(".") for name in there):
        raise refusal(
            f"'{folder}' holds other things than a workspace.",
            "Name a new folder, or an empty one.",
        )
    if PRIVATE in there and not with_private:
        raise refusal(
            f"'{folder}' holds private things of an earlier export.",
            "Add --private to renew them, or name another folder.",
        )


def _put(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files, and remove those of an earlier export that are not among them."""
    for name, content in files.items():
        path = folder / name
        is_private = name.startswith(f"{PRIVATE}/")
        path.parent.mkdir(mode=0o700 if is_private else 0o777, parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.part")
        part.unlink(missing_ok=True)
        part.touch(mode=0o600 if is_private else 0o666)
        part.write_bytes(content)
        part.replace(path)
    ours = [place / f"{name}.{form}" for place in (folder, folder / PRIVATE)
            for name in _TOP for form in FORMS]  # fmt: skip
    for place in (folder / LINES, folder / PRIVATE / LINES):
        ours += [path for form in FORMS for path in sorted(place.glob(f"*.{form}"))]
    for path in ours:
        if path.relative_to(folder).as_posix() not in files:
            path.unlink(missing_ok=True)


def _read_lines(folder: Path, form: str, *, is_private: bool) -> list[_Entry]:
    return [
        {**entry, "kind": path.stem, "is_private": is_private}
        for path in sorted((folder / LINES).glob(f"*.{form}"))
        for entry in _read_list(path)
    ]


def _read_list(path: Path) -> list[_Entry]:
    if not path.is_file():
        return []
    form = path.suffix.removeprefix(".")
    found: Any = _read(path) if form == YAML else read_sheet(path.read_bytes(), form, path.name)
    if not isinstance(found, list):
        raise refusal(f"{path.name} is no list.", "Export it anew, or mend it by hand.")
    for place, entry in enumerate(found, 1):
        is_whole = isinstance(entry, dict) and type(entry.get("number")) is int
        if not is_whole or not 0 < entry["number"] < 2**62:
            raise refusal(
                f"{path.name}: entry {place} has no number.", "Export it anew, or mend it by hand."
            )
    return found


def _read(path: Path) -> Any:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast, where it was built
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - safe ones
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        raise WorkspaceError(
            f"{path.name}{where} is not written as YAML in UTF-8.", "Mend that line."
        ) from error


def _number(entry: _Entry) -> int:
    return int(entry["number"])
