"""Two records compared: what speaks for one organisation, what against; and ruling on them."""

from urllib.parse import quote

from starlette.responses import Response

from keten.atlas.identity_views import PairView, SourceRecord
from keten.atlas.pairs import read_pair, write_reason
from keten.atlas.records import rule_on_pair
from keten.errors import ConflictError, NotFoundError, UsageError
from keten.web.language import Words
from keten.web.pages.identity.words import say_chance, say_outcome
from keten.web.pictures.waterfall import draw_waterfall
from keten.web.reply import Page, Pages, see_other
from keten.web.trouble import Trouble
from keten.web.visit import Visit, Visiting

pages = Pages()


@pages.page("/organisations/{left}/compare/{right}")
def compare(visit: Visiting, left: str, right: str) -> Page | Response:
    """Show two records beside each other, and what speaks for and against."""
    pair = find_pair(visit, left, right)
    words = visit.words
    own = pair.left.organisation
    crumbs = (
        ((name_side(pair.left, words), visit.addresses.organisation(own.organisation_id)),)
        if own
        else ()
    )
    return Page(
        "identity/compare.html",
        words("Are these one organisation?"),
        {"pair": pair},
        show_pair(visit, pair),
        crumbs=crumbs,
    )


@pages.form("/organisations/{left}/compare/{right}")
def rule(visit: Visiting, left: str, right: str) -> Page | Response:
    """Rule that two records are the same organisation or different ones."""
    pair = find_pair(visit, left, right)
    keep_ruling(visit, pair)
    return see_other(visit, address_of(visit, pair))


def find_pair(visit: Visit, left: str, right: str) -> PairView:
    """Give two records compared; raises Trouble in the visitor's words."""
    words = visit.words
    for name in (left, right):
        if len(name) > 60:
            raise Trouble(
                words("No record is known here as '%(name)s'.", name=name[:60]),
                words("Choose two records from the page of an organisation."),
            )
    try:
        return read_pair(visit.con, visit.store_to_read, _as_key(left), _as_key(right))
    except NotFoundError as error:
        missing = left if f"'{_as_key(left)}'" in error.what else right
        raise Trouble(
            words("No record is known here as '%(name)s'.", name=missing),
            words("Choose two records from the page of an organisation."),
        ) from error
    except UsageError as error:
        raise Trouble(
            words("Both name one and the same record, which cannot be compared with itself."),
            words("Choose two records from the page of an organisation."),
            code="usage",
            status=400,
        ) from error


def show_pair(visit: Visit, pair: PairView) -> dict[str, object]:
    """Give what the parts of a pair need besides the pair itself."""
    found = pair.comparison
    return {
        "waterfall": draw_waterfall(
            found.start, pair.steps, found.score, visit.words, visit.language
        ),
        "outcome": say_outcome(pair, visit.words, visit.evidence.built_at),
        "likely": say_chance(pair, visit.words),
        "reason": write_reason(pair, visit.language),
        "later": {j.number for j in pair.rulings if j.made_at > visit.evidence.built_at},
    }


def keep_ruling(visit: Visit, pair: PairView) -> None:
    """Keep what a form ruled on a pair; raises Trouble where it says too little."""
    words, form = visit.words, visit.form
    seen = form.get("seen", "")
    try:
        rule_on_pair(
            visit.store,
            form["verdict"],
            *pair.keys,
            form.get("reason", ""),
            "",
            visit.now,
            seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 19 else None,
        )
    except ConflictError:
        raise
    except UsageError as error:
        raise Trouble(
            words("A ruling says whether the two are the same or different, and why."),
            words("Go back, choose, and say why in a few words: others will read it."),
            code="usage",
            status=400,
        ) from error


def address_of(visit: Visit, pair: PairView) -> str:
    """Give the address at which a pair is compared."""
    return compare_address(visit.language, *pair.keys)


def compare_address(language: str, left: str, right: str) -> str:
    """Give the address at which two records are compared."""
    one, other = (quote(key, safe=":") for key in (left, right))
    return f"/{language}/organisations/{one}/compare/{other}"


def name_side(side: SourceRecord, words: Words) -> str:
    """Give the name of a record, or say that it has none."""
    return side.name or words("Organisation without a name")


def _as_key(name: str) -> str:
    return f"pic:{name}" if name.isascii() and name.isdigit() else name
