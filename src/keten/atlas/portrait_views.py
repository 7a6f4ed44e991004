"""What is shown of what an organisation is about: each technology with what its parts say."""

from __future__ import annotations

from dataclasses import dataclass

from keten.model import Figure, Judgement, Text


@dataclass(frozen=True, slots=True)
class PortraitRow:
    """A technology that an organisation is about, and what its projects, lists and editors say of it.

    `basis` is what `weight` comes from: projects, list or editor. `by_topic`: some of its projects were
    judged by their topic alone. `listed` are the lists' lines, `said` that of the editor; `is_later`
    when people said so after the build.
    """

    technology: str
    label: Text
    weight: Figure
    basis: str
    share: Figure
    projects: Figure
    develops: Figure
    contribution_eur: Figure
    by_topic: bool
    last_year: int | None
    listed: tuple[Judgement, ...]
    said: Judgement | None
    is_later: bool


@dataclass(frozen=True, slots=True)
class Portrait:
    """What an organisation is about, most first; `judged` are its projects of which that can be said.

    `denied` are technologies that an editor said it has nothing to do with.
    """

    organisation_id: str
    rows: tuple[PortraitRow, ...]
    denied: tuple[PortraitRow, ...]
    judged: Figure
    technologies: tuple[tuple[str, Text], ...]  # all there are, to choose from
