"""Writes an invented list of ministry subsidies, in the layout of the genuine one."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from keten.sources.invented.organisations import Organisation
from keten.sources.invented.words import SECTORS, coin
from keten.sources.rijkssubsidies.layout import USED

FOLDER: Final = "nl-subsidies-rijk-2015"
FILE: Final = "subsidiesministeries2015.csv"

_COUNTRY: Final = "QN"
_MINISTRY: Final = "Ministerie van Wolken en Getijden"
# The schemes bear the genuine names, since what counts as innovation goes by them.
_SCHEMES: Final = (
    "MKB Innovatieregeling Topsectoren (MIT)",
    "Topsector Energie",
    " Regeling Duinonderhoud ",
)
_FOUND_SHARE: Final = 0.3  # of the recipients that are firms, those that take part in EU projects


def write_subsidies(
    into: Path, organisations: Sequence[Organisation], rng: np.random.Generator
) -> None:
    """Write the list: firms and institutes of the region, firms unknown elsewhere, and persons."""
    folder = into / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / FILE).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(USED)
        writer.writerows(_rows(organisations, rng))


def _rows(organisations: Sequence[Organisation], rng: np.random.Generator) -> Iterator[list[str]]:
    at_home = [party for party in organisations if party.country == _COUNTRY]
    firms = [party.name for party in at_home if party.activity == "PRC"]
    others = [party.name for party in at_home if party.activity != "PRC"]
    known = [firms[at] for at in rng.permutation(len(firms))[: max(2, len(firms) // 4)].tolist()]
    words = coin(int(len(known) * (1 - _FOUND_SHARE) / _FOUND_SHARE) + 20, rng)
    unknown = [f"{word} {SECTORS[at % len(SECTORS)]} B.V." for at, word in enumerate(words[:-20])]
    for name in sorted([*known, *unknown, *others[: len(others) // 2]]):
        for _ in range(1 + int(rng.integers(0, 2))):
            scheme = _SCHEMES[int(rng.integers(0, len(_SCHEMES)))]
            yield _row(scheme, name, int(rng.integers(5, 400)) * 1000)
    persons = words[-20:]
    for first, last in zip(persons[:10], persons[10:], strict=True):
        yield _row(_SCHEMES[2], f"{first} {last}", int(rng.integers(1, 20)) * 500)
    yield _row(_SCHEMES[2], "X", 12_500)
    yield _row(_SCHEMES[0], min(known), -1_500)


def _row(scheme: str, name: str, euros: int) -> list[str]:
    return [_MINISTRY, scheme, name, "14", str(euros), "2015"]
