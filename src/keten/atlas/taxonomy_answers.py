"""Answers about taxonomies: an entry with what its mapping catches, and regions by agency."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from keten.atlas.catching import count_caught, find_near, show_samples
from keten.atlas.taxonomies import in_force, list_members, list_taxonomies, read_changes
from keten.atlas.taxonomy_method import count_members, scope_of
from keten.atlas.taxonomy_views import CatchView, ClueRow, EntryView
from keten.errors import NotFoundError
from keten.model import Figure, MapsTo, Scope, Taxonomy, TaxonomyEntry

if TYPE_CHECKING:
    import duckdb

    from keten.workspace import Store

AGENCIES: Final = "agencies"


def show_entry(
    con: duckdb.DuckDBPyConnection | None, store: Store | None, taxonomy: Taxonomy, name: str
) -> EntryView:
    """Give an entry with its neighbours, members and what its mapping catches; raises NotFoundError."""
    entry = taxonomy.find(name)
    if entry is None:
        names = ", ".join(each.entry for each in taxonomy.entries)
        raise NotFoundError(
            f"'{name[:80]}' is no entry of '{taxonomy.scheme}'.", f"There are: {names}."
        )
    change = read_changes(store).get((taxonomy.name, name)) if store is not None else None
    members = list_members(store, taxonomy).get(name, ())
    held = change is not None and "maps_to" in change.value
    line = change.number if change is not None and held else taxonomy.number
    catch = (
        show_catch(con, entry.maps_to, scope_of(taxonomy.name, name, line))
        if con is not None and entry.maps_to.clues
        else None
    )
    return EntryView(
        taxonomy=taxonomy,
        entry=entry,
        change=change,
        broader=tuple(each for each in taxonomy.entries if each.entry in entry.broader),
        narrower=taxonomy.narrower(name),
        members=members,
        members_total=count_members(taxonomy.name, name, members),
        catch=catch,
    )


def show_catch(con: duckdb.DuckDBPyConnection, maps_to: MapsTo, scope: Scope) -> CatchView:
    """Give what a mapping catches and misses; `scope` says which mapping it is."""
    caught = count_caught(con, maps_to)
    words, missed = find_near(con, maps_to)
    titles = _read_field_titles(con, [clue.term for clue in maps_to.of_way("field")])

    def figure(name: str, value: int, **more: str) -> Figure:
        return Figure(value, "count", name, scope.narrowed(**more))

    rows = [
        ClueRow(
            count.clue,
            titles.get(count.clue.term, ""),
            figure("mapping_clue", count.met, way=count.clue.way, term=count.clue.term),
            figure("mapping_alone", count.alone, way=count.clue.way, term=count.clue.term),
        )
        for count in caught.clues
    ]
    rows.sort(key=lambda row: (-int(row.met.value or 0), row.clue.way, row.clue.term))
    return CatchView(
        projects=figure("mapping_projects", len(caught.projects)),
        clues=tuple(rows),
        samples=show_samples(con, maps_to),
        near_words=tuple(
            (each.word, figure("mapping_titles", each.titles, word=each.word)) for each in words
        ),
        missed=missed,
    )


def list_agencies(store: Store | None, today: date) -> tuple[TaxonomyEntry, ...]:
    """Give the agencies of the version in force that name their regions."""
    mine = [each for each in list_taxonomies(store) if each.scheme == AGENCIES]
    if not mine:
        return ()
    return tuple(entry for entry in in_force(mine, today)[0].entries if entry.regions)


def _read_field_titles(con: duckdb.DuckDBPyConnection, terms: Sequence[str]) -> dict[str, str]:
    rows = con.execute(
        "select code, min(title) from project_field where code in (select unnest($terms)) "
        "group by code order by code",
        {"terms": list(terms)},
    ).fetchall()
    return dict(rows)
