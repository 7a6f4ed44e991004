"""My lists: takes a sheet, shows what becomes of it, keeps it as a list, gives it back."""

from dataclasses import dataclass, replace

from starlette.responses import Response

from keten.errors import NotFoundError, UsageError
from keten.lists.added import added_to_preview
from keten.lists.answers import show_list
from keten.lists.columns import fold
from keten.lists.fields import BY_NAME, KEPT, LEFT_OUT
from keten.lists.give_back import file_name, give_back, write_list
from keten.lists.held import find_mark, slug_of
from keten.lists.preview import NOBODY, choose
from keten.lists.read import MOST_BYTES, read_book
from keten.lists.records import import_list, undo_import
from keten.lists.usable import find_usable
from keten.lists.views import VISIBILITIES, Preview
from keten.web.pages.lists.desk import Sent
from keten.web.pages.lists.shown import desk_of, find_sent, look, show_all, show_desk, show_one
from keten.web.reply import PRIVATE, Page, Pages, see_other
from keten.web.trouble import Trouble, bad_question
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
            mishaps.append(Mishap("file", error.what, error.next_step))
    if mishaps or file_sent is None:
        return show_all(visit, tuple(mishaps), 400)
    account = visit.person.account if visit.person else -1
    sent = Sent("", account, file_sent[0][:120], name[:120], visibility)
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
            if field not in {*BY_NAME, KEPT, LEFT_OUT}:
                raise bad_question(visit.words, f"{name[:40]}={field[:40]}")
            mapping[fold(name.removeprefix("column-"))] = field
    same_sheet = chosen == form.get("shown", chosen)
    sent = replace(sent, sheet=chosen[:200], mapping=mapping if same_sheet else {})
    desk_of(visit).change(sent)
    return see_other(visit, visit.addresses.page(f"lists/sheets/{token}"))


@pages.form("/lists/sheets/{token}/import", role="editor")
def import_sheet(visit: Visiting, token: str) -> Page | Response:
    """Store a sheet as a list, all of it or nothing."""
    sent, form, words = find_sent(visit, token), visit.form, visit.words
    found = look(visit, sent)
    if not isinstance(found, Preview):
        return see_other(visit, visit.addresses.page(f"lists/sheets/{token}"))
    if form["seen"] != str(find_mark(visit.store, found.slug, visit.person)):
        told = Mishap(
            "",
            words("Somebody read something else into this list meanwhile, or took it back."),
            words("Below is what becomes of your sheet now; look again, and keep it then."),
        )
        return show_desk(visit, sent, (told,), 409)
    found = choose(found, _read_choices(visit, found))
    reason = form.get("reason", "").strip() or sent.file
    import_list(
        visit.store, found, sent.name, reason[:4000], "", visit.now, visibility=sent.visibility,
        is_whole=form.get("whole") == "yes", reader=visit.person,
    )  # fmt: skip
    desk_of(visit).drop(sent)
    return see_other(visit, visit.addresses.page(f"lists/{found.slug}"))


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
    if not isinstance(found, Preview):
        return see_other(visit, visit.addresses.page(f"lists/sheets/{token}"))
    content = desk_of(visit).content(sent)
    known = find_usable(visit.con, {row.chosen for row in found.rows if row.chosen})
    book = read_book(content, sent.file)
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
    return _as_file(write_list(view, visit.language), file_name(view.head.slug, ".xlsx"), ".xlsx")


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


def _read_choices(visit: Visit, found: Preview) -> dict[str, str]:
    known = {
        row.key: {NOBODY, *(each.source_key for each in row.candidates)}
        for row in found.rows
        if row.status == "ambiguous"
    }
    choices: dict[str, str] = {}
    for name in visit.form:
        key, choice = name.removeprefix("choice-"), visit.form[name]
        if name.startswith("choice-") and choice:
            if choice not in known.get(key, set()):
                raise bad_question(visit.words, f"{name[:40]}={choice[:40]}")
            choices[key] = choice
    return choices


def _as_file(content: bytes, name: str, ending: str) -> Response:
    plain = name.encode("ascii", "replace").decode().replace("?", "-").replace('"', "")
    headers = {**PRIVATE, "Content-Disposition": f'attachment; filename="{plain}"'}
    return Response(content, media_type=_KINDS[ending], headers=headers)


def _unknown(visit: Visit) -> Trouble:
    return Trouble(
        visit.words("There is no such list here."), visit.words("Choose one from your lists.")
    )
