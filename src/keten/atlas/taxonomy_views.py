"""What the answers about taxonomies give: entries with what their mapping catches, versions compared."""

from collections.abc import Mapping
from dataclasses import dataclass

from keten.model import Clue, Figure, Judgement, Taxonomy, TaxonomyEntry


@dataclass(frozen=True, slots=True)
class Met:
    """A clue as it was met in a project: in which place (title, objective, ...) and which source row."""

    project_id: str
    way: str
    term: str
    place: str
    record_id: int


@dataclass(frozen=True, slots=True)
class ClueCount:
    """In how many projects a clue was met; how many of those are caught; how many by it alone."""

    clue: Clue
    met: int
    caught: int
    alone: int


@dataclass(frozen=True, slots=True)
class Caught:
    """The projects that a mapping catches, and what each of its clues did."""

    projects: tuple[str, ...]
    clues: tuple[ClueCount, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """A project with what was met in it: way and term."""

    project_id: str
    title: str
    met: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class NearWord:
    """A word that titles of caught projects share and the mapping does not name; `titles` hold it."""

    word: str
    titles: int


@dataclass(frozen=True, slots=True)
class ClueRow:
    """A clue with its figures."""

    clue: Clue
    title: str  # of a field: its name in the source
    met: Figure
    alone: Figure


@dataclass(frozen=True, slots=True)
class CatchView:
    """What a mapping catches and misses."""

    projects: Figure
    clues: tuple[ClueRow, ...]
    samples: tuple[Sample, ...]
    near_words: tuple[tuple[str, Figure], ...]
    missed: tuple[Sample, ...]


@dataclass(frozen=True, slots=True)
class EntryView:
    """An entry in its version: what people changed of it, where it stands among others, its members."""

    taxonomy: Taxonomy
    entry: TaxonomyEntry
    change: Judgement | None
    broader: tuple[TaxonomyEntry, ...]
    narrower: tuple[TaxonomyEntry, ...]
    members: tuple[Judgement, ...]
    members_total: Figure
    catch: CatchView | None


@dataclass(frozen=True, slots=True)
class Change:
    """What became of entries between two versions.

    `what` is added, dropped, kept, renamed, merged or split; `old` and `new` are the entries on each side.
    """

    what: str
    old: tuple[TaxonomyEntry, ...]
    new: tuple[TaxonomyEntry, ...]


@dataclass(frozen=True, slots=True)
class VersionsView:
    """Two versions compared; `members` counts the memberships that hold on each earlier entry."""

    old: Taxonomy
    new: Taxonomy
    changes: tuple[Change, ...]
    members: Mapping[str, Figure]
    waiting: bool  # whether memberships could be carried along and were not yet

    def of(self, what: str) -> tuple[Change, ...]:
        """Give the changes of one kind."""
        return tuple(change for change in self.changes if change.what == what)
