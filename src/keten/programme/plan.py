"""Plan: what an import of a workbook would do, row by row; and its doing, once somebody said yes."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from keten.errors import ConflictError, NotFoundError
from keten.model import Text
from keten.programme.draft import ActionDraft, InitiativeDraft, StatusDraft
from keten.programme.records import record_action, record_initiative, record_status
from keten.workspace import Store

Verdict = Literal["new", "changed", "unchanged", "wrong"]


@dataclass(frozen=True, slots=True)
class Change:
    """What differs in one column: what stands here, and what the sheet says."""

    label: Text
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowPlan:
    """What an import would do with one row, and why.

    `draft` is the line to write, `status` a status to tell beside it; where the row is neither new
    nor changed both are None.
    """

    sheet: Text
    place: int
    name: str
    verdict: Verdict
    changes: tuple[Change, ...] = ()
    problems: tuple[Text, ...] = ()
    slug: str = ""
    supersedes: int | None = None
    status_seen: int = 0
    draft: InitiativeDraft | ActionDraft | None = None
    status: StatusDraft | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do, row by row, initiatives first; and what it passes over."""

    rows: tuple[RowPlan, ...]
    passed_over: tuple[str, ...] = ()

    def count(self, verdict: Verdict) -> int:
        """Give how many rows have this verdict."""
        return sum(row.verdict == verdict for row in self.rows)


def write_plan(
    store: Store, chain: str, plan: Plan, author: str, made_at: datetime
) -> tuple[tuple[RowPlan, tuple[int, ...]], ...]:
    """Write what is new or changed; gives each row with the numbers of its lines.

    Each row stands by itself: one that somebody changed since the preview comes back as wrong, and
    the others are written.
    """
    slugs: dict[str, str] = {}
    done = []
    for row in plan.rows:
        try:
            done.append((row, _write_row(store, chain, row, author, made_at, slugs)))
        except (ConflictError, NotFoundError) as error:
            told = Text(error.what, f"Iemand veranderde dit intussen. ({error.what})")
            done.append((replace(row, verdict="wrong", problems=(told,)), ()))
    return tuple(done)


def _write_row(
    store: Store, chain: str, row: RowPlan, author: str, made_at: datetime, slugs: dict[str, str]
) -> tuple[int, ...]:
    numbers: list[int] = []
    slug = row.slug
    if isinstance(row.draft, InitiativeDraft):
        line = record_initiative(
            store, chain, row.draft, author, made_at, slug=slug, supersedes=row.supersedes
        )
        slugs[row.draft.label] = line.object.partition(":")[2]
        numbers.append(line.number)
    elif isinstance(row.draft, ActionDraft):
        # An initiative that is new in the same workbook was named by its label so far.
        initiative = slugs.get(row.draft.initiative, row.draft.initiative)
        draft = replace(row.draft, initiative=initiative)
        line = record_action(
            store, chain, draft, author, made_at, slug=slug, supersedes=row.supersedes
        )
        slug = line.object.partition(":")[2]
        numbers.append(line.number)
    if row.status is not None:
        told = record_status(store, chain, slug, row.status, author, made_at, seen=row.status_seen)
        numbers.append(told.number)
    return tuple(numbers)
