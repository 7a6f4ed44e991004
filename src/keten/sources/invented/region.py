"""Writes an invented region to a folder, in the layout of the publishers' files.

The same number of organisations and the same seed give the same bytes.
"""

import json
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely

from keten.errors import SourceError, UsageError
from keten.sources.invented.calls import FOLDER as CALLS
from keten.sources.invented.calls import write_calls
from keten.sources.invented.card import CARD, MARKER
from keten.sources.invented.consortia import form_consortia
from keten.sources.invented.delivery import ZIP_NAMES, write_delivery
from keten.sources.invented.earlier import NETWORK, TABLES, write_fp7
from keten.sources.invented.funds import FUND_FOLDER, STRUCTURAL_FOLDER, write_funds
from keten.sources.invented.indicators import FOLDERS, write_indicators
from keten.sources.invented.land import Land, invent_land, list_former
from keten.sources.invented.organisations import describe_organisations
from keten.sources.invented.projects import describe_projects, share_money
from keten.sources.invented.registers import KVK_FOLDER, ROR_FOLDER, write_registers
from keten.sources.invented.subsidies import FOLDER as SUBSIDIES
from keten.sources.invented.subsidies import write_subsidies

FEWEST: Final = 20
MOST: Final = 1_000_000

_OTHERS: Final = (TABLES, NETWORK, STRUCTURAL_FOLDER, FUND_FOLDER, ROR_FOLDER, KVK_FOLDER)

Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Sample:
    """What was written; `participations` counts the good rows of both programmes."""

    folder: Path
    organisations: int
    projects: int
    participations: int


def write_region(
    into: Path,
    organisations: int,
    seed: int,
    progress: Progress = lambda _what, _share: None,
) -> Sample:
    """Invent a region and write it to the folder `into`, which then bears the mark of it.

    Raises: UsageError for a size that cannot be, or a folder that holds other data; SourceError
    when the disk refuses.
    """
    if not FEWEST <= organisations <= MOST:
        raise UsageError(
            f"{organisations} organisations cannot be invented.",
            f"Ask for {FEWEST} to {MOST}; 2000 is a region that looks real.",
        )
    if seed < 0:
        raise UsageError(f"{seed} is no seed.", "Give a whole number from 0 up.")
    _claim(into)
    try:
        return _write(into, organisations, seed, progress)
    except OSError as error:
        raise SourceError(
            f"The invented region cannot be written to {into}: {error.strerror}.",
            "Check that the folder is yours to write in and that the disk has room.",
        ) from error


def _claim(into: Path) -> None:
    """Refuse a folder with anything that is not invented."""
    if into.exists() and not into.is_dir():
        raise UsageError(f"{into} is no folder.", "Name a new or empty folder.")
    if into.is_dir() and any(into.iterdir()) and not (into / MARKER).exists():
        raise UsageError(
            f"{into} holds files that are not of an invented region.",
            "Name a new or empty folder: invented data never stand beside real ones.",
        )


