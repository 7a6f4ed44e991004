"""Load: puts what the readers found into tables, every row as it was and as it was understood.

A record's identifier is its file's number times 2**32 plus its line, so that it leads back to the
row without a search. Files are numbered in the order of source, release and name: same files, same
numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa

from keten.errors import BuildError
from keten.model import Issue, Package, Reading, Severity, SourceCard

LINE_BITS = 32

# The tables that may come from any source. Made empty first, so that every evidence has them all.
TYPED = {
    "project": """record_id bigint, project_id varchar, programme varchar, source_id varchar,
        rcn varchar, acronym varchar, title varchar, objective varchar, status varchar,
        start_date date, end_date date, signature_date date, total_cost_eur decimal(18,2),
        ec_max_contribution_eur decimal(18,2), funding_scheme varchar, master_call varchar,
        sub_call varchar, doi varchar, framework varchar, updated_at timestamp""",
    "participation": """record_id bigint, project_id varchar, source_key varchar, pic varchar,
        programme varchar, position integer, role varchar, contribution_eur decimal(18,2),
        net_contribution_eur decimal(18,2), total_cost_eur decimal(18,2), is_terminated boolean,
        name varchar, short_name varchar, vat_number varchar, is_sme boolean,
        activity_type varchar, street varchar, postcode varchar, city varchar, country varchar,
        nuts_code varchar, latitude double, longitude double, website varchar,
        updated_at timestamp""",
    "project_field": """record_id bigint, project_id varchar, code varchar, path varchar,
        title varchar""",
    "project_topic": "record_id bigint, project_id varchar, topic varchar, title varchar",
    "project_programme_part": """record_id bigint, project_id varchar, code varchar,
        title varchar, is_unique boolean""",
    "subsidy": """record_id bigint, year integer, ministry varchar, scheme varchar,
        recipient varchar, recipient_kind varchar, is_company boolean, policy_article varchar,
        amount_eur decimal(18,2)""",
    "call": """record_id bigint, call_id varchar, identifier varchar, kind varchar, title varchar,
        description varchar, is_cut boolean, conditions varchar, keywords varchar, status varchar,
        programme varchar, call_group varchar, call_title varchar, destination varchar,
        type_of_action varchar, deadline_model varchar, opens_on date, deadline date,
        budget_eur decimal(18,2), budget_of varchar, grants_expected integer,
        contribution_min_eur decimal(18,2), contribution_max_eur decimal(18,2), address varchar,
        stated_on date""",
    "call_notice": """record_id bigint, call_id varchar, title varchar, status varchar,
        deadline date""",
    "call_text": """record_id bigint, call_id varchar, title varchar, status varchar,
        deadline date""",
    "indicator": """record_id bigint, indicator varchar, region_published varchar, year smallint,
        value double, unit varchar, flag varchar""",
    "indicator_name": """record_id bigint, indicator varchar, source varchar, title_en varchar,
        title_nl varchar, unit varchar, period varchar, level varchar,
        higher_is_better boolean""",
    "indicator_area": """record_id bigint, source varchar, region_published varchar, name varchar,
        part varchar, part_name varchar""",
    "fp7_project": """record_id bigint, project_id varchar, programme varchar, source_id varchar,
        acronym varchar, title varchar, is_cut boolean, status varchar, programme_part varchar,
        start_date date, end_date date, total_cost_eur decimal(18,2), participants integer""",
    "fp7_organisation": """record_id bigint, source_key varchar, pic varchar, name varchar,
        short_name varchar, is_person boolean, street varchar, postcode varchar, city varchar,
        country varchar, nuts_code varchar, website varchar, stated_on date""",
    "fp7_participation": """record_id bigint, project_rcn varchar, source_key varchar,
        programme varchar""",
    "ror": """record_id bigint, ror_id varchar, name varchar, acronyms varchar[], types varchar[],
        country varchar, city varchar, geonames_id varchar, website varchar, domains varchar[],
        established integer, status varchar, latitude double, longitude double,
        schema varchar, version varchar""",
    "ror_earlier": """record_id bigint, ror_id varchar, version varchar,
        current_record_id bigint""",
    "ror_name": "record_id bigint, ror_id varchar, name varchar, kind varchar, language varchar",
    "ror_relation": """record_id bigint, ror_id varchar, kind varchar, other_ror_id varchar,
        other_name varchar""",
    "ror_identifier": """record_id bigint, ror_id varchar, kind varchar, identifier varchar,
        is_preferred boolean""",
    "sponsor": "record_id bigint, name varchar, kvk_number varchar, is_person boolean",
    "structural_project": """record_id bigint, list varchar, source_id varchar, is_current boolean,
        fund varchar, action varchar, beneficiary varchar, is_person boolean, title varchar,
        title_en varchar, summary varchar, authority varchar, theme varchar, city varchar,
        country varchar, website varchar, start_date date, end_date date, updated_on date,
        eu_contribution_eur decimal(18,2), public_eur decimal(18,2), private_eur decimal(18,2),
        total_cost_eur decimal(18,2), eu_percentage double, status varchar""",
    "innovation_fund": """record_id bigint, source_key varchar, pic varchar, project_id varchar,
        acronym varchar, title varchar, description varchar, name varchar, short_name varchar,
        pic_name varchar, is_person boolean, role varchar, contribution_eur decimal(18,2),
        legal_status varchar, nuts_code varchar, city varchar, country varchar,
        country_group varchar, signature_date date, start_date date, keywords varchar,
        call_group varchar, topic varchar""",
}


@dataclass(frozen=True, slots=True)
class Delivery:
    """A package with the hash of its content and its path as a user may see it."""

    package: Package
    sha256: str
    shown_path: str


class Loader:
    """Takes readings one by one, so that only one package is in memory at a time."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._con = con
        self._files = 0
        self._issues: list[tuple[str, Issue, int | None]] = []
        con.execute(
            """
            create or replace table source(source varchar, title_en varchar, title_nl varchar,
                publisher varchar, licence varchar, licence_address varchar, address varchar,
                attribution varchar, coverage_en varchar, coverage_nl varchar);
            create or replace table caveat(caveat varchar, source varchar, release varchar,
                text_en varchar, text_nl varchar);
            create or replace table file(file_no integer, source varchar, release varchar,
                path varchar, name varchar, sha256 varchar, size_bytes bigint, header varchar[],
                delimiter varchar, encoding varchar, rows_found bigint, rows_typed bigint,
                rows_lost bigint);
            create or replace table record(record_id bigint, file_no integer, line bigint,
                text varchar);
            """
        )
        for name, columns in TYPED.items():
            con.execute(f"create or replace table {name}({columns})")

    def add_card(self, card: SourceCard) -> None:
        """Write the card of a source."""
        self._con.execute(
            "insert into source values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [card.source, card.title.en, card.title.nl, card.publisher, card.licence,
             card.licence_address, card.address, card.attribution, card.coverage.en,
             card.coverage.nl],
        )  # fmt: skip

    def add(self, reading: Reading, delivery: Delivery, card: SourceCard) -> None:
        """Write one reading: its files, records, typed rows, issues and caveats.

        Raises: BuildError when the rows of a file do not add up.
        """
        base = self._files + 1
        for index, found in enumerate(reading.files):
            typed, lost = _account(reading, index)
            self._con.execute(
                "insert into file values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [base + index, reading.package.source, reading.package.release,
                 delivery.shown_path, found.name, delivery.sha256, found.size_bytes,
                 list(found.header), found.delimiter, found.encoding, len(found.line), typed,
                 lost],
            )  # fmt: skip
            lines = pa.table({"line": found.line, "text": found.text})
            self._insert(
                f"insert into record select ({base + index}::bigint << {LINE_BITS}) + line, "
                f"{base + index}, line, text from arrived",
                lines,
            )
        for name, table in reading.tables.items():
            self._take(name, table, base)
        for issue in reading.issues:
            number = base + issue.file if issue.file >= 0 else None
            self._issues.append(("load", issue, number))
        self.add_caveats(card, reading.package.release, reading.caveats)
        self._files += len(reading.files)

    def add_caveats(
        self, card: SourceCard, release: str, caveats: Sequence[str] | None = None
    ) -> None:
        """Write the caveats of a card that hold for a release; all of them when none are named."""
        for caveat in card.caveats if caveats is None else caveats:
            text = card.caveats[caveat]
            self._con.execute(
                "insert into caveat values (?, ?, ?, ?, ?)",
                [caveat, card.source, release, text.en, text.nl],
            )

    def note(self, issue: Issue) -> None:
        """Keep an issue that belongs to no reading."""
        self._issues.append(("load", issue, None))

    def finish(self) -> list[tuple[str, Issue, int | None]]:
        """Give every distinct address one number, and hand over the issues with their file
        numbers."""
        columns = "country, street, postcode, city, nuts_code, latitude, longitude"
        order = ", ".join(f"{name} nulls first" for name in columns.split(", "))
        self._con.execute(
            f"""
            create or replace table place as
            select (row_number() over (order by {order}))::bigint as place_id, {columns}
            from (select distinct {columns} from participation) order by place_id
            """
        )
        same = " and ".join(
            f"place.{name} is not distinct from participation.{name}"
            for name in columns.split(", ")
        )
        self._con.execute(
            f"""
            create or replace table participation as
            select participation.*, place.place_id from participation join place on {same}
            order by record_id
            """
        )
        return self._issues

    def _take(self, name: str, table: pa.Table, base: int) -> None:
        shift = f"(record_id + ({base}::bigint << {LINE_BITS})) as record_id"
        columns = ", ".join(f'"{column}"' for column in table.column_names if column != "record_id")
        known = self._con.execute(
            "select count(*) from duckdb_tables() where table_name = ? and not temporary", [name]
        ).fetchall()
        if known[0][0]:
            self._insert(
                f"insert into {name} by name select {shift}, {columns} from arrived", table
            )
        else:
            self._insert(f"create table {name} as select {shift}, {columns} from arrived", table)

    def _insert(self, statement: str, table: pa.Table) -> None:
        self._con.register("arrived", table)
        try:
            self._con.execute(statement)
        finally:
            self._con.unregister("arrived")


