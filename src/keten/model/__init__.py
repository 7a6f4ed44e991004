"""The vocabulary that every room shares: what things are called, and the shape of what travels."""

from keten.model.chain import Chain, ChainStage
from keten.model.comparison import Comparison, ComparisonPart
from keten.model.figure import Coverage, Figure, Interval, Scope
from keten.model.given import Given
from keten.model.identifier import (
    KINDS,
    PROGRAMMES,
    is_organisation_id,
    programme_of_key,
    region_codes,
    region_level,
)
from keten.model.issue import Issue, Severity
from keten.model.judgement import Content, Judgement, Ruling
from keten.model.label import Label, Region
from keten.model.method import Explanation, Method
from keten.model.source import Found, Package, Reading, SourceCard
from keten.model.text import Text

__all__ = [
    "KINDS",
    "PROGRAMMES",
    "Chain",
    "ChainStage",
    "Comparison",
    "ComparisonPart",
    "Content",
    "Coverage",
    "Explanation",
    "Figure",
    "Found",
    "Given",
    "Interval",
    "Issue",
    "Judgement",
    "Label",
    "Method",
    "Package",
    "Reading",
    "Region",
    "Ruling",
    "Scope",
    "Severity",
    "SourceCard",
    "Text",
    "is_organisation_id",
    "programme_of_key",
    "region_codes",
    "region_level",
]
