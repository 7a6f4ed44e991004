"""Who publishes the geography, under which licence, and where its files officially are."""

from collections.abc import Mapping
from typing import Final

from keten.model import SourceCard, Text

_GISCO = "https://gisco-services.ec.europa.eu/distribution/v2/nuts"
_PDOK = "https://service.pdok.nl/cbs/gebiedsindelingen"

NUTS: Final = SourceCard(
    source="nuts",
    title=Text("Territorial units for statistics (NUTS)", "Regio-indeling van de EU (NUTS)"),
    publisher="Eurostat, GISCO",
    licence="EuroGeographics; reuse with attribution under GISCO's own conditions",
    licence_address="https://ec.europa.eu/eurostat/web/gisco/geodata/statistical-units",
    address=_GISCO,
    attribution="© EuroGeographics for the administrative boundaries",
    coverage=Text(
        "Regions of the EU, EFTA and candidate countries from NUTS 0 to NUTS 3 (NUTS 2024), with the "
        "codes of earlier editions; the United Kingdom as it was in the last edition at hand.",
        "Regio's van de EU, EVA en kandidaat-lidstaten van NUTS 0 tot en met NUTS 3 (NUTS 2024), met "
        "de codes van eerdere edities; het Verenigd Koninkrijk naar de laatste editie die er is.",
    ),
    caveats={
        "generalised": Text(
            "Borders are drawn for a map of 1 to 20 million: they can be off by some kilometres.",
            "De grenzen zijn getekend voor een kaart van 1 op 20 miljoen: ze kunnen enkele "
            "kilometers afwijken.",
        ),
        "succession": Text(
            "Which region of 2024 follows an earlier one is derived from names and parents; a "
            "region that was cut up has no successor.",
            "Welke regio van 2024 een eerdere opvolgt is afgeleid uit namen en ouders; een regio "
            "die is opgeknipt heeft geen opvolger.",
        ),
    },
)

CBS: Final = SourceCard(
    source="cbs-areas",
    title=Text(
        "Municipalities, COROP regions, provinces and postcodes of the Netherlands",
        "Gemeenten, COROP-gebieden, provincies en postcodes van Nederland",
    ),
    publisher="CBS, PDOK",
    licence="CC BY 4.0",
    licence_address="https://creativecommons.org/licenses/by/4.0/",
    address=_PDOK,
    attribution="CBS and PDOK, CC BY 4.0",
    coverage=Text(
        "The Netherlands as divided on 1 January 2022.",
        "Nederland zoals ingedeeld op 1 januari 2022.",
    ),
)

FOUR_PP: Final = SourceCard(
    source="4pp",
    title=Text("Postcodes with four digits (4pp)", "Postcodes van vier cijfers (4pp)"),
    publisher="4pp",
    licence="MIT",
    licence_address="https://opensource.org/license/mit",
    address="https://github.com/bobdenotter/4pp",
    attribution="4pp, MIT licence",
    coverage=Text(
        "Dutch postcodes with their place, other spellings of it, and a coordinate; post-office "
        "boxes too. Municipalities are those of about 2012.",
        "Nederlandse postcodes met plaats, andere schrijfwijzen en een coördinaat; ook postbussen. "
        "De gemeenten zijn die van omstreeks 2012.",
    ),
)

CARDS: Final[tuple[SourceCard, ...]] = (NUTS, CBS, FOUR_PP)

CARD: Final = SourceCard(
    source="geography",
    title=Text("Regions, municipalities and postcodes", "Regio's, gemeenten en postcodes"),
    publisher="; ".join(card.publisher for card in CARDS),
    licence="; ".join(card.licence for card in CARDS),
    licence_address=NUTS.licence_address,
    address=NUTS.address,
    attribution="; ".join(card.attribution for card in CARDS),
    coverage=Text(
        " ".join(card.coverage.en for card in CARDS), " ".join(card.coverage.nl for card in CARDS)
    ),
    caveats=NUTS.caveats,
)

# File name on disk: its official address. The Dutch files have none in the layout that is read here
# (they are made from services), so only the European ones are fetched.
ADDRESSES: Final[Mapping[str, str]] = {
    "NUTS_RG_20M_2024_4326.geojson": f"{_GISCO}/geojson/NUTS_RG_20M_2024_4326.geojson",
    "NUTS_AT_2016.csv": f"{_GISCO}/csv/NUTS_AT_2016.csv",
    "NUTS_AT_2021.csv": f"{_GISCO}/csv/NUTS_AT_2021.csv",
}
