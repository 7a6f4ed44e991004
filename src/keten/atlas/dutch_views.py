"""What is shown of Dutch texts by technology: projects of structural funds, subsidies of ministries."""

from __future__ import annotations

from dataclasses import dataclass

from keten.atlas.technology_views import Mark, SpokenWord
from keten.model import Figure, Label


@dataclass(frozen=True, slots=True)
class DutchText:
    """A row with a text that may be about a technology; `title` and `text` have their words marked.

    Of a subsidy the title is the scheme and the text the recipient: that is all that its list says.
    """

    source: str  # structural, rijk
    record_id: int
    technology: str
    tier: str
    chance: Figure
    title: tuple[Mark, ...]
    text: tuple[Mark, ...]
    words: tuple[SpokenWord, ...]
    who: str  # as the source spells it
    organisation: Label | None
    year: int | None
    amount_eur: Figure | None
