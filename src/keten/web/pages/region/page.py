"""The pages of regions: the tree to choose from, and a region or a set of them."""

from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from keten.atlas.answers import (
    current_region,
    list_organisations,
    list_regions,
    outline,
    show_region,
    show_region_receipts,
)
from keten.atlas.search import search
from keten.atlas.taxonomy_answers import list_agencies
from keten.errors import NotFoundError, UsageError
from keten.evidence.figures.labels import read_region_names
from keten.model import Region, Scope, TaxonomyEntry, region_codes
from keten.web.pages.lists.belonging import read_own_figures
from keten.web.pages.lists.shown import terms_of
from keten.web.pages.technology.narrowing import read_narrowing
from keten.web.pictures.bars import draw_years
from keten.web.pictures.map import draw_map
from keten.web.reply import Page, Pages, redirect
from keten.web.template import country_name
from keten.web.trouble import Trouble, bad_question
from keten.web.visit import Visit, Visiting

pages = Pages()
PAGE = 50
MOST_CODES = 60
Number = Annotated[int, Query(ge=1, le=100_000)]
Codes = Annotated[list[str] | None, Query(max_length=MOST_CODES)]


@pages.page("/regions")
def choose(visit: Visiting, code: Codes = None) -> Page | Response:
    """Show the regions to choose from; those that were ticked lead to their page."""
    if code:
        return redirect(visit, visit.addresses.region(*_read_codes(visit, "+".join(code))), 302)
    home, narrowed = visit.settings.home_country, read_narrowing(visit)
    scope = narrowed.narrow(Scope())
    return Page(
        "region/regions.html",
        visit.words("Regions"),
        {
            "countries": list_regions(visit.con, scope=scope),
            "regions": list_regions(visit.con, home, scope=scope),
            "asked": narrowed.given,
        },
        {
            "narrowed": narrowed,
            "home_name": country_name(home, visit.language),
            "home": home,
            "agencies": read_agencies(visit),
        },
    )


@pages.page("/regions/{codes}")
def region(visit: Visiting, codes: str) -> Page | Response:
    """Show a region, or a set of regions as one."""
    asked = _read_codes(visit, codes)
    current: set[str] = set()
    for code in asked:
        followed = _current(visit, code)
        if len(followed) > 1:
            return _explain(visit, code, followed)
        current.update(followed)
    held = tuple(sorted(current))
    if visit.addresses.region(*held) != visit.addresses.region(codes):
        return redirect(visit, visit.addresses.region(*held))
    narrowed = read_narrowing(visit)
    view = show_region(visit.con, held, narrowed.filters)
    own = read_own_figures(visit, [f"region:{code}" for code in held])
    return Page(
        "region/region.html",
        _title(view.regions, visit),
        {
            "region": view,
            "asked": narrowed.given,
            # What other sources say is of no project, so that nothing narrows it.
            "other_sources": None if narrowed.is_given else show_region_receipts(visit.con, held),
            "own_figures": () if narrowed.is_given else own,
        },
        {
            "narrowed": narrowed,
            "naming": terms_of(visit) if own else None,
            "bars": draw_years(view.years, visit.words) if len(view.years) > 1 else "",
            "is_set": len(held) > 1,
            "agencies": tuple(
                each for each in read_agencies(visit) if set(each.regions) == set(held)
            ),
            "map": draw_map(
                outline(visit.con, held),
                visit.words("Where it lies"),
                visit.words("The regions around it, with what this page is about marked."),
            ),
        },
        crumbs=(
            (visit.words("Regions"), visit.addresses.page("regions")),
            *((_name(above, visit), visit.addresses.region(above.code)) for above in view.above),
        ),
    )


@pages.page("/regions/{codes}/organisations")
def organisations(visit: Visiting, codes: str, page: Number = 1) -> Page | Response:
    """List all organisations of a region or a set, those with most contribution first."""
    asked = _read_codes(visit, codes)
    held = tuple(sorted({now for code in asked for now in _current(visit, code)}))
    if visit.addresses.region(*held) != visit.addresses.region(codes):
        return redirect(visit, f"{visit.addresses.region(*held)}/organisations")
    joined = "+".join(held)
    narrowed = read_narrowing(visit)
    scope = narrowed.narrow(Scope.of(region=joined))
    rows = list_organisations(visit.con, scope, (page - 1) * PAGE, PAGE + 1)
    if not rows and not (narrowed.is_given and page == 1):
        if page == 1:
            return redirect(visit, visit.addresses.region(*held), 302)
        raise bad_question(visit.words, f"page={page}")
    here = f"{visit.addresses.region(*held)}/organisations"
    more = "".join(f"&{name}={value}" for name, value in narrowed.given.items())
    found = read_region_names(visit.con, held)
    names = {
        code: country_name(code, visit.language) if len(code) == 2 else found.get(code, code)
        for code in held
    }
    title = " + ".join(names.values())
    return Page(
        "region/organisations.html",
        visit.words("Organisations in %(codes)s", codes=title),
        {"codes": held, "organisations": rows[:PAGE], "asked": narrowed.given},
        {
            "named": tuple(names.items()),
            "narrowed": narrowed,
            "previous": "" if page == 1 else f"{here}?page={page - 1}{more}",
            "next": f"{here}?page={page + 1}{more}" if len(rows) > PAGE else "",
        },
        crumbs=((title, visit.addresses.region(*held)),),
    )


def read_agencies(visit: Visit) -> tuple[TaxonomyEntry, ...]:
    """Give the agencies of which these data know every region."""
    found = list_agencies(visit.store_to_read, visit.now.date())
    codes = sorted({code for each in found for code in each.regions})
    known = read_region_names(visit.con, codes)
    return tuple(each for each in found if all(code in known for code in each.regions))


def _title(regions: tuple[Region, ...], visit: Visit) -> str:
    return " + ".join(_name(found, visit) for found in regions)


def _name(found: Region, visit: Visit) -> str:
    return country_name(found.code, visit.language) if found.level == 0 else found.name


def _read_codes(visit: Visit, text: str) -> tuple[str, ...]:
    try:
        codes = region_codes(text)
    except UsageError:
        raise Trouble(
            visit.words("'%(name)s' is no region or set of regions.", name=text[:80]),
            visit.words(
                "Name codes joined by a plus sign, such as NL11+NL12, or choose from the list."
            ),
            code="usage",
            status=400,
            suggestions=search(visit.index, text[:80], kind="place", limit=8).hits,
        ) from None
    if len(codes) > MOST_CODES:
        raise bad_question(visit.words, "+".join(codes)[:80])
    return codes


def _current(visit: Visit, code: str) -> tuple[str, ...]:
    try:
        return current_region(visit.con, code)
    except NotFoundError:
        raise Trouble(
            visit.words("No region is known here as '%(name)s'.", name=code),
            visit.words("Choose from the list of regions, or search for the name of a place."),
            suggestions=search(visit.index, code, kind="place", limit=8).hits,
        ) from None


def _explain(visit: Visit, code: str, followed: tuple[str, ...]) -> Page:
    """Say which regions followed a former one that was divided."""
    return Page(
        "region/former.html",
        visit.words("A former region"),
        {"former": code, "followed_by": followed},
        {"names": read_region_names(visit.con, followed)},
        crumbs=((visit.words("Regions"), visit.addresses.page("regions")),),
    )
