"""CORDIS: projects of EU framework programmes and who took part in them."""

from keten.sources.cordis.card import CARD
from keten.sources.cordis.find import find
from keten.sources.cordis.read import read

__all__ = ["CARD", "find", "read"]