def write_issues(
    con: duckdb.DuckDBPyConnection, stage: str, issues: Sequence[tuple[str, Issue, int | None]]
) -> None:
    """Write the issues of one stage into `issue_<stage>`; `issue` is all of them together."""
    files = [number for _, _, number in issues]
    lines = [issue.line if issue.line > 0 else None for _, issue, _ in issues]
    table = pa.table(
        {
            "stage": pa.array([stage] * len(issues), pa.string()),
            "code": pa.array([issue.code for _, issue, _ in issues], pa.string()),
            "severity": pa.array([str(issue.severity) for _, issue, _ in issues], pa.string()),
            "file_no": pa.array(files, pa.int32()),
            "line": pa.array(lines, pa.int64()),
            "record_id": pa.array(
                [
                    (file << LINE_BITS) + line if file is not None and line is not None else None
                    for file, line in zip(files, lines, strict=True)
                ],
                pa.int64(),
            ),
            "column": pa.array([issue.column for _, issue, _ in issues], pa.string()),
            "value": pa.array([issue.value for _, issue, _ in issues], pa.string()),
            "message_en": pa.array([issue.message.en for _, issue, _ in issues], pa.string()),
            "message_nl": pa.array([issue.message.nl for _, issue, _ in issues], pa.string()),
        }
    )
    con.register("arrived", table)
    con.execute(
        f"""
        create or replace table issue_{stage} as select * from arrived
        order by file_no nulls first, line nulls first, code, "column", value, message_en
        """
    )
    con.unregister("arrived")


