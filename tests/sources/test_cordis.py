"""CORDIS: what is found, what each row becomes, and that every row is accounted for."""

import csv
import io
import zipfile
from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keten.errors import SourceError
from keten.model import Issue, Package, Reading, Severity
from keten.sources import cordis
from keten.sources.cordis.layout import FILES
from keten.sources.withholding import WITHHELD

SAMPLE = Path(cordis.__file__).parent / "sample"
Files = dict[str, bytes]


def sample() -> Files:
    return {path.name: path.read_bytes() for path in SAMPLE.glob("*.csv")}


def zipped(path: Path, files: Files, folder: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(folder + name, data)
    return path


def package_of(files: Files, tmp_path: Path) -> Package:
    path = zipped(tmp_path / "cordis-HORIZONprojects-csv.zip", files)
    return Package("cordis", "he", path, tuple(sorted(files)))


def read(files: Files, tmp_path: Path) -> Reading:
    reading = cordis.read(package_of(files, tmp_path))
    assert_adds_up(reading)
    return reading


def assert_adds_up(reading: Reading) -> None:
    """Rows found = rows typed + rows lost, file by file, and every record is a row found."""
    for table, file in reading.typed_from.items():
        found = reading.files[file]
        typed = reading.tables[table].column("record_id").to_pylist()
        lost = [i for i in reading.issues if i.file == file and i.severity == Severity.ROW_LOST]
        lines = found.line.to_pylist()
        assert sorted([*(i.line for i in lost), *(r & 0xFFFFFFFF for r in typed)]) == lines
        assert {record >> 32 for record in typed} <= {file}


def rows_lost(reading: Reading) -> list[tuple[str, str, int]]:
    return [
        (reading.files[i.file].name, i.code, i.line)
        for i in reading.issues
        if i.severity == Severity.ROW_LOST
    ]


def one(reading: Reading, code: str) -> Issue:
    found = [issue for issue in reading.issues if issue.code == code]
    assert len(found) == 1, reading.issues
    return found[0]


def rewritten(data: bytes, bar: str, end: str, quoting: int) -> bytes:
    rows = csv.reader(io.StringIO(data.decode(), newline=""), delimiter=";")
    out = io.StringIO()
    csv.writer(out, delimiter=bar, lineterminator=end, quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    return out.getvalue().encode()


# --- persons ----------------------------------------------------------------------------------


def test_a_person_is_nowhere_but_the_money_counts(tmp_path: Path) -> None:
    """Somebody invented takes the place of the first participant."""
    files = sample()
    rows = list(csv.reader(io.StringIO(files["organization.csv"].decode()), delimiter=";"))
    heading = rows[0]
    for name, value in {
        "name": "WADSTRA Hendrik Jan", "shortName": "HJW", "vatNumber": "NL000099998B57",
        "street": "Kwelderpad 1", "organizationURL": "https://wadstra.example",
        "ecContribution": "veel",
    }.items():  # fmt: skip
        rows[1][heading.index(name)] = value
    out = io.StringIO()
    csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    files["organization.csv"] = out.getvalue().encode()
    reading = read(files, tmp_path)
    row = reading.tables["participation"].to_pylist()[0]
    assert {row[name] for name in ("name", "short_name", "vat_number", "street", "website")} == {
        None
    }
    assert row["pic"] == rows[1][heading.index("organisationID")]
    assert one(reading, "names-withheld").message.en.startswith("In 1 of 4 rows")
    everything = str([reading.issues, reading.tables, [f.text.to_pylist() for f in reading.files]])
    for word in ("Hendrik", "HJW", "NL000099998B57", "Kwelderpad", "wadstra"):
        assert word not in everything
    assert one(reading, "bad-number").value == "veel"


# --- what is read -----------------------------------------------------------------------------


def test_the_sample_becomes_typed_rows(tmp_path: Path) -> None:
    reading = read(sample(), tmp_path)
    assert reading.issues == ()
    assert reading.caveats == ("eurofusion-absent", "sme-date")
    assert reading.package.release == "he"
    assert {name: table.num_rows for name, table in reading.tables.items()} == {
        "project": 2,
        "participation": 4,
        "project_field": 2,
        "project_topic": 2,
        "project_programme_part": 3,
    }
    project = reading.tables["project"].to_pylist()[0]
    assert project == {
        "record_id": (reading.typed_from["project"] << 32) + 2,
        "project_id": "he-101900001",
        "programme": "he",
        "source_id": "101900001",
        "rcn": "990001",
        "acronym": "WADLOOP",
        "title": 'Closing the loop of "green" hydrogen; from wind to farm',
        "objective": "A made-up project, written for the sample.",
        "status": "SIGNED",
        "start_date": date(2022, 9, 1),
        "end_date": date(2026, 8, 31),
        "signature_date": date(2022, 5, 12),
        "total_cost_eur": Decimal("4073781.25"),
        "ec_max_contribution_eur": Decimal("3500000.00"),
        "funding_scheme": "HORIZON-RIA",
        "master_call": "HORIZON-CL5-2021-D2-01",
        "sub_call": "HORIZON-CL5-2021-D2-01",
        "doi": "10.3030/101900001",
        "framework": "HORIZON",
        "updated_at": datetime.fromisoformat("2025-08-26 16:19:52"),
    }
    third = reading.tables["participation"].to_pylist()[2]
    assert third["source_key"] == "he:900000033"
    assert third["role"] == "associated_partner"
    assert (third["contribution_eur"], third["net_contribution_eur"]) == (None, Decimal(0))
    assert (third["is_sme"], third["is_terminated"], third["position"]) == (None, True, 3)
    assert (third["country"], third["latitude"], third["longitude"]) == ("UK", None, None)
    first = reading.tables["participation"].to_pylist()[0]
    assert (first["latitude"], first["longitude"]) == (53.2193, 6.5665)
    assert reading.tables["project_programme_part"].column("is_unique").to_pylist() == [
        True,
        None,
        True,
    ]


def test_rows_stand_in_the_reading_as_they_were_found(tmp_path: Path) -> None:
    reading = read(sample(), tmp_path)
    for found in reading.files:
        lines = sample()[found.name].decode().splitlines()
        assert found.line.to_pylist() == list(range(2, len(lines) + 1))
        assert found.text.to_pylist() == lines[1:]
        assert found.size_bytes == len(sample()[found.name])
    assert [found.name for found in reading.files] == sorted(sample())


@pytest.mark.parametrize("bar", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_ALL, csv.QUOTE_MINIMAL])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_every_dialect_gives_the_same_tables(
    tmp_path: Path, bar: str, end: str, quoting: int, mark: bytes
) -> None:
    files = {n: mark + rewritten(d, bar, end, quoting) for n, d in sample().items()}
    reading = read(files, tmp_path)
    assert reading.issues == ()
    assert reading.tables == read(sample(), tmp_path).tables


def test_names_and_folders_as_users_have_them(tmp_path: Path) -> None:
    files = {f"sub/{name.replace('.csv', '_df_100.csv')}": d for name, d in sample().items()}
    reading = read(files, tmp_path)
    assert reading.tables["participation"].num_rows == 4
    assert reading.issues == ()


def test_columns_in_another_order(tmp_path: Path) -> None:
    files = sample()
    rows = csv.reader(io.StringIO(files["topics.csv"].decode()), delimiter=";")
    lines = ["topic;title;projectID", *(f"{b};{c};{a}" for a, b, c in list(rows)[1:])]
    lines.insert(2, 'T;never "closed";"101900001')
    reading = read({**files, "topics.csv": "\n".join(lines).encode()}, tmp_path)
    assert reading.tables["project_topic"].column("project_id").to_pylist() == [
        "he-101900001",
        "he-101900002",
    ]
    assert rows_lost(reading) == [("topics.csv", "broken-quotes", 3)]


def test_flags_and_numbers_as_other_programs_save_them(tmp_path: Path) -> None:
    files = sample()
    plain = read(files, tmp_path).tables
    org = files["organization.csv"].replace(b'"true"', b'"True"').replace(b'"false"', b'"0"')
    org = org.replace(b'"900000011"', b'"900000011.0"').replace(b'"1500000"', b'"1500000.0"')
    assert read({**files, "organization.csv": org}, tmp_path).tables == plain


def test_only_headings_is_an_empty_table(tmp_path: Path) -> None:
    files = {name: data.split(b"\n")[0] for name, data in sample().items()}
    files["project.csv"] = sample()["project.csv"]
    reading = read(files, tmp_path)
    assert reading.tables["participation"].num_rows == 0
    full = read(sample(), tmp_path).tables
    for name, table in reading.tables.items():
        assert table.schema == full[name].schema
    assert reading.issues == ()


def test_progress_names_files_and_shares(tmp_path: Path) -> None:
    seen: list[tuple[str, float]] = []
    cordis.read(package_of(sample(), tmp_path), lambda what, share: seen.append((what, share)))
    assert [what for what, _ in seen] == sorted(sample())
    assert [share for _, share in seen] == [0, 0.2, 0.4, 0.6, 0.8]


# --- what is missing or new -------------------------------------------------------------------


def test_an_absent_file_is_an_issue_and_an_empty_table(tmp_path: Path) -> None:
    files = sample()
    del files["euroSciVoc.csv"]
    reading = read(files, tmp_path)
    assert one(reading, "file-absent").value == "euroSciVoc"
    assert reading.tables["project_field"].num_rows == 0
    assert "project_field" not in reading.typed_from
    assert (
        reading.tables["project_field"].schema
        == read(sample(), tmp_path).tables["project_field"].schema
    )


@pytest.mark.parametrize("name", ["project.csv", "organization.csv"])
def test_an_absent_main_file_stops(tmp_path: Path, name: str) -> None:
    files = sample()
    del files[name]
    with pytest.raises(SourceError, match=name) as caught:
        read(files, tmp_path)
    assert caught.value.next_step


@pytest.mark.parametrize(("name", "heading"), [("project", "id"), ("organization", "country")])
def test_an_absent_column_stops(tmp_path: Path, name: str, heading: str) -> None:
    files = sample()
    file = f"{name}.csv"
    files[file] = files[file].replace(f'"{heading}"'.encode(), b'"other"', 1)
    with pytest.raises(SourceError) as caught:
        read(files, tmp_path)
    assert file in caught.value.what
    assert heading in caught.value.what
    assert caught.value.next_step


def test_new_files_and_columns_are_told(tmp_path: Path) -> None:
    files = {**sample(), "policyPriorities.csv": b"a;b\n", "webLink.csv": b"<html>"}
    files["topics.csv"] = b"\n".join(
        line + b';"x"' for line in files["topics.csv"].splitlines()
    ).replace(b';"x"', b';"brandNew"', 1)
    reading = read(files, tmp_path)
    assert one(reading, "new-file").value == "policyPriorities.csv"
    assert one(reading, "new-column").column == "brandNew"
    assert len(reading.issues) == 2


def test_every_column_of_the_sample_is_used_or_ignored_with_a_reason() -> None:
    for layout in FILES:
        names = (SAMPLE / f"{layout.stem}.csv").read_text().split("\n")[0].replace('"', "")
        assert set(names.split(";")) <= layout.headings | set(layout.ignored)
        assert not layout.headings & set(layout.ignored)
        assert all(layout.ignored.values())


def test_two_files_for_one_table_stop(tmp_path: Path) -> None:
    files = {**sample(), "old/topics.csv": sample()["topics.csv"]}
    with pytest.raises(SourceError, match="two files for topics"):
        read(files, tmp_path)


def test_an_error_page_for_a_file_stops(tmp_path: Path) -> None:
    files = {**sample(), "organization.csv": b"<html><body>Service unavailable"}
    with pytest.raises(SourceError, match="web page"):
        read(files, tmp_path)


# --- rows that cannot be kept -----------------------------------------------------------------


def with_line(name: str, line: bytes, at: int = 2) -> Files:
    files = sample()
    lines = files[name].splitlines()
    files[name] = b"\n".join([*lines[: at - 1], line, *lines[at - 1 :]])
    return files


def test_a_project_delivered_twice_is_kept_once(tmp_path: Path) -> None:
    second = sample()["project.csv"].splitlines()[1].replace(b"WADLOOP", b"OTHER")
    reading = read(with_line("project.csv", second, 4), tmp_path)
    assert rows_lost(reading) == [("project.csv", "repeated-project", 4)]
    assert "line 2" in one(reading, "repeated-project").message.en
    assert reading.tables["project"].column("acronym").to_pylist() == ["WADLOOP", "TERPSENS"]


def test_the_same_row_twice_counts_once(tmp_path: Path) -> None:
    again = sample()["organization.csv"].splitlines()[2]
    reading = read(with_line("organization.csv", again, 5), tmp_path)
    assert rows_lost(reading) == [("organization.csv", "repeated-row", 5)]
    assert "line 3" in one(reading, "repeated-row").message.en


def test_one_organisation_twice_in_a_project_is_no_repetition(tmp_path: Path) -> None:
    other = sample()["organization.csv"].splitlines()[2].replace(b'"2"', b'"4"')
    reading = read(with_line("organization.csv", other, 5), tmp_path)
    assert reading.tables["participation"].num_rows == 5


def test_rows_of_an_unknown_project_are_lost_in_sight(tmp_path: Path) -> None:
    reading = read(with_line("topics.csv", b'"101999999";"T";"t"'), tmp_path)
    assert rows_lost(reading) == [("topics.csv", "no-such-project", 2)]
    assert one(reading, "no-such-project").value == '"101999999";"T";"t"'


@pytest.mark.parametrize("number", [b'""', b'" "', b'"a b"', b'"???"'])
def test_rows_without_a_number_are_lost_in_sight(tmp_path: Path, number: bytes) -> None:
    reading = read(with_line("legalBasis.csv", number + b';"C";"t";"true"'), tmp_path)
    assert rows_lost(reading) == [("legalBasis.csv", "no-id", 2)]
    files = sample()
    files["organization.csv"] = files["organization.csv"].replace(b'"900000022"', number)
    assert rows_lost(read(files, tmp_path)) == [("organization.csv", "no-id", 3)]


def test_a_project_of_another_programme_is_lost_with_its_rows(tmp_path: Path) -> None:
    second = sample()["project.csv"].splitlines()[1]
    second = second.replace(b'"HORIZON"', b'"H2020"').replace(b'"101900001"', b'"700001"')
    files = with_line("project.csv", second, 4)
    files["topics.csv"] += b'"700001";"T";"t"\n'
    reading = read(files, tmp_path)
    assert [code for _, code, _ in rows_lost(reading)] == ["other-programme", "no-such-project"]


def test_an_unbalanced_quote_costs_one_row(tmp_path: Path) -> None:
    files = sample()
    files["organization.csv"] = files["organization.csv"].replace(b'"VOORBEELD', b"VOORBEELD")
    files["organization.csv"] = files["organization.csv"].replace(b'"HAVENKADE 2"', b'"HAVEN" KADE')
    reading = read(files, tmp_path)
    assert rows_lost(reading) == [("organization.csv", "broken-quotes", 3)]
    assert reading.tables["participation"].num_rows == 3


def test_odd_values_keep_their_row(tmp_path: Path) -> None:
    files = sample()
    for old, new in (
        (b'"1500000,50"', b'"much"'),
        (b'"53.2193,6.5665"', b'"here"'),
        (b'"2000000.5";"2000000.5"', b'"0.4400000001";"2.345"'),
        (b'"associatedPartner"', b'"observer"'),
        (b'"true";""\n', b'"perhaps";""\n'),
    ):
        files["organization.csv"] = files["organization.csv"].replace(old, new, 1)
    reading = read(files, tmp_path)
    assert reading.tables["participation"].num_rows == 4
    file = reading.typed_from["participation"]
    assert sorted((i.code, i.line, i.column, i.value) for i in reading.issues) == [
        ("ambiguous-number", 3, "netEcContribution", "2.345"),
        ("bad-flag", 4, "endOfParticipation", "perhaps"),
        ("bad-geolocation", 2, "geolocation", "here"),
        ("bad-number", 2, "totalCost", "much"),
        ("new-role", 4, "role", "observer"),
        ("rounded", 3, "ecContribution", "0.4400000001"),
    ]
    assert {issue.file for issue in reading.issues} == {file}


def test_odd_values_of_a_lost_row_are_not_told_twice(tmp_path: Path) -> None:
    line = sample()["organization.csv"].splitlines()[1]
    line = line.replace(b"101900001", b"101999999").replace(b'"1500000"', b'"much"')
    reading = read(with_line("organization.csv", line), tmp_path)
    assert [issue.code for issue in reading.issues] == ["no-such-project"]


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([layout.stem for layout in FILES]),
    st.lists(
        st.tuples(
            st.integers(0, 4000),
            st.sampled_from([b'"', b";", b"\n", b"\0", b"\xff", b"", b'"\n"', b"9", b"x"]),
            st.integers(0, 9),
        ),
        max_size=5,
    ),
)
def test_no_damage_loses_the_account(
    tmp_path_factory: pytest.TempPathFactory, stem: str, damage: list[tuple[int, bytes, int]]
) -> None:
    files = sample()
    heading, _, rows = files[f"{stem}.csv"].partition(b"\n")
    for place, put, cut in damage:
        at = place % (len(rows) + 1)
        rows = rows[:at] + put + rows[at + cut :]
    files[f"{stem}.csv"] = heading + b"\n" + rows
    read(files, tmp_path_factory.getbasetemp())


