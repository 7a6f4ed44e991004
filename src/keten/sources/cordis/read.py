"""Reads one delivery of CORDIS into typed rows; every row ends in a table or in an issue."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from keten.errors import SourceError
from keten.model import Found, Issue, Package, Reading, Severity, Text
from keten.sources.cordis.find import stem_of
from keten.sources.cordis.layout import (
    FILES,
    FRAMEWORKS,
    IGNORED_FILES,
    ORGANIZATION,
    PROJECT,
    ROLES,
    FileLayout,
    Use,
)
from keten.sources.cordis.persons import find_persons, withhold, without_names
from keten.sources.delivery import read_member
from keten.sources.tabular import Sheet, read_sheet
from keten.sources.values import (
    Column,
    Typed,
    read_amounts,
    read_dates,
    read_flags,
    read_integers,
    read_positions,
    read_texts,
    read_times,
)

Progress = Callable[[str, float], None]

_PROJECT_NUMBER = re.compile(rb"\s*[0-9]{3,12}(?:\.0)?\s*")
_PLAIN_NUMBER = r"^[0-9]{1,20}$"
_NUMBER = re.compile(r"([0-9A-Za-z-]{1,40})(?:\.0)?")
_EUROFUSION = "101052200"
_SHOWN = 200

_READERS: dict[str, Callable[[Column], Typed]] = {
    "text": read_texts,
    "amount": read_amounts,
    "integer": read_integers,
    "flag": read_flags,
    "date": read_dates,
    "time": read_times,
}


@dataclass(frozen=True, slots=True)
class _Part:
    """One file of the delivery with its layout, and what is said about its rows."""

    file: int
    layout: FileLayout
    sheet: Sheet
    issues: list[Issue]

    def text(self, heading: str) -> pa.StringArray:
        """Give a column; where the file lacks it, empty values."""
        found = self.sheet.columns.get(heading)
        return pa.nulls(len(self.sheet.rows), pa.string()) if found is None else found


def read(package: Package, progress: Progress = lambda _what, _share: None) -> Reading:
    """Read a delivery; `progress` is told which file is being read, and the share done (0..1).

    Raises: SourceError when a file or column is missing without which nothing can be told.
    """
    issues: list[Issue] = []
    members = _members(package, issues)
    parts: dict[str, _Part] = {}
    for file, (stem, member) in enumerate(members.items()):
        layout = next(each for each in FILES if each.stem == stem)
        progress(member, file / len(members))
        parts[stem] = _read_part(package, member, layout, file)
    programme = _programme(package, parts[PROJECT.stem])
    tables, issues_of_rows = _tables(parts, programme)
    in_order = sorted(parts.values(), key=lambda part: part.file)
    issues.extend(issues_of_rows)
    files = [part.sheet.found for part in in_order]
    issues = _withhold_persons(parts[ORGANIZATION.stem], tables, files, issues)
    return Reading(
        package=Package(package.source, programme, package.path, package.members),
        files=tuple(files),
        tables=tables,
        typed_from={part.layout.table: part.file for part in in_order},
        issues=tuple(issues),
        caveats=_caveats(programme, tables),
    )


# --- files ------------------------------------------------------------------------------------


def _members(package: Package, issues: list[Issue]) -> dict[str, str]:
    """Give the member for each file that is read; say which are unknown or absent."""
    members: dict[str, str] = {}
    for member in package.members:
        stem = stem_of(member)
        if stem in IGNORED_FILES:
            continue
        if not stem:
            note = Text(
                "Keten does not know this file; it was not read.",
                "Keten kent dit bestand niet; het is niet gelezen.",
            )
            issues.append(Issue("new-file", Severity.NOTE, note, value=member))
        elif stem in members:
            raise SourceError(
                f"{package.path} holds two files for {stem}: {members[stem]} and {member}.",
                "Keep one of them.",
            )
        else:
            members[stem] = member
    absent = [layout for layout in FILES if layout.stem not in members]
    issues.extend(_absence(package, layout) for layout in absent)
    return members


def _absence(package: Package, layout: FileLayout) -> Issue:
    if layout.is_required:
        raise SourceError(
            f"{package.path} holds no {layout.stem}.csv.",
            "Download the whole delivery again from the publisher: project and organization "
            "belong together.",
        )
    return Issue(
        "file-absent",
        Severity.NOTE,
        Text(
            f"The delivery holds no {layout.stem}.csv; the table {layout.table} is empty.",
            f"In de levering zit geen {layout.stem}.csv; de tabel {layout.table} is leeg.",
        ),
        value=layout.stem,
    )


def _read_part(package: Package, member: str, layout: FileLayout, file: int) -> _Part:
    sheet = read_sheet(
        read_member(package.path, member),
        member,
        file=file,
        keep=layout.headings,
        first_field=_PROJECT_NUMBER,
        first_heading=layout.key,
    )
    names = sheet.found.header
    missing = [heading for heading in layout.required if heading not in names]
    if missing:
        raise SourceError(
            f"{member} in {package.path} has no column {', '.join(missing)}; "
            f"its heading is: {', '.join(names)[:_SHOWN]}.",
            "Check that it is the publisher's file as delivered, or download it again.",
        )
    issues = list(sheet.issues)
    for name in names:
        if name and name not in layout.headings and name not in layout.ignored:
            note = Text(
                "Keten does not know this column; it was not read.",
                "Keten kent deze kolom niet; zij is niet gelezen.",
            )
            issues.append(Issue("new-column", Severity.NOTE, note, file, 1, name))
    return _Part(file, layout, sheet, issues)


def _programme(package: Package, part: _Part) -> str:
    """Give the programme that most projects name.

    Raises: SourceError when that is none that keten knows.
    """
    named = pc.utf8_upper(pc.utf8_trim_whitespace(part.text("frameworkProgramme").drop_null()))
    counts = sorted(
        ((entry["counts"], entry["values"]) for entry in pc.value_counts(named).to_pylist()),
        reverse=True,
    )
    if not counts and package.release in FRAMEWORKS.values():
        return package.release
    name = counts[0][1] if counts else ""
    if name not in FRAMEWORKS:
        raise SourceError(
            f"{package.path} holds projects of '{name or 'no programme'}'.",
            "keten reads Horizon Europe (HORIZON) and Horizon 2020 (H2020): take the file away.",
        )
    return FRAMEWORKS[name]


# --- rows -------------------------------------------------------------------------------------


def _tables(parts: dict[str, _Part], programme: str) -> tuple[dict[str, pa.Table], list[Issue]]:
    """Give every table, that of absent files empty, and the issues of all files in order."""
    project = _Typing(parts[PROJECT.stem], programme)
    project.lose_other_programmes()
    project.lose_repeated_projects()
    tables = {PROJECT.table: project.table()}
    known = project.numbers.filter(pa.array(project.kept))
    for layout in FILES[1:]:
        part = parts.get(layout.stem) or _absent_part(layout)
        typing = _Typing(part, programme)
        typing.lose_orphans(known)
        typing.lose_repeated_rows()
        tables[layout.table] = typing.table()
    in_order = sorted(parts.values(), key=lambda part: part.file)
    return tables, [issue for part in in_order for issue in part.issues]


def _withhold_persons(
    part: _Part, tables: dict[str, pa.Table], files: list[Found], issues: list[Issue]
) -> list[Issue]:
    """Blank the participants who are persons in table and file; give the issues without them."""
    persons = find_persons(part.text("name"))
    if not persons.any():
        return issues
    place = part.file
    name = part.layout.table
    tables[name], files[place], told = withhold(
        tables[name], files[place], part.sheet, persons, place
    )
    lines = part.sheet.line[persons].tolist()
    return [*without_names(issues, files[place], lines, place), told]


def _absent_part(layout: FileLayout) -> _Part:
    nothing = Found("", (), "", "", 0, pa.array([], pa.int64()), pa.array([], pa.string()))
    columns = {heading: pa.array([], pa.string()) for heading in layout.headings}
    return _Part(0, layout, Sheet(nothing, columns, np.empty(0, np.int64), ()), [])


class _Typing:
    """The rows of one file on their way to a table; `kept` says which have not been lost."""

    def __init__(self, part: _Part, programme: str) -> None:
        self.part = part
        self.programme = programme
        self.line = part.sheet.line
        self.kept = np.ones(len(self.line), np.bool_)
        self.numbers = self._numbers(part.layout.key)
        self.own_numbers = self._numbers(part.layout.own_key) if part.layout.own_key else None

    def _numbers(self, heading: str) -> pa.StringArray:
        """Give the identifying numbers of a column; rows without are lost."""
        text = self.part.text(heading)
        plain = pc.fill_null(pc.match_substring_regex(text, _PLAIN_NUMBER), False)
        if not pc.all(plain).as_py() and len(text):
            coded = text.dictionary_encode()
            clean = [_number(value) for value in coded.dictionary.to_pylist()]
            text = pa.array(clean, pa.string()).take(coded.indices)
            why = Text(
                f"The row has no {heading} by which it could be known.",
                f"De rij heeft geen {heading} waaraan zij te kennen is.",
            )
            self._lose("no-id", _flags(pc.is_null(text)), lambda _: why, heading)
        return text

    def _lose(
        self,
        code: str,
        lost: NDArray[np.bool_],
        why: Callable[[int], Text],
        heading: str = "",
    ) -> None:
        """Take rows out and write an issue for each, once."""
        for row in np.flatnonzero(lost & self.kept).tolist():
            found = self.part.sheet.found.text[int(self.part.sheet.rows[row])].as_py()
            line = int(self.line[row])
            self.part.issues.append(
                Issue(
                    code, Severity.ROW_LOST, why(row), self.part.file, line, heading, found[:_SHOWN]
                )
            )
        self.kept &= ~lost

    def lose_other_programmes(self) -> None:
        """Take out projects of another programme than most: their numbers are of another kind."""
        named = pc.utf8_upper(pc.utf8_trim_whitespace(self.part.text("frameworkProgramme")))
        mine = [name for name, programme in FRAMEWORKS.items() if programme == self.programme]
        other = pc.and_(pc.is_valid(named), pc.invert(pc.is_in(named, pa.array(mine, pa.string()))))
        why = Text(
            f"The project is of another programme than the rest of the file ({self.programme}).",
            f"Het project is van een ander programma dan de rest van het bestand "
            f"({self.programme}).",
        )
        self._lose("other-programme", _flags(other), lambda _: why, "frameworkProgramme")

    def lose_repeated_projects(self) -> None:
        """Take out a project whose number came before."""
        first = _first_rows(self.numbers, self.kept)
        repeated = first != np.arange(len(first))
        self._lose(
            "repeated-project",
            repeated,
            lambda row: Text(
                f"The project is already on line {self.line[first[row]]}.",
                f"Het project staat al op regel {self.line[first[row]]}.",
            ),
            self.part.layout.key,
        )

    def lose_orphans(self, known: pa.StringArray) -> None:
        """Take out rows whose project is not in the file project, or was lost there."""
        orphan = pc.invert(pc.is_in(self.numbers, known))
        why = Text(
            "The row belongs to a project that is not in the file project.",
            "De rij hoort bij een project dat niet in het projectbestand staat.",
        )
        self._lose("no-such-project", _flags(orphan), lambda _: why, self.part.layout.key)

    def lose_repeated_rows(self) -> None:
        """Take out rows that are in every character the same as one before: counted once."""
        text = self.part.sheet.found.text
        candidates = np.flatnonzero(self._may_repeat())
        if len(candidates) == 0:
            return
        rows = text.take(pa.array(self.part.sheet.rows[candidates]))
        first = candidates[_first_rows(rows, self.kept[candidates])]
        before = dict(zip(candidates.tolist(), first.tolist(), strict=True))
        repeated = np.zeros(len(self.kept), np.bool_)
        repeated[candidates] = first != candidates
        self._lose(
            "repeated-row",
            repeated,
            lambda row: Text(
                f"The same row is already on line {self.line[before[row]]}.",
                f"Dezelfde rij staat al op regel {self.line[before[row]]}.",
            ),
        )

    def _may_repeat(self) -> NDArray[np.bool_]:
        """Say which rows share project and second key with another: only these are compared."""
        second = self.own_numbers
        if second is None:
            second = self.part.text(self.part.layout.uses[0].heading)
        key = _codes(self.numbers) * (len(second) + 1) + _codes(second)
        _, inverse, counts = np.unique(key, return_inverse=True, return_counts=True)
        return np.asarray(counts[inverse] > 1) & self.kept

    def table(self) -> pa.Table:
        """Give the table of the rows that were kept."""
        keep = pa.array(self.kept)
        everything = bool(self.kept.all())
        columns: dict[str, pa.Array] = {}
        for name, values in self._columns():
            columns[name] = values if everything else values.filter(keep)
        return pa.table(columns)

    def _columns(self) -> Iterator[tuple[str, pa.Array]]:
        rows = len(self.line)
        file = np.int64(self.part.file) << 32
        yield "record_id", pa.array(self.line + file, pa.int64())
        yield "project_id", _prefixed(f"{self.programme}-", self.numbers)
        if self.part.layout is PROJECT:
            yield "programme", _repeated(self.programme, rows)
            yield "source_id", self.numbers
        if self.own_numbers is not None:
            yield "source_key", _prefixed(f"{self.programme}:", self.own_numbers)
            yield "pic", self.own_numbers
            yield "programme", _repeated(self.programme, rows)
        for use in self.part.layout.uses:
            yield from self._typed(use)

    def _typed(self, use: Use) -> Iterator[tuple[str, pa.Array]]:
        text = self.part.text(use.heading)
        column = Column(use.heading, self.part.file, self.line, text)
        if use.kind == "position":
            typed, longitude = read_positions(column)
            yield use.column, typed.values
            yield "longitude", longitude
        elif use.kind == "role":
            typed = _read_roles(column)
            yield use.column, typed.values
        else:
            typed = _READERS[use.kind](column)
            yield use.column, typed.values
        self._say(typed.issues)

    def _say(self, issues: Sequence[Issue]) -> None:
        """Keep what is odd about values of rows that were kept; the others are lost anyhow."""
        if issues and not self.kept.all():
            lost = set(self.line[~self.kept].tolist())
            issues = [issue for issue in issues if issue.line not in lost]
        self.part.issues.extend(issues)


def _number(value: str) -> str | None:
    """Give an identifying number without what spreadsheets add to it."""
    match = _NUMBER.fullmatch(value.strip())
    return match[1] if match else None


def _read_roles(column: Column) -> Typed:
    """Give roles in one spelling; one that is not known keeps its own and gets an issue."""
    coded = column.text.dictionary_encode()
    found = coded.dictionary.to_pylist()
    names = [ROLES.get(re.sub(r"[^a-z]", "", role.casefold()), role) for role in found]
    new = [at for at, role in enumerate(names) if role not in ROLES.values()]
    issues = [
        Issue(
            "new-role",
            Severity.NOTE,
            Text(
                "Keten does not know this role; it was kept as found.",
                "Keten kent deze rol niet; zij is bewaard zoals gevonden.",
            ),
            column.file,
            int(column.line[row]),
            column.name,
            found[coded.indices[row].as_py()][:_SHOWN],
        )
        for row in np.flatnonzero(
            _flags(pc.is_in(coded.indices, pa.array(new, pa.int32())))
        ).tolist()
    ]
    return Typed(pa.array(names, pa.string()).take(coded.indices), tuple(issues))


# --- arrays -----------------------------------------------------------------------------------


def _flags(values: pa.BooleanArray) -> NDArray[np.bool_]:
    filled = pc.fill_null(values, False)
    return np.asarray(filled.to_numpy(zero_copy_only=False), np.bool_)


def _codes(text: pa.StringArray) -> NDArray[np.int64]:
    """Give each value a number, the same for the same text; -1 where empty."""
    coded = pc.fill_null(text.dictionary_encode().indices, -1)
    return np.asarray(coded.to_numpy(zero_copy_only=False), np.int64)


def _first_rows(text: pa.StringArray, kept: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Give for each row the first kept row with the same text; for others the row itself."""
    rows = np.arange(len(text))
    codes = _codes(text)
    usable = np.flatnonzero(kept & (codes >= 0))
    _, first, inverse = np.unique(codes[usable], return_index=True, return_inverse=True)
    rows[usable] = usable[first[inverse]]
    return rows


