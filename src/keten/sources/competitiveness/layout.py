"""The sheets of the index, and its indicators: a short name, Dutch words, and which way is better."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from keten.sources.workbook import SheetLayout

RAW: Final = SheetLayout(
    "RCI_2022_raw_data",
    required=("NUTS", "Region name"),
    takes_any_column=True,  # each further column is an indicator
)
DESCRIBED: Final = SheetLayout(
    "RCI_2022_indicators_descr",
    required=("Pillar name", "Indicator name", "Unit of measurement", "Reference year"),
    used=("Geographical level",),
    ignored={
        "Description": "the record keeps it; pages link to it",
        "Source": "the record keeps it; pages link to it",
        "Present in RCI 2019": "editions are not compared",
    },
)
CAPITALS: Final = SheetLayout(
    "Info aggregated capital regions",
    required=("Country", "RCI 2.0 2022 Code", "NUTS2 2021 Code", "NUTS2 2021 Name"),
    used=("RCI 2.0 2022 Name",),
)
IGNORED_SHEETS: Final[Mapping[str, str]] = {
    "Meta": "title and method, no rows",
    "RCI_2022_population_GDP": "population and product come from Eurostat itself",
}
KEYS: Final = frozenset(RAW.required)


class Entry(NamedTuple):
    """An indicator: its short name, its Dutch title, and whether more of it is better."""

    name: str
    dutch: str
    higher_is_better: bool
    described_as: str = ""  # its name in the other sheet, where that differs


# The heading of the column, with single spaces: what it is.
INDICATORS: Final[Mapping[str, Entry]] = {
    "Corruption": Entry("corruption", "Afwezigheid van corruptie", True),
    "Quality and accountability": Entry(
        "quality", "Kwaliteit van de overheid en haar verantwoording", True
    ),
    "Impartiality": Entry("impartiality", "Onpartijdigheid van de overheid", True),
    "Individuals who used the internet for interaction with public authorities": Entry(
        "e-government", "Mensen die via internet zaken doen met de overheid", True
    ),
    "Presence of corruption in the national public institutions in the country": Entry(
        "corruption-national", "Ervaren corruptie bij landelijke overheid", False
    ),
    "Presence of corruption in the local or regional public institutions in the country": Entry(
        "corruption-local", "Ervaren corruptie bij lokale en regionale overheid", False
    ),
    "Ease of doing business": Entry("ease-of-business", "Gemak van ondernemen", True),
    "Property rights": Entry("property-rights", "Eigendomsrechten", True),
    "Intellectual property protection": Entry(
        "intellectual-property", "Bescherming van intellectueel eigendom", True
    ),
    "Efficiency of legal framework in settling disputes": Entry(
        "settling-disputes", "Doelmatigheid van het recht bij geschillen", True
    ),
    "Efficiency of legal framework in challenging regulations": Entry(
        "challenging-rules", "Doelmatigheid van het recht bij bezwaar tegen regels", True
    ),
    "Organised crime": Entry("organised-crime", "Afwezigheid van georganiseerde misdaad", True),
    "Reliability of police services": Entry("police", "Betrouwbaarheid van de politie", True),
    "Judicial independence": Entry("judiciary", "Onafhankelijkheid van de rechter", True),
    "General government deficit/surplus": Entry("deficit", "Overheidssaldo", True),
    "National savings": Entry("savings", "Nationale besparingen", True),
    "Government bond yields": Entry("bond-yields", "Rente op staatsleningen", False),
    "Government debt": Entry("debt", "Overheidsschuld", False),
    "Net international investment position": Entry(
        "investment-position", "Netto internationale vermogenspositie", True
    ),
    "Road transport performance": Entry("road", "Bereikbaarheid over de weg", True),
    "Rail transport performance": Entry("rail", "Bereikbaarheid per spoor", True),
    "Accessibility to passenger flights": Entry("flights", "Bereikbaarheid van vluchten", True),
    "Road fatalities": Entry("road-deaths", "Verkeersdoden", False),
    "Healthy life expectancy": Entry("healthy-life", "Gezonde levensverwachting", True),
    "Child mortality": Entry("infant-mortality", "Zuigelingensterfte", False, "Infant mortality"),
    "Cancer disease death rate (x1000)": Entry(
        "cancer-deaths", "Sterfte door kanker", False, "Cancer disease death rate"
    ),
    "Heart disease death rate (x1000)": Entry(
        "heart-deaths", "Sterfte door hartziekten", False, "Heart disease death rate"
    ),
    "Suicide death rate": Entry("suicide", "Sterfte door zelfdoding", False),
    "Low achievement in reading (15-year-olds)": Entry(
        "low-reading", "Vijftienjarigen die slecht lezen", False
    ),
    "Low achievement in maths (15-year-olds)": Entry(
        "low-maths", "Vijftienjarigen die slecht rekenen", False
    ),
    "Low achievement in science (15-year-olds)": Entry(
        "low-science", "Vijftienjarigen die zwak zijn in natuurwetenschap", False
    ),
    "Higher educational attainment": Entry(
        "higher-education", "Jongeren met hoger onderwijs", True
    ),
    "Lifelong learning": Entry("lifelong-learning", "Volwassenen die een leven lang leren", True),
    "Early school leavers": Entry("school-leavers", "Vroegtijdige schoolverlaters", False),
    "University accessibility": Entry("university", "Bereikbaarheid van een universiteit", True),
    "Lower-secondary completion only": Entry(
        "lower-secondary", "Volwassenen met ten hoogste lager voortgezet onderwijs", False
    ),
    "Employment rate (excluding agriculture)": Entry(
        "employment-rate", "Arbeidsdeelname (zonder landbouw)", True
    ),
    "Long-term unemployment": Entry("long-unemployment", "Langdurige werkloosheid", False),
    "Unemployment rate": Entry("unemployment", "Werkloosheid", False),
    "Labour productivity": Entry("productivity", "Arbeidsproductiviteit", True),
    "Gender balance unemployment": Entry(
        "gender-unemployment", "Verschil in werkloosheid tussen vrouwen en mannen", False
    ),
    "Gender balance employment": Entry(
        "gender-employment", "Verschil in arbeidsdeelname tussen vrouwen en mannen", False
    ),
    "NEET rate": Entry("neet", "Jongeren zonder werk, school of opleiding", False, "NEET"),
    "Labour market slack": Entry("slack", "Onbenut arbeidsaanbod", False),
    "Temporary employment": Entry("temporary", "Tijdelijk werk", False),
    "Disposable income per capita": Entry("income", "Besteedbaar inkomen per inwoner", True),
    "Potential market size expressed in GDP": Entry(
        "market-gdp", "Omvang van de markt in de omtrek (bbp)", True
    ),
    "Potential market size expressed in population": Entry(
        "market-population", "Omvang van de markt in de omtrek (inwoners)", True
    ),
    "Households with broadband access (%)": Entry(
        "broadband", "Huishoudens met breedband", True, "Households with broadband access"
    ),
    "Individuals buying over internet the last year": Entry(
        "buying-online", "Mensen die via internet kopen", True
    ),
    "Enterprises having received orders online (at least 1 %)": Entry(
        "selling-online", "Bedrijven met bestellingen via internet", True
    ),
    "Enterprises with fixed broadband access.": Entry(
        "firms-broadband", "Bedrijven met vast breedband", True
    ),
    "Access to high-speed broadband": Entry("fast-broadband", "Snel breedband", True),
    "Individuals with above-basic overall digital skills": Entry(
        "digital-skills", "Mensen met meer dan digitale basisvaardigheden", True
    ),
    "Employment (K-N sectors)": Entry(
        "services-employment", "Werk in financiële en zakelijke diensten", True
    ),
    "Gross value added (GVA) (K-N sectors)": Entry(
        "services-value", "Toegevoegde waarde van financiële en zakelijke diensten", True
    ),
    "Innovative SMEs collaborating with others": Entry(
        "sme-collaboration", "Innovatief mkb dat met anderen samenwerkt", True
    ),
    "Marketing or organisational innovators": Entry(
        "sme-process", "Mkb met procesinnovaties", True
    ),
    "Total patent applications": Entry("patents", "Octrooiaanvragen", True),
    "Core creative class employment": Entry("creative-class", "Werk in creatieve beroepen", True),
    "Knowledge workers": Entry("knowledge-workers", "Kenniswerkers", True),
    "Scientific publications": Entry("publications", "Wetenschappelijke publicaties", True),
    "Total intramural research and development expenditure": Entry(
        "research-spending", "Uitgaven aan onderzoek en ontwikkeling", True
    ),
    "Human Resources in Science and Technology": Entry(
        "science-people", "Mensen opgeleid voor of werkend in wetenschap en techniek", True
    ),
    "Employment in technology and knowledge-intensive sectors": Entry(
        "technology-employment", "Werk in technologie en kennisintensieve sectoren", True
    ),
    "Trademark applications": Entry("trademarks", "Merkaanvragen", True),
    "Design applications": Entry("designs", "Modelaanvragen", True),
    "Sales of new-to-market and new-to-firms innovation": Entry(
        "new-sales", "Verkoop van innovaties die nieuw zijn voor markt of bedrijf", True
    ),
}