# --- which programme --------------------------------------------------------------------------


def as_h2020(files: Files) -> Files:
    project = files["project.csv"].replace(b'"HORIZON"', b'"H2020"')
    return {**files, "project.csv": project}


def test_the_content_says_which_programme_not_the_name(tmp_path: Path) -> None:
    files = as_h2020(sample())
    package = package_of(files, tmp_path)
    assert [each.release for each in cordis.find(tmp_path)] == ["h2020"]
    reading = cordis.read(package)
    assert reading.package.release == "h2020"
    assert reading.tables["participation"].column("source_key")[0].as_py() == "h2020:900000011"
    assert reading.tables["project"].column("project_id")[0].as_py() == "h2020-101900001"
    assert reading.caveats == ("sme-date",)


def test_a_reconstruction_shows_itself(tmp_path: Path) -> None:
    files = as_h2020(sample())
    files["project.csv"] = files["project.csv"].replace(b'"990001"', b'"101900001"')
    assert "h2020-reconstructed" in read(files, tmp_path).caveats


def test_eurofusion_present(tmp_path: Path) -> None:
    files = {name: d.replace(b"101900002", b"101052200") for name, d in sample().items()}
    assert read(files, tmp_path).caveats == ("sme-date",)


def test_another_programme_stops(tmp_path: Path) -> None:
    files = sample()
    files["project.csv"] = files["project.csv"].replace(b'"HORIZON"', b'"FP7"')
    with pytest.raises(SourceError, match="FP7"):
        read(files, tmp_path)


