"""What the pages of lists show: a sheet on the desk, and a list as it holds."""

from typing import Any, Final

from keten.lists.added import STATUS_WORDS, WAY_WORDS
from keten.lists.answers import show_list, show_lists
from keten.lists.fields import FIELDS, KEPT, LEFT_OUT, label_of
from keten.lists.held import find_mark, slug_of
from keten.lists.members import find_members
from keten.lists.preview import Asked, preview
from keten.lists.read import MOST_BYTES, read_book
from keten.lists.usable import find_usable
from keten.lists.views import STATUSES, VISIBILITIES, Preview
from keten.web.language import N_
from keten.web.pages.lists.desk import Desk, Sent, work_out
from keten.web.reply import Page
from keten.web.visit import Visit

ROWS_SHOWN: Final = 100  # of each kind; the sheet that is given back has all
VISIBLE: Final = {
    "editors": N_("editors: whoever may write here"),
    "everybody": N_("everybody: visitors too"),
    "me": N_("only me"),
}
PASSED: Final = {
    "total": N_("a total"),
    "heading": N_("the heading again"),
    "section": N_("a title between the rows"),
}


def desk_of(visit: Visit) -> Desk:
    """Give the desk of this installation."""
    return Desk(visit.settings.home)


def find_sent(visit: Visit, token: str) -> Sent:
    """Give a sheet to who sent it."""
    return desk_of(visit).find(token, visit.person.account if visit.person else -1)


def look(visit: Visit, sent: Sent) -> Preview | float:
    """Give the preview of a sheet, or how far it is."""
    evidence, store, person = visit.evidence, visit.store_to_read, visit.person
    home, state = visit.settings.home_country, store.state() if store else ""
    asked = Asked(
        slug_of(sent.name), sent.sheet, dict(sent.mapping), home=home, evidence=evidence.fingerprint
    )
    desk = desk_of(visit)

    def work(tell: Any) -> Preview:
        book = read_book(desk.content(sent), sent.file)
        return preview(evidence.cursor(), store, book, asked, reader=person, tell=tell)

    key = (sent.token, sent.sheet, tuple(sorted(sent.mapping.items())), evidence.number, state)
    return work_out(key, work)


def show_desk(visit: Visit, sent: Sent, mishaps: tuple[Any, ...] = (), status: int = 200) -> Page:
    """Show what would become of a sheet, or how far looking is."""
    words, found = visit.words, look(visit, sent)
    own = visit.addresses.page(f"lists/sheets/{sent.token}")
    title = words("What becomes of this sheet?")
    crumbs = ((words("My lists"), visit.addresses.page("lists")),)
    if not isinstance(found, Preview):
        return Page(
            "lists/waiting.html", title, {"file": sent.file, "share": found}, {"own": own},
            crumbs, is_private=True,
        )  # fmt: skip
    known = find_usable(visit.con, {row.chosen for row in found.rows if row.chosen})
    by_status = {
        name: [row for row in found.rows if row.status == name][:ROWS_SHOWN] for name in STATUSES
    }
    store = visit.store_to_read
    members, unknown = find_members(found, store.contents("chain") if store else ())
    language = visit.language
    return Page(
        "lists/sheet.html",
        title,
        {
            "file": sent.file,
            "list": sent.name,
            "counts": {name: found.count(name) for name in STATUSES},
            "changes": {
                name: found.count_changes(name) for name in ("added", "changed", "unchanged")
            },
            "columns": found.layout.columns,
            "rows": by_status,
            "problems": (*found.problems, *unknown)[:ROWS_SHOWN],
            "passed": found.passed[:ROWS_SHOWN],
            "missing": found.missing,
            "members": len(members),
        },
        {
            "own": own,
            "sent": sent,
            "seen": find_mark(store, found.slug, visit.person),
            "sheet": found.sheet,
            "sheets": found.sheets,
            "known": known,
            "shown": ROWS_SHOWN,
            "fields": [(one.name, one.label.in_language(language)) for one in FIELDS]
            + [(name, label_of(name).in_language(language)) for name in (KEPT, LEFT_OUT)],
            "status_words": {
                name: text.in_language(language) for name, text in STATUS_WORDS.items()
            },
            "way_words": {name: text.in_language(language) for name, text in WAY_WORDS.items()},
            "passed_words": {name: words(text) for name, text in PASSED.items()},
            "mishaps": mishaps,
        },
        crumbs,
        status=status,
        address=own,
        is_private=True,
    )


def show_all(visit: Visit, mishaps: tuple[Any, ...] = (), status: int = 200) -> Page:
    """Show the lists there are, and the form that takes a sheet."""
    return Page(
        "lists/lists.html",
        visit.words("My lists"),
        {"lists": show_lists(visit.store_to_read, visit.person)},
        {
            "mishaps": mishaps,
            "typed": visit.form,
            "visible": [(name, visit.words(VISIBLE[name])) for name in VISIBILITIES],
            "visible_words": {name: visit.words(text) for name, text in VISIBLE.items()},
            "most": MOST_BYTES // 1_000_000,
        },
        status=status,
        address=visit.addresses.page("lists"),
        is_private=True,
    )


def show_one(visit: Visit, slug: str, start: int) -> Page:
    """Show a list as it holds, a page of rows at a time."""
    view = show_list(visit.con, visit.store_to_read, slug, visit.person)
    own = visit.addresses.page(f"lists/{slug}")
    size, language = len(view.rows), visit.language
    return Page(
        "lists/list.html",
        view.head.name,
        {
            "list": view.head,
            "rows": view.rows[start - 1 : start - 1 + ROWS_SHOWN],
            "imports": view.imports,
        },
        {
            "own": own,
            "visible_words": {name: visit.words(text) for name, text in VISIBLE.items()},
            "status_words": {
                name: text.in_language(language) for name, text in STATUS_WORDS.items()
            },
            "way_words": {name: text.in_language(language) for name, text in WAY_WORDS.items()},
            "previous": f"{own}?from={max(1, start - ROWS_SHOWN)}" if start > 1 else "",
            "next": f"{own}?from={start + ROWS_SHOWN}" if start - 1 + ROWS_SHOWN < size else "",
        },
        ((visit.words("My lists"), visit.addresses.page("lists")),),
        is_private=True,
    )
