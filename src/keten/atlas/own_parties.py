"""Own parties: organisations that no source knows and that people placed in a stage of a value chain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from keten.atlas.named import Named, is_own, name_own, read_own, text_of, values_of
from keten.atlas.parties import PLACED
from keten.model import Chain, Judgement

if TYPE_CHECKING:
    from keten.workspace import Reader, Store


def list_own_parties(
    store: Store | None, chain: Chain, said: Iterable[Judgement], reader: Reader = None
) -> Mapping[str, tuple[tuple[Named, Judgement], ...]]:
    """Give for each stage whom people placed there, by name; whom `reader` may not see is left out."""
    placed = {
        line.subject: line
        for line in said
        if line.kind == PLACED and line.object == f"chain:{chain.chain}" and is_own(line.subject)
    }
    known = {line.subject: name_own(line) for line in read_own(store, placed, reader)}
    stages = {stage.stage for stage in chain.stages}
    found: dict[str, list[tuple[Named, Judgement]]] = defaultdict(list)
    for key, named in sorted(known.items(), key=lambda one: (one[1].name.casefold(), one[0])):
        stage = text_of(values_of(placed[key]), "stage")
        if stage in stages:
            found[stage].append((named, placed[key]))
    return {stage: tuple(rows) for stage, rows in found.items()}
