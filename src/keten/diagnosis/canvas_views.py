"""Views of the canvas: elements, their indicators by region, what the team says; numbers are Figures."""

from dataclasses import dataclass

from keten.model import Figure, Judgement, Text


@dataclass(frozen=True, slots=True)
class Place:
    """A region of the canvas."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class CanvasCell:
    """An indicator in one region; no figures where no value is known.

    `merged_into` names the larger area that the publisher gives instead; `published` is the code that
    the publisher used, where it is another one.
    """

    region: str
    value: Figure | None
    percentile: Figure | None
    flag: str = ""
    published: str = ""
    merged_into: str = ""


@dataclass(frozen=True, slots=True)
class CanvasLine:
    """An indicator of an element: who publishes it, its values, and whether it counts.

    `why_not` is empty where it counts, else `left-out` (by the reader), `national` (one value for the
    whole country), `no-value`, `no-direction` (more of it is neither better nor worse) or `unknown` (no
    file at hand has it). `is_alike`: the regions have the very same value, so perhaps a wider one.
    """

    indicator: str
    title: Text
    source: str
    source_title: Text
    unit: Text
    year: int | None
    period: str
    level: str
    higher_is_better: bool | None
    cells: tuple[CanvasCell, ...]
    percentile: Figure | None
    regions: Figure | None
    why_not: str = ""
    is_alike: bool = False


@dataclass(frozen=True, slots=True)
class CanvasElement:
    """An element: its place among European regions, from which indicators, and what the team says.

    `reading` is `weak`, `fair`, `strong` or `none`, from the percentile; `agreement` compares the team
    with that: `agree`, `team-higher`, `team-lower`, `no-data`, or empty where the team said nothing.
    `is_overtaken`: the data read otherwise now than when the team wrote. `is_uneven`: the regions lie so
    far apart that their mean says little of any of them.
    """

    element: str
    label: Text
    explanation: Text
    missing: Text | None
    lines: tuple[CanvasLine, ...]
    by_region: tuple[Figure | None, ...]
    percentile: Figure | None
    reading: str
    rests_on_one: bool
    judgement: Judgement | None = None
    rating: str = ""
    agreement: str = ""
    is_overtaken: bool = False
    is_uneven: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """That another element would be the weakest if one indicator were left out."""

    indicator: str
    title: Text
    element: str
    label: Text


@dataclass(frozen=True, slots=True)
class CanvasView:
    """The canvas of a chain's regions.

    `elements` is in the order of the definition; `weakest` and `near` name elements (near: within a few
    points of it); `weakest_by_region` names the weakest of each region by itself, where there are several;
    `turns` says which single indicators the verdict hangs on; `unfilled` have no data. `whole` is all
    elements together with the weakest pulling down the rest, `repaired` the same with the weakest raised.
    `definition` is the line of the workspace that holds the elements; it is 0 where nobody loaded any.
    """

    chain: str
    regions: tuple[Place, ...]
    name: str
    label: Text
    source: str
    valid_from: str
    definition: int
    elements: tuple[CanvasElement, ...]
    weakest: str
    near: tuple[str, ...]
    weakest_by_region: tuple[str, ...]
    turns: tuple[Turn, ...]
    unfilled: tuple[str, ...]
    without: tuple[str, ...]
    whole: Figure | None = None
    repaired: Figure | None = None
    sets: tuple[tuple[str, Text], ...] = ()

    def find(self, name: str) -> CanvasElement | None:
        """Give an element by its name."""
        return next((element for element in self.elements if element.element == name), None)
