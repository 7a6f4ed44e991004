"""Who publishes ROR, under which licence, and what it can and cannot show."""

from typing import Final

from keten.model import SourceCard, Text

CARD: Final = SourceCard(
    source="ror",
    title=Text("ROR: Research Organization Registry", "ROR: register van onderzoeksorganisaties"),
    publisher="Research Organization Registry (ROR)",
    licence="CC0 1.0 (public domain)",
    licence_address="https://creativecommons.org/publicdomain/zero/1.0/",
    address="https://ror.org/",
    attribution="Research Organization Registry, ror.org, CC0; processed by keten",
    coverage=Text(
        "Sees organisations that do or pay for research: their names in several languages, places, "
        "websites, parents and children, and the identifiers that others gave them. Hardly sees "
        "small firms, nor faculties and departments.",
        "Ziet organisaties die onderzoek doen of betalen: hun namen in meer talen, plaatsen, "
        "websites, moeders en dochters, en de nummers die anderen ze gaven. Ziet nauwelijks kleine "
        "bedrijven, en geen faculteiten en afdelingen.",
    ),
    caveats={
        "ror-partial": Text(
            "The files at hand are a dump of some countries and the records changed since; an "
            "organisation elsewhere that did not change is absent.",
            "De bestanden die er zijn, zijn een uittreksel van enkele landen en de sindsdien "
            "gewijzigde gegevens; een organisatie elders die niet wijzigde, ontbreekt.",
        ),
    },
)
