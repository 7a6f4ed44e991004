"""One folder for each open data source: reads the publisher's genuine files, yields typed rows."""

from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

from keten.model import Package, Reading, SourceCard
from keten.sources import (
    calls,
    competitiveness,
    cordis,
    employment,
    fp7,
    gdp,
    geography,
    innovation_fund,
    kvk,
    rijkssubsidies,
    ror,
    scoreboard,
    structural_funds,
)

__all__ = ["SOURCES", "Source"]


class Source(Protocol):
    """What the folder of a source offers: its card, where its deliveries lie, and its reader."""

    @property
    def CARD(self) -> SourceCard:  # noqa: N802  a constant of a module
        """Who publishes it, under which licence, and what it can show."""

    def find(self, root: Path) -> list[Package]:
        """Give the deliveries of this source below a folder."""

    def read(self, package: Package, progress: Callable[[str, float], None]) -> Reading:
        """Read a delivery; `progress` is told what is being read and the share done (0..1)."""


SOURCES: Final[tuple[Source, ...]] = (
    calls,
    competitiveness,
    cordis,
    employment,
    fp7,
    gdp,
    geography,
    innovation_fund,
    kvk,
    rijkssubsidies,
    ror,
    scoreboard,
    structural_funds,
)
