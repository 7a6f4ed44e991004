"""What the answers of the atlas look like: plain values and Figures that any face can print.

Names, titles and addresses are quoted from the sources as they stand there; every count and amount is a
Figure. `record_id` points at the source row: `keten.evidence` gives the row as it was found.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from keten.model import Chain, ChainStage, Figure, Judgement, Label, Region, SourceCard, Text


@dataclass(frozen=True, slots=True)
class Location:
    """Where something is, and by which method we say so (geolocation, nuts-code, postcode, place)."""

    latitude: float | None
    longitude: float | None
    coordinate_method: str | None
    nuts3: str | None
    nuts3_name: str | None
    nuts3_method: str | None
    deepest_region: str | None
    municipality: str | None
    province: str | None
    note: Text | None


@dataclass(frozen=True, slots=True)
class Member:
    """A source organisation that is part of an organisation, and why.

    `rule` is alone, same-pic, same-identifier, match or ruling; `probability` that of a match.
    """

    source_key: str
    programme: str
    pic: str | None
    name: str | None
    is_anchor: bool
    rule: str
    probability: float | None
    ruling: int | None
    record_id: int
    participations: Figure


@dataclass(frozen=True, slots=True)
class NameVariant:
    """A name that sources use for an organisation, and in how many participations."""

    name: str
    programme: str
    participations: Figure


@dataclass(frozen=True, slots=True)
class YearRow:
    """One year of one programme."""

    programme: str
    year: int | None
    projects: Figure
    contribution_eur: Figure


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """An organisation that shared projects with the one asked for."""

    partner: Label
    shared_projects: Figure
    first_year: int | None
    last_year: int | None


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A project in a list; `role` and `contribution_eur` are those of the organisation asked for."""

    project_id: str
    programme: str
    acronym: str | None
    title: str | None
    start_date: date | None
    end_date: date | None
    role: str | None
    contribution_eur: Figure | None


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A EuroSciVoc field and how many projects carry it."""

    code: str
    path: str
    title: str
    projects: Figure


@dataclass(frozen=True, slots=True)
class OrganisationView:
    """Everything the page of an organisation shows."""

    label: Label
    website: str | None
    vat_number: str | None
    street: str | None
    postcode: str | None
    is_sme: bool | None
    is_sme_as_of: datetime | None
    record_id: int
    location: Location
    members: tuple[Member, ...]
    names: tuple[NameVariant, ...]
    projects_total: Figure
    participations: Figure
    coordinated: Figure
    contribution_eur: Figure
    partners_total: Figure
    years: tuple[YearRow, ...]
    partners: tuple[PartnerRow, ...]  # the first ten; partners() gives all, page by page
    projects: tuple[ProjectRow, ...]  # the ten newest; projects() gives all, page by page
    fields: tuple[FieldRow, ...]
    fields_coverage: Figure  # projects of this organisation that carry a field at all
    judgements: tuple[Judgement, ...]  # filled by the caller: what people said of its records
    caveats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Participant:
    """A participation as the page of a project shows it."""

    organisation: Label
    role: str
    is_terminated: bool | None
    contribution_eur: Figure
    net_contribution_eur: Figure
    region: str | None
    record_id: int


@dataclass(frozen=True, slots=True)
class ProjectView:
    """Everything the page of a project shows."""

    project_id: str
    programme: str
    source_id: str
    rcn: str | None
    acronym: str | None
    title: str | None
    objective: str | None
    status: str | None
    start_date: date | None
    end_date: date | None
    signature_date: date | None
    funding_scheme: str | None
    master_call: str | None
    sub_call: str | None
    doi: str | None
    record_id: int
    total_cost_eur: Figure
    ec_max_contribution_eur: Figure
    contribution_eur: Figure
    organisations_total: Figure
    countries_total: Figure
    participants: tuple[Participant, ...]
    fields: tuple[tuple[str, str, str, int], ...]  # code, path, title, record_id
    topics: tuple[tuple[str, str, int], ...]  # topic, title, record_id
    programme_parts: tuple[tuple[str, str | None, int], ...]  # code, title, record_id
    caveats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A region in a list, with its figures."""

    region: Region
    projects: Figure
    organisations: Figure
    contribution_eur: Figure


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """An organisation in a list of a region or a field, with its figures in that scope."""

    organisation: Label
    projects: Figure
    contribution_eur: Figure


@dataclass(frozen=True, slots=True)
class KindRow:
    """One part of the triple helix; `kind` None: no source says."""

    kind: str | None
    organisations: Figure
    projects: Figure
    contribution_eur: Figure


