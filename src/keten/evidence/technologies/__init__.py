"""What everything is about: each project and each entry of a taxonomy, with a probability and its words."""

from keten.evidence.technologies import organisations
from keten.evidence.technologies.organisations import write_organisations
from keten.evidence.technologies.writing import TABLES, classify_technologies

OF_ORGANISATIONS = organisations.TABLES

__all__ = ["OF_ORGANISATIONS", "TABLES", "classify_technologies", "write_organisations"]
