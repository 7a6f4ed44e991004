"""Reads all files of ROR at once: the newest record of an organisation counts, older ones are told."""

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from keten.model import Issue, Package, Reading, Severity, Text
from keten.sources.listing import make_table
from keten.sources.ror.card import CARD
from keten.sources.ror.files import RecordFile, Stated, read_files
from keten.sources.ror.layout import EARLIER, IDENTIFIER, NAME, RELATION, ROR
from keten.sources.ror.record import IGNORED, USED, ror_number

_NUMBER: Final = re.compile(r"0[0-9a-z]{8}")
_NO_KEY: Final = Text(
    "The record has no identifier of ROR.", "Het record heeft geen nummer van ROR."
)
_NO_NAME: Final = Text("The record has no name.", "Het record heeft geen naam.")
_NEW_KEY: Final = Text(
    "Keten does not know this key; it was not read.",
    "Keten kent deze sleutel niet; zij is niet gelezen.",
)


class _Candidate(NamedTuple):
    """A record with what says how new it is: release, schema, day of change, and last the file."""

    version: tuple[int, ...]
    schema: str
    changed_on: str
    place: int  # below nought, so that of equals the first file counts
    ror_id: str
    stated: Stated


def read(
    package: Package, progress: Callable[[str, float], None] = lambda _what, _share: None
) -> Reading:
    """Read the files; every record ends in `ror`, in `ror_earlier`, or in an issue."""
    files: list[RecordFile] = []
    candidates: list[_Candidate] = []
    for index, file in enumerate(read_files(package)):
        progress(file.found.name, index / (len(package.members) + 1))
        candidates.extend(_known(file, index))
        file.issues.extend(_new_keys(file, index))
        file.records.clear()
        files.append(file)
    newest: dict[str, _Candidate] = {}
    for each in candidates:
        best = newest.setdefault(each.ror_id, each)
        newest[each.ror_id] = max(best, each, key=_age)
    current = sorted(newest.values(), key=lambda each: each.stated.record_id)
    earlier = [each for each in candidates if newest[each.ror_id] is not each]
    _tell_earlier(files, earlier)
    progress("", 1.0)
    return Reading(
        package=package,
        files=tuple(file.found for file in files),
        tables={
            "ror": make_table(ROR, map(_organisation, current)),
            "ror_earlier": make_table(
                EARLIER,
                (
                    {
                        "record_id": each.stated.record_id,
                        "ror_id": each.ror_id,
                        "version": each.stated.version or None,
                        "current_record_id": newest[each.ror_id].stated.record_id,
                    }
                    for each in earlier
                ),
            ),
            "ror_name": make_table(NAME, (row for each in current for row in _names(each))),
            "ror_relation": make_table(
                RELATION, (row for each in current for row in _relations(each))
            ),
            "ror_identifier": make_table(
                IDENTIFIER, (row for each in current for row in _identifiers(each))
            ),
        },
        typed_from={},
        typed_from_all=("ror", "ror_earlier"),
        issues=tuple(issue for file in files for issue in file.issues),
        caveats=tuple(CARD.caveats),
    )


def _age(each: _Candidate) -> tuple[tuple[int, ...], str, str, int]:
    return each.version, each.schema, each.changed_on, each.place


def _known(file: RecordFile, index: int) -> list[_Candidate]:
    """Give the records that can be known; those without identifier are lost."""
    kept = []
    for stated in file.records:
        line = stated.record_id & 0xFFFFFFFF
        number = ror_number(stated.identifier)
        if number is None or not _NUMBER.fullmatch(number):
            text = stated.identifier[:200]
            file.issues.append(Issue("no-id", Severity.ROW_LOST, _NO_KEY, index, line, "id", text))
            continue
        registered = stated.registered
        if registered.name is None:
            file.issues.append(
                Issue("no-name", Severity.VALUE_LOST, _NO_NAME, index, line, "name", number)
            )
        version = tuple(int(part) for part in stated.version.split(".") if part)
        kept.append(
            _Candidate(version, registered.schema, registered.changed_on, -stated.record_id, number,
                       stated)
        )  # fmt: skip
    return kept


def _new_keys(file: RecordFile, index: int) -> list[Issue]:
    return [
        Issue("new-column", Severity.NOTE, _NEW_KEY, index, line, key)
        for key, line in sorted(file.keys.items())
        if key not in USED and key not in IGNORED
    ]


def _tell_earlier(files: list[RecordFile], earlier: list[_Candidate]) -> None:
    """Say for each file how many of its records a newer one stands in for."""
    for index, file in enumerate(files):
        many = sum(each.stated.record_id >> 32 == index for each in earlier)
        if many:
            why = Text(
                f"Of {many} records in this file another file has one as new or newer; that counts, "
                "and this was kept as earlier.",
                f"Van {many} records in dit bestand heeft een ander bestand er een dat even nieuw of "
                "nieuwer is; dat geldt, en dit is als eerder bewaard.",
            )
            file.issues.append(Issue("earlier-record", Severity.NOTE, why, index))


def _organisation(each: _Candidate) -> dict[str, object]:
    told = each.stated.registered
    return {
        "record_id": each.stated.record_id,
        "ror_id": each.ror_id,
        "name": told.name,
        "acronyms": told.acronyms,
        "types": list(told.types),
        "country": told.country,
        "city": told.city,
        "geonames_id": told.geonames_id,
        "website": told.website,
        "domains": list(told.domains),
        "established": told.established,
        "status": told.status,
        "latitude": told.latitude,
        "longitude": told.longitude,
        "schema": told.schema,
        "version": each.stated.version or None,
    }


def _names(each: _Candidate) -> list[dict[str, object]]:
    record, number = each.stated.record_id, each.ror_id
    return [
        {"record_id": record, "ror_id": number, "name": name.name, "kind": name.kind,
         "language": name.language}
        for name in dict.fromkeys(each.stated.registered.names)
    ]  # fmt: skip


def _relations(each: _Candidate) -> list[dict[str, object]]:
    record, number = each.stated.record_id, each.ror_id
    return [
        {"record_id": record, "ror_id": number, "kind": kind, "other_ror_id": other,
         "other_name": name}
        for kind, other, name in each.stated.registered.relations
    ]  # fmt: skip


def _identifiers(each: _Candidate) -> list[dict[str, object]]:
    record, number = each.stated.record_id, each.ror_id
    return [
        {"record_id": record, "ror_id": number, "kind": kind, "identifier": identifier,
         "is_preferred": is_preferred}
        for kind, identifier, is_preferred in each.stated.registered.identifiers
    ]  # fmt: skip
