"""What is shown of the value chains and missions that a project is about."""

from __future__ import annotations

from dataclasses import dataclass

from keten.atlas.technology_views import CodeMet, Said, SpokenWord
from keten.model import Figure, Text


@dataclass(frozen=True, slots=True)
class Subject:
    """What a project can be about: a technology, chain or mission (`one`), by name."""

    one: str
    name: str
    label: Text

    @property
    def key(self) -> str:
        """What lines of the workspace call it: chain:photonics."""
        return f"{self.one}:{self.name}"


@dataclass(frozen=True, slots=True)
class SubjectRow:
    """A chain or mission of a project, with all that spoke for it.

    `model` is what the model said where an editor went before it; `said` what holds of what people said;
    `taken_back`: the evidence was built with a line that no longer holds.
    """

    subject: Subject
    label: str  # about, perhaps, none
    tier: str
    basis: str
    chance: Figure
    model: Figure | None
    words: tuple[SpokenWord, ...]
    codes: tuple[CodeMet, ...]
    said: Said | None
    taken_back: bool
