"""Every number that a document prints, so that each numeral in a printed copy can be found again."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from keten.model import Figure
from keten.story.document import Document, Number, Piece, list_lines
from keten.story.pen import Pen
from keten.story.sentences import list_line_figures

NUMERAL: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)*")


@dataclass(frozen=True, slots=True)
class Printed:
    """A piece that holds numerals, as it is printed, and the figure where it is one."""

    text: str
    kind: str  # number, day, ident, quote, party, words
    figure: Figure | None


@dataclass(frozen=True, slots=True)
class Strays:
    """Numerals of a copy that the document does not hold, and those that the copy lost."""

    unknown: tuple[str, ...]
    lost: tuple[str, ...]


def list_figures(document: Document) -> tuple[Figure, ...]:
    """Give every figure that is printed, in reading order, each as often as it stands there."""
    return tuple(figure for line in list_lines(document) for figure in list_line_figures(line))


def list_printed(document: Document, pen: Pen) -> tuple[Printed, ...]:
    """Give every piece with a numeral as it is printed, once for each time it stands there."""
    return tuple(
        Printed(text, type(piece).__name__.lower(), _figure_of(piece))
        for line in list_lines(document)
        for piece in line
        if NUMERAL.search(text := pen.write(piece))
    )


def find_strays(text: str, document: Document, pen: Pen, pages: int) -> Strays:
    """Compare the numerals of a printed copy's text with those that the document holds."""
    allowed = Counter(
        numeral
        for printed in list_printed(document, pen)
        for numeral in NUMERAL.findall(printed.text)
    )
    for page in range(1, pages + 1):
        allowed.update(NUMERAL.findall(pen.write_line(document.footer)))
        allowed[str(page)] += 1
    found = Counter(NUMERAL.findall(text))
    return Strays(
        tuple(sorted((found - allowed).elements())), tuple(sorted((allowed - found).elements()))
    )


def _figure_of(piece: Piece) -> Figure | None:
    return piece.figure if isinstance(piece, Number) else None
