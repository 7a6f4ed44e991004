"""A value chain as people define it: regions, stages, and what tells that a text is about it."""

import hashlib
from dataclasses import dataclass, field

from keten.model.text import Text


@dataclass(frozen=True, slots=True)
class ChainStage:
    """A stage of a chain, and which parties are proposed for it.

    `kinds` are kinds of organisation (company, knowledge, government, other); `sme` None: of any size;
    `words` put a party in by its name, before the kinds are looked at.
    """

    stage: str
    label: Text
    description: Text
    kinds: tuple[str, ...] = ()
    sme: bool | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChainMarket:
    """What the market of a chain is said to be: its size and growth in words, and by whom."""

    size: Text
    growth: Text
    source: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class ChainGroup:
    """The working group of a chain: what it is called, what it does, and which parties sit in it."""

    label: Text
    task: Text
    parties: tuple[str, ...] = ()
    address: str = ""


@dataclass(frozen=True, slots=True)
class Chain:
    """A value chain in some regions.

    A project is about it when its text holds one of `words` (lower case; `*` at the end stands for
    any ending), when a field of it is one of `fields` or below one (EuroSciVoc codes), or when its
    topic begins with one of `topics`. `near_words` count only beside one of `near_fields`. `not_words`
    are phrases in which a word means something else: they are cut out of a text before it is read.
    """

    chain: str
    label: Text
    description: Text
    regions: tuple[str, ...]
    regions_label: Text
    stages: tuple[ChainStage, ...]
    words: tuple[str, ...]
    fields: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    near_words: tuple[str, ...] = ()
    near_fields: tuple[str, ...] = ()
    not_words: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    source: str = ""
    valid_from: str = ""
    is_example: bool = False
    # What follows is for people: no build depends on it, so that it stays out of what a build reads.
    scope: Text | None = field(default=None, repr=False)
    technologies: tuple[str, ...] = field(default=(), repr=False)
    market: ChainMarket | None = field(default=None, repr=False)
    group: ChainGroup | None = field(default=None, repr=False)

    @property
    def fingerprint(self) -> str:
        """A hash of what decides which projects are about the chain."""
        decides = (self.words, self.fields, self.topics, self.near_words, self.near_fields,
                   self.not_words)  # fmt: skip
        return hashlib.sha256(repr(decides).encode()).hexdigest()[:16]

    @property
    def region(self) -> str:
        """The regions as the filter of a scope writes them."""
        return "+".join(sorted(self.regions))
