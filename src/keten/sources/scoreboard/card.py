"""Who publishes the Regional Innovation Scoreboard, and what it can and cannot show."""

from typing import Final

from keten.model import SourceCard, Text

CARD: Final = SourceCard(
    source="scoreboard",
    title=Text("Regional Innovation Scoreboard", "Regionaal innovatiescorebord van de EU"),
    publisher="European Commission, Directorate-General for Research and Innovation",
    licence="Commission Decision 2011/833/EU on reuse (CC BY 4.0)",
    licence_address="https://eur-lex.europa.eu/eli/dec/2011/833/oj",
    address="https://research-and-innovation.ec.europa.eu/statistics/performance-indicators/"
    "regional-innovation-scoreboard_en",
    attribution="Regional Innovation Scoreboard, © European Union, CC BY 4.0; processed by keten",
    coverage=Text(
        "Indicators of innovation for regions of the EU and its neighbours, each relative to the "
        "average of the EU. Does not give the amounts and numbers from which they were made.",
        "Indicatoren van innovatie voor regio's van de EU en haar buren, elk in verhouding tot het "
        "gemiddelde van de EU. Geeft niet de bedragen en aantallen waaruit ze gemaakt zijn.",
    ),
    caveats={
        "scoreboard-relative": Text(
            "The scoreboard publishes values relative to the EU average of 2016 (= 100), after its "
            "own normalisation, in which higher always means better; the values underneath are not "
            "in the file.",
            "Het scorebord publiceert waarden in verhouding tot het EU-gemiddelde van 2016 (= 100), "
            "na een eigen normalisatie waarin hoger altijd beter is; de onderliggende waarden staan "
            "niet in het bestand.",
        ),
        "scoreboard-levels": Text(
            "Some countries are published only for larger regions (NUTS 1: Austria, Belgium, France, "
            "the United Kingdom, and parts of others). Those values are not spread over the smaller "
            "regions within, so these do not take part in comparisons of the scoreboard.",
            "Enkele landen zijn alleen voor grotere regio's gepubliceerd (NUTS 1: Oostenrijk, België, "
            "Frankrijk, het Verenigd Koninkrijk en delen van andere). Die waarden zijn niet verdeeld "
            "over de kleinere regio's daarbinnen, dus die doen in vergelijkingen op het scorebord niet "
            "mee.",
        ),
    },
)
