"""Taxonomies made up for the tests: fifteen chains that became fourteen."""

from __future__ import annotations

from typing import Any


def entry(name: str, label: str = "", **more: Any) -> dict[str, Any]:
    """Give one entry of a definition."""
    label = label or name.replace("-", " ").capitalize()
    return {"entry": name, "label": {"en": label, "nl": f"{label} (nl)"}, **more}


def taxonomy(version: str, valid_from: str, entries: list[dict[str, Any]]) -> dict[str, Any]:
    """Give one version of a scheme of chains."""
    return {
        "content": "taxonomy",
        "name": "invented-chains",
        "version": version,
        "one": "chain",
        "label": {"en": "Invented chains", "nl": "Verzonnen ketens"},
        "description": {"en": "Made up for a test.", "nl": "Verzonnen voor een test."},
        "source": "Made up",
        "valid_from": valid_from,
        "entries": entries,
    }


SAME = ["bricks", "clocks", "dairy", "eels", "flax", "glass", "honey", "ink"]


def fifteen() -> dict[str, Any]:
    """Give the earlier version: fifteen chains."""
    own = ["kites", "lamps", "milk-robots", "nets", "oars", "paper", "quilts"]
    return taxonomy("2025-04", "2025-04-01", [entry(name) for name in SAME + own])


def fourteen() -> dict[str, Any]:
    """Give the later version: one dropped, two merged, one split, two renamed, one added."""
    return taxonomy(
        "2025-05",
        "2025-05-01",
        [
            *(entry(name) for name in SAME),
            entry("light-and-air", replaces=["kites", "lamps"]),
            entry("robots", replaces=["milk-robots"]),
            entry("fishing-nets", replaces=["nets"]),
            entry("sports-nets", replaces=["nets"]),
            entry("rowing", label="Oars"),
            entry("paper", label="Paper and board"),
        ],
    )
