"""How dependent a party is on subsidy, for signed-in people only."""

from starlette.responses import Response

from keten.atlas.answers import current_organisation
from keten.errors import NotFoundError
from keten.portfolio.answers import show_dependence
from keten.portfolio.finance import record_finance
from keten.web.pages.choice.form import read_amounts
from keten.web.reply import Page, Pages, redirect, see_other
from keten.web.trouble import Trouble
from keten.web.visit import Visit, Visiting

pages = Pages()


@pages.page("/organisations/{identifier}/dependence", role="visitor")
def dependence(visit: Visiting, identifier: str) -> Page | Response:
    """Show a party's subsidies by year, from whom, and what share of its money they are."""
    current = _current(visit, identifier)
    if current != identifier:
        return redirect(visit, visit.addresses.organisation(current, "dependence"))
    view = show_dependence(visit.con, visit.store_to_read, current, visit.now)
    name = view.label.name or visit.words("Organisation without a name")
    return Page(
        "choice/dependence.html",
        visit.words("Dependence on subsidy of %(name)s", name=name),
        {"dependence": view},
        crumbs=((name, visit.addresses.organisation(current)),),
        is_private=True,
    )


@pages.form("/organisations/{identifier}/dependence", role="editor")
def enter(visit: Visiting, identifier: str) -> Response:
    """Keep revenue and private capital of a year."""
    current = _current(visit, identifier)
    year, amounts = read_amounts(visit.form)
    assert visit.person is not None, "the form lets nobody else in"
    record_finance(
        visit.con, visit.store, current, year, amounts, visit.form.get("reason", ""),
        visit.person.name, visit.now,
    )  # fmt: skip
    return see_other(visit, visit.addresses.organisation(current, "dependence"))


def _current(visit: Visit, identifier: str) -> str:
    try:
        return current_organisation(visit.con, identifier)
    except NotFoundError as error:
        raise Trouble(
            visit.words("No organisation is known here as '%(name)s'.", name=identifier[:80]),
            visit.words("Search for it by name, and follow the way from its page."),
        ) from error
