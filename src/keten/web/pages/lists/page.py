"""My lists: takes a sheet, shows what becomes of it, keeps it as a list, gives it back."""

from dataclasses import dataclass, replace

from starlette.responses import Response

from keten.errors import NotFoundError, UsageError
from keten.lists.added import added_to_preview, added_to_things, thing_headings
from keten.lists.answers import show_list
from keten.lists.columns import fold
from keten.lists.explained import explain_candidates
from keten.lists.give_back import file_name, give_back, write_list
from keten.lists.held import find_mark, slug_of
from keten.lists.indicators import write_figures
from keten.lists.initiative_sheet import as_row, write_initiatives
from keten.lists.preview import NOBODY, choose
from keten.lists.read import MOST_BYTES, read_book
from keten.lists.records import import_list, undo_import
from keten.lists.tables import write_workbook
from keten.lists.thing_records import import_things
from keten.lists.things import ThingPreview
from keten.lists.usable import find_usable
from keten.lists.views import VISIBILITIES, Preview
from keten.lists.vocabulary import INITIATIVES, ORGANISATIONS, VOCABULARIES
from keten.web.pages.lists.desk import Sent
from keten.web.pages.lists.shown import (
    desk_of,
    find_sent,
    look,
    show_all,
    show_desk,
    show_one,
    terms_of,
)
from keten.web.reply import PRIVATE, Page, Pages, see_other
from keten.web.trouble import Trouble, bad_question, put_error
from keten.web.visit import Visit, Visiting

pages = Pages()
_KINDS = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Mishap:
    """What is wrong with a field of a form, and what to do."""

    field: str
    what: str
    next_step: str


@pages.page("/lists", role="editor")
def all_lists(visit: Visiting) -> Page | Response:
    """Show the lists there are."""
    return show_all(visit)


@pages.form("/lists", role="editor", most_bytes=MOST_BYTES)
def send_sheet(visit: Visiting) -> Page | Response:
    """Take a sheet and put it on the desk; nothing is stored in a list."""
    form, words = visit.form, visit.words
    name, visibility = form.get("name", "").strip(), form.get("visibility", "editors")
    file_sent = form.file
    mishaps = []
    try:
        slug_of(name)
    except UsageError:
        mishaps.append(Mishap("name", words("The list has no name."), words("Give it one.")))
    if file_sent is None or not file_sent[1]:
        mishaps.append(Mishap("file", words("No file came along."), words("Choose one.")))
    if visibility not in VISIBILITIES:
        raise bad_question(words, f"visibility={visibility[:40]}")
    if not mishaps and file_sent is not None:
        try:
            read_book(file_sent[1], file_sent[0][:120])
        except UsageError as error:
            mishaps.append(Mishap("file", *put_error(error, words)))
    if mishaps or file_sent is None:
        return show_all(visit, tuple(mishaps), 400)
    account = visit.person.account if visit.person else -1
    sent = Sent("", account, file_sent[0][:120], name[:120], visibility, kind=_read_kind(visit))
    sent = desk_of(visit).keep(sent, file_sent[1], visit.now)
    return see_other(visit, visit.addresses.page(f"lists/sheets/{sent.token}"))


@pages.page("/lists/sheets/{token}", role="editor")
def sheet(visit: Visiting, token: str) -> Page | Response:
    """Show what would become of each row of a sheet."""
    return show_desk(visit, find_sent(visit, token))


@pages.form("/lists/sheets/{token}/columns", role="editor")
def choose_columns(visit: Visiting, token: str) -> Page | Response:
    """Read the columns of a sheet otherwise, or another of its sheets."""
    sent, form = find_sent(visit, token), visit.form
    chosen = form.get("sheet", sent.sheet)
    mapping: dict[str, str] = {}
    for name in form:
        if name.startswith("column-"):
            field = form[name]
            if not any(field in each.names for each in VOCABULARIES.values()):
                raise bad_question(visit.words, f"{name[:40]}={field[:40]}")
            mapping[fold(name.removeprefix("column-"))] = field
    kind = _read_kind(visit)
    is_same = chosen == form.get("shown", chosen) and kind == form.get("was", kind)
    kind = kind or sent.kind
    sent = replace(sent, sheet=chosen[:200], mapping=mapping if is_same else {}, kind=kind)
    desk_of(visit).change(sent)
    return see_other(visit, visit.addresses.page(f"lists/sheets/{token}"))


