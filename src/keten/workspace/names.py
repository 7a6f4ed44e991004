"""Names: as people want to read them, and as they sign in."""

import unicodedata
from typing import Final

from keten.workspace.people import ERASED
from keten.workspace.rules import refusal

LONGEST: Final = 120


def normal_sign_in(text: str) -> str:
    """Give a sign-in name without case, blanks at its ends, or two ways to write one letter."""
    return unicodedata.normalize("NFKC", text).strip().casefold()[:LONGEST]


def check_sign_in(text: str) -> str:
    """Give a sign-in name in its normal form, unless it cannot be one."""
    name = normal_sign_in(text)
    if not 3 <= len(name) < LONGEST or not name.isprintable() or any(c.isspace() for c in name):
        raise refusal(
            "This cannot be a name to sign in with.",
            "Use an e-mail address, or at least three letters without blanks.",
            "sign-in-name",
        )
    return name


def check_name(text: str) -> str:
    """Give the name of a person as it is shown, unless it cannot be one."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not name:
        raise refusal(
            "The name is missing.", "Give the name that others see beside what you write.", "name"
        )
    if len(name) > LONGEST or not name.isprintable() or name_key(name) == ERASED:
        raise refusal(
            "This cannot be the name of a person.",
            f"Use {LONGEST} plain characters at most.",
            "name",
        )
    return name


def name_key(name: str) -> str:
    """Give a name without case: two people may not have names that look alike."""
    return unicodedata.normalize("NFKC", name).casefold()
