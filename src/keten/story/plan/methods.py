"""The methods of all rooms by name, so that a plan can say by which its numbers were made."""

from collections.abc import Mapping
from typing import Final

from keten.evidence.coverage import METHODS as COVERAGE
from keten.model import Method
from keten.portfolio.method import METHODS as PORTFOLIO
from keten.programme.answers import METHODS as PROGRAMME

METHODS: Final[Mapping[str, Method]] = {
    **COVERAGE,
    **PORTFOLIO,
    **PROGRAMME,
}