@pages.form("/lists/sheets/{token}/import", role="editor")
def import_sheet(visit: Visiting, token: str) -> Page | Response:
    """Store a sheet as a list, all of it or nothing."""
    sent, form, words = find_sent(visit, token), visit.form, visit.words
    found = look(visit, sent)
    if isinstance(found, float):
        return see_other(visit, visit.addresses.page(f"lists/sheets/{token}"))
    if form["seen"] != str(find_mark(visit.store, found.slug, visit.person)):
        told = Mishap(
            "",
            words("Somebody read something else into this list meanwhile, or took it back."),
            words("Below is what becomes of your sheet now; look again, and keep it then."),
        )
        return show_desk(visit, sent, (told,), 409)
    reason = (form.get("reason", "").strip() or sent.file)[:4000]
    is_whole = form.get("whole") == "yes"
    if isinstance(found, ThingPreview):
        import_things(
            visit.store, found, sent.name, reason, "", visit.now, visibility=sent.visibility,
            is_whole=is_whole, reader=visit.person,
        )  # fmt: skip
        desk_of(visit).drop(sent)
        if found.kind == INITIATIVES:
            return see_other(visit, visit.addresses.page("initiatives/matrix", list=found.slug))
        return see_other(visit, visit.addresses.page(f"lists/{found.slug}"))
    found = choose(found, _read_choices(visit, found))
    import_list(
        visit.store, found, sent.name, reason, "", visit.now, visibility=sent.visibility,
        is_whole=is_whole, reader=visit.person,
    )  # fmt: skip
    desk_of(visit).drop(sent)
    return see_other(visit, visit.addresses.page(f"lists/{found.slug}"))


@pages.form("/lists/sheets/{token}/choices", role="editor")
def remember_choices(visit: Visiting, token: str) -> Page | Response:
    """Remember what was chosen on one page of the rows to choose, and show another."""
    sent = find_sent(visit, token)
    found = look(visit, sent)
    if isinstance(found, Preview):
        choices = {**sent.choices, **_read_choices(visit, found, may_be_empty=True)}
        chosen = {key: choice for key, choice in choices.items() if choice}
        desk_of(visit).change(replace(sent, choices=chosen))
    start = visit.form.get("start", "")
    if not (start.isascii() and start.isdigit() and len(start) < 9):
        raise bad_question(visit.words, f"start={start[:40]}")
    address = visit.addresses.page(f"lists/sheets/{token}", ambiguous=start)
    return see_other(visit, f"{address}#ambiguous")


@pages.page("/lists/sheets/{token}/rows/{number}", role="editor")
def row(visit: Visiting, token: str, number: int) -> Page | Response:
    """Show a row of a sheet beside each organisation that it may be."""
    sent = find_sent(visit, token)
    found = look(visit, sent)
    back = visit.addresses.page(f"lists/sheets/{token}")
    if isinstance(found, float):
        return see_other(visit, back)
    rows = found.rows if isinstance(found, Preview) else ()
    this = next((each for each in rows if each.row.line == number), None)
    if this is None:
        raise bad_question(visit.words, f"rows/{number}")
    return Page(
        "lists/row.html",
        this.row.text("name") or visit.words("A row without a name"),
        {
            "row": this.row,
            "chosen": this.chosen,
            "candidates": explain_candidates(visit.con, this, visit.settings.home_country),
        },
        {"back": back},
        ((visit.words("My lists"), visit.addresses.page("lists")),
         (visit.words("What becomes of this sheet?"), back)),
        is_private=True,
    )  # fmt: skip


@pages.form("/lists/sheets/{token}/drop", role="editor")
def drop_sheet(visit: Visiting, token: str) -> Page | Response:
    """Put a sheet away without storing it."""
    desk_of(visit).drop(find_sent(visit, token))
    return see_other(visit, visit.addresses.page("lists"))


