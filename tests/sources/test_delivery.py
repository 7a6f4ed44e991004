"""A zip is opened within limits, and what is no whole zip says so."""

import struct
import zipfile
from pathlib import Path

import pytest

from keten.errors import SourceError
from keten.sources import delivery
from keten.sources.delivery import list_members, read_member


def make_zip(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(f"{name}.csv", data)
    return path


def list_and_read(path: Path, member: str) -> bytes:
    list_members(path)
    return read_member(path, member)


def assert_stops(path: Path, word: str, member: str = "a.csv") -> None:
    with pytest.raises(SourceError) as caught:
        list_and_read(path, member)
    assert word in caught.value.what
    assert caught.value.next_step


def test_members_in_order_without_what_systems_hide(tmp_path: Path) -> None:
    path = tmp_path / "d.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("sub/b.csv", "a.csv", "__MACOSX/a.csv", ".DS_Store", "sub/"):
            archive.writestr(name, b"x")
    assert list_members(path) == ("a.csv", "sub/b.csv")
    assert read_member(path, "sub/b.csv") == b"x"


def test_a_folder_is_a_delivery_too(tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_bytes(b"x")
    (tmp_path / "a.CSV").write_bytes(b"yz")
    (tmp_path / "c.pdf").write_bytes(b"x")
    assert list_members(tmp_path) == ("a.CSV", "b.csv")
    assert read_member(tmp_path, "a.CSV", 1) == b"y"
    assert_stops(tmp_path, "cannot be read", "absent.csv")


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "is empty"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"hello", "is not a zip"),
        (b"PK\x03\x04 and then nothing", "damaged or unfinished"),
    ],
)
def test_what_is_no_zip(tmp_path: Path, data: bytes, word: str) -> None:
    path = tmp_path / "d.zip"
    path.write_bytes(data)
    assert_stops(path, word)


def test_an_absent_zip(tmp_path: Path) -> None:
    assert_stops(tmp_path / "d.zip", "is not there")


def test_a_zip_cut_short_or_damaged_inside(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "d.zip", a=bytes(range(256)) * 50)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert_stops(path, "unfinished")
    path.write_bytes(whole[:50] + b"\xff\xff\xff" + whole[53:])
    assert_stops(path, "cannot be unpacked")


def test_a_bomb_is_refused_by_what_it_declares(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_zip(tmp_path / "d.zip", a=b"0" * 2_000_000)
    monkeypatch.setattr(delivery, "MAX_MEMBER_BYTES", 1_000_000)
    assert_stops(path, "unpacks")
    monkeypatch.setattr(delivery, "MAX_TOTAL_BYTES", 1_000_000)
    assert_stops(path, "2,000,000 bytes")


def test_a_bomb_that_lies_about_its_size_is_caught(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "d.zip", a=b"0" * 2_000_000)
    data = path.read_bytes().replace(struct.pack("<L", 2_000_000), struct.pack("<L", 10))
    path.write_bytes(data)
    assert_stops(path, "cannot be unpacked")


def test_unpacking_stops_where_it_goes_on_too_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_zip(tmp_path / "d.zip", a=b"0" * 2_000_000)
    monkeypatch.setattr(delivery, "_checked", lambda archive, _path, name: archive.getinfo(name))
    monkeypatch.setattr(delivery, "MAX_TOTAL_BYTES", 1_000_000)
    monkeypatch.setattr(delivery, "CHUNK_BYTES", 100_000)
    assert_stops(path, "goes on beyond")


def test_a_locked_zip(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "d.zip", a=b"text")
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    assert_stops(path, "password")
