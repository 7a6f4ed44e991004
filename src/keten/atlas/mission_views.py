"""What is shown of a mission: who and where, what it meets of technologies and chains, how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

from keten.atlas.subject_views import Subject
from keten.atlas.views import KindRow, OrganisationRow, ProjectRow, RegionRow, YearRow
from keten.model import Figure


@dataclass(frozen=True, slots=True)
class MissionRow:
    """A mission in the list of them, with its figures."""

    mission: Subject
    projects: Figure
    organisations: Figure
    contribution_eur: Figure


@dataclass(frozen=True, slots=True)
class MissionView:
    """Everything the page of a mission shows of the evidence; figures count sure and likely projects."""

    mission: Subject
    version: str
    valid_from: str
    projects: Figure
    organisations: Figure
    contribution_eur: Figure
    years: tuple[YearRow, ...]
    kinds: tuple[KindRow, ...]
    countries: tuple[RegionRow, ...]
    at_home: tuple[RegionRow, ...]
    top: tuple[OrganisationRow, ...]
    top_at_home: tuple[OrganisationRow, ...]
    newest: tuple[ProjectRow, ...]
    technologies: tuple[tuple[str, Figure], ...]
    chains: tuple[tuple[str, Figure], ...]
