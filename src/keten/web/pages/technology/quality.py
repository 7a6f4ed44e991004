"""How good it is told what projects are about, and what changed: measured, and not said."""

from starlette.responses import Response

from keten.atlas.further_quality import show_further
from keten.atlas.inferred_why import score_inferred
from keten.atlas.subject_name import read_subjects
from keten.atlas.technology_name import read_technologies
from keten.atlas.technology_quality import Measured, show_quality
from keten.atlas.technology_share import show_drift
from keten.web.pages.chain.frame import read_chains
from keten.web.pictures.reliability import draw_reliability
from keten.web.reply import Page, Pages
from keten.web.visit import Visiting

pages = Pages()


@pages.page("/methods/classification")
def quality(visit: Visiting) -> Page | Response:
    """Show precision, recall and calibration of every technology, what was missed, and the drift."""
    words = visit.words
    view = show_quality(visit.con)
    drift = show_drift(visit.con)
    years = sorted({year for row in drift.shares for year, _ in row.years})
    return Page(
        "technology/quality.html",
        words("How good it is told what projects are about"),
        {
            "quality": view,
            "further": show_further(),
            "by_parties": score_inferred(),
            "drift": drift,
        },
        {
            "labels": {
                name: each.label.in_language(visit.language)
                for name, each in read_technologies(visit.con).items()
            },
            "pictures": {
                each.relation: draw_reliability(_list_steps(each), words, f"r-{each.relation}")
                for each in (view.measured if view else ())
            },
            "years": years,
            "chain_names": {
                each.chain: each.label.in_language(visit.language) for each in read_chains(visit)
            },
            "mission_names": {
                each.name: each.label.in_language(visit.language)
                for each in read_subjects(visit.con).values()
                if each.one == "mission"
            },
        },
        crumbs=((words("Methods"), visit.addresses.page("methods")),),
    )


def _list_steps(measured: Measured) -> list[tuple[float, float, int]]:
    return [
        (float(step.said.value or 0), float(step.true.value or 0), int(step.pairs.value or 0))
        for step in measured.steps
    ]