def test_caveats_are_all_on_the_card(tmp_path: Path) -> None:
    assert set(read(sample(), tmp_path).caveats) <= set(cordis.CARD.caveats)
    for text in (*cordis.CARD.caveats.values(), cordis.CARD.coverage, cordis.CARD.title):
        assert text.en
        assert text.nl


# --- what is found ----------------------------------------------------------------------------


def test_deliveries_are_found_one_level_deep(tmp_path: Path) -> None:
    (tmp_path / "cordis").mkdir()
    zipped(tmp_path / "cordis" / "a.zip", sample(), "inside/")
    zipped(tmp_path / "b.zip", as_h2020(sample()))
    zipped(tmp_path / "other.zip", {"readme.txt": b"x"})
    (tmp_path / "broken.zip").write_bytes(b"PK")
    for name in ("cordis-horizon-head100", "cordis/deeper"):
        (tmp_path / name).mkdir()
        for file, data in sample().items():
            (tmp_path / name / file).write_bytes(data)
    found = cordis.find(tmp_path)
    assert [(each.release, each.path.name) for each in found] == [
        ("h2020", "b.zip"),
        ("he", "a.zip"),
    ]
    assert found[1].members == tuple(f"inside/{name}" for name in sorted(sample()))
    assert [each.path for each in cordis.find(tmp_path / "cordis-horizon-head100")] == [
        tmp_path / "cordis-horizon-head100"
    ]


