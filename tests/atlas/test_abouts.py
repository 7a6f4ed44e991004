"""Only public lines about entries of the taxonomy enter a build."""

from dataclasses import replace
from datetime import UTC, datetime

from keten.atlas.abouts import read_abouts
from keten.model import Judgement, Taxonomy, TaxonomyEntry, Text

TEXT = Text("x", "x")
TAXONOMY = Taxonomy(
    "technologies", "1", "technology", TEXT, TEXT, "s", "", "2024-01-19", "", False,
    (TaxonomyEntry("optics", TEXT, TEXT),),
)  # fmt: skip
LINE = Judgement(
    7, "about", "he-101", "technology:optics", "read it", "editor",
    datetime(2026, 1, 2, tzinfo=UTC), value={"label": "applies"},
)  # fmt: skip


def test_a_line_is_read_as_it_was_meant() -> None:
    (about,) = read_abouts([LINE], TAXONOMY)
    assert (about.number, about.project_id, about.scheme, about.entry, about.label) == (
        7, "he-101", "technologies", "optics", "applies",
    )  # fmt: skip
    assert about.made_on == "2026-01-02"


def test_other_lines_stay_out() -> None:
    lines = [
        replace(LINE, is_private=True),
        replace(LINE, object="technology:alchemy"),
        replace(LINE, object="mission:optics"),
        replace(LINE, value={"label": "maybe"}),
        replace(LINE, kind="same"),
    ]
    assert read_abouts(lines, TAXONOMY) == ()
