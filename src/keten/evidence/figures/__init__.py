"""Figures: counts what the evidence holds, by measure and scope, for every room that asks a question."""

from keten.evidence.figures.counting import (
    Caveats,
    Group,
    list_records_sql,
    measure,
    measure_groups,
    measure_sets,
    read_caveats,
    value_sql,
)
from keten.evidence.figures.labels import (
    current_organisations,
    find_source_record,
    read_labels,
    read_project_titles,
    read_region_names,
)
from keten.evidence.figures.measure import Measure
from keten.evidence.figures.method import MEASURES, find_measure
from keten.evidence.figures.regions import read_former_by_code, read_regions_by_code
from keten.evidence.figures.rows import among, keep_each, read_once, read_rows
from keten.evidence.figures.scope import read_scope

__all__ = [
    "MEASURES",
    "Caveats",
    "Group",
    "Measure",
    "among",
    "current_organisations",
    "find_measure",
    "find_source_record",
    "keep_each",
    "list_records_sql",
    "measure",
    "measure_groups",
    "measure_sets",
    "read_caveats",
    "read_former_by_code",
    "read_labels",
    "read_once",
    "read_project_titles",
    "read_region_names",
    "read_regions_by_code",
    "read_rows",
    "read_scope",
    "value_sql",
]
