"""Two versions of a taxonomy compared, and memberships carried along from the earlier to the later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from keten.atlas.taxonomies import MEMBER, PLACED, list_members
from keten.atlas.taxonomy_method import count_members
from keten.atlas.taxonomy_views import Change, VersionsView
from keten.errors import UsageError
from keten.model import Judgement, Taxonomy, TaxonomyEntry

if TYPE_CHECKING:
    from keten.workspace import Batch, Line, Store

WHAT: Final = ("added", "dropped", "renamed", "split", "merged", "kept")
BATCH: Final = "memberships"


def compare(old: Taxonomy, new: Taxonomy) -> tuple[Change, ...]:
    """Say what became of every entry: what `replaces` says, else its identifier, else its name.

    Every entry of both stands in exactly one change.
    """
    if old.scheme != new.scheme:
        raise UsageError(
            f"'{old.scheme}' and '{new.scheme}' are two taxonomies.", "Compare versions of one."
        )
    heirs = _find_heirs(old, new)
    changes: list[Change] = []
    done: set[str] = set()
    for entry in old.entries:
        if entry.entry in done:
            continue
        olds, news = _spread(entry.entry, heirs)
        done |= set(olds)
        mine = tuple(each for each in old.entries if each.entry in olds)
        theirs = tuple(each for each in new.entries if each.entry in news)
        changes.append(Change(_name(mine, theirs), mine, theirs))
    taken = {name for names in heirs.values() for name in names}
    changes += [Change("added", (), (each,)) for each in new.entries if each.entry not in taken]
    return tuple(sorted(changes, key=lambda change: WHAT.index(change.what)))


def show_versions(store: Store | None, old: Taxonomy, new: Taxonomy) -> VersionsView:
    """Give two versions compared, with the memberships on each earlier entry and those not carried yet."""
    members = list_members(store, old)
    return VersionsView(
        old=old,
        new=new,
        changes=compare(old, new),
        members={
            name: count_members(old.name, name, lines) for name, lines in members.items() if lines
        },
        waiting=store is not None and any(find_carried(store, old, new)),
    )


@dataclass(frozen=True, slots=True)
class Carried:
    """A membership as it would be carried along: on which object, with what value, and why."""

    line: Judgement
    object: str
    value: dict[str, Any]
    reason: str


def find_carried(store: Store, old: Taxonomy, new: Taxonomy) -> Iterator[Carried]:
    """Give the memberships that the later version needs and lacks.

    Of an entry that was split each part gets them, marked as to be verified: only people know which part
    a member belongs to.
    """
    members = list_members(store, old)
    there = {
        (line.kind, line.subject, line.object)
        for kind in (MEMBER, PLACED)
        for line in store.judgements(kind, only_in_force=True)
    }
    for change in compare(old, new):
        if change.what not in ("renamed", "split", "merged"):
            continue
        names = {each.entry for each in change.old}
        for entry in change.old:
            heirs = [each for each in change.new if _takes(each, entry, change)]
            for line in members.get(entry.entry, ()):
                for heir in heirs:
                    if heir.entry == entry.entry:
                        continue
                    named = line.object.replace(f":{entry.entry}", f":{heir.entry}", 1)
                    if (line.kind, line.subject, named) in there:
                        continue
                    there.add((line.kind, line.subject, named))
                    value = dict(line.value) if isinstance(line.value, Mapping) else {}
                    value["carried_from"] = line.number
                    if len(heirs) > 1:
                        value["to_verify"] = True
                    yield Carried(line, named, value, _reason(old, new, entry, heir, change, names))


def carry(
    store: Store, old: Taxonomy, new: Taxonomy, reason: str, author: str, made_at: datetime
) -> Batch | None:
    """Carry memberships along, as one batch that can be undone as one; None where nothing is left to do."""
    from keten.workspace import Line  # the store loads slowly: only who carries waits for it

    if not reason.strip():
        raise UsageError("Carrying along needs a reason.", "Say in a few words why.")
    lines: list[Line] = [
        Line(each.line.kind, each.line.subject, each.object, each.value, f"{each.reason} {reason}")
        for each in find_carried(store, old, new)
    ]
    if not lines:
        return None
    title = f"{new.scheme}: {old.version} → {new.version}"
    return store.record_many(
        lines, reason, author, made_at, kind=BATCH, title=title,
        detail={"scheme": new.scheme, "from": old.version, "to": new.version},
    )  # fmt: skip


def _find_heirs(old: Taxonomy, new: Taxonomy) -> dict[str, list[str]]:
    """Give for each earlier entry the later ones that took its place, in the order of the new version."""
    names = {each.entry for each in old.entries}
    heirs: dict[str, list[str]] = {each.entry: [] for each in old.entries}
    for each in new.entries:
        wanted = [name for name in each.replaces if name in names]
        if each.entry in names and each.entry not in wanted:
            wanted.append(each.entry)
        for name in wanted:
            heirs[name].append(each.entry)
    taken = {name for found in heirs.values() for name in found}
    # An entry under another identifier with the very same name is the same entry.
    for earlier in old.entries:
        if heirs[earlier.entry]:
            continue
        for later in new.entries:
            if later.entry not in taken and _is_named_alike(earlier, later):
                heirs[earlier.entry].append(later.entry)
                taken.add(later.entry)
                break
    return heirs


def _spread(name: str, heirs: Mapping[str, list[str]]) -> tuple[list[str], list[str]]:
    """Give all earlier and later entries that hang together with one."""
    olds, news = [name], list(heirs[name])
    while True:
        more = [each for each in heirs if each not in olds and set(heirs[each]) & set(news)]
        if not more:
            return olds, news
        olds += more
        news += [each for other in more for each in heirs[other] if each not in news]


def _name(olds: tuple[TaxonomyEntry, ...], news: tuple[TaxonomyEntry, ...]) -> str:
    if not news:
        return "dropped"
    if len(news) > 1:
        return "split"
    if len(olds) > 1:
        return "merged"
    same = olds[0].entry == news[0].entry and olds[0].label == news[0].label
    return "kept" if same else "renamed"


def _takes(heir: TaxonomyEntry, entry: TaxonomyEntry, change: Change) -> bool:
    return (
        entry.entry in heir.replaces
        or heir.entry == entry.entry
        or (change.what == "renamed" and len(change.old) == 1)
    )


def _is_named_alike(one: TaxonomyEntry, other: TaxonomyEntry) -> bool:
    return (
        one.label.en.casefold() == other.label.en.casefold()
        or one.label.nl.casefold() == other.label.nl.casefold()
    )


def _reason(
    old: Taxonomy,
    new: Taxonomy,
    entry: TaxonomyEntry,
    heir: TaxonomyEntry,
    change: Change,
    names: set[str],
) -> str:
    what = {
        "renamed": f"'{entry.label.en}' became '{heir.label.en}'",
        "merged": f"{len(names)} entries became '{heir.label.en}'",
        "split": f"'{entry.label.en}' was split, '{heir.label.en}' is one part: to be verified",
    }[change.what]
    return f"From version {old.version} to {new.version} of {new.scheme}: {what}."
