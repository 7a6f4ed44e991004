"""Standing: the value of indicators in every European NUTS 2 region, and the place that gives a region."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from keten.diagnosis.indicators import RATES, TIES
from keten.evidence.figures import keep_each, read_caveats, read_rows
from keten.methods.composite import average_known, rank_percentiles
from keten.model import Figure, Scope, Text

if TYPE_CHECKING:
    import duckdb

_OWN: Final = Text("counted by keten", "geteld door keten")
_COUNTED: Final = {name: (rate.title, rate.unit) for name, rate in RATES.items()} | {
    name: (tie.title, tie.unit) for name, tie in TIES.items()
}
_CAVEATS_OF: Final = {name: rate.per.partition(":")[0] for name, rate in RATES.items()}


@dataclass(frozen=True, slots=True)
class Value:
    """A value in one region, and where it was found; `record_id` None: counted here."""

    value: float
    published: str
    flag: str
    is_national: bool
    record_id: int | None


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator with its values and places by NUTS 2 region."""

    indicator: str
    title: Text
    source: str
    source_title: Text
    unit: Text
    year: int | None
    period: str
    level: str
    higher_is_better: bool | None
    caveats: tuple[str, ...]
    values: Mapping[str, Value]
    percentiles: Mapping[str, float]

    @property
    def is_counted_here(self) -> bool:
        """Whether it was counted from the evidence, and not published."""
        return self.indicator in _COUNTED

    def value_in(self, region: str) -> Figure | None:
        """Give the figure of its value in a region; None when there is no value."""
        found = self.values.get(region)
        if found is None:
            return None
        scope = Scope.of(indicator=self.indicator, region=region)
        period = str(self.year) if self.year else ""
        unit = unit_of(self)
        return Figure(
            found.value, unit, "indicator_value", scope, period=period, caveats=self.caveats
        )

    def percentile_in(self, regions: Sequence[str]) -> Figure | None:
        """Give the figure of its place, for several regions their mean; None when none is known."""
        place = average_known([self.percentiles.get(region) for region in regions])
        if place is None:
            return None
        scope = Scope.of(indicator=self.indicator, region="+".join(sorted(regions)))
        return Figure(place, "percentile", "indicator_percentile", scope)

    def count_regions(self) -> Figure:
        """Give the figure of how many regions have a value."""
        scope = Scope.of(indicator=self.indicator)
        return Figure(len(self.values), "count", "indicator_regions", scope)

    def is_national_in(self, regions: Sequence[str]) -> bool:
        """Say whether what these regions have is one and the same value for their country."""
        held = [self.values[region] for region in regions if region in self.values]
        return bool(held) and all(value.is_national for value in held)


def unit_of(indicator: Indicator) -> str:
    """Give the unit by which a value is printed; what it means stands beside it in words."""
    name, source = indicator.indicator, indicator.source
    if name in TIES:
        return TIES[name].figure_unit
    if name == "keten:company-contribution" or name == "gdp:EUR_HAB":
        return "EUR"
    if source == "scoreboard":
        return "index"
    if source == "employment":
        return "persons"
    return "score" if "z-score" in indicator.unit.en else "points"


def read_standing(
    con: duckdb.DuckDBPyConnection, indicators: Sequence[str]
) -> Mapping[str, Indicator]:
    """Give these indicators; one that no file at hand has is left out."""
    return _read_standing(con, tuple(sorted(set(indicators))))


@keep_each
def _read_standing(
    con: duckdb.DuckDBPyConnection, wanted: tuple[str, ...]
) -> Mapping[str, Indicator]:
    names = {row["indicator"]: row for row in _read_names(con, wanted)}
    values = _read_values(con, wanted)
    caveats = _read_caveats(con)
    found: dict[str, Indicator] = {}
    for name in wanted:
        held = values.get(name, {})
        if name in _COUNTED:
            title, unit = _COUNTED[name]
            about: dict[str, Any] = {
                "title": title, "source": "keten", "source_title": _OWN, "unit": unit,
                "period": "", "level": "", "higher_is_better": True,
            }  # fmt: skip
        elif name in names:
            about = _describe(names[name])
        else:
            continue
        known = caveats.get(_CAVEATS_OF.get(name, about["source"]), ())
        if name in _COUNTED:
            known = tuple(sorted({*known, *read_caveats(con).of(Scope(), ("h2020", "he"))}))
        years = {row["year"] for row in held.values()}
        found[name] = Indicator(
            indicator=name,
            year=next(iter(years)) if len(years) == 1 else None,
            caveats=known,
            values={region: _value(row) for region, row in held.items()},
            percentiles=_rank(held, about["higher_is_better"]),
            **about,
        )
    return found


def _describe(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "title": Text(row["title_en"], row["title_nl"] or row["title_en"]),
        "source": row["source"],
        "source_title": Text(row["source_en"], row["source_nl"]),
        "unit": Text(row["unit"] or "", row["unit"] or ""),
        "period": row["period"] or "",
        "level": row["level"] or "",
        "higher_is_better": row["higher_is_better"],
    }


def _value(row: Mapping[str, Any]) -> Value:
    return Value(
        row["value"], row["region_published"], row["flag"] or "", row["is_national"],
        row["record_id"],
    )  # fmt: skip


def _rank(
    held: Mapping[str, Mapping[str, Any]], higher_is_better: bool | None
) -> Mapping[str, float]:
    if higher_is_better is None:
        return {}
    values = np.array([row["value"] for row in held.values()], np.float64)
    ranks = rank_percentiles(values, higher_is_better=higher_is_better)
    return dict(zip(held, ranks.tolist(), strict=True))


def _read_names(con: duckdb.DuckDBPyConnection, wanted: Sequence[str]) -> list[dict[str, Any]]:
    return read_rows(
        con,
        """
        select n.*, s.title_en as source_en, s.title_nl as source_nl
        from indicator_name n join source s using (source)
        where n.indicator in (select unnest($wanted))
        qualify row_number() over (partition by n.indicator order by n.record_id desc) = 1
        order by n.indicator
        """,
        {"wanted": list(wanted)},
    )


def _read_values(
    con: duckdb.DuckDBPyConnection, wanted: Sequence[str]
) -> Mapping[str, dict[str, dict[str, Any]]]:
    found: dict[str, dict[str, dict[str, Any]]] = {}
    rows = read_rows(
        con,
        "select * from region_indicator where indicator in (select unnest($wanted)) "
        "order by indicator, region",
        {"wanted": list(wanted)},
    )
    for row in rows:
        found.setdefault(row["indicator"], {})[row["region"]] = row
    return found


def _read_caveats(con: duckdb.DuckDBPyConnection) -> Mapping[str, tuple[str, ...]]:
    rows = con.execute(
        "select distinct source, caveat from caveat order by source, caveat"
    ).fetchall()
    found: dict[str, tuple[str, ...]] = {}
    for source, caveat in rows:
        found[source] = (*found.get(source, ()), caveat)
    return found
