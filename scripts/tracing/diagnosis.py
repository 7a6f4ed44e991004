"""Recomputes the figures of specialisation and cross-over, each from the figures it says it is made of.

Shown numbers are rounded, so that what is made of them is held within the room that rounding leaves.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from scipy.stats import gamma, nchypergeom_fisher

from scripts.tracing.canvas import Held
from scripts.tracing.page import Shown, key_of
from scripts.tracing.raw import Raw
from scripts.tracing.site import Site

MEASURES = frozenset({
    "specialisation", "location_quotient", "expected_projects", "specialisation_percentile",
    "regions_compared", "regional_presence", "regional_likeness", "projects_together",
    "crossover_expected", "crossover_by_chance", "crossover_elsewhere", "crossover_ratio",
    "crossover_pairs",
})  # fmt: skip
# Of all European regions at once: raw columns do not say in which region an address lies, and their rows
# are most of the files.
_OF_EUROPE = frozenset({
    "regional_presence", "regional_likeness", "regions_compared", "specialisation_percentile",
})  # fmt: skip
_LEVEL = 0.95


def is_of_diagnosis(shown: Shown) -> bool:
    """Say whether a figure is one of specialisation or cross-over."""
    return dict(parse_qsl(key_of(shown.why))).get("measure", "") in MEASURES


def hold_diagnosis(site: Site, raw: Raw, figures: dict[str, Shown]) -> Held:
    """Hold every such figure against what it says it is made of, and its parts in turn."""
    held = Held()
    ledger = _Ledger(site, raw, held)
    for shown in figures.values():
        if is_of_diagnosis(shown) and shown.raw is not None:
            ledger.hold(shown.why, float(shown.raw))
    return held


class _Ledger:
    def __init__(self, site: Site, raw: Raw, held: Held) -> None:
        self._site, self._raw, self._held = site, raw, held
        self._known: set[str] = set()

    def hold(self, why: str, value: float) -> None:
        """Compare a figure with what its parts make of it, once."""
        key = key_of(why)
        if key in self._known:
            return
        self._known.add(key)
        path, _, query = why.partition("?")
        if dict(parse_qsl(query))["measure"] in _OF_EUROPE:
            self._held.not_recomputed.append(key)
            return
        told = self._site.twin(f"{path}?{query}")["why"]
        for _, part in told["parts"]:
            if part["measure"] in MEASURES:
                self.hold(part["why"], float(part["value"]))
            else:
                text = None if part["value"] is None else str(part["value"])
                self._held.parts.setdefault(key_of(part["why"]), Shown(part["why"], text, "", ""))
        scope = dict(parse_qsl(query, keep_blank_values=True))
        found = self._recompute(scope, told)
        if found is None:
            self._held.not_recomputed.append(key)
        elif all(low <= at <= high for at, (low, high) in found):
            self._held.recomputed += 1
        else:
            self._held.differences.append(f"{key}: shown {value}, its parts give {found}")

    def _recompute(
        self, scope: dict[str, str], told: dict[str, Any]
    ) -> list[tuple[float, tuple[float, float]]] | None:
        """Give each number shown, beside the bounds within which its parts put it."""
        parts: dict[str, list[float]] = {}
        for _, part in told["parts"]:
            parts.setdefault(part["measure"], []).append(float(part["value"] or 0))
        value = float(told["figure"]["value"])
        given = [float(part["value"] or 0) for _, part in told["parts"]]
        match scope["measure"]:
            case "specialisation":
                return _estimate(told["figure"], parts)
            case "location_quotient":
                return [(value, _divided(given[0], given[1]))]
            case "expected_projects":
                return [(value, _near(given[0] * given[1] / given[2]))]
            case "projects_together":
                return [(value, _near(self._count_together(scope, told)))]
            case "crossover_by_chance":
                return [(value, _near(given[0] * given[1] / given[2]))]
            case "crossover_expected":
                first, second, total, *europe, together = given
                return [(value, _near(_expect((together, first, second, total), europe)))]
            case "crossover_elsewhere":
                both, first, second, total = (
                    europe - here for europe, here in zip(given[:4], given[4:], strict=True)
                )
                return [(value, _near(both * total / (first * second)))]
            case "crossover_ratio":
                return [(value, _divided(given[0], given[1]))]
            case "crossover_pairs":
                return [(value, _near(float(len(given))))]
        return None

    def _count_together(self, scope: dict[str, str], told: dict[str, Any]) -> float:
        """Count the projects among the rows listed; fields must stand in the publisher's own table."""
        places = [(record >> 32, record & 0xFFFFFFFF) for record in told["record_ids"]]
        con = self._raw.con
        con.execute("create or replace table held(file_no int, line bigint)")
        if places:
            con.executemany("insert into held values (?, ?)", [[*place] for place in places])
        tests = [
            "o.project in (select f.project from fld f where f.code = ? or starts_with(f.code, ? || '/'))"
            for name in ("first", "second")
            if scope[name].startswith("/")
        ]
        codes = [scope[name] for name in ("first", "second") if scope[name].startswith("/")]
        row = con.execute(
            "select count(distinct o.project) from org o join held using (file_no, line) "
            f"where {' and '.join(tests) or 'true'}",
            [code for code in codes for _ in range(2)],
        ).fetchone()
        return float(row[0]) if row else 0.0


def _estimate(
    figure: dict[str, Any], parts: dict[str, list[float]]
) -> list[tuple[float, tuple[float, float]]]:
    found = parts.get("projects", [0.0])[0]
    shape, expected = parts["regional_likeness"][0], parts["expected_projects"][0]
    tail = (1 - _LEVEL) / 2
    shown = (figure["value"], figure["interval"]["low"], figure["interval"]["high"])
    held = []
    # What the rounding of the two parts leaves open lies between these corners.
    corners = [(shape + a, expected + b) for a in (-0.005, 0.005) for b in (-0.05, 0.05)]
    posterior = [gamma(a + found, scale=1 / (a + e)) for a, e in corners if a > 0 and a + e > 0]
    for number, each in zip(
        shown,
        (
            [one.mean() for one in posterior],
            [one.ppf(tail) for one in posterior],
            [one.ppf(1 - tail) for one in posterior],
        ),
        strict=True,
    ):
        held.append((float(number), (min(each) - 0.006, max(each) + 0.006)))
    return held


def _expect(here: tuple[float, ...], europe: list[float]) -> float:
    """Give the mean of Fisher's noncentral hypergeometric at the odds ratio found elsewhere."""
    first, second, total, both = europe[1], europe[2], europe[3], europe[0]
    both, first, second, total = (
        whole - part for whole, part in zip((both, first, second, total), here, strict=True)
    )
    only_first, only_second = first - both + 0.5, second - both + 0.5
    odds = (both + 0.5) * (total - first - second + both + 0.5) / (only_first * only_second)
    return float(nchypergeom_fisher.mean(int(here[3]), int(here[1]), int(here[2]), odds))


def _near(value: float) -> tuple[float, float]:
    """Give the room that rounding leaves: two decimals, one from ten on."""
    room = 0.0501 if value >= 9.9 else 0.00501
    return value - room, value + room


def _divided(count: float, by: float) -> tuple[float, float]:
    """Give the room that the rounding of the divisor and of the quotient leave."""
    room = 0.0501 if by >= 9.9 else 0.00501
    high = count / (by - room) if by > room else float("inf")
    return count / (by + room) - 0.006, high + 0.006
