"""Lists of initiatives and of figures: read, held against what is kept, stored, undone, given back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import duckdb
import pytest

from keten.cli.load import keep_examples
from keten.errors import UsageError
from keten.lists.added import added_to_things, thing_headings
from keten.lists.answers import show_list, show_lists
from keten.lists.give_back import give_back
from keten.lists.indicators import list_figures, write_figures
from keten.lists.initiative_sheet import as_row, write_initiatives
from keten.lists.looking import look
from keten.lists.preview import Asked, preview
from keten.lists.read import read_book
from keten.lists.records import import_list, undo_import
from keten.lists.tables import write_csv, write_workbook
from keten.lists.thing_records import import_things
from keten.lists.things import ThingPreview
from keten.model import read_said
from keten.workspace import Store, Terms, read_terms
from tests.lists.conftest import HOME, NOW
from tests.lists.made import workbook

Look = Callable[..., ThingPreview]
HEAD = [
    "Initiatief",
    "Trekker",
    "Soort",
    "Randvoorwaarden",
    "Regio",
    "Budget",
    "Start",
    "Eind",
    "Site",
]


@pytest.fixture
def terms(store: Store) -> Terms:
    keep_examples(store, NOW, is_invented=True)
    return read_terms(store, NOW.date(), {"QN": "Northland", "QN1": "North", "QN2": "South"})


@pytest.fixture
def see(con: duckdb.DuckDBPyConnection, store: Store, terms: Terms) -> Look:
    def seen(
        content: bytes, name: str = "Initiatieven", file: str = "a.xlsx", **more: Any
    ) -> ThingPreview:
        asked = Asked(name.lower(), home=HOME)
        found = look(con, store, read_book(content, file), asked, terms, reader="A", **more)
        assert isinstance(found, ThingPreview)
        return found

    return seen


def keep(store: Store, found: ThingPreview, **more: Any) -> Any:
    return import_things(store, found, "Initiatieven", "Read.", "A", NOW, reader="A", **more)


def sheet(lead: str = "Kring", *more: list[object]) -> bytes:
    rows: list[list[object]] = [
        ["Overzicht 2026"], [], list[object](HEAD),
        ["Proeffabriek", lead, "Fieldlab", "Talent; Financiering", "North", "€ 1,2 mln",
         2024, 2027, "x.nl"],
        ["+cmd|' /C calc'!A0", "Jan de Vries", "Iets raars", "Netwerken, Bestaat niet", "QN2", "veel",
         "31-12-2025", "1-1-2025", "geen adres"],
        ["Proeffabriek", "Anders", None, "Netwerken", None, None, None, None, None],
        [None, "Niemand", None, "Talent", None, None, None, None, None],
        *more,
    ]  # fmt: skip
    return workbook({"Blad1": rows})


def test_a_sheet_of_initiatives_is_known_by_its_headings(see: Look) -> None:
    found = see(sheet())
    assert (found.kind, [row.status for row in found.rows]) == (
        "initiatives", ["added", "added", "joined", "wrong"],
    )  # fmt: skip
    first = read_said(found.rows[0].value, "")
    assert first.serves == ("element:finance", "element:networks", "element:talent", "region:QN1")
    assert (first.kind, first.amount_eur, first.website) == ("field-lab", 1_200_000, "https://x.nl")
    assert (first.starts, first.ends) == (date(2024, 1, 1), date(2027, 12, 31))
    second = read_said(found.rows[1].value, "")
    assert (second.lead, second.amount_eur, second.ends) == ("", None, None)
    told = {problem.address: problem.heading for problem in found.problems}
    assert set(told) == {"B5", "C5", "D5", "F5", "H5", "I5", "B6", "A7"}


def test_kept_at_once_read_again_and_undone(see: Look, store: Store) -> None:
    done = keep(store, see(sheet()))
    assert (done.added, done.batch.lines) == (2, 3)
    assert [(head.kind, head.rows) for head in show_lists(store, "A")] == [("initiatives", 2)]
    again = see(sheet())
    assert (again.count("unchanged"), again.missing, keep(store, again).batch) == (2, (), None)
    changed = see(sheet("Een andere kring"))
    assert [one.heading.nl for row in changed.rows for one in row.differences] == [
        "Wie voert het uit"
    ]
    assert keep(store, changed).changed == 1
    undo_import(store, done.batch.number, "No.", "A", NOW)
    assert store.judgements("initiative", only_in_force=True) == []


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("write", [lambda rows: write_workbook({"Mine": rows}), write_csv])
def test_what_is_given_back_changes_nothing(
    see: Look, store: Store, terms: Terms, con: duckdb.DuckDBPyConnection, language: str, write: Any
) -> None:
    extra = ["Opmerking", *HEAD]
    rows: list[list[object]] = [
        list[object](extra),
        ["let op", "Ring", "Kring", "Cluster", "Talent", "North; South", 5, None, None, None],
        ["+31 6", "Plan, B; C", "Iemand (he:9)", None, None, None, None, None, None, None],
    ]
    keep(store, see(workbook({"Blad1": rows})))
    # A term that no definition names any more is not lost, either.
    (line, *_) = store.judgements("initiative", only_in_force=True, reader="A")
    value = {**line.value, "serves": [*line.value["serves"], "element:gone"], "kind": "gone"}
    store.record("initiative", line.subject, line.object, "so", "A", NOW, value=value,
                 supersedes=line.number, is_private=True, shared_with="editor")  # fmt: skip
    view = show_list(con, store, "initiatieven", "A")
    given = write(write_initiatives(map(as_row, view.things), terms, language))
    file = "back.xlsx" if given.startswith(b"PK") else "back.csv"
    found = see(given, file=file, kind="initiatives")
    assert [row.status for row in found.rows] == ["unchanged", "unchanged"], found.rows
    assert keep(store, found, is_whole=True).batch is None
    told = give_back(given, read_book(given, file), found, added_to_things(found, language), language,
                     thing_headings(language))[0]  # fmt: skip
    assert see(told, file=file, kind="initiatives").count("unchanged") == 2


def test_who_leads_is_found_in_the_evidence(
    see: Look, store: Store, names: list[tuple[str, str, str]]
) -> None:
    key, name, _ = names[0]
    found = see(sheet(f"{name} ({key})"))
    assert read_said(found.rows[0].value, "").lead_record == key
    by_name = see(sheet(name))
    said = read_said(by_name.rows[0].value, "")
    assert said.lead_record or "resembles" in by_name.rows[0].notes[0].en
    assert said.lead == name


def test_a_name_that_others_see_is_left_alone(see: Look, store: Store) -> None:
    store.record(
        "initiative", "initiative:open-1", "", "so", "B", NOW, value={"label": "proeffabriek"}
    )
    assert see(sheet()).rows[0].status == "wrong"
    assert see(sheet(), visibility="everybody").rows[0].status == "changed"


def figures(**more: object) -> bytes:
    rows: list[list[object]] = [
        ["Indicator", "Regio", "Keten", "Jaar", "Waarde", "Eenheid", "Bron"],
        ["Banen", "North", None, 2024, "12.500", "banen", "LISA"],
        ["Banen", "QN2", None, 2024, more.get("value", 7.5), "banen", "LISA"],
        ["Bedrijven", None, "new-proteins", "2e helft 2025", 31, None, None],
        ["Banen", "Atlantis", None, 2024, 1, None, None],
        ["Banen", "North", None, 2024, 9, None, None],
        ["Banen", "North", None, 2023, "onbekend", None, None],
    ]
    return workbook({"Cijfers": rows})


def test_figures_of_regions_and_chains(
    see: Look, store: Store, terms: Terms, con: duckdb.DuckDBPyConnection
) -> None:
    found = see(figures(), "Cijfers")
    assert [row.status for row in found.rows] == ["added"] * 3 + ["wrong"] * 3
    assert keep(store, found).added == 3
    (north,) = list_figures(store, ["region:QN1"], "A")
    assert (north.value, north.unit, north.period, north.source) == (
        12_500,
        "banen",
        "2024",
        "LISA",
    )
    assert list_figures(store, ["region:QN1"]) == ()  # for editors
    (chain,) = list_figures(store, ["chain:new-proteins"], "A")
    assert (chain.period, chain.source) == ("2e helft 2025", "a.xlsx")
    assert keep(store, see(figures(), "Cijfers")).batch is None
    assert keep(store, see(figures(value=8), "Cijfers")).changed == 1
    lines = list(show_list(con, store, "cijfers", "A").things)
    again = see(write_workbook({"x": write_figures(lines, terms, "nl")}), "Cijfers")
    assert (again.count("unchanged"), len(again.rows)) == (3, 3)


def test_years_may_stand_beside_each_other(see: Look) -> None:
    rows: list[list[object]] = [
        ["Indicator", "Regio", 2023, 2024],
        ["Banen", "North", 5, 6],
        ["Fte", "South", None, 7],
    ]
    found = see(workbook({"x": rows}), "Breed", kind="indicators")
    assert [(row.value["period"], row.value["value"]) for row in found.rows] == [
        ("2023", 5), ("2024", 6), ("2024", 7),
    ]  # fmt: skip


def test_a_list_stays_a_list_of_what_it_is(see: Look, store: Store) -> None:
    keep(store, see(sheet()))
    with pytest.raises(UsageError, match="holds initiatives"):
        see(figures(), kind="indicators")


def test_members_of_technologies_and_missions(
    con: duckdb.DuckDBPyConnection, store: Store, terms: Terms, names: list[tuple[str, str, str]]
) -> None:
    rows: list[list[object]] = [
        ["Organisatie", "Plaats", "Technologie", "Missie", "Waardeketen"],
        [names[0][1], names[0][2], "AI; quantum technology", None, "new-proteins"],
        ["Nobody Knows This", "Elsewhere", "Steam", "Veiligheid", None],
    ]
    book = read_book(workbook({"x": rows}), "m.xlsx")
    found = preview(con, store, book, Asked("leden", home=HOME), reader="A")
    import_list(store, found, "Leden", "Read.", "A", NOW, visibility="everybody", reader="A")
    lines = store.judgements("member", only_in_force=True)
    assert sorted({line.object.partition(":")[0] for line in lines}) == [
        "chain",
        "mission",
        "technology",
    ]
    assert len(lines) == 4
    again = preview(con, store, book, Asked("leden", home=HOME), reader="A")
    assert import_list(store, again, "Leden", "Read.", "A", NOW, reader="A").batch is None
