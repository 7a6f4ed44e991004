"""What the build did with a pair, and how likely it is, in words."""

from collections.abc import Mapping
from datetime import datetime

from keten.atlas.identity_views import PairView
from keten.web.language import N_, Words

_JOINED = {
    "same-pic": N_(
        "They are one organisation in this build: both records bear the same participant number (PIC). "
        "Where numbers agree, nothing else has to."
    ),
    "same-identifier": N_(
        "They are one organisation in this build: the number that one record bears stands in a register "
        "beside the number of the other. Where numbers agree, nothing else has to."
    ),
    "match": N_(
        "They are one organisation in this build: enough spoke for it to join them without asking people."
    ),
    "ruling": N_("They are one organisation in this build, because a person ruled so."),
}
_JOINED_OTHERWISE = N_(
    "They are one organisation in this build, by way of other records that belong to it."
)
_APART = {
    "review": N_(
        "They are two organisations in this build. Too much speaks for one to call them different, and "
        "too little to join them, so people are asked."
    ),
    "refused": N_(
        "They are two organisations in this build. They were not joined, because two different numbers "
        "of one register, or a ruling, would have come together in one organisation. Only a person can "
        "join them."
    ),
    "apart": N_(
        "They are two organisations in this build: too little speaks for one to ask people about it."
    ),
}
_RULED_APART = N_("They are two organisations in this build, because a person ruled so.")
# A tie that is no identity, said of the other organisation.
TIES = {
    "parent": N_("It is part of"),
    "child": N_("Part of it is"),
    "related": N_("Related to it is"),
    "predecessor": N_("Before it there was"),
    "successor": N_("It was followed by"),
}
KNOWN_BY = {
    "register": N_("a register says so"),
    "address": N_("by name, address and website"),
    "ruling": N_("a person ruled so"),
}
BECAME = {
    "review": N_("people are asked about it"),
    "refused": N_("not joined: a number of a register, or a ruling, forbids it"),
}
# The lowest chance out of a hundred for which each may be said.
_LIKELY = (
    (99.0, N_("Nearly certainly one organisation")),
    (90.0, N_("Very likely one organisation")),
    (65.0, N_("Probably one organisation")),
    (35.0, N_("It could well be either")),
    (10.0, N_("Probably two organisations")),
    (1.0, N_("Very likely two organisations")),
    (0.0, N_("Nearly certainly two organisations")),
)


def say_outcome(pair: PairView, words: Words, built_at: datetime) -> str:
    """Say what the build in force, made at `built_at`, did with a pair, and by what."""
    found = pair.comparison
    if found.verdict == "same":
        return words(_JOINED.get(found.rule, _JOINED_OTHERWISE))
    if pair.is_ruled_apart(built_at):
        return words(_RULED_APART)
    return words(_APART.get(found.verdict, _APART["apart"]))


def say_chance(pair: PairView, words: Words) -> str:
    """Say in a few words how likely it is that the two are one."""
    value = float(pair.chance.value or 0)
    return words(next(text for least, text in _LIKELY if value >= least))


def say_all(texts: Mapping[str, str], words: Words) -> dict[str, str]:
    """Say each of these texts."""
    return {name: words(text) for name, text in texts.items()}
