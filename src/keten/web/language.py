"""Dutch and English: reads the catalogues once at start, and chooses a language for who names none."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

LANGUAGES = ("nl", "en")
CATALOGUES = Path(__file__).parent / "locale"

Words = Callable[..., str]


def N_(msgid: str) -> str:  # noqa: N802 - the name that gettext tools know
    """Mark a text for the catalogue without translating it here."""
    return msgid


@cache
def read_catalogue(language: str) -> dict[str, str]:
    """Give msgid to text of a language; English is what the msgids are written in."""
    if language == "en":
        return {}
    found: dict[str, str] = {}
    for path in find_catalogues(language):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language)
        found |= {
            str(message.id): str(message.string)
            for message in catalogue
            if message.id and message.string and not message.fuzzy
        }
    return found


def find_catalogues(language: str) -> list[Path]:
    """Give the catalogues of a language: keten.po for what pages share, one for a page's own words."""
    return sorted((CATALOGUES / language / "LC_MESSAGES").glob("*.po"))


@cache
def words_in(language: str) -> Words:
    """Give the function that says a msgid in `language`, its `%(name)s` filled in."""
    catalogue = read_catalogue(language)

    def say(msgid: str, **values: object) -> str:
        text = catalogue.get(msgid, msgid)
        return text % values if values else text

    return say


def choose_language(accept: str, default: str) -> str:
    """Give the language that an Accept-Language header prefers, of the two we have."""
    wishes = []
    for place, part in enumerate(accept.split(",")):
        tag, _, parameters = part.strip().partition(";")
        name = tag.strip().lower().split("-")[0]
        if name in LANGUAGES:
            wishes.append((-_quality(parameters), place, name))
    return min(wishes)[2] if wishes and min(wishes)[0] < 0 else default


def _quality(parameters: str) -> float:
    for parameter in parameters.split(";"):
        name, _, value = parameter.strip().partition("=")
        if name == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0
