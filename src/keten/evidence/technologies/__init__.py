"""What everything is about: each project and each entry of a taxonomy, with a probability and its words."""

from keten.evidence.technologies.writing import TABLES, classify_technologies

__all__ = ["TABLES", "classify_technologies"]
