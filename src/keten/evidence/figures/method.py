"""Methods: the registry of measures, what each counts in words and in SQL, and from which source rows.

Nothing is computed here: `figures` does that. In the SQL, `i` is a participation, `p` a project, `j` a
participation of a partner, `f` a file, `s` an issue, `g` a receipt; `{where}` is the condition of a
scope and `{projects}` the projects within it.
"""

from collections.abc import Mapping
from typing import Final

from keten.errors import NotFoundError
from keten.evidence.figures.measure import PARTICIPATION_ROWS, Measure, Subject
from keten.evidence.figures.receipts import RECEIPT_MEASURES
from keten.evidence.figures.scope import write_today
from keten.model import Text

# What the rows of a subject are; `{where}` is the condition of the scope. Projects and partners are
# reached through participations, so they take the same filters.
ROWS: Final[Mapping[str, str]] = {
    "participation": "involvement i {join} where {where}",
    "project": (
        "project p where p.project_id in (select i.project_id from involvement i where {where})"
    ),
    "partner": (
        "involvement j where j.project_id in (select i.project_id from involvement i where {where})"
    ),
    "file": "file f {join} where {where}",
    "issue": "issue s {join} where {where}",
    "receipt": "receipt g {join} where {where}",
}

# The year and programme of a row, for the period and the caveats of a figure.
TIMES: Final[Mapping[str, tuple[str, str]]] = {
    "participation": ("i.year", "i.programme"),
    "project": ("year(p.start_date)", "p.programme"),
    "partner": ("j.year", "j.programme"),
    "receipt": ("g.year", "''"),
}

_PROJECT_ROWS: Final = "select p.record_id from project p where p.project_id in ({projects})"


def _amount(
    name: str,
    column: str,
    title: Text,
    method: Text,
    subject: Subject = "participation",
    records: tuple[str, ...] = (PARTICIPATION_ROWS,),
) -> Measure:
    """Make the measure of an amount: the sum of what is known, and of how many rows that is."""
    return Measure(
        name,
        "EUR",
        title,
        method,
        subject,
        f"sum({column})",
        records,
        seen=f"count({column})",
        of="count(*)",
    )


_WITH_FIELD: Final = "count(distinct i.project_id) filter (where i.has_field)"
_READABLE: Final = (
    "count(*) filter (where p.title is not null or p.objective is not null or p.project_id in "
    "(select t.project_id from project_topic t where t.title is not null))"
)
_LOST: Final = (
    "select s.record_id from issue s where s.severity = 'row-lost' and s.record_id is not null"
)
_FILE_ROWS: Final = (
    "select r.record_id from record r "
    "where r.file_no in (select f.file_no from file f where {where})"
)

