"""Names, addresses and websites, as they are compared."""

import pytest

from keten.evidence.resolve.spelling import (
    parse_name,
    read_city,
    read_domain,
    read_postcode,
    read_street,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("B.T.G. Biomass Technology Group B.V.", "BTG BIOMASS TECHNOLOGY GROUP BV"),
        ("Universität für Bodenkultur Wien", "UNIVERSITAET FUER BODENKULTUR WIEN"),
        ("University of Vienna", "Universität Wien"),
        ("Politecnico di Milano", "POLYTECHNIC OF MILAN"),
        ("Société Générale S.A.R.L.", "SOCIETE GENERALE SARL"),
        ("Spółka Testowa Sp. z o.o.", "SPOLKA TESTOWA SPOLKA Z OGRANICZONA ODPOWIEDZIALNOSCIA"),
        ("Philips (Netherlands)", "Philips"),
        ("Research & Development Ltd", "Research and Development Limited"),
        ("'t Hof Beheer", "T HOF BEHEER"),
    ],
)
def test_spellings_of_one_name_have_the_same_words(one: str, other: str) -> None:
    assert parse_name(one).words == parse_name(other).words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Philips Lighting", "Philips"),
        ("Institute of Physics", "Institute of Chemistry"),
        ("Area 51 BV", "Area 52 BV"),
    ],
)
def test_other_names_stay_apart(one: str, other: str) -> None:
    assert parse_name(one).words != parse_name(other).words


def test_legal_forms_are_told_apart_from_the_name() -> None:
    assert parse_name("Kaas Holding B.V.").forms == {"bv"}
    assert parse_name("Spółka z o.o.").words  # a name that is nothing but a form keeps it
    assert parse_name("").words == ()


def test_addresses() -> None:
    assert read_postcode("NL-1234 AB", "NL") == read_postcode("1234ab", "NL") == "1234ab"
    assert read_postcode("D-12345", "DE") == "12345"
    assert read_postcode("CB2 1TN", "UK") == "cb21tn"
    assert read_city("PARIS CEDEX 05") == read_city("Paris")
    assert read_city("Köln") == read_city("Cologne")
    assert read_street("Kanaalstraat 12-14")[1] == ("12", "14")
    assert read_street("RUE D'EGMONT 5")[0] == read_street("Rue d Egmont, 5")[0]


def test_websites() -> None:
    assert read_domain("https://www.tudelft.nl/en/") == "tudelft.nl"
    assert read_domain("www.city.ac.uk") == "city.ac.uk"
    assert read_domain("http://facebook.com/somebody") == ""
    assert read_domain("no website") == ""
