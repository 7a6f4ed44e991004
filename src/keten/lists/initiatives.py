"""Initiatives of a sheet: reads each row as what is said of one, and holds it against those kept."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from keten.evidence.figures import find_source_record
from keten.evidence.resolve.lookup import Row, look_up
from keten.lists.columns import Layout, fold
from keten.lists.initiative_sheet import TERMS, cells_of
from keten.lists.preview import Asked, decide
from keten.lists.read import Book
from keten.lists.rows import as_json
from keten.lists.things import CellRow, Difference, ThingPreview, ThingRow, is_there, read_cells
from keten.lists.values import clean, write_text
from keten.lists.views import Problem, SheetRow
from keten.lists.vocabulary import INITIATIVES, VOCABULARIES
from keten.model import (
    INITIATIVE,
    InitiativeSaid,
    Judgement,
    Text,
    initiative_of,
    is_organisation_id,
    read_amount,
    read_said,
    write_said,
)
from keten.sources.persons import is_person
from keten.workspace import Terms

if TYPE_CHECKING:
    import duckdb

    from keten.workspace import Reader, Store

_LONGEST: Final = {"name": 120, "aim": 1000, "role": 100, "amount_source": 300, "funder": 200}
_NAMED: Final = re.compile(
    r"^(?P<name>.*?)\s*\((?P<id>[a-z0-9-]+:[0-9A-Za-z.-]{1,40})\)$", re.DOTALL
)
_MOST_SLUG: Final = 40


@dataclass(frozen=True, slots=True)
class _Lead:
    name: str = ""
    record: str = ""
    note: Text | None = None
    is_numbered: bool = False  # the sheet itself gives the number


@dataclass(frozen=True, slots=True)
class _Read:
    """A row as it was read: what it says, and what of it cannot be used."""

    row: CellRow
    said: InitiativeSaid
    problems: tuple[Problem, ...]
    notes: tuple[Text, ...] = ()
    has_number: bool = False


def preview_initiatives(
    con: duckdb.DuckDBPyConnection,
    store: Store | None,
    book: Book,
    asked: Asked,
    terms: Terms,
    *,
    is_private: bool,
    shared_with: str | None,
    reader: Reader = None,
) -> ThingPreview:
    """Say of each row what would become of it; a row that names an initiative of today changes that one.

    Raises: UsageError when there is no such sheet, or no column names initiatives.
    """
    grid, layout, rows, passed = read_cells(book, asked, INITIATIVES, store, reader)
    lines = _read_held(store, reader)
    by_name: dict[str, Judgement] = {}
    for line in sorted(lines.values(), key=lambda one: one.object == f"list:{asked.slug}"):
        by_name[fold(read_said(line.value, "").label)] = line
    leads = _find_leads(con, rows, lines, asked.home)
    made: list[ThingRow] = []
    seen: dict[str, int] = {}
    given = _strip(layout)
    named = _read_named(lines)
    for row in rows:
        read = _read_row(row, terms, leads, named)
        name = fold(read.said.label)
        held = lines.get(row.given_key) or by_name.get(name)
        key = initiative_of(held) if held else _make_key(asked.slug, name)
        if not read.said.label:
            problem = row.wrong(
                "name", "The row names no initiative.", "De rij noemt geen initiatief."
            )
            made.append(ThingRow(row.line, "", "wrong", problems=(*read.problems, problem)))
        elif key in seen:
            made.append(_join(made, seen[key], read))
        else:
            seen[key] = len(made)
            made.append(_judge(read, key, held, asked.slug, given))
    done = tuple(
        _settle(one, lines.get(one.subject), terms, (is_private, shared_with)) for one in made
    )
    home, stored = f"list:{asked.slug}", {row.subject for row in done}
    missing = tuple(
        line for key, line in sorted(lines.items()) if line.object == home and key not in stored
    )
    sheets = tuple(each.name for each in book.grids)
    return ThingPreview(
        INITIATIVES, asked.slug, book.name, grid.name, sheets, layout, done, tuple(passed), missing
    )


def _read_held(store: Store | None, reader: Reader) -> dict[str, Judgement]:
    found: dict[str, Judgement] = {}
    for line in store.judgements(INITIATIVE, only_in_force=True, reader=reader) if store else ():
        key = initiative_of(line)
        if key and (key not in found or found[key].is_private):
            found[key] = line
    return found


def _make_key(slug: str, name: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", "-", name)[:_MOST_SLUG].strip("-") or "item"
    digest = hashlib.sha256(f"{slug}\n{name}".encode()).hexdigest()[:6]
    return f"{INITIATIVE}:{plain}-{digest}"


def _strip(layout: Layout) -> frozenset[str]:
    """Give the fields that the sheet has a column for."""
    names = {field.name for field in VOCABULARIES[INITIATIVES].fields}
    return frozenset(name for name in names if is_there(layout, name))


def _judge(
    read: _Read, key: str, held: Judgement | None, slug: str, given: frozenset[str]
) -> ThingRow:
    """Give a row with what would be written of it: what the sheet has no column for stays as it is."""
    said = read.said
    kept: dict[str, Any] = {name: as_json(cell) for name, cell in read.row.kept.items()}
    subject, other, number = key, f"list:{slug}", None
    if held is not None:
        subject, other, number = held.subject, held.object, held.number
        before = read_said(held.value, "")
        said = _lay_over(read, before, given)
        old = held.value.get("cells") if isinstance(held.value, Mapping) else None
        kept = {**(old if isinstance(old, Mapping) else {}), **kept}
    value = {**write_said(said), "at": read.row.line}
    if kept:
        value["cells"] = kept
    return ThingRow(
        read.row.line, said.label, "added", subject, other, value, read.problems, read.notes,
        earlier=number,
    )  # fmt: skip


def _lay_over(read: _Read, before: InitiativeSaid, given: frozenset[str]) -> InitiativeSaid:
    said = read.said
    made = replace(
        before,
        label=said.label,
        **{name: getattr(said, name) for name in _SAME if name in given},
    )
    if "amount" in given:
        made = replace(made, amount_eur=said.amount_eur)
    if "lead" in given:
        is_same = said.lead == before.lead and not read.has_number
        record = before.lead_record if is_same else said.lead_record
        made = replace(made, lead=said.lead, lead_record=record)
    if "role" in given:
        made = replace(made, lead_role=said.lead_role)
    kept = [key for key in before.serves if _column_of(key) not in given]
    # A stage of a chain may stand in a column of chains or of stages.
    mine = [key for key in said.serves if _column_of(key) in given or "/" in key]
    return replace(made, serves=tuple(sorted({*kept, *mine})))


_SAME: Final = ("aim", "kind", "amount_source", "funder", "starts", "ends", "website")


def _column_of(key: str) -> str:
    return "stage" if "/" in key else key.partition(":")[0]


def _join(made: list[ThingRow], at: int, read: _Read) -> ThingRow:
    """Add what a row serves to the earlier row of its name; what contradicts it is told."""
    first = made[at]
    before = read_said(first.value, first.name)
    serves = tuple(sorted({*before.serves, *read.said.serves}))
    problems = list(read.problems)
    said = replace(before, serves=serves)
    for name, field in (
        *((name, name) for name in _SAME),
        ("lead", "lead"),
        ("amount_eur", "amount"),
    ):
        mine, yours = getattr(said, name), getattr(read.said, name)
        if mine in (None, "") and yours not in (None, ""):
            said = replace(said, **{name: yours})
            if name == "lead":
                said = replace(said, lead_record=read.said.lead_record)
        elif yours not in (None, "") and mine != yours:
            problems.append(read.row.wrong(
                field,
                f"Row {first.line} says otherwise of the same initiative, and holds.",
                f"Rij {first.line} zegt iets anders van hetzelfde initiatief, en die geldt.",
            ))  # fmt: skip
    value = {**first.value, **write_said(said)}
    made[at] = replace(first, value=value)
    return ThingRow(
        read.row.line, first.name, "joined", first.subject, first.object,
        problems=tuple(problems), like=first.line,
    )  # fmt: skip


def _settle(
    row: ThingRow, held: Judgement | None, terms: Terms, who: tuple[bool, str | None]
) -> ThingRow:
    """Say whether a row is new, changes something, or says what is kept already."""
    if row.status != "added" or row.earlier is None or held is None:
        return row
    if _aside(row.value) == _aside(held.value):
        return replace(row, status="unchanged")
    if (held.is_private, held.shared_with) != who:
        told = Text(
            "An initiative of this name is kept for other eyes than this list. Give the list the same "
            "visitors, or change the initiative on its own page.",
            "Een initiatief met deze naam is voor anderen zichtbaar dan deze lijst. Geef de lijst dezelfde "
            "lezers, of verander het initiatief op zijn eigen pagina.",
        )
        return replace(
            row,
            status="wrong",
            problems=(*row.problems, Problem(str(row.line), "", row.name, told)),
        )
    return replace(row, status="changed", differences=_compare(held.value, row.value, terms))


def _aside(value: Any) -> dict[str, Any]:
    given = dict(value) if isinstance(value, Mapping) else {}
    cells = given.get("cells")
    return {
        **write_said(read_said(given, "")),
        "cells": {
            name: write_text(cell) for name, cell in cells.items() if cell not in (None, "")
        } if isinstance(cells, Mapping) else {},
    }  # fmt: skip


def _compare(before: Any, after: Any, terms: Terms) -> tuple[Difference, ...]:
    """Give what a row changes, column by column, in Dutch words where both have them."""
    was, now = (cells_of(read_said(each, ""), terms, "en") for each in (before, after))
    return tuple(
        Difference(field.label, write_text(was[field.name]), write_text(now[field.name]))
        for field in VOCABULARIES[INITIATIVES].fields
        if was[field.name] != now[field.name]
    )


def _read_named(lines: Mapping[str, Judgement]) -> frozenset[str]:
    """Give every key that an initiative serves by now, also those that no definition names any more."""
    said = [read_said(line.value, "") for line in lines.values()]
    return frozenset(
        {*(key for one in said for key in one.serves), *(f"kind:{one.kind}" for one in said)}
    )


def _read_row(
    row: CellRow, terms: Terms, leads: Mapping[str, _Lead], named: frozenset[str]
) -> _Read:
    problems = list(row.problems)
    words: dict[str, str] = {}
    for name, longest in _LONGEST.items():
        text = write_text(row.value(name)).strip()
        if len(text) > longest:
            problems.append(row.wrong(
                name, f"Longer than {longest} characters: the rest is left out.",
                f"Langer dan {longest} tekens: de rest valt weg.",
            ))  # fmt: skip
        words[name] = text[:longest].rstrip()
    serves: set[str] = set()
    for kind in TERMS:
        keys, unknown = terms.read(kind, row.text(kind))
        serves.update([*keys, *(name for name in unknown if name in named)])
        problems += [_unknown(row, kind, name) for name in unknown if name not in named]
    text = row.text("kind")
    kind = terms.find("kind", text) if text else ""
    kind = kind or (f"kind:{text}" if f"kind:{text}" in named else "")
    if row.text("kind") and not kind:
        problems.append(_unknown(row, "kind", row.text("kind")))
    lead = leads.get(row.text("lead"), _Lead())
    if row.text("lead") and not lead.name:
        problems.append(row.wrong(
            "lead", "This looks like the name of a person, and is left out. Name an organisation.",
            "Dit lijkt de naam van een persoon en valt weg. Noem een organisatie.",
        ))  # fmt: skip
    said = InitiativeSaid(
        label=words["name"], aim=words["aim"], lead=lead.name, lead_record=lead.record,
        lead_role="" if is_person(words["role"]) else words["role"],
        kind=kind.partition(":")[2], serves=tuple(sorted(serves)),
        amount_eur=_read_money(row, problems), amount_source=words["amount_source"],
        funder=words["funder"], starts=_read_day(row, "starts", problems),
        ends=_read_day(row, "ends", problems), website=_read_website(row, problems),
    )  # fmt: skip
    if said.starts and said.ends and said.ends < said.starts:
        problems.append(row.wrong(
            "ends", "The end is before the beginning, and is left out.",
            "Het einde ligt voor het begin en valt weg.",
        ))  # fmt: skip
        said = replace(said, ends=None)
    notes = (lead.note,) if lead.note else ()
    return _Read(row, said, tuple(problems), notes, lead.is_numbered)


def _unknown(row: CellRow, kind: str, name: str) -> Problem:
    return row.wrong(
        kind, f"'{name[:80]}' is not known here, and is left out.",
        f"'{name[:80]}' is hier niet bekend en valt weg.",
    )  # fmt: skip


def _read_money(row: CellRow, problems: list[Problem]) -> float | int | None:
    value = row.value("amount")
    if value is None:
        return None
    number = value if isinstance(value, (int, float)) and not isinstance(value, bool) else None
    amount = read_amount(row.text("amount")) if number is None else number if number >= 0 else None
    if amount is None:
        problems.append(row.wrong(
            "amount", "This is no amount, and is left out.", "Dit is geen bedrag en valt weg."
        ))  # fmt: skip
    return amount


def _read_day(row: CellRow, name: str, problems: list[Problem]) -> date | None:
    """Read a day; of a year or month alone the first day begins, the last one ends."""
    value = row.value(name)
    if value is None:
        return None
    made, wrong = clean("date", value)
    if wrong is not None:
        problems.append(row.wrong(name, wrong.en, wrong.nl))
        return None
    text = str(made)
    if name == "starts":
        text += "-01-01"[len(text) - 4 :] if len(text) < 10 else ""
        return date.fromisoformat(text)
    if len(text) == 4:
        return date(int(text), 12, 31)
    if len(text) == 7:
        year, month = int(text[:4]), int(text[5:])
        return date(year + month // 12, month % 12 + 1, 1).replace() - date.resolution
    return date.fromisoformat(text)


def _read_website(row: CellRow, problems: list[Problem]) -> str:
    text = row.text("website")
    if not text:
        return ""
    address = text if "://" in text else f"https://{text}"
    if not re.fullmatch(r"https?://[^\s<>\"'@]+\.[^\s<>\"'@]{2,300}", address):
        problems.append(row.wrong(
            "website", "This is no web address, and is left out.", "Dit is geen webadres en valt weg."
        ))  # fmt: skip
        return ""
    return address


def _find_leads(
    con: duckdb.DuckDBPyConnection,
    rows: Sequence[CellRow],
    held: Mapping[str, Judgement],
    home: str,
) -> dict[str, _Lead]:
    """Give for each lead that is written the organisation that it is, where that is sure enough."""
    known = {
        said.lead: said.lead_record
        for line in held.values()
        if (said := read_said(line.value, "")).lead
    }
    found: dict[str, _Lead] = {}
    ask: list[str] = []
    for text in dict.fromkeys(filter(None, (row.text("lead") for row in rows))):
        named = _NAMED.match(text)
        identifier = named["id"] if named else text if is_organisation_id(text) else ""
        name = (named["name"] if named else text)[:300]
        if identifier and is_organisation_id(identifier):
            if known.get(name) == identifier:
                found[text] = _Lead(name, identifier, is_numbered=True)
                continue
            there = find_source_record(con, identifier)
            if there is not None:
                found[text] = _Lead(there[1].name or identifier, there[0], is_numbered=True)
                continue
        if not identifier and text in known:
            found[text] = _Lead(name, known[text])
        elif not identifier and is_person(text):
            found[text] = _Lead()
        else:
            ask.append(text)
    answers = look_up(con, [Row(name=text) for text in ask], home) if ask else ()
    for text, answer in zip(ask, answers, strict=True):
        decided = decide(SheetRow(0, {"name": text}, {}), "", answer, {})
        if decided.status == "matched":
            first = next(each for each in answer.candidates if each.source_key == decided.chosen)
            note = Text(
                f"Run by {first.name} ({first.source_key}), by its name.",
                f"Uitgevoerd door {first.name} ({first.source_key}), op naam.",
            )
            found[text] = _Lead(text[:300], first.source_key, note)
        elif decided.status == "ambiguous":
            names = "; ".join(f"{each.name} ({each.source_key})" for each in answer.candidates[:3])
            note = Text(
                f"Who runs it resembles {names}: kept as a plain name. Write the number behind it.",
                f"Wie het uitvoert lijkt op {names}: bewaard als gewone naam. Schrijf het nummer erachter.",
            )
            found[text] = _Lead(text[:300], "", note)
        else:
            found[text] = _Lead(text[:300])
    return found