def test_a_folder_as_the_zip_unpacks(tmp_path: Path) -> None:
    folder = tmp_path / "cordis-HORIZONprojects-csv"
    folder.mkdir()
    for file, data in sample().items():
        (folder / file).write_bytes(data)
    package = cordis.find(tmp_path)[0]
    assert package.members == tuple(sorted(sample()))
    assert cordis.read(package).tables["participation"].num_rows == 4


def test_a_broken_zip_of_ours_stops(tmp_path: Path) -> None:
    (tmp_path / "cordis-HORIZONprojects-csv.zip").write_bytes(b"<html>")
    with pytest.raises(SourceError, match="web page"):
        cordis.find(tmp_path)


def test_two_deliveries_of_one_programme_are_both_found(tmp_path: Path) -> None:
    zipped(tmp_path / "a.zip", sample())
    zipped(tmp_path / "b.zip", sample())
    assert [package.release for package in cordis.find(tmp_path)] == ["he", "he"]


def test_nothing_to_find(tmp_path: Path) -> None:
    assert cordis.find(tmp_path) == []
    with pytest.raises(SourceError, match="no folder"):
        cordis.find(tmp_path / "absent")


# --- real files -------------------------------------------------------------------------------


def in_millions(values: pa.ChunkedArray) -> float:
    return round(float(pc.sum(values).as_py()) / 1e6, 1)


