"""Loading: adds what is new in plain files to a workspace; nothing that is there changes."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from keten.errors import WorkspaceError
from keten.model import Judgement
from keten.workspace import rules
from keten.workspace.accounts import check_role
from keten.workspace.lines import as_json
from keten.workspace.names import check_name, check_sign_in, name_key
from keten.workspace.schema import account, account_event, batch, judgement

_Entry = Mapping[str, Any]
DEFINITION: Final = "definition"
_ACCOUNT: Final = {"number", "name", "role", "made_at", "disabled_at", "erased_at"}
_BATCH: Final = {
    "number", "kind", "title", "made_at", "author", "account", "reason", "undoes", "shared_with",
    "detail", "is_private",
}  # fmt: skip
_SIGNED: Final = (
    "kind", "reason", "author", "account", "made_at", "is_private", "shared_with",
)  # fmt: skip
_LINE: Final = {
    "number", "subject", "object", "made_at", "author", "account", "reason", "supersedes", "batch",
    "shared_with", "value", "kind", "is_private",
}  # fmt: skip
# What a value of a kind names by a number, which may be another one here.
_NUMBERED: Final = {"verified": "line", "note": "owner"}


@dataclass(frozen=True, slots=True)
class Found:
    """What plain files hold, as they say it."""

    accounts: list[_Entry]
    sign_ins: Mapping[int, str]
    batches: list[_Entry]
    lines: list[_Entry]
    events: list[_Entry]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of it; each conflict says in words what was left out, and why."""

    accounts: int
    batches: int
    lines: int
    known: int
    conflicts: tuple[str, ...]


@dataclass(slots=True)
class _Here:
    """The workspace that is loaded into: what is there, and what each number of the files became."""

    is_empty: bool
    accounts: dict[int, int] = field(default_factory=dict)
    batches: dict[int, int] = field(default_factory=dict)
    lines: dict[int, int] = field(default_factory=dict)
    by_number: dict[int, Judgement] = field(default_factory=dict)
    later: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    only_one: dict[tuple[Any, ...], list[int]] = field(default_factory=lambda: defaultdict(list))
    conflicts: list[str] = field(default_factory=list)
    known: int = 0

    def add(self, line: Judgement) -> None:
        """Take a line into account."""
        self.by_number[line.number] = line
        if line.supersedes is not None:
            self.later[line.supersedes].append(line.number)
        if (place := _place_for_one(line)) is not None:
            self.only_one[place].append(line.number)

    def is_withdrawn(self, number: int) -> bool:
        """Say whether a line was withdrawn, and that was not withdrawn in its turn."""
        return any(
            self.by_number[later].kind == rules.WITHDRAWN and not self.is_withdrawn(later)
            for later in self.later[number]
        )

    def beaten_by(self, number: int) -> int | None:
        """Give the line that took the place of this one."""
        return next((n for n in self.later[number] if not self.is_withdrawn(n)), None)

    def standing(self, line: Judgement) -> int | None:
        """Give the line that holds in a place where only one can, other than what this supersedes."""
        place = _place_for_one(line)
        for number in self.only_one[place] if place is not None else ():
            if number != line.supersedes and self.beaten_by(number) is None:
                return number
        return None


def load_found(connection: sa.Connection, found: Found) -> Loaded:
    """Add what is new; into an empty workspace with the numbers of the files.

    Raises: WorkspaceError when an entry is not one that keten could have written.
    """
    tables = (account, batch, judgement)
    here = _Here(all(_last(connection, table) == 0 for table in tables))
    new_accounts = _load_accounts(connection, found, here)
    new_batches = _load_batches(connection, found.batches, here)
    new_lines = _load_lines(connection, found.lines, here)
    if here.is_empty:
        _load_events(connection, found.events, here)
    elif found.events and new_accounts:
        here.conflicts.append(
            "What happened to accounts was left out: it is loaded into an empty workspace only."
        )
    for table in (*tables, account_event):
        _number_on(connection, table)
    return Loaded(new_accounts, new_batches, new_lines, here.known, tuple(here.conflicts))


