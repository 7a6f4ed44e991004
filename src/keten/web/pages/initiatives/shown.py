"""What the pages of initiatives show, for a reader and for somebody whose form could not be taken yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from keten.lists.answers import show_lists
from keten.model import Judgement
from keten.programme.register_answers import (
    SERVED,
    Registered,
    Wanted,
    choose,
    find_meetings,
    make_matrix,
    read_known_terms,
    read_register,
    show_leads,
    show_registered,
)
from keten.web.language import N_
from keten.web.numbers import write_number
from keten.web.pages.programme.shown import Mishap
from keten.web.reply import Page
from keten.web.trouble import bad_question
from keten.web.visit import Visit
from keten.workspace import DIMENSIONS, WITHDRAWN, Terms

PAGE: Final = 100
HEADINGS: Final = (
    "element",
    "stage",
    "mission",
    "region",
    "chain",
    "technology",
    "audience",
    "kind",
)
BY: Final = {
    "element": N_("preconditions"),
    "stage": N_("stages"),
    "mission": N_("missions"),
    "region": N_("regions"),
    "chain": N_("value chains"),
    "technology": N_("technologies"),
    "audience": N_("for whom"),
    "kind": N_("kinds"),
}


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that came back: what was typed and ticked, and what is wrong with it."""

    typed: Mapping[str, str] = field(default_factory=dict)
    ticked: Mapping[str, Sequence[str]] = field(default_factory=dict)
    mishaps: tuple[Mishap, ...] = ()
    is_clash: bool = False
    status: int = 200


NOTHING: Final = Sent()


def terms_of(visit: Visit) -> Terms:
    """Give all that an initiative can serve here."""
    home, today = visit.settings.home_country, visit.now.date()
    return read_known_terms(visit.con, visit.store_to_read, home, today)


def show_all(visit: Visit, sent: Sent = NOTHING) -> Page:
    """List the initiatives that are asked for."""
    terms = terms_of(visit)
    register = read_register(visit.store_to_read, visit.person)
    found = choose(register, read_wanted(visit, terms, register))
    start = _read_start(visit, len(found))
    rows = found[start - 1 : start - 1 + PAGE]
    asked = asked_of(visit)
    return Page(
        "initiatives/initiatives.html",
        visit.words("Initiatives"),
        {"initiatives": rows, "found": len(found), "all": len(register)},
        {
            **_frame(visit, terms, sent),
            "leads": show_leads(visit.con, rows),
            "typed": sent.typed,
            "ticked": sent.ticked,
            "opened": bool(sent.mishaps) or visit.asked("add") == "yes",
            "asked": asked,
            "matrix": visit.addresses.page("initiatives/matrix", **asked),
            "file": visit.addresses.page("initiatives/initiatives.xlsx", **asked),
            "lists": _lists_of(visit, register),
            "previous": _step(visit, asked, max(1, start - PAGE)) if start > 1 else "",
            "next": _step(visit, asked, start + PAGE) if start - 1 + PAGE < len(found) else "",
        },
        status=sent.status,
        address=visit.addresses.page("initiatives") if sent.status != 200 else "",
    )


def show_matrix(visit: Visit) -> Page:
    """Show initiatives by what they serve, and who ought to meet."""
    terms = terms_of(visit)
    by = visit.asked("by") or HEADINGS[0]
    if by not in BY:
        raise bad_question(visit.words, f"by={by[:40]}")
    register = read_register(visit.store_to_read, visit.person)
    rows = choose(register, read_wanted(visit, terms, register))
    asked = asked_of(visit)
    meetings = find_meetings(visit.con, rows)
    return Page(
        "initiatives/matrix.html",
        visit.words("Who serves what?"),
        {"matrix": make_matrix(rows, by, terms), "meetings": meetings, "all": len(register)},
        {
            **_frame(visit, terms, NOTHING),
            "leads": show_leads(visit.con, rows),
            "asked": asked,
            "by": by,
            "headings": [
                (name, visit.words(BY[name]),
                 visit.addresses.page("initiatives/matrix", **{**asked, "by": name}))
                for name in HEADINGS
            ],
            "lists": _lists_of(visit, register),
            "files": [
                (ending, visit.addresses.page(f"initiatives/matrix.{ending}", **asked, by=by))
                for ending in ("xlsx", "csv")
            ],
            "back": visit.addresses.page("initiatives", **asked),
        },
        crumbs=((visit.words("Initiatives"), visit.addresses.page("initiatives")),),
    )  # fmt: skip


