"""What everything is about: each project and each entry of a taxonomy, with a probability and its words."""

from keten.evidence.technologies import dutch_writing, inferring, organisations
from keten.evidence.technologies.dutch_writing import classify_dutch
from keten.evidence.technologies.inferring import Witness, list_witnesses, write_inferred
from keten.evidence.technologies.organisations import (
    HALF_LIFE_YEARS,
    LISTED,
    read_work,
    write_organisations,
)
from keten.evidence.technologies.writing import TABLES, classify_technologies

OF_ORGANISATIONS = organisations.TABLES
OF_TEXTS = dutch_writing.TABLES
OF_PARTICIPANTS = inferring.TABLES

__all__ = [
    "HALF_LIFE_YEARS",
    "LISTED",
    "OF_ORGANISATIONS",
    "OF_PARTICIPANTS",
    "OF_TEXTS",
    "TABLES",
    "Witness",
    "classify_dutch",
    "classify_technologies",
    "list_witnesses",
    "read_work",
    "write_inferred",
    "write_organisations",
]
