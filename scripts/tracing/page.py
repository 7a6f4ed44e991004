"""Reads a page as a visitor gets it: its figures, and the numbers on it that are nothing declared."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlencode, urlsplit

_VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
})  # fmt: skip
# Proper names that hold a digit; a page marks them as `<span class="id">`, and may mark nothing else so.
_NAME = re.compile(r"(Horizon|NUTS|CC BY|WCAG|EPSG:|PC) ?[0-9]+([.][0-9]+)*|[A-Z]+[0-9]+")
# No words of the page: what a browser shows elsewhere, or not at all.
_UNSEEN = frozenset({"head", "script", "style", "template"})


@dataclass(frozen=True)
class Shown:
    """A figure as it stands on a page; `raw` None: the page says that the value is not known."""

    why: str
    raw: str | None
    printed: str
    exact: str  # what the title says in full, if anything
    bounds: tuple[tuple[str, str], ...] = ()  # of its interval: the value, and as it is printed

    @property
    def key(self) -> str:
        """The address of its evidence without the language: measure and scope, sorted."""
        return key_of(self.why)


@dataclass
class Page:
    """What stands on a page."""

    figures: list[Shown] = field(default_factory=list)
    strays: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)


def key_of(why: str) -> str:
    """Give measure and scope of a why-address as one text, whatever the language."""
    query = sorted(parse_qsl(urlsplit(why).query, keep_blank_values=True))
    return urlencode([(name, value) for name, value in query if name != "page"])


def read_page(html: str) -> Page:
    """Give the figures, stray numbers and links of a page."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.page


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self._open: list[tuple[str, str]] = []  # tag, and what its text counts as
        self._why = ""
        self._exact = ""
        self._raw: str | None = None
        self._printed: list[str] = []
        self._bounds: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        classes = given.get("class", "").split()
        if tag == "a" and given.get("href", "").startswith("/"):
            self.page.links.append(given["href"])
        role = self._role(tag, classes)
        if role == "figure":
            self._why, self._exact = given.get("href", ""), given.get("title", "")
            self._raw, self._printed, self._bounds = None, [], []
        elif role == "value":
            self._raw = given.get("value", "")
        elif role == "bound":
            self._bounds.append((given.get("value", ""), ""))
        if tag not in _VOID:
            self._open.append((tag, role))

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            name, role = self._open.pop()
            if role == "figure":
                printed, bounds = "".join(self._printed), tuple(self._bounds)
                self.page.figures.append(Shown(self._why, self._raw, printed, self._exact, bounds))
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        roles = {role for _, role in self._open}
        if "declared" in roles:
            return
        if {"bound", "figure"} <= roles:
            value, printed = self._bounds.pop()
            self._bounds.append((value, printed + data))
        elif "value" in roles and "figure" in roles:
            self._printed.append(data)
        elif "name" in roles and _NAME.fullmatch(data.strip()):
            return
        elif any(letter.isdigit() for letter in data):
            where = ">".join(tag for tag, _ in self._open[-4:])
            self.page.strays.append(f"{' '.join(data.split())[:80]} (in {where})")

    def _role(self, tag: str, classes: list[str]) -> str:
        if tag in _UNSEEN or tag == "time" or "source-text" in classes:
            return "declared"
        if tag == "code" and "id" in classes:
            return "declared"
        if tag == "span" and "id" in classes:
            return "name"
        if tag == "a" and "figure" in classes:
            return "figure"
        if tag in ("textarea", "option"):  # what a person typed, or may choose
            return "declared"
        if tag == "data" and "figure-bound" in classes:
            return "bound"
        return "value" if tag == "data" and "figure-value" in classes else ""
