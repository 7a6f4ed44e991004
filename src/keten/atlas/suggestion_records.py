"""Suggestion records: an editor's answer, with the lines that make what was proposed hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from keten.atlas.corrections import CORRECTION
from keten.atlas.named import OWN_ROW, Named, find_named, keys_of
from keten.atlas.parties import PLACED
from keten.atlas.proposal import Proposal
from keten.atlas.suggestions import ANSWERED, Suggestion
from keten.errors import ConflictError, UsageError
from keten.model import OWN
from keten.workspace import Batch, Line

if TYPE_CHECKING:
    import duckdb

    from keten.workspace import Reader, Store

# An organisation that nobody knew becomes a row of this list, which is one of the lists of the house.
LIST_SLUG: Final = "suggested"
LIST_KEY: Final = f"list:{LIST_SLUG}"
_IMPORT: Final = "list-import"
_ACCEPTED: Final = "suggestion"
_COLUMNS: Final = ("name", "city", "country", "website")


@dataclass(frozen=True, slots=True)
class Chosen:
    """Whom an editor takes a suggestion to be about, where its sender gave a name alone."""

    about: str = ""
    other: str = ""


def accept(
    con: duckdb.DuckDBPyConnection,
    store: Store,
    suggestion: Suggestion,
    reason: str,
    author: str,
    made_at: datetime,
    *,
    chosen: Chosen | None = None,
    title: str = "Suggested organisations",
    reader: Reader = None,
) -> Batch:
    """Record what a suggestion says, and that it was accepted, as one batch; undone as one.

    Raises: UsageError when it is not said whom it is about; ConflictError when it was answered already.
    """
    _check_open(suggestion)
    chosen = chosen or Chosen()
    proposal = replace(
        suggestion.proposal,
        about=suggestion.proposal.about or chosen.about,
        other=suggestion.proposal.other or chosen.other,
    )
    lines = list(_make_lines(con, store, suggestion.key, proposal, reader))
    lines.append(_answer(suggestion, "accepted", reason))
    is_row = proposal.what == "organisation"
    detail: dict[str, Any] = {"suggestion": suggestion.key}
    if is_row:
        detail |= {
            "list": LIST_SLUG, "name": title, "file": "", "sheet": "", "evidence": "",
            "visibility": "everybody", "headings": list(_COLUMNS), "added": 1, "changed": 0,
            "unchanged": 0, "removed": 0,
        }  # fmt: skip
    return store.record_many(
        lines, reason, author, made_at, kind=_IMPORT if is_row else _ACCEPTED, title=title,
        detail=detail,
    )  # fmt: skip


def decline(
    store: Store, suggestion: Suggestion, reason: str, author: str, made_at: datetime
) -> None:
    """Record that a suggestion was declined; whoever sent it reads why.

    Raises: UsageError without a reason; ConflictError when it was answered already.
    """
    _check_open(suggestion)
    if not reason.strip():
        raise _refusal(
            "reason",
            "A suggestion cannot be declined without a reason.",
            "Say in a few words why: whoever sent it will read it.",
        )
    line = _answer(suggestion, "declined", reason)
    store.record(
        line.kind, line.subject, line.object, reason, author, made_at, value=line.value,
        supersedes=line.supersedes, is_private=True, shared_with="editor",
    )  # fmt: skip


def open_again(
    store: Store, suggestion: Suggestion, reason: str, author: str, made_at: datetime
) -> None:
    """Take an answer back, with every line that an acceptance made.

    Raises: UsageError when there is no answer.
    """
    answer = suggestion.answer
    if answer is None:
        raise UsageError("This suggestion is open already.", "Accept or decline it.")
    if answer.batch is None:
        store.withdraw(answer.number, reason, author, made_at)
    else:
        store.undo_batch(answer.batch, reason, author, made_at)


def own_key_of(suggestion_key: str) -> str:
    """Give the key of the organisation that a suggestion becomes."""
    return f"{OWN}:{suggestion_key}"


def _make_lines(
    con: duckdb.DuckDBPyConnection, store: Store, key: str, proposal: Proposal, reader: Reader
) -> Iterator[Line]:
    if proposal.what == "organisation":
        cells = {name: getattr(proposal, name) for name in _COLUMNS if getattr(proposal, name)}
        own = own_key_of(key)
        value = {**cells, "cells": cells, "row": own, "at": 1, "status": "new"}
        yield Line(OWN_ROW, own, LIST_KEY, value)
        return
    about = _find(con, store, proposal.about, reader)
    if proposal.what == "membership":
        yield _place(con, store, about, proposal)
    elif proposal.field == "same":
        other = _find(con, store, proposal.other, reader)
        if other.who == about.who:
            raise _refusal(
                "one-already",
                "These two are one organisation here already.",
                "Decline it, and say so.",
            )
        yield Line("same", about.key, other.key)
    else:
        value = {"says": proposal.says}
        if proposal.field == "merged":
            value["other"] = _find(con, store, proposal.other, reader).key
        yield _correct(con, store, about, proposal.field, value)


def _place(con: duckdb.DuckDBPyConnection, store: Store, about: Named, proposal: Proposal) -> Line:
    chain = f"chain:{proposal.chain}"
    earlier = [
        line
        for line in store.judgements_on(keys_of(con, about))
        if line.kind == PLACED and line.object == chain
    ]
    before = earlier[-1] if earlier else None
    subject = before.subject if before else about.key
    return Line(
        PLACED, subject, chain, {"stage": proposal.stage},
        supersedes=before.number if before else None,
    )  # fmt: skip


def _correct(
    con: duckdb.DuckDBPyConnection, store: Store, about: Named, field: str, value: dict[str, str]
) -> Line:
    earlier = [
        line
        for line in store.judgements_on(keys_of(con, about))
        if line.kind == CORRECTION and line.object == f"field:{field}"
    ]
    before = earlier[-1] if earlier else None
    return Line(
        CORRECTION, before.subject if before else about.key, f"field:{field}", value,
        supersedes=before.number if before else None,
    )  # fmt: skip


def _find(con: duckdb.DuckDBPyConnection, store: Store, text: str, reader: Reader) -> Named:
    found = find_named(con, store, text, reader) if text else None
    if found is None:
        raise _refusal(
            "which",
            "It is not said which organisation is meant.",
            "Choose one, or give its number, such as pic:999990267.",
        )
    return found


def _answer(suggestion: Suggestion, verdict: str, reason: str) -> Line:
    line = suggestion.line
    return Line(
        ANSWERED, line.subject, line.object, {"verdict": verdict}, reason,
        supersedes=line.number, is_private=True, shared_with="editor",
    )  # fmt: skip


def _refusal(code: str, what: str, next_step: str) -> UsageError:
    error = UsageError(what, next_step)
    error.code = code
    return error


def _check_open(suggestion: Suggestion) -> None:
    if suggestion.answer is not None:
        raise ConflictError(
            "This suggestion was answered meanwhile.",
            "Read the answer; take it back first to give another.",
            later=suggestion.answer.number,
        )
