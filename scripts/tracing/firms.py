"""Recomputes what share of subsidised firms the EU rows know, from the publisher's list itself.

Which schemes count is read from the words beside the figure. A name that the page withholds because it
may be a person's must look like one here as well; names are made alike letter by letter.
"""

from __future__ import annotations

import csv
import html
import math
import re
import unicodedata
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qsl

from scripts.tracing.canvas import Held
from scripts.tracing.lists import sign_name
from scripts.tracing.page import Shown, key_of
from scripts.tracing.raw import Raw
from scripts.tracing.site import Site

MEASURES = frozenset({"subsidised_firms", "subsidised_firms_found", "coverage_of_firms"})
_LETTERS = str.maketrans({
    "ø": "o", "Ø": "O", "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ł": "l", "Ł": "L",
    "đ": "d", "ð": "d", "þ": "th", "ı": "i", "’": "'", "‘": "'", "´": "'", "`": "'",
})  # fmt: skip
_FORMS = frozenset((
    "bv", "nv", "ua", "ba", "wa", "cv", "vof", "ia", "stichting", "stg", "vereniging", "cooperatie",
    "cooperatieve", "cooperatief", "gmbh", "ltd", "limited", "inc", "llc", "plc", "ag", "kg", "sa",
    "srl", "spa",
))  # fmt: skip
_SPELT_OUT = (
    "besloten vennootschap met beperkte aansprakelijkheid", "besloten vennootschap",
    "naamloze vennootschap", "met beperkte aansprakelijkheid", "met uitgesloten aansprakelijkheid",
)  # fmt: skip
_SHARES = frozenset({"bv", "nv", "gmbh", "ltd", "limited", "inc", "llc", "plc"})
_PERSONAL = frozenset((
    "dhr", "hr", "heer", "mevr", "mevrouw", "mw", "drs", "dr", "prof", "ir", "ing", "mr", "fam",
    "familie", "erven", "echtpaar", "eenmanszaak", "vof", "mts", "maatschap", "firma", "fa",
    "eigenaar", "hodn", "tnv",
))  # fmt: skip
_Z = 1.959963984540054  # of a level of 95 percent


def is_of_firms(shown: Shown) -> bool:
    """Say whether a figure is one of coverage."""
    return dict(parse_qsl(key_of(shown.why))).get("measure", "") in MEASURES


def hold_firms(site: Site, raw: Raw, data: Path, figures: dict[str, Shown]) -> Held:
    """Hold every figure of coverage, with the two that it is made of, against the list itself."""
    held = Held()
    wanted = {key: shown for key, shown in sorted(figures.items()) if is_of_firms(shown)}
    for key, shown in wanted.items():
        if shown.raw is None:
            continue
        scope = dict(parse_qsl(key))
        found = _Firms(site, raw, data, scope["year"])
        held.differences += found.faults
        of, seen = len(found.firms), len(found.known)
        values = {
            "subsidised_firms": of,
            "subsidised_firms_found": seen,
            "coverage_of_firms": seen / of,
        }
        said = {**found.parts, scope["measure"]: float(shown.raw)}
        for measure, value in said.items():
            held.recomputed += 1
            if not math.isclose(value, values[measure], rel_tol=1e-9):
                held.differences.append(
                    f"{measure} {scope['year']}: shown {value}, the list gives {values[measure]}"
                )
        if scope["measure"] == "coverage_of_firms":
            bounds = [float(value) for value, _ in shown.bounds]
            if len(bounds) != 2 or not all(map(_is_close, bounds, wilson(seen, of))):
                held.differences.append(f"{key}: within {bounds}, Wilson gives {wilson(seen, of)}")
    return held


def wilson(seen: float, of: float) -> tuple[float, float]:
    """Give Wilson's bounds of a share: the two roots of (share - p)^2 = z^2 p (1 - p) / n."""
    a, b, c = 1 + _Z**2 / of, -(2 * seen / of + _Z**2 / of), (seen / of) ** 2
    root = math.sqrt(max(b * b - 4 * a * c, 0.0))
    return max(0.0, (-b - root) / (2 * a)), min(1.0, (-b + root) / (2 * a))


def _is_close(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)


