"""A messy sheet of Dutch organisations: genuine names of the evidence, and the truth of each row."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from openpyxl import Workbook

from benchmarks.lists.mess import recombine, spoil_city, spoil_name, spoil_postcode, spoil_website
from keten.evidence.names import compare_name

if TYPE_CHECKING:
    import duckdb

HEADINGS = (
    "Nr", "Bedrijfsnaam", "Straat + nr", "PC", "Plaats", "KvK-nr.", "Btw", "Website / e-mail",
    "Telefoon", "Lid sinds", "Omzet (x 1.000)", "Sector",
)  # fmt: skip
NEW, DOUBLE = 0.15, 0.05  # shares of the rows that are nobody of the evidence, and said twice
NUMBERED = 0.2  # share of the known numbers that a person wrote down
_SOURCES = {
    "he": 0.3,
    "h2020": 0.2,
    "ror": 0.15,
    "fp7": 0.1,
    "kvk": 0.1,
    "rijk": 0.1,
    "structural": 0.05,
}


@dataclass(frozen=True, slots=True)
class Truth:
    """What a row of the sheet is: an organisation, nobody (empty), or said before (`again`)."""

    organisation_id: str
    kind: str
    again: bool = False


@dataclass(slots=True)
class Made:
    """A sheet, and the truth by its rows as a spreadsheet numbers them."""

    lines: list[list[object]] = field(default_factory=list)
    truth: dict[int, Truth] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Genuine:
    source_key: str
    organisation_id: str
    name: str
    others: list[str]
    street: str
    postcode: str
    city: str
    kvk_number: str
    vat_number: str
    website: str


def make_sheet(con: duckdb.DuckDBPyConnection, rows: int, seed: int, country: str = "NL") -> Made:
    """Make a sheet of so many rows, with a title, blank rows, totals and a heading printed again."""
    dice = random.Random(seed)
    genuine = _read(con, country)
    pools = {
        source: [one for one in genuine if one.source_key.startswith(f"{source}:")]
        for source in _SOURCES
    }
    pools = {source: pool for source, pool in pools.items() if pool}
    shares = [_SOURCES[source] for source in pools]
    known = {compare_name(name) for one in genuine for name in (one.name, *one.others)}
    names = [one.name for one in genuine if len(one.name.split()) > 1]
    made = Made([["Ledenlijst regio 2026", *[None] * 11], [], list(HEADINGS)])
    written: list[tuple[_Genuine, Truth]] = []
    used: set[str] = set()
    while len(made.truth) < rows:
        if len(made.truth) % 90 == 89:
            made.lines += [[], list(HEADINGS)]
        chance = dice.random()
        if chance < DOUBLE and written:
            one, before = dice.choice(written)
            _add(
                made,
                one,
                Truth(before.organisation_id, before.kind, again=True),
                one.name.upper(),
                dice,
            )
        elif chance < DOUBLE + NEW:
            name = recombine(names, dice)
            if compare_name(name) not in known:
                nobody = _Genuine("", "", name, [], "", "", dice.choice(genuine).city, "", "", "")
                _add(made, nobody, Truth("", "nobody"), name, dice)
        else:
            one = dice.choice(pools[dice.choices(list(pools), shares)[0]])
            if one.organisation_id in used and len(used) < len(genuine) // 2 and rows < 5_000:
                continue
            used.add(one.organisation_id)
            name, kind = spoil_name(one.name, dice, one.others)
            truth = Truth(one.organisation_id, kind)
            _add(made, one, truth, name, dice)
            written.append((one, truth))
    made.lines += [[], [None, "Totaal", *[None] * 8, 123456, None]]
    return made


def _add(made: Made, one: _Genuine, truth: Truth, name: str, dice: random.Random) -> None:
    def sometimes(text: str, share: float) -> str | None:
        return text if text and dice.random() < share else None

    postcode = sometimes(one.postcode, 0.6)
    city = sometimes(one.city, 0.85)
    website = sometimes(one.website, 0.5)
    kvk = sometimes(one.kvk_number, NUMBERED)
    revenue = dice.randrange(100, 90_000)
    made.lines.append(
        [
            len(made.truth) + 1,
            name,
            sometimes(one.street, 0.5),
            spoil_postcode(postcode, dice) if postcode else None,
            spoil_city(city, dice) if city else None,
            dice.choice([float(kvk), f"KvK {kvk}", kvk]) if kvk and kvk.isdigit() else None,
            sometimes(one.vat_number, NUMBERED),
            spoil_website(website, dice) if website else None,
            float(dice.randrange(101_000_000, 889_999_999)) if dice.random() < 0.5 else None,
            dice.choice([dice.randrange(40_000, 46_000), "3-4-2019", None]),
            dice.choice([f"{revenue / 10:.1f}".replace(".", ","), revenue, "n.v.t."]),
            dice.choice(["food", "hightech", None]),
        ]
    )
    made.truth[len(made.lines)] = truth


def write_workbook(made: Made) -> bytes:
    """Write the sheet as a workbook, behind another sheet that is no list."""
    book = Workbook()
    notes = book.worksheets[0]
    notes.title = "Toelichting"
    for words in ("Deze lijst is een kopie.", "Vragen: zie intranet."):
        notes.append([words])
    page = book.create_sheet("Leden")
    for line in made.lines:
        page.append(line)
    page.merge_cells("A1:L1")
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()


def _read(con: duckdb.DuckDBPyConnection, country: str) -> list[_Genuine]:
    rows = con.execute(
        """
        select source_key, organisation_id, s.name, coalesce(s.other_names, []),
            coalesce(street, ''), coalesce(postcode, ''), coalesce(city, ''),
            coalesce(s.kvk_number, ''), coalesce(s.vat_number, ''), coalesce(s.website, '')
        from source_organisation s join same_as using (source_key)
        where s.country = $country and s.name is not null order by source_key
        """,
        {"country": country},
    ).fetchall()
    return [_Genuine(*row) for row in rows]
