"""What is shown of organisations that resemble the members of a stage: who, and why."""

from __future__ import annotations

from dataclasses import dataclass

from keten.model import Chain, ChainStage, Figure, Judgement, Label, Text


@dataclass(frozen=True, slots=True)
class Reason:
    """A trait that an organisation shares with members of the stage.

    `family` is field, part, technology or kind, and then `name` says which; or project, and then
    `together` names members that it shares projects with. `projects` are its own with this trait,
    `members` those of the stage that have it.
    """

    family: str
    code: str
    name: Text
    projects: Figure | None
    members: Figure
    together: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class LikelyMember:
    """An organisation that resembles the members of a stage."""

    organisation: Label
    score: Figure
    projects: Figure
    reasons: tuple[Reason, ...]
    is_near: bool  # it is in the chain's wider ring already


@dataclass(frozen=True, slots=True)
class Said:
    """An organisation that people placed in the stage, or said does not belong there."""

    organisation: Label
    line: Judgement


@dataclass(frozen=True, slots=True)
class LikelyMembers:
    """Who resembles the members of a stage, best first, and how far that can be trusted.

    `silent` counts members that were placed and of which the sources know no project: they say nothing of
    whom to look for. `found` is the share of members that would be among the first twelve if
    they were left out, `by_size` that share where the number of projects alone ranks; None below two.
    """

    chain: Chain
    stage: ChainStage
    among: str
    members: Figure
    silent: Figure
    candidates: Figure
    suggestions: tuple[LikelyMember, ...]
    found: Figure | None
    by_size: Figure | None
    placed: tuple[Said, ...]
    refused: tuple[Said, ...]
