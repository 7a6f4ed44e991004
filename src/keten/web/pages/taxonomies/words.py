"""What the form of an entry holds as text, a line for each clue, and how that is read back."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from keten.model import Clue, TaxonomyEntry

LANGUAGES: Final = ("en", "nl")
CODES: Final = {"fields": "field", "parts": "part", "topics": "topic"}
_WEIGHTED: Final = re.compile(r"(.*?)\s*=\s*([0-9]{1,3}(?:[.,][0-9]{1,4})?)")


def write_form(entry: TaxonomyEntry) -> dict[str, str]:
    """Give an entry as the fields of its form."""
    return {
        **{f"label-{each}": entry.label.in_language(each) for each in LANGUAGES},
        **{f"description-{each}": entry.description.in_language(each) for each in LANGUAGES},
        **{f"synonyms-{each}": "\n".join(entry.synonyms(each)) for each in LANGUAGES},
        **{f"words-{each}": _write(entry.maps_to.of_way("word", each)) for each in LANGUAGES},
        **{key: _write(entry.maps_to.of_way(way)) for key, way in CODES.items()},
        "not-words": "\n".join(entry.maps_to.not_words),
        "reason": "",
    }


def read_form(form: Mapping[str, str]) -> dict[str, Any]:
    """Give what a form says, as a definition file would say it; a name in one language stands for both."""
    value: dict[str, Any] = {
        "label": _read_words(form, "label"),
        "synonyms": {each: _lines(form.get(f"synonyms-{each}", "")) for each in LANGUAGES},
        "maps_to": {
            "words": {each: _read(form.get(f"words-{each}", "")) for each in LANGUAGES},
            **{key: _read(form.get(key, "")) for key in CODES},
            "not_words": _lines(form.get("not-words", "")),
        },
    }
    description = _read_words(form, "description")
    return {**value, "description": description} if description["en"] else value


def _write(clues: Sequence[Clue]) -> str:
    return "\n".join(
        clue.term if clue.weight == 1 else f"{clue.term} = {clue.weight:g}" for clue in clues
    )


def _read(text: str) -> list[Any]:
    found: list[Any] = []
    for line in _lines(text):
        weighted = _WEIGHTED.fullmatch(line)
        if weighted is None:
            found.append(line)
        else:
            found.append({"is": weighted[1], "weight": float(weighted[2].replace(",", "."))})
    return found


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _read_words(form: Mapping[str, str], name: str) -> dict[str, str]:
    english, dutch = (form.get(f"{name}-{each}", "").strip() for each in LANGUAGES)
    return {"en": english or dutch, "nl": dutch or english}
