"""Reads the network of FP7: organisations, and in which project each took part.

An organisation without PIC is known by a hash of its name. The hash of a person's name would give
the name away to whoever guesses it, so it is replaced by the line, in both files.
"""

import html
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from keten.model import Found, Package, Reading, Text
from keten.sources.fp7.layout import EDGES, NETWORK, ORGANISATION_TABLE, PARTICIPATION_TABLE
from keten.sources.listing import make_table, read_listing, read_word, withhold_persons
from keten.sources.persons import is_person
from keten.sources.withholding import blank_texts
from keten.sources.workbook import Row, WorkSheet

_ORGANISATION: Final = "new_org_id"
_PROJECT: Final = "projectRcn"
_NAME: Final = "organisationName"
_HIDDEN: Final = (_ORGANISATION, _NAME, "organisationShortName", "organizationUrl", "street", "city",
                  "postCode")  # fmt: skip
_PIC: Final = re.compile(r"[0-9]{9}")
_NO_KEY: Final = Text(
    "The row lacks the number of a project or the key of an organisation.",
    "De rij mist het nummer van een project of de sleutel van een organisatie.",
)
_AGAIN: Final = Text(
    "The organisation came before under this key, in another spelling; both rows were kept.",
    "De organisatie kwam al voor onder deze sleutel, anders gespeld; beide rijen zijn bewaard.",
)
_REPEATED: Final = Text(
    "The same participation stands on an earlier line.",
    "Dezelfde deelname staat op een eerdere regel.",
)
_STRANGER: Final = Text(
    "The organisation of this participation is not in the list of organisations.",
    "De organisatie van deze deelname staat niet in de lijst van organisaties.",
)


def read_network(package: Package, progress: Callable[[str, float], None]) -> Reading:
    """Read organisations and participations; every row ends in a table or in an issue."""
    edges_member, organisations_member = package.members
    progress(organisations_member, 0.0)
    listed = read_listing(package, organisations_member, NETWORK, 1)
    _lose_keyless(listed, (_ORGANISATION,))
    mended = {row.line: _mend_row(row) for row in listed.rows}
    persons = {line for line, row in mended.items() if is_person(read_word(row, _NAME) or "")}
    keys: dict[str, str] = {}
    hashes: dict[str, str] = {}
    typed = []
    for row in listed.rows:
        given = read_word(row, _ORGANISATION) or ""
        if given in keys:
            listed.note("repeated-organisation", _AGAIN, _ORGANISATION, row.line)
        if row.line in persons and not _PIC.fullmatch(given):
            hashes.setdefault(given, f"person-{row.line}")
        keys.setdefault(given, _key(hashes.get(given, given)))
        typed.append(_organisation(mended[row.line], keys[given], row.line in persons))
    found = withhold_persons(listed, persons, _HIDDEN, _NAME)
    _tell_mended(listed, mended)
    progress(edges_member, 0.4)
    edges = read_listing(package, edges_member, EDGES, 0)
    _lose_keyless(edges, (_PROJECT, _ORGANISATION))
    made = _participations(edges, keys)
    progress("", 1.0)
    return Reading(
        package=package,
        files=(_without_hashes(edges.found, edges, hashes), found),
        tables={
            "fp7_participation": make_table(PARTICIPATION_TABLE, made),
            "fp7_organisation": make_table(ORGANISATION_TABLE, typed),
        },
        typed_from={"fp7_participation": 0, "fp7_organisation": 1},
        issues=(*edges.issues, *listed.issues),
        caveats=("fp7-two-keys", "fp7-persons"),
    )


def _lose_keyless(sheet: WorkSheet, headings: tuple[str, ...]) -> None:
    """Take out rows that lack a key."""
    kept = []
    for row in sheet.rows:
        absent = [name for name in headings if read_word(row, name) is None]
        if absent:
            sheet.lose(row, "no-id", _NO_KEY, absent[0])
        else:
            kept.append(row)
    sheet.rows[:] = kept


def _key(given: str) -> str:
    return f"fp7:{given}" if _PIC.fullmatch(given) else f"fp7-network:{given}"


def _organisation(row: Row, key: str, is_withheld: bool) -> dict[str, object]:
    told: dict[str, object] = {
        "record_id": row.record_id,
        "source_key": key,
        "pic": key.removeprefix("fp7:") if key.startswith("fp7:") else None,
        "is_person": is_withheld,
        "country": read_word(row, "country"),
        "nuts_code": read_word(row, "REGION_Level_NUTS_3"),
    }
    if is_withheld:
        return told
    return {
        **told,
        "name": read_word(row, _NAME),
        "short_name": read_word(row, "organisationShortName"),
        "street": read_word(row, "street"),
        "postcode": read_word(row, "postCode"),
        "city": read_word(row, "city"),
        "website": read_word(row, "organizationUrl"),
    }


def _participations(edges: WorkSheet, keys: dict[str, str]) -> list[dict[str, object]]:
    made: list[dict[str, object]] = []
    seen: set[tuple[str, str]] = set()
    for row in edges.rows:
        project, given = read_word(row, _PROJECT) or "", read_word(row, _ORGANISATION) or ""
        if (project, given) in seen:
            edges.lose(row, "repeated-row", _REPEATED, _PROJECT)
            continue
        seen.add((project, given))
        if given not in keys:
            edges.note("no-such-organisation", _STRANGER, _ORGANISATION, row.line)
        made.append(
            {
                "record_id": row.record_id,
                "project_rcn": project,
                "source_key": keys.get(given) or _key(given),
                "programme": "fp7",
            }
        )
    return made


def _without_hashes(found: Found, edges: WorkSheet, hashes: dict[str, str]) -> Found:
    """Give the file with the hashes of persons' names replaced."""
    lines = {
        row.line: hashes[given]
        for row in edges.rows
        if (given := read_word(row, _ORGANISATION) or "") in hashes
    }
    texts = dict(zip(found.line.to_pylist(), found.text.to_pylist(), strict=True))
    return blank_texts(
        found,
        {
            line: texts[line].replace(old, lines[line])
            for line, old in (
                (row.line, read_word(row, _ORGANISATION) or "")
                for row in edges.rows
                if row.line in lines
            )
        },
    )


# --- signs damaged on the way -------------------------------------------------------------------


def _mend_row(row: Row) -> Row:
    return replace(
        row,
        values={
            name: mend(value) if isinstance(value, str) else value
            for name, value in row.values.items()
        },
    )


def mend(text: str) -> str:
    """Undo entities (`&#39;`) and UTF-8 read as Windows-1252, once or twice, where that is certain."""
    text = html.unescape(text)
    for _ in range(2):
        if not any(sign in text for sign in "ÃÂâÅÄÎÏ"):
            break
        try:
            text = _bytes(text).decode("utf-8")
        except UnicodeError:
            break
    return text


def _bytes(text: str) -> bytes:
    """Give the bytes that were read as Windows-1252; five of them have no sign there."""
    return b"".join(
        sign.encode("latin-1") if "\x80" <= sign <= "\x9f" else sign.encode("cp1252")
        for sign in text
    )


def _tell_mended(sheet: WorkSheet, mended: dict[int, Row]) -> None:
    rows = sum(mended[row.line].values != row.values for row in sheet.rows)
    if rows:
        why = Text(
            f"In {rows} rows signs damaged by a wrong reading were mended.",
            f"In {rows} rijen zijn door verkeerd lezen beschadigde tekens hersteld.",
        )
        sheet.note("mended-signs", why)
