"""Hand-made mappings and documents about two technologies."""

from keten.evidence.technologies.signals import Document
from keten.model import Clue, MapsTo, TaxonomyEntry, Text

_TEXT = Text("x", "x")


def entry(name: str, *words: str, fields: tuple[str, ...] = ()) -> TaxonomyEntry:
    clues = [Clue("word", word, 1.0, "en") for word in words]
    clues += [Clue("field", field) for field in fields]
    return TaxonomyEntry(name, _TEXT, _TEXT, maps_to=MapsTo(tuple(clues)))


ENTRIES = (
    entry("optics", "laser*", "photonic*", fields=("/23/43/251/745",)),
    entry("ai-data", "machine learning", "neural network*"),
)

LASER = "We develop a novel laser and a photonic chip. The laser is made of new photonic materials."
SHIPS = "How trade by ship changed the towns of the north, and what their archives tell of it."
SHOW = (
    "A new laser show: photonic art and laser dance on stage, a laser festival of theatre and song."
)


def document(key: str, summary: str, title: str = "A project") -> Document:
    return Document(key, title, summary)
