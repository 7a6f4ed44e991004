"""The sheet of initiatives: a row for each, in words that are found again when it is read back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from keten.lists.columns import ROW_KEY
from keten.lists.read import Value
from keten.lists.vocabulary import INITIATIVES, VOCABULARIES
from keten.model import InitiativeSaid, Judgement, initiative_of, read_said
from keten.workspace import Terms

# Cells of terms; the others are of words, numbers and days.
TERMS: Final = ("audience", "stage", "element", "mission", "region", "chain", "technology")


@dataclass(frozen=True, slots=True)
class SheetInitiative:
    """An initiative as a sheet gives it: what is said, and columns that are kept as they stand."""

    key: str  # initiative:<slug>
    said: InitiativeSaid
    cells: Mapping[str, Any]


def as_row(line: Judgement) -> SheetInitiative:
    """Give the row of an initiative's line."""
    key = initiative_of(line)
    kept = line.value.get("cells") if isinstance(line.value, Mapping) else None
    return SheetInitiative(
        key, read_said(line.value, key.partition(":")[2]), kept if isinstance(kept, Mapping) else {}
    )


def write_initiatives(
    rows: Iterable[SheetInitiative], terms: Terms, language: str
) -> list[list[Value]]:
    """Give the rows of a sheet, its heading first."""
    rows = list(rows)
    fields = VOCABULARIES[INITIATIVES].fields
    extra = list(dict.fromkeys(heading for row in rows for heading in row.cells))
    head: list[Value] = [field.label.in_language(language) for field in fields]
    made: list[list[Value]] = [[*head, *extra, ROW_KEY]]
    for row in rows:
        cells = cells_of(row.said, terms, language)
        made.append(
            [*(cells[field.name] for field in fields),
             *(_cell(row.cells.get(heading)) for heading in extra), row.key]
        )  # fmt: skip
    return made


def cells_of(said: InitiativeSaid, terms: Terms, language: str) -> dict[str, Value]:
    """Give what stands in each column of an initiative."""

    def write(kind: str) -> str:
        keys = said.of(kind)
        if kind == "chain":
            keys = tuple(key for key in keys if "/" not in key)
        if kind == "stage":
            keys = (*keys, *(key for key in said.of("chain") if "/" in key))
        return "; ".join(terms.write(key, language) for key in keys)

    kind = terms.write(f"kind:{said.kind}", language) if said.kind else ""
    return {
        "name": said.label,
        "aim": said.aim,
        "lead": f"{said.lead} ({said.lead_record})" if said.lead_record else said.lead,
        "role": said.lead_role,
        "kind": kind.removeprefix("kind:"),
        **{name: write(name) for name in TERMS},
        "amount": said.amount_eur,
        "amount_source": said.amount_source,
        "funder": said.funder,
        "starts": said.starts,
        "ends": said.ends,
        "website": said.website,
    }


def _cell(value: Any) -> Value:
    return value if isinstance(value, (str, int, float, bool)) else None
