"""Tells whether the name of an organisation is that of a natural person: one rule for all sources.

Registers of organisations hold persons too: a consultant, a farmer, a dentist, under their own
name. Only organisations are ever shown, so such names go no further than the readers. Where a list
is mostly of organisations, as those of the European Commission are, a name is withheld when it has
the build of a person's name and no word of an organisation; a firm must not lose its name. Lists
that are full of persons need the opposite rule: see `rijkssubsidies.recipient`.
"""

import re
from functools import lru_cache
from typing import Final

from anyascii import anyascii

from keten.sources.given_names import AMBIGUOUS, GIVEN
from keten.sources.organisation_words import BODIES, BRANDS, LEGAL_FORMS, STEMS, WORDS

WITHHELD: Final = "[naam weggelaten / name withheld]"

_PARTICLES: Final = frozenset(
    {
        "van", "von", "de", "der", "den", "het", "ter", "ten", "te", "du", "des", "del", "della", "di",
        "da", "do", "dos", "das", "la", "le", "el", "y", "e", "i", "en", "et", "and", "und", "og", "af",
        "av", "zu", "zum", "mac", "mc", "bin", "ben", "o", "dall", "dell",
    }
)  # fmt: skip
_TITLE: Final = re.compile(
    r"^(?:(?:dhr|mevr|mevrouw|mw|mr|mrs|drs|dr|prof|mag|ir|ing|dipl)\b[. ]*)+(?:med |techn )?"
)
_OWNER: Final = re.compile(r"\b(?:inh|inhaber|inhaberin|eigenaar|eenmanszaak|freelance\w*)\b\.?")
_INITIALS: Final = re.compile(r"^(?:[A-Z][a-z]?\. ?){1,6}(?=(?:[a-z]+ ){0,3}[A-Z][a-z]{2,})")
_SPLIT: Final = re.compile(r"\s[-/|]+\s|\s-|-\s|/|,|;|\(|\)|\bt/a\b|\btrading as\b|\bdi\b")
_SURNAME_FIRST: Final = re.compile(r"[a-z' -]+, [a-z]+(?: [a-z]+)?")
_WORD: Final = re.compile(r"[a-z]+")
_MOST_WORDS: Final = 5
_LEAST: Final = 2
_SHORT: Final = 1  # letters; initials count for nothing


@lru_cache(maxsize=1 << 17)
def is_person(name: str) -> bool:
    """Say whether a name is that of a natural person, alone or with what they trade as.

    Errs towards no: a legal form, a word of organisations or a figure anywhere makes it none.
    """
    spelled = " ".join(anyascii(name).replace("*", " ").replace('"', " ").split())
    text = spelled.lower()
    if re.search(r"[0-9&@+]", text) or any(brand in text for brand in BRANDS):
        return False
    bare = text.replace(".", "")
    if any(form.search(each) for form in LEGAL_FORMS for each in (text, bare)):
        return False
    if BODIES.search(text):
        return False
    if _OWNER.search(text):
        return _has_given(text)
    segments = [each.strip() for each in _SPLIT.split(text)]
    if _SURNAME_FIRST.fullmatch(text):
        segments.append(text)
    if any(_is_whole_name(each) for each in segments):
        return True
    return _is_initialled(spelled, text)


def _is_whole_name(text: str) -> bool:
    """Say whether a part of a name is a person's: first name and surname, in either order."""
    title = _TITLE.match(text)
    words = _words(text[title.end() :] if title else text)
    names = [word for word in words if word not in _PARTICLES and len(word) > _SHORT]
    if not (_LEAST <= len(names) <= _MOST_WORDS) or any(map(_is_of_organisation, names)):
        return False
    given = sum(word in GIVEN for word in names)
    ambiguous = sum(word in AMBIGUOUS for word in names)
    return given > 0 or ambiguous > 1 or title is not None


def _is_initialled(spelled: str, text: str) -> bool:
    """Say whether a name is initials and a surname in small letters: capitals may be a firm's."""
    title = _TITLE.match(text)
    rest = spelled[title.end() :] if title else spelled
    initials = _INITIALS.match(rest)
    if initials is None:
        return False
    words = _words(rest[initials.end() :].lower())
    names = [word for word in words if word not in _PARTICLES]
    return 1 <= len(names) < _MOST_WORDS - 1 and not any(map(_is_of_organisation, names))


def _has_given(text: str) -> bool:
    return any(word in GIVEN or word in AMBIGUOUS for word in _words(text))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.replace("'", ""))


def _is_of_organisation(word: str) -> bool:
    return word in WORDS or bool(STEMS.search(word))
