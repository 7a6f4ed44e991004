"""How organisations, programmes and regions are named in addresses, files and judgements.

organisation   pic:999990267, or source and key (h2020:999990267) where a ruling split one PIC
source key     he:<PIC> or h2020:<PIC>: the organisation as one programme knows it project
he-<grant number>, h2020-<grant number or rcn> region         a NUTS code (NL, NL1, NL11, NL111); a
set of regions is codes joined by '+'
"""

import re

from keten.errors import UsageError

PROGRAMMES: tuple[str, ...] = ("he", "h2020")
KINDS: tuple[str, ...] = ("company", "knowledge", "government", "other")

_ORGANISATION = re.compile(r"(pic|ror|kvk|he|h2020):[0-9A-Za-z.-]{1,40}")
_REGION = re.compile(r"[A-Z]{2}[0-9A-Z]{0,3}")


def is_organisation_id(text: str) -> bool:
    """Say whether `text` has the form of an organisation's identifier or a source key."""
    return _ORGANISATION.fullmatch(text) is not None


def programme_of_key(source_key: str) -> str:
    """Give the programme that a source key belongs to."""
    return source_key.split(":", 1)[0]


def region_codes(text: str) -> tuple[str, ...]:
    """Split `NL11+NL12` into its codes, sorted, each once.

    Raises: UsageError when a part is no NUTS code.
    """
    codes = sorted({part.strip().upper() for part in re.split(r"[+, ]", text) if part.strip()})
    wrong = [code for code in codes if not _REGION.fullmatch(code)]
    if wrong or not codes:
        raise UsageError(
            f"'{text}' is no region or set of regions.",
            "Name NUTS codes joined by +, for instance NL11+NL12+NL13.",
        )
    return tuple(codes)


def region_level(code: str) -> int:
    """Give the NUTS level of a code: NL is 0, NL111 is 3."""
    return len(code) - 2
