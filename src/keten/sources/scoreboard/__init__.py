"""Regional Innovation Scoreboard: how regions of Europe innovate, relative to the EU average."""

from keten.sources.scoreboard.card import CARD
from keten.sources.scoreboard.read import find, read

__all__ = ["CARD", "find", "read"]
