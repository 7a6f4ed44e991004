"""Narrowing: the technology, the value chain and how sure, by which any list can be asked for less."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from keten.atlas.subject_name import read_subjects
from keten.atlas.technology_name import read_technologies
from keten.evidence.figures.scope import TIERS
from keten.model import Scope
from keten.web.pages.chain.frame import read_chains
from keten.web.trouble import bad_question
from keten.web.visit import Visit

NAMES = ("technology", "chain", "mission", "tier")


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a list was narrowed to; `choices` are the names and labels that can be chosen."""

    given: dict[str, str]
    choices: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict, compare=False)

    @property
    def is_given(self) -> bool:
        """Whether the list is narrowed at all."""
        return bool(self.given)

    @property
    def filters(self) -> tuple[tuple[str, str], ...]:
        """What was asked, as filters in a fixed order."""
        return tuple(sorted(self.given.items()))

    @property
    def query(self) -> str:
        """The question part of an address that asks for the same, nothing where nothing was asked."""
        return f"?{urlencode(self.filters)}" if self.given else ""

    def named(self, name: str) -> str:
        """Give the label of what was asked of one of `NAMES`, or nothing."""
        return dict(self.choices.get(name, ())).get(self.of(name), "")

    def of(self, name: str) -> str:
        """Give what was asked of one of `NAMES`, or nothing."""
        return self.given.get(name, "")

    def narrow(self, scope: Scope) -> Scope:
        """Give a scope narrowed to what was asked for."""
        return scope.narrowed(**self.given)


def read_narrowing(
    visit: Visit, names: Iterable[str] = ("technology", "chain", "mission")
) -> Narrowing:
    """Read what the address narrows to; raises Trouble for what is not known here."""
    technologies = read_technologies(visit.con)
    known = {
        "technology": {
            name: each.label.in_language(visit.language) for name, each in technologies.items()
        },
        "chain": {
            each.chain: each.label.in_language(visit.language) for each in read_chains(visit)
        },
        "mission": {
            each.name: each.label.in_language(visit.language)
            for each in read_subjects(visit.con).values()
            if each.one == "mission"
        },
        "tier": dict.fromkeys(TIERS, ""),
    }
    given = {name: visit.asked(name) for name in names if visit.asked(name)}
    for name, value in given.items():
        if value not in known[name]:
            raise bad_question(visit.words, f"{name}={value[:60]}")
    if "tier" in given and "technology" not in given:
        raise bad_question(visit.words, f"tier={given['tier']}")
    return Narrowing(given, {name: tuple(known[name].items()) for name in names})
