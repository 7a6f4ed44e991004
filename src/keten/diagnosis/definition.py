"""Reads a set of elements as people define it, and says what is wrong with a definition."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from keten.diagnosis.elements import Element, ElementLine, ElementSet, choose
from keten.errors import NotFoundError, UsageError
from keten.model import Given
from keten.workspace import Store

KIND: Final = "elements"
_KEYS: Final = (
    "content", "name", "label", "source", "valid_from", "is_example", "elements",
)  # fmt: skip
_INDICATOR: Final = re.compile(r"[a-z0-9-]{1,40}:[A-Za-z0-9_.,-]{1,60}")


def read_elements(value: Mapping[str, Any]) -> ElementSet:
    """Give the elements of a definition; raises UsageError that names the key, the value and the cure."""
    given = Given(value, f"The set of elements '{value.get('name', '')}'")
    given.only(*_KEYS)
    elements = tuple(_read_element(part) for part in given.each("elements"))
    names = [element.element for element in elements]
    if not elements or len(set(names)) < len(names):
        raise given.wrong("elements", "Name one element or more, each with a name of its own.")
    return ElementSet(
        name=given.slug("name"),
        label=given.words("label"),
        source=given.text("source"),
        valid_from=given.text("valid_from"),
        is_example=given.flag("is_example"),
        elements=elements,
    )


def _read_element(given: Given) -> Element:
    given.only("element", "label", "explanation", "lines", "missing")
    lines = tuple(_read_line(part) for part in given.each("lines"))
    indicators = [line.indicator for line in lines]
    if len(set(indicators)) < len(indicators):
        raise given.wrong("lines", "Name each indicator once.")
    return Element(
        element=given.slug("element"),
        label=given.words("label"),
        explanation=given.words("explanation"),
        lines=lines,
        missing=given.words("missing") if "missing" in given.value else None,
    )


def _read_line(given: Given) -> ElementLine:
    given.only("indicator", "counts_national")
    indicator = given.text("indicator")
    if not _INDICATOR.fullmatch(indicator):
        raise UsageError(
            f"{given.where}: '{indicator}' is no indicator.",
            "Write source and name, such as scoreboard:1.1.2 or gdp:EUR_HAB.",
        )
    return ElementLine(indicator, given.flag("counts_national"))


def find_elements(store: Store | None, name: str = "") -> ElementSet | None:
    """Give the set of elements of that name, or the first there is; None when nobody loaded any."""
    if store is None:
        return None
    content = choose(store.contents(KIND), name)
    return replace(read_elements(content.value), number=content.number) if content else None


def take_elements(store: Store | None, name: str = "") -> ElementSet:
    """Give the set of elements; raises NotFoundError when there is none."""
    found = find_elements(store, name)
    if found is None:
        raise NotFoundError(
            f"There is no set of elements '{name}'." if name else "There is no set of elements.",
            "Load one: keten load --examples",
        )
    return found
