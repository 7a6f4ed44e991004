"""Holds the printed plan against its page: every numeral of the PDF stands on the page, and as often."""

from __future__ import annotations

import io
import re
from collections import Counter
from html.parser import HTMLParser

import pypdf

from scripts.tracing.site import Site

_NUMERAL = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_PAGES = 2
_VOID = frozenset({"br", "col", "hr", "img", "input", "path", "rect", "circle", "line", "use"})


def hold_story(site: Site, chain: str, language: str) -> tuple[list[str], list[str]]:
    """Give what does not hold of the PDF of a chain, and the numerals of it that come from nowhere."""
    address = f"/{language}/chains/{chain}/story"
    page, _ = site.page(address)
    printed, _ = site.file(f"{address}.pdf")
    sheets = [sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(printed)).pages]
    faults = []
    if len(sheets) != _PAGES:
        faults.append(f"{address}.pdf: {len(sheets)} pages, not {_PAGES}")
    more, less = compare_numerals(read_plan(page), sheets)
    faults += [f"{address}.pdf: '{numeral}' of the page is not in print" for numeral in less]
    return faults, [f"{address}.pdf: {numeral}" for numeral in more]


def compare_numerals(plan: str, sheets: list[str]) -> tuple[list[str], list[str]]:
    """Give the numerals that stand on the sheets and not in the plan, and those the sheets lack.

    The foot of a sheet names the evidence and the page: that much each sheet may have more.
    """
    held = Counter(_NUMERAL.findall(plan))
    evidence = re.search(r"(?:evidence number|gegevensstand)\D{0,3}([0-9]+)", plan)
    for number in range(1, len(sheets) + 1):
        held[str(number)] += 1
        held.update([evidence[1]] if evidence else [])
    found = Counter(numeral for sheet in sheets for numeral in _NUMERAL.findall(sheet))
    return sorted((found - held).elements()), sorted((held - found).elements())


def read_plan(page: str) -> str:
    """Give the words of the plan on its page; not what only a screen shows."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return "".join(reader.text)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self._open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = (dict(attrs).get("class") or "").split()
        role = "plan" if "k-story" in classes else ""
        if "k-noprint" in classes or tag in ("title", "desc"):
            role = "unprinted"
        if tag not in _VOID:
            self._open.append((tag, role))
        if tag in ("p", "td", "th", "li", "caption", "text", "tspan", "h1", "h2", "figcaption"):
            self.text.append("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag that closes itself holds nothing."""

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            name, _ = self._open.pop()
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        roles = {role for _, role in self._open}
        if "plan" in roles and "unprinted" not in roles:
            self.text.append(data)
