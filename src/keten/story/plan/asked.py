"""What a plan is asked for, how much of it fits, and the shape that all its chapters share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final

from keten.atlas.answers import show_chain
from keten.atlas.parties import PLACED
from keten.atlas.views import ChainView
from keten.model import Chain, Label, Text
from keten.story.document import Chapter, Party, Piece, Quote, Words

if TYPE_CHECKING:
    import duckdb

    from keten.workspace import Store


@dataclass(frozen=True)
class Asked:
    """A chain, the evidence and the workspace that its plan stands on, a language, and a day."""

    con: duckdb.DuckDBPyConnection
    store: Store | None
    chain: Chain
    language: str
    today: date
    evidence: int
    evidence_day: date
    fingerprint: str
    is_invented: bool
    reader: str | None = None

    @cached_property
    def view(self) -> ChainView:
        """The chain as its first step shows it, with the stages that people put parties in."""
        said = (
            self.store.judgements(PLACED, only_in_force=True, reader=self.reader)
            if self.store
            else ()
        )
        return show_chain(self.con, self.chain, said)

    def say(self, text: Text) -> str:
        """Give a text in the language of the plan."""
        return text.in_language(self.language)

    def own(self, text: Text) -> Piece:
        """Give a label of ours, quoted where it holds a digit."""
        said = self.say(text)
        is_plain = not any(letter.isdigit() for letter in said)
        return Words(said) if is_plain else Quote(said, self.language)

    def noun(self, label: Text) -> Piece:
        """Give a label as it stands in the middle of a sentence, without its capital."""
        return self.own(
            Text(label.en[:1].lower() + label.en[1:], label.nl[:1].lower() + label.nl[1:])
        )


@dataclass(frozen=True, slots=True)
class Size:
    """How much is named: parties in a stage, rows of the tables, calls, notes below."""

    parties: int
    strengths: int
    elements: int
    actions: int
    calls: int
    notes: int


# Tried in this order until the plan is two pages: what is left out first is named first here. Every
# list says in words what it is a part of, so that nothing left out looks as if it were not there.
SIZES: Final = (
    Size(10, 12, 12, 12, 6, 8),
    Size(8, 10, 10, 10, 5, 6),
    Size(6, 8, 10, 10, 5, 6),
    Size(6, 6, 10, 8, 4, 6),
    Size(5, 6, 10, 7, 4, 5),
    Size(5, 5, 8, 6, 3, 4),
    Size(4, 4, 7, 5, 3, 3),
    Size(4, 3, 6, 4, 2, 2),
    Size(3, 3, 5, 3, 1, 1),
    Size(2, 2, 4, 2, 1, 1),
)

# A chapter reads its answers once; then it is written for a size, None where it has nothing to say.
Draft = Callable[[Size], Chapter | None]


def name_party(label: Label) -> Party:
    """Give a party under the name that its source gives."""
    return Party(label.organisation_id, label.name or label.organisation_id)
