"""Adding a value chain: what an editor fills in becomes a definition like any other."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from keten.atlas.definition import read_chain
from keten.errors import UsageError
from keten.model import Content

if TYPE_CHECKING:
    from keten.workspace import Store

LANGUAGES: Final = ("en", "nl")
LONGEST: Final = 40


def make_definition(form: Mapping[str, str], today: str) -> dict[str, Any]:
    """Give what was filled in as a definition file would say it; a text in one language stands for both.

    Stages stand one on a line, in English and Dutch with a bar between: `Growers | Telers`.
    Raises: UsageError that names what is missing or wrong.
    """
    label = _both(form.get("label-en", ""), form.get("label-nl", ""))
    name = make_name(label["en"]) or make_name(label["nl"])
    if name == "new":  # the address of the form
        name = "new-chain"
    if not name:
        raise UsageError("The chain has no name.", "Give it a name in one language or both.")
    description = _both(form.get("description-en", ""), form.get("description-nl", ""))
    if not description["en"]:
        raise UsageError("The chain has no description.", "Say what goes in and what comes out.")
    value: dict[str, Any] = {
        "content": "chain",
        "name": name,
        "label": label,
        "description": description,
        "source": form.get("source", "").strip(),
        "valid_from": today,
        "regions": re.findall(r"[A-Za-z0-9]+", form.get("regions", "").upper()),
        "regions_label": _both(form.get("regions_label", ""), ""),
        "words": _lines(form.get("words", "")),
        "stages": [_make_stage(line) for line in _lines(form.get("stages", ""))],
    }
    read_chain(value)
    return value


def add_chain(
    store: Store, value: Mapping[str, Any], reason: str, author: str, made_at: datetime
) -> Content:
    """Keep the definition of a new chain; raises ConflictError when one of this name is there already."""
    content, _ = store.define("chain", str(value["name"]), value, reason, author, made_at, seen=0)
    return content


def make_name(label: str) -> str:
    """Give a short name for addresses, made of a label: `Groene chemie` makes `groene-chemie`."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].strip("-")


def _make_stage(line: str) -> dict[str, Any]:
    english, _, dutch = (part.strip() for part in line.partition("|"))
    label = _both(english, dutch)
    return {"stage": make_name(label["en"]), "label": label, "description": label}


def _both(english: str, dutch: str) -> dict[str, str]:
    english, dutch = english.strip(), dutch.strip()
    return {"en": english or dutch, "nl": dutch or english}


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
