"""Drafts: what somebody wants to write, checked against what can be before it becomes a line.

Nothing is stored here. A draft that cannot be comes back as problems, each with its field, so that a
form can show them where they belong and keep what was typed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from keten.model import Text
from keten.programme.milestones import read_milestones
from keten.programme.owners import names_person, split_identifier
from keten.programme.typed import Problem, Typed
from keten.programme.views import STATES, Action, Initiative, Milestone, Owner, State

TITLE: Final = Text("Title", "Titel")
LABEL: Final = Text("Name", "Naam")
AIM: Final = Text("Aim", "Doel")
OWNER: Final = Text("Owner", "Trekker")
ROLE: Final = Text("Role", "Functie")
REASON: Final = Text("Reason", "Reden")
NOTE: Final = Text("Note", "Toelichting")
STARTS: Final = Text("Start", "Begin")
ENDS: Final = Text("End", "Einde")
SHARE: Final = Text("Share done", "Deel gereed")


@dataclass(frozen=True, slots=True)
class Known:
    """What a draft is held against; `find` gives record and name of an identifier typed."""

    today: date
    gaps: Mapping[str, Text]
    initiatives: Mapping[str, str]
    find: Callable[[str], tuple[str, str] | None]


@dataclass(frozen=True, slots=True)
class InitiativeDraft:
    """An initiative that may be written."""

    label: str
    aim: str
    lead: Owner
    reason: str


@dataclass(frozen=True, slots=True)
class ActionDraft:
    """An action that may be written; new milestones have no key yet."""

    title: str
    initiative: str
    owner: Owner
    starts: date | None
    ends: date | None
    milestones: tuple[Milestone, ...]
    gap: str
    reason: str


@dataclass(frozen=True, slots=True)
class StatusDraft:
    """A status that may be written."""

    state: State
    share_done: float | None
    note: str


Problems = tuple[Problem, ...]


def check_initiative(
    cells: Mapping[str, Any], known: Known, before: Initiative | None = None
) -> tuple[InitiativeDraft, Problems]:
    """Read `label`, `aim`, `owner`, `role`, `reason`; the draft counts only without problems."""
    typed = Typed(cells)
    draft = InitiativeDraft(
        label=typed.words("label", LABEL, 120, needed=True),
        aim=typed.words("aim", AIM, 1000, needed=True),
        lead=_owner(typed, known, before.lead if before else None, needed=False),
        reason=typed.words("reason", REASON, 1000, needed=True),
    )
    same = [
        slug
        for slug, label in known.initiatives.items()
        if label.casefold() == draft.label.casefold() and (before is None or slug != before.slug)
    ]
    if same:
        typed.wrong(
            "label",
            f"There is an initiative '{draft.label}' already.",
            f"Er is al een initiatief '{draft.label}'.",
        )
    return draft, tuple(typed.problems)


def check_action(
    cells: Mapping[str, Any],
    milestones: Sequence[Mapping[str, Any]],
    known: Known,
    before: Action | None = None,
) -> tuple[ActionDraft, Problems]:
    """Read an action and its milestones; the draft counts only without problems."""
    typed = Typed(cells)
    starts, ends = typed.day("starts", STARTS), typed.day("ends", ENDS)
    if starts and ends and ends < starts:
        typed.wrong(
            "ends",
            f"The end, {ends}, is before the start, {starts}.",
            f"Het einde, {ends}, ligt voor het begin, {starts}.",
        )
    draft = ActionDraft(
        title=typed.words("title", TITLE, 200, needed=True),
        initiative=_initiative(typed, known, before),
        owner=_owner(typed, known, before.owner if before else None, needed=True),
        starts=starts,
        ends=ends,
        milestones=read_milestones(
            typed, milestones, known.today, (starts, ends), before.milestones if before else ()
        ),
        gap=_gap(typed, known, before),
        reason=typed.words("reason", REASON, 1000, needed=True),
    )
    return draft, tuple(typed.problems)


def check_status(cells: Mapping[str, Any]) -> tuple[StatusDraft, Problems]:
    """Read `status`, `share_done` (a percentage, or a number 0..1) and `note`."""
    typed = Typed(cells)
    said = typed.words("status", Text("Status", "Status"), 40)
    state = next((state for state in STATES if state == said), None)
    if state is None:
        typed.wrong(
            "status",
            f"'{said[:40]}' is no status. Choose one of: {', '.join(STATES)}.",
            f"'{said[:40]}' is geen status. Kies uit: {', '.join(STATES)}.",
        )
    value = typed.cells.get("share_done")
    if isinstance(value, (int, float)):
        share = typed.share("share_done", SHARE, value)
    else:
        share = typed.percent("share_done", SHARE)
    if state == "done" and share is not None and share < 1:
        typed.wrong(
            "share_done",
            "What is done is done for 100 %: leave the share out, or choose another status.",
            "Wat klaar is, is voor 100 % klaar: laat het deel leeg, of kies een andere status.",
        )
    note = typed.words("note", NOTE, 2000, needed=True)
    return StatusDraft(state or "planned", share, note), tuple(typed.problems)


def _initiative(typed: Typed, known: Known, before: Action | None) -> str:
    text = typed.words("initiative", Text("Initiative", "Initiatief"), 200)
    slug = text.removeprefix("initiative:")
    if not slug or slug in known.initiatives or (before and slug == before.initiative):
        return slug
    for found, label in known.initiatives.items():
        if label.casefold() == text.casefold():
            return found
    typed.wrong(
        "initiative",
        f"There is no initiative '{text[:80]}'.",
        f"Er is geen initiatief '{text[:80]}'.",
    )
    return ""


def _gap(typed: Typed, known: Known, before: Action | None) -> str:
    text = typed.words("gap", Text("Gap", "Wat ontbreekt"), 200)
    if not text:
        return ""
    key = text if text.startswith("element:") else f"element:{text}"
    if key in known.gaps or (before and key == before.gap):
        return key
    there = ", ".join(sorted(name.removeprefix("element:") for name in known.gaps))
    typed.wrong(
        "gap",
        f"'{text[:80]}' is no element of the canvas." + (f" There are: {there}." if there else ""),
        f"'{text[:80]}' is geen element van het canvas." + (f" Er zijn: {there}." if there else ""),
    )
    return ""


def _owner(typed: Typed, known: Known, before: Owner | None, *, needed: bool) -> Owner:
    text = typed.words("owner", OWNER, 300, needed=needed)
    role = typed.words("role", ROLE, 100)
    name, identifier = split_identifier(text)
    # What the evidence names by a number is an organisation, however its name reads.
    for where, words in (("owner", "" if identifier else name), ("role", role)):
        if names_person(words):
            typed.wrong(
                where,
                f"'{words[:80]}' looks like a person. Name an organisation, and at most a role in it.",
                f"'{words[:80]}' lijkt een persoon. Noem een organisatie, en hooguit een functie.",
            )
    if not identifier:
        return Owner(name, role, "")
    if before and before.record == identifier:
        return Owner(before.name, role, before.record)
    found = known.find(identifier)
    if found is None:
        typed.wrong(
            "owner",
            f"No organisation is known here as '{identifier}'. Write its name without a number, "
            "or look its number up.",
            f"Hier is geen organisatie bekend als '{identifier}'. Schrijf de naam zonder nummer, "
            "of zoek het nummer op.",
        )
        return Owner(name, role, "")
    return Owner(found[1], role, found[0])
