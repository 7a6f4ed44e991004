"""Measures text by the widths of its letters and breaks labels into lines; places nothing."""

from __future__ import annotations

import json
import unicodedata
from functools import cache
from importlib.resources import files
from itertools import pairwise

UNKNOWN = 1000  # thousandths of the size: a letter of no known width takes a whole square
LEADING = 1.16  # from line to line, in sizes
ASCENT, DESCENT = 0.76, 0.24  # of a line's height above and below its base line, in sizes


@cache
def _widths(bold: bool) -> dict[str, int]:
    table = json.loads(files("keten.metro").joinpath("glyphs.json").read_text(encoding="utf-8"))
    return {
        chr(first + i): width
        for first, widths in table["bold" if bold else "regular"]
        for i, width in enumerate(widths)
        if width >= 0
    }


def measure(text: str, size: float, *, bold: bool = False) -> float:
    """Width of a text in the units of `size`, kerning left out (which only makes it narrower)."""
    widths = _widths(bold)
    return sum(_width(letter, widths) for letter in text) * size / 1000


def _width(letter: str, widths: dict[str, int]) -> int:
    if letter in widths:
        return widths[letter]
    return 0 if unicodedata.combining(letter) else UNKNOWN


def clean(text: str) -> str:
    """A label without what XML cannot hold and with single blanks."""
    kept = "".join(c if _is_writable(c) else " " for c in unicodedata.normalize("NFC", text))
    return " ".join(kept.split())


def _is_writable(letter: str) -> bool:
    return unicodedata.category(letter) not in {"Cc", "Cs", "Cn", "Co"}


def break_text(text: str, lines: int, *, bold: bool = False) -> tuple[str, ...] | None:
    """A label in exactly so many lines, the widest as narrow as can be; None if it cannot.

    Lines end at blanks, or after a hyphen or slash.
    """
    pieces = _pieces(clean(text))
    if lines > len(pieces):
        return None
    best: dict[tuple[int, int], tuple[float, tuple[str, ...]]] = {(0, 0): (0.0, ())}
    for made in range(1, lines + 1):
        for end in range(made, len(pieces) + 1):
            options = []
            for start in range(made - 1, end):
                if (made - 1, start) in best:
                    width, before = best[made - 1, start]
                    line = "".join(pieces[start:end]).strip()
                    options.append((max(width, measure(line, 1.0, bold=bold)), (*before, line)))
            if options:
                best[made, end] = min(options)
    return best[lines, len(pieces)][1] if (lines, len(pieces)) in best else None


def _pieces(text: str) -> list[str]:
    ends = [0]
    for i, (here, after) in enumerate(pairwise(text)):
        if (here == " " or (here in "-/–" and after != " ")) and i + 1 > ends[-1]:
            ends.append(i + 1)
    ends.append(len(text))
    return [text[a:b] for a, b in pairwise(ends) if a < b]


def wrappings(text: str, most: int = 3, *, bold: bool = False) -> list[tuple[str, ...]]:
    """A label in one line, two, and so on, as far as each is narrower than the one before."""
    found: list[tuple[str, ...]] = []
    narrowest = float("inf")
    for lines in range(1, most + 1):
        broken = break_text(text, lines, bold=bold)
        if broken is None:
            continue
        width = max(measure(line, 1.0, bold=bold) for line in broken)
        if width < 0.92 * narrowest:
            found.append(broken)
            narrowest = width
    return found
