"""ROR: the Research Organization Registry, with names, places, relations and other identifiers."""

from keten.sources.ror.card import CARD
from keten.sources.ror.find import find
from keten.sources.ror.read import read

__all__ = ["CARD", "find", "read"]
