"""Regional Competitiveness Index: what makes regions of the EU attractive to firms and people."""

from keten.sources.competitiveness.card import CARD
from keten.sources.competitiveness.read import find, read

__all__ = ["CARD", "find", "read"]
