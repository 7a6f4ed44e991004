"""A new value chain, filled in on a page: name, regions, words and stages."""

from urllib.parse import quote

from starlette.responses import Response

from keten.atlas.chain_records import add_chain, make_definition
from keten.errors import ConflictError, UsageError
from keten.web.pages.account.words import Mishap
from keten.web.reply import Page, Pages, see_other
from keten.web.trouble import put_error
from keten.web.visit import Visit, Visiting

pages = Pages()
FIELDS = (
    "label-en", "label-nl", "description-en", "description-nl", "regions", "regions_label",
    "words", "stages", "source",
)  # fmt: skip


@pages.page("/chains/new", role="editor")
def new(visit: Visiting) -> Page | Response:
    """Show an empty form."""
    return _show(visit)


@pages.form("/chains/new", role="editor")
def add(visit: Visiting) -> Page | Response:
    """Keep the definition of a new chain."""
    try:
        value = make_definition(visit.form, visit.now.date().isoformat())
        reason = visit.words("Added on the page of value chains.")
        content = add_chain(visit.store, value, reason, "", visit.now)
    except ConflictError:
        words = visit.words
        what, next_step = words("There is a chain of this name already."), words("Choose another.")
        return _show(visit, Mishap("label-en", what, next_step), 409)
    except UsageError as error:
        return _show(visit, Mishap("", *put_error(error, visit.words)), 400)
    return see_other(visit, visit.addresses.page(f"chains/{quote(content.name)}"))


def _show(visit: Visit, mishap: Mishap | None = None, status: int = 200) -> Page:
    return Page(
        "chain/new.html",
        visit.words("Add a value chain"),
        {},
        {
            "typed": {name: visit.form.get(name, "") for name in FIELDS},
            "mishaps": (mishap,) if mishap else (),
        },
        crumbs=((visit.words("Value chains"), visit.addresses.page("chains")),),
        needs_evidence=False,
        status=status,
        address=visit.addresses.page("chains/new"),
        is_private=True,
    )
