"""What other sources than Horizon say that organisations did or received, in words and in SQL."""

from typing import Final

from keten.evidence.figures.measure import Measure
from keten.model import Text

_ROWS: Final = ("select g.record_id from receipt g where {where}",)
_BY_NAME_EN: Final = (
    "The list says who by name alone: a row is here when its name was taken for this organisation's, "
    "which the page of the organisation explains. Rows without an amount are left out of the sum."
)
_BY_NAME_NL: Final = (
    "De lijst zegt alleen met een naam wie het is: een regel staat hier als die naam voor die van de "
    "organisatie is gehouden; de pagina van de organisatie legt dat uit. Regels zonder bedrag blijven "
    "buiten de som."
)
_WHERE_EN: Final = (
    "For a region: organisations whose address is known from a European project and lies there; of "
    "others no more than the country is known, so that a region within a country has at least this."
)
_WHERE_NL: Final = (
    "Voor een regio: organisaties waarvan het adres uit een Europees project bekend is en daar ligt; van "
    "andere is hoogstens het land bekend, zodat een regio binnen een land minstens dit heeft."
)


def _sum(name: str, of_list: str, title: Text, method: Text, caveats: tuple[str, ...]) -> Measure:
    """Make the measure of the money in one list."""
    return Measure(
        name,
        "EUR",
        title,
        Text(f"{method.en} {_WHERE_EN}", f"{method.nl} {_WHERE_NL}"),
        "receipt",
        "sum(g.amount_eur)",
        _ROWS,
        seen="count(g.amount_eur)",
        of="count(*)",
        of_list=of_list,
        caveats=caveats,
    )


RECEIPT_MEASURES: Final = (
    Measure(
        "receipts",
        "count",
        Text("Rows of other sources", "Regels van andere bronnen"),
        Text(
            "Rows of other lists than those of Horizon 2020 and Horizon Europe that were taken to be "
            "about this selection: the list of organisations of FP7, its participations, the Innovation "
            "Fund, subsidies of Dutch ministries and the structural funds. Rows that name a person, or "
            "nobody, lead to no organisation.",
            "Regels van andere lijsten dan die van Horizon 2020 en Horizon Europe die aan deze selectie "
            "zijn toegeschreven: de organisatielijst van KP7, de deelnames daarvan, het "
            "Innovatiefonds, subsidies van Nederlandse ministeries en de structuurfondsen. Regels die "
            "een persoon of niemand noemen, leiden naar geen organisatie.",
        ),
        "receipt",
        "count(*)",
        _ROWS,
    ),
    Measure(
        "receipts_placed",
        "count",
        Text(
            "Rows of other sources placed in a NUTS 3 region",
            "Regels van andere bronnen geplaatst in een NUTS 3-regio",
        ),
        Text(
            "Rows of other lists about organisations whose address could be placed in a NUTS 3 region "
            "(of NUTS 2024), of all rows of other lists that name one. The lists themselves say hardly "
            "ever where.",
            "Regels van andere lijsten over organisaties waarvan het adres in een NUTS 3-regio (van NUTS "
            "2024) geplaatst kon worden, van alle regels van andere lijsten die er een noemen. De "
            "lijsten zelf zeggen bijna nooit waar.",
        ),
        "receipt",
        "count(g.nuts3)",
        _ROWS,
        seen="count(g.nuts3)",
        of="count(*)",
    ),
    Measure(
        "fp7_projects",
        "count",
        Text("FP7 projects", "KP7-projecten"),
        Text(
            "Projects of the Seventh Framework Programme (FP7) with at least one participation of "
            "this selection in the network of FP7, each counted once by its record number. The list with "
            "the titles knows projects by another number and cannot be put beside it; amounts are in "
            f"neither. {_WHERE_EN}",
            "Projecten van het Zevende Kaderprogramma (KP7) met minstens één deelname van deze "
            "selectie in het netwerk van KP7, elk één keer geteld met zijn recordnummer. De lijst met "
            "titels kent projecten met een ander nummer en is er niet naast te leggen; bedragen staan in "
            f"geen van beide. {_WHERE_NL}",
        ),
        "receipt",
        "count(distinct g.project_id)",
        _ROWS,
        of_list="fp7-network",
        caveats=("fp7-persons", "fp7-two-keys"),
    ),
    _sum(
        "subsidies_eur",
        "rijk",
        Text("Subsidy of Dutch ministries", "Subsidie van Nederlandse ministeries"),
        Text(
            "Sum of what ministries booked as realised in the one year of which there is a list, "
            f"negative where money came back. {_BY_NAME_EN}",
            "Som van wat ministeries als gerealiseerd boekten in het ene jaar waarvan er een lijst is, "
            f"negatief waar geld terugkwam. {_BY_NAME_NL}",
        ),
        ("names-withheld", "realised"),
    ),
    _sum(
        "structural_funds_eur",
        "structural",
        Text("European structural funds", "Europese structuurfondsen"),
        Text(
            "Sum of the European contribution (ERDF, ESF) to projects of which this is the first "
            "beneficiary, the partners' part included, as granted. A project that stands in more than one "
            f"list counts once; one that was rejected or withdrawn does not. {_BY_NAME_EN}",
            "Som van de Europese bijdrage (EFRO, ESF) aan projecten waarvan dit de eerste begunstigde is, "
            "zoals toegekend, het deel van partners inbegrepen. Een project dat in meer lijsten staat, "
            f"telt één keer; een dat is afgewezen of ingetrokken niet. {_BY_NAME_NL}",
        ),
        ("accents-lost", "esf-editions"),
    ),
    _sum(
        "innovation_fund_eur",
        "innovation-fund",
        Text("EU Innovation Fund", "EU-Innovatiefonds"),
        Text(
            "Sum of what the EU Innovation Fund granted to this selection, by participant. Rows without an "
            "amount are left out of the sum.",
            "Som van wat het EU-Innovatiefonds aan deze selectie toekende, per deelnemer. Regels zonder "
            "bedrag blijven buiten de som.",
        ),
        ("fund-results",),
    ),
)  # fmt: skip
