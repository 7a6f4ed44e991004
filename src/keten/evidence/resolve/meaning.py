"""Meaning: what the levels of a comparison say in words, a step of the waterfall for each question."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from keten.evidence.resolve.compare import (
    GROUP_OVER,
    NOTHING_OVER,
    NUMBER_OVER,
    OTHER_OVER,
    PARTS,
    PLACE_OVER,
    UNIT_OVER,
)
from keten.model import Text


@dataclass(frozen=True, slots=True)
class Question:
    """A step of the waterfall: the parts it takes together, and the fields of a record it shows.

    `is_optional`: whether there may be nothing to compare, which then weighs nothing.
    """

    title: Text
    parts: tuple[str, ...]
    fields: tuple[str, ...]
    is_optional: bool
    levels: Mapping[str, Text]


_NONE: Final = Text("one of them does not say", "een van beide vermeldt het niet")

QUESTIONS: Final = {
    "name": Question(
        Text("Name", "Naam"),
        ("spelling", "order", "contained", "share_less", "share_more", "common", "length"),
        ("names",),
        is_optional=False,
        levels={
            "same": Text(
                "the same, but for spaces, accents and legal form",
                "hetzelfde, op spaties, accenten en rechtsvorm na",
            ),
            "near": Text("almost the same", "bijna hetzelfde"),
            "words": Text(
                "most telling words in common", "de meeste sprekende woorden gemeenschappelijk"
            ),
            "some": Text("some words in common", "enkele woorden gemeenschappelijk"),
            "little": Text("hardly anything in common", "nauwelijks iets gemeenschappelijk"),
        },
    ),
    "left_over": Question(
        Text("What only one name has", "Wat maar één naam heeft"),
        ("left_over_most", "left_over_least", "left_over_kind"),
        (),
        is_optional=False,
        levels={
            "nothing": Text("nothing", "niets"),
            "group": Text("a word for a group of firms", "een woord voor een groep bedrijven"),
            "place": Text("a country or place", "een land of plaats"),
            "unit": Text(
                "a word for a part or branch", "een woord voor een onderdeel of vestiging"
            ),
            "number": Text("a number", "een getal"),
            "other": Text("other words", "andere woorden"),
        },
    ),
    "forms": Question(
        Text("Legal form", "Rechtsvorm"),
        ("forms",),
        (),
        is_optional=True,
        levels={
            "none": _NONE,
            "other": Text("another", "een andere"),
            "partly": Text("partly the same", "gedeeltelijk dezelfde"),
            "same": Text("the same", "dezelfde"),
        },
    ),
    "short_name": Question(
        Text("Short name", "Korte naam"),
        ("short_name",),
        ("acronyms",),
        is_optional=True,
        levels={
            "none": _NONE,
            "other": Text("another", "een andere"),
            "initials": Text(
                "the initials of the other's name", "de beginletters van de naam van de ander"
            ),
            "same": Text("the same", "dezelfde"),
        },
    ),
    "postcode": Question(
        Text("Postcode", "Postcode"),
        ("postcode",),
        ("postcodes",),
        is_optional=True,
        levels={
            "none": _NONE,
            "other": Text("elsewhere", "elders"),
            "region": Text("the same region", "dezelfde streek"),
            "area": Text("the same area", "hetzelfde gebied"),
            "same": Text("the same", "dezelfde"),
        },
    ),
    "city": Question(
        Text("Place", "Plaats"),
        ("city",),
        ("cities",),
        is_optional=True,
        levels={
            "none": _NONE,
            "other": Text("another", "een andere"),
            "alike": Text("somewhat alike", "lijkt er enigszins op"),
            "near": Text("almost the same", "bijna dezelfde"),
            "same": Text("the same", "dezelfde"),
        },
    ),
    "street": Question(
        Text("Street and house number", "Straat en huisnummer"),
        ("street", "house_number"),
        ("streets",),
        is_optional=True,
        levels={
            "none": _NONE,
            "other": Text("another street", "een andere straat"),
            "alike": Text("somewhat alike", "lijkt er enigszins op"),
            "near": Text("almost the same street", "bijna dezelfde straat"),
            "street": Text("the same street", "dezelfde straat"),
            "same": Text("the same street and number", "dezelfde straat en hetzelfde nummer"),
        },
    ),
    "website": Question(
        Text("Website", "Website"),
        ("website",),
        ("domains",),
        is_optional=True,
        levels={
            "none": Text("neither has one", "geen van beide heeft er een"),
            "other": Text("another", "een andere"),
            "one": Text("only one has a website", "alleen een van beide heeft een website"),
            "named": Text(
                "one's website bears the other's name", "de website van de een heet naar de ander"
            ),
            "same": Text("the same", "dezelfde"),
        },
    ),
    "rivals": Question(
        Text("Other candidates", "Andere kandidaten"),
        ("rival_near", "rival_far"),
        (),
        is_optional=False,
        levels={
            "ahead": Text("none comes near", "geen komt in de buurt"),
            "close": Text("another comes close", "een andere komt dichtbij"),
            "behind": Text("another fits better", "een andere past beter"),
            "unasked": Text("not compared with others", "niet met andere vergeleken"),
        },
    ),
}
_BY_NUMBER: Final = {
    "forms": ("none", "other", "partly", "same"),
    "short_name": ("none", "other", "initials", "same"),
    "postcode": ("none", "other", "region", "area", "same"),
    "city": ("none", "other", "alike", "near", "same"),
    "website": ("none", "other", "one", "named", "same"),
}
_OVER: Final = {
    NOTHING_OVER: "nothing",
    OTHER_OVER: "other",
    GROUP_OVER: "group",
    PLACE_OVER: "place",
    UNIT_OVER: "unit",
    NUMBER_OVER: "number",
}
_AHEAD, _BEHIND = 5, 4  # levels of the nearer rival: one better candidate lies behind, or ahead


def read_level(question: str, levels: Mapping[str, int]) -> str:
    """Give the word for what a question found, from the levels of its parts."""
    if question in _BY_NUMBER:
        return _BY_NUMBER[question][levels[question]]
    if question == "name":
        return _read_name(levels)
    if question == "left_over":
        return _OVER[levels["left_over_kind"]]
    if question == "street":
        found = ("none", "other", "alike", "near", "street")[levels["street"]]
        return "same" if found == "street" and levels["house_number"] == 2 else found
    near = levels["rival_near"]
    if near == 0:
        return "unasked"
    return "behind" if near <= _BEHIND else "close" if near <= _AHEAD + 1 else "ahead"


def _read_name(levels: Mapping[str, int]) -> str:
    if levels["spelling"] == PARTS["spelling"] - 1:
        return "same"
    if levels["spelling"] >= 6 or levels["order"] >= 7:
        return "near"
    if levels["share_more"] >= 5 and levels["common"] >= 2:
        return "words"
    return "some" if levels["share_more"] >= 2 else "little"