def show_one(visit: Visit, slug: str, sent: Sent = NOTHING) -> Page:
    """Show one initiative with its history, or only that where it no longer holds."""
    page = show_registered(visit.con, visit.store_to_read, slug, visit.person)
    terms, held = terms_of(visit), page.held
    own = visit.addresses.page(f"initiatives/{slug}")
    last = page.lines[-1] if page.lines else None
    return Page(
        "initiatives/initiative.html",
        held.said.label if held else _was_called(page.lines, slug),
        {"initiative": held, "lead": page.lead, "lines": page.lines, "like": page.like},
        {
            **_frame(visit, terms, sent),
            "own": own,
            "typed": sent.typed or type_initiative(held, terms, visit.language),
            "ticked": sent.ticked if sent.status != 200 else tick_initiative(held),
            "opened": sent.status != 200,
            "restore": last.number if last and last.kind == WITHDRAWN and held is None else None,
            "kinds": {"initiative": visit.words("Initiative"), WITHDRAWN: visit.words("Withdrawn"),
                      "unlisted": visit.words("Taken out of its list")},
        },
        crumbs=((visit.words("Initiatives"), visit.addresses.page("initiatives")),),
        status=sent.status,
        address=own if sent.status != 200 else "",
        is_private=bool(held and held.line.is_private),
    )  # fmt: skip


def asked_of(visit: Visit) -> dict[str, str]:
    """Give the filters of an address, as they were asked."""
    names = ("q", "kind", *SERVED, "list", "when")
    return {name: text for name in names if (text := visit.asked(name)[:200])}


def read_wanted(visit: Visit, terms: Terms, register: Sequence[Registered]) -> Wanted:
    """Give which initiatives an address asks for; raises Trouble for a term that nobody knows."""
    keys: list[str] = []
    # What no definition names any more can still be asked for, where an initiative serves it.
    served = {key for one in register for name in (*SERVED, "kind") for key in one.serving(name)}
    for kind in SERVED:
        text = visit.asked(kind)[:200]
        if not text:
            continue
        key = terms.find(kind, text)
        key = key or next((each for each in (text, f"{kind}:{text}") if each in served), "")
        if not key:
            raise bad_question(visit.words, f"{kind}={text[:60]}")
        keys.append(key)
    kind = visit.asked("kind")[:80]
    found = terms.find("kind", kind).partition(":")[2] if kind else ""
    found = found or (kind if f"kind:{kind}" in served else "")
    if kind and not found:
        raise bad_question(visit.words, f"kind={kind[:60]}")
    when = visit.asked("when")
    if when not in {"", "now"}:
        raise bad_question(visit.words, f"when={when[:40]}")
    today = visit.now.date() if when else None
    return Wanted(visit.asked("q")[:200], found, tuple(keys), visit.asked("list")[:80], today)


def type_initiative(held: Registered | None, terms: Terms, language: str) -> dict[str, str]:
    """Give an initiative as a form shows it before anybody types."""
    if held is None:
        return {}
    said = held.said
    lead = f"{said.lead} ({said.lead_record})" if said.lead_record else said.lead
    amount = "" if said.amount_eur is None else str(said.amount_eur)
    return {
        "label": said.label, "aim": said.aim, "lead": lead, "role": said.lead_role,
        "kind": said.kind, "amount": amount, "amount_source": said.amount_source,
        "funder": said.funder, "website": said.website,
        "starts": said.starts.isoformat() if said.starts else "",
        "ends": said.ends.isoformat() if said.ends else "",
        "region": "; ".join(terms.write(key, language) for key in said.of("region")),
    }  # fmt: skip


def tick_initiative(held: Registered | None) -> dict[str, Sequence[str]]:
    """Give what is ticked before anybody does."""
    if held is None:
        return {}
    chains = [key for key in held.said.of("chain") if "/" not in key]
    return {
        **{kind: held.said.of(kind) for kind in SERVED},
        "chain": chains,
        "stage": held.serving("stage"),
    }


def bare(key: str) -> str:
    """Give what an address calls a term: `finance`; a stage of a chain goes by its whole key."""
    return key if "/" in key else key.partition(":")[2]


def _frame(visit: Visit, terms: Terms, sent: Sent) -> dict[str, Any]:
    return {
        "naming": terms,
        "served": SERVED,
        "dimension": {
            name: (one.in_language(visit.language), many.in_language(visit.language))
            for name, (one, many) in DIMENSIONS.items()
        },
        "kind_options": [
            (term.key.partition(":")[2], term.label.in_language(visit.language))
            for term in terms.of("kind")
        ],
        "bare": bare,
        "amount": lambda euros: write_number(euros, "EUR", visit.language),
        "mishaps": sent.mishaps,
        "is_clash": sent.is_clash,
        "today": visit.now.date(),
    }


def _lists_of(visit: Visit, register: Sequence[Registered]) -> list[tuple[str, str]]:
    """Give the lists that some of these came from, by name."""
    there = {one.list for one in register if one.list}
    heads = show_lists(visit.store_to_read, visit.person) if there else ()
    return [(head.slug, head.name) for head in heads if head.slug in there]


def _step(visit: Visit, asked: Mapping[str, str], start: int) -> str:
    return visit.addresses.page("initiatives", **{**asked, "from": str(start)})


def _read_start(visit: Visit, size: int) -> int:
    text = visit.asked("from") or "1"
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:7]) <= max(size, 1)):
        raise bad_question(visit.words, f"from={text[:40]}")
    return int(text)


def _was_called(lines: Sequence[Judgement], slug: str) -> str:
    names = [line.value.get("label") for line in lines if isinstance(line.value, Mapping)]
    return str(next((name for name in reversed(names) if name), slug))
