"""The page of an organisation, and its lists of partners and projects."""

from dataclasses import replace
from functools import partial
from typing import Annotated

from fastapi import Query
from markupsafe import Markup
from starlette.responses import Response

from keten.atlas.answers import (
    current_organisation,
    list_partners,
    list_projects,
    list_receipts,
    outline_places,
    show_organisation,
    show_other_sources,
)
from keten.atlas.identity import read_identity
from keten.atlas.search import search
from keten.atlas.views import OrganisationView
from keten.errors import NotFoundError
from keten.evidence.figures.labels import read_labels
from keten.model import Scope, is_organisation_id
from keten.web.pages.identity.page import compare_address
from keten.web.pages.identity.words import BECAME, KNOWN_BY, TIES, say_all
from keten.web.pictures.bars import draw_years
from keten.web.pictures.map import draw_map
from keten.web.reply import Page, Pages, redirect
from keten.web.trouble import Trouble, bad_question
from keten.web.visit import Visit, Visiting

pages = Pages()
PAGE = 50
Number = Annotated[int, Query(ge=1, le=100_000)]


@pages.page("/organisations/{identifier}")
def organisation(visit: Visiting, identifier: str) -> Page | Response:
    """Show one organisation."""
    current = _current(visit, identifier)
    if current != identifier:
        return redirect(visit, visit.addresses.organisation(current))
    view = show_organisation(visit.con, current)
    said = visit.house.judgements.on(member.source_key for member in view.members)
    view = replace(view, judgements=said)
    return Page(
        "organisation/organisation.html",
        view.label.name or visit.words("Organisation without a name"),
        {
            "organisation": view,
            "other_sources": show_other_sources(visit.con, current),
            "identity": read_identity(visit.con, visit.store_to_read, current),
        },
        {
            "participations": {m.source_key: m.participations for m in view.members},
            "compare": partial(compare_address, visit.language),
            "ties": say_all(TIES, visit.words),
            "known_by": say_all(KNOWN_BY, visit.words),
            "became": say_all(BECAME, visit.words),
            # One lone bar says nothing that its row does not.
            "bars": draw_years(view.years, visit.words) if len(view.years) > 1 else "",
            "map": _draw_place(visit, view),
            "later": {j.number for j in said if j.made_at > visit.evidence.built_at},
        },
    )


@pages.page("/organisations/{identifier}/partners")
def partners(visit: Visiting, identifier: str, page: Number = 1) -> Page | Response:
    """List everyone with whom an organisation shares projects."""
    current = _current(visit, identifier)
    if current != identifier:
        return redirect(visit, visit.addresses.organisation(current, "partners"))
    rows = list_partners(visit.con, current, (page - 1) * PAGE, PAGE + 1)
    if not rows and page > 1:
        raise bad_question(visit.words, f"page={page}")
    label = read_labels(visit.con, [current])[current]
    name = label.name or visit.words("Organisation without a name")
    return Page(
        "organisation/partners.html",
        visit.words("Partners of %(name)s", name=name),
        {"organisation": label, "partners": rows[:PAGE]},
        _steps(visit, current, "partners", page, len(rows) > PAGE),
        crumbs=((name, visit.addresses.organisation(current)),),
    )


@pages.page("/organisations/{identifier}/projects")
def projects(visit: Visiting, identifier: str, page: Number = 1) -> Page | Response:
    """List all projects of an organisation, the newest first."""
    current = _current(visit, identifier)
    if current != identifier:
        return redirect(visit, visit.addresses.organisation(current, "projects"))
    scope = Scope.of(organisation=current)
    rows = list_projects(visit.con, scope, (page - 1) * PAGE, PAGE + 1)
    if not rows and page > 1:
        raise bad_question(visit.words, f"page={page}")
    label = read_labels(visit.con, [current])[current]
    name = label.name or visit.words("Organisation without a name")
    return Page(
        "organisation/projects.html",
        visit.words("Projects of %(name)s", name=name),
        {"organisation": label, "projects": rows[:PAGE]},
        _steps(visit, current, "projects", page, len(rows) > PAGE),
        crumbs=((name, visit.addresses.organisation(current)),),
    )


@pages.page("/organisations/{identifier}/receipts")
def receipts(visit: Visiting, identifier: str, page: Number = 1) -> Page | Response:
    """List what other sources than Horizon say of an organisation, row by row."""
    current = _current(visit, identifier)
    if current != identifier:
        return redirect(visit, visit.addresses.organisation(current, "receipts"))
    rows = list_receipts(visit.con, current, (page - 1) * PAGE, PAGE + 1)
    if not rows and page > 1:
        raise bad_question(visit.words, f"page={page}")
    label = read_labels(visit.con, [current])[current]
    name = label.name or visit.words("Organisation without a name")
    return Page(
        "organisation/receipts.html",
        visit.words("What other sources say of %(name)s", name=name),
        {"organisation": label, "receipts": rows[:PAGE]},
        _steps(visit, current, "receipts", page, len(rows) > PAGE),
        crumbs=((name, visit.addresses.organisation(current)),),
    )


def _steps(visit: Visit, identifier: str, part: str, page: int, has_more: bool) -> dict[str, str]:
    here = visit.addresses.organisation(identifier, part)
    return {
        "previous": "" if page == 1 else f"{here}?page={page - 1}",
        "next": f"{here}?page={page + 1}" if has_more else "",
    }


def _current(visit: Visit, identifier: str) -> str:
    """Give the identifier that holds now; a bare participant number will do."""
    name = f"pic:{identifier}" if identifier.isascii() and identifier.isdigit() else identifier
    try:
        return current_organisation(visit.con, name)
    except NotFoundError:
        words = visit.words
        if is_organisation_id(name):
            what = words("No organisation is known here as '%(name)s'.", name=name)
            raise Trouble(
                what,
                words(
                    "It may never have taken part in a European programme, or the number is wrong."
                ),
            ) from None
        hits = search(visit.index, identifier, kind="organisation", limit=8).hits
        raise Trouble(
            words("'%(name)s' is no number of an organisation.", name=name),
            words(
                "Look the organisation up by its name; its page has a number such as pic:999990267."
            ),
            code="usage",
            status=400,
            suggestions=hits,
        ) from None


def _draw_place(visit: Visit, view: OrganisationView) -> Markup:
    place = view.location
    if place.latitude is None or place.longitude is None:
        return Markup("")
    name = view.label.name or view.label.organisation_id
    spot = (view.label.organisation_id, name, place.latitude, place.longitude)
    return draw_map(
        outline_places(visit.con, [spot]),
        visit.words("Where the organisation is"),
        visit.words(
            "A dot stands where the organisation is; the address is written beside the map."
        ),
    )
