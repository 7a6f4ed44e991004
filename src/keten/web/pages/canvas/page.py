"""The canvas of a chain: what is there and what is missing, by the data and by the team."""

from starlette.responses import Response

from keten.diagnosis.answers import show_canvas
from keten.diagnosis.canvas_views import CanvasView
from keten.diagnosis.records import RATINGS, judge_element
from keten.errors import KetenError
from keten.model import Chain, Figure
from keten.programme.register_answers import group_by_element, read_register
from keten.web.language import N_
from keten.web.pages.chain.frame import read_chain
from keten.web.pictures.strips import Strip, draw_strips
from keten.web.reply import Page, Pages, see_other
from keten.web.trouble import Trouble
from keten.web.visit import Visit, Visiting

pages = Pages()
_RATED = {
    "missing": N_("missing"),
    "weak": N_("weak"),
    "fair": N_("fair"),
    "strong": N_("strong"),
    "none": N_("no data"),
}
_AGREEMENT = {
    "agree": N_("The team and the data agree."),
    "team-higher": N_("The team is more positive than the data."),
    "team-lower": N_("The team is less positive than the data."),
    "no-data": N_("There are no data to compare with."),
}
_WHY_NOT = {
    "left-out": N_("left out by you"),
    "national": N_("one value for the whole country, so not counted"),
    "no-value": N_("no value for these regions"),
    "no-direction": N_("more of it is neither better nor worse, so not counted"),
    "unknown": N_("in none of the files at hand"),
}


@pages.page("/chains/{chain}/canvas")
def canvas(visit: Visiting, chain: str) -> Page | Response:
    """Show the canvas; what the address names under `without` is left out."""
    defined = read_chain(visit, chain)
    view = _read(visit, defined, tuple(visit.request.query_params.getlist("without")))
    language, words = visit.language, visit.words
    strips = [
        Strip(
            element.label.in_language(language),
            _value_of(element.percentile),
            tuple(value for each in element.by_region if (value := _value_of(each)) is not None),
        )
        for element in view.elements
    ]
    register = read_register(visit.store_to_read, visit.person)
    labels = {e.element: e.label.in_language(language) for e in view.elements}
    return Page(
        "canvas/canvas.html",
        words("What is here, what is missing?"),
        {"canvas": view, "initiatives": group_by_element(register, defined)},
        {
            "chain_view": defined,
            "picture": draw_strips(strips, words) if view.elements else "",
            "labels": labels,
            "rated": {name: words(text) for name, text in _RATED.items()},
            "ratings": RATINGS,
            "agreement": {name: words(text) for name, text in _AGREEMENT.items()},
            "why_not": {name: words(text) for name, text in _WHY_NOT.items()},
        },
        crumbs=(
            (words("Value chains"), visit.addresses.page("chains")),
            (
                defined.label.in_language(language),
                visit.addresses.page(f"chains/{defined.chain}"),
            ),
            (words("Diagnose"), visit.addresses.page(f"chains/{defined.chain}/diagnosis")),
        ),
    )


@pages.form("/chains/{chain}/canvas/{element}", role="editor")
def judge(visit: Visiting, chain: str, element: str) -> Page | Response:
    """Write what the team says of an element."""
    defined = read_chain(visit, chain)
    found = _read(visit, defined, ()).find(element)
    if found is None:
        raise Trouble(
            visit.words("The canvas has no element '%(name)s'.", name=element[:60]),
            visit.words("Choose one from the canvas."),
        )
    seen = visit.form.get("supersedes", "")
    judge_element(
        visit.store,
        defined.chain,
        found.element,
        visit.form["rating"],
        visit.form["reason"],
        "",
        visit.now,
        percentile=_value_of(found.percentile),
        supersedes=int(seen) if seen.isascii() and seen.isdigit() else None,
    )
    there = visit.addresses.page(f"chains/{defined.chain}/canvas")
    return see_other(visit, f"{there}#{found.element}")


def _read(visit: Visit, chain: Chain, without: tuple[str, ...]) -> CanvasView:
    name, words = visit.asked("elements")[:60], visit.words
    try:
        view = show_canvas(visit.con, visit.store_to_read, chain, without, name)
    except KetenError as error:
        raise Trouble(
            words("The regions of this chain cannot be held against others."),
            words("The canvas compares NUTS 2 regions: name those in the definition of the chain."),
        ) from error
    if name and not view.definition:
        raise Trouble(
            words("No set of elements is known here as '%(name)s'.", name=name),
            words("Leave the name out of the address to see the one there is."),
        )
    return view


def _value_of(figure: Figure | None) -> float | None:
    return None if figure is None or figure.value is None else float(figure.value)
