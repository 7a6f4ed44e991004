"""Numbers as each language writes them, rounded no more than is honest."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from keten.model import Figure, Scope
from keten.web.address import Addresses
from keten.web.numbers import write_date, write_exact, write_number, write_raw
from keten.web.plain import plain
from keten.web.printer import Printer


@pytest.mark.parametrize(
    ("value", "unit", "dutch", "english"),
    [
        (0, "count", "0", "0"),
        (1234, "count", "1.234", "1,234"),
        (Decimal("4329234567.12"), "EUR", "EUR 4,33 mld", "EUR 4.33 bn"),
        (Decimal(50535600000), "EUR", "EUR 50,5 mld", "EUR 50.5 bn"),
        (Decimal(999499999), "EUR", "EUR 999 mln", "EUR 999 m"),
        (Decimal(1000000), "EUR", "EUR 1,00 mln", "EUR 1.00 m"),
        (Decimal("999999.99"), "EUR", "EUR 1.000.000", "EUR 1,000,000"),
        (Decimal("1234.56"), "EUR", "EUR 1.235", "EUR 1,235"),
        (Decimal(-2500000), "EUR", "EUR -2,50 mln", "EUR -2.50 m"),
        (0.1234, "share", "12,3%", "12.3%"),
        (3.5, "km", "3,5 km", "3.5 km"),
    ],
)
def test_writing(value: int | float | Decimal, unit: str, dutch: str, english: str) -> None:
    assert write_number(value, unit, "nl") == dutch
    assert write_number(value, unit, "en") == english


def test_the_exact_amount_is_at_hand() -> None:
    assert write_exact(Decimal("4329234567.12"), "EUR", "nl") == "EUR 4.329.234.567,12"
    assert write_raw(Decimal("1E+3")) == "1000"
    assert write_date(date(2024, 5, 1), "nl") == "1 mei 2024"


def test_a_figure_leads_to_its_evidence() -> None:
    printer = Printer("en", {"odd": "Odd <one>"})
    figure = Figure(
        Decimal("1234567.89"),
        "EUR",
        "contribution_eur",
        Scope.of(region="NL11+NL12"),
        caveats=("odd",),
    )
    assert printer.figure(figure) == Markup(
        '<a class="figure" href="/en/why?measure=contribution_eur&amp;region=NL11%2BNL12"'
        ' aria-describedby="note-0" title="EUR 1,234,567.89">'
        '<data class="figure-value" value="1234567.89">EUR 1.23 m</data>'
        '<span class="caveat-mark" aria-hidden="true">†</span></a>'
    )
    assert printer.notes() == [("note-0", "†", "Odd <one>")]


def test_not_known_is_not_nought() -> None:
    printed = Printer("nl", {}).figure(Figure(None, "EUR", "contribution_eur", Scope()))
    assert "niet bekend" in printed
    assert "data" not in printed
    assert plain(Figure(None, "EUR", "x", Scope()), Addresses("nl"))["value"] is None


def test_outside_links_are_links_only_when_they_are_safe() -> None:
    printer = Printer("en", {})
    assert 'href="https://www.tudelft.nl"' in printer.outside("www.tudelft.nl")
    for unsafe in ("javascript:alert(1)", "https://", "http://a b", "javascript://x"):
        assert "href" not in printer.outside(unsafe)


def test_names_with_a_digit_are_marked() -> None:
    own = Printer("en", {}).own
    assert own("NUTS 3 of <NUTS 2024>, Horizon 2020.") == Markup(
        '<span class="id">NUTS 3</span> of &lt;<span class="id">NUTS 2024</span>&gt;, '
        '<span class="id">Horizon 2020</span>.'
    )


amounts = st.decimals(-(10**13), 10**13, places=2, allow_nan=False)


@given(amounts, st.sampled_from(["nl", "en"]))
def test_amounts_are_written_as_babel_writes_them(amount: Decimal, language: str) -> None:
    expected = format_decimal(amount, "#,##0.00", locale=language)
    assert write_exact(amount, "EUR", language) == f"EUR {expected}"
    if abs(amount) < 1_000_000:
        expected = format_decimal(amount, "#,##0", locale=language)
        assert write_number(amount, "EUR", language) == f"EUR {expected}"


@given(st.integers(-(10**15), 10**15), st.sampled_from(["nl", "en"]))
def test_counts_are_written_as_babel_writes_them(count: int, language: str) -> None:
    assert write_number(count, "count", language) == format_decimal(count, locale=language)
