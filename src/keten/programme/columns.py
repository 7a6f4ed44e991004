"""Columns: what stands in which column of the spreadsheet, in both languages, and which are read back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from keten.model import Text

Kind = Literal["text", "date", "share", "number"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, what it holds, and whether an import reads it."""

    name: str
    label: Text
    about: Text
    kind: Kind = "text"
    width: int = 18
    is_read: bool = True


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of the workbook."""

    name: str
    label: Text
    columns: tuple[Column, ...]


_LEAVE: Final = Text(
    "Leave empty for something new; otherwise leave as it is.",
    "Leeg laten voor iets nieuws; anders laten staan.",
)
_VERSION: Final = Column(
    "version", Text("Version", "Versie"),
    Text(
        "Number of the line in the workspace that this row was made from. Leave as it is: it shows "
        "whether somebody changed the same thing meanwhile.",
        "Nummer van de regel in de werkruimte waarvan deze rij is gemaakt. Laten staan: het toont of "
        "iemand intussen hetzelfde veranderde.",
    ), "number", 9,
)  # fmt: skip
_REASON: Final = Column(
    "reason", Text("Reason", "Reden"),
    Text("Why it is so, or why it was changed.", "Waarom het zo is, of waarom het veranderd is."),
    width=40,
)  # fmt: skip


def _owner(name: str, label: Text) -> tuple[Column, ...]:
    return (
        Column(name, label, Text(
            "Name of the organisation; never a person.", "Naam van de organisatie; nooit een persoon."
        ), width=32),
        Column("owner_number", Text("Number of the organisation", "Nummer van de organisatie"), Text(
            "Source record (he:…, h2020:…) or organisation (pic:…), if it is known in the evidence; "
            "the name then comes from there.",
            "Bronregel (he:…, h2020:…) of organisatie (pic:…), als die in het bewijs bekend is; de "
            "naam komt dan daarvandaan.",
        )),
        Column("role", Text("Role", "Functie"), Text(
            "Role in that organisation, without a name.", "Functie in die organisatie, zonder naam."
        )),
    )  # fmt: skip


INITIATIVES: Final = Sheet(
    "initiatives", Text("Initiatives", "Initiatieven"), (
        Column("initiative", Text("Initiative number", "Initiatiefnummer"), _LEAVE, width=26),
        Column("label", Text("Name", "Naam"), Text("Name of the initiative.", "Naam van het initiatief."),
               width=34),
        Column("aim", Text("Aim", "Doel"), Text("What it is for.", "Waar het voor is."), width=50),
        *_owner("owner", Text("Lead", "Trekker")),
        _REASON,
        _VERSION,
    ),
)  # fmt: skip
ACTIONS: Final = Sheet(
    "actions", Text("Actions", "Acties"), (
        Column("action", Text("Action number", "Actienummer"), _LEAVE, width=26),
        Column("title", Text("Title", "Titel"), Text("What is to be done.", "Wat er gedaan wordt."),
               width=44),
        Column("initiative", Text("Initiative", "Initiatief"), Text(
            "Name of the initiative that it belongs to, as on the sheet of initiatives; or empty.",
            "Naam van het initiatief waar het bij hoort, zoals op het blad met initiatieven; of leeg.",
        ), width=28),
        *_owner("owner", Text("Owner", "Trekker")),
        Column("starts", Text("Start", "Begin"), Text("First day.", "Eerste dag."), "date", 12),
        Column("ends", Text("End", "Einde"), Text("Last day.", "Laatste dag."), "date", 12),
        Column("gap", Text("Answers", "Antwoord op"), Text(
            "Element of the canvas that it answers, by its short name; or empty.",
            "Element van het canvas waar het een antwoord op is, met de korte naam; of leeg.",
        )),
        Column("status", Text("Status", "Status"), Text(
            "planned, running, done or stopped.", "gepland, loopt, klaar of gestopt."
        ), width=12),
        Column("share_done", Text("Share done", "Deel gereed"), Text(
            "Between 0 % and 100 %, as who told the status estimates it; empty: not told.",
            "Tussen 0 % en 100 %, zoals wie de status gaf het schat; leeg: niet gezegd.",
        ), "share", 11),
        Column("note", Text("Note to the status", "Toelichting bij de status"), Text(
            "What was said with the status. A new status needs a new note.",
            "Wat er bij de status gezegd is. Een nieuwe status vraagt een nieuwe toelichting.",
        ), width=44),
        Column("course", Text("Course", "Koers"), Text(
            "Late, due soon or on course on the day of this export, computed from the days and the "
            "status. Not read back.",
            "Te laat, op korte termijn of op koers op de dag van deze export, berekend uit de dagen en "
            "de status. Wordt niet teruggelezen.",
        ), width=14, is_read=False),
        _REASON,
        _VERSION,
        Column("status_version", Text("Version of the status", "Versie van de status"), Text(
            "Number of the line of the status; empty: none was told. Leave as it is.",
            "Nummer van de regel van de status; leeg: er is er geen gegeven. Laten staan.",
        ), "number", 9),
    ),
)  # fmt: skip
MILESTONES: Final = Sheet(
    "milestones", Text("Milestones", "Mijlpalen"), (
        Column("action", Text("Action number", "Actienummer"), Text(
            "Number of the action; for a new one its title, as on the sheet of actions.",
            "Nummer van de actie; van een nieuwe de titel, zoals op het blad met acties.",
        ), width=26),
        Column("key", Text("Milestone number", "Mijlpaalnummer"), _LEAVE, width=12),
        Column("title", Text("Milestone", "Mijlpaal"), Text(
            "What must be there. A row taken away is a milestone taken away.",
            "Wat er moet zijn. Een rij weghalen is de mijlpaal weghalen.",
        ), width=44),
        Column("day", Text("Day", "Dag"), Text("The day by which.", "De dag waarop."), "date", 12),
        Column("done_on", Text("Reached on", "Gehaald op"), Text(
            "The day on which it was reached; empty: not yet.", "De dag waarop; leeg: nog niet."
        ), "date", 12),
    ),
)  # fmt: skip
HISTORY: Final = Sheet(
    "history", Text("Status history", "Statusverloop"), (
        Column("action", Text("Action number", "Actienummer"), Text("Number.", "Nummer."), width=26,
               is_read=False),
        Column("told_on", Text("Told on", "Gezegd op"), Text("Day.", "Dag."), "date", 12, False),
        Column("status", Text("Status", "Status"), Text("As told then.", "Zoals toen gezegd."),
               width=12, is_read=False),
        Column("share_done", Text("Share done", "Deel gereed"), Text("As told.", "Zoals gezegd."),
               "share", 11, False),
        Column("note", Text("Note to the status", "Toelichting bij de status"),
               Text("As told.", "Zoals gezegd."), width=60, is_read=False),
        Column("line", Text("Line", "Regel"), Text("Line in the workspace.", "Regel in de werkruimte."),
               "number", 9, False),
    ),
)  # fmt: skip
SHEETS: Final = (ACTIONS, MILESTONES, INITIATIVES, HISTORY)
DICTIONARY: Final = Text("Dictionary", "Verklaring")
ABOUT: Final = Text("About", "Over")
COURSES: Final[Mapping[str, Text]] = {
    "done": Text("done", "klaar"),
    "stopped": Text("stopped", "gestopt"),
    "late": Text("late", "te laat"),
    "soon": Text("due soon", "binnenkort"),
    "on-course": Text("on course", "op koers"),
    "undated": Text("no day set", "geen dag gezet"),
}
