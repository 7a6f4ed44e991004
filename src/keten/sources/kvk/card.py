"""Who publishes the register of recognised sponsors, and what it can and cannot show."""

from typing import Final

from keten.model import SourceCard, Text

CARD: Final = SourceCard(
    source="kvk",
    title=Text(
        "Recognised sponsors, with chamber of commerce number",
        "Erkende referenten, met nummer van de Kamer van Koophandel",
    ),
    publisher="Immigratie- en Naturalisatiedienst (IND)",
    licence="Public register, kept under article 2g of the Aliens Act 2000",
    licence_address="https://wetten.overheid.nl/BWBR0011823",
    address="https://ind.nl/en/public-register-recognised-sponsors",
    attribution="Public register of recognised sponsors, IND; processed by keten",
    coverage=Text(
        "Sees organisations that may bring workers, students or researchers from abroad to the "
        "Netherlands, with the number under which the chamber of commerce knows them. Does not see "
        "any other organisation: it is no list of all firms.",
        "Ziet organisaties die werknemers, studenten of onderzoekers uit het buitenland naar "
        "Nederland mogen halen, met hun nummer bij de Kamer van Koophandel. Ziet geen andere "
        "organisaties: het is geen lijst van alle bedrijven.",
    ),
    caveats={
        "sponsors-dated": Text(
            "The register changes every month; this is how it stood when the file was taken.",
            "Het register verandert elke maand; dit is hoe het was toen het bestand gemaakt werd.",
        ),
    },
)
