"""Changing an entry: a form that shows at once what the mapping would catch, and what it would miss."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from starlette.responses import Response

from keten.atlas.taxonomy import read_maps_to
from keten.atlas.taxonomy_answers import show_catch, show_entry
from keten.atlas.taxonomy_method import scope_of_draft
from keten.atlas.taxonomy_records import change_entry, check_change
from keten.atlas.taxonomy_views import CatchView, EntryView
from keten.errors import NotFoundError, UsageError
from keten.model import Given
from keten.web.pages.taxonomies.page import read_taxonomy
from keten.web.pages.taxonomies.words import read_form, write_form
from keten.web.reply import Page, Pages, see_other
from keten.web.trouble import Trouble, put_error
from keten.web.visit import Visit, Visiting

pages = Pages()
ROWS = 12


@dataclass(frozen=True, slots=True)
class Mishap:
    """What is wrong with the form; which field it is in stands in the words."""

    what: str
    next_step: str
    field: str = ""


@pages.page("/taxonomies/{scheme}/{entry}/change", role="editor")
def form(visit: Visiting, scheme: str, entry: str) -> Page | Response:
    """Show the form with the entry as it holds."""
    view = _read(visit, scheme, entry, visit.asked("version"))
    seen = view.change.number if view.change else 0
    return _show(visit, view, write_form(view.entry), view.catch, seen)


@pages.form("/taxonomies/{scheme}/{entry}/change", role="editor")
def change(visit: Visiting, scheme: str, entry: str) -> Page | Response:
    """Try a mapping, or keep the entry as it was filled in."""
    version = visit.form.get("version", "")
    view = _read(visit, scheme, entry, version)
    typed = {name: visit.form.get(name, "") for name in write_form(view.entry)}
    number = visit.form.get("saw", "0")
    seen = int(number) if number.isascii() and number.isdigit() and len(number) < 12 else 0
    try:
        value = read_form(typed)
        check_change(value)
        if visit.form.get("do", "") == "keep":
            change_entry(
                visit.store, view.taxonomy, entry, value, typed["reason"], "", visit.now, seen=seen
            )
            return see_other(visit, _address(visit, scheme, entry, version))
    except UsageError as error:
        return _show(visit, view, typed, None, seen, Mishap(*put_error(error, visit.words)))
    maps_to = read_maps_to(Given(value["maps_to"], "This entry"))
    catch = show_catch(visit.con, maps_to, scope_of_draft(value["maps_to"]))
    return _show(visit, view, typed, catch if maps_to.clues else None, seen)


def _show(
    visit: Visit,
    view: EntryView,
    typed: Mapping[str, str],
    catch: CatchView | None,
    seen: int,
    mishap: Mishap | None = None,
) -> Page:
    scheme, entry = view.taxonomy.scheme, view.entry.entry
    version = visit.asked("version") or visit.form.get("version", "")
    address = f"{_address(visit, scheme, entry, '')}/change"
    return Page(
        "taxonomies/change.html",
        visit.words("Change an entry"),
        {"view": view, "catch": catch},
        {
            "typed": typed,
            "seen": seen,
            "mishaps": (mishap,) if mishap else (),
            "version": version,
            "action": address,
            "before": view.catch,
            "rows": ROWS,
        },
        crumbs=(
            (visit.words("Taxonomies"), visit.addresses.page("taxonomies")),
            (
                view.entry.label.in_language(visit.language),
                _address(visit, scheme, entry, version),
            ),
        ),
        # What is tried while typing is shown in its place, which a browser does for good answers only.
        status=400 if mishap and visit.form.get("do", "") == "keep" else 200,
        address=f"{address}?version={quote(version)}" if version else address,
        is_private=True,
    )


def _read(visit: Visit, scheme: str, entry: str, version: str) -> EntryView:
    taxonomy = read_taxonomy(visit, scheme, version)
    try:
        return show_entry(visit.con, visit.store_to_read, taxonomy, entry)
    except NotFoundError as error:
        raise Trouble(
            visit.words("'%(name)s' is no entry of this taxonomy.", name=entry[:80]),
            visit.words("Choose one from its list, or look in another version."),
        ) from error


def _address(visit: Visit, scheme: str, entry: str, version: str) -> str:
    return visit.addresses.page(f"taxonomies/{quote(scheme)}/{quote(entry)}", version=version)