class _Firms:
    """The firms of one year, by the name that makes spellings alike."""

    def __init__(self, site: Site, raw: Raw, data: Path, year: str) -> None:
        self._raw, self.faults = raw, list[str]()
        asked = f"/en/why?measure={{}}&year={year}"
        told = site.twin(asked.format("subsidised_firms"))["why"]
        page, _ = site.page(asked.format("subsidised_firms"))
        listed = {(record >> 32, record & 0xFFFFFFFF) for record in told["record_ids"]}
        whole = site.twin(asked.format("coverage_of_firms"))["why"]
        self.parts = {part["measure"]: float(part["value"]) for _, part in whole["parts"]}
        rows = self._read(data, year, _schemes(page))
        for place in sorted(listed - rows.keys()):
            self.faults.append(
                f"subsidised_firms {year}: the row {place} is no firm of such a scheme"
            )
        for place in sorted(rows.keys() - listed):
            if not _may_be_a_person(rows[place]):
                self.faults.append(f"subsidised_firms {year}: the row {place} is left out")
        self._names = {name for place, name in rows.items() if place in listed}
        self.firms = {make_alike(name) for name in self._names} - {""}

    @cached_property
    def known(self) -> set[str]:
        """The firms of which some name is part of an organisation that has a row in a project."""
        idents = set(self._raw.organisations())
        found = {
            make_alike(name)
            for name in self._names
            if self._raw.named.get(f"rijk:{sign_name(name)}") in idents
        }
        return found - {""}

    def _read(self, data: Path, year: str, schemes: set[str]) -> dict[tuple[int, int], str]:
        """Give the names with the form of a company in rows of the schemes, by file and line."""
        found = {}
        for number, file in self._raw.files.items():
            if file["source"] != "rijkssubsidies":
                continue
            path = data / str(file["path"])
            path = path / str(file["name"]) if path.is_dir() else path
            with path.open(encoding="utf-8-sig", newline="") as text:
                rows = csv.DictReader(text)
                for row in rows:
                    name = row["Ontvanger"] or ""
                    if row["Jaar"] == year and _tidy(row["Regeling"]) in schemes and is_firm(name):
                        found[number, rows.line_num] = name
        return found


def make_alike(name: str) -> str:
    """Make a name the same however it is spelled: small plain letters, no legal form, no points."""
    letters = []
    for sign in unicodedata.normalize("NFKD", name.translate(_LETTERS)).lower():
        if sign in ".'" or unicodedata.combining(sign):
            continue
        letters.append(
            " en " if sign == "&" else sign if sign.isascii() and sign.isalnum() else " "
        )
    text = f" {' '.join(''.join(letters).split())} "
    for words in _SPELT_OUT:
        text = text.replace(f" {words} ", " ")
    kept: list[str] = []
    is_run = False
    for word in text.split():  # single letters in a row are one word
        if len(word) == 1 and is_run:
            kept[-1] += word
        else:
            kept.append(word)
        is_run = len(word) == 1
    return " ".join("en" if word == "and" else word for word in kept if word not in _FORMS)


def is_firm(name: str) -> bool:
    """Say whether some word of a name is the form of a company with shares; J.B.V. is initials."""
    words = re.split(r"[^a-z0-9.]+", _plain(name))
    pairs = [f"{one}{two}" for one, two in pairwise(words)]
    return any(word.replace(".", "") in _SHARES for word in (*words, *pairs))


def _may_be_a_person(name: str) -> bool:
    """Say whether a name begins with initials, or holds a title or the form of a sole trader."""
    words = _plain(name).split()
    body = (
        words[1:]
        if words and words[0].replace(".", "") in {"bv", "nv", "stichting", "stg"}
        else words
    )
    bare = [word.strip("(),").replace(".", "") for word in words]
    joined = [one + two for one, two in pairwise(bare)]
    if _PERSONAL & {*bare, *joined, *re.split(r"[^a-z0-9]+", _plain(name))}:
        return True
    return bool(body) and (re.match(r"[a-z]{1,2}\.", body[0]) is not None or len(body[0]) == 1)


def _plain(name: str) -> str:
    text = unicodedata.normalize("NFKD", name.translate(_LETTERS)).lower()
    return "".join(sign for sign in text if not unicodedata.combining(sign))


def _schemes(page: str) -> set[str]:
    """Give the schemes that the words beside the figure name."""
    named = re.search(r"Schemes: (.+?)\.</", page, re.DOTALL)
    return {_tidy(each) for each in html.unescape(named[1]).split("; ")} if named else set()


def _tidy(text: str) -> str:
    return " ".join(text.split())
