"""What builds and writes: build, sample, export, rule, get; and every command's help."""

import csv
import json
from pathlib import Path

import click
import pyarrow.csv
import pyarrow.parquet
import pytest

from keten.cli import commands
from keten.evidence import latest
from keten.evidence.dictionary import TABLES
from tests.cli.conftest import Keten, call, read_json


def every_command(group: click.Group, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    context = click.Context(group)
    found: list[tuple[str, ...]] = []
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        found.append((*path, name))
        if isinstance(command, click.Group):
            found += every_command(command, (*path, name))
    return found


@pytest.mark.parametrize("words", [(), *every_command(commands)])
def test_every_command_explains_itself(words: tuple[str, ...]) -> None:
    result = call(*words, "--help")
    assert result.exit_code == 0
    assert "Usage:" in result.stdout
    text = " ".join(result.stdout.split())
    assert len(text) > 120
    if words:
        command: click.Command = commands
        for name in words:
            assert isinstance(command, click.Group)
            found = command.get_command(click.Context(command), name)
            assert found is not None
            command = found
        for parameter in command.params:
            if isinstance(parameter, click.Option) and not parameter.hidden:
                assert parameter.help, f"{words} {parameter.name}"


def test_building_again_changes_nothing(keten: Keten) -> None:
    again = keten("build")
    assert again.exit_code == 0
    assert "Nothing had changed" in again.stdout


def test_a_ruling_says_what_it_will_do_and_the_build_does_it(keten: Keten) -> None:
    hits = read_json(keten("find", "institute", "--kind", "organisation", "--json"))
    left, right = (hit["identifier"] for hit in hits["answer"]["search"]["hits"][:2])
    ruled = keten("rule", "same", left, right, "--why", "one address", "--who", "an analyst")
    assert ruled.exit_code == 0, ruled.stderr
    assert "become one organisation" in ruled.stdout
    assert "since the last build" in keten("rule", "list").stdout
    assert keten("build").exit_code == 0
    assert "since the last build" not in keten("rule", "list").stdout
    one = read_json(keten("show", "organisation", left, "--json"))["answer"]["organisation"]
    other = read_json(keten("show", "organisation", right, "--json"))["answer"]["organisation"]
    assert one == other
    assert [line["reason"] for line in one["judgements"]] == ["one address"]
    assert {member["rule"] for member in one["members"]} >= {"ruling"}

    (first,) = read_json(keten("rule", "list", "--json"))["answer"]["judgements"]
    same = keten("rule", "same", first["subject"], first["object"],
                 "--why", "seen again", "--who", "another")  # fmt: skip
    assert "already" in same.stdout
    refused = keten("rule", "different", left, right, "--why", "x", "--who", "y")
    assert refused.exit_code == 2
    assert "mean the same record" in refused.stderr

    withdrawn = []
    while standing := read_json(keten("rule", "list", "--json"))["answer"]["in_force"]:
        undone = keten("rule", "withdraw", str(standing[-1]), "--why", "no", "--who", "an analyst")
        assert undone.exit_code == 0, undone.stderr
        withdrawn += standing
    assert withdrawn == [2, 1]  # the second stood in the place of the first, and gave it back
    assert keten("build").exit_code == 0
    assert left in keten("show", "organisation", left).stdout
    assert right in keten("show", "organisation", right).stdout
    assert "Nothing was ruled" in keten("rule", "list").stdout
    assert "withdrawn" in keten("rule", "list", "--all").stdout


def test_a_private_ruling_stays_out_of_builds(keten: Keten) -> None:
    hits = read_json(keten("find", "institute", "--kind", "organisation", "--json"))
    left, right = (hit["identifier"] for hit in hits["answer"]["search"]["hits"][:2])
    ruled = keten("rule", "same", left, right, "--why", "a hunch", "--who", "me", "--private")
    assert ruled.exit_code == 0
    assert "next build" not in ruled.stdout
    assert "Nothing had changed" in keten("build").stdout


def test_a_sample_says_what_it_made_and_never_overwrites_other_files(tmp_path: Path) -> None:
    made = call("sample", "--organisations", "30", "--into", tmp_path / "new", "--json")
    assert read_json(made)["answer"]["organisations"] == 30
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine")
    refused = call("sample", "--organisations", "30", "--into", tmp_path / "mine")
    assert refused.exit_code == 2
    assert "not of an invented region" in refused.stderr
    assert call("sample", "--organisations", "3", "--into", tmp_path / "few").exit_code == 2


def test_an_export_holds_every_row_in_every_form(keten: Keten, home: Path, tmp_path: Path) -> None:
    con = latest(home).cursor()
    for kind in ("csv", "parquet", "jsonl"):
        done = keten("export", "--into", tmp_path / kind, "--format", kind)
        assert done.exit_code == 0, done.stderr
    for name, table in TABLES.items():
        if table.is_large:
            assert not (tmp_path / "csv" / f"{name}.csv").exists()
            continue
        rows = con.table(name).to_arrow_table().num_rows
        assert pyarrow.parquet.read_table(tmp_path / "parquet" / f"{name}.parquet").num_rows == rows
        lines = (tmp_path / "jsonl" / f"{name}.jsonl").read_text().splitlines()
        assert len([json.loads(line) for line in lines]) == rows
        with (tmp_path / "csv" / f"{name}.csv").open(newline="") as file:
            assert sum(1 for _ in csv.DictReader(file)) == rows
    package = json.loads((tmp_path / "csv" / "datapackage.json").read_text())
    assert package["keten"]["invented"] == "true"
    assert not list(tmp_path.rglob("*.part"))


def test_two_exports_are_equal_byte_for_byte(keten: Keten, tmp_path: Path) -> None:
    for place in ("one", "two"):
        assert keten("export", "--into", tmp_path / place).exit_code == 0
    for path in sorted((tmp_path / "one").iterdir()):
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_every_column_is_in_the_dictionary_in_both_languages(
    keten: Keten, home: Path, tmp_path: Path
) -> None:
    assert keten("export", "--into", tmp_path / "out", *TABLES).exit_code == 0
    with (tmp_path / "out" / "dictionary.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["table"] for row in rows} == set(TABLES)
    assert [row for row in rows if not (row["english"] and row["dutch"])] == []
    con = latest(home).cursor()
    columns = {column for name in TABLES for column in con.table(name).columns}
    assert {row["column"] for row in rows} - {""} <= columns
    excel = keten("export", "--into", tmp_path / "sheets", "region", "--for-excel")
    assert excel.exit_code == 0
    assert (tmp_path / "sheets" / "region.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_an_export_to_a_place_that_cannot_be_is_an_error(keten: Keten, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = keten("export", "--into", tmp_path / "file" / "below", "organisation")
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 2
