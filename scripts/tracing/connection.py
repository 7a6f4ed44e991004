"""Recomputes the figures of Connect: scores of pairs, and the whole back-test, from the publisher's rows.

Nothing of the product's own way is used: every ranking is sorted in full, with a plain sort.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, quote

import numpy as np
import numpy.typing as npt
import scipy.sparse as sparse

from scripts.tracing.page import Shown, key_of
from scripts.tracing.raw import Raw
from scripts.tracing.site import Site

PAIRS = frozenset({"adamic_adar", "common_partners"})
TESTS = frozenset({
    "backtest_hits", "backtest_precision", "backtest_reciprocal_rank", "backtest_gain",
    "backtest_organisations",
})  # fmt: skip
_LEAST, _HEAD, _AT_ONCE = 3, 10, 200
_ERRORS = 5.0  # standard errors that a mean over lots drawn may lie from what is to be expected
Counts = npt.NDArray[np.float64]


@dataclass
class Held:
    """What came of it."""

    recomputed: int = 0
    differences: list[str] = field(default_factory=list)
    not_recomputed: list[str] = field(default_factory=list)


def hold_connections(site: Site, raw: Raw, figures: dict[str, Shown]) -> Held:
    """Hold every figure of Connect against what the rows say."""
    held = Held()
    past: _Past | None = None
    for key, shown in sorted(figures.items()):
        if not is_of_connection(shown) or shown.raw is None:
            continue
        past = past or _Past(site, raw)
        scope = dict(parse_qsl(key_of(shown.why), keep_blank_values=True))
        found = past.score(scope) if scope["measure"] in PAIRS else past.test(scope)
        if found is None:
            held.not_recomputed.append(key)
            continue
        held.recomputed += 1
        room = _ERRORS * past.error(scope) if scope.get("ranking") == "chance" else 0.0
        if not math.isclose(found, float(shown.raw), rel_tol=1e-9, abs_tol=room):
            held.differences.append(f"{key}: shown {shown.raw}, the rows give {found}")
    return held


def is_of_connection(shown: Shown) -> bool:
    """Say whether a figure is one of Connect."""
    measure = dict(parse_qsl(key_of(shown.why), keep_blank_values=True)).get("measure", "")
    return measure in PAIRS or measure in TESTS


class _Past:
    """Who sat with whom in which project, as the rows have it."""

    def __init__(self, site: Site, raw: Raw) -> None:
        self._site, self._raw = site, raw
        found = raw.con.execute(
            "select distinct o.ident, o.project, p.start from org o "
            "left join (select project, min(start) as start from proj group by project) p "
            "on p.project = o.project order by 1, 2"
        ).fetchall()
        self.names = sorted({ident for ident, _, _ in found})
        self._place = {name: place for place, name in enumerate(self.names)}
        self._member = np.array([self._place[ident] for ident, _, _ in found])
        projects = {name: at for at, name in enumerate(dict.fromkeys(row[1] for row in found))}
        self._project = np.array([projects[row[1]] for row in found])
        self._start = np.array([row[2] or date.max for row in found], dtype="datetime64[D]")
        self._tested: dict[str, tuple[Counts, ...]] = {}

    def score(self, scope: dict[str, str]) -> float:
        """Give the score of a pair, or how many both have worked with."""
        whole = self._whole
        one, other = (whole[[self._place[scope[name]]]] for name in ("organisation", "partner"))
        both = np.intersect1d(one.indices, other.indices)
        if scope["measure"] == "common_partners":
            return float(both.size)
        known = np.diff(whole.indptr)[both]
        return float(math.fsum(1 / math.log(count) for count in known))

    def test(self, scope: dict[str, str]) -> float | None:
        """Give a figure of the back-test."""
        chain = scope.get("chain", "")
        if chain not in self._tested:
            self._tested[chain] = self._rank(chain)
        _, _, *outcomes = self._tested[chain]
        chosen = self._choose(scope)
        if scope["measure"] == "backtest_organisations":
            return float(chosen.sum())
        hits = dict(zip(("adamic_adar", "popularity", "chance"), outcomes[:3], strict=True))
        firsts = dict(zip(("adamic_adar", "popularity", "chance"), outcomes[3:6], strict=True))
        ranking = scope["ranking"]
        match scope["measure"]:
            case "backtest_hits":
                return float(hits[ranking][chosen].mean())
            case "backtest_precision":
                return float(hits[ranking][chosen].mean() / _HEAD)
            case "backtest_gain" if ranking != "chance":
                return float((hits[ranking] - hits["popularity"])[chosen].mean())
            case "backtest_reciprocal_rank" if ranking in firsts:
                return float(firsts[ranking][chosen].mean())
        return None

    def error(self, scope: dict[str, str]) -> float:
        """Give the standard error of a mean over organisations of what one lot for each gave."""
        chosen = self._choose(scope)
        *_, of_hits, of_firsts = self._tested[scope.get("chain", "")]
        is_first = scope["measure"] == "backtest_reciprocal_rank"
        spread = (of_firsts if is_first else of_hits)[chosen]
        error = math.sqrt(float(spread.sum())) / spread.size
        return error / _HEAD if scope["measure"] == "backtest_precision" else error

    def _choose(self, scope: dict[str, str]) -> npt.NDArray[np.bool_]:
        """Say which of those asked about are of the country, and met somebody new where that counts."""
        asked, found, *_ = self._tested[scope.get("chain", "")]
        chosen = np.ones(asked.size, dtype=bool)
        if country := scope.get("country", ""):
            chosen = np.array([self._countries.get(self.names[int(n)]) == country for n in asked])
        return chosen & (found > 0) if "asked" in scope else chosen

    @cached_property
    def _whole(self) -> sparse.csr_array:
        return self._join(np.ones(self._start.size, dtype=bool))

    @cached_property
    def _countries(self) -> dict[str, str]:
        """Give where each organisation is; where its rows disagree, its page says which row holds."""
        rows = self._raw.con.execute(
            "select ident, min(country), count(distinct country) from org where country is not null "
            "group by ident order by ident"
        ).fetchall()
        asked = {self.names[int(place)] for place in self._tested[""][0]}
        found = {}
        for ident, country, many in rows:
            found[ident] = country
            if many > 1 and ident in asked:
                page = self._site.twin(f"/en/organisations/{quote(ident, safe=':')}")
                found[ident] = page["organisation"]["label"]["country"]
        return found

    @cached_property
    def _days(self) -> tuple[np.datetime64, np.datetime64]:
        chain = self._site.twin("/en/chains")["chains"][0]["chain"]["chain"]
        told = self._site.twin(f"/en/chains/{chain}/connections")["backtest"]
        return np.datetime64(told["trained_to"]), np.datetime64(told["tested_from"])

    def _join(self, rows: npt.NDArray[np.bool_]) -> sparse.csr_array:
        """Give who met whom in the projects of these rows."""
        size, projects = len(self.names), int(self._project.max()) + 1
        ones = np.ones(int(rows.sum()))
        sat = sparse.csr_array((ones, (self._member[rows], self._project[rows])), (size, projects))
        met = sparse.csr_array(sat @ sat.T)
        met.setdiag(0)
        met.eliminate_zeros()
        met.sort_indices()
        return sparse.csr_array((np.ones(met.nnz), met.indices, met.indptr), (size, size))

    def _rank(self, chain: str) -> tuple[Counts, ...]:
        """Rank for all, in full: whom was asked about, the new partners, hits, reciprocal ranks."""
        trained_to, tested_from = self._days
        before, after = self._start <= trained_to, self._start >= tested_from
        known, later = self._join(before), self._join(after & (self._start < np.datetime64("9000")))
        between = self._join(~before & ~after)
        seats = np.bincount(self._member[before], minlength=len(self.names))
        asked = np.flatnonzero(seats >= _LEAST)
        if chain:
            asked = np.intersect1d(asked, self._members_of(chain, trained_to))
        degrees = np.diff(known.indptr)
        weights = np.where(degrees > 1, 1 / np.log(np.maximum(degrees, 2)), 0.0)
        reach = sparse.csr_array(sparse.diags_array(weights) @ known)[:, asked]
        out = known[asked][:, asked] + between[asked][:, asked]
        right = later[asked][:, asked]
        outcome = np.zeros((9, asked.size))  # the last two: how far lots lie apart, squared
        # Whoever met none of the others afterwards has nothing to be right about.
        active = np.flatnonzero(np.diff(right.indptr))
        for start in range(0, active.size, _AT_ONCE):
            some = active[start : start + _AT_ONCE]
            barred = out[some].toarray() > 0
            barred[np.arange(some.size), some] = True
            relevant = (right[some].toarray() > 0) & ~barred
            outcome[0, some] = relevant.sum(axis=1)
            possible = np.maximum((~barred).sum(axis=1), 1)
            outcome[3, some], outcome[7, some] = _hits_by_lot(outcome[0, some], possible)
            outcome[6, some], outcome[8, some] = _first_by_lot(outcome[0, some], possible)
            shared = np.round((known[asked[some]] @ reach).toarray(), 12)
            shared[shared == 0] = -np.inf
            popular = np.outer(degrees[asked[some]], degrees[asked]).astype(float)
            for place, scores in ((1, shared), (2, popular)):
                scores[barred] = -np.inf
                order = np.argsort(-scores, axis=1, kind="stable")
                came = np.take_along_axis(relevant & np.isfinite(scores), order, axis=1)
                outcome[place, some] = came[:, :_HEAD].sum(axis=1)
                first = np.where(came.any(axis=1), 1 / (came.argmax(axis=1) + 1.0), 0.0)
                outcome[place + 3, some] = first
        return asked.astype(float), *outcome

    def _members_of(self, chain: str, until: np.datetime64) -> npt.NDArray[np.int64]:
        """Give who had a project of a chain by then; which these are was found anew."""
        rows: list[Any] = self._raw.con.execute(
            "select distinct o.ident from org o join proj p using (project) where p.start <= ? "
            "and o.project in (select project from hit where chain = ?)",
            [str(until), chain],
        ).fetchall()
        return np.array(sorted(self._place[ident] for (ident,) in rows), dtype=np.int64)


def _hits_by_lot(right: Counts, possible: npt.NDArray[np.int64]) -> tuple[Counts, Counts]:
    """Give mean and variance of how many right ones lead an order drawn by lot (hypergeometric)."""
    drawn, share = np.minimum(_HEAD, possible), right / possible
    rest = (possible - drawn) / np.maximum(possible - 1, 1)
    return drawn * share, drawn * share * (1 - share) * rest


def _first_by_lot(right: Counts, possible: npt.NDArray[np.int64]) -> tuple[Counts, Counts]:
    """Give mean and variance of one over the place of the first right one, in an order by lot."""
    left, mean, square = np.ones(right.size), np.zeros(right.size), np.zeros(right.size)
    for place in range(int(possible.max(initial=0))):
        share = np.clip(right / np.maximum(possible - place, 1), 0.0, 1.0)
        mean += left * share / (place + 1)
        square += left * share / (place + 1) ** 2
        left = left * (1 - share)
    return mean, square - mean**2
