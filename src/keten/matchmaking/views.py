"""What the answers of CONNECT look like: plain values and Figures that any face can print."""

from dataclasses import dataclass
from datetime import date

from keten.model import Figure, Label


@dataclass(frozen=True, slots=True)
class Between:
    """An organisation that has worked with both; `partners` is with how many it has worked at all."""

    organisation: Label
    partners: Figure


@dataclass(frozen=True, slots=True)
class Introducer:
    """Someone who could introduce the two, with what it did with each and when last."""

    organisation: Label
    with_party: Figure
    with_partner: Figure
    last_with_party: int | None
    last_with_partner: int | None
    is_recent: bool


@dataclass(frozen=True, slots=True)
class SharedWord:
    """A word of the chain, or the name of a field, found in projects of both."""

    way: str  # word, field, topic
    term: str  # as the definition of the chain writes it
    title: str  # the field's name; the word itself otherwise


@dataclass(frozen=True, slots=True)
class SharedField:
    """A field of science in which both have projects; `projects` are the suggested partner's."""

    code: str
    title: str
    path: str
    projects: Figure


@dataclass(frozen=True, slots=True)
class Nearness:
    """Where the two lie: `same-area`, `same-province`, `same-country`, `abroad` or `unknown`."""

    place: str
    region: str | None  # the code of the region that both lie in, if any
    region_name: str | None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A partner that the party never worked with, and why it is suggested."""

    partner: Label
    score: Figure
    common: Figure  # how many have worked with both
    telling: tuple[Between, ...]  # of those, the ones that weigh most
    introducers: tuple[Introducer, ...]
    chain_projects: Figure | None  # None where no chain was asked about
    words: tuple[SharedWord, ...]
    fields: tuple[SharedField, ...]
    nearness: Nearness
    last_year: int | None  # in which its newest project began


@dataclass(frozen=True, slots=True)
class Suggestions:
    """The ranking for one party; `among` says from whom: chain, region, abroad or everyone.

    `is_thin`: the party has fewer projects than those that the back-test asked about.
    """

    party: Label
    projects: Figure
    is_thin: bool
    partners: Figure
    chain_projects: Figure | None
    is_in_chain: bool
    among: str
    kind: str  # of whom only; nothing for all kinds
    candidates: int  # how many were in the running: of those asked about, not yet met
    recent_from: int
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class Party:
    """A party of a chain to choose from a list."""

    organisation: Label
    projects: Figure


@dataclass(frozen=True, slots=True)
class Parties:
    """Parties of a chain; `has_more` says that the list was cut."""

    query: str
    in_region: bool  # whether only those in the chain's regions were looked at
    parties: tuple[Party, ...]
    has_more: bool


@dataclass(frozen=True, slots=True)
class Record:
    """How one ranking did: hits among the first ten, as a share, and the first hit (mean of 1/rank)."""

    ranking: str
    hits: Figure
    precision: Figure
    reciprocal_rank: Figure


@dataclass(frozen=True, slots=True)
class BacktestView:
    """The back-test of one group of organisations: of a `country`, among a `chain`, or all where empty.

    `records` are of those that did meet someone new; `hits_of_all` counts the others too. `gain` is how
    many more of ten came true than by popularity, with its interval; `is_gain_shown` whether that excludes
    nought.
    """

    chain: str
    country: str
    asked: Figure
    asked_with_new: Figure
    records: tuple[Record, ...]
    hits_of_all: Figure
    gain: Figure
    is_gain_shown: bool
    is_small: bool


@dataclass(frozen=True, slots=True)
class Backtest:
    """The back-test in force: the days, all organisations, those of a country, the parties of a chain."""

    trained_to: date
    tested_from: date
    tested_to: date
    whole: BacktestView
    country: BacktestView | None
    chain: BacktestView | None
    # Whether the country did `better` or `worse` than the others, or that is `not-shown`.
    country_differs: str
