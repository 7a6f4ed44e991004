"""Public register of recognised sponsors: Dutch organisations with their chamber of commerce number."""

from keten.sources.kvk.card import CARD
from keten.sources.kvk.find import find
from keten.sources.kvk.read import read

__all__ = ["CARD", "find", "read"]
