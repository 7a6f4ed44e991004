"""Who publishes the Regional Competitiveness Index, and what it can and cannot show."""

from typing import Final

from keten.model import SourceCard, Text

CARD: Final = SourceCard(
    source="competitiveness",
    title=Text("EU Regional Competitiveness Index", "Regionale concurrentie-index van de EU"),
    publisher="European Commission, Directorate-General for Regional and Urban Policy",
    licence="Commission Decision 2011/833/EU on reuse (CC BY 4.0)",
    licence_address="https://eur-lex.europa.eu/eli/dec/2011/833/oj",
    address="https://ec.europa.eu/regional_policy/information-sources/maps/"
    "regional-competitiveness_en",
    attribution="EU Regional Competitiveness Index 2.0, © European Union, CC BY 4.0; "
    "processed by keten",
    coverage=Text(
        "Institutions, infrastructure, health, education, labour market, market size, technology and "
        "innovation of the regions of the EU (NUTS 2 of 2021). Does not see countries outside the EU.",
        "Instituties, infrastructuur, gezondheid, onderwijs, arbeidsmarkt, marktomvang, technologie en "
        "innovatie van de regio's van de EU (NUTS 2 van 2021). Ziet geen landen buiten de EU.",
    ),
    caveats={
        "competitiveness-capitals": Text(
            "Seven capitals are published together with the regions around them, such as Amsterdam "
            "with Flevoland and Noord-Holland. Their values are not spread over these regions, so "
            "these do not take part in comparisons of the competitiveness index.",
            "Zeven hoofdsteden zijn samen met de regio's eromheen gepubliceerd, zoals Amsterdam met "
            "Flevoland en Noord-Holland. Hun waarden zijn niet over die regio's verdeeld, dus die doen "
            "in vergelijkingen op de concurrentie-index niet mee.",
        ),
        "competitiveness-national": Text(
            "Part of the indicators are those of the country, repeated for each of its regions; "
            "others are partly so. What the publisher says of the level stands with each indicator.",
            "Een deel van de indicatoren is die van het land, herhaald voor elke regio; andere zijn "
            "dat gedeeltelijk. Wat de uitgever over het niveau zegt, staat bij elke indicator.",
        ),
    },
)
