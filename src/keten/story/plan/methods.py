"""The methods of all rooms by name, so that a plan can say by which its numbers were made."""

from collections.abc import Mapping
from typing import Final

from keten.diagnosis.answers import METHODS as DIAGNOSIS
from keten.evidence.coverage import METHODS as COVERAGE
from keten.funding.answers import METHODS as FUNDING
from keten.model import Method
from keten.portfolio.answers import METHODS as PORTFOLIO
from keten.programme.answers import METHODS as PROGRAMME

METHODS: Final[Mapping[str, Method]] = {
    **COVERAGE,
    **DIAGNOSIS,
    **FUNDING,
    **PORTFOLIO,
    **PROGRAMME,
}
