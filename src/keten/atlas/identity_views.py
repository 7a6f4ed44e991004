"""What the answers on identity look like: two records beside each other, and what is one organisation.

`weight` and `score` of a Comparison are log-odds; people read them as Figures: how many times as likely
(`times`), and the chance out of a hundred (`chance`).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from keten.model import Comparison, Figure, Judgement, Label, Text

Speaks = Literal["for", "against", "neither"]


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """An organisation as one source writes it; None where the source says nothing."""

    source_key: str
    programme: str
    name: str | None
    short_name: str | None
    other_names: tuple[str, ...]
    street: str | None
    postcode: str | None
    city: str | None
    country: str | None
    website: str | None
    vat_number: str | None
    pic: str | None
    ror_id: str | None
    kvk_number: str | None
    record_id: int
    organisation: Label | None  # which organisation it is part of today


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the waterfall, in the order in which the comparison took them."""

    part: str
    title: Text
    found: Text
    left: str
    right: str
    speaks: Speaks
    times: Figure  # how many times as likely (or unlikely) it makes that they are one
    chance: Figure  # of a hundred, after this step
    before: float  # log-odds before this step, for drawing
    after: float


@dataclass(frozen=True, slots=True)
class PairView:
    """Two source records compared: everything that the page, the queue and the command line show."""

    comparison: Comparison
    left: SourceRecord
    right: SourceRecord
    start: Figure  # the chance before anything was compared
    steps: tuple[Step, ...]
    chance: Figure
    rulings: tuple[Judgement, ...]  # that hold for this very pair, oldest first

    @property
    def keys(self) -> tuple[str, str]:
        """The two source keys."""
        return self.left.source_key, self.right.source_key

    @property
    def ruling(self) -> Judgement | None:
        """The ruling that holds for this pair now."""
        return self.rulings[-1] if self.rulings else None

    def is_ruled_apart(self, built_at: datetime) -> bool:
        """Say whether a ruling kept the two apart in the evidence that was built then."""
        known = [line for line in self.rulings if line.made_at <= built_at]
        is_one = self.comparison.verdict == "same"
        return not is_one and bool(known) and known[-1].kind == "different"


@dataclass(frozen=True, slots=True)
class Membership:
    """A record of an organisation, and what put it there.

    `rule` is alone, same-pic, same-identifier, match or ruling; of a match, `linked_with` names the
    record that it was compared with and `chance` how likely that made it.
    """

    record: SourceRecord
    is_anchor: bool
    rule: str
    ruling: int | None
    linked_with: str
    chance: Figure | None


@dataclass(frozen=True, slots=True)
class Relation:
    """A tie that is no identity: `kind` is parent, child, related, predecessor or successor.

    `how` says by what it is known (register, address, ruling); `other` None: not in this evidence.
    """

    kind: str
    source_key: str
    other_key: str
    other_name: str | None
    other: Label | None
    how: str
    record_id: int | None


@dataclass(frozen=True, slots=True)
class LikelyDuplicate:
    """Another organisation that may be the same: what was compared, how likely, what became of it."""

    own_key: str
    other_key: str
    other_name: str | None
    other: Label | None
    verdict: str  # review, apart, refused; or `judged` where people ruled since the build
    chance: Figure
    ruling: Judgement | None


@dataclass(frozen=True, slots=True)
class IdentityView:
    """What an organisation is made of, what it is tied to, and who may be the same."""

    members: tuple[Membership, ...]  # the anchor first
    relations: tuple[Relation, ...]
    duplicates: tuple[LikelyDuplicate, ...]


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A pair on which people are asked; `kind` is link, duplicate or succession."""

    position: int
    left_key: str
    right_key: str
    left_name: str | None
    right_name: str | None
    left_country: str | None
    right_country: str | None
    kind: str
    chance: Figure
    money_eur: Figure
    ruling: Judgement | None  # made since the build


@dataclass(frozen=True, slots=True)
class QueueView:
    """The queue as it stands now: how far people came, the pair at hand and those after it."""

    total: Figure
    judged: Figure
    current: QueueRow | None
    pair: PairView | None
    following: tuple[QueueRow, ...]  # open ones after the current, most important first
    next_position: int | None  # where skipping leads; None: this is the last
    passed: int  # open ones before the current, that were skipped
    last: QueueRow | None  # the pair on which the reader ruled last, to undo


@dataclass(frozen=True, slots=True)
class WeightRow:
    """What one finding weighs: as shipped, and in this build after learning from people."""

    part: str
    level: int
    title: Text
    found: Text
    shipped: Figure
    in_force: Figure
    moved: float  # log-odds between the two
    is_changed: bool


@dataclass(frozen=True, slots=True)
class WeightsView:
    """The weights in force, beside those that keten comes with, and how many rulings there are."""

    rows: tuple[WeightRow, ...]
    changed: int
    rulings: Figure  # that hold now
