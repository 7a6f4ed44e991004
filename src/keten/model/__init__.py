"""The vocabulary that every room shares: what things are called, and the shape of what travels."""

from keten.model.about import ABOUT_LABELS, SUBJECT_LABELS, About, Member
from keten.model.amount import read_amount, read_number
from keten.model.chain import Chain, ChainGroup, ChainMarket, ChainStage
from keten.model.comparison import Comparison, ComparisonPart
from keten.model.figure import Coverage, Figure, Interval, Scope
from keten.model.given import Given
from keten.model.identifier import (
    KEY_SOURCES,
    KINDS,
    OWN,
    PROGRAMMES,
    is_organisation_id,
    is_source_key,
    programme_of_key,
    region_codes,
    region_level,
)
from keten.model.initiative import INITIATIVE, InitiativeSaid, initiative_of, read_said, write_said
from keten.model.issue import Issue, Severity
from keten.model.judgement import Content, Judgement, Ruling
from keten.model.label import Label, Region
from keten.model.method import Explanation, Method
from keten.model.source import Found, Package, Reading, SourceCard
from keten.model.taxonomy import Clue, MapsTo, Taxonomy, TaxonomyEntry
from keten.model.text import Text

__all__ = [
    "ABOUT_LABELS",
    "INITIATIVE",
    "KEY_SOURCES",
    "KINDS",
    "OWN",
    "PROGRAMMES",
    "SUBJECT_LABELS",
    "About",
    "Chain",
    "ChainGroup",
    "ChainMarket",
    "ChainStage",
    "Clue",
    "Comparison",
    "ComparisonPart",
    "Content",
    "Coverage",
    "Explanation",
    "Figure",
    "Found",
    "Given",
    "InitiativeSaid",
    "Interval",
    "Issue",
    "Judgement",
    "Label",
    "MapsTo",
    "Member",
    "Method",
    "Package",
    "Reading",
    "Region",
    "Ruling",
    "Scope",
    "Severity",
    "SourceCard",
    "Taxonomy",
    "TaxonomyEntry",
    "Text",
    "initiative_of",
    "is_organisation_id",
    "is_source_key",
    "programme_of_key",
    "read_amount",
    "read_number",
    "read_said",
    "region_codes",
    "region_level",
    "write_said",
]
