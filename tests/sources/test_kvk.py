"""The register of sponsors: numbers stay text, quotes mean nothing, a person's name goes no further."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from keten.errors import SourceError
from keten.model import Reading
from keten.sources import kvk
from tests.sources.accounts import all_that_is_shown, check_accounts, count_codes

LIST = """"KWT" Kwelder Techniek B.V.;01234567
@Wad; Dijk B.V.;90000001
Hendrik Wadstra;90000002
Bureau Eb;\x20
Bureau Vloed;90000001
;90000003
"""


def read(folder: Path, text: str = LIST) -> Reading:
    (folder / "kvk").mkdir()
    (folder / "kvk" / "ind-recognised-sponsors-2024.txt").write_text(text, encoding="utf-8")
    (package,) = kvk.find(folder)
    reading = kvk.read(package)
    check_accounts(reading)
    return reading


def test_every_row_is_typed_or_lost(tmp_path: Path) -> None:
    reading = read(tmp_path)
    rows = [tuple(row.values())[1:] for row in reading.tables["sponsor"].to_pylist()]
    assert rows == [
        ('"KWT" Kwelder Techniek B.V.', "01234567", False),
        ("@Wad; Dijk B.V.", "90000001", False),
        (None, None, True),
        ("Bureau Eb", None, False),
        ("Bureau Vloed", "90000001", False),
    ]
    assert count_codes(reading) == {
        "no-name": 1, "bad-number": 1, "repeated-number": 1, "names-withheld": 1,
    }  # fmt: skip


def test_a_person_is_nowhere(tmp_path: Path) -> None:
    shown = all_that_is_shown(read(tmp_path))
    assert "Wadstra" not in shown
    assert "90000002" not in shown


def test_what_is_no_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        read(tmp_path, "<html>sorry</html>")


@pytest.mark.real_data
def test_the_genuine_register(data_file: Callable[[str], Path]) -> None:
    (package,) = kvk.find(data_file("kvk").parent)
    reading = kvk.read(package)
    check_accounts(reading)
    table = reading.tables["sponsor"]
    assert table.num_rows == 11_383
    assert sum(table.column("is_person").to_pylist()) == 1
    assert table.column("kvk_number").null_count == 5
    assert count_codes(reading) == {"bad-number": 4, "repeated-number": 2, "names-withheld": 1}
