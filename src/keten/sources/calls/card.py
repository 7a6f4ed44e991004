"""Who publishes the calls, under which licence, and what they can and cannot show."""

from typing import Final

from keten.model import SourceCard, Text

CARD: Final = SourceCard(
    source="calls",
    title=Text(
        "Calls of EU programmes: open and announced",
        "Oproepen van Europese programma's: open en aangekondigd",
    ),
    publisher="European Commission, Funding & Tenders Portal",
    licence="Commission Decision 2011/833/EU on reuse (CC BY 4.0)",
    licence_address="https://eur-lex.europa.eu/eli/dec/2011/833/oj",
    address="https://ec.europa.eu/info/funding-tenders/opportunities/portal/",
    attribution="EU Funding & Tenders Portal, © European Union, CC BY 4.0; processed by keten",
    coverage=Text(
        "Sees calls that the European Commission itself announces, and calls that EU projects "
        "hold for third parties, on the day the file was made. Does not see national or regional "
        "grants, tenders, loans, or calls announced since.",
        "Ziet oproepen die de Europese Commissie zelf aankondigt, en oproepen die Europese "
        "projecten voor derden houden, op de dag dat het bestand gemaakt werd. Ziet geen "
        "nationale of regionale subsidies, aanbestedingen of leningen, en geen oproepen van "
        "daarna.",
    ),
    caveats={
        "calls-dated": Text(
            "The state is that of the day the file was made. The Commission extends deadlines "
            "and changes conditions: look at the call on the portal before you decide.",
            "De stand is die van de dag dat het bestand gemaakt werd. De Commissie verlengt "
            "termijnen en wijzigt voorwaarden: kijk bij de oproep op het portaal voordat u "
            "beslist.",
        ),
        "calls-budget-shared": Text(
            "Some topics state the budget of their whole call instead of their own share of it. "
            "Such an amount is marked, and counts once in a sum.",
            "Sommige onderwerpen vermelden het budget van hun hele oproep in plaats van hun "
            "eigen deel. Zo'n bedrag is gemerkt en telt in een som één keer mee.",
        ),
        "calls-text-cut": Text(
            "Calls that are only in the dated file have a text that the supplier cut short, or "
            "none: words further on were not seen.",
            "Oproepen die alleen in het gedateerde bestand staan, hebben een tekst die de "
            "leverancier afkapte, of geen: woorden verderop zijn niet gezien.",
        ),
    },
)
