"""The invented organisations: names, addresses and numbers, one entry each in every list."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from anyascii import anyascii

from keten.sources.invented.consortia import KINDS, Parties, Programme
from keten.sources.invented.land import COUNTRIES, City, Land
from keten.sources.invented.words import (
    LEGAL_FORMS,
    ROOTS,
    SECTORS,
    STREET_ENDINGS,
    UNIVERSITY,
    coin,
)

FIRST_PIC: Final = 100_000_007  # genuine ones are far above
NAMELESS: Final = 0.5  # of those that are in Horizon 2020 only: who took part least


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation as the register knows it; `older_name` is how Horizon 2020 spells it."""

    pic: str
    name: str
    older_name: str
    short_name: str
    vat_number: str
    is_sme: str
    activity: str
    street: str
    postcode: str
    city: str
    country: str
    nuts3: str
    geolocation: str
    website: str
    record_number: str
    is_nameless_before: bool  # Horizon 2020 has no name nor address of it


def describe_organisations(
    parties: Parties, programmes: dict[str, Programme], land: Land, rng: np.random.Generator
) -> list[Organisation]:
    """Give every organisation its name and address."""
    count = len(parties.kind)
    home = _cities(parties, land, rng)
    words = coin(count, rng)
    numbers = rng.permutation(count)
    chance = rng.random((count, 8)).tolist()
    shift = rng.normal(0, 0.012, (count, 2))
    nameless = _nameless(count, programmes, rng)
    universities: dict[str, int] = {}
    described: list[Organisation] = []
    for at in range(count):
        city, word, dice = home[at], words[at], chance[at]
        kind = KINDS[parties.kind[at]]
        name, older = _names(kind, word, city, dice, universities)
        latitude, longitude = city.latitude + shift[at, 0], city.longitude + shift[at, 1]
        street = ROOTS[int(dice[2] * len(ROOTS))] + STREET_ENDINGS[city.country][int(dice[3] * 4)]
        slug = "".join(filter(str.isalnum, anyascii(name).lower()))[:24]
        is_sme = kind == "PRC" and dice[4] < 0.62
        described.append(
            Organisation(
                pic=str(FIRST_PIC + 13 * int(numbers[at])),
                name=name.upper() if dice[5] < 0.5 else name,
                older_name=older,
                short_name=word.upper()[:12] if dice[6] < 0.75 else "",
                vat_number=f"{city.country}{200_000_000 + 17 * int(numbers[at])}"
                if dice[6] > 0.12
                else "",
                is_sme="true" if is_sme else "" if dice[4] > 0.99 else "false",
                activity=kind,
                street=f"{street} {1 + int(dice[7] * 240)}",
                postcode=f"{city.postcode}{int(dice[3] * 10)}",
                city=city.name.upper() if dice[5] < 0.3 else city.name,
                country=city.country,
                nuts3=city.nuts3,
                geolocation=f"{latitude:.7f},{longitude:.7f}",
                website=f"https://www.{slug}.example" if dice[7] < 0.6 else "",
                record_number=str(1_500_001 + int(numbers[at])),
                is_nameless_before=bool(nameless[at]),
            )
        )
    return described


def _cities(parties: Parties, land: Land, rng: np.random.Generator) -> list[City]:
    country = np.array(parties.country)
    home: list[City] = [land.cities["QN"][0]] * len(country)
    for number, each in enumerate(COUNTRIES):
        cities = land.cities[each.code]
        weights = np.array([city.weight for city in cities])
        here = np.flatnonzero(country == number)
        drawn = rng.choice(len(cities), len(here), p=weights / weights.sum())
        for at, place in zip(here.tolist(), drawn.tolist(), strict=True):
            home[at] = cities[place]
    return home


def _nameless(
    count: int, programmes: dict[str, Programme], rng: np.random.Generator
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Mark half of those that are in Horizon 2020 only, the least active first."""
    times = {
        name: np.bincount(programme.organisation, minlength=count)
        for name, programme in programmes.items()
    }
    only = np.flatnonzero((times["he"] == 0) & (times["h2020"] > 0))
    order = np.lexsort((rng.random(len(only)), times["h2020"][only]))
    marked = np.zeros(count, np.bool_)
    marked[only[order[: int(len(only) * NAMELESS)]]] = True
    return marked


def _names(
    kind: str, word: str, city: City, dice: list[float], universities: dict[str, int]
) -> tuple[str, str]:
    """Give a name, and the spelling of it in the older programme, mostly the same."""
    sector = SECTORS[int(dice[0] * len(SECTORS))]
    if kind == "PRC":
        forms = LEGAL_FORMS[city.country]
        name = f"{word} {sector}"
        full = f"{name} {forms[int(dice[1] * len(forms))]}"
        return full, name if dice[7] < 0.1 else full
    if kind == "HES":
        taken = universities.get(city.name, 0)
        universities[city.name] = taken + 1
        titles = UNIVERSITY[city.country]
        name = titles[taken].format(city.name) if taken < 2 else f"{word} School of {sector}"
        return name, name.replace("Universi", "Univ. (Universi") + ")" if (
            dice[7] < 0.1 and name.startswith("Universi")
        ) else name
    if kind == "REC":
        name = f"{word} Institute for {sector}"
        return name, f"{word} Instituut" if dice[7] < 0.1 else name
    if kind == "PUB":
        body = ("Gemeente", "Waterschap", "Veiligheidsregio", "Agency of")[int(dice[1] * 4)]
        name = f"{body} {city.name}" if dice[0] < 0.3 else f"{body} {word}"
        return name, name
    name = f"{('Stichting', 'Cluster', 'Network', 'Association')[int(dice[1] * 4)]} {word} {sector}"
    return name, name
