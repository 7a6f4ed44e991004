"""Writes the widths of letters that `keten.metro` measures labels with, read from a font file.

    python scripts/glyph_widths.py REGULAR.ttf BOLD.ttf

Made from DejaVu Sans Condensed, about as wide as Arial and Helvetica. What is measured is written
beside each text (`textLength`), so that it takes that room in whatever font a reader has.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from fontTools.ttLib import TTFont

RANGES = ((0x20, 0x7E), (0xA0, 0x24F), (0x370, 0x3FF), (0x400, 0x4FF), (0x1E00, 0x1EFF),
          (0x2010, 0x2040), (0x20A0, 0x20BF), (0x2190, 0x21FF))  # fmt: skip
TARGET = Path(__file__).parents[1] / "src/keten/metro/glyphs.json"


def read_widths(path: str) -> list[list[object]]:
    """(first letter, widths in thousandths of the size; -1 where the font has none) per range."""
    font = TTFont(path)
    names, advances = font.getBestCmap(), font["hmtx"]
    scale = 1000 / font["head"].unitsPerEm
    return [
        [first, [round(advances[names[c]][0] * scale) if c in names else -1
                 for c in range(first, last + 1)]]
        for first, last in RANGES
    ]  # fmt: skip


def main() -> None:
    """Read both fonts and write one file."""
    table = {"regular": read_widths(sys.argv[1]), "bold": read_widths(sys.argv[2])}
    TARGET.write_text(json.dumps(table, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
