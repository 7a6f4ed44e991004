"""What the pages of a programme show, for a reader and for somebody whose form could not be taken yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote

from markupsafe import Markup

from keten.atlas.answers import list_parties
from keten.atlas.parties import PLACED
from keten.diagnosis.answers import show_canvas
from keten.diagnosis.canvas_views import CanvasElement
from keten.errors import KetenError
from keten.model import Chain, Judgement, Text
from keten.programme.answers import (
    due_milestones,
    show_action,
    show_initiative,
    show_programme,
)
from keten.programme.draft import Problems
from keten.programme.milestones import gather_milestones
from keten.programme.state import read_programme
from keten.programme.views import STATES, Action, Initiative, Line, Owner
from keten.web.pages.chain.frame import read_chain
from keten.web.pages.programme.picture import draw_timeline
from keten.web.reply import Page
from keten.web.visit import Visit
from keten.workspace import WITHDRAWN

_SHOWN: Final = 4  # elements to begin with, where nothing is planned
EMPTY_ROWS: Final = 3  # of milestones that a form offers beside those that are there


@dataclass(frozen=True, slots=True)
class Mishap:
    """What is wrong with a field; as a person's own words may be in it, it is marked as quoted."""

    field: str
    what: str | Markup
    next_step: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that came back: which one, what was typed, and what is wrong with it."""

    form: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    mishaps: tuple[Mishap, ...] = ()
    is_clash: bool = False
    status: int = 200


NOTHING: Final = Sent()


def list_mishaps(visit: Visit, problems: Problems) -> tuple[Mishap, ...]:
    """Give the problems of a draft in the visitor's language."""
    quoted = Markup('<span class="source-text">{}</span>')
    return tuple(
        Mishap(one.field, quoted.format(one.what.in_language(visit.language))) for one in problems
    )


def address_of(visit: Visit, chain: str, part: str = "") -> str:
    """Give the address of a programme or of a part of it."""
    path = f"chains/{quote(chain, safe='')}/programme"
    return visit.addresses.page(f"{path}/{part}" if part else path)


def show_list(visit: Visit, chain: str, sent: Sent = NOTHING) -> Page:
    """Show the programme of a chain."""
    defined = read_chain(visit, chain)
    view = show_programme(visit.con, visit.store_to_read, chain, visit.now.date())
    asked = {"gap": visit.asked("gap")[:200], "initiative": visit.asked("initiative")[:200]}
    lines = [group.initiative.number for group in view.initiatives if group.initiative]
    return Page(
        "programme/programme.html",
        visit.words("Programme of %(name)s", name=defined.label.in_language(visit.language)),
        {"programme": view},
        {
            **_frame(visit, defined, sent, view.gaps, [one.initiative for one in view.initiatives]),
            "typed": sent.typed or asked,
            "rows": _rows(None, sent),
            "opened": sent.form or _asked_form(visit, asked),
            "due": due_milestones(view.actions),
            "timeline": draw_timeline(view.actions, view.today, visit.words, visit.language),
            "lines": _numbered(visit, lines),
            "weakest": () if view.actions else _list_weakest(visit, defined),
            "withdrawn": _list_withdrawn(visit, chain),
        },
        crumbs=_crumbs(visit),
        status=sent.status,
        address=address_of(visit, chain) if sent.form else "",
    )


def show_one_action(visit: Visit, chain: str, slug: str, sent: Sent = NOTHING) -> Page:
    """Show one action with its history, or only that where it was withdrawn."""
    defined = read_chain(visit, chain)
    found = show_action(visit.con, visit.store_to_read, chain, slug, visit.now.date())
    view = found.view
    lines = view.action.lines if view else found.programme.withdrawn[f"action:{slug}"]
    said = _numbered(visit, [line.number for line in lines])
    title = view.action.title if view else _was_called(said, "title", slug)
    return Page(
        "programme/action.html",
        title,
        {"action": view, "initiative": found.initiative, "lines": lines},
        {
            **_frame(visit, defined, sent, found.gaps, found.programme.initiatives),
            "slug": slug,
            "typed": sent.typed if sent.form == "action" else _type_action(view.action if view else None),
            "told": sent.typed if sent.form == "status" else {},
            "rows": _rows(view.action if view else None, sent),
            "opened": sent.form,
            "said": said,
            "restore": _last_withdrawal(lines),
        },
        crumbs=(*_crumbs(visit), _back(visit, defined)),
        status=sent.status,
        address=address_of(visit, chain, f"actions/{slug}") if sent.form else "",
    )  # fmt: skip


def show_one_initiative(visit: Visit, chain: str, slug: str, sent: Sent = NOTHING) -> Page:
    """Show one initiative with its history, or only that where it was withdrawn."""
    defined = read_chain(visit, chain)
    con, store = visit.con, visit.store_to_read
    programme, initiative, lead = show_initiative(con, store, chain, slug)
    lines = initiative.lines if initiative else programme.withdrawn[f"initiative:{slug}"]
    said = _numbered(visit, [line.number for line in lines])
    whole = show_programme(con, store, chain, visit.now.date())
    group = next(
        (one for one in whole.initiatives if one.initiative and one.initiative.slug == slug), None
    )
    return Page(
        "programme/initiative.html",
        initiative.label if initiative else _was_called(said, "label", slug),
        {"initiative": group, "lines": lines},
        {
            **_frame(visit, defined, sent, {}, ()),
            "slug": slug,
            "lead": lead,
            "typed": sent.typed or _type_initiative(initiative),
            "opened": sent.form,
            "said": said,
            "restore": _last_withdrawal(lines),
        },
        crumbs=(*_crumbs(visit), _back(visit, defined)),
        status=sent.status,
        address=address_of(visit, chain, f"initiatives/{slug}") if sent.form else "",
    )


