"""The invented countries in the Atlantic west of Ireland: regions that tile, and their cities.

They lie where the projection of European maps still holds, and where no real region is.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from keten.sources.invented.card import LABELS
from keten.sources.invented.words import CITY_ENDINGS, REGION_ENDINGS, ROOTS, combine

CITIES_PER_REGION: Final = 6

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Country:
    """A rectangle of sea that becomes land: `blocks` are its NUTS 2 regions, row by row.

    Each NUTS 2 region is two by two NUTS 3 regions; two NUTS 2 regions above each other are one
    NUTS 1 region.
    """

    code: str
    west: float
    south: float
    east: float
    north: float
    blocks_across: int


COUNTRIES: Final = (
    Country("QN", -19.6, 51.6, -15.0, 54.6, 3),
    Country("QM", -14.6, 52.0, -13.0, 54.4, 1),
    Country("QP", -18.6, 49.0, -16.2, 51.0, 1),
)
SHARES: Final = (0.52, 0.27, 0.21)  # of the organisations


@dataclass(frozen=True, slots=True)
class Area:
    """A region with its outline (WGS84)."""

    code: str
    name: str
    outline: Any


@dataclass(frozen=True, slots=True)
class City:
    """A city: where it is, how much of its country's activity it draws."""

    name: str
    country: str
    nuts3: str
    postcode: str
    latitude: float
    longitude: float
    weight: float


@dataclass(slots=True)
class Land:
    """All regions, sorted by code, and all cities, by country."""

    areas: list[Area] = field(default_factory=list)
    cities: dict[str, list[City]] = field(default_factory=dict)
    former_codes: dict[str, str] = field(default_factory=dict)  # NUTS 3 of now: code before 2024


def invent_land(rng: np.random.Generator) -> Land:
    """Give the land that belongs to a seed."""
    land = Land()
    for country in COUNTRIES:
        _settle(country, land, rng)
    land.areas.sort(key=lambda area: area.code)
    # Until 2024 the second region of QN bore another number, so its old codes are still in use.
    land.former_codes = {
        area.code: f"QN2{_OLD_BLOCK}{area.code[4]}"
        for area in land.areas
        if len(area.code) == 5 and area.code.startswith("QN22")
    }
    return land


_OLD_BLOCK: Final = "5"


def list_former(land: Land, vintage: int) -> list[tuple[str, str]]:
    """Give codes and names as an earlier edition had them.

    2021: one NUTS 2 region under its old number, with all inside it. 2016: besides, two regions
    that were joined later, and one that was cut up.
    """
    old = {area.code[:4]: f"QN2{_OLD_BLOCK}" for area in land.areas if area.code[:4] == "QN22"}
    rows = {
        (old[area.code[:4]] + area.code[4:] if area.code[:4] in old else area.code): area.name
        for area in land.areas
    }
    if vintage < 2021:
        first, _, second = rows.pop("QN111").partition("-")
        rows |= {"QN115": first, "QN116": second}
        lost = [code for code in rows if code in ("QM113", "QM114")]
        for code in lost:
            del rows[code]
        rows["QM115"] = "Oudmark"
    return sorted(rows.items())


def _settle(country: Country, land: Land, rng: np.random.Generator) -> None:
    corners, cells = _draw_cells(country, rng)
    names = iter(combine(ROOTS, REGION_ENDINGS[country.code], rng))
    towns = iter(combine(ROOTS, CITY_ENDINGS[country.code], rng))
    cities: list[City] = []
    for code in sorted(cells):
        cities += [
            _found(next(towns), code, cells[code], corners[code], rng, len(cities) + place)
            for place in range(CITIES_PER_REGION)
        ]
    land.cities[country.code] = cities
    # The first region bears the names of the two that were joined.
    joined = f"{country.code}111"
    for code in sorted(cells):
        name = f"{next(names)}-{next(names)}" if code == joined else next(names)
        land.areas.append(Area(code, name, cells[code]))
    for length in (4, 3, 2):
        for code in sorted({code[:length] for code in cells}):
            parts = [cells[cell] for cell in sorted(cells) if cell.startswith(code)]
            label = LABELS[country.code]
            both = dict.fromkeys((label.nl, label.en))
            name = "/".join(both) if length == 2 else next(names)
            land.areas.append(Area(code, name, shapely.union_all(parts)))