def _prefixed(prefix: str, text: pa.StringArray) -> pa.StringArray:
    return pc.binary_join_element_wise(prefix, text, "")


def _repeated(value: str, rows: int) -> pa.StringArray:
    return pa.repeat(pa.scalar(value, pa.string()), rows)


# --- caveats ----------------------------------------------------------------------------------


def _caveats(programme: str, tables: dict[str, pa.Table]) -> tuple[str, ...]:
    """Give the caveats of the card that hold for this delivery, found out from its content."""
    project, participation = tables[PROJECT.table], tables[ORGANIZATION.table]
    found = []
    if programme == "h2020" and _is_reconstructed(project):
        found.append("h2020-reconstructed")
    if programme == "he" and not _holds(project, _EUROFUSION):
        found.append("eurofusion-absent")
    if participation.column("is_sme").null_count < participation.num_rows:
        found.append("sme-date")
    return tuple(found)


def _is_reconstructed(project: pa.Table) -> bool:
    """Say whether record numbers stand in for grant numbers, or texts and dates are mostly absent.

    The publisher's own files have neither: grant and record numbers are two series, and every
    project has an objective and a date of update.
    """
    rows = project.num_rows
    same = pc.sum(pc.equal(project.column("source_id"), project.column("rcn"))).as_py() or 0
    bare = [project.column(name).null_count for name in ("objective", "updated_at")]
    return bool(rows > 0 and (same > rows / 20 or min(bare) > rows / 2))


def _holds(project: pa.Table, number: str) -> bool:
    return bool(pc.any(pc.equal(project.column("source_id"), number)).as_py())
