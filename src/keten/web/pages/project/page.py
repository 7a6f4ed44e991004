"""The page of a project."""

from starlette.responses import Response

from keten.atlas.answers import outline_project, show_project
from keten.atlas.inferred import show_inferred
from keten.atlas.inferred_why import score_inferred
from keten.atlas.search import search
from keten.atlas.subject_name import TOLD, read_subjects
from keten.atlas.technology_name import read_technologies
from keten.atlas.technology_project import show_about
from keten.errors import NotFoundError
from keten.evidence.figures.labels import read_region_names
from keten.model import PROGRAMMES
from keten.web.pages.technology.page import MISSIONS, SCHEME, read_scheme
from keten.web.pages.technology.queue import name_letters
from keten.web.pages.technology.saying import may_say
from keten.web.pictures.map import draw_map
from keten.web.reply import Page, Pages, redirect
from keten.web.trouble import Trouble
from keten.web.visit import Visiting

pages = Pages()


@pages.page("/projects/{identifier}")
def project(visit: Visiting, identifier: str) -> Page | Response:
    """Show one project; a bare grant number leads to it."""
    if identifier.isascii() and identifier.isdigit():
        names = [f"{programme}-{identifier}" for programme in PROGRAMMES]
    else:
        names = [identifier]
    for name in names:
        try:
            view = show_project(visit.con, name)
        except NotFoundError:
            continue
        if name != identifier:
            return redirect(visit, visit.addresses.project(name))
        picture = outline_project(visit.con, name)
        labels = {row.organisation.organisation_id: row.organisation for row in view.participants}
        drawn = {spot.identifier for spot in picture.spots} if picture else set(labels)
        far = set(picture.left_out) if picture else set()
        about = show_about(
            visit.con, visit.store_to_read, name, read_scheme(visit, SCHEME),
            read_scheme(visit, MISSIONS),
        )  # fmt: skip
        codes = sorted({row.region for row in view.participants if row.region})
        return Page(
            "project/project.html",
            view.acronym or view.title or view.project_id,
            {"project": view, "about": about, "inferred": show_inferred(visit.con, name)},
            {
                "letters": name_letters(about),
                "scores": score_inferred(),
                "subjects": {
                    key: each for key, each in read_subjects(visit.con).items() if each.one in TOLD
                },
                "technologies": {
                    each: known.label.in_language(visit.language)
                    for each, known in read_technologies(visit.con).items()
                },
                "may_say": may_say(visit),
                "left_out": [label for name, label in labels.items() if name in far],
                "unplaced": [label for name, label in labels.items() if name not in drawn | far],
                "region_names": read_region_names(visit.con, codes),
                "map": draw_map(
                    picture,
                    visit.words("Where the participants are"),
                    visit.words(
                        "A dot for each participant; the table of participants names them."
                    ),
                ),
            },
        )
    words = visit.words
    raise Trouble(
        words("No project is known here as '%(name)s'.", name=identifier),
        words("A project's number is its programme and its grant number, such as he-101069359."),
        suggestions=search(visit.index, identifier, kind="project", limit=8).hits,
    )
