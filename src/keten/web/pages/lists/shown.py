"""What the pages of lists show: a sheet of organisations on the desk, and a list as it holds."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, TypeVar

from keten.lists.added import STATUS_WORDS, WAY_WORDS
from keten.lists.answers import show_list, show_lists
from keten.lists.fields import KEPT, LEFT_OUT
from keten.lists.held import find_mark, slug_of
from keten.lists.indicators import read_figure
from keten.lists.initiative_sheet import as_row
from keten.lists.looking import look as look_at
from keten.lists.members import find_members
from keten.lists.preview import Asked, choose
from keten.lists.read import MOST_BYTES, read_book
from keten.lists.things import ThingPreview
from keten.lists.usable import find_usable
from keten.lists.views import STATUSES, VISIBILITIES, ListedRow, Preview
from keten.lists.vocabulary import INDICATORS, INITIATIVES, VOCABULARIES
from keten.programme.register_answers import read_known_terms
from keten.web.language import N_
from keten.web.pages.lists.desk import Desk, Looked, Sent, work_out
from keten.web.reply import Page
from keten.web.trouble import bad_question
from keten.web.visit import Visit
from keten.workspace import Terms, last_verified

ROWS_SHOWN: Final = 100  # of each kind at once; the others are a page further
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
_Row = TypeVar("_Row")


def desk_of(visit: Visit) -> Desk:
    """Give the desk of this installation."""
    return Desk(visit.settings.home)


def find_sent(visit: Visit, token: str) -> Sent:
    """Give a sheet to who sent it."""
    return desk_of(visit).find(token, visit.person.account if visit.person else -1)


def terms_of(visit: Visit) -> Terms:
    """Give all that a row of a sheet can name."""
    home, today = visit.settings.home_country, visit.now.date()
    return read_known_terms(visit.con, visit.store_to_read, home, today)


def look(visit: Visit, sent: Sent) -> Looked | float:
    """Give the preview of a sheet, or how far it is; raises UsageError where it is no such list."""
    evidence, store, person = visit.evidence, visit.store_to_read, visit.person
    home, state = visit.settings.home_country, store.state() if store else ""
    asked = Asked(
        slug_of(sent.name), sent.sheet, dict(sent.mapping), home=home, evidence=evidence.fingerprint
    )
    desk, today = desk_of(visit), visit.now.date()

    def work(tell: Any) -> Looked:
        book, con = read_book(desk.content(sent), sent.file), evidence.cursor()
        terms = read_known_terms(con, store, home, today)
        return look_at(
            con, store, book, asked, terms, kind=sent.kind, visibility=sent.visibility,
            reader=person, tell=tell,
        )  # fmt: skip

    mapping = tuple(sorted(sent.mapping.items()))
    key = (sent.token, sent.sheet, sent.kind, mapping, evidence.number, state)
    found = work_out(key, work)
    return choose(found, sent.choices) if isinstance(found, Preview) else found


def show_desk(visit: Visit, sent: Sent, mishaps: tuple[Any, ...] = (), status: int = 200) -> Page:
    """Show what would become of a sheet, or how far looking is."""
    words, found = visit.words, look(visit, sent)
    own = visit.addresses.page(f"lists/sheets/{sent.token}")
    title = words("What becomes of this sheet?")
    crumbs = ((words("My lists"), visit.addresses.page("lists")),)
    if isinstance(found, float):
        return Page(
            "lists/waiting.html", title, {"file": sent.file, "share": found}, {"own": own},
            crumbs, is_private=True,
        )  # fmt: skip
    is_things = isinstance(found, ThingPreview)
    answer, extra = show_things(visit, found) if is_things else _show_rows(visit, sent, found)
    return Page(
        "lists/things.html" if is_things else "lists/sheet.html",
        title,
        {
            "file": sent.file,
            "list": sent.name,
            "columns": found.layout.columns,
            **answer,
        },
        {
            "own": own,
            "sent": sent,
            "seen": find_mark(visit.store_to_read, found.slug, visit.person),
            "sheet": found.sheet,
            "sheets": found.sheets,
            "shown": ROWS_SHOWN,
            **_kinds(visit, found),
            "passed_words": {name: words(text) for name, text in PASSED.items()},
            "mishaps": mishaps,
            **extra,
        },
        crumbs,
        status=status,
        address=own,
        is_private=True,
    )


def _kinds(visit: Visit, found: Looked) -> dict[str, Any]:
    """Give what a column may hold, and what a sheet may be a list of."""
    language = visit.language
    kind = found.kind if isinstance(found, ThingPreview) else "organisations"
    vocabulary = VOCABULARIES[kind]
    fields = [(one.name, one.label.in_language(language)) for one in vocabulary.fields]
    fields += [(name, vocabulary.label_of(name).in_language(language)) for name in (KEPT, LEFT_OUT)]
    kinds = [(name, one.label.in_language(language)) for name, one in VOCABULARIES.items()]
    return {"fields": fields, "kind": kind, "kinds": kinds}


def _show_rows(visit: Visit, sent: Sent, found: Looked) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give what the page of a sheet of organisations shows."""
    assert isinstance(found, Preview)
    language = visit.language
    known = find_usable(visit.con, {row.chosen for row in found.rows if row.chosen})
    # What somebody chose on another page of rows stays among those to choose, with its choice.
    by_status = {name: [row for row in found.rows if row.status == name] for name in STATUSES}
    chosen = {row.key for row in found.rows if row.key in sent.choices}
    by_status["ambiguous"] = [
        row for row in found.rows if row.status == "ambiguous" or row.key in chosen
    ]
    members, unknown = find_members(found, terms_of(visit))
    whole: dict[str, Sequence[Any]] = {
        **by_status,
        "problems": [*found.problems, *unknown],
        "passed": list(found.passed),
    }
    shown = {name: page_of(visit, name, rows) for name, rows in whole.items()}
    answer = {
        "counts": {name: found.count(name) for name in STATUSES},
        "changes": {name: found.count_changes(name) for name in ("added", "changed", "unchanged")},
        "rows": {name: shown[name] for name in STATUSES},
        "problems": shown["problems"],
        "passed": shown["passed"],
        "missing": found.missing,
        "members": len(members),
    }
    extra = {
        "known": known,
        "sizes": {name: len(rows) for name, rows in whole.items()},
        "steps": {name: steps_of(visit, name, len(rows)) for name, rows in whole.items()},
        "starts": {name: start_of(visit, name) for name in whole},
        "chosen": sent.choices,
        "status_words": {name: text.in_language(language) for name, text in STATUS_WORDS.items()},
        "way_words": {name: text.in_language(language) for name, text in WAY_WORDS.items()},
    }
    return answer, extra


