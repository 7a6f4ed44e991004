"""Identify: gives every group of source organisations an identifier that stays where it was.

`ror:` if the organisation holds a record of that registry, else `pic:`, else `kvk:`, else the key
of its anchor. Every key and every PIC of a member leads to it, and so does an identifier that it had
before it was joined with more.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

# Whose record speaks for an organisation before whose.
_ORDER: Final = (
    "ror", "he", "h2020", "innovation-fund", "fp7", "kvk", "fp7-network", "structural", "rijk",
)  # fmt: skip
Group = tuple[str, ...]
_RANK: Final = {source: place for place, source in enumerate(_ORDER)}


@dataclass(frozen=True, slots=True)
class Cluster:
    """Source organisations that are one organisation, under one identifier."""

    organisation_id: str
    anchor_key: str
    members: tuple[str, ...]


def identify(groups: Iterable[Sequence[str]], pics: Mapping[str, str]) -> list[Cluster]:
    """Give every group its identifier; `pics` are the PICs of the keys that have one.

    A PIC that a ruling divided over groups belongs to the one with its Horizon Europe record, and
    the others are named after their anchor's key. The anchor is the lowest key of the register that
    names the group, so that it does not move when rows are added.
    """
    told = [tuple(group) if len(group) == 1 else tuple(sorted(group)) for group in groups]
    owner = own_pics(told, pics)
    clusters = [_name(group, pics, owner) for group in told]
    clusters.sort(key=lambda found: found.organisation_id)
    return clusters


def own_pics(groups: Iterable[Group], pics: Mapping[str, str]) -> dict[str, Group]:
    """Give for each PIC the group that it belongs to."""
    claims: dict[str, list[tuple[str, Group]]] = {}
    for group in groups:
        for key in group:
            if key in pics:
                claims.setdefault(pics[key], []).append((key, group))
    return {
        pic: claimed[0][1]
        if len(claimed) == 1
        else min(claimed, key=lambda claim: (rank_key(claim[0])[0], claim[0]))[1]
        for pic, claimed in claims.items()
    }


def list_aliases(clusters: Iterable[Cluster], pics: Mapping[str, str]) -> dict[str, str]:
    """Give the organisation of today for every identifier that leads to one."""
    alias: dict[str, str] = {}
    by_members: dict[Group, str] = {}
    for found in clusters:
        by_members[found.members] = found.organisation_id
        alias[found.organisation_id] = found.organisation_id
        for key in found.members:
            alias[key] = found.organisation_id
    for pic, members in own_pics(by_members, pics).items():
        alias[f"pic:{pic}"] = by_members[members]
    return alias


def rank_key(key: str) -> tuple[int, int, str]:
    """Give the place of a key among others: by its source, then as numbers are ordered."""
    source, _, rest = key.partition(":")
    return _RANK.get(source, len(_RANK)), len(rest), rest


def _name(group: Group, pics: Mapping[str, str], owner: Mapping[str, Group]) -> Cluster:
    first = group[0] if len(group) == 1 else min(group, key=rank_key)
    if first.startswith("ror:"):
        return Cluster(first, first, group)
    owned = {pics[key] for key in group if key in pics and owner[pics[key]] == group}
    if owned:
        pic = min(owned, key=lambda number: (len(number), number))
        anchor = min((key for key in group if pics.get(key) == pic), key=rank_key)
        return Cluster(f"pic:{pic}", anchor, group)
    first = min((key for key in group if key.startswith("kvk:")), key=rank_key, default=first)
    return Cluster(first, first, group)
