"""European structural funds in the Netherlands: projects, beneficiaries and amounts of ERDF and ESF."""

from keten.sources.structural_funds.card import CARD
from keten.sources.structural_funds.find import find
from keten.sources.structural_funds.read import read

__all__ = ["CARD", "find", "read"]
