"""A taxonomy: its definition is checked, the shipped ones can be read, changes of people are laid over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from keten.atlas.taxonomies import list_taxonomies, read_changes
from keten.atlas.taxonomy import read_taxonomy
from keten.atlas.taxonomy_records import change_entry
from keten.cli.load import read_content
from keten.errors import ConflictError, UsageError
from keten.model import Clue
from keten.workspace import Store, open_store
from keten.workspace.examples import FOLDER
from tests.atlas.taxonomies_made import entry, taxonomy

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
FILES = sorted(FOLDER.glob("taxonomy-*.yaml"))


def one(**change: Any) -> dict[str, Any]:
    return taxonomy("1", "2025-01-01", [entry("bricks", **change)])


def shipped(name: str) -> Any:
    return read_taxonomy(read_content(FOLDER / f"taxonomy-{name}.yaml")[2])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_shipped_taxonomy_can_be_read_and_names_its_source(path: Path) -> None:
    found = read_taxonomy(read_content(path)[2])
    assert found.source
    assert all(each.source and each.valid_from for each in found.entries)


def test_what_is_shipped_is_what_the_documents_named() -> None:
    technologies, agencies = shipped("technologies"), shipped("agencies")
    assert len(technologies.entries) == 10
    assert all(each.maps_to.clues for each in technologies.entries)
    assert {c.language for e in technologies.entries for c in e.maps_to.of_way("word")} == {
        "en",
        "nl",
    }
    assert len(agencies.entries) == 9
    regions = [code for each in agencies.entries for code in each.regions]
    assert len(regions) == len(set(regions)) == 12  # every province once
    chains = shipped("value-chains")
    assert [each.entry for each in chains.entries if each.is_example] == [
        "photonics",
        "green-hydrogen",
    ]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"maps_to": {"words": ["x"]}}, "'words' is ['x']"),
        ({"maps_to": {"words": {"en": ["?"]}}}, "'?' is no word"),
        ({"maps_to": {"words": {"fr": ["brique"]}}}, "'fr' is not a key"),
        ({"maps_to": {"words": {"en": [{"is": "brick", "weight": 2}]}}}, "'weight' is 2"),
        ({"maps_to": {"fields": ["optics"]}}, "'optics' under 'fields'"),
        ({"maps_to": {"parts": ["no part"]}}, "'no part' under 'parts'"),
        ({"maps_to": {"topics": ["*"]}}, "'*' under 'topics'"),
        ({"maps_to": {"wrods": []}}, "'wrods' is not a key"),
        ({"broader": ["clay"]}, "'broader' names 'clay'"),
        ({"broader": ["bricks"]}, "leads back to itself"),
        ({"regions": ["Friesland"]}, "no region"),
        ({"valid_from": "soon"}, "'valid_from' is 'soon'"),
        ({"valid_until": "2020-01-01"}, "'valid_until' is '2020-01-01'"),
        ({"address": "javascript:alert(1)"}, "'address' is"),
        ({"colour": "red"}, "'colour' is not a key"),
    ],
)
def test_a_wrong_entry_says_what_to_mend(change: dict[str, Any], told: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_taxonomy(one(**change))
    assert told in caught.value.what
    assert caught.value.next_step


def test_a_wrong_whole_says_what_to_mend() -> None:
    for change, told in (
        ({"entries": []}, "there is none"),
        ({"entries": [entry("a1"), entry("a1")]}, "'a1' stands there twice"),
        ({"version": "Version 1"}, "'version' is 'Version 1'"),
        ({"one": ""}, "'one' is ''"),
        ({"label": "Bricks"}, "'label' is 'Bricks'"),
    ):
        with pytest.raises(UsageError) as caught:
            read_taxonomy({**one(), **change})
        assert told in caught.value.what


def test_clues_have_weights_and_languages() -> None:
    words = {"en": ["Brick*", {"is": "clay", "weight": 0.5}], "nl": ["baksteen"]}
    found = read_taxonomy(one(maps_to={"words": words, "fields": ["/25/59/"]})).entries[0].maps_to
    assert found.clues == (
        Clue("word", "brick*", 1.0, "en"),
        Clue("word", "clay", 0.5, "en"),
        Clue("word", "baksteen", 1.0, "nl"),
        Clue("field", "/25/59", 1.0),
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path) as opened:
        value = one(maps_to={"words": {"en": ["brick*"]}})
        opened.define("taxonomy", "invented-chains@1", value, "loaded", "a tester", NOW)
        yield opened


def test_a_change_is_laid_over_and_taken_back(store: Store) -> None:
    (found,) = list_taxonomies(store)
    change = {
        "label": {"en": "Bricks and tiles", "nl": "Stenen en pannen"},
        "maps_to": {"words": {"en": ["tile*"]}},
    }
    line = change_entry(store, found, "bricks", change, "tiles too", "a tester", NOW, seen=0)
    (changed,) = list_taxonomies(store)
    assert changed.entries[0].label.nl == "Stenen en pannen"
    assert [clue.term for clue in changed.entries[0].maps_to.clues] == ["tile*"]
    assert changed.fingerprint != found.fingerprint
    with pytest.raises(ConflictError, match="meanwhile"):
        change_entry(store, found, "bricks", change, "me too", "another", NOW, seen=0)
    later = change_entry(
        store,
        found,
        "bricks",
        {"label": change["label"]},
        "as it was",
        "a tester",
        NOW,
        seen=line.number,
    )
    assert [clue.term for clue in list_taxonomies(store)[0].entries[0].maps_to.clues] == ["brick*"]
    store.withdraw(later.number, "no", "a tester", NOW)
    assert read_changes(store)["invented-chains@1", "bricks"].number == line.number
    store.withdraw(line.number, "no", "a tester", NOW)
    assert list_taxonomies(store)[0] == found


def test_a_change_that_cannot_be_read_is_refused(store: Store) -> None:
    (found,) = list_taxonomies(store)
    label = {"en": "Bricks", "nl": "Stenen"}
    for change, reason in (
        ({"label": label, "maps_to": {"words": {"en": ["?"]}}}, "why"),
        ({"label": {"en": "Bricks"}}, "why"),
        ({"label": label}, " "),
        ({"label": label, "regions": ["NL11"]}, "why"),
    ):
        with pytest.raises(UsageError):
            change_entry(store, found, "bricks", change, reason, "a tester", NOW, seen=0)
    assert not read_changes(store)
