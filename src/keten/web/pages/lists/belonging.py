"""What people said of where an organisation belongs, and figures that they brought: for pages of others."""

from collections.abc import Sequence
from dataclasses import dataclass

from keten.lists.held import OWN_ROW
from keten.lists.indicators import OwnFigure, list_figures
from keten.lists.members import MEMBER, PLACED
from keten.model import OWN, Judgement, Text
from keten.web.visit import Visit
from keten.workspace import Terms, read_terms

_PAGES = {
    "technology": "taxonomies/technologies",
    "mission": "taxonomies/missions",
    "chain": "chains",
}


@dataclass(frozen=True, slots=True)
class Belonging:
    """Something that an organisation was said to belong to, the page of it, and the line that says so."""

    label: Text
    address: str
    line: Judgement
    role: str = ""


def read_belonging(visit: Visit, keys: Sequence[str]) -> tuple[Belonging, ...]:
    """Give where these records were said to belong, as far as the visitor may see it."""
    store = visit.store_to_read
    lines = store.judgements_on(keys, reader=visit.person) if store else []
    mine = [line for line in lines if line.kind in {MEMBER, PLACED} and line.subject in keys]
    terms = read_terms(store, visit.now.date()) if mine else Terms({})
    found = []
    for line in mine:
        of = line.object
        value = line.value if isinstance(line.value, dict) else {}
        stage, role = value.get("stage"), str(value.get("role") or "")
        if stage == "none":
            continue
        name = terms.label(f"{of}/{stage}" if stage and line.kind == PLACED else of)
        kind, _, slug = of.partition(":")
        page = f"{_PAGES[kind]}/{slug.partition('/')[0]}" if kind in _PAGES else ""
        found.append(Belonging(name, visit.addresses.page(page) if page else "", line, role))
    return tuple(sorted(found, key=lambda one: (one.label.en, one.line.number)))


def read_shared_members(visit: Visit, key: str) -> tuple[Judgement, ...]:
    """Give who belongs to an entry by lines that are not for everybody, for those who may see them."""
    store = visit.store_to_read
    if store is None or visit.person is None:
        return ()
    lines = store.judgements_on([key], reader=visit.person)
    return tuple(line for line in lines if line.kind == MEMBER and line.is_private)


def read_own_figures(visit: Visit, keys: Sequence[str]) -> tuple[OwnFigure, ...]:
    """Give the figures that people brought of regions or a chain, as far as the visitor may see them."""
    return list_figures(visit.store_to_read, list(keys), visit.person)


def name_own(visit: Visit, lines: Sequence[Judgement]) -> dict[str, str]:
    """Give the names of organisations that only lists know, as far as the visitor may see them."""
    store = visit.store_to_read
    keys = sorted({line.subject for line in lines if line.subject.startswith(f"{OWN}:")})
    said = store.judgements_on(keys, reader=visit.person) if store and keys else []
    return {
        line.subject: str(line.value["name"])
        for line in said
        if line.kind == OWN_ROW and isinstance(line.value, dict) and line.value.get("name")
    }
