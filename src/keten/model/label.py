"""How organisations and regions are named wherever something is said of them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Label:
    """An organisation as it is named in a list; `name` None: no source names it."""

    organisation_id: str
    name: str | None
    short_name: str | None
    kind: str | None
    country: str | None
    city: str | None


@dataclass(frozen=True, slots=True)
class Region:
    """A region of the NUTS classification (or a country outside it: level 0, vintage '')."""

    code: str
    level: int
    name: str
    name_latin: str
    parent: str | None
    vintage: str
    former: tuple[tuple[str, str], ...]  # code and kind of change of its predecessors
