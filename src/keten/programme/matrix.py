"""The matrix: initiatives by what they serve; what several serve alike, and what none serves."""

from collections.abc import Sequence
from dataclasses import dataclass

from keten.model import Text
from keten.programme.register import Registered, serves
from keten.workspace import Terms


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """One thing that can be served, and the initiatives that serve it, by their place in the rows."""

    key: str
    label: Text
    served_by: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Initiatives by the terms of one kind; `silent` are the places of those that name none."""

    by: str
    rows: tuple[Registered, ...]
    columns: tuple[MatrixColumn, ...]
    silent: tuple[int, ...]

    @property
    def unserved(self) -> tuple[MatrixColumn, ...]:
        """What none of these initiatives serves."""
        return tuple(column for column in self.columns if not column.served_by)

    @property
    def alike(self) -> tuple[MatrixColumn, ...]:
        """What several serve, those with most initiatives first."""
        several = [column for column in self.columns if len(column.served_by) > 1]
        return tuple(sorted(several, key=lambda column: (-len(column.served_by), column.key)))


def make_matrix(rows: Sequence[Registered], by: str, terms: Terms) -> Matrix:
    """Lay initiatives out by the terms of a kind.

    Shown are all terms of a definition; of regions and stages of chains those that somebody serves.
    """
    named = {key for row in rows for key in row.serving(by)}
    keys = [term.key for term in terms.of(by) if term.key in named or _is_listed(by, term.key)]
    keys += sorted(named - set(keys))
    columns = tuple(
        MatrixColumn(
            key, terms.label(key),
            tuple(place for place, row in enumerate(rows) if serves_exactly(row, by, key)),
        )
        for key in keys
    )  # fmt: skip
    silent = tuple(place for place, row in enumerate(rows) if not row.serving(by))
    return Matrix(by, tuple(rows), columns, silent)


def serves_exactly(row: Registered, by: str, key: str) -> bool:
    """Say whether an initiative serves a term; whoever serves a whole region serves each part of it."""
    if by == "region":
        return any(key.startswith(mine) for mine in row.serving(by))
    return key in row.serving(by) if by == "kind" else serves(row, key)


def _is_listed(by: str, key: str) -> bool:
    return by != "region" and "/" not in key
