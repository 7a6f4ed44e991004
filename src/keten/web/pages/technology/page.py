"""The pages of technologies: the list, one of them, and its projects and organisations in full."""

from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from keten.atlas.answers import list_projects
from keten.atlas.dutch_texts import count_texts, list_texts
from keten.atlas.further_quality import find_score
from keten.atlas.inferred import count_inferred
from keten.atlas.mission_answers import list_missions
from keten.atlas.taxonomies import in_force, list_taxonomies
from keten.atlas.technology_answers import list_technologies, show_technology
from keten.atlas.technology_name import find_technology
from keten.atlas.technology_quality import score_sure, show_scores
from keten.atlas.technology_queue import count_questions
from keten.atlas.technology_records import list_said
from keten.atlas.technology_views import Said, TechnologyName
from keten.errors import NotFoundError
from keten.evidence.figures import read_project_titles
from keten.evidence.figures.scope import TIERS
from keten.evidence.technology_quality import read_quality
from keten.model import Scope, Taxonomy
from keten.web.pages.chain.frame import read_chains
from keten.web.pages.technology.members import PAGE, list_members, write_steps
from keten.web.pages.technology.narrowing import read_narrowing
from keten.web.pictures.bars import draw_years
from keten.web.reply import Page, Pages
from keten.web.template import country_name
from keten.web.trouble import Trouble, bad_question
from keten.web.visit import Visit, Visiting

pages = Pages()
SCHEME = "technologies"
MISSIONS = "missions"
Number = Annotated[int, Query(ge=1, le=100_000)]


@pages.page("/technologies")
def technologies(visit: Visiting) -> Page | Response:
    """List the technologies with their figures, and how good each is told."""
    missions = read_scheme(visit, MISSIONS)
    asked, answered, _ = count_questions(visit.con, visit.store_to_read)
    return Page(
        "technology/technologies.html",
        visit.words("Technologies"),
        {
            "technologies": list_technologies(visit.con),
            "asked": asked,
            "answered": answered,
            "missions": missions.entries if missions else (),
            "marked": list_missions(visit.con),
        },
        {
            "quality": read_quality(),
            "scheme": read_scheme(visit, SCHEME),
            "missions_scheme": missions,
        },
    )


@pages.page("/technologies/{name}")
def technology(visit: Visiting, name: str) -> Page | Response:
    """Show a technology: what it is, how sure we are, who, where and when."""
    found = find(visit, name)
    home = visit.settings.home_country
    view = show_technology(visit.con, name, home)
    scheme = read_scheme(visit, SCHEME)
    asked, answered, _ = count_questions(visit.con, visit.store_to_read, f"technology:{name}")
    later = _said_later(visit, name)
    return Page(
        "technology/technology.html",
        found.label.in_language(visit.language),
        {
            "view": view,
            "scores": show_scores("about", name),
            "scores_develops": show_scores("develops", name),
            "sure": score_sure(),
            "entry": scheme.find(name) if scheme else None,
            "asked": asked,
            "answered": answered,
            "said_since": later,
            "texts": count_texts(visit.con, name),
            "inferred": count_inferred(visit.con, name),
        },
        {
            "quality": read_quality(),
            "scheme": scheme,
            "is_stale": scheme is not None and scheme.fingerprint != found.fingerprint,
            "chain_names": {
                each.chain: each.label.in_language(visit.language) for each in read_chains(visit)
            },
            "home": home,
            "home_name": country_name(home, visit.language),
            "bars": draw_years(view.years, visit.words) if len(view.years) > 1 else "",
            "titles": read_project_titles(visit.con, [each.line.subject for each in later]),
        },
        crumbs=_crumbs(visit),
    )


