"""Every text has its Dutch, and no Dutch is left of a text that is gone."""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.extract import extract_from_dir

from keten.web.language import CATALOGUES, read_catalogue, words_in

WEB = Path(CATALOGUES).parent
_METHODS = [("**.py", "python"), ("**.html", "jinja2.ext:babel_extract")]
_PLACES = re.compile(r"%\([a-z_]+\)s")


def used() -> set[str]:
    found = extract_from_dir(
        str(WEB),
        method_map=_METHODS,
        keywords={"_": None, "N_": None, "words": None},
        options_map={"**.html": {"silent": "false"}},
    )
    return {message for _, _, message, _, _ in found if isinstance(message, str)}


def test_every_text_is_in_dutch() -> None:
    assert sorted(used() - read_catalogue("nl").keys()) == []


def test_no_dutch_is_left_over() -> None:
    assert sorted(read_catalogue("nl").keys() - used()) == []


def test_both_languages_have_the_same_places_to_fill() -> None:
    for english, dutch in read_catalogue("nl").items():
        assert sorted(_PLACES.findall(english)) == sorted(_PLACES.findall(dutch)), english


def test_words_are_filled_in() -> None:
    assert words_in("nl")("Partners of %(name)s", name="<X>") == "Partners van <X>"
    assert words_in("en")("Partners of %(name)s", name="X") == "Partners of X"
