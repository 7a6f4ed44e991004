"""Who was not spoken to for long, of a list or a value chain; who never was comes first."""

from typing import Annotated, Final

from fastapi import Query
from starlette.responses import Response

from keten.atlas.answers import list_parties
from keten.atlas.conversations import find_silent, list_conversations
from keten.atlas.named import Named
from keten.atlas.parties import OUTSIDE, PLACED
from keten.lists.answers import show_list
from keten.web.pages.chain.frame import read_chain
from keten.web.pages.conversation.shown import say_ways
from keten.web.pages.suggestion.verifying import name_parts, since
from keten.web.reply import Page, Pages
from keten.web.trouble import bad_question
from keten.web.visit import Visit, Visiting
from keten.web.workbook import send_workbook

pages = Pages()
Months = Annotated[int, Query(ge=1, le=600)]
MONTHS: Final = (3, 6, 12, 24)


@pages.page("/conversations/silent", role="editor")
def silent(visit: Visiting, of: str = "", months: Months = 12) -> Page | Response:
    """Show who of a list or chain was not spoken to for so many months, or never."""
    parts = name_parts(visit)
    members = _members(visit, of, parts) if of else ()
    found = list_conversations(visit.con, visit.store, visit.person)
    rows = find_silent(found, members, since(visit.now.date(), months))
    return Page(
        "conversation/silent.html",
        visit.words("Who was not spoken to?"),
        {"silent": rows, "members": len(members), "months": months},
        {
            "of": of,
            "parts": parts,
            "all_months": MONTHS,
            "ways": say_ways(visit),
            "workbook": visit.addresses.page(
                "conversations/silent/workbook.xlsx", of=of, months=months
            ),
        },
        crumbs=((visit.words("Conversations"), visit.addresses.page("conversations")),),
        is_private=True,
    )


@pages.page("/conversations/silent/workbook.xlsx", role="editor")
def silent_workbook(visit: Visiting, of: str = "", months: Months = 12) -> Page | Response:
    """Give them as a workbook."""
    words, ways = visit.words, say_ways(visit)
    members = _members(visit, of, name_parts(visit))
    found = list_conversations(visit.con, visit.store, visit.person)
    rows = find_silent(found, members, since(visit.now.date(), months))
    headings = (words("Organisation"), words("Number"), words("Place"), words("Last spoken to"),
                words("Kind"))  # fmt: skip
    return send_workbook(
        "not-spoken-to.xlsx", words("Who was not spoken to?"), headings,
        [
            (row.about.name, row.about.who, row.about.city, row.last, ways.get(row.way, ""))
            for row in rows
        ],
    )  # fmt: skip


def _members(visit: Visit, of: str, parts: dict[str, str]) -> tuple[Named, ...]:
    kind, _, name = of.partition(":")
    if of not in parts:
        raise bad_question(visit.words, f"of={of[:40]}")
    if kind == "list":
        rows = show_list(visit.con, visit.store, name, visit.person).rows
        return tuple(
            Named(
                row.source_key or row.key, row.organisation_name or row.name, row.organisation_id,
                str(row.value.get("city", "")),
            )
            for row in rows
        )  # fmt: skip
    chain = read_chain(visit, name)
    said = visit.store.judgements(PLACED, only_in_force=True, reader=visit.person)
    return tuple(
        Named(
            party.organisation.organisation_id,
            party.organisation.name or party.organisation.organisation_id,
            party.organisation.organisation_id,
            party.organisation.city or "",
        )
        for party in list_parties(visit.con, chain, said)
        if (party.is_core or party.placing is not None)
        and not (party.placing is not None and party.placing.stage == OUTSIDE)
    )
