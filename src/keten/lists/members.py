"""Members: places the organisations of a list in value chains, where its columns name chain and stage."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from keten.lists.columns import fold
from keten.lists.views import Preview, PreviewRow, Problem, is_stored
from keten.model import Content, Judgement, Text
from keten.workspace import Line, Reader, Store

PLACED: Final = "party-stage"  # as a person places a party on the page of a chain


@dataclass(frozen=True, slots=True)
class Membership:
    """A row that is placed in a stage of a chain."""

    row: PreviewRow
    chain: str
    stage: str


def find_members(
    preview: Preview, chains: tuple[Content, ...]
) -> tuple[list[Membership], list[Problem]]:
    """Give who is placed where, and the chains and stages that nobody knows."""
    columns = {column.field: column.heading for column in preview.layout.columns}
    if "chain" not in columns or "stage" not in columns:
        return [], []
    known = _read_names(chains)
    found: list[Membership] = []
    problems: list[Problem] = []
    for row in preview.rows:
        chain, stage = row.row.text("chain"), row.row.text("stage")
        if not is_stored(row) or not chain or not stage:
            continue
        slug, stages = known.get(fold(chain), ("", {}))
        if not slug:
            problems.append(Problem(
                f"{row.row.line}", columns["chain"], chain,
                Text("No value chain has this name.", "Geen waardeketen heet zo."),
            ))  # fmt: skip
        elif fold(stage) not in stages:
            problems.append(Problem(
                f"{row.row.line}", columns["stage"], stage,
                Text("This chain has no such stage.", "Deze keten heeft geen schakel die zo heet."),
            ))  # fmt: skip
        else:
            found.append(Membership(row, slug, stages[fold(stage)]))
    return found, problems


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
    standing: dict[tuple[str, str], Judgement] = {}
    for line in store.judgements(PLACED, only_in_force=True, reader=reader):
        if (line.is_private, line.shared_with) == (is_private, shared_with):
            standing[line.subject, line.object] = line
    seen: set[tuple[str, str]] = set()
    for member in members:
        subject, chain = member.row.chosen or member.row.key, f"chain:{member.chain}"
        if (subject, chain) in seen:
            continue
        seen.add((subject, chain))
        before = standing.get((subject, chain))
        if before is not None and (before.value or {}).get("stage") == member.stage:
            continue
        yield Line(
            PLACED, subject, chain, {"stage": member.stage},
            supersedes=before.number if before else None,
            is_private=is_private, shared_with=shared_with,
        )  # fmt: skip


def _read_names(chains: tuple[Content, ...]) -> dict[str, tuple[str, dict[str, str]]]:
    found: dict[str, tuple[str, dict[str, str]]] = {}
    for content in chains:
        stages = {
            name: str(stage.get("stage", ""))
            for stage in content.value.get("stages", ())
            for name in _called(stage, str(stage.get("stage", "")))
        }
        for name in _called(content.value, content.name):
            found.setdefault(name, (content.name, stages))
    return found


def _called(value: Mapping[str, Any], slug: str) -> set[str]:
    label = value.get("label")
    labels = label.values() if isinstance(label, dict) else ()
    return {fold(text) for text in (slug, *map(str, labels)) if fold(text)}
