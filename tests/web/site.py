"""A small site on a real build: an invented region, a ruling made after the build, and its addresses."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from keten.atlas.answers import read_chain
from keten.atlas.suggestions import take
from keten.atlas.taxonomies import in_force, list_taxonomies
from keten.cli.load import keep_examples
from keten.evidence import latest
from keten.pipeline import build
from keten.settings import Settings
from keten.sources.invented import write_region
from keten.workspace import open_store

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
COUNTRY = "QN"
CHAIN = "new-proteins"
EVIL = "<script>alert(1)</script> & \"'><img src=x onerror=x>"


@dataclass(frozen=True)
class Site:
    """Where the evidence lies, and one of everything that is in it."""

    home: Path
    organisation: str  # the one with most participations
    source_keys: tuple[str, ...]
    nameless: str
    project: str
    regions: tuple[str, ...]  # the country, then a region of every level below it
    record: int
    name: str
    hostile: str  # the one whose name tries to become a script
    party: str  # of the chain, with most partners

    @property
    def settings(self) -> Settings:
        """Settings that serve this site."""
        return Settings(home=self.home, home_country=COUNTRY)

    def addresses(self) -> dict[str, str]:
        """Give one address of every kind of page, below the language."""
        o, (country, first, *_) = f"/organisations/{self.organisation}", self.regions
        return {
            "home": "/",
            "search": f"/search?q={self.name.split()[0]}",
            "search-nothing": "/search?q=qqqqzzzz",
            "organisation": o,
            "nameless": f"/organisations/{self.nameless}",
            "compare": f"/organisations/{self.source_keys[0]}/compare/{self.source_keys[1]}",
            "review": "/review",
            "weights": "/methods/identity",
            "partners": f"{o}/partners",
            "receipts": f"{o}/receipts",
            "projects": f"{o}/projects",
            "project": f"/projects/{self.project}",
            "regions": "/regions",
            "country": f"/regions/{country}",
            "region": f"/regions/{first}",
            "region-set": f"/regions/{'+'.join(sorted(self.siblings))}",
            "region-organisations": f"/regions/{country}/organisations",
            "why": f"/why?measure=contribution_eur&organisation={self.organisation}",
            "record": f"/records/{self.record}",
            "sources": "/sources",
            "source": "/sources/cordis",
            "issues": "/issues",
            "issues-of-a-kind": "/issues?severity=note",
            "methods": "/methods",
            "chains": "/chains",
            "chain": f"/chains/{CHAIN}",
            "members-of-a-stage": f"/chains/{CHAIN}/members/end-customers?among=everyone",
            "choice": f"/chains/{CHAIN}/choice",
            "canvas": f"/chains/{CHAIN}/canvas",
            "diagnosis": f"/chains/{CHAIN}/diagnosis",
            "connections": f"/chains/{CHAIN}/connections",
            "connections-of-a-party": f"/chains/{CHAIN}/connections?party={self.party}",
            "programme": f"/chains/{CHAIN}/programme",
            "story": f"/chains/{CHAIN}/story",
            "initiatives": "/initiatives",
            "initiatives-asked": "/initiatives?element=talent&kind=fund&q=x",
            "initiative": "/initiatives/pilot-plant-a1b2c3",
            "matrix": "/initiatives/matrix",
            "matrix-by-region": "/initiatives/matrix?by=region&when=now",
            "taxonomies": "/taxonomies",
            "taxonomy": "/taxonomies/technologies",
            "taxonomy-entry": "/taxonomies/technologies/process",
            "suggest-missing": f"/suggestions/new?name={self.name.split()[0]}",
            "suggest-correction": f"/suggestions/new?what=correction&about={self.organisation}",
            "suggest-membership": f"/suggestions/new?what=membership&chain={CHAIN}",
            "technologies": "/technologies",
            "technology": "/technologies/optics",
            "technology-projects": "/technologies/optics/projects?tier=perhaps",
            "technology-organisations": "/technologies/optics/organisations",
            "technology-inferred": "/technologies/optics/inferred",
            "technology-queue": "/technologies/queue",
            "chain-queue": f"/technologies/queue?chain={CHAIN}",
            "technology-dutch": "/technologies/biomolecular/dutch?tier=perhaps",
            "chain-narrowed": f"/chains/{CHAIN}?technology=process",
            "region-narrowed": f"/regions/{country}?technology=process&chain={CHAIN}",
            "mission": "/missions/health-care",
            "mission-projects": "/missions/health-care/projects?technology=optics",
            "mission-organisations": "/missions/health-care/organisations",
            "classification": "/methods/classification",
            "components": "/components",
            "about": "/about",
            "accessibility": "/accessibility",
        }

    @property
    def siblings(self) -> tuple[str, ...]:
        """Two regions of one level."""
        level = [code for code in self.regions if len(code) == len(self.regions[-1])]
        return tuple(level[:2])


# Projects of which neither title nor objective is known, but of which participants do optics elsewhere.
SILENT = ("198000047", "198000080", "198000082")


def make_site(place: Path) -> Site:
    """Write the files, build the evidence, and rule on a record afterwards."""
    data, home = place / "data", place / "home"
    write_region(data, organisations=150, seed=11)
    hostile = spoil_a_name(data / "cordis" / "cordis-HORIZONprojects-csv.zip")
    silence_projects(data / "cordis" / "cordis-h2020projects-csv.zip", SILENT)
    with open_store(home) as store:
        keep_examples(store, NOW - timedelta(days=1), is_invented=True)
        chains = tuple(read_chain(content.value) for content in store.contents("chain"))
        held = in_force(list_taxonomies(store), NOW.date())
        taxonomy = next(each for each in held if each.scheme == "technologies")
        missions = next(each for each in held if each.scheme == "missions")
    build(
        data,
        home,
        rulings=(),
        rulings_fingerprint="none",
        chains=chains,
        taxonomy=taxonomy,
        missions=missions,
        now=NOW,
    )
    evidence = latest(home, threads=1)
    con = evidence.cursor()

    def one(sql: str) -> tuple[object, ...]:
        row = con.execute(sql).fetchone()
        assert row is not None, sql
        return tuple(row)

    organisation, name = one(
        "select organisation_id, any_value(o.name) from involvement join organisation o "
        "using (organisation_id) where o.name is not null and o.country = 'QN' "
        "group by organisation_id order by count(*) desc, organisation_id limit 1"
    )
    (nameless,) = one("select min(organisation_id) from organisation where name is null")
    keys = con.execute(
        f"select source_key from same_as where organisation_id = '{organisation}' order by 1"
    ).fetchall()
    project, record = one(
        "select project_id, min(record_id) from involvement "
        f"where organisation_id = '{organisation}' group by project_id order by count(*) desc, 1 limit 1"
    )
    regions = con.execute(
        "select distinct nuts3[:length] as code from involvement, "
        f"unnest([2, 3, 4, 5]) as part(length) where country = '{COUNTRY}' and nuts3 is not null "
        "order by length(code), code"
    ).fetchall()
    (party,) = one(
        "select c.organisation_id from organisation_card c where c.organisation_id in ("
        "select organisation_id from involvement join chain_project using (project_id)) "
        "order by c.partners desc, c.organisation_id limit 1"
    )
    with open_store(home) as store:
        store.record(
            "different",
            keys[0][0],
            "he:1",
            "They share a <b>street</b> & nothing else",
            "a reader",
            NOW + timedelta(days=1),
        )
        take(store, True, "visitors may tell us", "a reader", NOW + timedelta(days=1))
        for slug, said in initiatives(keys[0][0], str(regions[1][0])).items():
            store.record("initiative", f"initiative:{slug}", "", "A <i>leaflet</i>", "a reader",
                         NOW + timedelta(days=1), value=said)  # fmt: skip
    evidence.close()
    return Site(
        home,
        str(organisation),
        tuple(key[0] for key in keys),
        str(nameless),
        str(project),
        tuple(code[0] for code in regions),
        int(str(record)),
        str(name),
        hostile,
        str(party),
    )


def initiatives(lead: str, region: str) -> dict[str, dict[str, object]]:
    """Give what is said of three initiatives, two of which ought to meet; one has a hostile name."""
    here = [f"region:{region}", "element:talent", "element:finance", f"chain:{CHAIN}"]
    return {
        "pilot-plant-a1b2c3": {
            "label": EVIL, "aim": EVIL, "lead": {"name": "Made Up", "role": "", "record": lead},
            "kind": "field-lab", "serves": [*here, "mission:health-care", "element:gone"],
            "amount_eur": 1_250_000, "amount_source": EVIL, "starts": "2026-01-01",
            "website": "https://example.org/pilot",
        },
        "talent-ring-d4e5f6": {
            "label": "Talent ring 2030", "aim": "", "lead": {"name": "Somebody Else"},
            "serves": [*here, "stage:pilot", f"chain:{CHAIN}/end-customers"],
        },
        "old-line-0a0b0c": {"label": "As it was written before", "aim": "To be read still", "lead": {}},
    }  # fmt: skip


def silence_projects(package: Path, chosen: tuple[str, ...]) -> None:
    """Take title and objective from some projects of a delivery, as most of Horizon 2020 have none."""
    members = read_members(package)
    (table,) = (name for name in members if name.endswith("project.csv"))
    text = members[table].decode()
    rows = csv.DictReader(io.StringIO(text), delimiter=";")
    for row in (row for row in rows if row["id"] in chosen):
        for cell in (row["title"], row["objective"]):
            text = text.replace('"' + cell.replace('"', '""') + '"', '""')
    members[table] = text.encode()
    write_members(package, members)


def read_members(package: Path) -> dict[str, bytes]:
    """Give the files of a delivery by name."""
    with zipfile.ZipFile(package) as old:
        return {name: old.read(name) for name in old.namelist()}


def write_members(package: Path, members: dict[str, bytes]) -> None:
    """Write a delivery anew."""
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as new:
        for member, content in members.items():
            new.writestr(member, content)


def spoil_a_name(package: Path) -> str:
    """Give an organisation of a delivery a hostile name, everywhere; gives its identifier."""
    members = read_members(package)
    (table,) = (name for name in members if name.endswith("organization.csv"))
    text = members[table].decode()
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    chosen = max(
        (row for row in rows if row["name"] and row["organizationURL"]),
        key=lambda row: row["organisationID"],
    )
    # Replaced as text: the delivery has damaged rows on purpose, which must stay damaged.
    for old_cell, new_cell in (
        (chosen["name"], EVIL.replace('"', '""')),
        (chosen["organizationURL"], "javascript:alert(1)"),
    ):
        text = text.replace(f'"{old_cell}"', f'"{new_cell}"')
    members[table] = text.encode()
    write_members(package, members)
    return f"pic:{chosen['organisationID']}"
