"""Files as they come on a bad day: a clear error or a listed issue, and the old evidence stands."""

from __future__ import annotations

import csv
import io
import random
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from keten.evidence import latest
from torture.house import H2020, HE, Ending, House, change, read_zip, write_zip

Spoil = Callable[[House], None]


def stopped(house: House, spoil: Spoil, *words: str) -> Ending:
    """Spoil the data, see the build stop and say why, mend them, and see it go on."""
    before, number = house.tables(), house.number()
    keep = house.data.parent / "kept"
    shutil.copytree(house.data, keep)
    spoil(house)
    ended = house.build()
    assert ended.code in {4, 5}, ended.words
    assert all(word in ended.words for word in words), ended.words
    assert ended.error["next_step"]
    assert "Traceback" not in ended.words
    assert house.number() == number
    assert house.tables() == before
    assert "building" not in house.entries()
    house.is_tidy()
    shutil.rmtree(house.data)
    keep.rename(house.data)
    assert house.build().told["report"]["ran"] == []
    print(f"stopped with {ended.words} (peak {ended.told['peak_mb']} MB)")
    return ended


def gone_on(house: House, spoil: Spoil, *codes: str) -> Ending:
    """Spoil the data, see the build go on, and find the issues listed."""
    spoil(house)
    ended = house.build()
    assert ended.code == 0, ended.words
    evidence = latest(house.home)
    found = evidence.cursor().execute("select code, count(*) from issue group by 1").fetchall()
    evidence.close()
    assert set(codes) <= {code for code, _ in found}, found
    house.is_tidy()
    print(f"went on, listing {', '.join(codes)} (peak {ended.told['peak_mb']} MB)")
    return ended


# --- the zip ----------------------------------------------------------------------------------


@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.9, 0.999])
def test_a_truncated_zip(house: House, share: float) -> None:
    def cut(house: House) -> None:
        content = (house.data / HE).read_bytes()
        (house.data / HE).write_bytes(content[: int(len(content) * share)])

    stopped(house, cut, HE.name)


def test_a_zip_with_a_damaged_member(house: House) -> None:
    def damage(house: House) -> None:
        path = house.data / HE
        with zipfile.ZipFile(path) as archive:
            info = next(i for i in archive.infolist() if i.filename.endswith("organization.csv"))
        content = bytearray(path.read_bytes())
        at = info.header_offset + 30 + len(info.filename) + info.compress_size // 2
        for place in range(at, at + 64):
            content[place] ^= 0xFF
        path.write_bytes(content)

    stopped(house, damage, "organization.csv")


def test_an_error_page_instead_of_a_zip(house: House) -> None:
    page = b"<!DOCTYPE html><html><body>503 Service Unavailable</body></html>"
    stopped(house, lambda house: (house.data / HE).write_bytes(page), "web page")  # type: ignore[arg-type,return-value]


def test_random_bytes_instead_of_a_zip(house: House) -> None:
    noise = random.Random(1).randbytes(100_000)
    stopped(house, lambda house: (house.data / HE).write_bytes(noise), "not a zip")  # type: ignore[arg-type,return-value]


def test_a_zip_bomb(house: House) -> None:
    def arm(house: House) -> None:
        """Six gigabytes of nothing in six megabytes, in the place of a table."""
        members = read_zip(house.data / HE)
        with zipfile.ZipFile(
            house.data / HE, "w", zipfile.ZIP_DEFLATED, compresslevel=9
        ) as archive:
            for name, content in members.items():
                if not name.endswith("organization.csv"):
                    archive.writestr(name, content)
                    continue
                with archive.open(name, "w", force_zip64=True) as member:
                    member.write(content)
                    for _ in range(6 * 1024):
                        member.write(b"\0" * (1 << 20))

    ended = stopped(house, arm, "larger than a delivery can be")
    assert ended.told["peak_mb"] < 1000


def test_a_zip_bomb_that_lies_about_its_size(house: House) -> None:
    def arm(house: House) -> None:
        path = house.data / HE
        members = read_zip(path)
        name = next(name for name in members if name.endswith("organization.csv"))
        members[name] += b"\n" * (600 << 20)
        write_zip(path, members)
        content = bytearray(path.read_bytes())
        with zipfile.ZipFile(path) as archive:
            info = archive.getinfo(name)
        honest = info.file_size.to_bytes(4, "little")
        at = content.rfind(honest)
        while at >= 0:  # in the directory at the end, and in the member's own head
            content[at : at + 4] = (1000).to_bytes(4, "little")
            at = content.rfind(honest, 0, at)
        path.write_bytes(content)

    stopped(house, arm, "organization.csv")


# --- the tables -------------------------------------------------------------------------------


@pytest.mark.parametrize("table", ["project", "organization"])
def test_a_table_that_is_not_there(house: House, table: str) -> None:
    def drop(house: House) -> None:
        members = read_zip(house.data / HE)
        write_zip(
            house.data / HE, {n: c for n, c in members.items() if not n.endswith(f"{table}.csv")}
        )

    stopped(house, drop, table)


def test_a_table_that_may_be_absent(house: House) -> None:
    def drop(house: House) -> None:
        members = read_zip(house.data / HE)
        write_zip(
            house.data / HE, {n: c for n, c in members.items() if not n.endswith("topics.csv")}
        )

    gone_on(house, drop, "file-absent")


