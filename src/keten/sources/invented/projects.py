"""The invented projects: titles, texts, dates, calls and money, one entry each in every list."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from keten.sources.invented.consortia import SCHEMES, Programme
from keten.sources.invented.words import ADJECTIVES, FIELDS, SENTENCES, USES, coin

STATE: Final = date(2025, 12, 6)  # the day on which the invented delivery was made
FIRST_ID: Final = {"h2020": 198_000_001, "he": 199_000_001}
FIRST_RCN: Final = {"h2020": 600_001, "he": 800_001}
YEARS: Final = {"h2020": (2014, 2022), "he": (2021, 2026)}
FRAMEWORK: Final = {"h2020": "H2020", "he": "HORIZON"}

PARTS: Final = {
    "H2020-EU.1.1.": "EXCELLENT SCIENCE - European Research Council (ERC)",
    "H2020-EU.1.3.": "EXCELLENT SCIENCE - Marie Skłodowska-Curie Actions",
    "H2020-EU.2.1.": "INDUSTRIAL LEADERSHIP - Leadership in enabling and industrial technologies",
    "H2020-EU.2.3.": "INDUSTRIAL LEADERSHIP - Innovation In SMEs",
    "H2020-EU.3.2.": "SOCIETAL CHALLENGES - Food security, sustainable agriculture and forestry, "
    "marine, maritime and inland water research, and the bioeconomy",
    "H2020-EU.3.3.": "SOCIETAL CHALLENGES - Secure, clean and efficient energy",
    "HORIZON.1.1": "European Research Council (ERC)",
    "HORIZON.1.2": "Marie Skłodowska-Curie Actions (MSCA)",
    "HORIZON.2.2": "Culture, creativity and inclusive society",
    "HORIZON.2.4": "Digital, Industry and Space",
    "HORIZON.2.4.1": "Manufacturing Technologies",
    "HORIZON.2.5": "Climate, Energy and Mobility",
    "HORIZON.2.5.2": "Energy Supply",
    "HORIZON.2.6": "Food, Bioeconomy Natural Resources, Agriculture and Environment",
    "HORIZON.2.6.3": "Agriculture, Forestry and Rural Areas",
    "HORIZON.3.1": "The European Innovation Council (EIC)",
}
DEEPER_PARTS: Final = {
    "HORIZON.2.4": "HORIZON.2.4.1",
    "HORIZON.2.5": "HORIZON.2.5.2",
    "HORIZON.2.6": "HORIZON.2.6.3",
}


@dataclass(frozen=True, slots=True)
class Field:
    """A field of science: code, path and title as EuroSciVoc writes them."""

    code: str
    path: str
    title: str


@dataclass(frozen=True, slots=True)
class Project:
    """One project, as text in the publisher's form; money stands with its places."""

    number: str
    rcn: str
    acronym: str
    title: str
    objective: str
    status: str
    start: str
    end: str
    signed: str
    updated: str
    scheme: str
    part: str
    topic: str
    topic_title: str
    call: str
    fields: tuple[Field, ...]


def list_fields() -> list[Field]:
    """Give the fields of science that invented projects are about."""
    found = []
    number = 9001
    for (root, code), branches in FIELDS.items():
        for branch, leaves in branches.items():
            branch_code = f"/{code}/{number}"
            number += 1
            for leaf in leaves.split(","):
                found.append(Field(f"{branch_code}/{number}", f"/{root}/{branch}/{leaf}", leaf))
                number += 1
    return found


