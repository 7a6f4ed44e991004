"""Mends text that was UTF-8 and was read as Windows-1252, and gives plain text; says what it did.

A mend is made only where it is certain. A file is known to be spoilt when every run of foreign signs
in it is, byte for byte, well-formed UTF-8, and some bear the mark of it: one sound é and nothing in
the file is mended. Within it, what would become a character that does not exist stays as found, and
is listed; so is what looks spoilt in a file that is not.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_SUSPECT = re.compile(r"[ÂÃâ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad]")
_SYMBOL = re.compile("[\uf000-\uf0ff]")  # where word processors keep the bullets of symbol fonts
_RELIC = re.compile(r"(^|[.:;)\]]\s?)null ?(?=[A-Z])")
_GLUED = re.compile(r"([a-z)\]]{2}[.:;])(?=[A-Z][a-z])")
_BLOCKS = frozenset(
    (
        "p",
        "div",
        "br",
        "li",
        "ul",
        "ol",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "tr",
        "table",
        "section",
    )
)
_SILENT = frozenset({"script", "style"})


@dataclass(slots=True)
class Mending:
    """What was mended in one file, each sequence with the number of times."""

    is_spoilt: bool = False
    mended: Counter[tuple[str, str]] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    relics: int = 0

    def mend(self, text: str) -> str:
        """Give the text as it was meant, where that is certain."""
        return text if text.isascii() else _FOREIGN.sub(self._mend_run, text)

    def plain(self, text: str) -> str:
        """Give mended plain text: no markup, no relics of joining, sentences not glued together."""
        text = strip_markup(self.mend(text)).removeprefix('">')
        text = _SYMBOL.sub("•", _INVISIBLE.sub("", text))
        text, relics = _RELIC.subn(r"\1\n", text)
        self.relics += relics
        return _GLUED.sub(r"\1\n", text).strip()

    def _mend_run(self, match: re.Match[str]) -> str:
        run = match[0]
        meant = read_as_utf8(run) if self.is_spoilt else None
        if meant is None or not all(map(_exists, meant)):
            if meant is not None or _SUSPECT.search(run):
                self.left[run] += 1
            return run
        self.mended[run, meant] += 1
        return meant


def is_spoilt(text: str) -> bool:
    """Say whether a whole file was UTF-8 that was read as Windows-1252."""
    runs = set(_FOREIGN.findall(text))
    return any(map(_SUSPECT.search, runs)) and all(read_as_utf8(run) is not None for run in runs)


def read_as_utf8(run: str) -> str | None:
    """Give what a run of signs means when its Windows-1252 bytes are UTF-8; None when they aren't."""
    try:
        return b"".join(map(_byte, run)).decode("utf-8")
    except UnicodeError:
        return None


def _byte(sign: str) -> bytes:
    """Give the byte of a sign; the five that Windows-1252 leaves open are those of Latin-1."""
    try:
        return sign.encode("cp1252")
    except UnicodeEncodeError:
        return sign.encode("latin-1")


def _exists(sign: str) -> bool:
    return unicodedata.category(sign) not in ("Cn", "Cs", "Cc")


def strip_markup(text: str) -> str:
    """Give text without HTML; blocks become lines, what scripts and styles hold is dropped."""
    if "<" not in text and "&" not in text:
        return text
    reader = _Reader()
    reader.feed(text)
    reader.close()
    lines = (re.sub(r"[ \t]+", " ", line).strip() for line in "".join(reader.parts).split("\n"))
    return "\n".join(line for line in lines if line)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._silent += tag in _SILENT
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in _SILENT))
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)
