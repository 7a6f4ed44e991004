"""What CORDIS delivers: its files, the columns of each, and what becomes of them.

Every column is either used or named as ignored with the reason; one that is neither is new.
"""

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["text", "amount", "integer", "flag", "date", "time", "role", "position"]


@dataclass(frozen=True, slots=True)
class Use:
    """A column of a file, the column of the table it becomes, and how it is read."""

    heading: str
    column: str
    kind: Kind = "text"
    is_required: bool = True


@dataclass(frozen=True, slots=True)
class FileLayout:
    """One file: its name without ending, the table it becomes, and its columns.

    `key` is the heading of the project's number; `own_key` a second heading that a row needs.
    """

    stem: str
    table: str
    key: str
    uses: tuple[Use, ...]
    ignored: dict[str, str] = field(default_factory=dict)
    own_key: str = ""
    is_required: bool = False

    @property
    def headings(self) -> frozenset[str]:
        """The headings that are read."""
        keys = {self.key, self.own_key} - {""}
        return frozenset(use.heading for use in self.uses) | keys

    @property
    def required(self) -> tuple[str, ...]:
        """The headings without which the file means nothing."""
        keys = tuple(key for key in (self.key, self.own_key) if key)
        return (*keys, *(use.heading for use in self.uses if use.is_required))


PROJECT = FileLayout(
    stem="project",
    table="project",
    key="id",
    is_required=True,
    uses=(
        Use("rcn", "rcn", is_required=False),
        Use("acronym", "acronym"),
        Use("title", "title"),
        Use("objective", "objective"),
        Use("status", "status", is_required=False),
        Use("startDate", "start_date", "date"),
        Use("endDate", "end_date", "date"),
        Use("ecSignatureDate", "signature_date", "date", is_required=False),
        Use("totalCost", "total_cost_eur", "amount"),
        Use("ecMaxContribution", "ec_max_contribution_eur", "amount"),
        Use("fundingScheme", "funding_scheme"),
        Use("masterCall", "master_call", is_required=False),
        Use("subCall", "sub_call", is_required=False),
        Use("grantDoi", "doi", is_required=False),
        Use("frameworkProgramme", "framework"),
        Use("contentUpdateDate", "updated_at", "time", is_required=False),
    ),
    ignored={
        "topics": "the file topics has them with their titles",
        "legalBasis": "the file legalBasis has them all, with their titles",
        "nature": "says of what kind the grant is; no question asks for it",
        "keywords": "empty in the files that carry it",
    },
)

ORGANIZATION = FileLayout(
    stem="organization",
    table="participation",
    key="projectID",
    own_key="organisationID",
    is_required=True,
    uses=(
        Use("order", "position", "integer", is_required=False),
        Use("role", "role", "role"),
        Use("ecContribution", "contribution_eur", "amount"),
        Use("netEcContribution", "net_contribution_eur", "amount", is_required=False),
        Use("totalCost", "total_cost_eur", "amount", is_required=False),
        Use("endOfParticipation", "is_terminated", "flag", is_required=False),
        Use("name", "name"),
        Use("shortName", "short_name", is_required=False),
        Use("vatNumber", "vat_number", is_required=False),
        Use("SME", "is_sme", "flag", is_required=False),
        Use("activityType", "activity_type"),
        Use("street", "street", is_required=False),
        Use("postCode", "postcode", is_required=False),
        Use("city", "city"),
        Use("country", "country"),
        Use("nutsCode", "nuts_code", is_required=False),
        Use("geolocation", "latitude", "position", is_required=False),
        Use("organizationURL", "website", is_required=False),
        Use("contentUpdateDate", "updated_at", "time", is_required=False),
    ),
    ignored={
        "projectAcronym": "the file project has it",
        "contactForm": "leads to a form for reaching persons; it can be made from the two numbers",
        "rcn": "the record number of the organisation's page; the PIC names the organisation",
        "active": "empty in every row the publisher has delivered",
    },
)

# What leads to a participant who is a person: blanked in the row as found, and the columns it became.
PERSONAL: dict[str, str] = {
    "name": "name",
    "shortName": "short_name",
    "vatNumber": "vat_number",
    "street": "street",
    "organizationURL": "website",
    "contactForm": "",
}

EUROSCIVOC = FileLayout(
    stem="euroSciVoc",
    table="project_field",
    key="projectID",
    uses=(
        Use("euroSciVocCode", "code"),
        Use("euroSciVocPath", "path"),
        Use("euroSciVocTitle", "title"),
    ),
    ignored={"euroSciVocDescription": "empty in every row the publisher has delivered"},
)

TOPICS = FileLayout(
    stem="topics",
    table="project_topic",
    key="projectID",
    uses=(Use("topic", "topic"), Use("title", "title")),
)

LEGAL_BASIS = FileLayout(
    stem="legalBasis",
    table="project_programme_part",
    key="projectID",
    uses=(
        Use("legalBasis", "code"),
        Use("title", "title"),
        Use("uniqueProgrammePart", "is_unique", "flag", is_required=False),
    ),
)

FILES: tuple[FileLayout, ...] = (PROJECT, ORGANIZATION, EUROSCIVOC, TOPICS, LEGAL_BASIS)

IGNORED_FILES: dict[str, str] = {
    "webLink": "addresses of pages, no part of any question",
    "webItem": "pictures and films, no part of any question",
    "deliverables": "comes with another delivery of the publisher",
    "publications": "comes with another delivery of the publisher",
    "summaries": "comes with another delivery of the publisher",
}

FRAMEWORKS: dict[str, str] = {"HORIZON": "he", "H2020": "h2020"}

ROLES: dict[str, str] = {
    "coordinator": "coordinator",
    "participant": "participant",
    "partner": "partner",
    "associatedpartner": "associated_partner",
    "thirdparty": "third_party",
    "internationalpartner": "international_partner",
    "hostinstitution": "host_institution",
    "beneficiary": "beneficiary",
}
