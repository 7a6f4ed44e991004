"""Members: places organisations of a list in chains, technologies and missions that columns name."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from keten.lists.views import Preview, Problem, is_stored
from keten.model import Judgement, Text
from keten.workspace import Line, Reader, Store, Terms

PLACED: Final = "party-stage"  # as a person places a party on the page of a chain
MEMBER: Final = "member"
_OF: Final = ("technology", "mission")  # a member is of these; of a chain without a stage, too


@dataclass(frozen=True, slots=True)
class Membership:
    """A row that belongs to something: `stage` where that is a stage of a chain."""

    subject: str
    of: str  # chain:<slug> | technology:<slug> | mission:<slug>
    stage: str = ""
    role: str = ""


def find_members(preview: Preview, terms: Terms) -> tuple[list[Membership], list[Problem]]:
    """Give who belongs where, and the names that nobody knows."""
    columns = {column.field: column.heading for column in preview.layout.columns}
    found: list[Membership] = []
    problems: list[Problem] = []

    def wrong(line: int, field: str, name: str, what: Text) -> None:
        problems.append(Problem(f"{line}", columns[field], name, what))

    for row in preview.rows:
        if not is_stored(row):
            continue
        subject, role = row.chosen or row.key, row.row.text("role")
        for kind in _OF:
            if kind not in columns:
                continue
            keys, unknown = terms.read(kind, row.row.text(kind))
            found += [Membership(subject, key, role=role) for key in keys]
            for name in unknown:
                wrong(row.row.line, kind, name, _UNKNOWN[kind])
        if "chain" not in columns or not row.row.text("chain"):
            continue
        keys, unknown = terms.read("chain", row.row.text("chain"))
        for name in unknown:
            wrong(row.row.line, "chain", name, _UNKNOWN["chain"])
        stage = row.row.text("stage") if "stage" in columns else ""
        for chain in keys:
            there = find_stage(terms, chain, stage) if stage else ""
            if stage and not there:
                wrong(row.row.line, "stage", stage, _UNKNOWN["stage"])
            else:
                found.append(Membership(subject, chain, there, role))
    return found, problems


def find_stage(terms: Terms, chain: str, name: str) -> str:
    """Give the stage of a chain that a name stands for, or nothing."""
    label = terms.label(chain)
    for asked in (f"{chain}/{name}", f"{label.en}: {name}", f"{label.nl}: {name}"):
        key = terms.find("stage", asked)
        if key.startswith(f"{chain}/"):
            return key.partition("/")[2]
    return ""


def write_members(
    store: Store,
    members: list[Membership],
    reader: Reader,
    *,
    is_private: bool,
    shared_with: str | None,
) -> Iterator[Line]:
    """Give the lines by which these members are placed; who stands there already gets none."""
    if not members:
        return
    standing: dict[tuple[str, str, str], Judgement] = {}
    for kind in (PLACED, MEMBER):
        for line in store.judgements(kind, only_in_force=True, reader=reader):
            if (line.is_private, line.shared_with) == (is_private, shared_with):
                standing[kind, line.subject, line.object] = line
    seen: set[tuple[str, str, str]] = set()
    for member in members:
        kind = PLACED if member.stage else MEMBER
        place = (kind, member.subject, member.of)
        if place in seen:
            continue
        seen.add(place)
        before = standing.get(place)
        old = before.value if before is not None and isinstance(before.value, dict) else {}
        value: dict[str, Any] = {"stage": member.stage} if member.stage else {}
        if member.role and kind == MEMBER:
            value["role"] = member.role
        if before is not None and all(old.get(name) == each for name, each in value.items()):
            continue
        yield Line(
            kind, member.subject, member.of, {**old, **value},
            supersedes=before.number if before else None,
            is_private=is_private, shared_with=shared_with,
        )  # fmt: skip


_UNKNOWN: Final = {
    "chain": Text("No value chain has this name.", "Geen waardeketen heet zo."),
    "stage": Text("This chain has no such stage.", "Deze keten heeft geen schakel die zo heet."),
    "technology": Text("No technology has this name.", "Geen technologie heet zo."),
    "mission": Text("No mission has this name.", "Geen missie heet zo."),
}
