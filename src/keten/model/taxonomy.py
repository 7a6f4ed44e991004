"""A taxonomy as people define it: entries with names in two languages, and what maps to each.

Taxonomies are versioned data: ten technologies are what one document said on one day. A version is never
changed into another; both stand beside each other.
"""

import hashlib
from dataclasses import dataclass, field

from keten.model.text import Text

WAYS = ("word", "field", "part", "topic")


@dataclass(frozen=True, slots=True)
class Clue:
    """One thing that speaks for an entry, and how much: a weight of 1 puts a project in by itself.

    `way` word: `term` is a word or phrase in lower case (`*` at its end: any ending), of `language`; field:
    a EuroSciVoc code or path; part: a part of a programme; topic: the beginning of a topic's code.
    """

    way: str
    term: str
    weight: float = 1.0
    language: str = ""


@dataclass(frozen=True, slots=True)
class MapsTo:
    """What maps to an entry. Weights of different clues add up; `not_words` are cut out of a text first."""

    clues: tuple[Clue, ...] = ()
    not_words: tuple[str, ...] = ()

    def of_way(self, way: str, language: str = "") -> tuple[Clue, ...]:
        """Give the clues of one way, of words those of one language where it is named."""
        return tuple(
            clue
            for clue in self.clues
            if clue.way == way and (not language or clue.language == language)
        )


@dataclass(frozen=True, slots=True)
class TaxonomyEntry:
    """One entry: a technology, a mission, an agency. `regions` are NUTS codes; of an agency, its own.

    `replaces` names entries of an earlier version whose place it takes; `chain` a value chain of which
    the stages and parties are kept.
    """

    entry: str
    label: Text
    description: Text
    synonyms_en: tuple[str, ...] = ()
    synonyms_nl: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    chain: str = ""
    maps_to: MapsTo = MapsTo()
    source: str = ""
    address: str = ""
    valid_from: str = ""
    valid_until: str = ""
    is_example: bool = False

    def synonyms(self, language: str) -> tuple[str, ...]:
        """Give the other names in one language."""
        return self.synonyms_nl if language == "nl" else self.synonyms_en


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """One version of a scheme; `one` is what a line of the workspace calls an entry: technology:quantum."""

    scheme: str
    version: str
    one: str
    label: Text
    description: Text
    source: str
    address: str
    valid_from: str
    valid_until: str
    is_example: bool
    entries: tuple[TaxonomyEntry, ...]
    number: int = field(default=0, compare=False)  # of the line that holds it

    @property
    def name(self) -> str:
        """The name under which this version is kept."""
        return f"{self.scheme}@{self.version}"

    @property
    def fingerprint(self) -> str:
        """A hash of what decides which projects are about which entry."""
        decides = [(each.entry, each.maps_to) for each in self.entries]
        return hashlib.sha256(repr(decides).encode()).hexdigest()[:16]

    def find(self, entry: str) -> TaxonomyEntry | None:
        """Give an entry by its identifier, or None."""
        return next((each for each in self.entries if each.entry == entry), None)

    def narrower(self, entry: str) -> tuple[TaxonomyEntry, ...]:
        """Give the entries that name this one as their broader one."""
        return tuple(each for each in self.entries if entry in each.broader)
