"""The list of ministry subsidies: every row is kept, no name that may be a person's leaves the file."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from keten.errors import SourceError
from keten.evidence.load import LINE_BITS
from keten.model import Reading, Severity
from keten.sources.rijkssubsidies import CARD, find, read
from keten.sources.rijkssubsidies.recipient import Recipient, is_company, tell_recipient

LIST = """Overheid,Regeling,Ontvanger,Beleid,Realisatie,Jaar
Ministerie van Wolken, Topsector Energie ,Kwelder Optics B.V.,14,25000,2015
Ministerie van Wolken,Stageplaatsen,Jan de Vries,4,1000.5,2015
Ministerie van Wolken,"Zorg, thuis","Vries, J. de",4,700,2015
Ministerie van Wolken,SDE+,Organisatie in provincie Friesland,14,1.234,2015
Ministerie van Wolken,Topsector Energie,Stichting Wad,14,-300,2015
Ministerie van Wolken,Topsector Energie,"Piet Pieters
"""


def read_list(folder: Path, text: str = LIST) -> Reading:
    place = folder / "nl-subsidies-rijk-2015"
    place.mkdir()
    (place / "subsidies.csv").write_text(text, encoding="utf-8")
    (package,) = find(folder)
    return read(package)


def test_every_row_is_typed_or_lost(tmp_path: Path) -> None:
    reading = read_list(tmp_path)
    table = reading.tables["subsidy"].to_pylist()
    assert (reading.package.release, len(reading.files[0].line), len(table)) == ("2015", 6, 5)
    assert table[0] == {
        "record_id": 2, "year": 2015, "ministry": "Ministerie van Wolken",
        "scheme": "Topsector Energie", "recipient": "Kwelder Optics B.V.",
        "recipient_kind": "organisation", "is_company": True, "policy_article": "14",
        "amount_eur": Decimal("25000.00"),
    }  # fmt: skip
    assert [row["recipient_kind"] for row in table[1:]] == [
        "withheld", "withheld", "anonymous", "organisation",
    ]  # fmt: skip
    assert table[1]["amount_eur"] == Decimal("1000.50")
    assert table[3]["amount_eur"] is None  # thousands or decimals: nobody can tell
    lost = [issue for issue in reading.issues if issue.severity is Severity.ROW_LOST]
    assert [issue.line for issue in lost] == [7]
    assert all(row["record_id"] >> LINE_BITS == 0 for row in table)


def test_names_of_persons_are_nowhere(tmp_path: Path) -> None:
    reading = read_list(tmp_path)
    everything = "".join(
        [
            *reading.files[0].text.to_pylist(),
            str(reading.tables["subsidy"].to_pylist()),
            str(reading.issues),
        ]
    )
    for name in ("Jan de", "Vries", "Pieters"):
        assert name not in everything
    assert reading.files[0].text[2].as_py() == (
        'Ministerie van Wolken,"Zorg, thuis",[naam weggelaten / name withheld],4,700,2015'
    )
    codes = {issue.code: issue.message.en for issue in reading.issues}
    assert codes["names-withheld"].startswith("In 2 of 5 rows")
    assert codes["recipient-hidden"].startswith("In 1 of 5 rows")
    assert "negative-amount" in codes
    assert reading.caveats == tuple(CARD.caveats)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Kwelder Optics B.V.", Recipient.ORGANISATION),
        ("B.V. Kwelder", Recipient.ORGANISATION),
        ("N.V. HVC", Recipient.ORGANISATION),
        ("STG ZORG", Recipient.ORGANISATION),
        ("Coöperatie De Kwelder U.A.", Recipient.ORGANISATION),
        ("GEMEENTE ASSEN", Recipient.ORGANISATION),
        ("Patiëntenvereniging Wad", Recipient.ORGANISATION),
        ("Wadden University", Recipient.ORGANISATION),
        ("Jan Bank", Recipient.WITHHELD),
        ("Piet Bond", Recipient.WITHHELD),
        ("J.B.V. Jansen", Recipient.WITHHELD),
        ("W.F. Jansen Fruit B.V.", Recipient.WITHHELD),
        ("J Jansen", Recipient.WITHHELD),
        ("Maatschap Jansen", Recipient.WITHHELD),
        ("VOF Jansen", Recipient.WITHHELD),
        ("Dr. Jansen B.V.", Recipient.WITHHELD),
        ("P. Jansen B.A.", Recipient.WITHHELD),
        ("Huisarts Jansen", Recipient.WITHHELD),
        ("X", Recipient.ANONYMOUS),
        ("X PARTICULIEREN SDE (6581)", Recipient.ANONYMOUS),
        ("", Recipient.ANONYMOUS),
    ],
)
def test_who_may_be_named(name: str, kind: Recipient) -> None:
    assert tell_recipient(name) is kind


def test_what_a_company_is() -> None:
    assert is_company("Kwelder Optics BV")
    assert not is_company("Stichting Wad")


def test_another_list_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "subsidies.csv").write_text("Naam,Bedrag\nA,1\n", encoding="utf-8")
    (tmp_path / "subsidies-leeg.csv").write_text("", encoding="utf-8")
    assert find(tmp_path) == []


def test_a_file_without_a_column_is_refused(tmp_path: Path) -> None:
    reading = read_list(tmp_path)
    reading.package.path.write_text("Overheid,Regeling\nA,B\n", encoding="utf-8")
    with pytest.raises(SourceError, match="Ontvanger"):
        read(reading.package)


def test_a_new_column_is_told(tmp_path: Path) -> None:
    head, *rows = LIST.splitlines()[:2]
    reading = read_list(tmp_path, "\n".join([f"{head},Nieuw", *(f"{row},x" for row in rows)]))
    assert [issue.column for issue in reading.issues if issue.code == "new-column"] == ["Nieuw"]


@pytest.mark.real_data
def test_the_genuine_list(data_file: Callable[[str], Path]) -> None:
    (package,) = find(data_file("nl-subsidies-rijk-2015").parent)
    reading = read(package)
    table = reading.tables["subsidy"]
    assert (table.num_rows, len(reading.files[0].line)) == (25_163, 25_163)
    schemes = table.column("scheme").to_pylist()
    assert schemes.count("MKB Innovatieregeling Topsectoren (MIT)") == 643
    assert schemes.count("Topsector Energie") == 317
    kinds = table.column("recipient_kind").to_pylist()
    shown = [name is not None for name in table.column("recipient").to_pylist()]
    assert shown == [kind == "organisation" for kind in kinds]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "organisation": 9_449, "anonymous": 9_671, "withheld": 6_043,
    }  # fmt: skip
    assert table.column("amount_eur").null_count == 1
    assert [issue.code for issue in reading.issues].count("amount-absent") == 1
