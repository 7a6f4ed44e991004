"""`keten load`: definitions are kept with their history, and a wrong file says what to mend."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from keten.cli.commands import commands
from keten.cli.load import keep_examples, list_examples, read_content
from keten.errors import UsageError
from keten.workspace import open_store

NOW = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.mark.parametrize("path", list_examples(), ids=lambda path: path.stem)
def test_every_example_is_right(path: Path) -> None:
    kind, name, value = read_content(path)
    assert (kind, name.partition("@")[0]) == (value["content"], value["name"])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("content: chain\nname: [", "line 2"),
        ("name: x", "of which kind"),
        ("content: poem\nname: x", "of which kind"),
        ("- a\n- b", "of which kind"),
        ("content: chain\nname: x", "is missing"),
        ("content: chain\nname: x\nregions: [NL11]\nwrods: [a]", "'wrods' is not a key"),
    ],
)
def test_a_wrong_file_says_what_to_mend(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(UsageError) as caught:
        read_content(path)
    assert told in caught.value.what
    assert "x.yaml" in caught.value.what
    assert caught.value.next_step


def test_what_is_no_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="UTF-8"):
        read_content(path)
    with pytest.raises(UsageError, match="cannot be read"):
        read_content(tmp_path / "none.yaml")


@pytest.mark.parametrize(
    ("is_invented", "chains"),
    [(True, ["new-proteins"]), (False, ["green-hydrogen", "photonics", "protein-transition"])],
)
def test_examples_are_those_of_the_region(
    tmp_path: Path, is_invented: bool, chains: list[str]
) -> None:
    with open_store(tmp_path) as store:
        first = keep_examples(store, NOW, is_invented=is_invented)
        assert all(is_new for _, is_new in first)
        assert [content.name for content in store.contents("chain")] == chains
        again = keep_examples(store, NOW, is_invented=is_invented)
        assert not any(is_new for _, is_new in again)


def test_what_people_changed_stays_theirs(tmp_path: Path) -> None:
    kind, name, value = read_content(next(p for p in list_examples() if p.stem == "photonics"))
    with open_store(tmp_path) as store:
        store.define(kind, name, {**value, "words": ["laser*"]}, "ours", "A. Person", NOW)
        keep_examples(store, NOW, is_invented=False)
        content = store.content(kind, name)
        assert content is not None
        assert content.value["words"] == ["laser*"]


def test_a_later_definition_takes_the_place_of_an_earlier_one(tmp_path: Path) -> None:
    _, _, value = read_content(next(p for p in list_examples() if p.stem == "photonics"))
    with open_store(tmp_path) as store:
        first, is_new = store.define("chain", "photonics", value, "a", "A", NOW)
        assert is_new
        same, is_new = store.define("chain", "photonics", value, "b", "B", NOW)
        assert (same.number, is_new) == (first.number, False)
        later, is_new = store.define(
            "chain", "photonics", {**value, "words": ["x-ray"]}, "c", "C", NOW
        )
        assert is_new
        assert [line.number for line in store.history(first.number)] == [first.number, later.number]


def test_the_command(tmp_path: Path) -> None:
    run = CliRunner().invoke(
        commands, ["load", "--examples", "--home", str(tmp_path), "--lang", "en"],
        standalone_mode=False,
    )  # fmt: skip
    assert "protein-transition" in run.output
    assert "new-proteins" not in run.output
    wrong = CliRunner().invoke(commands, ["load", "--home", str(tmp_path)], standalone_mode=False)
    assert isinstance(wrong.exception, (UsageError, SystemExit))
