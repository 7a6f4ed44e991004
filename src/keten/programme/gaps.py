"""Gaps: the elements of the canvas that an action can answer, as the workspace defines them."""

from collections.abc import Mapping
from typing import Final

from keten.model import Text
from keten.workspace import Store

ELEMENTS: Final = "elements"


def read_gaps(store: Store | None) -> dict[str, Text]:
    """Give the label of every element that a loaded definition names, by `element:<slug>`."""
    found: dict[str, Text] = {}
    for content in store.contents(ELEMENTS) if store is not None else ():
        elements = content.value.get(ELEMENTS)
        for element in elements if isinstance(elements, list) else ():
            if isinstance(element, Mapping) and element.get("element"):
                slug = str(element["element"])
                found[f"element:{slug}"] = _read_label(element.get("label"), slug)
    return found


def _read_label(value: object, slug: str) -> Text:
    given = value if isinstance(value, Mapping) else {}
    english = str(given.get("en") or slug)
    return Text(english, str(given.get("nl") or english))
