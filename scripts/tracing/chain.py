"""Finds anew which projects are about a value chain, and holds the page of See against them.

Definitions are read from the workspace's own file, texts from the publishers' rows; words are met token
by token. In which region a row lies only the pages know: those rows are taken as they list them.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from scripts.tracing.ledger import Traced
from scripts.tracing.lines import Line, read_definitions, read_lines
from scripts.tracing.page import Shown, read_page
from scripts.tracing.raw import Raw
from scripts.tracing.site import Site
from scripts.tracing.words import Lexicon, read_tokens

_OUTSIDE = "none"
_TERMS = 200
_TEXTS = """
    select project, file_no, line, title from proj where title is not null
    union all select project, file_no, line, objective from proj where objective is not null
    union all select project, file_no, line, title from top where title is not null
    order by 2, 3"""

Hit = tuple[str, str, str, str, int, int]


def find_projects(raw: Raw, home: Path, built_at: str) -> None:
    """Write the table `hit`: chain, way (word, field, topic), term, project, and the row that says so."""
    raw.con.execute(
        "create or replace table hit(chain varchar, way varchar, term varchar, project varchar, "
        "file_no int, line bigint)"
    )
    lines = read_lines(home, built_at)
    chains = read_definitions(lines, "chain")
    rows = _obey(raw, lines, set(chains), [*_meet_words(raw, chains), *_meet_codes(raw, chains)])
    if rows:
        path = raw.scratch / "hit.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(sorted(set(rows)))
        raw.con.execute(f"insert into hit from read_csv('{path}', header=false, all_varchar=true)")


def place_regions(site: Site, raw: Raw, figures: dict[str, Shown]) -> None:
    """Write the table `within`: the rows that the pages list for each region asked with a chain."""
    raw.con.execute("create or replace table within(region varchar, file_no int, line bigint)")
    asked = {
        traced.scope["region"]
        for traced in (Traced(0, key, None) for key in figures)
        if traced.has_placed_region
    }
    for region in sorted(asked):
        query = urlencode({"measure": "participations", "region": region})
        listed, _ = site.page(f"/en/why/places.csv?{query}")
        path = raw.scratch / "within.csv"
        path.write_text(listed, "ascii")
        raw.con.execute(
            f"insert into within select ?, file_no, line from read_csv('{path}', header=true, "
            "columns={'record_id': 'bigint', 'file_no': 'int', 'line': 'bigint'})",
            [region],
        )


def hold_see(site: Site, raw: Raw, home: Path) -> list[str]:
    """Hold parties, what put them there, ties and terms of every chain; gives what does not hold."""
    faults: list[str] = []
    lines = read_lines(home)
    chains = read_definitions(lines, "chain")
    for row in site.twin("/en/chains")["chains"]:
        chain = str(row["chain"]["chain"])
        view = site.twin(f"/en/chains/{chain}")["view"]
        region = str(view["projects"]["scope"]["region"])
        said = [
            line
            for line in lines
            if line["kind"] == "party-stage" and line["object"] == f"chain:{chain}"
        ]
        held = _Chain(raw, chain, region, chains[chain]["stages"], said)
        shown, _ = site.page(f"/en/chains/{chain}")
        faults += [
            f"chains/{chain}: {fault}"
            for fault in (*held.parties(view, shown), *held.ties(view), *held.terms(view))
        ]
    return faults


class _Chain:
    """What the rows say of one chain in its regions."""

    def __init__(
        self, raw: Raw, chain: str, region: str, stages: list[dict[str, Any]], said: list[Line]
    ) -> None:
        self._con, self._chain, self._region = raw.con, chain, region
        self._stages = [
            (stage, Lexicon(stage.get("words", ())), stage.get("kinds", ())) for stage in stages
        ]
        self._seats = (
            "(select distinct o.ident, o.project from org o join within w using (file_no, line) "
            "where w.region = $region and o.project in "
            "(select project from hit where chain = $chain))"
        )
        self._placed = self._read_placed(said)

    def parties(self, view: dict[str, Any], shown: str) -> Iterator[str]:
        """Compare who is named, where, and by what, with whose projects these are."""
        terms: dict[str, set[str]] = defaultdict(set)
        for ident, term in self._ask(
            f"select distinct s.ident, h.term from {self._seats} s "
            "join hit h using (project) where h.chain = $chain"
        ):
            terms[ident].add(term)
        named = [
            (stage["stage"]["stage"], party)
            for stage in view["stages"]
            for party in stage["parties"]
        ]
        named += [(_OUTSIDE, party) for party in view["outside"]]
        idents = [party["organisation"]["organisation_id"] for _, party in named]
        yield from _compare("parties", set(idents), set(terms) | set(self._placed))
        if len(set(idents)) < len(idents):
            yield "a party stands in two stages"
        for stage, party in named:
            ident = party["organisation"]["organisation_id"]
            right = self._placed.get(ident) or self._propose(party)
            if stage != right:
                yield f"{ident} stands in {stage}, and belongs in {right}"
            met = {match["term"] for match in party["matches"]}
            yield from _compare(f"what put {ident} here", met, terms[ident])
        inside = {
            ident for ident, (stage, _) in zip(idents, named, strict=True) if stage != _OUTSIDE
        }
        scopes = [dict(parse_qsl(figure.key)) for figure in read_page(shown).figures]
        printed = {
            scope["organisation"]
            for scope in scopes
            if scope["measure"] == "projects" and "organisation" in scope
        }
        yield from _compare("parties in print", printed, inside)
        self._inside = inside

    def _propose(self, party: dict[str, Any]) -> str:
        """Give the stage that the definition proposes: by a word in the name, else by kind and size.

        Kind and size are those that the page gives; firms of unknown size count as small.
        """
        label = party["organisation"]
        name = f"{label['name'] or ''} {label['short_name'] or ''}".lower()
        for stage, words, _ in self._stages:
            if words.find(name, read_tokens(name)):
                return str(stage["stage"])
        kind = label["kind"] or "unknown"
        fitting = (
            stage["stage"]
            for stage, _, kinds in self._stages
            if kind in kinds and stage.get("sme") in (None, party["is_sme"])
        )
        return str(next(fitting, self._stages[-1][0]["stage"]))

    def ties(self, view: dict[str, Any]) -> Iterator[str]:
        """Compare the pairs named with those that share a project."""
        shown = {
            (tie["one"]["organisation_id"], tie["other"]["organisation_id"]) for tie in view["ties"]
        }
        rows = self._ask(
            f"select distinct s.ident, o.ident from {self._seats} s join org o using (project) "
            "where s.ident < o.ident"
        )
        found = {(one, other) for one, other in rows if {one, other} <= self._inside}
        yield from _compare("pairs", shown, found)

    def terms(self, view: dict[str, Any]) -> Iterator[str]:
        """Compare the words, topics and fields named with those met here."""
        rows = self._ask(
            f"select distinct h.term from {self._seats} s join hit h using (project) "
            "where h.chain = $chain"
        )
        shown = {match["term"] for match, _ in view["terms"]}
        if len(rows) < _TERMS:
            yield from _compare("terms", shown, {term for (term,) in rows})

    def _read_placed(self, said: list[Line]) -> dict[str, str]:
        """Give where people placed organisations, by the organisation that the record belongs to now."""
        known = {
            str(key): str(ident)
            for key, ident in self._con.execute("select distinct key, ident from org").fetchall()
        }
        idents = set(known.values())
        placed = {}
        for line in said:
            ident = known.get(line["subject"], line["subject"])
            if ident in idents:
                placed[ident] = line["value"]["stage"]
        return placed

    def _ask(self, sql: str) -> list[Any]:
        # Only parameters that a statement names may be given.
        given = {"chain": self._chain, "region": self._region}
        return self._con.execute(sql, given).fetchall()


def _meet_words(raw: Raw, chains: dict[str, dict[str, Any]]) -> Iterator[Hit]:
    """Give every word met; those that say little by themselves only in projects of a near field."""
    held = [
        (
            chain,
            Lexicon([*said["words"], *said.get("near_words", ())]),
            Lexicon(said.get("not_words", ())) if said.get("not_words") else None,
            set(said.get("near_words", ())) - set(said["words"]),
            _in_fields(raw, said.get("near_fields", ())),
        )
        for chain, said in sorted(chains.items())
    ]
    for project, file_no, line, text in raw.con.execute(_TEXTS).fetchall() if held else ():
        lower = text.lower()
        tokens = read_tokens(lower)
        for chain, words, others, weak, near in held:
            read = others.cut(lower) if others else lower
            found = words.find(read, read_tokens(read) if others else tokens)
            for word in found if project in near else found - weak:
                yield chain, "word", word, project, file_no, line


def _meet_codes(raw: Raw, chains: dict[str, dict[str, Any]]) -> Iterator[Hit]:
    """Give every field of a chain with all below it, and every topic by its beginning."""
    fields = raw.con.execute("select project, file_no, line, code from fld").fetchall()
    topics = raw.con.execute("select project, file_no, line, topic from top").fetchall()
    for chain, said in chains.items():
        wanted = {tuple(code.split("/")) for code in said.get("fields", ())}
        for project, file_no, line, code in fields:
            steps = tuple((code or "").split("/"))
            if any(steps[:depth] in wanted for depth in range(1, len(steps) + 1)):
                yield chain, "field", code, project, file_no, line
        heads = tuple(said.get("topics", ()))
        for project, file_no, line, topic in topics:
            if heads and (topic or "").startswith(heads):
                yield chain, "topic", topic, project, file_no, line


def _obey(raw: Raw, lines: list[Line], chains: set[str], hits: list[Hit]) -> list[Hit]:
    """Take out what an editor denied, and put in what one said is about a chain."""
    said = {
        (line["object"].removeprefix("chain:"), line["subject"]): line["value"].get("label")
        for line in lines
        if line["kind"] == "about" and line["object"].startswith("chain:") and line["value"]
    }
    kept = [hit for hit in hits if said.get((hit[0], hit[3])) != "none"]
    rows = raw.con.execute("select project, file_no, line from proj order by all").fetchall()
    at = {project: (file_no, line) for project, file_no, line in rows} if said else {}
    return kept + [
        (chain, "editor", ":editor", project, *at[project])
        for (chain, project), label in said.items()
        if label == "about" and chain in chains and project in at
    ]


def _in_fields(raw: Raw, codes: list[str]) -> set[str]:
    rows = raw.con.execute("select project, code from fld where code is not null").fetchall()
    return {
        project
        for project, code in rows
        if any(code == near or code.startswith(f"{near}/") for near in codes)
    }


def _compare(what: str, shown: set[Any], found: set[Any]) -> Iterator[str]:
    """Say what is named and not found, and what is found and not named."""
    for them, how in ((shown - found, "named, not found"), (found - shown, "found, not named")):
        if them:
            some = ", ".join(str(each) for each in sorted(them)[:3])
            yield f"{what}: {len(them)} {how} ({some})"
