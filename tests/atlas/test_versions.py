"""Two versions of a taxonomy: fifteen chains become fourteen, and who belonged to one still does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from keten.atlas.taxonomies import find_taxonomy, in_force, list_members, list_taxonomies
from keten.atlas.taxonomy import read_taxonomy
from keten.atlas.versions import WHAT, carry, compare, find_carried, show_versions
from keten.cli.load import read_content
from keten.errors import NotFoundError, UsageError
from keten.workspace import Store, open_store
from tests.atlas.taxonomies_made import SAME, entry, fifteen, fourteen, taxonomy

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path) as opened:
        for value in (fifteen(), fourteen()):
            name = f"{value['name']}@{value['version']}"
            opened.define("taxonomy", name, value, "loaded", "a tester", NOW)
        yield opened


def test_fifteen_became_fourteen() -> None:
    old, new = read_taxonomy(fifteen()), read_taxonomy(fourteen())
    assert (len(old.entries), len(new.entries)) == (15, 14)
    changes = compare(old, new)
    told = {
        what: [
            ([each.entry for each in change.old], [each.entry for each in change.new])
            for change in changes
            if change.what == what
        ]
        for what in WHAT
    }
    assert told["merged"] == [(["kites", "lamps"], ["light-and-air"])]
    assert told["split"] == [(["nets"], ["fishing-nets", "sports-nets"])]
    assert sorted(told["renamed"]) == [
        (["milk-robots"], ["robots"]),
        (["oars"], ["rowing"]),  # by its name
        (["paper"], ["paper"]),
    ]
    assert told["dropped"] == [(["quilts"], [])]
    assert told["added"] == []
    assert [names for names, _ in told["kept"]] == [[name] for name in SAME]
    # Every entry stands in exactly one change.
    assert sorted(each.entry for c in changes for each in c.old) == sorted(
        each.entry for each in old.entries
    )
    assert sorted(each.entry for c in changes for each in c.new) == sorted(
        each.entry for each in new.entries
    )


def test_an_entry_that_replaces_nobody_was_added() -> None:
    old = read_taxonomy(taxonomy("1", "2025-01-01", [entry("bricks")]))
    new = read_taxonomy(taxonomy("2", "2025-02-01", [entry("bricks"), entry("tiles")]))
    assert [change.what for change in compare(old, new)] == ["added", "kept"]


def test_two_schemes_are_not_compared() -> None:
    other = read_taxonomy({**fifteen(), "name": "others"})
    with pytest.raises(UsageError, match="two taxonomies"):
        compare(other, read_taxonomy(fourteen()))


def test_both_versions_stand_and_the_later_holds(store: Store) -> None:
    found = list_taxonomies(store)
    assert [each.version for each in found] == ["2025-04", "2025-05"]
    assert in_force(found, TODAY)[0].version == "2025-05"
    assert in_force(found, date(2025, 4, 30))[0].version == "2025-04"
    assert in_force(found, date(2020, 1, 1))[0].version == "2025-04"
    assert find_taxonomy(found, "invented-chains", "2025-04", TODAY).version == "2025-04"
    with pytest.raises(NotFoundError, match="no version"):
        find_taxonomy(found, "invented-chains", "2030", TODAY)
    with pytest.raises(NotFoundError, match="No taxonomy"):
        find_taxonomy(found, "nothing", "", TODAY)


def test_memberships_are_carried_along_once_with_the_reason_and_back(store: Store) -> None:
    for kind, key, object_, value in (
        ("member", "he:1", "chain:kites", {"role": "maker"}),
        ("member", "he:1", "chain:lamps/end-suppliers", {}),
        ("member", "he:2", "chain:nets", {}),
        ("member", "he:3", "chain:quilts", {}),
        ("member", "he:4", "chain:bricks", {}),
        ("party-stage", "he:5", "chain:milk-robots", {"stage": "knowledge"}),
        ("party-stage", "he:6", "chain:milk-robots", {"stage": "none"}),
    ):
        store.record(kind, key, object_, "said so", "a tester", NOW, value=value)
    store.record("member", "he:9", "chain:kites", "secret", "a tester", NOW, is_private=True)
    old, new = list_taxonomies(store)
    view = show_versions(store, old, new)
    assert view.waiting
    assert len(list(find_carried(store, old, new))) == 5
    assert view.members["milk-robots"].value == 1
    batch = carry(store, old, new, "the board decided", "a tester", NOW)
    assert batch is not None
    lines = store.judgements_of(batch.number)
    assert {(line.kind, line.subject, line.object) for line in lines} == {
        ("member", "he:1", "chain:light-and-air"),
        ("member", "he:1", "chain:light-and-air/end-suppliers"),
        ("member", "he:2", "chain:fishing-nets"),
        ("member", "he:2", "chain:sports-nets"),
        ("party-stage", "he:5", "chain:robots"),
    }
    by_object = {line.object: line for line in lines}
    assert by_object["chain:light-and-air"].value["role"] == "maker"
    assert by_object["chain:fishing-nets"].value["to_verify"] is True
    assert "to_verify" not in by_object["chain:robots"].value
    assert "the board decided" in by_object["chain:robots"].reason
    assert "2025-04" in by_object["chain:robots"].reason
    # What was said of the earlier version stands as it did, and nothing is carried twice.
    assert len(list_members(store, old)["kites"]) == 1
    assert carry(store, old, new, "again", "a tester", NOW) is None
    store.undo_batch(batch.number, "too early", "a tester", NOW)
    assert len(list(find_carried(store, old, new))) == 5
    with pytest.raises(UsageError, match="reason"):
        carry(store, old, new, " ", "a tester", NOW)


def test_a_version_loaded_from_a_file_stands_beside_the_earlier_one(tmp_path: Path) -> None:
    import yaml

    names = []
    with open_store(tmp_path / "home") as store:
        for value in (fifteen(), fourteen()):
            path = tmp_path / f"{value['version']}.yaml"
            path.write_text(yaml.safe_dump(value), encoding="utf-8")
            kind, name, read = read_content(path)
            store.define(kind, name, read, "loaded", "a tester", NOW)
            names.append(name)
        assert [content.name for content in store.contents("taxonomy")] == names
    assert names == ["invented-chains@2025-04", "invented-chains@2025-05"]
