"""A build makes anew what changed and nothing else, and its result does not say how it came about."""

from __future__ import annotations

import os
import shutil
import sys
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from benchmarks.ordered_export import differing, hash_tables
from keten.errors import BusyError, KetenError, SourceError
from keten.evidence import latest, store
from keten.model import Ruling
from keten.pipeline import Report, build
from keten.pipeline.build import STAGES
from keten.sources.invented import write_region

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
HE = Path("cordis") / "cordis-HORIZONprojects-csv.zip"
ALL = tuple(stage.name for stage in STAGES)


def built(data: Path, home: Path, rulings: Sequence[Ruling] = (), *, now: datetime = NOW) -> Report:
    return build(data, home, rulings=rulings, rulings_fingerprint=repr(rulings), now=now)


def folder(home: Path) -> Path:
    root = home / "evidence"
    return store.folder_of(root, store.read_pointer(root))


def one_amount_more(path: Path) -> None:
    """Raise the first amount in a delivery by seven euro, and give the file its old date."""
    before = path.stat()
    with zipfile.ZipFile(path) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    name = next(name for name in members if name.endswith("organization.csv"))
    head, first, rest = members[name].split(b"\n", 2)
    place = head.strip().split(b";").index(b'"ecContribution"')
    cells = first.rstrip(b"\r")[1:-1].split(b'";"')
    cells[place] = str(Decimal(cells[place].decode() or "0") + 7).encode()
    members[name] = b"\n".join((head, b'"' + b'";"'.join(cells) + b'"', rest))
    with zipfile.ZipFile(path, "w") as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def money(home: Path) -> Decimal:
    row = latest(home).cursor().execute("select sum(contribution_eur) from involvement").fetchone()
    assert row
    return Decimal(row[0])


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An invented region with its evidence: `data` and `home`; tests work on copies."""
    place = tmp_path_factory.mktemp("original")
    write_region(place / "data", organisations=80, seed=11)
    built(place / "data", place / "home")
    return place


@pytest.fixture
def place(original: Path, tmp_path: Path) -> Path:
    shutil.copytree(original, tmp_path / "place")
    return tmp_path / "place"


def two_keys(home: Path) -> tuple[str, str]:
    """Two records that are no organisation together."""
    rows = (
        latest(home)
        .cursor()
        .execute("select min(source_key) from same_as group by organisation_id order by 1 limit 2")
        .fetchall()
    )
    return rows[0][0], rows[1][0]


# --- only what changed ------------------------------------------------------------------------


def test_nothing_changed_does_nothing(place: Path) -> None:
    report = built(place / "data", place / "home", now=NOW + timedelta(days=9))
    assert (report.number, report.ran, report.kept, report.changed) == (1, (), ALL, False)


def test_a_new_date_alone_does_nothing(place: Path) -> None:
    for path in (place / "data").rglob("*"):
        os.utime(path, (0, 0))
    assert built(place / "data", place / "home").ran == ()


def test_new_content_under_the_old_date_builds_anew(place: Path) -> None:
    before = money(place / "home")
    one_amount_more(place / "data" / HE)
    report = built(place / "data", place / "home")
    assert report.ran == ALL
    assert money(place / "home") - before == 7


def test_a_ruling_leaves_loading_and_locating_as_they_are(place: Path) -> None:
    ruling = Ruling(1, "same", *two_keys(place / "home"), "somebody", "because", "2026-11-01")
    report = built(place / "data", place / "home", [ruling])
    assert report.kept == (
        "load",
        "gather",
        "compare",
        "locate",
        "classify",
        "technologies",
        "missions",
        "texts",
    )
    assert report.ran == tuple(name for name in ALL if name not in report.kept)
    assert report.seconds["load"] == 0
    con = latest(place / "home").cursor()
    rows = con.execute("select count(*) from same_as where ruling = 1").fetchone()
    assert rows
    assert rows[0] >= 2


def test_mended_code_builds_what_it_touches(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = sys.modules["keten.pipeline.build"]
    before = module._code
    monkeypatch.setattr(
        module, "_code", lambda code: before(code) + ("x" if "evidence/index.py" in code else "")
    )
    assert built(place / "data", place / "home").ran == ("index",)


def test_a_lost_index_or_evidence_is_made_anew(place: Path) -> None:
    for name in ("index.sqlite", "evidence.duckdb", "manifest.json"):
        (folder(place / "home") / name).unlink()
        assert built(place / "data", place / "home").ran == ALL
        latest(place / "home").cursor().execute("select 1 from involvement").fetchone()


# --- the same, whichever way ------------------------------------------------------------------


def test_two_builds_are_equal_byte_for_byte(place: Path, tmp_path: Path) -> None:
    built(place / "data", tmp_path / "again", now=NOW + timedelta(days=400))
    again = hash_tables(folder(tmp_path / "again"))
    assert differing(hash_tables(folder(place / "home")), again) == []
    assert len(again) > 20


def of_now(tables: dict[str, str]) -> dict[str, str]:
    """Leave out what tells of the evidence before, which each way to get here has another of."""
    return {name: held for name, held in tables.items() if not name.endswith("_before")}


def test_step_by_step_or_at_once_is_the_same(place: Path, tmp_path: Path) -> None:
    left, right = two_keys(place / "home")
    same = Ruling(1, "same", left, right, "somebody", "because", "2026-11-01")
    other = Ruling(2, "different", left, right, "somebody", "on second thoughts", "2026-11-02")
    first = hash_tables(folder(place / "home"))
    built(place / "data", place / "home", [same])
    one_amount_more(place / "data" / HE)
    built(place / "data", place / "home", [same])
    built(place / "data", tmp_path / "once", [same])
    stepped, at_once = (
        of_now(hash_tables(folder(home))) for home in (place / "home", tmp_path / "once")
    )
    assert differing(stepped, at_once) == []
    built(place / "data", place / "home", [same, other])
    built(place / "data", place / "home")
    built(place / "data", tmp_path / "none")
    stepped, at_once = (
        of_now(hash_tables(folder(home))) for home in (place / "home", tmp_path / "none")
    )
    assert differing(stepped, at_once) == []
    assert differing(first, hash_tables(folder(place / "home"))) != []


def test_the_order_of_rows_moves_lines_and_nothing_else(place: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(place / "data" / HE) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    with zipfile.ZipFile(place / "data" / HE, "w") as archive:
        for name, content in members.items():
            head, *rows = content.splitlines(keepends=True)
            archive.writestr(name, head + b"".join(reversed(rows)))
    built(place / "data", tmp_path / "turned")
    # Of rows that stand twice another one counts, so the sums are held by the rest: who, with whom.
    questions = (
        "select count(*), sum(contribution_eur) from involvement",
        "select organisation_id, count(*), sum(contribution_eur) from involvement group by 1 order by 1",
        "select organisation_id, partner_id, projects from collaboration order by all",
        "select source_key, organisation_id from same_as order by all",
    )
    for question in questions:
        one, other = (
            latest(home).cursor().execute(question).fetchall()
            for home in (place / "home", tmp_path / "turned")
        )
        assert one == other, question


def test_sums_before_and_after_resolution_are_equal(place: Path) -> None:
    con = latest(place / "home").cursor()
    before, after = (
        con.execute(f"select count(*), sum(contribution_eur) from {table}").fetchone()
        for table in ("participation", "involvement")
    )
    assert before == after


def test_every_row_is_typed_or_an_issue(place: Path) -> None:
    con = latest(place / "home").cursor()
    rows = con.execute(
        """
        select f.name, f.rows_found, f.rows_typed, f.rows_lost,
               (select count(*) from record r where r.file_no = f.file_no),
               (select count(distinct line) from issue s
                where s.file_no = f.file_no and s.severity = 'row-lost')
        from file f order by f.file_no
        """
    ).fetchall()
    assert rows
    for _, found, typed, lost, records, issues in rows:
        assert found == typed + lost == records
        assert lost == issues
    assert sum(row[3] for row in rows) > 0, "the invented region has flaws"


# --- when it cannot go on ---------------------------------------------------------------------


def test_a_build_that_stops_leaves_all_as_it_was(place: Path) -> None:
    before = hash_tables(folder(place / "home"))
    whole = (place / "data" / HE).read_bytes()
    (place / "data" / HE).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(SourceError) as caught:
        built(place / "data", place / "home")
    assert caught.value.next_step
    assert store.read_pointer(place / "home" / "evidence") == 1
    assert not (place / "home" / "evidence" / "building").exists()
    assert hash_tables(folder(place / "home")) == before
    (place / "data" / HE).write_bytes(whole)
    assert built(place / "data", place / "home").ran == ()


def test_a_fault_in_a_stage_leaves_all_as_it_was(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(station: str) -> None:
        if station == "link":
            raise KetenError("stopped here")

    one_amount_more(place / "data" / HE)
    with pytest.raises(KetenError, match="stopped here"):
        build(
            place / "data", place / "home", rulings=(), rulings_fingerprint="", now=NOW, mark=fail
        )
    root = place / "home" / "evidence"
    assert sorted(path.name for path in root.iterdir()) == ["000001", "build.lock", "current"]


def test_a_build_beside_a_build_is_refused(place: Path) -> None:
    with (
        store.build_lock(place / "home" / "evidence"),
        pytest.raises(BusyError, match="at work"),
    ):
        built(place / "data", place / "home")


def test_progress_is_told_for_every_stage(place: Path, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    marks: list[str] = []
    build(
        place / "data",
        tmp_path / "other",
        rulings=(),
        rulings_fingerprint="",
        now=NOW,
        progress=lambda *step: told.append(step),
        mark=marks.append,
    )
    assert list(dict.fromkeys(stage for stage, _, _ in told)) == ["find", *ALL, "publish"]
    assert all(0 <= done <= total and total > 0 for _, done, total in told)
    for stage in ("find", *ALL, "publish"):
        steps = [done / total for name, done, total in told if name == stage]
        assert steps == sorted(steps)
        assert steps[-1] == 1
    assert marks[: len(ALL) + 3] == ["find", *ALL, "wait", "checkpoint"]
    assert marks[-1] == "done"


def test_what_a_dead_build_left_goes_also_when_nothing_is_to_do(place: Path) -> None:
    root = place / "home" / "evidence"
    (root / "building").mkdir()
    (root / "building" / "evidence.duckdb").write_text("half")
    (root / "current.next").write_text("2\n")
    for older in ("000000", "000002"):
        shutil.copytree(root / "000001", root / older)
    assert built(place / "data", place / "home").ran == ()
    assert sorted(path.name for path in root.iterdir()) == [
        "000000", "000001", "build.lock", "current",
    ]  # fmt: skip
