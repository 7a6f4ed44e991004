"""EU Innovation Fund: who takes part in its projects, and for how much."""

from keten.sources.innovation_fund.card import CARD
from keten.sources.innovation_fund.find import find
from keten.sources.innovation_fund.read import read

__all__ = ["CARD", "find", "read"]
