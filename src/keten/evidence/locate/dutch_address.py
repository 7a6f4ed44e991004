"""Dutch addresses as people type them: the postcode in them, and keys for the name of the place.

It knows spelling, not geography: which place a key stands for is in the tables of postcodes and
places. `locate` brings the two together.
"""

import re
from collections.abc import Iterator
from typing import Final

from anyascii import anyascii

# Other names in use for a place, by key. Not misspellings: those are left to likeness.
OTHER_NAMES: Final = {
    "thehague": "sgravenhage",
    "hague": "sgravenhage",
    "lahaye": "sgravenhage",
    "lahaya": "sgravenhage",
    "denhaag": "sgravenhage",
    "haag": "sgravenhage",
    "denbosch": "shertogenbosch",
    "bosch": "shertogenbosch",
    "boisleduc": "shertogenbosch",
    "flushing": "vlissingen",
    "hookofholland": "hoekvanholland",
    "leyden": "leiden",
    "dordt": "dordrecht",
    "dort": "dordrecht",
    "ljouwert": "leeuwarden",
    "drylts": "ylst",
    "snits": "sneek",
    "boalsert": "bolsward",
    "itheerenveen": "heerenveen",
    "ithearrenfean": "heerenveen",
    "dokkum": "dokkum",
    "adam": "amsterdam",
    "rdam": "rotterdam",
    "maestricht": "maastricht",
    "nimeguen": "nymegen",
    "nimwegen": "nymegen",
}

# What is put behind a name to tell places apart, or by habit.
_TAIL = re.compile(
    r"(?:n\.?h|z\.?h|n\.?br?|gld|gel|gelderland|lb?|lim|limburg|ovk?|frl?|friesland|gr|gn|groningen"
    r"|dr|drenthe|ut|utrecht|zld?|zeeland|fl|flevoland|holland|brabant|nld?|netherlands|nederland|the)"
    r"\.?",
    re.IGNORECASE,
)
_FULL = re.compile(r"(?<![0-9A-Z])([1-9][0-9]{3})\s*[-.]?\s*([A-Z]{2})(?![A-Z0-9])")
_DIGITS = re.compile(r"(?<![0-9])([1-9][0-9]{3})(?![0-9])")
_BOX = re.compile(r"POSTBUS|\bP\.?\s?O\.?\s?BOX|\bBOX\b")
# The country written where the place should be. (A hamlet in Overijssel is called Nederland.)
_COUNTRY_KEYS = frozenset({"nl", "nederland", "netherlands", "thenetherlands", "holland"})


def find_pc4(postcode: str, city: str = "", street: str = "") -> str | None:
    """Give the four digits of the postcode: from its own field, else in full from city or street.

    In the other fields, and beside a post-office box, only `1234 AB` counts: four digits alone may
    be the number of a house or of the box.
    """
    own = postcode.upper().replace("\u00a0", " ")
    if match := _FULL.search(own):
        return match[1]
    signs = re.sub(r"[^0-9A-Z]", "", own)
    # `35 11 AB`, `3511-AB`, `NL3511AB`, and the letter O for a nought.
    if match := re.fullmatch(r"(?:NLD?)?([1-9][0-9O]{3})(?:[A-Z]{2})?", signs):
        return match[1].replace("O", "0")
    if not _BOX.search(own) and (match := _DIGITS.search(own)):
        return match[1]
    for other in (city, street):
        if match := _FULL.search(other.upper()):
            return match[1]
    return None


def place_key(name: str) -> str:
    """Give a place's name without accents, case, spaces and signs; ij and y are one letter."""
    text = anyascii(name).lower()
    text = re.sub(r"\baan (?:den|de|het)\b|\ba[/.]\s?d\b\.?|\bad\b", "ad", text)
    text = re.sub(r"\b(?:sint|st)\b\.?", "st", text)
    return re.sub(r"[^a-z0-9]", "", text).replace("ij", "y")


def place_keys(city: str) -> Iterator[str]:
    """Give keys for what may be meant by a city field, the whole of it first, then ever less."""
    seen: set[str] = set()
    for text in _readings(city):
        key = place_key(text)
        key = OTHER_NAMES.get(key, key)
        if len(key) >= 2 and key not in seen and key not in _COUNTRY_KEYS:
            seen.add(key)
            yield key


def _readings(city: str) -> Iterator[str]:
    whole = _FULL.sub(" ", city.upper())
    whole = re.sub(r"[0-9]{3,}", " ", whole).strip(" ,.-")
    yield whole
    yield re.sub(r"\(.*?\)?$|\(.*?\)", " ", whole)
    yield from re.findall(r"\(([^)]*)", whole)
    for part in re.split(r"[,;/|(]| - |\bGEM\b\.?|\bPOSTBUS\b|\bP\.?O\.? BOX\b", whole):
        yield part
        words = re.findall(r"[^\s\-]+", part.strip(" )"))
        while len(words) > 1 and _TAIL.fullmatch(words[-1]):
            words.pop()
            yield " ".join(words)
        # A place with its district: `Amsterdam Zuidoost`, `Rotterdam-Hoogvliet`.
        for count in range(len(words) - 1, 0, -1):
            yield " ".join(words[:count])
        for start in range(1, len(words)):
            yield " ".join(words[start:])