@pages.page("/lists/sheets/{token}/back", role="editor")
def sheet_back(visit: Visiting, token: str) -> Page | Response:
    """Give a sheet back with columns added."""
    sent = find_sent(visit, token)
    found = look(visit, sent)
    if isinstance(found, float):
        return see_other(visit, visit.addresses.page(f"lists/sheets/{token}"))
    content = desk_of(visit).content(sent)
    book = read_book(content, sent.file)
    if isinstance(found, ThingPreview):
        told = added_to_things(found, visit.language)
        made, ending = give_back(
            content, book, found, told, visit.language, thing_headings(visit.language)
        )
    else:
        known = find_usable(visit.con, {row.chosen for row in found.rows if row.chosen})
        added = added_to_preview(found, known, visit.language)
        made, ending = give_back(content, book, found, added, visit.language)
    return _as_file(made, file_name(sent.file, ending), ending)


@pages.page("/lists/{slug}", role="editor")
def one_list(visit: Visiting, slug: str) -> Page | Response:
    """Show a list."""
    start = visit.asked("from") or "1"
    if not (start.isascii() and start.isdigit() and 1 <= int(start[:9]) <= 1_000_000):
        raise bad_question(visit.words, f"from={start[:40]}")
    try:
        return show_one(visit, slug, int(start))
    except NotFoundError as error:
        raise _unknown(visit) from error


@pages.page("/lists/{slug}/workbook.xlsx", role="editor")
def workbook(visit: Visiting, slug: str) -> Page | Response:
    """Give a list as it holds as a workbook that can be sent again."""
    try:
        view = show_list(visit.con, visit.store_to_read, slug, visit.person)
    except NotFoundError as error:
        raise _unknown(visit) from error
    name = file_name(view.head.slug, ".xlsx")
    if view.head.kind == ORGANISATIONS:
        return _as_file(write_list(view, visit.language), name, ".xlsx")
    terms, lines = terms_of(visit), list(view.things)
    if view.head.kind == INITIATIVES:
        rows = write_initiatives((as_row(line) for line in lines), terms, visit.language)
    else:
        rows = write_figures(lines, terms, visit.language)
    return _as_file(write_workbook({view.head.name: rows}), name, ".xlsx")


@pages.form("/lists/{slug}/undo", role="editor")
def undo(visit: Visiting, slug: str) -> Page | Response:
    """Take an import of a list back, or bring it back."""
    number = visit.form["batch"]
    store = visit.store
    if not (number.isascii() and number.isdigit() and len(number) < 16):
        raise bad_question(visit.words, f"batch={number[:40]}")
    asked = store.batch(int(number), reader=visit.person)
    root = asked
    while root.undoes is not None:
        root = store.batch(root.undoes, reader=visit.person)
    if not isinstance(root.detail, dict) or root.detail.get("list") != slug:
        raise bad_question(visit.words, f"batch={number}")
    undo_import(store, asked.number, visit.words("Taken back as a whole."), "", visit.now)
    return see_other(visit, visit.addresses.page(f"lists/{slug}"))


def _read_kind(visit: Visit) -> str:
    kind = visit.form.get("kind", "")
    if kind not in {"", *VOCABULARIES}:
        raise bad_question(visit.words, f"kind={kind[:40]}")
    return kind


def _read_choices(visit: Visit, found: Preview, *, may_be_empty: bool = False) -> dict[str, str]:
    known = {
        row.key: {NOBODY, *(each.source_key for each in row.candidates)}
        for row in found.rows
        if row.status == "ambiguous" or row.key in found.chosen_by_person
    }
    choices: dict[str, str] = dict(found.chosen_by_person)
    for name in visit.form:
        key, choice = name.removeprefix("choice-"), visit.form[name]
        if name.startswith("choice-") and choice:
            if choice not in known.get(key, set()):
                raise bad_question(visit.words, f"{name[:40]}={choice[:40]}")
            choices[key] = choice
        elif name.startswith("choice-"):
            choices.pop(key, None)
            if may_be_empty:
                choices[key] = ""
    return choices


def _as_file(content: bytes, name: str, ending: str) -> Response:
    plain = name.encode("ascii", "replace").decode().replace("?", "-").replace('"', "")
    headers = {**PRIVATE, "Content-Disposition": f'attachment; filename="{plain}"'}
    return Response(content, media_type=_KINDS[ending], headers=headers)


def _unknown(visit: Visit) -> Trouble:
    return Trouble(
        visit.words("There is no such list here."), visit.words("Choose one from your lists.")
    )
