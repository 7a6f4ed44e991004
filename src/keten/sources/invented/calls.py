"""Writes invented calls in the two deliveries of the genuine ones, with the flaws that those have."""

import gzip
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np

from keten.sources.calls.layout import NOTICES, TEXTS
from keten.sources.invented.words import ADJECTIVES, FIELDS, USES

FOLDER: Final = "calls"
MADE: Final = date(2026, 8, 22)

_PROGRAMME: Final = {"id": "900001", "label": "Invented Programme (INVENT)"}
_PORTAL: Final = "https://example.org/portal/topic-details/"
_EACH: Final = 2  # calls for each field
_SHARED_BUDGET: Final = 40_000_000

Row = dict[str, Any]


def write_calls(into: Path, rng: np.random.Generator) -> None:
    """Write both files below `into`: two calls for each field, and some that only one file has."""
    folder = into / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    topics = list(_topics(rng))
    texts = [_text(topic) for topic in topics]
    texts[1]["deadline"] = (topics[1]["deadline"] - timedelta(days=14)).isoformat()
    texts.append(_text(_topic(len(topics), "tidal biology", "brine genetics", rng, MADE)))
    texts[-1]["callStatus"] = "closed"
    notices = [_notice(topic) for topic in topics]
    notices += [_cascade(number, topics[number]) for number in range(3)]
    glued = "".join(json.dumps(row, ensure_ascii=False) for row in [*texts, texts[0]])
    glued += '{"reference":"999TOPICSen","title":"cut off'
    # The genuine file was UTF-8, read as Windows-1252 and written as UTF-8 once more.
    spoiled = "\ufeff" + "".join(
        bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in glued.encode()
    )
    (folder / TEXTS).write_bytes(gzip.compress(spoiled.encode(), mtime=0))
    envelope = {
        "generatedAt": f"{MADE.isoformat()}T05:00:00.000Z",
        "source": {},
        "facets": {},
        "summary": {"total": len(notices)},
        "grants": notices,
    }
    text = json.dumps(envelope, ensure_ascii=False, separators=(",", ":"))
    (folder / NOTICES).write_text(text, encoding="utf-8")


def _topics(rng: np.random.Generator) -> Iterator[Row]:
    number = 0
    for branches in FIELDS.values():
        for branch, fields in branches.items():
            for field in fields.split(","):
                for _ in range(_EACH):
                    deadline = MADE + timedelta(days=int(rng.integers(2, 460)))
                    yield _topic(number, branch, field.strip(), rng, deadline)
                    number += 1


def _topic(number: int, branch: str, field: str, rng: np.random.Generator, deadline: date) -> Row:
    use = USES[int(rng.integers(len(USES)))]
    adjective = ADJECTIVES[int(rng.integers(len(ADJECTIVES)))]
    in_title = number % _EACH == 0
    subject = field if in_title else branch
    group = f"INVENT-{deadline.year}-{branch.split(maxsplit=1)[0].upper()}"
    shared = branch == "grown materials"
    grants = 1 if shared else int(rng.integers(1, 6))
    each = 1_000_000 * (1 if shared else int(rng.integers(1, 9)))
    return {
        "number": 70_000_000 + number,
        "identifier": f"{group}-{number:02d}",
        "group": group,
        "title": f"{adjective} {subject} for {use}",
        "description": f"Expected Outcome:Projects show how {field} helps {use} – at lower cost."
        f"Scope:The topic’s work joins {branch} with those who use the outcome.nullActivities "
        f"are expected to achieve TRL 6-7.",
        "branch": branch,
        "field": field,
        "deadline": deadline,
        "opens_on": deadline - timedelta(days=120),
        "grants": grants,
        "each": each,
        "total": _SHARED_BUDGET if shared else grants * each,
    }


def _text(topic: Row) -> Row:
    is_open = topic["opens_on"] <= MADE
    page = _PORTAL + topic["identifier"].lower()
    return {
        "reference": f"{topic['number']}TOPICSen",
        "topicId": topic["identifier"],
        "title": topic["title"],
        "programme": "Invented Programme",
        "programmeId": _PROGRAMME["id"],
        "cluster": "",
        "callIdentifier": topic["group"],
        "actionType": "IA",
        "deadline": topic["deadline"].isoformat(),
        "stage": "two-stage",
        "callStatus": "open" if is_open else "forthcoming",
        "budgetMin": topic["each"],
        "budgetMax": topic["each"],
        "expectedGrants": topic["grants"],
        "keywords": f"{topic['identifier']}, {topic['group']}, {topic['field']}",
        "portalUrl": page,
        "description": topic["description"],
        "objectives": "",
        "submissionProcedure": {},
        "callTitle": topic["branch"].capitalize(),
        "deadlineModel": "single-stage",
        "crossCuttingPriorities": "",
        "typesOfAction": "INVENT Innovation Actions",
        "topicConditions": '">General conditions1. Admissibility: at most “ten” pages.',
        "supportInfo": "",
        "qnaUrl": page,
        "updatesUrl": page,
        "documentsUrl": page,
    }


def _notice(topic: Row) -> Row:
    is_open = topic["opens_on"] <= MADE
    return {
        "id": f"{topic['number']}TOPICSen",
        "identifier": topic["identifier"],
        "title": topic["title"],
        "summary": topic["title"],
        "url": _PORTAL + topic["identifier"],
        "callIdentifier": topic["group"],
        "callTitle": topic["branch"].capitalize(),
        "destination": None,
        "abstract": topic["description"][:60] + "…",
        "actionType": "INVENT Innovation Actions",
        "status": {"id": "31094502", "label": "Open for submission"}
        if is_open
        else {"id": "31094501", "label": "Forthcoming"},
        "kind": {"id": "1", "label": "Grant"},
        "startDate": f"{topic['opens_on'].isoformat()}T00:00:00.000Z",
        "deadlineDate": f"{topic['deadline'].isoformat()}T17:00:00.000Z",
        "plannedOpeningDate": None,
        "deadlineModel": None,
        "frameworkProgrammes": [_PROGRAMME],
        "programmeDivisions": [],
        "budget": {
            "totalBudgetEur": topic["total"],
            "expectedGrants": topic["grants"],
            "minContributionEur": topic["each"],
            "maxContributionEur": topic["each"],
            "years": [str(topic["deadline"].year)],
        },
        "searchText": topic["title"],
    }


def _cascade(number: int, topic: Row) -> Row:
    """Give a call that a project holds for third parties; it bears the identifier of its payer."""
    title = f"Vouchers for {topic['field']}"
    return {
        **_notice(topic),
        "id": f"{9000 + number}COMPETITIVE_CALLen",
        "summary": title,
        "callTitle": title,
        "callIdentifier": None,
        "abstract": None,
        "actionType": None,
        "kind": {"id": "8", "label": "Cascade funding calls"},
        "budget": None,
    }
