"""Employment in branches of manufacturing, by region."""

from keten.sources.employment.card import CARD
from keten.sources.employment.read import find, read

__all__ = ["CARD", "find", "read"]
