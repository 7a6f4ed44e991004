"""The pages of missions: one of them, and its projects and organisations in full."""

from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from keten.atlas.answers import list_projects
from keten.atlas.further_quality import find_score
from keten.atlas.mission_answers import show_mission
from keten.atlas.subject_name import find_subject
from keten.atlas.subject_views import Subject
from keten.atlas.technology_name import read_technologies
from keten.errors import NotFoundError
from keten.model import Scope
from keten.web.pages.chain.frame import read_chains
from keten.web.pages.technology.members import PAGE, list_members, write_steps
from keten.web.pages.technology.narrowing import read_narrowing
from keten.web.pages.technology.page import MISSIONS, read_scheme
from keten.web.pictures.bars import draw_years
from keten.web.reply import Page, Pages
from keten.web.template import country_name
from keten.web.trouble import Trouble, bad_question
from keten.web.visit import Visit, Visiting

pages = Pages()
Number = Annotated[int, Query(ge=1, le=100_000)]


@pages.page("/missions/{name}")
def mission(visit: Visiting, name: str) -> Page | Response:
    """Show a mission: what it is, how sure we are, who, where, and with which technologies."""
    found = _find(visit, name)
    home = visit.settings.home_country
    view = show_mission(visit.con, name, home)
    scheme = read_scheme(visit, MISSIONS)
    return Page(
        "mission/mission.html",
        found.label.in_language(visit.language),
        {
            "view": view,
            "entry": scheme.find(name) if scheme else None,
            "score": find_score("missions", name),
        },
        {
            "home_name": country_name(home, visit.language),
            "bars": draw_years(view.years, visit.words) if len(view.years) > 1 else "",
            "technology_names": {
                key: each.label.in_language(visit.language)
                for key, each in read_technologies(visit.con).items()
            },
            "chain_names": {
                each.chain: each.label.in_language(visit.language) for each in read_chains(visit)
            },
        },
        crumbs=_crumbs(visit),
    )


@pages.page("/missions/{name}/projects")
def projects(visit: Visiting, name: str, page: Number = 1) -> Page | Response:
    """List the projects about a mission, the newest first."""
    found = _find(visit, name)
    narrowed = read_narrowing(visit, ("technology", "chain"))
    scope = narrowed.narrow(Scope.of(mission=name))
    rows = list_projects(visit.con, scope, (page - 1) * PAGE, PAGE + 1)
    if not rows and page > 1:
        raise bad_question(visit.words, f"page={page}")
    return Page(
        "mission/projects.html",
        visit.words("Projects about %(name)s", name=found.label.in_language(visit.language)),
        {"mission": found, "projects": rows[:PAGE], "asked": narrowed.given},
        {
            "narrowed": narrowed,
            **write_steps(
                visit, f"missions/{name}/projects", narrowed.given, page, len(rows) > PAGE
            ),
        },
        crumbs=_crumbs(visit, found),
    )


@pages.page("/missions/{name}/organisations")
def organisations(visit: Visiting, name: str, page: Number = 1) -> Page | Response:
    """List the organisations in projects about a mission, those with most projects first."""
    found = _find(visit, name)
    narrowed = read_narrowing(visit, ("technology", "chain"))
    note = visit.words(
        "The figures are those of their projects about it. A party in such a project need not work "
        "on the mission itself."
    )
    return list_members(
        visit, "mission", found, found.label, narrowed.narrow(Scope.of(mission=name)), narrowed, page,
        here=f"missions/{name}/organisations", note=note, crumbs=_crumbs(visit, found),
    )  # fmt: skip


def _find(visit: Visit, name: str) -> Subject:
    try:
        return find_subject(visit.con, f"mission:{name}")
    except NotFoundError as error:
        raise Trouble(
            visit.words("No mission is known here as '%(name)s'.", name=name[:60]),
            visit.words("Choose one from the list; only those that something maps to have a page."),
        ) from error


def _crumbs(visit: Visit, found: Subject | None = None) -> tuple[tuple[str, str], ...]:
    first = (visit.words("Missions"), f"{visit.addresses.page('technologies')}#missions")
    if found is None:
        return (first,)
    address = visit.addresses.page(f"missions/{found.name}")
    return (first, (found.label.in_language(visit.language), address))
