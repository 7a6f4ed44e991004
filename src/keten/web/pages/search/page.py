"""Search: the page of hits, and the fragment that suggests while somebody types."""

import re
from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from keten.atlas.answers import current_organisation, current_region, show_project
from keten.atlas.search import search, suggest
from keten.atlas.suggested import find_suggested
from keten.atlas.technology_among import list_members_of
from keten.errors import NotFoundError
from keten.model import PROGRAMMES, Scope, is_organisation_id
from keten.web.pages.suggestion.shown import may_suggest
from keten.web.pages.technology.narrowing import read_narrowing
from keten.web.printer import Printer
from keten.web.reply import Page, Pages, frame, redirect
from keten.web.trouble import bad_question
from keten.web.visit import Visit, Visiting

pages = Pages()
PAGE = 20
KINDS = ("organisation", "project", "place")
LONGEST = 200
_LAST_PAGE = 10_000

Asked = Annotated[str, Query(max_length=2_000)]
Number = Annotated[int, Query(ge=1, le=_LAST_PAGE)]


@pages.page("/search")
def find(visit: Visiting, q: Asked = "", kind: str = "", page: Number = 1) -> Page | Response:
    """Show what matches; an identifier leads straight to what it stands for."""
    if kind and kind not in KINDS:
        raise bad_question(visit.words, f"kind={kind}")
    query = q.strip()[:LONGEST]
    narrowed = read_narrowing(visit)
    if not kind and not narrowed.is_given and (address := _identified(visit, query)):
        return redirect(visit, address, 302)
    among = list_members_of(visit.con, narrowed.narrow(Scope())) if narrowed.is_given else None
    view = search(
        visit.index, query, kind=kind or None, limit=PAGE, offset=(page - 1) * PAGE, among=among
    )
    if page > 1 and not view.hits:
        raise bad_question(visit.words, f"page={page}")
    to = visit.addresses
    return Page(
        "search/search.html",
        visit.words("Search results for %(query)s", query=f"“{query}”")
        if query
        else visit.words("Search"),
        {"search": view, "kind": kind, "asked": narrowed.given},
        {
            "narrowed": narrowed,
            "query": query,
            "own": find_suggested(visit.store_to_read, query) if page == 1 else (),
            "may_suggest": may_suggest(visit),
            "kinds": KINDS,
            "previous": to.page("search", q=query, kind=kind, **narrowed.given, page=page - 1)
            if page > 1
            else "",
            "next": to.page("search", q=query, kind=kind, **narrowed.given, page=page + 1)
            if view.has_more
            else "",
        },
    )


@pages.page("/suggest")
def hint(visit: Visiting, q: Asked = "") -> Page | Response:
    """Give a few things that somebody may be typing, as a fragment."""
    query = q.strip()[:LONGEST]
    hits = suggest(visit.index, query, 8) if len(query) > 1 else ()
    if visit.wants_json:
        return Page("", query, {"hits": hits})
    values = {**frame(visit), "p": Printer(visit.language, {}), "hits": hits, "query": query}
    body = visit.house.templates.render("search/suggest.html", visit.language, values)
    return Response(body, media_type="text/html", headers={"Cache-Control": "no-cache"})


def _identified(visit: Visit, query: str) -> str:
    """Give the page of what an identifier stands for, or nothing."""
    compact = query.replace(" ", "")
    names = [compact] if is_organisation_id(compact) else []
    if re.fullmatch(r"[0-9]{9}", compact):
        names.append(f"pic:{compact}")
    for name in names:
        try:
            return visit.addresses.organisation(current_organisation(visit.con, name))
        except NotFoundError:
            continue
    projects = [compact.lower()] if compact.lower().startswith(("he-", "h2020-")) else []
    if re.fullmatch(r"[0-9]{5,9}", compact):
        projects += [f"{programme}-{compact}" for programme in PROGRAMMES]
    for name in projects:
        try:
            return visit.addresses.project(show_project(visit.con, name).project_id)
        except NotFoundError:
            continue
    # Two letters alone are as likely a word (is, it) as a country, unless they are capitals.
    codes_named = compact.upper() if re.search("[0-9]", compact) else compact
    if re.fullmatch(r"[A-Z]{2}[0-9A-Z]{0,3}(\+[A-Z]{2}[0-9A-Z]{0,3})*", codes_named):
        try:
            codes = [
                code for part in codes_named.split("+") for code in current_region(visit.con, part)
            ]
            return visit.addresses.region(*codes)
        except NotFoundError:
            return ""
    return ""
