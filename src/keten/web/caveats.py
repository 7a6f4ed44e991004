"""The texts of the caveats that figures carry by name, read once for each evidence and language."""

from collections.abc import Mapping
from functools import lru_cache

from keten.atlas.answers import show_sources
from keten.evidence import Evidence
from keten.web.visit import Visit


def read_caveats(visit: Visit) -> Mapping[str, str]:
    """Give name to text of every caveat of the evidence in force."""
    return _read(visit.evidence, visit.language)


@lru_cache(maxsize=8)
def _read(evidence: Evidence, language: str) -> Mapping[str, str]:
    cards = [view.card for view in show_sources(evidence.cursor())]
    return {
        name: text.in_language(language) for card in cards for name, text in card.caveats.items()
    }
