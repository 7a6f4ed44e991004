"""Reads a value chain as people define it, and says what is wrong with a definition."""

import re
from collections.abc import Mapping
from typing import Any, Final

from keten.errors import UsageError
from keten.model import KINDS, Chain, ChainStage, Given, region_codes

_KEYS: Final = (
    "content", "name", "label", "description", "source", "valid_from", "is_example", "is_invented",
    "regions", "regions_label", "sectors", "words", "fields", "topics", "near_words",
    "near_fields", "not_words", "stages",
)  # fmt: skip
_FIELD: Final = re.compile(r"(/[0-9]{1,12}){1,12}")
_WORD: Final = re.compile(r"[^\W_](?:[\w .,'&/+-]*[\w+])?\*?")


def read_chain(value: Mapping[str, Any]) -> Chain:
    """Give the chain of a definition; raises UsageError that names the key, the value and the cure."""
    given = Given(value, f"The value chain '{value.get('name', '')}'")
    given.only(*_KEYS)
    stages = tuple(_read_stage(stage) for stage in given.each("stages"))
    if not stages or len({stage.stage for stage in stages}) < len(stages):
        raise given.wrong("stages", "Name one stage or more, each with a name of its own.")
    chain = Chain(
        chain=given.slug("name"),
        label=given.words("label"),
        description=given.words("description"),
        regions=region_codes("+".join(given.texts("regions")) or "?"),
        regions_label=given.words("regions_label"),
        stages=stages,
        words=_read_words(given, "words"),
        fields=_read_fields(given, "fields"),
        topics=given.texts("topics"),
        near_words=_read_words(given, "near_words"),
        near_fields=_read_fields(given, "near_fields"),
        not_words=_read_words(given, "not_words"),
        sectors=given.texts("sectors"),
        source=given.text("source"),
        valid_from=given.text("valid_from"),
        is_example=given.flag("is_example"),
    )
    if not (chain.words or chain.fields or chain.topics):
        raise UsageError(
            f"{given.where} has no words, fields or topics, so nothing could be in it.",
            "Name at least one word under words.",
        )
    return chain


def _read_stage(given: Given) -> ChainStage:
    given.only("stage", "label", "description", "kinds", "sme", "words")
    kinds = given.texts("kinds")
    for kind in kinds:
        if kind not in (*KINDS, "unknown"):
            raise given.wrong("kinds", f"Choose from: {', '.join((*KINDS, 'unknown'))}.")
    return ChainStage(
        stage=given.slug("stage"),
        label=given.words("label"),
        description=given.words("description"),
        kinds=kinds,
        sme=given.flag("sme") if "sme" in given.value else None,
        words=_read_words(given, "words"),
    )


def _read_words(given: Given, key: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(word.lower() for word in given.texts(key)))
    for word in found:
        if len(word.rstrip("*")) < 3 or not _WORD.fullmatch(word):
            raise UsageError(
                f"{given.where}: '{word}' under '{key}' is no word to look for.",
                "Write a word or phrase of three letters or more; * at its end is any ending.",
            )
    return found


def _read_fields(given: Given, key: str) -> tuple[str, ...]:
    found = given.texts(key)
    for code in found:
        if not _FIELD.fullmatch(code):
            raise UsageError(
                f"{given.where}: '{code}' under '{key}' is no field.",
                "Write EuroSciVoc codes such as /25/59/377.",
            )
    return found
