"""Who takes part in which project: an urn in which who took part is drawn again.

Each organisation enters once as a newcomer; every other place goes to one drawn from all places
filled so far, so that a few take part very often and most only once, as in the genuine files.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from keten.sources.invented.land import COUNTRIES, SHARES

KINDS: Final = ("PRC", "HES", "REC", "PUB", "OTH")

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Scheme:
    """A kind of grant: how often, how many take part, who, and how much it pays (EUR, median)."""

    name: str
    weight: float
    partners: float  # median; 1: the coordinator alone
    kinds: tuple[float, float, float, float, float]
    grant_eur: float
    part: str
    months: int
    newcomers: float = 1.0  # how likely a place goes to one who never took part


_SCHOLARS = (0.0, 0.8, 0.2, 0.0, 0.0)
_FIRMS = (1.0, 0.0, 0.0, 0.0, 0.0)
_MIXED = (0.42, 0.25, 0.2, 0.06, 0.07)
_PUBLIC = (0.25, 0.25, 0.2, 0.14, 0.16)

SCHEMES: Final = {
    "h2020": (
        Scheme("MSCA-IF-EF-ST", 0.24, 1, _SCHOLARS, 180e3, "H2020-EU.1.3.", 24, 0.02),
        Scheme("ERC-STG", 0.11, 1, _SCHOLARS, 1.45e6, "H2020-EU.1.1.", 60, 0.02),
        Scheme("ERC-COG", 0.09, 1, _SCHOLARS, 1.9e6, "H2020-EU.1.1.", 60, 0.02),
        Scheme("ERC-ADG", 0.05, 1, _SCHOLARS, 2.4e6, "H2020-EU.1.1.", 60, 0.02),
        Scheme("SME-1", 0.12, 1, _FIRMS, 50e3, "H2020-EU.2.3.", 6, 3.0),
        Scheme("SME-2", 0.04, 1, _FIRMS, 1.6e6, "H2020-EU.2.3.", 24, 1.5),
        Scheme("RIA", 0.15, 9, _MIXED, 4.2e6, "H2020-EU.2.1.", 42),
        Scheme("IA", 0.06, 12, _MIXED, 6.5e6, "H2020-EU.3.3.", 42),
        Scheme("CSA", 0.07, 6, _PUBLIC, 1.3e6, "H2020-EU.3.2.", 30),
        Scheme("MSCA-ITN-ETN", 0.04, 8, _MIXED, 3.2e6, "H2020-EU.1.3.", 48, 0.4),
        Scheme("MSCA-RISE", 0.03, 8, _MIXED, 0.8e6, "H2020-EU.1.3.", 48, 0.4),
    ),
    "he": (
        Scheme("HORIZON-TMA-MSCA-PF-EF", 0.27, 1, _SCHOLARS, 200e3, "HORIZON.1.2", 24, 0.02),
        Scheme("HORIZON-ERC", 0.2, 1, _SCHOLARS, 1.8e6, "HORIZON.1.1", 60, 0.02),
        Scheme("HORIZON-ERC-POC", 0.05, 1, _SCHOLARS, 150e3, "HORIZON.1.1", 18, 0.02),
        Scheme("HORIZON-RIA", 0.11, 10, _MIXED, 4.3e6, "HORIZON.2.4", 48),
        Scheme("HORIZON-IA", 0.06, 13, _MIXED, 6e6, "HORIZON.2.5", 48),
        Scheme("HORIZON-JU-RIA", 0.04, 13, _MIXED, 7e6, "HORIZON.2.6", 42),
        Scheme("HORIZON-CSA", 0.08, 7, _PUBLIC, 1.6e6, "HORIZON.2.2", 36),
        Scheme("HORIZON-EIC", 0.04, 4, _MIXED, 2.8e6, "HORIZON.3.1", 36),
        Scheme("HORIZON-EIC-ACC-BF", 0.05, 1, _FIRMS, 2.4e6, "HORIZON.3.1", 24, 3.0),
        Scheme("HORIZON-TMA-MSCA-DN", 0.05, 10, _MIXED, 2.6e6, "HORIZON.1.2", 48, 0.4),
        Scheme("HORIZON-TMA-MSCA-SE", 0.05, 9, _MIXED, 0.9e6, "HORIZON.1.2", 48, 0.4),
    ),
}
# As many projects, and newcomers, for each organisation as the genuine files have.
PROJECTS_PER_ORGANISATION: Final = {"h2020": 0.576, "he": 0.352}
NEWCOMERS: Final = {"h2020": 0.6575, "he": 0.3425}
MOST_PARTNERS: Final = 199


@dataclass(slots=True)
class Programme:
    """The consortia of one programme; places of project p: `first[p]` up to `first[p + 1]`."""

    name: str
    scheme: Ints
    first: Ints
    organisation: Ints  # by place; the first place of a project is the coordinator's


@dataclass(slots=True)
class Parties:
    """What is known of the organisations once consortia are formed: kind and country, by number."""

    kind: list[int] = field(default_factory=list)
    country: list[int] = field(default_factory=list)


def form_consortia(
    organisations: int, rng: np.random.Generator
) -> tuple[Parties, dict[str, Programme]]:
    """Fill the places of both programmes; every organisation takes part at least once."""
    parties = Parties()
    urn = _Urn(parties, rng)
    early = min(organisations - 1, max(1, round(organisations * NEWCOMERS["h2020"])))
    newcomers = {"h2020": early, "he": organisations - early}
    formed = {}
    for name, schemes in SCHEMES.items():
        wanted = max(3, round(organisations * PROJECTS_PER_ORGANISATION[name]))
        scheme, size = _projects(schemes, wanted, newcomers[name], rng)
        is_new = _newcomer_places(schemes, scheme, size, newcomers[name], rng)
        formed[name] = _fill(name, schemes, scheme, size, is_new, urn)
    return parties, formed


def _projects(
    schemes: tuple[Scheme, ...], wanted: int, newcomers: int, rng: np.random.Generator
) -> tuple[Ints, Ints]:
    weights = np.array([scheme.weight for scheme in schemes])
    medians = np.array([scheme.partners for scheme in schemes])
    drawn = rng.choice(len(schemes), wanted, p=weights / weights.sum())
    size = _sizes(medians[drawn], rng)
    while size.sum() < 2 * newcomers:  # a handful of organisations may draw lone projects only
        more = rng.choice(len(schemes), wanted, p=weights / weights.sum())
        drawn, size = np.append(drawn, more), np.append(size, _sizes(medians[more], rng))
    return drawn.astype(np.int64), size


def _sizes(median: NDArray[np.float64], rng: np.random.Generator) -> Ints:
    spread = np.rint(median * rng.lognormal(0, 0.65, len(median)))
    return np.where(median <= 1, 1, np.clip(spread, 2, MOST_PARTNERS)).astype(np.int64)


def _newcomer_places(
    schemes: tuple[Scheme, ...],
    scheme: Ints,
    size: Ints,
    count: int,
    rng: np.random.Generator,
) -> NDArray[np.bool_]:
    """Mark the places that go to newcomers: weighted, without repetition."""
    likelihood = np.repeat(np.array([each.newcomers for each in schemes])[scheme], size)
    order = np.argsort(rng.exponential(1.0, len(likelihood)) / likelihood, kind="stable")
    is_new = np.zeros(len(likelihood), np.bool_)
    is_new[order[:count]] = True
    return is_new


def _fill(
    name: str,
    schemes: tuple[Scheme, ...],
    scheme: Ints,
    size: Ints,
    is_new: NDArray[np.bool_],
    urn: "_Urn",
) -> Programme:
    limits = [np.cumsum(each.kinds).tolist() for each in schemes]
    newcomer = iter(is_new.tolist())
    places: list[int] = []
    first = [0]
    for number, partners in zip(scheme.tolist(), size.tolist(), strict=True):
        taken: set[int] = set()
        lead = -1
        for _ in range(partners):
            party = (
                urn.admit(limits[number])
                if next(newcomer)
                else urn.draw(limits[number], lead, taken)
            )
            if party is None:
                continue
            if lead < 0:
                lead = party
            taken.add(party)
            places.append(party)
            urn.put_back(party)
        if len(places) > first[-1]:
            first.append(len(places))
        else:
            first.append(first[-1])
    starts = np.array(first, np.int64)
    has_any = np.diff(starts) > 0  # nobody could be drawn for a few of the very first
    return Programme(
        name,
        scheme[has_any],
        np.append(starts[:-1][has_any], starts[-1]),
        np.array(places, np.int64),
    )


class _Urn:
    """All places filled so far, by kind, and by kind and country."""

    def __init__(self, parties: Parties, rng: np.random.Generator) -> None:
        self.parties = parties
        self._chance = _chances(rng)
        self._everyone: list[list[int]] = [[] for _ in KINDS]
        self._near: dict[tuple[int, int], list[int]] = {
            (kind, country): [] for kind in range(len(KINDS)) for country in range(len(COUNTRIES))
        }
        self._shares = np.cumsum(SHARES).tolist()

    def admit(self, kinds: list[float]) -> int:
        """Let a newcomer in."""
        self.parties.kind.append(_place(kinds, next(self._chance)))
        self.parties.country.append(_place(self._shares, next(self._chance)))
        return len(self.parties.kind) - 1

    def draw(self, kinds: list[float], lead: int, taken: set[int]) -> int | None:
        """Draw one who took part before, more often from the country of the coordinator."""
        for _ in range(8):
            kind = _place(kinds, next(self._chance))
            pool = self._everyone[kind]
            if lead >= 0 and next(self._chance) < 0.35:
                pool = self._near[kind, self.parties.country[lead]] or pool
            if pool:
                found = pool[int(next(self._chance) * len(pool))]
                if found not in taken:
                    return found
        return None

    def put_back(self, party: int) -> None:
        """Put a filled place into the urn."""
        kind, country = self.parties.kind[party], self.parties.country[party]
        self._everyone[kind].append(party)
        self._near[kind, country].append(party)


def _place(limits: list[float], chance: float) -> int:
    for place, limit in enumerate(limits):
        if chance < limit:
            return place
    return len(limits) - 1


def _chances(rng: np.random.Generator) -> Iterator[float]:
    while True:
        yield from rng.random(1 << 15).tolist()
