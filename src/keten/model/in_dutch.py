"""What refuses a person says so in both languages: the English words of an error, and their Dutch.

Errors below the faces are written in English where they arise, with the value that offends in them. The
table keeps the Dutch of each by its English, `{}` for what is filled in; an error that is not in it stays
English. A face asks `say_error` for the words of its reader.
"""

import re
from functools import cache
from typing import Final

from keten.errors import KetenError
from keten.model.refusals import DUTCH

_HOLE: Final = "{}"


def say_error(error: KetenError, language: str) -> tuple[str, str]:
    """Give what happened and what to do next, in a language."""
    if language != "nl":
        return error.what, error.next_step
    return say_in_dutch(error.what), say_in_dutch(error.next_step)


def say_in_dutch(text: str) -> str:
    """Give the Dutch of a sentence of an error, or the sentence where there is none."""
    if text in DUTCH:
        return DUTCH[text]
    for pattern, dutch in _compile():
        found = pattern.fullmatch(text)
        if found is not None:
            texts = [*found.groups(), ""]
            return "".join(
                word + text for word, text in zip(dutch.split(_HOLE), texts, strict=True)
            )
    return text


@cache
def _compile() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Make patterns of the sentences with something filled in, those with most words of their own first."""
    with_holes = sorted(
        ((english, dutch) for english, dutch in DUTCH.items() if _HOLE in english),
        key=lambda pair: (-len(pair[0].replace(_HOLE, "")), pair[0]),
    )
    return tuple(
        (re.compile("(.*)".join(map(re.escape, english.split(_HOLE))), re.DOTALL), dutch)
        for english, dutch in with_holes
    )