def _write(into: Path, organisations: int, seed: int, progress: Progress) -> Sample:
    # Each part has a stream of its own: a change in one leaves the others as they were.
    land_rng, party_rng, *streams = (
        np.random.default_rng(part) for part in np.random.SeedSequence(seed).spawn(9)
    )
    into.mkdir(parents=True, exist_ok=True)
    # The mark comes first, so that half a region is known for what it is.
    (into / MARKER).write_text(_mark(organisations, seed), encoding="utf-8")
    shutil.rmtree(into / SUBSIDIES, ignore_errors=True)
    shutil.rmtree(into / CALLS, ignore_errors=True)
    for name in ("geo", "cordis"):
        shutil.rmtree(into / name, ignore_errors=True)
        (into / name).mkdir()
    for name in (*FOLDERS, *_OTHERS):
        shutil.rmtree(into / name, ignore_errors=True)
    progress("land", 0.0)
    land = invent_land(land_rng)
    _write_land(into / "geo", land)
    write_indicators(into, land, streams[6])
    progress("consortia", 0.05)
    parties, programmes = form_consortia(organisations, party_rng)
    progress("organisations", 0.2)
    described = describe_organisations(parties, programmes, land, party_rng)
    write_subsidies(into, described, np.random.default_rng([seed, 2015]))
    write_fp7(into, described, np.random.default_rng([seed, 2007]))
    write_funds(into, described, np.random.default_rng([seed, 2014]))
    write_registers(into, described, np.random.default_rng([seed, 2024]))
    write_calls(into, np.random.default_rng([seed, 2026]))
    projects_total = 0
    for number, (name, programme) in enumerate(programmes.items()):
        begin = 0.3 + 0.35 * number
        rng, money_rng, places_rng = streams[3 * number : 3 * number + 3]
        progress(name, begin)
        projects = describe_projects(programme, rng)
        projects_total += len(projects)
        write_delivery(
            into / "cordis" / ZIP_NAMES[name],
            programme,
            projects,
            share_money(programme, money_rng),
            described,
            land.former_codes,
            places_rng,
            lambda share, name=name, begin=begin: progress(name, begin + 0.35 * share),  # type: ignore[misc]
        )
    progress("", 1.0)
    places = sum(len(programme.organisation) for programme in programmes.values())
    return Sample(into, len(described), projects_total, places)


def _mark(organisations: int, seed: int) -> str:
    caveat = CARD.caveats["invented"]
    return "\n".join(
        (
            f"{CARD.title.nl} / {CARD.title.en}",
            "",
            caveat.nl,
            CARD.coverage.nl,
            "",
            caveat.en,
            CARD.coverage.en,
            "",
            f"keten sample --organisations {organisations} --seed {seed}",
            f"{CARD.licence}: {CARD.licence_address}",
            "",
        )
    )


def _write_land(folder: Path, land: Land) -> None:
    features = [
        {
            "type": "Feature",
            "properties": {
                "NUTS_ID": area.code,
                "LEVL_CODE": len(area.code) - 2,
                "CNTR_CODE": area.code[:2],
                "NAME_LATN": area.name,
                "NUTS_NAME": area.name,
                "MOUNT_TYPE": None,
                "URBN_TYPE": None,
                "COAST_TYPE": None,
                "geo": area.code,
            },
            "geometry": _geometry(area.outline),
        }
        for area in land.areas
    ]
    collection = {"type": "FeatureCollection", "features": features}
    (folder / "gisco_nuts_2024.geojson").write_text(
        json.dumps(collection, ensure_ascii=False, separators=(",", ":")), encoding="utf-8"
    )
    for vintage in (2016, 2021):
        rows = (f"{code[:2]},{code},{name}" for code, name in list_former(land, vintage))
        _write_lines(folder / f"NUTS_AT_{vintage}.csv", ("CNTR_CODE,NUTS_ID,NUTS_NAME", *rows))
    _write_list(folder / "NUTS2021-NUTS2024.csv", land)


def _geometry(outline: Any) -> dict[str, Any]:
    parts = [part.exterior.coords for part in shapely.get_parts(outline)]
    return {
        "type": "MultiPolygon",
        "coordinates": [[[[x, y] for x, y in ring]] for ring in parts],
    }


def _write_list(path: Path, land: Land) -> None:
    """Write the list of the current edition, with a code for what lies in no region."""
    rows: list[str] = []
    countries = sorted({area.code[:2] for area in land.areas})
    for order, country in enumerate(countries, 1):
        listed = [
            (area.code, area.name)
            for area in land.areas
            if area.code.startswith(country) and len(area.code) > 2
        ]
        listed += [(country + "Z" * level, f"Extra-Regio NUTS {level}") for level in (1, 2, 3)]
        rows += [
            f"{country};{code};{name};{len(code) - 2};{order};{len(rows) + place};;"
            for place, (code, name) in enumerate(listed, 1)
        ]
    heading = "\ufeffCountry code;NUTS Code;NUTS label;NUTS level;Country order;#;;"
    _write_lines(path, (heading, *rows), "\r\n")


def _write_lines(path: Path, lines: Iterable[str], end: str = "\n") -> None:
    path.write_bytes("".join(line + end for line in lines).encode())
