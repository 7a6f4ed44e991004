"""Prints a document as a tagged PDF (PDF/UA-1) by Typst, and drawings as PNG; nothing is fetched.

Only the fonts that Typst carries are used, so that the same document gives the same bytes anywhere.
"""

import json
import re
from datetime import UTC, datetime
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

import typst
from anyascii import anyascii

from keten.story.document import (
    MARK,
    Block,
    Document,
    Line,
    Paragraph,
    Picture,
    Piece,
    Points,
    Quote,
    Sentence,
    Table,
    has_marks,
)
from keten.story.pen import Pen

_TEMPLATE: Final = "typst/document.typ"
_DRAWING: Final = (
    b"#set page(width: auto, height: auto, margin: 0pt, fill: white)\n"
    b'#image(bytes(sys.inputs.svg), format: "svg", alt: sys.inputs.about)'
)
_MISSING: Final = re.compile(r'the text `?"(.+?)"`? could not be displayed', re.DOTALL)
_MOST_TRIES: Final = 40  # letters that no font has are met one after the other
# A word so long in a cell may break after every so many letters, with a hyphen.
_LONG: Final = re.compile(r"[^\W\d_]{28,}")
_PART: Final = 9
_HYPHEN: Final = "\u00ad"
_LATIN_ENDS: Final = 0x250
_SIGNS: Final = "–—‘’“”…€°·"


def print_pdf(document: Document, pen: Pen) -> bytes:
    """Print a document as PDF; letters that no font of ours has are written in Latin ones."""
    day = document.made_on
    moment = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
    data = json.dumps(lay_out(document, pen), ensure_ascii=False, sort_keys=True)
    for _ in range(_MOST_TRIES):
        try:
            return _compile(data, moment)
        except typst.TypstError as error:
            found = _MISSING.search(str(error))
            if found is None:
                raise
            data = data.replace(found[1], anyascii(found[1]) or "?")
    return _compile("".join(map(_in_latin, data)), moment)


def count_pages(document: Document, pen: Pen) -> int:
    """Count the pages that a document takes, without printing it."""
    data = json.dumps(lay_out(document, pen), ensure_ascii=False, sort_keys=True)
    found = typst.query(
        _read_template(),
        "<pages>",
        field="value",
        one=True,
        sys_inputs={"document": data},
        ignore_system_fonts=True,
    )
    return int(json.loads(found))


def print_png(svg: str, about: str, ppi: float = 220.0) -> bytes:
    """Print a drawing as PNG, for documents that cannot hold SVG."""
    return typst.compile(
        _DRAWING,
        format="png",
        ppi=ppi,
        sys_inputs={"svg": svg, "about": about},
        ignore_system_fonts=True,
    )


def lay_out(document: Document, pen: Pen) -> dict[str, Any]:
    """Give a document as the template takes it: texts with their links and languages."""
    day = document.made_on
    return {
        "title": document.title,
        "subtitle": _line(document.subtitle, pen),
        "language": document.language,
        "day": [day.year, day.month, day.day],
        "about": f"keten, {document.evidence}",
        "footer": _line(document.footer, pen),
        "page_word": document.page_word,
        "note": f"{MARK} {document.mark_note}" if has_marks(document) else "",
        "chapters": [
            {
                "title": chapter.title,
                "blocks": [_block(block, pen) for block in chapter.blocks],
                "starts_page": chapter.starts_page,
                "is_small": chapter.is_small,
            }
            for chapter in document.chapters
        ],
    }


def _block(block: Block, pen: Pen) -> dict[str, Any]:
    match block:
        case Paragraph(sentences):
            lines = [_sentence(sentence, pen) for sentence in sentences]
            return {"kind": "paragraph", "sentences": [line for line in lines if line]}
        case Table():
            return {
                "kind": "table",
                "caption": _line(block.caption, pen),
                "head": [_break(_line(cell, pen)) for cell in block.head],
                "rows": [[_break(_line(cell, pen)) for cell in row] for row in block.rows],
                "numeric": block.numeric,
                "widths": block.widths or [1] * len(block.head),
            }
        case Picture():
            return {
                "kind": "picture",
                "svg": block.svg,
                "alternative": block.alternative,
                "caption": _line(block.caption, pen),
            }
        case Points(lines):
            return {"kind": "points", "lines": [_line(line, pen) for line in lines]}


def _sentence(sentence: Sentence, pen: Pen) -> list[dict[str, str]]:
    line = _line(sentence.pieces, pen)
    if sentence.edit and sentence.edit.changes:
        line.append({"text": MARK, "link": "", "language": ""})
    return line


def _line(line: Line, pen: Pen) -> list[dict[str, str]]:
    return [
        {"text": pen.write(piece), "link": pen.address(piece), "language": _language(piece)}
        for piece in line
    ]


def _break(line: list[dict[str, str]]) -> list[dict[str, str]]:
    """Let words break that no language's rules would fit into a cell; numbers stay whole."""
    return [{**piece, "text": _LONG.sub(_soften, piece["text"])} for piece in line]


def _soften(word: re.Match[str]) -> str:
    return _HYPHEN.join(word[0][start : start + _PART] for start in range(0, len(word[0]), _PART))


def _language(piece: Piece) -> str:
    return piece.language if isinstance(piece, Quote) else ""


def _compile(data: str, moment: int) -> bytes:
    return typst.compile(
        _read_template(),
        format="pdf",
        sys_inputs={"document": data},
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        timestamp=moment,
    )


def _in_latin(letter: str) -> str:
    return letter if ord(letter) < _LATIN_ENDS or letter in _SIGNS else anyascii(letter)


@lru_cache(maxsize=1)
def _read_template() -> bytes:
    return files("keten.story").joinpath(_TEMPLATE).read_bytes()