@pytest.mark.real_data
@pytest.mark.parametrize(
    (
        "release",
        "projects",
        "participations",
        "total",
        "dutch",
        "dutch_total",
        "notes",
        "persons",
        "caveats",
    ),
    [
        (
            "h2020",
            31_451,
            144_726,
            59_062.1,
            9_092,
            4_548.7,
            3,
            199,
            ("h2020-reconstructed", "sme-date"),
        ),
        (
            "he",
            19_189,
            119_242,
            50_535.6,
            7_417,
            4_329.2,
            1,
            229,
            ("eurofusion-absent", "sme-date"),
        ),
    ],
)
def test_the_whole_programmes(
    data_dir: Path,
    release: str,
    projects: int,
    participations: int,
    total: float,
    dutch: int,
    dutch_total: float,
    notes: int,
    persons: int,
    caveats: tuple[str, ...],
) -> None:
    package = next(each for each in cordis.find(data_dir) if each.release == release)
    reading = cordis.read(package)
    table = reading.tables["participation"]
    nl = table.filter(pc.equal(table["country"], "NL"))
    assert reading.tables["project"].num_rows == projects
    assert table.num_rows == participations
    assert in_millions(table["contribution_eur"]) == total
    assert (nl.num_rows, in_millions(nl["contribution_eur"])) == (dutch, dutch_total)
    assert [issue.code for issue in reading.issues] == ["rounded"] * notes + ["names-withheld"]
    assert reading.issues[-1].message.en.startswith(f"In {persons} of {participations} rows")
    assert reading.caveats == caveats
    for name, file in reading.typed_from.items():
        assert len(reading.files[file].line) == reading.tables[name].num_rows


