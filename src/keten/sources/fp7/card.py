"""Who publishes FP7, under which licence, and what its files can and cannot show."""

from typing import Final

from keten.model import SourceCard, Text

CARD: Final = SourceCard(
    source="fp7",
    title=Text(
        "CORDIS: EU research projects under FP7 (2007-2013)",
        "CORDIS: Europese onderzoeksprojecten in KP7 (2007-2013)",
    ),
    publisher="Publications Office of the European Union",
    licence="Commission Decision 2011/833/EU on reuse (CC BY 4.0)",
    licence_address="https://eur-lex.europa.eu/eli/dec/2011/833/oj",
    address="https://data.europa.eu/data/datasets/cordisfp7projects",
    attribution="CORDIS, © European Union, cordis.europa.eu, CC BY 4.0; processed by keten",
    coverage=Text(
        "Sees projects of FP7 with title and costs, the organisations that took part with address, "
        "and who took part in which project. Does not see what each organisation received, nor "
        "its role.",
        "Ziet projecten van KP7 met titel en kosten, de organisaties die meededen met adres, en wie "
        "aan welk project meedeed. Ziet niet wat elke organisatie ontving en welke rol zij had.",
    ),
    caveats={
        "fp7-two-keys": Text(
            "The list of projects knows them by grant number, the network by record number, and no "
            "file at hand joins the two: titles and participants cannot be put side by side.",
            "De lijst van projecten kent ze bij subsidienummer, het netwerk bij recordnummer, en "
            "geen bestand verbindt de twee: titels en deelnemers zijn niet naast elkaar te zetten.",
        ),
        "fp7-titles-cut": Text("Titles end at 255 characters.", "Titels eindigen bij 255 tekens."),
        "fp7-persons": Text(
            "Some participants are natural persons. A name with the build of a person's name and no "
            "word of an organisation is withheld, with address and website, also from the rows as "
            "found. Of the persons some 86 in a hundred are recognised so; of the names withheld "
            "hardly any is a firm's.",
            "Sommige deelnemers zijn natuurlijke personen. Een naam met de bouw van een "
            "persoonsnaam en zonder woord van een organisatie is weggelaten, met adres en website, "
            "ook uit de rijen zoals gevonden. Van de personen worden er zo'n 86 op de honderd "
            "herkend; van de weggelaten namen is er bijna geen van een bedrijf.",
        ),
    },
)
