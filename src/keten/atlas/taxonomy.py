"""Reads a taxonomy as people define it, and says what is wrong with a definition."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from keten.errors import UsageError
from keten.model import Clue, Given, MapsTo, Taxonomy, TaxonomyEntry, Text, region_codes

_KEYS: Final = (
    "content", "name", "version", "one", "label", "description", "source", "address", "valid_from",
    "valid_until", "is_example", "entries",
)  # fmt: skip
_ENTRY_KEYS: Final = (
    "entry", "label", "description", "synonyms", "source", "address", "valid_from", "valid_until",
    "broader", "replaces", "regions", "chain", "is_example", "maps_to",
)  # fmt: skip
_WAYS: Final = {"fields": "field", "parts": "part", "topics": "topic"}
_WORD: Final = re.compile(r"[^\W_](?:[\w .,'&/+-]*[\w+])?\*?")
_FORMS: Final = {
    "fields": (
        re.compile(r"(/[0-9]{1,12}){1,12}|(/[^/\d][^/]*){1,12}"),
        "Write a EuroSciVoc code such as /25/59/377, or a path such as /natural sciences.",
    ),
    "parts": (
        re.compile(r"[A-Z][A-Za-z0-9-]*(\.[0-9A-Za-z]+)*\.?"),
        "Write a part of a programme such as HORIZON.2.4.5.",
    ),
    "topics": (
        re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*"),
        "Write the beginning of a topic's code such as HORIZON-CL4-2024-DIGITAL.",
    ),
}  # fmt: skip


def read_taxonomy(value: Mapping[str, Any]) -> Taxonomy:
    """Give the taxonomy of a definition; raises UsageError that names the key, the value and the cure."""
    given = Given(value, f"The taxonomy '{value.get('name', '')}'")
    given.only(*_KEYS)
    version = given.text("version")
    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]{0,29}", version):
        raise given.wrong(
            "version", "Use small letters, digits, dots and hyphens, such as 2026-01."
        )
    whole: dict[str, Any] = {
        "source": given.text("source"),
        "address": read_address(given),
        "valid_from": _read_day(given, "valid_from"),
        "valid_until": _read_day(given, "valid_until") if "valid_until" in value else "",
        "is_example": given.flag("is_example"),
    }
    entries = tuple(_read_entry(each, whole) for each in given.each("entries"))
    taxonomy = Taxonomy(
        scheme=given.slug("name"), version=version, one=given.slug("one"),
        label=given.words("label"), description=given.words("description"), entries=entries, **whole,
    )  # fmt: skip
    _check_whole(given, taxonomy)
    return taxonomy


def read_maps_to(given: Given) -> MapsTo:
    """Give what maps to an entry."""
    given.only("words", *_WAYS, "not_words")
    clues: list[Clue] = []
    words = given.value.get("words", {})
    if not isinstance(words, Mapping):
        raise given.wrong("words", "Write them by language: {en: [...], nl: [...]}.")
    spoken = Given(words, f"{given.where}, words")
    spoken.only("en", "nl")
    for language in ("en", "nl"):
        for term, weight in _read_weighted(spoken, language):
            check_word(spoken.where, term)
            clues.append(Clue("word", term.lower(), weight, language))
    for key, way in _WAYS.items():
        pattern, cure = _FORMS[key]
        for written, weight in _read_weighted(given, key):
            term = written.rstrip("/")
            if not pattern.fullmatch(term):
                raise UsageError(f"{given.where}: '{term}' under '{key}' cannot be read.", cure)
            clues.append(Clue(way, term, weight))
    once = {(clue.way, clue.term): clue for clue in reversed(clues)}
    not_words = tuple(dict.fromkeys(word.lower() for word in given.texts("not_words")))
    for word in not_words:
        check_word(given.where, word)
    return MapsTo(tuple(clue for clue in clues if once[clue.way, clue.term] is clue), not_words)


def check_word(where: str, word: str) -> None:
    """Raise UsageError for what is no word or phrase to look for."""
    if len(word.rstrip("*")) < 2 or not _WORD.fullmatch(word):
        raise UsageError(
            f"{where}: '{word[:60]}' is no word to look for.",
            "Write a word or phrase of two letters or more; * at its end is any ending.",
        )


def read_address(given: Given) -> str:
    """Give an address of the web, or nothing."""
    address = given.text("address") if given.value.get("address") else ""
    if address and not re.fullmatch(r"https?://[^\s<>\"']+", address):
        raise given.wrong("address", "Write an address that begins with https://, or leave it out.")
    return address


def _read_entry(given: Given, whole: Mapping[str, Any]) -> TaxonomyEntry:
    given.only(*_ENTRY_KEYS)
    name, value = given.slug("entry"), given.value
    given.where = f"{given.where} ({name})"
    synonyms = Given(value.get("synonyms", {}), f"{given.where}, synonyms")
    synonyms.only("en", "nl")
    regions = given.texts("regions")
    entry = TaxonomyEntry(
        entry=name,
        label=given.words("label"),
        description=given.words("description") if "description" in value else Text("", ""),
        synonyms_en=synonyms.texts("en"),
        synonyms_nl=synonyms.texts("nl"),
        broader=given.texts("broader"),
        replaces=given.texts("replaces"),
        regions=region_codes("+".join(regions)) if regions else (),
        chain=given.slug("chain") if "chain" in value else "",
        maps_to=read_maps_to(Given(value.get("maps_to", {}), f"{given.where}, maps_to")),
        source=given.text("source", whole["source"]),
        address=read_address(given) or whole["address"],
        valid_from=_read_day(given, "valid_from") if "valid_from" in value else whole["valid_from"],
        valid_until=(
            _read_day(given, "valid_until") if "valid_until" in value else whole["valid_until"]
        ),
        is_example=given.flag("is_example", whole["is_example"]),
    )
    if entry.valid_until and entry.valid_until < entry.valid_from:
        raise given.wrong("valid_until", f"Write a day on or after {entry.valid_from}.")
    return entry


def _read_weighted(given: Given, key: str) -> list[tuple[str, float]]:
    """Give terms with their weights: a text counts whole, `{is: text, weight: 0.5}` half."""
    value = given.value.get(key, [])
    if not isinstance(value, list):
        raise given.wrong(key, "Write a list.")
    found = []
    for place, item in enumerate(value, 1):
        if not isinstance(item, Mapping):
            found.append((str(item).strip(), 1.0))
            continue
        each = Given(item, f"{given.where}, {key} {place}")
        each.only("is", "weight")
        weight = item.get("weight", 1)
        if isinstance(weight, bool) or not isinstance(weight, (int, float)) or not 0 < weight <= 1:
            raise each.wrong("weight", "Write a number above 0 and at most 1, such as 0.5.")
        found.append((each.text("is"), float(weight)))
    return found


def _read_day(given: Given, key: str) -> str:
    text = given.text(key)
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise given.wrong(key, "Write a day such as 2026-01-29.") from None


def _check_whole(given: Given, taxonomy: Taxonomy) -> None:
    """Check what entries say of each other."""
    names = [entry.entry for entry in taxonomy.entries]
    if not names or len(set(names)) < len(names):
        twice = next((name for name in names if names.count(name) > 1), "")
        said = f"'{twice}' stands there twice" if twice else "there is none"
        raise UsageError(
            f"{given.where}: under 'entries' {said}.",
            "Name one entry or more, each with a name of its own.",
        )
    for entry in taxonomy.entries:
        for broader in entry.broader:
            if broader not in names:
                raise UsageError(
                    f"{given.where}, entry '{entry.entry}': 'broader' names '{broader}', no entry here.",
                    f"Choose from: {', '.join(names)}.",
                )
        ahead, seen = list(entry.broader), set[str]()
        while ahead:
            above = ahead.pop()
            if above == entry.entry:
                raise UsageError(
                    f"{given.where}, entry '{entry.entry}': 'broader' leads back to itself.",
                    "Take one of the steps of that circle out.",
                )
            if above not in seen:
                seen.add(above)
                found = taxonomy.find(above)
                ahead += found.broader if found else ()