_ALL: Final = (
    Measure(
        "participations",
        "count",
        Text("Participations", "Deelnames"),
        Text(
            "Each row of an organisation in a project counts once, whatever its role. An organisation "
            "that stands twice in one project counts twice. Organisations without a name count too.",
            "Elke regel van een organisatie in een project telt één keer, ongeacht de rol. Een "
            "organisatie die twee keer in een project staat telt twee keer. Organisaties zonder naam "
            "tellen mee.",
        ),
        "participation",
        "count(*)",
    ),
    Measure(
        "projects",
        "count",
        Text("Projects", "Projecten"),
        Text(
            "Projects with at least one participation in this selection, each counted once.",
            "Projecten met minstens één deelname in deze selectie, elk één keer geteld.",
        ),
        "participation",
        "count(distinct i.project_id)",
    ),
    Measure(
        "organisations",
        "count",
        Text("Organisations", "Organisaties"),
        Text(
            "Organisations with at least one participation in this selection, each counted once. "
            "Records of both programmes with the same participant code (PIC) are one organisation, "
            "unless a person ruled otherwise.",
            "Organisaties met minstens één deelname in deze selectie, elk één keer geteld. Regels "
            "van beide programma's met dezelfde deelnemerscode (PIC) zijn één organisatie, tenzij "
            "een mens anders oordeelde.",
        ),
        "participation",
        "count(distinct i.organisation_id)",
    ),
    _amount(
        "contribution_eur",
        "i.contribution_eur",
        Text("EU contribution", "EU-bijdrage"),
        Text(
            "Sum of the column ecContribution over the participations in this selection. Participations "
            "without an amount are left out; how many carry one is said beside the sum. The amount "
            "includes what a beneficiary passes on to its third parties.",
            "Som van de kolom ecContribution over de deelnames in deze selectie. Deelnames zonder "
            "bedrag blijven buiten de som; hoeveel er een bedrag dragen staat erbij. Het bedrag is "
            "inclusief wat een begunstigde doorgeeft aan derden.",
        ),
    ),
    _amount(
        "net_contribution_eur",
        "i.net_contribution_eur",
        Text("Net EU contribution", "Netto EU-bijdrage"),
        Text(
            "Sum of the column netEcContribution over the participations in this selection: what each "
            "keeps after passing on to third parties. Participations without an amount are left out; "
            "how many carry one is said beside the sum.",
            "Som van de kolom netEcContribution over de deelnames in deze selectie: wat elk overhoudt "
            "na doorgifte aan derden. Deelnames zonder bedrag blijven buiten de som; hoeveel er een "
            "bedrag dragen staat erbij.",
        ),
    ),
    Measure(
        "countries",
        "count",
        Text("Countries", "Landen"),
        Text(
            "Different country codes among the participations in this selection; a participation "
            "without a country is left out.",
            "Verschillende landcodes onder de deelnames in deze selectie; een deelname zonder land "
            "blijft buiten beschouwing.",
        ),
        "participation",
        "count(distinct i.country)",
        seen="count(i.country)",
        of="count(*)",
    ),
    Measure(
        "located",
        "count",
        Text("Participations placed in a NUTS 3 region", "Deelnames geplaatst in een NUTS 3-regio"),
        Text(
            "Participations in this selection whose address could be placed in a NUTS 3 region (of "
            "NUTS 2024); the others are known by a wider region or their country only.",
            "Deelnames in deze selectie waarvan het adres in een NUTS 3-regio (van NUTS 2024) geplaatst "
            "kon worden; van de andere is alleen een ruimere regio of het land bekend.",
        ),
        "participation",
        "count(i.nuts3)",
        seen="count(i.nuts3)",
        of="count(*)",
    ),
    _amount(
        "project_cost_eur",
        "p.total_cost_eur",
        Text("Total cost of projects", "Totale kosten van projecten"),
        Text(
            "Sum of the column totalCost over the projects with at least one participation in this "
            "selection, each counted once and whole, whatever share falls to the selection. Projects "
            "without an amount are left out.",
            "Som van de kolom totalCost over de projecten met minstens één deelname in deze selectie, "
            "elk één keer en geheel geteld, welk deel ook bij de selectie hoort. Projecten zonder "
            "bedrag blijven buiten de som.",
        ),
        "project",
        records=(_PROJECT_ROWS, PARTICIPATION_ROWS),
    ),
    _amount(
        "ec_max_contribution_eur",
        "p.ec_max_contribution_eur",
        Text("Maximum EU contribution to projects", "Maximale EU-bijdrage aan projecten"),
        Text(
            "Sum of the column ecMaxContribution over the projects with at least one participation in "
            "this selection, each counted once and whole. Projects without an amount are left out.",
            "Som van de kolom ecMaxContribution over de projecten met minstens één deelname in deze "
            "selectie, elk één keer en geheel geteld. Projecten zonder bedrag blijven buiten de som.",
        ),
        "project",
        records=(_PROJECT_ROWS, PARTICIPATION_ROWS),
    ),
    Measure(
        "fields_coverage",
        "count",
        Text("Projects that carry a field of science", "Projecten met een wetenschapsgebied"),
        Text(
            "Projects with at least one participation in this selection to which the publisher gave at "
            "least one EuroSciVoc field; of all projects in the selection. The source rows listed are "
            "the participations and those of the fields.",
            "Projecten met minstens één deelname in deze selectie waaraan de uitgever minstens één "
            "EuroSciVoc-gebied gaf; van alle projecten in de selectie. De bronregels zijn de deelnames "
            "en die van de gebieden.",
        ),
        "participation",
        _WITH_FIELD,
        records=(
            PARTICIPATION_ROWS,
            "select f.record_id from project_field f where f.project_id in ({projects})",
        ),
        seen=_WITH_FIELD,
        of="count(distinct i.project_id)",
    ),
    Measure(
        "readable_projects",
        "count",
        Text("Projects with a text to read", "Projecten met een tekst om te lezen"),
        Text(
            "Projects with at least one participation in this selection of which the source gives a "
            "title, an objective or the title of a topic; of all projects in the selection. In the "
            "others no word can be found, whatever they are about.",
            "Projecten met minstens één deelname in deze selectie waarvan de bron een titel, een "
            "samenvatting of de titel van een onderwerp geeft; van alle projecten in de selectie. In "
            "de andere kan geen woord gevonden worden, waar ze ook over gaan.",
        ),
        "project",
        _READABLE,
        records=(_PROJECT_ROWS, PARTICIPATION_ROWS),
        seen=_READABLE,
        of="count(*)",
    ),
    Measure(
        "matches",
        "count",
        Text("Projects in which it was met", "Projecten waarin het is aangetroffen"),
        Text(
            "Projects with at least one participation in this selection in which this word, topic or "
            "field of the definition of the value chain was met.",
            "Projecten met minstens één deelname in deze selectie waarin dit woord, onderwerp of "
            "gebied uit de omschrijving van de waardeketen is aangetroffen.",
        ),
        "participation",
        "count(distinct i.project_id)",
        needs=("chain", "term"),
    ),
    Measure(
        "weighted_projects",
        "count",
        Text("Projects, weighted by their chance", "Projecten, gewogen naar hun kans"),
        Text(
            "The chances that these projects develop or apply the technology, added up: two projects "
            "with a chance of a half count as one. So many of them should really be about it, if the "
            "chances mean what they say; how far they do is measured apart.",
            "De kansen dat deze projecten de technologie ontwikkelen of toepassen, opgeteld: twee "
            "projecten met een kans van een half tellen als één. Zoveel ervan zouden er echt over gaan, "
            "als de kansen betekenen wat ze zeggen; hoe ver dat klopt is apart gemeten.",
        ),
        "project",
        "coalesce(round(sum((select t.probability from project_technology t "
        "where t.project_id = p.project_id and t.technology = $technology)), 1), 0)",
        records=(_PROJECT_ROWS, PARTICIPATION_ROWS),
        needs=("technology",),
    ),
    Measure(
        "partners",
        "count",
        Text("Partners", "Partners"),
        Text(
            "Other organisations with a participation, in whatever role, in a project in which this "
            "organisation takes part, each counted once.",
            "Andere organisaties met een deelname, in welke rol ook, in een project waaraan deze "
            "organisatie deelneemt, elk één keer geteld.",
        ),
        "partner",
        "count(distinct j.organisation_id) "
        f"filter (where j.organisation_id <> {write_today('organisation')})",
        records=(
            PARTICIPATION_ROWS,
            "select j.record_id from involvement j where j.project_id in ({projects})",
        ),
        needs=("organisation",),
    ),
    Measure(
        "shared_projects",
        "count",
        Text("Shared projects", "Gedeelde projecten"),
        Text(
            "Projects in which both organisations have a participation, in whatever role, each counted "
            "once. The source rows are the participations of both.",
            "Projecten waarin beide organisaties een deelname hebben, in welke rol ook, elk één keer "
            "geteld. De bronregels zijn de deelnames van beide.",
        ),
        "participation",
        "count(distinct i.project_id)",
        needs=("organisation", "partner"),
    ),
    Measure(
        "rows_found",
        "count",
        Text("Rows found", "Regels gevonden"),
        Text(
            "Rows of data in the file as it was delivered, without its heading, counted apart from the "
            "parser.",
            "Regels met gegevens in het bestand zoals geleverd, zonder kopregel, geteld los van de "
            "ontleder.",
        ),
        "file",
        "coalesce(sum(f.rows_found), 0)::bigint",
        records=(_FILE_ROWS,),
    ),
    Measure(
        "rows_typed",
        "count",
        Text("Rows read", "Regels gelezen"),
        Text(
            "Rows of the file that became a typed row of the evidence.",
            "Regels van het bestand die een getypeerde regel van het bewijs werden.",
        ),
        "file",
        "coalesce(sum(f.rows_typed), 0)::bigint",
        records=(f"{_FILE_ROWS} and r.record_id not in ({_LOST})",),
    ),
    Measure(
        "rows_lost",
        "count",
        Text("Rows lost", "Regels verloren"),
        Text(
            "Rows of the file that could not be read; each has an issue that says why.",
            "Regels van het bestand die niet gelezen konden worden; elk heeft een melding die zegt "
            "waarom.",
        ),
        "file",
        "coalesce(sum(f.rows_lost), 0)::bigint",
        records=(f"{_FILE_ROWS} and r.record_id in ({_LOST})",),
    ),
    Measure(
        "issues",
        "count",
        Text("Issues", "Meldingen"),
        Text(
            "Oddities that the build met and kept in sight. One row can have several; an issue about a "
            "file as a whole, or about a ruling, has no row.",
            "Eigenaardigheden die de bouw tegenkwam en in zicht hield. Eén regel kan er meer hebben; "
            "een melding over een heel bestand, of over een oordeel, heeft geen regel.",
        ),
        "issue",
        "count(*)",
        records=("select s.record_id from issue s where {where} and s.record_id is not null",),
    ),
    Measure(
        "source_rows",
        "count",
        Text("Source rows", "Bronregels"),
        Text(
            "Different rows of the publishers' files that the figure named by 'measure' was made from.",
            "Verschillende regels van de bestanden van de uitgevers waaruit het cijfer is gemaakt dat "
            "bij 'measure' genoemd is.",
        ),
        "source-row",
        "count(*)",
        records=(),
        needs=("measure",),
    ),
)

MEASURES: Final[Mapping[str, Measure]] = {found.name: found for found in (*_ALL, *RECEIPT_MEASURES)}


def find_measure(name: str) -> Measure:
    """Give the measure of that name; raises NotFoundError."""
    found = MEASURES.get(name)
    if found is None:
        raise NotFoundError(f"'{name}' is no measure.", f"Measures: {', '.join(sorted(MEASURES))}.")
    return found