def _draw_cells(
    country: Country, rng: np.random.Generator
) -> tuple[dict[str, Floats], dict[str, Any]]:
    """Give the corners and the outline of each NUTS 3 region by code; drawn again if lines cross."""
    across, down = country.blocks_across * 2, 4
    while True:
        lattice = _corners(country, across, down, rng)
        borders = _Borders(lattice, rng)
        corners: dict[str, Floats] = {}
        cells: dict[str, Any] = {}
        for row, column in itertools.product(range(down), range(across)):
            block, half = column // 2, row // 2
            code = f"{country.code}{block + 1}{half + 1}{(row % 2) * 2 + column % 2 + 1}"
            corners[code] = lattice[row : row + 2, column : column + 2].reshape(4, 2)
            cells[code] = borders.cell(row, column)
        if _tile(list(cells.values())):
            return corners, cells


def _tile(cells: list[Any]) -> bool:
    if not all(cell.is_valid for cell in cells):
        return False
    whole = shapely.union_all(cells)
    is_one = isinstance(whole, shapely.Polygon) and not whole.interiors
    return is_one and bool(np.isclose(whole.area, sum(cell.area for cell in cells), rtol=1e-9))


def _found(
    name: str, code: str, cell: Any, quad: Floats, rng: np.random.Generator, rank: int
) -> City:
    while True:
        right, low = rng.uniform(0.2, 0.8, 2)
        weights = np.outer([1 - low, low], [1 - right, right]).ravel()
        longitude, latitude = (weights @ quad).tolist()
        if cell.contains(shapely.Point(longitude, latitude)):
            break
    return City(
        name,
        code[:2],
        code,
        f"{10 + rank // CITIES_PER_REGION}{rank % CITIES_PER_REGION}",
        latitude,
        longitude,
        float(rng.pareto(1.2) + 0.1),
    )


def _corners(country: Country, across: int, down: int, rng: np.random.Generator) -> Floats:
    """Give a lattice of corners, shaken, and drawn in at the corners so that it looks like land."""
    x, y = np.meshgrid(np.linspace(-1, 1, across + 1), np.linspace(1, -1, down + 1))
    bent_x = x * np.sqrt(1 - 0.35 * y**2)
    bent_y = y * np.sqrt(1 - 0.35 * x**2)
    shaken = np.stack(
        [
            bent_x + rng.uniform(-0.2, 0.2, x.shape) / across,
            bent_y + rng.uniform(-0.2, 0.2, x.shape) / down,
        ],
        axis=-1,
    )
    middle = np.array([(country.west + country.east) / 2, (country.south + country.north) / 2])
    half = np.array([(country.east - country.west) / 2, (country.north - country.south) / 2])
    return np.asarray(middle + shaken * half)


class _Borders:
    """Crooked lines between corners, drawn once, so that neighbours share them exactly."""

    def __init__(self, corners: Floats, rng: np.random.Generator) -> None:
        rows, columns = corners.shape[:2]
        self._lines: dict[tuple[int, int, int, int], Sequence[tuple[float, float]]] = {}
        for row, column in itertools.product(range(rows), range(columns)):
            for r, c in ((row, column + 1), (row + 1, column)):
                if r < rows and c < columns:
                    line = _crooked(corners[row, column], corners[r, c], rng)
                    self._lines[row, column, r, c] = line
                    self._lines[r, c, row, column] = line[::-1]

    def cell(self, row: int, column: int) -> Any:
        """Give the area between four corners."""
        ring = [
            (row, column),
            (row + 1, column),
            (row + 1, column + 1),
            (row, column + 1),
            (row, column),
        ]
        points = [
            point
            for one, other in itertools.pairwise(ring)
            for point in self._lines[(*one, *other)][:-1]
        ]
        return shapely.Polygon([*points, points[0]])


def _crooked(start: Floats, end: Floats, rng: np.random.Generator) -> list[tuple[float, float]]:
    points = np.stack([start, end])
    for roughness in (0.07, 0.06, 0.05, 0.04):
        step = np.diff(points, axis=0)
        aside = np.column_stack([-step[:, 1], step[:, 0]])
        middle = (
            points[:-1]
            + step / 2
            + aside * rng.uniform(-roughness, roughness, (len(step), 1)) * 1.7
        )
        woven = np.empty((2 * len(points) - 1, 2))
        woven[::2], woven[1::2] = points, middle
        points = woven
    return [(x, y) for x, y in np.round(points, 5).tolist()]
