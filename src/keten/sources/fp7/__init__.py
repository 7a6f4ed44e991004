"""FP7: projects and organisations of the framework programme before Horizon 2020 (2007-2013)."""

from keten.sources.fp7.card import CARD
from keten.sources.fp7.find import find
from keten.sources.fp7.read import read

__all__ = ["CARD", "find", "read"]
