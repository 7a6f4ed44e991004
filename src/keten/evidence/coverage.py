"""Coverage: what share of the firms that innovate the EU evidence can see at all.

Firms that a ministry paid under an innovation scheme are a list made by somebody else, of firms that
did innovate. How many of them are found among the participants of EU projects says how much of
such firms any figure on EU projects is blind to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from keten.errors import NotFoundError
from keten.methods.proportion import find_wilson_interval
from keten.model import Explanation, Figure, Interval, Method, Scope, Text

if TYPE_CHECKING:
    import duckdb

YEAR: Final = 2015

# Schemes of 2015 that pay for research, development or demonstration, as the ministry names them.
SCHEMES: Final = (
    "Biobased Economy",
    "Demonstratie-regeling Energie-Innovatie (DEI)",
    "Energie-innovatie (Groene grondstoffen, Wind op zee, Smart grids, Wind op land, Zon-PV)",
    "Food and Nutrition Delta",
    "Innovatieprestatiecontracten (incl.verkenningen)",
    "Innovatieprogramma Automotive",
    "Innovatieprogramma Life Sciences en Health algemeen",
    "Innovatieprogramma Maritiem",
    "Innovatieve onderzoeksprogramma's (IOP's)",
    "Internationaal Innoveren (Eurekaclusters & JTI's)",
    "MKB Innovatieregeling Topsectoren (MIT)",
    "Pieken in de Delta",
    "Samenwerking bij innovatie",
    "Subsidieregeling Innoveren, Eurostarsprojecten",
    "Subsidieregeling Innovatieve Scheepsbouw",
    (
        "Subsidieregeling Sterktes in Innovatie, hoofdstuk 2 Internationaal innoveren (Eureka en "
        "Opkomende markten)"
    ),
    "TKI Toeslag",
    "Topsector Chemie",
    "Topsector Energie",
)

_NAMED: Final = "; ".join(SCHEMES)
METHODS: Final = {
    method.name: method
    for method in (
        Method(
            "subsidised_firms",
            "count",
            Text("Firms paid under an innovation scheme", "Bedrijven met innovatiesubsidie"),
            Text(
                "Companies (B.V., N.V. or a foreign form such as GmbH or Ltd in the name) that a "
                "Dutch ministry paid in the year under a scheme for innovation, each name counted "
                "once whatever its spelling. Names that may be of a person are left out. "
                f"Schemes: {_NAMED}.",
                "Vennootschappen (B.V., N.V. of een buitenlandse vorm zoals GmbH of Ltd in de "
                "naam) die in het jaar van een ministerie geld kregen uit een innovatieregeling, "
                "elke naam één keer geteld, hoe ook gespeld. Namen die van een persoon kunnen "
                f"zijn, tellen niet mee. Regelingen: {_NAMED}.",
            ),
        ),
        Method(
            "subsidised_firms_found",
            "count",
            Text(
                "Of these, found among the participants of EU projects",
                "Daarvan gevonden onder de deelnemers aan EU-projecten",
            ),
            Text(
                "Those whose name was taken for that of an organisation in Horizon 2020 or Horizon "
                "Europe, in any year. The list gives nothing but the name, so a firm that changed its "
                "name is mostly not found; the page of an organisation says why a name was taken for it.",
                "Die waarvan de naam is gehouden voor die van een organisatie in Horizon 2020 of "
                "Horizon Europe, in welk jaar ook. De lijst geeft alleen de naam, dus een bedrijf dat "
                "van naam veranderde, wordt meestal niet gevonden; de pagina van een organisatie zegt "
                "waarom een naam voor de hare is gehouden.",
            ),
        ),
        Method(
            "coverage_of_firms",
            "share",
            Text(
                "Share of innovating firms that this evidence can see",
                "Deel van de innoverende bedrijven dat deze gegevens kunnen zien",
            ),
            Text(
                "Firms found among the participants of EU projects, divided by all firms paid "
                "under an innovation scheme. The interval is Wilson's: it holds these firms for a "
                "sample of all such firms. The list is of one year long ago, and of the whole "
                "country.",
                "Bedrijven die onder de deelnemers aan EU-projecten zijn gevonden, gedeeld door "
                "alle bedrijven met een innovatiesubsidie. Het interval is dat van Wilson: het "
                "ziet deze bedrijven als steekproef uit alle zulke bedrijven. De lijst is van één "
                "jaar, lang geleden, en van het hele land.",
            ),
            "Wilson (1927), Journal of the American Statistical Association 22(158)",
        ),
    )
}


def measure_coverage(con: duckdb.DuckDBPyConnection) -> Figure:
    """Give the share of innovating firms that is in the EU evidence; None without the list."""
    return measure_firms(con, "coverage_of_firms")


def measure_firms(con: duckdb.DuckDBPyConnection, name: str) -> Figure:
    """Give one of the three figures of `METHODS`; raises NotFoundError for another."""
    if name not in METHODS:
        raise NotFoundError(f"'{name}' is no measure.", f"Measures: {', '.join(METHODS)}.")
    row = con.execute(
        """
        select count(distinct name_key), count(distinct name_key) filter (organisation_id is not null)
        from subsidy join subsidy_name using (record_id) left join subsidy_match using (record_id)
        where is_company and year = $year and scheme in (select unnest($schemes))
        """,
        {"year": YEAR, "schemes": list(SCHEMES)},
    ).fetchone()
    firms, found = row or (0, 0)
    scope, period = Scope.of(year=YEAR), str(YEAR)
    if name == "subsidised_firms":
        return Figure(firms, "count", name, scope, period=period)
    if name == "subsidised_firms_found":
        return Figure(found, "count", name, scope, period=period)
    if not firms:
        return Figure(None, "share", name, scope, period=period)
    low, high = find_wilson_interval(found, firms)
    return Figure(
        found / firms,
        "share",
        name,
        scope,
        period=period,
        caveats=("names-withheld",),
        interval=Interval(float(low), float(high)),
    )


def explain_coverage(con: duckdb.DuckDBPyConnection, name: str) -> Explanation:
    """Give one of the figures with the two it is made from, and the rows of subsidies behind it."""
    figure = measure_firms(con, name)
    parts = (
        tuple(
            (METHODS[part].title, measure_firms(con, part))
            for part in ("subsidised_firms", "subsidised_firms_found")
        )
        if name == "coverage_of_firms"
        else ()
    )
    matched = "and organisation_id is not null" if name == "subsidised_firms_found" else ""
    rows = con.execute(
        f"""
        select record_id from subsidy join subsidy_name using (record_id)
        left join subsidy_match using (record_id)
        where is_company and year = $year and scheme in (select unnest($schemes)) {matched}
        order by record_id
        """,
        {"year": YEAR, "schemes": list(SCHEMES)},
    ).fetchall()
    return Explanation(figure, parts, tuple(record for (record,) in rows))
