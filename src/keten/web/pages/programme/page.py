"""Act: the programme of a chain, one action, one initiative, and what can be taken along."""

from starlette.responses import Response

from keten.errors import NotFoundError
from keten.programme.answers import show_programme
from keten.programme.calendar import write_calendar
from keten.programme.sheet import Origin, write_sheet
from keten.web.pages.chain.frame import read_chain
from keten.web.pages.programme.shown import (
    address_of,
    show_list,
    show_one_action,
    show_one_initiative,
)
from keten.web.reply import Page, Pages
from keten.web.trouble import Trouble
from keten.web.visit import Visit, Visiting

pages = Pages()
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.page("/chains/{chain}/programme")
def programme(visit: Visiting, chain: str) -> Page | Response:
    """Show what is planned for a chain."""
    return show_list(visit, chain)


@pages.page("/chains/{chain}/programme/calendar.ics")
def calendar(visit: Visiting, chain: str) -> Page | Response:
    """Give the days of a programme as a calendar that others can subscribe to."""
    defined = read_chain(visit, chain)
    view = show_programme(visit.con, visit.store_to_read, chain, visit.now.date())
    public = visit.settings.public_url

    def address(slug: str) -> str:
        return f"{public}{address_of(visit, chain, f'actions/{slug}')}" if public else ""

    content = write_calendar(view, defined.label, visit.language, address)
    return Response(
        content, media_type="text/calendar; charset=utf-8", headers=_named(f"{chain}.ics")
    )


@pages.page("/chains/{chain}/programme/actions.xlsx")
def workbook(visit: Visiting, chain: str) -> Page | Response:
    """Give a programme as an Excel workbook that can be read back."""
    defined = read_chain(visit, chain)
    view = show_programme(visit.con, visit.store_to_read, chain, visit.now.date())
    evidence, public = visit.evidence, visit.settings.public_url
    origin = Origin(
        title=defined.label,
        made_at=visit.now,
        evidence_number=evidence.number,
        evidence_built_at=evidence.built_at,
        evidence_fingerprint=evidence.fingerprint,
        address=f"{public}{address_of(visit, chain)}" if public else "",
    )
    content = write_sheet(view, origin, visit.language)
    return Response(content, media_type=_EXCEL, headers=_named(f"{chain}-actions.xlsx"))


@pages.page("/chains/{chain}/programme/actions/{action}")
def action(visit: Visiting, chain: str, action: str) -> Page | Response:
    """Show one action: by whom, when, how it stands, and all that was said of it."""
    try:
        return show_one_action(visit, chain, action)
    except NotFoundError as error:
        raise _unknown(visit, visit.words("There is no such action here."), error) from error


@pages.page("/chains/{chain}/programme/initiatives/{initiative}")
def initiative(visit: Visiting, chain: str, initiative: str) -> Page | Response:
    """Show one initiative with its actions, and all that was said of it."""
    try:
        return show_one_initiative(visit, chain, initiative)
    except NotFoundError as error:
        raise _unknown(visit, visit.words("There is no such initiative here."), error) from error


def _named(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-cache"}


def _unknown(visit: Visit, what: str, error: NotFoundError) -> Trouble:
    if isinstance(error, Trouble):
        return error
    return Trouble(what, visit.words("Choose one from the programme of the chain."))
