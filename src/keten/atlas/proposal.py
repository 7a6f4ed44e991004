"""Proposal: what somebody without an account says is missing or wrong, cleaned and checked."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Final, Self
from urllib.parse import urlsplit

WHATS: Final = ("organisation", "correction", "membership")
# What can be wrong with an organisation; of the last two it takes another one.
FIELDS: Final = ("name", "website", "place", "closed", "merged", "same")
WITH_OTHER: Final = frozenset({"merged", "same"})
WITH_TEXT: Final = frozenset({"name", "website", "place"})
LONGEST: Final = {"name": 200, "website": 300, "city": 100, "country": 2, "says": 300, "other": 200,
                  "why": 2000, "about": 80, "chain": 80, "stage": 80, "field": 20, "what": 20,
                  "other_name": 200}  # fmt: skip
# What steers the direction of writing: a name could be made to read as another one.
_STEERING: Final = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Proposal:
    """What was proposed; what does not apply is empty.

    `about` and `other` are keys of organisations where the sender chose one, `name` and `other_name`
    what they are called.
    """

    what: str
    why: str
    field: str = ""
    about: str = ""
    name: str = ""
    says: str = ""
    other: str = ""
    other_name: str = ""
    chain: str = ""
    stage: str = ""
    city: str = ""
    country: str = ""
    website: str = ""

    @property
    def object(self) -> str:
        """What the line of the workspace is on."""
        return self.about or (f"chain:{self.chain}" if self.chain else "")

    def as_value(self) -> dict[str, str]:
        """Give what the line keeps beside its reason."""
        return {key: text for key, text in asdict(self).items() if text and key != "why"}

    @classmethod
    def from_value(cls, value: Mapping[str, Any], why: str) -> Self:
        """Give the proposal that a line holds; what is not text is passed over."""
        known = {each.name for each in fields(cls)} - {"why", "what"}
        texts = {key: text for key, text in value.items() if key in known and isinstance(text, str)}
        return cls(what=str(value.get("what", "")), why=why, **texts)


def clean(text: str, longest: int) -> str:
    """Give one line of text without what steers a screen, at most so long."""
    plain = _STEERING.sub("", unicodedata.normalize("NFC", _without_halves(text)))
    plain = "".join(sign if sign.isprintable() else " " for sign in plain)
    return " ".join(plain.split())[:longest].strip()


def clean_lines(text: str, longest: int) -> str:
    """Give text of several lines in the same way."""
    lines = (clean(line, longest) for line in text.split("\n"))
    return "\n".join(lines).strip()[:longest].strip()


def clean_website(text: str) -> str:
    """Give an address of the web, or nothing where it is none that can be followed safely."""
    typed = clean(text, LONGEST["website"])
    full = typed if "://" in typed else f"https://{typed}"
    try:
        parts = urlsplit(full)
    except ValueError:
        return ""
    is_safe = parts.scheme in {"http", "https"} and re.fullmatch(
        r"[\w-]+(\.[\w-]+)+(:[0-9]{1,5})?", parts.netloc
    )
    return full if typed and is_safe else ""


def find_missing(proposal: Proposal, stages: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """Give the names of what a proposal lacks or says wrongly; `stages` are those of each chain."""
    missing = []
    if proposal.what not in WHATS:
        missing.append("what")
    if not (proposal.name or proposal.about):
        missing.append("name")
    if len(proposal.why) < 3:
        missing.append("why")
    if proposal.what == "correction":
        if proposal.field not in FIELDS:
            missing.append("field")
        if proposal.field in WITH_TEXT and not proposal.says:
            missing.append("says")
        if proposal.field in WITH_OTHER and not (proposal.other or proposal.other_name):
            missing.append("other")
    if proposal.what == "membership" and proposal.stage not in stages.get(
        proposal.chain, frozenset()
    ):
        missing.append("stage")
    return tuple(missing)


def _without_halves(text: str) -> str:
    return "".join(sign for sign in text if not "\ud800" <= sign <= "\udfff")
