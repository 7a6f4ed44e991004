"""Reads a definition that a person wrote, key by key, and says which key is wrong and what to write."""

import re
from collections.abc import Mapping
from typing import Any

from keten.errors import UsageError
from keten.model.text import Text


class Given:
    """A mapping from a definition file; `where` says which, for whoever has to mend it."""

    def __init__(self, value: Any, where: str) -> None:
        if not isinstance(value, Mapping):
            raise UsageError(f"{where} is {_short(value)}.", "Write it as keys with values.")
        self.value: Mapping[str, Any] = value
        self.where = where

    def only(self, *known: str) -> None:
        """Raise UsageError for a key that is not one of these: it may be a slip of the pen."""
        for key in self.value:
            if key not in known:
                raise UsageError(
                    f"{self.where}: '{key}' is not a key that is known here.",
                    f"Known are: {', '.join(known)}.",
                )

    def text(self, key: str, default: str | None = None) -> str:
        """Give a text; dates and numbers are read as written."""
        value = self.value.get(key, default)
        if value is None or isinstance(value, (Mapping, list)) or not str(value).strip():
            raise self.wrong(key, "Write a text.")
        return str(value).strip()

    def slug(self, key: str) -> str:
        """Give a short name for addresses: small letters, digits and hyphens."""
        value = self.text(key)
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,59}", value):
            raise self.wrong(key, "Use small letters, digits and hyphens, such as green-chemistry.")
        return value

    def words(self, key: str) -> Text:
        """Give a text in both languages."""
        value = self.value.get(key)
        if not isinstance(value, Mapping) or not all(
            isinstance(value.get(language), str) and value[language].strip()
            for language in ("en", "nl")
        ):
            raise self.wrong(key, "Write it in both languages: {en: ..., nl: ...}.")
        return Text(value["en"].strip(), value["nl"].strip())

    def texts(self, key: str) -> tuple[str, ...]:
        """Give a list of texts; none when the key is absent."""
        value = self.value.get(key, [])
        if not isinstance(value, list) or any(isinstance(v, (Mapping, list)) for v in value):
            raise self.wrong(key, "Write a list of texts.")
        return tuple(str(item).strip() for item in value if str(item).strip())

    def flag(self, key: str, default: bool = False) -> bool:
        """Give true or false."""
        value = self.value.get(key, default)
        if not isinstance(value, bool):
            raise self.wrong(key, "Write true or false.")
        return value

    def each(self, key: str) -> tuple["Given", ...]:
        """Give a list of mappings, one by one; none when the key is absent."""
        value = self.value.get(key, [])
        if not isinstance(value, list):
            raise self.wrong(key, "Write a list.")
        return tuple(
            Given(item, f"{self.where}, {key} {place}") for place, item in enumerate(value, 1)
        )

    def wrong(self, key: str, next_step: str) -> UsageError:
        """Make the error for one key."""
        if key not in self.value:
            return UsageError(f"{self.where}: '{key}' is missing.", next_step)
        return UsageError(f"{self.where}: '{key}' is {_short(self.value[key])}.", next_step)


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}..."
