"""Who publishes the list of the Innovation Fund, and what it can and cannot show."""

from typing import Final

from keten.model import SourceCard, Text

CARD: Final = SourceCard(
    source="innovation_fund",
    title=Text("EU Innovation Fund: participants", "Europees Innovatiefonds: deelnemers"),
    publisher="European Climate, Infrastructure and Environment Executive Agency (CINEA)",
    licence="Commission Decision 2011/833/EU on reuse (CC BY 4.0)",
    licence_address="https://eur-lex.europa.eu/eli/dec/2011/833/oj",
    address="https://cinea.ec.europa.eu/programmes/innovation-fund_en",
    attribution="Innovation Fund, © European Union, CC BY 4.0; processed by keten",
    coverage=Text(
        "Sees who takes part in a project of the Innovation Fund: large demonstrations that avoid "
        "greenhouse gases, paid from emission trading. Does not see applications that were "
        "refused, nor partners without a grant agreement.",
        "Ziet wie meedoet aan een project van het Innovatiefonds: grote demonstraties die "
        "broeikasgas vermijden, betaald uit de emissiehandel. Ziet geen afgewezen aanvragen en "
        "geen partners zonder subsidieovereenkomst.",
    ),
    caveats={
        "fund-results": Text(
            "What is granted is paid out in parts, as a project avoids emissions; what stands here "
            "is the most that can be paid.",
            "De toegekende bedragen worden in delen betaald, naarmate een project uitstoot "
            "vermijdt; hier staat wat er ten hoogste betaald wordt.",
        ),
    },
)
