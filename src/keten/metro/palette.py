"""Colours that people tell apart who see colours otherwise, and a letter code for each line.

Hue alone carries no line: neighbours in the list differ in lightness too, all stand at 3:1 or more
on white, and each line has a code that is written on its badge.

Source: the first eight after Okabe and Ito (2008) and Tol (2021), darkened where they stood below
3:1 on white; contrast as in WCAG 2.2.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping

from keten.metro.graph import Line

PAPER = "#ffffff"
INK = "#16202a"
BLACK = "#000000"
QUIET = "#5a6672"
COLOURS = (
    "#0072b2", "#c44e00", "#00806a", "#b0307a", "#8a6d00", "#332288", "#2d7ab0", "#882255",
    "#5b7f1e", "#a8322d", "#117733", "#7b62c4", "#5c4033", "#0b5a66", "#c23b74", "#4d5b6b",
    "#857014", "#1f3f8f", "#a85a12", "#6b2f8a", "#257f74", "#7a1f1f", "#3f6b2f", "#6f6e68",
)  # fmt: skip


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, 0..1."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1..21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def ink_on(colour: str) -> str:
    """White or black, whichever is read better: one of them stands at 4.5:1 on any colour."""
    return max((PAPER, BLACK), key=lambda ink: contrast(ink, colour))


def darken(colour: str, least: float) -> str:
    """The colour itself, or as much darker as it takes to stand at a contrast on white."""
    parts = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    while contrast(colour, PAPER) < least:
        parts = [int(p * 0.95) for p in parts]
        colour = "#" + "".join(f"{p:02x}" for p in parts)
    return colour


def choose_colours(lines: Mapping[str, Line], *, own: bool = False) -> dict[str, str]:
    """A colour for each line: from the palette, or (with `own`) its own, darkened to 3:1."""
    loud = [key for key, line in lines.items() if not line.quiet]
    return dict.fromkeys(lines, QUIET) | {
        key: darken(colour, 3.0)
        if own and (colour := lines[key].colour)
        else COLOURS[i % len(COLOURS)]
        for i, key in enumerate(loud)
    }


def choose_codes(lines: Iterable[Line]) -> dict[str, str]:
    """A code of at most three signs for each line: its label if short, else letters in order.

    Quiet lines have none.
    """
    codes: dict[str, str] = {}
    waiting: list[Line] = []
    for line in lines:
        if line.quiet:
            continue
        label = line.label.strip()
        if 0 < len(label) <= 3 and label not in codes.values():
            codes[line.id] = label
        else:
            waiting.append(line)
    free = (letter for letter in _letters() if letter not in codes.values())
    for line in waiting:
        codes[line.id] = _initials(line.label, set(codes.values())) or next(free)
    return codes


def _initials(label: str, taken: set[str]) -> str | None:
    """The head of a label such as 'U55 (planned)', if it is short and free."""
    found = re.match(r"[A-Z]{0,2}\d{1,2}\b", label.strip())
    return found[0] if found and len(found[0]) <= 3 and found[0] not in taken else None


def _letters() -> Iterable[str]:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    for size in itertools.count(1):
        yield from ("".join(letters) for letters in itertools.product(alphabet, repeat=size))


def by_number(code: str) -> tuple[tuple[str, int], ...]:
    """A key that puts U2 before U10; what has no code comes last, as it came."""
    parts = re.findall(r"(\D*)(\d*)", code)
    return tuple((word, int(digits or -1)) for word, digits in parts if word or digits)