@pytest.mark.parametrize("column", ["organisationID", "projectID", "ecContribution", "country"])
def test_a_missing_column(house: House, column: str) -> None:
    def drop(house: House) -> None:
        members = read_zip(house.data / HE)
        name = next(name for name in members if name.endswith("organization.csv"))
        rows = list(csv.reader(io.StringIO(members[name].decode(), newline=""), delimiter=";"))
        place = rows[0].index(column)
        text = io.StringIO()
        writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerows([*row[:place], *row[place + 1 :]] for row in rows if len(row) > place)
        members[name] = text.getvalue().encode()
        write_zip(house.data / HE, members)

    stopped(house, drop, column)


def test_a_column_that_is_new(house: House) -> None:
    def add(house: House) -> None:
        members = read_zip(house.data / HE)
        name = next(name for name in members if name.endswith("organization.csv"))
        head, *rows = members[name].decode().splitlines()
        members[name] = "\n".join([head + ';"mood"', *(row + ';"fair"' for row in rows)]).encode()
        write_zip(house.data / HE, members)

    gone_on(house, add, "new-column")


def test_another_table_under_the_name(house: House) -> None:
    def swap(house: House) -> None:
        members = read_zip(house.data / HE)
        name = next(name for name in members if name.endswith("organization.csv"))
        members[name] = b"colour,weight\nred,3\nblue,4\n"
        write_zip(house.data / HE, members)

    stopped(house, swap, "organization.csv")


def test_a_page_under_the_name_of_a_table(house: House) -> None:
    def swap(house: House) -> None:
        members = read_zip(house.data / HE)
        name = next(name for name in members if name.endswith("project.csv"))
        members[name] = b"<html><body>Moved</body></html>"
        write_zip(house.data / HE, members)

    stopped(house, swap, "web page")


def test_the_same_file_twice(house: House) -> None:
    before = house.sum()
    gone_on(
        house, lambda house: shutil.copy(house.data / HE, house.data / HE.name), "duplicate-file"
    )  # type: ignore[arg-type,return-value]
    assert house.sum() == before, "money is not counted twice"


def test_two_different_deliveries_of_one_programme(house: House) -> None:
    def add(house: House) -> None:
        shutil.copy(house.data / HE, house.data / HE.name)
        change(house)

    stopped(house, add, "both deliveries")


def test_one_programme_under_the_name_of_the_other(house: House) -> None:
    """What a delivery is, its content says; that one is there twice is told."""
    gone_on(house, lambda house: shutil.copy(house.data / H2020, house.data / HE), "duplicate-file")  # type: ignore[arg-type,return-value]


def test_a_giant_line(house: House) -> None:
    """One row of 200 MB: lost as a row and listed, the rows after it read."""
    before = house.sum()

    def swell(house: House) -> None:
        members = read_zip(house.data / HE)
        name = next(name for name in members if name.endswith("project.csv"))
        head, first, rest = members[name].split(b"\n", 2)
        cells = first[1:-1].split(b'";"')
        cells[0], cells[3] = b"199999999", b"x" * (200 << 20)
        giant = b'"' + b'";"'.join(cells) + b'"'
        members[name] = b"\n".join((head, first, giant, rest))
        write_zip(house.data / HE, members)

    ended = gone_on(house, swell, "row-too-long")
    assert house.sum() == before
    assert ended.told["peak_mb"] < 2000


def test_a_giant_line_that_never_ends(house: House) -> None:
    """A quote that is opened and not closed, 200 MB from the end of the file."""

    def swell(house: House) -> None:
        members = read_zip(house.data / HE)
        name = next(name for name in members if name.endswith("topics.csv"))
        members[name] += b'\n"199000001";"' + b"lorem ipsum " * ((200 << 20) // 12)
        write_zip(house.data / HE, members)

    before = house.sum()
    ended = gone_on(house, swell)
    assert house.sum() == before
    assert ended.told["peak_mb"] < 2000


def test_nul_bytes(house: House) -> None:
    before = house.sum()

    def sprinkle(house: House) -> None:
        members = read_zip(house.data / HE)
        name = next(name for name in members if name.endswith("organization.csv"))
        lines = members[name].split(b"\n")
        lines[5] = lines[5][:40] + b"\0\0" + lines[5][40:]
        lines[9] = lines[9][:-3] + b"\0" + lines[9][-3:]
        members[name] = b"\n".join(lines)
        write_zip(house.data / HE, members)

    gone_on(house, sprinkle, "nul-bytes")
    assert house.sum() == before


@pytest.mark.parametrize("seed", range(6))
def test_bytes_turned_at_random(house: House, seed: int) -> None:
    """Whatever rots, the build ends in words or in listed issues, and every row is accounted for."""
    chance = random.Random(seed)
    members = read_zip(house.data / HE)
    for name, content in members.items():
        rotten = bytearray(content)
        for _ in range(len(rotten) // 2000 + 1):
            place = chance.randrange(len(rotten))
            rotten[place] = chance.choice(b'";\n\r\0\xff,x')
        members[name] = bytes(rotten)
    number = house.number()
    write_zip(house.data / HE, members)
    ended = house.build()
    assert ended.code in {0, 4}, ended.words
    assert ended.code == 0 or (ended.error["next_step"] and house.number() == number)
    house.is_tidy()
    print(f"rot {seed}: {ended.words if ended.code else ended.told['report']['issues']}")


def test_real_zips_cut_short(house: House, data_dir: Path) -> None:
    for name in (HE, H2020):
        genuine = data_dir / name
        if not genuine.is_file():
            pytest.skip(f"{name} is not in {data_dir}")

    def cut(house: House) -> None:
        content = (data_dir / HE).read_bytes()
        (house.data / HE).write_bytes(content[: len(content) * 2 // 3])

    stopped(house, cut, "damaged or unfinished")
