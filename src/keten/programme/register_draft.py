"""Drafts of the register: what somebody says of an initiative, checked before it becomes a line."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from keten.model import InitiativeSaid, Text, read_amount
from keten.programme.draft import AIM, ENDS, LABEL, REASON, ROLE, STARTS, Problems
from keten.programme.owners import names_person, split_identifier
from keten.programme.register import SERVED, Registered
from keten.programme.typed import Typed
from keten.workspace import DIMENSIONS, Terms

Find = Callable[[str], tuple[str, str] | None]
LEAD: Final = Text("Who runs it", "Wie voert het uit")
FUNDER: Final = Text("Who pays", "Wie betaalt")
AMOUNT: Final = Text("Amount in euros", "Bedrag in euro's")
AMOUNT_SOURCE: Final = Text("Source of the amount", "Bron van het bedrag")
WEBSITE: Final = Text("Website", "Website")
# What a person writes in words; the others are ticked.
WRITTEN: Final = ("region",)
_WEBSITE: Final = re.compile(r"https?://[^\s<>\"']{3,300}")


@dataclass(frozen=True, slots=True)
class RegisteredDraft:
    """An initiative that may be written, and why."""

    said: InitiativeSaid
    reason: str


def check_registered(
    cells: Mapping[str, Any],
    ticked: Mapping[str, Sequence[str]],
    terms: Terms,
    find: Find,
    register: Sequence[Registered],
    before: Registered | None = None,
) -> tuple[RegisteredDraft, Problems]:
    """Read a form: words in `cells`, keys of terms in `ticked`; the draft counts only without problems."""
    typed = Typed(cells)
    lead, record = _read_lead(typed, find, before)
    starts, ends = typed.day("starts", STARTS), typed.day("ends", ENDS)
    if starts and ends and ends < starts:
        typed.wrong(
            "ends",
            f"The end, {ends}, is before the start, {starts}.",
            f"Het einde, {ends}, ligt voor het begin, {starts}.",
        )
    said = InitiativeSaid(
        label=typed.words("label", LABEL, 120, needed=True),
        aim=typed.words("aim", AIM, 1000),
        lead=lead,
        lead_role=_read_role(typed),
        lead_record=record,
        kind=_read_kind(typed, terms, before),
        serves=_read_served(typed, ticked, terms, before),
        amount_eur=_read_amount(typed),
        amount_source=typed.words("amount_source", AMOUNT_SOURCE, 300),
        funder=typed.words("funder", FUNDER, 200),
        starts=starts,
        ends=ends,
        website=_read_website(typed),
    )
    if said.amount_eur is not None and not said.amount_source:
        typed.wrong(
            "amount_source",
            "Say where the amount is said: others will want to look it up.",
            "Zeg waar het bedrag staat: anderen willen het kunnen nazoeken.",
        )
    same = [one for one in register if one.said.label.casefold() == said.label.casefold()]
    if any(before is None or one.slug != before.slug for one in same):
        typed.wrong(
            "label",
            f"There is an initiative '{said.label}' already.",
            f"Er is al een initiatief '{said.label}'.",
        )
    reason = typed.words("reason", REASON, 1000, needed=True)
    return RegisteredDraft(said, reason), tuple(typed.problems)


def _read_lead(typed: Typed, find: Find, before: Registered | None) -> tuple[str, str]:
    text = typed.words("lead", LEAD, 300)
    name, identifier = split_identifier(text)
    if names_person("" if identifier else name):
        typed.wrong(
            "lead",
            f"'{name[:80]}' looks like a person. Name an organisation.",
            f"'{name[:80]}' lijkt een persoon. Noem een organisatie.",
        )
    if not identifier:
        return name, ""
    if before and before.said.lead_record == identifier:
        return before.said.lead, identifier
    found = find(identifier)
    if found is None:
        typed.wrong(
            "lead",
            f"No organisation is known here as '{identifier}'. Write its name without a number.",
            f"Hier is geen organisatie bekend als '{identifier}'. Schrijf de naam zonder nummer.",
        )
        return name, ""
    return found[1], found[0]


def _read_role(typed: Typed) -> str:
    role = typed.words("role", ROLE, 100)
    if names_person(role):
        typed.wrong(
            "role",
            f"'{role[:80]}' looks like a person. Name at most a role.",
            f"'{role[:80]}' lijkt een persoon. Noem hooguit een functie.",
        )
    return role


def _read_kind(typed: Typed, terms: Terms, before: Registered | None) -> str:
    text = typed.words("kind", DIMENSIONS["kind"][0], 80)
    if not text or (before and text == before.said.kind):
        return text
    key = terms.find("kind", text)
    if not key:
        _unknown(typed, "kind", text)
    return key.partition(":")[2]


def _read_served(
    typed: Typed, ticked: Mapping[str, Sequence[str]], terms: Terms, before: Registered | None
) -> tuple[str, ...]:
    found: set[str] = set()
    kept = set(before.said.serves) if before else set()
    for kind in SERVED:
        for key in ticked.get(kind, ()):
            if key in terms.by_key or key in kept:
                found.add(key)
            elif key:
                _unknown(typed, kind, key)
    for kind in WRITTEN:
        text = typed.words(kind, DIMENSIONS[kind][0], 500)
        keys, unknown = terms.read(kind, text)
        # A code that the evidence does not hold any more stays until somebody takes it away.
        old = {key for key in kept if key.partition(":")[2] in unknown}
        found |= {*keys, *old}
        for name in unknown:
            if not any(key.partition(":")[2] == name for key in old):
                _unknown(typed, kind, name)
    return tuple(sorted(found))


def _unknown(typed: Typed, kind: str, name: str) -> None:
    one = DIMENSIONS[kind][0]
    typed.wrong(
        kind,
        f"{one.en}: '{name[:80]}' is not known here.",
        f"{one.nl}: '{name[:80]}' is hier niet bekend.",
    )


def _read_amount(typed: Typed) -> float | int | None:
    text = typed.words("amount", AMOUNT, 40)
    if not text:
        return None
    amount = read_amount(text)
    if amount is None:
        typed.wrong(
            "amount",
            f"'{text}' is no amount. Write 1200000 or 1.2 million.",
            f"'{text}' is geen bedrag. Schrijf 1200000 of 1,2 mln.",
        )
    return amount


def _read_website(typed: Typed) -> str:
    text = typed.words("website", WEBSITE, 300)
    if not text:
        return ""
    address = text if "://" in text else f"https://{text}"
    if not _WEBSITE.fullmatch(address) or "." not in address:
        typed.wrong(
            "website",
            f"'{text[:80]}' is no web address.",
            f"'{text[:80]}' is geen webadres.",
        )
        return ""
    return address
