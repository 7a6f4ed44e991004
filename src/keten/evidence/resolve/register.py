"""Register: which keys of registers a record bears, and which records they make one.

Four registers tell organisations apart: the PIC of the European Commission, ROR, the chamber of
commerce (KvK) and the VAT number, which names a legal entity. The Commission's own register is
overwritten, so of two VAT numbers under one PIC the newest counts, and an issue names both.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from keten.evidence.resolve.cluster import Link
from keten.evidence.resolve.identify import rank_key
from keten.evidence.resolve.vat import find_entity


@dataclass(frozen=True, slots=True)
class Registered:
    """All source keys in order; their PICs; the keys of registers they bear; links by identifier.

    `entities` are the VAT-proven legal entities by PIC; `changed` the PICs that had two.
    """

    keys: list[str]
    pics: Mapping[str, str]
    borne: Mapping[str, Sequence[str]]
    entities: Mapping[str, str]
    changed: Mapping[str, Sequence[str]]

    def list_links(self) -> list[Link]:
        """Give the links by PIC, then those by VAT number between different PICs."""
        by_pic: dict[str, list[str]] = {}
        for key in sorted(self.pics, key=rank_key):
            by_pic.setdefault(self.pics[key], []).append(key)
        links = [
            Link(group[0], other, "same-pic")
            for _, group in sorted(by_pic.items())
            for other in group[1:]
        ]
        by_entity: dict[str, list[str]] = {}
        for pic, entity in sorted(self.entities.items()):
            by_entity.setdefault(entity, []).append(by_pic[pic][0])
        return links + [
            Link(group[0], other, "same-identifier")
            for _, group in sorted(by_entity.items())
            for other in group[1:]
        ]


def read_registered(con: duckdb.DuckDBPyConnection) -> Registered:
    """Read the registers' keys from `source_organisation`."""
    rows = con.execute(
        """
        select source_key, pic, ror_id, kvk_number, vat_number from source_organisation
        order by source_key
        """
    ).fetchall()
    stated: dict[str, list[str]] = {}
    newest_first = con.execute(
        """
        select pic, vat_number from source_organisation
        where pic is not null and vat_number is not null
        order by pic, programme = 'he' desc, updated_at desc nulls last, source_key
        """
    ).fetchall()
    for pic, number in newest_first:
        entity = find_entity(number)
        if entity and entity not in stated.setdefault(pic, []):
            stated[pic].append(entity)
    entities = {pic: found[0] for pic, found in stated.items() if found}
    borne = {}
    for key, pic, ror_id, kvk_number, vat_number in rows:
        entity = entities.get(pic) if pic else find_entity(vat_number)
        named = (("pic", pic), ("ror", ror_id), ("kvk", kvk_number), ("vat", entity))
        if found := [f"{register}:{value}" for register, value in named if value]:
            borne[key] = found
    return Registered(
        [row[0] for row in rows],
        {row[0]: row[1] for row in rows if row[1]},
        borne,
        entities,
        {pic: found for pic, found in stated.items() if len(found) > 1},
    )
