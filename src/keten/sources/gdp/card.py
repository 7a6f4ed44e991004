"""Who publishes the gross domestic product of regions, and what it can and cannot show."""

from typing import Final

from keten.model import SourceCard, Text

CARD: Final = SourceCard(
    source="gdp",
    title=Text(
        "Gross domestic product of regions (nama_10r_3gdp)",
        "Bruto binnenlands product van regio's (nama_10r_3gdp)",
    ),
    publisher="Eurostat",
    licence="Eurostat: reuse with acknowledgement (CC BY 4.0)",
    licence_address="https://ec.europa.eu/eurostat/about-us/policies/copyright",
    address="https://ec.europa.eu/eurostat/databrowser/view/nama_10r_3gdp/default/table",
    attribution="Eurostat, nama_10r_3gdp; processed by keten",
    coverage=Text(
        "Gross domestic product of regions down to NUTS 3 by year, in euros, in the country's money, "
        "adjusted for prices, and per inhabitant. Does not give the number of inhabitants itself.",
        "Bruto binnenlands product van regio's tot en met NUTS 3 per jaar, in euro's, in de munt van "
        "het land, gecorrigeerd voor prijzen, en per inwoner. Geeft het aantal inwoners zelf niet.",
    ),
    caveats={
        "gdp-flags": Text(
            "The newest years are often provisional (p) or estimated (e), as marked in the file.",
            "De nieuwste jaren zijn vaak voorlopig (p) of geschat (e), zoals in het bestand vermeld.",
        ),
        "gdp-where": Text(
            "Product is counted where people work, not where they live, and the gas won in Groningen "
            "counts there: it says little about what its inhabitants earn.",
            "Het product telt waar mensen werken, niet waar ze wonen, en het in Groningen gewonnen gas "
            "telt daar mee: het zegt weinig over wat inwoners verdienen.",
        ),
    },
)
