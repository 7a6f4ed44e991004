"""Makes names of organisations comparable: without case, accents, punctuation and legal form."""

import re
from typing import Final

from anyascii import anyascii

_FORM_WORDS: Final = """bv nv ua ba wa cv vof ia stichting stg vereniging cooperatie cooperatieve
    cooperatief gmbh ltd limited inc llc plc ag kg sa srl spa"""
_FORMS: Final = frozenset(_FORM_WORDS.split())
_LONG_FORMS: Final = re.compile(
    r"\b(?:besloten vennootschap(?: met beperkte aansprakelijkheid)?|naamloze vennootschap|"
    r"met (?:beperkte|uitgesloten) aansprakelijkheid)\b"
)
_BETWEEN: Final = re.compile(r"[^a-z0-9]+")


def compare_name(name: str) -> str:
    """Give the key by which names are compared; empty when nothing is left of the name.

    Points vanish (`B.T.G.` is `btg`), other punctuation separates, `&` is `en`, single letters in a
    row are one word, and words for a legal form are left out wherever they stand.
    """
    text = anyascii(name).lower().replace("&", " en ").replace(".", "").replace("'", "")
    text = _LONG_FORMS.sub(" ", _BETWEEN.sub(" ", text))
    words = _join_letters(text.split())
    words = ["en" if word == "and" else word for word in words]
    return " ".join(word for word in words if word not in _FORMS)


def _join_letters(words: list[str]) -> list[str]:
    joined: list[str] = []
    run = ""
    for word in words:
        if len(word) == 1:
            run += word
            continue
        if run:
            joined.append(run)
            run = ""
        joined.append(word)
    return [*joined, run] if run else joined
