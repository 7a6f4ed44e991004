"""Values: what spreadsheets spoil is mended, what cannot be is told."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keten.lists.fields import FIELDS
from keten.lists.read import Value
from keten.lists.values import clean, read_number, write_text


@pytest.mark.parametrize(
    ("field", "value", "made"),
    [
        ("kvk_number", 1234567, "01234567"),
        ("kvk_number", "KvK 01.23.45.67", "01234567"),
        ("kvk_number", "1234567,0", "01234567"),
        ("vat_number", "nl 0012.34.567.b01", "NL001234567B01"),
        ("vat_number", "12345678B01", "NL012345678B01"),
        ("vat_number", "BE0123456789", "BE0123456789"),
        ("pic", 999990267, "999990267"),
        ("ror_id", "https://ror.org/0107c5v14", "0107c5v14"),
        ("postcode", "9712cp", "9712 CP"),
        ("postcode", "NL-9712 CP", "9712 CP"),
        ("website", "https://www.Example.org/en/", "example.org"),
        ("website", "info@example.org", "example.org"),
        ("website", "info@gmail.com", ""),
        ("country", "Nederland", "NL"),
        ("country", "Griekenland", "EL"),
        ("country", "United Kingdom", "UK"),
        ("year", "boekjaar 2023", 2023),
        ("year", date(2021, 3, 4), 2021),
        ("value", "€ 1.234,50", 1234.5),
        ("date", 45000, "2023-03-15"),
        ("date", datetime(2024, 1, 31, 9, tzinfo=UTC), "2024-01-31"),
        ("date", "31-1-2024", "2024-01-31"),
        ("phone", 612345678, "0612345678"),
        ("phone", 31612345678, "+31612345678"),
        ("name", "  Two   words ", "Two words"),
        ("kvk_number", "n.v.t.", ""),
    ],
)
def test_a_cell_is_read_as_it_was_meant(field: str, value: Value, made: object) -> None:
    assert clean(field, value) == (made, None)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kvk_number", "12"),
        ("kvk_number", "31-12-2015"),
        ("kvk_number", date(2015, 12, 31)),
        ("kvk_number", 1234567.5),
        ("kvk_number", "€ 12.345.678"),
        ("kvk_number", "000012345678"),
        ("vat_number", "NL12"),
        ("pic", "12345"),
        ("ror_id", "ror"),
        ("website", "none at all"),
        ("country", "Utopia"),
        ("year", "long ago"),
        ("value", "much"),
        ("date", "soon"),
    ],
)
def test_what_cannot_be_read_is_told(field: str, value: Value) -> None:
    made, wrong = clean(field, value)
    assert made == ""
    assert wrong is not None
    assert wrong.en != wrong.nl


@pytest.mark.parametrize(
    ("text", "number"),
    [("1.234", 1234), ("1,234", 1234), ("12,5", 12.5), ("0.125", 0.125), ("1.234,5", 1234.5),
     ("1,234.5", 1234.5), ("1.000.000", 1_000_000), ("12%", 12), ("-3,-", -3), ("1e5", None),
     ("", None), (".", None)],
)  # fmt: skip
def test_numbers_are_read_in_both_ways_of_writing(text: str, number: float | None) -> None:
    assert read_number(text) == number


@given(
    st.sampled_from([field.name for field in FIELDS]),
    st.one_of(
        st.none(), st.text(), st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes()
    ),
)
def test_no_cell_makes_a_fault(field: str, value: Value) -> None:
    made, wrong = clean(field, value)
    assert isinstance(made, (str, int, float))
    assert wrong is None or made == ""


def test_a_number_saved_once_more_is_the_same_number() -> None:
    assert write_text(17031967.300000012) == write_text(17031967.3) == "17031967.3"
    assert (write_text(0.1), write_text(-2.5), write_text(1e20)) == ("0.1", "-2.5", "1" + "0" * 20)
