"""The units of the table of regional product, in both languages, and which tell better from worse."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from keten.model import Text


class Unit(NamedTuple):
    """A unit in which Eurostat gives the product of a region."""

    title: Text
    unit: str
    higher_is_better: bool | None


UNITS: Final[Mapping[str, Unit]] = {
    "MIO_EUR": Unit(
        Text("Gross domestic product", "Bruto binnenlands product"), "million EUR", None
    ),
    "MIO_NAC": Unit(
        Text(
            "Gross domestic product in the country's money",
            "Bruto binnenlands product in de munt van het land",
        ),
        "million of national currency",
        None,
    ),
    "MIO_PPS_EU27_2020": Unit(
        Text(
            "Gross domestic product, adjusted for prices",
            "Bruto binnenlands product, gecorrigeerd voor prijzen",
        ),
        "million PPS",
        None,
    ),
    "EUR_HAB": Unit(
        Text("Gross domestic product per inhabitant", "Bruto binnenlands product per inwoner"),
        "EUR per inhabitant",
        True,
    ),
    "EUR_HAB_EU27_2020": Unit(
        Text(
            "Gross domestic product per inhabitant, as a percentage of the EU",
            "Bruto binnenlands product per inwoner, in procenten van de EU",
        ),
        "EU = 100",
        True,
    ),
    "PPS_EU27_2020_HAB": Unit(
        Text(
            "Gross domestic product per inhabitant, adjusted for prices",
            "Bruto binnenlands product per inwoner, gecorrigeerd voor prijzen",
        ),
        "PPS per inhabitant",
        True,
    ),
    "PPS_HAB_EU27_2020": Unit(
        Text(
            "Gross domestic product per inhabitant, adjusted for prices, as a percentage of the EU",
            "Bruto binnenlands product per inwoner, gecorrigeerd voor prijzen, in procenten van de EU",
        ),
        "EU = 100",
        True,
    ),
}