@pages.page("/technologies/{name}/projects")
def projects(visit: Visiting, name: str, page: Number = 1) -> Page | Response:
    """List the projects about a technology, the newest first."""
    found = find(visit, name)
    narrowed = read_narrowing(visit, ("chain", "mission"))
    given = dict(narrowed.given)
    for key, allowed in (
        ("tier", ("sure", "likely", "perhaps")),
        ("relation", ("develops", "applies")),
    ):
        if visit.asked(key):
            if visit.asked(key) not in allowed:
                raise bad_question(visit.words, f"{key}={visit.asked(key)[:40]}")
            given[key] = visit.asked(key)
    scope = Scope.of(technology=name, **given)
    rows = list_projects(visit.con, scope, (page - 1) * PAGE, PAGE + 1)
    if not rows and page > 1:
        raise bad_question(visit.words, f"page={page}")
    here = f"technologies/{name}/projects"
    return Page(
        "technology/projects.html",
        visit.words("Projects about %(name)s", name=found.label.in_language(visit.language)),
        {
            "technology": found,
            "projects": rows[:PAGE],
            "asked": given,
            "inferred": count_inferred(visit.con, name),
        },
        {"narrowed": narrowed, **write_steps(visit, here, given, page, len(rows) > PAGE)},
        crumbs=_crumbs(visit, found),
    )


@pages.page("/technologies/{name}/organisations")
def organisations(visit: Visiting, name: str, page: Number = 1) -> Page | Response:
    """List the organisations in projects about a technology, those with most projects first."""
    found = find(visit, name)
    narrowed = read_narrowing(visit, ("chain", "mission"))
    note = visit.words(
        "The figures are those of their projects about it. A party in such a project need not work "
        "on the technology itself."
    )
    return list_members(
        visit, "technology", found, found.label, narrowed.narrow(Scope.of(technology=name)), narrowed, page,
        here=f"technologies/{name}/organisations", note=note, crumbs=_crumbs(visit, found),
    )  # fmt: skip


@pages.page("/technologies/{name}/dutch")
def dutch(visit: Visiting, name: str, page: Number = 1) -> Page | Response:
    """List the projects of structural funds and the subsidies whose Dutch text is about a technology."""
    found = find(visit, name)
    tier = visit.asked("tier")
    if tier not in ("", *TIERS):
        raise bad_question(visit.words, f"tier={tier[:40]}")
    rows = list_texts(visit.con, name, tier, (page - 1) * PAGE, PAGE + 1)
    if not rows and page > 1:
        raise bad_question(visit.words, f"page={page}")
    given = {"tier": tier} if tier else {}
    here = f"technologies/{name}/dutch"
    return Page(
        "technology/dutch.html",
        visit.words(
            "Dutch subsidies and structural funds about %(name)s",
            name=found.label.in_language(visit.language),
        ),
        {
            "technology": found,
            "texts": rows[:PAGE],
            "total": count_texts(visit.con, name),
            "asked": given,
            "score": find_score("dutch", name),
        },
        write_steps(visit, here, given, page, len(rows) > PAGE),
        crumbs=_crumbs(visit, found),
    )


def find(visit: Visit, name: str) -> TechnologyName:
    """Give a technology of this evidence; raises Trouble in the visitor's words."""
    try:
        return find_technology(visit.con, name)
    except NotFoundError as error:
        raise Trouble(
            visit.words("No technology is known here as '%(name)s'.", name=name[:60]),
            visit.words("Choose one from the list of technologies."),
        ) from error


def read_scheme(visit: Visit, name: str) -> Taxonomy | None:
    """Give the version of a taxonomy that is in force today, where one is kept."""
    known = list_taxonomies(visit.store_to_read, name)
    return in_force(known, visit.now.date())[0] if known else None


def _said_later(visit: Visit, name: str) -> tuple[Said, ...]:
    """Give what editors said of projects and this technology since the evidence was built."""
    return tuple(
        each
        for each in list_said(visit.con, visit.store_to_read)
        if not each.in_build and each.line.object == f"technology:{name}"
    )


def _crumbs(visit: Visit, found: TechnologyName | None = None) -> tuple[tuple[str, str], ...]:
    first = (visit.words("Technologies"), visit.addresses.page("technologies"))
    if found is None:
        return (first,)
    address = visit.addresses.page(f"technologies/{found.technology}")
    return (first, (found.label.in_language(visit.language), address))
