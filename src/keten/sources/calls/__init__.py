"""Calls: grants of EU programmes that are open or announced, with their texts and conditions.

Two deliveries overlap. `open.jsonl.gz` has whole texts and conditions but no date, no day of opening
and no total budget; `grants.json` says on which day it was made, and has those, but cuts its texts
at about a thousand characters. They are read as one: texts from the first, the rest from the second,
which is the newer one (its deadlines are the extended ones). `docs/reviews/calls.md` has the figures.
"""

from keten.sources.calls.card import CARD
from keten.sources.calls.find import find
from keten.sources.calls.read import read

__all__ = ["CARD", "find", "read"]
