"""Cluster: joins source organisations along links, and refuses the links that must not join.

Links are taken in the order given: rulings, then identifiers, then matches from the most probable
down. A ruling joins whatever people did not rule apart. One on two records that both bear a key of a
register is about the organisations behind them: it joins them last, each with all that is its own by
then; a record without any moves to where people say it belongs. Anything else is refused where it would

- join, even through a third record, what people ruled different (`ruled`);
- put two keys of one register (PIC, ROR, KvK, VAT) in one organisation (`register`);
- hang on a chain (`chain`): a match joins two clusters only between records that bear a key of a
  register, or where such a record confirms it; records without any must all agree; and no two that
  bear keys and were compared may speak against it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

CONFIRMING: Final = 0.5  # a record confirms a link to another from this probability on
OPPOSING: Final = 0.1  # and speaks against it below this one

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Link:
    """A proposal that two source organisations are one, and what it rests on."""

    left: str
    right: str
    rule: str  # ruling, same-pic, same-identifier, match
    weight: float = 1.0
    ruling: int | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A link that was not followed, and why: `ruled`, `register`, `chain` or `rival`."""

    link: Link
    why: str


@dataclass(frozen=True, slots=True)
class Held:
    """What is known of records beside their links.

    `keys` are the keys of registers that a record bears (`pic:123`, `vat:NL001932822`);
    `probability` is that of each pair compared, by the pair in order.
    """

    keys: Mapping[str, Sequence[str]] = field(default_factory=dict)
    probability: Mapping[Pair, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Grouping:
    """Groups (members sorted, groups by first member), links that joined or agree, links refused."""

    groups: list[list[str]]
    used: list[Link]
    refused: list[Refusal]


def order_pair(left: str, right: str) -> Pair:
    """Give two keys in a fixed order."""
    return (left, right) if left <= right else (right, left)


def cluster(
    keys: Iterable[str], links: Iterable[Link], apart: Iterable[Pair], held: Held | None = None
) -> Grouping:
    """Join keys along links, in the order given."""
    clusters = _Clusters(keys, apart, held or Held())
    used: list[Link] = []
    refused: list[Refusal] = []
    last: list[Link] = []
    for link in links:
        if clusters.holds_over(link):
            last.append(link)
            continue
        why = clusters.join(link)
        if why:
            refused.append(Refusal(link, why))
        else:
            used.append(link)
    for link in last:
        clusters.join(link)
    # Rulings come first among the reasons, whenever they were followed.
    used = last + used
    groups = sorted(sorted(group) for group in clusters.members.values())
    return Grouping(groups, used, refused)


class _Clusters:
    """The clusters while they grow; each is known by its root."""

    def __init__(self, keys: Iterable[str], apart: Iterable[Pair], held: Held) -> None:
        self.members: dict[str, list[str]] = {key: [key] for key in keys}
        self._parent = {key: key for key in self.members}
        self._probability = held.probability
        # Only what people ruled apart and what bears a key takes room: most records do neither.
        self._enemies: dict[str, set[str]] = {}
        for left, right in apart:
            if left in self._parent and right in self._parent:
                self._enemies.setdefault(left, set()).add(right)
                self._enemies.setdefault(right, set()).add(left)
        self._borne = {key: set(held.keys[key]) for key in self.members if held.keys.get(key)}
        self._bearers = {key: [key] for key in self._borne}
        self._bearing = frozenset(self._borne)
        self._bound: dict[str, list[str]] = {}  # ends of rulings that join last

    def holds_over(self, link: Link) -> bool:
        """Say whether a link is a ruling that joins last; what it binds is kept from its enemies."""
        if link.rule != "ruling" or not (
            link.left in self._bearing and link.right in self._bearing
        ):
            return False
        left, right = self._root(link.left), self._root(link.right)
        if left == right or self._were_ruled_apart(left, right):
            return False
        self._bound.setdefault(link.left, []).append(link.right)
        self._bound.setdefault(link.right, []).append(link.left)
        return True

    def join(self, link: Link) -> str:
        """Join the ends of a link, unless it must not be; gives why not, or nothing."""
        left, right = self._root(link.left), self._root(link.right)
        if left == right:
            return ""
        if self._were_ruled_apart(left, right):
            return "ruled"
        if link.rule != "ruling" and self._hold_two_of_one(left, right):
            return "register"
        if link.rule == "match" and not (
            self._confirms(left, link.left, link.right)
            and self._confirms(right, link.right, link.left)
            and not self._opposes(left, right)
        ):
            return "chain"
        small, large = sorted((left, right), key=lambda key: (len(self.members[key]), key))
        self._parent[small] = large
        self.members[large] += self.members.pop(small)
        if small in self._borne:
            self._borne.setdefault(large, set()).update(self._borne.pop(small))
            self._bearers.setdefault(large, []).extend(self._bearers.pop(small))
        return ""

    def _root(self, key: str) -> str:
        while self._parent[key] != key:
            self._parent[key] = self._parent[self._parent[key]]
            key = self._parent[key]
        return key

    def _were_ruled_apart(self, left: str, right: str) -> bool:
        if not self._enemies:
            return False
        mine, others = self._bound_with(left), set(self._bound_with(right))
        return any(not others.isdisjoint(self._enemies.get(key, ())) for key in mine)

    def _bound_with(self, root: str) -> list[str]:
        """Give the members of a cluster and of those that rulings will join to it."""
        if not self._bound:
            return self.members[root]
        found: list[str] = []
        seen: set[str] = set()
        ahead = [root]
        while ahead:
            each = self._root(ahead.pop())
            if each not in seen:
                seen.add(each)
                found += self.members[each]
                ahead += [end for key in self.members[each] for end in self._bound.get(key, ())]
        return found

    def _hold_two_of_one(self, left: str, right: str) -> bool:
        """Say whether joined they would hold two keys of a register that neither holds now."""
        mine, theirs = self._borne.get(left), self._borne.get(right)
        if not mine or not theirs:
            return False
        for register in {_register(key) for key in mine} & {_register(key) for key in theirs}:
            one = {key for key in mine if _register(key) == register}
            other = {key for key in theirs if _register(key) == register}
            if not (one <= other or other <= one):
                return True
        return False

    def _confirms(self, root: str, end: str, other: str) -> bool:
        """Say whether the cluster of `end` stands behind its link to `other`."""
        bearers = self._bearers.get(root)
        if bearers:
            return end in bearers or any(self._compare(key, other) >= CONFIRMING for key in bearers)
        return all(
            key == end or self._compare(key, other) >= CONFIRMING for key in self.members[root]
        )

    def _opposes(self, left: str, right: str) -> bool:
        return any(
            self._compare(one, other, 1.0) < OPPOSING
            for one in self._bearers.get(left, ())
            for other in self._bearers.get(right, ())
        )

    def _compare(self, left: str, right: str, unknown: float = 0.0) -> float:
        return self._probability.get(order_pair(left, right), unknown)


def _register(key: str) -> str:
    return key.split(":", 1)[0]
