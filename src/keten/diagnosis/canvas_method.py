"""Methods of the canvas: how a region is held against others, indicator by indicator."""

from collections.abc import Mapping
from typing import Final

from keten.model import Method, Text

_HANDBOOK: Final = (
    "OECD and JRC, Handbook on Constructing Composite Indicators (2008), "
    "https://doi.org/10.1787/9789264043466-en"
)
_ALL: Final = (
    Method(
        "indicator_value",
        "score",
        Text("Indicator of a region", "Indicator van een regio"),
        Text(
            "The value as the publisher gives it for the newest year that nearly all regions have, or "
            "counted from the evidence and held against the size of the region. A value comes along "
            "where the region is the same piece of land as today's; nothing is spread over parts.",
            "De waarde zoals de uitgever die geeft voor het nieuwste jaar dat bijna alle regio's "
            "hebben, of geteld uit de bronnen en gezet tegenover de omvang van de regio. Een waarde "
            "gaat mee als de regio hetzelfde stuk land is als nu; niets wordt over delen verdeeld.",
        ),
    ),
    Method(
        "indicator_percentile",
        "percentile",
        Text(
            "Place of an indicator among European regions",
            "Plaats van een indicator tussen Europese regio's",
        ),
        Text(
            "Of a hundred European regions with a value, how many do worse; those that do equally "
            "well count half. For several regions it is the mean of theirs, each counting the same.",
            "Van honderd Europese regio's met een waarde: hoeveel doen het slechter; wie het even goed "
            "doet telt half. Voor meer regio's is het het gemiddelde van die van hen, elk even zwaar.",
        ),
        _HANDBOOK,
    ),
    Method(
        "element_percentile",
        "percentile",
        Text("Element of the canvas", "Element van het canvas"),
        Text(
            "The mean of the places of its indicators among European regions, each counting the same. "
            "Left out are indicators without a value here, those with one and the same value for the "
            "whole country, and those that the reader left out. It compares; it doesn't say what is "
            "enough.",
            "Het gemiddelde van de plaatsen van zijn indicatoren tussen Europese regio's, elk even "
            "zwaar. Buiten beschouwing blijven indicatoren zonder waarde hier, die met één en dezelfde "
            "waarde voor het hele land, en die de lezer wegliet. Het vergelijkt; het zegt niet wat "
            "genoeg is.",
        ),
        _HANDBOOK,
    ),
    Method(
        "canvas_index",
        "index",
        Text("All elements together", "Alle elementen samen"),
        Text(
            "The mean of the elements that have data, each first lowered towards the weakest: the further "
            "an element is above it, the more of that lead is lost, since a strong element cannot make "
            "up for a missing one. Where an element is named as repaired, it counts as if it were as "
            "good as the mean of the others. How much is lost is a choice of the method, not a fact.",
            "Het gemiddelde van de elementen met gegevens, elk eerst verlaagd naar het zwakste toe: hoe "
            "verder een element erboven ligt, hoe meer van die voorsprong verloren gaat, omdat een sterk "
            "element een ontbrekend niet goedmaakt. Waar een element als hersteld genoemd is, telt het "
            "alsof het zo goed is als het gemiddelde van de andere. Hoeveel er verloren gaat is een keuze "
            "van de methode, geen feit.",
        ),
        "Acs, Autio, Szerb, National systems of entrepreneurship, Research Policy 43 (2014) 476-494, "
        "https://doi.org/10.1016/j.respol.2013.08.016",
    ),
    Method(
        "indicator_regions",
        "count",
        Text("Regions with a value", "Regio's met een waarde"),
        Text(
            "NUTS 2 regions of today that have a value for this indicator in the year compared.",
            "NUTS 2-regio's van nu die voor deze indicator een waarde hebben in het vergeleken jaar.",
        ),
    ),
    Method(
        "projects_shared_within",
        "count",
        Text(
            "Projects with two or more parties of the region",
            "Projecten met twee of meer partijen uit de regio",
        ),
        Text(
            "EU projects in which two or more organisations take part from an address in the region.",
            "Europese projecten waaraan twee of meer organisaties deelnemen vanaf een adres in de "
            "regio.",
        ),
    ),
    Method(
        "partner_ties",
        "count",
        Text("Partners, organisation by organisation", "Partners, organisatie voor organisatie"),
        Text(
            "For each organisation that takes part from an address in the region: the different "
            "organisations in those projects; added up.",
            "Voor elke organisatie die deelneemt vanaf een adres in de regio: de verschillende "
            "organisaties in die projecten; opgeteld.",
        ),
    ),
)
METHODS: Final[Mapping[str, Method]] = {method.name: method for method in _ALL}
