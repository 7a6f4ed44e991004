"""Lists on the command line: previewed, imported once, shown, given back, undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from keten.evidence import latest
from tests.cli.conftest import Keten, read_json


@pytest.fixture
def sheet(home: Path, tmp_path: Path) -> Path:
    names = [
        name
        for (name,) in latest(home).cursor().execute(
            "select name from organisation where name is not null order by hash(name) limit 3"
        ).fetchall()
    ]  # fmt: skip
    lines = [
        "Leden",
        "",
        "Bedrijfsnaam;Plaats;KvK",
        *(f"{name};;" for name in names),
        "Niemand hier;Haren;12",
    ]
    path = tmp_path / "members.csv"
    path.write_text("\n".join(lines))
    return path


def test_a_list_goes_in_and_comes_out_again(keten: Keten, sheet: Path, tmp_path: Path) -> None:
    shown = keten("lists", "preview", sheet, "--as", "Members")
    assert shown.exit_code == 0, shown.stderr
    assert "C7: A number of the Chamber" in shown.stdout
    assert "There is no list yet" in keten("lists", "list").stdout
    done = keten("lists", "import", sheet, "--as", "Members", "--who", "A")
    assert "rows new" in done.stdout, done.stderr
    assert (
        "nothing was written"
        in keten("lists", "import", sheet, "--as", "Members", "--who", "A").stdout
    )
    (head,) = read_json(keten("lists", "list", "--json"))["answer"]["lists"]
    assert (head["slug"], head["visibility"]) == ("members", "editors")
    back = tmp_path / "back.csv"
    assert keten("lists", "give-back", sheet, "--as", "Members", "--into", back).exit_code == 0
    assert "keten row" in back.read_text()
    again = keten("lists", "import", back, "--as", "Members", "--who", "A")
    assert "nothing was written" in again.stdout
    listed = tmp_path / "list.xlsx"
    assert keten("lists", "give-back", "--as", "Members", "--into", listed).exit_code == 0
    assert (
        "nothing was written"
        in keten("lists", "import", listed, "--as", "Members", "--who", "A").stdout
    )
    assert "Niemand hier" in keten("lists", "show", "Members").stdout
    assert "Taken back" in keten("lists", "undo", "--as", "Members", "--who", "A").stdout
    assert read_json(keten("lists", "list", "--json"))["answer"]["lists"] == []


@pytest.mark.parametrize(
    "words",
    [
        ("import", "FILE", "--as", "Members"),
        ("preview", "missing.xlsx", "--as", "Members"),
        ("preview", "FILE", "--as", "!"),
        ("preview", "FILE", "--as", "M", "--column", "Plaats=nothing"),
        ("preview", "FILE", "--as", "M", "--choose", "7=he:1"),
        ("preview", "FILE", "--as", "M", "--sheet", "Blad2"),
        ("show", "nothing"),
        ("undo", "--as", "nothing", "--who", "A"),
    ],
)
def test_what_is_asked_wrongly_is_told_in_two_lines(
    keten: Keten, sheet: Path, words: tuple[str, ...]
) -> None:
    result = keten("lists", *(str(sheet) if word == "FILE" else word for word in words))
    assert result.exit_code in {2, 3}
    assert len(result.stderr.strip().splitlines()) == 2
