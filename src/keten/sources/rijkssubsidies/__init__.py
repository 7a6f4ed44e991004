"""Subsidies of the Dutch ministries: who received how much under which scheme in a year."""

from keten.sources.rijkssubsidies.card import CARD
from keten.sources.rijkssubsidies.find import find
from keten.sources.rijkssubsidies.read import read

__all__ = ["CARD", "find", "read"]
