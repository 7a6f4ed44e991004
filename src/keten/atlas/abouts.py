"""What editors and lists say that projects and organisations are about, as a build takes it in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from keten.atlas.taxonomies import MEMBER, entry_of
from keten.model import (
    ABOUT_LABELS,
    OWN,
    SUBJECT_LABELS,
    About,
    Chain,
    Judgement,
    Member,
    Taxonomy,
)

# The kind of judgement: on a project or source key, `technology:optics`, {"label": "develops"}.
ABOUT: Final = "about"


def read_abouts(lines: Iterable[Judgement], taxonomy: Taxonomy) -> tuple[About, ...]:
    """Give the public lines that hold about entries of a taxonomy; others are left out."""
    found = []
    for line in lines:
        one, _, entry = line.object.partition(":")
        label = line.value.get("label") if isinstance(line.value, Mapping) else None
        is_mine = line.kind == ABOUT and one == taxonomy.one and taxonomy.find(entry) is not None
        if is_mine and label in ABOUT_LABELS and not line.is_private:
            found.append(
                About(
                    line.number, line.subject, taxonomy.scheme, entry, str(label), line.author,
                    line.reason, line.made_at.date().isoformat(),
                )
            )  # fmt: skip
    return tuple(found)


def gather_abouts(
    lines: Sequence[Judgement],
    taxonomy: Taxonomy | None,
    chains: Sequence[Chain] = (),
    missions: Taxonomy | None = None,
) -> tuple[About, ...]:
    """Give all that a build takes in: what was said of technologies, of chains and of missions."""
    return (
        *(read_abouts(lines, taxonomy) if taxonomy else ()),
        *read_subject_abouts(lines, "chain", {chain.chain for chain in chains}),
        *read_subject_abouts(
            lines, "mission", {each.entry for each in missions.entries} if missions else set()
        ),
    )


def read_subject_abouts(
    lines: Iterable[Judgement], one: str, names: Collection[str]
) -> tuple[About, ...]:
    """Give the public lines that hold about chains or missions of these names; others are left out."""
    found = []
    for line in lines:
        kind, _, name = line.object.partition(":")
        label = line.value.get("label") if isinstance(line.value, Mapping) else None
        is_mine = line.kind == ABOUT and kind == one and name in names
        if is_mine and label in SUBJECT_LABELS and not line.is_private:
            found.append(
                About(
                    line.number, line.subject, one, name, str(label), line.author, line.reason,
                    line.made_at.date().isoformat(),
                )
            )  # fmt: skip
    return tuple(found)


def read_members(lines: Iterable[Judgement], taxonomy: Taxonomy) -> tuple[Member, ...]:
    """Give the public memberships of entries that hold; rows that no source knows stay out."""
    found = []
    for line in lines:
        entry = entry_of(taxonomy, line)
        is_mine = line.kind == MEMBER and taxonomy.find(entry) is not None
        if is_mine and not line.is_private and not line.subject.startswith(f"{OWN}:"):
            found.append(Member(line.number, line.subject, taxonomy.scheme, entry))
    return tuple(found)
