"""The texts that may be drawn, each with the hints in it: projects of Horizon Europe, and Dutch ones."""

from __future__ import annotations

import csv
import gzip
import hashlib
import html
import io
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zipfile import ZipFile

from benchmarks.classification.signals import CHAINS, TECHNOLOGIES, Net
from keten.sources import rijkssubsidies, structural_funds

SUBJECTS: Final = {**TECHNOLOGIES, **{f"chain {name}": net for name, net in CHAINS.items()}}
LEAST_SUMMARY: Final = 120  # characters; shorter ones say what sort of course it was, no more


@dataclass(frozen=True)
class Text:
    """What a reader gets to see of one thing, and in which strata its hints put it."""

    key: str
    title: str
    body: str
    strata: frozenset[str]


def read_projects(data: Path) -> list[Text]:
    """Give every project of Horizon Europe.

    A stratum is a subject with how many kinds of hint speak for it (`several` or `one`): `several:optics`;
    a project without any hint is in `nothing`.
    """
    fields = read_by_project(data, "euroSciVoc", "euroSciVocPath")
    topics = read_by_project(data, "topics", "title")
    parts = read_by_project(data, "legalBasis", "legalBasis")
    with gzip.open(data / "cordis" / "keywords.csv.gz", "rt", encoding="utf-8") as stream:
        keywords = {
            row["projectID"]: row["keywords"] for row in csv.DictReader(stream, delimiter=";")
        }
    texts = []
    for row in read_table(data, "project"):
        key = row["id"]
        words = f"{row['title']}\n{row['objective']}"
        kinds = {
            subject: count_kinds(
                net, fields[key], keywords.get(key, ""), topics[key], parts[key], words
            )
            for subject, net in SUBJECTS.items()
        }
        strata = {f"{'several' if n > 1 else 'one'}:{name}" for name, n in kinds.items() if n}
        texts.append(Text(key, row["title"], row["objective"], frozenset(strata or {"nothing"})))
    return texts


def count_kinds(
    net: Net, fields: list[str], keywords: str, topics: list[str], parts: list[str], words: str
) -> int:
    """Count the kinds of hint that speak for a subject."""
    return (
        any(net.fields.search(path) for path in fields)
        + bool(net.words.search(keywords))
        + (any(part in net.parts for part in parts) or any(map(net.words.search, topics)))
        + bool(net.words.search(words))
    )


def read_dutch(data: Path) -> list[Text]:
    """Give the Dutch texts: summaries of the structural funds, and who received what of a ministry.

    Keys are made of the text itself (`structural:`, `subsidy:` and twelve digits of its SHA-256), so
    that they hold whatever the order of rows. Names of persons are left out, as in the product.
    """
    found: dict[str, Text] = {}
    for package in structural_funds.find(data):
        for row in structural_funds.read(package).tables["structural_project"].to_pylist():
            title, summary = tidy(row["title"]), tidy(row["summary"])
            if row["is_current"] and not row["is_person"] and len(summary) >= LEAST_SUMMARY:
                text = _dutch("structural", title, summary)
                found.setdefault(text.key, text)
    for package in rijkssubsidies.find(data):
        for row in rijkssubsidies.read(package).tables["subsidy"].to_pylist():
            if row["scheme"] and row["recipient"]:
                text = _dutch("subsidy", tidy(row["scheme"]), tidy(row["recipient"]))
                found.setdefault(text.key, text)
    return [found[key] for key in sorted(found)]


def _dutch(kind: str, title: str, body: str) -> Text:
    text = f"{title}\n{body}"
    strata = {
        f"{kind}:{name}"
        for name, net in TECHNOLOGIES.items()
        if net.dutch and net.dutch.search(text)
    }
    digits = hashlib.sha256(text.encode()).hexdigest()[:12]
    return Text(f"{kind}:{digits}", title, body, frozenset(strata or {f"{kind}-nothing"}))


def tidy(text: str | None) -> str:
    """Give a text without entities, and with single spaces."""
    return " ".join(html.unescape(html.unescape(text or "")).split())


def read_by_project(data: Path, table: str, column: str) -> defaultdict[str, list[str]]:
    """Give what one column of a table says, by project."""
    values: defaultdict[str, list[str]] = defaultdict(list)
    for row in read_table(data, table):
        values[row["projectID"]].append(row[column])
    return values


def read_table(data: Path, table: str) -> Iterator[dict[str, str]]:
    """Give the rows of one table of Horizon Europe as its publisher wrote them."""
    with ZipFile(data / "cordis" / "cordis-HORIZONprojects-csv.zip") as archive:
        member = next(name for name in archive.namelist() if name.endswith(f"{table}.csv"))
        with archive.open(member) as stream:
            lines = io.TextIOWrapper(stream, encoding="utf-8", newline="")
            yield from csv.DictReader(lines, delimiter=";")
