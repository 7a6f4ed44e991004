"""What editors said that projects are about, as a build takes it in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from keten.model import ABOUT_LABELS, About, Judgement, Taxonomy

ABOUT: Final = (
    "about"  # the kind of judgement: a project, `technology:optics`, {"label": "develops"}
)


def read_abouts(lines: Iterable[Judgement], taxonomy: Taxonomy) -> tuple[About, ...]:
    """Give the public lines that hold about entries of a taxonomy; others are left out."""
    found = []
    for line in lines:
        one, _, entry = line.object.partition(":")
        label = line.value.get("label") if isinstance(line.value, Mapping) else None
        is_mine = line.kind == ABOUT and one == taxonomy.one and taxonomy.find(entry) is not None
        if is_mine and label in ABOUT_LABELS and not line.is_private:
            found.append(
                About(
                    line.number, line.subject, taxonomy.scheme, entry, str(label), line.author,
                    line.reason, line.made_at.date().isoformat(),
                )
            )  # fmt: skip
    return tuple(found)
