"""The register: every initiative that people named, of one chain or of a region, as it holds now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from keten.errors import NotFoundError
from keten.model import INITIATIVE, InitiativeSaid, Judgement, initiative_of, read_said
from keten.programme.views import Owner
from keten.workspace.terms import plain

if TYPE_CHECKING:
    from keten.workspace import Reader, Store

SERVED: Final = ("audience", "stage", "element", "mission", "region", "chain", "technology")


@dataclass(frozen=True, slots=True)
class Registered:
    """An initiative as its newest line says it; `chain` where it belongs to the programme of one."""

    slug: str
    said: InitiativeSaid
    line: Judgement
    chain: str = ""
    list: str = ""

    @property
    def lead(self) -> Owner:
        """Give who runs it."""
        return Owner(self.said.lead, self.said.lead_role, self.said.lead_record)

    def serving(self, kind: str) -> tuple[str, ...]:
        """Give what it serves of a kind; whoever serves a stage of a chain serves the chain."""
        if kind == "kind":
            return (f"kind:{self.said.kind}",) if self.said.kind else ()
        if kind == "stage":
            ahead = self.said.of("stage")
            return (*ahead, *(key for key in self.said.of("chain") if "/" in key))
        found = self.said.of(kind)
        if kind == "chain":
            own = (f"chain:{self.chain}",) if self.chain else ()
            found = tuple(sorted({key.partition("/")[0] for key in (*found, *own)}))
        return found


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which initiatives somebody asks for; what is empty asks nothing."""

    words: str = ""
    kind: str = ""
    serves: tuple[str, ...] = ()
    list: str = ""
    running_on: date | None = None


def read_register(store: Store | None, reader: Reader = None) -> tuple[Registered, ...]:
    """Give every initiative that holds and that `reader` may see, by name."""
    if store is None:
        return ()
    found: dict[str, Registered] = {}
    for line in store.judgements(INITIATIVE, only_in_force=True, reader=reader):
        one = register(line)
        if one is not None and (one.slug not in found or found[one.slug].line.is_private):
            found[one.slug] = one
    return tuple(sorted(found.values(), key=lambda one: (one.said.label.casefold(), one.slug)))


def register(line: Judgement) -> Registered | None:
    """Give the initiative that a line tells of; None where it names none."""
    thing = initiative_of(line)
    slug = thing.partition(":")[2]
    if not slug:
        return None
    home = line.object if line.subject == thing else line.subject
    of, _, name = home.partition(":")
    return Registered(
        slug, read_said(line.value, slug), line,
        name if of == "chain" else "", name if of == "list" else "",
    )  # fmt: skip


def find_registered(
    store: Store | None, slug: str, reader: Reader = None
) -> tuple[Registered | None, tuple[Judgement, ...]]:
    """Give an initiative, None where it no longer holds, with every line on it, oldest first.

    Raises: NotFoundError when nobody ever named it.
    """
    held = next((one for one in read_register(store, reader) if one.slug == slug), None)
    lines: list[Judgement] = []
    if store is not None:
        thing = f"{INITIATIVE}:{slug}"
        said = store.judgements_on([thing], only_in_force=False, reader=reader)
        lines = [line for line in said if initiative_of(line) == thing]
        if held is not None:
            home = {held.line.subject, held.line.object}
            lines = [line for line in lines if {line.subject, line.object} == home]
    if held is None and not any(line.kind == INITIATIVE for line in lines):
        raise NotFoundError(
            f"There is no initiative '{slug[:80]}'.", "See which there are with: keten initiatives"
        )
    return held, tuple(lines)


def choose(register: Iterable[Registered], wanted: Wanted) -> tuple[Registered, ...]:
    """Give the initiatives that somebody asks for; every word must be met, and all that is served."""
    words = plain(wanted.words).split()
    return tuple(
        one
        for one in register
        if (not wanted.kind or one.said.kind == wanted.kind)
        and (not wanted.list or one.list == wanted.list)
        and (wanted.running_on is None or one.said.runs_on(wanted.running_on))
        and all(serves(one, key) for key in wanted.serves)
        and all(word in _text_of(one) for word in words)
    )


def serves(one: Registered, key: str) -> bool:
    """Say whether an initiative serves what a key names; a region is served by what it lies in, too."""
    kind = "stage" if "/" in key else key.partition(":")[0]
    mine = one.serving(kind)
    if kind == "region":
        return any(overlap(key, other) for other in mine)
    return key in mine


def overlap(region: str, other: str) -> bool:
    """Say whether one region lies in the other."""
    return region.startswith(other) or other.startswith(region)


def _text_of(one: Registered) -> str:
    said: Sequence[str] = (one.said.label, one.said.aim, one.said.lead, one.said.funder)
    return plain(" ".join(said))
