"""A text that a person reads, in Dutch and in English."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in both languages of the product."""

    en: str
    nl: str

    def in_language(self, language: str) -> str:
        """Give the words in `language`; anything but Dutch gets English."""
        return self.nl if language == "nl" else self.en
