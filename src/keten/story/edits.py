"""Lays what people wrote over what keten writes, and finds where a number changed under their words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from keten.model import Figure, Judgement, Scope
from keten.story.document import (
    Block,
    Change,
    Document,
    Edit,
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

# Gives a figure anew from its measure and scope, None where that cannot be.
Recount = Callable[[str, Scope], Figure | None]


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


def revise(
    document: Document, edits: Mapping[str, Judgement], pen: Pen, recount: Recount
) -> Revision:
    """Put people's sentences in the place of the generated ones; none of them is lost."""

    def on_block(block: Block) -> Block:
        if not isinstance(block, Paragraph):
            return block
        sentences = (
            revise_sentence(each, edits.get(each.key), pen, recount) for each in block.sentences
        )
        return Paragraph(tuple(sentences))

    keys = {sentence.key for sentence in list_sentences(document)}
    chapters = tuple(
        replace(chapter, blocks=tuple(on_block(block) for block in chapter.blocks))
        for chapter in document.chapters
    )
    orphans = tuple(
        Orphan(key, read_edit(line, (), recount)[0])
        for key, line in sorted(edits.items())
        if key not in keys and _value(line).get("text") is not None
    )
    return Revision(replace(document, chapters=chapters), orphans)


def revise_sentence(
    sentence: Sentence, line: Judgement | None, pen: Pen, recount: Recount
) -> Sentence:
    """Give a sentence as a person wrote it, with the figures of now in its slots."""
    if line is None:
        return sentence
    edit, slots = read_edit(line, list_line_figures(sentence.generated), recount)
    if edit.text is None:
        return replace(sentence, edit=edit)
    filled = [now if now is not None else pen.write_figure(then) for then, now in slots]
    return replace(sentence, pieces=read_edited(edit.text, filled, pen.language), edit=edit)


def read_edit(
    line: Judgement, figures: Sequence[Figure], recount: Recount
) -> tuple[Edit, tuple[tuple[Figure, Figure | None], ...]]:
    """Give what a line says, and each figure that was kept with it beside the one of now."""
    value = _value(line)
    named = {name_figure(figure): figure for figure in figures}
    kept = [unpack_figure(packed) for packed in value.get("figures", ())]
    slots = tuple(
        (then, named.get(name_figure(then)) or recount(then.measure, then.scope)) for then in kept
    )
    changes = tuple(
        Change(then, now) for then, now in slots if now is None or not is_same(then, now)
    )
    text = value.get("text")
    generated = str(value.get("generated", ""))
    edit = Edit(line.number, line.made_at, text, changes if text else (), generated)
    return edit, slots


def forget(_measure: str, _scope: Scope) -> Figure | None:
    """Count nothing again: a figure that the sentence no longer gives is then not known."""
    return None


def _value(line: Judgement) -> Mapping[str, Any]:
    return line.value if isinstance(line.value, Mapping) else {}
