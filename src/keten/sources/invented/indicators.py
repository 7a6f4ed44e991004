"""Writes regional indicators of the invented land, in the layouts of the four publishers.

They carry what makes the genuine ones hard: a country published only for larger regions, a capital
merged with its neighbour, codes of an earlier edition, empty cells, flags glued to numbers.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from keten.sources.competitiveness.layout import INDICATORS
from keten.sources.employment.layout import SECTORS
from keten.sources.invented.land import COUNTRIES, Land
from keten.sources.invented.workbook import Value, write_workbook
from keten.sources.scoreboard.layout import TITLES

FOLDERS: Final = ("regional-indicators", "eurostat")

_YEARS: Final = range(2016, 2024)
_GDP_YEARS: Final = range(2014, 2023)
_COARSE: Final = "QM"  # the scoreboard has it for larger regions only
_CAPITAL: Final = ("QN_C", ("QN11", "QN12"))
_NATIONAL: Final = range(4, 19)  # columns of the index that are those of the country

Rows = list[Sequence[Value]]


def write_indicators(into: Path, land: Land, rng: np.random.Generator) -> None:
    """Write the scoreboard, the index, employment and product into their folders below `into`."""
    for folder in FOLDERS:
        (into / folder).mkdir()
    names = {area.code: area.name for area in land.areas}
    regions = [code for code in sorted(names) if len(code) == 4]
    strength = dict(zip(regions, rng.normal(0, 1, len(regions)).tolist(), strict=True))
    old = {new[:4]: former[:4] for new, former in land.former_codes.items()}
    regional, eurostat = (into / folder for folder in FOLDERS)
    write_workbook(
        regional / "RIS_2023.xlsx", {"RIS": list(_scoreboard(names, strength, old, rng))}
    )
    write_workbook(regional / "RCI_2022.xlsx", _index(names, strength, old, rng))
    write_workbook(
        regional / "EMPL_persons_raw_data.xlsx",
        {"Sheet1": list(_employment(names, strength, old, rng))},
    )
    lines = _product(names, strength, rng)
    (eurostat / "estat_nama_10r_3gdp.tsv").write_bytes("".join(lines).encode())


def _scoreboard(
    names: dict[str, str], strength: dict[str, float], old: dict[str, str], rng: np.random.Generator
) -> Iterator[Sequence[Value]]:
    yield (
        "Indicator", "Year", "Zone", "Country", "CountryName", "Region", "RegionName", "Level",
        "Value", "performance group",
    )  # fmt: skip
    areas: dict[str, float] = {}
    for code, level in strength.items():
        if code.startswith(_COARSE):
            areas[code[:3]] = level
        else:
            areas[code] = level
    for number, title in TITLES.items():
        if (number.count(".") < 2 and number != "0") or number.startswith("5"):
            continue  # groups of indicators and context are given for few countries only
        noise = rng.normal(0, 1, (len(areas), len(_YEARS))).tolist()
        for (code, level), shaken in zip(areas.items(), noise, strict=True):
            own = sum(shaken) / 4
            for place, year in enumerate(_YEARS):
                value = 100 + 18 * level + 12 * own + 3 * shaken[place] + 2 * place
                is_absent = number == "1.1.1" or (number == "4.3.2" and code.endswith("2"))
                yield (
                    f"{number} {title.en} (Regional)", year, "non-EU", code[:2],
                    names[code[:2]], old.get(code, code), names[code], 1,
                    None if is_absent else round(max(value, 0.0), 2), "Moderate",
                )  # fmt: skip


def _index(
    names: dict[str, str], strength: dict[str, float], old: dict[str, str], rng: np.random.Generator
) -> dict[str, Rows]:
    whole, parts = _CAPITAL
    areas = {whole: float(np.mean([strength[part] for part in parts]))}
    areas |= {code: level for code, level in strength.items() if code not in parts}
    columns = len(INDICATORS)
    national = {
        country.code: rng.normal(0, 1, columns).tolist() for country in COUNTRIES
    }  # the same for all regions of a country
    noise = rng.normal(0, 1, (len(areas), columns)).tolist()
    signs = [1 if entry.higher_is_better else -1 for entry in INDICATORS.values()]
    raw: Rows = [("NUTS", "Region name", *INDICATORS)]
    for (code, level), shaken in zip(areas.items(), noise, strict=True):
        values: list[Value] = []
        for column, sign in enumerate(signs):
            chance = national[code[:2]] if column in _NATIONAL else shaken
            value = 50 + sign * (8 * level * (column not in _NATIONAL) + 10 * chance[column])
            values.append("NA" if column % 23 == 7 and code.endswith("1") else round(value, 4))
        name = "Capital and its commuting zone" if code == whole else names[code]
        raw.append((old.get(code, code), name, *values))
    described: Rows = [
        (None,),
        ("RCI 2.0 - 2022 ",),
        (None,),
        (
            "Pillar name", "Indicator name", "Description", "Unit of measurement", "Source",
            "Reference year", "Geographical level", "Present in RCI 2019",
        ),
    ]  # fmt: skip
    for column, (heading, entry) in enumerate(INDICATORS.items()):
        level_words = "Country" if column in _NATIONAL else "NUTS\xa02"
        described.append(
            (
                "Invented", entry.described_as or heading, "Invented by keten.", "score",
                "Invented", "Average 2019–2021" if column % 2 else "2021", level_words, "Yes",
            )
        )  # fmt: skip
    capitals: Rows = [
        (None,),
        (None, "Note: some regions are merged."),
        (
            None, "Country", "RCI 2.0 2022\nCode", "RCI 2.0 2022\nName", "NUTS2 2021\nCode ",
            "NUTS2  2021\nName",
        ),
        *(
            (
                None, *((names["QN"], whole, "Capital and its commuting zone") if not number
                        else (None, None, None)), part, names[part],
            )
            for number, part in enumerate(parts)
        ),
    ]  # fmt: skip
    return {
        "Meta": [(None,), ("RCI 2.0  -  2022 edition - Raw data, invented",)],
        "RCI_2022_raw_data": raw,
        "RCI_2022_indicators_descr": described,
        "Info aggregated capital regions": capitals,
    }


def _employment(
    names: dict[str, str], strength: dict[str, float], old: dict[str, str], rng: np.random.Generator
) -> Iterator[Sequence[Value]]:
    yield ("NUTS_ID", "NUTS_NAME", "Sector", "Time", "Empl_pers")
    divisions = [sector for sector in SECTORS if len(sector) > 1]
    for code, level in strength.items():
        if code == "QP12":  # named without a figure, as some regions are
            yield code, names[code], None, None, None
            continue
        sizes = np.round(rng.lognormal(6.5 + 0.2 * level, 1.0, len(divisions))).astype(int).tolist()
        shown = old.get(code, code)
        yield shown, names[code], "C", "2022", sum(sizes)
        for sector, size in zip(divisions, sizes, strict=True):
            is_withheld = sector in ("C12", "C19") or size < 60
            yield shown, names[code], sector, "2022", None if is_withheld else size


def _product(
    names: dict[str, str], strength: dict[str, float], rng: np.random.Generator
) -> Iterator[str]:
    yield "\t".join(["freq,unit,geo\\TIME_PERIOD", *(f"{year} " for year in _GDP_YEARS)]) + "\n"
    cells = [code for code in names if len(code) == 5]
    people = dict(zip(cells, rng.uniform(120, 700, len(cells)).tolist(), strict=True))  # thousands
    rich = {
        cell: 33 + 5 * strength[cell[:4]] + chance
        for cell, chance in zip(cells, rng.normal(0, 2, len(cells)).tolist(), strict=True)
    }  # thousands of euros per inhabitant
    for unit in ("EUR_HAB", "MIO_EUR"):
        for code in sorted(names):
            inside = [cell for cell in cells if cell.startswith(code)]
            count = sum(people[cell] for cell in inside)
            total = sum(people[cell] * max(rich[cell], 8.0) for cell in inside)
            written = []
            for place, year in enumerate(_GDP_YEARS):
                product = total * 1.03**place
                value = (
                    f"{round(product / count, 1) * 1000:.0f}"
                    if unit == "EUR_HAB"
                    else f"{product:.2f}".rstrip("0").rstrip(".")
                )
                is_last = year == _GDP_YEARS[-1]
                is_absent = is_last and len(code) == 5
                written.append(": " if is_absent else f"{value} p" if is_last else f"{value} ")
            yield "\t".join([f"A,{unit},{code}", *written]) + "\n"
