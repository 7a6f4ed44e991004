"""Columns: finds the heading of a sheet and proposes what each column holds, by heading and cells."""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from anyascii import anyascii

from keten.lists.fields import KEPT, LEFT_OUT, PERSONAL
from keten.lists.read import Grid, Line, Value
from keten.lists.values import clean, find_country, is_empty, write_text
from keten.lists.vocabulary import ORGANISATIONS, VOCABULARIES, Vocabulary

ROW_KEY: Final = "keten row"  # the column by which a sheet that was given back is known again
GIVEN: Final = "keten "  # how every added column begins
_HEAD_ROWS: Final = 30  # titles and notes that may stand above the heading
_SAMPLED: Final = 150
_LIKELY: Final = 0.7  # share of the cells that must look like it, where the heading says nothing
_ENOUGH: Final = 3  # cells


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its place, its heading (with a number where it is there twice), what it holds and why."""

    place: int
    heading: str
    field: str
    how: str  # heading | cells | remembered | chosen | nothing
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """How a sheet is read: where its heading stands (-1: it has none) and what its columns hold."""

    heading_at: int
    columns: tuple[Column, ...]
    key_at: int | None = None  # where the column of a sheet given back stands

    @property
    def signature(self) -> str:
        """A hash of the headings: sheets of the same headings are read alike."""
        text = "\n".join(fold(column.heading) for column in self.columns)
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    def place_of(self, field: str) -> int | None:
        """Give where a field stands, None where no column holds it."""
        return next((column.place for column in self.columns if column.field == field), None)


def find_layout(
    grid: Grid,
    chosen: Mapping[str, str] | None = None,
    how: str = "chosen",
    vocabulary: Vocabulary = VOCABULARIES[ORGANISATIONS],
) -> Layout:
    """Find the heading and say of each column what it holds; `chosen` names fields by heading."""
    at = find_heading(grid.lines, vocabulary)
    width = max((len(line) for line in grid.lines), default=0)
    head: Line = grid.lines[at] if at >= 0 else ()
    named = _name_columns(head, width)
    below = grid.lines[at + 1 : at + 1 + _SAMPLED]
    cells = {
        place: [line[place] for line in below if place < len(line) and not is_empty(line[place])]
        for place in named
    }
    key_at = next((place for place, text in named.items() if fold(text) == ROW_KEY), None)
    own = {
        place: text
        for place, text in named.items()
        if not fold(text).startswith(GIVEN)
        and (cells[place] or (place < len(head) and head[place]))
    }
    proposed = _propose(own, cells, vocabulary)
    columns = []
    for place, text in own.items():
        field, why = proposed.get(place, (KEPT, "nothing"))
        if chosen and fold(text) in chosen:
            field, why = chosen[fold(text)], how
        samples = tuple(dict.fromkeys(write_text(cell)[:60] for cell in cells[place]))[:3]
        columns.append(Column(place, text, field, why, samples))
    return Layout(at, tuple(columns), key_at)


def mapping_of(layout: Layout) -> dict[str, str]:
    """Give what each heading was taken for, to be remembered."""
    return {fold(column.heading): column.field for column in layout.columns}


def find_heading(
    lines: Sequence[Line], vocabulary: Vocabulary = VOCABULARIES[ORGANISATIONS]
) -> int:
    """Give the row that holds the headings, -1 where the sheet begins with rows of data."""
    best, most = -1, 0.0
    first_full = None
    for at, line in enumerate(lines[:_HEAD_ROWS]):
        texts = [write_text(cell) for cell in line if isinstance(cell, str)]
        known = {
            field for text in texts if (field := _by_heading(fold(text), vocabulary)) is not None
        }
        known |= {text for text in texts if fold(text) in PERSONAL}
        score = len(known) - 0.01 * at
        # A sentence that happens to be one word of a heading is a title, not a heading.
        if known and score > most and (len(texts) > 1 or len(line) == 1):
            best, most = at, score
        if first_full is None and sum(cell is not None for cell in line) >= 2:
            first_full = at
    if best >= 0 or first_full is None:
        return best
    return -1 if _looks_like_data(lines[first_full]) else first_full


def fold(text: str) -> str:
    """Give a heading without case, accents and signs."""
    plain = re.sub(r"[^a-z0-9]+", " ", anyascii(text).lower())
    return " ".join(plain.split())[:120]


def _name_columns(head: Line, width: int) -> dict[int, str]:
    named: dict[int, str] = {}
    seen: dict[str, int] = {}
    for place in range(width):
        cell = head[place] if place < len(head) else None
        text = " ".join(write_text(cell).split())[:120] or f"({_letter(place)})"
        seen[fold(text)] = seen.get(fold(text), 0) + 1
        named[place] = text if seen[fold(text)] == 1 else f"{text} #{seen[fold(text)]}"
    return named


def _letter(place: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(place + 1)


def _by_heading(text: str, vocabulary: Vocabulary) -> str | None:
    """Give the field that a heading names outright."""
    known = vocabulary.headings
    return known.get(text) or known.get(re.sub(r" \d+$", "", text))


def _by_words(text: str, vocabulary: Vocabulary) -> set[str]:
    """Give the fields that a heading names among other words; a longer name hides those in it."""
    found: set[str] = set()
    for heading in vocabulary.longest_first:
        if len(heading) >= 3 and re.search(rf"\b{heading}\b", text):
            found.add(vocabulary.headings[heading])
            text = re.sub(rf"\b{heading}\b", "|", text)
    return found


def _propose(
    named: Mapping[int, str], cells: Mapping[int, Sequence[Value]], vocabulary: Vocabulary
) -> dict[int, tuple[str, str]]:
    """Give each column at most one field, each field at most one column; the surest claims first."""
    claims: list[tuple[float, int, str, str]] = []
    proposed: dict[int, tuple[str, str]] = {}
    told = _TELLING & vocabulary.names
    for place, text in named.items():
        plain = fold(text)
        if plain in PERSONAL or re.search(r"\b(contactpersoon|voornaam|achternaam)\b", plain):
            proposed[place] = (LEFT_OUT, "heading")
            continue
        looks = _looks(cells[place])
        exact = _by_heading(plain, vocabulary)
        named_by = [(exact, 3.0)] if exact else []
        for field, sure in [
            *named_by,
            *((each, 2.0) for each in sorted(_by_words(plain, vocabulary))),
        ]:
            # Cells that cannot be what the heading says speak against it, and for another column.
            fits = looks.get(field, 0.5 if field not in _TESTS else 0.0)
            if field in _TESTS and len(cells[place]) >= _ENOUGH and fits < 0.2:
                continue
            claims.append((sure + fits, place, field, "heading"))
        for field, share in looks.items():
            if share >= _LIKELY and len(cells[place]) >= _ENOUGH and field in told:
                claims.append((share, place, field, "cells"))
    taken: set[str] = {field for field, _ in proposed.values()} - {LEFT_OUT}
    for _, place, field, how in sorted(claims, key=lambda claim: (-claim[0], claim[1], claim[2])):
        if place not in proposed and field not in taken:
            proposed[place] = (field, how)
            taken.add(field)
    if "name" in vocabulary.names - taken:
        _find_name(named, cells, proposed)
    return proposed


def _find_name(
    named: Mapping[int, str],
    cells: Mapping[int, Sequence[Value]],
    proposed: dict[int, tuple[str, str]],
) -> None:
    """Take the column of words that differ most from row to row for the names."""
    best = (0.0, 0)
    for place in named:
        texts = [cell for cell in cells[place] if isinstance(cell, str)]
        if place in proposed or not texts or len(texts) < 0.6 * len(cells[place]):
            continue
        words = sum(bool(re.search(r"[^\W\d_]{2}", text)) and len(text) < 120 for text in texts)
        legal = sum(bool(_LEGAL.search(text)) for text in texts)
        score = (len(set(texts)) / len(texts)) * (words / len(texts)) + 2 * legal / len(texts)
        if score > best[0] + 0.05:
            best = (score, place)
    if best[0] > 0.4:
        proposed[best[1]] = ("name", "cells")


_LEGAL: Final = re.compile(
    r"\b(b\.?\s?v\.?|n\.?\s?v\.?|stichting|vof|v\.o\.f\.|gmbh|ltd|universiteit|gemeente)(?=\W|$)",
    re.IGNORECASE,
)


def _fits(field: str) -> Callable[[Value], bool]:
    def test(cell: Value) -> bool:
        made, wrong = clean(field, cell)
        return wrong is None and made != ""

    return test


def _is_dutch_postcode(cell: Value) -> bool:
    return bool(re.fullmatch(r"(?:NL[- ]?)?\d{4}\s?[A-Za-z]{2}", write_text(cell).strip()))


def _is_web(cell: Value) -> bool:
    text = write_text(cell)
    return "@" not in text and " " not in text.strip() and _fits("website")(cell)


def _is_year(cell: Value) -> bool:
    return bool(re.fullmatch(r"(19|20)\d{2}", write_text(cell).strip()))


def _is_kvk(cell: Value) -> bool:
    return bool(
        re.fullmatch(r"\d{7,8}", write_text(cell).strip().replace(".", "").replace(" ", ""))
    )


_TESTS: Final[Mapping[str, Callable[[Value], bool]]] = {
    "kvk_number": _fits("kvk_number"),
    "vat_number": _fits("vat_number"),
    "pic": _fits("pic"),
    "ror_id": _fits("ror_id"),
    "website": _is_web,
    "country": lambda cell: bool(find_country(write_text(cell))),
    "year": _is_year,
    "email": lambda cell: bool(re.fullmatch(r"\S+@\S+\.\S+", write_text(cell).strip())),
    "date": lambda cell: not _is_year(cell) and _fits("date")(cell),
    "value": _fits("value"),
}
# What cells alone say surely enough; a column of eight digits may be anything, yet seldom is.
_TELLING: Final = frozenset({"vat_number", "ror_id", "website", "country", "email", "postcode"})


def _looks(cells: Sequence[Value]) -> dict[str, float]:
    """Give the share of cells that can be each field."""
    if not cells:
        return {}
    tests = {**_TESTS, "postcode": _is_dutch_postcode}
    found = {field: sum(map(test, cells)) / len(cells) for field, test in tests.items()}
    if sum(map(_is_kvk, cells)) < _LIKELY * len(cells):
        found["kvk_number"] = min(found["kvk_number"], _LIKELY - 0.01)
    return found


def _looks_like_data(line: Line) -> bool:
    cells = [cell for cell in line if cell is not None]
    return any(
        not isinstance(cell, str) or _is_dutch_postcode(cell) or _is_web(cell) or _is_kvk(cell)
        or bool(_LEGAL.search(cell))
        for cell in cells
    )  # fmt: skip
