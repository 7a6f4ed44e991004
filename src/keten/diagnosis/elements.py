"""Elements: the preconditions of an ecosystem, and the indicators that people let stand for each."""

from dataclasses import dataclass

from keten.model import Content, Text


@dataclass(frozen=True, slots=True)
class ElementLine:
    """An indicator that stands for an element.

    A value that is one and the same throughout a country is shown and not counted, since it tells
    nothing of the region, unless `counts_national` says that the country is what the element is about.
    """

    indicator: str
    counts_national: bool = False


@dataclass(frozen=True, slots=True)
class Element:
    """A precondition: what it asks, the indicators for it, and what no open data say of it."""

    element: str
    label: Text
    explanation: Text
    lines: tuple[ElementLine, ...]
    missing: Text | None = None


@dataclass(frozen=True, slots=True)
class ElementSet:
    """A set of elements, as one document gives them; `number` is the line of the workspace it is in."""

    name: str
    label: Text
    source: str
    valid_from: str
    is_example: bool
    elements: tuple[Element, ...]
    number: int = 0

    @property
    def indicators(self) -> tuple[str, ...]:
        """Give every indicator once, in order."""
        return tuple(dict.fromkeys(line.indicator for e in self.elements for line in e.lines))

    def find(self, name: str) -> Element | None:
        """Give an element by its name."""
        return next((element for element in self.elements if element.element == name), None)


def choose(contents: tuple[Content, ...], name: str) -> Content | None:
    """Give the definition of that name, without a name the first; None when there is none."""
    return next((content for content in contents if name in ("", content.name)), None)
