"""Prints values into a page: figures with the way to their evidence, dates, identifiers, quotations.

Whatever holds a digit on a page goes through here, so that a reader (and a test) can tell a figure from
a date, from an identifier, from words quoted from a source.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from keten.model import Figure
from keten.web.address import Addresses
from keten.web.language import words_in
from keten.web.numbers import write_date, write_exact, write_moment, write_number, write_raw

# Marks of notes, in the typographer's order; digits would read as part of the number.
_NAMES = re.compile(r"((?:Horizon|NUTS|CC BY|WCAG|EPSG:|PC) ?[0-9]+(?:[.][0-9]+)*|[A-Z]+[0-9]+)")
_HOST = re.compile(r"[\w-]+(\.[\w-]+)+(:[0-9]{1,5})?")
MARKS = ("†", "‡", "§", "¶", "‖")


class Printer:
    """Prints for one page, and remembers which caveats its figures carried."""

    def __init__(self, language: str, caveats: Mapping[str, str]) -> None:
        self.language = language
        self.addresses = Addresses(language)
        self.words = words_in(language)
        self._texts = caveats
        self._noted: dict[str, str] = {}
        self._marked: dict[tuple[str, ...], tuple[str, str]] = {(): ("", "")}

    def figure(self, figure: Figure, *, exact: bool = False) -> Markup:
        """Print a figure as a link to its evidence, with its caveats' marks; `exact`: not rounded."""
        href = escape(self.addresses.why(figure))
        if figure.value is None:
            inner = f'<span class="figure-unknown">{escape(self.words("not known"))}</span>'
            return Markup(f'<a class="figure" href="{href}">{inner}</a>')  # noqa: S704
        written = write_number(figure.value, figure.unit, self.language)
        full = write_exact(figure.value, figure.unit, self.language)
        title = f' title="{escape(full)}"' if full != written and not exact else ""
        printed = full if exact else written
        described, marks = self._mark_all(figure.caveats)
        return Markup(  # noqa: S704 - every part is escaped or made here
            f'<a class="figure" href="{href}"{described}{title}>'
            f'<data class="figure-value" value="{write_raw(figure.value)}">{escape(printed)}</data>'
            f"{self._bounds(figure)}{marks}</a>"
        )

    def _bounds(self, figure: Figure) -> str:
        """Print the interval of a figure that has one, as (low to high)."""
        if figure.interval is None:
            return ""
        low, high = (
            f'<data class="figure-bound" value="{write_raw(bound)}">'
            f"{escape(write_number(bound, figure.unit, self.language))}</data>"
            for bound in (figure.interval.low, figure.interval.high)
        )
        # A unit before each bound would read badly; "to" is read aloud as a dash is not.
        return f' <span class="figure-interval">({low} {escape(self.words("to"))} {high})</span>'

    def day(self, day: date | None) -> Markup:
        """Print a day, or say that it is not known."""
        if day is None:
            return self.unknown()
        if isinstance(day, datetime):
            day = day.date()
        return Markup(  # noqa: S704 - a date, and words of our own
            f'<time datetime="{day.isoformat()}">{write_date(day, self.language)}</time>'
        )

    def moment(self, moment: datetime) -> Markup:
        """Print a day with its time."""
        return Markup('<time datetime="{}">{}</time>').format(
            moment.isoformat(timespec="seconds"), write_moment(moment, self.language)
        )

    def year(self, year: int | None) -> Markup:
        """Print a year."""
        if year is None:
            return self.unknown()
        return Markup(f'<time datetime="{year:04d}">{year}</time>')  # noqa: S704 - a number

    def ident(self, identifier: object) -> Markup:
        """Print an identifier as it stands."""
        return Markup(f'<code class="id">{escape(identifier)}</code>')  # noqa: S704 - escaped

    def quote(self, text: str | None, language: str = "") -> Markup:
        """Print words of a source as they stand there, in `language` where that is known."""
        if text is None or text == "":
            return self.unknown()
        spoken = f' lang="{escape(language)}"' if language else ""
        return Markup(  # noqa: S704 - escaped
            f'<span class="source-text" translate="no"{spoken}>{escape(text)}</span>'
        )

    def own(self, text: str) -> Markup:
        """Print words of our own in which a name holds a digit (Horizon 2020, NUTS 3), marked as a name.

        Any other digit can only come from a name in a source, such as A1 Bulgaria: the whole is then
        marked as quoted.
        """
        if any(letter.isdigit() for letter in _NAMES.sub("", text)):
            return self.quote(text)
        return Markup(_NAMES.sub(r'<span class="id">\1</span>', str(escape(text))))  # noqa: S704

    def outside(self, address: str) -> Markup:
        """Print an address of the web as a link, or as plain words when it is no safe link."""
        full = address if "://" in address else f"https://{address}"
        try:
            parts = urlsplit(full)
        except ValueError:
            return self.quote(address)
        if parts.scheme not in {"http", "https"} or not _HOST.fullmatch(parts.netloc):
            return self.quote(address)
        return Markup(
            '<a class="nl-link source-text" translate="no" rel="nofollow noopener" href="{}">{}</a>'
        ).format(full, parts.netloc + parts.path.rstrip("/"))

    def unknown(self) -> Markup:
        """Print that no source says."""
        return Markup('<span class="unknown">{}</span>').format(self.words("not known"))

    def note(self, caveat: str) -> str:
        """Remember a caveat of the page as a whole; gives nothing to print."""
        self._mark(caveat)
        return ""

    def notes(self) -> list[tuple[str, str, str]]:
        """Give id, mark and text of every caveat met so far."""
        return [
            (f"note-{self._number(caveat)}", mark, self._texts.get(caveat, caveat))
            for caveat, mark in self._noted.items()
        ]

    def _mark_all(self, caveats: tuple[str, ...]) -> tuple[str, str]:
        """Give the attribute and the marks that figures with these caveats carry."""
        found = self._marked.get(caveats)
        if found is None:
            signs = "".join([self._mark(caveat) for caveat in caveats])
            ids = " ".join(f"note-{self._number(caveat)}" for caveat in caveats)
            found = self._marked[caveats] = (
                f' aria-describedby="{ids}"',
                f'<span class="caveat-mark" aria-hidden="true">{signs}</span>',
            )
        return found

    def _mark(self, caveat: str) -> str:
        if caveat not in self._noted:
            place = len(self._noted)
            self._noted[caveat] = MARKS[place % len(MARKS)] * (place // len(MARKS) + 1)
        return self._noted[caveat]

    def _number(self, caveat: str) -> int:
        return list(self._noted).index(caveat)
