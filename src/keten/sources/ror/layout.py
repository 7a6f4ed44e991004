"""The tables that the registry becomes."""

from typing import Final

import pyarrow as pa

ROR: Final = pa.schema(
    [
        ("record_id", pa.int64()),
        ("ror_id", pa.string()),
        ("name", pa.string()),
        ("acronyms", pa.list_(pa.string())),
        ("types", pa.list_(pa.string())),
        ("country", pa.string()),
        ("city", pa.string()),
        ("geonames_id", pa.string()),
        ("website", pa.string()),
        ("domains", pa.list_(pa.string())),
        ("established", pa.int32()),
        ("status", pa.string()),
        ("latitude", pa.float64()),
        ("longitude", pa.float64()),
        ("schema", pa.string()),
        ("version", pa.string()),
    ]
)
EARLIER: Final = pa.schema(
    [
        ("record_id", pa.int64()),
        ("ror_id", pa.string()),
        ("version", pa.string()),
        ("current_record_id", pa.int64()),
    ]
)
NAME: Final = pa.schema(
    [
        ("record_id", pa.int64()),
        ("ror_id", pa.string()),
        ("name", pa.string()),
        ("kind", pa.string()),
        ("language", pa.string()),
    ]
)
RELATION: Final = pa.schema(
    [
        ("record_id", pa.int64()),
        ("ror_id", pa.string()),
        ("kind", pa.string()),
        ("other_ror_id", pa.string()),
        ("other_name", pa.string()),
    ]
)
IDENTIFIER: Final = pa.schema(
    [
        ("record_id", pa.int64()),
        ("ror_id", pa.string()),
        ("kind", pa.string()),
        ("identifier", pa.string()),
        ("is_preferred", pa.bool_()),
    ]
)
