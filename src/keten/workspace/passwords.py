"""Passwords: which are refused, how they are kept, and how one is compared in equal time."""

import unicodedata
from functools import cache
from pathlib import Path
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from keten.workspace.rules import refusal

SHORTEST: Final = 12
LONGEST: Final = 500
# OWASP's Password Storage Cheat Sheet: argon2id with 19 MiB, two passes, one lane. A stored hash
# names its own parameters, so raising these mends each hash when its owner next signs in.
_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_FEWEST_LETTERS: Final = 5  # different ones; aaaaaaaaaaaa and 121212121212 have fewer

# The commonest passwords without the digits and marks that people hang on to their ends.
_COMMONEST: Final = frozenset(
    (Path(__file__).parent / "common_passwords.txt").read_text(encoding="utf-8").split()
)
_RUNS: Final = ("01234567890123456789", "98765432109876543210", "abcdefghijklmnopqrstuvwxyz")


def check_password(password: str, *about: str) -> str:
    """Give a password in its normal form, unless it cannot be used; `about` is who it is for.

    Raises: WorkspaceError that says which and what to do; length is asked for, no mixture of signs.
    """
    normal = _normal(password)
    if len(normal) < SHORTEST:
        raise refusal(
            "The password is too short.",
            f"Use {SHORTEST} characters or more; a few words in a row are easy to remember.",
            "password-short",
        )
    if len(normal) > LONGEST:
        raise refusal(
            "The password is too long.", f"Use {LONGEST} characters at most.", "password-long"
        )
    if _is_common(normal, about):
        raise refusal(
            "The password is one that is tried first when somebody guesses.",
            "Use a few words that have nothing to do with you or this site.",
            "password-common",
        )
    return normal


def hash_password(password: str) -> str:
    """Give the hash under which a password is kept."""
    return _HASHER.hash(_normal(password))


def is_password(kept: str | None, password: str) -> bool:
    """Say whether a password is the one that was kept; takes as long where none was."""
    try:
        _HASHER.verify(kept or _nobody(), _normal(password)[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def is_outdated(kept: str) -> bool:
    """Say whether a hash was made with other parameters than today's."""
    return _HASHER.check_needs_rehash(kept)


@cache
def _nobody() -> str:
    return _HASHER.hash("nobody has this password")


def _normal(password: str) -> str:
    # The same word typed on two keyboards can reach us as different characters.
    return unicodedata.normalize("NFKC", password)


def _is_common(password: str, about: tuple[str, ...]) -> bool:
    plain = password.casefold()
    root = plain.strip("0123456789 !@#$%^&*()-_=+.,:;?/'\"")
    if len(set(plain)) < _FEWEST_LETTERS or plain in _COMMONEST or root in _COMMONEST:
        return True
    if any(plain in run * 2 or root in run * 2 for run in _RUNS if root or plain.isdigit()):
        return True
    own = {part.casefold() for text in about for part in (text, *text.split("@")) if part.strip()}
    return root in own or plain in own
