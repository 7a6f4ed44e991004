"""What the two deliveries of calls hold: every key is used, or ignored with the reason."""

from collections.abc import Mapping
from typing import Final

import pyarrow as pa

from keten.sources.values import AMOUNT

TEXTS: Final = "open.jsonl.gz"
NOTICES: Final = "grants.json"

TEXT_USED: Final = frozenset(
    {
        "reference", "topicId", "title", "programme", "programmeId", "callIdentifier", "deadline",
        "callStatus", "budgetMin", "budgetMax", "expectedGrants", "keywords", "portalUrl",
        "description", "callTitle", "deadlineModel", "typesOfAction", "topicConditions",
    }
)  # fmt: skip
TEXT_IGNORED: Final[Mapping[str, str]] = {
    "cluster": "part of the identifier",
    "actionType": "typesOfAction says it in words",
    "stage": "the same word in every row, at odds with deadlineModel",
    "objectives": "the text of the destination, the same for all its topics: it says nothing of one",
    "submissionProcedure": "deadlineModel says the same",
    "crossCuttingPriorities": "codes of priorities; no question asks for them",
    "supportInfo": "addresses of help desks, the same for whole programmes; may name persons",
    "qnaUrl": "a page beside that of the call",
    "updatesUrl": "a page beside that of the call",
    "documentsUrl": "a page beside that of the call",
}

NOTICE_USED: Final = frozenset(
    {
        "id", "identifier", "title", "url", "callIdentifier", "callTitle", "destination", "abstract",
        "actionType", "status", "kind", "startDate", "deadlineDate", "deadlineModel",
        "frameworkProgrammes", "budget",
    }
)  # fmt: skip
NOTICE_IGNORED: Final[Mapping[str, str]] = {
    "summary": "the title once more; of cascade calls the callTitle",
    "plannedOpeningDate": "empty in every row delivered; startDate has the day",
    "programmeDivisions": "the destination and the identifier say it more closely",
    "searchText": "the other values joined, for searching",
}
BUDGET_USED: Final = frozenset(
    ["totalBudgetEur", "expectedGrants", "minContributionEur", "maxContributionEur"]
)
BUDGET_IGNORED: Final[Mapping[str, str]] = {"years": "part of the identifier"}
ENVELOPE_USED: Final = frozenset({"generatedAt", "grants"})
ENVELOPE_IGNORED: Final[Mapping[str, str]] = {
    "source": "how the supplier fetched it",
    "facets": "counts over all the supplier could have stored",
    "summary": "counts over the rows",
}

STATUSES: Final[Mapping[str, str]] = {
    "31094501": "forthcoming",
    "31094502": "open",
    "31094503": "closed",
}
KINDS: Final[Mapping[str, str]] = {"TOPICS": "topic", "COMPETITIVE_CALL": "cascade",
                                   "PROSPECTS": "external"}  # fmt: skip

CALL: Final = pa.schema(
    [
        ("record_id", pa.int64()),
        ("call_id", pa.string()),
        ("identifier", pa.string()),
        ("kind", pa.string()),
        ("title", pa.string()),
        ("description", pa.string()),
        ("is_cut", pa.bool_()),
        ("conditions", pa.string()),
        ("keywords", pa.string()),
        ("status", pa.string()),
        ("programme", pa.string()),
        ("call_group", pa.string()),
        ("call_title", pa.string()),
        ("destination", pa.string()),
        ("type_of_action", pa.string()),
        ("deadline_model", pa.string()),
        ("opens_on", pa.date32()),
        ("deadline", pa.date32()),
        ("budget_eur", AMOUNT),
        ("budget_of", pa.string()),
        ("grants_expected", pa.int32()),
        ("contribution_min_eur", AMOUNT),
        ("contribution_max_eur", AMOUNT),
        ("address", pa.string()),
        ("stated_on", pa.date32()),
    ]
)
AS_STATED: Final = pa.schema(
    [
        ("record_id", pa.int64()),
        ("call_id", pa.string()),
        ("title", pa.string()),
        ("status", pa.string()),
        ("deadline", pa.date32()),
    ]
)
