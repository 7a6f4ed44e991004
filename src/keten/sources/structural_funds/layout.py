"""The columns of the two kinds of list, which of them are read, and what they become."""

from typing import Final

import pyarrow as pa

from keten.sources.workbook import SheetLayout

# Columns of the table, and the headings they are read from, by kind of list.
PROJECT_LIST: Final = {
    "beneficiary": "Begunstigde",
    "title": "Titel van het project (naam van de concrete actie)",
    "title_en": "Titel van het project in het Engels",
    "fund": "Fonds",
    "authority": "Autoriteit",
    "summary": "Samenvatting",
    "website": "Website project",
    "eu_contribution_eur": "EU-subsidie in Euro's",
    "public_eur": "Overige publieke financiering",
    "private_eur": "Overige private financiering",
    "total_cost_eur": "Totale kosten in Euro's",
    "eu_percentage": "Medefinancieringspercentage van de Unie (per prioritaire as)",
    "updated_on": "Datum van laatste bijwerking",
    "start_date": "Begindatum",
    "end_date": "Einddatum",
    "theme": "Thematische doelstelling",
}
ESF_LIST: Final = {
    "source_id": "Project_Nummer Project_Number",
    "action": "Actie",
    "beneficiary": "Naam Aanvrager Beneficiary name",
    "city": "Locatie project operation postcode; or other appropriate location indicator",
    "country": "Land Country",
    "title": "Naam Project Project Name",
    "summary": "Project samenvatting Project Summary",
    "start_date": "Startdatum project Project start date",
    "end_date": "Einddatum project Project end date",
    "eu_contribution_eur": "EUSF subsidie toegekend verlening ESF approved on request Union "
    "cofinancing (max 50%)",
    "total_cost_eur": "Totale subsidiabele kosten bij verlening Total eligible expenditure on "
    "request",
}
# The lists of 2007 to 2013 say besides what became of an application.
EARLIER_LIST: Final = {
    **ESF_LIST,
    "eu_contribution_eur": "ESF subsidie toegekend verlening ESF approved on request Union "
    "cofinancing (max 50%)",
    "status": "Intrekking/Afwijzing",
}
STATUSES: Final = {
    "Afgewezen": "rejected",
    "Ingetrokken voor verlening": "withdrawn",
    "Ingetrokken na verlening": "withdrawn",
}
_FEW: Final = ("beneficiary", "title", "eu_contribution_eur")
PROJECTS: Final = SheetLayout(
    "projects",
    required=tuple(PROJECT_LIST[name] for name in _FEW),
    used=tuple(PROJECT_LIST.values()),
)
ESF: Final = SheetLayout(
    "esf",
    required=tuple(ESF_LIST[name] for name in ("source_id", *_FEW)),
    used=tuple(ESF_LIST.values()),
    ignored={
        "Tijdvak": "round of applications; the dates say when a project ran",
        "Inverventie- categorie Name of category of intervention": "n.v.t. in every row",
    },
)
_SETTLED: Final = (
    "ESF subsidie toegekend vaststelling ESF approved on request Union cofinancing (max 50%)"
)
_SETTLED_COST: Final = (
    "Totale subsidiabele kosten bij vaststelling Total eligible expenditure on request"
)
EARLIER: Final = SheetLayout(
    "ESF 07-13",
    required=tuple(EARLIER_LIST[name] for name in ("source_id", *_FEW, "status")),
    used=tuple(EARLIER_LIST.values()),
    ignored={
        **ESF.ignored,
        _SETTLED: "nought where nothing was settled yet as much as where nothing was paid",
        _SETTLED_COST: "given for a few projects only",
        "Datum Intrekking": "what became of an application is read, not when",
        "Datum Afwijzing": "what became of an application is read, not when",
    },
)
PROJECT: Final = pa.schema(
    [
        ("record_id", pa.int64()),
        ("list", pa.string()),
        ("source_id", pa.string()),
        ("is_current", pa.bool_()),
        ("fund", pa.string()),
        ("action", pa.string()),
        ("beneficiary", pa.string()),
        ("is_person", pa.bool_()),
        ("title", pa.string()),
        ("title_en", pa.string()),
        ("summary", pa.string()),
        ("authority", pa.string()),
        ("theme", pa.string()),
        ("city", pa.string()),
        ("country", pa.string()),
        ("website", pa.string()),
        ("start_date", pa.date32()),
        ("end_date", pa.date32()),
        ("updated_on", pa.date32()),
        ("eu_contribution_eur", pa.decimal128(18, 2)),
        ("public_eur", pa.decimal128(18, 2)),
        ("private_eur", pa.decimal128(18, 2)),
        ("total_cost_eur", pa.decimal128(18, 2)),
        ("eu_percentage", pa.float64()),
        ("status", pa.string()),
    ]
)
