"""Breaks labels into lines of text that surely fit, whatever sans serif a reader's machine has."""

import re
from functools import cache
from typing import Final

# Widths in thousandths of the font size, of DejaVu Sans: the widest of the usual faces.
_CLASSES: Final = (
    (280, "ijlIJ'|.,:;!·"),
    (340, "ft-()[]/ "),
    (415, 'r*"'),
    (560, "sczxkLFv"),
    (640, "abdeghnopquy0123456789ETYPSXZ_+?"),
    (700, "AVBCRK"),
    (790, "DGHNOQUw&"),
    (990, "mMW%@"),
)
_OTHER: Final = 790
# What XML cannot hold has no width, and is left out.
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@cache
def _width_of(letter: str) -> int:
    for width, letters in _CLASSES:
        if letter in letters:
            return width
    return _OTHER


def measure_text(text: str, size: float) -> float:
    """Give a width that the text does not exceed."""
    return sum(_width_of(letter) for letter in text) * size / 1000


def break_label(text: str, width: float, size: float) -> tuple[str, ...]:
    """Break a label into lines no wider than `width`; nothing of it is left out.

    A word that is too long by itself is broken with a hyphen.
    """
    lines: list[str] = []
    current = ""
    for word in _UNWRITABLE.sub("", text).split():
        joined = f"{current} {word}" if current else word
        if measure_text(joined, size) <= width:
            current = joined
            continue
        if current:
            lines.append(current)
        *full, current = _cut(word, width, size)
        lines += full
    return (*lines, current) if current else tuple(lines)


def _cut(word: str, width: float, size: float) -> list[str]:
    parts: list[str] = []
    while measure_text(word, size) > width:
        end = len(word) - 1
        while end > 1 and measure_text(word[:end] + "-", size) > width:
            end -= 1
        while end > 1 and word[end - 1].isdigit() and word[end].isdigit():
            end -= 1  # a number stays whole
        parts.append(word[:end] + ("" if word[end - 1] == "-" else "-"))
        word = word[end:]
    return [*parts, word]
