"""Initiatives: the list with its filters, the matrix, one of them, and what can be taken along."""

from starlette.responses import Response

from keten.errors import NotFoundError
from keten.lists.initiative_sheet import as_row, write_initiatives
from keten.lists.tables import write_csv, write_workbook
from keten.programme.register_answers import choose, make_matrix, matrix_rows, read_register
from keten.web.pages.initiatives.shown import (
    BY,
    HEADINGS,
    read_wanted,
    show_all,
    show_matrix,
    show_one,
    terms_of,
)
from keten.web.reply import PRIVATE, Page, Pages
from keten.web.trouble import Trouble, bad_question
from keten.web.visit import Visit, Visiting

pages = Pages()
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.page("/initiatives")
def initiatives(visit: Visiting) -> Page | Response:
    """List the initiatives of the region."""
    return show_all(visit)


@pages.page("/initiatives/matrix")
def matrix(visit: Visiting) -> Page | Response:
    """Show initiatives by what they serve."""
    return show_matrix(visit)


@pages.page("/initiatives/matrix.xlsx")
def matrix_workbook(visit: Visiting) -> Page | Response:
    """Give the matrix by every heading as a workbook."""
    made = {visit.words(BY[by]): _rows(visit, by) for by in _ordered(visit)}
    return as_file(visit, write_workbook(made), "matrix.xlsx", EXCEL)


@pages.page("/initiatives/matrix.csv")
def matrix_text(visit: Visiting) -> Page | Response:
    """Give the matrix by one heading as delimited text."""
    content = write_csv(_rows(visit, _ordered(visit)[0]))
    return as_file(visit, content, "matrix.csv", "text/csv; charset=utf-8")


@pages.page("/initiatives/initiatives.xlsx")
def workbook(visit: Visiting) -> Page | Response:
    """Give the initiatives that are asked for as a workbook that can be read back as a list."""
    terms = terms_of(visit)
    register = read_register(visit.store_to_read, visit.person)
    found = choose(register, read_wanted(visit, terms, register))
    rows = write_initiatives((as_row(one.line) for one in found), terms, visit.language)
    content = write_workbook({visit.words("Initiatives"): rows})
    return as_file(visit, content, "initiatives.xlsx", EXCEL)


@pages.page("/initiatives/{initiative}")
def initiative(visit: Visiting, initiative: str) -> Page | Response:
    """Show one initiative, and all that was said of it."""
    try:
        return show_one(visit, initiative)
    except NotFoundError as error:
        raise unknown(visit) from error


def unknown(visit: Visit) -> Trouble:
    """Give the trouble of who asks for what nobody named."""
    return Trouble(
        visit.words("There is no such initiative here."),
        visit.words("Choose one from the list of initiatives."),
    )


def as_file(visit: Visit, content: bytes, name: str, kind: str) -> Response:
    """Give a file to be kept by whoever asked for it."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-cache"}
    return Response(content, media_type=kind, headers=headers | (PRIVATE if visit.person else {}))


def _ordered(visit: Visit) -> list[str]:
    by = visit.asked("by") or HEADINGS[0]
    if by not in BY:
        raise bad_question(visit.words, f"by={by[:40]}")
    return [by, *(name for name in HEADINGS if name != by)]


def _rows(visit: Visit, by: str) -> list[list[str]]:
    terms = terms_of(visit)
    register = read_register(visit.store_to_read, visit.person)
    found = choose(register, read_wanted(visit, terms, register))
    return matrix_rows(make_matrix(found, by, terms), terms, visit.language)
