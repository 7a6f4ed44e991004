"""The tree of a document in one language: chapters of sentences, tables and pictures, for any printer.

Whatever holds a digit is a piece of a kind of its own (a figure, a day, an identifier, a quotation),
so that a printer can lead a number back to its evidence and a test can find every numeral again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from keten.model import Figure

MARK: Final = "°"  # after a sentence of a person under which a number changed since


@dataclass(frozen=True, slots=True)
class Words:
    """Words of our own; digits only in names such as Horizon 2020."""

    text: str


@dataclass(frozen=True, slots=True)
class Number:
    """A figure, printed with its interval where it has one."""

    figure: Figure


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a source or of a person as they stand; `language` where it is known."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation, by its identifier and the name that its source gives."""

    organisation_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day."""

    day: date


@dataclass(frozen=True, slots=True)
class Year:
    """A year."""

    year: int


@dataclass(frozen=True, slots=True)
class Ident:
    """An identifier, as it stands."""

    text: str


Piece = Words | Number | Quote | Party | Day | Year | Ident
Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A figure under a sentence that is another one now; `after` None: it is no longer given."""

    before: Figure
    after: Figure | None


@dataclass(frozen=True, slots=True)
class Edit:
    """That a person had a say in a sentence: which line of the workspace says so, and what changed.

    `text` has {1}, {2} where figures stand; empty: left out; None: the generated sentence stands.
    """

    number: int
    made_at: datetime
    text: str | None
    changes: tuple[Change, ...]
    generated_then: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence under a key that stays: what is printed, and what keten would print by itself."""

    key: str
    pieces: Line
    generated: Line
    edit: Edit | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences that stand together."""

    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first cell of a row names it, `numeric` are the columns aligned to the right.

    `widths` are the shares of the columns in a printed document, none for what fits.
    """

    caption: Line
    head: tuple[Line, ...]
    rows: tuple[tuple[Line, ...], ...]
    numeric: tuple[int, ...] = ()
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as SVG; `alternative` says what it shows, `labels` is what can be read in it."""

    name: str
    svg: str
    alternative: str
    caption: Line
    labels: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Points:
    """Lines in a list."""

    lines: tuple[Line, ...]


Block = Paragraph | Table | Picture | Points


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter under a key that stays; `starts_page`: on paper it begins a page.

    `is_small`: it is for who looks something up, and stands in small letters.
    """

    key: str
    title: str
    blocks: tuple[Block, ...]
    starts_page: bool = False
    is_small: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A document: what it is about, the evidence it stands on, and its chapters."""

    title: str
    subtitle: Line
    language: str
    made_on: date
    evidence: int
    evidence_day: date
    is_invented: bool
    chapters: tuple[Chapter, ...]
    footer: Line
    page_word: str
    mark_note: str  # what MARK after a sentence means


def list_sentences(document: Document) -> Iterator[Sentence]:
    """Give every sentence, in reading order."""
    for chapter in document.chapters:
        for block in chapter.blocks:
            if isinstance(block, Paragraph):
                yield from block.sentences


def has_marks(document: Document) -> bool:
    """Say whether a number changed under a sentence that a person wrote."""
    return any(each.edit and each.edit.changes for each in list_sentences(document))


def list_lines(document: Document) -> Iterator[Line]:
    """Give every line that is printed once, in reading order; the footer stands on every page."""
    yield (Words(document.title),)
    yield document.subtitle
    for chapter in document.chapters:
        yield (Words(chapter.title),)
        for block in chapter.blocks:
            yield from list_block_lines(block)


def list_block_lines(block: Block) -> Iterator[Line]:
    """Give every line of a block, in reading order."""
    match block:
        case Paragraph(sentences):
            yield from (sentence.pieces for sentence in sentences)
        case Table(caption, head, rows):
            yield caption
            yield from head
            for row in rows:
                yield from row
        case Picture(caption=caption, labels=labels):
            yield from labels
            yield caption
        case Points(lines):
            yield from lines
