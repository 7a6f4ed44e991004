"""What the answers of this room look like: calls that fit a chain, and one call."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from keten.model import Figure

# As of the day asked about: open; forthcoming: opens later; due: should have opened by now, but the
# file still calls it forthcoming; passed: the deadline is over; closed: the publisher says so.
State = Literal["open", "forthcoming", "due", "passed", "closed"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text, and whether it is one of the words looked for."""

    text: str
    is_hit: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A word of a chain, and where in a call it stands: title, keywords, description."""

    term: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CallRow:
    """One call in a list; `snippet` is where its text or keywords first hold a word, if not its title."""

    call_id: str
    title: tuple[Piece, ...]
    snippet: tuple[Piece, ...]
    kind: str
    programme: str | None
    type_of_action: str | None
    state: State
    opens_on: date | None
    deadline: date | None
    budget_eur: Figure | None
    budget_of: str | None
    hits: tuple[Hit, ...]
    strength: Figure | None


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part of a programme that paid for projects of a chain before, and its calls now.

    `calls` are those without any word of the chain for which one can still apply.
    """

    part: str
    projects: Figure
    lift: Figure
    calls: Figure
    next_deadline: date | None


@dataclass(frozen=True, slots=True)
class CallList:
    """The calls that fit a chain: by its words in order of strength, and parts of programmes.

    `stated_on`: the day the file of calls was made, None when it has no date. `part`: which part's
    calls are listed instead, empty for those with words. `total` counts all calls at hand.
    """

    chain: str
    on: date
    stated_on: date | None
    part: str
    total: Figure
    found: Figure
    applicable: Figure
    budget_eur: Figure
    rows: tuple[CallRow, ...]
    parts: tuple[PartRow, ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """What one of the publisher's files says of a call, with the row."""

    file: str
    record_id: int
    title: str | None
    status: str | None
    deadline: date | None


@dataclass(frozen=True, slots=True)
class ChainHits:
    """A chain that a call fits, by its words or, with none, by the part of its programme."""

    chain: str
    hits: tuple[Hit, ...]
    part: str


@dataclass(frozen=True, slots=True)
class CallView:
    """One call, as published, with what each file says of it and the chains it fits."""

    call_id: str
    identifier: str | None
    kind: str
    title: tuple[Piece, ...]
    paragraphs: tuple[tuple[Piece, ...], ...]
    is_cut: bool
    keywords: tuple[Piece, ...]
    conditions: tuple[str, ...]
    programme: str | None
    call_group: str | None
    call_title: str | None
    destination: str | None
    type_of_action: str | None
    deadline_model: str | None
    on: date
    stated_on: date | None
    state: State
    opens_on: date | None
    deadline: date | None
    budget_eur: Figure | None
    budget_of: str | None
    contribution_min_eur: Figure | None
    contribution_max_eur: Figure | None
    grants_expected: Figure | None
    address: str
    stated: tuple[Stated, ...]
    chains: tuple[ChainHits, ...]