@dataclass(frozen=True, slots=True)
class RegionView:
    """Everything the page of a region, or of a set of regions, shows."""

    codes: tuple[str, ...]
    regions: tuple[Region, ...]
    inside: tuple[RegionRow, ...]  # the regions one level down; for a set: its members
    no_deeper: RegionRow | None  # what is known to lie here, but not in which region one level down
    above: tuple[Region, ...]  # from the country down to the parent (one region only)
    projects_total: Figure
    organisations_total: Figure
    participations: Figure
    coordinated: Figure
    contribution_eur: Figure
    sme_organisations: Figure
    kinds: tuple[KindRow, ...]
    years: tuple[YearRow, ...]
    organisations: tuple[OrganisationRow, ...]  # the twenty with most contribution
    fields: tuple[FieldRow, ...]
    fields_coverage: Figure
    partner_regions: tuple[
        RegionRow, ...
    ]  # other countries: their participants in the shared projects
    caveats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer to a search: what, under which address, and why it matched.

    `country` is a code, `''` where none is known; `place` tells places apart: the NUTS level of a
    region (`'0'` to `'3'`) or `municipality`, whose identifier is that of the region it lies in.
    """

    kind: str  # organisation, project, place
    identifier: str
    title: str
    subtitle: str
    matched: str  # the words that matched; for a corrected query, the corrected ones
    score: float
    country: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class SearchView:
    """The answer to a search; `corrected` names the query that was answered instead, if any."""

    query: str
    corrected: str | None
    hits: tuple[Hit, ...]
    has_more: bool


@dataclass(frozen=True, slots=True)
class FileView:
    """One file that was read, and what became of its rows."""

    file_no: int
    source: str
    release: str
    name: str
    path: str
    sha256: str
    size_bytes: int
    header: tuple[str, ...]
    rows_found: Figure
    rows_typed: Figure
    rows_lost: Figure
    issues: Figure


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source: its card, its files, and its caveats."""

    card: SourceCard
    files: tuple[FileView, ...]
    caveats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IssueView:
    """One issue with the place where it was found."""

    issue_no: int
    stage: str
    code: str
    severity: str
    message: Text
    column: str
    value: str
    file_no: int | None
    source: str | None
    release: str | None
    file_name: str | None
    line: int | None
    record_id: int | None


@dataclass(frozen=True, slots=True)
class IssueCount:
    """How many issues share a code."""

    stage: str
    code: str
    severity: str
    count: Figure


@dataclass(frozen=True, slots=True)
class RecordView:
    """A source row as it was found: the text itself, and its cells under the file's own headings."""

    record_id: int
    source: str
    release: str  # which edition of the source: he, h2020, nuts2024
    path: str  # the delivery as it lay in the data folder
    file_no: int
    file_name: str
    line: int
    text: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class WhyView:
    """Where a Figure comes from: its method in words, the same value computed anew, and its rows."""

    figure: Figure
    title: str
    method: str
    sql: str
    records_total: Figure
    records: tuple[RecordView, ...]
    has_more: bool
    # How many participations or projects could carry the value; `figure.coverage` says how many do.
    coverage_of: Figure | None
    context: dict[str, Any]  # labels of what the scope names (organisation, project, regions)


@dataclass(frozen=True, slots=True)
class Shape:
    """The outline of a region: SVG path data in kilometres of EPSG:3035, y pointing down."""

    code: str
    name: str
    level: int
    path: str
    is_subject: bool


@dataclass(frozen=True, slots=True)
class Spot:
    """A place to mark; `x` and `y` as in a Shape."""

    identifier: str
    label: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class MapView:
    """A small map: what to draw, from the back to the front, and the part of the plane to show.

    `left_out` names spots too far from Europe for this projection.
    """

    view_box: tuple[float, float, float, float]  # x, y, width, height
    backdrop: tuple[Shape, ...]
    shapes: tuple[Shape, ...]
    spots: tuple[Spot, ...]
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """What of a chain's definition was met: a word, a topic's code, or a field's code with its title."""

    way: str
    term: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Placing:
    """Where a person placed a party in a chain: a stage, or `none` for outside it."""

    stage: str
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A party of a chain, with what put it there; `proposed` is the stage by rule, and which rule.

    `reason` is `name` (the word stands beside it), `kind`, `size` (a firm, by its size) or `rest`.
    """

    organisation: Label
    projects: Figure
    contribution_eur: Figure
    matches: tuple[Match, ...]
    is_core: bool  # one of the chain's own words stands in a project of it
    is_sme: bool | None
    proposed: str
    reason: str
    reason_word: str
    placing: Placing | None

    @property
    def stage(self) -> str:
        """The stage that holds: a person's before the rule's."""
        return self.placing.stage if self.placing else self.proposed


@dataclass(frozen=True, slots=True)
class StageView:
    """A stage of a chain and its parties; `regions` are those of the chain that its core works in."""

    stage: ChainStage
    parties: tuple[PartyRow, ...]
    regions: tuple[str, ...] = ()

    @property
    def core(self) -> tuple[PartyRow, ...]:
        """The parties with words of the chain itself, or placed here by a person."""
        return tuple(each for each in self.parties if each.is_core or each.placing is not None)


@dataclass(frozen=True, slots=True)
class ChainRegion:
    """A region of a chain, with its own figures."""

    code: str
    name: str
    organisations: Figure
    projects: Figure
    contribution_eur: Figure


@dataclass(frozen=True, slots=True)
class Tie:
    """Two parties of a chain that share projects about it."""

    one: Label
    other: Label
    projects: Figure


@dataclass(frozen=True, slots=True)
class ChainRow:
    """A chain in a list."""

    chain: Chain
    projects: Figure
    organisations: Figure
    contribution_eur: Figure


@dataclass(frozen=True, slots=True)
class ChainView:
    """Everything the first step of a chain shows."""

    chain: Chain
    is_stale: bool  # the definition changed since the evidence was built
    projects: Figure
    organisations: Figure
    contribution_eur: Figure
    projects_everywhere: Figure
    core_projects: Figure  # those in which a word of the chain itself stands
    core_organisations: Figure
    stages: tuple[StageView, ...]
    outside: tuple[PartyRow, ...]  # those that a person placed outside the chain
    ties: tuple[Tie, ...]
    readable: Figure  # of the regions' projects, those that have a text to read
    coverage: Figure  # of innovating firms, the share that the evidence sees
    terms: tuple[tuple[Match, Figure], ...]  # what was met, and in how many projects here
    regions: tuple[ChainRegion, ...]  # those that take part, as the definition names them
    group: tuple[Label, ...]  # the parties of the working group that the evidence knows