def gather_issues(con: duckdb.DuckDBPyConnection, stages: Sequence[str]) -> int:
    """Write `issue`: the issues of all stages, numbered in order; gives how many there are."""
    union = " union all ".join(
        f"select {number} as stage_no, row_number() over () as position, * from issue_{stage}"
        for number, stage in enumerate(stages)
    )
    con.execute(
        f"""
        create or replace table issue as
        select (row_number() over (order by stage_no, position))::bigint as issue_no,
               * exclude (stage_no, position)
        from ({union}) order by issue_no
        """
    )
    ((count,),) = con.execute("select count(*) from issue").fetchall()
    return int(count)


def write_stages(con: duckdb.DuckDBPyConnection, fingerprints: Mapping[str, str]) -> None:
    """Write `stage`: the fingerprint that each stage of this build had."""
    con.execute("create or replace table stage(name varchar, fingerprint varchar)")
    con.executemany(
        "insert into stage values (?, ?)", [list(pair) for pair in fingerprints.items()]
    )


def _account(reading: Reading, index: int) -> tuple[int, int]:
    """Count the rows of a file that were typed and lost; they must be all of them, each once."""
    typed = np.zeros(0, np.int64)
    own = [name for name, file_index in reading.typed_from.items() if file_index == index]
    for name in (*own, *reading.typed_from_all):
        ids = reading.tables[name].column("record_id").to_numpy()
        typed = np.union1d(typed, ids[(ids >> LINE_BITS) == index] & ((1 << LINE_BITS) - 1))
    lost = {
        issue.line
        for issue in reading.issues
        if issue.file == index and issue.severity is Severity.ROW_LOST and issue.line > 0
    }
    found = reading.files[index]
    lines = found.line.to_numpy()
    named = np.union1d(typed, np.fromiter(lost, np.int64, len(lost)))
    if len(typed) + len(lost) != len(lines) or not np.array_equal(named, np.unique(lines)):
        raise BuildError(
            f"{found.name}: {len(lines)} rows found, but {len(typed)} understood and {len(lost)} "
            "listed as lost; these must add up.",
            "This is a defect of the reader: report it with the file.",
        )
    return len(typed), len(lost)
