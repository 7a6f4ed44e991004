"""Views: what the answers of this room look like; every number in them is a Figure."""

from __future__ import annotations

from dataclasses import dataclass

from keten.diagnosis.subjects import FieldName, Subject
from keten.model import Figure, Label, Text


@dataclass(frozen=True, slots=True)
class SubjectLabel:
    """A chain or a field under its name, and what it has to do with the chain.

    `role` is `chain` (the chain as a whole), `named` or `near` (its definition names the field), `mark`
    (its projects carry the field clearly more often than others) or `outside`.
    """

    subject: Subject
    role: str
    label: Text | None = None  # of a chain
    field: FieldName | None = None  # of a field, as the publisher names it in English

    @property
    def title(self) -> str:
        """Give the English name."""
        if self.label:
            return self.label.en
        return self.field.title if self.field else self.subject.name


@dataclass(frozen=True, slots=True)
class RegionName:
    """A NUTS 2 region, or all regions asked about as one (`is_whole`)."""

    code: str
    name: str
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class SpecialisationRow:
    """One subject in one region, held against all European regions.

    `specialisation` is the estimate with its interval, `quotient` the bare location quotient; `reading`
    is `more`, `less`, `alike` (no clear difference) or `few` (too few projects to tell).
    """

    of: SubjectLabel
    region: RegionName
    projects: Figure
    size: Figure
    expected: Figure
    quotient: Figure
    specialisation: Figure
    percentile: Figure
    reading: str


@dataclass(frozen=True, slots=True)
class SpecialisationView:
    """The chain's regions in the chain as a whole, and in each of its fields.

    Each tuple of rows begins with the regions as one; then come the regions, by code, if there are
    several.
    """

    chain: str
    regions: tuple[RegionName, ...]
    whole: tuple[SpecialisationRow, ...]
    fields: tuple[tuple[SpecialisationRow, ...], ...]
    regions_compared: Figure | None

    @property
    def strengths(self) -> tuple[SpecialisationRow, ...]:
        """Give what is clearly more than elsewhere in the regions as one, the strongest first."""
        return self.list_strengths(self.regions[0])

    def list_strengths(self, region: RegionName) -> tuple[SpecialisationRow, ...]:
        """Give what is clearly more than elsewhere in one region, or in all as one, strongest first."""
        strong = [
            row
            for rows in (self.whole, *self.fields)
            for row in rows
            if row.region == region and row.reading == "more"
        ]
        return tuple(
            sorted(strong, key=lambda row: (-(row.specialisation.value or 0), row.of.subject))
        )


@dataclass(frozen=True, slots=True)
class PartyRow:
    """An organisation in these regions, with its projects in either subject."""

    organisation: Label
    first: Figure
    second: Figure


@dataclass(frozen=True, slots=True)
class CrossoverPair:
    """Two subjects that are strong in a region, and how often they meet: here, and elsewhere.

    `ratio` is how often they meet here, held against what the rate elsewhere would give here; `by_chance`
    is what would be expected here if the two had nothing to do with each other; `elsewhere` is how many
    times as often as by chance they meet elsewhere. `is_found`: it passed every test.
    """

    region: RegionName
    first: SubjectLabel
    second: SubjectLabel
    projects_first: Figure
    projects_second: Figure
    together: Figure
    expected: Figure
    by_chance: Figure
    elsewhere: Figure
    ratio: Figure
    strength_first: Figure
    strength_second: Figure
    is_found: bool


@dataclass(frozen=True, slots=True)
class CrossoverView:
    """The cross-over that was found, or the pair that came nearest; and who could meet.

    `outcome` is `found`, `nearest` (none passed the test), or `none` (no pair could be tested at all).
    """

    chain: str
    outcome: str
    best: CrossoverPair | None
    others: tuple[CrossoverPair, ...]
    pairs: Figure
    first_only: tuple[PartyRow, ...] = ()
    second_only: tuple[PartyRow, ...] = ()
    both: tuple[PartyRow, ...] = ()
