"""Connect: partners that a party of a chain never worked with, and how well such suggestions did."""

from urllib.parse import urlencode

from starlette.responses import Response

from keten.atlas.answers import current_organisation, list_parties
from keten.atlas.parties import OUTSIDE, PLACED
from keten.atlas.search import search
from keten.atlas.views import Hit
from keten.errors import NotFoundError
from keten.matchmaking import answers
from keten.model import KINDS, Chain, is_organisation_id
from keten.web.language import N_
from keten.web.pages.chain.frame import read_chain
from keten.web.pictures.introduction import draw_introductions
from keten.web.reply import Page, Pages, redirect
from keten.web.trouble import Trouble, bad_question
from keten.web.visit import Visit, Visiting

pages = Pages()
_OTHERS = 8
_AMONG = {
    "chain": N_("Parties of this chain, anywhere"),
    "region": N_("Parties of this chain in its regions"),
    "abroad": N_("Parties of this chain in other countries"),
    "everyone": N_("All organisations"),
}


@pages.page("/chains/{chain}/connections")
def connections(visit: Visiting, chain: str) -> Page | Response:
    """Show the parties to choose from or, for a chosen one, partners it never worked with."""
    defined = read_chain(visit, chain)
    asked = visit.asked("party").strip()
    return _suggest(visit, defined, asked) if asked else _choose(visit, defined)


def _choose(visit: Visit, chain: Chain) -> Page:
    query = " ".join(visit.asked("q").split())[:200]
    is_cut = False
    others: tuple[Hit, ...] = ()
    if query:
        found = answers.list_parties(visit.con, chain, query)
        rows = tuple((party.organisation, party.projects) for party in found.parties)
        is_cut = found.has_more
        if not rows:
            others = search(visit.index, query, kind="organisation", limit=_OTHERS).hits
    else:
        said = visit.store_to_read
        placed = said.judgements(PLACED, only_in_force=True) if said else ()
        rows = tuple(
            (party.organisation, party.projects)
            for party in list_parties(visit.con, chain, placed)
            if party.stage != OUTSIDE
        )
    country = chain.regions[0][:2]
    return Page(
        "connection/choose.html",
        visit.words("Who belongs together?"),
        {
            "query": query,
            "parties": tuple(
                {"organisation": organisation, "projects": projects}
                for organisation, projects in rows
            ),
            "backtest": answers.read_backtest(visit.con, country, chain.chain),
        },
        {
            "chain_view": chain,
            "cut": is_cut,
            "others": others,
            "here": _address(visit, chain),
            "country": country,
        },
        crumbs=_crumbs(visit, chain),
    )


def _suggest(visit: Visit, chain: Chain, asked: str) -> Page | Response:
    among, kind = visit.asked("among") or "chain", visit.asked("kind")
    if among not in answers.AMONG or (kind and kind not in KINDS):
        raise bad_question(visit.words, visit.query[:200])
    party = _find(visit, asked)
    if party != asked:
        return redirect(visit, _address(visit, chain, party=party, among=among, kind=kind))
    view = answers.rank_partners(
        visit.con, party, chain, among=among, kind=kind, this_year=visit.evidence.built_at.year
    )
    country = view.party.country or ""
    tested = chain.chain if among != "everyone" else ""
    return Page(
        "connection/suggestions.html",
        visit.words(
            "Partners for %(name)s",
            name=view.party.name or visit.words("Organisation without a name"),
        ),
        {
            "suggestions": view,
            "backtest": answers.read_backtest(visit.con, country, tested),
        },
        {
            "chain_view": chain,
            "here": _address(visit, chain),
            "choices": [
                (
                    name,
                    visit.words(label),
                    _address(visit, chain, party=party, among=name, kind=kind),
                )
                for name, label in _AMONG.items()
            ],
            "kinds": [
                (name, _address(visit, chain, party=party, among=among, kind=name))
                for name in ("", *KINDS)
            ],
            "picture": draw_introductions(view, visit.words),
            "country": country,
        },
        crumbs=(
            *_crumbs(visit, chain),
            (visit.words("Who belongs together?"), _address(visit, chain)),
        ),
    )


def _find(visit: Visit, asked: str) -> str:
    """Give the identifier that holds now; a bare participant number or a name's number will do."""
    name = f"pic:{asked}" if asked.isascii() and asked.isdigit() else asked
    try:
        return current_organisation(visit.con, name)
    except NotFoundError:
        words = visit.words
        hits = () if is_organisation_id(name) else search(visit.index, asked[:200], limit=8).hits
        raise Trouble(
            words("No organisation is known here as '%(name)s'.", name=asked[:80]),
            words("Go back and choose a party from the list, or look it up by its name."),
            suggestions=tuple(hit for hit in hits if hit.kind == "organisation"),
        ) from None


def _address(visit: Visit, chain: Chain, **asked: str) -> str:
    given = {
        name: value
        for name, value in asked.items()
        if value and (name, value) != ("among", "chain")
    }
    here = visit.addresses.page(f"chains/{chain.chain}/connections")
    return f"{here}?{urlencode(given, safe=':')}" if given else here


def _crumbs(visit: Visit, chain: Chain) -> tuple[tuple[str, str], ...]:
    to = visit.addresses
    return (
        (visit.words("Value chains"), to.page("chains")),
        (chain.label.in_language(visit.language), to.page(f"chains/{chain.chain}")),
    )
