"""Writes a programme as the publisher's zip: headings, quotes, commas and points as they have them.

A few rows carry the flaws that genuine deliveries have, always of the same kinds.
"""

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from keten.sources.invented.consortia import Programme
from keten.sources.invented.organisations import Organisation
from keten.sources.invented.projects import (
    DEEPER_PARTS,
    FRAMEWORK,
    PARTS,
    Money,
    Project,
)

HEADINGS: Final = {
    "euroSciVoc": "projectID euroSciVocCode euroSciVocPath euroSciVocTitle",
    "legalBasis": "projectID legalBasis title uniqueProgrammePart",
    "organization": "projectID projectAcronym organisationID vatNumber name shortName SME "
    "activityType street postCode city country nutsCode geolocation organizationURL contactForm "
    "contentUpdateDate rcn order role ecContribution netEcContribution totalCost "
    "endOfParticipation",
    "project": "id acronym status title startDate endDate totalCost ecMaxContribution legalBasis "
    "topics ecSignatureDate frameworkProgramme masterCall subCall fundingScheme objective "
    "contentUpdateDate rcn grantDoi",
    "topics": "projectID topic title",
    "webLink": "projectID physUrl id availableLanguages type source represents",
}
ZIP_NAMES: Final = {
    "he": "cordis-HORIZONprojects-csv.zip",
    "h2020": "cordis-h2020projects-csv.zip",
}
DAY: Final = (2025, 12, 6, 0, 0, 0)  # of the entries in a zip, so that the same seed gives the same

Row = Sequence[str]
_CHUNK = 4000