def _load_accounts(connection: sa.Connection, found: Found, here: _Here) -> int:
    there = {
        (row["made_at"], row["name_key"] or ""): row
        for row in connection.execute(sa.select(account)).mappings()
    }
    names = {row["name_key"] for row in there.values()}
    sign_ins = {row["sign_in"] for row in there.values()}
    last, new = _last(connection, account), 0
    for entry in _whole("accounts.yaml", found.accounts, _ACCOUNT):
        where = f"accounts.yaml: account {entry['number']}"
        check_role(str(entry.get("role")))
        row = {
            "name": None, "name_key": None, "sign_in": None, "role": entry["role"],
            **{f"{name}_at": _moment(entry, f"{name}_at", where)
               for name in ("made", "disabled", "erased")},
        }  # fmt: skip
        if row["made_at"] is None:
            raise _wrong(where, "the moment it was made is missing")
        if row["erased_at"] is None:
            row["name"] = check_name(str(entry.get("name", "")))
            row["name_key"] = name_key(row["name"])
            sign_in = found.sign_ins.get(entry["number"])
            row["sign_in"] = None if sign_in is None else check_sign_in(str(sign_in))
        same = there.get((row["made_at"], row["name_key"] or "")) or there.get((row["made_at"], ""))
        if same is not None:  # who was erased here stays so, whatever the files say
            here.accounts[entry["number"]] = same["number"]
            here.known += 1
            continue
        if row["name_key"] in names or (row["sign_in"] and row["sign_in"] in sign_ins):
            here.conflicts.append(f"{where}: somebody else here has this name.")
            continue
        if row["erased_at"] is not None and any(made == row["made_at"] for made, _ in there):
            here.conflicts.append(f"{where} was erased there, and is not here.")
            continue
        last = entry["number"] if here.is_empty else last + 1
        connection.execute(account.insert().values(number=last, **row))
        names.add(row["name_key"])
        sign_ins.add(row["sign_in"])
        here.accounts[entry["number"]] = last
        new += 1
    return new


def _load_batches(connection: sa.Connection, entries: list[_Entry], here: _Here) -> int:
    known: dict[str, list[int]] = defaultdict(list)
    for there in connection.execute(sa.select(batch).order_by(batch.c.number)).mappings():
        known[_print_of(there)].append(there["number"])
    last, new = _last(connection, batch), 0
    for entry in _whole("batches.yaml", entries, _BATCH):
        where = f"batches.yaml: batch {entry['number']}"
        line = _line({**entry, "subject": "batch", "object": ""}, where)
        title = entry.get("title")
        if not isinstance(title, str):
            raise _wrong(where, "the title is missing")
        rules.check_text("title", title, 300)
        row = _signed(entry, line, here, where)
        if row is None or not _maps(entry, "undoes", here.batches, here, where):
            continue
        row = {name: row[name] for name in _SIGNED} | {
            "title": title,
            "detail": as_json(entry.get("detail")),
            "undoes": here.batches.get(entry.get("undoes", 0)),
        }
        if same := known[_print_of(row)]:
            here.batches[entry["number"]] = same.pop(0)
            here.known += 1
            continue
        last = entry["number"] if here.is_empty else last + 1
        connection.execute(batch.insert().values(number=last, **row))
        here.batches[entry["number"]] = last
        new += 1
    return new


def _load_lines(connection: sa.Connection, entries: list[_Entry], here: _Here) -> int:
    known: dict[str, list[int]] = defaultdict(list)
    for there in connection.execute(sa.select(judgement).order_by(judgement.c.number)).mappings():
        known[_print_of(there)].append(there["number"])
        fields = {f: there[f] for f in Judgement.__slots__}
        here.add(Judgement(**{**fields, "value": None}))
    last, rows = _last(connection, judgement), []
    for entry in _whole("lines", entries, _LINE):
        where = f"{entry['kind']}.yaml: line {entry['number']}"
        line = _line(entry, where)
        rules.check_line(line)
        row = _signed(entry, line, here, where)
        if row is None or not (
            _maps(entry, "supersedes", here.lines, here, where)
            and _maps(entry, "batch", here.batches, here, where)
        ):
            continue
        row["supersedes"] = here.lines.get(entry.get("supersedes", 0))
        row["batch"] = here.batches.get(entry.get("batch", 0))
        row["value"] = as_json(_value(entry, here))
        if same := known[_print_of(row)]:
            here.lines[entry["number"]] = same.pop(0)
            here.known += 1
            continue
        last = entry["number"] if here.is_empty else last + 1
        told = replace(line, number=last, supersedes=row["supersedes"])
        if trouble := _trouble(told, here):
            here.conflicts.append(f"{where}: {trouble}")
            continue
        here.add(told)
        here.lines[entry["number"]] = last
        rows.append({"number": last, **row})
    if rows:
        connection.execute(judgement.insert().inline(), rows)
    return len(rows)


def _load_events(connection: sa.Connection, entries: list[_Entry], here: _Here) -> None:
    rows = []
    for entry in entries:
        where = f"account-events.yaml: event {entry['number']}"
        who, by = (here.accounts.get(entry.get(name, 0)) for name in ("account", "by"))
        texts = {name: str(entry.get(name, "")) for name in ("kind", "detail")}
        at = _moment(entry, "happened_at", where)
        if at is None:
            raise _wrong(where, "the moment is missing")
        rows.append(
            {"number": entry["number"], "account": who, "by": by, "happened_at": at, **texts}
        )
    if rows:
        connection.execute(account_event.insert().inline(), rows)


