"""The door for faces: every question that the atlas answers, under one name each."""

from keten.atlas.chains import is_stale, knows_chain, list_chains, list_terms, list_ties, show_chain
from keten.atlas.definition import read_chain
from keten.atlas.fields import list_fields
from keten.atlas.maps import outline, outline_places, outline_project
from keten.atlas.organisations import (
    current_organisation,
    list_names,
    list_organisations,
    list_partners,
    show_organisation,
)
from keten.atlas.parties import list_parties, source_key_of
from keten.atlas.projects import list_projects, show_project
from keten.atlas.receipts import list_receipts, show_other_sources, show_region_receipts
from keten.atlas.regions import (
    current_region,
    list_inside,
    list_partner_countries,
    list_regions,
    overview,
    read_regions,
    show_region,
)
from keten.atlas.sources import count_issues, list_issues, show_sources
from keten.atlas.why import explain, record_ids, show_record
from keten.evidence.figures.counting import measure, measure_sets
from keten.evidence.figures.method import MEASURES, find_measure

__all__ = [
    "MEASURES",
    "count_issues",
    "current_organisation",
    "current_region",
    "explain",
    "find_measure",
    "is_stale",
    "knows_chain",
    "list_chains",
    "list_fields",
    "list_inside",
    "list_issues",
    "list_names",
    "list_organisations",
    "list_parties",
    "list_partner_countries",
    "list_partners",
    "list_projects",
    "list_receipts",
    "list_regions",
    "list_terms",
    "list_ties",
    "measure",
    "measure_sets",
    "outline",
    "outline_places",
    "outline_project",
    "overview",
    "read_chain",
    "read_regions",
    "record_ids",
    "show_chain",
    "show_organisation",
    "show_other_sources",
    "show_project",
    "show_record",
    "show_region",
    "show_region_receipts",
    "show_sources",
    "source_key_of",
]
