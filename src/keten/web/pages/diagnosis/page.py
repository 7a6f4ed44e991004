"""Diagnose: the chain's regions held against all of Europe, and two fields that could meet."""

from starlette.responses import Response

from keten.diagnosis.answers import find_crossover, show_specialisation
from keten.errors import NotFoundError, UsageError
from keten.web.language import N_
from keten.web.pages.chain.frame import read_chain
from keten.web.pictures.margins import Margin, draw_margins
from keten.web.reply import Page, Pages
from keten.web.trouble import Trouble
from keten.web.visit import Visiting

pages = Pages()
# What may be said of a comparison, and what a subject has to do with the chain.
READINGS = {
    "more": N_("clearly more than elsewhere"),
    "less": N_("clearly less than elsewhere"),
    "alike": N_("no clear difference"),
    "few": N_("too few projects to tell"),
}
ROLES = {
    "chain": N_("the chain as a whole"),
    "named": N_("named in its definition"),
    "near": N_("near it, by its definition"),
    "mark": N_("often in its projects"),
    "outside": N_("outside the chain"),
}


@pages.page("/chains/{chain}/diagnosis")
def diagnosis(visit: Visiting, chain: str) -> Page | Response:
    """Show specialisation and cross-over of a chain."""
    defined = read_chain(visit, chain)
    words, language, to = visit.words, visit.language, visit.addresses
    try:
        specialisation = show_specialisation(visit.con, defined)
        crossover = find_crossover(visit.con, defined)
    except (NotFoundError, UsageError) as error:
        raise Trouble(
            words("The regions of this chain cannot be compared: %(codes)s.", codes=defined.region),
            words(
                "Its definition must name regions of the second level that are in these data, "
                "such as a Dutch province."
            ),
            code=error.code,
        ) from error
    heads = [rows[0] for rows in (specialisation.whole, *specialisation.fields) if rows]
    margins = [
        Margin(
            row.of.label.in_language(language) if row.of.label else row.of.title,
            float(row.specialisation.value or 0),
            row.specialisation.interval.low if row.specialisation.interval else 0,
            row.specialisation.interval.high if row.specialisation.interval else 0,
            row.reading,
        )
        for row in heads
    ]
    return Page(
        "diagnosis/diagnosis.html",
        words("What are we good at, what is missing?"),
        {
            "specialisation": specialisation,
            "strengths": specialisation.strengths,
            "crossover": crossover,
        },
        {
            "chain_view": defined,
            "picture": draw_margins(margins, words),
            "readings": {name: words(text) for name, text in READINGS.items()},
            "roles": {name: words(text) for name, text in ROLES.items()},
        },
        crumbs=(
            (words("Value chains"), to.page("chains")),
            (defined.label.in_language(language), to.page(f"chains/{chain}")),
        ),
    )