def _trouble(line: Judgement, here: _Here) -> str:
    """Say why a line contradicts what is here; nothing where it does not."""
    if line.supersedes is not None:
        earlier = here.by_number[line.supersedes]
        try:
            later = here.beaten_by(line.supersedes)
            rules.check_superseding(earlier, line.supersedes, later, line)
        except WorkspaceError as error:
            return error.what
    elif (number := here.standing(line)) is not None:
        return f"judgement {number} holds here, and this does not take its place."
    return ""


def _place_for_one(line: Judgement) -> tuple[Any, ...] | None:
    """Give what only one line at a time can hold: a ruling on a pair, a definition."""
    owner = line.author if line.is_private else None
    if line.kind in rules.VERDICTS:
        return (*rules.pair_of(line), line.is_private, owner)
    if line.object == DEFINITION and line.kind != rules.WITHDRAWN:
        return (line.subject, line.kind, line.is_private, owner)
    return None


def _value(entry: _Entry, here: _Here) -> Any:
    """Give the value of a line; the numbers of a line and of an account in it are those of here."""
    value = entry.get("value")
    if not isinstance(value, dict) or entry["kind"] not in _NUMBERED:
        return value
    name = _NUMBERED[entry["kind"]]
    numbers = here.lines if name == "line" else here.accounts
    known = value.get(name)
    return {**value, name: numbers.get(known, known)} if isinstance(known, int) else value


def _line(entry: _Entry, where: str) -> Judgement:
    """Make a line of an entry, its references still those of the file."""
    for name in ("subject", "object", "reason", "author", "kind", "shared_with"):
        if not isinstance(entry.get(name, ""), str):
            raise _wrong(where, f"'{name}' is no text")
    made_at = _moment(entry, "made_at", where)
    if made_at is None:
        raise _wrong(where, "the moment is missing")
    supersedes = entry.get("supersedes")
    return Judgement(
        entry["number"], entry["kind"], entry.get("subject", ""), entry.get("object", ""),
        entry.get("reason", ""), entry.get("author", ""), made_at, supersedes,
        bool(entry["is_private"]), entry.get("value"), entry.get("shared_with"),
    )  # fmt: skip


def _signed(entry: _Entry, line: Judgement, here: _Here, where: str) -> dict[str, Any] | None:
    """Give an entry as a row, signed by the account that its own became; None where that is not here."""
    if not _maps(entry, "account", here.accounts, here, where):
        return None
    number = here.accounts.get(entry.get("account", 0))
    return {
        "kind": line.kind, "subject": line.subject, "object": line.object, "reason": line.reason,
        "author": "" if number is not None else line.author, "account": number,
        "made_at": line.made_at, "is_private": line.is_private, "shared_with": line.shared_with,
    }  # fmt: skip


def _maps(entry: _Entry, name: str, known: Mapping[int, int], here: _Here, where: str) -> bool:
    """Say whether what an entry rests on is here; tell it where it is not."""
    number = entry.get(name)
    if number is None or number in known:
        return True
    here.conflicts.append(f"{where} rests on {name} {number}, which is not here.")
    return False


def _whole(file: str, entries: Iterable[_Entry], names: set[str]) -> Iterable[_Entry]:
    """Give entries, unless two have one number, or one has a field that nobody knows."""
    seen: set[int] = set()
    for entry in entries:
        if entry["number"] in seen:
            raise _wrong(file, f"two entries have the number {entry['number']}")
        if strange := sorted(set(map(str, entry)) - names):
            raise _wrong(f"{file}: {entry['number']}", f"'{strange[0]}' is no field")
        seen.add(entry["number"])
        yield entry


def _moment(entry: _Entry, name: str, where: str) -> datetime | None:
    written = entry.get(name)
    if written is None:
        return None
    try:
        moment = datetime.fromisoformat(str(written))
    except ValueError as error:
        raise _wrong(where, f"'{written}' is no moment") from error
    if moment.tzinfo is None:
        raise _wrong(where, f"'{written}' has no time zone")
    return moment


def _print_of(row: Mapping[Any, Any]) -> str:
    """Give a hash of a row without its number: two that say the same are told apart by their order."""
    told = {str(name): value for name, value in row.items() if name != "number"}
    told["made_at"] = row["made_at"].timestamp()
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _last(connection: sa.Connection, table: sa.Table) -> int:
    return connection.execute(sa.select(sa.func.max(table.c.number))).scalar() or 0


def _number_on(connection: sa.Connection, table: sa.Table) -> None:
    """Let a server number on from the last row: it counts only the numbers it gave itself."""
    if connection.dialect.name == "postgresql" and (last := _last(connection, table)):
        connection.execute(
            sa.text("select setval(pg_get_serial_sequence(:table, 'number'), :last)"),
            {"table": table.name, "last": last},
        )


def _wrong(where: str, what: str) -> WorkspaceError:
    return rules.refusal(f"{where}: {what}.", "Export it anew, or mend it by hand.")
