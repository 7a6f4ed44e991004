"""Records of registers and lists for trying out who is joined with whom, without any table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from hypothesis import strategies as st

from keten.evidence.resolve.joining import Joined, join
from keten.evidence.resolve.register import Registered
from keten.evidence.resolve.verdict import Match
from keten.model import Ruling
from tests.evidence.made import ruling

PICS = ("1", "2", "3", "10", "20")
KEYS = (
    *(f"{programme}:{pic}" for programme in ("he", "h2020", "fp7") for pic in PICS),
    "ror:a", "ror:b", "kvk:01", "kvk:02", "rijk:x", "rijk:y", "structural:z", "fp7-network:n",
)  # fmt: skip
ACCEPTED = 0.9

keys = st.lists(st.sampled_from(KEYS), min_size=1, unique=True)
pairs = st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)).filter(lambda p: p[0] != p[1])
rulings_of = st.lists(st.tuples(st.sampled_from(["same", "different"]), pairs), max_size=10).map(
    lambda found: [ruling(n, verdict, *pair) for n, (verdict, pair) in enumerate(found, 1)]
)
# What comparing may say, each pair once: a score in log-odds from hardly to surely.
matches_of = st.dictionaries(
    pairs.map(lambda pair: (min(pair), max(pair))), st.sampled_from([-4, -2, 0, 2, 3, 4, 6])
).map(lambda found: [match(*pair, score) for pair, score in sorted(found.items())])
entities_of = st.dictionaries(st.sampled_from(PICS), st.sampled_from(["NL01", "NL02", "NL03"]))


def match(left: str, right: str, score: float) -> Match:
    return Match(min(left, right), max(left, right), score, 1 / (1 + 2.718281828**-score))


def registered(source_keys: Iterable[str], entities: Mapping[str, str] | None = None) -> Registered:
    known = sorted(source_keys)
    pics = {key: key.split(":")[1] for key in known if key.split(":")[0] in ("he", "h2020", "fp7")}
    others = {key: key for key in known if key.split(":")[0] in ("ror", "kvk")}
    proven = {pic: it for pic, it in (entities or {}).items() if pic in pics.values()}
    return Registered(known, pics, others, proven, {})


def join_all(
    source_keys: Iterable[str],
    rulings: Sequence[Ruling] = (),
    matches: Sequence[Match] = (),
    entities: Mapping[str, str] | None = None,
) -> Joined:
    found = registered(source_keys, entities)
    known = set(found.keys)
    same_pic, same_entity = found.list_links()
    heard = [each for each in matches if {each.left, each.right} <= known]
    return join(found, rulings, [*same_pic, *same_entity], heard, ACCEPTED)


def identities(joined: Joined) -> dict[str, str]:
    return {key: found.organisation_id for found in joined.clusters for key in found.members}
