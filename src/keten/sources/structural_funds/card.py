"""Who publishes the lists of the structural funds, and what they can and cannot show."""

from typing import Final

from keten.model import SourceCard, Text

CARD: Final = SourceCard(
    source="structural_funds",
    title=Text(
        "European structural funds in the Netherlands (ERDF, ESF)",
        "Europese structuurfondsen in Nederland (EFRO, ESF)",
    ),
    publisher="Europa om de hoek (managing authorities); Agentschap SZW",
    licence="Government publication, open for reuse (Wet hergebruik van overheidsinformatie)",
    licence_address="https://wetten.overheid.nl/BWBR0036795",
    address="https://www.europaomdehoek.nl/",
    attribution="Europa om de hoek and Agentschap SZW; processed by keten",
    coverage=Text(
        "Sees projects paid from the regional and social funds in 2007 to 2015: first beneficiary, "
        "summary, amounts. Does not see partners, place, or a number of the beneficiary: only the "
        "name says who it is. Projects of later years are not in it.",
        "Ziet projecten uit de regionale en sociale fondsen van 2007 tot en met 2015: eerste "
        "begunstigde, samenvatting, bedragen. Ziet geen partners, geen plaats en geen nummer van de "
        "begunstigde: alleen de naam zegt wie het is. Projecten van later staan er niet in.",
    ),
    caveats={
        "accents-lost": Text(
            "Letters with accents were lost before the list was published; such places in names "
            "and texts hold a sign for 'unknown'.",
            "Letters met accenten zijn verloren gegaan voordat de lijst gepubliceerd werd; op die "
            "plaatsen in namen en teksten staat een teken voor 'onbekend'.",
        ),
        "esf-editions": Text(
            "Of the lists of the social fund several editions are read; where a project is in more "
            "than one, that of the newest counts. The general list gives no number of a project: there "
            "a project is known by its amount and its first day, and one that was changed in between "
            "may count twice. Applications that were rejected or withdrawn do not count. Amounts are "
            "those granted, not those paid out in the end, which were often less.",
            "Van de lijsten van het sociaal fonds worden meer edities gelezen; staat een project in "
            "meer dan één, dan geldt die van de nieuwste. De algemene lijst geeft geen nummer van een "
            "project: daar wordt een project herkend aan bedrag en begindag, en een dat tussendoor "
            "veranderde kan dubbel tellen. Aanvragen die zijn afgewezen of ingetrokken tellen niet mee. "
            "Bedragen zijn wat is toegekend, niet wat uiteindelijk is betaald: dat was vaak minder.",
        ),
    },
)
