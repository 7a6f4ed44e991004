"""Makes names, addresses and websites of organisations comparable, whatever language wrote them.

Everything becomes plain lower-case letters first. A name falls apart into words and legal forms;
words that mean the same across languages become one word, and what transliterations double (ae, oe,
ue, aa) is written once.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from anyascii import anyascii

from keten.evidence.resolve.words import (
    COUNTRIES,
    LEGAL_FORMS,
    LINKING,
    LONG_FORMS,
    MEANING,
    SAME_FORM,
)

_LONG: Final = tuple((re.compile(rf"\b(?:{form})\b"), short) for form, short in LONG_FORMS)
# A long form can only stand in a name that holds the beginning of one.
_LONG_HINT: Final = re.compile(
    r"vennootschap|aansprakelijkheid|socie|gesellschaft|ges ?m ?b ?h|gemeinnu|eingetragener|sp[oó]?l?k|"
    r"\bsp\b|akci|akcine|tarsasag|d[ri]u[sz][tb]|osak|aktie|anpart|aktsia|osauh|sabied|bendrov|anon|"
    r"etair|eteria|prosopi|idiotik|sirket|\bsti\b|raspundere|compan|without|but lucratif|"
    r"winstoogmerk|empresarial|azioni|responsabilita|unipessoal|limited|activity"
)
_BETWEEN: Final = re.compile(r"[^a-z0-9]+")
_ASIDE: Final = re.compile(r"\(([^()]*)\)\s*$")
_POINTED: Final = re.compile(r"\.(?=[a-z]{3,})")
_DOUBLED: Final = re.compile(r"ae|oe|ue|aa")
_STREETS: Final = """street road str strasse rue via calle avenue avenida av straat rua ul ulica laan
    weg place
    plaza piazza"""
_STREET_WORDS: Final = frozenset(_STREETS.split())
_HOST: Final = re.compile(r"^(?:[a-z]+:/*)?(?:[^/@]*@)?(?:www\d?\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)")
_SECOND_LEVEL_WORDS: Final = """co ac gov org com edu gv or nhs net go"""
_SECOND_LEVEL: Final = frozenset(_SECOND_LEVEL_WORDS.split())
# Websites of many: they tell nobody apart.
_MANY_HOSTS: Final = """facebook.com linkedin.com wordpress.com google.com wixsite.com blogspot.com
    github.io europa.eu gov.uk twitter.com instagram.com"""
_SHARED_HOSTS: Final = frozenset(_MANY_HOSTS.split())


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart: its words, as compared, and its legal forms."""

    words: tuple[str, ...]
    forms: frozenset[str]

    @property
    def compact(self) -> str:
        """All words as one, so that spaces and hyphens make no difference."""
        return "".join(self.words)

    @property
    def initials(self) -> str:
        """The first letters of the words."""
        return "".join(word[0] for word in self.words)


@lru_cache(maxsize=1 << 16)
def parse_name(name: str) -> Name:
    """Take a name apart. A name that is nothing but legal forms keeps them as its words."""
    text = anyascii(name).lower().replace("&", " and ").replace("+", " plus ")
    # Registers add the country to the name of a firm that is at work in several: "ESI (Germany)".
    aside = _ASIDE.search(text)
    if aside and aside.start() and fold_word(aside.group(1).split(" ")[-1]) in COUNTRIES:
        text = text[: aside.start()]
    for mark in "'`\"":
        text = text.replace(mark, "")
    text = _POINTED.sub(" ", text).replace(".", "")
    text = " ".join(_join_letters(_BETWEEN.sub(" ", text).split()))
    whole = text.split()
    forms: set[str] = set()
    if _LONG_HINT.search(text):
        for pattern, short in _LONG:
            text, found = pattern.subn(" ", text)
            if found and short:
                forms.add(short)
    words = text.split()
    core = [word for word in words if word not in LEGAL_FORMS]
    if core:
        forms.update(word for word in words if word in LEGAL_FORMS)
    else:
        core, forms = whole, set()
    forms = {SAME_FORM.get(form, form) for form in forms}
    core = [fold_word(word) for word in core]
    told = [word for word in core if word not in LINKING] or core
    return Name(tuple(told), frozenset(forms))


@lru_cache(maxsize=1 << 16)
def fold_word(word: str) -> str:
    """Give the word that stands for a word in all languages, else the word as it is compared."""
    once = _DOUBLED.sub(lambda found: found.group()[0], word)
    return MEANING.get(word) or MEANING.get(once) or once


def read_short(text: str) -> str:
    """Give a short name as one word."""
    return _BETWEEN.sub("", anyascii(text).lower())


def read_postcode(text: str, country: str) -> str:
    """Give a postcode without spaces, points and the letters of its country."""
    plain = _BETWEEN.sub("", anyascii(text).lower())
    # "D-12345" and "LV-1039": letters before nothing but digits are a country's.
    return re.sub(rf"^(?:{re.escape(country.lower())}(?=\d)|[a-z]{{1,2}}(?=\d{{4,}}$))", "", plain)


@lru_cache(maxsize=1 << 15)
def read_city(text: str) -> str:
    """Give the name of a place without numbers of districts."""
    words = _BETWEEN.sub(" ", anyascii(text).lower()).split()
    return " ".join(fold_word(word) for word in words if not word.isdigit() and word != "cedex")


def read_street(text: str) -> tuple[str, tuple[str, ...]]:
    """Give the words of a street without what any street is called, and the house numbers."""
    words = _BETWEEN.sub(" ", anyascii(text).lower().replace("strasse", "str")).split()
    numbers = tuple(sorted({word for word in words if word[0].isdigit()}))
    told = [fold_word(word) for word in words if not word[0].isdigit() and word not in LINKING]
    return " ".join(word for word in told if word not in _STREET_WORDS), numbers


def read_domain(website: str) -> str:
    """Give the domain that an organisation registers; empty for a page on somebody else's."""
    found = _HOST.match(anyascii(website).strip().lower())
    if found is None:
        return ""
    parts = found.group(1).split(".")
    is_deep = len(parts) > 2 and len(parts[-1]) == 2 and parts[-2] in _SECOND_LEVEL
    domain = ".".join(parts[-3:] if is_deep else parts[-2:])
    return "" if domain in _SHARED_HOSTS else domain


def _join_letters(words: list[str]) -> list[str]:
    """Join single letters that follow one another into one word."""
    joined: list[str] = []
    run = ""
    for word in words:
        if len(word) == 1 and word.isalpha():
            run += word
            continue
        if run:
            joined.append(run)
            run = ""
        joined.append(word)
    return [*joined, run] if run else joined
