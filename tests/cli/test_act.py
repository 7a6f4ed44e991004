"""The programme on the command line: written, taken along, filled in, read back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from keten.workspace import open_store
from tests.cli.conftest import Keten, call, read_json

CHAIN = "new-proteins"
ADD = (
    "act",
    CHAIN,
    "--add",
    "Pilot plant",
    "--owner",
    "Province",
    "--why",
    "it lacks",
    "--who",
    "me",
)


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the invented chain in its evidence."""
    folder = tmp_path_factory.mktemp("act")
    where = ("--home", folder / "home", "--data", folder / "data")
    for words in (
        ("sample", "--organisations", "60", "--seed", "3", "--into", folder / "data"),
        ("load", "--examples", *where),
        ("build", *where),
    ):
        result = call(*words)
        assert result.exit_code == 0, result.stderr
    return folder / "home"


@pytest.fixture
def home(ready: Path, tmp_path: Path) -> Path:
    import shutil

    shutil.copytree(ready, tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def keten(home: Path) -> Keten:
    def run(*words: str | Path):  # type: ignore[no-untyped-def]
        return call(*words, KETEN_HOME=str(home), KETEN_LANGUAGE="en")

    return run


def test_from_nothing_to_an_action(keten: Keten) -> None:
    assert "Nothing is planned yet" in keten("act", CHAIN).stdout
    added = keten(*ADD, "--ends", "31-1-2099", "--gap", "finance")
    assert added.exit_code == 0, added.stderr
    assert "Pilot plant" in added.stdout
    answer = read_json(keten("act", CHAIN, "--json"))["answer"]["programme"]
    action = answer["initiatives"][0]["actions"][0]["action"]
    assert (action["ends"], action["gap"]) == ("2099-01-31", "element:finance")
    assert answer["figures"]["actions"]["value"] == 1
    told = keten(
        "act", CHAIN, "--tell", action["slug"], "--status", "running", "--share", "40", "--why",
        "it began", "--who", "me",
    )  # fmt: skip
    assert told.exit_code == 0, told.stderr
    assert "running 40%" in told.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("act", "nothing"), "nothing"),
        (ADD[:-2], "who writes"),
        ((*ADD, "--ends", "2026-02-30"), "2026-02-30"),
        ((*ADD, "--starts", "2027-02-01", "--ends", "2027-01-01"), "before the start"),
        (("act", CHAIN, "--tell", "nobody", "--why", "x", "--who", "me"), "nobody"),
        (("act", CHAIN, "--import", "missing.xlsx"), "missing.xlsx"),
        (("act", CHAIN, "--xlsx", "no/such/folder/x.xlsx"), "cannot be written"),
    ],
)
def test_what_cannot_be_is_two_lines(keten: Keten, words: tuple[str, ...], told: str) -> None:
    result = keten(*words)
    assert result.exit_code in {2, 3}
    assert told in result.stderr
    assert len(result.stderr.strip().splitlines()) == 2


def test_calendar_and_workbook(keten: Keten, tmp_path: Path) -> None:
    keten(*ADD, "--ends", "2099-01-31")
    days, sheet = tmp_path / "days.ics", tmp_path / "sheet.xlsx"
    result = keten("act", CHAIN, "--ics", days, "--xlsx", sheet)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.count("Written") == 2
    calendar = Calendar.from_ical(days.read_bytes())
    assert [str(event["SUMMARY"]) for event in calendar.walk("VEVENT")] == ["Pilot plant"]
    assert load_workbook(sheet)["Actions"].cell(2, 2).value == "Pilot plant"


def test_a_workbook_is_shown_then_written(keten: Keten, home: Path, tmp_path: Path) -> None:
    keten(*ADD)
    sheet = tmp_path / "sheet.xlsx"
    keten("act", CHAIN, "--xlsx", sheet)
    same = keten("act", CHAIN, "--import", sheet)
    assert same.exit_code == 0, same.stderr
    assert "Nothing is to be written." in same.stdout
    assert "unchanged: 1" in same.stdout
    book = load_workbook(sheet)
    page = book["Actions"]
    page.cell(2, 2).value = "Bigger plant"
    page.cell(3, 2).value = "Fieldlab"
    page.cell(3, 4).value = "OOST"
    page.cell(4, 2).value = "Nobody's"
    book.save(sheet)
    with open_store(home) as store:
        before = store.judgements()
    shown = keten("act", CHAIN, "--import", sheet)
    assert shown.exit_code == 0, shown.stderr
    for words in (
        "Pilot plant > Bigger plant",
        "Fieldlab",
        "Owner is missing",
        "wrong: 1",
        "Nothing was written",
    ):
        assert words in shown.stdout, words
    with open_store(home) as store:
        assert store.judgements() == before
    assert keten("act", CHAIN, "--import", sheet, "--yes").exit_code == 2, "nobody says who"
    done = keten("act", CHAIN, "--import", sheet, "--yes", "--who", "me", "--why", "the meeting")
    assert done.exit_code == 2
    assert "1 rows were not written" in done.stderr
    with open_store(home) as store:
        added = store.judgements()[len(before) :]
    assert [(line.kind, line.reason) for line in added] == [("action", "the meeting")] * 2
    again = json.loads(keten("act", CHAIN, "--import", sheet, "--json").stdout)
    assert [row["verdict"] for row in again["answer"]["plan"]["rows"]] == [
        "unchanged", "unchanged", "wrong",
    ]  # fmt: skip


def test_it_speaks_dutch(home: Path) -> None:
    result = call("act", CHAIN, "--lang", "nl", KETEN_HOME=str(home))
    assert "Er is nog niets gepland" in result.stdout
