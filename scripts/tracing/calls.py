"""Recomputes the figures about calls: counts, budgets, strengths and parts, from the files themselves.

Words are looked for token by token, not with the product's patterns; the words of a chain are those
that its page names.
"""

from __future__ import annotations

import gzip
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from scripts.tracing.page import Shown, key_of
from scripts.tracing.raw import Raw
from scripts.tracing.site import Site
from scripts.tracing.words import Lexicon, read_tokens

STATED = {
    "call_budget_eur": ("totalBudgetEur", ""),
    "call_contribution_min_eur": ("minContributionEur", "budgetMin"),
    "call_contribution_max_eur": ("maxContributionEur", "budgetMax"),
    "call_grants": ("expectedGrants", "expectedGrants"),
}
MEASURES = frozenset({
    "calls", "chain_calls", "chain_calls_budget_eur", "part_calls", "call_strength",
    "part_projects", "part_lift", *STATED,
})  # fmt: skip
_WEIGHT = {"title": 3.0, "keywords": 1.5, "description": 1.0}
_STATES = {"Open for submission": "open", "Forthcoming": "forthcoming", "Closed": "closed"}
_KIND = {"COMPETITIVE_CALL": "cascade", "PROSPECTS": "external"}
_ACTIONS = {
    "RIA", "IA", "CSA", "IAFLAG", "COFUND", "PCP", "PPI", "LS", "TMA", "SGA", "FPA", "PRIZE", "TWO",
    "SINGLE", "STAGE", "SG",
}  # fmt: skip


@dataclass
class Held:
    """What came of it."""

    recomputed: int = 0
    differences: list[str] = field(default_factory=list)
    not_recomputed: list[str] = field(default_factory=list)


def hold_calls(site: Site, raw: Raw, data: Path, figures: dict[str, Shown]) -> Held:
    """Hold every figure about calls against what the files say."""
    held = Held()
    ledger: _Ledger | None = None
    for key, shown in sorted(figures.items()):
        if not is_of_calls(shown) or shown.raw is None:
            continue
        ledger = ledger or _Ledger(site, raw, data)
        found = ledger.recompute(_scope(shown))
        if found is None:
            held.not_recomputed.append(key)
            continue
        held.recomputed += 1
        if not math.isclose(found, float(shown.raw), rel_tol=1e-9, abs_tol=1e-3):
            held.differences.append(f"{key}: shown {shown.raw}, the files give {found}")
    return held


def is_of_calls(shown: Shown) -> bool:
    """Say whether a figure is about calls."""
    return _scope(shown).get("measure", "") in MEASURES


def _scope(shown: Shown) -> dict[str, str]:
    return dict(parse_qsl(key_of(shown.why), keep_blank_values=True))


@dataclass
class _Call:
    """One call as both files together have it."""

    name: str
    part: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    state: str = ""
    deadline: str = ""
    group: str = ""
    stated: dict[str, float] = field(default_factory=dict)

    def is_on(self, day: str | None) -> bool:
        return day is None or (
            self.state != "closed" and (not self.deadline or self.deadline >= day)
        )


class _Ledger:
    def __init__(self, site: Site, raw: Raw, data: Path) -> None:
        self._site, self._raw, self._data = site, raw, data

    def recompute(self, scope: dict[str, str]) -> float | None:
        measure, day = scope["measure"], scope.get("on")
        if measure in STATED:
            return self.calls[scope["call"]].stated.get(measure)
        if measure == "calls":
            return float(sum(call.is_on(day) for call in self.calls.values()))
        chain = scope["chain"]
        if measure in ("part_projects", "part_lift"):
            part = scope["programme_part"]
            mine, placed, paid, whole = self._paid(chain)
            share = mine[part] / placed
            return float(mine[part]) if measure == "part_projects" else share / (paid[part] / whole)
        found = self._found(chain)
        if measure == "call_strength":
            held = Counter(t for terms in self._held(chain).values() for t in terms)
            every = len(self.calls)
            return sum(
                max(_WEIGHT[place] for place in places) * math.log(every / held[term])
                for term, places in found[scope["call"]].items()
            )
        if measure == "part_calls":
            part = scope["programme_part"]
            rest = (c for c in self.calls.values() if c.part == part and not found[c.name])
            return float(sum(call.is_on(day) for call in rest))
        counted = [c for c in self.calls.values() if found[c.name] and c.is_on(day)]
        return float(len(counted)) if measure == "chain_calls" else self._budget(counted)

    def _budget(self, counted: list[_Call]) -> float:
        """Add up what calls state; what topics of one call state together counts once."""
        total, once = 0.0, set()
        for call in counted:
            amount = call.stated.get("call_budget_eur")
            if amount is None:
                continue
            others = [
                c for c in self.calls.values()
                if c.group == call.group and c.stated.get("call_budget_eur") == amount
            ]  # fmt: skip
            if call.group and len(others) > 1 and not any(map(_fits, others)):
                once.add((call.group, amount))
            else:
                total += amount
        return total + sum(amount for _, amount in once)

    # --- words ----------------------------------------------------------------------------------

    @lru_cache(maxsize=8)  # noqa: B019 - as long as the ledger
    def _definition(self, chain: str) -> dict[str, Any]:
        found: dict[str, Any] = self._site.twin(f"/en/chains/{chain}")["view"]["chain"]
        return found

    @lru_cache(maxsize=8)  # noqa: B019
    def _held(self, chain: str) -> dict[str, dict[str, set[str]]]:
        """Give for each call the words it holds, whether they count or not, with their places."""
        said = self._definition(chain)
        lexicon = Lexicon(dict.fromkeys([*said["words"], *said["near_words"]]))
        others = Lexicon(said["not_words"])
        found = {}
        for call in self.calls.values():
            met: dict[str, set[str]] = defaultdict(set)
            for place, text in call.texts.items():
                read = others.cut(text.lower())
                for word in lexicon.find(read, read_tokens(read)):
                    met[word].add(place)
            found[call.name] = dict(met)
        return found

    @lru_cache(maxsize=8)  # noqa: B019
    def _found(self, chain: str) -> dict[str, dict[str, set[str]]]:
        """Give for each call the words that count."""
        said = self._definition(chain)
        weak = set(said["near_words"]) - set(said["words"])
        mine, placed, paid, whole = self._paid(chain)
        near = {
            part
            for part, count in mine.items()
            if count >= 5 and (count / placed) / (paid[part] / whole) >= 4
        }
        return {
            name: {
                word: places
                for word, places in met.items()
                if word not in weak or self.calls[name].part in near
            }
            for name, met in self._held(chain).items()
        }

    @lru_cache(maxsize=8)  # noqa: B019
    def _paid(self, chain: str) -> tuple[Counter[str], int, Counter[str], int]:
        """Give by part the chain's projects and all projects, each with how many have a part."""
        con = self._raw.con
        rows = con.execute(
            "select distinct project from hit where chain = ? and way = 'word'", [chain]
        ).fetchall()
        mine = {project for (project,) in rows}
        parts: dict[str, set[str]] = defaultdict(set)
        for project, topic in con.execute(
            "select project, topic from top where topic is not null order by project, topic"
        ).fetchall():
            parts[_part_of(topic)].add(project)
        whole = set().union(*parts.values())
        return (
            Counter({part: len(found & mine) for part, found in parts.items()}),
            len(whole & mine),
            Counter({part: len(found) for part, found in parts.items()}),
            len(whole),
        )

    # --- the two files --------------------------------------------------------------------------

    @cached_property
    def calls(self) -> dict[str, _Call]:
        """Every call by the name that its page has."""
        found: dict[str, _Call] = {}
        for _, file in sorted(self._raw.files.items()):  # the dated file comes first
            if file["source"] != "calls":
                continue
            path = self._data / str(file["path"]) / str(file["name"])
            read = _read_glued(path) if path.suffix == ".gz" else _read_list(path)
            for name, identifier, kind, more in read:
                call = found.setdefault(name, _Call(name))
                if kind == "topic":
                    call.part = _part_of(identifier)
                for key, value in more.items():
                    _put(call, key, value)
        return found