def describe_projects(programme: Programme, rng: np.random.Generator) -> list[Project]:
    """Give every project of a programme its texts and dates, ordered by start."""
    name = programme.name
    count = len(programme.scheme)
    schemes = SCHEMES[name]
    fields = list_fields()
    popularity = 1 / np.arange(1, len(fields) + 1)
    main = rng.choice(len(fields), count, p=popularity / popularity.sum())
    extra = rng.integers(0, len(fields), (count, 4)).tolist()
    how_many = np.where(rng.random(count) < 0.85, rng.integers(1, 6, count), 0).tolist()
    first, last = YEARS[name]
    month = np.sort(rng.integers(0, (last - first) * 12, count))
    words = coin(count, rng)
    dice = rng.random((count, 8)).tolist()
    projects: list[Project] = []
    for at in range(count):
        chance, field = dice[at], fields[int(main[at])]
        scheme = schemes[int(programme.scheme[at])]
        start = date(first + int(month[at]) // 12, int(month[at]) % 12 + 1, 1)
        end = _months_later(start, scheme.months)
        signed = start - timedelta(days=20 + int(chance[0] * 130))
        updated = f"{min(STATE.year, start.year + int(chance[1] * 3))}"
        updated += f"-{1 + int(chance[2] * 11):02d}-14 09:30:00"
        family = f"{'HORIZON' if name == 'he' else 'H2020'}-X{scheme.part[-1].strip('.') or 1}"
        call = f"{family}-{start.year - 1}-X{1 + int(chance[3] * 2)}"
        use = USES[int(chance[4] * len(USES))]
        adjective = ADJECTIVES[int(chance[5] * len(ADJECTIVES))]
        acronym = words[at].upper() if chance[6] < 0.6 else words[at]
        numbers = dict.fromkeys([int(main[at]), *extra[at]])
        projects.append(
            Project(
                number=str(FIRST_ID[name] + at),
                rcn=str(FIRST_RCN[name] + at),
                acronym=acronym,
                title=f"{adjective} {field.title} for {use}",
                objective=_objective(acronym, field.title, use, adjective, chance[7]),
                status=_status(end, chance[6]),
                start=start.isoformat(),
                end=end.isoformat(),
                signed=signed.isoformat(),
                updated=updated,
                scheme=scheme.name,
                part=scheme.part,
                topic=f"{call}-{1 + int(chance[5] * 12):02d}",
                topic_title=f"{field.title.capitalize()} at work: {USES[int(chance[3] * 16)]}",
                call=call,
                fields=tuple(fields[n] for n in list(numbers)[: how_many[at]]),
            )
        )
    return projects


def _months_later(day: date, months: int) -> date:
    month = day.month - 1 + months
    return date(day.year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _status(end: date, chance: float) -> str:
    if chance > 0.98:
        return "TERMINATED"
    return "CLOSED" if end < STATE and chance > 0.1 else "SIGNED"


def _objective(acronym: str, field: str, use: str, adjective: str, chance: float) -> str:
    many = len(SENTENCES)
    begin = int(chance * 9999)
    chosen = [SENTENCES[0], *(SENTENCES[1 + (begin + 4 * step) % (many - 1)] for step in range(6))]
    return " ".join(chosen).format(
        acronym=acronym, field=field, use=use, adjective=adjective.lower()
    )


@dataclass(frozen=True, slots=True)
class Money:
    """What each place gets and costs, in cents; `is_paid` False: an associated partner."""

    contribution: NDArray[np.int64]
    cost: NDArray[np.int64]
    is_paid: NDArray[np.bool_]
    grant: NDArray[np.int64]  # by project
    total_cost: NDArray[np.int64]  # by project


def share_money(programme: Programme, rng: np.random.Generator) -> Money:
    """Divide every project's grant over those who are paid; the coordinator gets more."""
    places = len(programme.organisation)
    starts = programme.first[:-1]
    size = np.diff(programme.first)
    schemes = SCHEMES[programme.name]
    median = np.array([scheme.grant_eur for scheme in schemes])[programme.scheme]
    wanted = median * rng.lognormal(0, 0.45, len(median)) * np.maximum(size, 2) ** 0.1
    leads = np.zeros(places, np.bool_)
    leads[starts] = True
    unpaid_share = 0.2 if programme.name == "he" else 0.06
    is_paid = leads | (rng.random(places) > unpaid_share)
    weight = rng.gamma(1.6, 1.0, places) * np.where(leads, 2.0, 1.0) * is_paid + 1e-9 * is_paid
    portion = weight / np.repeat(np.add.reduceat(weight, starts), size)
    cents = np.floor(portion * np.repeat(wanted, size) * 100).astype(np.int64)
    whole = rng.random(places) < 0.75
    contribution = np.where(whole, cents // 100 * 100, cents)
    # Firms in innovation actions carry part of their costs themselves.
    cost = np.floor(contribution / np.where(rng.random(places) < 0.2, 0.7, 1.0)).astype(np.int64)
    return Money(
        contribution,
        cost,
        is_paid,
        np.add.reduceat(contribution, starts),
        np.add.reduceat(cost, starts),
    )
