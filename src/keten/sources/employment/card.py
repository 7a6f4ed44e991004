"""Who publishes employment in manufacturing by region, and what it can and cannot show."""

from typing import Final

from keten.model import SourceCard, Text

CARD: Final = SourceCard(
    source="employment",
    title=Text(
        "Persons employed in manufacturing by branch and region",
        "Werkzame personen in de industrie naar bedrijfstak en regio",
    ),
    publisher="Eurostat, structural business statistics",
    licence="Eurostat: reuse with acknowledgement (CC BY 4.0)",
    licence_address="https://ec.europa.eu/eurostat/about-us/policies/copyright",
    address="https://ec.europa.eu/eurostat/web/structural-business-statistics",
    attribution="Eurostat, structural business statistics; processed by keten",
    coverage=Text(
        "Persons employed in manufacturing (NACE section C and its divisions) in 2022, for regions of "
        "the EU. Does not see services, farming, building or energy.",
        "Werkzame personen in de industrie (NACE-sectie C en haar afdelingen) in 2022, voor regio's "
        "van de EU. Ziet geen diensten, landbouw, bouw of energie.",
    ),
    caveats={
        "employment-withheld": Text(
            "An empty cell is a number that is not published, often to protect single firms; it is "
            "not zero.",
            "Een lege cel is een getal dat niet gepubliceerd is, vaak om losse bedrijven te "
            "beschermen; het is geen nul.",
        ),
        "employment-absent": Text(
            "Regions that are named without any figure are missing, among them Utrecht and "
            "Zuid-Holland and three regions of Portugal.",
            "Regio's die zonder enig cijfer genoemd worden ontbreken, waaronder Utrecht en "
            "Zuid-Holland en drie regio's van Portugal.",
        ),
    },
)