@pytest.mark.real_data
def test_a_resaved_excerpt(data_dir: Path) -> None:
    found = cordis.find(data_dir / "cordis-horizon-head100")
    reading = cordis.read(found[0])
    assert_adds_up(reading)
    assert {table.num_rows for table in reading.tables.values()} == {100}
    assert reading.issues == ()


@pytest.mark.real_data
def test_genuine_horizon_2020_rows_of_2023(data_dir: Path, tmp_path: Path) -> None:
    folder = data_dir / "cordis-h2020-genuine-rows-2023"
    heading = sample()["project.csv"].splitlines()[0].replace(b";", b",")
    heading = heading.replace(b'"fundingScheme"', b'"fundingScheme","nature"')
    rows = (folder / "h2020_projects_latest_noheader.csv").read_bytes()
    files = {
        "project.csv": heading + b"\n" + rows,
        "organization.csv": (folder / "h2020_organizations_latest_2023-06-12.csv").read_bytes(),
    }
    reading = read(files, tmp_path)
    assert reading.tables["project"].num_rows == 78
    lost = {code for _, code, _ in rows_lost(reading)}
    assert lost == {"no-such-project"}
    assert "h2020-reconstructed" not in reading.caveats


@pytest.mark.real_data
def test_hardly_any_body_is_taken_for_a_person(data_dir: Path) -> None:
    """All 300 were read one by one: persons and those who trade under their own name."""
    kinds: dict[str, str] = {}
    for package in cordis.find(data_dir):
        if package.release not in ("he", "h2020"):
            continue
        reading = cordis.read(package)
        found = reading.files[reading.typed_from["participation"]]
        hidden = pc.match_substring(found.text, WITHHELD)
        table = reading.tables["participation"].filter(hidden)
        pics = table.column("pic").to_pylist()
        kinds |= dict(zip(pics, table.column("activity_type").to_pylist(), strict=True))
    told = Counter(kinds.values())
    assert (len(kinds), told["REC"]) == (300, 0)
    assert told["PRC"] >= 295
