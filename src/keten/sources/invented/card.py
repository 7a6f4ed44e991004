"""What the invented region is, in the words that every page shows of a source."""

from collections.abc import Mapping
from typing import Final

from keten.model import SourceCard, Text

MARKER: Final = "INVENTED.txt"  # a data folder that holds it is invented, and every page says so

LABELS: Final[Mapping[str, Text]] = {
    "QN": Text("Nowhereland", "Nergensland"),
    "QM": Text("Mistmark", "Mistmark"),
    "QP": Text("Tidelands", "Getijdenland"),
}

CARD: Final = SourceCard(
    source="invented",
    title=Text("An invented region", "Een verzonnen regio"),
    publisher="keten",
    licence="CC0 1.0",
    licence_address="https://creativecommons.org/publicdomain/zero/1.0/",
    address="",
    attribution="Invented by keten",
    coverage=Text(
        "Three countries, their regions, organisations and projects that do not exist, in the "
        "layout of the publishers' files. Any likeness to a real organisation is chance.",
        "Drie landen, hun regio's, organisaties en projecten die niet bestaan, in de vorm van de "
        "bestanden van de uitgevers. Elke gelijkenis met een echte organisatie berust op toeval.",
    ),
    caveats={
        "invented": Text(
            "Every organisation, project and amount here is invented.",
            "Elke organisatie, elk project en elk bedrag hier is verzonnen.",
        )
    },
)
