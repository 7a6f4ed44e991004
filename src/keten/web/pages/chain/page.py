"""The list of value chains, and the first step of one: See."""

from urllib.parse import quote

from starlette.responses import Response

from keten.atlas.answers import (
    current_organisation,
    knows_chain,
    list_chains,
    show_chain,
)
from keten.atlas.membership import place_party
from keten.atlas.own_parties import list_own_parties
from keten.atlas.parties import OUTSIDE, PLACED
from keten.atlas.search import search
from keten.atlas.taxonomies import in_force, list_taxonomies
from keten.atlas.verification import last_of
from keten.errors import NotFoundError
from keten.model import Chain, Judgement, Text
from keten.programme.register_answers import list_of_chain, read_register
from keten.web.pages.chain.frame import read_chain, read_chains
from keten.web.pages.lists.belonging import read_own_figures
from keten.web.pages.lists.shown import terms_of
from keten.web.pages.suggestion.shown import may_suggest
from keten.web.pages.technology.narrowing import read_narrowing
from keten.web.pictures.network import draw_network
from keten.web.reply import Page, Pages, see_other
from keten.web.trouble import Trouble
from keten.web.visit import Visit, Visiting

pages = Pages()
FOUND = 8
TECHNOLOGIES = "technologies"  # the scheme that a chain names its technologies from


@pages.page("/chains")
def chains(visit: Visiting) -> Page | Response:
    """List the value chains."""
    known = read_chains(visit)
    # Chains of which these data hold nobody (of other regions, say) come last.
    rows = sorted(list_chains(visit.con, known), key=lambda row: not row.organisations.value)
    waiting = [chain for chain in known if chain.chain not in {row.chain.chain for row in rows}]
    return Page(
        "chain/chains.html",
        visit.words("Value chains"),
        {"chains": tuple(rows), "waiting": tuple(waiting)},
    )


@pages.page("/chains/{chain}")
def see(visit: Visiting, chain: str) -> Page | Response:
    """Show who is in a chain, in which stage, how they are connected, and what cannot be seen."""
    defined = read_chain(visit, chain, also_new=True)
    said = _said(visit)
    narrowed = read_narrowing(visit, ("technology", "mission"))
    view = show_chain(visit.con, defined, said, narrowed.filters)
    numbers = {stage.stage: number for number, stage in enumerate(defined.stages)}
    places = {
        party.organisation.organisation_id: numbers[party.stage]
        for stage in view.stages
        for party in stage.parties
    }
    own = read_own_figures(visit, [f"chain:{defined.chain}"])
    asked = visit.asked("add")[:200]
    hits = search(visit.index, asked, kind="organisation", limit=FOUND).hits if asked else ()
    return Page(
        "chain/see.html",
        defined.label.in_language(visit.language),
        {
            "view": view,
            "asked": narrowed.given,
            "initiatives": list_of_chain(read_register(visit.store_to_read, visit.person), defined),
            "own_figures": own,
        },
        {
            "chain_view": defined,
            "narrowed": narrowed,
            "naming": terms_of(visit) if own else None,
            "network": draw_network(view.ties, places, visit.words),
            "looked_up": asked,
            "hits": hits,
            "none": OUTSIDE,
            "is_new": not knows_chain(visit.con, defined.chain),
            "may_suggest": may_suggest(visit),
            # Of a party that no source knows nobody can tell what its projects are about.
            "own_parties": {}
            if narrowed.is_given
            else list_own_parties(visit.store_to_read, defined, said),
            "last": last_of(visit.store_to_read, said, visit.person),
            "technologies": _name_technologies(visit, defined),
        },
        crumbs=((visit.words("Value chains"), visit.addresses.page("chains")),),
    )


@pages.form("/chains/{chain}/parties", role="editor")
def place(visit: Visiting, chain: str) -> Response:
    """Place a party in a stage, or outside the chain."""
    defined = read_chain(visit, chain, also_new=True)
    stage, reason = visit.form.get("stage", ""), visit.form.get("reason", "")
    if stage not in {*(each.stage for each in defined.stages), OUTSIDE}:
        raise Trouble(
            visit.words("'%(name)s' is no stage of this chain.", name=stage[:80]),
            visit.words("Go back and choose one from the list."),
            code="usage",
            status=400,
        )
    try:
        party = current_organisation(visit.con, visit.form.get("party", ""))
    except NotFoundError as error:
        raise Trouble(
            visit.words("This organisation is not known here."),
            visit.words("Search for it by name, and choose it from what is found."),
            status=400,
            code="usage",
        ) from error
    place_party(visit.con, visit.store, defined, party, stage, reason, "", visit.now)
    address = visit.addresses.page(f"chains/{quote(defined.chain)}")
    return see_other(visit, f"{address}#parties")


def _name_technologies(visit: Visit, chain: Chain) -> tuple[tuple[str, Text | None], ...]:
    """Give the technologies that a chain needs, with their names where the taxonomy in force has them."""
    known = list_taxonomies(visit.store_to_read, TECHNOLOGIES)
    current = in_force(known, visit.now.date())
    names = {entry.entry: entry.label for each in current for entry in each.entries}
    return tuple((name, names.get(name)) for name in chain.technologies)


def _said(visit: Visit) -> list[Judgement]:
    store = visit.store_to_read
    return store.judgements(PLACED, only_in_force=True) if store else []
