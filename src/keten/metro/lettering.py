"""Measures text by the widths of its letters and breaks labels into lines; places nothing."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise

UNKNOWN = 1000  # thousandths of the size: a letter of no known width takes a whole square
LEADING = 1.16  # from line to line, in sizes
ASCENT, DESCENT = 0.76, 0.24  # what letters reach above and below their base line, in sizes
CROWNED, FOOTLESS = 0.95, 0.06  # the same of capitals with accents, and of letters without a tail
LAST_LATIN = 0x24F
SOFT = "\u00ad"
TAILS = frozenset("gjpqyJQ,;()[]{}|/\\_@$§ßçþ")


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


def rise_of(line: str) -> float:
    """How far a line of text reaches above its base line, in sizes."""
    return (
        CROWNED if any(_is_strange(c) or (c.isupper() and _has_mark(c)) for c in line) else ASCENT
    )


def drop_of(line: str) -> float:
    """How far a line of text reaches below its base line, in sizes."""
    tail = any(c in TAILS or _is_strange(c) or _has_mark(c, below=True) for c in line)
    return DESCENT if tail else FOOTLESS


def height_of(lines: Sequence[str]) -> float:
    """From the top of the first line's letters to the bottom of the last one's, in sizes."""
    if not lines:
        return 0.0
    return rise_of(lines[0]) + LEADING * (len(lines) - 1) + drop_of(lines[-1])


def _is_strange(letter: str) -> bool:
    """Whether a letter is of a script of whose heights nothing is known here."""
    return ord(letter) > LAST_LATIN


def _has_mark(letter: str, *, below: bool = False) -> bool:
    marks = [unicodedata.combining(c) for c in unicodedata.normalize("NFD", letter)[1:]]
    return any((mark in (202, 220)) == below for mark in marks)


def break_text(
    text: str, lines: int, *, bold: bool = False, hyphens: bool = False
) -> tuple[str, ...] | None:
    """A label in exactly so many lines, the widest as narrow as can be; None if it cannot.

    Lines end at blanks, after a hyphen or slash, and with `hyphens` within compound names.
    """
    pieces = _pieces(clean(text), hyphens=hyphens)
    if lines > len(pieces):
        return None
    best: dict[tuple[int, int], tuple[float, tuple[str, ...]]] = {(0, 0): (0.0, ())}
    for made in range(1, lines + 1):
        for end in range(made, len(pieces) + 1):
            options = []
            for start in range(made - 1, end):
                if (made - 1, start) in best:
                    width, before = best[made - 1, start]
                    line = _join(pieces[start:end])
                    options.append((max(width, measure(line, 1.0, bold=bold)), (*before, line)))
            if options:
                best[made, end] = min(options)
    return best[lines, len(pieces)][1] if (lines, len(pieces)) in best else None


def _join(pieces: Sequence[str]) -> str:
    """Pieces as one line: a soft hyphen within it is gone, one at its end is seen."""
    line = "".join(pieces).strip()
    return line.replace(SOFT, "") + ("-" if line.endswith(SOFT) else "")


def _pieces(text: str, *, hyphens: bool) -> list[str]:
    text = text.replace(SOFT, "")
    if hyphens:
        text = _compound().sub(lambda found: f"{found[1]}{SOFT}{found[2]}", text)
    ends = [0]
    for i, (here, after) in enumerate(pairwise(text)):
        if (here in f" {SOFT}" or (here in "-/–" and after != " ")) and i + 1 > ends[-1]:
            ends.append(i + 1)
    ends.append(len(text))
    return [text[a:b] for a, b in pairwise(ends) if a < b]


@cache
def _compound() -> re.Pattern[str]:
    """A word's first half and second half, where it is known that a name can be broken there."""
    known = json.loads(files("keten.metro").joinpath("parts.json").read_text(encoding="utf-8"))
    parts = "|".join(re.escape(part) for part in known["parts"])
    return re.compile(rf"\b([^\W\d_]{{{known['before']},}}?)({parts})(?=$|[\s/)\-–,])")


def wrappings(text: str, most: int = 3, *, bold: bool = False) -> list[tuple[str, ...]]:
    """A label in one line, two, and so on, as far as each is narrower than the one before.

    Where breaking compound names makes it narrower still, that is among them too.
    """
    found: list[tuple[str, ...]] = []
    narrowest = float("inf")
    for lines in range(1, most + 1):
        for hyphens in (False, True):
            broken = break_text(text, lines, bold=bold, hyphens=hyphens)
            if broken is None or broken in found:
                continue
            width = max(measure(line, 1.0, bold=bold) for line in broken)
            if width < 0.92 * narrowest:
                found.append(broken)
                narrowest = width
    return found


def count_hyphens(text: str, lines: Sequence[str]) -> int:
    """How many hyphens were put into a text when it was broken."""
    return sum(line.count("-") for line in lines) - text.count("-")
