"""Named: who a key of a judgement is today: of the evidence, or a row of people's own lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from keten.evidence.figures import current_organisations, read_labels
from keten.model import OWN, Judgement, is_organisation_id, is_source_key

if TYPE_CHECKING:
    import duckdb

    from keten.workspace import Reader, Store

OWN_ROW: Final = "own-organisation"  # the kind of judgement that makes an organisation people's own


@dataclass(frozen=True, slots=True)
class Named:
    """Who is meant: `key` is what judgements name, `organisation_id` empty for people's own rows."""

    key: str
    name: str
    organisation_id: str = ""
    city: str = ""

    @property
    def who(self) -> str:
        """What is the same for all keys of one organisation."""
        return self.organisation_id or self.key


def read_named(
    con: duckdb.DuckDBPyConnection, store: Store | None, keys: Iterable[str], reader: Reader = None
) -> dict[str, Named]:
    """Give who these keys are, by key; those that nobody knows are left out."""
    wanted = sorted(set(keys))
    if not wanted:
        return {}
    own = [key for key in wanted if is_own(key)]
    current = current_organisations(con, (key for key in wanted if not is_own(key)))
    labels = read_labels(con, sorted(set(current.values())))
    found: dict[str, Named] = {}
    for key, organisation in current.items():
        label = labels.get(organisation)
        if label is not None:
            found[key] = Named(key, label.name or organisation, organisation, label.city or "")
    for line in read_own(store, own, reader):
        if line.subject in own:
            found[line.subject] = name_own(line)
    return found


def find_named(
    con: duckdb.DuckDBPyConnection, store: Store | None, text: str, reader: Reader = None
) -> Named | None:
    """Give who an identifier names, under the key that judgements are to name; None for nobody."""
    typed = text.strip()
    key = f"pic:{typed}" if typed.isascii() and typed.isdigit() else typed
    if is_own(key):
        return read_named(con, store, [key], reader).get(key)
    if not is_organisation_id(key):
        return None
    found = read_named(con, None, [key]).get(key)
    if found is None:
        return None
    return Named(
        anchor_of(con, found.organisation_id), found.name, found.organisation_id, found.city
    )


def anchor_of(con: duckdb.DuckDBPyConnection, organisation: str) -> str:
    """Give the source record that an organisation is named after: what a judgement on it names."""
    rows = con.execute(
        "select anchor_key from organisation where organisation_id = $organisation",
        {"organisation": organisation},
    ).fetchall()
    return str(rows[0][0]) if rows else organisation


def keys_of(con: duckdb.DuckDBPyConnection, named: Named) -> tuple[str, ...]:
    """Give every key under which judgements may name somebody."""
    if not named.organisation_id:
        return (named.key,)
    rows = con.execute(
        "select source_key from same_as where organisation_id = $organisation order by source_key",
        {"organisation": named.organisation_id},
    ).fetchall()
    return tuple(sorted({named.key, *(row[0] for row in rows)}))


def is_own(key: str) -> bool:
    """Say whether a key is that of a row of people's own lists."""
    return key.startswith(f"{OWN}:") and is_source_key(key)


def read_own(store: Store | None, keys: Iterable[str], reader: Reader = None) -> list[Judgement]:
    """Give the lines that make these keys organisations of people's own, oldest first."""
    wanted = sorted(set(keys))
    if store is None or not wanted:
        return []
    lines = store.judgements_on(wanted, reader=reader)
    return [line for line in lines if line.kind == OWN_ROW and is_own(line.subject)]


def name_own(line: Judgement) -> Named:
    """Give who such a line makes."""
    value = values_of(line)
    return Named(line.subject, text_of(value, "name") or line.subject, "", text_of(value, "city"))


def values_of(line: Judgement) -> Mapping[str, Any]:
    """Give the value of a line where it is one with names."""
    return line.value if isinstance(line.value, dict) else {}


def text_of(value: Mapping[str, Any], name: str) -> str:
    """Give a text of a value, nothing where it is none."""
    found = value.get(name, "")
    return found if isinstance(found, str) else ""