def _asked_form(visit: Visit, asked: Mapping[str, str]) -> str:
    """Give which form an address opens."""
    if visit.asked("add") == "initiative":
        return "initiative"
    return "action" if visit.asked("add") or any(asked.values()) else ""


def _list_weakest(visit: Visit, chain: Chain) -> list[CanvasElement]:
    """Give the elements to begin with: what the team calls missing or weak, then the lowest by data."""

    def order(element: CanvasElement) -> tuple[int, float, str]:
        said = {"missing": 0, "weak": 1}.get(element.rating, 2)
        place = element.percentile.value if element.percentile else None
        return said, float("inf") if place is None else float(place), element.element

    try:
        elements = show_canvas(visit.con, visit.store_to_read, chain).elements
    except KetenError:
        return []  # a chain of regions that no indicator knows can be planned for all the same
    return sorted(elements, key=order)[:_SHOWN]


def write_owner(owner: Owner) -> str:
    """Write an owner as a form shows it: a name, and the record it was named by."""
    return f"{owner.name} ({owner.record})" if owner.record else owner.name


def _frame(
    visit: Visit,
    chain: Chain,
    sent: Sent,
    gaps: Mapping[str, Text],
    initiatives: Sequence[Initiative | None],
) -> dict[str, Any]:
    return {
        "chain_view": chain,
        "parties": _list_parties(visit, chain),
        "mishaps": sent.mishaps,
        "is_clash": sent.is_clash,
        "states": STATES,
        "gaps": gaps,
        "initiatives": [(one.slug, one.label) for one in initiatives if one],
    }


def _list_parties(visit: Visit, chain: Chain) -> list[str]:
    """Give the parties of the chain as an owner is typed, for who may write: a browser offers them."""
    if visit.person is None or not visit.person.may("editor"):
        return []
    store = visit.store_to_read
    said = store.judgements(PLACED, only_in_force=True) if store else []
    rows = list_parties(visit.con, chain, said)
    labels = [row.organisation for row in rows if row.organisation.name]
    return sorted(f"{one.name} ({one.organisation_id})" for one in labels)


def _rows(action: Action | None, sent: Sent) -> list[dict[str, str]]:
    """Give the rows of milestones of a form: those typed, or those there are; then empty ones."""
    if sent.form == "action":
        rows = gather_milestones(sent.typed)
    else:
        rows = [
            {
                "key": one.key,
                "title": one.title,
                "day": one.day.isoformat(),
                "done_on": one.done_on.isoformat() if one.done_on else "",
            }
            for one in (action.milestones if action else ())
        ]
    filled = [row for row in rows if any(row.get(name) for name in ("title", "day", "done_on"))]
    blank = {"key": "", "title": "", "day": "", "done_on": ""}
    taken = [int(row.get("place", place)) for place, row in enumerate(filled)]
    free = max(taken, default=-1) + 1
    return [
        *({**blank, "place": str(place), **row} for place, row in zip(taken, filled, strict=True)),
        *({**blank, "place": str(free + place)} for place in range(EMPTY_ROWS)),
    ]


def _type_action(action: Action | None) -> dict[str, str]:
    """Give an action as a form shows it before anybody types."""
    if action is None:
        return {}
    return {
        "title": action.title,
        "initiative": action.initiative,
        "owner": write_owner(action.owner),
        "role": action.owner.role,
        "starts": action.starts.isoformat() if action.starts else "",
        "ends": action.ends.isoformat() if action.ends else "",
        "gap": action.gap,
    }


def _type_initiative(initiative: Initiative | None) -> dict[str, str]:
    if initiative is None:
        return {}
    return {
        "label": initiative.label,
        "aim": initiative.aim,
        "owner": write_owner(initiative.lead),
        "role": initiative.lead.role,
    }


def _numbered(visit: Visit, numbers: Sequence[int]) -> dict[int, Judgement]:
    store = visit.store_to_read
    return {line.number: line for line in store.numbered(numbers)} if store and numbers else {}


def _was_called(said: Mapping[int, Judgement], name: str, slug: str) -> str:
    values = [line.value for line in said.values() if isinstance(line.value, Mapping)]
    names = [str(value[name]) for value in values if value.get(name)]
    return names[-1] if names else slug


def _last_withdrawal(lines: Sequence[Line]) -> int | None:
    """Give the line that took back the whole, which to take back restores it."""
    found = [line.number for line in lines if line.kind == WITHDRAWN and line.in_force]
    return found[-1] if found else None


def _list_withdrawn(visit: Visit, chain: str) -> list[tuple[str, str, str]]:
    """Give kind, slug and name of what was withdrawn whole, for who can restore it."""
    if visit.person is None:
        return []
    programme = read_programme(visit.store_to_read, chain)
    found = []
    for thing, lines in programme.withdrawn.items():
        kind, _, slug = thing.partition(":")
        said = _numbered(visit, [line.number for line in lines])
        found.append(
            (kind, slug, _was_called(said, "title" if kind == "action" else "label", slug))
        )
    return found


def _crumbs(visit: Visit) -> tuple[tuple[str, str], ...]:
    return ((visit.words("Value chains"), visit.addresses.page("chains")),)


def _back(visit: Visit, chain: Chain) -> tuple[str, str]:
    name = chain.label.in_language(visit.language)
    return visit.words("Programme of %(name)s", name=name), address_of(visit, chain.chain)
