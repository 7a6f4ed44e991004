"""Lays what people wrote over what keten writes, and finds where a number changed under their words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from keten.model import Figure, Judgement
from keten.story.document import (
    Block,
    Change,
    Document,
    Edit,
    Line,
    Paragraph,
    Sentence,
    list_sentences,
)
from keten.story.pen import Pen
from keten.story.sentences import (
    is_same,
    list_line_figures,
    name_figure,
    read_edited,
    unpack_figure,
)
from keten.workspace import Store

KIND = "sentence"


@dataclass(frozen=True, slots=True)
class Orphan:
    """A person's sentence whose place is not in the document now; it is kept, and shown."""

    key: str
    edit: Edit


@dataclass(frozen=True, slots=True)
class Revision:
    """A document with people's sentences in it, and those that have no place in it."""

    document: Document
    orphans: tuple[Orphan, ...]


def name_subject(chain: str) -> str:
    """Give the subject under which sentences about a chain are kept."""
    return f"chain:{chain}"


def name_object(language: str, key: str) -> str:
    """Give the object under which a sentence is kept."""
    return f"sentence:{language}:{key}"


def read_edits(
    store: Store | None, chain: str, language: str, *, reader: str | None = None
) -> dict[str, Judgement]:
    """Give the sentences that people wrote for a chain and that hold, by key."""
    if store is None:
        return {}
    head = name_object(language, "")
    # All lines of the subject are needed to know which of them hold.
    return {
        line.object.removeprefix(head): line
        for line in store.judgements_on([name_subject(chain)], reader=reader)
        if line.kind == KIND and line.object.startswith(head)
    }


def revise(document: Document, edits: Mapping[str, Judgement], pen: Pen) -> Revision:
    """Put people's sentences in the place of the generated ones; none of them is lost."""

    def on_block(block: Block) -> Block:
        if not isinstance(block, Paragraph):
            return block
        return Paragraph(
            tuple(revise_sentence(each, edits.get(each.key), pen) for each in block.sentences)
        )

    keys = {sentence.key for sentence in list_sentences(document)}
    chapters = tuple(
        replace(chapter, blocks=tuple(on_block(block) for block in chapter.blocks))
        for chapter in document.chapters
    )
    orphans = tuple(
        Orphan(key, read_edit(line, ())[0])
        for key, line in sorted(edits.items())
        if key not in keys and _value(line).get("text") is not None
    )
    return Revision(replace(document, chapters=chapters), orphans)


def revise_sentence(sentence: Sentence, line: Judgement | None, pen: Pen) -> Sentence:
    """Give a sentence as a person wrote it, with the figures of now in its slots."""
    if line is None:
        return sentence
    edit, live = read_edit(line, list_line_figures(sentence.generated))
    if edit.text is None:
        return replace(sentence, edit=edit)
    kept = [unpack_figure(packed) for packed in _value(line).get("figures", ())]
    slots = [
        now if now is not None else pen.write_figure(then)
        for then, now in zip(kept, live, strict=True)
    ]
    pieces: Line = read_edited(edit.text, slots, pen.language)
    return replace(sentence, pieces=pieces, edit=edit)


def read_edit(line: Judgement, figures: Sequence[Figure]) -> tuple[Edit, tuple[Figure | None, ...]]:
    """Give what a line says, and for each figure that was kept with it the one of now."""
    value = _value(line)
    kept = [unpack_figure(packed) for packed in value.get("figures", ())]
    live = match_figures(kept, figures)
    changes = tuple(
        Change(then, now)
        for then, now in zip(kept, live, strict=True)
        if now is None or name_figure(then) != name_figure(now) or not is_same(then, now)
    )
    text = value.get("text")
    edit = Edit(
        line.number, line.made_at, text, changes if text else (), str(value.get("generated", ""))
    )
    return edit, live


def match_figures(kept: Sequence[Figure], figures: Sequence[Figure]) -> tuple[Figure | None, ...]:
    """Give for each kept figure the one of now: of the same name, else of its measure, else none."""
    left = list(figures)
    found: dict[int, Figure] = {}
    for is_like in (_has_name, _has_measure):
        for place, then in enumerate(kept):
            match = next((now for now in left if is_like(then, now)), None)
            if place not in found and match is not None:
                found[place] = match
                left.remove(match)
    return tuple(found.get(place) for place in range(len(kept)))


def _has_name(then: Figure, now: Figure) -> bool:
    return name_figure(then) == name_figure(now)


def _has_measure(then: Figure, now: Figure) -> bool:
    return then.measure == now.measure


def _value(line: Judgement) -> Mapping[str, Any]:
    return line.value if isinstance(line.value, Mapping) else {}
