"""The pen: how numbers and days are written in a language and where a number leads; faces make it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from keten.model import Figure
from keten.story.document import Day, Ident, Line, Number, Party, Piece, Quote, Words, Year


@dataclass(frozen=True, slots=True)
class Pen:
    """What printers need to know of a language; addresses are empty where none can be given."""

    language: str
    write_figure: Callable[[Figure], str]
    write_day: Callable[[date], str]
    address_figure: Callable[[Figure], str]
    address_party: Callable[[str], str]

    def write(self, piece: Piece) -> str:
        """Write a piece as plain text."""
        match piece:
            case Number(figure):
                return self.write_figure(figure)
            case Day(day):
                return self.write_day(day)
            case Party(organisation_id, name):
                return name or organisation_id
            case Year(year):
                return str(year)
            case Words(text) | Ident(text) | Quote(text):
                return text

    def write_line(self, line: Line) -> str:
        """Write pieces as plain text, one after the other."""
        return "".join(self.write(piece) for piece in line)

    def address(self, piece: Piece) -> str:
        """Give where a piece leads, or nothing."""
        match piece:
            case Number(figure):
                return self.address_figure(figure)
            case Party(organisation_id):
                return self.address_party(organisation_id)
        return ""
