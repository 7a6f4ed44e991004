"""Looking: what becomes of a sheet, whatever it is a list of."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from keten.errors import UsageError
from keten.lists.held import list_batches
from keten.lists.indicators import preview_indicators
from keten.lists.initiatives import preview_initiatives
from keten.lists.preview import Asked, choose_sheet, preview
from keten.lists.read import Book
from keten.lists.records import visibility_of
from keten.lists.things import ThingPreview, recognise
from keten.lists.views import Preview
from keten.lists.vocabulary import INDICATORS, ORGANISATIONS, VOCABULARIES

if TYPE_CHECKING:
    import duckdb

    from keten.workspace import Reader, Store, Terms


def look(
    con: duckdb.DuckDBPyConnection,
    store: Store | None,
    book: Book,
    asked: Asked,
    terms: Terms,
    *,
    kind: str = "",
    visibility: str = "",
    reader: Reader = None,
    tell: Callable[[str, float], None] = lambda _what, _share: None,
) -> Preview | ThingPreview:
    """Say of each row what becomes of it; the kind of the list is as asked, as before, or as it looks.

    Raises: UsageError for a kind that is none, or a sheet that holds no such list.
    """
    batches = list_batches(store, asked.slug, reader)
    before = str(batches[-1].detail.get("kind", ORGANISATIONS)) if batches else ""
    if kind and kind not in VOCABULARIES:
        raise UsageError(f"'{kind}' is no kind of list.", f"Choose: {', '.join(VOCABULARIES)}.")
    if kind and before and kind != before:
        raise UsageError(
            f"The list '{asked.slug}' holds {before}, no {kind}.", "Give this one another name."
        )
    found = kind or before or recognise(choose_sheet(book, asked.sheet))
    if found == ORGANISATIONS:
        return preview(con, store, book, asked, reader=reader, tell=tell)
    kept = str(batches[-1].detail.get("visibility", "")) if batches else ""
    _, (is_private, shared_with) = visibility_of(kept or visibility)
    if found == INDICATORS:
        return preview_indicators(store, book, asked, terms, reader=reader)
    return preview_initiatives(
        con,
        store,
        book,
        asked,
        terms,
        is_private=is_private,
        shared_with=shared_with,
        reader=reader,
    )