def show_things(visit: Visit, found: Looked) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give what the page of a sheet of initiatives or figures shows."""
    assert isinstance(found, ThingPreview)
    statuses = ("added", "changed", "unchanged", "joined", "wrong")
    whole: dict[str, Sequence[Any]] = {
        name: [row for row in found.rows if row.status == name] for name in statuses
    }
    whole |= {"problems": found.problems, "passed": found.passed}
    answer = {
        "kind": found.kind,
        "counts": {name: found.count(name) for name in statuses},
        "rows": {name: page_of(visit, name, whole[name]) for name in statuses},
        "problems": page_of(visit, "problems", whole["problems"]),
        "passed": page_of(visit, "passed", whole["passed"]),
        "missing": len(found.missing),
    }
    extra = {
        "naming": terms_of(visit),
        "sizes": {name: len(rows) for name, rows in whole.items()},
        "steps": {name: steps_of(visit, name, len(rows)) for name, rows in whole.items()},
        "starts": {name: start_of(visit, name) for name in whole},
    }
    return answer, extra


def start_of(visit: Visit, name: str) -> int:
    """Give from which row of a kind an address shows; raises Trouble where it is no number."""
    text = visit.asked(name) or "1"
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= 1_000_000):
        raise bad_question(visit.words, f"{name}={text[:40]}")
    return int(text)


def page_of(visit: Visit, name: str, rows: Sequence[_Row]) -> Sequence[_Row]:
    """Give the rows of a kind that an address shows."""
    start = start_of(visit, name)
    return rows[start - 1 : start - 1 + ROWS_SHOWN]


def steps_of(visit: Visit, name: str, size: int) -> tuple[str, str]:
    """Give where the rows before and after those shown stand, the others staying as they are."""
    start = start_of(visit, name)
    asked: dict[str, str | int | None] = dict(visit.request.query_params)

    def at(place: int) -> str:
        path = visit.path.removeprefix(f"/{visit.language}/").removesuffix(".json")
        return f"{visit.addresses.page(path, **{**asked, name: place})}#{name}"

    before = at(max(1, start - ROWS_SHOWN)) if start > 1 else ""
    return before, at(start + ROWS_SHOWN) if start - 1 + ROWS_SHOWN < size else ""


def show_all(visit: Visit, mishaps: tuple[Any, ...] = (), status: int = 200) -> Page:
    """Show the lists there are, and the form that takes a sheet."""
    return Page(
        "lists/lists.html",
        visit.words("My lists"),
        {"lists": show_lists(visit.store_to_read, visit.person)},
        {
            "mishaps": mishaps,
            "typed": visit.form,
            "kinds": [
                (name, one.label.in_language(visit.language)) for name, one in VOCABULARIES.items()
            ],
            "visible": [(name, visit.words(VISIBLE[name])) for name in VISIBILITIES],
            "visible_words": {name: visit.words(text) for name, text in VISIBLE.items()},
            "most": MOST_BYTES // 1_000_000,
        },
        status=status,
        address=visit.addresses.page("lists"),
        is_private=True,
    )


def _read_verified(visit: Visit, rows: Sequence[ListedRow]) -> Mapping[int, datetime]:
    """Give when each row was last known to be right."""
    store = visit.store
    lines = store.numbered([row.number for row in rows], reader=visit.person)
    return last_verified(store, lines, reader=visit.person)


def show_one(visit: Visit, slug: str, start: int) -> Page:
    """Show a list as it holds, a page of rows at a time."""
    view = show_list(visit.con, visit.store_to_read, slug, visit.person)
    own = visit.addresses.page(f"lists/{slug}")
    size, language = len(view.rows) + len(view.things), visit.language
    shown = view.rows[start - 1 : start - 1 + ROWS_SHOWN]
    shown = view.rows[start - 1 : start - 1 + ROWS_SHOWN]
    ahead = view.things[start - 1 : start - 1 + ROWS_SHOWN]
    things: Sequence[Any] = ()
    if view.head.kind == INITIATIVES:
        things = [as_row(line) for line in ahead]
    elif view.head.kind == INDICATORS:
        things = [read_figure(line) for line in ahead]
    return Page(
        "lists/list.html",
        view.head.name,
        {
            "list": view.head,
            "rows": shown,
            "things": things,
            "imports": view.imports,
        },
        {
            "own": own,
            "verified": _read_verified(visit, shown),
            "naming": terms_of(visit) if things else None,
            "kinds": {name: one.label.in_language(language) for name, one in VOCABULARIES.items()},
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
