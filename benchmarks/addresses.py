"""Two thousand distinct addresses that visitors may ask for: seeded, a third of searches misspelt."""

from __future__ import annotations

import random
from pathlib import Path
from urllib.parse import quote, urlencode

import duckdb

from keten.evidence import latest

HOW_MANY = {"organisation": 560, "project": 560, "region": 280, "search": 500, "chain": 100}
STEPS = ("", "/diagnosis", "/canvas", "/choice", "/connections", "/funding", "/programme", "/story")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def choose_addresses(home: Path, seed: int) -> list[tuple[str, str]]:
    """Give kind and address of 2,000 distinct pages, in the order in which they are opened."""
    chance = random.Random(seed)
    con = latest(home).cursor()
    organisations = con.execute(
        """select organisation_id, count(*) from involvement group by 1 order by 2 desc, 1"""
    ).fetchall()
    projects = [
        row[0] for row in con.execute("select project_id from project order by 1").fetchall()
    ]
    regions = [row[0] for row in con.execute("select code from region order by 1").fetchall()]
    names = [
        row[0]
        for row in con.execute(
            "select name from organisation where name is not null order by organisation_id"
        ).fetchall()
    ]
    # Those that have much to show are asked for more often: half of the visits go by size.
    half = HOW_MANY["organisation"] // 2
    known = _weighted(chance, organisations, half)
    rest = sorted({row[0] for row in organisations} - set(known))
    known += chance.sample(rest, HOW_MANY["organisation"] - half)
    countries = [code for code in regions if len(code) == 2]
    others = sorted(set(regions) - set(countries))
    sets = {"+".join(sorted(chance.sample(others, chance.randint(2, 4)))) for _ in range(40)}
    places = [*countries, *sorted(sets)]
    places += chance.sample(others, HOW_MANY["region"] - len(places))
    pages = [
        *(("organisation", f"organisations/{quote(name, safe=':')}") for name in known),
        *(("project", f"projects/{name}") for name in chance.sample(projects, HOW_MANY["project"])),
        *(("region", f"regions/{quote(code, safe='+')}") for code in places),
        *(("chain", page) for page in _chains(con, chance)),
        *(("search", f"search?{urlencode({'q': q})}") for q in _queries(chance, names)),
    ]
    chance.shuffle(pages)
    return [(kind, f"/{chance.choice(('nl', 'en'))}/{page}") for kind, page in pages]


def _chains(con: duckdb.DuckDBPyConnection, chance: random.Random) -> list[str]:
    """Give every step of every chain, and partners for its parties: the pages that cost most."""
    chains = [row[0] for row in con.execute("select chain from chain order by 1").fetchall()]
    pages = [f"chains/{chain}{step}" for chain in chains for step in STEPS]
    parties = con.execute(
        "select distinct c.chain, i.organisation_id from chain_project c "
        "join involvement i using (project_id) order by all"
    ).fetchall()
    many = min(HOW_MANY["chain"] - len(pages), len(parties))
    return pages + [
        f"chains/{chain}/connections?party={quote(party, safe=':')}"
        for chain, party in chance.sample(parties, many)
    ]


def _weighted(chance: random.Random, counted: list[tuple[str, int]], many: int) -> list[str]:
    found: dict[str, None] = {}
    names, weights = zip(*counted, strict=True)
    while len(found) < many:
        found |= dict.fromkeys(chance.choices(names, weights, k=many - len(found)))
    return list(found)


def _queries(chance: random.Random, names: list[str]) -> list[str]:
    """Give one to three words of names, begun or whole; of every third one word holds a slip."""
    found: dict[str, None] = {}
    while len(found) < HOW_MANY["search"]:
        words = [word for word in chance.choice(names).split() if len(word) > 2]
        if not words:
            continue
        start = chance.randrange(len(words))
        asked = words[start : start + chance.randint(1, 3)]
        if len(found) % 3 == 0:
            longest = max(asked, key=len)
            asked[asked.index(longest)] = misspell(chance, longest)
        found.setdefault(" ".join(asked)[:80])
    return list(found)


def misspell(chance: random.Random, word: str) -> str:
    """Make one slip in a word: a letter dropped, doubled, changed, or two swapped."""
    if len(word) < 4:
        return word + chance.choice(_LETTERS)
    at = chance.randrange(1, len(word) - 1)
    match chance.randrange(4):
        case 0:
            return word[:at] + word[at + 1 :]
        case 1:
            return word[:at] + word[at] + word[at:]
        case 2:
            return word[:at] + chance.choice(_LETTERS) + word[at + 1 :]
        case _:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
