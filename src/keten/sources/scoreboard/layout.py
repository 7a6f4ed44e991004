"""The columns of the scoreboard, and its indicators in Dutch."""

from collections.abc import Mapping
from typing import Final

from keten.model import Text
from keten.sources.workbook import SheetLayout

SHEET: Final = SheetLayout(
    "RIS",
    required=("Indicator", "Year", "Region", "Value"),
    ignored={
        "Zone": "whether the country is in the EU; the country says so",
        "Country": "the first letters of the region's code",
        "CountryName": "the table of regions has it",
        "RegionName": "the table of regions has it",
        "Level": "one and the same in every row the publisher has delivered",
        "performance group": "the publisher's grouping of regions by the summary index",
    },
)
IGNORED_SHEETS: Final[Mapping[str, str]] = {}
UNIT: Final = "EU 2016 = 100"
CONTEXT_UNIT: Final = "as published"  # of the structural data (5.x), each in a unit of its own

# Number in the scoreboard: title. In pages the English one is the publisher's own, from the file.
TITLES: Final[Mapping[str, Text]] = {
    "0": Text("Summary Innovation Index", "Samenvattende innovatie-index"),
    "1.1": Text("Human resources", "Menselijk kapitaal"),
    "1.1.1": Text("New doctorate graduates", "Nieuwe gepromoveerden"),
    "1.1.2": Text("Population with tertiary education", "Bevolking met hoger onderwijs"),
    "1.1.3": Text("Population involved in lifelong learning", "Bevolking die een leven lang leert"),
    "1.2": Text("Attractive research systems", "Aantrekkelijkheid van het onderzoek"),
    "1.2.1": Text(
        "International scientific co-publications",
        "Internationale wetenschappelijke co-publicaties",
    ),
    "1.2.2": Text(
        "Scientific publications among the top 10% most cited",
        "Publicaties onder de meest geciteerde tien procent",
    ),
    "1.2.3": Text(
        "Foreign doctorate students as a % of all doctorate students",
        "Aandeel buitenlandse promovendi",
    ),
    "1.3": Text("Digitalisation", "Digitalisering"),
    "1.3.1": Text("Broadband penetration", "Verbreiding van breedband"),
    "1.3.2": Text(
        "Individuals with above basic overall digital skills",
        "Mensen met meer dan digitale basisvaardigheden",
    ),
    "2.1": Text("Finance and support", "Financiering en steun"),
    "2.1.1": Text(
        "R&D expenditure in the public sector",
        "Uitgaven aan onderzoek en ontwikkeling, publieke sector",
    ),
    "2.1.2": Text("Venture capital expenditures", "Durfkapitaal"),
    "2.1.3": Text(
        "Direct and indirect government support of business R&D",
        "Directe en indirecte steun van de overheid voor onderzoek door bedrijven",
    ),
    "2.2": Text("Firm investments", "Investeringen van bedrijven"),
    "2.2.1": Text(
        "R&D expenditure in the business sector",
        "Uitgaven aan onderzoek en ontwikkeling, bedrijven",
    ),
    "2.2.2": Text(
        "Non-R&D innovation expenditures", "Innovatie-uitgaven buiten onderzoek en ontwikkeling"
    ),
    "2.2.3": Text(
        "Innovation expenditures per person employed", "Innovatie-uitgaven per werkzame persoon"
    ),
    "2.3": Text("Use of information technologies", "Gebruik van informatietechnologie"),
    "2.3.1": Text("Enterprises providing ICT training", "Bedrijven die ict-scholing geven"),
    "2.3.2": Text("Employed ICT specialists", "Werkzame ict-specialisten"),
    "3.1": Text("Innovators", "Vernieuwers"),
    "3.1.1": Text("SMEs introducing product innovations", "Mkb met productinnovaties"),
    "3.1.2": Text("SMEs introducing business process innovations", "Mkb met procesinnovaties"),
    "3.2": Text("Linkages", "Verbanden"),
    "3.2.1": Text(
        "Innovative SMEs collaborating with others", "Innovatief mkb dat met anderen samenwerkt"
    ),
    "3.2.2": Text(
        "Public-private co-publications", "Co-publicaties van publieke en private partijen"
    ),
    "3.2.3": Text("Job-to-job mobility of HRST", "Overstap van baan naar baan van hoogopgeleiden"),
    "3.3": Text("Intellectual assets", "Intellectueel eigendom"),
    "3.3.1": Text("PCT patent applications", "Internationale octrooiaanvragen (PCT)"),
    "3.3.2": Text("Trademark applications", "Merkaanvragen"),
    "3.3.3": Text("Design applications", "Modelaanvragen"),
    "4.1": Text("Employment impacts", "Effect op werk"),
    "4.1.1": Text(
        "Employment in knowledge-intensive activities", "Werk in kennisintensieve activiteiten"
    ),
    "4.1.2": Text("Employment in innovative enterprises", "Werk in innovatieve bedrijven"),
    "4.2": Text("Sales impacts", "Effect op verkoop"),
    "4.2.1": Text(
        "Exports of medium and high technology products",
        "Uitvoer van middel- en hoogtechnologische producten",
    ),
    "4.2.2": Text("Knowledge-intensive services exports", "Uitvoer van kennisintensieve diensten"),
    "4.2.3": Text(
        "Sales of new-to-market and new-to-firm innovations",
        "Verkoop van innovaties die nieuw zijn voor markt of bedrijf",
    ),
    "4.3": Text("Environmental sustainability", "Duurzaamheid"),
    "4.3.1": Text("Resource productivity", "Productiviteit van grondstoffen"),
    "4.3.2": Text("Air emissions by fine particulates", "Luchtkwaliteit (fijnstof)"),
    "4.3.3": Text("Environment-related technologies", "Milieugerelateerde technologie"),
    "5.1,7": Text("Turnover share SMEs", "Aandeel van het mkb in de omzet"),
    "5.1.1": Text("GDP per capita", "Bbp per inwoner"),
    "5.1.2": Text("Average annual GDP growth", "Gemiddelde groei van het bbp per jaar"),
    "5.1.3": Text("Employment share Manufacturing", "Aandeel van de industrie in het werk"),
    "5.1.4": Text(
        "Employment share High and Medium high-tech",
        "Aandeel van middel- en hoogtechnologie in het werk",
    ),
    "5.1.5": Text("Employment share Services", "Aandeel van diensten in het werk"),
    "5.1.6": Text(
        "Employment share Knowledge-intensive services",
        "Aandeel van kennisintensieve diensten in het werk",
    ),
    "5.1.8": Text("Turnover share large enterprises", "Aandeel van grote bedrijven in de omzet"),
    "5.1.9": Text(
        "Foreign-controlled enterprises – share of value added",
        "Aandeel van buitenlandse bedrijven in de toegevoegde waarde",
    ),
    "5.2.1": Text("Enterprise births", "Nieuwe bedrijven"),
    "5.2.2": Text("Total Entrepreneurial Activity", "Ondernemersactiviteit"),
    "5.2.3": Text("FDI net inflows", "Netto buitenlandse investeringen"),
    "5.2.4": Text(
        "Top R&D spending enterprises", "Bedrijven met de hoogste uitgaven aan onderzoek"
    ),
    "5.2.5": Text("Buyer sophistication", "Kritische afnemers"),
    "5.3.1": Text(
        "In-house product innovators with market novelties",
        "Productvernieuwers met marktnoviteiten",
    ),
    "5.3.2": Text(
        "In-house product innovators without market novelties",
        "Productvernieuwers zonder marktnoviteiten",
    ),
    "5.3.3": Text(
        "In-house business process innovators", "Procesvernieuwers met eigen ontwikkeling"
    ),
    "5.3.4": Text(
        "Innovators that do not develop innovations themselves",
        "Vernieuwers die niet zelf ontwikkelen",
    ),
    "5.3.5": Text(
        "Innovation active non-innovators", "Bedrijven die aan innovatie werken zonder vernieuwing"
    ),
    "5.3.6": Text(
        "Non-innovators with potential to innovate", "Niet-vernieuwers die het zouden kunnen"
    ),
    "5.3.7": Text(
        "Non-innovators without disposition to innovate", "Niet-vernieuwers die het niet willen"
    ),
    "5.4.1": Text("Corruption Perceptions Index", "Index van waargenomen corruptie"),
    "5.4.2": Text(
        "Basic-school entrepreneurial education and training",
        "Ondernemerschap in het basisonderwijs",
    ),
    "5.4.3": Text(
        "Government procurement of advanced technology products",
        "Inkoop van geavanceerde techniek door de overheid",
    ),
    "5.4.4": Text("Rule of law", "Rechtsstaat"),
    "5.5.1": Text("Circular material use rate", "Hergebruik van materialen"),
    "5.5.2": Text(
        "Greenhouse gas emissions intensity of energy consumption",
        "Broeikasgassen per verbruikte energie",
    ),
    "5.5.3": Text("Eco-Innovation Index", "Index van eco-innovatie"),
    "5.6.1": Text("Population size", "Omvang van de bevolking"),
    "5.6.2": Text("Average annual population growtt", "Gemiddelde groei van de bevolking per jaar"),
    "5.6.3": Text("Population density", "Bevolkingsdichtheid"),
}
