"""A method in words, and the explanation of one figure that was made by it."""

from dataclasses import dataclass

from keten.model.figure import Figure
from keten.model.text import Text


@dataclass(frozen=True, slots=True)
class Method:
    """How a figure is made: in words, with the paper or document it comes from; `version` is ours."""

    name: str
    unit: str
    title: Text
    method: Text
    source: str = ""
    version: str = "1"


@dataclass(frozen=True, slots=True)
class Explanation:
    """A figure computed anew, and what it was made from.

    `parts` are the figures it was computed from, each with its name; `record_ids` the source rows;
    `judgements` the lines of the workspace.
    """

    figure: Figure
    parts: tuple[tuple[Text, Figure], ...] = ()
    record_ids: tuple[int, ...] = ()
    judgements: tuple[int, ...] = ()
