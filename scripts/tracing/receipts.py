"""Recomputes what other sources than Horizon say, from their rows as published.

Which source records are one organisation is taken from its page; which rows those records have, and what
they add up to, is found in the lists themselves. Where an organisation lies is known from the rows that
the pages list, and only that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl, quote

from scripts.tracing.canvas import Held
from scripts.tracing.lists import Said, read_list
from scripts.tracing.page import Shown, key_of
from scripts.tracing.raw import Raw
from scripts.tracing.site import Site

# Of which list each figure is; none: of all.
MEASURES = {
    "receipts": "", "receipts_placed": "", "fp7_projects": "fp7-network", "subsidies_eur": "rijk",
    "structural_funds_eur": "structural", "innovation_fund_eur": "innovation-fund",
}  # fmt: skip
Place = tuple[int, int]


def is_of_receipts(shown: Shown) -> bool:
    """Say whether a figure is of other sources, or counts the rows of such a one."""
    asked = dict(parse_qsl(key_of(shown.why)))
    return bool({asked.get("measure"), asked.get("rows_of")} & MEASURES.keys())


def hold_receipts(site: Site, raw: Raw, data: Path, figures: dict[str, Shown]) -> Held:
    """Hold every figure of other sources against the rows of the lists."""
    held = Held()
    wanted = {key: shown for key, shown in sorted(figures.items()) if is_of_receipts(shown)}
    if wanted:
        ledger = _Ledger(site, _read(raw, data), held)
        for key, shown in wanted.items():
            ledger.hold(key, shown)
    return held


def _read(raw: Raw, data: Path) -> dict[Place, Said]:
    rows: dict[Place, Said] = {}
    for number, file in raw.files.items():
        path = data / str(file["path"])
        path = path / str(file["name"]) if path.is_dir() else path
        for line, said in read_list(path, file):
            rows[number, line] = said
    newest: dict[str, date] = {}
    for said in rows.values():
        if said.number:
            newest[said.number] = max(said.edition, newest.get(said.number, date.min))
    rows = {
        place: said
        for place, said in rows.items()
        if not said.number or said.edition == newest[said.number]
    }
    twice = _find_twice(rows)
    return {p: said for p, said in rows.items() if not said.is_refused and p not in twice}


def _find_twice(rows: dict[Place, Said]) -> set[Place]:
    """Give rows without a number of which a numbered one has the amount and the day, or a day near."""
    known = Counter(
        (said.amount, said.day) for said in rows.values() if said.number and said.amount
    )
    found: set[Place] = set()
    for place, said in sorted(rows.items()):
        if said.number or not said.is_social or not said.amount or not said.day:
            continue
        for days in (0, 1, -1):
            key = (said.amount, said.day + timedelta(days))
            if known[key] > 0:
                known[key] -= 1
                found.add(place)
                break
    return found


class _Ledger:
    def __init__(self, site: Site, rows: dict[Place, Said], held: Held) -> None:
        self._site, self._rows, self._held = site, rows, held
        self._of_key: dict[str, set[Place]] = {}
        for place, said in rows.items():
            self._of_key.setdefault(said.key, set()).add(place)
        self._members = cache(self._ask_members)

    def hold(self, key: str, shown: Shown) -> None:
        asked = dict(parse_qsl(key))
        counted = asked.get("rows_of") or asked["measure"]
        path, _, query = shown.why.partition("?")
        text, _ = self._site.page(f"{path}/places.csv?{query}")
        listed = [(int(row.split(",")[1]), int(row.split(",")[2])) for row in text.split()[1:]]
        places = set(listed)
        strangers = places - self._rows.keys()
        wrong = self._find_wrong(asked, counted, places & self._rows.keys())
        if len(listed) != len(places) or strangers or wrong:
            self._held.differences.append(
                f"{key}: {len(listed) - len(places)} rows listed twice, {len(strangers)} of no list, "
                f"{len(wrong)} wrong or missing {sorted({*strangers, *wrong})[:2]}"
            )
            return
        self._held.recomputed += 1
        said = [self._rows[place] for place in places]
        value = self._count("rows" if asked["measure"] == "source_rows" else counted, said)
        if counted == "receipts_placed" and asked["measure"] == counted:
            # Where an organisation lies is not in these lists: no more can be placed than there are.
            if Decimal(shown.raw or -1) > len(said) or Decimal(shown.raw or -1) < 0:
                self._held.differences.append(f"{key}: {shown.raw} placed of {len(said)} rows")
        elif (None if shown.raw is None else Decimal(shown.raw)) != value:
            self._held.differences.append(f"{key}: shown {shown.raw}, its rows give {value}")

    def _find_wrong(self, asked: dict[str, str], counted: str, listed: set[Place]) -> set[Place]:
        """Give rows listed that are of another list, and rows of an organisation that are not listed."""
        of_list = MEASURES[counted] or asked.get("list", "")
        wrong = {place for place in listed if of_list not in {"", self._rows[place].list}}
        if "record" in asked:
            number = int(asked["record"])
            wrong |= listed ^ {(number >> 32, number & 0xFFFFFFFF)}
        elif "organisation" in asked and asked.keys() <= {
            "measure",
            "rows_of",
            "organisation",
            "list",
        }:
            keys = self._members(asked["organisation"])
            own = {place for each in keys for place in self._of_key.get(each, ())}
            wrong |= listed ^ {p for p in own if of_list in {"", self._rows[p].list}}
        return wrong

    def _ask_members(self, organisation: str) -> frozenset[str]:
        page = self._site.twin(f"/en/organisations/{quote(organisation, safe=':')}")
        return frozenset(member["source_key"] for member in page["organisation"]["members"])

    def _count(self, counted: str, said: Iterable[Said]) -> Decimal | None:
        rows = list(said)
        if counted == "fp7_projects":
            return Decimal(len({row.project for row in rows}))
        if counted.endswith("_eur"):
            amounts = [row.amount for row in rows if row.amount is not None]
            return sum(amounts, Decimal(0)) if amounts else None
        return Decimal(len(rows))
