"""Keten: regional innovation ecosystems, read from open data.

>>> import keten
>>> with keten.open() as ecosystem:                        # doctest: +SKIP
...     ecosystem.organisation("pic:999977366").projects_total.value
...     ecosystem.region("NL11+NL12+NL13").organisations
...     ecosystem.measure("contribution_eur", region="NL", year=2023)
...     ecosystem.why("contribution_eur", region="NL", year=2023).records
...     ecosystem.pandas("involvement")
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from keten.atlas.receipt_views import OtherSources, ReceiptRow
    from keten.atlas.views import (
        IssueView,
        MapView,
        OrganisationRow,
        OrganisationView,
        PartnerRow,
        ProjectRow,
        ProjectView,
        RegionRow,
        RegionView,
        SearchView,
        SourceView,
        WhyView,
    )
    from keten.evidence import Evidence
    from keten.model import Figure

__all__ = ["Ecosystem", "open"]

Filter = str | int | bool | None


def open(path: str | Path | None = None) -> Ecosystem:  # noqa: A001  the name that users expect
    """Open the evidence in force: below `path`, else below the home folder that the settings name.

    Raises: EvidenceError when nothing was built there yet, with what to do.
    """
    from keten.evidence import latest
    from keten.settings import read_settings

    return Ecosystem(latest(Path(path) if path is not None else read_settings().home))


class Ecosystem:
    """An innovation ecosystem as one evidence shows it: tables to compute with, answers to read.

    Answers are plain values; every count and amount in them is a Figure, and `why` leads a Figure
    back to the source rows it was made from. Filters are those of figures: organisation, partner,
    project, region, programme, year, kind, role, field, country, sme and so on.
    """

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence

    def __enter__(self) -> Ecosystem:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files."""
        self._evidence.close()

    def __repr__(self) -> str:
        invented = ", invented" if self._evidence.is_invented else ""
        built = f"{self._evidence.built_at:%Y-%m-%d}"
        return f"<keten evidence {self._evidence.number}, built {built}{invented}>"

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the published tables."""
        from keten.evidence.dictionary import TABLES

        return tuple(TABLES)

    @property
    def measures(self) -> tuple[str, ...]:
        """Names of the measures that `measure` and `why` know."""
        from keten.atlas.answers import MEASURES

        return tuple(sorted(MEASURES))

    def table(self, name: str) -> pa.Table:
        """Give a published table as Arrow; raises NotFoundError."""
        from keten.atlas.export import read_table

        return read_table(self._evidence.cursor(), name)

    def pandas(self, name: str) -> pd.DataFrame:
        """Give a published table as a data frame; raises NotFoundError, SettingsError.

        Numbers with gaps stay numbers, amounts stay exact to the cent: columns keep Arrow's types.
        """
        try:
            import pandas as pd
        except ImportError as error:
            from keten.errors import SettingsError

            raise SettingsError(
                "pandas is not installed.", "Install it: pip install 'keten[analysis]'"
            ) from error
        frame: pd.DataFrame = self.table(name).to_pandas(types_mapper=pd.ArrowDtype)
        return frame

    def describe(self, name: str) -> dict[str, str]:
        """Give what each column of a published table holds; raises NotFoundError."""
        from keten.evidence.dictionary import find_table

        return {column.name: column.about.en for column in find_table(name).columns}

    def find(
        self,
        text: str,
        *,
        kind: Literal["organisation", "project", "place"] | None = None,
        limit: int = 20,
        offset: int = 0,
    ) -> SearchView:
        """Look up organisations, projects and places by words; forgives slips of spelling."""
        from keten.atlas.search import search

        return search(self._evidence.index(), text, kind=kind, limit=limit, offset=offset)

    def organisation(self, identifier: str | int) -> OrganisationView:
        """Give an organisation by its present or former identifier, source key, or bare PIC.

        Raises: NotFoundError.
        """
        from keten.atlas.answers import show_organisation

        return show_organisation(self._evidence.cursor(), self._current(identifier))

    def partners(
        self, identifier: str | int, *, limit: int = 100, offset: int = 0
    ) -> tuple[PartnerRow, ...]:
        """Give the partners of an organisation, those with most shared projects first."""
        from keten.atlas.answers import list_partners

        found = self._current(identifier)
        return list_partners(self._evidence.cursor(), found, offset, limit)

    def other_sources(self, identifier: str | int) -> OtherSources:
        """Give what FP7, ministries and funds say of an organisation, and its numbers in registers."""
        from keten.atlas.answers import show_other_sources

        return show_other_sources(self._evidence.cursor(), self._current(identifier))

    def receipts(
        self, identifier: str | int, *, limit: int = 100, offset: int = 0
    ) -> tuple[ReceiptRow, ...]:
        """Give the rows of other sources on an organisation, the newest first."""
        from keten.atlas.answers import list_receipts

        found = self._current(identifier)
        return list_receipts(self._evidence.cursor(), found, offset, limit)

    def project(self, identifier: str) -> ProjectView:
        """Give a project, for instance `he-101069359`; raises NotFoundError."""
        from keten.atlas.answers import show_project

        return show_project(self._evidence.cursor(), identifier)

    def region(self, codes: str = "") -> RegionView:
        """Give a region (`NL11`), a set of regions (`NL11+NL12`), or all that the evidence holds.

        Former codes lead to what followed them. Raises: NotFoundError, UsageError.
        """
        from keten.atlas.answers import show_region

        return show_region(self._evidence.cursor(), self._current_regions(codes))

    def map(self, codes: str) -> MapView | None:
        """Give the outlines of a region or a set of regions; None where none is known."""
        from keten.atlas.answers import outline

        return outline(self._evidence.cursor(), self._current_regions(codes))

    def regions(self, country: str = "") -> tuple[RegionRow, ...]:
        """Give all countries, or all regions of one."""
        from keten.atlas.answers import list_regions

        return list_regions(self._evidence.cursor(), country)

    def organisations(
        self, *, limit: int = 100, offset: int = 0, **filters: Filter
    ) -> tuple[OrganisationRow, ...]:
        """Give the organisations in a scope, those with most contribution first."""
        from keten.atlas.answers import list_organisations

        return list_organisations(self._evidence.cursor(), _scope(filters), offset, limit)

    def projects(
        self, *, limit: int = 100, offset: int = 0, **filters: Filter
    ) -> tuple[ProjectRow, ...]:
        """Give the projects in a scope, the newest first."""
        from keten.atlas.answers import list_projects

        return list_projects(self._evidence.cursor(), _scope(filters), offset, limit)

    def measure(self, name: str, **filters: Filter) -> Figure:
        """Give one figure; raises NotFoundError for an unknown measure, UsageError for a filter."""
        from keten.atlas.answers import measure

        return measure(self._evidence.cursor(), name, _scope(filters))

    def why(self, name: str | Figure, *, page: int = 1, **filters: Filter) -> WhyView:
        """Give where a figure comes from: its method, its value anew, and a page of source rows.

        `name` is a measure with filters, or a Figure that an answer gave.
        """
        from keten.atlas.answers import explain
        from keten.model import Figure

        if isinstance(name, Figure):
            return explain(self._evidence.cursor(), name.measure, name.scope, page)
        return explain(self._evidence.cursor(), name, _scope(filters), page)

    def record_ids(self, name: str | Figure, **filters: Filter) -> list[int]:
        """Give the numbers of all source rows behind a figure, in order."""
        from keten.atlas.answers import record_ids
        from keten.model import Figure

        if isinstance(name, Figure):
            return list(record_ids(self._evidence.cursor(), name.measure, name.scope))
        return list(record_ids(self._evidence.cursor(), name, _scope(filters)))

    def sources(self) -> tuple[SourceView, ...]:
        """Give what was read: publishers, licences, files, and what became of their rows."""
        from keten.atlas.answers import show_sources

        return show_sources(self._evidence.cursor())

    def issues(
        self, *, limit: int = 100, offset: int = 0, **filters: Filter
    ) -> tuple[IssueView, ...]:
        """Give the oddities that the build met; filters: file, source, stage, issue_code, severity."""
        from keten.atlas.answers import list_issues

        given = {name: _word(value) for name, value in filters.items() if value is not None}
        return list_issues(self._evidence.cursor(), given, offset, limit)

    def _current(self, identifier: str | int) -> str:
        from keten.atlas.answers import current_organisation

        text = str(identifier).strip()
        wanted = f"pic:{text}" if text.isdecimal() else text
        return current_organisation(self._evidence.cursor(), wanted)

    def _current_regions(self, codes: str) -> tuple[str, ...]:
        from keten.atlas.answers import current_region
        from keten.model import region_codes

        con = self._evidence.cursor()
        wanted = region_codes(codes) if codes else ()
        return tuple(found for code in wanted for found in current_region(con, code))


def _scope(filters: dict[str, Filter]) -> Any:
    from keten.model import Scope

    given = {name: _word(value) for name, value in filters.items() if value is not None}
    return Scope.of(**given)


def _word(value: Filter) -> str:
    """Write the value of a filter as addresses do: True is `true`."""
    return str(value).lower() if isinstance(value, bool) else str(value)
