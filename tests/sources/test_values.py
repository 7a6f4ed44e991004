"""Values are read where they can mean one thing, and pointed at where they cannot."""

from datetime import date, datetime
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest

from keten.model import Severity
from keten.sources.values import (
    Column,
    read_amounts,
    read_dates,
    read_flags,
    read_integers,
    read_positions,
    read_times,
)


def column(*values: str | None) -> Column:
    return Column("c", 7, np.arange(2, 2 + len(values)), pa.array(values, pa.string()))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("451500", "451500"),
        ("2073781,25", "2073781.25"),
        ("4246240.0", "4246240"),
        ("9999999999999,99", "9999999999999.99"),
        ("0012", "12"),
        ("1.234.567,89", "1234567.89"),
        ("1,234,567.89", "1234567.89"),
        ("1.234.567", "1234567"),
        ("1 234 567,5", "1234567.5"),
        ("€ 12,50", "12.5"),
        ("-3,10", "-3.1"),
        (" 7 ", "7"),
        ("9999999999999999.99", "9999999999999999.99"),
    ],
)
def test_amounts_that_mean_one_thing(text: str, value: str) -> None:
    typed = read_amounts(column(text, None, "1"))
    assert typed.values.to_pylist() == [Decimal(value), None, Decimal(1)]
    assert typed.values.type == pa.decimal128(18, 2)
    assert typed.issues == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [("0.4400000001", "0.44"), ("67289236,754", "67289236.75"), ("0.005", "0.01")],
)
def test_more_than_two_decimals_are_rounded_with_a_note(text: str, value: str) -> None:
    typed = read_amounts(column("1,5", text))
    assert typed.values.to_pylist() == [Decimal("1.5"), Decimal(value)]
    issue = typed.issues[0]
    assert (issue.code, issue.severity, issue.value) == ("rounded", Severity.NOTE, text)
    assert (issue.file, issue.line, issue.column) == (7, 3, "c")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1.234", "ambiguous-number"),
        ("12,000", "ambiguous-number"),
        ("1.23.4", "bad-number"),
        ("abc", "bad-number"),
        ("nan", "bad-number"),
        ("inf", "bad-number"),
        ("1e5", "bad-number"),
        ("٣", "bad-number"),
        ("12;5", "bad-number"),
        ("99999999999999999", "number-out-of-range"),
    ],
)
def test_amounts_that_cannot_be_read_are_left_out(text: str, code: str) -> None:
    typed = read_amounts(column("1", text, text))
    assert typed.values.to_pylist() == [Decimal(1), None, None]
    assert [(i.code, i.severity, i.line) for i in typed.issues] == [
        (code, Severity.VALUE_LOST, 3),
        (code, Severity.VALUE_LOST, 4),
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2022-09-01", date(2022, 9, 1)),
        ("2022-09-01 00:00:00", date(2022, 9, 1)),
        ("2022/9/1", date(2022, 9, 1)),
        ("31/08/2025", date(2025, 8, 31)),
        ("08/31/2025", date(2025, 8, 31)),
        ("05/05/2025", date(2025, 5, 5)),
        ("1.9.2022", date(2022, 9, 1)),
    ],
)
def test_days_that_mean_one_thing(text: str, value: date) -> None:
    typed = read_dates(column("2020-02-29", text, None))
    assert typed.values.to_pylist() == [date(2020, 2, 29), value, None]
    assert typed.issues == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("01/09/2022", "ambiguous-date"),
        ("2021-02-29", "bad-date"),
        ("0201-01-01", "bad-date"),
        ("soon", "bad-date"),
        ("2022", "bad-date"),
        ("2022-09-01 tomorrow", "bad-date"),
    ],
)
def test_days_that_cannot_be_read_are_left_out(text: str, code: str) -> None:
    typed = read_dates(column("2020-02-29", text))
    assert typed.values.to_pylist() == [date(2020, 2, 29), None]
    assert [(i.code, i.line) for i in typed.issues] == [(code, 3)]


def test_moments() -> None:
    typed = read_times(column("2025-08-26 16:19:52", "2025-08-26T16:19Z", "2025-08-26", "?", None))
    day = datetime.fromisoformat("2025-08-26")
    expected = [day.replace(hour=16, minute=19, second=52), day.replace(hour=16, minute=19), day]
    assert typed.values.to_pylist() == [*expected, None, None]
    assert [i.code for i in typed.issues] == ["bad-date"]


def test_a_moment_that_only_looks_plain() -> None:
    typed = read_times(column("2025-08-26 16:19:52", "2025-08-26 29:19:52"))
    assert typed.values.to_pylist()[1] is None
    assert [i.line for i in typed.issues] == [3]


def test_flags_in_every_spelling() -> None:
    typed = read_flags(column("true", "True", "TRUE", "1", "ja", "false", "0", "0.0", None, "?"))
    assert typed.values.to_pylist() == [*[True] * 5, *[False] * 3, None, None]
    assert [(i.code, i.line) for i in typed.issues] == [("bad-flag", 11)]


def test_whole_numbers() -> None:
    typed = read_integers(column("1", "12.0", " 3 ", None, "1.5", "9999999999"))
    assert typed.values.to_pylist() == [1, 12, 3, None, None, None]
    assert [i.line for i in typed.issues] == [6, 7]


def test_positions_on_earth() -> None:
    typed, longitude = read_positions(
        column("53.2,6.5", "(53.2, 6.5)", None, "53.2", "6.5;53", "99,6", "53,-181", "nan,1")
    )
    assert typed.values.to_pylist() == [53.2, 53.2, *[None] * 6]
    assert longitude.to_pylist() == [6.5, 6.5, *[None] * 6]
    assert [i.line for i in typed.issues] == [5, 6, 7, 8, 9]
    assert {i.code for i in typed.issues} == {"bad-geolocation"}
