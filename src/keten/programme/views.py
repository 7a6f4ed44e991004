"""Views: what is planned, as the lines of people give it, and what can be seen of its course."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Literal

from keten.model import Figure, Label, Text

State = Literal["planned", "running", "done", "stopped"]
STATES: Final[tuple[State, ...]] = ("planned", "running", "done", "stopped")


@dataclass(frozen=True, slots=True)
class Owner:
    """Who does it: an organisation by name, never a private person.

    `record` is the source record it was named by (`he:999990267`), or nothing: a name typed freely.
    """

    name: str = ""
    role: str = ""
    record: str = ""


@dataclass(frozen=True, slots=True)
class Milestone:
    """What must be there on a day; `key` stays the same when its words or day change."""

    key: str
    title: str
    day: date
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line that stands in the history of an initiative or an action."""

    number: int
    kind: str
    made_at: datetime
    reason: str
    supersedes: int | None
    in_force: bool


@dataclass(frozen=True, slots=True)
class Status:
    """How an action stood when somebody said so; `share_done` is 0..1."""

    number: int
    state: State
    share_done: float | None
    note: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Initiative:
    """Something that parties take up together; actions belong to it."""

    slug: str
    label: str
    aim: str
    lead: Owner
    number: int
    made_at: datetime
    reason: str
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to be done, by whom and when; `gap` names what it answers (`element:finance`)."""

    slug: str
    title: str
    initiative: str
    owner: Owner
    starts: date | None
    ends: date | None
    milestones: tuple[Milestone, ...]
    gap: str
    number: int
    made_at: datetime
    reason: str
    statuses: tuple[Status, ...] = ()
    lines: tuple[Line, ...] = ()

    @property
    def state(self) -> State:
        """The state last told; what nobody told of is planned."""
        return self.statuses[-1].state if self.statuses else "planned"

    @property
    def sequence(self) -> int:
        """How often anything of it changed: never goes down, also when a change is undone."""
        return len(self.lines) - 1

    @property
    def rests_on(self) -> tuple[int, ...]:
        """The numbers of the lines that make it what it is now."""
        return (self.number, *(status.number for status in self.statuses[-1:]))


@dataclass(frozen=True, slots=True)
class Programme:
    """All that was planned for a chain and holds; and what was withdrawn whole, by its slug."""

    chain: str
    initiatives: tuple[Initiative, ...] = ()
    actions: tuple[Action, ...] = ()
    withdrawn: Mapping[str, tuple[Line, ...]] = field(default_factory=dict)

    def initiative(self, slug: str) -> Initiative | None:
        """Give an initiative that holds."""
        return next((one for one in self.initiatives if one.slug == slug), None)

    def action(self, slug: str) -> Action | None:
        """Give an action that holds."""
        return next((one for one in self.actions if one.slug == slug), None)


@dataclass(frozen=True, slots=True)
class OwnerView:
    """An owner, with the organisation that its record belongs to in the evidence of today.

    `is_lost`: it was named by a record that this evidence does not hold; `is_moved`: the record now
    belongs to an organisation of another name.
    """

    owner: Owner
    current: Label | None = None
    is_lost: bool = False
    is_moved: bool = False


@dataclass(frozen=True, slots=True)
class MilestoneView:
    """A milestone and its course: done, late, soon, ahead, or dropped with its action."""

    milestone: Milestone
    course: str


@dataclass(frozen=True, slots=True)
class ActionView:
    """An action as it stands today.

    `course` is done, stopped, late, soon, on-course or undated; `late_by` says by what it is late:
    its start, its end, a milestone.
    """

    action: Action
    owner: OwnerView
    state: State
    course: str
    late_by: tuple[str, ...]
    milestones: tuple[MilestoneView, ...]
    gap: Text | None
    share_done: Figure | None

    @property
    def next_day(self) -> date | None:
        """The first day on which something of it falls due."""
        open_days = [one.milestone.day for one in self.milestones if one.course in OPEN]
        ends = [self.action.ends] if self.action.ends and self.state not in ENDED else []
        return min([*open_days, *ends], default=None)


OPEN: Final = ("late", "soon", "ahead")
ENDED: Final = ("done", "stopped")


@dataclass(frozen=True, slots=True)
class InitiativeView:
    """An initiative with its actions, first those where something falls due first."""

    initiative: Initiative | None
    lead: OwnerView
    actions: tuple[ActionView, ...]
    figures: Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class ProgrammeView:
    """A chain's programme on a day: initiatives, then actions that belong to none."""

    chain: str
    today: date
    initiatives: tuple[InitiativeView, ...]
    figures: Mapping[str, Figure]
    gaps: Mapping[str, Text]

    @property
    def actions(self) -> tuple[ActionView, ...]:
        """Every action, as the initiatives give them."""
        return tuple(action for initiative in self.initiatives for action in initiative.actions)
