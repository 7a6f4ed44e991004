"""Who else belongs in a stage: organisations that resemble its members, and what an editor says of each."""

from urllib.parse import quote

from starlette.responses import Response

from keten.atlas.answers import current_organisation
from keten.atlas.likely import find_likely_members
from keten.atlas.likely_views import LikelyMember, LikelyMembers, Said
from keten.atlas.membership import place_party, read_said, refuse_member
from keten.atlas.stage_group import AMONG
from keten.errors import NotFoundError, UsageError
from keten.model import Chain
from keten.web.language import N_
from keten.web.pages.chain.frame import read_chain
from keten.web.reply import Page, Pages, see_other
from keten.web.trouble import Trouble, bad_question
from keten.web.visit import Visit, Visiting

pages = Pages()
_AMONG = {
    "region": N_("Organisations in the regions of the chain"),
    "country": N_("Organisations in the same country"),
    "everyone": N_("Organisations anywhere"),
}


@pages.page("/chains/{chain}/members/{stage}")
def likely(visit: Visiting, chain: str, stage: str) -> Page | Response:
    """Show who resembles the members of a stage, and why."""
    defined = read_chain(visit, chain, also_new=True)
    among = visit.asked("among") or "region"
    if among not in AMONG:
        raise bad_question(visit.words, visit.query[:200])
    view = _find(visit, defined, stage, among)
    number = visit.asked("said")
    label = view.stage.label.in_language(visit.language)
    return Page(
        "chain/likely.html",
        visit.words("Who else belongs here: %(stage)s", stage=label),
        {"view": view},
        {
            "chain_view": defined,
            "address": _address(visit, chain, stage),
            "choices": [(name, visit.words(text)) for name, text in _AMONG.items()],
            "just_said": _find_said(view, number) if number.isdigit() else None,
        },
        crumbs=(
            (visit.words("Value chains"), visit.addresses.page("chains")),
            (
                defined.label.in_language(visit.language),
                visit.addresses.page(f"chains/{quote(chain)}"),
            ),
        ),
    )


@pages.form("/chains/{chain}/members/{stage}", role="editor")
def answer(visit: Visiting, chain: str, stage: str) -> Response:
    """Place a suggested organisation in the stage, or say that it does not belong there."""
    defined, form = read_chain(visit, chain, also_new=True), visit.form
    among = form.get("among", "") or "region"
    does = form.get("do", "")
    if does not in ("accept", "refuse") or among not in AMONG:
        raise bad_question(visit.words, does[:80])
    try:
        party = current_organisation(visit.con, form.get("party", ""))
    except NotFoundError as error:
        raise Trouble(
            visit.words("This organisation is not known here."),
            visit.words("Search for it by name, and choose it from what is found."),
            status=400,
            code="usage",
        ) from error
    write = place_party if does == "accept" else refuse_member
    reason = form.get("reason", "").strip() or _say_why(visit, defined, stage, among, party, does)
    try:
        line = write(visit.con, visit.store, defined, party, stage, reason, "", visit.now)
    except UsageError as error:
        raise _no_stage(visit, stage) if error.code == "usage" else error from error
    return see_other(visit, _address(visit, chain, stage, among=among, said=line.number))


def _find(visit: Visit, chain: Chain, stage: str, among: str) -> LikelyMembers:
    try:
        return find_likely_members(visit.con, chain, stage, read_said(visit.store_to_read), among)
    except UsageError as error:
        raise _no_stage(visit, stage, 404) from error


def _say_why(visit: Visit, chain: Chain, stage: str, among: str, party: str, does: str) -> str:
    """Give the reason that stands in the history where an editor typed none: what was suggested."""
    view = _find(visit, chain, stage, among)
    found = next((e for e in view.suggestions if e.organisation.organisation_id == party), None)
    names = _name_reasons(visit, found) if found else ""
    words = visit.words
    if does == "refuse":
        return words("Does not belong here, though it resembles the members.")
    if not names:
        return words("Resembles the members of this stage.")
    return words("Resembles the members of this stage: %(why)s.", why=names)


def _name_reasons(visit: Visit, found: LikelyMember) -> str:
    names = [each.name.in_language(visit.language) for each in found.reasons]
    return "; ".join(name for name in names if name and "/" not in name)


def _find_said(view: LikelyMembers, number: str) -> tuple[str, Said] | None:
    for what, lines in (("placed", view.placed), ("refused", view.refused)):
        for each in lines:
            if str(each.line.number) == number:
                return what, each
    return None


def _no_stage(visit: Visit, stage: str, status: int = 400) -> Trouble:
    return Trouble(
        visit.words("'%(name)s' is no stage of this chain.", name=stage[:80]),
        visit.words("Go back and choose one from the list."),
        code="not-found" if status == 404 else "usage",
        status=status,
    )


def _address(visit: Visit, chain: str, stage: str, **asked: str | int) -> str:
    return visit.addresses.page(f"chains/{quote(chain)}/members/{quote(stage)}", **asked)
