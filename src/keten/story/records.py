"""What people do with a sentence of a plan: write it, leave it out, keep it, or take keten's own."""

from datetime import datetime

from keten.errors import ConflictError, UsageError
from keten.model import Judgement
from keten.story.document import Sentence
from keten.story.edits import KIND, name_object, name_subject, read_edits
from keten.story.pen import Pen
from keten.story.sentences import list_line_figures, pack_figure, read_edited
from keten.workspace import Store

LONGEST = 1200


def record_sentence(
    store: Store,
    chain: str,
    sentence: Sentence,
    text: str | None,
    pen: Pen,
    *,
    reason: str,
    author: str,
    made_at: datetime,
    seen: int = 0,
) -> Judgement:
    """Write what a person wants in the place of a sentence; `text` as `Edit` has it.

    The figures that stand under the sentence now are kept with it, so that it can be marked when one
    of them changes. `seen` is the number of the line that the person saw in force, 0 for none.
    Raises: UsageError for a slot without a figure, ConflictError when somebody was first.
    """
    figures = list_line_figures(sentence.generated)
    if text is not None:
        text = " ".join(text.split())
        if len(text) > LONGEST:
            raise UsageError(
                f"The sentence has {len(text)} characters.", f"Keep it under {LONGEST}."
            )
        read_edited(text, figures, pen.language)
    standing = read_edits(store, chain, pen.language).get(sentence.key)
    if (standing.number if standing else 0) != seen:
        raise clash(standing)
    return store.record(
        KIND,
        name_subject(chain),
        name_object(pen.language, sentence.key),
        reason,
        author,
        made_at,
        value={
            "text": text,
            "generated": pen.write_line(sentence.generated),
            "figures": [pack_figure(figure) for figure in figures],
        },
        supersedes=seen or None,
    )


def keep_sentence(
    store: Store,
    chain: str,
    sentence: Sentence,
    text: str,
    pen: Pen,
    *,
    reason: str,
    author: str,
    made_at: datetime,
) -> Judgement:
    """Keep a person's text as it stands, now that the numbers under it are what they are.

    Raises: UsageError when nobody wrote the sentence.
    """
    if sentence.edit is None or not sentence.edit.text:
        raise UsageError(
            f"Nobody wrote the sentence '{sentence.key}'.", "Write it first; then it can be kept."
        )
    return record_sentence(
        store,
        chain,
        sentence,
        text,
        pen,
        reason=reason,
        author=author,
        made_at=made_at,
        seen=sentence.edit.number,
    )


def clash(standing: Judgement | None) -> ConflictError:
    """Give the error for a sentence that somebody changed meanwhile."""
    return ConflictError(
        "Somebody changed this sentence meanwhile.",
        "Look at both versions and say which holds.",
        later=standing.number if standing else 0,
    )
