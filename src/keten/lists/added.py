"""Added: the columns that a sheet gets when it is given back, in words of its reader's language."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from keten.lists.columns import ROW_KEY
from keten.lists.things import ThingPreview, ThingRow
from keten.lists.views import NOTHING, ListedRow, Preview, PreviewRow, Usable, is_stored
from keten.lists.vocabulary import INITIATIVES
from keten.model import Text

Added = Sequence[str | float | None]
HEADINGS: Final = (
    Text("keten row", "keten row"),  # known again by this heading, so it is the same everywhere
    Text("keten organisation", "keten organisatie"),
    Text("keten name", "keten naam"),
    Text("keten match", "keten koppeling"),
    Text("keten probability", "keten kans"),
    Text("keten problems", "keten problemen"),
    Text("keten on the map", "keten op de kaart"),
    Text("keten in networks", "keten in netwerken"),
    Text("keten in specialisation", "keten in specialisatie"),
)
STATUS_WORDS: Final[Mapping[str, Text]] = {
    "matched": Text("matched", "gekoppeld"),
    "ambiguous": Text("to be chosen", "nog te kiezen"),
    "new": Text("not in the evidence", "niet in de gegevens"),
    "wrong": Text("cannot be used", "niet te gebruiken"),
    "duplicate": Text("double", "dubbel"),
}
WAY_WORDS: Final[Mapping[str, Text]] = {
    "identifier": Text("by a number", "op een nummer"),
    "match": Text("by name and address", "op naam en adres"),
    "person": Text("chosen by a person", "door iemand gekozen"),
}
THING_WORDS: Final[Mapping[str, Text]] = {
    "added": Text("new", "nieuw"),
    "changed": Text("changed", "veranderd"),
    "unchanged": Text("as it was", "zoals het was"),
    "joined": Text("said before in the sheet", "eerder in het blad gezegd"),
    "wrong": Text("left out", "weggelaten"),
}
YES, NO = Text("yes", "ja"), Text("no", "nee")


@dataclass(frozen=True, slots=True)
class Known:
    """What the evidence says of the organisation behind a row today."""

    organisation_id: str = ""
    name: str = ""
    usable: Usable = NOTHING


def added_to_preview(
    preview: Preview, known: Mapping[str, tuple[str, str, Usable]], language: str
) -> dict[int, Added]:
    """Give what is added to each row of a previewed sheet, by its number there."""
    return {
        row.row.line: _write(
            row.key if is_stored(row) else "",
            row.status,
            row.way,
            row.probability,
            Known(*known[row.chosen]) if row.chosen in known else Known(),
            _problems(row, language),
            language,
        )
        for row in preview.rows
    }


def added_to_list(rows: Iterable[ListedRow], language: str) -> list[Added]:
    """Give what is added to each row of a list."""
    return [
        _write(
            row.key, row.status, row.way, row.probability,
            Known(row.organisation_id, row.organisation_name, row.usable), "", language,
        )
        for row in rows
    ]  # fmt: skip


def headings(language: str) -> list[str]:
    """Give the headings of the added columns."""
    made = [heading.in_language(language) for heading in HEADINGS]
    assert made[0] == ROW_KEY
    return made


def thing_headings(language: str) -> list[str]:
    """Give the headings of the columns that a sheet of initiatives or figures gets."""
    return [HEADINGS[place].in_language(language) for place in (0, 3, 5)]


def added_to_things(preview: ThingPreview, language: str) -> dict[int, Added]:
    """Give what is added to each row of a sheet of initiatives or figures, by its number there."""
    told: dict[int, list[ThingRow]] = {}
    for row in preview.rows:
        told.setdefault(row.line, []).append(row)
    return {
        line: [
            rows[0].key if preview.kind == INITIATIVES else "",
            "; ".join(dict.fromkeys(THING_WORDS[row.status].in_language(language) for row in rows)),
            "; ".join(
                f"{problem.address}: {problem.what.in_language(language)}"
                for row in rows
                for problem in row.problems
            ),
        ]
        for line, rows in told.items()
    }


def _write(
    key: str,
    status: str,
    way: str,
    probability: float | None,
    known: Known,
    problems: str,
    language: str,
) -> Added:
    match = STATUS_WORDS[status].in_language(language)
    if way in WAY_WORDS:
        match = f"{match}, {WAY_WORDS[way].in_language(language)}"
    usable = known.usable
    used = (usable.on_map, usable.in_network, usable.in_specialisation)
    return [
        key,
        known.organisation_id,
        known.name,
        match,
        None if probability is None else round(probability, 3),
        problems,
        *((YES if one else NO).in_language(language) for one in used),
    ]


def _problems(row: PreviewRow, language: str) -> str:
    told = [
        f"{problem.address}: {problem.what.in_language(language)}" for problem in row.row.problems
    ]
    if row.like is not None:
        told.append(
            Text(
                f"says the same as row {row.like}", f"zegt hetzelfde als rij {row.like}"
            ).in_language(language)
        )
    if row.status == "ambiguous":
        told.append("? " + "; ".join(f"{each.name} ({each.source_key})" for each in row.candidates))
    return "; ".join(told)
