"""Which pages are looked at: seeded, of every kind, the odd and the huge among them."""

from __future__ import annotations

import random
from urllib.parse import quote, urlencode

from scripts.tracing.raw import Raw
from scripts.tracing.site import Site

# Of a hundred pages.
_STEPS = ("diagnosis", "canvas", "choice", "connections", "programme", "story")
SHARES = {"organisation": 35, "project": 30, "region": 14, "list": 12, "other": 9}


def choose_pages(site: Site, raw: Raw, pages: int, seed: int) -> list[str]:
    """Give addresses without their language, each once."""
    chance = random.Random(seed)  # noqa: S311 - a draw that can be repeated
    many = {kind: max(1, pages * share // 100) for kind, share in SHARES.items()}
    chosen: dict[str, None] = {}
    chosen |= dict.fromkeys(_fixed(site)[: many["other"]])
    chosen |= dict.fromkeys(_chains(site))
    chosen |= dict.fromkeys(_pairs(site))
    chosen |= dict.fromkeys(_technologies(site))
    names = raw.names()
    for place in range(many["other"] - len(chosen)):
        words = chance.choice(names).split()
        query = {"q": chance.choice(words)} if place % 2 else {"q": " ".join(words[:3])}
        chosen[f"search?{urlencode(query)}"] = None
    organisations = _organisations(raw, chance, many["organisation"] + many["list"])
    for organisation in organisations[many["list"] :]:
        chosen[f"organisations/{quote(organisation, safe=':')}"] = None
    for place, organisation in enumerate(organisations[: many["list"]]):
        part = ("partners", "projects", "receipts")[place % 3]
        chosen[f"organisations/{quote(organisation, safe=':')}/{part}"] = None
    for code in _regions(raw, chance, many["region"]):
        chosen[f"regions/{code}"] = None
    projects = raw.projects()
    wanted = max(0, pages - len(chosen))
    for project in chance.sample(projects, min(len(projects), wanted)):
        chosen[f"projects/{project}"] = None
    return list(chosen)[:pages]


def _fixed(site: Site) -> list[str]:
    sources = [view["card"]["source"] for view in site.twin("/en/sources")["sources"]]
    counts = site.twin("/en/issues")["counts"]
    asked = [
        urlencode({"code": row["code"], "stage": row["stage"], "severity": row["severity"]})
        for row in counts[:2]
    ]
    return [
        "",
        "sources",
        *(f"sources/{name}" for name in sources),
        "issues",
        *(f"issues?{query}" for query in asked),
        "regions",
        "methods",
        "about",
    ]


def _chains(site: Site) -> list[str]:
    """Give the steps of every value chain, its calls, its parties, and partners for the first."""
    found: list[str] = []
    for row in site.twin("/en/chains")["chains"]:
        here = f"chains/{row['chain']['chain']}"
        found += [] if found else ["chains"]
        found += [here, *(f"{here}/{step}" for step in _STEPS)]
        found += _weighed(site, here)
        found += _calls(site, here)
        parties = site.twin(f"/en/{here}/connections")["parties"]
        if parties:
            party = quote(parties[0]["organisation"]["organisation_id"], safe=":")
            found.append(f"{here}/connections?party={party}")
    return found


def _pairs(site: Site) -> list[str]:
    """Give the comparison of the pair on which people are asked first."""
    asked = site.twin("/en/review")["queue"]["current"]
    if not asked:
        return []
    one, other = (quote(asked[f"{side}_key"], safe=":") for side in ("left", "right"))
    return [f"organisations/{one}/compare/{other}"]


def _technologies(site: Site) -> list[str]:
    """Give the list of technologies, how good they are told, and one with its lists and the queue."""
    known = [row["name"]["technology"] for row in site.twin("/en/technologies")["technologies"]]
    if not known:
        return ["technologies"]
    first = f"technologies/{known[0]}"
    return [
        "technologies",
        "technologies/queue",
        "methods/classification",
        first,
        f"{first}/projects",
        f"{first}/organisations",
        f"regions?technology={known[-1]}",
        *_missions(site),
    ]


def _missions(site: Site) -> list[str]:
    """Give the first mission that projects are marked with, and its lists, one of them narrowed."""
    marked = [row["mission"]["name"] for row in site.twin("/en/technologies")["marked"]]
    return [
        address
        for name in marked[:1]
        for address in (
            f"missions/{name}",
            f"missions/{name}/organisations",
            f"missions/{name}/projects?technology=optics",
        )
    ]


def _weighed(site: Site, chain: str) -> list[str]:
    """Give the choice of a chain with a bound on one weight, and with two criteria in order."""
    choice = site.twin(f"/en/{chain}/choice")["choice"]
    if not choice:
        return []
    first, second, *_ = (each["criterion"] for each in choice["criteria"])
    asked = ({f"low-{first}": 20, f"high-{first}": 60}, {f"place-{second}": 1, f"place-{first}": 2})
    return [f"{chain}/choice?{urlencode(each)}" for each in asked]


def _calls(site: Site, chain: str) -> list[str]:
    """Give the calls of a chain, those of one part of a programme, and the first call."""
    calls = site.twin(f"/en/{chain}/funding")["calls"]
    return [
        f"{chain}/funding",
        *(f"{chain}/funding?{urlencode({'part': row['part']})}" for row in calls["parts"][:1]),
        *(f"calls/{quote(row['call_id'])}" for row in calls["rows"][:1]),
    ]


def _organisations(raw: Raw, chance: random.Random, many: int) -> list[str]:
    """Give a mix: the largest, the nameless, those of one programme, and any, shuffled."""
    by_size = raw.organisations()
    nameless = raw.nameless()
    found: dict[str, None] = dict.fromkeys(
        chance.sample(by_size[:40], min(len(by_size), 40, many // 8))
    )
    found |= dict.fromkeys(chance.sample(nameless, min(len(nameless), many // 6)))
    found |= dict.fromkeys(chance.sample(by_size[:2000], min(len(by_size[:2000]), many // 3)))
    rest = [name for name in by_size if name not in found]
    found |= dict.fromkeys(chance.sample(rest, min(len(rest), max(0, many - len(found)))))
    chosen = list(found)
    chance.shuffle(chosen)
    return chosen


def _regions(raw: Raw, chance: random.Random, many: int) -> list[str]:
    """Give regions of every level, and sets of them."""
    codes = raw.regions()
    by_level = [[code for code in codes if len(code) == length] for length in (2, 3, 4, 5)]
    found: dict[str, None] = {}
    home = [code for code in codes if code.startswith("NL")]
    for place in range(many * 3):
        if len(found) >= many:
            break
        level = by_level[place % 4] or codes
        local = [code for code in level if code in home]
        kind = place % 6
        if kind == 4:
            picked = chance.sample(level, min(len(level), chance.randint(2, 3)))
        elif kind == 5:
            picked = chance.sample(home or codes, min(len(home or codes), 2))
        else:
            picked = [chance.choice(local if local and place % 2 else level)]
        # A set that holds a region and a part of it has the same rows twice named; keep it plain.
        found["+".join(sorted(set(picked)))] = None
    return list(found)
