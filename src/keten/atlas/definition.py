"""Reads a value chain as people define it, and says what is wrong with a definition."""

import re
from collections.abc import Mapping
from typing import Any, Final

from keten.atlas.taxonomy import read_address
from keten.errors import UsageError
from keten.model import (
    KINDS,
    Chain,
    ChainGroup,
    ChainMarket,
    ChainStage,
    Given,
    is_organisation_id,
    is_source_key,
    region_codes,
)

_KEYS: Final = (
    "content", "name", "label", "description", "source", "valid_from", "is_example", "is_invented",
    "regions", "regions_label", "sectors", "words", "fields", "topics", "near_words",
    "near_fields", "not_words", "stages", "scope", "technologies", "market", "group",
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
        scope=given.words("scope") if "scope" in value else None,
        technologies=_read_slugs(given, "technologies"),
        market=_read_market(given) if "market" in value else None,
        group=_read_group(given) if "group" in value else None,
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


def _read_market(given: Given) -> ChainMarket:
    market = Given(given.value["market"], f"{given.where}, market")
    market.only("size", "growth", "source", "address")
    return ChainMarket(
        market.words("size"), market.words("growth"), market.text("source"), read_address(market)
    )


def _read_group(given: Given) -> ChainGroup:
    group = Given(given.value["group"], f"{given.where}, group")
    group.only("label", "task", "parties", "address")
    parties = group.texts("parties")
    for party in parties:
        if not (is_organisation_id(party) or is_source_key(party)):
            raise UsageError(
                f"{group.where}: '{party[:60]}' under 'parties' is no organisation.",
                "Write identifiers such as pic:999977366 or ror:02e2c7k09, never names of persons.",
            )
    return ChainGroup(group.words("label"), group.words("task"), parties, read_address(group))


def _read_slugs(given: Given, key: str) -> tuple[str, ...]:
    found = given.texts(key)
    for name in found:
        Given({key: name}, given.where).slug(key)
    return found


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
