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
    """All source keys in order, the PICs of those that have one, and what else registers say.

    `others` are the keys of the registers ROR and KvK by source key, `entities` the VAT-proven legal
    entities by PIC; `changed` names the PICs that had two.
    """

    keys: list[str]
    pics: Mapping[str, str]
    others: Mapping[str, str]
    entities: Mapping[str, str]
    changed: Mapping[str, Sequence[str]]

    def list_borne(self, key: str) -> list[str]:
        """Give the keys of registers that a record bears: `pic:123`, `vat:NL001932822`."""
        pic = self.pics.get(key)
        found = [f"pic:{pic}"] if pic else []
        if pic and pic in self.entities:
            found.append(f"vat:{self.entities[pic]}")
        if key in self.others:
            found.append(self.others[key])
        return found

    def list_links(self) -> tuple[list[Link], list[Link]]:
        """Give the links by PIC, and those by VAT number between different PICs."""
        by_pic: dict[str, list[str]] = {}
        for key, pic in self.pics.items():
            by_pic.setdefault(pic, []).append(key)
        speakers = {pic: min(group, key=rank_key) for pic, group in by_pic.items()}
        same_pic = [
            Link(speakers[pic], other, "same-pic")
            for pic, group in sorted(by_pic.items())
            for other in sorted(group)
            if other != speakers[pic]
        ]
        by_entity: dict[str, list[str]] = {}
        for pic, entity in sorted(self.entities.items()):
            by_entity.setdefault(entity, []).append(speakers[pic])
        return same_pic, [
            Link(group[0], other, "same-identifier")
            for _, group in sorted(by_entity.items())
            for other in group[1:]
        ]


def read_registered(con: duckdb.DuckDBPyConnection) -> Registered:
    """Read the registers' keys from `source_organisation`."""
    rows = con.execute(
        """
        select source_key, pic, coalesce('ror:' || ror_id, 'kvk:' || kvk_number)
        from source_organisation order by source_key
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
    return Registered(
        [row[0] for row in rows],
        {key: pic for key, pic, _ in rows if pic},
        {key: other for key, _, other in rows if other},
        {pic: found[0] for pic, found in stated.items() if found},
        {pic: found for pic, found in stated.items() if len(found) > 1},
    )
