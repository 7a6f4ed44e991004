"""What a line must be before it is stored, and which lines still hold. No database here."""

import re
from collections.abc import Iterable
from typing import Final

from keten.errors import ConflictError, WorkspaceError
from keten.model import Judgement, is_source_key
from keten.workspace.people import ROLES

VERDICTS: Final = ("same", "different")
WITHDRAWN: Final = "withdrawn"

_KIND = re.compile(r"[a-z][a-z0-9-]{1,39}")
_LONGEST = {"subject": 200, "object": 200, "reason": 4000, "author": 200}


def refusal(what: str, next_step: str, code: str = "") -> WorkspaceError:
    """Give the error for what cannot be stored as asked: the asker's to mend; `code` for faces."""
    error = WorkspaceError(what, next_step)
    error.http_status = 400
    error.code = code or error.code
    return error


def check_line(line: Judgement) -> None:
    """Raise WorkspaceError unless the line can be stored."""
    kind = line.kind
    if not _KIND.fullmatch(kind):
        raise refusal(
            f"'{kind}' is no kind of judgement.",
            "Use a short word, for instance same or different.",
        )
    texts = {name: getattr(line, name) for name in _LONGEST}
    for name, text in texts.items():
        check_text(name, text, _LONGEST[name])
    for name, example in (("subject", "he:999990267"), ("reason", ""), ("author", "")):
        if not texts[name].strip():
            hint = f"Name one, for instance {example}." if example else f"Give the {name} in words."
            raise refusal(f"A judgement without {name} cannot be stored.", hint)
    if line.made_at.tzinfo is None:
        raise refusal(f"'{line.made_at}' has no time zone.", "Give the moment in UTC.")
    if line.shared_with is not None and not (line.is_private and line.shared_with in ROLES):
        raise refusal(
            f"A line cannot be shared with '{line.shared_with}'.",
            f"Only a private line can, with: {', '.join(ROLES)}.",
        )
    if kind in VERDICTS:
        _check_pair(kind, line.subject, line.object)


def pair_of(line: Judgement) -> tuple[str, str]:
    """Give subject and object in a fixed order: a ruling on A and B is one on B and A."""
    left, right = sorted((line.subject, line.object))
    return left, right


def in_force(lines: Iterable[Judgement]) -> list[Judgement]:
    """Give the lines that hold, oldest first; those that only withdraw another are left out.

    A line holds unless a later one that was not withdrawn supersedes it: to withdraw a withdrawal
    restores. Of rulings on one pair only the latest holds. Needs all lines on a pair, or none.
    """
    lines = list(lines)
    held = holding(lines)
    ruled: set[tuple[str, str, bool, str]] = set()
    standing: list[Judgement] = []
    for line in sorted(lines, key=lambda line: line.number, reverse=True):
        if line.number not in held or line.kind == WITHDRAWN:
            continue
        if line.kind in VERDICTS:
            # Private rulings of two people do not meet each other, nor the public ones.
            owner = (*pair_of(line), line.is_private, line.author if line.is_private else "")
            if owner in ruled:
                continue
            ruled.add(owner)
        standing.append(line)
    return standing[::-1]


def check_superseding(
    earlier: Judgement | None, number: int, later: int | None, line: Judgement
) -> None:
    """Raise WorkspaceError unless `line` may supersede `number`.

    `earlier` is that line, None where its writer may not see it; `later` what took its place already.
    """
    if earlier is None:
        raise unknown(number)
    if (earlier.is_private, earlier.shared_with) != (line.is_private, line.shared_with):
        raise refusal(
            f"Judgement {number} is {'private' if earlier.is_private else 'public'}; a line that "
            "supersedes it must be so too.",
            "Record a line of its own instead.",
        )
    if pair_of(earlier) != pair_of(line):
        raise refusal(
            f"Judgement {number} speaks of {earlier.subject} and {earlier.object}.",
            "A line can supersede only one on the same records.",
        )
    if later is not None:
        raise ConflictError(
            f"Judgement {number} no longer holds: {later} took its place.",
            f"Withdraw {later} first; that restores {number}.",
            later=later,
        )


def unknown(number: int) -> WorkspaceError:
    """Give the error for a number that no line has."""
    error = WorkspaceError(
        f"There is no judgement {number}.", "See which there are with: keten rule list"
    )
    error.http_status = 404
    return error


def holding(lines: Iterable[Judgement]) -> set[int]:
    """Give the numbers of the lines that no later line took the place of, withdrawals among them."""
    lines = list(lines)
    beaten = beating(lines)
    return {line.number for line in lines if line.number not in beaten}


def beating(lines: Iterable[Judgement]) -> dict[int, int]:
    """Give of each line that no longer holds the number of the one that took its place.

    A line that was replaced in its turn still took the place of the one before it; only to withdraw it
    gives that place back.
    """
    withdrawn: set[int] = set()
    found: dict[int, int] = {}
    for line in sorted(lines, key=lambda line: line.number, reverse=True):
        if line.number in withdrawn or line.supersedes is None:
            continue
        found.setdefault(line.supersedes, line.number)
        if line.kind == WITHDRAWN:
            withdrawn.add(line.supersedes)
    return found


def check_text(name: str, text: str, longest: int) -> None:
    """Raise WorkspaceError unless this can be kept as the `name` of something."""
    if len(text) > longest:
        raise refusal(f"The {name} has {len(text)} characters.", f"Keep it under {longest}.")
    if any(ord(letter) < 32 and letter not in "\n\t" for letter in text):
        raise refusal(f"The {name} holds a control character.", "Type it as plain text.")
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise refusal(f"The {name} holds half of a character.", "Type it as plain text.")


def _check_pair(kind: str, left: str, right: str) -> None:
    for key in (left, right):
        if not is_source_key(key):
            raise refusal(
                f"'{key}' is no source record of an organisation.",
                "Name records such as he:999990267 or ror:02e2c7k09.",
            )
    if left == right:
        raise refusal(
            f"'{left}' is one record: it cannot be ruled {kind}.", "Name two different records."
        )
