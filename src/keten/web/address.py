"""The addresses of pages, all in one place; an address says everything that a page shows."""

from functools import lru_cache
from urllib.parse import quote, quote_plus, urlencode

from keten.model import Figure, Scope

# What an identifier may hold unescaped: the colon of pic:999990267 and the plus of NL11+NL12.
_SAFE = ":+"
ROWS_OF = "rows_of"


class Addresses:
    """The addresses in one language; `ending` is `.json` for the twin of a page."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.root = f"/{language}"

    def home(self) -> str:
        """Give the first page."""
        return f"{self.root}/"

    def page(self, name: str, /, **query: str | int | None) -> str:
        """Give a page by its plain name, with what is asked of it."""
        given = {key: value for key, value in query.items() if value not in {None, ""}}
        return f"{self.root}/{name}" + (f"?{urlencode(given)}" if given else "")

    def organisation(self, identifier: str, part: str = "") -> str:
        """Give the page of an organisation, or of one of its lists."""
        address = f"{self.root}/organisations/{quote(identifier, safe=_SAFE)}"
        return f"{address}/{part}" if part else address

    def project(self, identifier: str) -> str:
        """Give the page of a project."""
        return f"{self.root}/projects/{quote(identifier, safe=_SAFE)}"

    def region(self, *codes: str) -> str:
        """Give the page of a region or a set of regions."""
        return f"{self.root}/regions/{quote('+'.join(sorted(set(codes))), safe=_SAFE)}"

    def record(self, record_id: int) -> str:
        """Give the page of a source row."""
        return f"{self.root}/records/{record_id}"

    def source(self, source: str) -> str:
        """Give the page of a source."""
        return f"{self.root}/sources/{quote(source, safe='')}"

    def hit(self, kind: str, identifier: str) -> str:
        """Give the page that a search hit stands for."""
        if kind == "organisation":
            return self.organisation(identifier)
        return self.project(identifier) if kind == "project" else self.region(identifier)

    def why(self, figure: Figure, part: str = "", page: int = 1) -> str:
        """Give the page that says where a figure comes from."""
        return self.why_of(figure.measure, figure.scope, part, page)

    def why_of(self, measure: str, scope: Scope, part: str = "", page: int = 1) -> str:
        """Give the same from a measure and a scope."""
        # Of source rows the scope says of which measure: `measure` in an address is the figure's own.
        filters = [(ROWS_OF if name == "measure" else name, text) for name, text in scope.filters]
        query = [("measure", measure), *filters]
        if page > 1:
            query.append(("page", str(page)))
        asked = "&".join([f"{_quote(name)}={_quote(text)}" for name, text in query])
        return f"{self.root}/why{part}?{asked}"


@lru_cache(maxsize=16_384)
def _quote(text: str) -> str:
    # A page has a hundred figures, whose addresses differ in a word or two.
    return quote_plus(text, safe=":")


def twin_of(path: str, query: str) -> str:
    """Give the address of a page's JSON twin."""
    address = f"{path.rstrip('/')}.json"
    return f"{address}?{query}" if query else address


def in_language(path: str, query: str, language: str) -> str:
    """Give the same address in another language."""
    rest = path.split("/", 2)[2] if path.count("/") >= 2 else ""
    return f"/{language}/{rest}" + (f"?{query}" if query else "")