def _put(call: _Call, key: str, value: Any) -> None:
    """Keep a value; the dated file is read first, so that its own stand, but for texts."""
    if value in (None, ""):
        return
    if key in ("title", "keywords"):
        call.texts.setdefault(key, value)
    elif key == "description":
        call.texts[key] = value
    elif key in STATED:
        call.stated.setdefault(key, float(value))
    elif not getattr(call, key):
        setattr(call, key, value)


def _fits(call: _Call) -> bool:
    said = call.stated
    names = ("call_grants", "call_contribution_min_eur", "call_contribution_max_eur")
    if not all(name in said for name in names) or not said["call_grants"]:
        return False
    each = said["call_budget_eur"] / said["call_grants"]
    return 0.9 * said[names[1]] <= each <= 1.1 * said[names[2]]


def _read_list(path: Path) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    for row in json.loads(path.read_text("utf-8-sig"))["grants"]:
        name, kind = _name(row["id"], row["identifier"])
        budget = row["budget"] or {}
        is_cascade = kind == "cascade" and row["callTitle"]
        yield (
            name,
            row["identifier"],
            kind,
            {
                "title": row["callTitle"] if is_cascade else row["title"],
                "description": row["abstract"],
                "state": _STATES.get(row["status"]["label"], ""),
                "deadline": (row["deadlineDate"] or "")[:10],
                "group": row["callIdentifier"],
                **{measure: budget.get(keys[0]) for measure, keys in STATED.items()},
            },
        )


def _read_glued(path: Path) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    text = gzip.decompress(path.read_bytes()).decode("utf-8-sig").strip()
    decoder, at, seen = json.JSONDecoder(), 0, set()
    while at < len(text):
        try:
            row, at = decoder.raw_decode(text, at)
        except ValueError:
            following = text.find('}{"', at)
            at = following + 1 if following >= 0 else len(text)
            continue
        if row["reference"] in seen:
            continue
        seen.add(row["reference"])
        name, kind = _name(row["reference"], row["topicId"])
        own = {row["topicId"], row["callIdentifier"]}
        words = [word.strip() for word in row["keywords"].split(",")]
        yield (
            name,
            row["topicId"],
            kind,
            {
                "title": _sound(row["title"]),
                "description": _sound(row["description"]),
                "keywords": _sound(", ".join(w for w in words if w and w not in own)),
                "state": row["callStatus"],
                "deadline": row["deadline"],
                "group": row["callIdentifier"],
                **{measure: row.get(keys[1]) for measure, keys in STATED.items() if keys[1]},
            },
        )


def _sound(text: str) -> str:
    """Put a dash for every run of signs that a wrong reading damaged: no word that counts has one."""
    return re.sub(r"[^\x00-\x7f]+", " - ", text)


def _name(reference: str, identifier: str) -> tuple[str, str]:
    digits = re.match(r"\d+", reference)
    kind = _KIND.get(re.sub(r"^\d+|(?:en|EN)$", "", reference), "topic")
    if kind != "topic" and digits:
        return f"{kind}-{digits[0]}", kind
    return re.sub(r"[^A-Za-z0-9._-]+", "-", identifier), kind


def _part_of(topic: str) -> str:
    words = [word for word in re.split("[-_.]", topic.upper()) if word]
    return "-".join([w for w in words if not w.isdigit() and w not in _ACTIONS][:3])
