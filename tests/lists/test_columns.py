"""Columns: the heading is found, and each column is proposed by its heading or its cells."""

from __future__ import annotations

from keten.lists.columns import find_layout, mapping_of
from keten.lists.read import Grid
from keten.lists.rows import read_rows


def grid(*lines: tuple[object, ...], merged: tuple[tuple[int, int, int, int], ...] = ()) -> Grid:
    return Grid("sheet", lines, merged)  # type: ignore[arg-type]


def fields(found: Grid) -> dict[str, str]:
    return {column.heading: column.field for column in find_layout(found).columns}


def test_the_heading_may_stand_on_row_three() -> None:
    layout = find_layout(
        grid(("Leden 2026",), (), ("Bedrijfsnaam", "PC", "KvK nr."), ("A BV", "9712 CP", 1))
    )
    assert layout.heading_at == 2
    assert [column.field for column in layout.columns] == ["name", "postcode", "kvk_number"]


def test_dutch_and_english_headings_are_known() -> None:
    found = fields(
        grid(
            (
                "Name organisation (legal)",
                "Straat + huisnr",
                "Woonplaats",
                "Web",
                "VAT no.",
                "Ketenschakel",
            ),
            ("A", "Street 1", "Town", "a.nl", "NL001234567B01", "makers"),
        )
    )
    assert list(found.values()) == ["name", "street", "city", "website", "vat_number", "stage"]


def test_without_a_heading_cells_tell() -> None:
    layout = find_layout(
        grid(
            *(
                (f"Firma {name} B.V.", "9712 CP", f"www.{name}.nl", n)
                for n, name in enumerate("abcdef", 5)
            )
        )
    )
    assert layout.heading_at == -1
    assert [column.field for column in layout.columns] == ["name", "postcode", "website", "extra"]


def test_cells_that_cannot_be_what_the_heading_says_speak_against_it() -> None:
    rows = [(f"Firm {n}", "see below", f"www.firm{n}.org", 12345670 + n) for n in range(6)]
    found = fields(grid(("Name", "Website", "Where", "Amount paid"), *rows))
    assert (found["Website"], found["Where"]) == ("extra", "website")


def test_eight_digits_alone_are_no_number_of_the_chamber_of_commerce() -> None:
    rows = [(f"Firm {n}", "31-12-2015", 12345670 + n, 1234567.5 + n) for n in range(6)]
    found = fields(grid(("Name", "Ends", "Paid", "KvK"), *rows))
    assert "kvk_number" not in found.values()


def test_of_what_a_heading_names_the_cells_decide() -> None:
    found = fields(
        grid(
            ("Naam aanvrager / Beneficiary name", "Location indicator (post code)"),
            ("A", "9712 CP"),
        )
    )
    assert list(found.values()) == ["name", "postcode"]


def test_columns_of_persons_are_left_out() -> None:
    found = grid(("Naam", "Contactpersoon", "Voornaam"), ("A", "x", "y"))
    assert fields(found) == {"Naam": "name", "Contactpersoon": "skip", "Voornaam": "skip"}
    rows, _ = read_rows(found, find_layout(found))
    assert rows[0].cells == {"Naam": "A"}


def test_of_mail_only_the_domain_of_an_organisation_is_kept() -> None:
    found = grid(("Naam", "E-mail"), ("A", "somebody@example.org"), ("B", "somebody@gmail.com"))
    rows, _ = read_rows(found, find_layout(found))
    assert [row.text("website") for row in rows] == ["example.org", ""]
    assert "somebody" not in repr(rows)


def test_headings_that_are_there_twice_are_told_apart() -> None:
    assert list(fields(grid(("Naam", "x", "x"), ("A", "1", "2")))) == ["Naam", "x", "x #2"]


def test_a_choice_goes_before_what_is_proposed() -> None:
    found = grid(("Naam", "Wie"), ("x1", "A BV"), ("x2", "B BV"))
    layout = find_layout(found, {"wie": "name", "naam": "extra"})
    assert mapping_of(layout) == {"naam": "extra", "wie": "name"}
    assert {column.how for column in layout.columns} == {"chosen"}


def test_totals_headings_printed_again_and_sections_are_passed_over() -> None:
    found = grid(
        ("Naam", "Plaats", "Omzet"),
        ("Groningen", None, None),
        ("A", "Haren", 3),
        (None, None, None),
        ("Naam", "Plaats", "Omzet"),
        ("Totaal Meubelen B.V.", "Leek", None),
        ("Totaal", None, 3),
        merged=((1, 0, 1, 2),),
    )
    rows, passed = read_rows(found, find_layout(found))
    assert [(row.line, row.text("name")) for row in rows] == [(3, "A"), (6, "Totaal Meubelen B.V.")]
    assert [(row.line, row.why) for row in passed] == [(2, "section"), (5, "heading"), (7, "total")]


def test_problems_name_cell_and_reason() -> None:
    found = grid(("Naam", "KvK"), ("A", "12"), (None, "x"), ("C", "#N/A"))
    rows, _ = read_rows(found, find_layout(found, {"kvk": "kvk_number"}))
    told = [(problem.address, problem.text) for row in rows for problem in row.problems]
    assert told == [("B2", "12"), ("B3", "x"), ("A3", ""), ("B4", "#N/A")]
