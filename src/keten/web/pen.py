"""Makes the pen that documents are written with: numbers, days and addresses as the pages write them."""

import duckdb

from keten.errors import KetenError
from keten.evidence.figures import measure
from keten.model import Figure, Scope
from keten.story import Pen, Recount
from keten.web.address import Addresses
from keten.web.explainers import find_explainer
from keten.web.language import N_, words_in
from keten.web.numbers import write_date, write_number
from keten.workspace import Store

_UNKNOWN = N_("not known")
_TO = N_("to")


def make_pen(language: str, public_url: str = "") -> Pen:
    """Give the pen of a language; without a public address nothing in a document leads anywhere."""
    say, to = words_in(language), Addresses(language)

    def write_figure(figure: Figure) -> str:
        if figure.value is None:
            return say(_UNKNOWN)
        written = write_number(figure.value, figure.unit, language)
        if figure.interval is None:
            return written
        low, high = (
            write_number(bound, figure.unit, language)
            for bound in (figure.interval.low, figure.interval.high)
        )
        return f"{written} ({low} {say(_TO)} {high})"

    return Pen(
        language,
        write_figure,
        lambda day: write_date(day, language),
        lambda figure: public_url + to.why(figure) if public_url else "",
        lambda identifier: public_url + to.organisation(identifier) if public_url else "",
    )


def make_recount(con: duckdb.DuckDBPyConnection, store: Store | None) -> Recount:
    """Give what counts a figure anew from its measure and scope, as the page behind it does."""

    def recount(name: str, scope: Scope) -> Figure | None:
        explainer = find_explainer(name)
        try:
            if explainer is not None:
                return explainer.explain(con, store, name, scope).figure
            return measure(con, name, scope)
        except KetenError:
            return None  # the evidence of now cannot give it; the sentence is marked

    return recount
