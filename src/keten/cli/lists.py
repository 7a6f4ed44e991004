"""`keten lists`: people's own sheets, previewed, imported as one, undone as one, and given back."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from keten.cli.output import day, write_json, write_line, write_table
from keten.cli.progress import bars
from keten.cli.session import Session, command, now
from keten.errors import UsageError
from keten.lists.added import (
    STATUS_WORDS,
    THING_WORDS,
    WAY_WORDS,
    added_to_preview,
    added_to_things,
    thing_headings,
)
from keten.lists.answers import show_list, show_lists
from keten.lists.columns import fold
from keten.lists.fields import BY_NAME, KEPT, LEFT_OUT, label_of
from keten.lists.give_back import give_back, write_list
from keten.lists.held import slug_of
from keten.lists.indicators import read_figure, write_figures
from keten.lists.initiative_sheet import as_row, write_initiatives
from keten.lists.looking import look
from keten.lists.preview import NOBODY, Asked, choose
from keten.lists.read import Book, read_book
from keten.lists.records import import_list, last_import, undo_import
from keten.lists.tables import write_workbook
from keten.lists.thing_records import import_things
from keten.lists.things import THING_STATUSES, ThingPreview
from keten.lists.usable import find_usable
from keten.lists.views import STATUSES, VISIBILITIES, ListView, Preview
from keten.lists.vocabulary import INDICATORS, INITIATIVES, ORGANISATIONS, VOCABULARIES
from keten.programme.register_answers import read_known_terms
from keten.workspace import Person, Store, Terms

_FILE = click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
_INTO = click.option("--into", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
                     required=True, help="Where to write it.")  # fmt: skip
_NAME = click.option("--as", "name", metavar="NAME", help="The name of the list.", required=True)
_WHO = click.option("--who", "author", metavar="NAME", default="", help="Who says so.")
_HOW: Sequence[Callable[[Any], Any]] = (
    click.option("--sheet", default="", help="The sheet to read, where there are several."),
    click.option("--column", "columns", multiple=True, metavar="HEADING=FIELD",
                 help=f"What a column holds: {', '.join([*BY_NAME, KEPT, LEFT_OUT])}; of initiatives "
                 "and figures: see the preview."),
    click.option("--kind", type=click.Choice(list(VOCABULARIES)), default=None,
                 help="What the rows are; left out, what the headings say."),
    click.option("--choose", "choices", multiple=True, metavar="ROW=KEY",
                 help="Which record the organisation of a row is (row number or own:…), or none."),
)  # fmt: skip


@click.group()
def lists() -> None:
    """Keep your own lists: Excel (xlsx, xls, ods) or CSV, matched to the evidence.

    \b
    keten lists preview members.xlsx --as Members        nothing is stored
    keten lists import members.xlsx --as Members --who "Your name"
    keten lists give-back members.xlsx --as Members --into members-keten.xlsx

    A list is one of organisations, of initiatives, or of figures of regions and value chains.
    """


def _how(function: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(_HOW):
        function = option(function)
    return function


@command(name="list")
def list_lists(session: Session) -> None:
    """Name the lists that are kept."""
    with session.open_store() as store:
        found = show_lists(store, _owner())
    say = session.words
    if session.as_json:
        write_json(session, say("Lists"), {"lists": found}, needs_evidence=False)
        return
    if not found:
        write_line(say("There is no list yet: keten lists import FILE --as NAME --who NAME"))
        return
    write_table(
        [say("list"), say("name"), say("rows"), say("last read"), say("for")],
        [
            (one.slug, one.name, str(one.rows), f"{one.last_file}, {day(one.last_at, session)}",
             say(one.visibility))
            for one in found
        ],
        [2],
    )  # fmt: skip


@command(name="preview")
@_FILE
@_NAME
@_how
def show_preview(session: Session, file: Path, name: str, **how: Any) -> None:
    """Show what would become of each row of FILE; nothing is stored."""
    with session.open_store() as store:
        _, _, found = _look(session, store, file, name, how)
    if session.as_json:
        write_json(session, file.name, {"preview": found})
    elif isinstance(found, ThingPreview):
        _write_things(session, found)
    else:
        _write_preview(session, found)


@command(name="import")
@_FILE
@_NAME
@_how
@_WHO
@click.option("--why", "reason", default="", help="Why, in words.")
@click.option("--for", "visibility", type=click.Choice(VISIBILITIES), default="editors",
              show_default=True, help="Who may see a new list.")  # fmt: skip
@click.option("--whole", is_flag=True, help="Rows that FILE does not hold leave the list.")
def import_file(
    session: Session,
    file: Path,
    name: str,
    author: str,
    reason: str,
    visibility: str,
    whole: bool,
    **how: Any,
) -> None:
    """Store FILE as a list, all of it or nothing; what the list says already is not stored twice."""
    writer = _writer(author)
    why = reason.strip() or f"{file.name}"
    who: dict[str, Any] = {"visibility": visibility, "is_whole": whole, "reader": _owner()}
    with session.open_store() as store:
        _, _, found = _look(session, store, file, name, how, visibility)
        if isinstance(found, ThingPreview):
            done = import_things(store, found, name, why, writer, now(), **who)
        else:
            done = import_list(store, found, name, why, writer, now(), **who)
    say = session.words
    if session.as_json:
        write_json(session, file.name, {"imported": done, "problems": found.problems})
        return
    if isinstance(found, ThingPreview):
        _write_thing_counts(session, found)
    else:
        _write_counts(session, found)
    if done.batch is None:
        write_line(say("The list says all of this already; nothing was written."))
        return
    write_line(say("Written: {} rows new, {} changed, {} taken out; to take this back:",
                   done.added, done.changed, done.removed))  # fmt: skip
    write_line(f"keten lists undo --as {found.slug} --who NAME")


@command(name="show")
@click.argument("name")
def show(session: Session, name: str) -> None:
    """Show a list: its rows, what each was matched to, and its imports."""
    with session.open_store() as store:
        view = show_list(session.evidence.cursor(), store, slug_of(name), _owner())
    if session.as_json:
        write_json(session, view.head.name, {"list": view})
        return
    say, language = session.words, session.language
    write_line(view.head.name, "bold")
    if view.head.kind == INITIATIVES:
        write_table([say("name")], [(as_row(line).said.label,) for line in view.things])
    elif view.head.kind == INDICATORS:
        figures = [read_figure(line) for line in view.things]
        write_table(
            [say("indicator"), say("of what"), say("period"), say("value"), say("source")],
            [
                (one.indicator, one.of, one.period, f"{one.value} {one.unit}".strip(), one.source)
                for one in figures
            ],
            [3],
        )
    write_table(
        [say("row"), say("name"), say("verdict"), say("organisation"), ""],
        [
            (str(row.at), row.name, STATUS_WORDS[row.status].in_language(language),
             row.organisation_name, row.organisation_id)
            for row in view.rows
        ],
        [0],
    )  # fmt: skip
    for one in view.imports:
        undone = f" ({say('undone')})" if one.undone_by else ""
        write_line(f"{day(one.made_at, session)}  {one.file}  {one.lines}{undone}", "dim")


@command(name="undo")
@_NAME
@_WHO
@click.option("--why", "reason", default="", help="Why, in words.")
def undo(session: Session, name: str, author: str, reason: str) -> None:
    """Take back the last import of a list, all of it."""
    writer, slug = _writer(author), slug_of(name)
    with session.open_store() as store:
        last = last_import(store, slug, _owner())
        done = undo_import(store, last.number, reason or "Taken back.", writer, now())
    if session.as_json:
        write_json(session, slug, {"undone": last, "by": done}, needs_evidence=False)
        return
    write_line(session.words("Taken back: {} lines of {}.", done.lines, last.detail["file"]))


@command(name="give-back", with_json=False)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), required=False)
@_NAME
@_how
@_INTO
def return_sheet(session: Session, file: Path | None, name: str, into: Path, **how: Any) -> None:
    """Write FILE again with columns added (who, how sure, problems); without FILE, the list as it is."""
    con, slug = session.evidence.cursor(), slug_of(name)
    with session.open_store() as store:
        if file is None:
            content, ending = (
                _write_whole(session, show_list(con, store, slug, _owner()), store),
                ".xlsx",
            )
        else:
            given, book, found = _look(session, store, file, name, how)
            language, heads = session.language, list[str]()
            if isinstance(found, ThingPreview):
                added, heads = added_to_things(found, language), thing_headings(language)
            else:
                known = find_usable(con, (row.chosen for row in found.rows))
                added = added_to_preview(found, known, language)
            content, ending = give_back(given, book, found, added, language, heads)
    path = into if into.suffix.lower() == ending else into.with_name(into.name + ending)
    try:
        path.write_bytes(content)
    except OSError as error:
        raise UsageError(
            f"{path} cannot be written: {error.strerror}.", "Name a file in a folder of yours."
        ) from error
    write_line(session.words("Written: {}", path))


for _command in (list_lists, show_preview, import_file, show, undo, return_sheet):
    lists.add_command(_command)


def _look(
    session: Session, store: Store, file: Path, name: str, how: dict[str, Any], visibility: str = ""
) -> tuple[bytes, Book, Preview | ThingPreview]:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise UsageError(f"'{file}' cannot be read: {error.strerror}.", "Name a file.") from error
    book, con = read_book(content, file.name), session.evidence.cursor()
    home = session.settings.home_country
    asked = Asked(
        slug_of(name), how["sheet"], _read_mapping(how["columns"]), home=home,
        evidence=session.evidence.fingerprint,
    )  # fmt: skip
    with bars() as tell:
        found = look(
            con, store, book, asked, _terms(session, store), kind=how["kind"] or "",
            visibility=visibility, reader=_owner(), tell=tell,
        )  # fmt: skip
    if isinstance(found, ThingPreview):
        return content, book, found
    return content, book, choose(found, _read_choices(how["choices"], found))


def _terms(session: Session, store: Store) -> Terms:
    con, home = session.evidence.cursor(), session.settings.home_country
    return read_known_terms(con, store, home, now().date())


def _write_whole(session: Session, view: ListView, store: Store) -> bytes:
    """Give a list as it holds as a workbook."""
    language, lines = session.language, list(view.things)
    if view.head.kind == ORGANISATIONS:
        return write_list(view, language)
    terms = _terms(session, store)
    if view.head.kind == INITIATIVES:
        rows = write_initiatives((as_row(line) for line in lines), terms, language)
    else:
        rows = write_figures(lines, terms, language)
    return write_workbook({view.head.name: rows})


def _owner() -> Person:
    """Whoever runs this owns the machine, and reads what editors read; nothing is written so."""
    return Person(0, "", "administrator", "")


def _writer(author: str) -> str:
    if not author.strip():
        raise UsageError("It is not said who writes this.", "Add --who, with a name.")
    return author.strip()


def _read_mapping(given: Sequence[str]) -> dict[str, str]:
    mapping: dict[str, str] = {}
    for text in given:
        heading, _, field = text.rpartition("=")
        if not heading or not any(field in each.names for each in VOCABULARIES.values()):
            raise UsageError(
                f"'{text}' does not say what a column holds.",
                f"Write HEADING=FIELD, with one of: {', '.join([*BY_NAME, KEPT, LEFT_OUT])}.",
            )
        mapping[fold(heading)] = field
    return mapping


def _read_choices(given: Sequence[str], found: Preview) -> dict[str, str]:
    rows = {str(row.row.line): row for row in found.rows} | {row.key: row for row in found.rows}
    choices: dict[str, str] = {}
    for text in given:
        place, _, key = text.partition("=")
        row = rows.get(place)
        known = {each.source_key for each in row.candidates} if row else set()
        if row is None or key not in {*known, NOBODY}:
            raise UsageError(
                f"'{text}' chooses nothing.",
                f"Write ROW=KEY, with one of: {', '.join([*sorted(known), NOBODY])}.",
            )
        choices[row.key] = key
    return choices


def _write_things(session: Session, found: ThingPreview) -> None:
    say, language = session.words, session.language
    write_line(f"{found.file} · {found.sheet}", "bold")
    vocabulary = VOCABULARIES[found.kind]
    write_table(
        [say("column"), say("is read as"), say("for instance")],
        [
            (column.heading, vocabulary.label_of(column.field).in_language(language),
             "; ".join(column.samples))
            for column in found.layout.columns
        ],
    )  # fmt: skip
    rows = []
    for row in found.rows:
        told = [f"{each.address}: {each.what.in_language(language)}" for each in row.problems]
        told += [note.in_language(language) for note in row.notes]
        told += [
            f"{each.heading.in_language(language)}: {each.before} → {each.after}"
            for each in row.differences
        ]
        status = THING_WORDS[row.status].in_language(language)
        rows.append((str(row.line), row.name, status, "\n".join(told)))
    write_table([say("row"), say("name"), say("verdict"), ""], rows, [0])
    _write_thing_counts(session, found)


def _write_thing_counts(session: Session, found: ThingPreview) -> None:
    language = session.language
    counts = [(THING_WORDS[status], found.count(status)) for status in THING_STATUSES]
    write_line(
        ", ".join(f"{text.in_language(language)}: {count}" for text, count in counts if count)
    )
    if found.missing:
        missing = len(found.missing)
        write_line(session.words("Rows of the list that this sheet does not hold: {}", missing))


def _write_preview(session: Session, found: Preview) -> None:
    say, language = session.words, session.language
    write_line(f"{found.file} · {found.sheet}", "bold")
    write_table(
        [say("column"), say("is read as"), say("for instance")],
        [
            (
                column.heading,
                label_of(column.field).in_language(language),
                "; ".join(column.samples),
            )
            for column in found.layout.columns
        ],
    )
    rows = []
    for row in found.rows:
        told = [f"{each.address}: {each.what.in_language(language)}" for each in row.row.problems]
        if row.status == "ambiguous":
            told += [
                f"{each.source_key}  {each.name}  {100 * each.probability:.0f} %"
                for each in row.candidates
            ]
        first = next((each.name for each in row.candidates if each.source_key == row.chosen), "")
        way = WAY_WORDS[row.way].in_language(language) if row.way in WAY_WORDS else ""
        like = str(row.like) if row.like else ""
        status = STATUS_WORDS[row.status].in_language(language)
        rows.append(
            (str(row.row.line), row.row.text("name"), f"{status} {like}".strip(),
             " · ".join(filter(None, (first or row.chosen, way))), "\n".join(told))
        )  # fmt: skip
    write_table([say("row"), say("name"), say("verdict"), say("organisation"), ""], rows, [0])
    _write_counts(session, found)


def _write_counts(session: Session, found: Preview) -> None:
    language = session.language
    write_line(
        ", ".join(
            f"{STATUS_WORDS[status].in_language(language)}: {found.count(status)}"
            for status in STATUSES
        )
    )
    if found.missing:
        write_line(
            session.words("Rows of the list that this sheet does not hold: {}", found.missing)
        )
