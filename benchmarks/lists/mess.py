"""Mess: writes what a person would make of an organisation's name, address and numbers."""

from __future__ import annotations

import random
import re

from anyascii import anyascii

_SHORTER = (
    (r"\buniversiteit\b", "Univ."), (r"\btechnische universiteit\b", "TU"), (r"\bstichting\b", "Stg."),
    (r"\bnederlandse?\b", "NL"), (r"\binternational\b", "Int."), (r"\btechnolog(y|ies|ie)\b", "Tech"),
    (r"\ben\b", "&"), (r"\band\b", "&"), (r"\bholding\b", ""), (r"\bgroep\b", "Group"),
)  # fmt: skip
_FORM = re.compile(r"[\s,]+(?:b\.?\s?v\.?|n\.?\s?v\.?|u\.?a\.?)\s*$", re.IGNORECASE)


def spoil_name(name: str, dice: random.Random, others: list[str]) -> tuple[str, str]:
    """Give a name as somebody typed it, and which kind of mess that is."""
    kind = dice.choices(
        ["as is", "case", "form", "typo", "shorter", "city or unit", "other name", "spaces"],
        [12, 22, 24, 10, 10, 5, 8, 9],
    )[0]
    if kind == "case":
        made = dice.choice([name.title(), name.lower(), name.upper(), anyascii(name)])
    elif kind == "form":
        bare = _FORM.sub("", name)
        made = bare if bare != name else f"{name} {dice.choice(['BV', 'B.V.', 'b.v.'])}"
        if dice.random() < 0.4:
            made = f"{bare}, {dice.choice(['BV', 'B.V.'])}"
        made = made.title() if dice.random() < 0.5 else made
    elif kind == "typo":
        made = _mistype(name, dice)
    elif kind == "shorter":
        made = name
        for pattern, short in _SHORTER:
            made = re.sub(pattern, short, made, flags=re.IGNORECASE)
    elif kind == "city or unit":
        made = name + dice.choice([" (NL)", " - hoofdkantoor", ", vestiging Noord", " R&D"])
    elif kind == "other name" and others:
        made = dice.choice(others)
    elif kind == "spaces":
        made = f"  {name.replace(' ', '  ')}\u00a0"
    else:
        kind, made = "as is", name
    return made, kind


def _mistype(name: str, dice: random.Random) -> str:
    places = [at for at in range(1, len(name) - 1) if name[at].isalpha() and name[at + 1].isalpha()]
    if not places:
        return name
    at = dice.choice(places)
    how = dice.randrange(3)
    if how == 0:
        return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return name[:at] + name[at + 1 :] if how == 1 else name[:at] + name[at] * 2 + name[at + 1 :]


def spoil_postcode(postcode: str, dice: random.Random) -> str:
    """Give a postcode as typed: without its space, in small letters, its digits alone."""
    tight = postcode.replace(" ", "")
    return dice.choice([postcode, tight, tight.lower(), tight[:4]])


def spoil_city(city: str, dice: random.Random) -> str:
    """Give a city as typed."""
    return dice.choice([city.title(), city.upper(), city.title(), f"{city.title()} "])


def spoil_website(website: str, dice: random.Random) -> str:
    """Give a web address as typed."""
    bare = re.sub(r"^https?://(www\.)?", "", website).split("/")[0]
    return dice.choice(
        [bare, f"www.{bare}", f"http://{bare}/", f"https://www.{bare}/nl/", f"info@{bare}"]
    )


def recombine(names: list[str], dice: random.Random) -> str:
    """Give the name of nobody, made of the words of two genuine names."""
    first, second = (dice.choice(names).split() for _ in range(2))
    return " ".join([first[0], *second[-max(1, len(second) - 1) :]]).title()