def write_delivery(
    path: Path,
    programme: Programme,
    projects: Sequence[Project],
    money: Money,
    organisations: Sequence[Organisation],
    former_codes: dict[str, str],
    rng: np.random.Generator,
    progress: Callable[[float], None],
) -> None:
    """Write one programme's zip."""
    files: dict[str, Iterator[Row]] = {
        "euroSciVoc": _fields(projects),
        "legalBasis": _parts(projects),
        "organization": _with_flawed_places(
            _places(programme, projects, money, organisations, former_codes, rng)
        ),
        "project": _with_flawed_projects(_projects(programme, projects, money)),
        "topics": _topics(projects),
    }
    if programme.name == "he":
        files["webLink"] = _links(projects)
    unfinished = path.with_suffix(".part")  # so that a zip that stands there is whole
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for done, (stem, rows) in enumerate(files.items()):
            progress(done / len(files))
            entry = zipfile.ZipInfo(f"{stem}.csv", DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            with archive.open(entry, "w") as file:
                for chunk in _chunks(stem, rows):
                    file.write(chunk.encode())
    unfinished.replace(path)


def _chunks(stem: str, rows: Iterable[Row]) -> Iterator[str]:
    text = io.StringIO()
    text.write(_line(HEADINGS[stem].split()))
    for number, row in enumerate(rows, 1):
        text.write(_line(row))
        if number % _CHUNK == 0:
            yield text.getvalue()
            text = io.StringIO()
    yield text.getvalue()


def _line(row: Row) -> str:
    return '"' + '";"'.join(row) + '"\n'


def _quoted(text: str) -> str:
    return text.replace('"', '""')


def _point(cents: int) -> str:
    euros, rest = divmod(cents, 100)
    return f"{euros}.{rest:02d}".rstrip("0") if rest else str(euros)


def _comma(cents: int) -> str:
    return _point(cents).replace(".", ",")


def _fields(projects: Iterable[Project]) -> Iterator[Row]:
    for project in projects:
        for field in project.fields:
            yield project.number, field.code, field.path, field.title


def _parts(projects: Iterable[Project]) -> Iterator[Row]:
    for project in projects:
        is_he = project.part.startswith("HORIZON")
        yield project.number, project.part, PARTS[project.part], "true" if is_he else ""
        deeper = DEEPER_PARTS.get(project.part)
        if deeper and int(project.number) % 3 == 0:
            yield project.number, deeper, PARTS[deeper], ""


def _topics(projects: Iterable[Project]) -> Iterator[Row]:
    for project in projects:
        yield project.number, project.topic, project.topic_title


def _links(projects: Sequence[Project]) -> Iterator[Row]:
    for project in projects[::40]:
        address = f"https://{project.acronym.lower()}.example/"
        yield (
            project.number, address, f"{int(project.number):032x}", "en", "relatedWebsite",
            "editorial", "project",
        )  # fmt: skip


def _projects(
    programme: Programme, projects: Sequence[Project], money: Money
) -> Iterator[list[str]]:
    framework = FRAMEWORK[programme.name]
    grants, costs = money.grant.tolist(), money.total_cost.tolist()
    for project, grant, cost in zip(projects, grants, costs, strict=True):
        yield [
            project.number, project.acronym, project.status, project.title, project.start,
            project.end, _comma(cost), _comma(grant), project.part, project.topic, project.signed,
            framework, project.call, project.call, project.scheme, _quoted(project.objective),
            project.updated, project.rcn, f"10.5555/{project.number}",
        ]  # fmt: skip


def _places(
    programme: Programme,
    projects: Sequence[Project],
    money: Money,
    organisations: Sequence[Organisation],
    former_codes: dict[str, str],
    rng: np.random.Generator,
) -> Iterator[list[str]]:
    is_he = programme.name == "he"
    place = 0
    firsts = programme.first.tolist()
    members = programme.organisation.tolist()
    contribution, cost = money.contribution.tolist(), money.cost.tolist()
    is_paid = money.is_paid.tolist()
    for number, project in enumerate(projects):
        chances = rng.random((firsts[number + 1] - firsts[number], 3)).tolist()
        for order, (coded, role_chance, ended) in enumerate(chances, 1):
            party = organisations[members[place]]
            role = _role(order, is_paid[place], is_he, role_chance)
            amount = _point(contribution[place]) if is_paid[place] else ""
            address = f"https://portal.example/contact/{party.pic}/{project.number}"
            is_bare = party.is_nameless_before and not is_he
            yield [
                project.number,
                project.acronym,
                party.pic,
                *(_NOTHING if is_bare else _identity(party, is_he)),
                party.activity,
                *(_NO_ADDRESS if is_bare else (party.street, party.postcode, party.city)),
                party.country,
                "" if is_bare else _nuts_code(party, former_codes, 0.15 if is_he else 0.6, coded),
                "" if is_bare or coded > 0.998 else party.geolocation,
                "" if is_bare else party.website,
                "" if is_bare else address,
                project.updated,
                party.record_number,
                str(order),
                role,
                amount,
                amount or "0",
                _comma(cost[place]) if is_paid[place] else "0",
                "true" if ended < 0.015 else "false",
            ]
            place += 1


_NOTHING: Final = ("", "", "", "")
_NO_ADDRESS: Final = ("", "", "")


def _identity(party: Organisation, is_he: bool) -> tuple[str, str, str, str]:
    name = party.name if is_he else party.older_name
    return party.vat_number, name, party.short_name, party.is_sme


def _role(order: int, is_paid: bool, is_he: bool, chance: float) -> str:
    if order == 1:
        return "coordinator"
    if is_paid:
        return "participant"
    if not is_he:
        return "partner"
    return "associatedPartner" if chance < 0.8 else "thirdParty"


def _nuts_code(
    party: Organisation, former_codes: dict[str, str], old_share: float, chance: float
) -> str:
    """Give the code as registered: of now, of an earlier edition, the country alone, or none."""
    if chance > 0.997:
        return ""
    if chance > 0.88:
        return party.country
    former = former_codes.get(party.nuts3)
    return former if former and chance < old_share * 0.88 else party.nuts3


def _with_flawed_places(rows: Iterator[list[str]]) -> Iterator[Row]:
    """Spoil values of the tenth to fourteenth row; add rows that cannot count after the last."""
    columns = {name: at for at, name in enumerate(HEADINGS["organization"].split())}
    spoiled = {
        10: ("ecContribution", "n/a"),
        11: ("geolocation", "95.0000000,-17.0000000"),
        12: ("SME", "perhaps"),
        13: ("role", "observer"),
        14: ("netEcContribution", "12.345.678,9,0"),
    }
    last: list[str] = []
    for number, row in enumerate(rows, 1):
        if number in spoiled:
            heading, value = spoiled[number]
            row[columns[heading]] = value
        last = row
        yield row
    yield list(last)  # the same row again
    yield ["999999999", *last[1:]]  # of a project that is not there
    yield [last[0], last[1], "", *last[3:]]  # of nobody
    yield last[:11]  # cut off


def _with_flawed_projects(rows: Iterator[list[str]]) -> Iterator[Row]:
    first: list[str] = []
    for number, row in enumerate(rows, 1):
        first = first or row
        if number == 3:
            row[5] = f"{row[5][:4]}-02-30"  # a day that no year has
        yield row
    yield first  # the same project again
