"""Suggestions: what visitors proposed, what became of it, and whether any are taken at all."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from keten.atlas.named import text_of, values_of
from keten.atlas.proposal import WHATS, Proposal, find_missing
from keten.errors import NotFoundError, UsageError
from keten.model import Judgement
from keten.workspace import Line, Person

if TYPE_CHECKING:
    from keten.workspace import Reader, Store

SUGGESTED: Final = "suggestion"  # the kind of judgement, by visitors, read by editors alone
ANSWERED: Final = "suggestion-answer"  # takes its place; to take the answer back opens it again
STATES: Final = ("open", "accepted", "declined")
SETTING: Final = ("setting", "suggestions")  # the definition that says whether any are taken
MOST_OPEN: Final = 1_000  # more than editors will read; then nothing more is taken
EDITORS: Final = Person(0, "", "editor", "")  # reads what editors read; nothing is written so


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that was proposed, and the answer that holds if there is one."""

    key: str
    line: Judgement
    proposal: Proposal
    state: str
    answer: Judgement | None = None


def are_taken(store: Store | None) -> bool:
    """Say whether visitors may send suggestions: an administrator chose so."""
    # By its subject, as every page asks this: to gather all definitions takes longer.
    key = ":".join(SETTING)
    lines = store.judgements_on([key]) if store is not None else []
    said = [values_of(line) for line in lines if (line.kind, line.subject) == (SETTING[0], key)]
    return bool(said) and said[-1].get("open") is True


def take(store: Store, is_open: bool, reason: str, author: str, made_at: datetime) -> None:
    """Record whether visitors may send suggestions from now on."""
    store.define(*SETTING, {"open": is_open}, reason, author, made_at)


def send(
    store: Store,
    proposal: Proposal,
    made_at: datetime,
    *,
    email: str = "",
    stages: dict[str, frozenset[str]] | None = None,
    signer: Person | None = None,
) -> str:
    """Put a proposal in the inbox, and give the token by which its sender finds it again.

    Raises: UsageError when it lacks something, or the inbox is full; WorkspaceError when `email` is
    no address.
    """
    missing = find_missing(proposal, stages or {})
    if missing:
        raise UsageError(f"The suggestion lacks: {', '.join(missing)}.", "Fill that in.")
    if count_open(store) >= MOST_OPEN:
        error = UsageError("The inbox is full for now.", "Come back in a few days.")
        error.http_status = 429
        raise error
    line = Line(
        SUGGESTED, _make_key(proposal, made_at), proposal.object, proposal.as_value(), proposal.why
    )
    return store.proposals.send(line, made_at, email=email, signer=signer)


def list_suggestions(
    store: Store | None, reader: Reader, *, state: str = "", what: str = ""
) -> tuple[Suggestion, ...]:
    """Give what was proposed: what is open first and the oldest of it first, then the last answered."""
    if store is None:
        return ()
    sent = {line.number: line for line in store.judgements(SUGGESTED, reader=reader)}
    open_ones = [
        _see(line, None) for line in store.judgements(SUGGESTED, only_in_force=True, reader=reader)
    ]
    answered = [
        _see(sent[line.supersedes], line)
        for line in store.judgements(ANSWERED, only_in_force=True, reader=reader)
        if line.supersedes in sent
    ]
    found = [*open_ones, *answered[::-1]]
    return tuple(
        one
        for one in found
        if one is not None and state in {"", one.state} and what in {"", one.proposal.what}
    )


def find_suggestion(store: Store | None, key: str, reader: Reader) -> Suggestion:
    """Give one suggestion.

    Raises: NotFoundError when `reader` may see none of this key.
    """
    found = next((one for one in list_suggestions(store, reader) if one.key == key), None)
    if found is None:
        raise NotFoundError(
            f"There is no suggestion '{key[:60]}'.", "See which there are with: keten suggestions"
        )
    return found


def find_sent(store: Store, token: str) -> tuple[Suggestion, bool]:
    """Give what was sent with a token, and whether an e-mail address is kept with it.

    Raises: WorkspaceError when nothing was.
    """
    line, answer, has_email = store.proposals.look(token)
    found = _see(line, answer)
    if found is None:
        raise NotFoundError("This was no suggestion.", "Copy the link whole.")
    return found, has_email


def count_open(store: Store | None) -> int:
    """Give how many suggestions wait for an answer."""
    if store is None:
        return 0
    lines = store.judgements(SUGGESTED, only_in_force=True, reader=EDITORS)
    return sum(_see(line, None) is not None for line in lines)


def _see(line: Judgement, answer: Judgement | None) -> Suggestion | None:
    proposal = Proposal.from_value(values_of(line), line.reason)
    if not line.subject.startswith(f"{SUGGESTED}:") or proposal.what not in WHATS:
        return None
    key = line.subject.removeprefix(f"{SUGGESTED}:")
    if answer is None:
        return Suggestion(key, line, proposal, "open")
    verdict = text_of(values_of(answer), "verdict")
    return Suggestion(key, line, proposal, verdict, answer) if verdict in STATES[1:] else None


def _make_key(proposal: Proposal, made_at: datetime) -> str:
    text = f"{sorted(proposal.as_value().items())} {proposal.why} {made_at.isoformat()}"
    return f"{SUGGESTED}:{hashlib.sha256(text.encode()).hexdigest()[:12]}"
