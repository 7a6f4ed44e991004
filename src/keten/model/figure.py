"""The Figure: a number that knows its method, its subject and the source rows behind it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Interval:
    """Bounds of a value at a level of confidence (0..1)."""

    low: float
    high: float
    level: float = 0.95


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the rows that count here carry the value at all: `seen` of `of`."""

    seen: int
    of: int


@dataclass(frozen=True, slots=True)
class Scope:
    """Which participations a figure is about: names of filters and their values, sorted by name.

    The address of a figure is its measure plus its scope, so that a scope can be written in a link,
    read back, and gives the same rows.
    """

    filters: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, **filters: str | int | None) -> "Scope":
        """Make a scope of filters; those that are None are left out."""
        given = ((name, str(value)) for name, value in filters.items() if value is not None)
        return cls(tuple(sorted(given)))

    def narrowed(self, **filters: str | int | None) -> "Scope":
        """Give this scope with more filters, or other values for those it has."""
        return Scope.of(**{**self.as_dict(), **filters})

    def as_dict(self) -> dict[str, str]:
        """Give the filters as a dictionary."""
        return dict(self.filters)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its evidence.

    `measure` names the method (`projects`, `contribution_eur`, ...), `version` is the method's;
    `unit` is `count`, `EUR`, `share` (0..1) or `km`; `scope` lists the records behind it; `value`
    None means: not known, never zero.
    """

    value: int | float | Decimal | None
    unit: str
    measure: str
    scope: Scope
    version: str = "1"
    period: str = ""
    caveats: tuple[str, ...] = ()
    coverage: Coverage | None = None
    interval: Interval | None = None
    extra: Mapping[str, str] = field(default_factory=dict)
