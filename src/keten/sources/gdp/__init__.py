"""Gross domestic product of regions, in total and per inhabitant."""

from keten.sources.gdp.card import CARD
from keten.sources.gdp.read import find, read

__all__ = ["CARD", "find", "read"]
