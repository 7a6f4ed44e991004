"""The columns of the four files of FP7, which of them are read, and the tables they become."""

from typing import Final

import pyarrow as pa

from keten.sources.workbook import SheetLayout

PROJECT: Final = SheetLayout(
    "project",
    required=("id", "acronym", "title"),
    used=("status", "programme", "startDate", "endDate", "totalCost", "organisations"),
)
ORGANISATION: Final = SheetLayout(
    "organization",
    required=("organisationID", "country", "name"),
    used=("address", "last_update"),
)
NETWORK: Final = SheetLayout(
    "fp7org",
    required=("new_org_id", "organisationName", "country"),
    used=(
        "organisationShortName",
        "organizationUrl",
        "REGION_Level_NUTS_3",
        "street",
        "city",
        "postCode",
    ),
    ignored={"provincia": "given for a few countries only; the city says where"},
)
EDGES: Final = SheetLayout("fp7edges", required=("projectRcn", "new_org_id"))

TITLE_LENGTH: Final = 255

PROJECT_TABLE: Final = pa.schema(
    [
        ("record_id", pa.int64()),
        ("project_id", pa.string()),
        ("programme", pa.string()),
        ("source_id", pa.string()),
        ("acronym", pa.string()),
        ("title", pa.string()),
        ("is_cut", pa.bool_()),
        ("status", pa.string()),
        ("programme_part", pa.string()),
        ("start_date", pa.date32()),
        ("end_date", pa.date32()),
        ("total_cost_eur", pa.decimal128(18, 2)),
        ("participants", pa.int32()),
    ]
)
ORGANISATION_TABLE: Final = pa.schema(
    [
        ("record_id", pa.int64()),
        ("source_key", pa.string()),
        ("pic", pa.string()),
        ("name", pa.string()),
        ("short_name", pa.string()),
        ("is_person", pa.bool_()),
        ("street", pa.string()),
        ("postcode", pa.string()),
        ("city", pa.string()),
        ("country", pa.string()),
        ("nuts_code", pa.string()),
        ("website", pa.string()),
        ("stated_on", pa.date32()),
    ]
)
PARTICIPATION_TABLE: Final = pa.schema(
    [
        ("record_id", pa.int64()),
        ("project_rcn", pa.string()),
        ("source_key", pa.string()),
        ("programme", pa.string()),
    ]
)
