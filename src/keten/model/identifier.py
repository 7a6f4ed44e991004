"""How organisations, programmes and regions are named in addresses, files and judgements.

organisation   ror:02e2c7k09, else pic:999990267, else kvk:12345678, else its source key
source key     he:<PIC>, ror:<id>, rijk:<hash of a name>: the organisation as one source knows it
project        he-<grant number>, h2020-<grant number or rcn>
region         a NUTS code (NL, NL1, NL11, NL111); a set of regions is codes joined by '+'
"""

import re

from keten.errors import UsageError

PROGRAMMES: tuple[str, ...] = ("he", "h2020")
# Every source that knows organisations, as the part of a source key before the colon names it.
KEY_SOURCES: tuple[str, ...] = (
    "he", "h2020", "fp7", "fp7-network", "innovation-fund", "ror", "kvk", "rijk", "structural",
)  # fmt: skip
KINDS: tuple[str, ...] = ("company", "knowledge", "government", "other")

OWN: str = "own"  # a row of somebody's own list that is no organisation of a source

_SOURCE_KEY = re.compile(rf"({'|'.join((*KEY_SOURCES, OWN))}):[0-9A-Za-z.-]{{1,40}}")
_ORGANISATION = re.compile(rf"pic:[0-9A-Za-z.-]{{1,40}}|{_SOURCE_KEY.pattern}")
_REGION = re.compile(r"[A-Z]{2}[0-9A-Z]{0,3}")


def is_organisation_id(text: str) -> bool:
    """Say whether `text` has the form of an organisation's identifier or a source key."""
    return _ORGANISATION.fullmatch(text) is not None


def is_source_key(text: str) -> bool:
    """Say whether `text` has the form of a source key: what a judgement on an organisation names."""
    return _SOURCE_KEY.fullmatch(text) is not None


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
