"""The third step of a chain: which developments go on, what that hangs on, and what was decided."""

from collections.abc import Mapping
from urllib.parse import quote

from starlette.responses import Response

from keten.errors import UsageError
from keten.model import Chain
from keten.portfolio.answers import list_choices, show_choice, show_parties
from keten.portfolio.definition import Portfolio
from keten.portfolio.records import leave_out_development, record_decision, record_development
from keten.portfolio.views import ChoiceView
from keten.portfolio.weights import read_weights as read_said
from keten.web.language import N_
from keten.web.pages.chain.frame import read_chain
from keten.web.pages.choice.form import read_development, read_weights
from keten.web.pictures.ranks import draw_ranks
from keten.web.reply import Page, Pages, see_other
from keten.web.trouble import Trouble, put_error
from keten.web.visit import Visit, Visiting

pages = Pages()

RANKS = (
    N_("First"), N_("Second"), N_("Third"), N_("Fourth"), N_("Fifth"), N_("Sixth"), N_("Seventh"),
    N_("Eighth"), N_("Ninth"), N_("Tenth"), N_("Eleventh"), N_("Twelfth"),
)  # fmt: skip


@pages.page("/chains/{chain}/choice")
def choice(visit: Visiting, chain: str) -> Page | Response:
    """Weigh the developments of a chain, with the weights as open as the address leaves them."""
    defined = read_chain(visit, chain)
    found = list_choices(visit.store_to_read, chain)
    portfolio = _pick(visit, found)
    if portfolio is None:
        return _page(visit, defined, None, found, {}, "")
    asked = visit.request.query_params
    weights, order, wrong = "", "", ""
    try:
        weights, order = read_weights(asked, portfolio.criteria)
        view = _show(visit, portfolio.name, weights, order)
    except UsageError as error:
        # What was typed stays in its field; the choice is shown with open weights beside it.
        wrong = " ".join(put_error(error, visit.words))
        view = _show(visit, portfolio.name, "", "")
    typed = {name: text for name, text in asked.items() if name.startswith(("low-", "high-"))}
    return _page(visit, defined, view, found, typed, wrong)


@pages.form("/chains/{chain}/choice/developments", role="editor")
def change(visit: Visiting, chain: str) -> Response:
    """Add a development, or change one."""
    defined, portfolio = read_chain(visit, chain), _named(visit, chain)
    record_development(
        visit.store, portfolio.name, read_development(visit.form, portfolio.criteria, chain),
        visit.form.get("reason", ""), _author(visit), visit.now, saw=_saw(visit),
    )  # fmt: skip
    return _back(visit, defined, portfolio, "scores")


@pages.form("/chains/{chain}/choice/left-out", role="editor")
def leave_out(visit: Visiting, chain: str) -> Response:
    """Take a development out of the comparison."""
    defined, portfolio = read_chain(visit, chain), _named(visit, chain)
    leave_out_development(
        visit.store, portfolio.name, visit.form.get("development", ""),
        visit.form.get("reason", ""), _author(visit), visit.now, saw=_saw(visit),
    )  # fmt: skip
    return _back(visit, defined, portfolio, "scores")


@pages.form("/chains/{chain}/choice/decision", role="editor")
def decide(visit: Visiting, chain: str) -> Response:
    """Keep which developments go on, and what that stood on."""
    defined, portfolio = read_chain(visit, chain), _named(visit, chain)
    weights = read_said(
        visit.form.get("weights", ""), visit.form.get("order", ""), portfolio.criteria
    )
    chosen = tuple(dict.fromkeys(visit.form.all("chosen")))
    evidence = (visit.evidence.number, visit.evidence.fingerprint)
    record_decision(
        visit.store, portfolio.name, chosen, weights, evidence,
        visit.form.get("reason", ""), _author(visit), visit.now, saw=_saw(visit),
    )  # fmt: skip
    return _back(visit, defined, portfolio, "decision")


def _page(
    visit: Visit,
    chain: Chain,
    view: ChoiceView | None,
    found: tuple[Portfolio, ...],
    typed: Mapping[str, str],
    wrong: str,
) -> Page:
    words, language = visit.words, visit.language
    names = (
        {each.development: each.label.in_language(language) for each in view.developments}
        if (view)
        else {}
    )
    answer: dict[str, object] = {"choice": view}
    if view and visit.person:  # nobody else reads it, here or in the twin
        answer["parties"] = show_parties(visit.con, visit.store_to_read, view, visit.now)
    return Page(
        "choice/choice.html",
        words("What goes on? %(chain)s", chain=chain.label.in_language(language)),
        answer,
        {
            "chain_view": chain,
            "picture": draw_ranks(view.developments, language, words) if view else "",
            "others": tuple(each for each in found if view and each.name != view.name),
            "names": names,
            "criteria": {each.criterion: each.label.in_language(language) for each in view.criteria}
            if view
            else {},
            "ranks": tuple(words(each) for each in RANKS),
            "typed": typed,
            "wrong": wrong,
        },
        crumbs=((words("Value chains"), visit.addresses.page("chains")),),
    )


def _show(visit: Visit, name: str, weights: str, order: str) -> ChoiceView:
    evidence = (visit.evidence.number, visit.evidence.fingerprint)
    return show_choice(
        visit.con, visit.store_to_read, name, weights=weights, order=order, evidence=evidence
    )


def _pick(visit: Visit, found: tuple[Portfolio, ...]) -> Portfolio | None:
    """Give the portfolio that the address names, else the first of the chain."""
    asked = visit.asked("portfolio")
    if not asked:
        return found[0] if found else None
    named = next((each for each in found if each.name == asked), None)
    if named is None:
        raise _unknown(visit, asked)
    return named


def _named(visit: Visit, chain: str) -> Portfolio:
    name = visit.form.get("portfolio", "")
    for each in list_choices(visit.store_to_read, chain):
        if each.name == name:
            return each
    raise _unknown(visit, name)


def _unknown(visit: Visit, name: str) -> Trouble:
    return Trouble(
        visit.words("No developments are known for this chain as '%(name)s'.", name=name[:80]),
        visit.words("Leave the name out of the address to see those that are."),
    )


def _saw(visit: Visit) -> int:
    text = visit.form.get("saw", "0")
    return int(text) if text.isdecimal() and len(text) < 16 else 0


def _author(visit: Visit) -> str:
    assert visit.person is not None, "the form lets nobody else in"
    return visit.person.name


def _back(visit: Visit, chain: Chain, portfolio: Portfolio, part: str) -> Response:
    address = visit.addresses.page(f"chains/{quote(chain.chain)}/choice", portfolio=portfolio.name)
    return see_other(visit, f"{address}#{part}")
