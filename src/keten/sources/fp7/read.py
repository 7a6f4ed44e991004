"""Reads a delivery of FP7: the tables with projects and organisations, or the network between them."""

import re
from collections.abc import Callable
from typing import Final

from keten.model import Package, Reading, Text
from keten.sources.fp7.layout import (
    ORGANISATION,
    ORGANISATION_TABLE,
    PROJECT,
    PROJECT_TABLE,
    TITLE_LENGTH,
)
from keten.sources.fp7.network import read_network
from keten.sources.listing import (
    make_table,
    read_day,
    read_euros,
    read_listing,
    read_word,
    withhold_persons,
)
from keten.sources.persons import is_person
from keten.sources.workbook import Row, WorkSheet

Progress = Callable[[str, float], None]

_NUMBER: Final = re.compile(r"[0-9]{1,12}")
_NO_KEY: Final = Text(
    "The row has no number by which it could be known.",
    "De rij heeft geen nummer waaraan zij te kennen is.",
)
_REPEATED: Final = Text(
    "The same number stands on an earlier line.", "Hetzelfde nummer staat op een eerdere regel."
)
_NO_COUNT: Final = Text("This is no whole number.", "Dit is geen heel getal.")


def read(package: Package, progress: Progress = lambda _what, _share: None) -> Reading:
    """Read a delivery; every row of every file ends in a table or in an issue."""
    if package.release == "network":
        return read_network(package, progress)
    organisations_member, projects_member = package.members
    progress(organisations_member, 0.0)
    organisations = read_listing(package, organisations_member, ORGANISATION, 0)
    _lose_unknown(organisations, "organisationID")
    persons = {row.line for row in organisations.rows if is_person(read_word(row, "name") or "")}
    typed = [_organisation(organisations, row, row.line in persons) for row in organisations.rows]
    found = withhold_persons(organisations, persons, ("name", "address"), "name")
    progress(projects_member, 0.5)
    projects = read_listing(package, projects_member, PROJECT, 1)
    _lose_unknown(projects, "id")
    made = [_project(projects, row) for row in projects.rows]
    progress("", 1.0)
    return Reading(
        package=package,
        files=(found, projects.found),
        tables={
            "fp7_organisation": make_table(ORGANISATION_TABLE, typed),
            "fp7_project": make_table(PROJECT_TABLE, made),
        },
        typed_from={"fp7_organisation": 0, "fp7_project": 1},
        issues=(*organisations.issues, *projects.issues),
        caveats=("fp7-two-keys", "fp7-titles-cut", "fp7-persons"),
    )


def _lose_unknown(sheet: WorkSheet, heading: str) -> None:
    """Take out rows without a number, and those whose number came before."""
    kept: list[Row] = []
    seen: set[str] = set()
    for row in sheet.rows:
        number = read_word(row, heading)
        if number is None or not _NUMBER.fullmatch(number):
            sheet.lose(row, "no-id", _NO_KEY, heading)
        elif number in seen:
            sheet.lose(row, "repeated-row", _REPEATED, heading)
        else:
            seen.add(number)
            kept.append(row)
    sheet.rows[:] = kept


def _organisation(sheet: WorkSheet, row: Row, is_withheld: bool) -> dict[str, object]:
    pic = read_word(row, "organisationID")
    street, city, postcode = split_address(read_word(row, "address") or "")
    return {
        "record_id": row.record_id,
        "source_key": f"fp7:{pic}",
        "pic": pic,
        "name": None if is_withheld else read_word(row, "name"),
        "is_person": is_withheld,
        "street": None if is_withheld else street,
        "postcode": None if is_withheld else postcode,
        "city": None if is_withheld else city,
        "country": read_word(row, "country"),
        "stated_on": read_day(sheet, row, "last_update"),
    }


def split_address(text: str) -> tuple[str | None, str | None, str | None]:
    """Split `street, city, postcode`; the street may hold commas, and each part may be absent."""
    parts = [part.strip().strip('"') for part in text.rsplit(",", 2)]
    if len(parts) < 3:
        return text or None, None, None
    street, city, postcode = (part or None for part in parts)
    return street, city, postcode


def _project(sheet: WorkSheet, row: Row) -> dict[str, object]:
    number, title = read_word(row, "id"), read_word(row, "title")
    return {
        "record_id": row.record_id,
        "project_id": f"fp7-{number}",
        "programme": "fp7",
        "source_id": number,
        "acronym": read_word(row, "acronym"),
        "title": title,
        "is_cut": len(str(row.values.get("title") or "")) >= TITLE_LENGTH,
        "status": read_word(row, "status"),
        "programme_part": read_word(row, "programme"),
        "start_date": read_day(sheet, row, "startDate"),
        "end_date": read_day(sheet, row, "endDate"),
        "total_cost_eur": read_euros(sheet, row, "totalCost"),
        "participants": _count(sheet, row, "organisations"),
    }


def _count(sheet: WorkSheet, row: Row, heading: str) -> int | None:
    text = read_word(row, heading)
    if text is not None and not _NUMBER.fullmatch(text):
        sheet.doubt(row, "bad-number", _NO_COUNT, heading)
        return None
    return int(text) if text else None
