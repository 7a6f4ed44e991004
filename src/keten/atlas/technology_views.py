"""What the answers about technologies give: one of them, what a project is about, the queue, changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keten.atlas.views import KindRow, OrganisationRow, ProjectRow, RegionRow, YearRow
from keten.model import Figure, Judgement, Region, Text

if TYPE_CHECKING:
    from keten.atlas.subject_views import Subject, SubjectRow


@dataclass(frozen=True, slots=True)
class TechnologyName:
    """A technology as the evidence was built with it."""

    technology: str
    label: Text
    scheme: str
    version: str
    valid_from: str
    fingerprint: str
    model: str


@dataclass(frozen=True, slots=True)
class TechnologyRow:
    """A technology in the list of them, with its figures and how good it is told."""

    name: TechnologyName
    projects: Figure
    develops: Figure
    organisations: Figure
    contribution_eur: Figure
    f1: Figure | None


@dataclass(frozen=True, slots=True)
class TierRow:
    """The projects whose label is as sure as this: how many, and how many if each counts as its chance."""

    tier: str
    projects: Figure
    weighted: Figure
    contribution_eur: Figure


@dataclass(frozen=True, slots=True)
class SpecialisedRegion:
    """A region held against all of Europe in one technology."""

    region: Region
    projects: Figure
    specialisation: Figure


@dataclass(frozen=True, slots=True)
class TechnologyView:
    """Everything the page of a technology shows of the evidence."""

    name: TechnologyName
    projects: Figure
    develops: Figure
    applies: Figure
    organisations: Figure
    contribution_eur: Figure
    tiers: tuple[TierRow, ...]
    years: tuple[YearRow, ...]
    shares: Mapping[int, Figure]  # by year: of the projects of Horizon Europe that began in it
    kinds: tuple[KindRow, ...]
    countries: tuple[RegionRow, ...]
    strongest: tuple[SpecialisedRegion, ...]
    at_home: tuple[SpecialisedRegion, ...]
    top: tuple[OrganisationRow, ...]
    newest: tuple[ProjectRow, ...]
    chains: tuple[tuple[str, Figure], ...]


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """How good one technology is told: precision, recall, F1 and the rest, each with its interval."""

    technology: str
    true: Figure
    found: Figure
    right: Figure
    precision: Figure
    recall: Figure
    f1: Figure
    average_precision: Figure
    calibration_error: Figure


@dataclass(frozen=True, slots=True)
class Said:
    """A line in which an editor said what a project is about; `in_build`: the evidence knows of it."""

    line: Judgement
    label: str
    in_build: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """Signs of a text in which words speak: `technologies` are the keys of what they speak for.

    A technology by its name, a chain or mission as chain:photonics; nothing where no word speaks.
    `leans`: no mapping holds these words; they speak as they go with it in texts that were read.
    """

    text: str
    technologies: tuple[str, ...] = ()
    leans: bool = False


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """A word or phrase that was met: how often, where, and of which kind."""

    term: str
    weight: str  # names, means, leans
    places: tuple[str, ...]
    times: int


@dataclass(frozen=True, slots=True)
class CodeMet:
    """A field, part of a programme or topic that maps to the technology: its name, and the source row."""

    way: str
    code: str
    title: str
    record_id: int | None
    weight: float


@dataclass(frozen=True, slots=True)
class AboutRow:
    """One technology of a project, with all that spoke for it; `said` is what holds of what people said.

    `taken_back`: the evidence was built with a line that no longer holds.
    """

    name: TechnologyName
    relation: str
    tier: str
    basis: str
    chance: Figure
    develops: Figure
    words: tuple[SpokenWord, ...]
    codes: tuple[CodeMet, ...]
    said: Said | None
    taken_back: bool


@dataclass(frozen=True, slots=True)
class ProjectAbout:
    """What a project is about: each technology, and its texts with the words that spoke marked."""

    rows: tuple[AboutRow, ...]
    title: tuple[Mark, ...]
    objective: tuple[Mark, ...]
    basis: str  # text or topic: by what the project as a whole was judged
    later: tuple[Said, ...]  # said since the build, of technologies that are not among the rows
    is_stale: bool  # the mapping in force is not the one the evidence was built with
    subjects: tuple[SubjectRow, ...] = ()  # value chains and missions
    subjects_later: tuple[Said, ...] = ()  # the same as `later`, of these

    @property
    def given(self) -> tuple[AboutRow, ...]:
        """Those that have a label."""
        return tuple(row for row in self.rows if row.relation in ("develops", "applies"))

    @property
    def possible(self) -> tuple[AboutRow, ...]:
        """Those that are too uncertain for one, or that an editor denied."""
        return tuple(row for row in self.rows if row.relation not in ("develops", "applies"))


@dataclass(frozen=True, slots=True)
class Question:
    """A case of the queue: the project, the technology, chain or mission, how likely, how much money."""

    position: int
    project_id: str
    acronym: str | None
    title: str | None
    subject: Subject
    chance: Figure
    money_eur: Figure


@dataclass(frozen=True, slots=True)
class QuestionsView:
    """The queue from one place on, with what was answered laid over."""

    total: Figure
    answered: Figure
    current: Question | None
    about: ProjectAbout | None
    following: tuple[Question, ...]
    next_position: int | None
    passed: int
    last: tuple[Question, Said] | None


@dataclass(frozen=True, slots=True)
class ShareRow:
    """A technology by year, and before: its share in the evidence of now and in the one before."""

    name: TechnologyName
    years: tuple[tuple[int, Figure], ...]
    now: Figure
    before: Figure | None


@dataclass(frozen=True, slots=True)
class WordsRow:
    """The texts of a year: how many, and which share of their words nothing that was tuned on held."""

    programme: str
    year: int
    texts: Figure
    unseen: Figure
    before: Figure | None


@dataclass(frozen=True, slots=True)
class DriftView:
    """What changed: shares by year, words by year, and against the evidence before where there is one."""

    shares: tuple[ShareRow, ...]
    words: tuple[WordsRow, ...]
    has_before: bool
    is_other_mapping: bool  # the evidence before was told by another mapping or model
