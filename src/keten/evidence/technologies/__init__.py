"""What everything is about: each project and each entry of a taxonomy, with a probability and its words."""

from keten.evidence.technologies import organisations
from keten.evidence.technologies.organisations import (
    HALF_LIFE_YEARS,
    LISTED,
    read_work,
    write_organisations,
)
from keten.evidence.technologies.writing import TABLES, classify_technologies

OF_ORGANISATIONS = organisations.TABLES

__all__ = [
    "HALF_LIFE_YEARS",
    "LISTED",
    "OF_ORGANISATIONS",
    "TABLES",
    "classify_technologies",
    "read_work",
    "write_organisations",
]
