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
from keten.atlas.portrait import read_technologies, show_portrait
from keten.atlas.portrait_records import say_of_organisation
from keten.atlas.search import search
from keten.atlas.subject_organisation import count_subjects
from keten.atlas.views import OrganisationView
from keten.errors import NotFoundError
from keten.evidence.figures.labels import read_labels
from keten.model import ABOUT_LABELS, Scope, is_organisation_id
from keten.programme.register_answers import list_run_by, read_register
from keten.web.language import N_
from keten.web.pages.conversation import shown as conversation
from keten.web.pages.identity.page import compare_address
from keten.web.pages.identity.words import BECAME, KNOWN_BY, TIES, say_all
from keten.web.pages.lists.belonging import read_belonging
from keten.web.pages.suggestion import shown as suggestion
from keten.web.pages.technology.narrowing import Narrowing, read_narrowing
from keten.web.pictures.bars import draw_years
from keten.web.pictures.map import draw_map
from keten.web.reply import Page, Pages, redirect, see_other
from keten.web.trouble import Trouble, bad_question
from keten.web.visit import Visit, Visiting

pages = Pages()
PAGE = 50
# Whose word it is that an organisation is about something.
VOICES = {
    "projects": N_("its projects"),
    "list": N_("a list"),
    "editor": N_("an editor"),
}
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
            "portrait": show_portrait(
                visit.con,
                visit.store_to_read,
                current,
                [current, *(member.source_key for member in view.members)],
                int(view.projects_total.value or 0),
            ),
            "subjects": count_subjects(visit.con, current),
            "belonging": read_belonging(
                visit, [current, *(member.source_key for member in view.members)]
            ),
            "runs": list_run_by(
                read_register(visit.store_to_read, visit.person),
                [current, *(member.source_key for member in view.members)],
            ),
        },
        {
            "participations": {m.source_key: m.participations for m in view.members},
            "compare": partial(compare_address, visit.language),
            "ties": say_all(TIES, visit.words),
            "known_by": say_all(KNOWN_BY, visit.words),
            "became": say_all(BECAME, visit.words),
            "voices": say_all(VOICES, visit.words),
            # One lone bar says nothing that its row does not.
            "bars": draw_years(view.years, visit.words) if len(view.years) > 1 else "",
            "map": _draw_place(visit, view),
            "later": {j.number for j in said if j.made_at > visit.evidence.built_at},
            **suggestion.on_organisation(visit, view),
            "log": conversation.on_organisation(visit, current),
        },
    )


@pages.form("/organisations/{identifier}/about", role="editor")
def say_about(visit: Visiting, identifier: str) -> Page | Response:
    """Keep what an editor says that an organisation does with a technology."""
    current, form, words = _current(visit, identifier), visit.form, visit.words
    technology, label = form.get("technology", ""), form.get("label", "")
    if label not in ABOUT_LABELS or technology not in read_technologies(visit.con):
        raise bad_question(words, f"technology={technology[:40]}&label={label[:40]}")
    if not form.get("reason", "").strip():
        raise Trouble(
            words("This needs a reason."),
            words("Go back and say why in a few words: others will read it."),
            code="usage",
            status=400,
        )
    say_of_organisation(
        visit.con, visit.store, current, technology, label, form["reason"], "", visit.now
    )
    return see_other(visit, visit.addresses.organisation(current) + "#about")


@pages.page("/organisations/{identifier}/partners")
def partners(visit: Visiting, identifier: str, page: Number = 1) -> Page | Response:
    """List everyone with whom an organisation shares projects."""
    current = _current(visit, identifier)
    if current != identifier:
        return redirect(visit, visit.addresses.organisation(current, "partners"))
    narrowed = read_narrowing(visit)
    rows = list_partners(visit.con, current, (page - 1) * PAGE, PAGE + 1, narrowed.given)
    if not rows and page > 1:
        raise bad_question(visit.words, f"page={page}")
    label = read_labels(visit.con, [current])[current]
    name = label.name or visit.words("Organisation without a name")
    return Page(
        "organisation/partners.html",
        visit.words("Partners of %(name)s", name=name),
        {"organisation": label, "partners": rows[:PAGE], "asked": narrowed.given},
        _steps(visit, current, "partners", page, len(rows) > PAGE, narrowed),
        crumbs=((name, visit.addresses.organisation(current)),),
    )


@pages.page("/organisations/{identifier}/projects")
def projects(visit: Visiting, identifier: str, page: Number = 1) -> Page | Response:
    """List all projects of an organisation, the newest first."""
    current = _current(visit, identifier)
    if current != identifier:
        return redirect(visit, visit.addresses.organisation(current, "projects"))
    narrowed = read_narrowing(visit)
    scope = narrowed.narrow(Scope.of(organisation=current))
    rows = list_projects(visit.con, scope, (page - 1) * PAGE, PAGE + 1)
    if not rows and page > 1:
        raise bad_question(visit.words, f"page={page}")
    label = read_labels(visit.con, [current])[current]
    name = label.name or visit.words("Organisation without a name")
    return Page(
        "organisation/projects.html",
        visit.words("Projects of %(name)s", name=name),
        {"organisation": label, "projects": rows[:PAGE], "asked": narrowed.given},
        _steps(visit, current, "projects", page, len(rows) > PAGE, narrowed),
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


def _steps(
    visit: Visit,
    identifier: str,
    part: str,
    page: int,
    has_more: bool,
    narrowed: Narrowing | None = None,
) -> dict[str, object]:
    here = visit.addresses.organisation(identifier, part)
    asked = (
        "".join(f"&{name}={value}" for name, value in narrowed.given.items()) if narrowed else ""
    )
    return {
        "previous": "" if page == 1 else f"{here}?page={page - 1}{asked}",
        "next": f"{here}?page={page + 1}{asked}" if has_more else "",
        "narrowed": narrowed,
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
