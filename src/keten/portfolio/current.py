"""The developments as they stand now: the file's definition, with what people changed laid over it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from keten.errors import NotFoundError, UsageError
from keten.model import Given, Judgement
from keten.portfolio.definition import (
    Development,
    Portfolio,
    read_development,
    read_developments,
)
from keten.workspace import Store

CONTENT: Final = "developments"
DEVELOPMENT: Final = "development"  # the kind of a line that changes or adds one
LEFT_OUT: Final = "left-out"  # the value of a line that takes one out


@dataclass(frozen=True, slots=True)
class Current:
    """A portfolio as it stands, and the lines of the workspace it stands on.

    `changes` holds the line in force of each development that people changed, added or left out;
    `misfits` those that no longer fit the criteria, and are not counted.
    """

    portfolio: Portfolio
    definition: int
    changes: Mapping[str, Judgement]
    left_out: tuple[str, ...]
    misfits: tuple[Judgement, ...]

    @property
    def lines(self) -> tuple[int, ...]:
        """The numbers of all lines that hold here, sorted: equal as long as nothing changed."""
        used = {self.definition, *(line.number for line in self.changes.values())}
        return tuple(sorted(used))


def list_portfolios(store: Store | None) -> tuple[Portfolio, ...]:
    """Give the definitions as they were written, by name."""
    contents = store.contents(CONTENT) if store else ()
    return tuple(read_developments(content.value) for content in contents)


def read_current(store: Store | None, name: str) -> Current:
    """Give a portfolio as it stands; raises NotFoundError."""
    content = store.content(CONTENT, name) if store else None
    if store is None or content is None:
        known = ", ".join(portfolio.name for portfolio in list_portfolios(store))
        raise NotFoundError(
            f"No developments are known as '{name}'.",
            f"Known: {known}." if known else "Load a file of developments: keten load FILE",
        )
    portfolio = read_developments(content.value)
    found = {each.development: each for each in portfolio.developments}
    changes: dict[str, Judgement] = {}
    misfits: list[Judgement] = []
    left_out: list[str] = []
    for line in list_changes(store, name):
        if line.value == LEFT_OUT:
            found.pop(line.object, None)
            left_out.append(line.object)
            changes[line.object] = line
            continue
        try:
            changed = _read_line(line, portfolio)
        except UsageError:
            misfits.append(line)
            continue
        found[line.object] = changed
        changes[line.object] = line
    order = {each.development: place for place, each in enumerate(portfolio.developments)}
    standing = sorted(found.values(), key=lambda d: (order.get(d.development, 99), d.development))
    return Current(
        replace(portfolio, developments=tuple(standing)),
        content.number,
        changes,
        tuple(sorted(left_out)),
        tuple(misfits),
    )


def subject_of(name: str) -> str:
    """Give the subject under which lines about a portfolio are kept."""
    return f"portfolio:{name}"


def list_changes(store: Store, name: str) -> list[Judgement]:
    """Give the lines in force that change, add or leave out a development; the latest for each."""
    latest: dict[str, Judgement] = {}
    for line in store.judgements(DEVELOPMENT, only_in_force=True):
        if line.subject == subject_of(name) and not line.is_private:
            latest[line.object] = line
    return [latest[key] for key in sorted(latest)]


def _read_line(line: Judgement, portfolio: Portfolio) -> Development:
    given = Given(line.value, f"The development '{line.object}' of line {line.number}")
    return read_development(given, portfolio.criteria)
