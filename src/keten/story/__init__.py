"""TELL: everything that leaves the house as a picture or document, made on demand."""

from keten.story.document import Document, Sentence, list_sentences
from keten.story.edits import KIND, Orphan, Recount, Revision, read_edits
from keten.story.inventory import Printed, Strays, find_strays, list_figures, list_printed
from keten.story.map import MapLine, draw_metro, draw_schematic
from keten.story.pen import Pen
from keten.story.print_docx import print_docx
from keten.story.print_typst import count_pages, print_pdf
from keten.story.records import keep_sentence, record_sentence
from keten.story.sentences import list_line_figures, write_editable

__all__ = [
    "KIND",
    "Document",
    "MapLine",
    "Orphan",
    "Pen",
    "Printed",
    "Recount",
    "Revision",
    "Sentence",
    "Strays",
    "count_pages",
    "draw_metro",
    "draw_schematic",
    "find_strays",
    "keep_sentence",
    "list_figures",
    "list_line_figures",
    "list_printed",
    "list_sentences",
    "print_docx",
    "print_pdf",
    "read_edits",
    "record_sentence",
    "write_editable",
]
