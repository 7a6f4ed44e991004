"""Prints a document as DOCX, with real headings, table heads, alternative texts and links.

The same document gives the same bytes: the day of making is the document's, not the clock's.
"""

import io
import zipfile
from datetime import UTC, datetime
from typing import Any, Final

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

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
    Table,
    has_marks,
)
from keten.story.pen import Pen
from keten.story.print_typst import print_png

_FONT: Final = "Calibri"
_ACCENT: Final = RGBColor(0x08, 0x3F, 0x48)
_SOFT: Final = RGBColor(0x52, 0x5C, 0x61)
_LANGUAGES: Final = {"nl": "nl-NL", "en": "en-GB"}
_WIDTH_CM: Final = 18.0
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)


def print_docx(document: Document, pen: Pen) -> bytes:
    """Print a document as DOCX."""
    made = docx.Document()
    _set_up(made, document)
    made.add_paragraph(document.title, style="Title")
    _write(made.add_paragraph(style="Subtitle"), document.subtitle, pen)
    for chapter in document.chapters:
        heading = made.add_heading(chapter.title, level=1)
        heading.paragraph_format.page_break_before = chapter.starts_page
        for block in chapter.blocks:
            _print_block(made, block, pen)
    if has_marks(document):
        made.add_paragraph(f"{MARK} {document.mark_note}", style="Caption")
    foot = made.sections[0].footer.paragraphs[0]
    _write(foot, document.footer, pen)
    foot.add_run(f"  {document.page_word} ")
    _add_page_number(foot)
    buffer = io.BytesIO()
    made.save(buffer)
    return _seal(buffer.getvalue())


def _print_block(made: Any, block: Block, pen: Pen) -> None:
    match block:
        case Paragraph(sentences):
            paragraph = made.add_paragraph()
            for place, sentence in enumerate(each for each in sentences if each.pieces):
                if place:
                    paragraph.add_run(" ")
                _write(paragraph, sentence.pieces, pen)
                if sentence.edit and sentence.edit.changes:
                    paragraph.add_run(MARK)
        case Table():
            _print_table(made, block, pen)
        case Picture():
            png = print_png(block.svg, block.alternative)
            shape = made.add_picture(io.BytesIO(png), width=Cm(_WIDTH_CM))
            about = shape._inline.docPr  # noqa: SLF001 - the library has no other way
            about.set("descr", block.alternative)
            about.set("name", block.name)
            _write(made.add_paragraph(style="Caption"), block.caption, pen)
        case Points(lines):
            for line in lines:
                _write(made.add_paragraph(style="List Bullet"), line, pen)


def _print_table(made: Any, block: Table, pen: Pen) -> None:
    if block.caption:
        caption = made.add_paragraph(style="Caption")
        caption.paragraph_format.keep_with_next = True
        _write(caption, block.caption, pen)
    table = made.add_table(rows=1 + len(block.rows), cols=len(block.head))
    table.style = "Light List"
    shares = [width or 1 for width in block.widths] or [1] * len(block.head)
    for place, share in enumerate(shares):
        for cell in table.columns[place].cells:
            cell.width = Cm(_WIDTH_CM * share / sum(shares))
    for row, cells in enumerate((block.head, *block.rows)):
        for place, line in enumerate(cells):
            paragraph = table.cell(row, place).paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(1)
            if place in block.numeric:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            _write(paragraph, line, pen)
    head = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 - the library has no other way
    head.append(OxmlElement("w:tblHeader"))
    made.add_paragraph().paragraph_format.space_after = Pt(0)


def _write(paragraph: Any, line: Line, pen: Pen) -> None:
    for piece in line:
        address = pen.address(piece)
        run = paragraph.add_run(pen.write(piece))
        if isinstance(piece, Quote) and piece.language in _LANGUAGES:
            _set_language(run._r.get_or_add_rPr(), _LANGUAGES[piece.language])  # noqa: SLF001
        if address:
            run.font.color.rgb = _ACCENT
            _link(paragraph, run, address, piece)


def _link(paragraph: Any, run: Any, address: str, piece: Piece) -> None:
    """Put a run into a link; the library can read links, but not make them."""
    del piece
    key = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), key)
    link.append(run._r)  # noqa: SLF001 - the library has no other way
    paragraph._p.append(link)  # noqa: SLF001


def _add_page_number(paragraph: Any) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)  # noqa: SLF001 - the library has no other way


def _set_up(made: Any, document: Document) -> None:
    """Set page, styles, language and what the file says of itself."""
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(1.5)
    language = _LANGUAGES[document.language]
    for name, size, colour in (
        ("Normal", 9.5, None), ("Title", 20, _ACCENT), ("Subtitle", 9.5, _SOFT),
        ("Heading 1", 13, _ACCENT), ("Caption", 8.5, _SOFT),
    ):  # fmt: skip
        style = made.styles[name]
        style.font.name, style.font.size = _FONT, Pt(size)
        if colour is not None:
            style.font.color.rgb = colour
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for part in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(part), None)
        _set_language(style.element.get_or_add_rPr(), language)
    made.styles["Normal"].paragraph_format.space_after = Pt(4)
    moment = datetime(
        document.made_on.year, document.made_on.month, document.made_on.day, tzinfo=UTC
    )
    about = made.core_properties
    about.title, about.language = document.title, language
    about.author = about.last_modified_by = "keten"
    about.comments = f"keten, {document.evidence}"
    about.created = about.modified = moment
    about.revision = 1


def _set_language(properties: Any, language: str) -> None:
    found = properties.find(qn("w:lang"))
    if found is None:
        found = OxmlElement("w:lang")
        properties.append(found)
    found.set(qn("w:val"), language)


def _seal(content: bytes) -> bytes:
    """Give the package with the clock taken out of it."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _EARLIEST), old.read(name), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
