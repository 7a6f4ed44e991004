"""An initiative as a line of the workspace says it: who runs it, for whom, what it serves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from keten.model.judgement import Judgement

INITIATIVE: Final = "initiative"


@dataclass(frozen=True, slots=True)
class InitiativeSaid:
    """What is said of an initiative; `serves` are keys of terms: `element:finance`, `region:NL11`.

    `lead_record` is the source record that its lead was named by, or nothing: a plain name.
    """

    label: str
    aim: str = ""
    lead: str = ""
    lead_role: str = ""
    lead_record: str = ""
    kind: str = ""
    serves: tuple[str, ...] = ()
    amount_eur: float | int | None = None
    amount_source: str = ""
    funder: str = ""
    starts: date | None = None
    ends: date | None = None
    website: str = ""

    def of(self, prefix: str) -> tuple[str, ...]:
        """Give the keys of one kind, such as `element`; a stage of a chain is of `chain`, too."""
        return tuple(key for key in self.serves if key.partition(":")[0] == prefix)

    def runs_on(self, day: date) -> bool:
        """Say whether nothing says that it has not begun or is over by this day."""
        return (self.starts is None or self.starts <= day) and (
            self.ends is None or day <= self.ends
        )


def initiative_of(line: Judgement) -> str:
    """Give the key of the initiative that a line is on (`initiative:<slug>`), or nothing."""
    for key in (line.subject, line.object):
        if key.startswith(f"{INITIATIVE}:") and len(key) > len(INITIATIVE) + 1:
            return key
    return ""


def write_said(said: InitiativeSaid) -> dict[str, Any]:
    """Give the value of a line; what is not said is left out, as in older lines."""
    value: dict[str, Any] = {
        "label": said.label,
        "aim": said.aim,
        "lead": {"name": said.lead, "role": said.lead_role, "record": said.lead_record},
    }
    more = {
        "kind": said.kind,
        "serves": sorted(set(said.serves)),
        "amount_eur": said.amount_eur,
        "amount_source": said.amount_source,
        "funder": said.funder,
        "starts": said.starts.isoformat() if said.starts else None,
        "ends": said.ends.isoformat() if said.ends else None,
        "website": said.website,
    }
    return value | {name: given for name, given in more.items() if given not in (None, "", [])}


def read_said(value: Any, name: str) -> InitiativeSaid:
    """Give what the value of a line says; `name` stands where it has no label any more."""
    given = value if isinstance(value, Mapping) else {}
    lead = given.get("lead")
    lead = lead if isinstance(lead, Mapping) else {}
    serves = given.get("serves")
    amount = given.get("amount_eur")
    is_amount = isinstance(amount, (int, float)) and not isinstance(amount, bool)
    return InitiativeSaid(
        label=_text(given.get("label")) or name,
        aim=_text(given.get("aim")),
        lead=_text(lead.get("name")),
        lead_role=_text(lead.get("role")),
        lead_record=_text(lead.get("record")),
        kind=_text(given.get("kind")),
        serves=tuple(sorted({str(key) for key in serves})) if isinstance(serves, list) else (),
        amount_eur=amount if is_amount else None,
        amount_source=_text(given.get("amount_source")),
        funder=_text(given.get("funder")),
        starts=_day(given.get("starts")),
        ends=_day(given.get("ends")),
        website=_text(given.get("website")),
    )


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None
