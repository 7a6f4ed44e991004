"""Who publishes the subsidies of the ministries, and what the list can and cannot show."""

from typing import Final

from keten.model import SourceCard, Text

CARD: Final = SourceCard(
    source="rijkssubsidies",
    title=Text(
        "Subsidies of the Dutch ministries",
        "Subsidies van de Nederlandse ministeries",
    ),
    publisher="Rijksoverheid (Ministerie van Financiën)",
    licence="Open government data (public domain, as its successor series is marked)",
    licence_address="https://data.overheid.nl/en/dataset/financile-instrumenten-2019",
    address="https://www.rijksfinancien.nl/open-data",
    attribution="Subsidies ministeries, Rijksoverheid; processed by keten",
    coverage=Text(
        "Sees what a ministry paid out as subsidy in a year, by scheme and recipient. Does not see "
        "subsidies of provinces, municipalities and water boards, nor tax facilities such as the "
        "WBSO, nor loans. No number or address says who a recipient is: only the name does.",
        "Ziet wat een ministerie in een jaar aan subsidie uitgaf, per regeling en ontvanger. Ziet "
        "geen subsidies van provincies, gemeenten en waterschappen, geen fiscale regelingen zoals "
        "de WBSO en geen leningen. Geen nummer of adres zegt wie een ontvanger is: alleen de naam.",
    ),
    caveats={
        "names-withheld": Text(
            "Recipients include persons: farmers, doctors, teachers, sole traders. A name is kept "
            "only where it says itself that it is an organisation (a legal form such as B.V., "
            "stichting or vereniging, or a word such as gemeente or universiteit). All other "
            "names are withheld, from the rows as found too: their amounts count, nobody is named. "
            "Some organisations are withheld with them.",
            "Onder de ontvangers zijn personen: boeren, artsen, leraren, eenmanszaken. Een naam is "
            "alleen bewaard als hij zelf zegt dat het een organisatie is (een rechtsvorm zoals "
            "B.V., stichting of vereniging, of een woord zoals gemeente of universiteit). Alle "
            "andere namen zijn weggelaten, ook uit de rijen zoals gevonden: hun bedragen tellen "
            "mee, niemand wordt genoemd. Sommige organisaties zijn daarbij mee weggelaten.",
        ),
        "realised": Text(
            "Amounts are what the ministry booked as realised in that year, some rounded to "
            "thousands, some negative where money came back. A grant paid over several years is "
            "here with the part of this year only.",
            "Bedragen zijn wat het ministerie dat jaar als realisatie boekte, soms afgerond op "
            "duizenden, soms negatief waar geld terugkwam. Van een subsidie die over meer jaren "
            "loopt, staat hier alleen het deel van dit jaar.",
        ),
    },
)
